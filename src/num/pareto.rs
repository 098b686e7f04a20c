//! The tail of some values as a generalized Pareto distribution: J. Zhang and M. A. Stephens, "A new and efficient estimation
//! method for the generalized Pareto distribution", Technometrics 51 (2009) 316–325.

use super::{exp, ln, max, min};

/// With fewer values in a tail its shape is not known.
pub const FEWEST: usize = 5;

/// How many of so many values are taken for their tail: a fifth of few, three times the root of many.
pub fn tail_of(count: u64) -> f64 {
    let count = count as f64;
    min(0.2 * count, 3.0 * count.sqrt())
}

/// The shape that fits values above 0, in rising order; positive for heavy tails. `None` where there are none, or no shape
/// is finite.
///
/// ```
/// let tail: Vec<f64> = (1..900).rev().map(|i| 900.0 / f64::from(i) - 1.0).collect(); // of shape 1
/// let shape = plancast::num::pareto::shape(&tail).unwrap();
/// assert!((shape - 1.0).abs() < 0.1);
/// ```
pub fn shape(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let largest = values.last().copied()?;
    let quarter = values[((n / 4.0 + 0.5) as usize).max(1) - 1];
    let points = 30 + n.sqrt() as usize;
    let mean_log = |b: f64| values.iter().map(|x| ln(1.0 - b * x)).sum::<f64>() / n;
    let candidates: Vec<(f64, f64)> = (1..=points)
        .map(|j| {
            let b = 1.0 / largest + (1.0 - (points as f64 / (j as f64 - 0.5)).sqrt()) / (3.0 * quarter);
            let k = mean_log(b);
            (b, n * (ln(-b / k) - k - 1.0))
        })
        .filter(|(_, likelihood)| likelihood.is_finite())
        .collect();
    let best = candidates.iter().map(|(_, likelihood)| *likelihood).fold(f64::NEG_INFINITY, max);
    let weights: f64 = candidates.iter().map(|(_, likelihood)| exp(likelihood - best)).sum();
    let b = candidates.iter().map(|(b, likelihood)| b * exp(likelihood - best)).sum::<f64>() / weights;
    Some(mean_log(b)).filter(|shape| shape.is_finite())
}
