//! Elementary functions that give the same bits on every machine: sums, products, quotients and integer
//! operations only, never fused, and selects in place of branches, so that loops over columns vectorise.
//!
//! Errors, in units of the last place of the result: `exp` below 1.2, `ln` below 1, `exp_m1` and `ln_1p`
//! below 3, `tanh` below 2, `log2` and `log10` below 1 (and exact where the result is whole); `pow` has a relative error
//! below 1e-14.

mod exp;
mod ln;
mod pow;
mod tanh;

pub use exp::{Exp, exp, exp_m1};
pub(super) use ln::ln_of_normal;
pub use ln::{ln, ln_1p, log2, log10};
pub use pow::pow;
pub use tanh::tanh;

/// The smaller of two numbers; NaN when either is NaN.
#[inline(always)]
pub fn min(a: f64, b: f64) -> f64 {
    // When b is NaN the comparison is false and gives b.
    let smaller = if a < b { a } else { b };
    if a.is_nan() { a } else { smaller }
}

/// The larger of two numbers; NaN when either is NaN.
#[inline(always)]
pub fn max(a: f64, b: f64) -> f64 {
    let larger = if a > b { a } else { b };
    if a.is_nan() { a } else { larger }
}

/// What is left of `a` after whole times `b`, with the sign of `b`: 7 mod 3 is 1, -1 mod 3 is 2, as in spreadsheets.
/// NaN where `b` is 0. The remainder of a division is exact in IEEE 754, and so the same everywhere.
#[inline(always)]
pub fn modulo(a: f64, b: f64) -> f64 {
    let rest = a % b;
    if rest != 0.0 && (rest < 0.0) != (b < 0.0) { rest + b } else { rest }
}

/// The exact product of two numbers as a rounded value and its error (T. J. Dekker, 1971), without a fused
/// multiply-add. The error is exact to 2^-105 of the product as long as nothing under- or overflows.
#[inline(always)]
pub(super) fn product(a: f64, b: f64) -> (f64, f64) {
    let (ah, bh) = (head(a), head(b));
    let (al, bl) = (a - ah, b - bh);
    let p = a * b;
    (p, ((ah * bh - p) + ah * bl + al * bh) + al * bl)
}

/// The leading 26 bits.
#[inline(always)]
fn head(x: f64) -> f64 {
    f64::from_bits(x.to_bits() & 0xFFFF_FFFF_F800_0000)
}

/// A polynomial with coefficients of rising powers: groups of four terms, then Horner's rule in x⁴ (G. Estrin,
/// 1960). Horner's rule alone would be one chain of operations, each waiting for the one before: a quarter more
/// time in a loop over a column.
#[inline(always)]
pub(super) fn polynomial<const N: usize>(c: &[f64; N], x: f64) -> f64 {
    let square = x * x;
    let fourth = square * square;
    let pair = |i: usize| if i + 1 < N { c[i] + c[i + 1] * x } else { c[i] };
    let group = |i: usize| if i + 2 < N { pair(i) + pair(i + 2) * square } else { pair(i) };
    let last = (N - 1) / 4;
    let mut sum = group(4 * last);
    for i in (0..last).rev() {
        sum = sum * fourth + group(4 * i);
    }
    sum
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Distance of `x` from the true value `hi + lo` in units of the last place of `hi`.
    pub(in crate::num) fn ulps(x: f64, hi: f64, lo: f64) -> f64 {
        let unit = f64::from_bits(hi.abs().to_bits() + 1) - hi.abs();
        (((x - hi) - lo) / unit).abs()
    }

    #[test]
    fn the_smaller_and_the_larger_are_unknown_when_either_is() {
        let nan = f64::NAN;
        assert_eq!((min(1.0, 2.0), min(2.0, 1.0)), (1.0, 1.0));
        assert_eq!((max(1.0, 2.0), max(2.0, 1.0)), (2.0, 2.0));
        assert_eq!(min(f64::NEG_INFINITY, 1.0), f64::NEG_INFINITY);
        for (a, b) in [(nan, 1.0), (1.0, nan), (nan, nan)] {
            assert!(min(a, b).is_nan() && max(a, b).is_nan(), "{a} {b}");
        }
    }

    #[test]
    fn what_is_left_has_the_sign_of_the_divisor() {
        for (a, b, left) in [
            (7.0, 3.0, 1.0),
            (-1.0, 3.0, 2.0),
            (7.0, -3.0, -2.0),
            (-7.0, -3.0, -1.0),
            (6.0, 3.0, 0.0),
            (5.5, 2.0, 1.5),
        ] {
            assert_eq!(modulo(a, b), left, "{a} {b}");
        }
        assert_eq!(modulo(1e300, 7.0), 1.0);
        assert!(
            modulo(1.0, 0.0).is_nan()
                && modulo(f64::INFINITY, 2.0).is_nan()
                && modulo(f64::NAN, 2.0).is_nan()
        );
    }

    #[test]
    fn a_product_is_exact_in_two_parts() {
        let (p, e) = product(1.0 + f64::EPSILON, 1.0 + f64::EPSILON);
        assert_eq!((p, e), (1.0 + 2.0 * f64::EPSILON, f64::EPSILON * f64::EPSILON));
    }
}
