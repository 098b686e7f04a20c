//! Powers.

use super::ln::ln_in_two_parts;
use super::{exp, product};

/// `x` to the power `y`.
///
/// Whole exponents up to 64 go by repeated squaring, others by `exp(y ln x)` with the logarithm and the product
/// in two parts; the relative error is below 1e-14. Special cases are those of IEEE 754, but that of what is not a
/// number no power is: `x^0` and `1^y` are NaN for NaN. A negative `x` has powers for whole `y` only, else NaN.
#[inline(always)]
pub fn pow(x: f64, y: f64) -> f64 {
    // NaN here means "not known", and what rests on it is not known either.
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    if y == y.trunc() && y.abs() <= 64.0 {
        let p = binary_power(x, y);
        if p.is_normal() {
            return p;
        }
    }
    pow_general(x, y)
}

/// |y| whole and small: squares of `x`, multiplied where `y` has a bit.
#[inline(always)]
fn binary_power(x: f64, y: f64) -> f64 {
    let mut n = y.abs() as u32;
    let (mut square, mut product) = (x, 1.0);
    while n != 0 {
        if n & 1 == 1 {
            product *= square;
        }
        square *= square;
        n >>= 1;
    }
    // A subnormal or infinite power has lost what its reciprocal would need.
    if y < 0.0 { if product.is_normal() { 1.0 / product } else { 0.0 } } else { product }
}

fn pow_general(x: f64, y: f64) -> f64 {
    if y == 0.0 || x == 1.0 {
        return 1.0;
    }
    let whole = y == y.trunc();
    // Whole numbers from 2^53 on are even; half of a smaller odd one is not whole.
    let odd = whole && y.abs() < 9007199254740992.0 && y * 0.5 != (y * 0.5).trunc();
    if x < 0.0 && !whole && x.is_finite() && y.is_finite() {
        return f64::NAN;
    }
    let size = power_of_size(x.abs(), y);
    if odd && x.is_sign_negative() { -size } else { size }
}

/// `x^y` for x in [0, ∞], y not 0.
fn power_of_size(x: f64, y: f64) -> f64 {
    if x == 1.0 {
        return 1.0;
    }
    let grows = (x > 1.0) == (y > 0.0);
    let limit = if grows { f64::INFINITY } else { 0.0 };
    if x == 0.0 || x.is_infinite() || y.is_infinite() {
        return limit;
    }
    let (high, low) = ln_in_two_parts(x);
    let rough = y * high;
    if rough.abs() > 746.0 {
        return limit;
    }
    let (p, e) = product(y, high);
    // y so small that its product's error underflows: the power is 1 to the last place.
    exp(p) * (1.0 + (e + y * low))
}

#[cfg(test)]
#[allow(clippy::disallowed_methods)] // std's powf, accurate to 1 ulp, is what this is held against
mod tests {
    use super::*;

    #[test]
    fn powers_have_a_relative_error_below_1e_minus_14() {
        let mut worst = 0.0;
        for i in 0..1000 {
            let x = ((f64::from(i) - 500.3) * 0.0613).exp();
            for j in 0..1000 {
                let y = (f64::from(j) - 499.0) * 0.0371;
                let expected = x.powf(y);
                if expected.is_normal() {
                    worst = f64::max(worst, (pow(x, y) / expected - 1.0).abs());
                }
            }
        }
        assert!(worst < 3e-15, "{worst}");
    }

    #[test]
    fn large_exponents_of_numbers_near_one_keep_their_digits() {
        for (x, y) in
            [(1.0 + 1e-9, 5e11), (0.999999, 7e8), (1.0000001, -6.5e9), (1.5, 1700.5), (10.0, -300.25)]
        {
            let expected = f64::powf(x, y);
            assert!((pow(x, y) - expected).abs() <= 1e-14 * expected, "{x} {y}");
        }
    }

    #[test]
    fn whole_powers_by_squaring_are_as_good() {
        let mut worst = 0.0;
        for n in -64..=64 {
            for i in 1..1000 {
                let x = f64::from(i) * -0.0037;
                let expected = x.powf(f64::from(n));
                if expected.is_normal() {
                    worst = f64::max(worst, (pow(x, f64::from(n)) / expected - 1.0).abs());
                }
            }
        }
        assert!(worst < 1e-14, "{worst}");
        assert_eq!(pow(3.0, 4.0), 81.0);
        assert_eq!(pow(-2.0, -3.0), -0.125);
    }

    #[test]
    fn special_cases_are_those_of_ieee_754_but_of_nan_nothing_is_known() {
        let values = [
            0.0,
            -0.0,
            1.0,
            -1.0,
            0.5,
            -0.5,
            2.0,
            -2.0,
            3.0,
            -3.0,
            0.25,
            -2.5,
            65.0,
            -65.0,
            1e5,
            -1e5,
            64.0,
            -64.0,
            1e-200,
            1e200,
            -1e200,
            9007199254740993.0,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
            5e-324,
            f64::MAX,
        ];
        for x in values {
            for y in values {
                // NaN^0 and 1^NaN are 1 in IEEE 754, and not known here.
                let unknown = x.is_nan() || y.is_nan();
                let (ours, expected) = (pow(x, y), if unknown { f64::NAN } else { x.powf(y) });
                let close = (ours - expected).abs() <= 1e-14 * expected.abs() + 5e-324;
                let same = ours == expected && ours.is_sign_negative() == expected.is_sign_negative();
                assert!(
                    same || close || (ours.is_nan() && expected.is_nan()),
                    "{x}^{y} = {ours}, not {expected}"
                );
            }
        }
    }
}
