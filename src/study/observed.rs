//! Runs that are conditioned on what became known.

use std::collections::BTreeMap;

use crate::analysis::statement::compiled;
use crate::engine::conditional::{Conditioning, Observed, Posterior, conditional_paths};
use crate::engine::{PathOutcome, Watch};
use crate::ensemble::Ensemble;
use crate::message;
use crate::model::{Labels, Model, RecordedVariables, converter};
use crate::result::evidence::{Evidence, NotUsed, ObservedValue, YearOfEvidence};
use crate::result::{Summary, assemble, distribution, posterior};
use crate::scenario::{Loaded, Scenario, observed};
use crate::text::{Diagnostic, Message};

use super::{Diagnostics, Options, Prepared, Run, Settings, StudyError};

/// Fewer effective paths tell nothing that can be relied on.
pub const LEAST_EFFECTIVE: f64 = 400.0;

/// Fewer are warned of.
pub const FEW_EFFECTIVE: f64 = 1000.0;

/// A k̂ above this is that of weights whose errors cannot be estimated.
const MOST_K: f64 = 0.7;

/// No single path may weigh more.
const MOST_WEIGHT: f64 = 0.02;

/// A record that is less plausible contradicts the scenario.
const LEAST_PLAUSIBLE: f64 = 0.001;

/// What a run is conditioned on.
#[derive(Clone, Debug)]
pub struct Observing {
    /// What conditions its paths.
    pub conditioning: Conditioning,
    /// What was given and is not used.
    not_used: Vec<NotUsed>,
    plausibility: f64,
}

impl Observing {
    /// Whether the record says nothing, as its errors are so large: the run is as without it.
    pub fn says_nothing(&self) -> bool {
        self.conditioning.says_nothing()
    }
}

/// Reads what the options say of observations into a scenario.
pub(super) fn apply(loaded: &mut Loaded, options: &Options) -> Result<(), StudyError> {
    if options.unobserved {
        observed::unobserve(loaded);
        return Ok(());
    }
    if let Some(pool) = loaded.scenario.pool.as_ref().filter(|_| options.observed.is_some()) {
        return Err(StudyError::ObservedPool {
            worlds: pool.names().into_iter().map(str::to_owned).collect(),
        });
    }
    if let Some(day) = &options.as_of {
        observed::as_of(loaded, day);
    }
    if let Some(file) = &options.observed {
        let factor = converter(&loaded.scenario);
        observed::observe(loaded, file, options.as_of.as_deref(), factor);
    }
    Ok(())
}

/// What a scenario's observations condition; `None` where it has none.
pub(super) fn observing(scenario: &Scenario, settings: &Settings) -> Result<Option<Observing>, StudyError> {
    if scenario.observations.is_empty() {
        return Ok(None);
    }
    if let Some(with) = settings.scheme().or(settings.given.as_ref().map(|_| "given")) {
        return Err(StudyError::ObservedWith { with: with.to_owned() });
    }
    let names: Vec<String> = scenario.observations.keys().cloned().collect();
    let model = compiled(scenario, &RecordedVariables::Also(names))
        .map_err(|diagnostics| Diagnostics { files: crate::text::Files::default(), diagnostics })?;
    let (mut series, mut known, mut not_used) = (Vec::new(), Vec::new(), Vec::new());
    for (name, observations) in &scenario.observations {
        let label = model.labels.variables.iter().find(|label| label.name == *name);
        let Some(label) = label else {
            let message = message!("study-observed-no-variable", name = name);
            return Err(Diagnostics::of(Diagnostic::error(observations.place, message)).into());
        };
        for value in &observations.values {
            let year = value.year;
            if year < label.first_year || year > label.last_year {
                not_used.push(NotUsed { variable: name.clone(), year, why: "outside".into() });
                continue;
            }
            let Some(sd) = value.sd.filter(|sd| *sd > 0.0 && sd.is_finite()) else {
                return Err(StudyError::NoMeasurementError { variable: name.clone(), year });
            };
            series.push(label.first_series + (year - label.first_year) as u32);
            known.push(Observed { variable: name.clone(), year, value: value.value, sd });
        }
    }
    if known.is_empty() {
        return Ok(None);
    }
    let program = model.program.only(&series, &[]);
    let conditioning = Conditioning::new(&program, &known, settings.seed)?;
    let unused = |one: &Observed, why: &str| NotUsed {
        variable: one.variable.clone(),
        year: one.year,
        why: why.into(),
    };
    not_used.extend(conditioning.constant().map(|(one, _)| unused(one, "constant")));
    not_used.extend(conditioning.empty().map(|one| unused(one, "empty")));
    let plausibility = conditioning.plausibility(settings.seed);
    if plausibility < LEAST_PLAUSIBLE && !settings.allow_implausible {
        return Err(StudyError::Implausible { plausibility });
    }
    Ok(Some(Observing { conditioning, not_used, plausibility }))
}

impl Prepared {
    /// What the run is conditioned on; `None` where it is not.
    pub fn observing(&self) -> Option<&Observing> {
        self.observing.as_ref()
    }

    /// What conditions the run, where it makes a difference.
    pub(super) fn conditioned(&self) -> Option<&Observing> {
        self.observing.as_ref().filter(|observing| !observing.says_nothing())
    }

    /// That a command does not know runs that are conditioned, where this is one.
    ///
    /// # Errors
    /// When it is one.
    pub fn unconditioned(&self, what: impl Into<Message>) -> Result<(), StudyError> {
        match self.conditioned() {
            Some(_) => Err(StudyError::NotConditioned { what: what.into() }),
            None => Ok(()),
        }
    }

    /// Simulates the run without the record and with it.
    pub(super) fn observed(&self, watch: Watch) -> Result<Run, StudyError> {
        let mut counting = self.counting(None)?;
        counting.advance(counting.left(), watch)?;
        counting.finish()
    }
}

impl Observing {
    /// The results of a run with these labels, this seed and these levels of quantiles: from its counts without the record
    /// and from those with it.
    ///
    /// # Errors
    /// When too few paths agree with the record, or few make up most of those that do.
    pub(super) fn results(
        &self,
        (labels, seed, levels): (&Labels, u64, &[f64]),
        before: &Ensemble,
        found: &Posterior,
    ) -> Result<Run, StudyError> {
        refuse(found, before.paths)?;
        let prior = assemble::summary(labels, before, seed, levels);
        let mut summary = posterior::summary(labels, prior, &found.ensemble, levels);
        summary.evidence = Some(evidence(self, found));
        let counts = posterior::as_counts(&found.ensemble);
        let mut distributions = distribution::of_weights(labels, &counts, summary.paths);
        distributions.fingerprint.clone_from(&summary.fingerprint);
        Ok(Run { summary, distributions, unknown: None })
    }
}

fn evidence(observing: &Observing, found: &Posterior) -> Evidence {
    let mut observed: BTreeMap<String, Vec<ObservedValue>> = BTreeMap::new();
    let used = |one: &&Observed| {
        !observing.not_used.iter().any(|other| other.variable == one.variable && other.year == one.year)
    };
    for one in observing.conditioning.observed().iter().filter(used) {
        let Observed { variable, year, value, sd } = one.clone();
        observed.entry(variable).or_default().push(ObservedValue { year, value, sd });
    }
    let years = found.stages.iter().map(|stage| YearOfEvidence {
        year: stage.year,
        effective_paths: stage.effective_paths,
        unsolved: stage.unsolved,
        not_returned: stage.not_returned,
        log_likelihood: stage.log_likelihood,
    });
    Evidence {
        observed,
        log_likelihood: found.log_evidence,
        standard_error: found.log_evidence_error,
        plausibility: observing.plausibility,
        effective_paths: found.effective_paths,
        largest_weight: found.largest_weight,
        pareto_k: found.pareto_k,
        years: years.collect(),
        not_used: observing.not_used.clone(),
    }
}

/// Refuses results that rest on too few paths.
fn refuse(found: &Posterior, paths: u64) -> Result<(), StudyError> {
    if found.effective_paths < LEAST_EFFECTIVE {
        // Twice as many as would do, as the number of effective paths is an estimate.
        let needed = 2.0 * LEAST_EFFECTIVE / crate::num::max(found.effective_paths, 0.1) * paths as f64;
        let step = crate::text::number::power_of_ten(crate::text::number::exponent(needed) - 1);
        let needed = ((needed / step).ceil() * step) as u64;
        return Err(StudyError::FewEffectivePaths {
            effective: found.effective_paths,
            paths,
            needed,
            least: LEAST_EFFECTIVE,
        });
    }
    let heavy = found.pareto_k.filter(|k| *k > MOST_K);
    if heavy.is_some() || found.largest_weight > MOST_WEIGHT {
        return Err(StudyError::UnevenWeights { largest: found.largest_weight, k: heavy });
    }
    Ok(())
}

/// What the observations of a scenario that was run with a seed condition; `None` where it has none. Who ran it has said what is
/// to be done with a record that contradicts it.
pub(super) fn observing_stored(scenario: &Scenario, seed: u64) -> Result<Option<Observing>, StudyError> {
    let options = Options { seed: Some(seed), allow_implausible: Some(true), ..Options::default() };
    observing(scenario, &Settings::of(&options, scenario))
}

/// A path of a scenario as its observations move it; `None` where it has none. `model` records what is wanted of the path.
///
/// # Errors
/// When the observations cannot condition it.
pub fn replay_observed(
    scenario: &Scenario,
    model: &Model,
    seed: u64,
    path: u64,
) -> Result<Option<PathOutcome>, StudyError> {
    let Some(observing) = observing_stored(scenario, seed)? else { return Ok(None) };
    let (paths, _) = conditional_paths(&model.program, &observing.conditioning, seed, path..path + 1);
    Ok(Some(PathOutcome { series: paths.series.row(0).to_vec(), targets: paths.targets.row(0).to_vec() }))
}

impl Summary {
    /// Whether the run rests on few effective paths, so that it is warned of.
    pub fn rests_on_few(&self) -> Option<f64> {
        let effective = self.evidence.as_ref()?.effective_paths;
        (effective < FEW_EFFECTIVE).then_some(effective)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::{WeightedEnsemble, WeightedOdds};

    fn found(effective_paths: f64, largest_weight: f64, pareto_k: Option<f64>) -> Posterior {
        let ensemble = WeightedEnsemble { paths: 0, series: Vec::new(), odds: WeightedOdds::new(0, &[]) };
        let (log_evidence, log_evidence_error) = (0.0, 0.0);
        let stages = Vec::new();
        Posterior {
            ensemble,
            stages,
            effective_paths,
            largest_weight,
            pareto_k,
            log_evidence,
            log_evidence_error,
        }
    }

    #[test]
    fn weights_are_uneven_beyond_a_fiftieth_or_a_shape_of_seven_tenths() {
        assert!(refuse(&found(400.0, 0.02, Some(0.7)), 1000).is_ok());
        assert!(refuse(&found(400.0, 0.02, None), 1000).is_ok());
        for (largest, k) in [(0.0201, None), (0.0201, Some(0.7)), (0.02, Some(0.701))] {
            let refused = refuse(&found(400.0, largest, k), 1000);
            assert!(matches!(refused, Err(StudyError::UnevenWeights { .. })), "{largest} {k:?}");
        }
    }

    /// Twice as many as would do are asked for, rounded up to two digits: 1000 · 800 / 399 = 2005.01.
    #[test]
    fn fewer_effective_paths_than_400_are_too_few() {
        for (effective, expected) in [(399.0, 2100), (40.0, 20_000), (0.0, 8_000_000)] {
            let refused = refuse(&found(effective, 0.5, None), 1000);
            let Err(StudyError::FewEffectivePaths { needed, .. }) = refused else { panic!("{refused:?}") };
            assert_eq!(needed, expected, "{effective}");
        }
    }
}
