//! What is told of correlated inputs: how what they explain together is split among them.

use crate::analysis::indices::SensitivityIndex;

/// The rule by which what correlated inputs explain together is split among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SplitRule {
    /// By Shapley's value: what an input adds when its turn comes, averaged over all orders.
    Shapley,
    /// In the order that was asked for: what an input adds to those before it.
    Order,
}

/// What one of several correlated inputs explains.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct InputShare {
    /// The name of the input.
    pub name: String,
    /// Its share of what all of them explain together, from 0 to 1, with half the width of a 95 % interval.
    pub share: SensitivityIndex,
}

/// The shares of correlated inputs.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SplitShares {
    /// Input by input, in the order that was asked for, else the largest first. They add up to one.
    pub shares: Vec<InputShare>,
    /// Whether they are exact: the outcome is linear in the inputs' normal scores.
    pub is_exact: bool,
}

/// Correlated inputs, and how what they explain together is split among them.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CorrelatedSplit {
    /// What they are called together.
    pub name: String,
    /// How it is split.
    pub by: SplitRule,
    /// The shares; `None` where the inputs explain nothing, or are more than 30.
    pub found: Option<SplitShares>,
}
