//! Why a change is not shared out among factors.

use std::fmt;

use crate::message;
use crate::text::Message;

/// Why a variable and its factors make no question.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DecomposeRefusal {
    /// A scenario does not have a year.
    NoYear {
        /// The scenario's id.
        scenario: String,
        /// The year.
        year: i32,
        /// Its first year.
        start: i32,
        /// Its last year.
        end: i32,
    },
    /// Names of effects and factors with formulas are given together.
    NamesOrFormulas,
}

impl DecomposeRefusal {
    /// What it says, in no language yet.
    pub fn message(&self) -> Message {
        match self {
            Self::NoYear { scenario, year, start, end } => message!(
                "study-decompose-no-year",
                scenario = scenario,
                year = *year,
                start = *start,
                end = *end
            ),
            Self::NamesOrFormulas => message!("study-decompose-names-or-formulas"),
        }
    }
}

impl fmt::Display for DecomposeRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}
