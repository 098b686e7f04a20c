//! `--until`: paths are added until a standard error is small enough.

use super::super::Failure;
use super::super::arguments::{RunArguments, Until};
use super::super::batch::Ready;
use super::super::run::failure;
use super::Counted;
use crate::analysis::diff::PROBABILITY;
use crate::analysis::gates::{Reason, standard_error};
use crate::engine::{Growing, Slicing, Watch};
use crate::ensemble::Ensemble;
use crate::result::summary::Convergence;
use crate::text::Language;
use crate::text::number::{digits, paths};

/// The first look: fewer paths say little of their own error.
const FIRST: u64 = 4096;

/// Doubles the paths from some thousand up to the most until the standard error is as wanted.
pub(super) fn count(
    ready: &Ready,
    options: &RunArguments,
    wanted: &Until,
    (groups, slicing): (&[Vec<u32>], Option<&Slicing>),
    watch: Watch,
) -> Result<Counted, Failure> {
    let model = &ready.model;
    if wanted.statistic.is_none() && model.labels.targets.is_empty() {
        super::super::say(
            "--until with a share speaks of the odds of targets, and the scenario has none; write --until 'mean(x@2030)=1'",
        );
        return Err(Failure::Input);
    }
    let mut convergence = Convergence {
        statistic: wanted.statistic.clone().unwrap_or_else(|| PROBABILITY.into()),
        wanted: wanted.error,
        ..Convergence::default()
    };
    let most = options.work.max_paths;
    let seed = ready.settings.seed;
    let mut run = Growing::new(&model.program, groups, slicing, seed, None);
    // A statistic is looked at by a program that records nothing else.
    let gate = model.gates.last().filter(|_| wanted.statistic.is_some());
    let mut look = Growing::new(&model.judging, &[], None, seed, None);
    let quiet = Watch { finished: None, ..watch };
    let mut paths = FIRST.min(most);
    loop {
        let looked = match gate {
            Some(_) => look.to(paths, quiet),
            None => run.to(paths, watch),
        };
        let ensemble = looked.map_err(|error| failure(&error))?;
        let found = match gate {
            Some(gate) => standard_error(&gate.statistics[0], &ensemble).map_err(Some),
            None => largest(&ensemble).ok_or(None),
        };
        let (error, reason) = match found {
            Ok(error) => (Some(error), None),
            Err(reason) => (None, reason),
        };
        convergence.paths.push(paths);
        convergence.standard_error.push(error);
        convergence.reached = error.is_some_and(|error| error <= wanted.error);
        if convergence.reached || paths >= most {
            if !convergence.reached && !options.run.quiet {
                super::super::warn(&short_of(&convergence, &ready.loaded.scenario.id, reason.as_ref()));
            }
            let ensemble = match gate {
                Some(_) => run.to(paths, watch).map_err(|error| failure(&error))?,
                None => ensemble,
            };
            return Ok(Counted {
                ensemble,
                convergence: Some(convergence),
                replicates: Vec::new(),
                checkpoint: None,
            });
        }
        paths = next(paths, error, wanted.error).min(most);
    }
}

/// That the most paths were not enough, and why an error is not known.
fn short_of(convergence: &Convergence, id: &str, reason: Option<&Reason>) -> String {
    let probability = convergence.statistic == PROBABILITY;
    let shown =
        |error: f64| if probability { format!("{} %", digits(100.0 * error, 2)) } else { digits(error, 3) };
    let of = if probability { "the least certain odds" } else { &convergence.statistic };
    let last = convergence.standard_error.last().copied().flatten();
    let reason = reason.map_or_else(String::new, |reason| format!(" ({})", reason.text(Language::En)));
    format!(
        "{id}: the standard error of {of} is {}{reason} after {}, not {}; allow more with --max-paths",
        last.map_or_else(|| "not known".into(), shown),
        paths(convergence.paths.last().copied().unwrap_or_default()),
        shown(convergence.wanted)
    )
}

/// Twice the paths, or as many as the error asks for when that is soon reached: it falls with their root.
fn next(paths: u64, error: Option<f64>, wanted: f64) -> u64 {
    let factor = error.map_or(2.0, |error| (error / wanted) * (error / wanted) * 1.02);
    (paths as f64 * factor.clamp(1.05, 2.0)).ceil() as u64
}

/// The largest standard error of the targets' odds. A target that no path or every path meets counts with the error
/// of half a path's share, lest a rare one end the run before it was ever seen.
fn largest(ensemble: &Ensemble) -> Option<f64> {
    let n = ensemble.paths as f64;
    let error = |met: u64| {
        let share = (met as f64).clamp(0.5, n - 0.5) / n;
        (share * (1.0 - share) / n).sqrt()
    };
    ensemble.odds.met.iter().map(|met| error(*met)).reduce(crate::num::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_double_until_the_end_is_near() {
        assert_eq!(next(1000, Some(0.1), 0.001), 2000);
        assert_eq!(next(1000, Some(0.011), 0.01), 1235);
        assert_eq!(next(1000, None, 0.01), 2000);
    }
}
