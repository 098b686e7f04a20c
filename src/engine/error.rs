//! Why a run did not come about.

use std::fmt;

use crate::message;
use crate::num::sobol::MOST_DIMENSIONS;
use crate::text::Message;

/// Why a run did not come about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// No paths were asked for.
    NoPaths,
    /// More paths were asked for than an ensemble can count.
    TooManyPaths {
        /// How many.
        paths: u64,
        /// The most.
        most: u64,
    },
    /// No threads were asked for.
    NoThreads,
    /// The threads could not be started.
    Threads {
        /// What the system said.
        reason: String,
    },
    /// There are not so many dimensions of points.
    TooManyDimensions {
        /// How many draws a path has.
        dimensions: usize,
    },
    /// The run was told to stop.
    Interrupted {
        /// How many paths were finished by then.
        finished: u64,
    },
}

impl EngineError {
    /// What it says, in no language yet.
    pub fn message(&self) -> Message {
        match self {
            Self::NoPaths => message!("engine-error-no-paths"),
            Self::TooManyPaths { paths, most } => {
                message!("engine-error-many-paths", paths = paths.to_string(), most = most.to_string())
            }
            Self::NoThreads => message!("engine-error-no-threads"),
            Self::Threads { reason } => message!("engine-error-threads", reason = reason),
            Self::TooManyDimensions { dimensions } => message!(
                "engine-error-dimensions",
                dimensions = dimensions.to_string(),
                most = MOST_DIMENSIONS.to_string()
            ),
            Self::Interrupted { finished } => {
                message!("engine-error-interrupted", finished = finished.to_string())
            }
        }
    }
}

/// In English.
impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}
