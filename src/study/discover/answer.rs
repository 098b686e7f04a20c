//! What `discover` finds.

use std::collections::BTreeMap;

use crate::analysis::prim::Quality;
use crate::text::Text;
use crate::text::probability::Decided;

use super::super::Sample;

/// An input on which the target may depend.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ConsideredInput {
    /// Its name.
    pub name: String,
    /// Its title, which others may have too.
    pub title: Text,
    /// The grade of its source.
    pub grade: String,
    /// The unit of its values, where one is written.
    pub unit: Option<String>,
    /// Over how many years it is the mean of its draws; 1 of an input that is drawn once.
    pub years: usize,
}

/// An end of a range of an input.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct LimitEnd {
    /// The level of the input's quantile at which it lies.
    pub quantile: f64,
    /// That quantile.
    pub value: f64,
}

/// The range within which an input lies.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct InputLimit {
    /// The input: its place in [`DiscoverAnswer::inputs`].
    pub input: usize,
    /// The lower end; `None` where it is not limited from below.
    pub low: Option<LimitEnd>,
    /// The upper end; `None` where it is not limited from above.
    pub high: Option<LimitEnd>,
    /// The only value that is left, of an input that has several.
    pub only: Option<f64>,
    /// The least and the largest value that are left, of an input of whole numbers; `None` in place of an end that leaves
    /// out nothing.
    pub whole: Option<(Option<i64>, Option<i64>)>,
    /// Between which quantiles two thirds of the input's values lie: how large a difference is that matters.
    pub spread: f64,
    /// How likely chance alone would make the box as dense with this range as it is (Bryant and Lempert's quasi-p-value).
    pub quasi_p_value: f64,
}

/// Ranges of inputs within which the target is mostly missed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DiscoveredBox {
    /// The ranges.
    pub limits: Vec<InputLimit>,
    /// How good the box is, among all paths.
    pub quality: Quality,
    /// The trade-off of coverage and density on the way to it.
    pub tradeoff: Vec<Quality>,
}

/// In what futures a target is missed. [`DiscoverAnswer::json`] is the same as JSON.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DiscoverAnswer {
    /// The id of the scenario.
    pub scenario: String,
    /// The target.
    pub target: String,
    /// Its title.
    pub title: Text,
    /// What the equations say of it, where they decide it on every path.
    pub decided: Option<Decided>,
    /// What the paths are conditioned on: the observed years, by variable.
    pub observed: BTreeMap<String, Vec<i32>>,
    /// The paths that were looked at.
    pub sample: Sample,
    /// The share of them on which the target is missed.
    pub missed: f64,
    /// The inputs on which the target may depend.
    pub inputs: Vec<ConsideredInput>,
    /// The boxes, the one that was found first before others; each is looked for among the paths outside those before it.
    pub boxes: Vec<DiscoveredBox>,
}
