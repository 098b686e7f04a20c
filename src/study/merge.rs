//! The whole run from its parts.

use crate::engine::conditional::ConditionalRun;
use crate::engine::{self, RunRequest};
use crate::result::run_part::{self, RunPart};
use crate::result::{assemble, drivers, manifest};
use crate::scenario::Loaded;

use super::counting::results;
use super::{Run, StudyError, observed, prepared, record};

/// The run of which these are all parts, each with a name for messages, put together one at a time; `loaded` is the
/// resolved scenario that they were simulated from.
///
/// # Errors
/// When a part is of another run, twice there or missing, or its counts are not those of this scenario.
pub fn merge(
    parts: impl IntoIterator<Item = (String, RunPart)>,
    loaded: Loaded,
) -> Result<(Run, Loaded), StudyError> {
    let whole = run_part::merge(parts).map_err(|(name, error)| match name {
        Some(name) => StudyError::NamedPart { name, error },
        None => StudyError::Part(error),
    })?;
    merged(whole, loaded)
}

/// The run of a part that is the whole, as [`run_part::Merging`] puts it together.
///
/// # Errors
/// When its counts are not those of this scenario.
pub fn merged(whole: RunPart, loaded: Loaded) -> Result<(Run, Loaded), StudyError> {
    let origin = &whole.origin;
    let (loaded, model) = prepared::compiled(loaded, &record(&origin.record), false)?;
    if manifest::sha256_of(&model.program) != origin.program_sha256 {
        return Err(StudyError::OtherBuild);
    }
    let groups = assemble::groups_counted(&model.labels);
    if !engine::nothing(&model.program, &groups, origin.seed).can_merge(&whole.ensemble) {
        return Err(StudyError::OtherCounts);
    }
    let observing = observed::observing_stored(&loaded.scenario, origin.seed)?;
    if let Some(observing) = observing.filter(|observing| !observing.says_nothing()) {
        let request = RunRequest { seed: origin.seed, paths: origin.paths, threads: None };
        let run = ConditionalRun::new(&model.program, &groups, &observing.conditioning, &request)?;
        let counts = whole.conditional.filter(|counts| run.nothing().can_merge(counts));
        let found = run.posterior(counts.ok_or(StudyError::OtherCounts)?);
        let of = (&model.labels, origin.seed, origin.quantiles.as_slice());
        let mut run = observing.results(of, &whole.ensemble, &found)?;
        run.summary.scenario.id.clone_from(&origin.scenario);
        return Ok((run, loaded));
    }
    if whole.conditional.is_some() {
        return Err(StudyError::OtherCounts);
    }
    let question = if origin.sensitivity { drivers::ask(&model, origin.paths) } else { None };
    if let Some((slices, question)) = whole.ensemble.slices.as_ref().zip(question.as_ref())
        && !engine::nothing_sliced(&model.program, &question.slicing, origin.seed).can_merge(slices)
    {
        return Err(StudyError::OtherDrivers);
    }
    let mut run = results(&model, &whole.ensemble, question.as_ref(), origin.seed, &origin.quantiles);
    run.summary.scenario.id.clone_from(&origin.scenario);
    Ok((run, loaded))
}
