//! `[pool]`: the worlds of which each path is one, and their weights.

use super::ScenarioReader;
use crate::scenario::document::{TomlNode, TomlTable, TomlValue};
use crate::scenario::merge::is_pool;
use crate::scenario::pool::{MOST_WORLDS, Pool, TABLES_OF_POOLS, World};
use crate::scenario::written::Scenario;
use crate::text::number::trimmed;
use crate::text::{Diagnostic, Message, Place, Text};
use crate::{key, message};

/// Weights that are written with six digits add to 1 to within this.
const ROUNDING: f64 = 1e-5;

impl ScenarioReader<'_, '_> {
    /// Reads the worlds, whose scenarios stand in the document by now, and what the pool takes from them.
    pub(super) fn pool(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        let Some(table) = is_pool(document).then(|| self.table(document, "pool")).flatten() else {
            return;
        };
        let place = document["pool"].key;
        self.known(table, &["worlds"], &Message::verbatim("[pool]"));
        self.only_what_pools_have(document, place);
        let items: &[TomlNode] = match table.get("worlds").map(|entry| &entry.node) {
            Some(TomlNode { value: TomlValue::List(items), .. }) => items,
            Some(other) => {
                self.wrong_kind(other, Message::verbatim("worlds"), key!("scenario-pool-kind"));
                self.diagnostics.is_not_whole();
                return;
            }
            None => &[],
        };
        if items.is_empty() || items.len() > MOST_WORLDS {
            let message = message!("scenario-pool-worlds", most = MOST_WORLDS, found = items.len());
            self.diagnostics
                .push(Diagnostic::missing(place, message).help(key!("scenario-pool-worlds.help")));
            self.diagnostics.is_not_whole();
            return;
        }
        let mut pool = Pool { worlds: Vec::new(), place };
        for item in items {
            if let Some(world) = self.world(item) {
                if pool.worlds.iter().any(|other| other.name == world.name) {
                    let message = message!("scenario-pool-twice", name = &world.name);
                    let diagnostic = Diagnostic::error(world.place, message);
                    self.diagnostics.push(diagnostic.help(key!("scenario-pool-twice.help")));
                }
                pool.worlds.push(world);
            }
        }
        if pool.worlds.len() == items.len() {
            self.weights_add_up(&pool);
            self.years_agree(&pool, scenario);
            scenario.pool = Some(pool);
        } else {
            self.diagnostics.is_not_whole();
        }
    }

    /// Notes tables that are those of worlds.
    fn only_what_pools_have(&mut self, document: &TomlTable, place: Place) {
        let others = document.keys().filter(|key| !TABLES_OF_POOLS.contains(&key.as_str()));
        let others: Vec<String> = others.map(|key| format!("[{key}]")).collect();
        if !others.is_empty() {
            let others: Vec<&str> = others.iter().map(String::as_str).collect();
            let message = message!("scenario-pool-tables", names = others.as_slice());
            self.diagnostics.push(Diagnostic::error(place, message).help(key!("scenario-pool-tables.help")));
        }
    }

    fn world(&mut self, item: &TomlNode) -> Option<World> {
        let Some(table) = item.table() else {
            self.wrong_kind(item, Message::verbatim("worlds"), key!("scenario-pool-kind"));
            return None;
        };
        self.known(table, &["scenario", "weight", "name", "note"], &key!("scenario-pool-world").into());
        let weight = self.number(table, "weight");
        let is_positive = weight.is_some_and(|weight| weight > 0.0);
        if let Some(weight) = weight.filter(|_| !is_positive) {
            let message = message!("scenario-pool-negative", weight = trimmed(weight, 6));
            let diagnostic = Diagnostic::error(table["weight"].node.place, message);
            self.diagnostics.push(diagnostic.help(key!("scenario-pool-negative.help")));
        } else if !table.contains_key("weight") {
            let diagnostic = Diagnostic::missing(item.place, key!("scenario-pool-no-weight"));
            self.diagnostics.push(diagnostic.help(key!("scenario-pool-no-weight.help")));
        }
        let Some(entry) = table.get("scenario") else {
            let diagnostic = Diagnostic::missing(item.place, key!("scenario-pool-no-scenario"));
            self.diagnostics.push(diagnostic.help(key!("scenario-pool-no-scenario.help")));
            return None;
        };
        let (name, note) = (self.string(table, "name"), self.words(table, "note"));
        // What could not be loaded was told.
        let own = entry.node.table()?;
        let place = entry.key;
        if is_pool(own) {
            let diagnostic = Diagnostic::error(place, key!("scenario-pool-nested"));
            self.diagnostics.push(diagnostic.help(key!("scenario-pool-nested.help")));
            return None;
        }
        let scenario = self.scenario_of_world(own, &name, place);
        let name = if name.is_empty() { scenario.id.clone() } else { name };
        Some(World { name, weight: weight.filter(|_| is_positive)?, note, scenario, place })
    }

    fn scenario_of_world(&mut self, own: &TomlTable, name: &str, place: Place) -> Scenario {
        let mut scenario = super::scenario(own.clone(), self.beside, self.diagnostics);
        if scenario.id.is_empty() {
            scenario.id = if name.is_empty() { "world".to_owned() } else { name.to_owned() };
        }
        if scenario.title.is_empty() {
            scenario.title = Text::plain(&scenario.id);
        }
        if !scenario.observations.is_empty() {
            let message = message!("scenario-pool-observed", name = &scenario.id);
            self.diagnostics
                .push(Diagnostic::error(place, message).help(key!("scenario-pool-observed.help")));
        }
        scenario
    }

    fn weights_add_up(&mut self, pool: &Pool) {
        let sum: f64 = pool.worlds.iter().map(|world| world.weight).sum();
        if (sum - 1.0).abs() > ROUNDING {
            let message = message!("scenario-pool-sum", sum = trimmed(sum, 6));
            let diagnostic = Diagnostic::error(pool.place, message);
            self.diagnostics.push(diagnostic.help(key!("scenario-pool-sum.help")));
        }
    }

    /// The years of a pool are those of its worlds.
    fn years_agree(&mut self, pool: &Pool, scenario: &mut Scenario) {
        let known = |world: &&World| world.scenario.time.is_known();
        let mut worlds = pool.worlds.iter().filter(known);
        let own = scenario.time.is_known().then(|| ("[time]".to_owned(), scenario.time));
        let Some((first, time)) =
            own.or_else(|| worlds.next().map(|one| (one.name.clone(), one.scenario.time)))
        else {
            return;
        };
        for other in worlds {
            let its = other.scenario.time;
            if (its.start, its.end) != (time.start, time.end) {
                let message = message!(
                    "scenario-pool-years",
                    first = &first,
                    start = time.start,
                    end = time.end,
                    other = &other.name,
                    other_start = its.start,
                    other_end = its.end
                );
                let diagnostic = Diagnostic::error(other.place, message);
                self.diagnostics.push(diagnostic.help(key!("scenario-pool-years.help")));
            }
        }
        scenario.time = time;
    }
}
