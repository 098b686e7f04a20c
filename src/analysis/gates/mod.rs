//! Judging gates: statements about the distribution, from counts, with a stated confidence.
//!
//! Every statistic that a gate names gets a confidence interval; arithmetic, comparisons and `and`, `or`, `not` are
//! carried out on intervals, and a gate whose truth is the same wherever in their intervals the statistics lie
//! is decided. So a decision is wrong only when some interval missed its truth.
//!
//! A gate that is not decided is looked at again with twice the paths, and each further look is one more chance to
//! be wrong. [`Plan`] shares the gate's error `1 − confidence` out evenly among all the looks that may be taken and,
//! at each, among the statistics of the gate (Bonferroni's inequality, which holds however these depend on
//! each other). So whatever the number of looks, a gate is decided wrongly with at most the stated
//! probability. The confidence is that of each gate, not of all gates together.
//!
//! A gate is decided by intervals that hold for every distribution if they suffice: then the verdict has a guarantee. Else
//! means, standard deviations and shortfalls are approximated where what the paths show allows it, and the verdict has
//! none.

mod estimate;
mod extremes;
mod posterior;
mod reason;

use serde::Serialize;

pub use estimate::{GateEstimate, resolution, standard_error};
pub use extremes::Extremes;
pub use posterior::judge_posterior;
pub use reason::Undecided;

use crate::ensemble::{Ensemble, MOST_PATHS};
use crate::formula::{BinaryOperator, UnaryOperator};
use crate::model::gates::{Expression, Gate, StatisticKind};
use crate::num::{Interval, max};
use crate::result::interval::deciding_cell;
use estimate::StatisticIntervals;

/// What came of a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Verdict {
    /// It holds, with the stated confidence.
    Pass,
    /// The paths do not tell.
    Undecided,
    /// It does not hold, with the stated confidence.
    Fail,
}

/// When to look, and how sure to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// With how many paths to look, ascending: each twice the one before, the last the most that is allowed.
    pub looks: Vec<u64>,
    /// The probability with which a gate is decided rightly, at least.
    pub confidence: f64,
}

/// A gate with its verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// Its name.
    pub name: String,
    /// What is required, as written.
    pub require: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether the confidence of the verdict is guaranteed, or rests on tails that the paths have shown. `None` where
    /// the gate is undecided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guarantee: Option<bool>,
    /// Why it is undecided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Undecided>,
    /// How many paths it rests on.
    pub paths: u64,
    /// What was found of the statistics it names.
    pub statistics: Vec<GateEstimate>,
    /// Where it stands, for those who know the files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Location>,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Location {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

impl Plan {
    /// Looks at `paths`, twice, four times … as many, and last at `most`.
    pub fn new(paths: u64, most: u64, confidence: f64) -> Self {
        let mut looks = vec![paths];
        let mut next = paths.saturating_mul(2);
        while next < most {
            looks.push(next);
            next = next.saturating_mul(2);
        }
        if most > paths {
            looks.push(most);
        }
        Self { looks, confidence }
    }

    /// The probability with which an interval of a gate may miss at one look.
    fn alpha(&self, gate: &Gate) -> f64 {
        (1.0 - self.confidence) / (self.looks.len() * gate.statistics.len().max(1)) as f64
    }
}

/// Judges a gate at one of the looks of a plan.
///
/// # Panics
/// When the ensemble is of a program that does not record what the gate names.
pub fn judge(gate: &Gate, ensemble: &Ensemble, extremes: &Extremes, plan: &Plan) -> Judged {
    let alpha = plan.alpha(gate);
    let found: Vec<StatisticIntervals> = gate
        .statistics
        .iter()
        .map(|statistic| estimate::find(statistic, ensemble, extremes, alpha))
        .collect();
    decide(gate, &found, ensemble, alpha)
}

/// The verdict that the intervals of a gate's statistics allow.
fn decide(gate: &Gate, found: &[StatisticIntervals], ensemble: &Ensemble, alpha: f64) -> Judged {
    let intervals = |of: fn(&StatisticIntervals) -> Interval| found.iter().map(of).collect::<Vec<Interval>>();
    let guaranteed = gate.statement.truth(&intervals(|found| found.guaranteed));
    let truth = guaranteed.or_else(|| gate.statement.truth(&intervals(StatisticIntervals::narrowest)));
    let reason = || why(gate, found, ensemble, alpha);
    Judged {
        name: gate.name.clone(),
        require: gate.require.clone(),
        verdict: match truth {
            Some(true) => Verdict::Pass,
            Some(false) => Verdict::Fail,
            None => Verdict::Undecided,
        },
        guarantee: truth.map(|_| guaranteed.is_some()),
        reason: if truth.is_none() { Some(reason()) } else { None },
        paths: ensemble.paths,
        statistics: found
            .iter()
            .zip(&gate.statistics)
            .map(|(found, statistic)| found.estimate(statistic, ensemble, guaranteed.is_some()))
            .collect(),
        place: None,
    }
}

/// Why a gate is undecided: what is not known of one of its statistics, or that the bound is too close.
fn why(gate: &Gate, found: &[StatisticIntervals], ensemble: &Ensemble, alpha: f64) -> Undecided {
    if let Some(reason) = found.iter().find_map(|found| found.reason.clone()) {
        return reason;
    }
    let bounds = bounds_of(&gate.statement);
    let cell = bounds.into_iter().find_map(|(number, bound)| {
        let statistic = &gate.statistics[number];
        let StatisticKind::Quantile(level) = statistic.kind else { return None };
        let cell = deciding_cell(&ensemble.series[statistic.series as usize], level, alpha, bound)?;
        Some(Undecided::Cell { bound, low: cell.low, high: cell.high, paths: cell.count })
    });
    cell.unwrap_or_else(|| {
        if is_of_plain_comparisons(&gate.statement) {
            return Undecided::Close { needed: needed(gate, found, ensemble.paths) };
        }
        let points: Option<Vec<Interval>> =
            found.iter().map(|found| found.point().map(Interval::exactly)).collect();
        if points.is_some_and(|points| gate.statement.truth(&points).is_none()) {
            return Undecided::NoValue;
        }
        Undecided::Together { needed: needed_together(gate, found, ensemble.paths) }
    })
}

/// Whether all that a statement compares is single statistics with numbers.
fn is_of_plain_comparisons(statement: &Expression) -> bool {
    match statement {
        Expression::Binary(BinaryOperator::And | BinaryOperator::Or, a, b) => {
            is_of_plain_comparisons(a) && is_of_plain_comparisons(b)
        }
        Expression::Unary(UnaryOperator::Not, x) => is_of_plain_comparisons(x),
        Expression::Binary(operator, a, b) if operator.is_comparison() => match (&**a, &**b) {
            (Expression::Statistic(_), bound) | (bound, Expression::Statistic(_)) => {
                bound.constant().is_some()
            }
            _ => a.constant().is_some() && b.constant().is_some(),
        },
        Expression::Binary(..) | Expression::Chain(..) | Expression::Unary(..) => false,
        Expression::Number(_) | Expression::Statistic(_) => true,
    }
}

/// With how many paths, two, four … times as many, the statement is decided where every interval has narrowed about its estimate with
/// the root of their number; `None` where none that can be counted do it.
fn needed_together(gate: &Gate, found: &[StatisticIntervals], paths: u64) -> Option<u64> {
    let with = |more: f64| {
        let narrowed = |found: &StatisticIntervals| {
            let (Interval { low, high }, point) = (found.narrowest(), found.point()?);
            let by = more.sqrt();
            Some(Interval { low: point - (point - low) / by, high: point + (high - point) / by })
        };
        let narrowed: Option<Vec<Interval>> = found.iter().map(narrowed).collect();
        narrowed.is_some_and(|intervals| gate.statement.truth(&intervals).is_some())
    };
    let numbers = std::iter::successors(paths.checked_mul(2), |paths| paths.checked_mul(2));
    let mut counted = numbers.take_while(|needed| *needed <= MOST_PATHS);
    counted.find(|needed| with(*needed as f64 / paths as f64))
}

/// With how many paths the interval of every statistic would no longer reach the bound that it is compared with, if the
/// estimate were right: intervals narrow with the root of the number of paths.
fn needed(gate: &Gate, found: &[StatisticIntervals], paths: u64) -> Option<u64> {
    let one = |(number, bound): (usize, f64)| {
        let (interval, estimate) = (found[number].narrowest(), found[number].point()?);
        let reaches = interval.low <= bound && bound <= interval.high;
        let far = if estimate < bound { interval.high - estimate } else { estimate - interval.low };
        let times = far / (estimate - bound).abs();
        reaches.then_some(if times.is_nan() { f64::INFINITY } else { times * times })
    };
    let times = bounds_of(&gate.statement).into_iter().filter_map(one).reduce(max)?;
    let needed = times * paths as f64;
    (needed <= MOST_PATHS as f64).then_some(needed.ceil() as u64)
}

/// The statistics that a statement compares with a number, and the number.
fn bounds_of(statement: &Expression) -> Vec<(usize, f64)> {
    match statement {
        Expression::Binary(BinaryOperator::And | BinaryOperator::Or, a, b) => {
            let mut bounds = bounds_of(a);
            bounds.extend(bounds_of(b));
            bounds
        }
        // Rows of comparisons there are none, and sums are compared with nothing here.
        Expression::Chain(first, rest) => {
            let parts = std::iter::once(&**first).chain(rest.iter().map(|(_, x)| x));
            parts.flat_map(bounds_of).collect()
        }
        Expression::Unary(_, x) => bounds_of(x),
        Expression::Binary(_, a, b) => match (&**a, &**b) {
            (Expression::Statistic(number), bound) | (bound, Expression::Statistic(number)) => {
                bound.constant().map(|bound| (*number, bound)).into_iter().collect()
            }
            _ => Vec::new(),
        },
        Expression::Number(_) | Expression::Statistic(_) => Vec::new(),
    }
}

/// The worst of some verdicts: a failure, or else a doubt.
pub fn worst(gates: &[Judged]) -> Verdict {
    gates.iter().map(|gate| gate.verdict).max().unwrap_or(Verdict::Pass)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_double_up_to_the_most() {
        assert_eq!(Plan::new(1000, 5000, 0.99).looks, [1000, 2000, 4000, 5000]);
        assert_eq!(Plan::new(1000, 8000, 0.99).looks, [1000, 2000, 4000, 8000]);
        assert_eq!(Plan::new(1000, 1000, 0.99).looks, [1000]);
        assert_eq!(Plan::new(1000, 10, 0.99).looks, [1000]);
    }
}
