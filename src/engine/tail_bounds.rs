//! Bounds on the tails of sums of independent terms.

use crate::num::ln;

/// The logarithm of the probability that a sum of independent terms, none above `largest` and of this variance in all,
/// comes to so much (Bennett).
pub(super) fn bennett(sum: f64, variance: f64, largest: f64) -> f64 {
    if variance <= 0.0 || largest <= 0.0 {
        return 0.0;
    }
    let u = sum * largest / variance;
    -variance / (largest * largest) * ((1.0 + u) * ln(1.0 + u) - u)
}
