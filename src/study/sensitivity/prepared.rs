//! Outcomes that are compiled with the inputs that may move them, before anything is simulated.

use crate::model::RecordedVariables;
use crate::scenario::Loaded;

use super::super::sample::{compiled, counts_all_paths};
use super::super::{Sample, StudyError};
use super::outcome::PreparedOutcome;
use super::outcomes::outcomes;
use super::{SensitivityAnswer, SensitivityMethod, SensitivityRequest};

/// Outcomes, each with the inputs that may move it.
#[derive(Debug)]
#[non_exhaustive]
pub struct PreparedSensitivity {
    /// The scenario, and the texts of the question among those that it was read from.
    pub loaded: Loaded,
    /// The paths of each outcome.
    pub sample: Sample,
    request: SensitivityRequest,
    outcomes: Vec<PreparedOutcome>,
    left: usize,
}

impl PreparedSensitivity {
    /// Compiles the outcomes, and finds the inputs of each.
    ///
    /// # Errors
    /// When an outcome or an input cannot be read, or too few paths are asked for.
    pub fn new(mut loaded: Loaded, request: &SensitivityRequest) -> Result<Self, StudyError> {
        counts_all_paths(&loaded, "sensitivity")?;
        let sample = Sample::of(request.paths, request.seed, &loaded.scenario.run);
        let (names, left) = match &request.of {
            Some(of) => (vec![of.clone()], 0),
            None => outcomes(&compiled(&mut loaded, &RecordedVariables::Headlines)?.labels),
        };
        let outcomes = names.into_iter().map(|of| PreparedOutcome::new(&mut loaded, of, request, sample));
        let outcomes = outcomes.collect::<Result<_, _>>()?;
        Ok(Self { loaded, sample, request: request.clone(), outcomes, left })
    }

    /// The bytes that the answer takes at its fullest besides the program itself; none that count where no number is kept
    /// for every path.
    pub fn need(&self) -> u64 {
        if self.request.method != SensitivityMethod::Pawn {
            return 0;
        }
        let most = self.outcomes.iter().map(|one| one.inputs.len() as u64).max().unwrap_or_default();
        if most == 0 { 0 } else { self.sample.paths.saturating_mul(16 * most + 64) }
    }

    /// Simulates each outcome, and measures what it depends on.
    pub fn answer(&self) -> SensitivityAnswer {
        let outcomes = self.outcomes.iter().map(|one| one.answer(&self.request, self.sample));
        SensitivityAnswer {
            scenario: self.loaded.scenario.id.clone(),
            sample: self.sample,
            outcomes: outcomes.collect(),
            is_named: self.request.of.is_some(),
            left: self.left,
        }
    }
}
