//! Mixtures: one of several distributions, each with its weight.

use super::Distribution;
use super::discrete::MassPoints;
use super::moments::MeanVariance;
use super::probability::TruncationWindow;
use crate::num::{ln, max, min};

/// Components with their weights.
pub(super) type Components = [(f64, Distribution)];

/// Each weight as a share of their sum; components without weight are left out.
fn shares(components: &Components) -> impl Iterator<Item = (f64, &Distribution)> {
    let sum: f64 = components.iter().map(|(weight, _)| weight).sum();
    let with_weight = components.iter().filter(|(weight, _)| *weight > 0.0);
    with_weight.map(move |(weight, component)| (weight / sum, component))
}

/// Values and probabilities of a mixture of discrete distributions.
pub(super) fn points(components: &Components) -> MassPoints {
    let of = |(share, component): (f64, &Distribution)| {
        let points = component.points(f64::NEG_INFINITY, f64::INFINITY).unwrap_or_default();
        points.into_iter().map(move |(x, p)| (x, share * p)).collect::<MassPoints>()
    };
    shares(components).flat_map(of).collect()
}

/// The probability-weighted sum of a function of the components.
pub(super) fn sum(components: &Components, of: impl Fn(&Distribution) -> f64) -> f64 {
    shares(components).map(|(share, component)| share * of(component)).sum()
}

/// Mean, and variance within the components and between them.
pub(super) fn moments(components: &Components) -> MeanVariance {
    let means: Option<Vec<f64>> = shares(components).map(|(_, component)| component.mean()).collect();
    let Some(means) = means else { return (None, None) };
    let mean = shares(components).zip(&means).map(|((share, _), own)| share * own).sum();
    let spread = shares(components).zip(&means).map(|((share, component), own)| {
        component.variance().map(|within| share * (within + (own - mean) * (own - mean)))
    });
    (Some(mean), spread.sum())
}

/// The components of a mixture that is conditioned on lying between two ends.
pub(super) fn truncated(components: &Components, low: f64, high: f64) -> Vec<(f64, Distribution)> {
    let of = |(share, component): (f64, &Distribution)| {
        let inner = Box::new(component.clone());
        let part = Distribution::Truncated { inner, low, high };
        let kept = match component.points(f64::NEG_INFINITY, f64::INFINITY) {
            Some(points) => points.iter().filter(|(x, _)| *x >= low && *x <= high).map(|(_, p)| p).sum(),
            None if part.keeps_nothing() => 0.0,
            None if component.is_point() => 1.0,
            None => TruncationWindow::new(component, low, high).mass,
        };
        (share * kept, part)
    };
    shares(components).map(of).filter(|(weight, _)| *weight > 0.0).collect()
}

/// The smallest value with probability `p` or more up to it, where `q = 1 - p`: by the method of false position on the
/// logarithm of the smaller tail, every second step a bisection.
pub(super) fn quantile(components: &Components, p: f64, q: f64) -> f64 {
    let ends = shares(components).map(|(_, component)| component.quantile_of_tails(p, q));
    let (mut low, mut high) =
        ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (min(low, x), max(high, x)));
    if p == 0.0 || low >= high {
        return low;
    }
    if q == 0.0 {
        return high;
    }
    let target = ln(min(p, q));
    // Below 0 where too little lies up to x.
    let distance = |x: f64| {
        if p <= q {
            ln(sum(components, |component| component.cdf(x))) - target
        } else {
            target - ln(sum(components, |component| component.sf(x)))
        }
    };
    let (mut at_low, mut at_high) = (distance(low), distance(high));
    if at_low >= 0.0 {
        return low;
    }
    for step in 0..200 {
        let middle = 0.5 * low + 0.5 * high;
        let range = high - low;
        if middle <= low || middle >= high || range <= 4.0 * f64::EPSILON * max(low.abs(), high.abs()) {
            break;
        }
        let straight = low - at_low * (range / (at_high - at_low));
        let x = if step % 2 == 0 && straight > low && straight < high { straight } else { middle };
        let at = distance(x);
        if at >= 0.0 {
            (high, at_high) = (x, at);
            at_low *= 0.5;
        } else {
            (low, at_low) = (x, at);
            at_high *= 0.5;
        }
    }
    high
}
