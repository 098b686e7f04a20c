//! What `decompose` finds.

use std::collections::BTreeMap;

use crate::analysis::decompose::{DecompositionMethod, DecompositionQuestion, PathEffects};
use crate::text::Text;

use super::super::Sample;
use super::{DecompositionEnds, Spread};

/// Why a variable changes, by factors. [`DecomposeAnswer::json`] is the same as JSON.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DecomposeAnswer {
    /// The id of the scenario.
    pub scenario: String,
    /// Its title, and that of the other scenario where there is one.
    pub titles: (Text, Option<Text>),
    /// The variable.
    pub variable: String,
    /// Its title.
    pub title: Text,
    /// Its unit.
    pub unit: String,
    /// What is held against what.
    pub ends: DecompositionEnds,
    /// What the paths are conditioned on: the observed years, by variable.
    pub observed: BTreeMap<String, Vec<i32>>,
    /// The paths; after a record as many of equal weight as all of them say together.
    pub sample: Sample,
    /// The factors with their formulas.
    pub question: DecompositionQuestion,
    /// The effects on every path.
    pub effects: PathEffects,
}

impl DecomposeAnswer {
    /// The effect of a factor over the paths, in the variable's unit, in the order of the effects' labels; the one after the
    /// last is the rest, which no factor explains. NaN for any other.
    pub fn effect(&self, place: usize) -> Spread {
        Spread::of(self.effects.additive.get(place).into_iter().flatten().copied())
    }

    /// The methods that were used, each once.
    pub fn methods(&self) -> Vec<DecompositionMethod> {
        let mut all: Vec<DecompositionMethod> =
            self.effects.terms.iter().map(|(_, method)| *method).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
