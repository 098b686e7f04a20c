//! A histogram whose bins are fine near the origin and grow with the distance from it.
//!
//! A value `p` grains above the origin falls into bin ⌊8192 · octave position of (|p| + 8)⌋: the top bits of that
//! number as a float. Bins are 1/1024 of a grain wide up to 8 grains from the origin, twice that up to 24, and grow to
//! between 1/16384 and 1/8192 of the distance far from it, on both sides. So a long tail costs few bins, and with a
//! tenth of the standard deviation as the grain, half a bin is at most 1e-4 of the value or of the standard deviation,
//! whichever is more.

use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::num::wide::{Key, Vector, count_bytes};

/// Bits of a bin's number within an octave: 8192 bins.
const BITS: u32 = 13;

/// Is added to the distance; bins are equally wide up to where that is doubled. A power of two.
const OFFSET: f64 = 8.0;

/// Where the distance is 2^40 grains and beyond, everything falls into the last bin.
const LAST: i32 = 37 << BITS;

/// Bins in a page. Room is made in whole pages, the first of which begins at a multiple of this.
const PAGE: usize = 64;

/// Bytes of a count: paths are fewer than 2^32.
const PLANES: usize = 4;

/// Counts by bin. Bins are numbered from 0 upwards above the origin, from -1 downwards below it.
///
/// Most bins hold few paths, so the lowest bytes of all counts lie together, and near the processor, as do the next ones.
/// A plane of bytes is made when a count first reaches it.
#[derive(Clone, Default)]
pub struct Bins {
    /// 2 to the power of this many neighbouring bins are counted as one.
    coarseness: u32,
    /// The bin of place 0: a multiple of [`PAGE`].
    first: i32,
    /// By plane and place: byte `k` of the count in plane `k`. As many places in each, or none where all would be 0.
    planes: [Vec<u8>; PLANES],
    /// How many values lie below each page and, at the end, how many there are: found when first asked for, and
    /// forgotten when something is counted.
    below: OnceLock<Vec<u64>>,
}

/// Bits of a float below those of its bin.
const BELOW_BIN: u32 = f64::MANTISSA_DIGITS - 1 - BITS;

/// The bin of a value that lies `position` grains above the origin; NaN has none and must not come here.
#[inline(always)]
pub fn bin_of(position: f64) -> i32 {
    key(position, 0, 0).of(distance(position))
}

/// Puts the bins of values that lie `position` grains above the origin to place `at` of a column and the following: 2 to
/// the power of `coarseness` bins are one, and `base` is taken from their number.
#[inline(always)]
pub(super) fn store_bin<V: Vector>(position: V, coarseness: u32, base: i32, to: &mut [i16], at: usize) {
    distance(position).store_key(key(position, coarseness, base), to, at);
}

#[inline(always)]
fn distance<V: Vector>(position: V) -> V {
    const LIMIT: f64 = (1u64 << 40) as f64;
    (position.abs() + V::splat(OFFSET)).at_most(V::splat(LIMIT))
}

#[inline(always)]
fn key<V: Vector>(position: V, coarseness: u32, base: i32) -> Key<V> {
    Key { sign: position, from: OFFSET, dropped: BELOW_BIN + coarseness, base }
}

/// The lowest and highest position in a bin, in grains; the outermost bins reach to infinity.
pub fn edges(bin: i32) -> (f64, f64) {
    let distance = |key: i32| {
        if key > LAST {
            return f64::INFINITY;
        }
        f64::from_bits(OFFSET.to_bits() + ((key as u64) << BELOW_BIN)) - OFFSET
    };
    if bin < 0 { (-distance(-bin), -distance(-1 - bin)) } else { (distance(bin), distance(bin + 1)) }
}

impl Bins {
    /// Bins of which 2 to the power of `coarseness` neighbours are counted as one: as many times fewer, and as
    /// many times wider.
    pub(super) fn coarse(coarseness: u32) -> Self {
        Self { coarseness, ..Self::default() }
    }

    /// The bin of a value that lies `position` grains above the origin.
    pub(super) fn bin_of(&self, position: f64) -> i32 {
        bin_of(position) >> self.coarseness
    }

    /// The lowest and highest position in a bin, in grains.
    pub(super) fn edges(&self, bin: i32) -> (f64, f64) {
        let first = bin << self.coarseness;
        (edges(first).0, edges(first + (1 << self.coarseness) - 1).1)
    }

    /// 2 to the power of this many neighbouring bins are counted as one.
    pub(super) fn coarseness(&self) -> u32 {
        self.coarseness
    }

    /// Counts `times` values of a bin.
    pub fn add(&mut self, bin: i32, times: u32) {
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
            self.add_many((low - self.first) as usize, keys.len() as u32);
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
    fn add_many(&mut self, place: usize, more: u32) {
        let sum = self.at(place) + u64::from(more);
        let places = self.places();
        for (plane, byte) in self.planes.iter_mut().zip((sum as u32).to_le_bytes()) {
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
        let bytes = self.planes.each_ref().map(|plane| plane.get(place).copied().unwrap_or(0));
        u64::from(u32::from_le_bytes(bytes))
    }

    /// Adds the counts of another histogram.
    pub fn merge(&mut self, other: &Self) {
        if other.places() == 0 {
            return;
        }
        self.below.take();
        self.make_room(other.first, other.first + other.places() as i32 - 1);
        for (bin, count) in other.iter() {
            self.add_many((bin - self.first) as usize, count as u32);
        }
    }

    /// How many values a page holds.
    fn held(&self, page: usize) -> u64 {
        const EVEN: u64 = 0x00FF_00FF_00FF_00FF;
        let in_plane = |plane: &Vec<u8>| {
            // Four sums at once, of at most 16 bytes each.
            let sums = words(plane, page).map(|word| (word & EVEN) + ((word >> 8) & EVEN)).sum::<u64>();
            (sums & 0xFFFF) + ((sums >> 16) & 0xFFFF) + ((sums >> 32) & 0xFFFF) + (sums >> 48)
        };
        self.planes.iter().rev().fold(0, |higher, plane| (higher << 8) + in_plane(plane))
    }

    /// The bins that hold something, from the lowest on, with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (i32, u64)> + '_ {
        self.filled().flat_map(|page| self.of_page(page))
    }

    /// The pages that hold something: each with its first and its last bin and how many values it holds.
    pub(super) fn pages(&self) -> impl Iterator<Item = (usize, [i32; 2], u64)> + '_ {
        let first = |page: usize| self.first + (page * PAGE) as i32;
        self.filled().map(move |page| (page, [first(page), first(page + 1) - 1], self.held(page)))
    }

    fn filled(&self) -> impl Iterator<Item = usize> + '_ {
        // The lowest bytes may all be 0 where the others are not.
        let holds = |page: usize| self.planes.iter().any(|plane| words(plane, page).any(|word| word != 0));
        (0..self.page_count()).filter(move |page| holds(*page))
    }

    /// The bins of a page that hold something, with their counts.
    pub(super) fn of_page(&self, page: usize) -> impl Iterator<Item = (i32, u64)> + '_ {
        let places = page * PAGE..(page + 1) * PAGE;
        places.map(|place| (self.first + place as i32, self.at(place))).filter(|(_, count)| *count > 0)
    }

    /// The bin in which the value with `rank` values below it lies, how many values lie below that bin, and
    /// its count. `None` when there are not so many values.
    pub(super) fn find(&self, rank: u64) -> Option<(i32, u64, u64)> {
        let below = self.below.get_or_init(|| {
            let mut below = vec![0];
            for page in 0..self.page_count() {
                below.push(below[page] + self.held(page));
            }
            below
        });
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

    /// Feeds all counts to a digest: for each bin that holds something its distance from the one before and
    /// its count, both in groups of seven bits, the lowest first; a zero ends them.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        let mut held = self.iter().peekable();
        let first = held.peek().map_or(0, |(bin, _)| *bin);
        let mut bytes = Vec::with_capacity(2 * held.size_hint().0 + 64);
        bytes.extend(first.to_le_bytes());
        let mut last = first - 1;
        for (bin, count) in held {
            push_in_sevens(&mut bytes, (bin - last) as u32);
            push_in_sevens(&mut bytes, count as u32);
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
        let mut bins = self.iter().peekable();
        let first = bins.peek().map_or(0, |(bin, _)| *bin);
        let mut last = first;
        let mut held: Vec<(u32, u32)> = Vec::new();
        for (bin, count) in bins {
            held.push(((bin - last) as u32, count as u32));
            last = bin;
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
        let mut bins = Self::coarse(coarseness);
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

impl fmt::Debug for Bins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl PartialEq for Bins {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
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
                let slack = 2e-15 * (OFFSET + x); // |p| + 8 rounds
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
        deviations.iter().for_each(|&deviation| bins.add(bins.bin_of(deviation), 1));
        deviations.iter().for_each(|&deviation| fine.add(bin_of(deviation), 1));
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
            up.add(bin_of(f64::from(i) - 50.0), 1);
            down.add(bin_of(49.0 - f64::from(i)), 1);
        }
        assert_eq!(up, down);
        up.add(bin_of(0.0), 1);
        assert_ne!(up, down);
    }

    #[test]
    fn merged_counts_are_the_counts_of_all() {
        let (mut whole, mut left, mut right) = (Bins::default(), Bins::default(), Bins::default());
        let add =
            |bins: &mut Bins, values: &[f64]| values.iter().for_each(|&value| bins.add(bin_of(value), 1));
        add(&mut left, &[-3.0, -3.0, 8.0]);
        add(&mut right, &[100.0, -3.0]);
        add(&mut whole, &[-3.0, -3.0, 8.0, 100.0, -3.0]);
        left.merge(&right);
        left.merge(&Bins::default());
        assert_eq!(left, whole);
        assert_eq!(left.iter().map(|(_, count)| count).collect::<Vec<_>>(), [3, 1, 1]);
    }
}
