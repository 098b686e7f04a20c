//! The gamma function and the incomplete gamma and beta functions.

use super::elementary::{exp, exp_m1, ln, ln_1p};
use super::normal::LN_ROOT_TWO_PI;

/// Below this a fraction's partial denominators count as 0 (Lentz's method).
const TINY: f64 = 1e-300;
const PRECISION: f64 = 1e-16;
/// Enough for arguments up to 1e8: the number of terms grows with their square root.
const MOST_TERMS: usize = 200_000;

/// ln Γ(x) for x > 0.
///
/// Stirling's series above 16, where its first left-out term is below 1e-17; smaller arguments are shifted
/// there by `Γ(x + 1) = x Γ(x)`. Absolute error below 2e-14, relative error below 1e-15 above 20. Infinity at 0, NaN
/// below 0.
pub fn ln_gamma(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    if x == 0.0 || x.is_infinite() {
        return f64::INFINITY;
    }
    let (mut shifted, mut factor) = (x, 1.0);
    while shifted < 16.0 {
        factor *= shifted;
        shifted += 1.0;
    }
    (shifted - 0.5) * ln(shifted) - shifted + LN_ROOT_TWO_PI + stirling_series(shifted) - ln(factor)
}

/// `ln Γ(a + 1) - (a + ½) ln a + a - ln √(2π)`: what Stirling's formula lacks (C. Loader, "Fast and accurate
/// computation of binomial probabilities", 2000).
fn stirling_error(a: f64) -> f64 {
    if a < 16.0 { ln_gamma(a + 1.0) - (a + 0.5) * ln(a) + a - LN_ROOT_TWO_PI } else { stirling_series(a) }
}

/// 1/(12 x) - 1/(360 x³) + …, for x of 16 and more.
fn stirling_series(x: f64) -> f64 {
    let y = 1.0 / (x * x);
    (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y * (1.0 / 1680.0 - y * (1.0 / 1188.0))))) / x
}

/// What does not depend on the argument in [`gamma_kernel`].
pub(super) fn gamma_constant(a: f64) -> f64 {
    0.5 * ln(a) - LN_ROOT_TWO_PI - stirling_error(a)
}

/// `ln(x^a e^-x / Γ(a))` at `x = e^g`, from [`gamma_constant`]; Loader's form, so that its error does not grow
/// with `a` but with its root.
pub(super) fn gamma_kernel(a: f64, constant: f64, g: f64) -> f64 {
    let d = g - ln(a);
    constant - a * (exp_m1(d) - d)
}

/// What does not depend on the argument in [`beta_kernel`]; symmetric in `a` and `b`.
pub(super) fn beta_constant(a: f64, b: f64) -> f64 {
    let n = a + b;
    0.5 * ln(a / n * b) - LN_ROOT_TWO_PI + stirling_error(n) - stirling_error(a) - stirling_error(b)
}

/// `ln(x^a (1 - x)^b / B(a, b))` at `x = 1 / (1 + e^-g)`, from [`beta_constant`].
pub(super) fn beta_kernel(a: f64, b: f64, constant: f64, g: f64) -> f64 {
    let d = g - ln(a / b);
    constant + a * log_of_ratio(a, b, g, d) + b * log_of_ratio(b, a, -g, -d)
}

/// ln of `x = 1 / (1 + e^-g)` over its value at `g - d`, which is `a / (a + b)`.
fn log_of_ratio(a: f64, b: f64, g: f64, d: f64) -> f64 {
    if d > -0.5 {
        ln_1p(b / a * -exp_m1(-d) / (1.0 + exp(-g)))
    } else if g < 0.0 {
        g - ln_1p(exp(g)) - ln(a / (a + b))
    } else {
        -ln_1p(exp(-g)) - ln(a / (a + b))
    }
}

/// The regularised incomplete gamma functions `(P(a, x), Q(a, x))` for a > 0, x ≥ 0: the probabilities that a
/// gamma variable of shape `a` and scale 1 lies below and above `x`.
///
/// The smaller of the two is computed: a series below the mean, Legendre's continued fraction above. Relative
/// error of each below 1e-12 for `a` up to 1e4 (tested); it grows with the root of `a`.
pub fn gamma_tails(a: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x == f64::INFINITY {
        return (1.0, 0.0);
    }
    gamma_tails_from_kernel(a, x, exp(gamma_kernel(a, gamma_constant(a), ln(x))))
}

/// [`gamma_tails`], given `x^a e^-x / Γ(a)`.
pub(super) fn gamma_tails_from_kernel(a: f64, x: f64, kernel: f64) -> (f64, f64) {
    if x < a + 1.0 {
        let p = kernel * gamma_series(a, x);
        (p, 1.0 - p)
    } else {
        let q = kernel * gamma_fraction(a, x);
        (1.0 - q, q)
    }
}

/// `1/a + x/(a(a+1)) + x²/(a(a+1)(a+2)) + …`
fn gamma_series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
    for _ in 0..MOST_TERMS {
        n += 1.0;
        term *= x / n;
        sum += term;
        if term < sum * PRECISION {
            break;
        }
    }
    sum
}

/// `1/(x+1-a- 1(1-a)/(x+3-a- 2(2-a)/(x+5-a- …)))` by Lentz's method as modified by Thompson and Barnett (1986).
fn gamma_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1.0 / TINY, 1.0 / b);
    let mut h = d;
    for i in 1..MOST_TERMS {
        let n = i as f64;
        let numerator = -n * (n - a);
        b += 2.0;
        d = 1.0 / away_from_zero(numerator * d + b);
        c = away_from_zero(b + numerator / c);
        h *= c * d;
        if (c * d - 1.0).abs() < 2.0 * PRECISION {
            break;
        }
    }
    h
}

/// The regularised incomplete beta function and its complement `(I_x(a, b), 1 - I_x(a, b))` for a, b > 0, given
/// `x` and `y = 1 - x`, both in [0, 1]: the probabilities that a beta variable lies below and above `x`.
///
/// Relative error of the smaller one below 1e-12 for `a` and `b` up to 200 (tested).
pub fn beta_tails(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if y <= 0.0 {
        return (1.0, 0.0);
    }
    let g = ln(x) - ln(y);
    beta_tails_from_kernel(a, b, x, y, exp(beta_kernel(a, b, beta_constant(a, b), g)))
}

/// [`beta_tails`], given `x^a y^b / B(a, b)`.
pub(super) fn beta_tails_from_kernel(a: f64, b: f64, x: f64, y: f64, kernel: f64) -> (f64, f64) {
    if x * (a + b + 2.0) < a + 1.0 {
        let p = kernel * beta_fraction(a, b, x) / a;
        (p, 1.0 - p)
    } else {
        let q = kernel * beta_fraction(b, a, y) / b;
        (1.0 - q, q)
    }
}

/// The continued fraction of DLMF 8.17.22, by Lentz's method.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let (mut c, mut h) = (1.0, d);
    for i in 1..MOST_TERMS {
        let m = i as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        h *= c * d;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        h *= c * d;
        if (c * d - 1.0).abs() < 2.0 * PRECISION {
            break;
        }
    }
    h
}

fn away_from_zero(x: f64) -> f64 {
    if x.abs() < TINY { TINY } else { x }
}

#[cfg(test)]
mod tests;
