//! Per cent signs of numbers beside a quantity: the ends of its lever, the bounds of a field, recorded values.

use super::ScenarioReader;
use crate::scenario::document::{TomlNode, TomlTable, TomlValue};
use crate::scenario::quantity::{Quantity, speaks_of_percent};
use crate::text::{Diagnostic, Message};
use crate::{key, message};

impl ScenarioReader<'_, '_> {
    /// Notes numbers under these keys that have a per cent sign where the values of a quantity in per cent have none, or
    /// have none where those have one. `what` is what the numbers are.
    pub(super) fn signs_like(
        &mut self,
        table: &TomlTable,
        keys: &[&str],
        unit: &str,
        values: &[&Quantity],
        what: &Message,
    ) {
        let Some(signed) =
            values.iter().find_map(|value| value.has_percent_sign()).filter(|_| speaks_of_percent(unit))
        else {
            return;
        };
        for node in keys.iter().filter_map(|key| table.get(*key)).map(|entry| &entry.node) {
            if number_sign(node).is_some_and(|other| other != signed) {
                let (message, help) = if signed {
                    (message!("scenario-signs-lacking", what = what), key!("scenario-signs-lacking.help"))
                } else {
                    (message!("scenario-signs-having", what = what), key!("scenario-signs-having.help"))
                };
                self.diagnostics.push(Diagnostic::error(node.place, message).help(help));
            }
        }
    }

    /// Notes numbers under these keys that have a per cent sign and are of something in per cent, as its values are in its unit.
    pub(super) fn unsigned(&mut self, table: &TomlTable, keys: &[&str], unit: &str, what: &Message) {
        if !speaks_of_percent(unit) {
            return;
        }
        let signed = |key: &&str| table.get(*key).filter(|entry| number_sign(&entry.node) == Some(true));
        for entry in keys.iter().filter_map(signed) {
            let message = message!("scenario-signs-record-having", what = what, unit = unit);
            let help = message!("scenario-signs-record-having.help", unit = unit);
            self.diagnostics.push(Diagnostic::error(entry.node.place, message).help(help));
        }
    }

    /// Notes recorded values of a variable in per cent that have a per cent sign: a variable's values are in its unit, and
    /// with the sign they would be a hundredth of what is meant. `what` is what the values are.
    pub(super) fn signs_alike(&mut self, what: &Message, unit: &str, values: &TomlTable) {
        if !speaks_of_percent(unit) {
            return;
        }
        let signs =
            || values.values().filter_map(|entry| Some((number_sign(&entry.node)?, entry.node.place)));
        let with = signs().find(|(signed, _)| *signed);
        let without = signs().find(|(signed, _)| !*signed);
        let (place, message, help) = match (with, without) {
            (Some(_), Some((_, place))) => (
                place,
                message!("scenario-signs-record-lacking", what = what, unit = unit),
                message!("scenario-signs-record-lacking.help", unit = unit),
            ),
            (Some((_, place)), None) => (
                place,
                message!("scenario-signs-record-having", what = what, unit = unit),
                message!("scenario-signs-record-having.help", unit = unit),
            ),
            (None, _) => return,
        };
        self.diagnostics.push(Diagnostic::error(place, message).help(help));
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
