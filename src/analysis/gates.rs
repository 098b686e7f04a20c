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

use serde::Serialize;

use crate::ensemble::{Ensemble, Tally};
use crate::formula::{BinaryOperator, UnaryOperator};
use crate::model::gates::{Expression, Gate, Statistic, StatisticKind};
use crate::num::{max, min};
use crate::result::interval::{self, Interval};

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
    /// How many paths it rests on.
    pub paths: u64,
    /// What was found of the statistics it names.
    pub statistics: Vec<Estimate>,
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

/// What was found of a statistic.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// As written.
    pub statistic: String,
    /// The estimate; `None` where there is none.
    pub estimate: Option<f64>,
    /// Where it lies at least; `None` for no bound.
    pub low: Option<f64>,
    /// Where it lies at most; `None` for no bound.
    pub high: Option<f64>,
    /// How the interval was found: `exact`, `order statistics` or `normal`.
    pub method: &'static str,
    /// On how many paths the value is not a number: a probability counts them as not met, other statistics leave
    /// them out.
    pub not_known: u64,
    /// Whether it is a probability, to be shown in per cent.
    pub is_share: bool,
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
pub fn judge(gate: &Gate, ensemble: &Ensemble, plan: &Plan) -> Judged {
    let alpha = plan.alpha(gate);
    let found: Vec<(Estimate, Interval)> =
        gate.statistics.iter().map(|statistic| estimate(statistic, ensemble, alpha)).collect();
    let intervals: Vec<Interval> = found.iter().map(|(_, interval)| *interval).collect();
    let truth = truth(value(&gate.statement, &intervals));
    Judged {
        name: gate.name.clone(),
        require: gate.require.clone(),
        verdict: match (truth.low, truth.high) {
            (1.0, _) => Verdict::Pass,
            (_, 0.0) => Verdict::Fail,
            _ => Verdict::Undecided,
        },
        paths: ensemble.paths,
        statistics: found.into_iter().map(|(estimate, _)| estimate).collect(),
        place: None,
    }
}

/// The standard error of a statistic: half the width of the interval that holds in 68.3 % of all runs. `None` where
/// too few paths tell.
///
/// # Panics
/// When the ensemble is of a program that does not record what the statistic is of.
pub fn standard_error(statistic: &Statistic, ensemble: &Ensemble) -> Option<f64> {
    /// What the standard normal distribution has outside one standard deviation.
    const OUTSIDE: f64 = 0.31731050786291415;
    let (_, interval) = estimate(statistic, ensemble, OUTSIDE);
    Some(0.5 * (interval.high - interval.low)).filter(|error| error.is_finite())
}

/// The worst of some verdicts: a failure, or else a doubt.
pub fn worst(gates: &[Judged]) -> Verdict {
    gates.iter().map(|gate| gate.verdict).max().unwrap_or(Verdict::Pass)
}

fn estimate(statistic: &Statistic, ensemble: &Ensemble, alpha: f64) -> (Estimate, Interval) {
    let tally = &ensemble.series[statistic.series as usize];
    let (estimate, interval, method) = match statistic.kind {
        StatisticKind::Probability => {
            let of = statistic.given.map_or(ensemble.paths, |given| ones(&ensemble.series[given as usize]));
            let met = ones(tally);
            let share = (of > 0).then(|| met as f64 / of as f64);
            (share, interval::share(met, of, alpha), "exact")
        }
        StatisticKind::Mean => (tally.mean(), interval::mean(tally, alpha), "normal"),
        StatisticKind::Sd => (tally.variance().map(f64::sqrt), interval::sd(tally, alpha), "normal"),
        StatisticKind::Quantile(level) => {
            let interval = interval::quantile(tally, level, alpha);
            (tally.quantile_with_never(level), interval, "order statistics")
        }
        StatisticKind::ExpectedShortfall(level) => {
            let interval = interval::expected_shortfall(tally, level, alpha);
            (interval::shortfall(tally, level), interval, "normal")
        }
    };
    let bound = |x: f64| Some(x).filter(|x| x.is_finite());
    let found = Estimate {
        statistic: statistic.text.clone(),
        estimate,
        low: bound(interval.low),
        high: bound(interval.high),
        method,
        not_known: tally.not_finite,
        is_share: statistic.kind == StatisticKind::Probability,
    };
    (found, interval)
}

/// How often a series of noughts and ones is 1. Its sum is exact: the unit is a power of two.
fn ones(tally: &Tally) -> u64 {
    tally.mean().map_or(0, |mean| (mean * tally.finite as f64).round() as u64)
}

/// The value of an expression, wherever in their intervals the statistics lie. Truth is 1 or 0.
fn value(expression: &Expression, statistics: &[Interval]) -> Interval {
    match expression {
        Expression::Number(x) => Interval::exactly(*x),
        Expression::Statistic(number) => statistics[*number],
        Expression::Unary(UnaryOperator::Negate, x) => {
            let x = value(x, statistics);
            Interval { low: -x.high, high: -x.low }
        }
        Expression::Unary(UnaryOperator::Not, x) => {
            let x = truth(value(x, statistics));
            Interval { low: 1.0 - x.high, high: 1.0 - x.low }
        }
        Expression::Binary(operator, a, b) => binary(*operator, value(a, statistics), value(b, statistics)),
    }
}

fn binary(operator: BinaryOperator, a: Interval, b: Interval) -> Interval {
    match operator {
        BinaryOperator::And => {
            let (a, b) = (truth(a), truth(b));
            Interval { low: min(a.low, b.low), high: min(a.high, b.high) }
        }
        BinaryOperator::Or => {
            let (a, b) = (truth(a), truth(b));
            Interval { low: max(a.low, b.low), high: max(a.high, b.high) }
        }
        BinaryOperator::Less => known(a.high < b.low, a.low >= b.high),
        BinaryOperator::LessEqual => known(a.high <= b.low, a.low > b.high),
        BinaryOperator::Greater => known(a.low > b.high, a.high <= b.low),
        BinaryOperator::GreaterEqual => known(a.low >= b.high, a.high < b.low),
        BinaryOperator::Equal => equal(a, b),
        BinaryOperator::NotEqual => {
            let equal = equal(a, b);
            Interval { low: 1.0 - equal.high, high: 1.0 - equal.low }
        }
        BinaryOperator::Add => Interval { low: a.low + b.low, high: a.high + b.high },
        BinaryOperator::Subtract => Interval { low: a.low - b.high, high: a.high - b.low },
        BinaryOperator::Multiply => corners(a, b, |x, y| x * y),
        BinaryOperator::Divide if b.low <= 0.0 && b.high >= 0.0 => Interval::UNKNOWN,
        BinaryOperator::Divide => corners(a, b, |x, y| x / y),
        // Monotone in each argument, so its bounds lie at the corners, as long as the base is positive.
        BinaryOperator::Power if a.low > 0.0 => corners(a, b, crate::num::elementary::pow),
        BinaryOperator::Power | BinaryOperator::Given => {
            if a.low == a.high && b.low == b.high {
                Interval::exactly(crate::num::elementary::pow(a.low, b.low))
            } else {
                Interval::UNKNOWN
            }
        }
    }
}

fn equal(a: Interval, b: Interval) -> Interval {
    let certain = a.low == a.high && b.low == b.high && a.low == b.low;
    known(certain, a.high < b.low || b.high < a.low)
}

/// A statement that is known to hold, known not to, or neither.
fn known(holds: bool, fails: bool) -> Interval {
    Interval { low: f64::from(u8::from(holds)), high: f64::from(u8::from(!fails)) }
}

/// An interval as a truth: everything but 0 is true.
fn truth(x: Interval) -> Interval {
    known(x.low > 0.0 || x.high < 0.0, x.low == 0.0 && x.high == 0.0)
}

fn corners(a: Interval, b: Interval, f: impl Fn(f64, f64) -> f64) -> Interval {
    let values = [f(a.low, b.low), f(a.low, b.high), f(a.high, b.low), f(a.high, b.high)];
    if values.iter().any(|x| x.is_nan()) {
        return Interval::UNKNOWN;
    }
    Interval {
        low: values.into_iter().fold(f64::INFINITY, min),
        high: values.into_iter().fold(f64::NEG_INFINITY, max),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(low: f64, high: f64) -> Interval {
        Interval { low, high }
    }

    #[test]
    fn looks_double_up_to_the_most() {
        assert_eq!(Plan::new(1000, 5000, 0.99).looks, [1000, 2000, 4000, 5000]);
        assert_eq!(Plan::new(1000, 8000, 0.99).looks, [1000, 2000, 4000, 8000]);
        assert_eq!(Plan::new(1000, 1000, 0.99).looks, [1000]);
        assert_eq!(Plan::new(1000, 10, 0.99).looks, [1000]);
    }

    #[test]
    fn a_comparison_is_known_when_the_intervals_part() {
        let about_half = between(0.45, 0.55);
        let at_least = |bound| binary(BinaryOperator::GreaterEqual, about_half, Interval::exactly(bound));
        assert_eq!(at_least(0.4), between(1.0, 1.0));
        assert_eq!(at_least(0.45), between(1.0, 1.0));
        assert_eq!(at_least(0.5), between(0.0, 1.0));
        assert_eq!(at_least(0.6), between(0.0, 0.0));
    }

    #[test]
    fn one_known_side_may_decide_the_whole() {
        let (yes, no, open) = (between(1.0, 1.0), between(0.0, 0.0), between(0.0, 1.0));
        assert_eq!(binary(BinaryOperator::Or, yes, open), yes);
        assert_eq!(binary(BinaryOperator::And, no, open), no);
        assert_eq!(binary(BinaryOperator::And, yes, open), open);
    }

    #[test]
    fn arithmetic_keeps_every_possible_value() {
        assert_eq!(
            binary(BinaryOperator::Multiply, between(-1.0, 2.0), between(3.0, 4.0)),
            between(-4.0, 8.0)
        );
        assert_eq!(
            binary(BinaryOperator::Subtract, between(1.0, 2.0), between(0.5, 3.0)),
            between(-2.0, 1.5)
        );
        assert_eq!(binary(BinaryOperator::Divide, between(1.0, 2.0), between(-1.0, 1.0)), Interval::UNKNOWN);
        assert_eq!(binary(BinaryOperator::Divide, between(1.0, 2.0), between(2.0, 4.0)), between(0.25, 1.0));
    }
}
