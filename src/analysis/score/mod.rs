//! How good the forecasts of a run were: its distributions and probabilities against what happened.

pub mod forecast;
pub mod rules;

use indexmap::IndexMap;
use serde::Serialize;

use self::forecast::{Forecast, NoDensity, Outside};
use super::fit::leak;
use crate::model::on_record;
use crate::num::ln;
use crate::result::evidence::ObservedValue;
use crate::result::summary::{TargetSummary, VariableSummary};
use crate::result::{Distributions, Summary};
use crate::scenario::Scenario;
use crate::scenario::observation::Observations;
use crate::text::probability::Decided;
use crate::text::{Diagnostic, DiagnosticList, Text};
use crate::{key, message};

/// The probabilities of the central intervals that are scored.
pub const INTERVALS: [f64; 3] = [0.5, 0.8, 0.9];

/// A run that is scored.
#[derive(Clone, Copy, Debug)]
pub struct ScoredRun<'a> {
    /// Its results.
    pub summary: &'a Summary,
    /// Its distributions; `None` of a run that stored none.
    pub distributions: Option<&'a Distributions>,
    /// What messages call it.
    pub name: &'a str,
}

/// The scores of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RunScore {
    /// The scenario's id.
    pub scenario: String,
    /// Its title.
    pub title: Text,
    /// The base year: what is later was forecast.
    #[serde(serialize_with = "crate::text::period::stored::serialize")]
    pub start: i32,
    /// How many paths.
    pub paths: u64,
    /// The fingerprint of the run.
    pub fingerprint: String,
    /// Each outcome of a variable in a year, in the order of the scenario.
    pub outcomes: Vec<OutcomeScore>,
    /// Each target that has come due.
    pub targets: Vec<TargetScore>,
    /// Means by variable, and of all targets.
    pub means: Means,
    /// Observed values that are not scored, with the reason.
    pub left_out: Vec<UnscoredValue>,
}

/// An outcome against its forecast.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OutcomeScore {
    /// The variable, with members.
    pub variable: String,
    /// Its title.
    pub title: Text,
    /// Its unit.
    pub unit: String,
    /// The year.
    #[serde(serialize_with = "crate::text::period::stored::serialize")]
    pub year: i32,
    /// What happened.
    pub outcome: f64,
    /// The probability integral transform: the share of the paths below it, and half of those equal to it.
    pub pit: f64,
    /// Whether it lies outside every path.
    pub outside: Option<Outside>,
    /// The median of the forecast.
    pub median: f64,
    /// The continuous ranked probability score, in the unit of the variable; infinite, in JSON `null`, where the forecast is
    /// infinite on some paths.
    pub crps: f64,
    /// The logarithmic score; `None` where the forecast has no density at the outcome.
    pub log_score: Option<f64>,
    /// Why there is no logarithmic score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_density: Option<NoDensity>,
    /// The shares of the paths on which the forecast is minus and plus infinity, where it is so on any; ends of intervals that
    /// are infinite are `null` in JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub infinite: Option<[f64; 2]>,
    /// The central intervals, by [`INTERVALS`].
    pub intervals: Vec<IntervalScore>,
}

/// A central interval against the outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct IntervalScore {
    /// Its probability.
    pub probability: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether the outcome lies in it.
    pub covered: bool,
    /// Its interval score, in the unit of the variable.
    pub score: f64,
}

/// A target that has come due against its probability.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TargetScore {
    /// The target.
    pub target: String,
    /// Its title.
    pub title: Text,
    /// The probability that was given.
    pub probability: f64,
    /// Whether it was met.
    pub met: bool,
    /// The Brier score.
    pub brier: f64,
    /// The logarithmic score; infinite, and so not known, of what was held impossible.
    pub log_score: Option<f64>,
}

/// Means of scores.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Means {
    /// By variable: over the years that are scored.
    pub variables: IndexMap<String, VariableMeans>,
    /// Over the targets that have come due; `None` where none has.
    pub brier: Option<f64>,
}

/// Means of a variable's scores over the years.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VariableMeans {
    /// How many years.
    pub years: usize,
    /// Of the ranked probability scores.
    pub crps: f64,
    /// Of the logarithmic scores, where all are known.
    pub log_score: Option<f64>,
    /// Of outcome minus median.
    pub bias: f64,
    /// By [`INTERVALS`]: in how many years the outcome lay within.
    pub covered: Vec<usize>,
}

/// An observed value that is not scored.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UnscoredValue {
    /// The variable.
    pub variable: String,
    /// The years.
    #[serde(serialize_with = "crate::text::period::stored::list::serialize")]
    pub years: Vec<i32>,
    /// Why.
    pub why: NotScored,
    /// The variable that may be meant, where there is none of that name.
    pub meant: Option<String>,
}

/// Why an observed value is not scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotScored {
    /// The scenario has no such variable.
    NoVariable,
    /// The run did not record the variable.
    NotRecorded,
    /// The base year or before it: nothing was forecast.
    NotForecast,
    /// After the last year of the run.
    AfterTheEnd,
    /// The run was conditioned on it.
    Conditioned,
    /// No path has a finite value.
    NoValue,
    /// It is no number on some paths.
    NoNumber,
}

/// Scores a run. `scenario` is what was run, `actual` what happened by variable.
///
/// # Errors
/// Where the run's inputs were fitted to what is scored, units differ, or the run has no distributions.
pub fn score(
    run: ScoredRun<'_>,
    scenario: &Scenario,
    actual: &IndexMap<String, Observations>,
) -> Result<RunScore, DiagnosticList> {
    let (mut outcomes, mut left_out) = (Vec::new(), Vec::new());
    for (name, observations) in actual {
        outcomes.extend(of_variable(run, scenario, name, observations, &mut left_out)?);
    }
    if let Some(last) = outcomes.iter().map(|outcome: &OutcomeScore| outcome.year).min() {
        leak(scenario, last)?;
    }
    let place = |name: &str| run.summary.order.variables.iter().position(|known| known == name);
    outcomes.sort_by_key(|outcome| (place(&outcome.variable), outcome.year));
    let targets = of_targets(run, scenario, actual);
    let label = &run.summary.scenario;
    Ok(RunScore {
        scenario: label.id.clone(),
        title: label.title.clone(),
        start: label.start,
        paths: run.summary.paths,
        fingerprint: run.summary.fingerprint.clone(),
        means: means(&outcomes, &targets),
        outcomes,
        targets,
        left_out,
    })
}

/// The scores of a variable in all years in which it was forecast.
fn of_variable(
    run: ScoredRun<'_>,
    scenario: &Scenario,
    name: &str,
    observations: &Observations,
    left_out: &mut Vec<UnscoredValue>,
) -> Result<Vec<OutcomeScore>, DiagnosticList> {
    let mut lacks = IndexMap::<u8, (NotScored, Vec<i32>)>::new();
    let mut note = |why: NotScored, year| lacks.entry(why as u8).or_insert((why, Vec::new())).1.push(year);
    let summary = run.summary.variables.get(name);
    let mut scores = Vec::new();
    for value in &observations.values {
        let Some(summary) = summary else {
            let head = name.split('[').next().unwrap_or(name);
            let there = scenario.variables.contains_key(head);
            note(if there { NotScored::NotRecorded } else { NotScored::NoVariable }, value.year);
            continue;
        };
        if value.year <= run.summary.scenario.start {
            note(NotScored::NotForecast, value.year);
        } else if is_evidence(run, name, value.year) {
            note(NotScored::Conditioned, value.year);
        } else if let Some(place) = summary.place(value.year) {
            match forecast(run, name, summary, place)? {
                Err(why) => note(why, value.year),
                Ok(forecast) => {
                    let known = known_quantiles(summary, place);
                    scores.push(outcome(name, summary, value.year, value.value, &forecast, &known));
                }
            }
        } else {
            note(NotScored::AfterTheEnd, value.year);
        }
    }
    let known: Vec<&str> = run.summary.order.variables.iter().map(String::as_str).collect();
    let meant = summary.is_none().then(|| crate::text::nearest(name, known).map(str::to_owned)).flatten();
    left_out.extend(lacks.into_values().map(|(why, years)| UnscoredValue {
        variable: name.to_owned(),
        years,
        why,
        meant: meant.clone().filter(|_| why == NotScored::NoVariable),
    }));
    Ok(scores)
}

/// Whether a run was conditioned on a variable's value of a year: it was no forecast of it.
fn is_evidence(run: ScoredRun<'_>, name: &str, year: i32) -> bool {
    let observed = run.summary.evidence.as_ref().and_then(|evidence| evidence.observed.get(name));
    observed.is_some_and(|values| values.iter().any(|value| value.year == year))
}

/// The quantiles that the summary knows exactly.
fn known_quantiles(summary: &VariableSummary, place: usize) -> Vec<(f64, f64)> {
    let known = |(level, values): (f64, &[Option<f64>])| Some((level, values.get(place).copied().flatten()?));
    summary.levels().into_iter().filter_map(known).collect()
}

fn forecast(
    run: ScoredRun<'_>,
    name: &str,
    summary: &VariableSummary,
    place: usize,
) -> Result<Result<Forecast, NotScored>, DiagnosticList> {
    let Some(distributions) = run.distributions else {
        let message = message!("analysis-score-no-distributions", folder = run.name);
        return Err(Diagnostic::error(None, message)
            .help(key!("analysis-score-no-distributions.help"))
            .into());
    };
    let histogram = distributions.variables.get(name).and_then(|years| years.get(place));
    let Some(histogram) = histogram.filter(|histogram| !histogram.counts.is_empty()) else {
        return Ok(Err(NotScored::NoValue));
    };
    if histogram.total() != distributions.paths {
        return Ok(Err(NotScored::NoNumber));
    }
    Ok(Forecast::of_histogram(histogram, &known_quantiles(summary, place)).ok_or(NotScored::NoValue))
}

/// An outcome against its forecast; quantiles that are `known` exactly are taken as they are.
fn outcome(
    name: &str,
    summary: &VariableSummary,
    year: i32,
    outcome: f64,
    forecast: &Forecast,
    known: &[(f64, f64)],
) -> OutcomeScore {
    let quantile = |level: f64| {
        let exact = known.iter().find(|(other, _)| (other - level).abs() < 1e-12);
        exact.map_or_else(|| forecast.quantile(level), |(_, value)| *value)
    };
    let interval = |probability: f64| {
        let (low, high) = (quantile((1.0 - probability) / 2.0), quantile(f64::midpoint(1.0, probability)));
        let score = rules::interval_score(low, high, probability, outcome);
        IntervalScore { probability, low, high, covered: (low..=high).contains(&outcome), score }
    };
    OutcomeScore {
        variable: name.to_owned(),
        title: summary.title.clone(),
        unit: summary.unit.clone(),
        year,
        outcome,
        pit: forecast.pit(outcome),
        outside: forecast.outside(outcome),
        median: quantile(0.5),
        crps: forecast.crps(outcome),
        log_score: forecast.log_score(outcome).ok(),
        no_density: forecast.log_score(outcome).err(),
        infinite: Some(forecast.infinite()).filter(|shares| *shares != [0.0; 2]),
        intervals: INTERVALS.into_iter().map(interval).collect(),
    }
}

/// The outcome of each target that these values decide, with the scenario's own record.
fn decided<'a>(
    scenario: &Scenario,
    values: impl Iterator<Item = (&'a String, Vec<(i32, f64)>)>,
) -> IndexMap<String, Option<bool>> {
    let mut known = scenario.clone();
    for (name, values) in values {
        let element = |own: &String| crate::scenario::claims::element(own) == *name;
        let key = known.history.keys().find(|own| element(own)).cloned().unwrap_or_else(|| name.clone());
        let history = known.history.entry(key).or_default();
        let mut all: IndexMap<i32, f64> = history.values.iter().copied().collect();
        all.extend(values);
        all.sort_keys();
        history.values = all.into_iter().collect();
    }
    let outcomes = on_record(&known, &[], [0, 0], &mut DiagnosticList::default()).targets;
    known.targets.into_keys().zip(outcomes).collect()
}

/// The targets whose outcome what happened decides, and neither the scenario's own record nor what the run was
/// conditioned on did.
fn of_targets(
    run: ScoredRun<'_>,
    scenario: &Scenario,
    actual: &IndexMap<String, Observations>,
) -> Vec<TargetScore> {
    let year_and_value =
        |values: &Observations| values.values.iter().map(|one| (one.year, one.value)).collect();
    let outcomes = decided(scenario, actual.iter().map(|(name, values)| (name, year_and_value(values))));
    // Without a record the scenario's own decides, which the run knew.
    let before = run.summary.evidence.as_ref().map_or_else(IndexMap::new, |evidence| {
        let year_and_value =
            |values: &Vec<ObservedValue>| values.iter().map(|one| (one.year, one.value)).collect();
        decided(scenario, evidence.observed.iter().map(|(name, values)| (name, year_and_value(values))))
    });
    let score = |(name, target): (&str, &TargetSummary)| {
        let met = (*outcomes.get(name)?)?;
        let given = &target.probability;
        let was_known = before.get(name).is_some_and(Option::is_some);
        if was_known || given.decided.is_some_and(Decided::is_recorded) {
            return None;
        }
        let happened = if met { given.probability } else { 1.0 - given.probability };
        Some(TargetScore {
            target: name.to_owned(),
            title: target.title.clone(),
            probability: given.probability,
            met,
            brier: rules::brier(given.probability, met),
            log_score: (happened > 0.0).then(|| 0.0 - ln(happened)),
        })
    };
    run.summary.ordered_targets().filter_map(score).collect()
}

fn means(outcomes: &[OutcomeScore], targets: &[TargetScore]) -> Means {
    let mut variables: IndexMap<String, Vec<&OutcomeScore>> = IndexMap::new();
    for outcome in outcomes {
        variables.entry(outcome.variable.clone()).or_default().push(outcome);
    }
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len() as f64;
    let of = |all: Vec<&OutcomeScore>| {
        let logs: Option<Vec<f64>> = all.iter().map(|one| one.log_score).collect();
        let covered = |k: usize| all.iter().filter(|one| one.intervals[k].covered).count();
        VariableMeans {
            years: all.len(),
            crps: mean(all.iter().map(|one| one.crps).collect()),
            log_score: logs.map(mean),
            bias: mean(all.iter().map(|one| one.outcome - one.median).collect()),
            covered: (0..INTERVALS.len()).map(covered).collect(),
        }
    };
    let brier = (!targets.is_empty()).then(|| mean(targets.iter().map(|target| target.brier).collect()));
    Means { variables: variables.into_iter().map(|(name, all)| (name, of(all))).collect(), brier }
}
