//! The exponential function.

use super::polynomial;
use crate::num::wide::{ENTRIES, LaneFunction, ROUNDER, Vector};

const LOG2_E: f64 = std::f64::consts::LOG2_E;
/// ln 2 in two parts; products of the first with whole numbers below 2^20 are exact (fdlibm, `e_exp.c`).
pub(super) const LN2_HIGH: f64 = 6.93147180369123816490e-01;
pub(super) const LN2_LOW: f64 = 1.90821492927058770002e-10;

/// `2^(k / 16)`.
const POWERS: [f64; ENTRIES] = [
    1.0,
    1.0442737824274138,
    1.0905077326652577,
    1.1387886347566916,
    1.189207115002721,
    1.241857812073484,
    1.2968395546510096,
    1.3542555469368927,
    std::f64::consts::SQRT_2,
    1.4768261459394993,
    1.5422108254079407,
    1.6104903319492543,
    1.681792830507429,
    1.7562521603732995,
    1.8340080864093424,
    1.9152065613971474,
];

/// `(e^r - 1 - r) / r²` on |r| ≤ ln 2 / 32, rising powers: a minimax fit made for this file (Lawson's weights, 40 digits);
/// the error it leaves in e^r is 1.2e-17.
const SHORT_TAIL: [f64; 5] = [
    0.5000000000000006,
    0.16666666664416685,
    0.04166666665965313,
    0.008333471959458012,
    0.0013889129047723967,
];

/// e to the power `x`.
///
/// Error below 1.2 ulp. Overflows to infinity above 709.78, falls to subnormals below -708.4 (then half a unit of
/// `2^-1074` more) and to 0 below -745.13; NaN for NaN.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    Exp.at(x)
}

/// [`exp`] over columns.
#[derive(Clone, Copy)]
pub struct Exp;

impl LaneFunction for Exp {
    /// `x = k ln 2 / 16 + r` with |r| ≤ ln 2 / 32, and `e^x = 2^⌊k / 16⌋ 2^(k mod 16 / 16) e^r` (P. T. P. Tang, 1989).
    #[inline(always)]
    fn at<V: Vector>(self, x: V) -> V {
        let x = x.at_least(V::splat(-746.0)).at_most(V::splat(710.0));
        let sixteenths = x * V::splat(16.0 * LOG2_E) + V::splat(ROUNDER);
        let whole = sixteenths - V::splat(ROUNDER);
        let high = x - whole * V::splat(LN2_HIGH / 16.0);
        let low = whole * V::splat(LN2_LOW / 16.0);
        let r = high - low;
        let c = |k: usize| V::splat(SHORT_TAIL[k]);
        let square = r * r;
        let tail = (c(0) + c(1) * r) + square * ((c(2) + c(3) * r) + square * c(4));
        let power = V::entry(&POWERS, sixteenths.bits());
        (power + power * (high + (square * tail - low))).times_power(sixteenths)
    }
}

/// `(e^r - 1 - r) / r²` on |r| ≤ ln 2 / 2, rising powers: a Chebyshev fit made for this file; the error it
/// leaves in e^r is 1.3e-17.
const TAIL: [f64; 10] = [
    0.5000000000000001,
    0.16666666666666669,
    0.041666666666623824,
    0.008333333333330039,
    0.0013888888917367081,
    0.00019841269863171557,
    2.4801521057868204e-05,
    2.7557268276905696e-06,
    2.7620201591031547e-07,
    2.5100472505694996e-08,
];

/// `exp(x) - 1`, accurate also near 0.
///
/// Error below 3 ulp; -1 at minus infinity, NaN for NaN.
#[inline(always)]
pub fn exp_m1(x: f64) -> f64 {
    // NaN passes both limits.
    let limited = x.at_least(-746.0).at_most(710.0);
    let shifted = limited * LOG2_E + ROUNDER;
    let whole = shifted - ROUNDER;
    let high = limited - whole * LN2_HIGH;
    let low = whole * LN2_LOW;
    let r = high - low;
    let fraction = high + (r * r * polynomial(&TAIL, r) - low);
    let sixteenths = 16.0 * whole + ROUNDER;
    let power = 1.0.times_power(sixteenths);
    let near = power * fraction + (power - 1.0);
    let far = (1.0 + fraction).times_power(sixteenths);
    // Beyond 40 the 1 is lost in rounding, and 2^n alone may overflow before the result does.
    if x > 40.0 {
        far
    } else if x == 0.0 {
        x
    } else {
        near
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods)] // std's functions, accurate to 1 ulp, are what these are held against
mod tests {
    use super::super::{product, tests::ulps};
    use super::*;

    /// e^x as a sum of two numbers, good to about 1e-30: Taylor's series in double-double for x / 1024, then
    /// ten squarings of what exceeds 1.
    fn reference(x: f64) -> (f64, f64) {
        let whole = (x * LOG2_E).round();
        // ln 2 in three parts, the first two with trailing zeros.
        let (a, b, c) = (LN2_HIGH, LN2_LOW, 1.1612227229362532e-26);
        let (p, e) = product(whole, b);
        let r = add((x - whole * a, 0.0), (-p, -e - whole * c));
        let r = (r.0 / 1024.0, r.1 / 1024.0);
        let mut sum = (0.0, 0.0);
        for k in (1..=12).rev() {
            // Horner: sum = r / k (1 + sum).
            let t = mul(r, add((1.0, 0.0), sum));
            sum = div(t, f64::from(k));
        }
        for _ in 0..10 {
            sum = add((2.0 * sum.0, 2.0 * sum.1), mul(sum, sum));
        }
        let y = add((1.0, 0.0), sum);
        let factor = 2f64.powf(whole);
        (y.0 * factor, y.1 * factor)
    }
    fn add(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
        let s = a.0 + b.0;
        let v = s - a.0;
        let e = (a.0 - (s - v)) + (b.0 - v) + a.1 + b.1;
        (s + e, e - ((s + e) - s))
    }
    fn mul(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
        let (p, e) = product(a.0, b.0);
        let e = e + a.0 * b.1 + a.1 * b.0;
        (p + e, e - ((p + e) - p))
    }
    fn div(a: (f64, f64), k: f64) -> (f64, f64) {
        let q = a.0 / k;
        let (p, e) = product(q, k);
        let r = ((a.0 - p) - e + a.1) / k;
        (q + r, r - ((q + r) - q))
    }

    #[test]
    fn the_exponential_is_within_1_2_units_of_the_last_place() {
        let (mut worst, mut at) = (0.0, 0.0);
        for i in 0..1_000_000 {
            // Half of the points crowd around 0, where the result is near 1.
            let t = (f64::from(i) + 0.37) / 500_000.0 - 1.0;
            let x = if i % 2 == 0 { 700.0 * t } else { 2.0 * t };
            let (hi, lo) = reference(x);
            let error = ulps(exp(x), hi, lo);
            if error > worst {
                (worst, at) = (error, x);
            }
        }
        assert!(worst < 1.2, "{worst} at {at}");
        assert!(worst > 0.4, "a reference that agrees this well is no reference");
    }

    #[test]
    fn the_exponential_less_one_keeps_its_digits_near_zero() {
        let mut worst = 0.0;
        for i in 0..1_000_000 {
            let t = (f64::from(i) + 0.37) / 500_000.0 - 1.0;
            for x in [t * t * t * 1e-3, 3.0 * t, 40.0 * t] {
                worst = f64::max(worst, ulps(exp_m1(x), x.exp_m1(), 0.0));
            }
        }
        assert!(worst < 3.0, "{worst}");
        assert_eq!(exp_m1(f64::NEG_INFINITY), -1.0);
        assert_eq!(exp_m1(709.5), exp(709.5));
        assert_eq!(exp_m1(f64::INFINITY), f64::INFINITY);
        assert_eq!(exp_m1(1e-300), 1e-300);
        assert!(exp_m1(f64::NAN).is_nan());
    }

    #[test]
    fn the_ends_of_the_exponential_are_infinity_zero_and_nan() {
        assert_eq!(exp(0.0), 1.0);
        assert!((exp(1.0) - std::f64::consts::E).abs() <= 2.0 * f64::EPSILON);
        assert_eq!(exp(709.782712893384), 709.782712893384_f64.exp());
        assert_eq!(exp(709.79), f64::INFINITY);
        assert_eq!(exp(f64::INFINITY), f64::INFINITY);
        assert_eq!(exp(1e300), f64::INFINITY);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert_eq!(exp(-745.2), 0.0);
        assert!(exp(f64::NAN).is_nan());
    }

    #[test]
    fn small_exponentials_fade_through_the_subnormals() {
        for i in 0..10_000 {
            let x = -708.0 - f64::from(i) * 0.0038;
            let steps = exp(x).to_bits().abs_diff(x.exp().to_bits());
            assert!(steps <= 1, "{x}: {steps}");
        }
    }
}
