//! Mean, error and range of a number over the paths.

use crate::ensemble::rank;
use crate::num::{max, min};

/// Mean, its standard error, and the 5 % and 95 % quantiles (the smallest values that such shares do not exceed); NaN without a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// Its standard error; NaN of fewer than two values.
    pub error: f64,
    /// The 5 % quantile.
    pub low: f64,
    /// The 95 % quantile.
    pub high: f64,
}

impl Spread {
    /// Of some values.
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.collect();
        values.sort_unstable_by(f64::total_cmp);
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
        let (low, high) = (quantile(&values, 0.05), quantile(&values, 0.95));
        // The mean of equal values is that value, to the last digit.
        let bounds = (values.first().copied(), values.last().copied());
        let mean = if let (Some(least), Some(most)) = bounds { min(max(mean, least), most) } else { mean };
        let error = if count > 1.0 { (squares / (count - 1.0) / count).sqrt() } else { f64::NAN };
        Self { mean, error, low, high }
    }
}

fn quantile(sorted: &[f64], level: f64) -> f64 {
    sorted.get(rank(sorted.len() as u64, level) as usize).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `numpy.quantile([0, 1, 2, 4], [0.05, 0.95], method="inverted_cdf")` is 0 and 4.
    #[test]
    fn quantiles_are_among_the_values_as_everywhere() {
        let spread = Spread::of([4.0, 0.0, 2.0, 1.0].into_iter());
        assert_eq!((spread.low, spread.high), (0.0, 4.0));
        assert_eq!(spread.mean, 1.75);
        // The standard deviation is √(8.75 / 3).
        assert!((spread.error - (8.75_f64 / 12.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn one_value_has_no_error_and_no_value_has_nothing() {
        let one = Spread::of(std::iter::once(0.1));
        assert_eq!((one.mean, one.low, one.high), (0.1, 0.1, 0.1));
        assert!(one.error.is_nan());
        let none = Spread::of(std::iter::empty());
        assert!(none.mean.is_nan() && none.low.is_nan() && none.high.is_nan() && none.error.is_nan());
        let same = Spread::of(std::iter::repeat_n(0.1, 1001));
        assert_eq!((same.mean, same.low, same.high), (0.1, 0.1, 0.1));
    }
}
