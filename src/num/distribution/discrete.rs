//! Distributions on values that can be counted.

use super::{Distribution, mixture};

/// Values in rising order with the probability of each.
pub(super) type MassPoints = Vec<(f64, f64)>;

/// Relative to the largest one, probabilities of a Poisson or binomial distribution below this are left out: together
/// they lie far below half of the smallest step of a uniform.
const NEGLIGIBLE: f64 = 1e-30;

/// Exact inversion: the smallest value whose cumulated probability reaches the uniform.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lottery {
    values: Vec<f64>,
    upto: Vec<f64>,
    /// For each of equal shares of (0, 1) the index at which the search starts (H.-C. Chen and Y. Asau, 1974); a
    /// power of two, so that the share of a uniform is exact.
    guide: Vec<u32>,
}

impl Lottery {
    pub(super) fn new(points: &MassPoints) -> Self {
        let mut sum = 0.0;
        let mut upto: Vec<f64> = points
            .iter()
            .map(|(_, p)| {
                sum += p;
                sum
            })
            .collect();
        for u in &mut upto {
            *u /= sum;
        }
        let shares = points.len().next_power_of_two();
        let guide = (0..shares)
            .map(|share| upto.partition_point(|&u| u < share as f64 / shares as f64) as u32)
            .collect();
        Self { values: points.iter().map(|point| point.0).collect(), upto, guide }
    }

    /// All values, in the order in which they are drawn as the uniform rises.
    pub(super) fn values(&self) -> &[f64] {
        &self.values
    }

    /// The value for a uniform in (0, 1).
    #[inline]
    pub(super) fn draw(&self, u: f64) -> f64 {
        if u.is_nan() {
            return u;
        }
        let share = (u * self.guide.len() as f64) as usize;
        let mut k = self.guide[share.min(self.guide.len() - 1)] as usize;
        while k + 1 < self.upto.len() && self.upto[k] < u {
            k += 1;
        }
        self.values[k.min(self.values.len() - 1)]
    }
}

impl Distribution {
    /// Values and probabilities within an interval, normalised; `None` for continuous distributions.
    pub(super) fn points(&self, low: f64, high: f64) -> Option<MassPoints> {
        let mut points = match self {
            Self::Bernoulli { p } => vec![(0.0, 1.0 - p), (1.0, *p)],
            Self::Poisson { rate } => poisson(*rate, low, high),
            Self::Binomial { n, p } => binomial(*n, *p, low, high),
            Self::Mixture { components } if self.is_discrete() => mixture::points(components),
            Self::Discrete { values, weights } => {
                values.iter().copied().zip(weights.iter().copied()).collect()
            }
            Self::Resample { .. } => self.rows(),
            Self::Truncated { inner, low: l, high: h } => {
                return inner.points(crate::num::max(low, *l), crate::num::min(high, *h));
            }
            _ => return None,
        };
        points.retain(|&(x, p)| p > 0.0 && x >= low && x <= high);
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = points.iter().map(|point| point.1).sum();
        for point in &mut points {
            point.1 /= total;
        }
        Some(points)
    }
}

impl Distribution {
    /// The values of a resampled sample in the order of its rows, each with its weight; empty for others.
    pub(super) fn rows(&self) -> MassPoints {
        let Self::Resample { values, weights, .. } = self else { return MassPoints::new() };
        let weight = |row: usize| weights.get(row).copied().unwrap_or(1.0);
        values.iter().enumerate().map(|(row, value)| (*value, weight(row))).collect()
    }

    /// The uniforms up to which each row of a resampled sample but the last is drawn, in the order of the rows; `None`
    /// for others, and for samples of more than `most` rows.
    pub fn row_edges(&self, most: usize) -> Option<Vec<f64>> {
        let points = self.rows();
        if points.is_empty() || points.len() > most {
            return None;
        }
        let mut edges = Lottery::new(&points).upto;
        edges.pop();
        Some(edges)
    }
}

/// Probabilities of a binomial distribution relative to the largest in the interval, by recurrence from there.
fn binomial(n: f64, p: f64, low: f64, high: f64) -> MassPoints {
    if p == 0.0 || p == 1.0 {
        return vec![(n * p, 1.0)];
    }
    let (first, last) = (crate::num::max(low.ceil(), 0.0), crate::num::min(high.floor(), n));
    if first > last || first.is_nan() || last.is_nan() {
        return MassPoints::new();
    }
    let mode = crate::num::min(((n + 1.0) * p).floor(), last);
    let peak = crate::num::max(mode, first);
    let (mut points, odds) = (vec![(peak, 1.0)], p / (1.0 - p));
    let (mut k, mut mass) = (peak, 1.0);
    while k > first && mass > NEGLIGIBLE {
        mass *= k / ((n - k + 1.0) * odds);
        k -= 1.0;
        points.push((k, mass));
    }
    (k, mass) = (peak, 1.0);
    while k < last && mass > NEGLIGIBLE {
        mass *= (n - k) / (k + 1.0) * odds;
        k += 1.0;
        points.push((k, mass));
    }
    points
}

/// Probabilities of a Poisson distribution relative to the largest in the interval, by recurrence from there; empty
/// where there is no whole number in the interval.
fn poisson(rate: f64, low: f64, high: f64) -> MassPoints {
    let first = crate::num::max(low.ceil(), 0.0);
    if !first.is_finite() || first > high || (rate == 0.0 && first > 0.0) {
        return MassPoints::new();
    }
    if rate == 0.0 {
        return vec![(0.0, 1.0)];
    }
    let peak = crate::num::max(crate::num::min(rate.floor(), high.floor()), first);
    let mut points = vec![(peak, 1.0)];
    let (mut k, mut p) = (peak, 1.0);
    while k > first && p > NEGLIGIBLE {
        p *= k / rate;
        k -= 1.0;
        points.push((k, p));
    }
    (k, p) = (peak, 1.0);
    while k < high && p > NEGLIGIBLE {
        k += 1.0;
        p *= rate / k;
        points.push((k, p));
    }
    points
}
