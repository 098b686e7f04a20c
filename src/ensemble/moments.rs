//! Sums of deviations and of their squares that add up to the same bits in any order.
//!
//! Within a column the sums are floats, in eight lanes and a fixed tree; the two sums of a column then go into exact
//! sums. Where the squares of a column overflow or vanish, its values go into them one by one.

use serde::{Deserialize, Serialize};

use super::SeriesScale;
use super::exact_sum::{ExactSum, Extended};

/// Sums of squares between these are as exact as floats are: no square overflowed, and none that vanished matters.
const LEAST: f64 = 1.0e-250;
const MOST: f64 = 1.0e250;

/// The sums of a series' deviations from its center, in its unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Moments {
    sum: ExactSum,
    squares: ExactSum,
}

/// The sums of one column.
#[derive(Clone, Copy, Debug)]
pub(super) struct ColumnSums {
    sum: f64,
    squares: f64,
}

impl Moments {
    /// The largest of the integers of both sums.
    pub(super) fn largest(&self) -> u128 {
        self.sum.largest().max(self.squares.largest())
    }
}

/// Lanes of the sums over a column.
pub(super) const LANES: usize = 8;

/// The sums of a column, lane by lane.
#[derive(Default)]
pub(super) struct LaneSums {
    pub(super) sum: [f64; LANES],
    pub(super) squares: [f64; LANES],
}

impl LaneSums {
    #[inline(always)]
    pub(super) fn add(&mut self, deviations: &[f64; LANES]) {
        for (lane, deviation) in deviations.iter().enumerate() {
            self.sum[lane] += deviation;
            self.squares[lane] += deviation * deviation;
        }
    }

    #[inline(always)]
    pub(super) fn total(&self) -> ColumnSums {
        ColumnSums { sum: tree(self.sum), squares: tree(self.squares) }
    }
}

impl ColumnSums {
    /// These sums.
    pub(super) fn of(sum: f64, squares: f64) -> Self {
        Self { sum, squares }
    }

    /// Whether all values are finite and their squares add up as they should.
    #[inline(always)]
    pub(super) fn are_exact(self) -> bool {
        (self.squares > LEAST && self.squares < MOST) || self.vanish()
    }

    /// Whether both sums are zero.
    #[inline(always)]
    pub(super) fn vanish(self) -> bool {
        self.squares == 0.0 && self.sum == 0.0
    }
}

#[inline(always)]
fn tree(x: [f64; LANES]) -> f64 {
    ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]))
}

impl Moments {
    /// Adds the sums of a column, which are exact.
    #[inline]
    pub(super) fn add(&mut self, column: ColumnSums) {
        self.sum.add(column.sum);
        self.squares.add(column.squares);
    }

    /// Adds a finite value, however far from the center.
    pub(super) fn add_value(&mut self, scale: &SeriesScale, x: f64) {
        // Halved, so that the difference of two finite numbers is finite.
        let half = Extended::new(0.5 * x - 0.5 * scale.center);
        let unit = Extended::new(scale.unit);
        let deviation = Extended { exponent: half.exponent + 1 - unit.exponent, ..half };
        self.sum.add_scaled(deviation);
        self.squares.add_scaled(deviation.times(deviation));
    }

    /// Adds a finite value so many times, however far from the center.
    pub(super) fn add_weighted(&mut self, scale: &SeriesScale, x: f64, weight: f64) {
        let half = Extended::new(0.5 * x - 0.5 * scale.center);
        let unit = Extended::new(scale.unit);
        let deviation = Extended { exponent: half.exponent + 1 - unit.exponent, ..half };
        let weighted = deviation.times(Extended::new(weight));
        self.sum.add_scaled(weighted);
        self.squares.add_scaled(weighted.times(deviation));
    }

    /// The sum of the squares of the deviations from `mean`, which is in units, of `count` values.
    pub(super) fn about(&self, mean: Extended, count: u64) -> Extended {
        let twice = self.sum.value().times(mean).times(Extended::new(2.0));
        let squares = mean.times(mean).times(Extended::new(count as f64));
        self.squares.value().minus(twice.minus(squares))
    }

    /// Adds the sums of other paths.
    pub(super) fn merge(&mut self, other: &Self) {
        self.sum.merge(&other.sum);
        self.squares.merge(&other.squares);
    }

    /// The mean deviation of `count` values, in units.
    pub(super) fn mean(&self, count: u64) -> Extended {
        self.sum.value().over(count as f64)
    }

    /// The variance of `count` values, two or more, in square units, with divisor n − 1; not negative.
    pub(super) fn variance(&self, count: u64) -> Extended {
        let sum = self.sum.value();
        let about_mean = self.squares.value().minus(sum.times(sum).over(count as f64));
        if about_mean.significand > 0.0 { about_mean.over((count - 1) as f64) } else { Extended::ZERO }
    }

    /// Feeds the sums to a digest.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        self.sum.digest_into(feed);
        self.squares.digest_into(feed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::exact_sum::power_of_two;

    fn of(scale: &SeriesScale, values: &[f64]) -> (f64, f64) {
        let mut moments = Moments::default();
        values.iter().for_each(|x| moments.add_value(scale, *x));
        let count = values.len() as u64;
        let unit = Extended::new(scale.unit);
        (moments.mean(count).times(unit).to_f64(), moments.variance(count).sqrt().times(unit).to_f64())
    }

    #[test]
    fn means_and_standard_deviations_are_there_whenever_they_are_finite() {
        let scale = SeriesScale::new(0.0, 1.0);
        assert_eq!(of(&scale, &[1e300, 3e300]), (2e300, 2e300_f64.sqrt() * 1e150));
        assert_eq!(of(&scale, &[-f64::MAX, f64::MAX]).0, 0.0);
        let (mean, sd) = of(&SeriesScale::new(2e-300, power_of_two(-997)), &[1e-300, 3e-300]);
        assert!((mean - 0.0).abs() < 1e-310, "of deviations: {mean}");
        assert!((sd / (2.0_f64.sqrt() * 1e-300) - 1.0).abs() < 1e-15, "{sd}");
        // 999 times 0 and once 1e6: the mean is 1e3, the variance 1e12 / 1000.
        let mut rare = vec![0.0; 999];
        rare.push(1e6);
        let (mean, sd) = of(&scale, &rare);
        assert!((mean / 1e3 - 1.0).abs() < 1e-15 && (sd / 1e9_f64.sqrt() - 1.0).abs() < 1e-15, "{mean} {sd}");
    }

    #[test]
    fn a_column_is_exact_unless_its_squares_overflow_or_vanish() {
        let of = |x: f64| {
            let mut sums = LaneSums::default();
            sums.add(&[0.0, x, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
            sums.total().are_exact()
        };
        for good in [0.0, 1.0, -1e100, 1e-100] {
            assert!(of(good), "{good}");
        }
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e160, 1e-160] {
            assert!(!of(bad), "{bad}");
        }
    }
}
