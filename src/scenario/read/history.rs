//! `[history]`: what was observed of a variable; of several units side by side, a panel.

use super::keys::place_of;
use super::{ByName, ScenarioReader};
use crate::scenario::document::{Entry, TomlNode, TomlTable, TomlValue};
use crate::scenario::history;
use crate::scenario::observation::{self, ObservationColumns};
use crate::scenario::written::{History, Scenario};
use crate::text::Diagnostic;
use crate::{key, message};

impl ScenarioReader<'_, '_> {
    pub(super) fn history(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        for (name, entry, table) in self.records(document, "history") {
            let keys = ["file", "year", "value", "unit", "published", "values", "source", "note"];
            self.known(table, &keys, &message!("scenario-records-history", name = name));
            let by_line = ["unit", "published"].iter().any(|key| table.contains_key(*key));
            if by_line && !table.contains_key("values") {
                let history = self.history_of_lines(name, entry, table);
                scenario.history.insert(name.clone(), history);
                continue;
            }
            let values = if table.contains_key("values") {
                for key in ["file", "year", "value", "unit", "published"]
                    .into_iter()
                    .filter_map(|key| table.get(key))
                {
                    self.diagnostics.push(
                        Diagnostic::error(key.key, key!("scenario-records-both"))
                            .help(key!("scenario-records-both.help")),
                    );
                }
                let unit = scenario
                    .variables
                    .get(name.split('[').next().unwrap_or_default())
                    .map(|own| own.unit.clone());
                self.table(table, "values").map(|values| {
                    let what = message!("scenario-records-history", name = name);
                    self.signs_alike(&what, &unit.unwrap_or_default(), values);
                    self.observed(values)
                })
            } else {
                self.observed_in_file(name, entry, table)
            };
            let values = values.unwrap_or_default();
            scenario.history.insert(name.clone(), History { values, place: entry.key, ..History::default() });
        }
    }

    /// Observed values of units, or with their days of publication.
    fn history_of_lines(&mut self, name: &str, entry: &Entry, table: &TomlTable) -> History {
        let is_panel = table.contains_key("unit");
        let mut history = History { is_panel, place: entry.key, ..History::default() };
        let Some(file) = place_of(table, "file") else {
            let message = message!("scenario-records-no-file", name = name);
            let help = message!("scenario-records-no-file.by-line");
            self.diagnostics.push(Diagnostic::missing(entry.key, message).help(help));
            return history;
        };
        let mut named = |key: &str| table.contains_key(key).then(|| self.string(table, key));
        let [year, value, unit, published] = ["year", "value", "unit", "published"].map(&mut named);
        let path = self.string(table, "file");
        let columns = ObservationColumns {
            year: year.as_deref().unwrap_or("year"),
            value: value.as_deref().unwrap_or("value"),
            unit: unit.as_deref(),
            published: published.as_deref(),
            ..ObservationColumns::default()
        };
        let read = (self.beside)(file, &path).map_err(|message| vec![message]);
        let read = read.and_then(|text| observation::lines(&path, &text, &columns));
        let newest = read.and_then(|lines| {
            history.lines = lines;
            observation::newest_by_unit(&path, &history.lines)
        });
        match newest {
            Ok(newest) if !is_panel => {
                history.values = newest.iter().map(|line| (line.year, line.value)).collect();
            }
            Ok(_) => {}
            Err(messages) => {
                messages.into_iter().for_each(|message| self.diagnostics.error(file, message));
            }
        }
        history
    }

    /// Observed values that stand in a CSV file beside the scenario.
    fn observed_in_file(&mut self, name: &str, entry: &Entry, table: &TomlTable) -> Option<Vec<(i32, f64)>> {
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
            named => Some(named.unwrap_or_else(|| key.to_string())),
        };
        let (year, value, path) = (column("year"), column("value"), column("file"));
        let (year, value, path) = (year?, value?, path?);
        let read = (self.beside)(file.node.place, &path)
            .map_err(|message| vec![message])
            .and_then(|text| history::observed(&path, &text, &year, &value));
        read.map_err(|messages| {
            messages.into_iter().for_each(|message| self.diagnostics.error(file.node.place, message));
        })
        .ok()
    }

    /// Observed values that stand in the scenario itself.
    fn observed(&mut self, table: &TomlTable) -> Vec<(i32, f64)> {
        let mut values = Vec::new();
        for (key, entry) in table {
            match key.parse() {
                Ok(year) if history::is_year(key) => {
                    values.extend(self.number(table, key).map(|value| (year, value)));
                }
                _ => self.diagnostics.push(
                    Diagnostic::error(entry.key, message!("scenario-records-no-year", key = key))
                        .help(key!("scenario-records-no-year.help")),
                ),
            }
        }
        values.sort_by_key(|(year, _)| *year);
        values
    }
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
                (year.to_string(), Entry { key: known.place, node })
            });
            let node = TomlNode { place: known.place, value: TomlValue::Table(values.collect()) };
            table.insert("values".into(), Entry { key: known.place, node });
        }
    }
}
