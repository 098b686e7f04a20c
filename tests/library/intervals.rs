//! Intervals by the normal approximation, of values whose moments are known.

use plancast::ensemble::{SeriesScale, Tally};
use plancast::num::normal;
use plancast::result::interval::normal::{mean, sd};

/// The points of the standard normal distribution that leave 5 % and 1 % outside.
const OUTSIDE: [(f64, f64); 2] = [(0.05, 1.959_963_984_540_054), (0.01, 2.575_829_303_548_901)];

/// The quantiles of 10 000 equal parts of a standard normal distribution, whose moments are nearly its own.
fn quantiles() -> Tally {
    let values: Vec<f64> = (0..10_000).map(|i| normal::quantile((f64::from(i) + 0.5) / 10_000.0)).collect();
    let mut tally = Tally::new(SeriesScale::from_pilot(&values));
    for (first, block) in (0..).step_by(256).zip(values.chunks(256)) {
        tally.add_column(first, block);
    }
    tally.finish();
    tally
}

/// The mean has the standard error 1 / √n, the variance √(2 / n).
#[test]
fn an_interval_is_as_many_standard_errors_wide_as_its_confidence_says() {
    let tally = quantiles();
    for (alpha, z) in OUTSIDE {
        let found = mean(&tally, None, alpha).unwrap();
        assert!(((found.high - found.low) / 2.0 / (z / 100.0) - 1.0).abs() < 0.003, "{found:?}");
        assert!((found.high + found.low).abs() < 1e-6, "{found:?}");
        let found = sd(&tally, None, alpha).unwrap();
        let half = z * 2.0_f64.sqrt() / 100.0;
        for (end, exact) in [(found.low, 1.0 - half), (found.high, 1.0 + half)] {
            assert!((end * end - exact).abs() < 0.002, "{found:?}");
        }
    }
}

/// Whole numbers up to 3000, more of them than are kept one by one: a bin holds one number at most, which is told exactly.
#[test]
fn whole_numbers_are_exact_where_a_bin_holds_a_single_one() {
    let values: Vec<f64> = (0..200_000_u64).map(|i| (i * 7919 % 3001) as f64).collect();
    let mut tally = Tally::new(SeriesScale::from_pilot(&values[..1024]));
    for (first, block) in (0..).step_by(256).zip(values.chunks(256)) {
        tally.add_column(first, block);
    }
    tally.finish();
    let mut sorted = values;
    sorted.sort_by(f64::total_cmp);
    for rank in (0..200_000).step_by(997) {
        let found = tally.order_statistic(rank as u64).unwrap();
        assert_eq!(found, sorted[rank], "{rank}");
        assert_eq!(tally.bracket(rank as u64), Some((found, found)));
    }
}
