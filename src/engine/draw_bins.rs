//! Which draws are binned for which outcomes: see [`super::binning`] for how.
//!
//! To cost little it is done on some of the blocks, chosen by their number.

use super::dependence::{Depends, DrawSet};
use super::row_order::RowOrder;
use crate::ensemble::slices::{BINS, COARSE, EDGES, LANES, STEPS};
use crate::model::Program;
use crate::num::{BLOCK, WeightedSequence};

/// Something of a path whose variance is to be explained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ExplainedOutcome {
    /// A recorded series.
    Series {
        /// Number of the series.
        series: u32,
        /// What counts for infinity, where it is a year that never comes.
        never: Option<f64>,
    },
    /// A target: 1 where it is met, 0 where it is missed, and no number where that is not known.
    Target(u32),
}

/// How the uniforms of a draw are cut.
#[derive(Clone, Debug, PartialEq)]
pub enum Cuts {
    /// Into the bins of [`EDGES`].
    Smooth,
    /// After each of these, at most fifteen: an input of few values, each in a bin of its own.
    At(Vec<f64>),
    /// Into the bins of [`EDGES`] once rows stand in order: a sample of more rows than that.
    Rows(Box<RowOrder>),
}

impl Cuts {
    /// How many bins there are.
    pub fn bins(&self) -> usize {
        match self {
            Self::Smooth | Self::Rows(_) => BINS,
            Self::At(cuts) => cuts.len() + 1,
        }
    }

    /// Whether the bins are those of an input of many values.
    pub fn is_smooth(&self) -> bool {
        !matches!(self, Self::At(_))
    }

    /// The order of the rows, where several columns share them: no order of theirs tells what they do.
    pub fn joint_rows(&self) -> Option<&RowOrder> {
        match self {
            Self::Rows(order) if order.is_joint => Some(order),
            _ => None,
        }
    }

    /// Where a uniform lies among those in order.
    pub(super) fn place(&self, u: f64) -> f64 {
        match self {
            Self::Rows(order) => order.place(u),
            _ => u,
        }
    }

    /// The bin that a uniform falls in.
    pub(super) fn bin(&self, u: f64) -> u8 {
        match self {
            Self::Smooth | Self::Rows(_) => TABLE[(self.place(u) * f64::from(STEPS)) as usize],
            Self::At(cuts) => cuts.iter().map(|cut| u8::from(u > *cut)).sum(),
        }
    }

    /// By how much a bin is shifted right to be one of at most [`COARSE`].
    pub(super) fn coarse_shift(&self) -> u32 {
        if self.is_smooth() { (BINS / COARSE).ilog2() } else { 0 }
    }
}

/// The bin of each step.
const TABLE: [u8; STEPS as usize] = {
    let mut table = [0; STEPS as usize];
    let (mut step, mut bin) = (0, 0);
    while step < STEPS {
        while step >= EDGES[bin] {
            bin += 1;
        }
        table[step as usize] = bin as u8;
        step += 1;
    }
    table
};

/// What an input is: how its draws are cut, and the numbers of its name and group.
#[derive(Clone, Debug, PartialEq)]
pub struct BinnedInput {
    /// How its uniforms are cut.
    pub cuts: Cuts,
    /// Inputs of the same name are one to whoever asks what drives an outcome.
    pub name: u32,
    /// The group.
    pub group: u32,
}

/// A draw: an input once per path, or in one year.
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    /// The input's stream.
    pub stream: u32,
    /// The year, or 0 for what is drawn once per path.
    pub year: u32,
    /// What the input is.
    pub kind: BinnedInput,
}

/// What is binned: see the module's documentation.
#[derive(Clone, Debug, PartialEq)]
pub struct Slicing {
    /// The outcomes.
    pub outcomes: Vec<ExplainedOutcome>,
    /// All draws of the program, in the order of its instructions.
    pub draws: Vec<Draw>,
    /// Sixteen outcomes (the first is 16 times the number) and a draw that one of them may depend on.
    pub pairs: Vec<(u32, u32)>,
    /// Every so many-th block is binned,
    pub stride: u64,
    /// and so many at the beginning.
    pub first: u64,
    /// How many blocks the whole run has.
    pub(super) run_blocks: u64,
    /// By outcome: the draws it may depend on.
    depends: Vec<DrawSet>,
    /// By series and target: the outcome that it is.
    of_series: Vec<Option<u32>>,
    of_target: Vec<Option<u32>>,
    /// Which world a path of a pool is of.
    worlds: Option<WeightedSequence>,
}

/// The first blocks are binned, whatever the stride, lest a short run know nothing: as many as take so many nanoseconds,
/// within these limits.
const FIRST_COST: f64 = 4e7;
const LEAST_FIRST: u64 = 4;
const MOST_FIRST: u64 = 32;

/// Most pairs.
pub const MOST_PAIRS: usize = 1 << 16;

/// What a pair and an instruction cost on a path, in nanoseconds: measured, and only their ratio matters.
const PAIR_COST: f64 = 1.3;
const DRAW_COST: f64 = 1.0;
const INSTRUCTION_COST: f64 = 0.16;

/// The part of a run's time that binning may take, as the costs above have it.
const MOST_COST: f64 = 0.09;

impl Slicing {
    /// Finds which outcome may depend on which draw, for a run of so many paths. `kind` says what the input of a stream is.
    /// `None` when there are more than [`MOST_PAIRS`] pairs: ask for fewer outcomes.
    pub fn new(
        program: &Program,
        outcomes: &[ExplainedOutcome],
        paths: u64,
        kind: impl Fn(u32) -> BinnedInput,
    ) -> Option<Self> {
        let depends = Depends::of(program);
        let depends: Vec<DrawSet> = outcomes.iter().map(|outcome| depends.outcome(*outcome)).collect();
        let draw = |(stream, year)| Draw { stream, year, kind: kind(stream) };
        let draws: Vec<Draw> = program.draws().map(draw).collect();
        let mut pairs = Vec::new();
        for (tile, depends) in (0..).zip(depends.chunks(LANES)) {
            let any = |draw: &u32| depends.iter().any(|bits| bits.has(*draw));
            pairs.extend((0..draws.len() as u32).filter(any).map(|draw| (tile, draw)));
        }
        if pairs.len() > MOST_PAIRS {
            return None;
        }
        let mut of_series = vec![None; program.series as usize];
        let mut of_target = vec![None; program.targets as usize];
        for (place, outcome) in (0..).zip(outcomes) {
            match *outcome {
                ExplainedOutcome::Series { series, .. } => of_series[series as usize] = Some(place),
                ExplainedOutcome::Target(target) => of_target[target as usize] = Some(place),
            }
        }
        let cost = PAIR_COST * pairs.len() as f64 + DRAW_COST * draws.len() as f64;
        let run = INSTRUCTION_COST * program.length();
        Some(Self {
            worlds: program.pool.as_ref().map(|pool| pool.sequence.clone()),
            of_series,
            of_target,
            outcomes: outcomes.to_vec(),
            stride: ((cost / (MOST_COST * run)).ceil() as u64).clamp(1, 256),
            first: ((FIRST_COST / (cost * BLOCK as f64)) as u64).clamp(LEAST_FIRST, MOST_FIRST),
            run_blocks: paths.div_ceil(BLOCK as u64),
            draws,
            pairs,
            depends,
        })
    }

    /// Whether an outcome may depend on a draw.
    pub fn depends(&self, outcome: usize, draw: usize) -> bool {
        self.depends[outcome].has(draw as u32)
    }

    /// What the binning of a block costs, in nanoseconds.
    pub(super) fn cost_of_block(&self) -> f64 {
        (PAIR_COST * self.pairs.len() as f64 + DRAW_COST * self.draws.len() as f64) * BLOCK as f64
    }

    /// The most bytes that binning takes with so many threads: see [`memory`](super::memory).
    pub(super) fn bytes(&self, threads: u64) -> u64 {
        super::binning::bytes(self, threads)
    }

    /// By path of a block, of which so many count: where it is kept. Those of a pool are kept world by world, as the worlds
    /// follow one another in turn: what even and odd paths are apart by would else be what the worlds are. Of a block or another
    /// the first is odd by chance.
    pub(super) fn places(&self, block: u64, paths: usize) -> Option<[usize; BLOCK]> {
        let worlds = self.worlds.as_ref()?;
        let first = block * BLOCK as u64;
        let mut order: Vec<usize> = (0..paths).collect();
        order.sort_by_key(|lane| worlds.at(first + *lane as u64));
        let shift = (block.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 63) as usize;
        let mut places = [0; BLOCK];
        order.into_iter().enumerate().for_each(|(rank, lane)| places[lane] = (rank + shift) % paths);
        Some(places)
    }

    /// Whether the paths of a block are binned.
    pub fn takes(&self, block: u64) -> bool {
        block < self.first || block.is_multiple_of(self.stride)
    }

    /// The outcome that a series is.
    pub(super) fn of_series(&self, series: u32) -> Option<usize> {
        self.of_series[series as usize].map(|outcome| outcome as usize)
    }

    /// The outcome that a target is.
    pub(super) fn of_target(&self, target: u32) -> Option<usize> {
        self.of_target[target as usize].map(|outcome| outcome as usize)
    }

    /// How many times sixteen outcomes there are.
    pub(super) fn tiles(&self) -> usize {
        self.outcomes.len().div_ceil(LANES)
    }
}

impl ExplainedOutcome {
    /// The value that counts for a recorded one.
    pub(super) fn counted(self, x: f64) -> f64 {
        match self {
            Self::Series { never: Some(never), .. } if x == f64::INFINITY => never,
            Self::Series { .. } => x,
            // What is not known is neither met nor missed.
            Self::Target(_) if x.is_nan() => x,
            Self::Target(_) => f64::from(u8::from(x != 0.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Instruction, Op, Operand};

    /// A program whose only series is the last of so many draws.
    fn program(draws: u32, series: u32) -> Program {
        let draw = |stream| Instruction::Compute { out: 0, op: Op::Uniform { stream, year: 0 } };
        let record = |series| Instruction::Record { series, value: Operand::Slot(0) };
        let mut sum: Vec<Instruction> = (0..draws).map(draw).collect();
        // Each draw goes to a slot of its own, and is recorded there.
        for (slot, instruction) in (0..).zip(&mut sum) {
            if let Instruction::Compute { out, .. } = instruction {
                *out = slot;
            }
        }
        let all = (0..series).map(record);
        let one = |slot| Instruction::Record { series: slot % series, value: Operand::Slot(slot) };
        let recorded: Vec<Instruction> =
            if draws == series { (0..draws).map(one).collect() } else { all.collect() };
        Program { instructions: [sum, recorded].concat(), slots: draws.max(1), series, ..Program::default() }
    }

    const PATHS: u64 = 100_000;

    fn kind(stream: u32) -> BinnedInput {
        BinnedInput { cuts: Cuts::Smooth, name: stream, group: 0 }
    }

    fn series(count: u32) -> Vec<ExplainedOutcome> {
        (0..count).map(|series| ExplainedOutcome::Series { series, never: None }).collect()
    }

    /// Series k is draw k alone: each has a pair of its own, of the sixteen it stands among.
    #[test]
    fn there_may_be_as_many_pairs_as_are_allowed_and_not_one_more() {
        let most = MOST_PAIRS as u32;
        let fits = Slicing::new(&program(most, most), &series(most), PATHS, kind).unwrap();
        assert_eq!(fits.pairs.len(), MOST_PAIRS);
        assert!(fits.depends(17, 17) && !fits.depends(17, 16));
        assert_eq!((fits.pairs[17], fits.tiles()), ((1, 17), MOST_PAIRS / LANES));
        assert_eq!(Slicing::new(&program(most + 1, most + 1), &series(most + 1), PATHS, kind), None);
    }

    #[test]
    fn the_first_blocks_are_binned_and_then_every_so_many_th() {
        let mut slicing = Slicing::new(&program(2, 2), &series(2), PATHS, kind).unwrap();
        (slicing.first, slicing.stride) = (4, 10);
        let taken: Vec<u64> = (0..25).filter(|block| slicing.takes(*block)).collect();
        assert_eq!(taken, [0, 1, 2, 3, 10, 20]);
    }

    #[test]
    fn a_uniform_falls_into_the_bin_below_the_edge_and_above_a_cut() {
        let step = 1.0 / f64::from(STEPS);
        let smooth = |u| Cuts::Smooth.bin(u);
        assert_eq!([smooth(0.5 * step), smooth(step), smooth(2.9 * step), smooth(3.0 * step)], [0, 1, 1, 2]);
        assert_eq!([smooth(0.5 - 1e-9), smooth(0.5), smooth(1.0 - 1e-12)], [31, 32, 63]);
        let cuts = Cuts::At(vec![0.25, 0.75]);
        // An input's value changes above its cut: a quantile is the least value whose probability is reached.
        assert_eq!([0.25, 0.26, 0.75, 0.76].map(|u| cuts.bin(u)), [0, 1, 1, 2]);
        assert_eq!((cuts.bins(), Cuts::Smooth.bins()), (3, 64));
    }

    #[test]
    fn infinity_counts_as_the_year_that_never_comes_and_nothing_else_does() {
        let year = ExplainedOutcome::Series { series: 0, never: Some(2041.0) };
        assert_eq!((year.counted(f64::INFINITY), year.counted(2030.0)), (2041.0, 2030.0));
        assert!(year.counted(f64::NEG_INFINITY).is_infinite());
        let other = ExplainedOutcome::Series { series: 0, never: None };
        assert!(other.counted(f64::INFINITY).is_infinite());
        let target = ExplainedOutcome::Target(0);
        assert_eq!([1.0, 0.0, -2.0].map(|x| target.counted(x)), [1.0, 0.0, 1.0]);
        assert!(target.counted(f64::NAN).is_nan());
    }
}
