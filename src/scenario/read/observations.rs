//! `[observations]`: what became known of a variable, with its measurement error.

use super::data_tables::DIALECT_KEYS;
use super::keys::place_of;
use super::periods::is_period;
use super::{ByName, ScenarioReader};
use crate::scenario::document::{Entry, TomlNode, TomlTable, TomlValue};
use crate::scenario::observation::{
    self, Date, MeasurementError, ObservationColumns, ObservationLine, Observations,
};
use crate::scenario::written::Scenario;
use crate::text::period::label;
use crate::text::{Diagnostic, Key, Place};
use crate::{key, message};

const EXAMPLE: Key = key!("scenario-observations-example");

/// How the values of one variable are read.
struct Rules {
    /// The error of those that have none of their own.
    sd: Option<MeasurementError>,
    /// Errors by year.
    by_year: Vec<(i32, MeasurementError)>,
    scale: f64,
    as_of: Option<Date>,
    unit: String,
}

impl ScenarioReader<'_, '_> {
    pub(super) fn observations(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        if scenario.sets.contains_key("observations") {
            return;
        }
        for (name, entry, table) in self.records(document, "observations") {
            let own =
                ["file", "year", "value", "published", "values", "sd", "scale", "as_of", "source", "note"];
            let keys = [own.as_slice(), &DIALECT_KEYS].concat();
            self.known(table, &keys, &message!("scenario-observations-observations", name = name));
            let unit = scenario.variables.get(name.split('[').next().unwrap_or_default().trim());
            let rules = self.rules(table, unit.map(|own| own.unit.clone()).unwrap_or_default());
            let lines = if table.contains_key("values") {
                if let Some(values) = table.get("values").and_then(|entry| entry.node.table()) {
                    let what = message!("scenario-observations-observations", name = name);
                    self.signs_alike(&what, &rules.unit, values);
                }
                self.lines_written(table)
            } else {
                self.lines_of_file(name, entry, table)
            };
            let values = self.observed_by(name, entry, &lines, &rules);
            let name = crate::scenario::claims::element(name);
            scenario.observations.insert(name, Observations { values, place: entry.key });
        }
    }

    fn rules(&mut self, table: &TomlTable, unit: String) -> Rules {
        let as_of = place_of(table, "as_of").and_then(|place| {
            let text = self.string(table, "as_of");
            let date = Date::parse(&text);
            if date.is_none() && !text.is_empty() {
                self.diagnostics.push(
                    Diagnostic::error(place, message!("scenario-observations-no-day", text = text))
                        .help(key!("scenario-observations-no-day.help")),
                );
            }
            date
        });
        let scale = self.number(table, "scale").unwrap_or(1.0);
        if scale == 0.0 {
            self.diagnostics.push(
                Diagnostic::error(place_of(table, "scale"), key!("scenario-observations-scale"))
                    .help(key!("scenario-observations-scale.help")),
            );
        }
        let (mut sd, mut by_year) = (None, Vec::new());
        match table.get("sd").map(|entry| &entry.node) {
            Some(TomlNode { value: TomlValue::Table(years), .. }) => {
                for (key, entry) in years {
                    let spread = self.spread(&entry.node);
                    if is_period(key) {
                        by_year.extend(self.period_of(key, entry.key).zip(spread));
                    } else {
                        self.no_year(entry.key, key);
                    }
                }
            }
            Some(node) => sd = self.spread(node),
            None => {}
        }
        Rules { sd, by_year, scale, as_of, unit }
    }

    fn no_year(&mut self, place: Place, key: &str) {
        self.diagnostics.push(
            Diagnostic::error(place, message!("scenario-observations-no-year", key = key))
                .help(key!("scenario-observations-no-year.help")),
        );
    }

    fn spread(&mut self, node: &TomlNode) -> Option<MeasurementError> {
        let text = match &node.value {
            TomlValue::Number { number, .. } => number.to_string(),
            TomlValue::Text(text) => text.clone(),
            _ => String::new(),
        };
        let spread = MeasurementError::parse(&text);
        if spread.is_none() {
            self.diagnostics.push(
                Diagnostic::error(node.place, key!("scenario-observations-sd"))
                    .help(key!("scenario-observations-sd.help")),
            );
        }
        spread
    }

    fn lines_written(&mut self, table: &TomlTable) -> Vec<ObservationLine> {
        let of_files = ["file", "year", "value", "published"];
        for key in of_files.iter().chain(&DIALECT_KEYS).filter_map(|key| table.get(*key)) {
            self.diagnostics.push(
                Diagnostic::error(key.key, key!("scenario-observations-both"))
                    .help(key!("scenario-observations-both.help")),
            );
        }
        let mut lines = Vec::new();
        for (key, entry) in self.table(table, "values").into_iter().flatten() {
            if !is_period(key) {
                self.no_year(entry.key, key);
                continue;
            }
            let own = TomlTable::from([(key.clone(), entry.clone())]);
            if let (Some(value), Some(year)) = (self.number(&own, key), self.period_of(key, entry.key)) {
                let (variable, unit) = (String::new(), String::new());
                lines.push(ObservationLine {
                    line: 0,
                    variable,
                    unit,
                    year,
                    value,
                    percent: None,
                    sd: None,
                    published: None,
                });
            }
        }
        lines
    }

    fn lines_of_file(&mut self, name: &str, entry: &Entry, table: &TomlTable) -> Vec<ObservationLine> {
        let Some(file) = place_of(table, "file") else {
            let message = message!("scenario-observations-no-file", name = name);
            self.diagnostics.push(Diagnostic::missing(entry.key, message).help(EXAMPLE));
            return Vec::new();
        };
        let mut named = |key: &str| table.contains_key(key).then(|| self.string(table, key));
        let (year, value, published) = (named("year"), named("value"), named("published"));
        let Some(mut found) = self.data_table(file, table) else { return Vec::new() };
        let there = |column: &'static str| found.has(column).then_some(column);
        let columns = ObservationColumns {
            year: year.as_deref(),
            value: value.as_deref(),
            // A file of several variables has a column that names them.
            variable: there("variable"),
            unit: None,
            step: self.step.unwrap_or_default(),
            sd: there("sd"),
            published: published.as_deref().or_else(|| there("published")),
        };
        let lines = observation::lines(&mut found, &columns).unwrap_or_else(|messages| {
            messages.into_iter().for_each(|message| self.diagnostics.error(file, message));
            Vec::new()
        });
        self.note_table(format!("observations.{name}"), &found, lines.len());
        let element = crate::scenario::claims::element(name);
        let is_own = |line: &ObservationLine| {
            columns.variable.is_none() || crate::scenario::claims::element(&line.variable) == element
        };
        lines.into_iter().filter(is_own).collect()
    }

    fn observed_by(
        &mut self,
        name: &str,
        entry: &Entry,
        lines: &[ObservationLine],
        rules: &Rules,
    ) -> Vec<observation::Observation> {
        let newest = observation::newest(name, lines, rules.as_of).unwrap_or_else(|messages| {
            messages.into_iter().for_each(|message| self.diagnostics.error(entry.key, message));
            Vec::new()
        });
        let values: Vec<_> = newest
            .into_iter()
            .map(|line| {
                let own = rules.by_year.iter().find(|(year, _)| *year == line.year).map(|(_, sd)| *sd);
                observation::observation(line, rules.scale, own.or(rules.sd), &rules.unit)
            })
            .collect();
        if let Some(lacking) = values.iter().find(|value| value.sd.is_none()) {
            let message = message!("scenario-observations-no-sd", name = name, year = lacking.year);
            self.diagnostics
                .push(Diagnostic::missing(entry.key, message).help(key!("scenario-observations-no-sd.help")));
        }
        values
    }
}

/// Puts values and errors in the place of files, scales and days.
pub(super) fn inline(document: &mut TomlTable, observations: &ByName<Observations>) {
    let observed = document.get_mut("observations").and_then(|entry| entry.node.table_mut());
    for (name, entry) in observed.into_iter().flatten() {
        let known = observations.get(&crate::scenario::claims::element(name));
        let (Some(table), Some(known)) = (entry.node.table_mut(), known) else { continue };
        table.retain(|key, _| matches!(key.as_str(), "source" | "note"));
        let place = known.place;
        let of = |number: f64| TomlNode { place, value: TomlValue::Number { number, whole: false } };
        let by_year = |number: fn(&observation::Observation) -> Option<f64>| {
            let all = known.values.iter().filter_map(|value| Some((value.year, number(value)?)));
            let entries = all.map(|(year, number)| (label(year), Entry { key: place, node: of(number) }));
            Entry { key: place, node: TomlNode { place, value: TomlValue::Table(entries.collect()) } }
        };
        table.insert("values".into(), by_year(|value| Some(value.value)));
        table.insert("sd".into(), by_year(|value| value.sd));
    }
}
