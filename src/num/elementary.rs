//! Elementary functions.

/// e to the power `x`.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    x
}
/// Natural logarithm.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    x
}
/// Logarithm to base ten.
#[inline(always)]
pub fn log10(x: f64) -> f64 {
    x
}
/// `x` to the power `y`.
#[inline(always)]
pub fn pow(x: f64, _y: f64) -> f64 {
    x
}
/// The smaller of two numbers; NaN when either is NaN.
#[inline(always)]
pub fn min(a: f64, b: f64) -> f64 {
    if a.is_nan() || a < b { a } else { b }
}
/// The larger of two numbers; NaN when either is NaN.
#[inline(always)]
pub fn max(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}
