//! `[fit]`: what is estimated from the record, and how.

use super::ScenarioReader;
use super::keys::place_of;
use crate::formula::parse;
use crate::scenario::document::{TomlNode, TomlTable, TomlValue};
use crate::scenario::written::{Fit, FitMethod, Formula, Free, Innovations, Moment, Scenario};
use crate::text::{Diagnostic, Message, Place, suggest::did_you_mean};
use crate::{key, message};

/// Draws of the estimates that are kept when nothing else is said.
const DRAWS: u32 = 2000;
/// Most of them: each is a row of a file.
const MOST_DRAWS: f64 = 100_000.0;
/// Fewest of them, for quantiles that mean something.
const FEWEST_DRAWS: f64 = 100.0;

impl ScenarioReader<'_, '_> {
    pub(super) fn fits(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        if scenario.sets.contains_key("fit") {
            return;
        }
        for (name, entry, table) in self.records(document, "fit") {
            let keys = ["of", "over", "free", "match", "method", "innovations", "draws", "note"];
            let what = message!("scenario-fit-fit", name = name);
            self.known(table, &keys, &what);
            let method = self.method(table, entry.key, &what);
            let innovations = self.one_of(table, "innovations", Innovations::ALL).unwrap_or_default();
            let fit = Fit {
                of: self.formulas(table, entry.key, &what),
                over: self.window(table),
                free: self.free(table),
                method,
                innovations,
                draws: self.draws(table),
                place: entry.key,
            };
            scenario.fits.insert(name.clone(), fit);
        }
    }

    fn formulas(&mut self, table: &TomlTable, place: Place, what: &Message) -> Vec<Formula> {
        let texts = self.names(table, "of");
        if texts.is_empty() {
            self.diagnostics.push(
                Diagnostic::missing(place, message!("scenario-fit-no-of", what = what))
                    .help(key!("scenario-fit-no-of.help")),
            );
        }
        let mut formulas = Vec::new();
        for (text, place) in texts {
            match parse(&text) {
                Ok(tree) => formulas.push(Formula { tree, text, place }),
                Err(error) => self
                    .diagnostics
                    .push(Diagnostic::error(place.part(error.span.start, error.span.end), error.message)),
            }
        }
        formulas
    }

    fn window(&mut self, table: &TomlTable) -> Option<[i32; 2]> {
        let node = &table.get("over")?.node;
        let found = match &node.value {
            TomlValue::List(items) => match items.as_slice() {
                [from, to] => {
                    let ends = (self.period_in(from, true), self.period_in(to, false));
                    ends.0.zip(ends.1).filter(|(from, to)| from < to)
                }
                _ => None,
            },
            _ => None,
        };
        if found.is_none() {
            self.diagnostics.push(
                Diagnostic::error(node.place, key!("scenario-fit-over")).help(key!("scenario-fit-over.help")),
            );
        }
        found.map(|(from, to)| [from, to])
    }

    fn free(&mut self, table: &TomlTable) -> Vec<Free> {
        if let Some(TomlNode { value: TomlValue::Table(inner), .. }) =
            table.get("free").map(|entry| &entry.node)
        {
            let mut free = Vec::new();
            for (estimate, entry) in inner {
                if let Some(input) = entry.node.text() {
                    free.push(Free {
                        estimate: Some(estimate.clone()),
                        input: input.to_owned(),
                        place: entry.node.place,
                        named: entry.key,
                    });
                } else {
                    self.wrong_kind(&entry.node, Message::verbatim(estimate), key!("scenario-fit-an-input"));
                }
            }
            return free;
        }
        let named = self.names(table, "free");
        named.into_iter().map(|(input, place)| Free { estimate: None, input, place, named: place }).collect()
    }

    fn method(&mut self, table: &TomlTable, place: Place, what: &Message) -> FitMethod {
        let matched = self.names(table, "match");
        let named = self.one_of(table, "method", FitMethod::LIKELIHOODS);
        if let (Some(_), Some((_, place))) = (&named, matched.first()) {
            self.diagnostics.push(
                Diagnostic::error(*place, message!("scenario-fit-two-ways", what = what))
                    .help(key!("scenario-fit-two-ways.help")),
            );
        }
        if let Some(method) = named {
            return method;
        }
        if matched.is_empty() && !table.contains_key("method") {
            self.diagnostics.push(
                Diagnostic::missing(place, message!("scenario-fit-no-way", what = what))
                    .help(key!("scenario-fit-no-way.help")),
            );
        }
        let mut moments = Vec::new();
        for (name, place) in matched {
            moments.extend(self.named_in(&name, place, Moment::ALL));
        }
        FitMethod::Match(moments)
    }

    /// What a key names of some that have names.
    fn one_of<T: Clone>(&mut self, table: &TomlTable, key: &str, all: &[(&'static str, T)]) -> Option<T> {
        let place = place_of(table, key)?;
        let name = self.string(table, key);
        self.named_in(&name, place, all)
    }

    fn named_in<T: Clone>(&mut self, name: &str, place: Place, all: &[(&'static str, T)]) -> Option<T> {
        let found = all.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        if found.is_none() && !name.is_empty() {
            let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
            let diagnostic = Diagnostic::error(place, message!("scenario-fit-unknown", name = name));
            let list = || message!("scenario-fit-unknown.there-are", names = names.as_slice());
            self.diagnostics.push(
                diagnostic.help(did_you_mean(name, &names, key!("text-kind-choices")).unwrap_or_else(list)),
            );
        }
        found
    }

    fn draws(&mut self, table: &TomlTable) -> u32 {
        let Some(entry) = table.get("draws") else { return DRAWS };
        match entry.node.value {
            TomlValue::Number { number, whole: true } if (FEWEST_DRAWS..=MOST_DRAWS).contains(&number) => {
                number as u32
            }
            _ => {
                let message = message!(
                    "scenario-fit-draws",
                    fewest_draws = FEWEST_DRAWS.to_string(),
                    most_draws = MOST_DRAWS.to_string()
                );
                self.diagnostics
                    .push(Diagnostic::error(entry.node.place, message).help(key!("scenario-fit-draws.help")));
                DRAWS
            }
        }
    }
}
