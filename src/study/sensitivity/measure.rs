//! The numbers of each method.

use crate::analysis::indices::{Design, Indices, SCRAMBLINGS};
use crate::engine::{self, RunRequest, Watch, simulate_sliced};
use crate::message;
use crate::model::Model;
use crate::num::normal::POINT_97_5;
use crate::result::drivers::{question, sum_of_draws};
use crate::text::Text;

use super::{FirstOrderSums, MeasuredSensitivity, SensitivityMethod};

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

/// What a method finds with so many paths; the model's program is that of the design.
pub(super) fn measured(
    design: &Design,
    method: SensitivityMethod,
    (model, of): (&Model, &str),
    paths: u64,
) -> MeasuredSensitivity {
    match method {
        SensitivityMethod::Sobol => {
            let found = design.indices(points(paths));
            let sums = with_closed(sums(design, (model, of), paths), design, &found);
            MeasuredSensitivity::Sobol(found, sums)
        }
        SensitivityMethod::Morris => {
            let trajectories = (paths / (design.groups.len() as u64 + 1)).min(10_000) as u32;
            MeasuredSensitivity::Morris(design.screening(trajectories))
        }
        SensitivityMethod::Pawn => {
            let points = paths.min(u64::from(u32::MAX / 2)) as u32;
            let (found, idle) = design.distances(points);
            MeasuredSensitivity::Pawn(found, idle)
        }
    }
}

/// The sums of the first-order indices of the draws of each group, from a run of so many random paths.
fn sums(design: &Design, (model, of): (&Model, &str), paths: u64) -> FirstOrderSums {
    let outcome = engine::ExplainedOutcome::Series { series: 0, never: design.never };
    let unknown = || Text::from(message!("study-sensitivity-many-draws"));
    let question = question(model, vec![of.to_owned()], &[outcome]).ok_or_else(unknown)?;
    let request = RunRequest { seed: design.seed, paths, threads: None };
    let (program, slicing) = (&model.program, Some(&question.slicing));
    let blocks = 0..request.blocks();
    let run = simulate_sliced(program, &[], &request, blocks, slicing, Watch::default());
    let slices = run.map_err(|_| unknown())?.slices.ok_or_else(unknown)?;
    sum_of_draws(model, &question, &slices, (design.seed, paths), &design.groups)
}

/// The sums with their errors. That of a single draw is its closed index: by definition, and simulated for it.
fn with_closed(sums: FirstOrderSums, design: &Design, found: &[Indices]) -> FirstOrderSums {
    let one = |(place, sum): (usize, (f64, f64))| match design.groups[place].len() {
        1 => (found[place].closed.value, found[place].closed.margin / POINT_97_5),
        _ => sum,
    };
    sums.map(|sums| sums.into_iter().enumerate().map(one).collect())
}
