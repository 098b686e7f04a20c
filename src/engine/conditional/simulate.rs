//! A conditional run: all blocks of all paths, moved and weighted, into one ensemble of weights.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use super::directions::log_likelihood;
use super::solve::{KEPT, Solver};
use super::stages::Stage;
use super::weights::{Weights, effective, log_mean_exp};
use super::{Conditioning, RecordRefusal};
use crate::engine::block::{BlockColumns, BlockDraws, Machine};
use crate::engine::workers::over_blocks;
use crate::engine::{EngineError, PILOT_PATHS, RecordedPaths, RunRequest, Watch};
use crate::ensemble::weighted::{ONE, WeightedTally};
use crate::ensemble::{SeriesScale, WeightedEnsemble, WeightedOdds};
use crate::model::Program;
use crate::num::{BLOCK, exp, ln};

/// What is known of the paths after an observed year.
#[derive(Clone, Debug, PartialEq)]
pub struct StageFacts {
    /// The year.
    pub year: i32,
    /// How many paths of equal weight would say as much.
    pub effective_paths: f64,
    /// The share of the moved paths on which no shocks were found that give the observed values.
    pub unsolved: f64,
    /// The share of the paths that keep their shocks from which the search did not come back to these.
    pub not_returned: f64,
    /// The logarithm of the likelihood of all that was observed up to the year.
    pub log_likelihood: f64,
}

/// What comes of a conditional run.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// The weights of all paths.
    pub ensemble: WeightedEnsemble,
    /// By observed year, in order.
    pub stages: Vec<StageFacts>,
    /// How many paths of equal weight would say as much.
    pub effective_paths: f64,
    /// The largest weight, as a share of all.
    pub largest_weight: f64,
    /// The shape of the largest weights, k̂: above 0.7 estimates cannot be relied on. `None` where they tie.
    pub pareto_k: Option<f64>,
    /// The logarithm of the likelihood of the record.
    pub log_evidence: f64,
    /// Its standard error.
    pub log_evidence_error: f64,
}

/// Which draws of a program are moved, in the order of its instructions.
pub(super) fn given(set: &Conditioning, program: &Program) -> Vec<Option<u32>> {
    let moved: BTreeMap<(u32, u32), u32> =
        (0..).zip(&set.stages.moved).map(|(place, moved)| ((moved.stream, moved.year), place)).collect();
    program.draws().map(|draw| moved.get(&draw).copied()).collect()
}

/// What weights and series are measured in: found on the first paths, whatever the length of the run.
#[derive(Debug)]
struct ConditionalPilot {
    /// By stage: the logarithm of the mean weight.
    log_means: Vec<f64>,
    scales: Vec<SeriesScale>,
}

fn pilot(program: &Program, set: &Conditioning, seed: u64) -> Result<ConditionalPilot, RecordRefusal> {
    let places = given(set, program);
    let mut solver = Solver::new(set, seed);
    let (mut machine, mut held) = (Machine::new(program), BlockColumns::new(program));
    let mut logs = vec![Vec::new(); set.stages.years.len()];
    let mut values = vec![Vec::with_capacity(PILOT_PATHS); program.series as usize];
    for block in 0..(PILOT_PATHS / BLOCK) as u64 {
        solver.block(block, BLOCK);
        for (logs, column) in logs.iter_mut().zip(&solver.log_weights) {
            logs.extend_from_slice(column);
        }
        machine.run_given(BlockDraws::of(seed, block), &places, &solver.values, &mut held);
        values.iter_mut().zip(&held.series).for_each(|(values, column)| values.extend_from_slice(column));
    }
    let log_means: Vec<f64> = logs.iter().map(|logs| log_mean_exp(logs)).collect();
    if log_means.iter().any(|log| !log.is_finite()) {
        return Err(RecordRefusal::NoPath);
    }
    Ok(ConditionalPilot {
        log_means,
        scales: values.iter().map(|values| SeriesScale::from_pilot(values)).collect(),
    })
}

/// What is counted of some blocks of a conditional run. The counts of parts that make up the whole merge, in any order, to
/// those of the whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConditionalCounts {
    /// The weights of the paths.
    pub ensemble: WeightedEnsemble,
    weights: Weights,
    /// The weights of the paths on which a condition holds, where there is one.
    #[serde(skip)]
    among: Option<Weights>,
}

impl ConditionalCounts {
    /// Adds the counts of other blocks.
    ///
    /// # Panics
    /// When they are of another run: see [`ConditionalCounts::can_merge`].
    pub fn merge(&mut self, other: &Self) {
        self.ensemble.merge(&other.ensemble);
        self.weights.merge(&other.weights);
        if let (Some(mine), Some(theirs)) = (&mut self.among, &other.among) {
            mine.merge(theirs);
        }
    }

    /// Whether the counts of others may be added: same program, seed, length of the run and observed years.
    pub fn can_merge(&self, other: &Self) -> bool {
        self.weights.can_merge(&other.weights) && self.ensemble.can_merge(&other.ensemble)
    }

    /// Whether the counts agree with each other.
    ///
    /// # Errors
    /// What does not agree, in some words.
    pub fn check(&self) -> Result<(), String> {
        self.ensemble.check()?;
        self.weights.check(self.ensemble.paths, self.ensemble.odds.all)
    }
}

/// A conditional run that is counted a stretch of blocks at a time: what its weights and values are measured in is known.
#[derive(Debug)]
pub struct ConditionalRun<'a> {
    program: &'a Program,
    groups: Vec<Vec<u32>>,
    set: &'a Conditioning,
    request: RunRequest,
    pilot: ConditionalPilot,
    /// By draw of the program: where its value stands among those that are moved.
    places: Vec<Option<u32>>,
    /// The series of a condition: paths on which it does not hold weigh nothing.
    condition: Option<u32>,
}

impl<'a> ConditionalRun<'a> {
    /// Prepares a run; `groups` lists targets that are to be counted together.
    ///
    /// # Errors
    /// Why the record cannot condition it.
    pub fn new(
        program: &'a Program,
        groups: &[Vec<u32>],
        set: &'a Conditioning,
        request: &RunRequest,
    ) -> Result<Self, RecordRefusal> {
        let pilot = pilot(program, set, request.seed)?;
        Ok(Self {
            program,
            groups: groups.to_vec(),
            set,
            request: *request,
            pilot,
            places: given(set, program),
            condition: None,
        })
    }

    /// The same run of which only those paths count on which a condition holds, by the series that records it.
    #[must_use]
    pub fn among(self, condition: u32) -> Self {
        Self { condition: Some(condition), ..self }
    }

    /// The counts of no paths.
    pub fn nothing(&self) -> ConditionalCounts {
        ConditionalCounts {
            ensemble: WeightedEnsemble::new(&self.pilot.scales, self.program.targets, &self.groups),
            weights: Weights::new(self.set.stages.years.len(), self.request.paths),
            among: self.condition.map(|_| Weights::new(1, self.request.paths)),
        }
    }

    /// Counts some of the run's blocks.
    ///
    /// # Errors
    /// When the request cannot be met or is stopped.
    pub fn count(&self, blocks: Range<u64>, watch: Watch) -> Result<ConditionalCounts, EngineError> {
        let Self { program, groups, set, request, pilot, places, condition } = self;
        request.check()?;
        let series: Vec<Mutex<WeightedTally>> =
            pilot.scales.iter().cloned().map(|scale| Mutex::new(WeightedTally::new(scale))).collect();
        let make = || ConditionalWorker {
            solver: Solver::new(set, request.seed),
            machine: Machine::new(program),
            held: BlockColumns::new(program),
            odds: WeightedOdds::new(program.targets, groups),
            weights: Weights::new(set.stages.years.len(), request.paths),
            among: condition.map(|series| (series, Weights::new(1, request.paths))),
        };
        let paths_of = |block: u64| (request.paths - block * BLOCK as u64).min(BLOCK as u64) as usize;
        let work = |worker: &mut ConditionalWorker, blocks: Range<u64>| {
            let mut finished = 0;
            for block in blocks {
                worker.block((request.seed, block), paths_of(block), places, pilot, &series);
                finished += paths_of(block) as u64;
            }
            finished
        };
        let workers = over_blocks(request, blocks.clone(), watch, make, work)?;
        let mut counts = self.nothing();
        for mut worker in workers {
            worker.weights.lost.clone_from(&worker.solver.unsolved);
            worker.weights.kept.clone_from(&worker.solver.kept);
            counts.ensemble.odds.merge(&worker.odds);
            counts.weights.merge(&worker.weights);
            if let (Some(all), Some((_, part))) = (&mut counts.among, &worker.among) {
                all.merge(part);
            }
        }
        let finished = |tally: Mutex<WeightedTally>| {
            let mut tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
            tally.finish();
            tally
        };
        counts.ensemble.series = series.into_iter().map(finished).collect();
        counts.ensemble.paths = (blocks.end * BLOCK as u64).min(request.paths) - blocks.start * BLOCK as u64;
        Ok(counts)
    }

    /// What follows from the counts of all blocks.
    pub fn posterior(&self, counts: ConditionalCounts) -> Posterior {
        let mut found = posterior(counts.ensemble, self.set, &self.pilot, &counts.weights);
        if let Some(among) = &counts.among {
            found.effective_paths = among.stages.last().map_or(0.0, |sums| effective(*sums));
            found.largest_weight = among.largest_share();
            found.pareto_k = among.pareto(bound(self.set, &self.pilot), found.ensemble.paths);
        }
        found
    }
}

/// Runs a program for all paths of a request, conditioned. `groups` lists targets that are to be counted together.
///
/// # Errors
/// When the request cannot be met or is stopped; in the result, why the record cannot condition it.
pub fn simulate_conditional(
    program: &Program,
    groups: &[Vec<u32>],
    set: &Conditioning,
    request: &RunRequest,
    watch: Watch,
) -> Result<Result<Posterior, RecordRefusal>, EngineError> {
    request.check()?;
    let run = match ConditionalRun::new(program, groups, set, request) {
        Ok(run) => run,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let counts = run.count(0..request.blocks(), watch)?;
    Ok(Ok(run.posterior(counts)))
}

struct ConditionalWorker<'c> {
    solver: Solver<'c>,
    machine: Machine<'c>,
    held: BlockColumns,
    odds: WeightedOdds,
    weights: Weights,
    /// The series of a condition, and the weights of the paths on which it holds.
    among: Option<(u32, Weights)>,
}

impl ConditionalWorker<'_> {
    fn block(
        &mut self,
        (seed, block): (u64, u64),
        paths: usize,
        places: &[Option<u32>],
        pilot: &ConditionalPilot,
        series: &[Mutex<WeightedTally>],
    ) {
        self.solver.block(block, paths);
        let mut parts = self.weights.add(&self.solver.log_weights, &pilot.log_means, paths);
        self.machine.run_given(BlockDraws::of(seed, block), places, &self.solver.values, &mut self.held);
        if let Some((series, weights)) = &mut self.among {
            let holds = &self.held.series[*series as usize];
            parts
                .iter_mut()
                .zip(holds)
                .filter(|(_, x)| x.is_nan() || **x == 0.0)
                .for_each(|(part, _)| *part = 0);
            weights.add_parts(&parts[..paths]);
        }
        for (tally, column) in series.iter().zip(&self.held.series) {
            let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
            tally.add_column(block * BLOCK as u64, &column[..paths], &parts[..paths]);
        }
        self.odds.add(&self.held.targets, &parts[..paths]);
    }
}

/// The most that a path can weigh, in parts: with the likelihood of a value that was observed exactly, on a path that keeps
/// its shocks in every year.
fn bound(set: &Conditioning, pilot: &ConditionalPilot) -> f64 {
    let of_stage = |stage: &Stage| {
        let best = |place: &usize| log_likelihood(&set.observed[*place], set.observed[*place].value);
        let kept = if stage.solved > 0 { -ln(KEPT) } else { 0.0 };
        stage.observed.iter().map(best).sum::<f64>() + kept
    };
    let most: f64 = set.stages.years.iter().map(of_stage).sum();
    pilot.log_means.last().map_or(f64::INFINITY, |mean| f64::from(ONE) * exp(most - mean))
}

fn posterior(
    ensemble: WeightedEnsemble,
    set: &Conditioning,
    pilot: &ConditionalPilot,
    weights: &Weights,
) -> Posterior {
    let paths = ensemble.paths as f64;
    let share = |count: u64, of: u64| if of == 0 { 0.0 } else { count as f64 / of as f64 };
    let facts = |number: usize| {
        let (sums, kept, lost) = (weights.stages[number], weights.kept[number], weights.lost[number]);
        let mean = sums[0] as f64 / f64::from(ONE) / paths;
        StageFacts {
            year: set.stages.years[number].year,
            effective_paths: effective(sums),
            unsolved: share(lost[0], ensemble.paths - kept),
            not_returned: share(lost[1], kept),
            log_likelihood: set.log_likelihood + pilot.log_means[number] + ln(mean),
        }
    };
    let stages: Vec<StageFacts> = (0..weights.stages.len()).map(facts).collect();
    let last = stages.last();
    let effective_paths = last.map_or(paths, |stage| stage.effective_paths);
    let error = crate::num::max(1.0 / effective_paths - 1.0 / paths, 0.0).sqrt();
    Posterior {
        effective_paths,
        largest_weight: weights.largest_share(),
        pareto_k: weights.pareto(bound(set, pilot), ensemble.paths),
        log_evidence: last.map_or(set.log_likelihood, |stage| stage.log_likelihood),
        log_evidence_error: error,
        stages,
        ensemble,
    }
}

/// The values of single paths of a conditional run, and the logarithm of the weight of each.
pub fn conditional_paths(
    program: &Program,
    set: &Conditioning,
    seed: u64,
    range: Range<u64>,
) -> (RecordedPaths, Vec<f64>) {
    let rows = range.end.saturating_sub(range.start) as usize;
    let table = |columns: u32| Array2::from_elem((rows, columns as usize), f64::NAN);
    let mut paths =
        RecordedPaths { first: range.start, series: table(program.series), targets: table(program.targets) };
    let mut log_weights = Vec::with_capacity(rows);
    let places = given(set, program);
    let mut solver = Solver::new(set, seed);
    let (mut machine, mut held) = (Machine::new(program), BlockColumns::new(program));
    let mut block = range.start / BLOCK as u64;
    while block * (BLOCK as u64) < range.end {
        solver.block(block, BLOCK);
        machine.run_given(BlockDraws::of(seed, block), &places, &solver.values, &mut held);
        for lane in 0..BLOCK {
            let path = block * BLOCK as u64 + lane as u64;
            if !range.contains(&path) {
                continue;
            }
            let row = (path - range.start) as usize;
            held.series.iter().enumerate().for_each(|(k, column)| paths.series[(row, k)] = column[lane]);
            held.targets.iter().enumerate().for_each(|(k, column)| paths.targets[(row, k)] = column[lane]);
            log_weights.push(solver.log_weights.last().map_or(0.0, |column| column[lane]));
        }
        block += 1;
    }
    (paths, log_weights)
}
