//! Whether the tails of some values allow the normal approximation of their mean.
//!
//! It asks for two things. The largest values must not be of a kind whose variance hardly exists: the shape of the
//! generalized Pareto distribution that fits them best ([`pareto::shape`]) lies well below one half. And the spread must be carried by many paths: the third moment, on which the error of the approximation depends (by the
//! theorem of Berry and Esseen), must be small beside the root of their number. The third moment is that of the values, or that
//! of paths with extreme draws where that is larger: what a few paths in a million do is in few samples of some thousand.

use super::UnknownError;
use crate::num::{max, pareto};
use crate::result::series_counts::SeriesCounts;

/// The largest shape of a tail. At one half the variance ceases to exist.
const HEAVIEST: f64 = 0.45;

/// The largest third absolute moment, in cubes of the standard deviation, over the root of the number of values.
const MOST_SKEWED: f64 = 0.07;

/// The mean and variance of some values whose tails allow the normal approximation of their mean.
pub(super) struct Regular {
    pub(super) mean: f64,
    variance: f64,
    count: u64,
}

impl Regular {
    /// The standard error of the mean.
    pub(super) fn error(&self) -> f64 {
        (self.variance / self.count as f64).sqrt()
    }
}

/// Of paths with extreme draws, so many of those that random draws would give at these numbers of paths may have no finite value.
const MOST_NOT_FINITE: f64 = 1e-3;

/// Looks at values, each with how often it occurs, in any order; at those of paths with extreme draws, each with its weight;
/// those of `tails` in which a heavy one is possible: the lower, the upper.
pub(super) fn regular(
    mut values: Vec<(f64, u64)>,
    extremes: Option<Vec<(f64, f64)>>,
    tails: [bool; 2],
) -> Result<Regular, UnknownError> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let count: u64 = values.iter().map(|(_, count)| count).sum();
    let n = count as f64;
    let average = |of: &dyn Fn(f64) -> f64| values.iter().map(|(x, k)| of(*x) * *k as f64).sum::<f64>() / n;
    let mean = average(&|x| x);
    let variance = average(&|x| (x - mean) * (x - mean));
    if count < 2 || variance <= 0.0 {
        return Err(UnknownError::NoSpread);
    }
    let sd = variance.sqrt();
    let third = average(&|x| {
        let distance = (x - mean).abs() / sd;
        distance * distance * distance
    });
    if !third.is_finite() {
        return Err(UnknownError::NotFinite);
    }
    let upper = || shape(values.iter().rev().copied(), count);
    let lower = || shape(values.iter().map(|(x, k)| (-x, *k)), count);
    let shapes = [tails[0].then(lower).flatten(), tails[1].then(upper).flatten()];
    let heaviest = shapes.into_iter().flatten().fold(f64::NEG_INFINITY, max);
    if heaviest > HEAVIEST {
        return Err(UnknownError::HeavyTail { shape: heaviest });
    }
    if third > MOST_SKEWED * n.sqrt() {
        return Err(UnknownError::FewPaths { carry: carriers(&values, mean, variance * n) });
    }
    let Some(extremes) = extremes else { return Ok(Regular { mean, variance, count }) };
    let (spread, third) = moments_of_extremes(&extremes, mean, sd, n);
    let needed = third / MOST_SKEWED * (third / MOST_SKEWED);
    if needed > n {
        return Err(UnknownError::RareExtremes { needed });
    }
    Ok(Regular { mean, variance: variance * spread * spread, count })
}

/// The standard deviation about `mean` of values with weights, in units of `sd` and never less than that, and the third
/// absolute moment in cubes of it. `n` random paths are to have hardly a value that is not finite; else both are infinite.
fn moments_of_extremes(values: &[(f64, f64)], mean: f64, sd: f64, n: f64) -> (f64, f64) {
    let count = values.len() as f64;
    let is_finite = |(x, _): &&(f64, f64)| x.is_finite();
    let lost: f64 = values.iter().filter(|value| !is_finite(value)).map(|(_, weight)| weight).sum();
    if lost / count * n > MOST_NOT_FINITE {
        return (f64::INFINITY, f64::INFINITY);
    }
    let (mut second, mut third) = (0.0, 0.0);
    for (x, weight) in values.iter().filter(is_finite) {
        let distance = ((x - mean) / sd).abs();
        second += weight * distance * distance / count;
        third += weight * distance * distance * distance / count;
    }
    let spread = max(second.sqrt(), 1.0);
    (spread, third / (spread * spread * spread))
}

/// A tail of this shape or a heavier one has a mean that no number of paths settles: at one it ceases to exist.
const WITHOUT_MEAN: f64 = 0.9;

/// Whether the mean of some values settles: no single one of them carries most of the spread, and no tail looks like one
/// that has no mean. What is left of a heavy tail among the largest few hundred values is looked at only where the
/// farthest value carries a twentieth of the sum of squares. Of weighted paths it is so of what they add to the mean.
pub fn is_settled(series: &impl SeriesCounts) -> bool {
    let counts = series.counts();
    let (Some(mean), Some(sd)) = (counts.mean(), series.sd()) else { return true };
    let (Some(least), Some(most)) = (counts.min(), counts.max()) else { return true };
    let carried = series.carried(max(most - mean, mean - least));
    if series.paths().finite < FEWEST_VALUES || carried.is_nan() || carried <= 0.05 {
        return true;
    }
    let mut terms = series.terms(false, &|x| (x - mean) / sd);
    terms.sort_by(|a, b| a.0.total_cmp(&b.0));
    let count: u64 = terms.iter().map(|(_, count)| count).sum();
    let n = count as f64;
    let average = terms.iter().map(|(x, k)| x * *k as f64).sum::<f64>() / n;
    let squares: f64 = terms.iter().map(|(x, k)| (x - average) * (x - average) * *k as f64).sum();
    let (Some(first), Some(last)) = (terms.first(), terms.last()) else { return true };
    let farthest = max(last.0 - average, average - first.0);
    let carried = farthest * farthest / squares;
    if carried.is_nan() || carried <= 0.05 {
        return true;
    }
    let upper = shape(terms.iter().rev().copied(), count);
    let lower = shape(terms.iter().map(|(x, count)| (-x, *count)), count);
    let heavy = upper.into_iter().chain(lower).any(|shape| shape > WITHOUT_MEAN);
    let different = terms.len() as u64 > FEWEST_VALUES;
    !(heavy || different && carried > 0.5)
}

/// Of fewer values nothing is said of their tails.
const FEWEST_VALUES: u64 = 200;

/// How many paths, those farthest from the mean, hold half of the sum of squares.
fn carriers(values: &[(f64, u64)], mean: f64, sum: f64) -> u64 {
    let mut squares: Vec<(f64, u64)> = values.iter().map(|(x, k)| ((x - mean) * (x - mean), *k)).collect();
    squares.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut left, mut carry) = (0.5 * sum, 0);
    for (square, count) in squares {
        if square * count as f64 >= left {
            return carry + (left / square).ceil() as u64;
        }
        left -= square * count as f64;
        carry += count;
    }
    carry
}

/// The shape of the tail of `count` values that come from the largest down; `None` where too few of them differ.
fn shape(from_the_largest: impl Iterator<Item = (f64, u64)>, count: u64) -> Option<f64> {
    let wanted = pareto::tail_of(count) as usize;
    let mut tail: Vec<f64> = Vec::with_capacity(wanted + 1);
    for (x, times) in from_the_largest {
        let room = wanted + 1 - tail.len();
        tail.extend(std::iter::repeat_n(x, room.min(usize::try_from(times).unwrap_or(room))));
        if tail.len() > wanted {
            break;
        }
    }
    let least = tail.pop()?;
    let mut beyond: Vec<f64> = tail.into_iter().map(|x| x - least).filter(|x| *x > 0.0).collect();
    beyond.reverse();
    let differ = beyond.windows(2).filter(|pair| pair[0] < pair[1]).count() + 1;
    if beyond.len() < pareto::FEWEST || differ < pareto::FEWEST {
        return None;
    }
    pareto::shape(&beyond)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Tally;
    use crate::num::{draw, exp};

    fn sample(n: u64, of: impl Fn(f64) -> f64) -> Vec<(f64, u64)> {
        (0..n).map(|path| (of(draw::uniform(7, 3, path, 0)), 1)).collect()
    }

    /// The estimate of 900 values has a standard error of (1 + k)/30 at most: 0.2 is more than four of it.
    #[test]
    fn the_shape_of_a_pareto_tail_is_found() {
        for k in [0.2, 0.5, 1.0] {
            let mut values: Vec<f64> =
                sample(900, |u| (crate::num::pow(u, -k) - 1.0) / k).iter().map(|x| x.0).collect();
            values.sort_by(f64::total_cmp);
            let found = pareto::shape(&values).unwrap();
            assert!((found - k).abs() < 0.2, "{k}: {found}");
        }
    }

    #[test]
    fn light_tails_are_regular_and_heavy_ones_are_not() {
        let both = [true, true];
        assert!(regular(sample(5000, |u| u), None, both).is_ok());
        assert!(regular(sample(5000, crate::num::normal::quantile), None, both).is_ok());
        let cauchy = sample(5000, |u| 1.0 / u);
        assert!(
            matches!(regular(cauchy.clone(), None, both), Err(UnknownError::HeavyTail { shape }) if shape > 0.7)
        );
        let mirrored = cauchy.into_iter().map(|(x, k)| (-x, k)).collect();
        assert!(matches!(regular(mirrored, None, both), Err(UnknownError::HeavyTail { .. })));
    }

    fn tally(values: &[(f64, u64)]) -> Tally {
        let values: Vec<f64> =
            values.iter().flat_map(|(x, k)| std::iter::repeat_n(*x, *k as usize)).collect();
        let mut tally =
            Tally::new(crate::ensemble::SeriesScale::from_pilot(&values[..values.len().min(1024)]));
        for (block, column) in values.chunks(256).enumerate() {
            tally.add_column(block as u64 * 256, column);
        }
        tally
    }

    /// A Pareto tail of shape 1 and more has no mean, one of 1/3 has one and a variance; so have normal and lognormal values, and rare cases.
    #[test]
    fn a_mean_settles_where_there_is_one() {
        let pareto = |k: f64| sample(50_000, |u| crate::num::pow(u, -k));
        let mirrored = |values: Vec<(f64, u64)>| values.into_iter().map(|(x, k)| (-x, k)).collect::<Vec<_>>();
        for (values, settles) in [
            (pareto(1.5), false),
            (mirrored(pareto(1.5)), false),
            (sample(50_000, |u| exp(50.0 * crate::num::normal::quantile(u))), false),
            (pareto(1.0 / 3.0), true),
            (sample(50_000, crate::num::normal::quantile), true),
            (sample(50_000, |u| exp(crate::num::normal::quantile(u))), true),
            (vec![(0.0, 49_999), (1e9, 1)], true),
            (vec![(0.0, 49_980), (1e9, 20)], true),
            (vec![(3.0, 10)], true),
        ] {
            assert_eq!(is_settled(&tally(&values)), settles, "{:?}", &values[..1]);
        }
    }

    #[test]
    fn a_few_paths_that_carry_the_spread_are_counted() {
        let found = |rare| regular(vec![(0.0, 100_000 - rare), (1e6, rare)], None, [true, true]);
        assert_eq!(found(3).err(), Some(UnknownError::FewPaths { carry: 2 }));
        assert!(found(300).is_ok());
        assert_eq!(found(0).err(), Some(UnknownError::NoSpread));
    }
}
