//! The counts of a series on paths that do not count alike: those of a conditional run.
//!
//! A path's weight says how well it agrees with what is known. Weights and their squares are summed by the same bins as
//! paths are in a [`Tally`](super::Tally), as whole numbers, so that parts merge in any order to the same bytes.

use serde::{Deserialize, Serialize};

use super::distinct::Distinct;
use super::moments::{ColumnSums, Moments};
use super::tally::Store;
use super::weighted_bins::WeightedBins;
use super::{SeriesScale, Tally, ValueCell};
use crate::num;

/// A weight of 1: weights are whole numbers of this part.
pub const ONE: u32 = 1 << 16;

/// A weight from 0 to 65535 as a whole number of parts of [`ONE`].
///
/// ```
/// use plancast::ensemble::weighted::{ONE, quantised};
/// assert_eq!((quantised(1.0), quantised(0.25), quantised(-3.0)), (ONE, ONE / 4, 0));
/// ```
pub fn quantised(weight: f64) -> u32 {
    // A weight that is no number counts as none.
    let most = if weight > 0.0 { num::min(weight * f64::from(ONE), f64::from(u32::MAX)) } else { 0.0 };
    most.round() as u32
}

/// The square of a weight, both in parts of [`ONE`]: rounded up, so that no square is nothing.
pub(super) fn squared(weight: u32) -> u64 {
    let weight = u64::from(weight);
    (weight * weight).div_ceil(u64::from(ONE))
}

/// Everything that is kept of a series' values and their weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightedTally {
    /// What bins and sums are measured in.
    pub scale: SeriesScale,
    /// On how many paths a value is finite and has a weight.
    pub finite: u64,
    /// The weight of paths on which it is NaN or minus infinity, in parts of [`ONE`].
    pub not_finite: u64,
    /// On how many paths with a weight that is so.
    pub not_finite_paths: u64,
    /// The weight of paths on which it is plus infinity.
    pub never: u64,
    /// The weight of paths on which it is finite, and the sum of the squares of their weights, in parts of [`ONE`].
    weights: [u64; 2],
    /// The sum of the squares of the weights of paths on which it is plus infinity.
    never_squares: u64,
    min: f64,
    max: f64,
    whole: bool,
    /// Sums of deviations from the center, times weights and times their squares.
    moments: [Moments; 2],
    /// By value or bin: its weight, and the sum of the squares of the weights.
    stores: [Store; 2],
    /// What is to be added to the stores where they are bins.
    #[serde(skip)]
    bins: WeightedBins,
}

impl WeightedTally {
    /// A tally of no values yet.
    pub fn new(scale: SeriesScale) -> Self {
        let store = || Store::Distinct(Distinct::default());
        Self {
            scale,
            finite: 0,
            not_finite: 0,
            not_finite_paths: 0,
            never: 0,
            weights: [0; 2],
            never_squares: 0,
            min: f64::INFINITY,
            max: f64::NEG_INFINITY,
            whole: true,
            moments: [Moments::default(), Moments::default()],
            stores: [store(), store()],
            bins: WeightedBins::default(),
        }
    }

    /// Counts the values of a block of paths, each with its weight in parts of [`ONE`].
    pub fn add_column(&mut self, values: &[f64], weights: &[u32]) {
        let (mut sums, mut squares) = ([0.0; 2], [0.0; 2]);
        let per_unit = 1.0 / self.scale.unit;
        for (&x, &weight) in values.iter().zip(weights).filter(|(_, weight)| **weight > 0) {
            if x.is_finite() {
                let each = [u64::from(weight), squared(weight)];
                self.add(x, each);
                let deviation = (x - self.scale.center) * per_unit;
                for (place, weight) in each.into_iter().enumerate() {
                    let weighted = weight as f64 * deviation;
                    sums[place] += weighted;
                    squares[place] += weighted * deviation;
                }
            } else if x == f64::INFINITY {
                self.never += u64::from(weight);
                self.never_squares += squared(weight);
            } else {
                self.not_finite += u64::from(weight);
                self.not_finite_paths += 1;
            }
        }
        for place in 0..2 {
            let column = ColumnSums::of(sums[place], squares[place]);
            if column.are_exact() {
                self.moments[place].add(column);
            } else {
                self.add_with_care(place, values, weights);
            }
        }
    }

    /// Adds the deviations of a column one by one, as they are too large or too small to be squared.
    #[cold]
    fn add_with_care(&mut self, place: usize, values: &[f64], weights: &[u32]) {
        for (&x, &weight) in values.iter().zip(weights).filter(|(x, weight)| x.is_finite() && **weight > 0) {
            let weight = [u64::from(weight), squared(weight)][place];
            self.moments[place].add_weighted(&self.scale, x, weight as f64);
        }
    }

    fn add(&mut self, x: f64, weights: [u64; 2]) {
        self.finite += 1;
        self.min = num::min(self.min, x) + 0.0;
        self.max = num::max(self.max, x) + 0.0;
        self.whole = self.whole && x.fract() == 0.0;
        for (sum, more) in self.weights.iter_mut().zip(weights) {
            *sum += more;
        }
        if let ([Store::Binned(_), Store::Binned(_)], Some(window)) = (&self.stores, &self.scale.window)
            && self.scale.atoms.is_empty()
            && window.contains(x)
        {
            self.bins.add(window.bin_of(x), weights);
            return;
        }
        for (store, more) in self.stores.iter_mut().zip(weights) {
            store.add(&self.scale, x, more);
        }
    }

    /// Adds the counts of other paths.
    ///
    /// # Panics
    /// When the other tally has another scale: it is of another series, scenario or seed.
    pub fn merge(&mut self, other: &Self) {
        assert_eq!(self.scale, other.scale, "tallies of two scales cannot be merged");
        self.finite += other.finite;
        self.not_finite += other.not_finite;
        self.not_finite_paths += other.not_finite_paths;
        self.never += other.never;
        self.never_squares += other.never_squares;
        self.min = num::min(self.min, other.min);
        self.max = num::max(self.max, other.max);
        self.whole &= other.whole;
        let mut other = other.clone();
        other.finish();
        for place in 0..2 {
            self.weights[place] += other.weights[place];
            self.moments[place].merge(&other.moments[place]);
            self.stores[place].merge(&self.scale, &other.stores[place]);
        }
        self.finish();
    }

    /// Puts what is kept in order; before, nothing is read from it.
    pub fn finish(&mut self) {
        for (bin, weights) in std::mem::take(&mut self.bins).filled() {
            for (store, more) in self.stores.iter_mut().zip(weights) {
                if let Store::Binned(binned) = store {
                    binned.add_to_bin(bin, more);
                }
            }
        }
        self.stores.iter_mut().for_each(Store::settle);
    }

    /// The weight of the finite values; a path of mean weight counts 1.
    pub fn weight(&self) -> f64 {
        self.weights[0] as f64 / f64::from(ONE)
    }

    /// How many paths of equal weight would say as much (Kish 1965): the squared sum of the weights over the sum of
    /// their squares; 0 without values.
    pub fn effective_paths(&self) -> f64 {
        let [sum, squares] = self.weights.map(|parts| parts as f64 / f64::from(ONE));
        if squares > 0.0 { sum * sum / squares } else { 0.0 }
    }

    /// The weights as counts, each path counted as often as its weight has parts: what histograms are drawn from.
    pub fn as_counts(&self) -> Tally {
        let mut tally = Tally::new(self.scale.clone());
        tally.finite = self.weights[0];
        tally.nan = self.not_finite;
        tally.never = self.never;
        (tally.min, tally.max, tally.whole) = (self.min, self.max, self.whole);
        tally.moments = self.moments[0].clone();
        tally.store = self.stores[0].clone();
        tally
    }

    /// The smallest finite value.
    pub fn min(&self) -> Option<f64> {
        (self.finite > 0).then_some(self.min)
    }

    /// The largest finite value.
    pub fn max(&self) -> Option<f64> {
        (self.finite > 0).then_some(self.max)
    }

    /// The weighted mean of the finite values; `None` where there is none.
    pub fn mean(&self) -> Option<f64> {
        let deviation = || self.moments[0].mean(self.weights[0]).to_f64() * self.scale.unit;
        (self.finite > 0).then(|| num::min(num::max(self.scale.center + deviation(), self.min), self.max))
    }

    /// The standard error of the mean: √(Σw² (x − mean)²) / Σw. `None` where the values say no more than one path.
    pub fn mean_error(&self) -> Option<f64> {
        if self.finite < 2 || self.effective_paths() <= 1.0 {
            return None;
        }
        let mean = self.moments[0].mean(self.weights[0]).to_f64();
        let squares = self.moments[1].about(mean, self.weights[1]);
        let error = (num::max(squares, 0.0) / f64::from(ONE)).sqrt() / self.weight() * self.scale.unit;
        Some(error).filter(|error| error.is_finite())
    }

    /// The weighted standard deviation of the finite values, with the divisor 1 − 1/effective paths; `None` where they say
    /// no more than one path.
    pub fn sd(&self) -> Option<f64> {
        let effective = self.effective_paths();
        if self.finite < 2 || effective <= 1.0 {
            return None;
        }
        if self.min == self.max {
            return Some(0.0);
        }
        let mean = self.moments[0].mean(self.weights[0]).to_f64();
        let variance = self.moments[0].about(mean, self.weights[0]) / self.weights[0] as f64;
        let sd = (num::max(variance, 0.0) / (1.0 - 1.0 / effective)).sqrt() * self.scale.unit;
        Some(sd).filter(|sd| sd.is_finite())
    }

    /// [`WeightedTally::quantile`] over the finite values and those that are plus infinity, which lie beyond every number:
    /// `None` also where it falls among them.
    pub fn quantile_with_never(&self, level: f64) -> Option<f64> {
        self.quantile(self.level_among_finite(level)?)
    }

    /// The standard error of [`WeightedTally::quantile_with_never`].
    pub fn quantile_with_never_error(&self, level: f64) -> Option<f64> {
        self.quantile_error(self.level_among_finite(level)?)
    }

    fn level_among_finite(&self, level: f64) -> Option<f64> {
        let all = (self.weights[0] + self.never) as f64;
        let level = level * all / self.weights[0] as f64;
        (level <= 1.0).then_some(level)
    }

    /// Feeds all counts to a digest.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        self.scale.digest_into(feed);
        for count in [self.finite, self.not_finite, self.never, self.weights[0], self.weights[1]] {
            feed(&count.to_le_bytes());
        }
        self.moments.iter().for_each(|moments| moments.digest_into(feed));
        for cell in self.stores.iter().flat_map(|store| store.cells(&self.scale)) {
            feed(&cell.low.to_bits().to_le_bytes());
            feed(&cell.high.to_bits().to_le_bytes());
            feed(&cell.count.to_le_bytes());
        }
    }

    /// The least value at or below which lies at least the share `level` of the weight: exact where it is known, else the
    /// middle of its bin. `None` without values or where `level` is not in 0..=1.
    pub fn quantile(&self, level: f64) -> Option<f64> {
        self.cell_at(level).map(|cell| num::min(num::max(cell.middle(), self.min), self.max))
    }

    /// Where [`WeightedTally::quantile`] lies for certain.
    pub fn bracket(&self, level: f64) -> Option<(f64, f64)> {
        self.cell_at(level).map(|cell| (cell.low, cell.high))
    }

    fn cell_at(&self, level: f64) -> Option<ValueCell> {
        if self.finite == 0 || !(0.0..=1.0).contains(&level) {
            return None;
        }
        let wanted = num::max((level * self.weights[0] as f64).ceil(), 1.0) as u64;
        let (cell, _) = self.stores[0].find(&self.scale, wanted.min(self.weights[0]) - 1)?;
        Some(ValueCell { low: num::max(cell.low, self.min), high: num::min(cell.high, self.max), ..cell })
    }

    /// The standard error of [`WeightedTally::quantile`]: half of what lies between the quantiles a standard error of the
    /// weighted distribution function above and below, which is √(Σw² (1{x ≤ q} − level)²) / Σw.
    pub fn quantile_error(&self, level: f64) -> Option<f64> {
        let (low, high) = self.quantile_interval(level, 1.0)?;
        let (least, most) = self.bracket(level)?;
        Some(num::max(0.5 * high - 0.5 * low, 0.5 * most - 0.5 * least))
    }

    /// The quantiles so many standard errors of the weighted distribution function below and above a level.
    pub fn quantile_interval(&self, level: f64, errors: f64) -> Option<(f64, f64)> {
        let value = self.quantile(level)?;
        let squares = self.stores[1].cells(&self.scale).into_iter();
        let below: u64 = squares.filter(|cell| cell.middle() <= value).map(|cell| cell.count).sum();
        let above = self.weights[1] - below;
        let variance = (1.0 - level) * (1.0 - level) * below as f64 + level * level * above as f64;
        let step = errors * (variance / f64::from(ONE)).sqrt() / self.weight();
        let at = |level: f64| self.quantile(num::min(num::max(level, 0.0), 1.0));
        Some((at(level - step)?, at(level + step)?))
    }

    /// The weight of the paths on which the value is at least this, and the sum of its squares, in parts of [`ONE`]: of
    /// infinity too.
    pub fn weights_from(&self, least: f64) -> [u64; 2] {
        let of = |store: &Store| -> u64 {
            let cells = store.cells(&self.scale).into_iter();
            cells.filter(|cell| cell.middle() >= least).map(|cell| cell.count).sum()
        };
        [of(&self.stores[0]) + self.never, of(&self.stores[1]) + self.never_squares]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::{draw, normal};

    fn values(count: u64) -> Vec<f64> {
        (0..count).map(|path| normal::quantile(draw::uniform(7, 1, path, 0))).collect()
    }

    fn tally(values: &[f64], weight: impl Fn(f64) -> u32) -> WeightedTally {
        let mut tally = WeightedTally::new(SeriesScale::from_pilot(&values[..values.len().min(1024)]));
        let weights: Vec<u32> = values.iter().map(|x| weight(*x)).collect();
        tally.add_column(values, &weights);
        tally.finish();
        tally
    }

    /// The value at which the weight of the sorted values first reaches a share of all.
    fn exact(values: &[f64], weight: impl Fn(f64) -> u32, level: f64) -> f64 {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let total: u64 = sorted.iter().map(|x| u64::from(weight(*x))).sum();
        let wanted = num::max((level * total as f64).ceil(), 1.0) as u64;
        let mut sum = 0;
        let reached = |x: &&f64| {
            sum += u64::from(weight(**x));
            sum >= wanted
        };
        *sorted.iter().find(reached).unwrap()
    }

    #[test]
    fn weighted_quantiles_agree_with_sorting() {
        let weight = |x: f64| quantised(if x > 0.0 { 0.3 } else { 0.05 });
        for (count, allowed) in [(3000, 0.0), (60_000, 1.25e-4)] {
            let mut values = values(count);
            values.iter_mut().step_by(3).for_each(|x| *x = num::max(*x, -0.5));
            let tally = tally(&values, weight);
            for level in [0.0, 0.01, 0.1, 0.25, 0.5, 0.9, 0.999, 1.0] {
                let (found, exact) = (tally.quantile(level).unwrap(), exact(&values, weight, level));
                let (low, high) = tally.bracket(level).unwrap();
                assert!(low <= exact && exact <= high, "{level}: {exact} in {low}..{high}");
                assert!(
                    (found - exact).abs() <= allowed * num::max(exact.abs(), 0.5),
                    "{level}: {found}, not {exact}"
                );
            }
        }
    }

    /// A normal weighted by exp(x − 5), capped only where one path in 30 000 lies, is a normal with mean 1: its moments are
    /// known, and the
    /// standard errors follow from those of the weights. Four of them are passed with a probability below 1e-4 each.
    #[test]
    fn weighted_moments_are_those_of_the_tilted_distribution() {
        let values = values(200_000);
        let tally = tally(&values, |x| quantised(num::exp(x - 5.0)));
        let error = 1.0 / tally.effective_paths().sqrt();
        assert!((tally.mean().unwrap() - 1.0).abs() < 4.0 * error, "{:?}", tally.mean());
        assert!((tally.sd().unwrap() - 1.0).abs() < 4.0 * error, "{:?}", tally.sd());
        assert!((tally.quantile(0.5).unwrap() - 1.0).abs() < 4.0 * tally.quantile_error(0.5).unwrap());
        // E[w]² / E[w²] of exp(x) is exp(1) / exp(2) of the paths.
        assert!((tally.effective_paths() / (200_000.0 * num::exp(-1.0)) - 1.0).abs() < 0.1);
    }

    /// With equal weights the error is that of a median of n: √(0.25 / n) / φ(0), with a standard deviation of some 9 %.
    #[test]
    fn equal_weights_have_the_errors_of_paths() {
        let tally = tally(&values(100_000), |_| ONE);
        let expected = (0.25_f64 / 100_000.0).sqrt() * std::f64::consts::TAU.sqrt();
        assert!((tally.quantile_error(0.5).unwrap() / expected - 1.0).abs() < 0.45);
        assert_eq!((tally.effective_paths(), tally.weight()), (100_000.0, 100_000.0));
    }

    #[test]
    fn parts_merge_to_the_whole_in_any_order_and_paths_without_weight_leave_no_trace() {
        let values = values(30_000);
        let scale = SeriesScale::from_pilot(&values[..1024]);
        let weight = |x: f64| if x < -1.0 { 0 } else { quantised(num::exp(x - 4.0)) };
        let part = |values: &[f64]| {
            let mut part = WeightedTally::new(scale.clone());
            for block in values.chunks(256) {
                part.add_column(block, &block.iter().map(|x| weight(*x)).collect::<Vec<_>>());
            }
            part.finish();
            part
        };
        let whole = part(&values);
        // Parts begin with a block, as those of runs do.
        let mut merged = part(&values[20_480..]);
        merged.merge(&part(&values[..20_480]));
        assert_eq!(merged, whole);
        assert!(whole.bracket(0.0).unwrap().0 >= -1.0);
    }

    #[test]
    fn a_lump_is_exact_and_what_is_not_finite_is_weighed_apart() {
        let mut tally = WeightedTally::new(SeriesScale::new(0.0, 1.0));
        tally.add_column(&[5.0, 5.0, f64::INFINITY, f64::NAN, 1.0], &[ONE, ONE / 2, ONE / 4, ONE, ONE / 2]);
        tally.finish();
        assert_eq!((tally.quantile(0.5), tally.quantile_error(0.9)), (Some(5.0), Some(0.0)));
        assert_eq!(
            (tally.mean(), tally.never, tally.not_finite),
            (Some(4.0), u64::from(ONE / 4), u64::from(ONE))
        );
        assert_eq!(WeightedTally::new(SeriesScale::new(0.0, 1.0)).mean(), None);
    }
}
