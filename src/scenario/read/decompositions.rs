//! Reading decompositions: what changes a variable, by factors.

use indexmap::IndexMap;

use super::ScenarioReader;
use super::equations::named;
use super::keys::place_of;
use crate::scenario::document::{Entry, TomlTable};
use crate::scenario::written::{Decomposition, DecompositionFactor, Scenario};
use crate::text::{Diagnostic, Key};
use crate::{key, message};

const EXAMPLE: Key = key!("scenario-decompositions-example");

impl ScenarioReader<'_, '_> {
    pub(super) fn decompositions(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        for (name, entry, table) in self.records(document, "decompositions") {
            self.known(
                table,
                &["of", "title", "rest", "effects"],
                &message!("scenario-decompositions-decomposition", name = name),
            );
            let of = match place_of(table, "of") {
                Some(place) => (self.string(table, "of"), place),
                None => (name.clone(), entry.key),
            };
            let effects = self.effects(name, entry, table);
            let (title, rest) = (named(self.words(table, "title"), name), self.words(table, "rest"));
            let decomposition = Decomposition { of, title, rest, effects, place: entry.key };
            scenario.decompositions.insert(name.clone(), decomposition);
        }
    }

    fn effects(
        &mut self,
        name: &str,
        entry: &Entry,
        table: &TomlTable,
    ) -> IndexMap<String, DecompositionFactor> {
        let mut effects = IndexMap::new();
        for (effect, entry, table) in self.records(table, "effects") {
            let what = message!("scenario-decompositions-effect", effect = effect, name = name);
            self.known(table, &["formula", "title", "each"], &what);
            if !self.name(effect, entry.key) {
                continue;
            }
            let formula = self.formula(table, "formula", &what, entry.key);
            let title = named(self.words(table, "title"), effect);
            let each = place_of(table, "each").map(|place| (self.string(table, "each"), place));
            effects.insert(effect.clone(), DecompositionFactor { formula, title, each });
        }
        if effects.is_empty() {
            let diagnostic =
                Diagnostic::missing(entry.key, message!("scenario-decompositions-no-effects", name = name));
            self.diagnostics.push(diagnostic.help(EXAMPLE));
        }
        effects
    }
}
