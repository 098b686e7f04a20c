//! The counts of a series on paths that do not count alike: those of a conditional run.
//!
//! A path's weight says how well it agrees with what is known. Weights and their squares are summed by the same bins as
//! paths are in a [`Tally`](super::Tally), as whole numbers, so that parts merge in any order to the same bytes.

use serde::{Deserialize, Serialize};

use super::distinct::Distinct;
use super::exact_sum::Extended;
use super::measure::is_whole;
use super::moments::{ColumnSums, Moments};
use super::tally::{Store, ValueKinds};
use super::weighted_bins::WeightedBins;
use super::{SeriesScale, Tally, ValueCell, earlier, sum_of_weights};
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
    /// The values, each counted as often as its weight has parts of [`ONE`].
    pub(super) counts: Tally,
    /// How many paths with a weight there are.
    pub(super) paths: ValueKinds,
    /// The sums of the squares of their weights, in parts of [`ONE`].
    pub(super) squares: ValueKinds,
    /// The finite values, each counted as often as the square of its weight has parts.
    pub(super) squared: Store,
    /// The largest weight of a path, in parts of [`ONE`].
    largest: u32,
    /// Sums of deviations from the center, times the squares of the weights.
    pub(super) squared_moments: Moments,
    /// What is to be added to the stores where they are bins: nothing once it is [finished](Self::finish).
    #[serde(skip)]
    bins: WeightedBins,
}

impl WeightedTally {
    /// A tally of no values yet.
    pub fn new(scale: SeriesScale) -> Self {
        let store = || Store::Distinct(Distinct::default());
        Self {
            counts: Tally { store: store(), ..Tally::new(scale) },
            paths: ValueKinds::default(),
            squares: ValueKinds::default(),
            squared: store(),
            largest: 0,
            squared_moments: Moments::default(),
            bins: WeightedBins::default(),
        }
    }

    /// Counts the values of a block of paths, the first of which is `first_path`, each with its weight in parts of [`ONE`].
    pub fn add_column(&mut self, first_path: u64, values: &[f64], weights: &[u32]) {
        let (mut sums, mut squares) = ([0.0; 2], [0.0; 2]);
        let (center, per_unit) = (self.counts.scale.center, 1.0 / self.counts.scale.unit);
        for ((path, &x), &weight) in
            (first_path..).zip(values).zip(weights).filter(|(_, weight)| **weight > 0)
        {
            if !x.is_finite() {
                self.add_not_finite(path, x, weight);
                continue;
            }
            let each = [u64::from(weight), squared(weight)];
            self.largest = self.largest.max(weight);
            self.add(x, each);
            let deviation = (x - center) * per_unit;
            for (place, weight) in each.into_iter().enumerate() {
                let weighted = weight as f64 * deviation;
                sums[place] += weighted;
                squares[place] += weighted * deviation;
            }
        }
        for place in 0..2 {
            let column = ColumnSums::of(sums[place], squares[place]);
            if column.are_exact() {
                self.moments(place).add(column);
            } else {
                self.add_with_care(place, values, weights);
            }
        }
    }

    fn moments(&mut self, place: usize) -> &mut Moments {
        if place == 0 { &mut self.counts.moments } else { &mut self.squared_moments }
    }

    /// Adds the deviations of a column one by one, as they are too large or too small to be squared.
    #[cold]
    fn add_with_care(&mut self, place: usize, values: &[f64], weights: &[u32]) {
        let scale = self.counts.scale.clone();
        for (&x, &weight) in values.iter().zip(weights).filter(|(x, weight)| x.is_finite() && **weight > 0) {
            let weight = [u64::from(weight), squared(weight)][place];
            self.moments(place).add_weighted(&scale, x, weight as f64);
        }
    }

    #[cold]
    fn add_not_finite(&mut self, path: u64, x: f64, weight: u32) {
        let tally = &mut self.counts;
        let (kind, count, first): (fn(&mut ValueKinds) -> &mut u64, _, _) = if x == f64::INFINITY {
            (|kinds| &mut kinds.never, &mut tally.never, &mut tally.first_never)
        } else if x == f64::NEG_INFINITY {
            (|kinds| &mut kinds.minus_infinite, &mut tally.minus_infinite, &mut tally.first_minus_infinite)
        } else {
            (|kinds| &mut kinds.nan, &mut tally.nan, &mut tally.first_nan)
        };
        *count += u64::from(weight);
        *first = earlier(*first, Some(path));
        *kind(&mut self.paths) += 1;
        *kind(&mut self.squares) += squared(weight);
    }

    fn add(&mut self, x: f64, weights: [u64; 2]) {
        let tally = &mut self.counts;
        tally.finite += weights[0];
        tally.min = num::min(tally.min, x) + 0.0;
        tally.max = num::max(tally.max, x) + 0.0;
        tally.whole = tally.whole && is_whole(x);
        self.paths.finite += 1;
        self.squares.finite += weights[1];
        if let (Store::Binned(_), Store::Binned(_), Some(window)) =
            (&tally.store, &self.squared, &tally.scale.window)
            && tally.scale.atoms.is_empty()
            && window.contains(x)
        {
            self.bins.add(window.bin_of(x), weights);
            return;
        }
        tally.store.add(&tally.scale, x, weights[0]);
        self.squared.add(&tally.scale, x, weights[1]);
    }

    /// Adds the counts of other paths.
    ///
    /// # Panics
    /// When the other tally has another scale: it is of another series, scenario or seed.
    pub fn merge(&mut self, other: &Self) {
        let mut other = other.clone();
        other.finish();
        self.paths.merge(&other.paths);
        self.squares.merge(&other.squares);
        self.largest = self.largest.max(other.largest);
        self.counts.merge_kept(&other.counts);
        self.squared_moments.merge(&other.squared_moments);
        self.squared.merge(&self.counts.scale, &other.squared);
        self.finish();
    }

    /// Puts what is kept in order; before, nothing is read from it.
    pub fn finish(&mut self) {
        for (bin, weights) in std::mem::take(&mut self.bins).filled() {
            for (store, more) in [&mut self.counts.store, &mut self.squared].into_iter().zip(weights) {
                if let Store::Binned(binned) = store {
                    binned.add_to_bin(bin, more);
                }
            }
        }
        self.counts.store.settle();
        self.squared.settle();
    }

    /// What the values are measured in.
    pub(super) fn scale(&self) -> &SeriesScale {
        &self.counts.scale
    }

    /// The weights as counts, each path counted as often as its weight has parts of [`ONE`]: what quantiles, means and
    /// histograms are read from, by the definitions of a plain run.
    pub fn counts(&self) -> &Tally {
        &self.counts
    }

    /// How many paths with a weight have a value of each kind.
    pub fn paths(&self) -> ValueKinds {
        self.paths
    }

    /// The weight of the finite values; a path of mean weight counts 1.
    pub fn weight(&self) -> f64 {
        self.counts.finite as f64 / f64::from(ONE)
    }

    /// The largest weight of a path with a finite value; a path of mean weight weighs 1.
    pub fn largest_weight(&self) -> f64 {
        f64::from(self.largest) / f64::from(ONE)
    }

    /// How many finite values of equal weight would say as much (Kish 1965): the squared sum of the weights over the sum
    /// of their squares; 0 without values.
    pub fn effective_paths(&self) -> f64 {
        effective(self.counts.finite, self.squares.finite)
    }

    /// How many paths of equal weight would say as much, those whose value is infinite among them.
    pub fn effective_ordered(&self) -> f64 {
        effective(self.counts.ordered(), self.squares.ordered())
    }

    /// How many paths of equal weight would say as much, whatever their values.
    pub fn effective_all(&self) -> f64 {
        effective(self.counts.count(), self.squares.count())
    }

    /// The standard error of the weighted mean: √(Σw² (x − mean)²) / Σw. `None` where the values say no more than one path, or
    /// some are not finite.
    pub fn mean_error(&self) -> Option<f64> {
        if self.paths.not_finite() > 0 || self.paths.finite < 2 || self.effective_paths() <= 1.0 {
            return None;
        }
        let mean = self.counts.moments.mean(self.counts.finite);
        let squares = self.squared_moments.about(mean, self.squares.finite).over(f64::from(ONE));
        let error =
            if squares.significand > 0.0 { squares.sqrt().over(self.weight()) } else { Extended::ZERO };
        let error = error.times(Extended::new(self.counts.scale.unit)).to_f64();
        Some(error).filter(|error| error.is_finite())
    }

    /// The weighted standard deviation, with the divisor 1 − 1/effective paths; `None` where the values say no more than one
    /// path, or some are not finite.
    pub fn sd(&self) -> Option<f64> {
        let effective = self.effective_paths();
        if self.paths.not_finite() > 0 || self.paths.finite < 2 || effective <= 1.0 {
            return None;
        }
        Some(self.counts.sd()? / (1.0 - 1.0 / effective).sqrt()).filter(|sd| sd.is_finite())
    }

    /// The standard error of [`Tally::quantile`] of the counts, by the rule of [`Tally::quantile_error`] with the error of the
    /// weighted distribution function: √(Σw² (1{x ≤ q} − level)²) / Σw.
    pub fn quantile_error(&self, level: f64) -> Option<f64> {
        let value = self.counts.quantile(level).filter(|value| value.is_finite())?;
        let below = self.squares.minus_infinite + self.squared_up_to(value);
        let above = self.squares.ordered() - below;
        let variance = (1.0 - level) * (1.0 - level) * below as f64 + level * level * above as f64;
        let all = self.counts.ordered() as f64;
        let step = (variance * f64::from(ONE)).sqrt() / all;
        let shared = |cell: ValueCell| {
            let weights = self.cells().find(|one| one.high >= cell.low);
            weights.is_some_and(|weights| weights.effective_paths() > 1)
        };
        self.counts.quantile_error_of(level, step, self.paths.ordered(), shared)
    }

    fn squared_up_to(&self, value: f64) -> u64 {
        let squares = self.squared.cells(&self.counts.scale).into_iter();
        squares.filter(|cell| cell.middle() <= value).map(|cell| cell.count).sum()
    }

    /// The finite values in order, in groups that lie close together or are the same, with the weights of each group.
    pub fn cells(&self) -> impl Iterator<Item = WeightedCell> {
        let squares = self.squared.cells(&self.counts.scale);
        self.counts.cells().zip(squares).map(|(cell, squares)| WeightedCell {
            low: cell.low,
            high: cell.high,
            weights: [cell.count, squares.count],
        })
    }

    /// The sums of the weights and of their squares of minus infinity, plus infinity and what is not a number, in parts of
    /// [`ONE`].
    pub fn infinite_weights(&self) -> [[u64; 2]; 3] {
        let (tally, squares) = (&self.counts, &self.squares);
        [
            [tally.minus_infinite, squares.minus_infinite],
            [tally.never, squares.never],
            [tally.nan, squares.nan],
        ]
    }

    /// The weight of the paths on which the value is at least this, and the sum of its squares, in parts of [`ONE`]: of
    /// infinity too.
    pub fn weights_from(&self, least: f64) -> [u64; 2] {
        let found = self.cells().filter(|cell| cell.middle() >= least).map(|cell| cell.weights);
        found.fold([self.counts.never, self.squares.never], sum_of_weights)
    }

    /// As many paths of equal weight as say as much: each group of values counts as often as Kish's number of its weights.
    /// What counts seen paths, whatever these weigh, counts this.
    pub fn as_effective_paths(&self) -> Tally {
        let store = Store::Distinct(Distinct::default());
        let mut tally = Tally { store, ..Tally::new(self.counts.scale.clone()) };
        for cell in self.cells() {
            let (x, count) = (cell.middle(), cell.effective_paths());
            tally.finite += count;
            tally.min = num::min(tally.min, x);
            tally.max = num::max(tally.max, x);
            tally.whole = tally.whole && is_whole(x);
            tally.moments.add_weighted(&self.counts.scale, x, count as f64);
            tally.store.add(&self.counts.scale, x, count);
        }
        tally.store.settle();
        (tally.never, tally.nan) = (self.paths.never, self.paths.nan);
        tally.minus_infinite = self.paths.minus_infinite;
        (tally.first_never, tally.first_nan) = (self.counts.first_never, self.counts.first_nan);
        tally.first_minus_infinite = self.counts.first_minus_infinite;
        tally
    }

    /// Feeds all counts to a digest.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        self.counts.digest_into(feed);
        for kinds in [&self.paths, &self.squares] {
            for count in [kinds.finite, kinds.nan, kinds.never, kinds.minus_infinite] {
                feed(&count.to_le_bytes());
            }
        }
        self.squared_moments.digest_into(feed);
        for cell in self.squared.cells(&self.counts.scale) {
            feed(&cell.low.to_bits().to_le_bytes());
            feed(&cell.high.to_bits().to_le_bytes());
            feed(&cell.count.to_le_bytes());
        }
    }
}

/// Kish's number of weights, of which the sum and the sum of squares are given in parts of [`ONE`]; 0 without weights.
fn effective(sum: u64, squares: u64) -> f64 {
    let [sum, squares] = [sum, squares].map(|parts| parts as f64 / f64::from(ONE));
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

/// Values of weighted paths that lie close together, or are the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightedCell {
    /// None of them is less.
    pub low: f64,
    /// None of them is more.
    pub high: f64,
    /// The sum of the weights of their paths and of the squares of these, in parts of [`ONE`].
    pub weights: [u64; 2],
}

impl WeightedCell {
    /// The middle of its values.
    pub fn middle(self) -> f64 {
        0.5 * self.low + 0.5 * self.high
    }

    /// How many paths of equal weight would say as much, one at least.
    pub fn effective_paths(self) -> u64 {
        (effective(self.weights[0], self.weights[1]).round() as u64).max(1)
    }

    /// What a path of the cell weighs, where all of them weigh the same.
    pub fn typical_weight(self) -> f64 {
        self.weights[1] as f64 / self.weights[0] as f64
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
        tally.add_column(0, values, &weights);
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
                let (found, exact) = (tally.counts().quantile(level).unwrap(), exact(&values, weight, level));
                let rank = super::super::rank(tally.counts().count(), level);
                let (low, high) = tally.counts().bracket(rank).unwrap();
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
        assert!((tally.counts().mean().unwrap() - 1.0).abs() < 4.0 * error, "{:?}", tally.counts().mean());
        assert!((tally.sd().unwrap() - 1.0).abs() < 4.0 * error, "{:?}", tally.sd());
        assert!(
            (tally.counts().quantile(0.5).unwrap() - 1.0).abs() < 4.0 * tally.quantile_error(0.5).unwrap()
        );
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
                part.add_column(0, block, &block.iter().map(|x| weight(*x)).collect::<Vec<_>>());
            }
            part.finish();
            part
        };
        let whole = part(&values);
        // Parts begin with a block, as those of runs do.
        let mut merged = part(&values[20_480..]);
        merged.merge(&part(&values[..20_480]));
        assert_eq!(merged, whole);
        assert!(whole.counts().bracket(0).unwrap().0 >= -1.0);
    }

    /// Weights 1, ½, ¼, 1, ½, ¼ in the order −∞, 1, 5, 5, ∞, not a number: of 3½ the value at a level is the first whose
    /// cumulated weight reaches it, whether the ¼ lies below all others or above.
    #[test]
    fn a_lump_is_exact_and_what_is_not_finite_is_in_order() {
        let mut tally = WeightedTally::new(SeriesScale::new(0.0, 1.0));
        let values = [5.0, 1.0, f64::NEG_INFINITY, 5.0, f64::INFINITY, f64::NAN];
        tally.add_column(7, &values, &[ONE / 4, ONE / 2, ONE, ONE, ONE / 2, ONE / 4]);
        tally.finish();
        let at = |level: f64| tally.counts().quantile(level);
        assert_eq!([at(0.1), at(0.5), at(0.95)], [f64::NEG_INFINITY, 5.0, f64::INFINITY].map(Some));
        assert_eq!(at(0.32), None, "−∞ or 1, as what is not a number lies above or below");
        assert_eq!((tally.counts().mean(), tally.mean_error(), tally.sd()), (None, None, None));
        let paths = ValueKinds { finite: 3, nan: 1, never: 1, minus_infinite: 1 };
        assert_eq!((tally.paths(), tally.counts().first_not_finite()), (paths, Some(9)));
        assert_eq!(WeightedTally::new(SeriesScale::new(0.0, 1.0)).counts().mean(), None);
        assert_eq!(tally.effective_all(), 3.5 * 3.5 / (3.0 / 16.0 - 1.0 / 16.0 + 2.0 / 4.0 + 2.0));
    }

    /// Extreme values have extreme moments: a run times a power of two is that run.
    #[test]
    fn weighted_errors_are_there_at_any_scale() {
        let plain = values(3000);
        let weight = |x: f64| quantised(num::exp(0.3 * x));
        let at = |scale: f64| {
            let scaled: Vec<f64> = plain.iter().map(|x| x * scale).collect();
            let tally = tally(&scaled, |x| weight(x / scale));
            [tally.counts().mean(), tally.mean_error(), tally.sd(), tally.quantile_error(0.5)]
                .map(|found| found.unwrap() / scale)
        };
        let one = at(1.0);
        // 2^±700.
        for exponent in [1023 - 700, 1023 + 700] {
            let found = at(f64::from_bits(exponent << 52));
            assert!(found.iter().zip(one).all(|(a, b)| (a / b - 1.0).abs() < 1e-9), "{found:?} {one:?}");
        }
    }
}
