//! Heavy tails: Pareto distributions, and which moments a tail leaves.

use super::Distribution;
use super::moments::MeanVariance;
use crate::num::elementary::{exp, exp_m1, ln, ln_1p};
use crate::num::min;

/// Mean and variance of a Pareto distribution of type I.
pub(super) fn pareto_moments(shape: f64, smallest: f64) -> MeanVariance {
    let mean = shape * smallest / (shape - 1.0);
    let variance = mean * mean / (shape * (shape - 2.0));
    ((shape > 1.0).then_some(mean), (shape > 2.0).then_some(variance))
}

/// Mean and variance of a generalized Pareto distribution (Hosking and Wallis, Technometrics 29, 1987).
pub(super) fn generalized_pareto_moments(shape: f64, threshold: f64, scale: f64) -> MeanVariance {
    let over = scale / (1.0 - shape);
    let mean = (shape < 1.0).then_some(threshold + over);
    (mean, (shape < 0.5).then_some(over * over / (1.0 - 2.0 * shape)))
}

/// What lies above the threshold where `minus_ln_q` is the negative logarithm of the probability above it.
#[inline(always)]
pub(super) fn excess(shape: f64, scale: f64, minus_ln_q: f64) -> f64 {
    if shape == 0.0 { scale * minus_ln_q } else { scale * (exp_m1(shape * minus_ln_q) / shape) }
}

/// `min · q^(-1 / shape)`
#[inline(always)]
pub(super) fn pareto(shape: f64, smallest: f64, minus_ln_q: f64) -> f64 {
    smallest * exp(minus_ln_q / shape)
}

/// Probabilities of a Pareto variable up to and above `x`.
pub(super) fn pareto_tails(shape: f64, smallest: f64, x: f64) -> (f64, f64) {
    if x <= smallest {
        return (0.0, 1.0);
    }
    let log = -shape * ln(x / smallest);
    (-exp_m1(log), exp(log))
}

/// Probabilities of an excess up to and above `y`.
pub(super) fn excess_tails(shape: f64, scale: f64, y: f64) -> (f64, f64) {
    if y <= 0.0 {
        return (0.0, 1.0);
    }
    let part = y / scale;
    if shape * part <= -1.0 {
        return (1.0, 0.0);
    }
    let log = if shape == 0.0 { -part } else { -ln_1p(shape * part) / shape };
    (-exp_m1(log), exp(log))
}

impl Distribution {
    /// The indices of the lower and the upper tail: a moment exists where both exceed its order.
    pub(super) fn tail_indices(&self) -> [f64; 2] {
        const LIGHT: f64 = f64::INFINITY;
        let of_shape = |shape: f64| if shape > 0.0 { 1.0 / shape } else { LIGHT };
        match self {
            Self::StudentT { df, .. } => [*df, *df],
            Self::Cauchy { .. } => [1.0, 1.0],
            Self::Pareto { shape, .. } => [LIGHT, *shape],
            Self::GeneralizedPareto { shape, .. } => [LIGHT, of_shape(*shape)],
            Self::ParetoTail { body, shape, .. } => [body.tail_indices()[0], of_shape(*shape)],
            Self::Mixture { components } => components.iter().filter(|(weight, _)| *weight > 0.0).fold(
                [LIGHT; 2],
                |[low, high], (_, of)| {
                    let [lower, upper] = of.tail_indices();
                    [min(low, lower), min(high, upper)]
                },
            ),
            Self::Metalog(metalog) => metalog.tail_indices(),
            Self::Truncated { inner, low, high } => {
                let [lower, upper] = inner.tail_indices();
                [if low.is_finite() { LIGHT } else { lower }, if high.is_finite() { LIGHT } else { upper }]
            }
            _ => [LIGHT; 2],
        }
    }
}
