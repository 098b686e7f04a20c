//! Several worlds in one forecast: `[pool]`.

use super::document::{Entry, TomlTable};
use super::merge::merge;
use super::written::{RunSettings, Scenario};
use crate::num::WeightedSequence;
use crate::text::{DiagnosticList, Place, Text};

/// Worlds of which each path is one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pool {
    /// The worlds, in the order of the file.
    pub worlds: Vec<World>,
    /// Where the table stands.
    pub place: Place,
}

/// A scenario with the weight that it has among the worlds of a pool.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    /// What results call it: its scenario's id, where it has no name of its own.
    pub name: String,
    /// Its share of the paths.
    pub weight: f64,
    /// Why it has this weight.
    pub note: Text,
    /// The scenario.
    pub scenario: Scenario,
    /// Where it stands.
    pub place: Place,
}

/// Most worlds of a pool.
pub const MOST_WORLDS: usize = 16;

/// The name of the input that says which world a path is of, and of its column among the values of all paths.
pub const WORLD: &str = "world";

/// The tables that a pool may have.
pub const TABLES_OF_POOLS: [&str; 10] =
    ["scenario", "pool", "time", "metrics", "targets", "gates", "sources", "figures", "softness", "run"];

impl Pool {
    /// Which world each path is of: a function of its number alone.
    pub fn sequence(&self) -> WeightedSequence {
        let weights: Vec<f64> = self.worlds.iter().map(|world| world.weight).collect();
        WeightedSequence::new(&weights)
    }

    /// The names of its worlds.
    pub fn names(&self) -> Vec<&str> {
        self.worlds.iter().map(|world| world.name.as_str()).collect()
    }
}

impl Scenario {
    /// A world of this pool as a scenario of its own that is asked what the pool is asked: it has the pool's targets and gates
    /// in the place of its own, and besides its own the pool's metrics, sources and figures. What is no pool, or has not so many
    /// worlds, is as it is.
    #[must_use]
    pub fn in_world(&self, world: usize) -> Self {
        let world = self.pool.as_ref().and_then(|pool| pool.worlds.get(world));
        let Some(mut own) = world.map(|world| world.scenario.clone()) else { return self.clone() };
        own.targets.clone_from(&self.targets);
        own.gates.clone_from(&self.gates);
        own.headline.clone_from(&self.headline);
        own.metrics.extend(self.metrics.clone());
        own.sources.extend(self.sources.clone());
        own.figures.extend(self.figures.clone());
        own.softness.extend(self.softness.clone());
        own.adjusted.clone_from(&self.adjusted);
        own.estimated.clone_from(&self.estimated);
        own.run = RunSettings::default();
        own.document.shift_remove("targets");
        own.document.shift_remove("gates");
        let asked =
            |(key, _): &(&String, &Entry)| !matches!(key.as_str(), "scenario" | "pool" | "time" | "run");
        let asked: TomlTable =
            self.document.iter().filter(asked).map(|(key, entry)| (key.clone(), entry.clone())).collect();
        merge(&mut own.document, asked, &mut DiagnosticList::default());
        own
    }
}
