//! Confidence intervals of what is counted: of a share, a quantile, a mean, a standard deviation, a shortfall.
//!
//! `alpha` is the probability, at most, that the interval misses the true value. Those of shares and quantiles
//! hold whatever the distribution and however few the paths. Those of means, standard deviations and shortfalls are
//! normal approximations with a variance estimated from the same paths: honest for many paths of a
//! distribution whose tails are not too long.

use crate::ensemble::{Cell, Tally};
use crate::num::special::beta_tails;
use crate::num::{max, min, normal};

/// Where a number lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// At least here.
    pub low: f64,
    /// At most here.
    pub high: f64,
}

impl Interval {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };

    /// A number that is known.
    pub fn exactly(x: f64) -> Self {
        Self { low: x, high: x }
    }

    fn about(x: f64, half: f64) -> Self {
        if x.is_nan() || half.is_nan() { Self::UNKNOWN } else { Self { low: x - half, high: x + half } }
    }
}

/// The exact interval of a share (C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits
/// illustrated in the case of the binomial", Biometrika 26 (1934) 404–413): `met` of `paths` independent paths.
///
/// ```
/// let found = plancast::result::interval::share(15, 148, 0.05);
/// assert!((found.low - 0.0578).abs() < 5e-5 && (found.high - 0.1617).abs() < 5e-5);
/// ```
pub fn share(met: u64, paths: u64, alpha: f64) -> Interval {
    let (k, n) = (met as f64, paths as f64);
    // P(at least k of n) grows with the share, P(at most k of n) falls.
    let low =
        if met == 0 { 0.0 } else { crossing(|p| beta_tails(k, n - k + 1.0, p, 1.0 - p).0 < alpha / 2.0) };
    let high = if met >= paths {
        1.0
    } else {
        crossing(|p| beta_tails(k + 1.0, n - k, p, 1.0 - p).1 >= alpha / 2.0)
    };
    Interval { low, high }
}

/// Where in 0..1 a condition that holds below ceases to.
fn crossing(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if holds(middle) { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The interval of the quantile at `level`, from the order statistics: it holds for every distribution. Values of
/// plus infinity count as beyond every number.
pub fn quantile(tally: &Tally, level: f64, alpha: f64) -> Interval {
    let n = tally.finite + tally.never;
    // Of n values so many lie at or below the quantile: binomial with probability `level`.
    let at_most = |k: u64| {
        if k >= n { 1.0 } else { beta_tails((n - k) as f64, k as f64 + 1.0, 1.0 - level, level).0 }
    };
    let below = first(n, |k| at_most(k) > alpha / 2.0);
    let above = first(n, |k| 1.0 - at_most(k) <= alpha / 2.0);
    let low = below.checked_sub(1).map_or(f64::NEG_INFINITY, |rank| bracket(tally, rank).low);
    let high = if above >= n { f64::INFINITY } else { bracket(tally, above).high };
    Interval { low, high }
}

/// The first of 0..=n for which a condition holds that holds for all beyond it.
fn first(n: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// Where the value of a rank lies for certain.
fn bracket(tally: &Tally, rank: u64) -> Interval {
    match tally.bracket(rank) {
        Some((low, high)) => Interval { low, high },
        None => Interval::exactly(f64::INFINITY),
    }
}

/// The interval of the mean: normal, with the variance of the same values.
pub fn mean(tally: &Tally, alpha: f64) -> Interval {
    let (Some(mean), Some(variance), 0) = (tally.mean(), tally.variance(), tally.never) else {
        return Interval::UNKNOWN;
    };
    Interval::about(mean, points(alpha) * (variance / tally.finite as f64).sqrt())
}

/// The interval of the standard deviation: normal, its variance (μ₄ − σ⁴) / 4σ²n from the histogram's fourth moment.
pub fn sd(tally: &Tally, alpha: f64) -> Interval {
    let (Some(mean), Some(variance), 0) = (tally.mean(), tally.variance(), tally.never) else {
        return Interval::UNKNOWN;
    };
    if variance == 0.0 {
        return Interval::exactly(0.0);
    }
    let n = tally.finite as f64;
    let fourth: f64 = tally
        .cells()
        .map(|cell| {
            let square = (cell.middle() - mean) * (cell.middle() - mean);
            square * square * cell.count as f64
        })
        .sum();
    let spread = max(fourth / n - variance * variance, 0.0) / (4.0 * variance * n);
    Interval::about(variance.sqrt(), points(alpha) * spread.sqrt())
}

/// The expected shortfall: the mean of the share `level` of the values that is lowest; `None` where there are no such
/// values or some are infinite.
pub fn shortfall(tally: &Tally, level: f64) -> Option<f64> {
    Tail::of(tally, level).map(|tail| tail.mean)
}

/// The interval of the expected shortfall: normal, its variance that of min(x − quantile, 0) / level over n (what
/// the delta method gives for the empirical shortfall), widened by half a bin of the histogram.
pub fn expected_shortfall(tally: &Tally, level: f64, alpha: f64) -> Interval {
    let Some(tail) = Tail::of(tally, level) else { return Interval::UNKNOWN };
    let n = (tally.finite + tally.never) as f64;
    let mut squares = 0.0;
    for Cell { low, high, count } in tally.cells() {
        let under = min(f64::midpoint(low, high) - tail.quantile, 0.0);
        squares += under * under * count as f64;
    }
    let shortfall = level * (tail.mean - tail.quantile);
    let variance = max(squares / n - shortfall * shortfall, 0.0) / (n * level * level);
    Interval::about(tail.mean, points(alpha) * variance.sqrt() + tail.half_bin)
}

/// The lowest values.
struct Tail {
    mean: f64,
    quantile: f64,
    half_bin: f64,
}

impl Tail {
    fn of(tally: &Tally, level: f64) -> Option<Self> {
        let wanted = (tally.finite + tally.never) as f64 * level;
        if wanted <= 0.0 || wanted > tally.finite as f64 {
            return None;
        }
        let (mut left, mut sum, mut half) = (wanted, 0.0, 0.0);
        let mut quantile = f64::NAN;
        for Cell { low, high, count } in tally.cells() {
            let taken = min(left, count as f64);
            quantile = f64::midpoint(low, high);
            sum += taken * quantile;
            half += taken * 0.5 * (high - low);
            left -= taken;
            if left <= 0.0 {
                break;
            }
        }
        Some(Self { mean: sum / wanted, quantile, half_bin: half / wanted })
    }
}

/// The points of the standard normal distribution that leave `alpha` outside.
fn points(alpha: f64) -> f64 {
    normal::quantile_of_tails(1.0 - alpha / 2.0, alpha / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Scale;
    use crate::num::draw;

    /// R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, Table I, method 5.
    #[test]
    fn published_intervals_of_shares_are_met() {
        let published = [
            (81, 263, 0.2527, 0.3676),
            (15, 148, 0.0578, 0.1617),
            (0, 20, 0.0, 0.1684),
            (1, 29, 0.0009, 0.1776),
        ];
        for (met, paths, low, high) in published {
            let found = share(met, paths, 0.05);
            assert!((found.low - low).abs() < 5e-5 && (found.high - high).abs() < 5e-5, "{found:?}");
        }
        assert_eq!(share(7, 7, 0.01).high, 1.0);
    }

    #[test]
    fn a_share_of_a_billion_paths_has_the_width_of_the_normal_approximation() {
        let found = share(500_000_000, 1_000_000_000, 0.01);
        let half = 2.5758293 * 0.5 / 1e9f64.sqrt();
        assert!(((found.high - found.low) / (2.0 * half) - 1.0).abs() < 1e-3, "{found:?}");
    }

    fn tally(values: &[f64]) -> Tally {
        let mut tally = Tally::new(Scale::from_pilot(&values[..values.len().min(1024)]));
        for (block, column) in values.chunks(256).enumerate() {
            tally.add_column(block as u64 * 256, column);
        }
        tally
    }

    /// Of 20 values the 6th to the 15th: the probability that at most 5 of 20 lie below the median is 0.0207, that
    /// at most 6 do 0.0577.
    #[test]
    fn the_interval_of_a_median_runs_between_the_published_ranks() {
        let values: Vec<f64> = (1..=20).map(f64::from).collect();
        let found = quantile(&tally(&values), 0.5, 0.05);
        assert!((found.low - 6.0).abs() < 1e-2 && (found.high - 15.0).abs() < 1e-2, "{found:?}");
        let few = quantile(&tally(&values[..4]), 0.5, 0.05);
        assert_eq!(few, Interval::UNKNOWN);
    }

    fn normals(seed: u64, n: u64) -> Vec<f64> {
        (0..n).map(|path| normal::quantile(draw::uniform(seed, 1, path, 0))).collect()
    }

    /// Each interval at 99 % misses in at most 12 of 400 samples with probability 0.9995 (binomial).
    #[test]
    fn intervals_hold_as_often_as_they_say() {
        // Expected shortfall of the standard normal at 10 %: −φ(z)/0.1.
        let (quantile_5, shortfall_10) = (-1.6448536269514722, -1.754983319324868);
        let mut missed = [0; 4];
        for seed in 0..400 {
            let tally = tally(&normals(seed, 2000));
            let found = [
                (mean(&tally, 0.01), 0.0),
                (sd(&tally, 0.01), 1.0),
                (quantile(&tally, 0.05, 0.01), quantile_5),
                (expected_shortfall(&tally, 0.1, 0.01), shortfall_10),
            ];
            for (missed, (found, truth)) in missed.iter_mut().zip(found) {
                *missed += i32::from(!(found.low..=found.high).contains(&truth));
            }
        }
        assert!(missed.iter().all(|missed| *missed <= 12), "{missed:?}");
    }

    #[test]
    fn what_never_comes_lies_beyond_every_number() {
        let mut values = vec![2030.0; 600];
        values.extend(vec![f64::INFINITY; 400]);
        let tally = tally(&values);
        assert_eq!(quantile(&tally, 0.1, 0.01), Interval::exactly(2030.0));
        assert_eq!(quantile(&tally, 0.9, 0.01), Interval::exactly(f64::INFINITY));
        assert_eq!(mean(&tally, 0.01), Interval::UNKNOWN);
    }
}
