//! Why a run did not come about.

use std::fmt;

use crate::ensemble::MOST_PATHS;
use crate::num::sobol::MOST_DIMENSIONS;

/// Why a run did not come about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EngineError {
    /// No paths were asked for.
    NoPaths,
    /// More paths were asked for than an ensemble can count.
    TooManyPaths {
        /// How many.
        paths: u64,
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

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPaths => write!(f, "a run needs at least one path: ask for 1 or more"),
            Self::TooManyPaths { paths } => {
                write!(f, "{paths} paths are more than a run can count: ask for {MOST_PATHS} or fewer")
            }
            Self::NoThreads => {
                write!(f, "a run needs at least one thread: ask for 1 or more, or leave the number out")
            }
            Self::Threads { reason } => {
                write!(f, "the threads of the run could not be started ({reason}): ask for fewer")
            }
            Self::TooManyDimensions { dimensions } => write!(
                f,
                "a path has {dimensions} draws, and Sobol points {MOST_DIMENSIONS} dimensions: choose another --sampling"
            ),
            Self::Interrupted { finished } => write!(f, "the run was stopped after {finished} paths"),
        }
    }
}

impl std::error::Error for EngineError {}
