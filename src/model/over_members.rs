//! Statistics over members: of values of the graph when equations are written out, of plain numbers when a record is read.

use super::graph::{Graph, GraphNode};
use super::operation::{Binary, Unary};

/// Numbers that can be calculated with: values of the graph, or plain ones.
pub(super) trait Calculator {
    /// A number.
    type Value: Copy;

    /// A number that is known.
    fn constant(&mut self, x: f64) -> Self::Value;
    /// An operation on one number.
    fn unary(&mut self, operation: Unary, x: Self::Value) -> Self::Value;
    /// An operation on two numbers.
    fn binary(&mut self, operation: Binary, a: Self::Value, b: Self::Value) -> Self::Value;
    /// `yes` where the condition holds, else `no`.
    fn select(&mut self, condition: Self::Value, yes: Self::Value, no: Self::Value) -> Self::Value;

    /// The quantile of a level between order statistics, straight lines joining them (type 7 of R and `NumPy`). Not known where
    /// a value is not.
    fn quantile(&mut self, values: &[Self::Value], level: f64) -> Self::Value {
        let mut sorted = values.to_vec();
        for (a, b) in comparisons(values.len()) {
            let (low, high) = (sorted[a], sorted[b]);
            sorted[a] = self.binary(Binary::Min, low, high);
            sorted[b] = self.binary(Binary::Max, low, high);
        }
        let place = level * (values.len() as f64 - 1.0);
        let below = place.floor();
        let (share, at) = (place - below, below as usize);
        if share == 0.0 {
            return sorted[at];
        }
        let (left, right) = (self.constant(1.0 - share), self.constant(share));
        let left = self.binary(Binary::Multiply, sorted[at], left);
        let right = self.binary(Binary::Multiply, sorted[at + 1], right);
        self.binary(Binary::Add, left, right)
    }

    /// The standard deviation of a sample, with the divisor n − 1.
    fn sd(&mut self, values: &[Self::Value]) -> Self::Value {
        let Some(sum) = self.fold(Binary::Add, values.to_vec()) else { return self.constant(f64::NAN) };
        let count = self.constant(values.len() as f64);
        let mean = self.binary(Binary::Divide, sum, count);
        let mut squares = Vec::with_capacity(values.len());
        for value in values {
            let distance = self.binary(Binary::Subtract, *value, mean);
            // Of its size: that squares are not below 0 is then known before anything is drawn.
            let distance = self.unary(Unary::Abs, distance);
            squares.push(self.binary(Binary::Multiply, distance, distance));
        }
        let Some(sum) = self.fold(Binary::Add, squares) else { return self.constant(f64::NAN) };
        let divisor = self.constant(values.len() as f64 - 1.0);
        let variance = self.binary(Binary::Divide, sum, divisor);
        self.unary(Unary::Sqrt, variance)
    }

    /// The place of a value among others, 1 for the largest; equal ones share the better place.
    fn rank(&mut self, value: Self::Value, among: &[Self::Value]) -> Self::Value {
        let mut place = self.constant(1.0);
        for other in among {
            let above = self.binary(Binary::Greater, *other, value);
            place = self.binary(Binary::Add, place, above);
        }
        place
    }

    /// The position of the largest value, of equal ones the first; `positions` are those of the values.
    fn argmax(&mut self, values: &[Self::Value], positions: &[f64]) -> Self::Value {
        let Some((first, rest)) = values.split_first() else { return self.constant(f64::NAN) };
        let (mut highest, mut found) = (*first, self.constant(positions[0]));
        for (value, position) in rest.iter().zip(&positions[1..]) {
            let (above, this) = (self.binary(Binary::Greater, *value, highest), self.constant(*position));
            found = self.select(above, this, found);
            highest = self.binary(Binary::Max, highest, *value);
        }
        found
    }

    /// The operation carried out along a row, from left to right.
    fn fold(&mut self, operation: Binary, values: Vec<Self::Value>) -> Option<Self::Value> {
        values.into_iter().reduce(|so_far, value| self.binary(operation, so_far, value))
    }
}

/// Which pairs are compared, the smaller going first, so that any row of so many numbers is sorted: Batcher's odd-even
/// merging (K. E. Batcher, 1968), about n (log n)² / 4 comparisons.
pub(super) fn comparisons(count: usize) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut merged = 1;
    while merged < count {
        let mut apart = merged;
        while apart >= 1 {
            for first in (apart % merged..count.saturating_sub(apart)).step_by(2 * apart) {
                for a in first..(first + apart).min(count - apart) {
                    if a / (2 * merged) == (a + apart) / (2 * merged) {
                        pairs.push((a, a + apart));
                    }
                }
            }
            apart /= 2;
        }
        merged *= 2;
    }
    pairs
}

impl Calculator for Graph {
    type Value = GraphNode;

    fn constant(&mut self, x: f64) -> GraphNode {
        Self::constant(self, x)
    }

    fn unary(&mut self, operation: Unary, x: GraphNode) -> GraphNode {
        Self::unary(self, operation, x)
    }

    fn binary(&mut self, operation: Binary, a: GraphNode, b: GraphNode) -> GraphNode {
        Self::binary(self, operation, a, b)
    }

    fn select(&mut self, condition: GraphNode, yes: GraphNode, no: GraphNode) -> GraphNode {
        Self::select(self, condition, yes, no)
    }
}

/// Calculates with plain numbers.
pub(super) struct Plain;

impl Calculator for Plain {
    type Value = f64;

    fn constant(&mut self, x: f64) -> f64 {
        x
    }

    fn unary(&mut self, operation: Unary, x: f64) -> f64 {
        operation.apply(x)
    }

    fn binary(&mut self, operation: Binary, a: f64, b: f64) -> f64 {
        operation.apply(a, b)
    }

    fn select(&mut self, condition: f64, yes: f64, no: f64) -> f64 {
        super::operation::select(condition, yes, no)
    }
}

/// The largest fall from a peak along a row of values, as a share of the peak. A fall from a peak that is not above 0 is
/// not known.
pub(super) fn drawdown<C: Calculator>(calculator: &mut C, values: &[C::Value]) -> C::Value {
    let (zero, unknown) = (calculator.constant(0.0), calculator.constant(f64::NAN));
    let Some((first, rest)) = values.split_first() else { return unknown };
    let (mut peak, mut largest) = (*first, zero);
    for value in rest {
        peak = calculator.binary(Binary::Max, peak, *value);
        let (falls, positive) =
            (calculator.binary(Binary::Less, *value, peak), calculator.binary(Binary::Greater, peak, zero));
        let fall = calculator.binary(Binary::Subtract, peak, *value);
        let share = calculator.binary(Binary::Divide, fall, peak);
        let share = calculator.select(positive, share, unknown);
        let share = calculator.select(falls, share, zero);
        largest = calculator.binary(Binary::Max, largest, share);
    }
    largest
}

/// The present value of a row of payments, one a period, each discounted by the rates of its own and all earlier periods: the
/// first once, as spreadsheets have it.
pub(super) fn present_value<C: Calculator>(
    calculator: &mut C,
    payments: &[C::Value],
    rates: &[C::Value],
) -> C::Value {
    let one = calculator.constant(1.0);
    let (mut factor, mut worth) = (one, Vec::with_capacity(payments.len()));
    for (payment, rate) in payments.iter().zip(rates) {
        let growth = calculator.binary(Binary::Add, one, *rate);
        factor = calculator.binary(Binary::Multiply, factor, growth);
        worth.push(calculator.binary(Binary::Divide, *payment, factor));
    }
    calculator.fold(Binary::Add, worth).unwrap_or(one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every row of zeros and ones is sorted, and so is any row (D. E. Knuth, The Art of Computer Programming 3, 5.3.4).
    #[test]
    fn the_comparisons_sort_every_row_of_up_to_twelve() {
        for count in 0..=12_usize {
            let pairs = comparisons(count);
            for row in 0..1_u32 << count {
                let mut bits: Vec<bool> = (0..count).map(|k| row >> k & 1 == 1).collect();
                for (a, b) in &pairs {
                    (bits[*a], bits[*b]) = (bits[*a] && bits[*b], bits[*a] || bits[*b]);
                }
                assert!(bits.is_sorted(), "{count} {row:b}");
            }
        }
    }

    /// `numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], q)` and `numpy.std(…, ddof=1)`.
    #[test]
    fn quantiles_and_deviations_are_those_of_numpy() {
        let values = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0];
        for (level, quantile) in
            [(0.0, 1.0), (0.1, 1.0), (0.25, 1.75), (0.5, 3.5), (0.75, 5.25), (0.9, 6.9), (1.0, 9.0)]
        {
            assert!((Plain.quantile(&values, level) - quantile).abs() < 1e-12, "{level}");
        }
        assert!((Plain.sd(&values) - 2.748376143938713).abs() < 1e-14);
        assert_eq!(Plain.rank(4.0, &values), 4.0);
        assert_eq!((Plain.rank(1.0, &values), Plain.rank(9.0, &values)), (7.0, 1.0));
        assert_eq!(Plain.argmax(&values, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]), 6.0);
        assert_eq!(Plain.argmax(&[2.0, 2.0], &[3.0, 7.0]), 3.0);
    }

    #[test]
    fn a_member_that_is_not_known_leaves_nothing_known() {
        for place in 0..5 {
            let mut values = [3.0, 1.0, 4.0, 1.5, 5.0];
            values[place] = f64::NAN;
            for level in [0.0, 0.3, 0.5, 1.0] {
                assert!(Plain.quantile(&values, level).is_nan(), "{place} {level}");
            }
            assert!(Plain.sd(&values).is_nan() && Plain.rank(2.0, &values).is_nan());
            assert!(Plain.argmax(&values, &[1.0, 2.0, 3.0, 4.0, 5.0]).is_nan());
        }
    }

    /// 120 to 60 is half, though 90 to 50 is the later one.
    #[test]
    fn the_largest_fall_is_a_share_of_the_peak_before_it() {
        assert_eq!(drawdown(&mut Plain, &[100.0, 120.0, 60.0, 90.0, 50.0, 130.0]), 70.0 / 120.0);
        assert_eq!(drawdown(&mut Plain, &[1.0, 2.0, 3.0]), 0.0);
        assert_eq!(drawdown(&mut Plain, &[0.0, 0.0, 5.0, 4.0]), 0.2);
        assert!(drawdown(&mut Plain, &[0.0, -1.0, 5.0]).is_nan(), "there is no share of nothing");
        assert!(drawdown(&mut Plain, &[1.0, f64::NAN, 5.0]).is_nan());
    }

    /// The two examples of the documentation of Excel's NPV.
    #[test]
    fn present_values_are_those_of_published_examples() {
        let of =
            |payments: &[f64], rate: f64| present_value(&mut Plain, payments, &vec![rate; payments.len()]);
        assert!((of(&[-10_000.0, 3000.0, 4200.0, 6800.0], 0.1) - 1188.443412335223).abs() < 1e-9);
        let shop = of(&[8000.0, 9200.0, 10_000.0, 12_000.0, 14_500.0], 0.08) - 40_000.0;
        assert!((shop - 1922.0615549323722).abs() < 1e-9, "{shop}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: crate::num::cases(300), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_quantile_lies_where_sorting_puts_it(
            values in prop::collection::vec(-1e3..1e3_f64, 1..70), level in 0.0..=1.0_f64,
        ) {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let place = level * (values.len() - 1) as f64;
            let (at, share) = (place.floor() as usize, place.fract());
            let next = sorted[(at + 1).min(values.len() - 1)];
            let exact = sorted[at] + share * (next - sorted[at]);
            prop_assert!((Plain.quantile(&values, level) - exact).abs() < 1e-9);
        }
    }
}
