//! Lengths and units at any magnitude.

use super::max;

/// The largest power of two that is not above a positive number; 0 of one below the normal numbers.
pub fn power_of_two_below(x: f64) -> f64 {
    f64::from_bits(x.to_bits() & 0x7ff0_0000_0000_0000)
}

/// The root of the sum of the squares of some numbers; none of the squares overflows or vanishes.
///
/// ```
/// assert!((plancast::num::norm(&[3e200, 4e200]) / 5e200 - 1.0).abs() < 1e-15);
/// assert!((plancast::num::norm(&[3e-200, -4e-200]) / 5e-200 - 1.0).abs() < 1e-15);
/// assert_eq!(plancast::num::norm(&[]), 0.0);
/// ```
pub fn norm(values: &[f64]) -> f64 {
    let largest = values.iter().fold(0.0, |largest, x| max(largest, x.abs()));
    if largest == 0.0 || !largest.is_finite() {
        return if values.iter().any(|x| x.is_nan()) { f64::NAN } else { largest };
    }
    let root = |unit: f64| values.iter().map(|x| (x / unit) * (x / unit)).sum::<f64>().sqrt() * unit;
    // Squares of these are numbers without a unit.
    if (1e-100..1e100).contains(&largest) { root(1.0) } else { root(largest) }
}
