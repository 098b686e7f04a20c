//! Counts by bin, in an array that reaches from the lowest bin that holds something to the highest.

use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::num::wide::count_bytes;

/// Bins in a page. Room is made in whole pages, the first of which begins at a multiple of this.
const PAGE: usize = 64;

/// Bytes of a count.
const PLANES: usize = 8;

/// Bins lie between these.
pub(super) const FURTHEST: i32 = 1 << 25;

/// Counts by bin.
///
/// Most bins hold few paths, so the lowest bytes of all counts lie together, and near the processor, as do the next ones.
/// A plane of bytes is made when a count first reaches it.
#[derive(Clone, Default)]
pub(super) struct BinCounts {
    /// The bin of place 0: a multiple of [`PAGE`].
    first: i32,
    /// By plane and place: byte `k` of the count in plane `k`. As many places in each, or none where all would be 0.
    planes: [Vec<u8>; PLANES],
    /// How many values lie below each page and, at the end, how many there are: found when first needed, and
    /// forgotten when something is counted.
    below: OnceLock<Vec<u64>>,
}

impl BinCounts {
    /// Counts `times` values of a bin.
    pub(super) fn add(&mut self, bin: i32, times: u64) {
        self.below.take();
        self.make_room(bin, bin);
        self.add_many((bin - self.first) as usize, times);
    }

    /// Counts values by their bins, of which the numbers are `base` more than the keys: the lowest key is `low`, the
    /// highest `high`.
    pub(super) fn count(&mut self, keys: &[i16], base: i32, low: i16, high: i16) {
        if keys.is_empty() {
            return;
        }
        self.below.take();
        let (low, high) = (base + i32::from(low), base + i32::from(high));
        self.make_room(low, high);
        if low == high {
            // A constant: adding one by one would wait for each addition in turn.
            self.add_many((low - self.first) as usize, keys.len() as u64);
            return;
        }
        let from = base - self.first;
        let [bytes, higher @ ..] = &mut self.planes;
        let range = &bytes[(low - self.first) as usize..=(high - self.first) as usize];
        // Once in order, which the processor sees and fetches ahead, where many values are to come: they come at random,
        // and each would wait.
        if keys.len() > range.len() / 16 {
            range.iter().step_by(64).for_each(|byte| _ = std::hint::black_box(*byte));
        }
        count_bytes(bytes, keys, from, |places, place| carry(places, higher, place));
    }

    /// Adds to the count at a place.
    fn add_many(&mut self, place: usize, more: u64) {
        let sum = self.at(place) + more;
        let places = self.places();
        for (plane, byte) in self.planes.iter_mut().zip(sum.to_le_bytes()) {
            if byte != 0 && plane.is_empty() {
                plane.resize(places, 0);
            }
            if let Some(held) = plane.get_mut(place) {
                *held = byte;
            }
        }
    }

    /// How many bins there is room for.
    fn places(&self) -> usize {
        self.planes[0].len()
    }

    fn page_count(&self) -> usize {
        self.places() / PAGE
    }

    /// The count at a place.
    fn at(&self, place: usize) -> u64 {
        count_in(&self.planes, place)
    }

    /// Adds the counts of another histogram.
    pub(super) fn merge(&mut self, other: &Self) {
        if other.places() == 0 {
            return;
        }
        self.below.take();
        self.make_room(other.first, other.first + other.places() as i32 - 1);
        for (bin, count) in other.iter() {
            self.add_many((bin - self.first) as usize, count);
        }
    }

    /// Forgets what was counted in a bin.
    pub(super) fn clear(&mut self, bin: i32) {
        let place = bin - self.first;
        if (0..self.places() as i32).contains(&place) {
            self.below.take();
            self.planes
                .iter_mut()
                .filter(|plane| !plane.is_empty())
                .for_each(|plane| plane[place as usize] = 0);
        }
    }

    /// Gives back the room of bytes that are all zero.
    pub(super) fn shrink(&mut self) {
        let empty = |plane: &Vec<u8>| plane.iter().all(|byte| *byte == 0);
        self.planes.iter_mut().skip(1).filter(|plane| empty(plane)).for_each(|plane| *plane = Vec::new());
    }

    /// How many values all bins hold.
    pub(super) fn total(&self) -> u64 {
        self.below().last().copied().unwrap_or(0)
    }

    /// Bytes of memory that they take.
    pub(super) fn bytes(&self) -> usize {
        self.planes.iter().map(Vec::capacity).sum::<usize>() + 8 * self.page_count()
    }

    /// How many values a page holds.
    fn held(&self, page: usize) -> u64 {
        const EVEN: u64 = 0x00FF_00FF_00FF_00FF;
        let in_plane = |plane: &Vec<u8>| {
            // Four sums at once, of at most 16 bytes each.
            let sums = words(plane, page).map(|word| (word & EVEN) + ((word >> 8) & EVEN)).sum::<u64>();
            (sums & 0xFFFF) + ((sums >> 16) & 0xFFFF) + ((sums >> 32) & 0xFFFF) + (sums >> 48)
        };
        self.planes[..self.used()].iter().rev().fold(0, |higher, plane| (higher << 8) + in_plane(plane))
    }

    /// The bins that hold something, from the lowest on, with their counts.
    pub(super) fn iter(&self) -> impl Iterator<Item = (i32, u64)> + '_ {
        self.filled().flat_map(|page| self.of_page(page))
    }

    /// The pages that hold something: each with its first and its last bin and how many values it holds.
    pub(super) fn pages(&self) -> impl Iterator<Item = (usize, [i32; 2], u64)> + '_ {
        let first = |page: usize| self.first + (page * PAGE) as i32;
        self.filled().map(move |page| (page, [first(page), first(page + 1) - 1], self.held(page)))
    }

    fn filled(&self) -> impl Iterator<Item = usize> + '_ {
        // The lowest bytes may all be 0 where the others are not.
        let planes = &self.planes[..self.used()];
        let holds = move |page: usize| planes.iter().any(|plane| words(plane, page).any(|word| word != 0));
        (0..self.page_count()).filter(move |page| holds(*page))
    }

    /// The bins of a page that hold something, with their counts.
    pub(super) fn of_page(&self, page: usize) -> impl Iterator<Item = (i32, u64)> + '_ {
        let planes = &self.planes[..self.used()];
        let first = self.first;
        (page * PAGE..(page + 1) * PAGE).filter_map(move |place| {
            let count = count_in(planes, place);
            (count > 0).then_some((first + place as i32, count))
        })
    }

    /// How many planes there are up to the last that is made.
    fn used(&self) -> usize {
        self.planes.iter().rposition(|plane| !plane.is_empty()).map_or(0, |last| last + 1)
    }

    /// The bin in which the value with `rank` values below it lies, how many values lie below that bin, and
    /// its count. `None` when there are not so many values.
    pub(super) fn find(&self, rank: u64) -> Option<(i32, u64, u64)> {
        let below = self.below();
        // The last page below which there are not more than `rank`: it holds the value, unless it is the end.
        let page = below.partition_point(|&before| before <= rank) - 1;
        let mut before = below[page];
        for place in page * PAGE..((page + 1) * PAGE).min(self.places()) {
            let count = self.at(place);
            if rank < before + count {
                return Some((self.first + place as i32, before, count));
            }
            before += count;
        }
        None
    }

    fn below(&self) -> &[u64] {
        self.below.get_or_init(|| {
            let mut below = vec![0];
            for page in 0..self.page_count() {
                below.push(below[page] + self.held(page));
            }
            below
        })
    }

    /// Feeds all counts to a digest: for each bin that holds something its distance from the one before and
    /// its count, both in groups of seven bits, the lowest first; a zero ends them.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        let mut held = self.iter().peekable();
        let first = held.peek().map_or(0, |(bin, _)| *bin);
        let mut bytes = Vec::with_capacity(2 * held.size_hint().0 + 64);
        bytes.extend(first.to_le_bytes());
        let mut last = first - 1;
        for (bin, count) in held {
            push_in_sevens(&mut bytes, (bin - last) as u64);
            push_in_sevens(&mut bytes, count);
            last = bin;
        }
        bytes.push(0);
        feed(&bytes);
    }

    /// Makes room for these bins, and for some more so that it seldom happens.
    #[inline]
    fn make_room(&mut self, low: i32, high: i32) {
        if low < self.first || high - self.first >= self.places() as i32 {
            self.grow(low, high);
        }
    }

    #[cold]
    fn grow(&mut self, low: i32, high: i32) {
        const SIZE: i32 = PAGE as i32;
        let page_of = |bin: i32| bin.div_euclid(SIZE);
        let (low, end) = (page_of(low), page_of(high) + 1);
        let empty = self.places() == 0;
        let old_low = if empty { low } else { page_of(self.first) };
        let old_end = if empty { end } else { old_low + self.page_count() as i32 };
        let room = 1 + (old_end - old_low) / 16;
        let new_low = if low < old_low || empty { low - room } else { old_low };
        let new_end = if end > old_end || empty { end + room } else { old_end };
        let (places, from) = ((new_end - new_low) as usize * PAGE, (old_low - new_low) as usize * PAGE);
        for (number, plane) in self.planes.iter_mut().enumerate() {
            if number == 0 || !plane.is_empty() {
                let old = std::mem::replace(plane, vec![0; places]);
                plane[from..][..old.len()].copy_from_slice(&old);
            }
        }
        self.first = new_low * SIZE;
    }
}

/// The count at a place.
#[inline]
fn count_in(planes: &[Vec<u8>], place: usize) -> u64 {
    let byte = |plane: &Vec<u8>| plane.get(place).copied().map_or(0, u64::from);
    planes.iter().rev().fold(0, |count, plane| (count << 8) | byte(plane))
}

/// Counts that a place's byte in the lowest of so many places has overflown.
#[cold]
fn carry(places: usize, higher: &mut [Vec<u8>], place: usize) {
    for plane in higher {
        if plane.is_empty() {
            plane.resize(places, 0);
        }
        plane[place] = plane[place].wrapping_add(1);
        if plane[place] != 0 {
            return;
        }
    }
}

/// The bytes of a page of a plane, eight at a time; none where the plane is not made.
fn words(plane: &[u8], page: usize) -> impl Iterator<Item = u64> + '_ {
    let (words, _) = plane.get(page * PAGE..(page + 1) * PAGE).unwrap_or_default().as_chunks::<8>();
    words.iter().map(|word| u64::from_le_bytes(*word))
}

/// Seven bits a byte, the lowest first; the top bit says that more follow.
pub(super) fn push_in_sevens(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The first bin that holds something, and for each such bin its distance from the one before and its count: most bins
/// between the first and the last are empty.
impl Serialize for BinCounts {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        let mut bins = self.iter().peekable();
        let first = bins.peek().map_or(0, |(bin, _)| *bin);
        let mut last = first;
        let mut held: Vec<(u32, u64)> = Vec::new();
        for (bin, count) in bins {
            held.push(((bin - last) as u32, count));
            last = bin;
        }
        (first, held).serialize(writer)
    }
}

impl<'de> Deserialize<'de> for BinCounts {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let (first, held) = <(i32, Vec<(u32, u64)>)>::deserialize(reader)?;
        let length: u64 = held.iter().map(|(distance, _)| u64::from(*distance)).sum();
        let within = first > -FURTHEST
            && i64::from(first) + (length.min(u64::from(u32::MAX)) as i64) < i64::from(FURTHEST);
        // More bins than a window has would take more memory than a tally may.
        let few = length <= 2 * super::window::MOST as u64;
        let countable = held.iter().all(|(_, count)| *count < 1 << 62);
        if !(held.is_empty() || within && few && countable) {
            return Err(de::Error::custom("bins outside the range of a histogram"));
        }
        let mut bins = Self::default();
        if !held.is_empty() {
            bins.make_room(first, first + length as i32);
        }
        let mut bin = first;
        for (distance, count) in held {
            bin += distance as i32;
            bins.add_many((bin - bins.first) as usize, count);
        }
        Ok(bins)
    }
}

impl fmt::Debug for BinCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl PartialEq for BinCounts {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bins: &[i32]) -> BinCounts {
        let mut counts = BinCounts::default();
        bins.iter().for_each(|bin| counts.add(*bin, 1));
        counts
    }

    #[test]
    fn counts_do_not_depend_on_how_the_room_grew() {
        let (up, down): (Vec<i32>, Vec<i32>) = ((-500..500).collect(), (-500..500).rev().collect());
        assert_eq!(of(&up), of(&down));
        assert_ne!(of(&up), of(&up[1..]));
    }

    #[test]
    fn merged_counts_are_the_counts_of_all() {
        let (mut left, right) = (of(&[-3, -3, 8]), of(&[100, -3]));
        left.merge(&right);
        left.merge(&BinCounts::default());
        assert_eq!(left, of(&[-3, -3, 8, 100, -3]));
        assert_eq!(left.iter().collect::<Vec<_>>(), [(-3, 3), (8, 1), (100, 1)]);
        assert_eq!(
            (left.total(), left.find(2), left.find(3), left.find(5)),
            (5, Some((-3, 0, 3)), Some((8, 3, 1)), None)
        );
    }

    #[test]
    fn a_bin_holds_as_many_paths_as_there_can_be() {
        let mut bins = of(&[7]);
        bins.add(7, (1 << 40) - 1);
        let copy = bins.clone();
        bins.merge(&copy);
        assert_eq!(bins.iter().collect::<Vec<_>>(), [(7, 1 << 41)]);
        let bytes = postcard::to_stdvec(&bins).unwrap();
        assert_eq!(postcard::from_bytes::<BinCounts>(&bytes).unwrap(), bins);
    }

    #[test]
    fn a_bin_that_is_cleared_holds_nothing() {
        let mut bins = of(&[1, 2, 2]);
        bins.add(2, 100_000);
        bins.clear(2);
        bins.clear(5000);
        assert_eq!(bins, of(&[1]));
    }
}
