//! What `sensitivity` finds.

use crate::analysis::indices::{Distance, ElementaryEffects, Indices, Probe};
use crate::text::Text;

use super::super::Sample;
use super::CorrelatedSplit;

/// An input, or a group of inputs, of which an outcome may depend.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AskedInput {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Text,
    /// The weakest grade of the sources of what is drawn.
    pub grade: String,
    /// Places of its draws among those of the outcome.
    pub draws: Vec<usize>,
    /// The names of what is drawn together with it, where it stands for several inputs that are correlated.
    pub others: Vec<String>,
    /// Whether it holds inputs that are correlated, which are taken as one.
    pub correlated: bool,
}

/// By input, the sum of the first-order indices of its draws and its standard error, as a run tells it; or why it is not
/// known.
pub type FirstOrderSums = Result<Vec<(f64, f64)>, Text>;

/// What a method finds, by input in the order of [`OutcomeSensitivity::inputs`].
#[derive(Clone, Debug, PartialEq)]
pub enum MeasuredSensitivity {
    /// Closed and total indices, and the sums of first-order indices.
    Sobol(Vec<Indices>, FirstOrderSums),
    /// Elementary effects.
    Morris(Vec<ElementaryEffects>),
    /// Distances, and what chance alone makes of the largest group.
    Pawn(Vec<Distance>, Distance),
}

/// What was found about an outcome, or why nothing was.
#[derive(Clone, Debug, PartialEq)]
pub enum FoundSensitivity {
    /// Numbers by input.
    Measured(MeasuredSensitivity),
    /// The equations say that it is the same whatever is drawn.
    Same,
    /// It was the same wherever it was tried, which does not say that it never varies.
    Unmoved,
    /// It is infinite, or no number, at some points, and has no variance.
    NotFinite,
    /// It varies, but not among so few points.
    TooFew,
    /// The record tells whether a target was met.
    Recorded(bool),
}

impl FoundSensitivity {
    /// Whether the outcome varies; `None` where the points do not tell.
    pub fn varies(&self) -> Option<bool> {
        match self {
            Self::Same | Self::Recorded(_) => Some(false),
            Self::Unmoved => None,
            _ => Some(true),
        }
    }
}

/// What an outcome depends on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OutcomeSensitivity {
    /// The outcome as it was named.
    pub of: String,
    /// The inputs that are asked about.
    pub inputs: Vec<AskedInput>,
    /// What was found.
    pub found: FoundSensitivity,
    /// What the outcome is at random points.
    pub probe: Probe,
    /// What counts for infinity, where it is a year that never comes.
    pub never: Option<f64>,
    /// What correlated inputs explain, split among them: of Sobol' indices alone.
    pub correlated: Vec<CorrelatedSplit>,
}

/// What outcomes depend on. [`SensitivityAnswer::json`] is the same as JSON.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SensitivityAnswer {
    /// The id of the scenario.
    pub scenario: String,
    /// The paths of each outcome.
    pub sample: Sample,
    /// The outcomes.
    pub outcomes: Vec<OutcomeSensitivity>,
    /// Whether a single outcome was named.
    pub is_named: bool,
    /// How many more outcomes could be asked about by name.
    pub left: usize,
}
