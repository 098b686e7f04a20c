//! What would it take: the value of an input at which a statement about the distribution holds.
//!
//! Every trial value is simulated with the same draws, so the statistic moves smoothly with the input and a
//! bracketed root finder (Illinois, Dowell and Jarratt 1971, with bisection where it stalls) finds where it
//! passes its goal. A quantile reaches its goal where the odds of lying below the goal are its level. The
//! error of the answer is that of the statistic over its slope in the input. Where the statistic jumps over its
//! goal there is no answer but the two sides of the jump; where it stays short of it, the trial that came closest
//! is refined by golden-section search.

use super::statement::{Sense, Statement, Statistic, added_series, compiled, with_values};
use crate::engine::{EngineError, Request, Watch, simulate};
use crate::model::{Program, Record};
use crate::scenario::Scenario;
use crate::text::Problems;

/// The stated interval is this many standard errors either way: wrong once in a thousand.
pub const INTERVAL: f64 = 3.29;

/// Trials within the range when its ends do not enclose the goal.
const SCAN: usize = 9;

/// Most trials of one search.
const MOST_TRIALS: usize = 80;

/// What is varied, and how far.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// A parameter or field: `subsidy`, `trend[coal]`.
    pub name: String,
    /// Smallest and largest value.
    pub range: (f64, f64),
}

/// Why there is no answer.
#[derive(Debug)]
pub enum SolveError {
    /// The scenario with a trial value is wrong.
    Scenario(Problems),
    /// A run failed.
    Engine(EngineError),
    /// The statistic does not exist at this value: nothing finite was counted.
    Nothing(f64),
}

/// A statistic with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Its value.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

/// What a search comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// The goal is met here.
    Found {
        /// The value.
        x: f64,
        /// Its standard error.
        error: f64,
        /// The statistic there.
        reached: Estimate,
        /// Whether what the goal is about rises with the value, so that more than the goal lies above it.
        rises: bool,
    },
    /// The goal is jumped over: the statistic close below and close above the jump.
    Passed {
        /// Values and what they reach.
        sides: [(f64, Estimate); 2],
    },
    /// A goal of at least or at most is met by every trial: the one that came closest to missing it.
    Everywhere {
        /// The value.
        x: f64,
        /// The statistic there.
        reached: Estimate,
    },
    /// The goal is out of reach: the trial that came closest.
    Best {
        /// The value.
        x: f64,
        /// The statistic there.
        reached: Estimate,
    },
}

/// A question: a scenario to which the statement's inside was added as a metric.
#[derive(Clone, Debug)]
pub struct Search<'a> {
    /// The scenario with the metric [`ADDED`](super::statement::ADDED).
    pub scenario: &'a Scenario,
    /// The statement.
    pub statement: &'a Statement,
    /// Seed, paths and threads.
    pub request: Request,
}

/// The formula of the metric that a statement needs: for a quantile, whether its goal is kept.
pub fn metric(statement: &Statement) -> String {
    match statement.statistic {
        Statistic::Probability | Statistic::Mean => statement.inner.clone(),
        Statistic::Quantile(_) => format!("({}) <= {}", statement.inner, statement.goal),
    }
}

impl Search<'_> {
    /// Finds the value of the last lever, the others being at `fixed`.
    ///
    /// # Errors
    /// See [`SolveError`].
    pub fn solve(&self, fixed: &[(&str, f64)], lever: &Lever) -> Result<Answer, SolveError> {
        let mut trial = |x: f64| self.trial(fixed, lever, x);
        let (low, high) = lever.range;
        let (a, b) = ((low, trial(low)?), (high, trial(high)?));
        let goal = self.goal();
        let scanned = if crosses(a.1.value - goal, b.1.value - goal) {
            Scanned::Between(a, b)
        } else {
            scan(&mut trial, a, b, goal)?
        };
        let (a, b) = match scanned {
            Scanned::Between(a, b) => (a, b),
            Scanned::Closest((x, reached)) if self.is_met(reached) => {
                return Ok(Answer::Everywhere { x, reached });
            }
            Scanned::Closest((x, reached)) => return Ok(Answer::Best { x, reached }),
        };
        let spread = b.1.value - a.1.value;
        let (found, other) = root(&mut trial, a, b, goal, (high - low).abs())?;
        if jumps(found, other, spread) {
            let sides = if found.0 < other.0 { [found, other] } else { [other, found] };
            return Ok(Answer::Passed { sides });
        }
        let (x, reached) = found;
        let error = error_of(&mut trial, x, reached, lever.range)?;
        let rises = (spread > 0.0) == (b.0 > a.0);
        Ok(Answer::Found { x, error, reached, rises: rises != self.is_of_a_quantile() })
    }

    /// Whether a statistic on one side of the goal meets a goal of at least or at most.
    pub fn is_met(&self, reached: Estimate) -> bool {
        let more = (reached.value > self.goal()) != self.is_of_a_quantile();
        match self.statement.sense {
            Sense::Equal => false,
            Sense::AtLeast => more,
            Sense::AtMost => !more,
        }
    }

    /// A quantile is searched by the odds of lying below the goal: they fall when it rises.
    fn is_of_a_quantile(&self) -> bool {
        matches!(self.statement.statistic, Statistic::Quantile(_))
    }

    /// What the searched statistic should be: a quantile's level, or the goal itself.
    fn goal(&self) -> f64 {
        if let Statistic::Quantile(level) = self.statement.statistic { level } else { self.statement.goal }
    }

    /// The statistic with the last lever at `x`, the others at `fixed`.
    ///
    /// # Errors
    /// See [`SolveError`].
    pub fn trial(&self, fixed: &[(&str, f64)], lever: &Lever, x: f64) -> Result<Estimate, SolveError> {
        let values = [fixed, &[(lever.name.as_str(), x)]].concat();
        let scenario = with_values(self.scenario, &values).map_err(SolveError::Scenario)?;
        let model = compiled(&scenario, &Record::Headlines).map_err(SolveError::Scenario)?;
        let series = added_series(&model).unwrap_or_default();
        self.estimate(&model.program.only(&[series], &[]))
            .map_err(SolveError::Engine)?
            .ok_or(SolveError::Nothing(x))
    }

    fn estimate(&self, program: &Program) -> Result<Option<Estimate>, EngineError> {
        let paths = if program.is_deterministic() { 1 } else { self.request.paths };
        let ensemble = simulate(program, &[], &Request { paths, ..self.request }, Watch::default())?;
        let tally = &ensemble.series[0];
        let error = tally.variance().map_or(0.0, |variance| (variance / tally.finite as f64).sqrt());
        Ok(tally.mean().map(|value| Estimate { value, error }))
    }
}

/// The error of an answer: that of the statistic over its slope.
fn error_of(
    trial: &mut impl FnMut(f64) -> Result<Estimate, SolveError>,
    x: f64,
    reached: Estimate,
    (low, high): (f64, f64),
) -> Result<f64, SolveError> {
    if reached.error == 0.0 {
        return Ok(0.0);
    }
    let range = high - low;
    let mut step = 0.05 * range;
    let mut slope = 0.0;
    for _ in 0..2 {
        let (left, right) = (crate::num::max(x - step, low), crate::num::min(x + step, high));
        slope = ((trial(right)?.value - trial(left)?.value) / (right - left)).abs();
        if slope == 0.0 {
            return Ok(f64::INFINITY);
        }
        // Far enough for a difference of six errors, near enough to be straight.
        step = crate::num::min(crate::num::max(3.0 * reached.error / slope, 1e-3 * range), 0.1 * range);
    }
    Ok(reached.error / slope)
}

type Point = (f64, Estimate);

fn crosses(a: f64, b: f64) -> bool {
    (a <= 0.0) != (b <= 0.0) || a == 0.0 || b == 0.0
}

/// Whether the statistic jumps between two points as close as they get. `spread` is what it moved by before.
fn jumps(a: Point, b: Point, spread: f64) -> bool {
    let error = crate::num::max(a.1.error, b.1.error);
    (a.1.value - b.1.value).abs() > crate::num::max(3.0 * error, 1e-6 * spread.abs())
}

/// What was found within the range.
enum Scanned {
    /// The goal lies between what these two reach.
    Between(Point, Point),
    /// No trial reaches the goal: the closest.
    Closest(Point),
}

/// Looks between the ends for a crossing; gives the closest trial where there is none.
fn scan(
    trial: &mut impl FnMut(f64) -> Result<Estimate, SolveError>,
    a: Point,
    b: Point,
    goal: f64,
) -> Result<Scanned, SolveError> {
    let mut points = vec![a];
    for k in 1..SCAN - 1 {
        let x = a.0 + (b.0 - a.0) * k as f64 / (SCAN - 1) as f64;
        points.push((x, trial(x)?));
    }
    points.push(b);
    for pair in points.windows(2) {
        if crosses(pair[0].1.value - goal, pair[1].1.value - goal) {
            return Ok(Scanned::Between(pair[0], pair[1]));
        }
    }
    let off = |point: &Point| (point.1.value - goal).abs();
    let closest =
        (1..points.len()).fold(0, |best, k| if off(&points[k]) < off(&points[best]) { k } else { best });
    let (left, right) = (points[closest.saturating_sub(1)], points[(closest + 1).min(points.len() - 1)]);
    golden(trial, points[closest], (left.0, right.0), goal)
}

/// The smaller part of the golden section.
const GOLDEN: f64 = 0.381_966_011_250_105_2;

/// Comes closer to the goal between the neighbours of the best trial, perhaps as close as to cross it.
fn golden(
    trial: &mut impl FnMut(f64) -> Result<Estimate, SolveError>,
    best: Point,
    neighbours: (f64, f64),
    goal: f64,
) -> Result<Scanned, SolveError> {
    let (mut best, (mut left, mut right)) = (best, neighbours);
    let least = (right - left) * if best.1.error == 0.0 { 1e-8 } else { 1e-3 };
    while right - left > least {
        // Into the longer part.
        let x = if right - best.0 > best.0 - left {
            best.0 + GOLDEN * (right - best.0)
        } else {
            best.0 - GOLDEN * (best.0 - left)
        };
        if x == best.0 {
            break;
        }
        let point = (x, trial(x)?);
        if crosses(best.1.value - goal, point.1.value - goal) {
            return Ok(Scanned::Between(best, point));
        }
        let is_closer = (point.1.value - goal).abs() < (best.1.value - goal).abs();
        let (worse, better) = if is_closer { (best, point) } else { (point, best) };
        if worse.0 < better.0 {
            left = worse.0;
        } else {
            right = worse.0;
        }
        best = better;
    }
    Ok(Scanned::Closest(best))
}

/// Where the statistic passes its goal between two points that enclose it, and the other side of it; the same
/// point twice where the goal is met.
fn root(
    trial: &mut impl FnMut(f64) -> Result<Estimate, SolveError>,
    a: Point,
    b: Point,
    goal: f64,
    range: f64,
) -> Result<(Point, Point), SolveError> {
    let (mut a, mut b) = (a, b);
    let (mut fa, mut fb) = (a.1.value - goal, b.1.value - goal);
    let mut widths = [f64::INFINITY; 3];
    for turn in 0..MOST_TRIALS {
        for (point, f) in [(a, fa), (b, fb)] {
            if f == 0.0 || (f == point.1.value - goal && f.abs() < 0.01 * point.1.error) {
                return Ok((point, point));
            }
        }
        let width = (b.0 - a.0).abs();
        let exact = a.1.error == 0.0 && b.1.error == 0.0;
        if width <= range * if exact { 1e-14 } else { 1e-7 } {
            break;
        }
        // Three turns that did not halve the bracket: bisect.
        let stalls = width > 0.5 * widths[turn % 3];
        widths[turn % 3] = width;
        let x = if stalls { f64::midpoint(a.0, b.0) } else { (a.0 * fb - b.0 * fa) / (fb - fa) };
        if x == a.0 || x == b.0 {
            break;
        }
        let point = (x, trial(x)?);
        let f = point.1.value - goal;
        if (f <= 0.0) == (fb <= 0.0) {
            fa *= 0.5; // the other end stays: Illinois
        } else {
            (a, fa) = (b, fb);
        }
        (b, fb) = (point, f);
    }
    let off = |point: &Point| (point.1.value - goal).abs();
    Ok(if off(&a) < off(&b) { (a, b) } else { (b, a) })
}
