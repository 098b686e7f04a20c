//! `[run]`: with which options the scenario is run where the command line names no others.

use super::ScenarioReader;
use super::keys::place_of;
use crate::ensemble::MOST_PATHS;
use crate::scenario::document::{TomlTable, TomlValue};
use crate::scenario::written::{RunSettings, SAMPLINGS, Scenario};
use crate::text::{Diagnostic, Message, Place};
use crate::{key, message};

impl ScenarioReader<'_, '_> {
    pub(super) fn run(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        let Some(table) = self.table(document, "run") else { return };
        let keys = [
            "paths",
            "seed",
            "sampling",
            "given",
            "record",
            "quantiles",
            "sensitivity",
            "pairs",
            "allow_implausible",
        ];
        self.known(table, &keys, &Message::verbatim("[run]"));
        let given = (place_of(table, "given"), self.string(table, "given"));
        scenario.run = RunSettings {
            paths: self.whole(table, "paths").filter(|paths| self.is_number_of_paths(table, *paths)),
            seed: self.whole(table, "seed"),
            sampling: Some(self.string(table, "sampling"))
                .filter(|sampling| self.is_sampling(table, sampling)),
            given: given.0.map(|place| (given.1, place)),
            record: self.names(table, "record").into_iter().map(|(name, _)| name).collect(),
            quantiles: self.levels(table),
            sensitivity: table.contains_key("sensitivity").then(|| self.boolean(table, "sensitivity")),
            allow_implausible: table
                .contains_key("allow_implausible")
                .then(|| self.boolean(table, "allow_implausible")),
            pairs: self.names(table, "pairs").into_iter().map(|(name, _)| name).collect(),
        };
    }

    fn wrong_setting(&mut self, place: Place, message: impl Into<Message>, help: impl Into<Message>) {
        self.diagnostics.push(Diagnostic::error(place, message).help(help));
    }

    /// A whole number from 0 on, written in digits. One from 2^53 on stands in quotes, as a number is read as a float.
    fn whole(&mut self, table: &TomlTable, key: &str) -> Option<u64> {
        let node = &table.get(key)?.node;
        let found = match &node.value {
            TomlValue::Number { number, whole: true } if (0.0..9007199254740992.0).contains(number) => {
                Some(*number as u64)
            }
            TomlValue::Text(text) => text.parse().ok(),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        match node.value {
            TomlValue::Number { number, whole: false }
                if (0.0..9007199254740992.0).contains(&number) && number.fract() == 0.0 =>
            {
                let help = message!("scenario-run-digits.help", digits = format!("{number:.0}"));
                self.wrong_setting(node.place, message!("scenario-run-digits", key = key), help);
            }
            _ => {
                let least = if key == "paths" { "1" } else { "0" };
                let message = message!("scenario-run-whole", key = key, least = least);
                self.wrong_setting(node.place, message, key!("scenario-run-whole.help"));
            }
        }
        None
    }

    fn is_number_of_paths(&mut self, table: &TomlTable, paths: u64) -> bool {
        let is = (1..=MOST_PATHS).contains(&paths);
        if let Some(place) = place_of(table, "paths").filter(|_| !is) {
            self.wrong_setting(place, key!("scenario-run-paths"), key!("scenario-run-paths.help"));
        }
        is
    }

    fn is_sampling(&mut self, table: &TomlTable, sampling: &str) -> bool {
        let is = SAMPLINGS.contains(&sampling);
        if let Some(place) = place_of(table, "sampling").filter(|_| !is) {
            let message = message!("scenario-run-sampling", sampling = sampling);
            self.wrong_setting(
                place,
                message,
                message!("scenario-run-sampling.help", names = SAMPLINGS.as_slice()),
            );
        }
        is
    }

    /// Levels of quantiles, between 0 and 1.
    fn levels(&mut self, table: &TomlTable) -> Option<Vec<f64>> {
        let node = &table.get("quantiles")?.node;
        let level = |value: &TomlValue| match value {
            TomlValue::Number { number, .. } if *number > 0.0 && *number < 1.0 => Some(*number),
            _ => None,
        };
        let levels: Option<Vec<f64>> = match &node.value {
            TomlValue::List(items) => items.iter().map(|item| level(&item.value)).collect(),
            _ => None,
        };
        let Some(mut levels) = levels.filter(|levels| !levels.is_empty()) else {
            let message = message!("scenario-run-quantiles");
            self.wrong_setting(node.place, message, key!("scenario-run-quantiles.help"));
            return None;
        };
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        Some(levels)
    }
}
