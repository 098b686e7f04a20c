//! A histogram whose bins are fine near the center and grow with the distance from it.
//!
//! A value `d` units above the center falls into bin ⌊16384 · octave position of (1.5 |d| + 8)⌋: the top bits of
//! that number as a float. Bins are `unit / 3072` wide up to 5⅓ units from the center, and grow to between
//! 1/16384 and 1/8192 of the distance far from it, on both sides. As a unit is at most half a standard
//! deviation, half a bin is less than 0.9e-4 standard deviations up to 2⅔ of them from the center, wherever the
//! series lies, also where it crosses zero; far out it is less than 1e-4 of the distance; and a long tail
//! costs few bins.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::num::BLOCK;

/// Bits of a bin's number within an octave: 16384 bins.
const BITS: u32 = 14;

/// Stretches the distance from the center, so that the bins beside it are as narrow as they must be.
const STRETCH: f64 = 1.5;

/// Is added to the stretched distance; bins are equally wide up to where that is doubled. A power of two.
const OFFSET: f64 = 8.0;

/// The upper half of the offset as a float.
const OFFSET_BITS: i32 = (OFFSET.to_bits() >> 32) as i32;

/// Where the stretched distance is 2^40 and beyond, everything falls into the last bin.
const LAST: i32 = 37 << BITS;

/// Counts by bin. Bins are numbered from 0 upwards above the center, from -1 downwards below it.
#[derive(Clone, Default)]
pub struct Bins {
    /// 2 to the power of this many neighbouring bins are counted as one.
    coarseness: u32,
    /// The bin that `counts[0]` counts.
    first: i32,
    /// Paths are fewer than 2^32: a `u32` is enough.
    counts: Vec<u32>,
}

/// The bin of a value that lies `deviation` units above the center; NaN has none and must not come here.
#[inline(always)]
pub fn bin_of(deviation: f64) -> i32 {
    const LIMIT: f64 = (1u64 << 40) as f64;
    let t = deviation.abs() * STRETCH + OFFSET;
    let t = if t < LIMIT { t } else { LIMIT };
    let key = ((t.to_bits() >> 32) as i32 - OFFSET_BITS) >> (20 - BITS);
    let below = (deviation.to_bits() >> 32) as i32 >> 31; // all ones below the center, else 0
    key ^ below
}

/// The bins of deviations, and the lowest and the highest of them.
#[inline(always)]
pub(super) fn bins_of(deviations: &[f64], keys: &mut [i32]) -> (i32, i32) {
    let (mut low, mut high) = (i32::MAX, i32::MIN);
    for (key, &deviation) in keys.iter_mut().zip(deviations) {
        *key = bin_of(deviation);
        low = if *key < low { *key } else { low };
        high = if *key > high { *key } else { high };
    }
    (low, high)
}

/// The lowest and highest deviation of a bin, in units; the outermost bins reach to infinity.
pub fn edges(bin: i32) -> (f64, f64) {
    let distance = |key: i32| {
        if key > LAST {
            return f64::INFINITY;
        }
        let t = f64::from_bits(((i64::from(OFFSET_BITS) + (i64::from(key) << (20 - BITS))) as u64) << 32);
        (t - OFFSET) / STRETCH
    };
    if bin < 0 { (-distance(-bin), -distance(-1 - bin)) } else { (distance(bin), distance(bin + 1)) }
}

impl Bins {
    /// Bins of which 2 to the power of `coarseness` neighbours are counted as one: as many times fewer, and as
    /// many times wider.
    pub(super) fn coarse(coarseness: u32) -> Self {
        Self { coarseness, ..Self::default() }
    }

    /// The bin of a value that lies `deviation` units above the center.
    pub(super) fn bin_of(&self, deviation: f64) -> i32 {
        bin_of(deviation) >> self.coarseness
    }

    /// The lowest and highest deviation of a bin, in units.
    pub(super) fn edges(&self, bin: i32) -> (f64, f64) {
        let first = bin << self.coarseness;
        (edges(first).0, edges(first + (1 << self.coarseness) - 1).1)
    }

    /// Counts up to [`BLOCK`] deviations, none of which may be NaN.
    pub fn add(&mut self, deviations: &[f64]) {
        let mut keys = [0; BLOCK];
        let keys = &mut keys[..deviations.len()];
        let (low, high) = bins_of(deviations, keys);
        self.count(keys, low, high);
    }

    /// Counts values by their finest bins, the lowest of which is `low` and the highest `high`.
    pub(super) fn count(&mut self, keys: &[i32], low: i32, high: i32) {
        if low > high {
            return;
        }
        let (low, high) = (low >> self.coarseness, high >> self.coarseness);
        if low < self.first || high - self.first >= self.counts.len() as i32 {
            self.grow(low, high);
        }
        if low == high {
            // A constant: adding one by one would wait for each addition in turn.
            self.counts[(low - self.first) as usize] += keys.len() as u32;
            return;
        }
        for &key in keys {
            self.counts[((key >> self.coarseness) - self.first) as usize] += 1;
        }
    }

    /// Adds the counts of another histogram.
    pub fn merge(&mut self, other: &Self) {
        let (first, counts) = other.trimmed();
        if counts.is_empty() {
            return;
        }
        self.grow(first, first + counts.len() as i32 - 1);
        let from = (first - self.first) as usize;
        for (mine, theirs) in self.counts[from..].iter_mut().zip(counts) {
            *mine += theirs;
        }
    }

    /// The bins that hold something, from the lowest on, with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (i32, u64)> + '_ {
        let bins = (self.first..).zip(&self.counts);
        bins.filter(|(_, count)| **count > 0).map(|(bin, &count)| (bin, u64::from(count)))
    }

    /// The bin in which the value with `rank` values below it lies, how many values lie below that bin, and
    /// its count. `None` when there are not so many values.
    pub(super) fn find(&self, rank: u64) -> Option<(i32, u64, u64)> {
        // Whole stretches of bins are passed over: sums of many counts are quick to take.
        const STRETCH: usize = 64;
        let mut before = 0;
        for (stretch, counts) in self.counts.chunks(STRETCH).enumerate() {
            let held: u64 = counts.iter().map(|&count| u64::from(count)).sum();
            if rank >= before + held {
                before += held;
                continue;
            }
            for (place, &count) in counts.iter().enumerate() {
                let count = u64::from(count);
                if rank < before + count {
                    return Some((self.first + (stretch * STRETCH + place) as i32, before, count));
                }
                before += count;
            }
        }
        None
    }

    /// Feeds all counts to a digest: for each bin that holds something its distance from the one before and
    /// its count, both in groups of seven bits, the lowest first; a zero ends them.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        let (first, counts) = self.trimmed();
        let mut bytes = Vec::with_capacity(2 * counts.len() + 8);
        bytes.extend(first.to_le_bytes());
        let mut distance = 1;
        for &count in counts {
            if count > 0 {
                push_in_sevens(&mut bytes, distance);
                push_in_sevens(&mut bytes, count);
                distance = 0;
            }
            distance += 1;
        }
        bytes.push(0);
        feed(&bytes);
    }

    /// Makes room for these bins and some more, so that it seldom happens.
    #[cold]
    fn grow(&mut self, low: i32, high: i32) {
        let end = self.first + self.counts.len() as i32;
        if !self.counts.is_empty() && low >= self.first && high < end {
            return;
        }
        let (old_low, old_high) = if self.counts.is_empty() { (low, high) } else { (self.first, end - 1) };
        let room = 64 + (old_high - old_low) / 16;
        let new_low = if low < old_low || self.counts.is_empty() { low - room } else { old_low };
        let new_high = if high > old_high || self.counts.is_empty() { high + room } else { old_high };
        let mut counts = vec![0; (new_high - new_low + 1) as usize];
        let from = (old_low - new_low) as usize;
        counts[from..from + self.counts.len()].copy_from_slice(&self.counts);
        self.first = new_low;
        self.counts = counts;
    }

    /// The counts without the empty bins at both ends: the same however the room came about.
    fn trimmed(&self) -> (i32, &[u32]) {
        let Some(from) = self.counts.iter().position(|&count| count > 0) else { return (0, &[]) };
        let to = self.counts.iter().rposition(|&count| count > 0).unwrap_or(from);
        (self.first + from as i32, &self.counts[from..=to])
    }
}

/// Seven bits a byte, the lowest first; the top bit says that more follow.
fn push_in_sevens(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The coarseness, the first bin that holds something, and for each such bin its distance from the one before and its
/// count: most bins between the first and the last are empty.
impl Serialize for Bins {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        let (first, counts) = self.trimmed();
        let mut held: Vec<(u32, u32)> = Vec::new();
        let mut distance = 0;
        for &count in counts {
            if count > 0 {
                held.push((distance, count));
                distance = 0;
            }
            distance += 1;
        }
        (self.coarseness, first, held).serialize(writer)
    }
}

impl<'de> Deserialize<'de> for Bins {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let (coarseness, first, held) = <(u32, i32, Vec<(u32, u32)>)>::deserialize(reader)?;
        let length: u64 = held.iter().map(|(distance, _)| u64::from(*distance)).sum();
        let outside = first < -1 - LAST || i64::from(first) + length as i64 > i64::from(LAST);
        if coarseness > BITS || (!held.is_empty() && outside) {
            return Err(de::Error::custom("bins outside the range of a histogram"));
        }
        let mut counts = vec![0; if held.is_empty() { 0 } else { length as usize + 1 }];
        let mut place = 0;
        for (distance, count) in held {
            place += distance as usize;
            counts[place] = count;
        }
        Ok(Self { coarseness, first, counts })
    }
}

impl fmt::Debug for Bins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl PartialEq for Bins {
    fn eq(&self, other: &Self) -> bool {
        self.trimmed() == other.trimmed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deviation_lies_between_the_edges_of_its_bin() {
        let mut x = 1e-9;
        while x < 1e30 {
            for deviation in [x, -x] {
                let (low, high) = edges(bin_of(deviation));
                let slack = 2e-15 * (OFFSET + x); // 1.5 |d| + 8 rounds
                assert!(
                    low - slack <= deviation && deviation <= high + slack,
                    "{deviation} in {low}..{high}"
                );
            }
            x *= 1.37;
        }
    }

    #[test]
    fn bins_follow_one_another_without_gap() {
        for bin in -20_000..20_000 {
            assert_eq!(edges(bin).1, edges(bin + 1).0);
        }
        assert_eq!((bin_of(0.0), bin_of(-1e-300)), (0, -1));
    }

    #[test]
    fn a_coarse_bin_is_made_of_its_neighbours() {
        let coarse = Bins::coarse(3);
        for deviation in [-1e6, -7.3, -1e-9, 0.0, 1e-4, 5.4, 1e9] {
            let (low, high) = coarse.edges(coarse.bin_of(deviation));
            let (fine_low, fine_high) = edges(bin_of(deviation));
            assert!(low <= fine_low && fine_high <= high, "{deviation}");
        }
        for bin in -5000..5000 {
            assert_eq!(coarse.edges(bin).1, coarse.edges(bin + 1).0);
        }
        let (mut bins, mut fine) = (Bins::coarse(3), Bins::default());
        let deviations: Vec<f64> = (0..200).map(|i| f64::from(i) * 0.37 - 30.0).collect();
        bins.add(&deviations);
        fine.add(&deviations);
        let held = |bins: &Bins| bins.iter().map(|(_, count)| count).sum::<u64>();
        assert_eq!((held(&bins), held(&fine)), (200, 200));
    }

    #[test]
    fn what_lies_far_out_falls_into_the_outermost_bins() {
        assert_eq!((bin_of(1e300), bin_of(f64::NEG_INFINITY)), (LAST, -1 - LAST));
        assert_eq!(edges(LAST).1, f64::INFINITY);
        assert_eq!(edges(-1 - LAST).0, f64::NEG_INFINITY);
    }

    #[test]
    fn counts_do_not_depend_on_how_the_room_grew() {
        let (mut up, mut down) = (Bins::default(), Bins::default());
        for i in 0..100 {
            up.add(&[f64::from(i) - 50.0]);
            down.add(&[49.0 - f64::from(i)]);
        }
        assert_eq!(up, down);
        up.add(&[0.0]);
        assert_ne!(up, down);
    }

    #[test]
    fn merged_counts_are_the_counts_of_all() {
        let (mut whole, mut left, mut right) = (Bins::default(), Bins::default(), Bins::default());
        left.add(&[-3.0, -3.0, 8.0]);
        right.add(&[100.0, -3.0]);
        whole.add(&[-3.0, -3.0, 8.0, 100.0, -3.0]);
        left.merge(&right);
        left.merge(&Bins::default());
        assert_eq!(left, whole);
        assert_eq!(left.iter().map(|(_, count)| count).collect::<Vec<_>>(), [3, 1, 1]);
    }
}
