//! Sums of deviations and of their squares that add up to the same bits in any order.
//!
//! Within a column the sums are floats, in eight lanes and a fixed tree; then they are cut off once to a
//! fixed-point integer. Squares are kept in two integers, one for columns close to the center and one for
//! those with far values, so that neither precision nor room is wanting: the rounding of a column is below
//! 2^-46 of its sum of squares in the one, and below 2^-60 square units in the other.

use serde::{Deserialize, Serialize};

use crate::num::draw::Column;

/// Deviations up to 2^40 units enter the sums.
pub const DEVIATION_LIMIT: f64 = (1u64 << 40) as f64;

/// A column whose squares sum to at most 2^32 is a near one; a sum below that also proves all to be finite.
const NEAR: f64 = (1u64 << 32) as f64;

// Room: 2^32 values of 2^40 are 2^72, with 54 bits of fraction 2^126. Their squares are 2^112, with 14
// bits 2^126. 2^32 near columns of 2^32 are 2^64, with 60 bits 2^124.
const SUM_ONE: f64 = (1u64 << 54) as f64;
const NEAR_ONE: f64 = (1u64 << 60) as f64;
const FAR_ONE: f64 = (1u64 << 14) as f64;

/// The sums of a series, in its units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moments {
    /// Deviations, in 2^-54 units.
    sum: i128,
    /// Squares of columns near the center, in 2^-60 square units.
    near: i128,
    /// Squares of other columns, in 2^-14 square units.
    far: i128,
}

/// The sums of one column.
#[derive(Clone, Copy, Debug)]
pub(super) struct ColumnSums {
    sum: f64,
    squares: f64,
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
    /// The sums over a column; lanes without a value must be 0.
    pub(super) fn of(deviations: &Column) -> Self {
        let mut sums = LaneSums::default();
        deviations.as_chunks().0.iter().for_each(|row| sums.add(row));
        sums.total()
    }

    /// Whether all deviations are certainly finite and within the limit.
    #[inline(always)]
    pub(super) fn is_near(&self) -> bool {
        self.squares <= NEAR
    }
}

#[inline(always)]
fn tree(x: [f64; LANES]) -> f64 {
    ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]))
}

impl Moments {
    /// Adds a column's sums, each deviation within [`DEVIATION_LIMIT`].
    pub(super) fn add(&mut self, column: ColumnSums) {
        self.sum += (column.sum * SUM_ONE) as i128;
        if column.is_near() {
            self.near += (column.squares * NEAR_ONE) as i128;
        } else {
            self.far += (column.squares * FAR_ONE) as i128;
        }
    }

    /// Adds the sums of other paths.
    pub fn merge(&mut self, other: &Self) {
        self.sum += other.sum;
        self.near += other.near;
        self.far += other.far;
    }

    /// The mean deviation of `count` values, in units.
    pub fn mean(&self, count: u64) -> f64 {
        self.sum as f64 / SUM_ONE / count as f64
    }

    /// The variance of `count` values (divisor n - 1), in square units.
    pub fn variance(&self, count: u64) -> f64 {
        let sum = self.sum as f64 / SUM_ONE;
        let squares = self.far as f64 / FAR_ONE + self.near as f64 / NEAR_ONE;
        let about_mean = squares - sum * sum / count as f64;
        if about_mean > 0.0 { about_mean / (count - 1) as f64 } else { 0.0 }
    }

    /// Feeds the sums to a digest.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        for sum in [self.sum, self.near, self.far] {
            feed(&sum.to_le_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::BLOCK;

    #[test]
    fn the_largest_sums_fit() {
        let full = ColumnSums::of(&[DEVIATION_LIMIT; BLOCK]);
        let mut moments = Moments::default();
        moments.add(full);
        for _ in 0..24 {
            let copy = moments;
            moments.merge(&copy); // 2^24 columns of 256 values: 2^32 paths
        }
        assert_eq!(moments.mean(1 << 32), DEVIATION_LIMIT);
        assert_eq!(moments.far, 1 << 126);
    }

    #[test]
    fn near_and_far_columns_add_up() {
        let mut near = [0.0; BLOCK];
        near[3] = 1.5;
        let mut far = [0.0; BLOCK];
        far[200] = 1e10;
        let mut moments = Moments::default();
        moments.add(ColumnSums::of(&near));
        moments.add(ColumnSums::of(&far));
        assert_eq!(moments.mean(2), 5_000_000_000.75);
        assert!((moments.variance(2) / 4.9999999985e19 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_column_that_is_not_finite_is_not_near() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
            let mut column = [0.0; BLOCK];
            column[17] = bad;
            assert!(!ColumnSums::of(&column).is_near());
        }
    }
}
