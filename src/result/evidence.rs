//! What a run that is conditioned on a record says of the record, and what was believed before it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::summary::{Joint, MetricSummary, TargetSummary, VariableSummary};

/// Results of the same scenario without the record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Prior {
    /// SHA-256 of what was counted.
    pub fingerprint: String,
    /// Statistics by variable.
    pub variables: BTreeMap<String, VariableSummary>,
    /// Statistics by metric.
    pub metrics: BTreeMap<String, MetricSummary>,
    /// Probability by target.
    pub targets: BTreeMap<String, TargetSummary>,
    /// Probabilities of several targets together.
    pub joint: Joint,
}

/// What the record says of the scenario, and how well the paths tell what it says of the future.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What was observed, by variable.
    pub observed: BTreeMap<String, Vec<ObservedValue>>,
    /// The logarithm of the likelihood of the record under the scenario (its density, in the units of the variables).
    pub log_likelihood: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The share of 16 384 records that the scenario gives which lie at least as far out as this one.
    pub plausibility: f64,
    /// How many paths of equal weight would say as much (Kish).
    pub effective_paths: f64,
    /// The largest weight of a path, as a share of all.
    pub largest_weight: f64,
    /// The shape of the largest weights, k̂; absent where they tie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pareto_k: Option<f64>,
    /// After each observed year.
    pub years: Vec<YearOfEvidence>,
    /// What was given and conditions nothing: values that are the same on every path, years that the variable has not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_used: Vec<NotUsed>,
}

/// An observed value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ObservedValue {
    /// The year.
    #[serde(with = "crate::text::period::stored")]
    pub year: i32,
    /// The value, in the variable's unit.
    pub value: f64,
    /// The standard deviation of its error.
    pub sd: f64,
}

/// An observed value that conditions nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NotUsed {
    /// The variable.
    pub variable: String,
    /// The year.
    #[serde(with = "crate::text::period::stored")]
    pub year: i32,
    /// Why: `constant` (the same on every path), `outside` (the variable has no such year), `empty` (its error is so large
    /// that it says nothing).
    pub why: String,
}

/// How the paths are after an observed year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct YearOfEvidence {
    /// The year.
    #[serde(with = "crate::text::period::stored")]
    pub year: i32,
    /// How many paths of equal weight would say as much.
    pub effective_paths: f64,
    /// The share of the moved paths on which no shocks were found that give what was observed.
    pub unsolved: f64,
    /// Of the paths that keep their own shocks the share from which the search did not come back to these.
    pub not_returned: f64,
    /// The logarithm of the likelihood of what was observed up to the year.
    pub log_likelihood: f64,
}

impl Evidence {
    /// How many values were observed.
    pub fn count(&self) -> usize {
        self.observed.values().map(Vec::len).sum()
    }
}
