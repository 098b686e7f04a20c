//! Why a question has no answer.

use std::fmt;

use crate::engine::EngineError;
use crate::result::part::PartError;
use crate::text::number::paths;
use crate::text::{Files, Problem, Problems};

/// What is wrong with a scenario, and the texts in which it stands. Printed, each problem is a line
/// `file:line:column: error: what is wrong (how to mend it)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    /// The texts that were read.
    pub files: Files,
    /// What is wrong with them.
    pub problems: Problems,
}

impl Diagnostics {
    /// One problem that stands in no file.
    pub fn of(problem: Problem) -> Self {
        Self { files: Files::default(), problems: Problems::from(problem) }
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.problems.has_errors()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.problems.0.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            f.write_str(&problem.one_line(&self.files))?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

/// Why a question about a scenario has no answer.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// The scenario, or a formula that was asked about, is wrong.
    #[error(transparent)]
    Scenario(Box<Diagnostics>),
    /// The run did not come about, or was stopped.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A condition holds on too few paths to say anything.
    #[error(
        "{condition} holds on {found} of {}: too few to say anything, it takes {least}; simulate more (--paths) or ask for less",
        paths(*among)
    )]
    TooFewPaths {
        /// The condition.
        condition: String,
        /// On how many paths it holds.
        found: u64,
        /// Of how many.
        among: u64,
        /// How many it takes.
        least: u64,
    },
    /// A precision of the probabilities of targets is asked for, and the scenario has none.
    #[error(
        "--until with a share speaks of the odds of targets, and the scenario has none; write --until 'mean(x@2030)=1'"
    )]
    NoTargets,
    /// Pairs of a target that does not exist are asked for.
    #[error("--pairs: there is no target \"{name}\"; {help}")]
    UnknownTarget {
        /// The name.
        name: String,
        /// What may have been meant.
        help: String,
    },
    /// A part of a run cannot be used.
    #[error("the parts are not the whole run: {0}")]
    Part(#[from] PartError),
    /// A part, which is named, cannot be used.
    #[error("{name}: {error}")]
    NamedPart {
        /// The part, by the name that it was given.
        name: String,
        /// What is wrong with it.
        #[source]
        error: PartError,
    },
    /// Parts were simulated by another program of the same version.
    #[error("the parts were simulated by another build of plancast {}", env!("CARGO_PKG_VERSION"))]
    OtherBuild,
    /// Parts hold counts that the scenario does not give.
    #[error("the parts hold counts that this scenario does not give; simulate them again")]
    OtherCounts,
    /// Parts hold counts of drivers that the scenario does not have.
    #[error("the parts hold counts of drivers that this scenario does not have; simulate them again")]
    OtherDrivers,
    /// There is no result of this name.
    #[error("the run has no {kind} \"{name}\"; {help}")]
    UnknownResult {
        /// Target, variable or metric.
        kind: &'static str,
        /// The name that was asked for.
        name: String,
        /// What may have been meant.
        help: String,
    },
    /// What was asked for is not known, and why.
    #[error("{what} is not known: {why}")]
    NotKnown {
        /// The statistic.
        what: String,
        /// The reason.
        why: String,
    },
}

impl From<Diagnostics> for StudyError {
    fn from(diagnostics: Diagnostics) -> Self {
        Self::Scenario(Box::new(diagnostics))
    }
}
