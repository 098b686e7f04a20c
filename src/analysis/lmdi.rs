//! Decomposition of a change into the effects of factors: the logarithmic mean Divisia index, method I
//! (Ang and Liu 2001; Ang 2004, 2005).
//!
//! A total is a sum over terms of products of factors. Additively the effect of factor x is
//! Σ L(v₁, v₀) ln(x₁ / x₀) with the logarithmic mean L(a, b) = (a − b) / (ln a − ln b); effects add up to the
//! change without a rest. Multiplicatively it is exp(Σ w ln(x₁ / x₀)) with w = L(v₁, v₀) / L(V₁, V₀); effects
//! multiply up to the ratio. Zeros are taken at their limits (Ang and Liu 2007): a term that is zero in both
//! years has no effect; one that appears or vanishes has its whole change, and of its factors those bear it
//! that are zero, in equal parts.

use crate::num::{exp, ln};

/// The logarithmic mean; 0 where one of the numbers is 0.
pub fn log_mean(a: f64, b: f64) -> f64 {
    if a <= 0.0 || b <= 0.0 {
        return 0.0;
    }
    let ratio = a / b - 1.0;
    if ratio.abs() < 1e-4 {
        // Near each other numerator and denominator both vanish: their series.
        return b * (1.0 + ratio * (0.5 - ratio * (1.0 / 12.0 - ratio / 24.0)));
    }
    (a - b) / (ln(a) - ln(b))
}

/// The additive effects of the factors of one term, added to `effects`. `before` and `after` are the factors'
/// values. A term with a negative factor has no logarithms: its change goes to no factor and is returned, to
/// be told as the rest.
pub fn add_effects(before: &[f64], after: &[f64], effects: &mut [f64]) -> f64 {
    let (before, after) = (&defined(before, after), &defined(after, before));
    let (v0, v1) = (product(before), product(after));
    if before.iter().chain(after).any(|x| *x < 0.0 || x.is_nan()) {
        return v1 - v0;
    }
    if v0 > 0.0 && v1 > 0.0 {
        let weight = log_mean(v1, v0);
        for ((effect, x0), x1) in effects.iter_mut().zip(before).zip(after) {
            *effect += weight * ln(x1 / x0);
        }
        return 0.0;
    }
    // It appears or vanishes: L(v, 0) ln(x / 0) → v for the factors that are zero, 0 for the others.
    let zero: Vec<bool> = before.iter().zip(after).map(|(x0, x1)| (*x0 == 0.0) != (*x1 == 0.0)).collect();
    let share = zero.iter().filter(|zero| **zero).count() as f64;
    for (effect, _) in effects.iter_mut().zip(&zero).filter(|(_, zero)| **zero) {
        *effect += (v1 - v0) / share;
    }
    0.0
}

/// Factors of a term that is not there (one of them is zero): what is then 0 / 0, energy per output of an
/// industry without output, is taken to be as it is at the other end, so that it has no effect.
fn defined(factors: &[f64], others: &[f64]) -> Vec<f64> {
    let is_gone = factors.contains(&0.0);
    let one = |(x, other): (&f64, &f64)| match x.is_nan() && is_gone {
        true if other.is_nan() => 0.0,
        true => *other,
        false => *x,
    };
    factors.iter().zip(others).map(one).collect()
}

/// The multiplicative effects that belong to additive ones: exp(Δ / L(V₁, V₀)).
pub fn multiplicative(effects: &[f64], before: f64, after: f64) -> Vec<f64> {
    let weight = log_mean(after, before);
    effects.iter().map(|effect| if weight > 0.0 { exp(effect / weight) } else { f64::NAN }).collect()
}

fn product(factors: &[f64]) -> f64 {
    factors.iter().product()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check values that M. Heun publishes with LMDIR, an implementation of Ang (2005) in R: two terms of
    /// three factors in 1971 and 1972, and with a factor that appears.
    #[test]
    fn effects_are_the_published_ones() {
        let before = [[1.0, 10.0, 2.0], [4.0, 5.0, 3.0]];
        let after = [[4.0, 5.0, 3.0], [5.0, 6.0, 4.0]];
        let mut effects = [0.0; 3];
        for (x0, x1) in before.iter().zip(&after) {
            add_effects(x0, x1, &mut effects);
        }
        for (effect, exact) in effects.iter().zip([69.79006598, -9.455125793, 39.66505981]) {
            assert!((effect - exact).abs() < 1e-8, "{effects:?}");
        }
        let ratios = multiplicative(&effects, 80.0, 180.0);
        for (ratio, exact) in ratios.iter().zip([1.761117821, 0.926191306, 1.379410116]) {
            assert!((ratio - exact).abs() < 1e-9, "{ratios:?}");
        }
        let mut effects = [0.0; 3];
        add_effects(&[0.0, 10.0, 2.0], &after[0], &mut effects);
        assert_eq!(effects, [60.0, 0.0, 0.0]);
    }

    /// Energy of an industry of two sectors: outputs 10 and 40 become 40 and 40, energy 30 and 20 becomes 60
    /// and 16. L(60, 30) = 30 / ln 2 and L(16, 20) = 4 / ln 1.25.
    #[test]
    fn effects_are_those_of_the_formula_worked_by_hand() {
        let (y0, y1, e0, e1) = ([10.0, 40.0], [40.0, 40.0], [30.0, 20.0], [60.0, 16.0]);
        let mut effects = [0.0; 3];
        for k in 0..2 {
            let factors = |y: [f64; 2], e: [f64; 2]| [y[0] + y[1], y[k] / (y[0] + y[1]), e[k] / y[k]];
            assert_eq!(add_effects(&factors(y0, e0), &factors(y1, e1), &mut effects), 0.0);
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
        let mut effects = [0.0; 2];
        assert_eq!(add_effects(&[5.0, 0.0], &[6.0, 2.0], &mut effects), 0.0);
        assert_eq!(effects, [0.0, 12.0]);
        let mut effects = [0.0; 2];
        add_effects(&[5.0, 3.0], &[0.0, 0.0], &mut effects);
        assert_eq!(effects, [-7.5, -7.5]);
        let mut effects = [0.0; 2];
        add_effects(&[5.0, 0.0], &[6.0, 0.0], &mut effects);
        assert_eq!(effects, [0.0, 0.0]);
    }

    /// An industry that is not there has no energy per output; when it comes, its output brings all of its energy.
    #[test]
    fn what_is_undefined_of_a_term_that_is_not_there_has_no_effect() {
        let mut effects = [0.0; 2];
        assert_eq!(add_effects(&[0.0, f64::NAN], &[6.0, 2.0], &mut effects), 0.0);
        assert_eq!(effects, [12.0, 0.0]);
        let mut effects = [0.0; 2];
        assert_eq!(add_effects(&[0.0, f64::NAN], &[0.0, f64::NAN], &mut effects), 0.0);
        assert_eq!(effects, [0.0, 0.0]);
    }

    #[test]
    fn the_logarithmic_mean_is_smooth_where_its_numbers_meet() {
        assert_eq!(log_mean(3.0, 3.0), 3.0);
        let far = (3.0 - 3.00029) / (ln(3.0) - ln(3.00029));
        assert!((log_mean(3.0, 3.00029) - far).abs() < 1e-11, "{far}");
    }
}
