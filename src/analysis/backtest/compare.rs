//! Whether one forecast is better than another: the test of F. X. Diebold and R. S. Mariano (1995) with the small-sample
//! correction of D. Harvey, S. Leybourne and P. Newbold (1997).

use serde::Serialize;

use crate::num::Distribution;

/// A forecast against a benchmark.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BenchmarkComparison {
    /// The benchmark.
    pub benchmark: &'static str,
    /// The mean ranked probability score of the benchmark, of the forecasts that both made.
    pub crps: f64,
    /// One minus the ratio of the scores: above zero the scenario is better.
    pub skill: f64,
    /// How many forecasts both made.
    pub forecasts: usize,
    /// The test of no difference; `None` where there is none.
    pub test: Option<EqualAccuracyTest>,
    /// Why there is none.
    pub why: Option<NoTest>,
}

/// The test of no difference between two forecasts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct EqualAccuracyTest {
    /// The statistic, Student's t: below zero the scenario is better.
    pub statistic: f64,
    /// Over how many dates.
    pub dates: usize,
    /// The probability of one as far from zero where neither is better.
    pub p: f64,
}

/// Why there is no test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoTest {
    /// There are too few dates for the horizon.
    FewDates,
    /// The variance of the differences is not above zero.
    Variance,
}

/// Tests differences of losses by date (year, difference), of forecasts so many years ahead.
///
/// # Errors
/// Where there are fewer dates than the horizon and two, or the estimated variance is not above zero: no floor is put under it.
pub fn diebold_mariano(differences: &[(i32, f64)], horizon: i32) -> Result<EqualAccuracyTest, NoTest> {
    let dates = differences.len();
    let n = dates as f64;
    if dates < (horizon + 2) as usize {
        return Err(NoTest::FewDates);
    }
    let mean = differences.iter().map(|(_, d)| d).sum::<f64>() / n;
    // Forecasts h years ahead share h − 1 years of news with their neighbours.
    let covariance = |lag: i32| {
        let later = |(year, d): &(i32, f64)| {
            let other = differences.iter().find(|(other, _)| *other == year + lag)?;
            Some((d - mean) * (other.1 - mean))
        };
        differences.iter().filter_map(later).sum::<f64>() / n
    };
    let variance = covariance(0) + 2.0 * (1..horizon).map(covariance).sum::<f64>();
    if variance.is_nan() || variance <= 1e-14 * mean * mean {
        return Err(NoTest::Variance);
    }
    let h = f64::from(horizon);
    let correction = (n + 1.0 - 2.0 * h + h * (h - 1.0) / n) / n;
    if correction <= 0.0 {
        return Err(NoTest::FewDates);
    }
    let statistic = mean / (variance / n).sqrt() * correction.sqrt();
    let t = Distribution::StudentT { df: n - 1.0, location: 0.0, scale: 1.0 };
    Ok(EqualAccuracyTest { statistic, dates, p: 2.0 * t.sf(statistic.abs()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A year ahead it is the paired t-test. R: `t.test(c(1, 2, -1, 4, 3))` has t = 2.0925 (4 degrees), p = 0.1045.
    #[test]
    fn a_year_ahead_it_is_the_paired_t_test() {
        let differences: Vec<(i32, f64)> = (2010..).zip([1.0, 2.0, -1.0, 4.0, 3.0]).collect();
        let found = diebold_mariano(&differences, 1).unwrap();
        assert!((found.statistic - 2.0925).abs() < 1e-3, "{found:?}");
        assert!((found.p - 0.1045).abs() < 1e-3, "{found:?}");
    }

    /// By hand: d = 1, 3, 2, 4, 0, mean 2; γ₀ = 2, γ₁ = (−1·1 + 1·0 + 0·2 + 2·(−2))/5 = −1; 2 + 2·(−1) = 0.
    #[test]
    fn a_variance_that_is_not_above_zero_is_said() {
        let differences: Vec<(i32, f64)> = (2010..).zip([1.0, 3.0, 2.0, 4.0, 0.0]).collect();
        assert_eq!(diebold_mariano(&differences, 2), Err(NoTest::Variance));
        assert_eq!(diebold_mariano(&[(2010, 1.0), (2011, 1.0), (2012, 1.0)], 1), Err(NoTest::Variance));
        assert_eq!(diebold_mariano(&differences, 4), Err(NoTest::FewDates));
    }

    /// By hand, two years ahead: d = 0, 1, 2, 3, 5, mean 2.2; γ₀ = 2.96, γ₁ = (2.2·1.2 + 1.2·0.2 − 0.2·0.8 + 0.8·2.8)/5 =
    /// 0.992; variance 4.944; statistic 2.2/√(4.944/5)·√((6 − 4 + 2/5)/5) = 1.53275.
    #[test]
    fn two_years_ahead_neighbours_count() {
        let differences: Vec<(i32, f64)> = (2010..).zip([0.0, 1.0, 2.0, 3.0, 5.0]).collect();
        let found = diebold_mariano(&differences, 2).unwrap();
        assert!((found.statistic - 1.532_75).abs() < 1e-4, "{found:?}");
    }
}
