//! What would it take: the value of an input at which a statement about the distribution holds.
//!
//! Every trial value is simulated with the same draws, so the statistic moves smoothly with the input and a
//! bracketed root finder (Illinois, Dowell and Jarratt 1971, with bisection where it stalls) finds where it
//! passes its goal. A quantile reaches its goal where the odds of lying below the goal are its level. The
//! error of the answer is that of the statistic over its slope in the input.

use super::statement::{Statement, Statistic, added_series, compiled, with_values};
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
        Statistic::Odds | Statistic::Mean => statement.inner.clone(),
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
        let bracket = if crosses(a.1.value - goal, b.1.value - goal) { Some((a, b)) } else { None };
        let (a, b) = match bracket {
            Some(bracket) => bracket,
            None => match scan(&mut trial, a, b, goal)? {
                Ok(bracket) => bracket,
                Err((x, reached)) => return Ok(Answer::Best { x, reached }),
            },
        };
        let (x, reached) = root(&mut trial, a, b, goal, (high - low).abs())?;
        let error = self.error(&mut trial, x, reached, lever.range)?;
        Ok(Answer::Found { x, error, reached })
    }

    /// What the searched statistic should be: a quantile's level, or the goal itself.
    fn goal(&self) -> f64 {
        if let Statistic::Quantile(level) = self.statement.statistic { level } else { self.statement.goal }
    }

    fn trial(&self, fixed: &[(&str, f64)], lever: &Lever, x: f64) -> Result<Estimate, SolveError> {
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

    /// The error of an answer: that of the statistic over its slope.
    fn error(
        &self,
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
}

type Point = (f64, Estimate);

fn crosses(a: f64, b: f64) -> bool {
    (a <= 0.0) != (b <= 0.0) || a == 0.0 || b == 0.0
}

/// Looks between the ends for a crossing; gives the closest trial where there is none.
fn scan(
    trial: &mut impl FnMut(f64) -> Result<Estimate, SolveError>,
    a: Point,
    b: Point,
    goal: f64,
) -> Result<Result<(Point, Point), Point>, SolveError> {
    let mut points = vec![a];
    for k in 1..SCAN - 1 {
        let x = a.0 + (b.0 - a.0) * k as f64 / (SCAN - 1) as f64;
        points.push((x, trial(x)?));
    }
    points.push(b);
    for pair in points.windows(2) {
        if crosses(pair[0].1.value - goal, pair[1].1.value - goal) {
            return Ok(Ok((pair[0], pair[1])));
        }
    }
    let off = |point: &Point| (point.1.value - goal).abs();
    Ok(Err(points
        .into_iter()
        .reduce(|best, next| if off(&next) < off(&best) { next } else { best })
        .unwrap_or(a)))
}

/// Where the statistic passes its goal between two points that enclose it.
fn root(
    trial: &mut impl FnMut(f64) -> Result<Estimate, SolveError>,
    a: Point,
    b: Point,
    goal: f64,
    range: f64,
) -> Result<Point, SolveError> {
    let (mut a, mut b) = (a, b);
    let (mut fa, mut fb) = (a.1.value - goal, b.1.value - goal);
    let mut widths = [f64::INFINITY; 3];
    for turn in 0..MOST_TRIALS {
        for (point, f) in [(a, fa), (b, fb)] {
            if f == 0.0 || (f == point.1.value - goal && f.abs() < 0.01 * point.1.error) {
                return Ok(point);
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
    Ok(if off(&a) < off(&b) { a } else { b })
}
