//! The numbers of each method.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::analysis::indices::{Design, Indices, JointDesign, SCRAMBLINGS};
use crate::engine::{ExplainedOutcome, RunRequest, Watch, simulate_sliced};
use crate::message;
use crate::model::{Model, Program};
use crate::num::normal::POINT_97_5;
use crate::result::drivers::{question, sums_of_draws};
use crate::text::Text;

use super::super::Sample;
use super::outcome::PreparedOutcome;
use super::{AskedInput, FirstOrderSums, MeasuredSensitivity};

impl MeasuredSensitivity {
    /// Whether the outcome was not the same wherever it was tried.
    pub(super) fn varies(&self, are_chosen: bool) -> bool {
        match self {
            Self::Sobol(found, _) => found.iter().any(|indices| indices.total.value.is_finite()),
            // Chosen inputs may do nothing to an outcome that others move.
            Self::Morris(found) => are_chosen || found.iter().any(|effect| effect.mu_star > 0.0),
            Self::Pawn(found, _) => found.iter().any(|distance| distance.largest > 0.0),
        }
    }

    /// Whether each number is one. An index is none where the outcome does not vary, or is infinite somewhere.
    pub(super) fn is_finite(&self) -> bool {
        match self {
            Self::Sobol(found, _) => found.iter().all(|indices| indices.total.value.is_finite()),
            Self::Morris(found) => found.iter().all(|effect| effect.mu_star.is_finite()),
            Self::Pawn(..) => true,
        }
    }
}

/// How many points each scrambling has of so many paths: a power of two does best.
pub(super) fn points(paths: u64) -> u32 {
    1 << (paths / SCRAMBLINGS).max(2).ilog2()
}

/// The elementary effects of an outcome's inputs on so many paths.
pub(super) fn screened(design: &Design, paths: u64) -> MeasuredSensitivity {
    let trajectories = (paths / (design.groups.len() as u64 + 1)).min(10_000) as u32;
    MeasuredSensitivity::Morris(design.screening(trajectories))
}

/// How far an outcome's inputs move its distribution, on so many paths.
pub(super) fn distances(design: &Design, paths: u64) -> MeasuredSensitivity {
    let points = paths.min(u64::from(u32::MAX / 2)) as u32;
    let (found, idle) = design.distances(points);
    MeasuredSensitivity::Pawn(found, idle)
}

/// The groups of all outcomes, by the places of their draws in the program of all; each outcome is told which are its own.
pub(super) fn together(program: &Program, outcomes: &mut [PreparedOutcome]) -> Vec<Vec<usize>> {
    let places: IndexMap<(u32, u32), usize> = program.draws().zip(0..).collect();
    let mut groups: IndexMap<String, BTreeSet<usize>> = IndexMap::new();
    for outcome in outcomes {
        let own: Vec<usize> = outcome.draws().map(|draw| places[&draw]).collect();
        for input in &outcome.inputs {
            let entry = groups.entry(input.name.clone());
            outcome.groups.push(entry.index());
            entry.or_default().extend(input.draws.iter().map(|draw| own[*draw]));
        }
    }
    groups.into_values().map(|draws| draws.into_iter().collect()).collect()
}

/// By outcome the sums of the first-order indices of the draws of each of its inputs, from a run of so many random paths.
pub(super) fn sums(
    model: &Model,
    design: &JointDesign,
    outcomes: &[PreparedOutcome],
    sample: Sample,
) -> Vec<FirstOrderSums> {
    let unknown = || Text::from(message!("study-sensitivity-many-draws"));
    let asked =
        (0..).zip(&design.nevers).map(|(series, never)| ExplainedOutcome::Series { series, never: *never });
    let names = (0..outcomes.len()).map(|place| place.to_string()).collect();
    let run = || {
        let question = question(model, names, &asked.collect::<Vec<_>>(), sample.paths)?;
        let request = RunRequest { seed: sample.seed, paths: sample.paths, threads: None };
        let (program, slicing) = (&model.program, Some(&question.slicing));
        let blocks = 0..request.blocks();
        let run = simulate_sliced(program, &[], &request, blocks, slicing, Watch::default()).ok()?;
        Some((question, run.slices?))
    };
    let Some((question, slices)) = run() else { return outcomes.iter().map(|_| Err(unknown())).collect() };
    let sets = |outcome: &PreparedOutcome| {
        outcome.groups.iter().map(|group| design.groups[*group].clone()).collect::<Vec<_>>()
    };
    let sets: Vec<Vec<Vec<usize>>> = outcomes.iter().map(sets).collect();
    sums_of_draws(model, &question, &slices, (sample.seed, sample.paths), &sets)
}

/// The sums with their errors. That of a single draw is its closed index: by definition, and simulated for it.
pub(super) fn with_closed(sums: FirstOrderSums, inputs: &[AskedInput], found: &[Indices]) -> FirstOrderSums {
    let one = |(place, sum): (usize, (f64, f64))| match inputs[place].draws.len() {
        1 => (found[place].closed.value, found[place].closed.margin / POINT_97_5),
        _ => sum,
    };
    sums.map(|sums| sums.into_iter().enumerate().map(one).collect())
}
