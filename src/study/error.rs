//! Why a question has no answer.

use std::fmt;

use crate::engine::EngineError;
use crate::engine::conditional::RecordRefusal;
use crate::result::run_part::PartError;
use crate::text::number::paths;
use crate::text::{Diagnostic, DiagnosticList, Files};

/// What is wrong with a scenario, and the texts in which it stands. Printed, each problem is a line
/// `file:line:column: error: what is wrong (how to mend it)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    /// The texts that were read.
    pub files: Files,
    /// What is wrong with them.
    pub diagnostics: DiagnosticList,
}

impl Diagnostics {
    /// One problem that stands in no file.
    pub fn of(diagnostic: Diagnostic) -> Self {
        Self { files: Files::default(), diagnostics: DiagnosticList::from(diagnostic) }
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.has_errors()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, diagnostic) in self.diagnostics.0.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            f.write_str(&diagnostic.one_line(&self.files))?;
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
    /// A condition holds on no path whatever happens.
    #[error("{condition} never holds, whatever happens: check it and what it names")]
    ImpossibleCondition {
        /// The condition.
        condition: String,
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
    /// A record cannot condition the run.
    #[error("the run cannot be conditioned on what was observed: {0}")]
    Record(#[from] RecordRefusal),
    /// No error is known of an observation.
    #[error(
        "nothing is said of the measurement error of {variable} in {year}: give its sd above 0, in the variable's unit or as \"1%\"; it is never invented"
    )]
    NoMeasurementError {
        /// The variable.
        variable: String,
        /// The year.
        year: i32,
    },
    /// The record contradicts the scenario.
    #[error(
        "what was observed contradicts the scenario: of records that the scenario gives only a share of {plausibility:.5} lies as far out; look at units and base years, or say --allow-implausible"
    )]
    Implausible {
        /// The share of records that lie as far out.
        plausibility: f64,
    },
    /// Too few paths agree with the record.
    #[error(
        "{paths} paths say as much as {effective:.0} that agree with what was observed: too few, it takes {least:.0}; simulate more: --paths {needed}"
    )]
    FewEffectivePaths {
        /// How many paths of equal weight would say as much.
        effective: f64,
        /// How many there are.
        paths: u64,
        /// How many would do.
        needed: u64,
        /// How many effective ones it takes.
        least: f64,
    },
    /// A few paths outweigh the others.
    #[error(
        "a few paths outweigh the others: one has {:.1} % of all weight{k}; errors cannot be told. Give the observations a larger sd, or simulate more (--paths)",
        100.0 * largest
    )]
    UnevenWeights {
        /// The largest weight as a share of all.
        largest: f64,
        /// What is said of the tail.
        k: String,
    },
    /// Observations do not go with another way of choosing paths.
    #[error(
        "observations cannot be used with `{with}`; leave one of them out (--unobserved leaves out the observations)"
    )]
    ObservedWith {
        /// The other way.
        with: String,
    },
    /// A command does not know conditioned runs.
    #[error(
        "{what} does not know how to condition on the scenario's observations yet, and would tell what was believed before them; leave out [observations], or run with --unobserved"
    )]
    NotConditioned {
        /// The command.
        what: &'static str,
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
