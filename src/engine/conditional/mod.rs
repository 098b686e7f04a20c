//! Paths that agree with what was observed: on each path and for each observed year the shocks are solved for that produce
//! the observed value, and the path is weighted exactly.
//!
//! Scores are the independent standard normals behind the draws. Those of an observed year on which an observed value
//! depends are moved along as many directions as there are observations ([`directions`](self)); a share of the paths keeps
//! its own, so that nothing that could have happened is left out. A path's weight is the density of its shocks, times that
//! of what was observed, over the density with which it was proposed: an importance weight, whose mean is the likelihood of
//! the record. No path depends on another: every one keeps its address.

mod directions;
mod extremes;
mod matrix;
mod pareto;
mod plausibility;
mod simulate;
mod solve;
mod stages;
mod weights;

use std::fmt;

use crate::message;
use crate::model::{Instruction, Op, Program};
use crate::num::draw::stream;
use crate::num::system::SystemMethod;
use crate::text::Message;
use directions::Direction;
use stages::Stages;

pub use extremes::extreme_paths_given;
pub use simulate::{
    ConditionalCounts, ConditionalRun, Posterior, StageFacts, conditional_paths, simulate_conditional,
};

/// A value of a series that became known.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// The variable, with its members.
    pub variable: String,
    /// The year.
    pub year: i32,
    /// The value.
    pub value: f64,
    /// The standard deviation of its measurement.
    pub sd: f64,
}

impl Observed {
    /// The stream of the errors by which an observation is blurred.
    fn stream(&self, of: &str) -> u32 {
        stream(&format!("({of}) {}", self.variable))
    }
}

/// Why a record cannot condition a run.
#[derive(Clone, Debug, PartialEq)]
pub enum RecordRefusal {
    /// More values were observed in a year than shocks respond to.
    TooManyObservations {
        /// The year.
        year: i32,
        /// How many were observed.
        observations: usize,
        /// How many shocks respond.
        scores: usize,
    },
    /// Several values of a year always move together.
    Dependent {
        /// The year.
        year: i32,
        /// The variable that the others of the year determine.
        variable: String,
    },
    /// What was observed rests on equations that are solved too roughly for exact weights.
    Rough,
    /// No path of the pilot agrees with the record at all.
    NoPath,
}

impl RecordRefusal {
    /// What it says, in no language yet.
    pub fn message(&self) -> Message {
        match self {
            Self::TooManyObservations { year, observations, scores } => message!(
                "engine-refusal-many-observations",
                observations = observations.to_string(),
                year = *year,
                scores = scores.to_string(),
                surplus = (observations - scores).to_string()
            ),
            Self::Dependent { year, variable } => {
                message!("engine-refusal-dependent", year = *year, variable = variable)
            }
            Self::Rough => message!("engine-refusal-rough"),
            Self::NoPath => message!("engine-refusal-no-path"),
        }
    }
}

/// In English.
impl fmt::Display for RecordRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for RecordRefusal {}

/// The largest tolerance whose solutions, to which Newton's last step is added, have derivatives to within their rounding.
const LARGEST_TOLERANCE: f64 = 1e-8;

/// Whether a system is solved by substitution, or to a large tolerance: weights are made of derivatives of solutions.
fn is_rough(program: &Program) -> bool {
    program.instructions.iter().any(|instruction| match instruction {
        Instruction::Compute { op: Op::Solve { system }, .. } => {
            let rule = &program.systems[*system as usize].rule;
            rule.method == SystemMethod::Substitution || rule.tolerance > LARGEST_TOLERANCE
        }
        _ => false,
    })
}

/// What conditions the paths of a program: the observed values and how they are reached.
#[derive(Clone, Debug)]
pub struct Conditioning {
    observed: Vec<Observed>,
    stages: Stages,
    /// By stage.
    directions: Vec<Direction>,
    /// By observation: whether its logarithm is solved for.
    logs: Vec<bool>,
    /// Observations that say nothing, as their error is so large, by their place.
    empty: Vec<usize>,
    /// The logarithm of the likelihood of these.
    log_likelihood: f64,
}

impl Conditioning {
    /// Prepares the conditioning of all programs that draw as `program` does, the series of which are the observed values in
    /// their order.
    ///
    /// # Errors
    /// When it cannot be done.
    pub fn new(program: &Program, observed: &[Observed], seed: u64) -> Result<Self, RecordRefusal> {
        if is_rough(program) {
            return Err(RecordRefusal::Rough);
        }
        let all = Stages::new(program, observed)?;
        let (mut logs, mut empty) = (vec![false; observed.len()], Vec::new());
        let log_likelihood = directions::look(&all, observed, seed, &mut logs, &mut empty);
        let stages = if empty.is_empty() { all } else { all.without(&empty) };
        let mut made =
            Self { observed: observed.to_vec(), stages, directions: Vec::new(), logs, empty, log_likelihood };
        made.directions = directions::find(&made, seed)?;
        Ok(made)
    }

    /// Whether nothing that was observed says anything: all paths weigh the same.
    pub fn says_nothing(&self) -> bool {
        self.stages.years.is_empty()
    }

    /// The log likelihood of what says nothing.
    pub fn constant_log_likelihood(&self) -> f64 {
        self.log_likelihood
    }

    /// The observations.
    pub fn observed(&self) -> &[Observed] {
        &self.observed
    }

    /// Observations of values that are the same on every path, with that value: they condition nothing.
    pub fn constant(&self) -> impl Iterator<Item = (&Observed, f64)> {
        self.stages.constant.iter().map(|(place, value)| (&self.observed[*place], *value))
    }

    /// Observations that say nothing, as their error is so large.
    pub fn empty(&self) -> impl Iterator<Item = &Observed> {
        self.empty.iter().map(|place| &self.observed[*place])
    }

    /// How plausible the record is: the share of prior records that lie further out than it, by the Mahalanobis distance.
    pub fn plausibility(&self, seed: u64) -> f64 {
        plausibility::plausibility(self, seed)
    }

    /// The value that is solved for, and the standard deviation of its error.
    fn scaled(&self, place: usize) -> (f64, f64) {
        let Observed { value, sd, .. } = &self.observed[place];
        if self.logs[place] { (crate::num::ln(*value), sd / value) } else { (*value, *sd) }
    }
}
