//! What the record says of a scenario's inputs: estimates with their uncertainty, tests of what is left, and simulated
//! moments against observed ones. The estimates go back into the scenario as joint draws.

mod inputs;
mod likelihood;
mod matched;
mod record;
mod simulation;
pub mod write;

use indexmap::IndexMap;
use serde::Serialize;

pub use self::inputs::fitted_inputs;
use self::inputs::{EstimatedInput, free};
use self::record::Series;
use super::estimate::breaks::{self, Breaks};
use super::estimate::moments::{Which, all};
use super::estimate::residuals::{self, ResidualTest};
use super::estimate::{JointDraws, RandomNumbers, mean, quantile, sd};
use crate::num::Distribution;
use crate::scenario::Scenario;
use crate::scenario::written::{Fit, FitMethod, Innovations, Moment};
use crate::text::{Diagnostic, DiagnosticList};
use crate::{key, message};

/// The fewest years that anything is estimated from.
pub const FEWEST: usize = 8;

/// Paths on which moments are simulated with the estimates.
const PATHS: u64 = 4096;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FitRequest {
    /// The seed of all draws.
    pub seed: u64,
    /// Whether tests and simulated moments are wanted, or the draws alone.
    pub diagnostics: bool,
}

/// What was estimated by one `[fit]`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fitted {
    /// Its name.
    pub name: String,
    /// `ar1`, `var1`, `local_level` or `match`.
    pub method: &'static str,
    /// Whether news has heavy tails: Student's t.
    pub student_t: bool,
    /// First and last year of the record that was used.
    #[serde(serialize_with = "crate::text::period::stored::list::serialize")]
    pub window: [i32; 2],
    /// The series, as written, with their values.
    pub series: Vec<SeriesOf>,
    /// The logarithm of the largest likelihood, of a method by likelihood.
    pub log_likelihood: Option<f64>,
    /// The estimates.
    pub estimates: Vec<FittedNumber>,
    /// Tests, by series.
    pub tests: Vec<Tests>,
    /// Simulated moments against those observed.
    pub moments: Vec<MomentCheck>,
    /// How often a record simulated from the priors lies as far from their center as the one observed; of a match.
    pub plausibility: Option<f64>,
    /// The joint draws, those of inputs under the names of the inputs.
    #[serde(skip)]
    pub draws: JointDraws,
    /// The inputs that they go into.
    pub inputs: Vec<String>,
}

/// A series that was estimated from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeriesOf {
    /// The formula.
    pub of: String,
    /// Its values, from the first year of the window on.
    pub values: Vec<f64>,
}

/// An estimated number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FittedNumber {
    /// What it is: `coefficient`, or the input of a match.
    pub name: String,
    /// The input that takes it, where one does.
    pub input: Option<String>,
    /// The most likely value; of a match there is none.
    pub estimate: Option<f64>,
    /// Its standard error from the curvature of the likelihood, where it is known.
    pub standard_error: Option<f64>,
    /// The value without the bias of short records, of persistence.
    pub without_bias: Option<f64>,
    /// The mean of the draws.
    pub mean: f64,
    /// Their standard deviation.
    pub sd: f64,
    /// Their 5 % quantile.
    pub low: f64,
    /// Their 95 % quantile.
    pub high: f64,
}

/// Tests of one series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tests {
    /// Whether its news is normal; of a method by likelihood.
    pub normality: Option<ResidualTest>,
    /// Whether its news is new; of a method by likelihood.
    pub autocorrelation: Option<ResidualTest>,
    /// Breaks of its mean, counted from the first year of the window.
    pub breaks: Breaks,
}

/// A moment of simulated records of the same length against the one observed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MomentCheck {
    /// `mean`, `sd`, `autocorrelation` or `correlation`.
    pub moment: &'static str,
    /// The series, from 0.
    pub series: usize,
    /// The other one, of a correlation.
    pub other: Option<usize>,
    /// Of the record.
    pub observed: f64,
    /// The median over simulated records.
    pub median: f64,
    /// Their 5 % quantile.
    pub low: f64,
    /// Their 95 % quantile.
    pub high: f64,
    /// The share of simulated records with less than what was observed.
    pub below: f64,
}

/// Estimates all that a scenario's `[fit]` asks.
///
/// # Errors
/// Everything that stands in the way: no history, too short a record, names of no input, priors that the record contradicts.
pub fn fit(scenario: &Scenario, request: FitRequest) -> Result<Vec<Fitted>, DiagnosticList> {
    if scenario.fits.is_empty() {
        return Err(Diagnostic::error(None, key!("analysis-fit-nothing"))
            .help(key!("analysis-fit-nothing.help"))
            .into());
    }
    let mut diagnostics = DiagnosticList::default();
    let mut found = Vec::new();
    let mut taken: IndexMap<String, String> = IndexMap::new();
    for (name, fit) in &scenario.fits {
        let one = match one(scenario, name, fit, request) {
            Ok(one) => one,
            Err(wrong) => {
                wrong.0.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
                continue;
            }
        };
        for input in &one.inputs {
            if let Some(other) = taken.insert(input.clone(), name.clone()) {
                let message = message!("analysis-fit-twice", input = input, one = other, other = name);
                diagnostics.push(Diagnostic::error(fit.place, message).help(key!("analysis-fit-twice.help")));
            }
        }
        found.push(one);
    }
    if diagnostics.has_errors() { Err(diagnostics) } else { Ok(found) }
}

/// The scenario with the estimates in the place of its inputs.
#[must_use]
pub fn with_estimates(scenario: &Scenario, fitted: &[Fitted]) -> Scenario {
    let mut scenario = scenario.clone();
    for one in fitted {
        put(&mut scenario, &one.name, &one.draws, &one.inputs);
    }
    scenario
}

/// Puts joint draws in the place of inputs.
fn put(scenario: &mut Scenario, name: &str, draws: &JointDraws, inputs: &[String]) {
    for input in inputs {
        let Some(values) = draws.column(input) else { continue };
        let rows = Some(format!("fit {name}"));
        scenario
            .estimated
            .insert(input.clone(), Distribution::Resample { values, weights: Vec::new(), rows });
    }
}

/// What is wrong with the `[fit]` of a scenario, without estimating anything.
pub fn check(scenario: &Scenario) -> DiagnosticList {
    let mut diagnostics = DiagnosticList::default();
    let fitted = !fitted_inputs(scenario).is_empty();
    for (name, fit) in &scenario.fits {
        if scenario.history.values().all(|history| !history.is_panel) {
            let wrong = record::series(scenario, name, fit).err();
            wrong.into_iter().flat_map(|wrong| wrong.0).for_each(|diagnostic| diagnostics.push(diagnostic));
        }
        // What was fitted stands in the place of the priors already.
        let wrong = if fitted { None } else { free(scenario, name, fit).err() };
        wrong.into_iter().flat_map(|wrong| wrong.0).for_each(|diagnostic| diagnostics.push(diagnostic));
        if let Some([_, to]) = fit.over.filter(|[_, to]| *to > scenario.time.start) {
            let start = scenario.time.start;
            let message = message!("analysis-fit-late-window", name = name, to = to, start = start);
            diagnostics
                .push(Diagnostic::warning(fit.place, message).help(key!("analysis-fit-late-window.help")));
        }
    }
    diagnostics
}

/// Refuses to score a year that inputs were fitted to.
///
/// # Errors
/// Where an input comes from a fit whose window reaches to `first`, the first year that is scored, or beyond.
pub fn leak(scenario: &Scenario, first: i32) -> Result<(), DiagnosticList> {
    let fitted = fitted_inputs(scenario);
    let late = scenario.fits.iter().find(|(_, fit)| fit.over.is_some_and(|[_, to]| to >= first));
    match (fitted.first(), late) {
        (Some(input), Some((name, Fit { over: Some([from, to]), .. }))) => Err(Diagnostic::error(
            None,
            message!("analysis-fit-leak", name = name, input = input, from = *from, to = *to, first = first),
        )
        .help(key!("analysis-fit-leak.help"))
        .into()),
        _ => Ok(()),
    }
}

fn one(scenario: &Scenario, name: &str, fit: &Fit, request: FitRequest) -> Result<Fitted, DiagnosticList> {
    let inputs = free(scenario, name, fit)?;
    let series = record::series(scenario, name, fit)?;
    enough(name, fit, &series)?;
    let source = RandomNumbers::new(request.seed, name);
    let setting =
        FitSetting { scenario, name, fit, series: &series, inputs: &inputs, seed: request.seed, source };
    let mut fitted = match &fit.method {
        FitMethod::Match(moments) => matched::estimated(&setting, moments)?,
        _ => likelihood::estimated(&setting)?,
    };
    if request.diagnostics {
        for (k, one) in series.values.iter().enumerate() {
            let breaks = breaks::find(
                one,
                breaks::SEGMENT,
                RandomNumbers::new(request.seed, &format!("{name} breaks {k}")),
            );
            match fitted.tests.get_mut(k) {
                Some(tests) => tests.breaks = breaks,
                None => fitted.tests.push(Tests { normality: None, autocorrelation: None, breaks }),
            }
        }
        fitted.moments = moment_checks(&setting, &fitted)?;
    }
    Ok(fitted)
}

/// What an estimation is about.
struct FitSetting<'a> {
    scenario: &'a Scenario,
    name: &'a str,
    fit: &'a Fit,
    series: &'a Series,
    inputs: &'a [EstimatedInput],
    seed: u64,
    source: RandomNumbers,
}

impl FitSetting<'_> {
    fn fitted(&self, log_likelihood: Option<f64>, estimates: Vec<FittedNumber>, draws: JointDraws) -> Fitted {
        let series = self.fit.of.iter().zip(&self.series.values);
        Fitted {
            name: self.name.to_owned(),
            method: self.fit.method.name(),
            student_t: self.fit.innovations == Innovations::StudentT,
            window: self.series.window(),
            series: series
                .map(|(of, values)| SeriesOf { of: of.text.clone(), values: values.clone() })
                .collect(),
            log_likelihood,
            estimates,
            tests: Vec::new(),
            moments: Vec::new(),
            plausibility: None,
            draws,
            inputs: self.inputs.iter().map(|input| input.name.clone()).collect(),
        }
    }
}

/// Whether the record is long enough for what is asked of it.
fn enough(name: &str, fit: &Fit, series: &Series) -> Result<(), DiagnosticList> {
    let (years, k) = (series.years(), series.values.len());
    let needed = if fit.method == FitMethod::Var1 { FEWEST.max(3 * k + 5) } else { FEWEST };
    let alike = series.values.iter().zip(&fit.of).find(|(values, _)| values.iter().all(|x| *x == values[0]));
    let wrong = if years < needed {
        let [from, to] = series.window();
        let message =
            message!("analysis-fit-short", name = name, years = years, from = from, to = to, needed = needed);
        Diagnostic::error(fit.place, message).help(key!("analysis-fit-short.help"))
    } else if let Some((_, of)) = alike {
        Diagnostic::error(of.place, message!("analysis-fit-constant", series = &of.text))
            .help(key!("analysis-fit-constant.help"))
    } else {
        return Ok(());
    };
    Err(wrong.into())
}

/// An estimate with what its draws say.
fn estimate(name: String, input: Option<String>, most_likely: Option<f64>, draws: &[f64]) -> FittedNumber {
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    FittedNumber {
        name,
        input,
        estimate: most_likely,
        standard_error: None,
        without_bias: None,
        mean: mean(draws),
        sd: sd(draws),
        low: quantile(&sorted, 0.05),
        high: quantile(&sorted, 0.95),
    }
}

/// The tests of residuals, by series.
fn tests(residuals: &[Vec<f64>], taken: usize, setting: &FitSetting<'_>) -> Vec<Tests> {
    let one = |(k, own): (usize, &Vec<f64>)| Tests {
        normality: Some(residuals::normality(
            own,
            RandomNumbers::new(setting.seed, &format!("{} normality {k}", setting.name)),
        )),
        autocorrelation: Some(residuals::autocorrelation(own, taken)),
        breaks: Breaks { breaks: Vec::new(), p: None },
    };
    residuals.iter().enumerate().map(one).collect()
}

/// Moments of records simulated with the scenario and its estimates, against those observed.
fn moment_checks(setting: &FitSetting<'_>, fitted: &Fitted) -> Result<Vec<MomentCheck>, DiagnosticList> {
    if setting.inputs.is_empty() {
        return Ok(Vec::new());
    }
    let mut scenario = setting.scenario.clone();
    put(&mut scenario, &fitted.name, &fitted.draws, &fitted.inputs);
    let years = setting.series.years();
    let simulated = simulation::simulate(&scenario, setting.fit, years, &[], setting.seed, PATHS)?;
    let several = setting.series.values.len() > 1;
    let usual = [Moment::Mean, Moment::Sd, Moment::Autocorrelation];
    let wanted: Vec<Moment> = match &setting.fit.method {
        FitMethod::Match(moments) => moments.clone(),
        _ => usual.into_iter().chain(several.then_some(Moment::Correlation)).collect(),
    };
    let check = |which: Which| {
        let observed = which.of(&setting.series.values);
        let mut values: Vec<f64> =
            simulated.iter().map(|path| which.of(&path.series)).filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        let at = |p: f64| if values.is_empty() { f64::NAN } else { quantile(&values, p) };
        let below = values.partition_point(|value| *value < observed) as f64 / values.len() as f64;
        MomentCheck {
            moment: name_of(which.moment),
            series: which.series,
            other: which.other,
            observed,
            median: at(0.5),
            low: at(0.05),
            high: at(0.95),
            below,
        }
    };
    Ok(all(&wanted, setting.series.values.len()).into_iter().map(check).collect())
}

fn name_of(moment: Moment) -> &'static str {
    Moment::ALL.iter().find(|(_, known)| *known == moment).map_or("", |(name, _)| name)
}
