//! What questions of a scenario's paths have in common: how many paths answer them, with which seed, and which scenarios
//! they are not asked of.

use serde::Serialize;

use crate::analysis::statement;
use crate::model::{Model, RecordedVariables};
use crate::scenario::Loaded;
use crate::scenario::written::RunSettings;
use crate::text::{DiagnosticList, Key, Message};

use super::{Diagnostics, StudyError};

/// How many paths answer a question when neither it nor the scenario says.
const PATHS: u64 = 20_000;

/// The paths that answer a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sample {
    /// How many.
    pub paths: u64,
    /// The seed of all draws.
    pub seed: u64,
}

impl Sample {
    /// What a question asks for, else what the scenario's `[run]` says, else 20 000 paths of seed 1.
    pub(super) fn of(paths: Option<u64>, seed: Option<u64>, run: &RunSettings) -> Self {
        let paths = paths.or(run.paths).unwrap_or(PATHS);
        Self { paths, seed: seed.or(run.seed).unwrap_or(1) }
    }
}

/// Whether a scenario leaves it to a question to count all random paths, alike or as its observations weigh them. One that does
/// not know the condition or the sampling of its `[run]` would in silence tell of other paths than a run does.
pub(super) fn counts_random_paths(loaded: &Loaded, what: &'static str) -> Result<(), StudyError> {
    if loaded.diagnostics.has_errors() {
        return Ok(());
    }
    StudyError::of_pool(&loaded.scenario, Message::verbatim(what))?;
    unconditional(loaded)?;
    random_paths(loaded)
}

/// The same of a question that has no answer after observations, and why.
pub(super) fn counts_all_paths(loaded: &Loaded, what: &'static str, why: Key) -> Result<(), StudyError> {
    if !loaded.diagnostics.has_errors() && !loaded.scenario.observations.is_empty() {
        return Err(StudyError::NotConditioned { why });
    }
    counts_random_paths(loaded, what)
}

/// Whether a scenario's `[run]` names no condition.
pub(super) fn unconditional(loaded: &Loaded) -> Result<(), StudyError> {
    match loaded.scenario.run.given {
        None => Ok(()),
        Some(_) => Err(StudyError::OfSomePaths { setting: "given".into() }),
    }
}

/// Whether a scenario's `[run]` leaves its paths to chance.
pub(super) fn random_paths(loaded: &Loaded) -> Result<(), StudyError> {
    match loaded.scenario.run.sampling.as_ref().filter(|name| *name != "random") {
        None => Ok(()),
        Some(sampling) => Err(StudyError::OfSomePaths { setting: sampling.clone() }),
    }
}

/// The model of a scenario to which a question may have added something.
pub(super) fn compiled(loaded: &mut Loaded, record: &RecordedVariables) -> Result<Model, StudyError> {
    match statement::compiled(&loaded.scenario, record) {
        Ok(model) if !loaded.diagnostics.has_errors() => Ok(model),
        other => Err(refused(loaded, other.err().unwrap_or_default())),
    }
}

/// What is wrong with a scenario, and what a question found to be wrong besides.
pub(super) fn refused(loaded: &mut Loaded, more: DiagnosticList) -> StudyError {
    more.0.into_iter().for_each(|diagnostic| loaded.diagnostics.push(diagnostic));
    wrong(loaded)
}

/// What is wrong with a scenario.
pub(super) fn wrong(loaded: &Loaded) -> StudyError {
    Diagnostics { files: loaded.files.clone(), diagnostics: loaded.diagnostics.clone() }.into()
}
