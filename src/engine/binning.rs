//! Sums outcomes by the bins of draws.
//!
//! A worker keeps the bins and the outcomes of some blocks, and then sums the outcomes of each draw's bins,
//! sixteen outcomes at a time, into sums that all workers share: whole numbers, so their order is no matter.

use std::sync::{Mutex, PoisonError};

use super::block::Sink;
use super::draw_bins::Slicing;
use super::screening::Screened;
use crate::ensemble::slices::{
    BINS, COARSE, CenterStep, ChosenOutcomes, LANES, LIMIT, MOST_RANGES, OutcomeSums, Powers, SCORES, Slices,
    bin_of_key,
};
use crate::num::BLOCK;
use crate::num::draw::Column;
use crate::num::wide::{Kernel, launch};

/// The sums that all workers share.
pub(super) struct SharedSums<'a> {
    slicing: &'a Slicing,
    measures: Vec<CenterStep>,
    chosen: ChosenOutcomes,
    /// By pair: its first row, and at the end how many there are.
    starts: Vec<u32>,
    rows: Mutex<Vec<OutcomeSums>>,
    rest: Mutex<MarginalSums>,
}

/// What is summed by draw or by outcome alone.
struct MarginalSums {
    paths: u64,
    powers: Vec<Powers>,
    counts: Vec<Vec<u64>>,
}

/// Most pairs of a draw of many values that have bins of their own: each takes 16 KiB.
const MOST_FINE: usize = 1 << 13;

impl<'a> SharedSums<'a> {
    pub(super) fn new(slicing: &'a Slicing, screened: Screened) -> Self {
        let Screened { measures, mut chosen } = screened;
        let starts = starts(slicing, &mut chosen);
        let outcomes = slicing.outcomes.len();
        let rows = vec![[0; LANES]; starts.last().map_or(0, |rows| *rows as usize)];
        let counts = |draw: usize| vec![0; 2 * bins_of(slicing, &chosen, draw)];
        let counts = (0..slicing.draws.len()).map(counts).collect();
        let rest = MarginalSums { paths: 0, powers: vec![Powers::default(); outcomes], counts };
        Self { slicing, measures, chosen, starts, rows: Mutex::new(rows), rest: Mutex::new(rest) }
    }

    pub(super) fn finish(self) -> Slices {
        let MarginalSums { paths, powers, counts } =
            self.rest.into_inner().unwrap_or_else(PoisonError::into_inner);
        let rows = self.rows.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Self { measures, chosen, starts, .. } = self;
        Slices { paths, measures, powers, counts, starts, rows, chosen }
    }
}

/// How many bins a draw has, its ranges among them.
fn bins_of(slicing: &Slicing, chosen: &ChosenOutcomes, draw: usize) -> usize {
    slicing.draws[draw].kind.cuts.bins() + chosen.ranges_of(draw).len()
}

/// The first row of each pair. A draw of few values has all its bins, one of many those that it was chosen for; where that
/// is too much, the later ones are not chosen after all.
fn starts(slicing: &Slicing, chosen: &mut ChosenOutcomes) -> Vec<u32> {
    let mut tiles: Vec<(u32, u32)> =
        chosen.draws.iter().map(|&(outcome, draw)| (outcome / LANES as u32, draw)).collect();
    tiles.sort_unstable();
    tiles.dedup();
    let smooth = |draw: u32| slicing.draws[draw as usize].kind.cuts.is_smooth();
    tiles.retain(|&(_, draw)| smooth(draw));
    if let Some(&last) = tiles.get(MOST_FINE) {
        tiles.truncate(MOST_FINE);
        chosen.draws.retain(|&(outcome, draw)| !smooth(draw) || (outcome / LANES as u32, draw) < last);
    }
    let mut rows = 0;
    let mut starts = Vec::with_capacity(slicing.pairs.len() + 1);
    for pair in &slicing.pairs {
        starts.push(rows);
        let cuts = &slicing.draws[pair.1 as usize].kind.cuts;
        let is_line = cuts.is_smooth() && tiles.binary_search(pair).is_err();
        rows += if is_line { 1 } else { 2 * bins_of(slicing, chosen, pair.1 as usize) as u32 };
    }
    starts.push(rows);
    starts
}

/// The most bytes that a slicing takes: the sums, and by worker what it keeps of some blocks.
pub(super) fn bytes(slicing: &Slicing, threads: u64) -> u64 {
    let rows = |pair: &(u32, u32)| match &slicing.draws[pair.1 as usize].kind.cuts {
        cuts if cuts.is_smooth() => 1,
        cuts => 2 * cuts.bins(),
    };
    let fine = slicing.pairs.len().min(MOST_FINE) * 2 * (BINS + MOST_RANGES);
    let sums = (slicing.pairs.iter().map(rows).sum::<usize>() + fine) * size_of::<OutcomeSums>();
    let kept = slicing.draws.len() + slicing.tiles() * size_of::<OutcomeLanes>();
    sums as u64 + threads * KEPT * (kept * BLOCK) as u64
}

/// How many blocks a worker keeps before it sums them: 2048 paths, whose sums fit in 32 bits.
const KEPT: u64 = 8;

/// Pairs that a worker sums before it adds them to those of all: so many that it seldom waits for another.
const AT_ONCE: usize = 32;

/// Bins the blocks of a worker.
pub(super) struct Slicer<'a> {
    slicing: &'a Slicing,
    /// Those of the outcomes.
    measures: &'a [CenterStep],
    /// What was chosen on other paths.
    chosen: &'a ChosenOutcomes,
    /// Where to sum what is kept; `None` where it is only looked at.
    sums: Option<&'a SharedSums<'a>>,
    /// How many paths can be kept.
    room: usize,
    /// Paths kept so far.
    kept: usize,
    /// Paths of the present block, 0 when it is not binned.
    paths: usize,
    /// Where those are kept that are not kept in their order: see [`Slicing::places`].
    places: Option<[usize; BLOCK]>,
    /// The draw whose turn it is.
    draw: usize,
    /// Bins by draw and path.
    keys: Vec<u8>,
    /// Outcomes by sixteen and path.
    rows: Vec<OutcomeLanes>,
    /// By outcome: paths kept on which it was not finite, and beyond the limit.
    lost: Vec<[u64; 2]>,
    /// By outcome and path: how many steps the value lies above the whole number of them; where nothing is summed.
    rests: Vec<f64>,
}

impl<'a> Slicer<'a> {
    /// One for at most so many blocks.
    pub(super) fn new(sums: &'a SharedSums<'a>, blocks: u64) -> Self {
        let room = blocks.min(KEPT) as usize;
        Self { sums: Some(sums), ..Self::looking(sums.slicing, &sums.measures, &sums.chosen, room) }
    }

    /// One with room for so many blocks that sums nothing; `measures` are those of the outcomes.
    pub(super) fn looking(
        slicing: &'a Slicing,
        measures: &'a [CenterStep],
        chosen: &'a ChosenOutcomes,
        blocks: usize,
    ) -> Self {
        let room = blocks * BLOCK;
        Self {
            slicing,
            measures,
            chosen,
            sums: None,
            room,
            kept: 0,
            paths: 0,
            places: None,
            draw: 0,
            keys: vec![0; slicing.draws.len() * room],
            rows: vec![OutcomeLanes([0; LANES]); slicing.tiles() * room],
            lost: vec![[0; 2]; slicing.outcomes.len()],
            rests: Vec::new(),
        }
    }

    /// A block begins, of which so many paths count.
    pub(super) fn begin(&mut self, block: u64, paths: usize) {
        self.paths = if self.slicing.takes(block) { paths } else { 0 };
        self.places = self.slicing.places(block, self.paths).filter(|_| self.paths > 0);
        self.draw = 0;
    }

    fn put(&mut self, outcome: usize, values: &Column) {
        let (of, measure) = (self.slicing.outcomes[outcome], self.measures[outcome]);
        let lane = outcome % LANES;
        let places = self.places.as_ref();
        let rows = &mut self.rows[outcome / LANES * self.room + self.kept..][..self.paths];
        for (path, x) in values[..self.paths].iter().enumerate() {
            let row = &mut rows[places.map_or(path, |places| places[path])];
            let x = of.counted(*x);
            let steps = measure.steps(x);
            row.0[lane] = steps;
            if steps.abs() == LIMIT {
                self.lost[outcome][usize::from(x.is_finite())] += 1;
                row.0[lane] = 0;
            }
        }
        if self.sums.is_none() {
            self.rests.resize(self.slicing.outcomes.len() * self.room, 0.0);
            let rests = &mut self.rests[outcome * self.room + self.kept..][..self.paths];
            for (path, x) in values[..self.paths].iter().enumerate() {
                let x = of.counted(*x);
                let rest = (x - measure.center) / measure.step - f64::from(measure.steps(x));
                rests[places.map_or(path, |places| places[path])] = rest;
            }
        }
    }

    /// The block is over.
    pub(super) fn end(&mut self) {
        self.keep();
        // A block begins with an even path.
        if self.kept + BLOCK > self.room || !self.kept.is_multiple_of(2) {
            self.sum();
        }
    }

    /// Keeps the present block, for which there must be room.
    pub(super) fn keep(&mut self) {
        self.kept += self.paths;
    }

    /// The bin that a draw of a path that is kept fell in, by path.
    pub(super) fn bins(&self, draw: usize) -> &[u8] {
        &self.keys[draw * self.room..][..self.kept]
    }

    /// An outcome on the paths that are kept, in steps.
    pub(super) fn values(&self, outcome: usize) -> Vec<i32> {
        let rows = &self.rows[outcome / LANES * self.room..][..self.kept];
        rows.iter().map(|row| row.0[outcome % LANES]).collect()
    }

    /// By path that is kept, how many steps an outcome lies above the whole number of them; where nothing is summed.
    pub(super) fn rests(&self, outcome: usize) -> &[f64] {
        self.rests.get(outcome * self.room..).map_or(&[], |rests| &rests[..self.kept])
    }

    /// Sums what is kept.
    pub(super) fn sum(&mut self) {
        let Some(sums) = self.sums.filter(|_| self.kept > 0) else { return };
        for (pairs, first) in self.slicing.pairs.chunks(AT_ONCE).zip((0..).step_by(AT_ONCE)) {
            let starts = &sums.starts[first..=first + pairs.len()];
            let mut found: Vec<OutcomeSums> = vec![[0; LANES]; (starts[pairs.len()] - starts[0]) as usize];
            for (&(tile, draw), place) in pairs.iter().zip(starts.windows(2)) {
                let (from, to) = ((place[0] - starts[0]) as usize, (place[1] - starts[0]) as usize);
                self.sum_pair(tile as usize, draw as usize, &mut found[from..to]);
            }
            let mut rows = sums.rows.lock().unwrap_or_else(PoisonError::into_inner);
            let shared = &mut rows[starts[0] as usize..starts[pairs.len()] as usize];
            for (mine, theirs) in shared.as_flattened_mut().iter_mut().zip(found.as_flattened()) {
                *mine += theirs;
            }
        }
        self.sum_rest(sums);
        self.kept = 0;
    }

    /// Sums sixteen outcomes by the bins of a draw: into a row for each, or into their products with the draw's score.
    fn sum_pair(&self, tile: usize, draw: usize, found: &mut [OutcomeSums]) {
        let rows = &self.rows[tile * self.room..][..self.kept];
        let (keys, cuts) = (self.bins(draw), &self.slicing.draws[draw].kind.cuts);
        match found {
            [products] if cuts.is_smooth() => {
                let ranges = self.chosen.ranges_of(draw);
                let mut sums = [[0; LANES]; COARSE];
                if ranges.is_empty() {
                    by_bin(keys, rows, cuts.coarse_shift(), &mut sums);
                } else {
                    let keys: Vec<u8> =
                        keys.iter().map(|key| bin_of_key(usize::from(*key), ranges) as u8).collect();
                    by_bin(&keys, rows, cuts.coarse_shift(), &mut sums);
                }
                for (row, score) in sums.iter().zip(SCORES) {
                    products.iter_mut().zip(row).for_each(|(sum, x)| *sum += i64::from(score) * x);
                }
            }
            bins if bins.len() > 2 * BINS => by_half::<{ BINS + MOST_RANGES }>(keys, rows, bins),
            bins if bins.len() > 2 * COARSE => by_half::<BINS>(keys, rows, bins),
            bins => by_half::<COARSE>(keys, rows, bins),
        }
    }

    fn sum_rest(&mut self, sums: &SharedSums) {
        let mut rest = sums.rest.lock().unwrap_or_else(PoisonError::into_inner);
        rest.paths += self.kept as u64;
        for (draw, counts) in rest.counts.iter_mut().enumerate() {
            let half = counts.len() / 2;
            let (even, odd) = counts.split_at_mut(half);
            for paths in self.bins(draw).chunks(2) {
                paths
                    .iter()
                    .zip([&mut *even, &mut *odd])
                    .for_each(|(key, counts)| counts[usize::from(*key)] += 1);
            }
        }
        for (outcome, powers) in rest.powers.iter_mut().enumerate() {
            let mut found = Powers::default();
            for row in &self.rows[outcome / LANES * self.room..][..self.kept] {
                let x = i64::from(row.0[outcome % LANES]);
                let square = i128::from(x * x);
                let terms = [i128::from(x), square, square * i128::from(x), square * square];
                found.sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
            }
            [found.not_finite, found.outlying] = std::mem::take(&mut self.lost[outcome]);
            powers.add(&found);
        }
    }
}

impl Sink for Slicer<'_> {
    fn wants_draws(&self) -> bool {
        self.paths > 0
    }

    fn draw(&mut self, uniforms: &Column) {
        if self.paths == 0 {
            return;
        }
        let keys = &mut self.keys[self.draw * self.room + self.kept..][..self.paths];
        let cuts = &self.slicing.draws[self.draw].kind.cuts;
        let mut placed = [0.0; BLOCK];
        let uniforms = match &self.places {
            None => uniforms,
            Some(places) => {
                uniforms[..self.paths].iter().zip(places).for_each(|(u, place)| placed[*place] = *u);
                &placed
            }
        };
        keys.iter_mut().zip(uniforms).for_each(|(key, u)| *key = cuts.bin(*u));
        for (range, bin) in self.chosen.ranges_of(self.draw).iter().zip(BINS as u8..) {
            keys.iter_mut()
                .zip(uniforms)
                .filter(|(_, u)| range.holds(cuts.place(**u)))
                .for_each(|(key, _)| *key = bin);
        }
        self.draw += 1;
    }

    fn record(&mut self, series: u32, values: &Column) {
        if let Some(outcome) = self.slicing.of_series(series).filter(|_| self.paths > 0) {
            self.put(outcome, values);
        }
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        if let Some(outcome) = self.slicing.of_target(target).filter(|_| self.paths > 0) {
            self.put(outcome, truths);
        }
    }
}

/// Sixteen outcomes of a path, or sums of them, that fill a cache line.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct OutcomeLanes(pub(super) [i32; LANES]);

/// Adds sixteen outcomes of each path, at most 2048, to the sums of the bin that it falls in: its key, shifted right.
pub(super) fn by_bin<const N: usize>(
    keys: &[u8],
    rows: &[OutcomeLanes],
    shift: u32,
    sums: &mut [OutcomeSums; N],
) {
    let halves = halves::<N>(keys, rows, shift);
    halves.iter().for_each(|half| add_lanes(sums, half));
}

/// The same to the sums of the even paths by bin, which are the first half, and to those of the odd ones.
fn by_half<const N: usize>(keys: &[u8], rows: &[OutcomeLanes], sums: &mut [OutcomeSums]) {
    let bins = sums.len() / 2;
    let halves = halves::<N>(keys, rows, 0);
    sums.chunks_mut(bins.max(1)).zip(&halves).for_each(|(sums, half)| add_lanes(sums, half));
}

/// Sums of the even and of the odd paths, by bin.
fn halves<const N: usize>(keys: &[u8], rows: &[OutcomeLanes], shift: u32) -> [[OutcomeLanes; N]; 2] {
    let mut halves = [[OutcomeLanes([0; LANES]); N]; 2];
    launch(Binning { keys, rows, shift, sums: &mut halves });
    halves
}

fn add_lanes(sums: &mut [OutcomeSums], more: &[OutcomeLanes]) {
    for (sums, more) in sums.iter_mut().zip(more) {
        sums.iter_mut().zip(&more.0).for_each(|(sum, more)| *sum += i64::from(*more));
    }
}

/// Copied in and out: what might overlap is not added in wide registers.
#[inline(always)]
fn add(sums: &mut OutcomeLanes, row: OutcomeLanes) {
    let mut added = *sums;
    for lane in 0..LANES {
        // There is room for 2048 values, and a check would be in the way too.
        added.0[lane] = added.0[lane].wrapping_add(row.0[lane]);
    }
    *sums = added;
}

/// See [`by_bin`].
struct Binning<'a, const N: usize> {
    keys: &'a [u8],
    rows: &'a [OutcomeLanes],
    shift: u32,
    /// Every other path goes to the second table, lest an addition wait for the one before it.
    sums: &'a mut [[OutcomeLanes; N]; 2],
}

impl<const N: usize> Kernel for Binning<'_, N> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let [even, odd] = self.sums;
        let (keys, last_key) = self.keys.as_chunks::<2>();
        let (rows, last_row) = self.rows.as_chunks::<2>();
        // By index: an iterator's own functions would not be compiled for wide registers.
        for pair in 0..keys.len() {
            add(&mut even[usize::from(keys[pair][0] >> self.shift) % N], rows[pair][0]);
            add(&mut odd[usize::from(keys[pair][1] >> self.shift) % N], rows[pair][1]);
        }
        if let (Some(key), Some(row)) = (last_key.first(), last_row.first()) {
            add(&mut even[usize::from(*key >> self.shift) % N], *row);
        }
    }
}
