//! Reading variables, metrics, targets and gates.

use super::ScenarioReader;
use super::keys::place_of;
use crate::formula::{Expr, ExprKind, Span, SyntaxError, parse, parse_declaration};
use crate::scenario::document::{Entry, TomlNode, TomlTable, TomlValue};
use crate::scenario::written::{Formula, Metric, Scenario, Target, Variable, WrittenGate};
use crate::text::{Diagnostic, Message, Place, Text};
use crate::{key, message};

impl ScenarioReader<'_, '_> {
    pub(super) fn equations(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        for (key, entry, table) in self.records(document, "variables") {
            if let Some((name, variable)) = self.variable(key, entry, table) {
                if scenario.variables.contains_key(&name) {
                    self.diagnostics.push(
                        Diagnostic::error(entry.key, message!("scenario-equations-two", name = &name))
                            .help(key!("scenario-equations-two.help")),
                    );
                }
                scenario.variables.insert(name, variable);
            }
        }
        for (name, entry, table) in self.records(document, "metrics") {
            let what = message!("scenario-equations-metric", name = name);
            self.known(table, &["formula", "unit", "title", "doc", "note", "source"], &what);
            if self.name(name, entry.key) {
                let formula = self.formula(table, "formula", &what, entry.key);
                let title = named(self.words(table, "title"), name);
                let metric = Metric {
                    formula,
                    unit: self.string(table, "unit"),
                    unit_place: place_of(table, "unit"),
                    title,
                    place: entry.key,
                    is_condition: false,
                };
                scenario.metrics.insert(name.clone(), metric);
            }
        }
        for (name, entry, table) in self.records(document, "targets") {
            let what = message!("scenario-equations-target", name = name);
            self.known(
                table,
                &["require", "states", "title", "group", "source", "note", "id", "goal", "variant_of", "doc"],
                &what,
            );
            if self.name(name, entry.key) {
                let require = self.formula(table, "require", &what, entry.key);
                let target = Target {
                    require,
                    states: self.optional(table, "states", &what, entry.key),
                    title: named(self.words(table, "title"), name),
                    group: self.string(table, "group"),
                    source: self.string(table, "source"),
                    figure: self.string(table, "id"),
                    goal: place_of(table, "goal").map(|place| (self.string(table, "goal"), place)),
                    variant_of: self.names(table, "variant_of").into_iter().next(),
                    note: self.words(table, "note"),
                    place: entry.key,
                };
                scenario.targets.insert(name.clone(), target);
            }
        }
        for (name, entry, table) in self.records(document, "gates") {
            let what = message!("scenario-equations-gate", name = name);
            self.known(table, &["require", "note", "source"], &what);
            let require = self.formula(table, "require", &what, entry.key);
            scenario.gates.insert(name.clone(), WrittenGate { require, place: entry.key });
        }
    }

    fn variable(&mut self, key: &str, entry: &Entry, table: &TomlTable) -> Option<(String, Variable)> {
        let (name, indices) = match parse_declaration(key) {
            Ok(declaration) => declaration,
            Err(error) => {
                self.syntax(&error, entry.key, key.len());
                return None;
            }
        };
        if !self.name(&name, entry.key) {
            return None;
        }
        let what = message!("scenario-equations-variable", name = &name);
        let keys = ["formula", "start", "unit", "title", "doc", "report", "min", "max", "note", "source"];
        self.known(table, &keys, &what);
        let unit = self.string(table, "unit");
        let variable = Variable {
            start: self.optional(table, "start", &what, entry.key),
            formula: self.formula(table, "formula", &what, entry.key),
            unit_place: place_of(table, "unit"),
            title: named(self.words(table, "title"), &name),
            doc: self.words(table, "doc"),
            report: self.boolean(table, "report"),
            bounds: self.bounds(table, &what, &unit),
            source: self.string(table, "source"),
            unit,
            indices,
            place: entry.key,
        };
        Some((name, variable))
    }

    /// What a variable should be at least and at most.
    fn bounds(&mut self, table: &TomlTable, what: &Message, unit: &str) -> [Option<f64>; 2] {
        self.unsigned(table, &["min", "max"], unit, what);
        let bounds = ["min", "max"].map(|key| self.number(table, key));
        if let [Some(low), Some(high)] = bounds
            && low > high
        {
            let message = message!(
                "scenario-equations-bounds",
                what = what,
                low = low.to_string(),
                high = high.to_string()
            );
            let diagnostic = Diagnostic::error(place_of(table, "max"), message);
            self.diagnostics.push(diagnostic.help(key!("scenario-equations-bounds.help")));
        }
        bounds
    }

    fn optional(&mut self, table: &TomlTable, key: &str, what: &Message, place: Place) -> Option<Formula> {
        table.contains_key(key).then(|| self.formula(table, key, what, place))
    }

    /// A formula; a number stands for itself, and NaN for what cannot be read.
    pub(super) fn formula(&mut self, table: &TomlTable, key: &str, what: &Message, place: Place) -> Formula {
        self.readable_formula(table, key, what, place).unwrap_or_else(|| {
            let tree = Expr::new(ExprKind::Number(f64::NAN), Span::default());
            Formula { tree, text: String::new(), place }
        })
    }

    fn readable_formula(
        &mut self,
        table: &TomlTable,
        key: &str,
        what: &Message,
        place: Place,
    ) -> Option<Formula> {
        let Some(entry) = table.get(key) else {
            let example = if key == "require" { "gdp@2030 >= 1400" } else { "prev(gdp) * 1.05" };
            self.diagnostics.push(
                Diagnostic::missing(place, message!("scenario-equations-lacks", what = what, key = key))
                    .help(message!("scenario-equations-lacks.help", key = key, example = example)),
            );
            return None;
        };
        let text = match &entry.node {
            TomlNode { value: TomlValue::Text(text), .. } => text.clone(),
            TomlNode { value: TomlValue::Number { number, .. }, .. } => number.to_string(),
            other => {
                self.wrong_kind(
                    other,
                    message!("scenario-equations-key", key = key, what = what),
                    key!("scenario-equations-in-quotes"),
                );
                return None;
            }
        };
        let place = entry.node.place;
        match parse(&text) {
            Ok(tree) => Some(Formula { tree, text, place }),
            Err(error) => {
                self.syntax(&error, place, text.len());
                None
            }
        }
    }

    /// A syntax error inside a text that stands at `place`. Where the text has escapes, bytes of the text
    /// are not bytes of the file, and the whole text is marked.
    pub(super) fn syntax(&mut self, error: &SyntaxError, place: Place, length: usize) {
        let exact = (place.end - place.start) as usize == length;
        let part = if exact { place.part(error.span.start, error.span.end) } else { place };
        let mut diagnostic = Diagnostic::error(part, error.message.clone());
        diagnostic.help.clone_from(&error.help);
        self.diagnostics.push(diagnostic);
    }
}

pub(super) fn named(title: Text, name: &str) -> Text {
    if title.is_empty() { Text::plain(name) } else { title }
}
