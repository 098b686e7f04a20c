//! Logarithms.
//!
//! A number is split into `2^k · m` with m in [√½, √2); with `f = m - 1` and `s = f / (2 + f)`,
//! `ln m = 2 s + s · R(s²)`, R a polynomial (fdlibm, `e_log.c`, Sun Microsystems 1993; error of R below 2^-58).

use super::exp::{LN2_HIGH, LN2_LOW};
use super::product;

/// R(z) / z, rising powers.
const SERIES: [f64; 7] = [
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
];
/// Bits of √½, cut after the first word.
const ROOT_HALF: u64 = 0x3FE6_A09E_0000_0000;
const ONE: u64 = 0x3FF0_0000_0000_0000;
const MANTISSA: u64 = 0x000F_FFFF_FFFF_FFFF;
/// 2^52 as bits: a small whole number in its mantissa is that number above 2^52.
const TWO_52: u64 = 0x4330_0000_0000_0000;

/// Natural logarithm.
///
/// Error below 1 ulp, for subnormal arguments too; minus infinity at 0, NaN below 0 and for NaN.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let (scaled, shift) = lift(x);
    specials(x, log_of_parts(split(scaled, shift)))
}

/// [`ln`] of a finite normal positive number; for others the result is meaningless.
#[inline(always)]
pub(in crate::num) fn ln_of_normal(x: f64) -> f64 {
    log_of_parts(split(x, 0.0))
}

/// `ln(1 + x)`, accurate also near 0.
///
/// Error below 3 ulp; minus infinity at -1, NaN below and for NaN.
#[inline(always)]
pub fn ln_1p(x: f64) -> f64 {
    let y = 1.0 + x;
    // What rounding took from 1 + x, put back to first order (W. Kahan).
    let lost = if x > 1.0 { 1.0 - (y - x) } else { x - (y - 1.0) };
    let corrected = ln_of_normal(y) + lost / y;
    let result = if y == 1.0 { x } else { corrected };
    if x < -1.0 {
        f64::NAN
    } else if x == -1.0 {
        f64::NEG_INFINITY
    } else if x == f64::INFINITY {
        x
    } else if x.is_nan() {
        f64::NAN
    } else {
        result
    }
}

/// Logarithm to base ten.
///
/// Error below 1 ulp, exact for powers of ten; minus infinity at 0, NaN below 0 and for NaN.
#[inline(always)]
pub fn log10(x: f64) -> f64 {
    // 1 / ln 10 in two parts.
    times(x, (std::f64::consts::LOG10_E, 1.098319650216765e-17))
}

/// Logarithm to base two.
///
/// Error below 1 ulp, exact for powers of two; minus infinity at 0, NaN below 0 and for NaN.
#[inline(always)]
pub fn log2(x: f64) -> f64 {
    // 1 / ln 2 in two parts.
    times(x, (std::f64::consts::LOG2_E, 2.0355273740931033e-17))
}

#[inline(always)]
fn times(x: f64, factor: (f64, f64)) -> f64 {
    let (high, low) = ln_in_two_parts(x);
    let (p, e) = product(high, factor.0);
    specials(x, p + (e + high * factor.1 + low * factor.0))
}

/// The logarithm of a finite positive number as a sum of two, with a relative error near 2^-58.
#[inline(always)]
pub(super) fn ln_in_two_parts(x: f64) -> (f64, f64) {
    let (scaled, shift) = lift(x);
    let (f, k) = split(scaled, shift);
    // 2 + f and f / (2 + f), each with its rounding error.
    let t = 2.0 + f;
    let t_low = f - (t - 2.0);
    let s = f / t;
    let (p, e) = product(s, t);
    let s_low = (((f - p) - e) - s * t_low) / t;
    let z = s * s;
    let small = s * series(z) + 2.0 * s_low + k * LN2_LOW;
    // k LN2_HIGH is exact, and where k is not 0 it is larger than 2 s.
    let high = k * LN2_HIGH + 2.0 * s;
    let lost = if k == 0.0 { 0.0 } else { 2.0 * s - (high - k * LN2_HIGH) };
    let low = small + lost;
    let sum = high + low;
    (sum, low - (sum - high))
}

/// A subnormal number times 2^54, and the -54 that this adds to its exponent.
#[inline(always)]
fn lift(x: f64) -> (f64, f64) {
    if x < f64::MIN_POSITIVE { (x * 18014398509481984.0, -54.0) } else { (x, 0.0) }
}

/// `(m - 1, k)` of a normal positive number.
#[inline(always)]
fn split(x: f64, shift: f64) -> (f64, f64) {
    let bits = x.to_bits().wrapping_add(ONE - ROOT_HALF);
    let k = f64::from_bits((bits >> 52) | TWO_52) - (4503599627370496.0 + 1023.0) + shift;
    let m = f64::from_bits((bits & MANTISSA).wrapping_add(ROOT_HALF));
    (m - 1.0, k)
}

/// R(z), by its even and odd terms.
#[inline(always)]
fn series(z: f64) -> f64 {
    let w = z * z;
    let odd = w * (SERIES[1] + w * (SERIES[3] + w * SERIES[5]));
    let even = z * (SERIES[0] + w * (SERIES[2] + w * (SERIES[4] + w * SERIES[6])));
    odd + even
}

#[inline(always)]
fn log_of_parts((f, k): (f64, f64)) -> f64 {
    log_of_quotient(f, k, f / (2.0 + f))
}

/// The same with `s = f / (2 + f)`.
#[inline(always)]
fn log_of_quotient(f: f64, k: f64, s: f64) -> f64 {
    let half_square = 0.5 * f * f;
    k * LN2_HIGH - ((half_square - (s * (half_square + series(s * s)) + k * LN2_LOW)) - f)
}

#[inline(always)]
fn specials(x: f64, ordinary: f64) -> f64 {
    let y = if x == f64::INFINITY { x } else { ordinary };
    let y = if x == 0.0 { f64::NEG_INFINITY } else { y };
    // Also true for NaN.
    if x >= 0.0 { y } else { f64::NAN }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods)] // std's functions, accurate to 1 ulp, are what these are held against
mod tests {
    use super::super::tests::ulps;
    use super::*;

    fn points() -> impl Iterator<Item = f64> {
        (0..1_000_000).map(|i| {
            let t = (f64::from(i) + 0.37) / 500_000.0 - 1.0;
            if i % 2 == 0 { (700.0 * t).exp() } else { t.exp() }
        })
    }

    #[test]
    fn the_logarithm_is_within_one_unit_of_the_last_place() {
        let worst =
            points().map(|x| ulps(ln(x), ln_in_two_parts(x).0, ln_in_two_parts(x).1)).fold(0.0, f64::max);
        assert!(worst < 1.0 && worst > 0.4, "{worst}");
        // Rounded values may differ by one more from std's, which errs by up to one itself.
        let worst = points().map(|x| ulps(ln(x), x.ln(), 0.0)).fold(0.0, f64::max);
        assert!(worst <= 1.0, "{worst}");
    }

    #[test]
    fn the_logarithm_in_two_parts_rounds_to_stds_almost_always() {
        let differing = points().filter(|&x| ln_in_two_parts(x).0 != x.ln()).count();
        assert!(differing < 20_000, "{differing} of a million");
    }

    #[test]
    fn logarithms_to_base_two_and_ten_are_exact_for_whole_powers() {
        let mut ten = 1.0;
        for n in 0..=22 {
            assert_eq!(log10(ten), f64::from(n));
            ten *= 10.0;
        }
        for n in -1022..1024 {
            assert_eq!(log2(2f64.powi(n)), f64::from(n));
        }
        let worst = points().map(|x| ulps(log10(x), x.log10(), 0.0)).fold(0.0, f64::max);
        assert!(worst <= 2.0, "{worst}");
    }

    #[test]
    fn the_logarithm_of_one_and_a_little_keeps_its_digits() {
        let mut worst = 0.0;
        for i in 0..1_000_000 {
            let t = (f64::from(i) + 0.37) / 500_000.0 - 1.0;
            for x in [0.999 * t, t * t * t * 1e-3, 1e9 * t * t] {
                worst = f64::max(worst, ulps(ln_1p(x), x.ln_1p(), 0.0));
            }
        }
        assert!(worst < 3.0, "{worst}");
        assert_eq!(ln_1p(-1.0), f64::NEG_INFINITY);
        assert_eq!(ln_1p(f64::INFINITY), f64::INFINITY);
        assert_eq!(ln_1p(1e-300), 1e-300);
        assert!(ln_1p(-1.1).is_nan() && ln_1p(f64::NAN).is_nan());
    }

    #[test]
    fn the_ends_of_the_logarithm_are_infinity_and_nan() {
        for f in [ln, log2, log10] {
            assert_eq!(f(0.0), f64::NEG_INFINITY);
            assert_eq!(f(-0.0), f64::NEG_INFINITY);
            assert_eq!(f(f64::INFINITY), f64::INFINITY);
            assert_eq!(f(1.0), 0.0);
            assert!(f(-1.0).is_nan() && f(f64::NEG_INFINITY).is_nan() && f(f64::NAN).is_nan());
        }
    }

    #[test]
    fn subnormal_numbers_have_logarithms_too() {
        for x in [5e-324, 1e-310, 2.2e-308] {
            assert!(ulps(ln(x), x.ln(), 0.0) <= 1.0);
        }
    }
}
