//! Counts of values anywhere in the range of floats, in bins that are made when a value falls into them.

use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::ValueCell;
use super::bins::push_in_sevens;
use super::grid::BinGrid;

/// The most bins: 128 octaves of 8192. When more hold something, pairs of neighbours become one, as often as it takes.
const MOST: usize = 1 << 20;

/// The most times that neighbours become one: then all values of a sign share a bin.
const COARSEST: u32 = 24;

/// Values are counted when so many have come together, or half the bins that hold something if that is more:
/// each time all bins are copied.
const PENDING: usize = 512;

/// Bins in a page: how many values lie below is kept of each page, as of each bin it would take as much as the bins.
const PAGE: usize = 64;

/// Set in a count where the bin holds different values.
const MIXED: u64 = 1 << 63;

/// Counts of values by bins of 1/8192 of an octave, finer than 1.25e-4 of the value, wherever it lies; zero, and a bin in
/// which all values are the same, are exact. It takes 12 bytes for each bin that holds something, at most as many as
/// there are values, and memory for [`MOST`] bins.
#[derive(Clone, Debug, Default)]
pub(super) struct Sparse {
    /// So often have pairs of neighbouring bins become one.
    grid: BinGrid,
    /// By bin, in order: its one value, or its value nearest to zero where it holds several.
    values: Vec<f64>,
    /// By bin: how many values, and whether they differ.
    counts: BinWidths,
    /// Values that are still to be counted,
    pending: Vec<f64>,
    /// and some that occur many times, with their number.
    lumps: Vec<(f64, u64)>,
    /// How many values lie below each page of bins and, at the end, how many there are.
    below: OnceLock<Vec<u64>>,
}

/// Counts by bin, with 32 bits each as long as that is enough.
#[derive(Clone, Debug)]
enum BinWidths {
    Narrow(Vec<u32>),
    Wide(Vec<u64>),
}

/// [`MIXED`] in 32 bits.
const MIXED_NARROW: u32 = 1 << 31;

impl Default for BinWidths {
    fn default() -> Self {
        Self::Narrow(Vec::new())
    }
}

impl BinWidths {
    fn get(&self, place: usize) -> u64 {
        match self {
            Self::Narrow(counts) => {
                let count = counts[place];
                u64::from(count & !MIXED_NARROW) | if count & MIXED_NARROW == 0 { 0 } else { MIXED }
            }
            Self::Wide(counts) => counts[place],
        }
    }

    fn push(&mut self, count: u64) {
        match self {
            Self::Narrow(counts) if count & !MIXED < u64::from(MIXED_NARROW) => {
                counts.push(count as u32 | if count & MIXED == 0 { 0 } else { MIXED_NARROW });
            }
            Self::Narrow(counts) => {
                let length = counts.len();
                let narrow = Self::Narrow(std::mem::take(counts));
                let mut wide: Vec<u64> = (0..length).map(|place| narrow.get(place)).collect();
                wide.push(count);
                *self = Self::Wide(wide);
            }
            Self::Wide(counts) => counts.push(count),
        }
    }

    fn shrink_to_fit(&mut self) {
        match self {
            Self::Narrow(counts) => counts.shrink_to_fit(),
            Self::Wide(counts) => counts.shrink_to_fit(),
        }
    }
}

impl Sparse {
    /// The same, before anything is counted, about an origin.
    pub(super) fn about(&mut self, origin: f64) -> &mut Self {
        if self.values.is_empty() {
            self.grid.origin = origin;
        }
        self
    }

    /// What bins are about.
    pub(super) fn origin(&self) -> f64 {
        self.grid.origin
    }

    /// Adds a finite value; it is counted when enough have come together.
    pub(super) fn add(&mut self, x: f64) {
        self.pending.push(x + 0.0);
        if self.pending.len() >= PENDING && self.pending.len() >= self.values.len() / 2 {
            self.count_pending();
        }
    }

    /// Adds a finite value many times.
    pub(super) fn add_many(&mut self, x: f64, times: u64) {
        self.lumps.push((x + 0.0, times));
        if self.lumps.len() >= PENDING && self.lumps.len() >= self.values.len() / 2 {
            self.count_pending();
        }
    }

    /// Counts of values that follow one another, each so many times.
    pub(super) fn of_sorted(origin: f64, values: impl Iterator<Item = (f64, u64)>) -> Self {
        let mut builder = SparseBuilder::new(BinGrid { origin, level: 0 });
        values.for_each(|(x, count)| builder.push(x + 0.0, count));
        builder.build()
    }

    /// Whether all values are counted.
    pub(super) fn is_settled(&self) -> bool {
        self.pending.is_empty() && self.lumps.is_empty()
    }

    /// Counts the values that are still to be counted, and gives back the room for more.
    pub(super) fn settle(&mut self) {
        self.count_pending();
        self.pending = Vec::new();
        self.values.shrink_to_fit();
        self.counts.shrink_to_fit();
    }

    fn count_pending(&mut self) {
        if self.is_settled() {
            return;
        }
        let mut pending = std::mem::take(&mut self.pending);
        let mut lumps = std::mem::take(&mut self.lumps);
        pending.sort_unstable_by(f64::total_cmp);
        lumps.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let mut more = SparseBuilder::new(self.grid);
        let mut lumps = lumps.into_iter().peekable();
        for x in &pending {
            while let Some((lump, count)) = lumps.next_if(|(lump, _)| lump < x) {
                more.push(lump, count);
            }
            more.push(*x, 1);
        }
        lumps.for_each(|(lump, count)| more.push(lump, count));
        pending.clear();
        self.combine(more.build());
        // Its room is for the values to come.
        self.pending = pending;
    }

    /// Adds the counts of other values, which are settled.
    pub(super) fn merge(&mut self, other: &Self) {
        self.count_pending();
        if other.values.is_empty() {
            return;
        }
        let mut other = other.clone();
        other.coarsen(self.grid.level);
        self.coarsen(other.grid.level);
        self.combine(other);
    }

    /// Adds the counts of values in bins of the same level.
    fn combine(&mut self, other: Self) {
        let (pending, lumps) = (std::mem::take(&mut self.pending), std::mem::take(&mut self.lumps));
        if self.values.is_empty() {
            *self = other;
        } else {
            let mut whole = SparseBuilder::new(self.grid);
            whole.values.reserve_exact(self.values.len() + other.values.len());
            let (mut mine, mut theirs) = (0, 0);
            while mine < self.values.len() && theirs < other.values.len() {
                if self.values[mine] <= other.values[theirs] {
                    whole.push(self.values[mine], self.counts.get(mine));
                    mine += 1;
                } else {
                    whole.push(other.values[theirs], other.counts.get(theirs));
                    theirs += 1;
                }
            }
            (mine..self.values.len())
                .for_each(|place| whole.push(self.values[place], self.counts.get(place)));
            (theirs..other.values.len())
                .for_each(|place| whole.push(other.values[place], other.counts.get(place)));
            *self = whole.build();
        }
        (self.pending, self.lumps) = (pending, lumps);
        while self.values.len() > MOST && self.grid.level < COARSEST {
            self.coarsen(self.grid.level + 1);
        }
    }

    /// Makes neighbouring bins one until so often.
    fn coarsen(&mut self, level: u32) {
        if level <= self.grid.level {
            return;
        }
        let mut coarse = SparseBuilder::new(BinGrid { level, ..self.grid });
        for (place, x) in self.values.iter().enumerate() {
            coarse.push(*x, self.counts.get(place));
        }
        let (pending, lumps) = (std::mem::take(&mut self.pending), std::mem::take(&mut self.lumps));
        *self = Self { pending, lumps, ..coarse.build() };
    }

    /// How many values are counted.
    pub(super) fn total(&self) -> u64 {
        self.below().last().copied().unwrap_or(0)
    }

    fn below(&self) -> &[u64] {
        self.below.get_or_init(|| {
            let mut below = vec![0];
            for first in (0..self.values.len()).step_by(PAGE) {
                let held: u64 = self.page(first).map(|place| self.held(place)).sum();
                below.push(below[below.len() - 1] + held);
            }
            below
        })
    }

    /// The bins of the page that begins with this one.
    fn page(&self, first: usize) -> Range<usize> {
        first..(first + PAGE).min(self.values.len())
    }

    fn held(&self, place: usize) -> u64 {
        self.counts.get(place) & !MIXED
    }

    /// The bin with the value that has `rank` values below it, and how many values lie below that bin.
    pub(super) fn find(&self, rank: u64) -> Option<(ValueCell, u64)> {
        let below = self.below();
        let page = below.partition_point(|&before| before <= rank) - 1;
        let mut before = below[page];
        for place in self.page(page * PAGE) {
            if rank < before + self.held(place) {
                return Some((self.cell(place), before));
            }
            before += self.held(place);
        }
        None
    }

    /// The bins that hold something, in order.
    pub(super) fn cells(&self) -> impl Iterator<Item = ValueCell> + '_ {
        (0..self.values.len()).map(|place| self.cell(place))
    }

    fn cell(&self, place: usize) -> ValueCell {
        let (x, count) = (self.values[place], self.counts.get(place));
        let (low, high) = if count & MIXED == 0 { (x, x) } else { self.grid.bracket(self.grid.bin_of(x)) };
        ValueCell { low, high, count: count & !MIXED }
    }

    /// Bytes of memory that it takes.
    pub(super) fn bytes(&self) -> usize {
        let counts = match &self.counts {
            BinWidths::Narrow(counts) => 4 * counts.capacity(),
            BinWidths::Wide(counts) => 8 * counts.capacity(),
        };
        8 * (self.values.capacity() + self.pending.capacity()) + counts
    }

    /// Feeds all counts to a digest.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        feed(&self.grid.level.to_le_bytes());
        let mut bytes = Vec::with_capacity(10 * self.values.len() + 8);
        for (place, x) in self.values.iter().enumerate() {
            bytes.extend(x.to_bits().to_le_bytes());
            push_in_sevens(&mut bytes, self.counts.get(place).rotate_left(1));
        }
        bytes.extend([0xFF; 8]);
        feed(&bytes);
    }
}

/// Counts of values that come in order.
struct SparseBuilder {
    grid: BinGrid,
    values: Vec<f64>,
    counts: BinWidths,
    /// The bin of the last value, and how many values it holds and whether they differ.
    last: (i32, u64),
}

impl SparseBuilder {
    fn new(grid: BinGrid) -> Self {
        Self { grid, values: Vec::new(), counts: BinWidths::default(), last: (0, 0) }
    }

    /// Adds values of a bin at or above that of the last; `count` says whether they differ.
    #[inline]
    fn push(&mut self, x: f64, count: u64) {
        let bin = self.grid.bin_of(x);
        let (last, held) = self.last;
        if bin != last || held == 0 {
            if held != 0 {
                self.counts.push(held);
            }
            self.values.push(x);
            self.last = (bin, count);
            return;
        }
        let place = self.values.len() - 1;
        let mixed = (held | count) & MIXED != 0 || self.values[place] != x;
        if mixed {
            let (low, high) = self.grid.bracket(bin);
            self.values[place] = if bin > 0 { low } else { high };
        }
        self.last.1 = ((held & !MIXED) + (count & !MIXED)) | if mixed { MIXED } else { 0 };
    }

    fn build(mut self) -> Sparse {
        if self.last.1 != 0 {
            self.counts.push(self.last.1);
        }
        Sparse { grid: self.grid, values: self.values, counts: self.counts, ..Sparse::default() }
    }
}

impl PartialEq for Sparse {
    fn eq(&self, other: &Self) -> bool {
        let bits = |sparse: &Self| sparse.values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        let counts = |sparse: &Self| {
            (0..sparse.values.len()).map(|place| sparse.counts.get(place)).collect::<Vec<_>>()
        };
        (self.grid.level, bits(self), counts(self)) == (other.grid.level, bits(other), counts(other))
            && (&self.pending, &self.lumps) == (&other.pending, &other.lumps)
    }
}

/// The level and the origin, and by bin the value and the count, which must be settled.
impl Serialize for Sparse {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        let counts = (0..self.values.len()).map(|place| self.counts.get(place).rotate_left(1));
        (self.grid.level, self.grid.origin, &self.values, counts.collect::<Vec<_>>()).serialize(writer)
    }
}

impl<'de> Deserialize<'de> for Sparse {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let (level, origin, values, counts) = <(u32, f64, Vec<f64>, Vec<u64>)>::deserialize(reader)?;
        let grid = BinGrid { level: level.min(31), origin };
        let ordered = values.windows(2).all(|pair| grid.bin_of(pair[0]) < grid.bin_of(pair[1]));
        let finite = origin.is_finite() && values.iter().all(|x| x.is_finite());
        if level > COARSEST || !finite || !ordered || values.len() != counts.len() {
            return Err(de::Error::custom("bins that do not follow one another"));
        }
        let mut sparse = Self { grid, values, ..Self::default() };
        for count in counts {
            let count = count.rotate_right(1);
            if count & !MIXED == 0 || count & !MIXED >= 1 << 62 {
                return Err(de::Error::custom("a bin without values, or with more than there are paths"));
            }
            sparse.counts.push(count);
        }
        Ok(sparse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::window::BELOW_BIN;

    fn of(values: &[f64]) -> Sparse {
        let mut sparse = Sparse::default();
        values.iter().for_each(|x| sparse.add(*x));
        sparse.settle();
        sparse
    }

    #[test]
    fn a_value_that_fills_its_bin_alone_is_exact_and_zero_is_zero() {
        let sparse = of(&[0.0, -0.0, 5.0, 5.0, 1e12, -7.0, -7.0000001, 5e-324]);
        let cells: Vec<ValueCell> = sparse.cells().collect();
        let (low, high) = (cells[0].low, cells[0].high);
        assert!(low <= -7.0000001 && -7.0 <= high && cells[0].count == 2, "{cells:?}");
        let exact = |x: f64, count| ValueCell { low: x, high: x, count };
        assert_eq!(cells[1..], [exact(0.0, 2), exact(5e-324, 1), exact(5.0, 2), exact(1e12, 1)]);
        assert_eq!(sparse.find(3).unwrap(), (exact(0.0, 2), 2));
        assert_eq!((sparse.total(), sparse.find(8)), (8, None));
    }

    #[test]
    fn counts_do_not_depend_on_order_or_on_how_they_were_merged() {
        let values: Vec<f64> =
            (0..20_000).map(|i| f64::from((i * 7919) % 20_000 - 10_000) * 1.5e-3).collect();
        let whole = of(&values);
        let mut merged = of(&values[12_345..]);
        merged.merge(&of(&values[..12_345]));
        assert_eq!(merged, whole);
        let reversed: Vec<f64> = values.iter().rev().copied().collect();
        assert_eq!(of(&reversed), whole);
        let bytes = postcard::to_stdvec(&whole).unwrap();
        assert_eq!(postcard::from_bytes::<Sparse>(&bytes).unwrap(), whole);
    }

    #[test]
    fn more_bins_than_there_is_room_for_become_coarser_and_no_value_is_lost() {
        // 160 octaves, each of their bins once.
        let values: Vec<f64> =
            (0..160 * 8192_u64).map(|bin| f64::from_bits((950 * 8192 + bin) << BELOW_BIN | 0x4D)).collect();
        let whole = of(&values);
        assert_eq!(
            (whole.grid.level, whole.values.len(), whole.total()),
            (1, 80 * 8192, values.len() as u64)
        );
        let mut merged = of(&values[700_000..]);
        merged.merge(&of(&values[..700_000]));
        assert_eq!(merged, whole);
        for (rank, x) in values.iter().enumerate().step_by(9973) {
            let (cell, _) = whole.find(rank as u64).unwrap();
            assert!(
                cell.low <= *x && *x <= cell.high && cell.high - cell.low <= 2.5e-4 * x,
                "{x} in {cell:?}"
            );
        }
    }

    #[test]
    fn counts_become_wide_when_they_must() {
        let mut sparse = of(&[3.0, 4.0]);
        let many = Sparse::of_sorted(0.0, [(3.0, 1 << 39)].into_iter());
        sparse.merge(&many);
        sparse.merge(&many);
        assert_eq!(sparse.cells().next().unwrap().count, (1 << 40) + 1);
        assert_eq!((sparse.cells().count(), sparse.total()), (2, (1 << 40) + 2));
    }
}
