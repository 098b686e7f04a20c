//! Why a figure is not drawn.

use std::fmt;

use crate::message;
use crate::text::Message;

use super::ChartKind;

/// What a run lacks for figures of some kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LackingForChart {
    /// It stores no distributions.
    Distributions,
    /// Its paths cannot be simulated again.
    Paths,
}

/// Why a run has no such figure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChartRefusal {
    /// The run has no such year.
    NoYear {
        /// The id of the scenario.
        scenario: String,
        /// The year.
        year: i32,
        /// The run's base year.
        start: i32,
        /// The run's last year.
        end: i32,
    },
    /// Figures of this kind show several runs.
    OfSeveral {
        /// The kind.
        kind: ChartKind,
    },
    /// A scatter plot does not show two variables.
    NoPair,
    /// There is no figure of a kind.
    NoneOfKind {
        /// The kind.
        kind: ChartKind,
        /// The kinds that there are.
        has: Vec<ChartKind>,
        /// What the run lacks for others.
        lacks: Option<LackingForChart>,
    },
    /// No figure shows something.
    Unknown {
        /// What it should show.
        name: String,
        /// The kind; `None` for any.
        kind: Option<ChartKind>,
        /// What may have been meant.
        near: Option<String>,
        /// What figures show, by name.
        available: Vec<String>,
    },
}

impl ChartRefusal {
    /// What it says, in no language yet.
    pub fn message(&self) -> Message {
        match self {
            Self::NoYear { scenario, year, start, end } => {
                message!("study-chart-no-year", scenario = scenario, year = *year, start = *start, end = *end)
            }
            Self::OfSeveral { kind } => message!("study-chart-of-several", kind = kind.name()),
            Self::NoPair => message!("study-chart-pair"),
            Self::NoneOfKind { kind, has, lacks } => {
                let names: Vec<&str> = has.iter().map(|kind| kind.name()).collect();
                let (kind, names) = (kind.name(), names.as_slice());
                match lacks {
                    None => message!("study-chart-none", kind = kind, names = names),
                    Some(LackingForChart::Distributions) => {
                        message!("study-chart-none-distributions", kind = kind, names = names)
                    }
                    Some(LackingForChart::Paths) => {
                        message!("study-chart-none-replay", kind = kind, names = names)
                    }
                }
            }
            Self::Unknown { name, kind, near, available } => {
                let mut said = match kind {
                    Some(kind) => message!("study-chart-unknown-kind", name = name, kind = kind.name()),
                    None => message!("study-chart-unknown", name = name),
                };
                if let Some(near) = near {
                    said = said.and(message!("study-chart-near", near = near));
                }
                let names: Vec<&str> = available.iter().map(String::as_str).collect();
                said.and(message!("study-chart-available", names = names.as_slice()))
            }
        }
    }
}

impl fmt::Display for ChartRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}
