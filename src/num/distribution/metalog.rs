//! Metalog distributions: quantile functions through given quantiles (T. W. Keelin, "The metalog distributions",
//! Decision Analysis 13, 2016).
//!
//! With `c = p - 1/2` and `l = ln(p / (1 - p))` the quantile function is `r(c) + s(c) l`, where r and s are polynomials
//! with as many coefficients together as there are quantiles. Of a distribution with bounds that is the logarithm
//! of the distance from the bound, and with two the logarithm of the ratio of both distances.

use std::fmt;

use super::validate::ArgumentError;
use crate::num::elementary::{exp, ln};

/// Most quantiles: more fix wiggles rather than a shape.
const MOST: usize = 10;

/// A distribution given by some of its quantiles.
#[derive(Clone, Debug, PartialEq)]
pub struct Metalog {
    points: Vec<(f64, f64)>,
    low: f64,
    high: f64,
    /// The coefficients of r and s, of rising powers.
    plain: Vec<f64>,
    logit: Vec<f64>,
}

impl Metalog {
    /// Through these quantiles (level, value), within these bounds, which may be infinite. Whether there is such a
    /// distribution is checked by [`super::Distribution::validate`].
    pub fn new(points: Vec<(f64, f64)>, low: f64, high: f64) -> Self {
        let (plain, logit) = terms(&points);
        let rows = points.iter().map(|&(p, x)| {
            let (c, l) = (p - 0.5, ln(p) - ln(1.0 - p));
            let powers = |count: usize, factor: f64| {
                std::iter::successors(Some(factor), move |power| Some(power * c)).take(count)
            };
            let mut row: Vec<f64> = powers(plain, 1.0).chain(powers(logit, l)).collect();
            row.push(inward(x, low, high));
            row
        });
        let mut coefficients = solved(rows.collect());
        let logit = coefficients.split_off(plain.min(coefficients.len()));
        Self { points, low, high, plain: coefficients, logit }
    }

    /// The quantiles: level and value.
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// The bounds.
    pub fn bounds(&self) -> [f64; 2] {
        [self.low, self.high]
    }

    /// The value with probability `p` below and `q = 1 - p` above it.
    #[inline]
    pub(super) fn quantile_of_tails(&self, p: f64, q: f64) -> f64 {
        if p == 0.0 || q == 0.0 {
            return if p == 0.0 { self.low } else { self.high };
        }
        self.outward(self.line(0.5 * (p - q), ln(p) - ln(q)))
    }

    /// Probabilities up to and above `x`: by bisection and Newton's method on the logarithm of the odds.
    pub(super) fn tails(&self, x: f64) -> (f64, f64) {
        if x <= self.low {
            return (0.0, 1.0);
        }
        if x >= self.high {
            return (1.0, 0.0);
        }
        let wanted = inward(x, self.low, self.high);
        let (mut low, mut high, mut l) = (-REACH, REACH, 0.0);
        for _ in 0..200 {
            let (p, q) = odds(l);
            let distance = self.line(0.5 * (p - q), l) - wanted;
            if distance < 0.0 {
                low = l;
            } else {
                high = l;
            }
            let newton = l - distance / self.slope(l);
            let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
            let step = (next - l).abs();
            l = next;
            if step <= 1e-15 * (1.0 + l.abs()) {
                break;
            }
        }
        odds(l)
    }

    /// `r(c) + s(c) l`
    #[inline(always)]
    fn line(&self, c: f64, l: f64) -> f64 {
        horner(&self.plain, c) + horner(&self.logit, c) * l
    }

    /// The derivative of the line by l.
    fn slope(&self, l: f64) -> f64 {
        let (p, q) = odds(l);
        let c = 0.5 * (p - q);
        horner(&self.logit, c) + p * q * (derivative(&self.plain, c) + derivative(&self.logit, c) * l)
    }

    /// Whether the line does not rise at this logarithm of the odds, or nothing is known of it.
    fn is_no_rise(&self, l: f64) -> bool {
        let slope = self.slope(l);
        slope <= 0.0 || slope.is_nan()
    }

    #[inline(always)]
    fn outward(&self, y: f64) -> f64 {
        match (self.low.is_finite(), self.high.is_finite()) {
            (false, false) => y,
            (true, false) => self.low + exp(y),
            (false, true) => self.high - exp(-y),
            (true, true) => {
                // From the nearer bound, so that neither is passed.
                let range = self.high - self.low;
                if y < 0.0 { self.low + range * share(y) } else { self.high - range * share(-y) }
            }
        }
    }

    /// The indices of the tails: those of an unbounded end that is made by an exponential function are heavy.
    pub(super) fn tail_indices(&self) -> [f64; 2] {
        let index = |c: f64| 1.0 / horner(&self.logit, c);
        match (self.low.is_finite(), self.high.is_finite()) {
            (true, false) => [f64::INFINITY, index(0.5)],
            (false, true) => [index(-0.5), f64::INFINITY],
            _ => [f64::INFINITY; 2],
        }
    }

    /// Whether there is such a distribution.
    pub(super) fn validate(&self, shown: impl Fn() -> String) -> Result<(), ArgumentError> {
        let Self { points, low, high, .. } = self;
        if points.len() < 2 || points.len() > MOST {
            return Err(ArgumentError::QuantileCount { shown: shown(), most: MOST });
        }
        let rising = |of: fn(&(f64, f64)) -> f64| points.windows(2).all(|pair| of(&pair[0]) < of(&pair[1]));
        if !rising(|point| point.0) || points.iter().any(|(p, _)| !(*p > 0.0 && *p < 1.0)) {
            return Err(ArgumentError::QuantileLevels { shown: shown() });
        }
        if let Some((_, value)) = points.iter().find(|(_, x)| !x.is_finite()) {
            return Err(ArgumentError::ValueNotFinite { name: "metalog", value: *value });
        }
        if !rising(|point| point.1) {
            return Err(ArgumentError::QuantilesFall { shown: shown() });
        }
        if low >= high || low.is_nan() || high.is_nan() || points.iter().any(|(_, x)| x <= low || x >= high) {
            return Err(ArgumentError::QuantileOutside { shown: shown() });
        }
        let held = |&(p, x): &(f64, f64)| {
            let wanted = inward(x, *low, *high);
            (self.line(p - 0.5, ln(p) - ln(1.0 - p)) - wanted).abs() <= 1e-9 * (1.0 + wanted.abs())
        };
        match self.falls() {
            Some([from, to]) => Err(ArgumentError::QuantilesInfeasible { shown: shown(), from, to }),
            None if !points.iter().all(held) => Err(ArgumentError::QuantilesTooClose { shown: shown() }),
            None => Ok(()),
        }
    }

    /// The levels between which the quantile function does not rise, where there are such: the lowest of them.
    fn falls(&self) -> Option<[f64; 2]> {
        const STEPS: i32 = 64 * 40;
        let at = |step: i32| f64::from(step) / 64.0;
        let falls = |step: &i32| self.is_no_rise(at(*step));
        if let Some(first) = (-STEPS..=STEPS).find(falls) {
            let last = (first..=STEPS).take_while(falls).last().unwrap_or(first);
            return Some([odds(at(first)).0, odds(at(last)).0]);
        }
        // Between two steps it may fall by so little that neither shows it: the lowest point of each valley.
        let valley = (1 - STEPS..STEPS).map(|step| self.valley([at(step - 1), at(step), at(step + 1)]));
        if let Some(l) = valley.flatten().next() {
            let p = odds(l).0;
            return Some([p, p]);
        }
        // Far out only the tails' own slopes are left.
        let [lower, upper] = [horner(&self.logit, -0.5), horner(&self.logit, 0.5)];
        let far = odds(at(STEPS)).1;
        if lower < 0.0 {
            Some([0.0, far])
        } else if upper < 0.0 {
            Some([1.0 - far, 1.0])
        } else {
            None
        }
    }

    /// Where the slope is not above 0 around a point that is lower than its neighbours.
    fn valley(&self, [mut low, middle, mut high]: [f64; 3]) -> Option<f64> {
        let of_middle = self.slope(middle);
        if self.slope(low) < of_middle || self.slope(high) < of_middle {
            return None;
        }
        for _ in 0..60 {
            let third = (high - low) / 3.0;
            if self.slope(low + third) < self.slope(high - third) {
                high -= third;
            } else {
                low += third;
            }
        }
        let lowest = 0.5 * (low + high);
        self.is_no_rise(lowest).then_some(lowest)
    }
}

/// As written: quantiles, and bounds where there are some.
impl fmt::Display for Metalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (p, x)) in self.points.iter().enumerate() {
            write!(f, "{}{p}: {x}", if i > 0 { ", " } else { "" })?;
        }
        match (self.low.is_finite(), self.high.is_finite()) {
            (false, false) => Ok(()),
            _ => write!(f, "; {}, {}", self.low, self.high),
        }
    }
}

/// Logarithms of odds beyond which a double holds no tail.
const REACH: f64 = 744.0;

/// How many coefficients r and s have for these quantiles. In the paper's order the terms are 1, l, c l, c, then by turns.
///
/// Seven levels that lie evenly about the median fix three terms that are odd in c, of which the paper's first seven have
/// four: then the eighth, `c³ l`, stands in place of the seventh, `c³`.
fn terms(points: &[(f64, f64)]) -> (usize, usize) {
    let opposite = points.iter().rev().map(|(p, _)| 1.0 - p);
    let is_even = points.iter().zip(opposite).all(|((p, _), opposite)| (p - opposite).abs() < 1e-3);
    match points.len() {
        size @ 0..=3 => (size.min(1), size.saturating_sub(1)),
        7 if is_even => (3, 4),
        size => (size.div_ceil(2), size / 2),
    }
}

/// The value as it is on the line: its distance from the bounds.
fn inward(x: f64, low: f64, high: f64) -> f64 {
    match (low.is_finite(), high.is_finite()) {
        (false, false) => x,
        (true, false) => ln(x - low),
        (false, true) => -ln(high - x),
        (true, true) => ln(x - low) - ln(high - x),
    }
}

/// Both tails at a logarithm of the odds.
fn odds(l: f64) -> (f64, f64) {
    (share(l), share(-l))
}

/// `1 / (1 + e^-y)`
#[inline(always)]
fn share(y: f64) -> f64 {
    if y < 0.0 {
        let e = exp(y);
        e / (1.0 + e)
    } else {
        1.0 / (1.0 + exp(-y))
    }
}

#[inline(always)]
fn horner(coefficients: &[f64], c: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * c + coefficient)
}

fn derivative(coefficients: &[f64], c: f64) -> f64 {
    let powers = coefficients.iter().enumerate().skip(1).rev();
    powers.fold(0.0, |sum, (power, coefficient)| sum * c + power as f64 * coefficient)
}

/// The solution of linear equations whose right sides stand last in their rows, by elimination with the largest
/// pivots; NaN where there is none.
fn solved(mut rows: Vec<Vec<f64>>) -> Vec<f64> {
    let size = rows.len();
    for column in 0..size {
        let larger = |a: &usize, b: &usize| rows[*a][column].abs().total_cmp(&rows[*b][column].abs());
        let Some(pivot) = (column..size).max_by(larger) else { continue };
        rows.swap(column, pivot);
        let own = rows[column].clone();
        for row in rows.iter_mut().skip(column + 1) {
            let factor = row[column] / own[column];
            row.iter_mut().zip(&own).skip(column).for_each(|(cell, above)| *cell -= factor * above);
        }
    }
    let mut solution = vec![0.0; size];
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| rows[row][column] * solution[column]).sum();
        solution[row] = (rows[row][size] - known) / rows[row][row];
    }
    solution
}
