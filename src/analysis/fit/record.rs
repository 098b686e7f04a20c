//! The series that a `[fit]` is about, from the histories of the scenario.

use crate::model::on_record;
use crate::scenario::Scenario;
use crate::scenario::written::{Fit, Formula, Variable};
use crate::text::{Diagnostic, DiagnosticList, Text};
use crate::{key, message};

/// Series of the same years.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Series {
    /// The first year.
    pub(super) from: i32,
    /// By series its values, year by year.
    pub(super) values: Vec<Vec<f64>>,
}

impl Series {
    /// How many years.
    pub(super) fn years(&self) -> usize {
        self.values.first().map_or(0, Vec::len)
    }

    /// The first and the last year.
    pub(super) fn window(&self) -> [i32; 2] {
        [self.from, self.from + self.years() as i32 - 1]
    }
}

/// The name under which a formula of a `[fit]` is added to a scenario's variables: no file can hold it.
pub(super) fn added(number: usize) -> String {
    format!("(fit {number})")
}

/// Adds the formulas of a `[fit]` to a scenario's variables.
pub(super) fn add(scenario: &mut Scenario, formulas: &[Formula]) -> Vec<String> {
    let name = |(number, formula): (usize, &Formula)| {
        let variable = Variable {
            indices: Vec::new(),
            start: None,
            formula: formula.clone(),
            unit: String::new(),
            unit_place: None,
            title: Text::default(),
            doc: Text::default(),
            report: true,
            bounds: [None; 2],
            source: String::new(),
            place: formula.place,
        };
        let name = added(number);
        scenario.variables.insert(name.clone(), variable);
        name
    };
    formulas.iter().enumerate().map(name).collect()
}

/// The series of a `[fit]` in the years in which all of them are recorded.
pub(super) fn series(scenario: &Scenario, name: &str, fit: &Fit) -> Result<Series, DiagnosticList> {
    let years = || scenario.history.values().flat_map(|history| history.values.iter().map(|(year, _)| *year));
    let (Some(first), Some(last)) = (years().min(), years().max()) else {
        return Err(Diagnostic::missing(fit.place, message!("analysis-fit-no-history", name = name))
            .help(key!("analysis-fit-no-history.help"))
            .into());
    };
    let [from, to] = fit.over.unwrap_or([first, last]);
    let mut extended = scenario.clone();
    let names = add(&mut extended, &fit.of);
    let mut diagnostics = DiagnosticList::default();
    let found = on_record(&extended, &names, [from, to.min(last)], &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    for (values, of) in found.variables.iter().zip(&fit.of) {
        if values.is_empty() {
            let message = message!("analysis-fit-not-recorded", series = &of.text, from = from, to = to);
            diagnostics
                .push(Diagnostic::error(of.place, message).help(key!("analysis-fit-not-recorded.help")));
        }
    }
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    common(&found.variables, name, fit)
}

/// The years that all series have, without a gap.
fn common(found: &[Vec<(i32, f64)>], name: &str, fit: &Fit) -> Result<Series, DiagnosticList> {
    let begins = found.iter().filter_map(|values| values.first()).map(|(year, _)| *year).max();
    let ends = found.iter().filter_map(|values| values.last()).map(|(year, _)| *year).min();
    let (from, to) = (begins.unwrap_or(0), ends.unwrap_or(-1));
    let value =
        |values: &[(i32, f64)], year| values.iter().find(|(own, _)| *own == year).map(|(_, value)| *value);
    let lacking = (from..=to).find_map(|year| {
        let of = found.iter().position(|values| value(values, year).is_none())?;
        Some((year, of))
    });
    if let Some((year, of)) = lacking {
        let message = message!("analysis-fit-gap", name = name, series = &fit.of[of].text, year = year);
        let help = message!("analysis-fit-gap.help", from = year + 1, to = to);
        return Err(Diagnostic::error(fit.of[of].place, message).help(help).into());
    }
    if to < from {
        return Err(Diagnostic::error(fit.place, message!("analysis-fit-no-years", name = name))
            .help(key!("analysis-fit-no-years.help"))
            .into());
    }
    let values =
        found.iter().map(|values| (from..=to).filter_map(|year| value(values, year)).collect()).collect();
    Ok(Series { from, values })
}
