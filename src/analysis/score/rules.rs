//! Scoring rules: how good a forecast distribution was, given what happened. All are proper (the forecaster's own
//! belief has the best expected score) and all are negatively oriented: less is better.
//!
//! T. Gneiting and A. E. Raftery, "Strictly proper scoring rules, prediction, and estimation", Journal of the American
//! Statistical Association 102 (2007). The closed forms are those of A. Jordan, F. Krüger and S. Lerch, "Evaluating
//! probabilistic forecasts with `scoringRules`", Journal of Statistical Software 90 (2019).

use crate::num::normal::{cdf, density, sf};
use crate::num::special::ln_gamma;
use crate::num::{Distribution, exp, ln};

/// 1 / √π.
const ROOT_PI_INVERSE: f64 = 0.564_189_583_547_756_3;

/// The continuous ranked probability score of a normal forecast, in the unit of the outcome. Of a standard deviation of 0
/// it is the absolute error.
///
/// ```
/// use plancast::analysis::score::rules::crps_normal;
/// assert!((crps_normal(0.0, 1.0, 0.0) - 0.23369498).abs() < 1e-8);
/// ```
pub fn crps_normal(mean: f64, sd: f64, outcome: f64) -> f64 {
    if sd <= 0.0 {
        return (outcome - mean).abs();
    }
    let z = (outcome - mean) / sd;
    sd * (z * (cdf(z) - sf(z)) + 2.0 * density(z) - ROOT_PI_INVERSE)
}

/// The same of Student's t with more than one degree of freedom, a location and a scale.
pub fn crps_student_t(df: f64, location: f64, scale: f64, outcome: f64) -> f64 {
    let standard = Distribution::StudentT { df, location: 0.0, scale: 1.0 };
    let z = (outcome - location) / scale;
    // ln of the density's constant, and of the ratio of beta functions.
    let ln_beta = |a: f64, b: f64| ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    let density = exp(-ln_beta(0.5, df / 2.0) - 0.5 * ln(df) - f64::midpoint(df, 1.0) * ln(1.0 + z * z / df));
    let ratio = exp(ln_beta(0.5, df - 0.5) - 2.0 * ln_beta(0.5, df / 2.0));
    let near = z * (standard.cdf(z) - standard.sf(z)) + 2.0 * density * (df + z * z) / (df - 1.0);
    scale * (near - 2.0 * df.sqrt() / (df - 1.0) * ratio)
}

/// The same of halves of two normals that meet at the mode, as in central banks' fan charts.
pub fn crps_two_piece_normal(mode: f64, sd_low: f64, sd_high: f64, outcome: f64) -> f64 {
    if outcome < mode {
        return crps_two_piece_normal(-mode, sd_high, sd_low, -outcome);
    }
    let (low, high) = (2.0 * sd_low / (sd_low + sd_high), 2.0 * sd_high / (sd_low + sd_high));
    let reach = (outcome - mode) / sd_high;
    // Below the mode F = low Φ(u), above it F = 1 - high Φ(-u), in units of each half's own deviation.
    let below = low * low * sd_low * squared_cdf_integral(0.0);
    let tail = reach * sf(reach) - density(reach) + density(0.0);
    let squared_tail = squared_cdf_integral(0.0) - squared_cdf_integral(-reach);
    let between = sd_high * (reach - 2.0 * high * tail + high * high * squared_tail);
    let above = sd_high * high * high * squared_cdf_integral(-reach);
    below + between + above
}

/// ∫ Φ(u)² du from minus infinity to `t`.
fn squared_cdf_integral(t: f64) -> f64 {
    let p = cdf(t);
    t * p * p + 2.0 * density(t) * p - ROOT_PI_INVERSE * cdf(t * std::f64::consts::SQRT_2)
}

/// The same of an ensemble in rising order: of the distribution that has a mass of 1/n at each member.
pub fn crps_ensemble(sorted: &[f64], outcome: f64) -> f64 {
    let n = sorted.len() as f64;
    spread_from(sorted, outcome) - half_differences(sorted) / (n * n)
}

/// The same, of the distribution that the members are a sample of: without the bias that few members have (C. Ferro,
/// "Fair scores for ensemble forecasts", 2014). Not known of one member.
pub fn crps_fair(sorted: &[f64], outcome: f64) -> Option<f64> {
    let n = sorted.len() as f64;
    (n > 1.0).then(|| spread_from(sorted, outcome) - half_differences(sorted) / (n * (n - 1.0)))
}

/// The mean distance of the members from the outcome.
fn spread_from(sorted: &[f64], outcome: f64) -> f64 {
    sorted.iter().map(|x| (x - outcome).abs()).sum::<f64>() / sorted.len() as f64
}

/// Half the sum of the distances of every two members, both ways.
fn half_differences(sorted: &[f64]) -> f64 {
    let n = sorted.len() as f64;
    sorted.iter().enumerate().map(|(k, x)| (2.0 * k as f64 + 1.0 - n) * x).sum()
}

/// The interval score of a central interval that has this probability: its width, and a penalty for an outcome outside
/// (R. L. Winkler, 1972).
pub fn interval_score(low: f64, high: f64, probability: f64, outcome: f64) -> f64 {
    let miss = crate::num::max(crate::num::max(low - outcome, outcome - high), 0.0);
    high - low + 2.0 / (1.0 - probability) * miss
}

/// The Brier score of a probability: the squared distance from what happened.
pub fn brier(probability: f64, happened: bool) -> f64 {
    let miss = probability - f64::from(u8::from(happened));
    miss * miss
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, known: f64) {
        assert!((found - known).abs() < 1e-8, "{found} is not {known}");
    }

    /// Known values of the R package `scoringRules`.
    #[test]
    fn closed_forms_have_their_published_values() {
        close(crps_normal(0.0, 1.0, 0.0), 0.23369498);
        close(crps_normal(0.0, 1.0, 1.0), 0.60244136);
        close(crps_normal(0.0, 1.0, -2.5), 1.93981869);
        close(crps_normal(8.0, 2.0, 9.0), 0.66280706);
        close(crps_student_t(5.0, 0.0, 1.0, 1.0), 0.60383056);
        close(crps_two_piece_normal(0.0, 0.5, 1.0, 1.0), 0.39202348);
    }

    #[test]
    fn a_two_piece_normal_of_equal_halves_is_a_normal_on_both_sides() {
        for outcome in [-3.0, -0.4, 0.0, 0.7, 2.5] {
            close(crps_two_piece_normal(0.0, 1.0, 1.0, outcome), crps_normal(0.0, 1.0, outcome));
        }
        close(crps_two_piece_normal(1.0, 2.0, 0.5, -1.0), crps_two_piece_normal(-1.0, 0.5, 2.0, 1.0));
    }

    #[test]
    fn a_t_of_many_degrees_is_a_normal() {
        assert!((crps_student_t(1e6, 1.0, 2.0, 2.5) - crps_normal(1.0, 2.0, 2.5)).abs() < 1e-5);
    }

    #[test]
    fn an_ensemble_is_scored_as_its_steps_and_fairly_as_a_sample() {
        close(crps_ensemble(&[1.0, 2.0, 4.0], 3.0), 2.0 / 3.0);
        close(crps_fair(&[1.0, 2.0, 4.0], 3.0).unwrap(), 1.0 / 3.0);
        close(crps_ensemble(&[2.0], 3.5), 1.5);
        assert_eq!(crps_fair(&[2.0], 3.5), None);
    }

    #[test]
    fn an_interval_pays_for_its_width_and_for_what_it_misses() {
        assert!((interval_score(1.0, 3.0, 0.8, 4.0) - 12.0).abs() < 1e-12);
        assert_eq!(interval_score(1.0, 3.0, 0.8, 3.0), 2.0);
        assert!((interval_score(1.0, 3.0, 0.5, 0.0) - 6.0).abs() < 1e-12);
    }

    #[test]
    fn a_probability_pays_the_squared_distance_from_what_happened() {
        close(brier(0.271, false), 0.073441);
        close(brier(0.271, true), 0.531441);
    }
}
