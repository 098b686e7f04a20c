//! Why it is not told what an outcome depends on.

use std::fmt;

use crate::message;
use crate::text::Message;

/// Why an outcome and its inputs make no question.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SensitivityRefusal {
    /// Too few paths are asked for.
    FewPaths {
        /// How many.
        paths: u64,
        /// How many it takes.
        least: u64,
    },
    /// The outcome depends on no draw of an input.
    Independent {
        /// The outcome.
        of: String,
        /// The input.
        name: String,
        /// The first of those that it depends on.
        inputs: Vec<String>,
    },
    /// There is no such input or group.
    NoInput {
        /// The name.
        name: String,
        /// What may have been meant.
        help: Message,
    },
    /// An input that stands in the order of a split is correlated with no other.
    NotCorrelated {
        /// The name.
        name: String,
    },
    /// The outcome depends on nothing random.
    NoChance {
        /// The outcome.
        of: String,
    },
}

impl SensitivityRefusal {
    /// What it says, in no language yet.
    pub fn message(&self) -> Message {
        match self {
            Self::FewPaths { paths, least } => {
                message!("study-sensitivity-few", paths = *paths, least = least.to_string())
            }
            Self::Independent { of, name, inputs } => {
                let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
                message!("study-sensitivity-independent", of = of, name = name, inputs = inputs.as_slice())
            }
            Self::NoInput { name, help } => {
                message!("study-sensitivity-no-input", name = name, help = help)
            }
            Self::NotCorrelated { name } => message!("study-sensitivity-order", name = name),
            Self::NoChance { of } => message!("study-sensitivity-no-chance", of = of),
        }
    }
}

impl fmt::Display for SensitivityRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}
