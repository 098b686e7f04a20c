//! All results of a run as plain data: what `summary.json` holds (schema `plancast-summary/2`).
//!
//! A statistic that does not exist (a quantile that falls among the paths that never get there, a mean of
//! nothing) is `None`, `null` in the file.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::evidence::{Evidence, Prior};
use crate::message;
use crate::num::{max, min};
use crate::text::number::{significant_beside, trimmed};
use crate::text::period::label;
use crate::text::probability::{Decided, KnownProbability};
use crate::text::unit::{Shown, calendar, number_in};
use crate::text::{Language, Message, Text};

/// The format before: `odds` was its word for `probability`. It is still read.
pub const BEFORE: &str = "plancast-summary/1";

/// The name of the file format.
pub const SCHEMA: &str = "plancast-summary/2";

/// All results of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// [`SCHEMA`].
    pub schema: String,
    /// What was run.
    pub scenario: ScenarioLabel,
    /// The targets that tables, pages and charts lead with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headline: Vec<String>,
    /// The seed.
    pub seed: u64,
    /// How many paths.
    pub paths: u64,
    /// How they were spread; empty where by chance.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sampling: String,
    /// The condition that all these paths meet, where one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<RunCondition>,
    /// SHA-256 over all integers of the ensemble, in hex.
    pub fingerprint: String,
    /// The order in which the scenario lists things; the maps below are sorted by name.
    pub order: NameOrder,
    /// Statistics by variable.
    pub variables: BTreeMap<String, VariableSummary>,
    /// Statistics by metric.
    pub metrics: BTreeMap<String, MetricSummary>,
    /// Variables that should stay within bounds, and on how many paths they do not. Absent where none has bounds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bounds: BTreeMap<String, BoundsSummary>,
    /// Probability by target.
    #[serde(serialize_with = "without_decided", deserialize_with = "with_decided")]
    pub targets: BTreeMap<String, TargetSummary>,
    /// Probabilities of several targets together.
    pub joint: Joint,
    /// How the error fell while paths were added, where a precision was asked for and not a number of paths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub convergence: Option<Convergence>,
    /// What is assumed, with where it comes from.
    #[serde(default, skip_serializing_if = "Assumptions::is_empty")]
    pub assumptions: Assumptions,
    /// Values by year of each variable on the central path: every input at its mean (its median where it
    /// has no mean). A value that is not finite is `null` in the file and reads back as not a number.
    #[serde(deserialize_with = "with_nan")]
    pub central: BTreeMap<String, Vec<f64>>,
    /// The same statistics without what was observed, of a run that is conditioned on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prior: Option<Box<Prior>>,
    /// What was observed, and what it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// What drives each metric, target and headline (`"gdp@2025"`): its inputs, the strongest first. Absent
    /// with `--no-sensitivity`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sensitivity: BTreeMap<String, Vec<InputShare>>,
    /// The same in sums: by group, by kind, by grade.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub drivers: BTreeMap<String, Drivers>,
    /// Why it is not known what drives an outcome, of those for which it is not.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub drivers_not_known: BTreeMap<String, Text>,
}

/// A variable that should stay within bounds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BoundsSummary {
    /// Title.
    pub title: Text,
    /// Unit as written; empty where none.
    pub unit: String,
    /// What it should be at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// What it should be at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// On how many paths it leaves them in some year.
    pub paths: u64,
    /// The first such path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_path: Option<u64>,
    /// On how many paths it is not known whether it does, as some value is not a number.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub not_known: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "what serde hands over")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// How often a member is the one that a metric names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MemberShare {
    /// The member.
    pub member: String,
    /// Its title.
    #[serde(default)]
    pub title: Text,
    /// The share of the paths.
    pub share: f64,
    /// Its standard error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<f64>,
}

/// A condition, and among how many paths it was looked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunCondition {
    /// The condition as written.
    pub condition: String,
    /// How many paths were simulated.
    pub among: u64,
}

/// What an input explains alone of an outcome's variance (for a target: of the variance of its truth).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InputShare {
    /// The input without its year: `trend[coal]`; `forces[*]` for correlated inputs, which are taken as one.
    pub input: String,
    /// What it is called.
    #[serde(default)]
    pub title: Text,
    /// The group it belongs to.
    #[serde(default)]
    pub group: String,
    /// `parameter` or `shock`.
    #[serde(default)]
    pub kind: String,
    /// Grade of its source; empty where none is given.
    #[serde(default)]
    pub grade: String,
    /// The sum of the first-order indices of its draws, each by itself: of a shock the years, of correlated inputs all
    /// of them. What the draws do together is not in it.
    pub first_order: f64,
    /// Its standard error.
    #[serde(default)]
    pub standard_error: f64,
    /// How many draws that sum has.
    #[serde(default)]
    pub draws: u32,
    /// Mean of the outcome (for a target: its probability) with the input at its lowest value, of one that takes few and is drawn
    /// once. `None` of others: figures simulate them with the input at its 10 % quantile.
    #[serde(default)]
    pub low: Option<f64>,
    /// The standard error of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low_error: Option<f64>,
    /// The same at the highest value.
    #[serde(default)]
    pub high: Option<f64>,
    /// The standard error of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high_error: Option<f64>,
    /// The lowest and the highest value, of an input that takes few.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<[f64; 2]>,
    /// Whether it stands for inputs that are correlated.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub correlated: bool,
}

/// What drives an outcome, in sums of first-order shares.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Drivers {
    /// How many paths were binned for it.
    pub paths: u64,
    /// The first-order indices of all draws together.
    pub explained: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// What is left: draws that matter only together. Its error is that of what is explained.
    pub unexplained: f64,
    /// Shares of the inputs drawn once per path: what could be learned.
    pub parameters: f64,
    /// Its standard error.
    #[serde(default)]
    pub parameters_error: f64,
    /// Shares of the inputs drawn every year: what cannot.
    pub shocks: f64,
    /// Its standard error.
    #[serde(default)]
    pub shocks_error: f64,
    /// Shares by grade of the inputs' sources, `""` for those without one.
    pub grades: BTreeMap<String, f64>,
    /// Their standard errors.
    #[serde(default)]
    pub grade_errors: BTreeMap<String, f64>,
    /// Share of the inputs graded C or D.
    pub weak: f64,
    /// Its standard error.
    #[serde(default)]
    pub weak_error: f64,
    /// Shares by group, the largest first.
    pub groups: Vec<GroupShare>,
}

/// What a group of inputs explains of an outcome's variance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GroupShare {
    /// The group.
    pub group: String,
    /// What it is called.
    pub title: Text,
    /// The sum of the first-order indices of its draws, each by itself.
    pub first_order: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// What a run assumes: every distribution, and every value graded C or D.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Assumptions {
    /// The values, in the order of the scenario.
    pub values: Vec<Assumption>,
    /// The sources that they and the targets name, by id.
    pub sources: BTreeMap<String, Citation>,
    /// The figures of the document that they and the targets rest on, by id.
    pub figures: BTreeMap<String, Quotation>,
}

/// A value that is not known, or not confirmed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Assumption {
    /// The name of the value or input.
    pub name: String,
    /// Its distribution or value, as written.
    pub written: String,
    /// Unit; empty where none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub title: Text,
    /// Id of its source; empty where none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Ids of the figures of the document that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<String>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub note: Text,
}

/// A source.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// Its title.
    pub title: Text,
    /// A (official, quoted), B (secondary), C (unconfirmed), D (assumed or derived); empty where none.
    pub grade: String,
}

/// The document's words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quotation {
    /// The words.
    pub words: Text,
    /// How soft they are: `about`; empty where that is not written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub softness: String,
    /// Title, or a gloss.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub title: Text,
}

impl Assumptions {
    /// Whether nothing is assumed.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.sources.is_empty() && self.figures.is_empty()
    }

    /// The grade of a value's source; empty where none.
    pub fn grade(&self, value: &Assumption) -> &str {
        self.sources.get(&value.source).map_or("", |source| source.grade.as_str())
    }
}

/// How the error of a statistic fell while paths were added.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Convergence {
    /// The statistic: `probability` for the largest error of all targets' probabilities, or as it was asked for.
    #[serde(deserialize_with = "statistic")]
    pub statistic: String,
    /// The standard error that was asked for.
    pub wanted: f64,
    /// Whether it was reached before the most paths.
    pub reached: bool,
    /// Numbers of paths.
    pub paths: Vec<u64>,
    /// The standard errors with so many paths.
    pub standard_error: Vec<Option<f64>>,
}

/// What was run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ScenarioLabel {
    /// The scenario's id.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Its summary.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub summary: Text,
    /// The region.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub region: Text,
    /// The base year.
    #[serde(with = "crate::text::period::stored")]
    pub start: i32,
    /// The last year.
    #[serde(with = "crate::text::period::stored")]
    pub end: i32,
    /// The worlds of a pool; none of other scenarios.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub worlds: Vec<WorldShare>,
}

/// A world of a pool.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WorldShare {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Text,
    /// Its share of the paths.
    pub weight: f64,
}

impl ScenarioLabel {
    /// The worlds of a pool in a sentence; `None` of other scenarios.
    pub fn worlds_sentence(&self) -> Option<Message> {
        let one = |world: &WorldShare| {
            message!("result-summary-world", title = &world.title, weight = trimmed(100.0 * world.weight, 3))
        };
        let worlds: Vec<Message> = self.worlds.iter().map(one).collect();
        (!worlds.is_empty()).then(|| message!("result-summary-worlds", worlds = worlds))
    }
}

/// Names in the scenario's order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NameOrder {
    /// Variables.
    pub variables: Vec<String>,
    /// Metrics.
    pub metrics: Vec<String>,
    /// Targets.
    pub targets: Vec<String>,
}

/// Why a statistic is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// No path has a value.
    #[serde(rename = "none")]
    NoValue,
    /// Only one path has a value.
    #[serde(rename = "one")]
    OneValue,
    /// It lies among the paths that never get there, or would take them in.
    Never,
    /// The values are so large that their sums are no finite numbers.
    Infinite,
    /// It is plus infinity: it falls among values that are.
    PlusInfinity,
    /// It is minus infinity.
    MinusInfinity,
    /// Some values that it would take in are infinite.
    SomeInfinite,
    /// Some values are not a number, and decide it.
    NotANumber,
    /// All paths have the same value, although others are possible: how far off it is nothing shows.
    NoSpread,
    /// The tail is so heavy that it does not settle: the number is that of these paths, and of others it would be another.
    Tail,
}

/// Statistics of a variable, by year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VariableSummary {
    /// Whether values are read in per cent; files do not hold it, but the scenario: see [`annotate`](super::annotate).
    #[serde(skip)]
    pub per_cent: bool,
    /// Unit; empty where none was written.
    pub unit: String,
    /// Title.
    pub title: Text,
    /// Whether it is a headline.
    pub headline: bool,
    /// The years that the lists below run over.
    #[serde(with = "crate::text::period::stored::list")]
    pub years: Vec<i32>,
    /// Means; there is none where a value is not finite.
    pub mean: Vec<Option<f64>>,
    /// Standard errors of the means.
    pub standard_error: Vec<Option<f64>>,
    /// Standard deviations (n − 1).
    pub sd: Vec<Option<f64>>,
    /// Quantiles by level, the level as a decimal: `"0.05"`: the smallest value that at least this share of the paths does not
    /// exceed. Infinite values are in order with all others; a quantile that falls on one is `None`, and `why` says so.
    pub quantiles: BTreeMap<String, Vec<Option<f64>>>,
    /// Standard errors of the quantiles, by the same levels.
    #[serde(default)]
    pub quantile_errors: BTreeMap<String, Vec<Option<f64>>>,
    /// Smallest finite values.
    pub minimum: Vec<Option<f64>>,
    /// Largest finite values.
    pub maximum: Vec<Option<f64>>,
    /// Why a statistic is not known: by its name and the year. A quantile is called by its level, its error
    /// `quantile_errors.0.05`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub why: BTreeMap<String, BTreeMap<String, Why>>,
    /// How many paths had a value that is not finite.
    pub not_finite: Vec<u64>,
    /// The first such path, where there is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub first_not_finite: Vec<Option<u64>>,
}

/// Statistics of a metric.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MetricSummary {
    /// Whether values are read in per cent; files do not hold it, but the scenario: see [`annotate`](super::annotate).
    #[serde(skip)]
    pub per_cent: bool,
    /// Unit; empty where none was written.
    pub unit: String,
    /// Title.
    pub title: Text,
    /// Mean; there is none where a value is not finite.
    pub mean: Option<f64>,
    /// Standard error of the mean.
    pub standard_error: Option<f64>,
    /// Standard deviation.
    pub sd: Option<f64>,
    /// Quantiles by level over all paths as in [`VariableSummary::quantiles`]: what never comes is beyond every number.
    pub quantiles: BTreeMap<String, Option<f64>>,
    /// Standard errors of the quantiles, by the same levels.
    #[serde(default)]
    pub quantile_errors: BTreeMap<String, Option<f64>>,
    /// Smallest finite value.
    pub minimum: Option<f64>,
    /// Largest finite value.
    pub maximum: Option<f64>,
    /// Share of the paths on which the year never comes; 0 where infinity is no year.
    pub never: f64,
    /// Of a metric that names a member, the one with the largest value: how often each is it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MemberShare>,
    /// What such a path counts as where a number is asked of it, as for what drives it: the year after the last. `None` where
    /// there is no such path, or infinity is no year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub never_counts_as: Option<f64>,
    /// The mean with that counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean_counted: Option<f64>,
    /// The standard deviation with that counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sd_counted: Option<f64>,
    /// Why a statistic is not known, by its name as in [`VariableSummary::why`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub why: BTreeMap<String, Why>,
    /// How many paths had a value that is infinite or not a number, but for years that never come.
    pub not_finite: u64,
    /// The first such path, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_not_finite: Option<u64>,
    /// The value on the central path.
    pub central: Option<f64>,
}

/// A statistic with its standard error, as far as both exist.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The statistic.
    pub value: Option<f64>,
    /// Its standard error.
    pub error: Option<f64>,
}

impl Estimate {
    /// The same where digits below `rounding` say nothing: those of a difference of far larger numbers.
    #[must_use]
    pub fn rounded(self, rounding: f64) -> Self {
        Self { error: self.error.map(|error| if error <= rounding { 0.0 } else { error }), ..self }
    }

    /// With the digits that the error supports, in a unit of which `factor` make the statistic's own; `missing` where
    /// there is no such statistic.
    pub fn words(&self, factor: f64, missing: &str) -> String {
        self.words_beside(factor, missing, 0.0)
    }

    /// [`Estimate::words`] beside others that are so far apart: with digits enough to tell them apart.
    pub fn words_beside(&self, factor: f64, missing: &str, spread: f64) -> String {
        let error = self.digits_error(spread) * factor;
        let text = |value: f64| significant_beside(value * factor, error, spread * factor.abs());
        self.value.map_or_else(|| missing.to_owned(), text)
    }

    /// The error that digits are cut to. One that is a large part of what others differ by, or beside which these hardly
    /// differ or the value vanishes among far larger ones, is that of few paths or of many magnitudes: then three digits are those of
    /// a path, and to cut them would put values in another order.
    fn digits_error(&self, spread: f64) -> f64 {
        let (error, value) = (self.error.unwrap_or(0.0), self.value.unwrap_or(0.0).abs());
        let is_few =
            spread > 0.0 && error > spread / 20.0 || spread > 0.0 && error > value && value < spread / 1e4;
        if is_few && error > 0.005 * value { 0.005 * value } else { error }
    }

    /// The same as values of a unit are shown: a calendar year without separators.
    pub fn shown(&self, shown: &Shown, missing: &str) -> String {
        self.shown_beside(shown, missing, 0.0)
    }

    /// [`Estimate::shown`] beside others that are so far apart: with digits enough to tell them apart.
    pub fn shown_beside(&self, shown: &Shown, missing: &str, spread: f64) -> String {
        match self.value {
            Some(year) if shown.is_year => number_in(year, 5, calendar(shown.step)),
            _ => self.words_beside(shown.factor, missing, spread),
        }
    }

    /// How far apart the farthest of some estimates are; 0 where that is not known.
    pub fn spread(all: &[Self]) -> f64 {
        let values = || all.iter().filter_map(|one| one.value).filter(|x| x.is_finite());
        let spread = values().fold(f64::NEG_INFINITY, max) - values().fold(f64::INFINITY, min);
        if spread.is_finite() { max(spread, 0.0) } else { 0.0 }
    }
}

/// A probability with its error.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Probability {
    /// Share of the paths on which it holds.
    #[serde(alias = "odds")]
    pub probability: f64,
    /// Standard error; `None` where it holds on no path or on every one, so that only the interval says how much is
    /// known, and where it is open.
    #[serde(deserialize_with = "some_above_zero")]
    pub standard_error: Option<f64>,
    /// Lower end of the 95 % Wilson interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether it is not known on some paths whether it holds there, so that the probability may lie anywhere in the interval.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
    /// What decides it without counting paths: the equations, or the record. Of what the record decides no probability is
    /// left, and the file has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
}

impl Probability {
    /// Of what is decided: 1 or 0, for sure.
    pub fn of(decided: Decided) -> Self {
        let probability = if decided.holds() { 1.0 } else { 0.0 };
        Self {
            probability,
            standard_error: None,
            low: probability,
            high: probability,
            open: false,
            decided: Some(decided),
        }
    }

    /// With its error, as people read it: see [`KnownProbability::words`].
    pub fn words(&self, language: Language) -> String {
        self.known().words(language)
    }

    /// In whole per cent: see [`KnownProbability::short`].
    pub fn short(&self, language: Language) -> String {
        self.known().short(language)
    }

    /// In per cent in a cell of a figure: see [`KnownProbability::cell`].
    pub fn cell(&self) -> String {
        self.known().cell()
    }

    /// What its words are made of.
    pub fn known(&self) -> KnownProbability {
        let Self { probability: share, standard_error: error, low, high, open: is_open, decided } = *self;
        KnownProbability { share, error, low, high, is_open, decided }
    }
}

/// The probability of a target.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TargetSummary {
    /// The probability that it is met.
    #[serde(flatten)]
    pub probability: Probability,
    /// Title.
    pub title: Text,
    /// Group; empty where none.
    pub group: String,
    /// Source id; empty where none.
    pub source: String,
    /// Id of the document's figure; empty where none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub figure: String,
    /// A remark; files do not hold it, but the scenario: see [`annotate`](super::annotate).
    #[serde(skip)]
    pub note: Text,
    /// What is required, as written.
    pub require: String,
    /// The target of whose goal this is another reading; empty where it is a goal of its own.
    #[serde(default, alias = "reading_of", skip_serializing_if = "String::is_empty")]
    pub variant_of: String,
    /// The targets that it joins by `and`, where it asks nothing else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<String>,
    /// Levels to mark in charts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<MarkSummary>,
    /// On how many paths its truth is not known because a value was not finite.
    pub not_known: u64,
    /// Whether it is met on the central path.
    pub central: bool,
    /// The probability without what was observed, of a run that is conditioned on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prior: Option<Box<Probability>>,
}

/// A level that a target asks of a variable in a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarkSummary {
    /// The variable.
    pub variable: String,
    /// The year.
    #[serde(with = "crate::text::period::stored")]
    pub year: i32,
    /// The level.
    pub level: f64,
    /// At least the level, or else at most.
    pub at_least: bool,
}

/// Probabilities of several targets together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Joint {
    /// The targets that are counted together: of each goal its headline reading, as far as it is open. Neither other
    /// readings, nor targets that join others, nor what is decided without counting.
    #[serde(default)]
    pub goals: Vec<String>,
    /// All goals at once; absent when there is none.
    pub all: Option<Probability>,
    /// All goals of a group at once.
    pub groups: BTreeMap<String, Probability>,
    /// Two targets at once, `"a & b"` in the scenario's order: every two of up to 200 targets; of more every two of each
    /// group of up to 50, and those that were asked for.
    pub pairs: BTreeMap<String, Probability>,
    /// Share of the paths on which exactly k goals are met, k = 0 … number of goals.
    pub count: Vec<f64>,
}

/// JSON knows neither infinity nor "not a number": they were written as `null`.
fn with_nan<'de, D: serde::Deserializer<'de>>(reader: D) -> Result<BTreeMap<String, Vec<f64>>, D::Error> {
    let lists = BTreeMap::<String, Vec<Option<f64>>>::deserialize(reader)?;
    let number = |value: Option<f64>| value.unwrap_or(f64::NAN);
    Ok(lists.into_iter().map(|(name, list)| (name, list.into_iter().map(number).collect())).collect())
}

/// Targets as the file has them: no probability is left of those that the record decides.
fn without_decided<S: serde::Serializer>(
    targets: &BTreeMap<String, TargetSummary>,
    writer: S,
) -> Result<S::Ok, S::Error> {
    struct WrittenSummary<'a>(&'a TargetSummary);
    impl Serialize for WrittenSummary<'_> {
        fn serialize<S: serde::Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
            if !self.0.probability.decided.is_some_and(Decided::is_recorded) {
                return self.0.serialize(writer);
            }
            let wrong = <S::Error as serde::ser::Error>::custom::<serde_json::Error>;
            let mut whole = serde_json::to_value(self.0).map_err(wrong)?;
            if let Some(whole) = whole.as_object_mut() {
                whole.retain(|key, _| {
                    !matches!(key.as_str(), "probability" | "standard_error" | "low" | "high")
                });
            }
            whole.serialize(writer)
        }
    }
    writer.collect_map(targets.iter().map(|(name, target)| (name, WrittenSummary(target))))
}

/// Reads targets; of one that is decided the probability is 1 or 0 for sure.
fn with_decided<'de, D: serde::Deserializer<'de>>(
    reader: D,
) -> Result<BTreeMap<String, TargetSummary>, D::Error> {
    let mut targets = BTreeMap::<String, TargetSummary>::deserialize(reader)?;
    for target in targets.values_mut() {
        if let Some(decided) = target.probability.decided {
            target.probability = Probability::of(decided);
        }
    }
    Ok(targets)
}

/// A standard error; in a file of [`BEFORE`] one that is not known was written as 0.
pub(super) fn some_above_zero<'de, D: serde::Deserializer<'de>>(reader: D) -> Result<Option<f64>, D::Error> {
    Ok(Option::<f64>::deserialize(reader)?.filter(|error| *error > 0.0))
}

/// What a statistic of a convergence is called now.
fn statistic<'de, D: serde::Deserializer<'de>>(reader: D) -> Result<String, D::Error> {
    let name = String::deserialize(reader)?;
    Ok(if name == "odds" { "probability".to_owned() } else { name })
}

impl Summary {
    /// The inputs that drive an outcome, the strongest first.
    pub fn inputs(&self, outcome: &str) -> &[InputShare] {
        self.sensitivity.get(outcome).map_or(&[][..], Vec::as_slice)
    }

    /// Variables with their names in the scenario's order.
    pub fn ordered_variables(&self) -> impl Iterator<Item = (&str, &VariableSummary)> {
        ordered(&self.order.variables, &self.variables)
    }

    /// Metrics with their names in the scenario's order.
    pub fn ordered_metrics(&self) -> impl Iterator<Item = (&str, &MetricSummary)> {
        ordered(&self.order.metrics, &self.metrics)
    }

    /// Targets with their names in the scenario's order.
    pub fn ordered_targets(&self) -> impl Iterator<Item = (&str, &TargetSummary)> {
        ordered(&self.order.targets, &self.targets)
    }

    /// The targets that tables, pages and charts lead with, in their order.
    pub fn headline_targets(&self) -> impl Iterator<Item = (&str, &TargetSummary)> {
        let known = |name: &String| self.targets.get_key_value(name.as_str());
        self.headline.iter().filter_map(known).map(|(name, target)| (name.as_str(), target))
    }

    /// The other readings of each goal that has some, in the scenario's order.
    pub fn variants(&self) -> IndexMap<&str, Vec<(&str, &TargetSummary)>> {
        let mut found: IndexMap<&str, Vec<_>> = IndexMap::new();
        for (name, target) in self.ordered_targets().filter(|(_, target)| self.is_variant(target)) {
            found.entry(target.variant_of.as_str()).or_default().push((name, target));
        }
        found
    }

    /// The targets that stand for all goals, decided or not: what is counted when targets are counted. Of a summary of
    /// [`BEFORE`], all targets.
    pub fn goals(&self) -> impl Iterator<Item = (&str, &TargetSummary)> {
        self.ordered_targets().filter(|(_, target)| target.is_goal())
    }

    /// What tables of targets show: first those that they lead with, as the group [`HEADLINE`], then the groups.
    pub fn shown_groups(&self) -> Vec<(&str, Vec<(&str, &TargetSummary)>)> {
        let headline: Vec<_> = self.headline_targets().collect();
        let lead = (!headline.is_empty()).then_some((HEADLINE, headline));
        lead.into_iter().chain(self.targets_by_group()).collect()
    }

    /// Whether a target is another reading of a goal that is there, so that it stands under it.
    pub fn is_variant(&self, target: &TargetSummary) -> bool {
        self.targets.contains_key(&target.variant_of)
    }

    /// Groups in the order in which the scenario first names them, each with its targets, and after each goal its
    /// variants, whatever their group; those without a group stand under the empty name.
    pub fn targets_by_group(&self) -> Vec<(&str, Vec<(&str, &TargetSummary)>)> {
        let variants = self.variants();
        let mut groups: IndexMap<&str, Vec<(&str, &TargetSummary)>> = IndexMap::new();
        for (name, target) in self.ordered_targets() {
            // A variant stands under its goal, as long as that is there.
            if !self.is_variant(target) {
                let group = groups.entry(target.group.as_str()).or_default();
                group.push((name, target));
                group.extend(variants.get(name).into_iter().flatten());
            }
        }
        groups.into_iter().collect()
    }
}

/// The name of the group of the targets that are led with.
pub const HEADLINE: &str = "headline";

impl TargetSummary {
    /// Whether it is a goal of its own: no other reading of one, and no mere `and` of others.
    pub fn is_goal(&self) -> bool {
        self.variant_of.is_empty() && self.joins.is_empty()
    }
}

impl Why {
    /// The value of a quantile that is not finite, and so in no list.
    fn infinity(self) -> Option<f64> {
        match self {
            Self::PlusInfinity | Self::Never => Some(f64::INFINITY),
            Self::MinusInfinity => Some(f64::NEG_INFINITY),
            _ => None,
        }
    }
}

impl MetricSummary {
    /// The quantile of a level, with its standard error; infinite where it falls on an infinite value.
    pub fn quantile(&self, level: &str) -> Estimate {
        let at = |values: &BTreeMap<String, Option<f64>>| values.get(level).copied().flatten();
        // Summaries of before do not say why, but how often it never comes.
        let old = || {
            (self.why.is_empty() && self.never > 0.0 && self.quantiles.contains_key(level))
                .then_some(f64::INFINITY)
        };
        let infinity = || self.why.get(level).map_or_else(old, |why| why.infinity());
        Estimate { value: at(&self.quantiles).or_else(infinity), error: at(&self.quantile_errors) }
    }

    /// The mean with its standard error; none where the tail is too heavy for one, or the year may never come.
    pub fn mean(&self) -> Estimate {
        // Of a summary of before it may be that of the paths on which it comes.
        let value = self.mean.filter(|_| self.never == 0.0 && !self.why.contains_key("mean"));
        Estimate { value, error: self.standard_error }
    }

    /// The standard deviation over all paths; not known where some of them never get there.
    pub fn sd(&self) -> Option<f64> {
        self.sd.filter(|_| self.never == 0.0 && !self.why.contains_key("sd"))
    }

    /// Mean and standard deviation, a year that never comes counted as the year after the last.
    pub fn counted(&self) -> Option<(f64, f64)> {
        Some((self.mean_counted.or(self.mean)?, self.sd_counted.or(self.sd).unwrap_or(0.0)))
    }
}

impl VariableSummary {
    /// The place of a year in the lists.
    pub fn place(&self, year: i32) -> Option<usize> {
        self.years.iter().position(|&y| y == year)
    }

    /// The quantile of a level in the year at a place, with its standard error; infinite where it falls on an infinite value.
    pub fn quantile(&self, level: &str, place: usize) -> Estimate {
        let at = |values: &BTreeMap<String, Vec<Option<f64>>>| values.get(level)?.get(place).copied()?;
        let infinity = || self.why.get(level)?.get(&label(self.years.get(place)?))?.infinity();
        Estimate { value: at(&self.quantiles).or_else(infinity), error: at(&self.quantile_errors) }
    }

    /// The mean of the year at a place, with its standard error; none where the tail is too heavy for one.
    pub fn mean_at(&self, place: usize) -> Estimate {
        let at = |values: &[Option<f64>]| values.get(place).copied().flatten();
        let reason = || self.why.get("mean")?.get(&label(self.years.get(place)?));
        let value = at(&self.mean).filter(|_| reason().is_none());
        Estimate { value, error: at(&self.standard_error) }
    }

    /// The levels of the quantiles, ascending, each with its values by year.
    pub fn levels(&self) -> Vec<(f64, &[Option<f64>])> {
        let mut levels: Vec<(f64, &[Option<f64>])> = (self.quantiles.iter())
            .filter_map(|(key, values)| Some((key.parse().ok()?, values.as_slice())))
            .collect();
        levels.sort_by(|a, b| a.0.total_cmp(&b.0));
        levels
    }
}

pub(super) fn ordered<'a, T>(
    order: &'a [String],
    map: &'a BTreeMap<String, T>,
) -> impl Iterator<Item = (&'a str, &'a T)> {
    order.iter().filter_map(|name| map.get_key_value(name)).map(|(name, item)| (name.as_str(), item))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a target rests on is written even where no value is assumed.
    #[test]
    fn assumptions_are_empty_only_without_values_sources_and_figures() {
        assert!(Assumptions::default().is_empty());
        let mut sources = Assumptions::default();
        sources.sources.insert("book".into(), Citation::default());
        let mut figures = Assumptions::default();
        figures.figures.insert("f1".into(), Quotation::default());
        let values = Assumptions { values: vec![Assumption::default()], ..Assumptions::default() };
        assert!(!sources.is_empty() && !figures.is_empty() && !values.is_empty());
    }
}
