//! Arguments of a run as what is asked of the library.

use super::arguments::{KnownOptions, RunOptions, SamplingArgument, WorkOptions};
use super::{CommandResult, run, table};
use plancast::message;
use plancast::scenario::Loaded;
use plancast::study::{self, Options, Precision, Settings, StudyError};
use plancast::text::{Language, Message};
use std::collections::BTreeMap;

/// What a command line asks for.
pub(super) fn of(options: &RunOptions, work: Option<&WorkOptions>) -> Options {
    let mut asked = Options::default();
    asked.paths = options.paths;
    asked.seed = options.seed;
    asked.record.clone_from(&options.record);
    asked.quantiles = options.quantiles.as_ref().map(|quantiles| quantiles.0.clone());
    know(&mut asked, &options.known);
    asked.drivers = Some(false).filter(|_| options.no_sensitivity);
    if let Some(work) = work {
        asked.sampling = work.sampling.map(sampling);
        asked.given.clone_from(&work.given);
        asked.pairs.clone_from(&work.pairs);
        asked.until = work.until.as_ref().map(|until| Precision {
            statistic: until.statistic.clone(),
            error: until.error,
            most_paths: work.max_paths,
        });
    }
    asked
}

fn know(asked: &mut Options, known: &KnownOptions) {
    asked.observed.clone_from(&known.observed);
    asked.as_of.clone_from(&known.as_of);
    asked.unobserved = known.unobserved;
    asked.allow_implausible = Some(true).filter(|_| known.allow_implausible);
}

/// Reads what became known into a scenario of which something is asked.
pub(super) fn known(loaded: &mut Loaded, known: &KnownOptions) -> CommandResult {
    let mut asked = Options::default();
    know(&mut asked, known);
    study::know(loaded, &asked).map_err(|error| run::failed(&error))
}

/// The line that says on what an answer is conditioned; nothing where it is not.
pub(super) fn conditioned(observed: &BTreeMap<String, Vec<i32>>, language: Language) -> String {
    let years = observed.iter().map(|(name, years)| (name.as_str(), years.as_slice()));
    table::conditioned(years, language).map_or_else(String::new, |line| line + "\n\n")
}

fn sampling(asked: SamplingArgument) -> study::Sampling {
    match asked {
        SamplingArgument::Random => study::Sampling::Random,
        SamplingArgument::Antithetic => study::Sampling::Antithetic,
        SamplingArgument::LatinHypercube => study::Sampling::LatinHypercube,
        SamplingArgument::Sobol => study::Sampling::Sobol,
    }
}

/// Why options that are each right cannot go together: what the command line itself says was looked at there, and the
/// scenario may say the rest.
pub(super) fn conflict(
    settings: &Settings,
    options: &RunOptions,
    work: Option<&WorkOptions>,
) -> Option<Message> {
    let scheme = settings.scheme();
    let reason = scheme.or(settings.given.as_ref().map(|_| "given"))?;
    let Some(work) = work else {
        return Some(StudyError::OfSomePaths { setting: reason.to_owned() }.message());
    };
    let given = settings.given.is_some();
    let others = [
        ("--until", work.until.is_some()),
        ("--shard", work.shard.is_some()),
        ("--checkpoint", work.checkpoint.is_some()),
        ("--export", options.export.is_some()),
        ("--record", given && !settings.record.is_empty()),
        ("--sampling", given && scheme.is_some()),
    ];
    let (option, _) = others.into_iter().find(|(_, there)| *there)?;
    let reason = if given { "given" } else { reason };
    Some(message!("cli-request-conflict", option = option, reason = reason))
}
