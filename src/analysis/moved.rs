//! What an outcome is where an input lies low and where it lies high, from further paths on which the input is moved
//! and all else is left to chance.
//!
//! An input that is drawn once lies at its 10 % or 90 % quantile. One with many draws (a shock of every year,
//! correlated inputs) is moved along the line on which it moves the outcome most: the slopes of the outcome in the
//! draws' normal scores. Its draws are those that chance gives where the score along that line is at its 10 % or 90 % quantile.

use indexmap::IndexMap;
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::engine::{DependentSteps, Machine, Rerun, RowOrder, Sink, Spares};
use crate::model::{Labels, Model, Program, RecordedVariables, compile};
use crate::num::draw::{Column, uniform_column};
use crate::num::{BLOCK, max, min, normal};
use crate::scenario::Scenario;
use crate::text::DiagnosticList;
use crate::text::period::parse;

/// Blocks of the run from which slopes are taken: 8192 paths.
const SLOPE_BLOCKS: u64 = 32;

/// Blocks of each end: 512 paths, which are no part of any run.
const END_BLOCKS: u64 = 2;
const FIRST_END: u64 = 1 << 41;

/// The 90 % point of the standard normal distribution.
const Z90: f64 = 1.2815515655446004;

/// A scenario on which inputs can be moved.
#[derive(Clone, Debug)]
pub struct Movable {
    model: Model,
    seed: u64,
}

/// A mean with its standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct End {
    /// The mean of the outcome; of a target its probability.
    pub mean: f64,
    /// Its standard error.
    pub error: f64,
}

/// What is recorded of an outcome.
#[derive(Clone, Copy)]
enum RecordedOutcome {
    Series { never: Option<f64> },
    Target,
}

impl Movable {
    /// Of a scenario that has no errors.
    pub fn new(scenario: &Scenario, seed: u64) -> Option<Self> {
        Some(Self {
            model: compile(scenario, &RecordedVariables::Headlines, &mut DiagnosticList::default())?,
            seed,
        })
    }

    /// The outcome with each of these inputs low and high, in the order in which they are named. `None` for an input that the outcome does
    /// not depend on, and where the outcome is not finite. An outcome is `gdp@2025`, a metric or a target.
    pub fn ends(&self, outcome: &str, inputs: &[&str]) -> Vec<Option<[End; 2]>> {
        let Some((program, recorded)) = self.program(outcome) else { return vec![None; inputs.len()] };
        let draws: Vec<(u32, u32)> = program.draws().collect();
        let of_input = |input: &&str| self.draws(&draws, input);
        let sets: Vec<Vec<usize>> = inputs.iter().map(of_input).collect();
        let orders: Vec<Option<RowOrder>> =
            draws.iter().map(|(stream, _)| RowOrder::of_stream(&self.model, *stream)).collect();
        let places = draws.iter().copied().zip(0..draws.len()).rev().collect();
        let moving = Moving { program: &program, recorded, draws: &draws, orders, places, seed: self.seed };
        let slopes = moving.slopes(&sets.concat());
        // Of rows that several columns share none is lower than another.
        let is_joint = |draw: &usize| moving.orders[*draw].as_ref().is_some_and(|order| order.is_joint);
        let line = |set: &Vec<usize>| if set.iter().any(is_joint) { None } else { line(set, &slopes) };
        let lines: Vec<Option<Vec<f64>>> = sets.iter().map(line).collect();
        moving.ends(&sets, &lines)
    }

    fn program(&self, outcome: &str) -> Option<(Program, RecordedOutcome)> {
        let Model { program, labels, .. } = &self.model;
        if let Some((series, never)) = series(labels, outcome) {
            return Some((program.only(&[series], &[]), RecordedOutcome::Series { never }));
        }
        let target = labels.targets.iter().position(|target| target.name == outcome)?;
        Some((program.only(&[], &[target as u32]), RecordedOutcome::Target))
    }

    fn draws(&self, draws: &[(u32, u32)], input: &str) -> Vec<usize> {
        // Of two worlds neither is lower than the other.
        let is_of = |stream: u32| {
            if self.model.program.chooses_world(stream) {
                return false;
            }
            let inputs = self.model.inputs.iter().zip(&self.model.drivers);
            inputs.filter(|(_, driver)| driver.name == input).any(|(one, _)| one.stream == stream)
        };
        (0..draws.len()).filter(|draw| is_of(draws[*draw].0)).collect()
    }
}

/// The series of a variable in a year or of a metric, and what counts for infinity there.
fn series(labels: &Labels, outcome: &str) -> Option<(u32, Option<f64>)> {
    if let Some(metric) = labels.metrics.iter().find(|metric| metric.name == outcome) {
        return Some((metric.series, metric.never));
    }
    let (name, year) = outcome.rsplit_once('@')?;
    let (year, variable) = (parse(year)?, labels.variables.iter().find(|v| v.name == name)?);
    let known = (variable.first_year..=variable.last_year).contains(&year);
    known.then(|| (variable.first_series + (year - variable.first_year) as u32, None))
}

/// The direction of an input's slopes, of length one, along which its draws rise on the whole; `None` without draws.
fn line(set: &[usize], slopes: &[f64]) -> Option<Vec<f64>> {
    let own: Vec<f64> = set.iter().map(|draw| slopes[*draw]).collect();
    let length = own.iter().map(|x| x * x).sum::<f64>().sqrt();
    if set.is_empty() || !length.is_finite() {
        return None;
    }
    if length == 0.0 {
        return Some(vec![1.0 / (set.len() as f64).sqrt(); set.len()]);
    }
    let sign = if own.iter().sum::<f64>() < 0.0 { -1.0 } else { 1.0 };
    Some(own.iter().map(|x| sign * x / length).collect())
}

/// A program of one outcome.
struct Moving<'a> {
    program: &'a Program,
    recorded: RecordedOutcome,
    /// Stream and year of each draw.
    draws: &'a [(u32, u32)],
    /// By draw of rows: their order. A draw's uniforms are those of its rows in order, and turned into those of the file where it runs.
    orders: Vec<Option<RowOrder>>,
    /// By stream and year: the number of the draw.
    places: IndexMap<(u32, u32), usize>,
    seed: u64,
}

impl Moving<'_> {
    fn uniforms(&self, draw: usize, block: u64) -> Column {
        let (stream, year) = self.draws[draw];
        let mut column = [0.0; BLOCK];
        uniform_column(self.seed, stream, block, year, &mut column);
        if let Some(order) = &self.orders[draw] {
            column = column.map(|u| order.place(u));
        }
        column
    }

    /// Fills in the uniforms of a block, of which some draws have others; those of rows are turned into those of the file.
    fn fill(&self, block: u64, moved: impl Fn(usize) -> Option<Column>) -> impl FnMut(u32, u32, &mut Column) {
        move |stream, year, out| {
            let draw = self.places[&(stream, year)];
            *out = moved(draw).unwrap_or_else(|| self.uniforms(draw, block));
            if let Some(order) = &self.orders[draw] {
                *out = out.map(|place| order.uniform_at(place));
            }
        }
    }

    /// The outcome on a block, some of whose draws have other uniforms.
    fn run(&self, machine: &mut Machine<'_>, block: u64, moved: impl Fn(usize) -> Option<Column>) -> Column {
        let mut keeper = self.keeper();
        machine.run_on(self.fill(block, moved), &mut keeper);
        keeper.values
    }

    fn keeper(&self) -> MovedKeeper {
        MovedKeeper { recorded: self.recorded, values: [f64::NAN; BLOCK] }
    }

    /// By draw: the mean of the product of its normal score and the outcome about its mean; 0 for draws not asked about.
    fn slopes(&self, asked: &[usize]) -> Vec<f64> {
        let machines = Spares::default();
        let outcome = |block: u64| {
            machines.lend(|| Machine::new(self.program), |machine| self.run(machine, block, |_| None))
        };
        let blocks: Vec<Column> = (0..SLOPE_BLOCKS).into_par_iter().map(outcome).collect();
        let finite = || blocks.iter().flatten().filter(|y| y.is_finite());
        let mean = finite().sum::<f64>() / max(finite().count() as f64, 1.0);
        let slope = |draw: &usize| {
            let of_block = |(block, outcome): (u64, &Column)| {
                let mut scores = [0.0; BLOCK];
                normal::score_column(&self.uniforms(*draw, block), &mut scores);
                let pairs = scores.iter().zip(outcome).filter(|(_, y)| y.is_finite());
                pairs.map(|(z, y)| z * (y - mean)).sum::<f64>()
            };
            (0..).zip(&blocks).map(of_block).sum::<f64>()
        };
        let found: Vec<f64> = asked.par_iter().map(slope).collect();
        let mut slopes = vec![0.0; self.draws.len()];
        asked.iter().zip(found).for_each(|(draw, slope)| slopes[*draw] = slope);
        slopes
    }

    /// The outcome where the score of each set of draws along its line is at its 10 % and its 90 % quantile; `None` where it
    /// is not finite, or there is no line. Only what depends on the set is run again.
    fn ends(&self, sets: &[Vec<usize>], lines: &[Option<Vec<f64>>]) -> Vec<Option<[End; 2]>> {
        let unfolded = self.program.unfolded();
        let number = |draw: usize| self.places[&self.draws[draw]];
        let part = |set: &Vec<usize>| DependentSteps::of(&unfolded, |draw| set.contains(&number(draw)));
        let parts: Vec<DependentSteps> = sets.iter().map(part).collect();
        let of_block = |block: u64| {
            let mut base = BaseRun::new(self, &unfolded, block);
            let one = |((set, line), part): ((&Vec<usize>, &Option<Vec<f64>>), &DependentSteps)| {
                let Some(line) = line else { return [[f64::NAN; BLOCK]; 2] };
                let of_draw = |draw: &usize| self.uniforms(*draw, block).map(normal::quantile);
                let scores: Vec<Column> = set.iter().map(of_draw).collect();
                [-Z90, Z90].map(|score| base.with(part, set, &moved(&scores, line, score)))
            };
            sets.iter().zip(lines).zip(&parts).map(one).collect()
        };
        let blocks: Vec<Vec<[Column; 2]>> =
            (FIRST_END..FIRST_END + END_BLOCKS).into_par_iter().map(of_block).collect();
        let end = |set: usize, side: usize| {
            let values: Vec<f64> = blocks.iter().flat_map(|block| block[set][side]).collect();
            self.end(&values)
        };
        (0..sets.len()).map(|set| Some([end(set, 0)?, end(set, 1)?])).collect()
    }

    /// The mean of an outcome's values with its error; `None` where it is not finite.
    fn end(&self, values: &[f64]) -> Option<End> {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|y| (y - mean) * (y - mean)).sum();
        let error = match self.recorded {
            RecordedOutcome::Target => crate::result::drivers::error_of_share(mean, n),
            RecordedOutcome::Series { .. } => (squares / (n - 1.0) / n).sqrt(),
        };
        mean.is_finite().then_some(End { mean, error })
    }
}

/// Uniforms of draws with these scores, moved to where their score along a line is this.
fn moved(scores: &[Column], line: &[f64], score: f64) -> Vec<Column> {
    let mut apart = [score; BLOCK];
    for (column, part) in scores.iter().zip(line) {
        apart.iter_mut().zip(column).for_each(|(apart, z)| *apart -= part * z);
    }
    let moved = scores.iter().zip(line).map(|(column, part)| {
        let mut column = *column;
        for (z, apart) in column.iter_mut().zip(&apart) {
            *z = min(max(normal::cdf(*z + part * apart), f64::MIN_POSITIVE), 1.0 - f64::EPSILON);
        }
        column
    });
    moved.collect()
}

/// A block of paths on which inputs are moved one after the other.
struct BaseRun<'a> {
    moving: &'a Moving<'a>,
    block: u64,
    runner: Runner<'a>,
    /// The outcome with nothing moved.
    values: Column,
}

/// A pool's worlds are run whole, of all else only what depends on what is moved.
enum Runner<'a> {
    Whole(Machine<'a>),
    Parts(Rerun<'a>),
}

impl<'a> BaseRun<'a> {
    fn new(moving: &'a Moving<'a>, unfolded: &'a Program, block: u64) -> Self {
        if moving.program.pool.is_some() {
            let runner = Runner::Whole(Machine::new(moving.program));
            return Self { moving, block, runner, values: [f64::NAN; BLOCK] };
        }
        let (mut rerun, mut keeper) = (Rerun::new(unfolded), moving.keeper());
        rerun.run(moving.fill(block, |_| None), &mut keeper);
        Self { moving, block, runner: Runner::Parts(rerun), values: keeper.values }
    }

    /// The outcome with the draws of a set at these uniforms.
    fn with(&mut self, part: &DependentSteps, set: &[usize], moved: &[Column]) -> Column {
        let moving = self.moving;
        let place = |draw: usize| set.iter().position(|own| *own == draw).map(|place| moved[place]);
        match &mut self.runner {
            Runner::Whole(machine) => moving.run(machine, self.block, place),
            Runner::Parts(rerun) => {
                let mut keeper = MovedKeeper { values: self.values, ..moving.keeper() };
                rerun.run_part(part, moving.fill(self.block, place), &mut keeper);
                keeper.values
            }
        }
    }
}

/// Keeps the only outcome.
struct MovedKeeper {
    recorded: RecordedOutcome,
    values: Column,
}

impl Sink for MovedKeeper {
    fn record(&mut self, _series: u32, values: &Column) {
        if let RecordedOutcome::Series { never } = self.recorded {
            let finite = |x: f64| if x.is_finite() { x } else { f64::NAN };
            self.values =
                values.map(|x| if x == f64::INFINITY { never.unwrap_or(f64::NAN) } else { finite(x) });
        }
    }

    fn mark(&mut self, _target: u32, truths: &Column) {
        if matches!(self.recorded, RecordedOutcome::Target) {
            self.values = truths.map(|x| f64::from(u8::from(!x.is_nan() && x != 0.0)));
        }
    }
}
