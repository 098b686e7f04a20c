//! Reading `[tables]`: points that `lookup` joins by straight lines.

use super::ScenarioReader;
use super::keys::place_of;
use crate::message;
use crate::num::LookupTable;
use crate::scenario::document::{TomlTable, TomlValue};
use crate::scenario::written::{Scenario, WrittenTable};
use crate::text::number::hundredth;
use crate::text::{Diagnostic, Message, Place};

impl ScenarioReader<'_, '_> {
    /// `[tables]`
    pub(super) fn tables(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        if scenario.sets.contains_key("tables") {
            return;
        }
        for (name, entry, table) in self.records(document, "tables") {
            let what = message!("scenario-tables-table", name = name);
            self.known(table, &["x", "y", "x_unit", "unit", "title", "doc", "note", "source"], &what);
            if !self.name(name, entry.key) {
                continue;
            }
            let (x, y) = (self.row(table, "x", name, entry.key), self.row(table, "y", name, entry.key));
            let points = match (x, y) {
                (Some(x), Some(y)) => self.points(name, table, &x, &y),
                _ => None,
            };
            let written = WrittenTable {
                points: points.unwrap_or_default(),
                x_unit: self.string(table, "x_unit"),
                x_unit_place: place_of(table, "x_unit"),
                unit: self.string(table, "unit"),
                unit_place: place_of(table, "unit"),
                title: self.words(table, "title"),
                source: self.string(table, "source"),
                place: entry.key,
            };
            scenario.tables.insert(name.clone(), written);
        }
    }

    /// A row of numbers with their places; `None` when a problem was noted.
    fn row(&mut self, table: &TomlTable, key: &str, name: &str, place: Place) -> Option<Vec<(f64, Place)>> {
        let Some(entry) = table.get(key) else {
            let message = message!("scenario-tables-missing", name = name, key = key);
            let help = message!("scenario-tables-missing.help", name = name);
            self.diagnostics.push(Diagnostic::missing(place, message).help(help));
            return None;
        };
        let TomlValue::List(items) = &entry.node.value else {
            self.wrong_kind(&entry.node, Message::verbatim(key), crate::key!("scenario-tables-list"));
            return None;
        };
        let mut row = Vec::with_capacity(items.len());
        let mut whole = true;
        for item in items {
            let number = match &item.value {
                TomlValue::Number { number, .. } => Some(*number),
                TomlValue::Text(text) => {
                    let percent = text.trim().strip_suffix('%').and_then(hundredth);
                    percent.or_else(|| text.trim().parse().ok())
                }
                _ => None,
            };
            if let Some(number) = number.filter(|number| number.is_finite()) {
                row.push((number, item.place));
            } else {
                self.wrong_kind(item, Message::verbatim(key), crate::key!("scenario-kind-number"));
                whole = false;
            }
        }
        whole.then_some(row)
    }

    fn points(
        &mut self,
        name: &str,
        table: &TomlTable,
        x: &[(f64, Place)],
        y: &[(f64, Place)],
    ) -> Option<LookupTable> {
        if x.len() != y.len() || x.is_empty() {
            let (x, y) = (x.len(), y.len());
            let place = place_of(table, "y");
            let message = message!("scenario-tables-lengths", name = name, x = x, y = y);
            let help = message!("scenario-tables-lengths.help");
            self.diagnostics.push(Diagnostic::error(place, message).help(help));
            return None;
        }
        if let Some(pair) = x.windows(2).find(|pair| pair[1].0 <= pair[0].0) {
            let (before, after) = (pair[0].0.to_string(), pair[1].0.to_string());
            let message = message!("scenario-tables-order", name = name, before = before, after = after);
            let help = message!("scenario-tables-order.help");
            self.diagnostics.push(Diagnostic::error(pair[1].1, message).help(help));
            return None;
        }
        LookupTable::new(x.iter().zip(y).map(|((x, _), (y, _))| (*x, *y)).collect())
    }
}
