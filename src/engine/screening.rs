//! Which draws move which outcomes, found on paths that are no part of any run.
//!
//! An outcome counts as a score between -1 and 1, so that no path outweighs the others. Where a draw does not move it, the
//! draw's uniforms are independent of the scores w, and L = Σ φ(u) w is a sum of independent terms for any function φ. For
//! φ a normal score or a cosine, or what these are on average in a bin, E exp(t φ(u)) ≤ exp(t² / 2): so
//! P(|L| ≥ x √Σw²) ≤ 2 exp(−x² / 2) for any outcome and any number of paths. Of an input of few values φ is 1 on one
//! of them, less its probability: there the bounds of Kearns and Saul (1998) and of Bennett (1962) hold.
//! What is rare is found by where the most extreme paths lie: see [`super::extreme_outcomes`].
//! The draws of one input are independent: their x are added (an input that pushes alike every year) and
//! their squares (one that does not), whose sum has the tail of a χ² at most. All tests of all inputs of an outcome are
//! allowed for (Bonferroni), so that of twenty outcomes which nothing moves one has an input chosen at most.
//! Paths that did not choose then tell how much: what was chosen by chance is not told as more than it is.

use std::collections::BTreeMap;

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::binning::{OutcomeLanes, by_bin};
use super::block::{Machine, Sink};
use super::draw_bins::{Cuts, Slicing};
use super::extreme_outcomes::{Deviations, Extremes, WIDTHS};
use super::row_scores::{Crossed, RowScores};
use super::tail_bounds::bennett;
use crate::ensemble::slices::{
    COARSE, CenterStep, ChosenOutcomes, DrawRange, LANES, MOST_RANGES, OutcomeSums, SCORES,
};
use crate::model::Program;
use crate::num::draw::{Column, uniform};
use crate::num::{BLOCK, ln, max, min};

/// The block after which these paths begin: no run is so long.
const FIRST_BLOCK: u64 = 1 << 40;

/// How many blocks are looked at: as many as take so many nanoseconds, within these limits.
const COST: f64 = 3e7;
const LEAST_BLOCKS: u64 = 4;
const MOST_BLOCKS: u64 = 32;

/// A run of fewer blocks than these paths fill looks for what moves its outcomes on no more than it has: else looking takes longer
/// than the run.
pub const SHORT_RUN: u64 = 16 * BLOCK as u64;

/// Of so many outcomes that nothing moves one may have an input chosen.
const MOST_WRONG: f64 = 1.0 / 20.0;

/// A draw whose x is more than this gets bins of its own: x² is then as if one in ten thousand.
const CLEAR: f64 = 4.5;

/// Scores are whole numbers up to this.
const ONE: f64 = 1024.0;

/// The part of what may go wrong that is left to the functions; the rest is that of the extremes.
const OF_FUNCTIONS: f64 = 0.8;

/// Of sixteen outcomes so many pairs with a draw at most are searched for ranges: each takes some microseconds.
const MOST_SEARCHED: usize = 1 << 8;

/// What was found: the measures of the outcomes, and the draws and inputs that move them.
pub(super) struct Screened {
    pub(super) measures: Vec<CenterStep>,
    pub(super) chosen: ChosenOutcomes,
}

impl Slicing {
    fn screened_blocks(&self) -> u64 {
        let is_short = self.run_blocks < SHORT_RUN / BLOCK as u64;
        let most = if is_short { self.run_blocks.max(LEAST_BLOCKS) } else { MOST_BLOCKS };
        ((COST / self.cost_of_block()) as u64).clamp(LEAST_BLOCKS, most)
    }

    /// On how many paths it is found which draws move which outcomes.
    pub fn screened_paths(&self) -> u64 {
        self.screened_blocks() * BLOCK as u64
    }
}

/// Looks at the outcomes of a slicing: a function of the program and the seed alone.
pub(super) fn screen(program: &Program, slicing: &Slicing, seed: u64) -> Screened {
    let blocks = slicing.screened_blocks();
    let looked = (0..blocks).into_par_iter().map_init(
        || Machine::new(program),
        |machine, block| {
            let mut looked = ScreenedBlock::new(slicing);
            machine.run(seed, FIRST_BLOCK + block, &mut looked);
            looked
        },
    );
    let looked: Vec<ScreenedBlock> = looked.collect();
    let measures = (0..slicing.outcomes.len()).into_par_iter().map(|outcome| measure(&looked, outcome));
    let measures: Vec<CenterStep> = measures.collect();
    let draws = 0..slicing.draws.len();
    let keys: Vec<Vec<u8>> =
        draws.into_par_iter().map(|draw| looked.iter().flat_map(|l| l.keys[draw]).collect()).collect();
    let mut of_tile = vec![Vec::new(); slicing.tiles()];
    slicing.pairs.iter().for_each(|&(tile, draw)| of_tile[tile as usize].push(draw as usize));
    let found = of_tile.par_iter().enumerate().map(|(tile, draws)| {
        let scores = OutcomeScores::of(&looked, &measures, tile * LANES);
        Tile { slicing, seed, keys: &keys, scores: &scores, first: tile * LANES }.chosen(draws)
    });
    let mut chosen = ChosenOutcomes::default();
    for found in found.collect::<Vec<_>>() {
        chosen.draws.extend(found.draws);
        chosen.names.extend(found.names);
        chosen.groups.extend(found.groups);
        chosen.ranges.extend(found.ranges);
    }
    chosen.draws.sort_unstable();
    chosen.names.sort_unstable();
    chosen.groups.sort_unstable();
    chosen.ranges = apart(chosen.ranges);
    Screened { measures, chosen }
}

/// Ranges by draw and place, without those that overlap with one before, and no more of a draw than are allowed.
fn apart(mut ranges: Vec<DrawRange>) -> Vec<DrawRange> {
    ranges.sort_unstable_by_key(|range| (range.draw, range.low, range.high));
    let mut kept: Vec<DrawRange> = Vec::new();
    let mut of_draw = 0;
    for range in ranges {
        let before = kept.last().filter(|before| before.draw == range.draw);
        of_draw = if before.is_some() { of_draw } else { 0 };
        if before.is_none_or(|before| before.high <= range.low) && of_draw < MOST_RANGES {
            of_draw += 1;
            kept.push(range);
        }
    }
    kept
}

/// The bins and outcomes of a block.
struct ScreenedBlock<'a> {
    slicing: &'a Slicing,
    keys: Vec<[u8; BLOCK]>,
    outcomes: Vec<Column>,
}

impl<'a> ScreenedBlock<'a> {
    fn new(slicing: &'a Slicing) -> Self {
        let keys = Vec::with_capacity(slicing.draws.len());
        Self { slicing, keys, outcomes: vec![[0.0; BLOCK]; slicing.outcomes.len()] }
    }

    fn put(&mut self, outcome: usize, values: &Column) {
        let of = self.slicing.outcomes[outcome];
        self.outcomes[outcome] = values.map(|x| of.counted(x));
    }
}

impl Sink for ScreenedBlock<'_> {
    fn wants_draws(&self) -> bool {
        true
    }

    fn draw(&mut self, uniforms: &Column) {
        let Some(draw) = self.slicing.draws.get(self.keys.len()) else { return };
        self.keys.push(uniforms.map(|u| draw.kind.cuts.bin(u)));
    }

    fn record(&mut self, series: u32, values: &Column) {
        if let Some(outcome) = self.slicing.of_series(series) {
            self.put(outcome, values);
        }
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        if let Some(outcome) = self.slicing.of_target(target) {
            self.put(outcome, truths);
        }
    }
}

fn values(looked: &[ScreenedBlock], outcome: usize) -> Vec<f64> {
    looked.iter().flat_map(|block| block.outcomes[outcome]).collect()
}

fn measure(looked: &[ScreenedBlock], outcome: usize) -> CenterStep {
    match looked[0].slicing.outcomes[outcome] {
        super::draw_bins::ExplainedOutcome::Target(_) => CenterStep::TRUTH,
        super::draw_bins::ExplainedOutcome::Series { .. } => CenterStep::of(&values(looked, outcome)),
    }
}

/// Sixteen outcomes as scores about their means, path by path.
struct OutcomeScores {
    rows: Vec<OutcomeLanes>,
    /// By outcome: the sum of the squares, and the largest.
    squares: [f64; LANES],
    largest: [f64; LANES],
    /// By outcome: its most extreme paths, and how far its values are apart where these are more so than a normal's.
    extremes: [Extremes; LANES],
    deviations: [Option<Deviations>; LANES],
}

impl OutcomeScores {
    fn of(looked: &[ScreenedBlock], measures: &[CenterStep], first: usize) -> Self {
        let paths = looked.len() * BLOCK;
        let mut found = Self {
            rows: vec![OutcomeLanes([0; LANES]); paths],
            squares: [0.0; LANES],
            largest: [0.0; LANES],
            extremes: Default::default(),
            deviations: Default::default(),
        };
        let last = looked[0].slicing.outcomes.len().min(first + LANES);
        for (outcome, measure) in measures.iter().enumerate().take(last).skip(first) {
            let values = values(looked, outcome);
            let scores = scores(&values);
            let mean = (scores.iter().map(|x| i64::from(*x)).sum::<i64>() / paths as i64) as i32;
            let lane = outcome - first;
            found.extremes[lane] = Extremes::of(&scores, ONE as usize);
            found.deviations[lane] = Deviations::of(&values, *measure, &found.extremes[lane]);
            for (row, score) in found.rows.iter_mut().zip(scores) {
                let x = score - mean;
                row.0[lane] = x;
                found.squares[lane] += f64::from(x) * f64::from(x);
                found.largest[lane] = max(found.largest[lane], f64::from(x.abs()));
            }
        }
        found
    }
}

/// Values as whole numbers between ± [`ONE`]: d / (s + |d|) of the distance d from the median, where s is the median
/// distance of those on the same side. What is no number lies in the middle.
fn scores(values: &[f64]) -> Vec<i32> {
    let mut known: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
    let Some(center) = median(&mut known) else { return vec![0; values.len()] };
    let side = |sign: f64| {
        let apart = values.iter().map(|x| sign * (x - center)).filter(|d| *d > 0.0 && d.is_finite());
        median(&mut apart.collect::<Vec<_>>()).unwrap_or(0.0)
    };
    let (below, above) = (side(-1.0), side(1.0));
    let score = |x: &f64| {
        let d = x - center;
        let scale = if d < 0.0 { below } else { above };
        let score = match d {
            d if d.is_nan() || d == 0.0 => 0.0,
            d if d.is_infinite() => d.signum(),
            // Halved, lest the sum be infinite.
            d => 0.5 * d / (0.5 * d.abs() + 0.5 * scale),
        };
        (ONE * score).round() as i32
    };
    values.iter().map(score).collect()
}

fn median(values: &mut [f64]) -> Option<f64> {
    let middle = values.len().checked_sub(1)? / 2;
    Some(*values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

/// Functions of a uniform in the sixteen coarse bins: √2 cos(k π u) for k from 2 to 6, on average in each bin. With the
/// normal score they see what rises, valleys, and up to six turns.
const COSINES: [[f64; COARSE]; 5] = [
    [
        1.41407158,
        1.40822939,
        1.36014226,
        1.17863379,
        0.75007565,
        0.04705854,
        -0.75627392,
        -1.30925659,
        -1.30925659,
        -0.75627392,
        0.04705854,
        0.75007565,
        1.17863379,
        1.36014226,
        1.40822939,
        1.41407158,
    ],
    [
        1.41389412,
        1.40076711,
        1.29376646,
        0.90533484,
        0.08639908,
        -0.91882481,
        -1.35625049,
        -0.65679588,
        0.65679588,
        1.35625049,
        0.91882481,
        -0.08639908,
        -0.90533484,
        -1.29376646,
        -1.40076711,
        -1.41389412,
    ],
    [
        1.41364569,
        1.39035336,
        1.20307215,
        0.56002537,
        -0.57921951,
        -1.33405165,
        -0.53832413,
        1.02218536,
        1.02218536,
        -0.53832413,
        -1.33405165,
        -0.57921951,
        0.56002537,
        1.20307215,
        1.39035336,
        1.41364569,
    ],
    [
        1.41332632,
        1.37702140,
        1.09021766,
        0.17527207,
        -1.07537904,
        -0.98948984,
        0.76985643,
        0.93560076,
        -0.93560076,
        -0.76985643,
        0.98948984,
        1.07537904,
        -0.17527207,
        -1.09021766,
        -1.37702140,
        -1.41332632,
    ],
    [
        1.41293604,
        1.36081380,
        0.95787547,
        -0.21322817,
        -1.28202092,
        -0.12575863,
        1.19159228,
        -0.62765869,
        -0.62765869,
        1.19159228,
        -0.12575863,
        -1.28202092,
        -0.21322817,
        0.95787547,
        1.36081380,
        1.41293604,
    ],
];

/// The score and the cosines.
const FUNCTIONS: usize = 1 + COSINES.len();

/// By function and outcome: the sum of its products with the scores of the outcome.
fn function_sums(sums: &[OutcomeSums; COARSE]) -> [[f64; LANES]; FUNCTIONS] {
    let rows = sums.map(|row| row.map(|sum| sum as f64));
    let scores = SCORES.map(|score| f64::from(score) / ONE);
    let mut functions = std::iter::once(&scores).chain(&COSINES);
    std::array::from_fn(|_| {
        let mut found = [0.0; LANES];
        for (f, row) in functions.next().into_iter().flatten().zip(&rows) {
            found.iter_mut().zip(row).for_each(|(found, x)| *found += f * x);
        }
        found
    })
}

/// Tests of a draw at most: those of the functions, or one for each of its values.
const MOST_TESTS: usize = COARSE;

/// What a draw has to say of one outcome: by test, x, and the logarithm of the probability that chance makes so much
/// of nothing.
struct Tested {
    tests: usize,
    x: [f64; MOST_TESTS],
    /// What rows did on other paths, where several columns share them.
    crossed: Option<Crossed>,
    logarithm: f64,
}

/// Sixteen outcomes.
struct Tile<'a> {
    slicing: &'a Slicing,
    seed: u64,
    /// By draw and path.
    keys: &'a [Vec<u8>],
    scores: &'a OutcomeScores,
    /// The first of the outcomes.
    first: usize,
}

impl Tile<'_> {
    fn chosen(&self, draws: &[usize]) -> ChosenOutcomes {
        let mut chosen = ChosenOutcomes::default();
        let mut names: Vec<BTreeMap<u32, Pool>> = vec![BTreeMap::new(); LANES];
        let mut groups = names.clone();
        let outcomes = self.slicing.outcomes.len().min(self.first + LANES) - self.first;
        for &draw in draws {
            let kind = &self.slicing.draws[draw].kind;
            let (sums, row_scores) = (self.sums(draw), self.row_scores(draw));
            let functions = function_sums(&sums);
            for lane in (0..outcomes).filter(|lane| self.slicing.depends(self.first + lane, draw)) {
                let tested = self.tested(draw, (&sums, &functions), row_scores.as_ref(), lane);
                if tested.logarithm < ln(2.0) - CLEAR * CLEAR / 2.0 {
                    chosen.draws.push(((self.first + lane) as u32, draw as u32));
                    if chosen.draws.len() < MOST_SEARCHED {
                        chosen.ranges.extend(self.ranges(draw, lane));
                    }
                }
                names[lane].entry(kind.name).or_default().add(&tested);
                groups[lane].entry(kind.group).or_default().add(&tested);
            }
        }
        let found = |pools: &[BTreeMap<u32, Pool>]| -> Vec<(u32, u32)> {
            let of_lane = |(lane, pools): (usize, &BTreeMap<u32, Pool>)| {
                let most = ln(MOST_WRONG / max(pools.len() as f64, 1.0));
                let clear = pools.iter().filter(|(_, pool)| pool.logarithm() <= most);
                clear.map(|(key, _)| ((self.first + lane) as u32, *key)).collect::<Vec<_>>()
            };
            pools.iter().enumerate().flat_map(of_lane).collect()
        };
        ChosenOutcomes { names: found(&names), groups: found(&groups), ..chosen }
    }

    fn uniform(&self, draw: usize, path: usize) -> f64 {
        let of = &self.slicing.draws[draw];
        uniform(self.seed, of.stream, FIRST_BLOCK * BLOCK as u64 + path as u64, of.year)
    }

    /// The rows that a draw drew, where several columns share them.
    fn row_scores(&self, draw: usize) -> Option<RowScores<'_>> {
        let order = self.slicing.draws[draw].kind.cuts.joint_rows()?;
        let rows = (0..self.scores.rows.len()).map(|path| order.row(self.uniform(draw, path)) as u32);
        Some(RowScores { order, rows: rows.collect() })
    }

    /// Scores by coarse bin of a draw.
    fn sums(&self, draw: usize) -> [OutcomeSums; COARSE] {
        let mut sums = [[0; LANES]; COARSE];
        let shift = self.slicing.draws[draw].kind.cuts.coarse_shift();
        by_bin(&self.keys[draw], &self.scores.rows, shift, &mut sums);
        sums
    }

    /// The ranges of a draw in which an outcome that it moves is far from where it is beside them.
    fn ranges(&self, draw: usize, lane: usize) -> Vec<DrawRange> {
        let (of, keys) = (&self.slicing.draws[draw], &self.keys[draw]);
        let Some(deviations) = self.scores.deviations[lane].as_ref().filter(|_| of.kind.cuts.is_smooth())
        else {
            return Vec::new();
        };
        let at = |path: usize| of.kind.cuts.place(self.uniform(draw, path));
        deviations.ranges(draw as u32, keys, &self.scores.extremes[lane], at)
    }

    fn tested(
        &self,
        draw: usize,
        (sums, functions): (&[OutcomeSums; COARSE], &[[f64; LANES]; FUNCTIONS]),
        row_scores: Option<&RowScores<'_>>,
        lane: usize,
    ) -> Tested {
        let cuts = &self.slicing.draws[draw].kind.cuts;
        let (squares, largest) = (self.scores.squares[lane], self.scores.largest[lane]);
        let mut tested = Tested { tests: 0, x: [0.0; MOST_TESTS], crossed: None, logarithm: 0.0 };
        if squares <= 0.0 {
            return tested;
        }
        let mut least: f64 = 0.0;
        let mut note = |x: f64, logarithm: f64| {
            tested.x[tested.tests] = x;
            tested.tests += 1;
            least = min(least, logarithm);
        };
        match cuts {
            Cuts::Smooth | Cuts::Rows(_) => {
                for sums in functions {
                    let x = sums[lane] / squares.sqrt();
                    note(x, ln(2.0) - x * x / 2.0);
                }
            }
            Cuts::At(cuts) => {
                let all: f64 = sums.iter().map(|row| row[lane] as f64).sum();
                for (p, row) in widths(cuts).into_iter().zip(sums) {
                    let sum = row[lane] as f64 - p * all;
                    let x = sum / (squares * proxy(p)).sqrt();
                    let x = if x.is_finite() { x } else { 0.0 };
                    let of_bennett = bennett(sum.abs(), p * (1.0 - p) * squares, largest);
                    note(x, ln(2.0) + min(-x * x / 2.0, of_bennett));
                }
            }
        }
        let of_functions = least + ln(tested.tests as f64 / OF_FUNCTIONS);
        let extremes = &self.scores.extremes[lane];
        let of_extremes = match cuts {
            Cuts::Smooth | Cuts::Rows(_) => extremes.logarithm(&self.keys[draw], &WIDTHS),
            Cuts::At(cuts) => extremes.logarithm(&self.keys[draw], &widths(cuts)),
        };
        tested.logarithm = min(min(of_functions, of_extremes - ln(1.0 - OF_FUNCTIONS)), 0.0);
        if let Some(row_scores) = row_scores {
            // Half of what may go wrong is left to the rows.
            let crossed = row_scores.crossed(&self.scores.rows, lane);
            let of_rows = crossed.logarithm();
            tested.logarithm = min(min(tested.logarithm, of_rows) + ln(2.0), 0.0);
            tested.crossed = Some(crossed);
        }
        tested
    }
}

/// How likely each value of an input of few values is.
fn widths(cuts: &[f64]) -> Vec<f64> {
    let ends = cuts.iter().copied().chain([1.0]);
    let begins = std::iter::once(0.0).chain(cuts.iter().copied());
    begins.zip(ends).map(|(begin, end)| end - begin).collect()
}

/// The least v for which E exp(t (B − p)) ≤ exp(v t² / 2), B being 1 with probability p and else 0 (Kearns and Saul).
fn proxy(p: f64) -> f64 {
    if p <= 0.0 || p >= 1.0 {
        return 0.0;
    }
    // Near one half the quotient is 0 / 0; it is largest there.
    if (p - 0.5).abs() < 1e-6 { 0.25 } else { (1.0 - 2.0 * p) / (2.0 * ln((1.0 - p) / p)) }
}

/// The draws of inputs of one name or group, together.
#[derive(Clone, Default)]
struct Pool {
    draws: f64,
    /// Tests of single draws.
    tests: f64,
    /// The least logarithm of a draw.
    least: f64,
    /// By test: the sum of x, of its square, and how many draws have the test.
    sums: [f64; MOST_TESTS],
    squares: [f64; MOST_TESTS],
    counts: [f64; MOST_TESTS],
    /// What rows did, in all draws.
    crossed: Option<Crossed>,
}

impl Pool {
    fn add(&mut self, tested: &Tested) {
        self.draws += 1.0;
        self.tests = max(self.tests, tested.tests as f64);
        self.least = min(self.least, tested.logarithm);
        if let Some(crossed) = tested.crossed {
            self.crossed = Some(self.crossed.map_or(crossed, |before| before.with(crossed)));
        }
        for (test, x) in tested.x.iter().take(tested.tests).enumerate() {
            self.sums[test] += x;
            self.squares[test] += x * x;
            self.counts[test] += 1.0;
        }
    }

    /// The logarithm of the probability that chance makes so much of nothing: the likelier of single draws and of all
    /// together, each allowed for.
    fn logarithm(&self) -> f64 {
        let single = self.least + ln(max(self.draws, 1.0));
        if self.draws < 2.0 {
            return single;
        }
        let mut pooled: f64 = 0.0;
        for test in (0..MOST_TESTS).filter(|test| self.counts[*test] > 0.0) {
            let (count, sum) = (self.counts[test], self.sums[test]);
            pooled = min(pooled, ln(2.0) - sum * sum / (2.0 * count));
            pooled = min(pooled, chi_square(self.squares[test], count));
        }
        let pooled = pooled + ln(2.0 * max(self.tests, 1.0));
        let pooled = self.crossed.map_or(pooled, |crossed| min(pooled, crossed.logarithm()) + ln(2.0));
        min(single, pooled) + ln(2.0)
    }
}

/// The logarithm of a bound on the probability that a χ² of so many degrees of freedom is at least so much (Chernoff).
fn chi_square(squares: f64, freedom: f64) -> f64 {
    let over = squares / freedom - 1.0;
    if over <= 0.0 { 0.0 } else { -freedom / 2.0 * (over - ln(1.0 + over)) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "closed forms are computed with the platform's functions")]

    use super::*;
    use crate::ensemble::slices::{EDGES, STEPS};

    #[test]
    fn the_cosines_are_means_within_the_coarse_bins() {
        use std::f64::consts::{PI, SQRT_2};
        for (k, row) in (2..).zip(COSINES) {
            let mut below = 0.0;
            for (edge, value) in EDGES.into_iter().skip(3).step_by(4).zip(row) {
                let (edge, turns) = (f64::from(edge) / f64::from(STEPS), PI * f64::from(k));
                let exact =
                    SQRT_2 * ((turns * edge).sin() - (turns * below).sin()) / (turns * (edge - below));
                assert!((exact - value).abs() < 1e-8, "{k}: {value} {exact}");
                below = edge;
            }
        }
    }

    /// The bounds against exact tails of Bernoulli sums and of χ².
    #[test]
    fn bounds_are_above_what_they_bound_and_near_it() {
        for p in [0.001, 0.08, 0.3, 0.5, 0.9] {
            // E exp(t (B − p)), for which Kearns and Saul give the least exponent.
            let over = |t: f64| (p * (t * (1.0 - p)).exp() + (1.0 - p) * (-t * p).exp()).ln() / (t * t / 2.0);
            let most = (-4000..4000).map(|k| f64::from(k) / 200.0 + 1e-4).map(over).fold(0.0, f64::max);
            assert!((proxy(p) / most - 1.0).abs() < 1e-3, "{p}: {} {most}", proxy(p));
        }
        // P(χ²₂ ≥ x) = exp(−x / 2).
        for x in [10.0, 30.0, 60.0] {
            let bound = chi_square(x, 2.0);
            assert!(bound >= -x / 2.0 && bound < -x / 2.0 + 5.0, "{x}: {bound}");
        }
        // At 30 of 1000 paths of a coin of 1 %: P = 2.06e-7 (scipy.stats.binom.sf(29, 1000, 0.01)).
        let bound = bennett(20.0, 1000.0 * 0.01 * 0.99, 1.0);
        assert!(bound >= (2.06e-7_f64).ln() && bound < (1e-5_f64).ln(), "{bound}");
    }

    #[test]
    fn scores_are_bounded_and_keep_the_order() {
        let values = [1e300, f64::INFINITY, 5.0, -1e300, f64::NEG_INFINITY, 4.0, 6.0, f64::NAN];
        let found = scores(&values);
        assert_eq!((found[1], found[4], found[7]), (1024, -1024, 0));
        assert!(found[3] < found[5] && found[5] <= found[2] && found[2] < found[6] && found[6] < found[0]);
        assert_eq!(scores(&[0.0, 0.0, 0.0, 7.0]), [0, 0, 0, 512]);
        assert_eq!(scores(&[f64::NAN]), [0]);
    }
}
