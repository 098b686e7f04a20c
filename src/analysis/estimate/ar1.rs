//! An autoregression of order one with a mean, by its exact likelihood: x = μ + φ (x₋₁ − μ) + σ ε with normal ε, the first
//! value from the stationary distribution.
//!
//! Given φ the likelihood is that of a regression with known correlations, so that μ and σ are found, and integrated out,
//! in closed form. With S(φ) the least sum of squares, reached at μ̂(φ), and W(φ) = (1 − φ)[(1 + φ) + (n − 1)(1 − φ)]:
//! ln L = −n/2 ln(2π S/n) − n/2 + ½ ln(1 − φ²); and, with a flat prior of μ and ln σ and some prior of φ on (−1, 1), the
//! posterior of φ is ∝ prior · √(1 − φ²) W^(−½) S^(−(n−1)/2), σ² given φ is S / χ² of n − 1 degrees of freedom, and μ given
//! both is normal with variance σ²/W. Draws of these are exact: no chain, nothing to converge.

use super::{JointDraws, RandomNumbers, optimum};
use crate::num::{exp, ln};

/// An estimated autoregression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ar1 {
    /// The mean μ.
    pub mean: f64,
    /// The coefficient φ.
    pub coefficient: f64,
    /// The standard deviation σ of what is new.
    pub sd: f64,
    /// The logarithm of the largest likelihood.
    pub log_likelihood: f64,
    /// Standard errors of mean, coefficient and sd, from the curvature; `None` where it is not curved downwards.
    pub errors: Option<[f64; 3]>,
}

/// ln √(2π) twice.
const LN_TWO_PI: f64 = 1.837_877_066_409_345_6;

/// How many cells the coefficient's interval (−1, 1) has.
const CELLS: usize = 2000;

/// The sum of squares and the mean at which it is least, given the coefficient.
struct ConcentratedFit {
    mean: f64,
    squares: f64,
    weight: f64,
}

fn given(x: &[f64], phi: f64) -> ConcentratedFit {
    let rest = (x.len() - 1) as f64;
    let sum: f64 = x.windows(2).map(|pair| pair[1] - phi * pair[0]).sum();
    let inner = 1.0 + phi + rest * (1.0 - phi);
    let mean = ((1.0 + phi) * x[0] + sum) / inner;
    ConcentratedFit { mean, squares: squares(x, mean, phi), weight: (1.0 - phi) * inner }
}

fn squares(x: &[f64], mean: f64, phi: f64) -> f64 {
    let first = (1.0 - phi * phi) * (x[0] - mean) * (x[0] - mean);
    let news = |pair: &[f64]| (pair[1] - mean) - phi * (pair[0] - mean);
    first + x.windows(2).map(|pair| news(pair) * news(pair)).sum::<f64>()
}

/// The log-likelihood of all three numbers.
pub fn log_likelihood(x: &[f64], mean: f64, phi: f64, sd: f64) -> f64 {
    if phi.abs() >= 1.0 || sd <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let n = x.len() as f64;
    -0.5 * n * LN_TWO_PI - n * ln(sd) + 0.5 * ln(1.0 - phi * phi) - squares(x, mean, phi) / (2.0 * sd * sd)
}

/// The most likely autoregression. `None` of fewer than four values, and where they are all the same.
pub fn fit(x: &[f64]) -> Option<Ar1> {
    if x.len() < 4 || x.iter().all(|value| *value == x[0]) {
        return None;
    }
    let n = x.len() as f64;
    let profile = |phi: f64| 0.5 * ln(1.0 - phi * phi) - 0.5 * n * ln(given(x, phi).squares);
    let coefficient = optimum::on_interval(-1.0 + 1e-9, 1.0 - 1e-9, 400, profile);
    let ConcentratedFit { mean, squares, .. } = given(x, coefficient);
    let sd = (squares / n).sqrt();
    let scales = [sd / n.sqrt() + 1e-300, 1.0 - coefficient.abs(), sd];
    let covariance =
        optimum::covariance(&[mean, coefficient, sd], &scales, |at| log_likelihood(x, at[0], at[1], at[2]));
    Some(Ar1 {
        mean,
        coefficient,
        sd,
        log_likelihood: log_likelihood(x, mean, coefficient, sd),
        errors: covariance.map(|of| [0, 1, 2].map(|k| of.at(k, k).sqrt())),
    })
}

/// What is new in each value but the first, in units of its standard deviation.
pub fn residuals(x: &[f64], of: &Ar1) -> Vec<f64> {
    let new = |pair: &[f64]| ((pair[1] - of.mean) - of.coefficient * (pair[0] - of.mean)) / of.sd;
    x.windows(2).map(new).collect()
}

/// Exact draws of mean, coefficient and sd given the series. `prior` is the distribution function of the coefficient's
/// prior; `None` for a flat one between −1 and 1.
pub fn posterior(
    x: &[f64],
    draws: u64,
    prior: Option<&dyn Fn(f64) -> f64>,
    source: RandomNumbers,
) -> JointDraws {
    let degrees = (x.len() - 1) as f64;
    let edge = |cell: usize| -1.0 + 2.0 * cell as f64 / CELLS as f64;
    let logs: Vec<f64> = (0..CELLS)
        .map(|cell| {
            let phi = f64::midpoint(edge(cell), edge(cell + 1));
            let ConcentratedFit { squares, weight, .. } = given(x, phi);
            0.5 * (ln(1.0 - phi * phi) - ln(weight) - degrees * ln(squares))
        })
        .collect();
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, crate::num::max);
    let share = |cell: usize| {
        let prior = prior.map_or(1.0, |prior| prior(edge(cell + 1)) - prior(edge(cell)));
        prior * exp(logs[cell] - most)
    };
    let levels: Vec<f64> = (0..CELLS)
        .scan(0.0, |sum, cell| {
            *sum += share(cell);
            Some(*sum)
        })
        .collect();
    let row = |draw: u64| {
        let level = source.uniform(draw, 0) * levels[CELLS - 1];
        let cell = levels.partition_point(|sum| *sum < level).min(CELLS - 1);
        let before = if cell == 0 { 0.0 } else { levels[cell - 1] };
        let within = (level - before) / (levels[cell] - before);
        let phi = edge(cell) + within * (edge(cell + 1) - edge(cell));
        let ConcentratedFit { mean, squares, weight } = given(x, phi);
        let sd = (squares / source.chi_squared(degrees, draw, 1)).sqrt();
        vec![mean + sd / weight.sqrt() * source.normal(draw, 2), phi, sd]
    };
    let rows = (0..draws).map(row).collect();
    JointDraws { names: ["mean", "coefficient", "sd"].map(str::to_owned).to_vec(), rows }
}

#[cfg(test)]
mod tests {
    use super::super::published::{NILE, US_GDP, growth};
    use super::super::{mean, quantile};
    use super::*;

    fn close(found: f64, known: f64, within: f64) {
        assert!((found - known).abs() <= within, "{found} is not {known}");
    }

    /// R 4.3: `arima(Nile, c(1, 0, 0))`.
    #[test]
    fn the_nile_has_its_published_autoregression() {
        let found = fit(&NILE).unwrap();
        close(found.log_likelihood, -639.952, 1e-3);
        close(found.coefficient, 0.5063, 1e-4);
        close(found.mean, 919.56, 0.01);
        let [mean, coefficient, _] = found.errors.unwrap();
        close(mean, 29.1410, 0.05);
        close(coefficient, 0.0867, 1e-3);
    }

    /// statsmodels 0.14: `ARIMA(100 * log(realgdp).diff(), order=(1, 0, 0))` of its data set macrodata.
    #[test]
    fn growth_of_us_gdp_has_its_published_autoregression() {
        let growth = growth(&US_GDP);
        assert_eq!(growth.len(), 202);
        let found = fit(&growth).unwrap();
        close(found.coefficient, 0.3060, 1e-4);
        close(found.mean, 0.7793, 1e-4);
        close(found.sd * found.sd, 0.6987, 1e-4);
        close(found.log_likelihood, -250.461, 1e-3);
    }

    #[test]
    fn the_likelihood_is_that_of_the_joint_normal() {
        use super::super::linear::Matrix;
        let (x, mean, phi, sd) = ([1.0, 2.5, 0.5, 1.5, 3.0], 1.2, 0.6, 0.9);
        let variance = sd * sd / (1.0 - phi * phi);
        let power = |k: usize| (0..k).fold(1.0, |product, _| product * phi);
        let covariance = Matrix::by(5, 5, |i, j| variance * power(i.abs_diff(j)));
        let lower = covariance.cholesky().unwrap();
        let z = lower.forward(&x.map(|value| value - mean));
        let ln_det: f64 = (0..5).map(|i| ln(lower.at(i, i))).sum();
        let joint = -2.5 * LN_TWO_PI - ln_det - 0.5 * z.iter().map(|z| z * z).sum::<f64>();
        close(log_likelihood(&x, mean, phi, sd), joint, 1e-12);
    }

    /// Simulation-based calibration (S. Talts and others, 2018): under the prior the rank of the truth among the draws is
    /// uniform. 200 records, ranks in ten bins: χ² of 9 degrees of freedom is above 27.9 once in a thousand times.
    #[test]
    fn the_truth_has_every_rank_among_the_draws_alike() {
        let (records, source) = (200_u64, RandomNumbers::new(11, "truth"));
        let mut counts = [[0_u32; 10]; 3];
        for record in 0..records {
            let phi = 2.0 * source.uniform(record, 1000) - 1.0;
            let truth = [3.0, phi, 2.0];
            let mut x = 2.0 / (1.0 - phi * phi).sqrt() * source.normal(record, 0);
            let mut series = vec![3.0 + x];
            for t in 1..20 {
                x = phi * x + 2.0 * source.normal(record, t);
                series.push(3.0 + x);
            }
            let draws = posterior(&series, 199, None, RandomNumbers::new(record, "ranks"));
            for (k, truth) in truth.iter().enumerate() {
                let rank = draws.rows.iter().filter(|row| row[k] < *truth).count();
                counts[k][rank * 10 / 200] += 1;
            }
        }
        for count in counts {
            let squares: f64 =
                count.iter().map(|c| (f64::from(*c) - 20.0) * (f64::from(*c) - 20.0) / 20.0).sum();
            assert!(squares < 27.9, "{counts:?}");
        }
    }

    #[test]
    fn a_prior_bounds_the_draws() {
        let upper = |x: f64| crate::num::max(0.0, crate::num::min(1.0, x / 0.4));
        let draws = posterior(&NILE, 500, Some(&upper), RandomNumbers::new(1, "prior"));
        let mut phi = draws.column("coefficient").unwrap();
        phi.sort_by(f64::total_cmp);
        assert!(phi[0] >= 0.0 && phi[499] <= 0.4, "{} {}", phi[0], phi[499]);
        let free = posterior(&NILE, 2000, None, RandomNumbers::new(1, "prior"));
        let mut phi = free.column("coefficient").unwrap();
        // The posterior is close to normal around the estimate: 0.5063 ± 0.0867.
        close(mean(&phi), 0.506, 0.02);
        phi.sort_by(f64::total_cmp);
        close(quantile(&phi, 0.84) - quantile(&phi, 0.16), 2.0 * 0.087, 0.02);
    }

    #[test]
    fn what_says_nothing_is_not_fitted() {
        assert_eq!(fit(&[1.0, 2.0, 3.0]), None);
        assert_eq!(fit(&[2.0; 20]), None);
    }
}
