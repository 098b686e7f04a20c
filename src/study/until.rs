//! Paths are added until a standard error is small enough.

use crate::analysis::diff::PROBABILITY;
use crate::analysis::gates::{Extremes, Undecided, resolution, standard_error};
use crate::engine::{Growing, RunRequest, SHORT_RUN, Slicing, Watch};
use crate::ensemble::{Ensemble, WeightSums, WeightedOdds, variance_of_share};
use crate::num::{BLOCK, max};
use crate::result::summary::Convergence;

use super::counting::CountedRun;
use super::{Precision, Prepared, Run, StudyError};

/// The first look: fewer paths say little of their own error, and a shorter run would look for its drivers on fewer paths than the
/// same run without an error to reach.
const FIRST: u64 = SHORT_RUN;

impl Prepared {
    /// Doubles the paths from some thousand up to the most until the standard error is as wanted.
    pub(super) fn until(
        &self,
        wanted: &Precision,
        (groups, slicing): (&[Vec<u32>], Option<&Slicing>),
        watch: Watch,
    ) -> Result<CountedRun, StudyError> {
        let model = &self.model;
        if wanted.statistic.is_none() && model.labels.targets.is_empty() {
            return Err(StudyError::NoTargets);
        }
        let mut convergence = Convergence {
            statistic: wanted.statistic.clone().unwrap_or_else(|| PROBABILITY.into()),
            wanted: wanted.error,
            ..Convergence::default()
        };
        let seed = self.settings.seed;
        let mut run = Growing::new(&model.program, groups, slicing, seed, None);
        // A statistic is looked at by a program that records nothing else.
        let gate = model.gates.last().filter(|_| wanted.statistic.is_some());
        let mut look = Growing::new(&model.judging, &[], None, seed, None);
        let extremes = Extremes::new(&model.judging, seed);
        let quiet = Watch { finished: None, ..watch };
        let mut paths = FIRST.min(wanted.most_paths);
        loop {
            let ensemble = match gate {
                Some(_) => look.to(paths, quiet)?,
                None => run.to(paths, watch)?,
            };
            let (error, mut unknown) =
                match gate.map(|gate| standard_error(&gate.statistics[0], &ensemble, &extremes)) {
                    Some(Ok(error)) => (Some(error), None),
                    Some(Err(reason)) => (None, Some(reason)),
                    None => (largest(&ensemble), None),
                };
            convergence.paths.push(paths);
            convergence.standard_error.push(error);
            convergence.reached = error.is_some_and(|error| error <= wanted.error);
            let left_open = gate.map_or(0.0, |gate| resolution(&gate.statistics[0], &ensemble));
            if error.is_some() && !convergence.reached && left_open >= wanted.error {
                unknown = Some(Undecided::Resolution { half: left_open });
            }
            if convergence.reached || paths >= wanted.most_paths {
                let ensemble = match gate {
                    Some(_) => run.to(paths, watch)?,
                    None => ensemble,
                };
                return Ok(CountedRun {
                    ensemble,
                    convergence: Some(convergence),
                    unknown,
                    replicates: Vec::new(),
                });
            }
            paths = next(paths, error, wanted.error).min(wanted.most_paths);
        }
    }
}

impl Prepared {
    /// The same among the futures that agree with a record, for the odds of all targets: each look is at the run's first paths
    /// as they weigh.
    pub(super) fn until_observed(&self, wanted: &Precision, watch: Watch) -> Result<Run, StudyError> {
        if wanted.statistic.is_some() {
            return Err(StudyError::ObservedUntil);
        }
        if self.model.labels.targets.is_empty() {
            return Err(StudyError::NoTargets);
        }
        let mut convergence =
            Convergence { statistic: PROBABILITY.into(), wanted: wanted.error, ..Convergence::default() };
        let mut paths = FIRST.min(wanted.most_paths);
        let mut counting =
            self.counting_of(None, RunRequest { paths: wanted.most_paths, ..self.request() })?;
        loop {
            let blocks = paths.div_ceil(BLOCK as u64);
            counting.advance(blocks.saturating_sub(counting.counted()), watch)?;
            let error = counting.weighted_odds().map(largest_weighted);
            convergence.paths.push(counting.counted() * BLOCK as u64);
            convergence.standard_error.push(error);
            convergence.reached = error.is_some_and(|error| error <= wanted.error);
            if convergence.reached || counting.left() == 0 {
                let mut run = counting.finish()?;
                if let Some(last) = convergence.paths.last_mut() {
                    *last = run.summary.paths;
                }
                run.summary.convergence = Some(convergence);
                return Ok(run);
            }
            paths = next(blocks * BLOCK as u64, error, wanted.error).min(wanted.most_paths);
        }
    }
}

/// The largest standard error of the targets' probabilities after a record, by the same rule.
fn largest_weighted(odds: &WeightedOdds) -> f64 {
    let half = 0.5 / max(odds.effective_paths(), 1.0);
    let error = |met: &WeightSums| {
        let share = met[0] as f64 / odds.all[0] as f64;
        if share < half || 1.0 - share < half {
            return (half * (1.0 - half) * 2.0 * half).sqrt();
        }
        max(variance_of_share(*met, odds.all), 0.0).sqrt()
    };
    odds.met.iter().map(error).fold(0.0, max)
}

/// Twice the paths, or as many as the error asks for when that is soon reached: it falls with their root.
fn next(paths: u64, error: Option<f64>, wanted: f64) -> u64 {
    let factor = error.map_or(2.0, |error| (error / wanted) * (error / wanted) * 1.02);
    (paths as f64 * factor.clamp(1.05, 2.0)).ceil() as u64
}

/// The largest standard error of the targets' probabilities. A target that no path or every path meets counts with the
/// error of half a path's share, lest a rare one end the run before it was ever seen.
fn largest(ensemble: &Ensemble) -> Option<f64> {
    let n = ensemble.paths as f64;
    let error = |met: u64| {
        let share = (met as f64).clamp(0.5, n - 0.5) / n;
        (share * (1.0 - share) / n).sqrt()
    };
    ensemble.odds.met.iter().map(|met| error(*met)).reduce(max)
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
