//! Reading `[distributions]`: distributions that have a name, by which quantities use them.

use indexmap::IndexSet;

use super::ScenarioReader;
use crate::formula::token::{Token, tokens_with_semicolons};
use crate::num::Distribution;
use crate::scenario::document::{Entry, TomlNode, TomlTable, TomlValue};
use crate::scenario::merge::is_own_table;
use crate::scenario::quantity::QuantityKind;
use crate::text::{Diagnostic, Place};
use crate::{key, message};

impl ScenarioReader<'_, '_> {
    /// Reads all of them, each after those that it is made of.
    pub(super) fn distributions(&mut self, document: &TomlTable) {
        if !is_own_table(document, "distributions") {
            return;
        }
        let records = self.records(document, "distributions");
        let names: IndexSet<&str> = records.iter().map(|(name, ..)| name.as_str()).collect();
        let mut waiting: Vec<(&String, &Entry, &TomlTable, IndexSet<String>)> = Vec::new();
        for (name, entry, table) in &records {
            if self.name(name, entry.key) {
                let mut used = IndexSet::new();
                names_in(&entry.node, &mut used);
                used.retain(|name| names.contains(name.as_str()));
                waiting.push((name, entry, table, used));
            }
        }
        while !waiting.is_empty() {
            let left: IndexSet<String> = waiting.iter().map(|(name, ..)| (*name).clone()).collect();
            let (ready, rest): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|(.., used)| used.is_disjoint(&left));
            if ready.is_empty() {
                self.circle(&rest);
                return;
            }
            for (name, entry, table, _) in ready {
                // What is wrong is known too, so that nobody who uses it is told that it does not exist.
                let found = self.named_distribution(name, entry, table);
                let found = found.unwrap_or(Distribution::Uniform { min: 0.0, max: 1.0 });
                self.named.insert(name.clone(), found);
            }
            waiting = rest;
        }
    }

    /// Tells of distributions that are made of each other.
    fn circle(&mut self, rest: &[(&String, &Entry, &TomlTable, IndexSet<String>)]) {
        let mut chain: IndexSet<&str> = IndexSet::new();
        let Some((first, ..)) = rest.first() else { return };
        let mut at = first.as_str();
        while chain.insert(at) {
            let own = rest.iter().find(|(name, ..)| name.as_str() == at);
            let next = own
                .and_then(|(.., used)| used.iter().find(|used| rest.iter().any(|(name, ..)| name == used)));
            let Some(next) = next else { break };
            at = next;
        }
        let from = chain.get_index_of(at).unwrap_or(0);
        let mut names: Vec<&str> = chain.into_iter().skip(from).collect();
        names.push(at);
        let place = rest.iter().find(|(name, ..)| name.as_str() == at).map(|(_, entry, ..)| entry.key);
        let message = message!("scenario-distributions-circle", chain = names.join(" → "));
        self.diagnostics
            .push(Diagnostic::error(place, message).help(key!("scenario-distributions-circle.help")));
        for (name, ..) in rest {
            self.named.insert((*name).clone(), Distribution::Uniform { min: 0.0, max: 1.0 });
        }
    }

    fn named_distribution(&mut self, name: &str, entry: &Entry, table: &TomlTable) -> Option<Distribution> {
        let what = message!("scenario-distributions-one", name = name);
        self.known(table, &["mixture", "dist", "title", "doc", "source", "note"], &what);
        match (table.get("mixture"), table.get("dist")) {
            (Some(mixture), None) => self.components(&mixture.node),
            (None, Some(dist)) => self.fixed_distribution(&dist.node),
            (both, _) => {
                let place = both.map_or(entry.key, |mixture| mixture.key);
                let message = message!("scenario-distributions-form", name = name);
                self.diagnostics
                    .push(Diagnostic::missing(place, message).help(key!("scenario-distributions-form.help")));
                None
            }
        }
    }

    fn components(&mut self, node: &TomlNode) -> Option<Distribution> {
        let TomlValue::List(items) = &node.value else {
            self.wrong_kind(node, key!("scenario-distributions-mixture"), key!("scenario-kind-list"));
            return None;
        };
        let mut components = Vec::new();
        let mut whole = true;
        for item in items {
            let Some(table) = item.table() else {
                self.wrong_kind(item, key!("scenario-distributions-component"), key!("scenario-kind-table"));
                whole = false;
                continue;
            };
            self.known(table, &["weight", "dist"], &message!("scenario-distributions-component"));
            for key in ["weight", "dist"] {
                if !table.contains_key(key) {
                    let message = message!("scenario-distributions-lacks", key = key);
                    self.diagnostics.push(
                        Diagnostic::missing(item.place, message)
                            .help(key!("scenario-distributions-form.help")),
                    );
                }
            }
            let weight = self.number(table, "weight");
            let dist = table.get("dist").and_then(|entry| self.fixed_distribution(&entry.node));
            match (weight, dist) {
                (Some(weight), Some(dist)) => components.push((weight, dist)),
                _ => whole = false,
            }
        }
        let mixture = Distribution::Mixture { components };
        match mixture.validate() {
            _ if !whole => None,
            Ok(()) => Some(mixture),
            Err(error) => {
                let message = crate::scenario::quantity::inadmissible(&error);
                self.diagnostics.error(node.place, message);
                None
            }
        }
    }

    /// A distribution whose arguments are numbers.
    fn fixed_distribution(&mut self, node: &TomlNode) -> Option<Distribution> {
        let Some(text) = node.text() else {
            self.wrong_kind(node, key!("scenario-distributions-dist"), key!("scenario-kind-string"));
            return None;
        };
        match self.quantity_text(text, node.place)?.0 {
            QuantityKind::Chance(distribution, _) => Some(distribution),
            QuantityKind::Varying(..) => self.no_distribution(node.place, text, "varying"),
            _ => self.no_distribution(node.place, text, "number"),
        }
    }

    fn no_distribution(&mut self, place: Place, text: &str, kind: &str) -> Option<Distribution> {
        let message = message!("scenario-distributions-fixed", text = text, kind = kind);
        self.diagnostics
            .push(Diagnostic::error(place, message).help(key!("scenario-distributions-fixed.help")));
        None
    }
}

/// The names that stand in the texts of a table.
fn names_in(node: &TomlNode, names: &mut IndexSet<String>) {
    match &node.value {
        TomlValue::Text(text) => {
            let tokens = tokens_with_semicolons(text).unwrap_or_default();
            names.extend(tokens.into_iter().filter_map(|(token, _)| match token {
                Token::Name(name) => Some(name),
                _ => None,
            }));
        }
        TomlValue::List(items) => items.iter().for_each(|item| names_in(item, names)),
        TomlValue::Table(table) => {
            let dists = table.iter().filter(|(key, _)| matches!(key.as_str(), "mixture" | "dist"));
            dists.for_each(|(_, entry)| names_in(&entry.node, names));
        }
        _ => {}
    }
}
