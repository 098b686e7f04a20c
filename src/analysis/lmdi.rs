//! Decomposition of a change into the effects of factors: the logarithmic mean Divisia index, method I
//! (Ang and Liu 2001; Ang 2004, 2005).
//!
//! A total is a sum over terms of products of factors. Additively the effect of factor x is
//! Σ L(v₁, v₀) ln(x₁ / x₀) with the logarithmic mean L(a, b) = (a − b) / (ln a − ln b); effects add up to the
//! change without a rest. Multiplicatively it is exp(Σ w ln(x₁ / x₀)) with w = L(v₁, v₀) / L(V₁, V₀); effects
//! multiply up to the ratio. Zeros are taken at their limits (Ang and Liu 2007): a term that is zero in both
//! years has no effect; one that appears or vanishes has its whole change, and of its factors those bear it
//! that are zero, in equal parts. A factor below zero has no logarithm: that is for [`shapley`](super::shapley).

use crate::num::{exp, ln};

/// The logarithmic mean of two numbers of one sign; 0 where one of them is 0 or their signs differ.
pub fn log_mean(a: f64, b: f64) -> f64 {
    if a < 0.0 && b < 0.0 {
        return -log_mean(-a, -b);
    }
    if a > 0.0 && b > 0.0 { mean_of(a, b, log_ratio(a, b)) } else { 0.0 }
}

/// The logarithmic mean of two positive numbers, of whose ratio this is the logarithm.
fn mean_of(a: f64, b: f64, log_ratio: f64) -> f64 {
    if log_ratio.abs() < 1e-2 {
        // Near each other numerator and denominator both vanish: b (eʳ − 1) / r as the series 1 + r/2 + r²/6 + …
        let series = (2..=7).rev().fold(1.0, |sum, n| 1.0 + log_ratio / f64::from(n) * sum);
        return b * series;
    }
    (a - b) / log_ratio
}

/// ln(a / b) of positive numbers, also where the ratio is too large or too small to be a number.
fn log_ratio(a: f64, b: f64) -> f64 {
    let ratio = a / b;
    if ratio.is_normal() { ln(ratio) } else { ln(a) - ln(b) }
}

/// The additive effects of the factors of one term, added to `effects`. `before` and `after` are the factors'
/// values, none of which is below zero.
pub fn add_effects(before: &[f64], after: &[f64], effects: &mut [f64]) {
    let (v0, v1) = (product(before), product(after));
    let pairs = || before.iter().zip(after);
    if pairs().all(|(x0, x1)| *x0 > 0.0 && *x1 > 0.0) {
        let ratio = pairs().map(|(x0, x1)| log_ratio(*x1, *x0)).sum();
        let weight = mean_of(v1, v0, ratio);
        for (effect, (x0, x1)) in effects.iter_mut().zip(pairs()) {
            *effect += weight * log_ratio(*x1, *x0);
        }
        return;
    }
    // It appears or vanishes: L(v, 0) ln(x / 0) → v for the factors that are zero, 0 for the others.
    let is_bearer = |(x0, x1): (&f64, &f64)| (*x0 == 0.0) != (*x1 == 0.0);
    let bearers = pairs().filter(|pair| is_bearer(*pair)).count() as f64;
    for (effect, _) in effects.iter_mut().zip(pairs()).filter(|(_, pair)| is_bearer(*pair)) {
        *effect += (v1 - v0) / bearers;
    }
}

/// The multiplicative effects that belong to additive ones: exp(Δ / L(V₁, V₀)), for totals of one sign.
pub fn multiplicative(effects: &[f64], before: f64, after: f64) -> Vec<f64> {
    let weight = log_mean(after, before);
    effects.iter().map(|effect| if weight == 0.0 { f64::NAN } else { exp(effect / weight) }).collect()
}

fn product(factors: &[f64]) -> f64 {
    factors.iter().product()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effects(before: &[f64], after: &[f64]) -> Vec<f64> {
        let mut effects = vec![0.0; before.len()];
        add_effects(before, after, &mut effects);
        effects
    }

    /// The check values that M. Heun publishes with LMDIR, an implementation of Ang (2005) in R: two terms of
    /// three factors in 1971 and 1972, and with a factor that appears.
    #[test]
    fn effects_are_the_published_ones() {
        let before = [[1.0, 10.0, 2.0], [4.0, 5.0, 3.0]];
        let after = [[4.0, 5.0, 3.0], [5.0, 6.0, 4.0]];
        let mut sum = [0.0; 3];
        for (x0, x1) in before.iter().zip(&after) {
            add_effects(x0, x1, &mut sum);
        }
        for (effect, exact) in sum.iter().zip([69.79006598, -9.455125793, 39.66505981]) {
            assert!((effect - exact).abs() < 1e-8, "{sum:?}");
        }
        let ratios = multiplicative(&sum, 80.0, 180.0);
        for (ratio, exact) in ratios.iter().zip([1.761117821, 0.926191306, 1.379410116]) {
            assert!((ratio - exact).abs() < 1e-9, "{ratios:?}");
        }
        assert_eq!(effects(&[0.0, 10.0, 2.0], &after[0]), [60.0, 0.0, 0.0]);
    }

    /// Energy of an industry of two sectors: outputs 10 and 40 become 40 and 40, energy 30 and 20 becomes 60
    /// and 16. L(60, 30) = 30 / ln 2 and L(16, 20) = 4 / ln 1.25.
    #[test]
    fn effects_are_those_of_the_formula_worked_by_hand() {
        let (y0, y1, e0, e1) = ([10.0, 40.0], [40.0, 40.0], [30.0, 20.0], [60.0, 16.0]);
        let mut effects = [0.0; 3];
        for k in 0..2 {
            let factors = |y: [f64; 2], e: [f64; 2]| [y[0] + y[1], y[k] / (y[0] + y[1]), e[k] / y[k]];
            add_effects(&factors(y0, e0), &factors(y1, e1), &mut effects);
        }
        let change: f64 = effects.iter().sum();
        assert!((change - 26.0).abs() < 1e-12, "{effects:?}");
        let (l1, l2) = (30.0 / ln(2.0), 4.0 / ln(1.25));
        let exact = [(l1 + l2) * ln(1.6), l1 * ln(2.5) + l2 * ln(0.625), l1 * ln(0.5) + l2 * ln(0.8)];
        for (effect, exact) in effects.iter().zip(exact) {
            assert!((effect - exact).abs() < 1e-12, "{effects:?} {exact}");
        }
        let product: f64 = multiplicative(&effects, 50.0, 76.0).iter().product();
        assert!((product - 76.0 / 50.0).abs() < 1e-12);
    }

    #[test]
    fn what_appears_or_vanishes_goes_to_the_factor_that_was_zero() {
        assert_eq!(effects(&[5.0, 0.0], &[6.0, 2.0]), [0.0, 12.0]);
        assert_eq!(effects(&[5.0, 3.0], &[0.0, 0.0]), [-7.5, -7.5]);
        assert_eq!(effects(&[5.0, 3.0, 2.0], &[0.0, 0.0, 7.0]), [-15.0, -15.0, 0.0]);
        assert_eq!(effects(&[5.0, 0.0], &[6.0, 0.0]), [0.0, 0.0]);
        assert_eq!(effects(&[0.0, 5.0], &[3.0, 0.0]), [0.0, 0.0]);
        assert_eq!(effects(&[-0.0, 5.0], &[3.0, 5.0]), [15.0, 0.0]);
    }

    /// The smallest numbers are no zeros: their limit is approached, but slowly, as logarithms go.
    #[test]
    fn effects_add_up_where_products_or_ratios_are_beyond_the_numbers() {
        for (before, after) in [
            ([1e-200, 1e-200], [1.0, 1.0]),
            ([1e-160, 1e160], [1e160, 1e-160]),
            ([1e-300, 1.0], [1e300, 2.0]),
            ([1e-308, 5.0], [5e-324, 5.0]),
        ] {
            let found = effects(&before, &after);
            let change = after[0] * after[1] - before[0] * before[1];
            let size = crate::num::max(found[0].abs(), found[1].abs());
            assert!((found[0] + found[1] - change).abs() <= 1e-9 * size + 1e-300, "{before:?}: {found:?}");
        }
        let halves = effects(&[1e-200, 1e-200], &[1.0, 1.0]);
        assert!(halves.iter().all(|half| (half - 0.5).abs() < 1e-15), "{halves:?}");
    }

    /// The two ways to compute the mean meet, and where they meet both are right to the last digits.
    #[test]
    fn the_logarithmic_mean_is_smooth_where_its_numbers_meet() {
        assert_eq!(log_mean(3.0, 3.0), 3.0);
        let far = (3.0 - 3.00029) / (ln(3.0) - ln(3.00029));
        assert!((log_mean(3.0, 3.00029) - far).abs() < 1e-11, "{far}");
        for ratio in [0.00999, 0.01001, -0.00999, -0.01001] {
            let (a, b) = (exp(ratio), 1.0);
            // (eʳ − 1) / r by its series.
            let exact = (0..12).rev().fold(0.0, |sum, n| 1.0 / factorial(n + 1) + ratio * sum);
            assert!((log_mean(a, b) - exact).abs() < 1e-13, "{ratio}: {} {exact}", log_mean(a, b));
            assert!((log_mean(b, a) - exact).abs() < 1e-13, "{ratio}");
        }
    }

    fn factorial(n: i32) -> f64 {
        (1..=n).map(f64::from).product()
    }

    #[test]
    fn the_logarithmic_mean_is_of_numbers_of_one_sign() {
        assert_eq!(log_mean(-8.0, -2.0), -log_mean(8.0, 2.0));
        assert!((log_mean(8.0, 2.0) - 6.0 / ln(4.0)).abs() < 1e-14);
        for (a, b) in [(0.0, 2.0), (2.0, 0.0), (0.0, 0.0), (-1.0, 2.0), (2.0, -1.0), (-1.0, 0.0)] {
            assert_eq!(log_mean(a, b), 0.0, "{a} {b}");
            assert!(multiplicative(&[1.0], b, a)[0].is_nan(), "{a} {b}");
        }
        let ratios = multiplicative(&[-2.0, -4.0], -2.0, -8.0);
        assert!((ratios[0] * ratios[1] - 4.0).abs() < 1e-12, "{ratios:?}");
    }
}
