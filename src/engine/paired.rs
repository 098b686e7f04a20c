//! Several programs on the same draws: each block of paths is run for all of them, and what lies between
//! them is counted path by path.
//!
//! Draws are a function of (seed, name of the input, path, year); so two programs run with one seed share
//! every input that both have. While a block is run for the first program, the reference, the columns that
//! others are held against are kept; while it is run for another one, differences are taken as its columns
//! come. What is kept is a block's columns for each thread, however many paths there are.

use std::ops::Range;

use super::block::{Machine, Sink};
use super::counter::{Counter, SharedCounts};
use super::pilot::pilot;
use super::workers::over_blocks;
use super::{EngineError, RunRequest, Watch};
use crate::ensemble::{
    Differences, Discordant, Ensemble, PairedSeries, SeriesScale, difference, relative_difference,
};
use crate::model::Program;
use crate::num::BLOCK;
use crate::num::draw::Column;

/// A program that is run together with others.
#[derive(Clone, Debug)]
pub struct PairedProgram<'a> {
    /// The program.
    pub program: &'a Program,
    /// Targets that are to be counted together.
    pub groups: Vec<Vec<u32>>,
}

/// Two series that are held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesPair {
    /// The series of the reference.
    pub reference: u32,
    /// The series of the alternative.
    pub alternative: u32,
    /// Whether the difference is also taken in per cent.
    pub relative: bool,
}

/// What the reference and an alternative have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairedCounts {
    /// Series.
    pub series: Vec<SeriesPair>,
    /// Targets: of the reference, of the alternative.
    pub targets: Vec<(u32, u32)>,
}

/// What comes of programs that were run together.
#[derive(Clone, Debug, PartialEq)]
pub struct PairedRun {
    /// The counts of each program, the reference first: those it would have alone.
    pub ensembles: Vec<Ensemble>,
    /// For each alternative its differences from the reference, in the order of its pairs.
    pub differences: Vec<Differences>,
    /// For each alternative whether it is the same program as the reference, so that nothing can differ.
    pub identical: Vec<bool>,
}

/// Runs programs on the same draws. The first is the reference; `pairs` says for each of the others what is
/// held against it.
///
/// # Errors
/// When the request cannot be met, or [`EngineError::Interrupted`] when it was told to stop.
///
/// # Panics
/// When there is no program, or not one list of pairs for each alternative, or when a pair or group names a
/// series or target that is not there.
pub fn simulate_together(
    sides: &[PairedProgram],
    pairs: &[PairedCounts],
    request: &RunRequest,
    watch: Watch,
) -> Result<PairedRun, EngineError> {
    assert_eq!(sides.len(), pairs.len() + 1, "each alternative has its pairs");
    request.check()?;
    let scales = Scales::of(sides, pairs, request.seed);
    let kept = Kept::of(&sides[0], pairs);
    let of_side = |(side, scales): (&PairedProgram, &Vec<SeriesScale>)| {
        SharedCounts::new(side.program, scales, &side.groups, request.paths)
    };
    let counts: Vec<SharedCounts> = sides.iter().zip(&scales.sides).map(of_side).collect();
    let make = || PairedWorker::new(sides, pairs, &counts, &scales, &kept);
    let work = |worker: &mut PairedWorker, blocks: Range<u64>| {
        let mut paths = 0;
        worker.announce(&blocks);
        for block in blocks {
            paths += worker.block(block, request) as u64;
        }
        paths
    };
    let workers = over_blocks(request, 0..request.blocks(), watch, make, work)?;
    let parts = workers.into_iter().map(PairedWorker::finish);
    let differences = parts.reduce(|mut sum, part| {
        sum.iter_mut().zip(&part).for_each(|(mine, theirs)| mine.merge(theirs));
        sum
    });
    let differences = differences.map(|mut all| {
        all.iter_mut().for_each(Differences::finish);
        all
    });
    let ensembles = counts.into_iter().map(SharedCounts::finish).collect();
    Ok(PairedRun {
        ensembles,
        differences: differences.ok_or(EngineError::NoPaths)?,
        identical: identical(sides),
    })
}

/// For each alternative whether it is the same program as the reference.
pub(super) fn identical(sides: &[PairedProgram]) -> Vec<bool> {
    let (reference, alternatives) = sides.split_at(1);
    alternatives.iter().map(|side| side.program == reference[0].program).collect()
}

impl PairedRun {
    /// Puts all counts in order.
    pub(super) fn finish(&mut self) {
        self.ensembles.iter_mut().for_each(Ensemble::finish);
        self.differences.iter_mut().for_each(Differences::finish);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.ensembles.iter_mut().zip(&other.ensembles) {
            mine.merge(theirs);
        }
        for (mine, theirs) in self.differences.iter_mut().zip(&other.differences) {
            mine.merge(theirs);
        }
    }
}

/// What everything is measured in: functions of the programs and the seed alone.
pub(super) struct Scales {
    pub(super) sides: Vec<Vec<SeriesScale>>,
    /// By alternative and pair: of the difference, and of the difference in per cent.
    pub(super) pairs: Vec<Vec<(SeriesScale, Option<SeriesScale>)>>,
}

impl Scales {
    pub(super) fn of(sides: &[PairedProgram], pairs: &[PairedCounts], seed: u64) -> Self {
        let pilots: Vec<Vec<Vec<f64>>> = sides.iter().map(|side| pilot(side.program, seed)).collect();
        let scale = |values: &Vec<f64>| SeriesScale::from_pilot(values);
        let of_pair = |alternative: &[Vec<f64>], pair: &SeriesPair| {
            let (a, b) = (&pilots[0][pair.reference as usize], &alternative[pair.alternative as usize]);
            let measured = |between: fn(f64, f64) -> f64| {
                scale(&a.iter().zip(b).map(|(&a, &b)| between(a, b)).collect())
            };
            (measured(difference), pair.relative.then(|| measured(relative_difference)))
        };
        let pairs = pairs
            .iter()
            .zip(&pilots[1..])
            .map(|(pairs, alternative)| pairs.series.iter().map(|pair| of_pair(alternative, pair)).collect());
        Self {
            pairs: pairs.collect(),
            sides: pilots.iter().map(|pilot| pilot.iter().map(scale).collect()).collect(),
        }
    }
}

/// Which columns of the reference are kept: by series and by target their place among the kept ones.
struct Kept {
    series: Vec<Option<usize>>,
    targets: Vec<Option<usize>>,
    columns: usize,
}

impl Kept {
    fn of(reference: &PairedProgram, pairs: &[PairedCounts]) -> Self {
        let mut series = vec![None; reference.program.series as usize];
        let mut targets = vec![None; reference.program.targets as usize];
        for pair in pairs.iter().flat_map(|pairs| &pairs.series) {
            series[pair.reference as usize] = Some(0);
        }
        for (target, _) in pairs.iter().flat_map(|pairs| &pairs.targets) {
            targets[*target as usize] = Some(0);
        }
        let mut columns = 0;
        for place in series.iter_mut().chain(&mut targets).flatten() {
            *place = columns;
            columns += 1;
        }
        Self { series, targets, columns }
    }
}

/// What a thread works with.
struct PairedWorker<'a> {
    reference: (Machine<'a>, ReferenceKeeper<'a>),
    alternatives: Vec<(Machine<'a>, Differ<'a>)>,
}

impl<'a> PairedWorker<'a> {
    fn new(
        sides: &'a [PairedProgram],
        pairs: &'a [PairedCounts],
        counts: &'a [SharedCounts],
        scales: &Scales,
        kept: &'a Kept,
    ) -> Self {
        let counter = |place: usize| Counter::new(&counts[place]);
        let columns = vec![[0.0; BLOCK]; kept.columns];
        let alternative = |place: usize| {
            let differ = Differ::new(
                counter(place + 1),
                sides[place + 1].program,
                &pairs[place],
                &scales.pairs[place],
                kept,
            );
            (Machine::new(sides[place + 1].program), differ)
        };
        Self {
            reference: (
                Machine::new(sides[0].program),
                ReferenceKeeper { counter: counter(0), kept, columns },
            ),
            alternatives: (0..pairs.len()).map(alternative).collect(),
        }
    }

    /// Says which blocks will be run.
    fn announce(&mut self, blocks: &Range<u64>) {
        let machines = self.alternatives.iter_mut().map(|(machine, _)| machine);
        std::iter::once(&mut self.reference.0).chain(machines).for_each(|one| one.announce(blocks.clone()));
    }

    /// Runs a block for all programs; gives how many paths of it are of this run.
    fn block(&mut self, block: u64, request: &RunRequest) -> usize {
        let (machine, keeper) = &mut self.reference;
        keeper.counter.start_block(block, request.paths);
        machine.run(request.seed, block, keeper);
        keeper.counter.finish_block();
        for (machine, differ) in &mut self.alternatives {
            differ.counter.start_block(block, request.paths);
            machine.run(request.seed, block, &mut AlternativeSink { differ, columns: &keeper.columns });
            differ.counter.finish_block();
            differ.differences.paths += differ.counter.paths as u64;
        }
        keeper.counter.paths
    }

    /// Adds what was counted to the counts of all; gives the differences.
    fn finish(self) -> Vec<Differences> {
        self.reference.1.counter.finish();
        let of_alternative = |(_, differ): (Machine, Differ<'a>)| {
            differ.counter.finish();
            differ.differences
        };
        self.alternatives.into_iter().map(of_alternative).collect()
    }
}

/// Counts the reference and keeps what others are held against.
struct ReferenceKeeper<'a> {
    counter: Counter<'a>,
    kept: &'a Kept,
    columns: Vec<Column>,
}

impl Sink for ReferenceKeeper<'_> {
    fn record(&mut self, series: u32, values: &Column) {
        self.counter.record(series, values);
        if let Some(place) = self.kept.series[series as usize] {
            self.columns[place] = *values;
        }
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        self.counter.mark(target, truths);
        if let Some(place) = self.kept.targets[target as usize] {
            self.columns[place] = *truths;
        }
    }
}

/// Counts an alternative and its differences.
struct Differ<'a> {
    counter: Counter<'a>,
    differences: Differences,
    /// By series of the alternative: the number of its pair, and which kept column it is held against.
    series: Vec<Option<(usize, usize)>>,
    /// By target of the alternative, likewise.
    targets: Vec<Option<(usize, usize)>>,
}

impl<'a> Differ<'a> {
    fn new(
        counter: Counter<'a>,
        program: &Program,
        pairs: &PairedCounts,
        scales: &[(SeriesScale, Option<SeriesScale>)],
        kept: &Kept,
    ) -> Self {
        let mut series = vec![None; program.series as usize];
        for (number, pair) in pairs.series.iter().enumerate() {
            let column = kept.series[pair.reference as usize];
            series[pair.alternative as usize] = column.map(|column| (number, column));
        }
        let mut targets = vec![None; program.targets as usize];
        for (number, (reference, alternative)) in pairs.targets.iter().enumerate() {
            let column = kept.targets[*reference as usize];
            targets[*alternative as usize] = column.map(|column| (number, column));
        }
        let differences = Differences {
            paths: 0,
            series: scales
                .iter()
                .map(|(absolute, relative)| PairedSeries::new(absolute.clone(), relative.clone()))
                .collect(),
            targets: vec![Discordant::default(); pairs.targets.len()],
        };
        Self { counter, differences, series, targets }
    }
}

/// The sink of an alternative, with the reference's columns of the same block.
struct AlternativeSink<'w, 'a> {
    differ: &'w mut Differ<'a>,
    columns: &'w [Column],
}

impl Sink for AlternativeSink<'_, '_> {
    fn record(&mut self, series: u32, values: &Column) {
        let Differ { counter, differences, series: pairs, .. } = &mut *self.differ;
        counter.record(series, values);
        if let Some((number, column)) = pairs[series as usize] {
            let (reference, paths) = (&self.columns[column], counter.paths);
            differences.series[number].add_columns(counter.first_path, &reference[..paths], &values[..paths]);
        }
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        let Differ { counter, differences, targets: pairs, .. } = &mut *self.differ;
        counter.mark(target, truths);
        if let Some((number, column)) = pairs[target as usize] {
            let (reference, paths) = (&self.columns[column], counter.paths);
            differences.targets[number].add_columns(&reference[..paths], &truths[..paths]);
        }
    }
}
