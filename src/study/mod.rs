//! One question, one answer: a scenario is opened, changed and asked, and every answer is plain data.
//!
//! Nothing here prints, parses a command line, looks at a clock or writes a file; a door (the command, a Python module, a
//! page) turns its arguments into an [`Options`] and the answer into words and files.

mod audit;
mod backtest;
mod chart;
mod check;
mod compare;
mod counting;
mod decompose;
mod discover;
mod error;
mod explain;
mod files;
mod fit;
mod glance;
mod memory;
mod merge;
mod observed;
mod options;
mod paths;
mod prepared;
mod report;
mod run;
mod sample;
mod score;
mod sensitivity;
mod shard;
mod solve;
mod unsolved;
mod until;
mod validate;

use crate::model::RecordedVariables;
use crate::scenario::{Loaded, Scenario, load, load::from_text_with};

pub use crate::analysis::audit::{Finding, FindingKind};
pub use crate::analysis::backtest::Backtest;
pub use crate::analysis::fit::{Fitted, FittedNumber};
pub use crate::analysis::gates::{Judged, Undecided, Verdict};
pub use crate::engine::{EngineError, Watch};
pub use crate::model::Model;
pub use audit::{AuditAnswer, AuditSubject};
pub use backtest::{BacktestAnswer, BacktestRequest, PreparedBacktest};
#[doc(hidden)]
pub use chart::{Background, drawn, source, unknown, usual};
pub use chart::{Chart, ChartKind, ChartRefusal, ChartRequest, LackingForChart};
pub use check::Checking;
pub use compare::Compared;
pub use counting::LEAST_GIVEN;
pub use decompose::{
    DecomposeAnswer, DecomposeRefusal, DecomposeRequest, DecompositionEnds, DecompositionMethod,
    DecompositionQuestion, EffectLabel, NoRatios, PathEffects, PreparedDecompose, Spread, Unknown,
};
pub use discover::{
    ConsideredInput, DiscoverAnswer, DiscoverRefusal, DiscoverRequest, DiscoveredBox, InputLimit, LimitEnd,
    PreparedDiscover, Quality,
};
pub use error::{Diagnostics, StudyError};
pub use explain::ExplainRequest;
pub use files::{File, Sources, files, files_of_comparison, histories};
pub use fit::{FitAnswer, PreparedFit};
pub use memory::{Besides, Need, PROGRAM, needed_together};
pub use merge::{merge, merged};
pub use observed::{FEW_EFFECTIVE, LEAST_EFFECTIVE, Observing, replay_observed};
pub use options::{Options, Precision, Sampling, Settings, UnknownSampling};
pub use paths::{Paths, PathsItem, PathsKind};
pub use prepared::{Prepared, record};
pub use run::Run;
pub use sample::Sample;
pub use score::{
    Date, IntervalScore, NoDensity, NotScored, Observations, OutcomeScore, Outside, RunScore, ScoreAnswer,
    ScoreMeans, ScoreRefusal, ScoreRequest, TargetScore, UnscoredValue, VariableMeans,
};
pub use sensitivity::{
    AskedInput, CorrelatedSplit, Distance, ElementaryEffects, FirstOrderSums, FoundSensitivity, Indices,
    InputShare, MeasuredSensitivity, OutcomeSensitivity, PreparedSensitivity, Probe, SensitivityAnswer,
    SensitivityIndex, SensitivityMethod, SensitivityRefusal, SensitivityRequest, SplitRule, SplitShares,
};
pub use shard::{Counting, Shard};
pub use solve::{
    Boundary, Goal, HeldSolution, Kinds, Lever, Meaning, PossibleRange, PreparedSolve, Relation, Solution,
    SolveAnswer, SolveRefusal, SolveRequest, SolvedInterval, Trial, TrialEstimate,
};
pub use unsolved::Unsolved;

/// Where a study's scenario comes from.
#[derive(Clone, Debug)]
enum StudySource {
    /// A file, or the name of a built-in scenario.
    Named(String),
    /// A text, and what messages call it.
    Text(String, String),
}

/// A scenario that is opened: it can be changed and asked.
///
/// ```
/// use plancast::{Options, Study};
///
/// let study = Study::open("outside-view")?;
/// let run = study.run(&Options::default().paths(2_000).drivers(false))?;
/// let faster = study.set("anchor", "normal(6%, 1%)");
/// # let _ = faster;
/// assert_eq!(run.summary.paths, 2_000);
/// # Ok::<(), plancast::StudyError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Study {
    source: StudySource,
    /// Changes `NAME=QUANTITY`, the earlier first.
    changes: Vec<String>,
    loaded: Loaded,
}

impl Study {
    /// Opens a scenario: a file, or the name of one that is built in. A pool of several worlds is one too:
    ///
    /// ```
    /// use plancast::{Options, Study};
    ///
    /// let text = r#"
    ///     [pool]
    ///     worlds = [{ scenario = "inflation-fan", weight = 0.75 }, { scenario = "high.toml", weight = 0.25 }]
    /// "#;
    /// let high = r#"{ scenario = { id = "high", extends = "inflation-fan" } }"#;
    /// let pool = Study::from_text("views", &text.replace("\"high.toml\"", high))?;
    /// let names = pool.scenario().pool.as_ref().map(|pool| pool.names());
    /// assert_eq!(names, Some(vec!["inflation-fan", "high"]));
    /// let run = pool.run(&Options::default().paths(2_000))?;
    /// assert!(run.summary.sensitivity.values().flatten().count() > 0);
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn open(name: &str) -> Result<Self, StudyError> {
        Self::checked(StudySource::Named(name.to_owned()), Vec::new())
    }

    /// Opens a scenario that is a text; messages call it `name`.
    ///
    /// ```
    /// let text = "[time]\nstart = 2020\nend = 2019";
    /// let error = plancast::Study::from_text("mine", text).unwrap_err();
    /// assert!(error.to_string().contains("mine:"), "{error}");
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn from_text(name: &str, text: &str) -> Result<Self, StudyError> {
        Self::checked(StudySource::Text(name.to_owned(), text.to_owned()), Vec::new())
    }

    /// The same scenario with a parameter, or a field of a member (`trend[coal]`), as another quantity: a number with a
    /// unit (`"3%"`) or a distribution (`"normal(3%, 1%)"`). The scenario is read again.
    ///
    /// # Errors
    /// When there is nothing of this name, or the quantity cannot be read.
    pub fn set(&self, name: &str, quantity: &str) -> Result<Self, StudyError> {
        let mut changes = self.changes.clone();
        changes.push(format!("{name}={quantity}"));
        Self::checked(self.source.clone(), changes)
    }

    /// Reads a scenario and compiles it once, so that all that is wrong with it is found.
    fn checked(source: StudySource, changes: Vec<String>) -> Result<Self, StudyError> {
        let loaded = match &source {
            StudySource::Named(name) => load(name, &changes),
            StudySource::Text(name, text) => from_text_with(name, text, &changes),
        };
        // What compiling warns of is kept with what reading does.
        let (loaded, _) = prepared::compiled(loaded, &RecordedVariables::Headlines, false)?;
        Ok(Self { source, changes, loaded })
    }

    /// What messages call it: a file, a built-in name, or the name of a text.
    pub fn name(&self) -> &str {
        match &self.source {
            StudySource::Named(name) | StudySource::Text(name, _) => name,
        }
    }

    /// The scenario as it was read, with the changes that were made.
    pub fn scenario(&self) -> &Scenario {
        &self.loaded.scenario
    }

    /// What may be a mistake in it, without being an error.
    pub fn warnings(&self) -> Diagnostics {
        Diagnostics { files: self.loaded.files.clone(), diagnostics: self.loaded.diagnostics.clone() }
    }

    /// The compiled model in which the headlines are recorded.
    ///
    /// # Errors
    /// Everything that is wrong with the scenario.
    pub fn model(&self) -> Result<Model, StudyError> {
        Ok(prepared::compiled(self.loaded.clone(), &RecordedVariables::Headlines, false)?.1)
    }

    /// Compiles what a run of these options needs; the result can be run, looked at, or run in parts.
    ///
    /// # Errors
    /// What is wrong with the options in this scenario: names that it does not have, formulas that cannot be read.
    pub fn prepare(&self, options: &Options) -> Result<Prepared, StudyError> {
        Prepared::new(self.loaded.clone(), options, false)
    }

    /// Simulates the scenario.
    ///
    /// # Errors
    /// When the options do not fit the scenario, or the run does not come about.
    pub fn run(&self, options: &Options) -> Result<Run, StudyError> {
        self.prepare(options)?.run(Watch::default())
    }
}
