//! Counting keys, which come at random, without looking at each whether there is a place for it.

use super::{Kernel, launch};

/// Keys that are counted before the loop looks whether there are more.
const AT_ONCE: usize = 8;

/// Adds 1, modulo 256, to `counts[key + from]` for each key in turn. Where that came to 0, `carry` is told how many
/// counts there are, and the place.
///
/// # Panics
/// When there is no count for some key; nothing is counted then.
#[inline]
pub fn count_bytes(counts: &mut [u8], keys: &[i16], from: i32, mut carry: impl FnMut(usize, usize)) {
    if keys.is_empty() {
        return;
    }
    let (low, high) = launch(KeyRange(keys));
    let (low, high) = (from + i32::from(low), from + i32::from(high));
    assert!(low >= 0 && (high as usize) < counts.len(), "counts of {low} to {high} in {}", counts.len());
    let places = counts.len();
    let mut count = |key: i16| {
        let place = (from + i32::from(key)) as usize;
        // SAFETY: the key lies between the lowest and the highest, and for these there are counts.
        let count = unsafe { counts.get_unchecked_mut(place) };
        *count = count.wrapping_add(1);
        if *count == 0 {
            carry(places, place);
        }
    };
    let (chunks, rest) = keys.as_chunks::<AT_ONCE>();
    for chunk in chunks {
        chunk.iter().for_each(|key| count(*key));
    }
    rest.iter().for_each(|key| count(*key));
}

/// The least and the greatest of some keys.
struct KeyRange<'a>(&'a [i16]);

impl Kernel for KeyRange<'_> {
    type Output = (i16, i16);

    #[inline(always)]
    fn run(self) -> (i16, i16) {
        let (mut low, mut high) = (i16::MAX, i16::MIN);
        for &key in self.0 {
            low = low.min(key);
            high = high.max(key);
        }
        (low, high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_counted_and_what_overflows_is_carried() {
        let keys: Vec<i16> = (0..1000).map(|i| [-3, 0, 4, -3, -3][i % 5]).collect();
        let (mut counts, mut carried) = ([0; 8], Vec::new());
        count_bytes(&mut counts, &keys, 3, |places, place| carried.push((places, place)));
        assert_eq!(counts, [(600 % 256) as u8, 0, 0, 200, 0, 0, 0, 200]);
        assert_eq!(carried, [(8, 0), (8, 0)]);
        count_bytes(&mut counts, &[], 100, |_, _| ());
    }

    #[test]
    fn a_key_without_a_count_is_refused_before_anything_is_counted() {
        for keys in [[0, 5], [-4, 0]] {
            let mut counts = [0; 8];
            let refused = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                count_bytes(&mut counts, &keys, 3, |_, _| ());
            }));
            assert!(refused.is_err() && counts == [0; 8]);
        }
    }
}
