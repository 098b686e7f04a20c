//! Reading data values.

use super::ScenarioReader;
use super::periods::is_period;
use crate::num::Distribution;
use crate::scenario::document::{TomlNode, TomlTable, TomlValue};
use crate::scenario::merge::QUANTITY_KEYS;
use crate::scenario::quantity::{self, FileColumns, Percent, Provenance, Quantity, QuantityKind};
use crate::text::{Diagnostic, Place};
use crate::{key, message};

impl ScenarioReader<'_, '_> {
    /// A data value in any of its forms. `outer` says where it comes from unless it says so itself.
    pub(super) fn quantity(&mut self, node: &TomlNode, outer: &Provenance) -> Option<Quantity> {
        let mut percent = Percent::default();
        let kind = match &node.value {
            TomlValue::Number { number, .. } => {
                if !number.is_finite() {
                    self.diagnostics.error(node.place, key!("scenario-quantities-finite"));
                    return None;
                }
                percent = Percent::of_number(*number, node.place);
                QuantityKind::Number(*number)
            }
            TomlValue::Text(text) => {
                let kind;
                (kind, percent) = self.quantity_text(text, node.place)?;
                kind
            }
            TomlValue::Table(table) if table.contains_key("value") => {
                self.known(
                    table,
                    &["value", "unit", "source", "figure", "note", "title"],
                    &message!("scenario-quantities-provenance"),
                );
                let inner = self.provenance(table).or(outer);
                return self.quantity(&table["value"].node, &inner);
            }
            TomlValue::Table(table) if table.is_empty() => {
                self.diagnostics.error(node.place, key!("scenario-quantities-no-value"));
                return None;
            }
            TomlValue::Table(table) if table.keys().all(|key| key == "interpolate" || is_period(key)) => {
                self.by_year(table, outer)?
            }
            TomlValue::Table(table) => self.by_member(table, outer)?,
            TomlValue::Boolean(_) | TomlValue::List(_) => {
                self.wrong_kind(node, key!("scenario-quantities-value"), key!("scenario-quantities-kinds"));
                return None;
            }
        };
        Some(Quantity { kind, provenance: outer.clone(), percent, place: node.place })
    }

    /// A data value; one that cannot be read is broken, so that its name is known all the same.
    pub(super) fn quantity_or_broken(&mut self, node: &TomlNode, outer: &Provenance) -> Quantity {
        let broken = || Quantity::broken(outer, node.place);
        self.quantity(node, outer).unwrap_or_else(broken)
    }

    pub(super) fn quantity_text(&mut self, text: &str, place: Place) -> Option<(QuantityKind, Percent)> {
        let (beside, sampled) = (&mut *self.beside, &mut self.sampled);
        let mut reads_file = false;
        let mut columns = |wanted: &FileColumns<'_>| {
            reads_file = true;
            sampled.columns(wanted, |path| beside(place, path))
        };
        let (mut kind, signs) = match quantity::parse(text, &self.named, &mut columns) {
            Ok((QuantityKind::Number(number), _)) if !number.is_finite() => {
                self.diagnostics.error(place, key!("scenario-quantities-finite"));
                return None;
            }
            Ok(parsed) => parsed,
            Err(error) => {
                self.syntax(&error, place, text.len());
                return None;
            }
        };
        if let QuantityKind::Chance(distribution, written) = &mut kind {
            if let Err(diagnostic) = self.sampled.share_rows(distribution, place) {
                self.diagnostics.push(diagnostic);
                return None;
            }
            // A stored scenario holds the values instead of the file: what is shown of both is the same.
            let values = reads_file.then(|| inline(distribution));
            if sampled_values(distribution) > MOST_SHOWN {
                *written = distribution.to_string();
            } else if let Some(values) = &values {
                written.clone_from(values);
            }
            if let Some(values) = values {
                self.samples.insert((place, text.to_string()), values);
            }
        }
        Some((kind, signs.placed(text, place)))
    }

    fn by_year(&mut self, table: &TomlTable, outer: &Provenance) -> Option<QuantityKind> {
        let linear = match table.get("interpolate").map(|entry| &entry.node) {
            None => false,
            Some(node) if node.text() == Some("linear") => true,
            Some(node) => {
                self.diagnostics.push(
                    Diagnostic::error(node.place, key!("scenario-quantities-linear"))
                        .help(key!("scenario-quantities-linear.help")),
                );
                false
            }
        };
        let mut entries = Vec::new();
        for (key, entry) in table {
            if is_period(key) {
                let year = self.period_from(key, entry.key)?;
                let value = self.quantity(&entry.node, outer)?;
                if matches!(value.kind, QuantityKind::ByYear { .. } | QuantityKind::ByMember(_)) {
                    self.diagnostics.error(entry.node.place, key!("scenario-quantities-year"));
                    return None;
                }
                entries.push((year, value));
            }
        }
        if entries.is_empty() {
            self.diagnostics.push(
                Diagnostic::missing(table["interpolate"].key, key!("scenario-quantities-no-years"))
                    .help(key!("scenario-quantities-no-years.help")),
            );
            return None;
        }
        entries.sort_by_key(|(year, _): &(i32, Quantity)| *year);
        if let Some(twice) = entries.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let message = message!("scenario-quantities-twice", period = twice[1].0);
            self.diagnostics.push(
                Diagnostic::error(twice[1].1.place, message).help(key!("scenario-quantities-twice.help")),
            );
            return None;
        }
        Some(QuantityKind::ByYear { linear, entries })
    }

    /// Says what is wrong with keys of which some are numbers and some are no years.
    fn neither_years_nor_members(&mut self, table: &TomlTable) -> Option<QuantityKind> {
        for (key, entry) in table.iter().filter(|(key, _)| !is_period(key)) {
            let diagnostic = if key.starts_with(|c: char| c.is_ascii_digit()) {
                Diagnostic::error(entry.key, message!("scenario-quantities-no-year", key = key))
                    .help(key!("scenario-quantities-no-year.help"))
            } else {
                Diagnostic::error(entry.key, message!("scenario-quantities-among-years", key = key))
                    .help(key!("scenario-quantities-among-years.help"))
            };
            self.diagnostics.push(diagnostic);
        }
        None
    }

    fn by_member(&mut self, table: &TomlTable, outer: &Provenance) -> Option<QuantityKind> {
        if table.keys().any(|key| key.starts_with(|c: char| c.is_ascii_digit())) {
            return self.neither_years_nor_members(table);
        }
        let mut entries = Vec::new();
        for (key, entry) in table {
            if QUANTITY_KEYS.contains(&key.as_str()) {
                self.diagnostics.push(
                    Diagnostic::error(entry.key, message!("scenario-quantities-among-members", key = key))
                        .help(key!("scenario-quantities-among-members.help")),
                );
                continue;
            }
            let value = self.quantity(&entry.node, outer)?;
            if matches!(value.kind, QuantityKind::ByMember(_)) {
                self.diagnostics.error(entry.node.place, key!("scenario-quantities-two-sets"));
                return None;
            }
            entries.push((key.clone(), entry.key, value));
        }
        Some(QuantityKind::ByMember(entries))
    }
}

impl ScenarioReader<'_, '_> {
    /// Unit, source, figures, note and title of a table.
    pub(super) fn provenance(&mut self, table: &TomlTable) -> Provenance {
        let present = |text: String| (!text.is_empty()).then_some(text);
        Provenance {
            unit: present(self.string(table, "unit")),
            source: present(self.string(table, "source")),
            unit_place: table.get("unit").map(|entry| entry.node.place),
            source_place: table.get("source").map(|entry| entry.node.place),
            figures: self.names(table, "figure"),
            note: self.words(table, "note"),
            title: self.words(table, "title"),
        }
    }
}

/// The most values of a sample that are shown one by one where a distribution is named.
const MOST_SHOWN: usize = 12;

/// How many values the sample has that a distribution draws from: none for a distribution with a formula.
fn sampled_values(distribution: &Distribution) -> usize {
    match distribution {
        Distribution::Empirical { values } | Distribution::Resample { values, .. } => values.len(),
        Distribution::Truncated { inner, .. } | Distribution::ParetoTail { body: inner, .. } => {
            sampled_values(inner)
        }
        Distribution::Mixture { components } => {
            components.iter().map(|(_, component)| sampled_values(component)).sum()
        }
        _ => 0,
    }
}

/// A distribution that was read from a file, with its values written out.
fn inline(distribution: &Distribution) -> String {
    match distribution {
        Distribution::Empirical { values } => {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            format!("values({})", values.join(", "))
        }
        Distribution::Resample { values, weights, rows } => {
            let weight =
                |row: usize| weights.get(row).map_or_else(String::new, |weight| format!(": {weight}"));
            let rows = rows.as_ref().map(|name| format!("'{name}'"));
            let values = values.iter().enumerate().map(|(row, value)| format!("{value}{}", weight(row)));
            format!("resample({})", values.chain(rows).collect::<Vec<_>>().join(", "))
        }
        Distribution::Truncated { inner, low, high } => format!("truncate({}, {low}, {high})", inline(inner)),
        Distribution::ParetoTail { body, level, shape, scale } => {
            format!("pareto_tail({}, {level}, {shape}, {scale})", inline(body))
        }
        Distribution::Mixture { components } => {
            let component = |(weight, own): &(f64, Distribution)| format!("{}: {weight}", inline(own));
            format!("mixture({})", components.iter().map(component).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
