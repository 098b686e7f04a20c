//! Runs that are conditioned on what became known.

use std::collections::BTreeMap;
use std::ops::Range;

pub use crate::analysis::record::LEAST_EFFECTIVE;
use crate::analysis::record::{Record, reliable};
use crate::analysis::statement::{added_series, compiled};
use crate::engine::conditional::{
    Conditioning, Observed, Posterior, conditional_paths, simulate_conditional,
};
use crate::engine::{self, PathOutcome, RecordedPaths, RunRequest, Watch};
use crate::ensemble::Ensemble;
use crate::model::{Labels, Model, RecordedVariables, converter};
use crate::num::{exp, max};
use crate::result::evidence::{Evidence, NotUsed, ObservedValue, YearOfEvidence};
use crate::result::{Summary, assemble, distribution, posterior};
use crate::scenario::pool::Pool;
use crate::scenario::{Loaded, Scenario, observed};
use crate::text::period::label;

use super::{Diagnostics, Options, Prepared, Run, Settings, StudyError};

/// Fewer are warned of.
pub const FEW_EFFECTIVE: f64 = 1000.0;

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

/// Reads what the options say of observations into a scenario: those of a file, only what was published by a day, or none;
/// and whether a record that contradicts the scenario is taken.
///
/// # Errors
/// When the scenario is a pool.
pub fn know(loaded: &mut Loaded, options: &Options) -> Result<(), StudyError> {
    apply(loaded, options)?;
    loaded.scenario.run.allow_implausible =
        options.allow_implausible.or(loaded.scenario.run.allow_implausible);
    Ok(())
}

/// Reads what the options say of observations into a scenario.
pub(super) fn apply(loaded: &mut Loaded, options: &Options) -> Result<(), StudyError> {
    if options.unobserved {
        observed::unobserve(loaded);
        return Ok(());
    }
    if let Some((pool, file)) = loaded.scenario.pool.clone().zip(options.observed.as_ref()) {
        return Err(StudyError::ObservedPool { worlds: worlds_after(loaded, &pool, file, options)? });
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

/// What a record says of the weight of a pool's world.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldAfter {
    /// Its name.
    pub name: String,
    /// Its weight as the pool states it.
    pub weight: f64,
    /// The logarithm of the likelihood of the record under it.
    pub log_likelihood: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Its weight after the record: in proportion to the stated weight times the likelihood.
    pub weight_after: f64,
}

/// How many paths tell the likelihood of a record under a world.
const PATHS_OF_WORLD: u64 = 20_000;

/// What a file of observations says of the weights of a pool's worlds.
fn worlds_after(
    loaded: &Loaded,
    pool: &Pool,
    file: &str,
    options: &Options,
) -> Result<Vec<WorldAfter>, StudyError> {
    let settings = Settings::of(options, &loaded.scenario);
    let mut worlds = Vec::new();
    for (place, world) in pool.worlds.iter().enumerate() {
        let mut one = Loaded { scenario: loaded.scenario.in_world(place), ..loaded.clone() };
        let factor = converter(&one.scenario);
        observed::observe(&mut one, file, options.as_of.as_deref(), factor);
        if one.diagnostics.has_errors() {
            return Err(Diagnostics { files: one.files, diagnostics: one.diagnostics }.into());
        }
        let paths = options.paths.unwrap_or(PATHS_OF_WORLD);
        let request = RunRequest { seed: settings.seed, paths, threads: None };
        let (log_likelihood, standard_error) = match Record::of(&one.scenario, settings.seed)? {
            None => (0.0, 0.0),
            Some(Record { conditioning, .. }) if conditioning.says_nothing() => {
                (conditioning.constant_log_likelihood(), 0.0)
            }
            Some(Record { conditioning, .. }) => {
                let model = compiled(&one.scenario, &RecordedVariables::Headlines)
                    .map_err(|diagnostics| Diagnostics { files: one.files.clone(), diagnostics })?;
                let nothing = model.program.only(&[], &[]);
                let found = simulate_conditional(&nothing, &[], &conditioning, &request, Watch::default())??;
                (found.log_evidence, found.log_evidence_error)
            }
        };
        let (name, weight) = (world.name.clone(), world.weight);
        worlds.push(WorldAfter { name, weight, log_likelihood, standard_error, weight_after: 0.0 });
    }
    let most = worlds.iter().map(|world| world.log_likelihood).fold(f64::NEG_INFINITY, max);
    let part = |world: &WorldAfter| world.weight * exp(world.log_likelihood - most);
    let sum: f64 = worlds.iter().map(part).sum();
    worlds.iter_mut().for_each(|world| world.weight_after = part(world) / sum);
    Ok(worlds)
}

/// What a scenario's observations condition; `None` where it has none.
pub(super) fn observing(scenario: &Scenario, settings: &Settings) -> Result<Option<Observing>, StudyError> {
    if scenario.observations.is_empty() {
        return Ok(None);
    }
    if let Some(scheme) = settings.scheme() {
        return Err(StudyError::ObservedSampling { scheme: scheme.to_owned() });
    }
    let Some(Record { conditioning, outside }) = Record::of(scenario, settings.seed)? else {
        return Ok(None);
    };
    let outside = outside.into_iter();
    let mut not_used: Vec<NotUsed> =
        outside.map(|(variable, year)| NotUsed { variable, year, why: "outside".into() }).collect();
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

    /// The values of some paths with the weight of each, relative to a mean weight whose logarithm is given. Where nothing
    /// conditions the run all weigh the same.
    pub(super) fn weighted_paths(&self, range: Range<u64>, log_mean: f64) -> (RecordedPaths, Vec<f64>) {
        let (paths, logs) = self.logged_paths(range);
        let mut weights: Vec<f64> = logs.into_iter().map(|log| exp(log - log_mean)).collect();
        if let Some(condition) = self.settings.given.as_ref().and_then(|_| added_series(&self.model)) {
            let holds = paths.series.column(condition as usize);
            let fails = |x: &f64| x.is_nan() || *x == 0.0;
            weights.iter_mut().zip(holds).filter(|(_, x)| fails(x)).for_each(|(weight, _)| *weight = 0.0);
        }
        (paths, weights)
    }

    /// The values of some paths with the logarithm of the weight of each.
    pub(super) fn logged_paths(&self, range: Range<u64>) -> (RecordedPaths, Vec<f64>) {
        let (program, seed) = (&self.model.program, self.settings.seed);
        if let Some(observing) = self.conditioned() {
            return conditional_paths(program, &observing.conditioning, seed, range);
        }
        let paths = engine::paths(program, seed, range);
        let alike = vec![0.0; paths.series.nrows()];
        (paths, alike)
    }

    /// What conditions the paths of a run with these results, and the logarithm of their mean weight; `None` where all weigh
    /// the same.
    pub fn weights(&self, summary: &Summary) -> Option<(&Conditioning, f64)> {
        Some((&self.conditioned()?.conditioning, self.log_mean_weight(summary)))
    }

    /// The logarithm of the mean weight of a run's paths.
    pub(super) fn log_mean_weight(&self, summary: &Summary) -> f64 {
        let found = self.conditioned().zip(summary.evidence.as_ref());
        found.map_or(0.0, |(observing, evidence)| {
            evidence.log_likelihood - observing.conditioning.constant_log_likelihood()
        })
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
        reliable(found, found.ensemble.paths)?;
        let prior = assemble::summary(labels, before, seed, levels);
        let mut summary = posterior::summary(labels, prior, &found.ensemble, levels);
        summary.evidence = Some(evidence(self, found));
        let counts = posterior::as_counts(&found.ensemble);
        let mut distributions = distribution::of_weights(labels, &counts, summary.paths);
        distributions.fingerprint.clone_from(&summary.fingerprint);
        Ok(Run { summary, distributions, unknown: None })
    }
}

/// Adds to the JSON of an answer on what it is conditioned, where it is.
pub(super) fn put_observed(all: &mut serde_json::Value, observed: &BTreeMap<String, Vec<i32>>) {
    if !observed.is_empty() {
        let labels = observed.iter().map(|(name, years)| {
            (name.clone(), years.iter().map(|year| label(*year)).collect::<Vec<_>>().into())
        });
        all["observed"] = serde_json::Value::Object(labels.collect());
    }
}

/// That a record can condition a scenario and does not contradict it, before a question is asked of its paths.
///
/// # Errors
/// When it cannot, or does.
pub(super) fn admit(scenario: &Scenario, seed: u64) -> Result<Option<Observing>, StudyError> {
    let options = Options { seed: Some(seed), ..Options::default() };
    let found = observing(scenario, &Settings::of(&options, scenario))?;
    Ok(found.filter(|observing| !observing.says_nothing()))
}

impl Observing {
    /// The observed values that condition something.
    fn used(&self) -> impl Iterator<Item = &Observed> {
        let used = |one: &&Observed| {
            !self.not_used.iter().any(|other| other.variable == one.variable && other.year == one.year)
        };
        self.conditioning.observed().iter().filter(used)
    }

    /// Their years, by variable.
    pub(super) fn years(&self) -> BTreeMap<String, Vec<i32>> {
        let mut years: BTreeMap<String, Vec<i32>> = BTreeMap::new();
        for one in self.used() {
            years.entry(one.variable.clone()).or_default().push(one.year);
        }
        years
    }
}

fn evidence(observing: &Observing, found: &Posterior) -> Evidence {
    let mut observed: BTreeMap<String, Vec<ObservedValue>> = BTreeMap::new();
    for one in observing.used() {
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
