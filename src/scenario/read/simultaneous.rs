//! `[simultaneous]`: equations that use each other in the same year and are solved together.

use indexmap::IndexMap;

use super::ScenarioReader;
use super::keys::place_of;
use crate::scenario::document::{TomlTable, TomlValue};
use crate::scenario::written::{Scenario, Simultaneous, StartOfUnknown};
use crate::text::{Diagnostic, Message};
use crate::{key, message};

/// How large an error may be, relative to the value, where nothing is said.
const TOLERANCE: f64 = 1e-10;
/// Nearer than this numbers do not tell.
const LEAST_TOLERANCE: f64 = 1e-14;
/// A larger error would be seen in results.
const LARGEST_TOLERANCE: f64 = 1e-3;
/// How often the formulas may be evaluated where nothing is said.
const MOST: u32 = 100;
/// Most that may be asked for: a path that does not converge takes so many.
const LARGEST_MOST: f64 = 10_000.0;

/// Whether something stands there, right or wrong.
fn says_anything(written: Option<&TomlValue>) -> bool {
    match written {
        Some(TomlValue::List(items)) => !items.is_empty(),
        other => other.is_some(),
    }
}

impl ScenarioReader<'_, '_> {
    pub(super) fn simultaneous(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        if scenario.sets.contains_key("simultaneous") {
            return;
        }
        for (name, entry, table) in self.records(document, "simultaneous") {
            let what = message!("scenario-simultaneous", name = name);
            self.known(table, &["solves", "tolerance", "most", "from", "note"], &what);
            let solves = self.names(table, "solves");
            let says = table.get("solves").map(|entry| &entry.node.value);
            if solves.is_empty() && !says_anything(says) {
                self.diagnostics.push(
                    Diagnostic::missing(entry.key, message!("scenario-simultaneous-no-solves", what = &what))
                        .help(key!("scenario-simultaneous-no-solves.help")),
                );
            }
            let declared = Simultaneous {
                solves,
                tolerance: self.tolerance(table),
                most: self.most_evaluations(table),
                from: self.starts(table, &what),
                place: entry.key,
            };
            scenario.simultaneous.insert(name.clone(), declared);
        }
    }

    fn tolerance(&mut self, table: &TomlTable) -> f64 {
        let Some(tolerance) = self.number(table, "tolerance") else { return TOLERANCE };
        if (LEAST_TOLERANCE..=LARGEST_TOLERANCE).contains(&tolerance) {
            return tolerance;
        }
        let (least, largest) = (format!("{LEAST_TOLERANCE:e}"), format!("{LARGEST_TOLERANCE:e}"));
        let message = message!("scenario-simultaneous-tolerance", least = least, largest = largest);
        self.diagnostics.push(
            Diagnostic::error(place_of(table, "tolerance"), message)
                .help(key!("scenario-simultaneous-tolerance.help")),
        );
        TOLERANCE
    }

    fn most_evaluations(&mut self, table: &TomlTable) -> u32 {
        let Some(entry) = table.get("most") else { return MOST };
        match entry.node.value {
            TomlValue::Number { number, whole: true } if (2.0..=LARGEST_MOST).contains(&number) => {
                number as u32
            }
            _ => {
                let largest = LARGEST_MOST.to_string();
                let message = message!("scenario-simultaneous-most", largest = largest);
                self.diagnostics.push(
                    Diagnostic::error(entry.node.place, message)
                        .help(key!("scenario-simultaneous-most.help")),
                );
                MOST
            }
        }
    }

    /// What the unknowns start from, where it is not the year before.
    fn starts(&mut self, table: &TomlTable, what: &Message) -> IndexMap<String, StartOfUnknown> {
        let mut starts = IndexMap::new();
        match table.get("from").map(|entry| &entry.node) {
            None => {}
            Some(node) => match &node.value {
                TomlValue::Text(text) if text == "previous" => {}
                TomlValue::Table(given) => {
                    for (name, entry) in given {
                        let formula = self.formula(given, name, what, entry.key);
                        starts.insert(name.clone(), (formula, entry.key));
                    }
                }
                _ => self.diagnostics.push(
                    Diagnostic::error(
                        node.place,
                        message!("scenario-simultaneous-from", found = node.describe()),
                    )
                    .help(key!("scenario-simultaneous-from.help")),
                ),
            },
        }
        starts
    }
}
