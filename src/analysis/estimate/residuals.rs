//! Tests of what is left: whether news is normal, and whether it is new.

use super::{RandomNumbers, mean};
use crate::num::special::gamma_tails;

/// How many normal records the normality of one is judged by.
const RECORDS: u64 = 2000;

/// A test: its statistic, and how often one as large comes by chance.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct ResidualTest {
    /// The statistic.
    pub statistic: f64,
    /// The probability of one at least as large where nothing is wrong.
    pub p: f64,
}

/// Skewness and kurtosis against those of a normal (C. M. Jarque and A. K. Bera, 1987). In short records the statistic is
/// far from χ², so its probability is that among 2000 normal records of the same length.
pub fn normality(x: &[f64], source: RandomNumbers) -> ResidualTest {
    let statistic = jarque_bera(x);
    let record = |draw: u64| -> Vec<f64> { (0..x.len() as u32).map(|t| source.normal(draw, t)).collect() };
    let larger = (0..RECORDS).filter(|draw| jarque_bera(&record(*draw)) >= statistic).count();
    ResidualTest { statistic, p: (larger as f64 + 1.0) / (RECORDS as f64 + 1.0) }
}

/// n/6 (skewness² + (kurtosis − 3)²/4)
fn jarque_bera(x: &[f64]) -> f64 {
    let (n, center) = (x.len() as f64, mean(x));
    let moment = |power: i32| {
        x.iter().map(|x| (0..power).fold(1.0, |product, _| product * (x - center))).sum::<f64>() / n
    };
    let variance = moment(2);
    let (skewness, excess) =
        (moment(3) / (variance * variance.sqrt()), moment(4) / (variance * variance) - 3.0);
    n / 6.0 * (skewness * skewness + excess * excess / 4.0)
}

/// Whether values go together with those of the years before (G. M. Ljung and G. E. P. Box, 1978), over a fifth of the
/// record but at most ten years; `taken` degrees of freedom went into the estimates.
pub fn autocorrelation(x: &[f64], taken: usize) -> ResidualTest {
    let (n, center) = (x.len() as f64, mean(x));
    let lags = (x.len() / 5).clamp(taken + 2, 10.max(taken + 2)).min(x.len() - 1);
    let sum = |lag: usize| (lag..x.len()).map(|t| (x[t] - center) * (x[t - lag] - center)).sum::<f64>();
    let variance = sum(0);
    let statistic = n
        * (n + 2.0)
        * (1..=lags)
            .map(|lag| {
                let r = sum(lag) / variance;
                r * r / (n - lag as f64)
            })
            .sum::<f64>();
    let degrees = (lags - taken) as f64;
    ResidualTest { statistic, p: gamma_tails(degrees / 2.0, statistic / 2.0).1 }
}

#[cfg(test)]
mod tests {
    use super::super::published::NILE;
    use super::*;

    /// Under what is assumed p is uniform: of 120 records 6 lie below 0.05, with a standard deviation of 2.4.
    #[test]
    fn both_tests_reject_as_often_as_they_say() {
        let source = RandomNumbers::new(21, "residuals");
        let (mut normal, mut alone) = (0, 0);
        for record in 0..120 {
            let x: Vec<f64> = (0..30).map(|t| source.normal(record, t)).collect();
            normal += i32::from(normality(&x, RandomNumbers::new(record, "null")).p < 0.05);
            alone += i32::from(autocorrelation(&x, 0).p < 0.05);
        }
        assert!((0..=16).contains(&normal) && (0..=17).contains(&alone), "{normal} {alone}");
    }

    #[test]
    fn what_is_skewed_or_lasting_is_seen() {
        let source = RandomNumbers::new(22, "residuals");
        let skewed: Vec<f64> = (0..60).map(|t| -crate::num::ln(source.uniform(0, t))).collect();
        assert!(normality(&skewed, source).p < 0.01);
        assert!(autocorrelation(&NILE, 0).p < 1e-6);
    }

    /// R 4.3: `Box.test(Nile, 10, "Ljung")` has X² = 85.6 or so; its first autocorrelation is 0.4978.
    #[test]
    fn the_statistic_of_one_lag_is_that_of_the_autocorrelation() {
        let center = mean(&NILE);
        let sum = |lag: usize| (lag..100).map(|t| (NILE[t] - center) * (NILE[t - lag] - center)).sum::<f64>();
        assert!((sum(1) / sum(0) - 0.4978).abs() < 1e-3);
    }
}
