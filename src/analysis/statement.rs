//! Formulas about a path that are typed, as `--given` and `--of` take them, and scenarios that they are added to.

use crate::formula::Expr;
use crate::formula::parse::parse;
use crate::message;
use crate::model::labels::Labels;
use crate::model::{Model, RecordedVariables, compile};
use crate::scenario::written::{Formula, Metric};
use crate::scenario::{Loaded, Scenario};
use crate::text::{Diagnostic, DiagnosticList, Place, Text};

/// The name of the metric that is added to a scenario: no file can hold it.
pub const ADDED: &str = "(asked)";

/// Adds a metric [`ADDED`] with a formula about a path; `option` is where it was typed.
///
/// # Errors
/// When the formula cannot be read, or there is none.
pub fn add_metric(loaded: &mut Loaded, option: &str, formula: &str) -> Result<(), Diagnostic> {
    add_metric_as(ADDED, loaded, option, formula)
}

/// Adds a metric of another name that no file can hold: for several at once.
///
/// # Errors
/// As [`add_metric`].
pub fn add_metric_as(name: &str, loaded: &mut Loaded, option: &str, formula: &str) -> Result<(), Diagnostic> {
    if formula.trim().is_empty() {
        return Err(Diagnostic::error(None, message!("analysis-statement-empty", option = option))
            .help(message!("analysis-statement-empty.help", option = option)));
    }
    let file = loaded.files.add(option, formula);
    let place = Place::new(file, 0, formula.len());
    let tree = parse(formula)
        .map_err(|error| Diagnostic::error(place.part(error.span.start, error.span.end), error.message))?;
    loaded.scenario.metrics.insert(name.to_owned(), metric(tree, formula, place));
    Ok(())
}

/// Adds a condition as [`add_metric`] adds a metric.
///
/// # Errors
/// As [`add_metric`].
pub fn add_condition(loaded: &mut Loaded, option: &str, formula: &str) -> Result<(), Diagnostic> {
    add_metric(loaded, option, formula)?;
    loaded.scenario.metrics.get_mut(ADDED).into_iter().for_each(|metric| metric.is_condition = true);
    Ok(())
}

/// The scenario with a condition [`ADDED`] that was read before; `None` where it cannot be read.
pub fn with_condition(mut scenario: Scenario, formula: &str) -> Option<Scenario> {
    let tree = parse(formula).ok()?;
    let condition = Metric { is_condition: true, ..metric(tree, formula, Place::default()) };
    scenario.metrics.insert(ADDED.to_owned(), condition);
    Some(scenario)
}

fn metric(tree: Expr, formula: &str, place: Place) -> Metric {
    let formula = Formula { tree, text: formula.to_owned(), place };
    let title = Text::plain(formula.text.clone());
    Metric { formula, unit: String::new(), unit_place: None, title, place, is_condition: false }
}

/// Compiles a scenario.
///
/// # Errors
/// What is wrong with it.
pub fn compiled(scenario: &Scenario, record: &RecordedVariables) -> Result<Model, DiagnosticList> {
    let mut diagnostics = DiagnosticList::default();
    compile(scenario, record, &mut diagnostics).ok_or(diagnostics)
}

/// The series of the metric [`ADDED`].
pub fn added_series(model: &Model) -> Option<u32> {
    model.labels.metrics.iter().find(|metric| metric.name == ADDED).map(|metric| metric.series)
}

/// Labels without the metric [`ADDED`].
pub fn without_added(labels: &Labels) -> Labels {
    let mut labels = labels.clone();
    labels.metrics.retain(|metric| metric.name != ADDED);
    labels
}
