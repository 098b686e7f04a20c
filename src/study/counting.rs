//! How a run's paths come to be counted: all at once, as points of a sampling, or those on which a condition holds.

use crate::analysis::gates::Undecided;
use crate::analysis::statement::{added_series, without_added};
use crate::engine::conditional::ConditionalRun;
use crate::engine::{self, RunRequest, Watch, simulate_sliced};
use crate::ensemble::Ensemble;
use crate::model::{Model, RecordedVariables, compile_with_gates};
use crate::result::drivers::{self, DriverQuestion};
use crate::result::replicated::{self, Replicate};
use crate::result::summary::{Convergence, RunCondition};
use crate::result::{Distributions, Summary, assemble, distribution};
use crate::scenario::require;

use super::{Prepared, Run, StudyError};

/// Fewer paths on which a condition holds tell nothing that can be relied on.
pub const LEAST_GIVEN: u64 = 100;

/// What was counted of a run.
#[derive(Debug)]
pub(super) struct CountedRun {
    /// The counts.
    pub(super) ensemble: Ensemble,
    /// How the error fell, where paths were added for it.
    pub(super) convergence: Option<Convergence>,
    /// Why that error is not known at the end.
    pub(super) unknown: Option<Undecided>,
    /// What each replicate says, where the paths are not random.
    pub(super) replicates: Vec<Replicate>,
}

impl Prepared {
    /// The request of the whole run.
    pub fn request(&self) -> RunRequest {
        RunRequest { seed: self.settings.seed, paths: self.settings.paths, threads: None }
    }

    /// Simulates the run; `watch` is told how far it is, and stops it.
    ///
    /// # Errors
    /// When it does not come about, is stopped, or a condition holds on too few paths.
    pub fn run(&self, watch: Watch) -> Result<Run, StudyError> {
        if let Some(condition) = &self.settings.given {
            return self.given(condition, watch);
        }
        if self.conditioned().is_some() {
            return match &self.until {
                Some(wanted) => self.until_observed(wanted, watch),
                None => self.observed(watch),
            };
        }
        let question = self.question();
        let counted = self.count(question.as_ref(), watch)?;
        Ok(self.results(counted, question.as_ref()))
    }

    /// The statistics of the run without a look at what drives them.
    pub(super) fn run_without_drivers(&self, watch: Watch) -> Result<Summary, StudyError> {
        if let Some(condition) = &self.settings.given {
            return Ok(self.given(condition, watch)?.summary);
        }
        if self.conditioned().is_some() {
            return Ok(self.observed(watch)?.summary);
        }
        let counted = self.count(None, watch)?;
        Ok(assemble::summary(
            &self.model.labels,
            &counted.ensemble,
            self.settings.seed,
            &self.settings.quantiles,
        ))
    }

    fn count(&self, question: Option<&DriverQuestion>, watch: Watch) -> Result<CountedRun, StudyError> {
        let groups = self.counted_together()?;
        let slicing = question.map(|question| &question.slicing);
        if let Some(wanted) = &self.until {
            return self.until(wanted, (&groups, slicing), watch);
        }
        let (program, request) = (&self.model.program, self.request());
        let mut replicates = Vec::new();
        let ensemble = match self.settings.sampling.scheme() {
            Some(scheme) => {
                let each = |ensemble: &Ensemble| {
                    let (seed, levels) = (self.settings.seed, &self.settings.quantiles);
                    replicates.push(Replicate::of(&self.model.labels, ensemble, seed, levels));
                };
                engine::simulate_replicates(program, &groups, scheme, &request, watch, each)?
            }
            None => simulate_sliced(program, &groups, &request, 0..request.blocks(), slicing, watch)?,
        };
        Ok(CountedRun { ensemble, convergence: None, unknown: None, replicates })
    }

    /// The results of what was counted.
    pub(super) fn results(&self, counted: CountedRun, question: Option<&DriverQuestion>) -> Run {
        let (model, settings) = (&self.model, &self.settings);
        let CountedRun { ensemble, convergence, unknown, replicates } = counted;
        let mut run = results(model, &ensemble, question, settings.seed, &settings.quantiles);
        if settings.drivers && question.is_none() {
            run.summary.drivers_not_known = drivers::too_many(model);
        }
        run.summary.convergence = convergence;
        run.unknown = unknown;
        if !replicates.is_empty() {
            let labels = &model.labels;
            replicated::fill(&mut run.summary, labels, &ensemble, &settings.quantiles, &replicates);
        }
        settings.scheme().unwrap_or_default().clone_into(&mut run.summary.sampling);
        run
    }

    /// The results among the paths on which a condition holds; inputs are no longer independent there, so that it is
    /// not told what drives the results.
    fn given(&self, condition: &str, watch: Watch) -> Result<Run, StudyError> {
        let (model, groups, settings) = (&self.model, self.counted_together()?, &self.settings);
        let Some(series) = added_series(model) else {
            return Err(self.too_few(condition, 0));
        };
        let ensemble = engine::simulate_given(&model.program, &groups, &self.request(), series, watch)?;
        if ensemble.paths < LEAST_GIVEN {
            return Err(self.too_few(condition, ensemble.paths));
        }
        let labels = without_added(&model.labels);
        let given = Some(RunCondition { condition: condition.to_owned(), among: settings.paths });
        if let Some(observing) = self.conditioned() {
            let (conditioning, request) = (&observing.conditioning, self.request());
            let run = ConditionalRun::new(&model.program, &groups, conditioning, &request)?.among(series);
            let found = run.posterior(run.count(0..request.blocks(), Watch { finished: None, ..watch })?);
            let of = (&labels, settings.seed, settings.quantiles.as_slice());
            let mut run = observing.results(of, &ensemble, &found)?;
            run.summary.given = given;
            return Ok(run);
        }
        let mut summary = assemble::summary(&labels, &ensemble, settings.seed, &settings.quantiles);
        summary.given = given;
        Ok(together(summary, distribution::distributions(&labels, &ensemble)))
    }

    pub(super) fn too_few(&self, condition: &str, found: u64) -> StudyError {
        if found == 0 && self.is_impossible(condition) {
            return StudyError::ImpossibleCondition { condition: condition.to_owned() };
        }
        StudyError::TooFewPaths {
            condition: condition.to_owned(),
            found,
            among: self.settings.paths,
            least: LEAST_GIVEN,
        }
    }

    /// Whether the equations say that a condition never holds.
    fn is_impossible(&self, condition: &str) -> bool {
        let mut loaded = self.loaded.clone();
        loaded.scenario.gates.clear();
        require(&mut loaded, "--given", &format!("p({condition}) > 0"));
        let compiled =
            compile_with_gates(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
        let gate = compiled.and_then(|model| model.gates.into_iter().next());
        gate.is_some_and(|gate| gate.statistics.iter().all(|statistic| statistic.known.high == 0.0))
    }
}

/// The results of an ensemble, and what drives them.
pub(super) fn results(
    model: &Model,
    ensemble: &Ensemble,
    question: Option<&DriverQuestion>,
    seed: u64,
    levels: &[f64],
) -> Run {
    let summary = || assemble::summary(&model.labels, ensemble, seed, levels);
    let driven = || Some(drivers::find(model, question?, ensemble, seed));
    let distributions = || distribution::distributions(&model.labels, ensemble);
    let (mut summary, (driven, distributions)) = rayon::join(summary, || rayon::join(driven, distributions));
    driven.unwrap_or_default().put_into(&mut summary);
    together(summary, distributions)
}

/// A summary with distributions of the same run, which so get its fingerprint.
fn together(summary: Summary, distributions: Distributions) -> Run {
    let fingerprint = summary.fingerprint.clone();
    Run { summary, distributions: Distributions { fingerprint, ..distributions }, unknown: None }
}
