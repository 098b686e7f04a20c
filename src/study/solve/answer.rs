//! What `solve` finds.

use std::collections::BTreeMap;

use crate::analysis::solve::{Goal, Lever, Solution, Trial};

use super::super::Sample;

/// Where a goal holds, with other inputs held.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct HeldSolution {
    /// The values of the levers before the last, in their order.
    pub held: Vec<f64>,
    /// Where the goal holds over the range of the last lever.
    pub solution: Solution,
}

/// The values of inputs at which a goal holds. [`SolveAnswer::json`] is the same as JSON.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SolveAnswer {
    /// The id of the scenario.
    pub scenario: String,
    /// The goal.
    pub goal: Goal,
    /// The levers; the last is the one that is solved for, the others are held at values over their ranges.
    pub levers: Vec<Lever>,
    /// What the paths are conditioned on: the observed years, by variable.
    pub observed: BTreeMap<String, Vec<i32>>,
    /// The paths by which each trial was judged.
    pub sample: Sample,
    /// The answers, one for each combination of values of the other levers; a single one where there are none.
    pub found: Vec<HeldSolution>,
    /// What the last lever's steps around the answer reach; empty where it has no steps, or others are held.
    pub steps: Vec<Trial>,
}

impl SolveAnswer {
    /// The lever that was solved for; there always is one.
    pub fn lever(&self) -> Option<&Lever> {
        self.levers.last()
    }
}
