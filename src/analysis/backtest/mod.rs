//! How good the forecasts of a scenario would have been: at each origin the base year moves there, inputs are estimated from
//! what was known then, the scenario is simulated, and its distributions are scored against what followed. Of a panel each
//! unit is forecast by itself.

mod benchmark;
mod compare;
mod origin;
mod pool;

use indexmap::{IndexMap, IndexSet};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::{Serialize, Serializer};

use self::benchmark::KnownAtOrigin;
pub use self::compare::{BenchmarkComparison, EqualAccuracyTest, NoTest, diebold_mariano};
use self::origin::{BacktestSetting, Forecasts, Skipped};
pub use self::pool::{HorizonScore, MeanScore, VariableScores, clustered};
use super::fit::{fitted_inputs, leak};
use crate::scenario::Scenario;
use crate::scenario::claims::element;
use crate::scenario::observation::{Date, ObservationLine, by_unit, newest};
use crate::text::{Diagnostic, DiagnosticList, Message, Text, suggest::did_you_mean};
use crate::{key, message};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BacktestRequest {
    /// The base years, in order.
    pub origins: Vec<i32>,
    /// How many years ahead.
    pub horizon: i32,
    /// The variables that are scored, with members; none for the headlines that have a history.
    pub variables: Vec<String>,
    /// How many paths at each origin.
    pub paths: u64,
    /// The seed. The draws of a unit at an origin are those of the seed with the hash of "backtest UNIT ORIGIN" exclusive-or
    /// in its upper half, so that another unit or origin changes none of them.
    pub seed: u64,
}

/// The scores.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Backtest {
    /// The scenario's id.
    pub scenario: String,
    /// Its title.
    pub title: Text,
    /// The origins from which something was forecast.
    #[serde(serialize_with = "crate::text::period::stored::list::serialize")]
    pub origins: Vec<i32>,
    /// How many units were forecast; one where there is no panel.
    pub units: usize,
    /// The inputs that were estimated anew at each origin.
    pub refitted: Vec<String>,
    /// By variable.
    pub variables: Vec<VariableScores>,
    /// What was not forecast, and why.
    pub left_out: Vec<SkippedUnit>,
}

/// A unit that was not forecast from an origin.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SkippedUnit {
    /// The unit; empty where there is no panel.
    pub unit: String,
    /// The origin.
    #[serde(serialize_with = "crate::text::period::stored::serialize")]
    pub origin: i32,
    /// Why, in words; in a file of results in English.
    #[serde(serialize_with = "in_english")]
    pub why: Message,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "what serde hands over")]
fn in_english<S: Serializer>(message: &Message, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(message)
}

/// One unit's records.
struct PanelUnit<'a> {
    name: &'a str,
    /// By element: its lines.
    lines: IndexMap<String, Vec<&'a ObservationLine>>,
}

/// Forecasts from past origins and scores.
///
/// # Errors
/// Variables that begin in the base year without a history, inputs that were fitted to what is scored, and where nothing could
/// be forecast.
pub fn backtest(scenario: &Scenario, request: &BacktestRequest) -> Result<Backtest, DiagnosticList> {
    let variables = scored(scenario, request)?;
    no_leak(scenario, request)?;
    let beginning = beginning(scenario, &variables)?;
    let histories = histories(scenario);
    let units = units(scenario, &histories);
    let base = stripped(scenario);
    let setting = BacktestSetting { scenario: &base, request, variables: &variables, beginning: &beginning };
    let cases: Vec<(&PanelUnit<'_>, i32)> =
        request.origins.iter().flat_map(|origin| units.iter().map(move |unit| (unit, *origin))).collect();
    let found: Vec<Result<Forecasts, Skipped>> =
        cases.par_iter().map(|(unit, origin)| origin::forecast(&setting, unit, *origin)).collect();
    let mut left_out = Vec::new();
    let mut forecasts: Vec<Forecasts> = Vec::new();
    for ((unit, origin), one) in cases.iter().zip(found) {
        match one {
            Ok(found) => forecasts.push(found),
            Err(Skipped(why)) => {
                left_out.push(SkippedUnit { unit: unit.name.to_owned(), origin: *origin, why });
            }
        }
    }
    if forecasts.is_empty() {
        let why = left_out.first().map(|left| left.why.clone()).unwrap_or_default();
        return Err(Diagnostic::error(None, message!("analysis-backtest-nothing", why = why))
            .help(key!("analysis-backtest-nothing.help"))
            .into());
    }
    let mut known = KnownAtOrigin::of(&units, &variables, &request.origins);
    for variable in 0..variables.len() {
        for origin in &request.origins {
            (1..=request.horizon).for_each(|horizon| known.pool(variable, *origin, horizon));
        }
    }
    let names: IndexSet<&str> = forecasts.iter().map(|one| one.unit.as_str()).collect();
    let mut origins: Vec<i32> = forecasts.iter().map(|one| one.origin).collect();
    origins.dedup();
    Ok(Backtest {
        scenario: scenario.id.clone(),
        title: scenario.title.clone(),
        origins,
        units: names.len(),
        refitted: forecasts[0].refitted.clone(),
        variables: pool::all(scenario, &variables, &forecasts, &known, request.horizon),
        left_out,
    })
}

/// The variables that are scored.
fn scored(scenario: &Scenario, request: &BacktestRequest) -> Result<Vec<String>, DiagnosticList> {
    let recorded: Vec<String> = scenario.history.keys().map(|name| element(name)).collect();
    let mut diagnostics = DiagnosticList::default();
    for name in &request.variables {
        if !recorded.contains(&element(name)) {
            let known: Vec<&str> = recorded.iter().map(String::as_str).collect();
            let diagnostic = Diagnostic::error(None, message!("analysis-backtest-no-history", name = name));
            diagnostics.push(match did_you_mean(name, &known, key!("text-kind-histories")) {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            });
        }
    }
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    if !request.variables.is_empty() {
        return Ok(request.variables.iter().map(|name| element(name)).collect());
    }
    let is_headline =
        |name: &&String| scenario.variables.get(head(name)).is_some_and(|variable| variable.report);
    let headlines: Vec<String> = recorded.iter().filter(is_headline).cloned().collect();
    let chosen = if headlines.is_empty() { recorded } else { headlines };
    if chosen.is_empty() {
        return Err(Diagnostic::error(None, key!("analysis-backtest-no-histories"))
            .help(key!("analysis-backtest-no-histories.help"))
            .into());
    }
    Ok(chosen)
}

/// A name without its members.
fn head(name: &str) -> &str {
    name.split('[').next().unwrap_or(name)
}

/// Refuses inputs that were fitted to what is scored.
fn no_leak(scenario: &Scenario, request: &BacktestRequest) -> Result<(), DiagnosticList> {
    let first = request.origins.first().map_or(i32::MAX, |origin| origin + 1);
    leak(scenario, first)?;
    if let (Some(input), true) = (fitted_inputs(scenario).first(), scenario.fits.is_empty()) {
        return Err(Diagnostic::error(None, message!("analysis-backtest-fitted", input = input))
            .help(key!("analysis-backtest-fitted.help"))
            .into());
    }
    Ok(())
}

/// The variables that begin in the base year and that the scored ones rest on. Each needs a history.
fn beginning(scenario: &Scenario, scored: &[String]) -> Result<Vec<String>, DiagnosticList> {
    let mut reached: IndexSet<&str> = scored.iter().map(|name| head(name)).collect();
    let mut next = 0;
    while let Some(name) = reached.get_index(next).copied() {
        next += 1;
        let Some(variable) = scenario.variables.get(name) else { continue };
        variable.formula.tree.names(&mut |name| {
            reached.insert(name);
        });
    }
    let mut diagnostics = DiagnosticList::default();
    let mut beginning = Vec::new();
    for name in reached {
        let Some((name, variable)) = scenario.variables.get_key_value(name) else { continue };
        if variable.start.is_none() {
            continue;
        }
        let has_history = scenario.history.keys().any(|known| head(known).trim() == name);
        if has_history {
            beginning.push(name.clone());
        } else {
            diagnostics.push(
                Diagnostic::error(variable.place, message!("analysis-backtest-beginning", name = name))
                    .help(message!("analysis-backtest-beginning.help", name = name)),
            );
        }
    }
    if diagnostics.has_errors() { Err(diagnostics) } else { Ok(beginning) }
}

/// The lines of all histories, by element; whether it is of a panel.
fn histories(scenario: &Scenario) -> Vec<(String, bool, Vec<ObservationLine>)> {
    let line = |(year, value): &(i32, f64)| ObservationLine {
        line: 0,
        variable: String::new(),
        unit: String::new(),
        year: *year,
        value: *value,
        percent: None,
        sd: None,
        published: None,
    };
    let of = |(name, history): (&String, &crate::scenario::written::History)| {
        let lines = if history.lines.is_empty() {
            history.values.iter().map(line).collect()
        } else {
            history.lines.clone()
        };
        (element(name), history.is_panel, lines)
    };
    scenario.history.iter().map(of).collect()
}

/// The units of a panel, or one without a name; histories that are of no panel are those of every unit.
fn units<'a>(
    scenario: &Scenario,
    histories: &'a [(String, bool, Vec<ObservationLine>)],
) -> Vec<PanelUnit<'a>> {
    let is_panel = scenario.history.values().any(|history| history.is_panel);
    let mut names: IndexSet<&str> = IndexSet::new();
    for (_, _, lines) in histories.iter().filter(|(_, panel, _)| *panel) {
        names.extend(by_unit(lines).into_keys());
    }
    if !is_panel {
        names.insert("");
    }
    let mut units: Vec<PanelUnit<'_>> =
        names.into_iter().map(|name| PanelUnit { name, lines: IndexMap::new() }).collect();
    for (name, panel, lines) in histories {
        let by_unit = by_unit(lines);
        for unit in &mut units {
            let own = if *panel { by_unit.get(unit.name).cloned() } else { Some(lines.iter().collect()) };
            unit.lines.insert(name.clone(), own.unwrap_or_default());
        }
    }
    units
}

impl PanelUnit<'_> {
    /// What was known of an element when the value of `origin` had been published: up to that year, the newest values.
    fn known(&self, element: &str, origin: i32) -> Vec<(i32, f64)> {
        // When every variable of the origin's year had its first value.
        let published = |lines: &Vec<&ObservationLine>| {
            let own = lines.iter().filter(|line| line.year == origin);
            own.map(|line| line.published.unwrap_or(Date::end_of(line.year))).min()
        };
        let first = self.lines.values().filter_map(published).max();
        let lines = self.lines.get(element).into_iter().flatten().copied().filter(|line| line.year <= origin);
        let newest = newest("", lines, first).unwrap_or_default();
        newest.into_iter().map(|line| (line.year, line.value)).collect()
    }

    /// What finally became known of an element in a year.
    fn outcome(&self, element: &str, year: i32) -> Option<f64> {
        let lines = self.lines.get(element)?.iter().copied().filter(|line| line.year == year);
        newest("", lines, None).ok()?.first().map(|line| line.value)
    }
}

/// The scenario without what only runs and reports need, and without its record.
fn stripped(scenario: &Scenario) -> Scenario {
    Scenario { observations: IndexMap::default(), ..scenario.without_reports() }
}
