//! A difference between two scenarios in per cent of the reference's mean.

use serde::{Deserialize, Serialize};

use super::interval::is_settled;
use crate::ensemble::{PairedSeries, Tally};

/// So many of its standard errors the reference's mean has to be away from zero: nearer to it the ratio of the means
/// is anything, and its error by the delta method no longer holds.
const CLEAR_OF_ZERO: f64 = 5.0;

/// The ratio of means: 100 (mean of B − mean of A) / |mean of A|, over the same paths.
///
/// A mean of the ratios on single paths is another number, which does not exist where the reference crosses zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PercentOfMean {
    /// In per cent; `None` where it says nothing.
    pub value: Option<f64>,
    /// Its standard error, from the variances of both and of their difference on each path (delta method).
    pub standard_error: Option<f64>,
    /// Why there is no value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_known: Option<NoPercent>,
    /// Whether the reference is zero on some path, or of two signs: then single paths have no per cent.
    #[serde(default)]
    pub reference_crosses_zero: bool,
}

/// Why a difference is not given in per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoPercent {
    /// The reference's mean is less than five standard errors away from zero.
    ReferenceNearZero,
    /// It is a rate or a share in per cent, whose difference is in percentage points.
    Points,
    /// It is a calendar year.
    CalendarYear,
    /// On some paths one of the two has no finite value.
    NoValue,
    /// There are fewer than two paths.
    TooFewPaths,
    /// A mean or variance is not known.
    MeanNotKnown,
}

impl NoPercent {
    /// What files call it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ReferenceNearZero => "reference_near_zero",
            Self::Points => "points",
            Self::CalendarYear => "calendar_year",
            Self::NoValue => "no_value",
            Self::TooFewPaths => "too_few_paths",
            Self::MeanNotKnown => "mean_not_known",
        }
    }
}

/// Why a difference in this unit is never given in per cent: a rate or a share that is written in per cent has a
/// difference in percentage points, and calendar years have no zero. A pure number (`"1"`) has per cent as any other.
pub(super) fn unit_without(unit: &str) -> Option<NoPercent> {
    match unit.trim() {
        "year" => Some(NoPercent::CalendarYear),
        "1/yr" | "%" | "%/yr" => Some(NoPercent::Points),
        _ => None,
    }
}

/// The ratio of the means of a series of the reference and of an alternative, of which the differences were counted.
pub(super) fn of_mean(a: &Tally, b: &Tally, paired: &PairedSeries, unit: &str) -> PercentOfMean {
    let reference_crosses_zero = crosses_zero(a);
    let found = match unit_without(unit) {
        Some(reason) => Err(reason),
        None => ratio(a, b, paired),
    };
    told(found, reference_crosses_zero)
}

/// A ratio and its error, or why there is none.
pub(super) fn told(found: Result<(f64, f64), NoPercent>, reference_crosses_zero: bool) -> PercentOfMean {
    match found {
        Ok((value, error)) => PercentOfMean {
            value: Some(value),
            standard_error: Some(error),
            not_known: None,
            reference_crosses_zero,
        },
        Err(reason) => {
            PercentOfMean { not_known: Some(reason), reference_crosses_zero, ..PercentOfMean::default() }
        }
    }
}

/// Whether zero is among the values or between them.
pub(super) fn crosses_zero(a: &Tally) -> bool {
    match (a.min(), a.max()) {
        (Some(min), Some(max)) => min <= 0.0 && max >= 0.0,
        _ => false,
    }
}

/// Variances are known to so much of themselves.
const ROUNDING: f64 = 1e-14;

/// The ratio of two means that were not counted path by path, and its standard error, in per cent: `joint` makes one of the
/// errors of both, given the ratio of the means.
pub(super) fn ratio_of(
    means: [Option<f64>; 2],
    errors: [Option<f64>; 2],
    joint: impl Fn(f64, [f64; 2]) -> f64,
    finite: bool,
) -> Result<(f64, f64), NoPercent> {
    if !finite {
        return Err(NoPercent::NoValue);
    }
    let ([Some(a), Some(b)], [Some(error_a), Some(error_b)]) = (means, errors) else {
        return Err(NoPercent::MeanNotKnown);
    };
    if a == 0.0 || a.abs() < CLEAR_OF_ZERO * error_a {
        return Err(NoPercent::ReferenceNearZero);
    }
    let (value, error) = (100.0 * (b - a) / a.abs(), 100.0 * joint(b / a, [error_a, error_b]) / a.abs());
    if value.is_finite() && error.is_finite() {
        Ok((value, error))
    } else {
        Err(NoPercent::ReferenceNearZero)
    }
}

/// The ratio and its standard error, in per cent.
fn ratio(a: &Tally, b: &Tally, paired: &PairedSeries) -> Result<(f64, f64), NoPercent> {
    let difference = &paired.absolute;
    let paths = difference.finite;
    if difference.not_finite() > 0 || a.finite != paths || b.finite != paths {
        return Err(NoPercent::NoValue);
    }
    if paths < 2 {
        return Err(NoPercent::TooFewPaths);
    }
    if !is_settled(a) {
        return Err(NoPercent::MeanNotKnown);
    }
    let mean = |tally: &Tally| tally.mean().ok_or(NoPercent::MeanNotKnown);
    let (mean_a, mean_d) = (mean(a)?, mean(difference)?);
    // Relative to the reference's mean, so that no square overflows or vanishes.
    let variance = |tally: &Tally| {
        let sd = tally.sd().ok_or(NoPercent::MeanNotKnown)? / mean_a.abs();
        Ok(sd * sd)
    };
    if mean_a == 0.0 {
        return Err(NoPercent::ReferenceNearZero);
    }
    let (var_a, var_b, var_d) = (variance(a)?, variance(b)?, variance(difference)?);
    let count = paths as f64;
    if 1.0 < CLEAR_OF_ZERO * (var_a / count).sqrt() {
        return Err(NoPercent::ReferenceNearZero);
    }
    let share = mean_d / mean_a;
    // Var(D / A) to first order. The covariance follows from Var(B) = Var(A + D).
    let covariance = 0.5 * (var_b - var_a - var_d);
    let spread = var_d - share * (2.0 * covariance - share * var_a);
    // What is left of so much larger numbers is their rounding.
    let size = var_d + share.abs() * (var_a + var_b + var_d + share.abs() * var_a);
    let spread = if spread > ROUNDING * size { spread } else { 0.0 };
    let (value, error) = (100.0 * share * mean_a.signum(), 100.0 * (spread / count).sqrt());
    if value.is_finite() && error.is_finite() {
        Ok((value, error))
    } else {
        Err(NoPercent::ReferenceNearZero)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::SeriesScale;

    fn tally(values: &[f64]) -> Tally {
        let mut tally = Tally::new(SeriesScale::from_pilot(values));
        for (block, values) in (0..).zip(values.chunks(256)) {
            tally.add_column(256 * block, values);
        }
        tally
    }

    fn percent_in(unit: &str, a: &[f64], b: &[f64]) -> PercentOfMean {
        let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| b - a).collect();
        let mut paired = PairedSeries::new(SeriesScale::from_pilot(&differences), None);
        for (block, (a, b)) in (0..).zip(a.chunks(256).zip(b.chunks(256))) {
            paired.add_columns(256 * block, a, b);
        }
        of_mean(&tally(a), &tally(b), &paired, unit)
    }

    fn percent(a: &[f64], b: &[f64]) -> PercentOfMean {
        percent_in("t", a, b)
    }

    /// Uniform numbers in 0..1 (`SplitMix64`).
    fn numbers(count: usize, mut state: u64) -> Vec<f64> {
        let mut next = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        };
        (0..count).map(|_| next()).collect()
    }

    /// A = 1, 2, 3, 6 and B = 2, 2, 5, 3: the means are both 3, their differences 1, 0, 2, −3.
    #[test]
    fn it_is_the_ratio_of_the_means_with_the_error_of_the_delta_method() {
        let found = percent(&[1.0, 2.0, 3.0, 6.0], &[2.0, 2.0, 5.0, 3.0]);
        // The reference is not clear of zero with four paths: 3 against 5 · √(14/3 / 4) = 5.4.
        assert_eq!(found.not_known, Some(NoPercent::ReferenceNearZero));
        let (a, b) = ([11.0, 12.0, 13.0, 16.0], [14.0, 14.0, 17.0, 15.0]);
        let found = percent(&a, &b);
        assert!((found.value.unwrap() - 100.0 * 2.0 / 13.0).abs() < 1e-9, "{found:?}");
        // By definition: the residuals of D − (2/13) A, whose squares over n (n − 1) are the variance.
        let residuals = a.iter().zip(&b).map(|(a, b)| (b - a - 2.0) - 2.0 / 13.0 * (a - 13.0));
        let error = 100.0 / 13.0 * (residuals.map(|r| r * r).sum::<f64>() / 12.0).sqrt();
        assert!((found.standard_error.unwrap() - error).abs() < 1e-7, "{found:?} {error}");
    }

    /// Of 400 samples the estimates spread as the stated error says: the standard deviation of 400 normal values is
    /// within five of its standard errors, 3.5 % each, of the true one (two in a million), and so is their mean.
    #[test]
    fn the_stated_error_is_the_spread_over_samples_also_of_a_reference_that_crosses_zero() {
        let (runs, paths) = (400, 2000);
        for (level, slope, shift) in [(0.2, 0.5, 0.0), (0.2, -1.0, 0.1), (10.0, 0.9, -3.0), (-0.3, 2.0, 0.2)]
        {
            let (mut values, mut stated) = (Vec::new(), 0.0);
            for run in 0..runs {
                let (u, v) = (numbers(paths, run << 32), numbers(paths, run << 32 | 1 << 31));
                let a: Vec<f64> = u.iter().map(|u| level + u - 0.5).collect();
                let b: Vec<f64> =
                    a.iter().zip(&v).map(|(a, v)| slope * a + shift + 0.2 * (v - 0.5)).collect();
                let found = percent(&a, &b);
                assert_eq!(found.reference_crosses_zero, level.abs() < 0.5);
                values.push(found.value.unwrap());
                stated += found.standard_error.unwrap() / runs as f64;
            }
            let mean = values.iter().sum::<f64>() / runs as f64;
            let sd = (values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (runs - 1) as f64).sqrt();
            assert!((sd / stated - 1.0).abs() < 5.0 * 0.0354, "{level} {slope}: {sd} {stated}");
            let exact = 100.0 * ((slope - 1.0) * level + shift) / f64::abs(level);
            assert!(
                (mean - exact).abs() < 5.0 * sd / f64::sqrt(runs as f64) + 0.01 * stated,
                "{mean} {exact}"
            );
        }
    }

    #[test]
    fn a_negative_reference_that_grows_less_negative_rises() {
        let found = percent(&[-50.0, -60.0], &[-40.0, -48.0]);
        assert!(
            (found.value.unwrap() - 20.0).abs() < 1e-9 && found.standard_error.unwrap() < 1e-4,
            "{found:?}"
        );
        assert!(!found.reference_crosses_zero);
    }

    /// Nothing of something is 0 %; of what may be nothing it is no per cent.
    #[test]
    fn no_difference_is_zero_per_cent_of_a_reference_that_is_clear_of_zero() {
        let found = percent(&[3.0, 4.0, 5.0], &[3.0, 4.0, 5.0]);
        assert_eq!((found.value, found.standard_error, found.not_known), (Some(0.0), Some(0.0), None));
        for a in [[-1.0, 1.0, 0.5], [0.0, 0.0, 0.0]] {
            let found = percent(&a, &a);
            assert_eq!((found.value, found.not_known), (None, Some(NoPercent::ReferenceNearZero)), "{a:?}");
        }
    }

    /// The same numbers times 1e±200 have the same per cent.
    #[test]
    fn per_cent_does_not_depend_on_the_scale() {
        let of = |scale: f64| {
            percent(
                &[11.0, 12.0, 13.0, 16.0].map(|x| x * scale),
                &[14.0, 14.0, 17.0, 15.0].map(|x| x * scale),
            )
        };
        let (found, right) = ([1e-200, 1e200].map(of), of(1.0));
        for found in found {
            assert!((found.value.unwrap() - right.value.unwrap()).abs() < 1e-9, "{found:?}");
            assert!(
                (found.standard_error.unwrap() - right.standard_error.unwrap()).abs() < 1e-9,
                "{found:?}"
            );
        }
    }

    /// Five standard errors are enough, a little less is not: of 1 ± s on two paths the mean has the error s.
    #[test]
    fn a_reference_has_to_be_clear_of_zero_by_five_errors() {
        let of = |s: f64| percent(&[1.0 - s, 1.0 + s], &[2.0, 3.0]).not_known;
        assert_eq!(of(0.1999), None);
        assert_eq!(of(0.2001), Some(NoPercent::ReferenceNearZero));
        // Sixteenths are exact: a mean of five and errors of one.
        assert_eq!(percent(&[4.0, 6.0], &[2.0, 3.0]).not_known, None);
        assert_eq!(percent(&[0.0, 0.0], &[2.0, 3.0]).not_known, Some(NoPercent::ReferenceNearZero));
        assert_eq!(percent(&[-1.0, 1.0], &[2.0, 3.0]).not_known, Some(NoPercent::ReferenceNearZero));
    }

    #[test]
    fn zero_is_crossed_where_it_is_touched() {
        for (a, crosses) in [
            ([0.0, 1.0], true),
            ([-1.0, 0.0], true),
            ([-1.0, 1.0], true),
            ([0.0, 0.0], true),
            ([5e-324, 1.0], false),
            ([-1.0, -5e-324], false),
        ] {
            assert_eq!(crosses_zero(&tally(&a)), crosses, "{a:?}");
        }
        assert!(!crosses_zero(&tally(&[f64::NAN])));
    }

    #[test]
    fn what_has_no_per_cent_says_why() {
        let (nan, never) = (f64::NAN, f64::INFINITY);
        for (a, b) in [([1.0, nan], [1.0, 2.0]), ([1.0, 2.0], [1.0, never]), ([1.0, never], [2.0, never])] {
            let found = percent(&a, &b);
            assert_eq!((found.value, found.standard_error), (None, None));
            assert_eq!(found.not_known, Some(NoPercent::NoValue), "{a:?} {b:?}");
        }
        assert_eq!(percent(&[1.0], &[2.0]).not_known, Some(NoPercent::TooFewPaths));
        let in_unit = |unit: &str| percent_in(unit, &[10.0, 11.0], &[12.0, 13.0]).not_known;
        assert_eq!(in_unit("year"), Some(NoPercent::CalendarYear));
        for unit in ["1/yr", "%", "%/yr", " % "] {
            assert_eq!(in_unit(unit), Some(NoPercent::Points), "{unit}");
        }
        for unit in ["1", "", "1e8 CNY", "years"] {
            assert_eq!(in_unit(unit), None, "{unit}");
        }
    }
}
