//! Counts of a series by bins: in an array within its window, in a list outside.

use serde::{Deserialize, Serialize};

use super::bins::BinCounts;
use super::sound::sum;
use super::sparse::Sparse;
use super::window::BinWindow;
use super::{Batch, SeriesScale, ValueCell};
use crate::num::{max, min};

/// The counts of a series' values by bins.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Binned {
    /// Those in the window.
    bins: BinCounts,
    /// By atom of the scale: how many values lie below it, and how many are equal to it.
    atoms: Vec<[u64; 2]>,
    /// Those below the window.
    below: Sparse,
    /// Those above the window, or all where there is no window.
    above: Sparse,
}

impl Binned {
    /// Counts of values that follow one another, each so many times.
    pub(super) fn of_sorted(scale: &SeriesScale, values: &[(f64, u64)]) -> Self {
        let least = scale.window.map_or(f64::NEG_INFINITY, |window| window.least());
        let greatest = scale.window.map_or(f64::NEG_INFINITY, |window| window.greatest());
        let origin = origin_of(scale.window.as_ref());
        let below = values.iter().copied().filter(|(x, _)| *x < least);
        let above = values.iter().copied().filter(|(x, _)| *x > greatest);
        let mut binned = Self {
            below: Sparse::of_sorted(origin, below),
            above: Sparse::of_sorted(origin, above),
            ..Self::default()
        };

        if let Some(window) = &scale.window {
            let within = values.iter().filter(|(x, _)| window.contains(*x));
            within.for_each(|(x, times)| binned.bins.add(window.bin_of(*x), *times));
        }
        binned.atoms.resize(scale.atoms.len(), [0; 2]);
        values.iter().for_each(|(x, times)| binned.add_to_atoms(scale, *x, *times));
        binned
    }

    fn add_to_atoms(&mut self, scale: &SeriesScale, x: f64, times: u64) {
        for (atom, [below, equal]) in scale.atoms.iter().zip(&mut self.atoms) {
            *below += if x < *atom { times } else { 0 };
            *equal += if x == *atom { times } else { 0 };
        }
    }

    /// Adds a finite value so many times.
    pub(super) fn add(&mut self, scale: &SeriesScale, x: f64, times: u64) {
        match &scale.window {
            Some(window) if window.contains(x) => self.bins.add(window.bin_of(x), times),
            window => {
                let side = self.outside(window.as_ref(), x);
                if times == 1 { side.add(x) } else { side.add_many(x, times) }
            }
        }
        self.add_to_atoms(scale, x, times);
    }

    /// Adds to the count of a bin of the window, which has no atoms.
    pub(super) fn add_to_bin(&mut self, bin: i32, times: u64) {
        self.bins.add(bin, times);
    }

    fn outside(&mut self, window: Option<&BinWindow>, x: f64) -> &mut Sparse {
        let is_below = window.is_some_and(|window| x < window.least());
        (if is_below { &mut self.below } else { &mut self.above }).about(origin_of(window))
    }

    /// Adds the values of a batch, but those that columns share.
    pub(super) fn add_batch(&mut self, scale: &SeriesScale, batch: &Batch) {
        let (keys, low, high) = batch.keys();
        let Some(window) = scale.window.as_ref().filter(|_| !keys.is_empty()) else {
            batch.values().iter().for_each(|x| self.add(scale, *x, 1));
            return;
        };
        self.bins.count(keys, window.base(), low, high);
        // What lies outside was counted next to the window, and is in the batch by value.
        window.outside().into_iter().for_each(|bin| self.bins.clear(bin));
        batch.values().iter().for_each(|x| self.outside(Some(window), *x).add(*x));
        add(&mut self.atoms, batch.atoms());
        for (atom, [_, equal]) in scale.atoms.iter().zip(batch.atoms()) {
            if *equal > 0 && !window.contains(*atom) {
                self.outside(Some(window), *atom).add_many(*atom, *equal);
            }
        }
    }

    /// How many values all bins hold; `None` where that is more than there can be, or where the atoms are not so many as
    /// they should be, or hold more.
    pub(super) fn held(&self, scale: &SeriesScale) -> Option<u64> {
        let within = |(bin, _): (i32, u64)| {
            scale.window.is_some_and(|window| (window.first()..=window.last()).contains(&bin))
        };
        if !self.bins.iter().all(within) {
            return None;
        }
        let origin = origin_of(scale.window.as_ref());
        if [&self.below, &self.above].iter().any(|side| side.total() > 0 && side.origin() != origin) {
            return None;
        }
        let bins = self.bins.iter().map(|(_, count)| count);
        let outside = self.below.cells().chain(self.above.cells()).map(|cell| cell.count);
        let held = sum(bins.chain(outside))?;
        let sensible = |counts: &[u64; 2]| sum(counts.iter().copied()).is_some_and(|both| both <= held);
        (self.atoms.len() == scale.atoms.len() && self.atoms.iter().all(sensible)).then_some(held)
    }

    /// Adds the counts of other values of the series.
    pub(super) fn merge(&mut self, other: &Self) {
        self.bins.merge(&other.bins);
        add(&mut self.atoms, &other.atoms);
        for (mine, theirs) in [(&mut self.below, &other.below), (&mut self.above, &other.above)] {
            if theirs.is_settled() {
                mine.merge(theirs);
            } else {
                let mut theirs = theirs.clone();
                theirs.settle();
                mine.merge(&theirs);
            }
        }
    }

    /// Whether all values are counted.
    pub(super) fn is_settled(&self) -> bool {
        self.below.is_settled() && self.above.is_settled()
    }

    /// Counts the values that are still to be counted.
    pub(super) fn settle(&mut self) {
        self.bins.shrink();
        self.below.settle();
        self.above.settle();
    }

    /// The bin with the value that has `rank` values below it, parted at atoms, and how many values lie below it.
    pub(super) fn find(&self, scale: &SeriesScale, rank: u64) -> Option<(ValueCell, u64)> {
        let (below, within) = (self.below.total(), self.bins.total());
        let mut found = None;
        let note = |part: ValueCell, before: u64| {
            if found.is_none() && rank < before + part.count {
                found = Some((part, before));
            }
        };
        if rank < below {
            let (cell, before) = self.below.find(rank)?;
            self.parts_outside(scale, cell, before, note);
        } else if let Some(window) = scale.window.as_ref().filter(|_| rank < below + within) {
            let (bin, before, count) = self.bins.find(rank - below)?;
            self.parts(scale, window, (bin, below + before, count), note);
        } else {
            let (cell, before) = self.above.find(rank - below - within)?;
            self.parts_outside(scale, cell, below + within + before, note);
        }
        found
    }

    /// Calls `each` for the parts of a bin of the window, which atoms part, that hold something: with how many values lie
    /// below. The bin is given by its number, how many values lie below it, and its count.
    #[inline]
    fn parts(
        &self,
        scale: &SeriesScale,
        window: &BinWindow,
        (bin, before, count): (i32, u64, u64),
        each: impl FnMut(ValueCell, u64),
    ) {
        let (low, high) = window.bracket(bin);
        let holds = |atom: f64, _: [u64; 2]| window.bin_of(atom) == bin;
        self.parted(scale, ValueCell { low, high, count }, before, holds, each);
    }

    /// The same of a bin outside the window: it holds an atom if it holds all values that are equal to that.
    #[inline]
    fn parts_outside(
        &self,
        scale: &SeriesScale,
        cell: ValueCell,
        before: u64,
        mut each: impl FnMut(ValueCell, u64),
    ) {
        if cell.is_exact() {
            return each(cell, before);
        }
        let end = before + cell.count;
        let holds = |_: f64, [below, equal]: [u64; 2]| equal > 0 && before <= below && below + equal <= end;
        self.parted(scale, cell, before, holds, each);
    }

    /// The parts of a cell between the atoms that it holds.
    #[inline]
    fn parted(
        &self,
        scale: &SeriesScale,
        ValueCell { low, high, count }: ValueCell,
        before: u64,
        holds: impl Fn(f64, [u64; 2]) -> bool,
        mut each: impl FnMut(ValueCell, u64),
    ) {
        let (mut from, end) = (before, before + count);
        let mut least = low;
        let mut push = |low: f64, high: f64, from: u64, to: u64| {
            if to > from {
                each(ValueCell { low, high, count: to - from }, from);
            }
        };
        // Atoms are few, and most bins hold none.
        for (atom, [below, equal]) in scale.atoms.iter().zip(&self.atoms) {
            if least <= *atom && *atom <= high && holds(*atom, [*below, *equal]) {
                push(least, max(least, *atom), from, *below);
                push(*atom, *atom, *below, below + equal);
                (least, from) = (min(*atom, high), below + equal);
            }
        }
        push(least, high, from, end);
    }

    /// Calls `each` for the parts of all bins on one side of the window, below which lie so many values.
    fn parts_of_side(
        &self,
        scale: &SeriesScale,
        side: &Sparse,
        before: u64,
        mut each: impl FnMut(ValueCell),
    ) {
        let mut before = before;
        for cell in side.cells() {
            self.parts_outside(scale, cell, before, |part, _| each(part));
            before += cell.count;
        }
    }

    /// Calls `whole` for each page of neighbouring bins in the window, with their range and count, and `each` for the bins
    /// of a page for which that is false and for those outside the window, in no particular order.
    pub(super) fn visit(
        &self,
        scale: &SeriesScale,
        mut whole: impl FnMut(ValueCell) -> bool,
        mut each: impl FnMut(ValueCell),
    ) {
        let mut before = self.below.total();
        self.parts_of_side(scale, &self.below, 0, &mut each);
        self.parts_of_side(scale, &self.above, before + self.bins.total(), &mut each);
        let Some(window) = &scale.window else { return };
        for (page, [first, last], count) in self.bins.pages() {
            let span = ValueCell { low: window.bracket(first).0, high: window.bracket(last).1, count };
            if !whole(span) {
                let mut inside = before;
                for (bin, count) in self.bins.of_page(page) {
                    self.parts(scale, window, (bin, inside, count), |cell, _| each(cell));
                    inside += count;
                }
            }
            before += count;
        }
    }

    /// The bins that hold something, in order.
    pub(super) fn cells(&self, scale: &SeriesScale) -> Vec<ValueCell> {
        let mut cells = Vec::new();
        self.parts_of_side(scale, &self.below, 0, |cell| cells.push(cell));
        let mut before = self.below.total();
        if let Some(window) = &scale.window {
            for (bin, count) in self.bins.iter() {
                self.parts(scale, window, (bin, before, count), |cell, _| cells.push(cell));
                before += count;
            }
        }
        self.parts_of_side(scale, &self.above, before, |cell| cells.push(cell));
        cells
    }

    /// By atom: how many values are equal to it.
    pub(super) fn at_atoms(&self) -> impl Iterator<Item = u64> + '_ {
        self.atoms.iter().map(|[_, equal]| *equal)
    }

    /// Bytes of memory that it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>() + self.bins.bytes() + self.below.bytes() + self.above.bytes()
    }

    /// Feeds all counts, which are settled, to a digest.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        self.bins.digest_into(feed);
        self.atoms.as_flattened().iter().for_each(|count| feed(&count.to_le_bytes()));
        self.below.digest_into(feed);
        self.above.digest_into(feed);
    }
}

/// What bins outside of a window are about.
fn origin_of(window: Option<&BinWindow>) -> f64 {
    window.map_or(0.0, |window| window.origin)
}

/// Adds counts to those in the same places.
fn add(counts: &mut [[u64; 2]], more: &[[u64; 2]]) {
    for (count, more) in counts.as_flattened_mut().iter_mut().zip(more.as_flattened()) {
        *count += more;
    }
}
