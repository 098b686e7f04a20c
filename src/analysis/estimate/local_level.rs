//! A level that moves as a random walk and is observed with noise: y = level + ε, level = level₋₁ + η, both normal.
//!
//! The first value has no distribution of its own (the level may start anywhere); the likelihood is that of all others
//! given it (J. Durbin and S. J. Koopman, "Time Series Analysis by State Space Methods", 2012, chapter 2). With w the share
//! of the level in the sum s of both variances, s is found, and integrated out, in closed form: given w the posterior of s
//! is S / χ² of n − 1 degrees of freedom, and that of w is ∝ prior · Π F^(−½) S^(−(n−1)/2) with flat prior on (0, 1).

use super::{JointDraws, RandomNumbers, optimum};
use crate::num::{exp, ln};

/// An estimated local level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalLevel {
    /// The standard deviation of the level's yearly change.
    pub sd_level: f64,
    /// The standard deviation of the noise.
    pub sd_noise: f64,
    /// The level in the last year.
    pub level: f64,
    /// The standard error of that, given the two standard deviations.
    pub level_error: f64,
    /// The logarithm of the largest likelihood, without the first value.
    pub log_likelihood: f64,
}

const LN_TWO_PI: f64 = 1.837_877_066_409_345_6;
const CELLS: usize = 1000;

/// What the filter gives for a share of the level in the variances, whose sum is one.
struct Filtered {
    squares: f64,
    ln_det: f64,
    level: f64,
    variance: f64,
    news: Vec<f64>,
}

fn filter(y: &[f64], share: f64) -> Filtered {
    let (own, noise) = (share, 1.0 - share);
    let (mut level, mut variance) = (y[0], noise);
    let mut found = Filtered { squares: 0.0, ln_det: 0.0, level, variance, news: Vec::new() };
    for value in &y[1..] {
        variance += own;
        let (miss, spread) = (value - level, variance + noise);
        let gain = variance / spread;
        level += gain * miss;
        variance *= 1.0 - gain;
        found.squares += miss * miss / spread;
        found.ln_det += ln(spread);
        found.news.push(miss / spread.sqrt());
    }
    (found.level, found.variance) = (level, variance);
    found
}

/// The most likely local level. `None` of fewer than four values, and where they are all the same.
pub fn fit(y: &[f64]) -> Option<LocalLevel> {
    if y.len() < 4 || y.iter().all(|value| *value == y[0]) {
        return None;
    }
    let degrees = (y.len() - 1) as f64;
    let profile = |share: f64| {
        let found = filter(y, share);
        -0.5 * (degrees * ln(found.squares) + found.ln_det)
    };
    let share = optimum::on_interval(0.0, 1.0, 400, profile);
    let found = filter(y, share);
    let scale = found.squares / degrees;
    Some(LocalLevel {
        sd_level: (share * scale).sqrt(),
        sd_noise: ((1.0 - share) * scale).sqrt(),
        level: found.level,
        level_error: (found.variance * scale).sqrt(),
        log_likelihood: -0.5 * (degrees * (LN_TWO_PI + ln(scale) + 1.0) + found.ln_det),
    })
}

/// What is new in each value but the first, in units of its standard deviation.
pub fn residuals(y: &[f64], of: &LocalLevel) -> Vec<f64> {
    let scale = of.sd_level * of.sd_level + of.sd_noise * of.sd_noise;
    let found = filter(y, of.sd_level * of.sd_level / scale);
    found.news.iter().map(|news| news / scale.sqrt()).collect()
}

/// Exact draws of both standard deviations and of the last level given the series.
pub fn posterior(y: &[f64], draws: u64, source: RandomNumbers) -> JointDraws {
    let degrees = (y.len() - 1) as f64;
    let center = |cell: usize| (cell as f64 + 0.5) / CELLS as f64;
    let logs: Vec<f64> = (0..CELLS)
        .map(|cell| {
            let found = filter(y, center(cell));
            -0.5 * (degrees * ln(found.squares) + found.ln_det)
        })
        .collect();
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, crate::num::max);
    let levels: Vec<f64> = logs
        .iter()
        .scan(0.0, |sum, log| {
            *sum += exp(log - most);
            Some(*sum)
        })
        .collect();
    let row = |draw: u64| {
        let wanted = source.uniform(draw, 0) * levels[CELLS - 1];
        let cell = levels.partition_point(|sum| *sum < wanted).min(CELLS - 1);
        let before = if cell == 0 { 0.0 } else { levels[cell - 1] };
        let share = (cell as f64 + (wanted - before) / (levels[cell] - before)) / CELLS as f64;
        let found = filter(y, share);
        let scale = found.squares / source.chi_squared(degrees, draw, 1);
        let level = found.level + (found.variance * scale).sqrt() * source.normal(draw, 2);
        vec![(share * scale).sqrt(), ((1.0 - share) * scale).sqrt(), level]
    };
    let names = ["sd_level", "sd_noise", "level"].map(str::to_owned).to_vec();
    JointDraws { names, rows: (0..draws).map(row).collect() }
}

#[cfg(test)]
mod tests {
    use super::super::published::NILE;
    use super::*;

    /// Durbin and Koopman (2012), section 2.10.3: variances 15 099 and 1 469.1.
    #[test]
    fn the_nile_has_its_published_variances() {
        let found = fit(&NILE).unwrap();
        assert!((found.sd_noise * found.sd_noise - 15_099.0).abs() < 1.0, "{found:?}");
        assert!((found.sd_level * found.sd_level - 1_469.1).abs() < 0.5, "{found:?}");
        // R's package KFAS has -632.5456.
        assert!((found.log_likelihood + 632.5456).abs() < 1e-3, "{found:?}");
        // The filtered level of 1970.
        assert!((found.level - 798.37).abs() < 0.1, "{found:?}");
    }

    #[test]
    fn a_random_walk_has_no_noise_and_white_noise_no_walk() {
        let source = RandomNumbers::new(3, "walk");
        let mut level = 0.0;
        let walk: Vec<f64> = (0..200)
            .map(|t| {
                level += source.normal(0, t);
                level
            })
            .collect();
        let found = fit(&walk).unwrap();
        assert!(found.sd_noise < 0.4 && (found.sd_level - 1.0).abs() < 0.2, "{found:?}");
        let noise: Vec<f64> = (0..200).map(|t| source.normal(1, t)).collect();
        let found = fit(&noise).unwrap();
        assert!(found.sd_level < 0.1 && (found.sd_noise - 1.0).abs() < 0.2, "{found:?}");
    }

    /// As for the autoregression: ranks of the truth in ten bins, χ² of 9 degrees above 27.9 once in a thousand times.
    #[test]
    fn the_truth_has_every_rank_among_the_draws_alike() {
        let source = RandomNumbers::new(12, "truth");
        let mut counts = [[0_u32; 10]; 3];
        for record in 0..200 {
            let share = source.uniform(record, 1000);
            let (sd_level, sd_noise) = (share.sqrt(), (1.0 - share).sqrt());
            let mut level = 5.0;
            let series: Vec<f64> = (0..25)
                .map(|t| {
                    level += sd_level * source.normal(record, t);
                    level + sd_noise * source.normal(record, 100 + t)
                })
                .collect();
            let draws = posterior(&series, 199, RandomNumbers::new(record, "ranks"));
            for (k, truth) in [sd_level, sd_noise, level].iter().enumerate() {
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
}
