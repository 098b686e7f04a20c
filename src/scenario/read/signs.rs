//! Per cent signs of numbers beside a quantity: the ends of its lever, the bounds of a field, recorded values.

use super::ScenarioReader;
use crate::scenario::document::{TomlNode, TomlTable, TomlValue};
use crate::scenario::quantity::{Quantity, QuantityKind, speaks_of_percent};
use crate::text::Diagnostic;

impl ScenarioReader<'_, '_> {
    /// Notes numbers under these keys that have a per cent sign where the values of a quantity in per cent have none, or
    /// have none where those have one. `what` is what the numbers are.
    pub(super) fn signs_like(
        &mut self,
        table: &TomlTable,
        keys: &[&str],
        unit: &str,
        values: &[&Quantity],
        what: &str,
    ) {
        let Some(signed) = values.iter().find_map(|value| sign(value)).filter(|_| speaks_of_percent(unit))
        else {
            return;
        };
        for node in keys.iter().filter_map(|key| table.get(*key)).map(|entry| &entry.node) {
            if number_sign(node).is_some_and(|other| other != signed) {
                let (has, have, help) = if signed {
                    ("no %", "some", "write it with the sign, as the values: \"40%\"")
                } else {
                    ("%", "none", "write it without the sign, as the values: 40")
                };
                let message = format!("{what} has {has}, and the values that it is about have {have}");
                self.diagnostics.push(Diagnostic::error(node.place, message).help(help));
            }
        }
    }

    /// Notes a record in per cent of which some values have a sign and some have none.
    pub(super) fn signs_alike(&mut self, name: &str, unit: &str, values: &TomlTable) {
        let signs =
            || values.values().filter_map(|entry| Some((number_sign(&entry.node)?, entry.node.place)));
        let with = signs().find(|(signed, _)| *signed);
        let without = signs().find(|(signed, _)| !*signed);
        if let (Some(_), Some((_, place)), true) = (with, without, speaks_of_percent(unit)) {
            let message =
                format!("the history of {name} is in {unit}, and here a number has no % where others have");
            self.diagnostics.push(
                Diagnostic::error(place, message).help(
                    "write all with the sign (\"4.5%\", a plain 0.045) or all without (4.5, in per cent)",
                ),
            );
        }
    }
}

/// Whether a number has a per cent sign; `None` for zero, which needs none, and for what is no number.
fn number_sign(node: &TomlNode) -> Option<bool> {
    match &node.value {
        TomlValue::Number { number, .. } => (*number != 0.0).then_some(false),
        TomlValue::Text(text) => {
            let plain = text.trim().trim_end_matches('%').trim();
            let number: f64 = plain.parse().ok()?;
            (number != 0.0).then(|| text.contains('%'))
        }
        _ => None,
    }
}

/// Whether a quantity's values have a per cent sign; `None` where nothing says so.
fn sign(quantity: &Quantity) -> Option<bool> {
    match &quantity.kind {
        QuantityKind::ByMember(entries) => entries.iter().find_map(|(_, _, inner)| sign(inner)),
        QuantityKind::ByYear { entries, .. } => entries.iter().find_map(|(_, inner)| sign(inner)),
        _ if quantity.percent.with.is_some() => Some(true),
        _ => quantity.percent.without.map(|_| false),
    }
}
