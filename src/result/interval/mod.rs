//! Confidence intervals of what is counted: of a share, a quantile, a mean, a standard deviation, a shortfall.
//!
//! `alpha` is the probability, at most, that the interval misses the true value. Those of shares and quantiles hold
//! whatever the distribution and however few the paths, and so do those of [`bounded`], for values that
//! lie in a known range. Those of [`normal`] are approximations with a variance that is estimated from the same paths, and there
//! only where the tails that the paths show allow it.

mod betting;
pub mod bounded;
pub mod normal;
pub(crate) mod scaled;
mod tail;
pub mod weighted;

pub use normal::ExtremeValues;
pub use tail::is_settled;

use scaled::ScaledTally;

use crate::ensemble::{Tally, ValueCell};
pub use crate::num::Interval;
use crate::num::min;
use crate::num::special::beta_tails;

/// Why the paths do not tell how far off an estimate may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum UnknownError {
    /// There is no value, or some are infinite.
    NotFinite,
    /// All paths have the same value.
    NoSpread,
    /// The tail is so heavy that the spread hardly exists.
    HeavyTail {
        /// The shape of the generalized Pareto distribution that fits it.
        shape: f64,
    },
    /// The spread rests on few paths.
    FewPaths {
        /// How many paths hold half of it.
        carry: u64,
    },
    /// Draws that are more extreme than these paths show well make much of the spread.
    RareExtremes {
        /// So many paths show it.
        needed: f64,
    },
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

/// The interval of the quantile at `level`, the smallest number that at least this share of all values does not exceed.
/// It is found from the order statistics and holds for every distribution, with or without jumps. What is infinite lies
/// beyond every number; what is not a number may lie anywhere.
pub fn quantile(tally: &Tally, level: f64, alpha: f64) -> Interval {
    let [below, above] = ranks(tally, level, alpha).map(|rank| tally.bracket(rank?));
    Interval {
        low: below.map_or(f64::NEG_INFINITY, |(low, _)| low),
        high: above.map_or(f64::INFINITY, |(_, high)| high),
    }
}

/// The ranks of the values between which a quantile lies, 0 for the smallest.
fn ranks(tally: &Tally, level: f64, alpha: f64) -> [Option<u64>; 2] {
    let n = tally.count();
    // Of n values at most k lie at or below a number that a share of `level` does not exceed: that probability, and
    // that of more than k.
    let at_most = |k: u64| {
        if k >= n { (1.0, 0.0) } else { beta_tails((n - k) as f64, k as f64 + 1.0, 1.0 - level, level) }
    };
    let below = first(n, |k| at_most(k).0 > alpha / 2.0);
    let above = first(n, |k| at_most(k).1 <= alpha / 2.0);
    // What is not a number may lie below all others, or above.
    [below.checked_sub(1 + tally.nan), Some(above).filter(|rank| *rank < n)]
}

/// The cell that decides whether a quantile lies above or below `bound`, when `bound` lies inside it: nothing finer is
/// known than that so many paths lie in it.
pub fn deciding_cell(tally: &Tally, level: f64, alpha: f64, bound: f64) -> Option<ValueCell> {
    let around = |(low, high): (f64, f64)| (low..=high).contains(&bound) && low < high;
    let ends = ranks(tally, level, alpha).into_iter().flatten();
    ends.filter_map(|rank| tally.bracket(rank)).find(|ends| around(*ends))?;
    tally.cells().find(|cell| cell.low < cell.high && (cell.low..=cell.high).contains(&bound))
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

/// The expected shortfall: the mean of the share `level` of the values that is lowest; `None` where there are no such
/// values or some are not finite; those above all others count towards the share.
pub fn shortfall(tally: &Tally, level: f64) -> Option<f64> {
    let wanted = tally.count() as f64 * level;
    let known = tally.minus_infinite + tally.nan == 0 && wanted <= tally.finite as f64;
    if wanted <= 0.0 || !known {
        return None;
    }
    let (mut left, mut sum) = (wanted, 0.0);
    let scaled = ScaledTally::below(tally, tally.quantile(level).filter(|place| place.is_finite())?);
    for cell in scaled.cells() {
        let taken = min(left, cell.count as f64);
        sum += taken * cell.middle();
        left -= taken;
        if left <= 0.0 {
            break;
        }
    }
    Some(sum / wanted * scaled.unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::SeriesScale;
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
        let mut tally = Tally::new(SeriesScale::from_pilot(&values[..values.len().min(1024)]));
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
        (0..n).map(|path| crate::num::normal::quantile(draw::uniform(seed, 1, path, 0))).collect()
    }

    /// Each interval at 99 % misses in at most 12 of 400 samples with probability 0.9995 (binomial).
    #[test]
    fn intervals_hold_as_often_as_they_say() {
        // Expected shortfall of the standard normal at 10 %: −φ(z)/0.1.
        let (quantile_5, shortfall_10) = (-1.6448536269514722, -1.754983319324868);
        let range = Interval { low: -8.21, high: 8.21 };
        let mut missed = [0; 7];
        for seed in 0..400 {
            let tally = tally(&normals(seed, 2000));
            let known = |found: Result<Interval, UnknownError>| found.unwrap_or(Interval::UNKNOWN);
            let found = [
                (quantile(&tally, 0.05, 0.01), quantile_5),
                (known(normal::mean(&tally, None, 0.01)), 0.0),
                (known(normal::sd(&tally, None, 0.01)), 1.0),
                (known(normal::expected_shortfall(&tally, None, 0.1, 0.01)), shortfall_10),
                (bounded::mean(&tally, range, 0.01), 0.0),
                (bounded::sd(&tally, range, 0.01), 1.0),
                (bounded::expected_shortfall(&tally, range, 0.1, 0.01), shortfall_10),
            ];
            for (missed, (found, truth)) in missed.iter_mut().zip(found) {
                *missed += i32::from(!(found.low..=found.high).contains(&truth));
            }
        }
        assert!(missed.iter().all(|missed| *missed <= 12), "{missed:?}");
    }

    /// Half the width of the normal interval of 99 % is 2.58 standard errors, those that bets give are at most twice and three
    /// times as wide where the range is 16 standard deviations.
    #[test]
    fn intervals_from_a_known_range_are_not_much_wider_than_normal_ones() {
        let n = 100_000;
        let tally = tally(&normals(1, n));
        let range = Interval { low: -8.21, high: 8.21 };
        let width = |found: Interval| (found.high - found.low) * (n as f64).sqrt() / (2.0 * 2.58);
        let found = [
            width(bounded::mean(&tally, range, 0.01)),
            width(bounded::sd(&tally, range, 0.01)) / 0.5_f64.sqrt(),
            width(bounded::expected_shortfall(&tally, range, 0.1, 0.01)) / 2.0,
        ];
        assert!(found[0] < 2.0 && found.iter().all(|width| (1.0..4.0).contains(width)), "{found:?}");
    }

    /// A share is the mean of noughts and ones: bets cannot do better than the exact interval, and lose little.
    #[test]
    fn an_interval_by_bets_of_noughts_and_ones_is_nearly_the_exact_one() {
        let range = Interval { low: 0.0, high: 1.0 };
        for met in [0_u64, 3, 40, 5000, 9997] {
            let values: Vec<f64> = (0..10_000).map(|path| f64::from(u8::from(path < met))).collect();
            let (found, exact) = (bounded::mean(&tally(&values), range, 0.01), share(met, 10_000, 0.01));
            assert!(
                found.low <= exact.low + 1e-9 && found.high >= exact.high - 1e-9,
                "{met}: {found:?} {exact:?}"
            );
            assert!(found.high - found.low < 2.2 * (exact.high - exact.low), "{met}: {found:?} {exact:?}");
        }
    }

    #[test]
    fn a_range_that_is_open_above_bounds_the_mean_from_below() {
        let values: Vec<f64> = normals(3, 20_000).iter().map(|z| crate::num::exp(*z)).collect();
        let tally = tally(&values);
        let open = bounded::mean(&tally, Interval { low: 0.0, high: f64::INFINITY }, 0.01);
        assert!(open.low > 1.5 && open.low < 1.6487 && open.high == f64::INFINITY, "{open:?}");
        let none = bounded::mean(&tally, Interval::UNKNOWN, 0.01);
        assert_eq!(none, Interval::UNKNOWN);
        let worst = bounded::expected_shortfall(
            &tally,
            Interval { low: f64::NEG_INFINITY, high: f64::INFINITY },
            0.1,
            0.01,
        );
        // exp(½) Φ(z − 1) / 0.1 for z of 10 %.
        assert!(worst.low == f64::NEG_INFINITY && (0.1856..0.22).contains(&worst.high), "{worst:?}");
    }

    #[test]
    fn what_never_comes_lies_beyond_every_number() {
        let mut values = vec![2030.0; 600];
        values.extend(vec![f64::INFINITY; 400]);
        let tally = tally(&values);
        assert_eq!(quantile(&tally, 0.1, 0.01), Interval::exactly(2030.0));
        assert_eq!(quantile(&tally, 0.9, 0.01), Interval::exactly(f64::INFINITY));
        assert_eq!([0.6, 0.61].map(|level| tally.quantile(level)), [Some(2030.0), Some(f64::INFINITY)]);
        assert_eq!(normal::mean(&tally, None, 0.01), Err(UnknownError::NotFinite));
        let range = Interval { low: 2020.0, high: f64::INFINITY };
        let found = bounded::expected_shortfall(&tally, range, 0.5, 0.01);
        assert!(found.low <= 2030.0 && (found.high - 2030.0).abs() < 1e-6, "{found:?}");
    }

    /// The quantile at a level that the first values fill exactly is the last of them: no value between two is made up.
    #[test]
    fn a_quantile_is_one_of_the_values() {
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        let tally = tally(&values);
        let found = [0.0, 0.1, 0.3, 0.31, 0.5, 0.95, 1.0].map(|level| tally.quantile(level));
        assert_eq!(found, [1.0, 1.0, 3.0, 4.0, 5.0, 10.0, 10.0].map(Some));
    }

    /// Chances of less than 1e-3 that a median of 10 000 standard normals lies outside ±0.04.
    #[test]
    fn the_cell_that_a_bound_lies_in_is_found() {
        let tally = tally(&normals(5, 10_000));
        let at = quantile(&tally, 0.5, 0.01).low;
        let cell = deciding_cell(&tally, 0.5, 0.01, at).map_or((at, at), |cell| (cell.low, cell.high));
        assert!((cell.0..=cell.1).contains(&at), "{cell:?}");
        assert!(deciding_cell(&tally, 0.5, 0.01, 3.0).is_none());
    }
}
