//! Why nothing is solved for.

use std::fmt;

use crate::analysis::solve::{Goal, Kinds};
use crate::text::{Key, Message};
use crate::{key, message};

/// Why a goal, or the inputs that are to be varied for it, make no question.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SolveRefusal {
    /// The record tells whether the goal's event comes about.
    Recorded {
        /// The statistic.
        statistic: String,
        /// Whether the event came about.
        met: bool,
    },
    /// Whether something is possible at all is not told from paths.
    Possibility {
        /// The goal.
        goal: String,
        /// A goal that paths can tell.
        bound: String,
    },
    /// Too few paths are asked for.
    FewPaths {
        /// How many.
        paths: u64,
        /// The goal.
        goal: String,
        /// How many it takes.
        least: u64,
    },
    /// No input is named.
    NoInput,
    /// An input is named twice under one option.
    Twice {
        /// The option.
        option: &'static str,
        /// The input.
        name: String,
    },
    /// An input is named under two options.
    TwoWays {
        /// The one.
        option: &'static str,
        /// The input.
        name: String,
        /// The other.
        other: &'static str,
    },
    /// Two inputs move the same value.
    Overlapping {
        /// The one.
        one: String,
        /// The other.
        other: String,
    },
    /// There are more ranges than inputs.
    ManyRanges,
    /// A range is not two finite numbers, the lower first.
    NoRange,
    /// A range is written in per cent and the input's values are not, or the other way round.
    PercentSign {
        /// The range.
        range: String,
        /// The input.
        name: String,
        /// Whether the values have the sign.
        signed: bool,
    },
    /// The statistic does not exist at a value.
    NoStatistic {
        /// The statistic.
        statistic: String,
        /// The input.
        lever: String,
        /// The value.
        value: f64,
        /// The reason.
        why: Key,
    },
    /// With an input at a value the observations do not condition the run.
    NotConditioned {
        /// The input.
        lever: String,
        /// The value.
        value: f64,
        /// The reason.
        why: Box<Message>,
    },
}

impl SolveRefusal {
    /// That the goal's statistic does not exist with the lever at a value.
    pub(super) fn no_statistic(goal: &Goal, lever: &str, value: f64) -> Self {
        let why = match goal.kind {
            Kinds::Probability { .. } => key!("study-solve-nothing-condition"),
            Kinds::Quantile(_) => key!("study-solve-nothing-value"),
            _ => key!("study-solve-nothing-settles"),
        };
        Self::NoStatistic { statistic: goal.statistic.clone(), lever: lever.to_owned(), value, why }
    }

    /// What it says, in no language yet.
    pub fn message(&self) -> Message {
        match self {
            Self::Recorded { statistic, met } => {
                let words = if *met { key!("text-decided-met") } else { key!("text-decided-missed") };
                message!("study-solve-recorded", statistic = statistic, words = words)
            }
            Self::Possibility { goal, bound } => message!("study-solve-possible", goal = goal, bound = bound),
            Self::FewPaths { paths, goal, least } => {
                message!("study-solve-few", paths = *paths, goal = goal, least = least.to_string())
            }
            Self::NoInput => message!("study-solve-vary"),
            Self::Twice { option, name } => message!("study-solve-twice", option = *option, name = name),
            Self::TwoWays { option, name, other } => {
                message!("study-solve-also", option = *option, name = name, other = *other)
            }
            Self::Overlapping { one, other } => message!("study-solve-overlapping", one = one, other = other),
            Self::ManyRanges => message!("study-solve-between-many"),
            Self::NoRange => message!("study-solve-between-form"),
            Self::PercentSign { range, name, signed: true } => {
                message!("study-solve-between-with", range = range, name = name)
            }
            Self::PercentSign { range, name, signed: false } => {
                message!("study-solve-between-without", range = range, name = name)
            }
            Self::NotConditioned { lever, value, why } => message!(
                "study-solve-not-conditioned",
                lever = lever,
                value = value.to_string(),
                why = why.as_ref()
            ),
            Self::NoStatistic { statistic, lever, value, why } => message!(
                "study-solve-nothing",
                statistic = statistic,
                lever = lever,
                value = value.to_string(),
                why = *why
            ),
        }
    }
}

impl fmt::Display for SolveRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}
