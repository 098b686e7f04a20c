//! One unit forecast from one origin with what was known then.

use indexmap::IndexMap;

use super::{BacktestRequest, PanelUnit, head};
use crate::analysis::fit::{self, with_estimates};
use crate::analysis::score::INTERVALS;
use crate::analysis::score::forecast::Forecast;
use crate::analysis::score::rules::{crps_ensemble, interval_score};
use crate::engine;
use crate::formula::{Expr, ExprKind, IndexTerm, Span};
use crate::model::{RecordedVariables, compile};
use crate::num::draw::stream;
use crate::scenario::Scenario;
use crate::scenario::quantity::{Percent, Provenance, Quantity, QuantityKind};
use crate::scenario::written::{Field, Formula, History};
use crate::text::{DiagnosticList, Message, Place, Severity};
use crate::{key, message};

/// What all forecasts share.
pub(super) struct BacktestSetting<'a> {
    /// The scenario without its record.
    pub(super) scenario: &'a Scenario,
    pub(super) request: &'a BacktestRequest,
    /// The elements that are scored.
    pub(super) variables: &'a [String],
    /// The variables that begin with what was known at the origin.
    pub(super) beginning: &'a [String],
}

/// Why nothing was forecast.
pub(super) struct Skipped(pub(super) Message);

/// The forecasts of a unit from an origin, scored.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Forecasts {
    pub(super) unit: String,
    pub(super) origin: i32,
    /// The inputs that were estimated anew.
    pub(super) refitted: Vec<String>,
    pub(super) scores: Vec<Score>,
}

/// A forecast against what followed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Score {
    /// Number of the variable.
    pub(super) variable: usize,
    pub(super) horizon: i32,
    pub(super) outcome: f64,
    pub(super) pit: f64,
    pub(super) crps: f64,
    pub(super) log: Option<f64>,
    /// By [`INTERVALS`].
    pub(super) covered: [bool; 3],
    /// By [`INTERVALS`].
    pub(super) intervals: [f64; 3],
    /// Outcome minus median.
    pub(super) miss: f64,
}

pub(super) fn forecast(
    setting: &BacktestSetting<'_>,
    unit: &PanelUnit<'_>,
    origin: i32,
) -> Result<Forecasts, Skipped> {
    let request = setting.request;
    let mut scenario = setting.scenario.clone();
    scenario.time.start = origin;
    scenario.time.end = origin + request.horizon;
    for (element, _) in &unit.lines {
        let values = unit.known(element, origin);
        scenario.history.insert(element.clone(), History { values, ..History::default() });
    }
    for name in setting.beginning {
        start_from_record(&mut scenario, name, origin)?;
    }
    let refitted = refit(&mut scenario, origin, request.seed)?;
    scenario.history.clear();
    let record = RecordedVariables::Also(setting.variables.to_vec());
    let mut diagnostics = DiagnosticList::default();
    let model = compile(&scenario, &record, &mut diagnostics).ok_or_else(|| first_error(&diagnostics))?;
    let mut columns: Vec<(usize, i32, u32, f64)> = Vec::new();
    for (number, name) in setting.variables.iter().enumerate() {
        let Some(label) = model.labels.variables.iter().find(|label| label.name == *name) else { continue };
        for horizon in 1..=request.horizon {
            let year = origin + horizon;
            if let Some(outcome) =
                unit.outcome(name, year).filter(|_| (label.first_year..=label.last_year).contains(&year))
            {
                columns.push((
                    number,
                    horizon,
                    label.first_series + (year - label.first_year) as u32,
                    outcome,
                ));
            }
        }
    }
    if columns.is_empty() {
        return Err(Skipped(key!("analysis-backtest-nothing-followed").into()));
    }
    let series: Vec<u32> = columns.iter().map(|(_, _, series, _)| *series).collect();
    let seed = request.seed ^ (u64::from(stream(&format!("backtest {} {origin}", unit.name))) << 32);
    let values = engine::paths(&model.program.only(&series, &[]), seed, 0..request.paths).series;
    for (place, (variable, horizon, ..)) in columns.iter().enumerate() {
        if values.column(place).iter().any(|value| !value.is_finite()) {
            let (name, year) = (&setting.variables[*variable], origin + horizon);
            return Err(Skipped(message!("analysis-backtest-not-finite", name = name, year = year)));
        }
    }
    let score = |(place, (variable, horizon, _, outcome)): (usize, &(usize, i32, u32, f64))| {
        score(values.column(place).to_vec(), *variable, *horizon, *outcome)
    };
    let scores = columns.iter().enumerate().filter_map(score).collect();
    Ok(Forecasts { unit: unit.name.to_owned(), origin, refitted, scores })
}

fn score(mut paths: Vec<f64>, variable: usize, horizon: i32, outcome: f64) -> Option<Score> {
    paths.sort_by(f64::total_cmp);
    let forecast = Forecast::of_paths(&paths)?;
    let ends =
        INTERVALS.map(|p| (forecast.quantile((1.0 - p) / 2.0), forecast.quantile(f64::midpoint(1.0, p))));
    let interval = |k: usize| interval_score(ends[k].0, ends[k].1, INTERVALS[k], outcome);
    Some(Score {
        variable,
        horizon,
        outcome,
        pit: forecast.pit(outcome),
        crps: crps_ensemble(&paths, outcome),
        log: forecast.log_score(outcome).ok(),
        covered: ends.map(|(low, high)| (low..=high).contains(&outcome)),
        intervals: [interval(0), interval(1), interval(2)],
        miss: outcome - forecast.quantile(0.5),
    })
}

/// Estimates anew what the scenario's `[fit]` asks, from what is known up to the origin.
fn refit(scenario: &mut Scenario, origin: i32, seed: u64) -> Result<Vec<String>, Skipped> {
    if scenario.fits.is_empty() {
        return Ok(Vec::new());
    }
    for fit in scenario.fits.values_mut() {
        fit.over = match fit.over {
            Some([from, to]) if from < origin => Some([from, to.min(origin)]),
            None => None,
            Some([from, _]) => {
                return Err(Skipped(message!("analysis-backtest-window", from = from)));
            }
        };
    }
    let found = fit::fit(scenario, fit::FitRequest { seed, diagnostics: false })
        .map_err(|diagnostics| first_error(&diagnostics))?;
    *scenario = with_estimates(scenario, &found);
    Ok(found.into_iter().flat_map(|one| one.inputs).collect())
}

fn first_error(diagnostics: &DiagnosticList) -> Skipped {
    let first = diagnostics.0.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
    Skipped(
        first
            .map_or_else(|| key!("analysis-backtest-errors").into(), |diagnostic| diagnostic.message.clone()),
    )
}

/// Lets a variable begin with its recorded values of the origin.
fn start_from_record(scenario: &mut Scenario, name: &str, origin: i32) -> Result<(), Skipped> {
    let mut values: IndexMap<String, f64> = IndexMap::new();
    for (element, history) in scenario.history.iter().filter(|(element, _)| head(element) == name) {
        let at = history.values.iter().find(|(year, _)| *year == origin);
        let not_recorded =
            || Skipped(message!("analysis-backtest-not-recorded", name = element, year = origin));
        let value = at.ok_or_else(not_recorded)?;
        values.insert(element.clone(), value.1);
    }
    let Some(variable) = scenario.variables.get(name) else { return Ok(()) };
    let (place, indices) = (variable.place, variable.indices.clone());
    let tree = if indices.is_empty() {
        Expr::new(ExprKind::Number(values.values().next().copied().unwrap_or(f64::NAN)), Span::default())
    } else {
        by_member(scenario, name, &indices, &values, place)?
    };
    let formula = Formula { tree, text: String::new(), place };
    if let Some(variable) = scenario.variables.get_mut(name) {
        variable.start = Some(formula);
    }
    Ok(())
}

/// A field of the set that a variable is indexed by, with the recorded value of each member, and its name as a formula.
fn by_member(
    scenario: &mut Scenario,
    name: &str,
    indices: &[IndexTerm],
    values: &IndexMap<String, f64>,
    place: Place,
) -> Result<Expr, Skipped> {
    let field = format!("(start {name})");
    let [own, further @ ..] = indices else {
        return Err(Skipped(message!("analysis-backtest-no-index", name = name)));
    };
    if further.len() > 1 {
        return Err(Skipped(message!("analysis-backtest-many-sets", name = name)));
    }
    let inner: Vec<String> = further
        .first()
        .and_then(|index| scenario.sets.get(&index.name))
        .map(|set| set.members.keys().cloned().collect())
        .unwrap_or_default();
    let number = |element: String| -> Result<Quantity, Skipped> {
        let value = values
            .get(&element)
            .ok_or_else(|| Skipped(message!("analysis-backtest-no-values", name = &element)))?;
        let (provenance, percent) = (Provenance::default(), Percent::default());
        Ok(Quantity { kind: QuantityKind::Number(*value), provenance, percent, place })
    };
    let over = further.first().map(|index| (index.name.clone(), place));
    let unit = scenario.variables.get(name).map(|variable| variable.unit.clone()).unwrap_or_default();
    let Some(set) = scenario.sets.get_mut(&own.name) else {
        return Err(Skipped(message!("analysis-backtest-no-set", name = name)));
    };
    set.fields.insert(field.clone(), Field { unit, over, place, ..Field::default() });
    for (member, record) in &mut set.members {
        let quantity = if inner.is_empty() {
            number(format!("{name}[{member}]"))?
        } else {
            let each =
                |other: &String| Ok((other.clone(), place, number(format!("{name}[{member},{other}]"))?));
            let entries = inner.iter().map(each).collect::<Result<Vec<_>, Skipped>>()?;
            let (provenance, percent) = (Provenance::default(), Percent::default());
            Quantity { kind: QuantityKind::ByMember(entries), provenance, percent, place }
        };
        record.values.insert(field.clone(), (place, quantity));
    }
    let bound = |index: &IndexTerm| IndexTerm {
        alias: None,
        name: index.alias.clone().unwrap_or_else(|| index.name.clone()),
        span: Span::default(),
    };
    let index = indices.iter().map(bound).collect();
    Ok(Expr::new(ExprKind::Name { name: field, index }, Span::default()))
}
