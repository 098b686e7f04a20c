//! The results of scenarios that were simulated together, as plain data: what `summary.json` of a comparison
//! holds.
//!
//! It is the summary of the reference, to which the alternatives are added, each with its own summary and
//! its differences from the reference.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::manifest::sha256;
pub use super::percent::{NoPercent, PercentOfMean};
use super::summary::{
    Estimate, NameOrder, Probability, RunCondition, Summary, VariableSummary, Why, ordered, some_above_zero,
};
use crate::text::{Language, Text, number, probability::KnownProbability};

/// Scenarios that were simulated together on the same draws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The results of the reference: those that it has alone.
    #[serde(flatten)]
    pub reference: Summary,
    /// The scenarios that are held against it, in the order in which they were named.
    #[serde(default)]
    pub alternatives: Vec<Alternative>,
}

/// A scenario held against the reference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// Its own results: those that it has alone.
    pub summary: Summary,
    /// How it differs from the reference, path by path.
    pub difference: Difference,
}

/// What lies between two scenarios: the alternative minus the reference, path by path. Where paths weigh, as after a record,
/// they do so differently in each scenario: then it lies between the statistics of both.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// SHA-256 over all integers that were counted, in hex.
    pub fingerprint: String,
    /// Whether it is that of the statistics of both, with their joint errors, and not of single paths.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_statistics: bool,
    /// What was compared, in the reference's order.
    pub order: NameOrder,
    /// By variable.
    pub variables: BTreeMap<String, VariableDifference>,
    /// By metric.
    pub metrics: BTreeMap<String, MetricDifference>,
    /// By target.
    pub targets: BTreeMap<String, TargetDifference>,
    /// What was not compared, and why.
    pub not_compared: Vec<NotCompared>,
}

/// The difference of a variable, by year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VariableDifference {
    /// In the variable's own unit.
    pub absolute: VariableSummary,
    /// In per cent of the reference's mean, by year.
    pub percent_of_mean: Vec<PercentOfMean>,
    /// In per cent of the reference's size on the same path, by year: `null` where the reference is not of one sign on
    /// all paths; empty for rates, shares in per cent and calendar years.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub percent_by_path: Vec<Option<DifferenceQuantiles>>,
    /// How often the alternative's value is the greater one, by year; empty where it is told of no path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranks: Vec<Rank>,
}

/// How often one of two values is the greater one. What is left over is paths on which one is no number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rank {
    /// The probability that the alternative's value is the greater one. A year that never comes is later than any.
    pub above: f64,
    /// Standard error of this probability; `None` where it is so on no path or on every one.
    #[serde(deserialize_with = "some_above_zero")]
    pub standard_error: Option<f64>,
    /// Lower end of its 95 % Wilson interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The probability that the alternative's value is the smaller one.
    pub below: f64,
    /// The probability that both are equal.
    pub equal: f64,
}

/// The difference of a metric.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MetricDifference {
    /// In the metric's own unit. What is infinite in both alike does not differ.
    pub absolute: Statistics,
    /// In per cent of the reference's mean.
    pub percent_of_mean: PercentOfMean,
    /// In per cent of the reference's size on the same path; absent where the reference is not of one sign on all
    /// paths, and for rates, shares in per cent and calendar years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent_by_path: Option<DifferenceQuantiles>,
    /// Unit of the metric.
    pub unit: String,
    /// Title.
    pub title: Text,
    /// How often the alternative's value is the greater one; absent where it is told of no path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<Rank>,
}

/// Quantiles of one number over the paths, which may have no mean.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DifferenceQuantiles {
    /// By level.
    pub quantiles: BTreeMap<String, Option<f64>>,
    /// Their standard errors, by the same levels.
    pub quantile_errors: BTreeMap<String, Option<f64>>,
}

/// Statistics of one number over the paths.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// How many paths.
    pub paths: u64,
    /// Mean.
    pub mean: Option<f64>,
    /// Standard error of the mean.
    pub standard_error: Option<f64>,
    /// Standard deviation (n − 1).
    pub sd: Option<f64>,
    /// Quantiles by level.
    pub quantiles: BTreeMap<String, Option<f64>>,
    /// Standard errors of the quantiles, by the same levels.
    #[serde(default)]
    pub quantile_errors: BTreeMap<String, Option<f64>>,
    /// Smallest value.
    pub minimum: Option<f64>,
    /// Largest value.
    pub maximum: Option<f64>,
    /// Why a statistic is not known, by its name as in [`VariableSummary::why`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub why: BTreeMap<String, Why>,
}

/// How the probability of a target changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TargetDifference {
    /// Title.
    pub title: Text,
    /// Group; empty where none.
    pub group: String,
    /// The probability in the reference.
    pub reference: Probability,
    /// The probability in the alternative.
    pub alternative: Probability,
    /// Alternative minus reference.
    pub change: f64,
    /// Standard error of the change, from the paths on which the two differ (`McNemar` 1947): with shares g
    /// gained and l lost of n paths, √((g + l − (g − l)²) / n). `None` where no path differs, unless none can. Of paths that weigh,
    /// from the errors of both and their correlation.
    pub standard_error: Option<f64>,
    /// Lower end of the 95 % interval of the change (Bonett and Price 2012; of paths that weigh, Newcombe 1998).
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Share of the paths on which the alternative alone meets it; absent where it is told of no path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gained: Option<f64>,
    /// Share of the paths on which the reference alone meets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost: Option<f64>,
    /// What the alternative requires, where that is not what the reference requires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_requirement: Option<String>,
}

/// Something that was not compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotCompared {
    /// What it is.
    pub kind: Comparable,
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: NotComparedReason,
}

/// What can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparable {
    /// A variable.
    Variable,
    /// A metric.
    Metric,
    /// A target.
    Target,
}

/// Why something was not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotComparedReason {
    /// Only the reference has it.
    OnlyReference,
    /// Only the alternative has it.
    OnlyAlternative,
    /// Their units differ.
    Unit,
    /// Their years differ.
    Years,
}

impl Statistics {
    /// The quantile of a level, with its standard error.
    pub fn quantile(&self, level: &str) -> Estimate {
        let at = |values: &BTreeMap<String, Option<f64>>| values.get(level).copied().flatten();
        Estimate { value: at(&self.quantiles), error: at(&self.quantile_errors) }
    }
}

impl TargetDifference {
    /// The change in percentage points with its error; what it can be at most where no path tells the two apart.
    pub fn words(&self) -> String {
        number::change(self.change, self.standard_error, self.low, self.high)
    }

    /// Whether anything tells the two apart.
    pub fn differs(&self) -> bool {
        match self.gained.zip(self.lost) {
            Some((gained, lost)) => gained + lost > 0.0,
            None => self.change != 0.0,
        }
    }

    /// Whether the change is beyond twice its standard error: more than chance alone does.
    pub fn is_telling(&self) -> bool {
        self.standard_error.is_some_and(|error| self.change.abs() > 2.0 * error)
    }
}

impl Rank {
    /// How often the alternative's value is the greater one, with its error; `=` where both are equal on every path.
    pub fn words(&self, language: Language) -> String {
        if self.equal == 1.0 {
            return "=".to_owned();
        }
        let Self { above: share, standard_error: error, low, high, .. } = *self;
        KnownProbability { share, error, low, high, is_open: self.is_open(), decided: None }.words(language)
    }

    /// Whether it is not known on some paths which of the two is the greater one.
    pub fn is_open(&self) -> bool {
        self.above + self.below + self.equal < 1.0 - 1e-12
    }
}

impl Comparison {
    /// The summaries of all scenarios, the reference first.
    pub fn summaries(&self) -> impl Iterator<Item = &Summary> {
        std::iter::once(&self.reference).chain(self.alternatives.iter().map(|each| &each.summary))
    }

    /// Says of all scenarios that only paths were counted on which this condition holds in every one of them.
    pub fn given(&mut self, given: &RunCondition) {
        self.reference.given = Some(given.clone());
        for alternative in &mut self.alternatives {
            alternative.summary.given = Some(given.clone());
        }
    }

    /// What the comparison's folder is called: `compare-plan-transition`, with `-given` where there is a condition.
    pub fn id(&self) -> String {
        let ids = self.summaries().map(|summary| summary.scenario.id.as_str());
        id(ids, self.reference.given.is_some())
    }

    /// SHA-256 over the fingerprints of all scenarios and differences, in hex.
    pub fn fingerprint(&self) -> String {
        let differences = self.alternatives.iter().map(|each| &each.difference.fingerprint);
        let all = self.summaries().map(|summary| &summary.fingerprint).chain(differences);
        sha256(all.fold(String::new(), |text, print| text + print + "\n").as_bytes())
    }
}

/// What the folder of a comparison of these scenarios is called.
pub fn id<'a>(scenarios: impl Iterator<Item = &'a str>, given: bool) -> String {
    let ids = scenarios.fold("compare".to_owned(), |ids, id| ids + "-" + id);
    if given { ids + "-given" } else { ids }
}

impl Difference {
    /// Variables with their names in the reference's order.
    pub fn ordered_variables(&self) -> impl Iterator<Item = (&str, &VariableDifference)> {
        ordered(&self.order.variables, &self.variables)
    }

    /// Metrics with their names in the reference's order.
    pub fn ordered_metrics(&self) -> impl Iterator<Item = (&str, &MetricDifference)> {
        ordered(&self.order.metrics, &self.metrics)
    }

    /// Targets with their names in the reference's order.
    pub fn ordered_targets(&self) -> impl Iterator<Item = (&str, &TargetDifference)> {
        ordered(&self.order.targets, &self.targets)
    }
}
