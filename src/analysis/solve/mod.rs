//! What would it take: the values of an input at which a goal about the distribution holds.
//!
//! Every trial value is simulated with the same draws, so that what is followed moves smoothly with the input and a
//! bracketed root finder (Illinois, Dowell and Jarratt 1971, with bisection where it stalls) finds where it
//! passes the goal. The range is gone through in equal steps first, so that a goal that holds in several parts of it,
//! in the middle or nowhere is seen. A boundary may lie wherever the interval of the statistic holds the goal's number
//! (a test that is inverted), which needs no slope and stays right where few paths decide.
//!
//! A quantile Q of level q is the smallest value that at least the share q of the paths does not exceed:
//! Q ≤ g where P(x ≤ g) ≥ q, and Q ≥ g where P(x < g) < q. So a goal on a quantile is searched by the probability
//! that decides it, which is right for whole numbers and lumps too, where many paths share the value g; `=` holds
//! where `>=` and `<=` both do.
//!
//! Where the scenario has observations, each trial is one among the futures that agree with them: its paths are conditioned anew.

mod goal;
mod lever;
mod posterior;
mod search;
mod simplest;
mod trial;

pub use goal::{Goal, Kinds, Relation};
pub use lever::{Lever, Meaning, Wanted};
pub use trial::{Trial, TrialEstimate};

use super::record::{RecordError, Unreliable};
use crate::engine::{EngineError, RunRequest};
use crate::scenario::Scenario;
use crate::text::DiagnosticList;

/// The stated interval is this many standard errors either way: wrong once in a thousand.
pub const INTERVAL: f64 = 3.29;

/// Why there is no answer.
#[derive(Debug)]
pub enum SolveError {
    /// The scenario with a trial value is wrong.
    Scenario(DiagnosticList),
    /// A run failed.
    Engine(EngineError),
    /// The statistic does not exist at this value.
    Nothing(f64),
    /// At this value the scenario's observations cannot condition it.
    Record(f64, RecordError),
    /// At this value the paths that agree with the observations tell nothing that can be relied on.
    Unreliable(f64, Unreliable),
}

/// A value of the lever where the goal begins or ceases to hold, or where it is met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Boundary {
    /// The value.
    pub x: f64,
    /// Its standard error; infinite where it is not known.
    pub error: f64,
    /// The statistic there.
    pub reached: TrialEstimate,
    /// Close below and close above it.
    pub sides: [Trial; 2],
    /// Whether the statistic jumps there.
    pub jumps: bool,
    /// Where it lies but for one case in a thousand, within the lever's range: where the interval of what is followed holds
    /// the goal's number.
    pub interval: (f64, f64),
    /// Whether the goal holds at the value itself.
    pub included: bool,
}

/// A part of the lever's range in which the goal holds. Of a goal with `=` mostly a single value: both ends are the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SolvedInterval {
    /// Its lower end; none where it is that of the range.
    pub from: Option<Boundary>,
    /// Its upper end; none where it is that of the range.
    pub to: Option<Boundary>,
}

impl SolvedInterval {
    /// The single value that it is.
    pub fn point(&self) -> Option<&Boundary> {
        self.from.as_ref().filter(|_| self.from == self.to)
    }
}

/// A part of the lever's range in which a goal with `=` is met within what chance may do, wherever in it the lever is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PossibleRange {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// A trial within it.
    pub within: Trial,
}

/// What a search comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// Where the goal holds, ascending. Nowhere if there are none; everywhere if one has no ends.
    pub parts: Vec<SolvedInterval>,
    /// Where a goal with `=` is jumped over.
    pub passed: Vec<Boundary>,
    /// Where a goal with `=` is met within what chance may do, although no value in it was found to meet it: the statistic is the same
    /// there, and paths do not tell it from the goal's number.
    pub possible: Vec<PossibleRange>,
    /// The trial that came closest to the goal, or to missing it: what tells most where there is no boundary.
    pub closest: Trial,
    /// Whether the statistic was the same wherever the lever was tried.
    pub constant: bool,
    /// Where it was tried first, how often.
    pub tried: usize,
    /// The trial with the most paths on which it is not known whether an event holds, if there are any.
    pub not_known: Option<Trial>,
    /// Whether what was followed both rises and falls within the range, by more than chance.
    pub turns: bool,
}

impl Solution {
    /// The first boundary, jumps over the goal included.
    pub fn first(&self) -> Option<&Boundary> {
        let ends = self.parts.iter().flat_map(|part| part.from.iter().chain(&part.to));
        ends.chain(&self.passed).next()
    }

    /// Whether the goal may hold somewhere, as far as the paths tell.
    pub fn may_hold(&self, goal: &Goal) -> bool {
        !self.possible.is_empty() || goal.may_hold(&self.closest)
    }

    /// Whether a goal that holds at every trial may be missed, as far as the paths tell.
    pub fn may_be_missed(&self, goal: &Goal) -> bool {
        self.is_everywhere() && goal.may_be_missed(&self.closest)
    }

    /// Whether the goal holds at every trial.
    pub fn is_everywhere(&self) -> bool {
        matches!(self.parts.as_slice(), [SolvedInterval { from: None, to: None }])
    }
}

/// A question.
#[derive(Clone, Debug)]
pub struct SolveQuestion<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The goal.
    pub goal: &'a Goal,
    /// Seed, paths and threads.
    pub request: RunRequest,
}
