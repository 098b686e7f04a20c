//! `[history]`: what was observed of a variable; of several units side by side, a panel.

use super::data_tables::DIALECT_KEYS;
use super::keys::place_of;
use super::periods::is_period;
use super::{ByName, ScenarioReader};
use crate::scenario::document::{Entry, TomlNode, TomlTable, TomlValue};
use crate::scenario::history;
use crate::scenario::observation::{self, ObservationColumns};
use crate::scenario::written::{History, Scenario};
use crate::text::Diagnostic;
use crate::text::period::label;
use crate::{key, message};

impl ScenarioReader<'_, '_> {
    pub(super) fn history(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        for (name, entry, table) in self.records(document, "history") {
            let own = ["file", "year", "value", "unit", "published", "values", "source", "note"];
            let keys = [own.as_slice(), &DIALECT_KEYS].concat();
            self.known(table, &keys, &message!("scenario-records-history", name = name));
            let by_line = ["unit", "published"].iter().any(|key| table.contains_key(*key));
            if by_line && !table.contains_key("values") {
                let unit = unit_of(scenario, name);
                let history = self.history_of_lines(name, entry, table, &unit);
                scenario.history.insert(name.clone(), history);
                continue;
            }
            let values = if table.contains_key("values") {
                let of_files = ["file", "year", "value", "unit", "published"];
                for key in of_files.iter().chain(&DIALECT_KEYS).filter_map(|key| table.get(*key)) {
                    self.diagnostics.push(
                        Diagnostic::error(key.key, key!("scenario-records-both"))
                            .help(key!("scenario-records-both.help")),
                    );
                }
                let unit = unit_of(scenario, name);
                self.table(table, "values").map(|values| {
                    let what = message!("scenario-records-history", name = name);
                    self.signs_alike(&what, &unit, values);
                    self.observed(values)
                })
            } else {
                self.observed_in_file(name, entry, table, &unit_of(scenario, name))
            };
            let values = values.unwrap_or_default();
            scenario.history.insert(name.clone(), History { values, place: entry.key, ..History::default() });
        }
    }

    /// Observed values of units, or with their days of publication.
    fn history_of_lines(&mut self, name: &str, entry: &Entry, table: &TomlTable, unit: &str) -> History {
        let is_panel = table.contains_key("unit");
        let mut history = History { is_panel, place: entry.key, ..History::default() };
        let Some(file) = place_of(table, "file") else {
            let message = message!("scenario-records-no-file", name = name);
            let help = message!("scenario-records-no-file.by-line");
            self.diagnostics.push(Diagnostic::missing(entry.key, message).help(help));
            return history;
        };
        let mut named = |key: &str| table.contains_key(key).then(|| self.string(table, key));
        let [year, value, side_by_side, published] = ["year", "value", "unit", "published"].map(&mut named);
        let columns = ObservationColumns {
            year: year.as_deref(),
            value: value.as_deref(),
            unit: side_by_side.as_deref(),
            published: published.as_deref(),
            step: self.step.unwrap_or_default(),
            ..ObservationColumns::default()
        };
        let Some(mut found) = self.data_table(file, table) else { return history };
        let newest = observation::lines(&mut found, &columns).and_then(|mut lines| {
            lines.iter_mut().for_each(|line| line.value = line.value_in(unit));
            let newest = observation::newest_by_unit(&found.file, &lines)?;
            let newest: Vec<(i32, f64)> = newest.iter().map(|line| (line.year, line.value)).collect();
            Ok((newest, lines))
        });
        match newest {
            Ok((newest, lines)) => {
                self.note_table(format!("history.{name}"), &found, lines.len());
                history.lines = lines;
                if !is_panel {
                    history.values = newest;
                }
            }
            Err(messages) => {
                messages.into_iter().for_each(|message| self.diagnostics.error(file, message));
            }
        }
        history
    }

    /// Observed values that stand in a file beside the scenario.
    fn observed_in_file(
        &mut self,
        name: &str,
        entry: &Entry,
        table: &TomlTable,
        unit: &str,
    ) -> Option<Vec<(i32, f64)>> {
        let Some(file) = table.get("file") else {
            self.diagnostics.push(
                Diagnostic::missing(entry.key, message!("scenario-records-no-file", name = name))
                    .help(key!("scenario-records-no-file.help")),
            );
            return None;
        };
        let mut column = |key: &str| match table.get(key).map(|_| self.string(table, key)) {
            // What is no name was complained of.
            Some(name) if name.is_empty() => None,
            named => Some(named),
        };
        let (year, value) = (column("year"), column("value"));
        let (year, value) = (year?, value?);
        let mut found = self.data_table(file.node.place, table)?;
        let read = history::observed(
            &mut found,
            [year.as_deref(), value.as_deref()],
            unit,
            self.step.unwrap_or_default(),
        );
        let values = read.map_err(|messages| {
            messages.into_iter().for_each(|message| self.diagnostics.error(file.node.place, message));
        });
        self.note_table(format!("history.{name}"), &found, values.as_ref().map_or(0, Vec::len));
        values.ok()
    }

    /// Observed values that stand in the scenario itself.
    fn observed(&mut self, table: &TomlTable) -> Vec<(i32, f64)> {
        let mut values = Vec::new();
        for (key, entry) in table {
            if is_period(key) {
                let year = self.period_of(key, entry.key);
                values.extend(year.zip(self.number(table, key)));
            } else {
                self.diagnostics.push(
                    Diagnostic::error(entry.key, message!("scenario-records-no-year", key = key))
                        .help(key!("scenario-records-no-year.help")),
                );
            }
        }
        values.sort_by_key(|(year, _)| *year);
        values
    }
}

/// The unit of the variable that a history is of.
fn unit_of(scenario: &Scenario, name: &str) -> String {
    let variable = scenario.variables.get(name.split('[').next().unwrap_or_default());
    variable.map(|own| own.unit.clone()).unwrap_or_default()
}

/// Puts observed values in the place of files.
pub(super) fn inline(document: &mut TomlTable, history: &ByName<History>) {
    let observed = document.get_mut("history").and_then(|entry| entry.node.table_mut());
    for (name, entry) in observed.into_iter().flatten() {
        if let (Some(table), Some(known)) = (entry.node.table_mut(), history.get(name)) {
            table.retain(|key, _| matches!(key.as_str(), "source" | "note"));
            let values = known.values.iter().map(|(year, value)| {
                let node = TomlNode {
                    place: known.place,
                    value: TomlValue::Number { number: *value, whole: false },
                };
                (label(*year), Entry { key: known.place, node })
            });
            let node = TomlNode { place: known.place, value: TomlValue::Table(values.collect()) };
            table.insert("values".into(), Entry { key: known.place, node });
        }
    }
}
