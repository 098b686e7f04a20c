//! Why a question has no answer.

use std::fmt;

use crate::analysis::record::{LEAST_EFFECTIVE, RecordError, Unreliable};
use crate::engine::EngineError;
use crate::engine::conditional::RecordRefusal;
use crate::message;
use crate::result::run_part::PartError;
use crate::scenario::Scenario;
use crate::text::number::{digits, trimmed};
use crate::text::{Diagnostic, DiagnosticList, Files, Key, Language, Message};

use super::WorldAfter;
use super::chart::ChartRefusal;
use super::decompose::DecomposeRefusal;
use super::discover::DiscoverRefusal;
use super::score::ScoreRefusal;
use super::sensitivity::SensitivityRefusal;
use super::solve::SolveRefusal;

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

    /// All of them in a language, each on a line.
    pub fn text(&self, language: Language) -> String {
        let lines = self.diagnostics.0.iter().map(|diagnostic| diagnostic.one_line(&self.files, language));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.has_errors()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::En))
    }
}

impl std::error::Error for Diagnostics {}

/// Why a question about a scenario has no answer.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// The scenario, or a formula that was asked about, is wrong.
    Scenario(Box<Diagnostics>),
    /// The run did not come about, or was stopped.
    Engine(#[from] EngineError),
    /// A condition holds on too few paths to say anything.
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
    ImpossibleCondition {
        /// The condition.
        condition: String,
    },
    /// A precision of the probabilities of targets is asked for, and the scenario has none.
    NoTargets,
    /// Pairs of a target that does not exist are asked for.
    UnknownTarget {
        /// The name.
        name: String,
        /// What may have been meant.
        help: Message,
    },
    /// A part of a run cannot be used.
    Part(#[from] PartError),
    /// A part, which is named, cannot be used.
    NamedPart {
        /// The part, by the name that it was given.
        name: String,
        /// What is wrong with it.
        #[source]
        error: PartError,
    },
    /// A record cannot condition the run.
    Record(#[from] RecordRefusal),
    /// No error is known of an observation.
    NoMeasurementError {
        /// The variable.
        variable: String,
        /// The year.
        year: i32,
    },
    /// The record contradicts the scenario.
    Implausible {
        /// The share of records that lie as far out.
        plausibility: f64,
    },
    /// Too few paths agree with the record.
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
    UnevenWeights {
        /// The largest weight as a share of all.
        largest: f64,
        /// The shape of the weights' tail, where it is too heavy.
        k: Option<f64>,
    },
    /// Observations do not go with paths that are spread evenly.
    ObservedSampling {
        /// The way in which they are spread.
        scheme: String,
    },
    /// After a record only the odds of all targets are simulated to a precision.
    ObservedUntil,
    /// A pool is not conditioned on observations; what they say of its weights.
    ObservedPool {
        /// Its worlds.
        worlds: Vec<WorldAfter>,
    },
    /// A command does not know pools.
    OfPool {
        /// The command.
        what: Message,
        /// The names of the pool's worlds.
        worlds: Vec<String>,
    },
    /// A command does not know conditioned runs.
    NotConditioned {
        /// Why, and what to do instead.
        why: Key,
    },
    /// A question knows only runs that count all random paths alike.
    OfSomePaths {
        /// What the scenario's `[run]` says otherwise: `given`, or a sampling.
        setting: String,
    },
    /// It is not told what an outcome depends on.
    Sensitivity(#[from] SensitivityRefusal),
    /// It is not told when a target is missed.
    Discover(#[from] DiscoverRefusal),
    /// A change is not shared out among factors.
    Decompose(#[from] DecomposeRefusal),
    /// Nothing is solved for.
    Solve(#[from] SolveRefusal),
    /// A figure is not drawn.
    Chart(#[from] ChartRefusal),
    /// A run is not scored.
    Score(#[from] ScoreRefusal),
    /// A page cannot be put together.
    Page {
        /// The reason.
        why: String,
    },
    /// Parts were simulated by another program of the same version.
    OtherBuild,
    /// Parts hold counts that the scenario does not give.
    OtherCounts,
    /// Parts hold counts of drivers that the scenario does not have.
    OtherDrivers,
    /// There is no result of this name.
    UnknownResult {
        /// Target, variable or metric.
        kind: Key,
        /// The name that was asked for.
        name: String,
        /// What may have been meant.
        help: Message,
    },
    /// What was asked for is not known, and why.
    NotKnown {
        /// The statistic.
        what: String,
        /// The reason.
        why: String,
    },
}

impl StudyError {
    /// That a command does not know pools, where the scenario is one.
    ///
    /// # Errors
    /// When it is one.
    pub fn of_pool(scenario: &Scenario, what: impl Into<Message>) -> Result<(), Self> {
        let Some(pool) = &scenario.pool else { return Ok(()) };
        let worlds = pool.names().into_iter().map(str::to_owned).collect();
        Err(Self::OfPool { what: what.into(), worlds })
    }

    /// What it says, in no language yet.
    pub fn message(&self) -> Message {
        match self {
            Self::Scenario(diagnostics) => Message::verbatim(diagnostics.to_string()),
            Self::Engine(error) => error.message(),
            Self::TooFewPaths { condition, found, among, least } => message!(
                "study-too-few-paths",
                condition = condition,
                found = *found,
                among = *among,
                least = *least
            ),
            Self::ImpossibleCondition { condition } => {
                message!("study-impossible-condition", condition = condition)
            }
            Self::NoTargets => message!("study-no-targets"),
            Self::UnknownTarget { name, help } => message!("study-unknown-target", name = name, help = help),
            Self::Part(error) => message!("study-part", why = error.message()),
            Self::NamedPart { name, error } => {
                message!("study-named-part", name = name, why = error.message())
            }
            Self::NotKnown { what, why } => message!("study-not-known", what = what, why = why),
            Self::UnknownResult { kind, name, help } => {
                message!("study-unknown-result", kind = *kind, name = name, help = help)
            }
            Self::ObservedPool { worlds } => {
                let share = |share: f64| trimmed(100.0 * share, 3);
                let one = |world: &WorldAfter| {
                    message!(
                        "study-observed-pool-world",
                        name = &world.name,
                        before = share(world.weight),
                        after = share(world.weight_after),
                        log = digits(world.log_likelihood, 4),
                        error = digits(world.standard_error, 1)
                    )
                };
                let all = |all, next| message!("study-observed-pool-next", all = all, next = next);
                let worlds = worlds.iter().map(one).reduce(all).unwrap_or_default();
                message!("study-observed-pool", worlds = worlds)
            }
            Self::OfPool { what, worlds } => {
                message!("study-of-pool", what = what, names = names(worlds).as_slice())
            }
            Self::OfSomePaths { setting } => message!("study-of-some-paths", reason = setting),
            Self::Sensitivity(refusal) => refusal.message(),
            Self::Discover(refusal) => refusal.message(),
            Self::Decompose(refusal) => refusal.message(),
            Self::Solve(refusal) => refusal.message(),
            Self::Chart(refusal) => refusal.message(),
            Self::Score(refusal) => refusal.message(),
            Self::Page { why } => message!("study-page", why = why),
            Self::OtherBuild => message!("study-other-build", version = env!("CARGO_PKG_VERSION")),
            Self::OtherCounts => message!("study-other-counts"),
            Self::OtherDrivers => message!("study-other-drivers"),
            Self::Record(_)
            | Self::NoMeasurementError { .. }
            | Self::Implausible { .. }
            | Self::FewEffectivePaths { .. }
            | Self::UnevenWeights { .. }
            | Self::ObservedSampling { .. }
            | Self::ObservedUntil
            | Self::NotConditioned { .. } => self.of_observations(),
        }
    }

    /// What it says where it is about observations.
    fn of_observations(&self) -> Message {
        match self {
            Self::Record(refusal) => message!("study-record", why = refusal.message()),
            Self::NoMeasurementError { variable, year } => {
                message!("study-no-measurement-error", variable = variable, year = *year)
            }
            Self::Implausible { plausibility } => {
                message!("study-implausible", share = format!("{plausibility:.5}"))
            }
            Self::FewEffectivePaths { effective, paths, needed, least } => message!(
                "study-few-effective-paths",
                paths = paths.to_string(),
                effective = format!("{effective:.0}"),
                least = format!("{least:.0}"),
                needed = needed.to_string()
            ),
            Self::UnevenWeights { largest, k } => {
                let largest = format!("{:.1}", 100.0 * largest);
                match k {
                    None => message!("study-uneven-weights", largest = largest),
                    Some(k) => {
                        message!("study-uneven-weights-tail", largest = largest, k = format!("{k:.2}"))
                    }
                }
            }
            Self::ObservedSampling { scheme } => message!("study-observed-sampling", scheme = scheme),
            Self::ObservedUntil => message!("study-observed-until"),
            Self::NotConditioned { why } => Message::from(*why),
            _ => Message::default(),
        }
    }
}

/// In English.
fn names(worlds: &[String]) -> Vec<&str> {
    worlds.iter().map(String::as_str).collect()
}

impl fmt::Display for StudyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl From<RecordError> for StudyError {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Scenario(diagnostics) => Diagnostics { files: Files::default(), diagnostics }.into(),
            RecordError::NoMeasurementError(variable, year) => Self::NoMeasurementError { variable, year },
            RecordError::Refused(refusal) => refusal.into(),
        }
    }
}

impl From<Unreliable> for StudyError {
    fn from(unreliable: Unreliable) -> Self {
        match unreliable {
            Unreliable::Few { effective, paths, needed } => {
                Self::FewEffectivePaths { effective, paths, needed, least: LEAST_EFFECTIVE }
            }
            Unreliable::Uneven { largest, k } => Self::UnevenWeights { largest, k },
        }
    }
}

impl From<Diagnostics> for StudyError {
    fn from(diagnostics: Diagnostics) -> Self {
        Self::Scenario(Box::new(diagnostics))
    }
}
