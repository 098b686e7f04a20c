//! Intervals of means, standard deviations and shortfalls by the normal approximation, where the tails that the paths
//! show allow it. They come without a guarantee: what no path shows is in none of them.

use super::tail::regular;
use super::{Interval, UnknownError};
use crate::ensemble::ValueCell;
use crate::num::{max, normal};
use crate::result::series_counts::SeriesCounts;

/// The interval of the mean of the finite values.
///
/// # Errors
/// Why it is not known.
pub fn mean(series: &impl SeriesCounts, alpha: f64) -> Result<Interval, UnknownError> {
    finite(series)?;
    let found = regular(series.terms(false, &|x| x), [true, true])?;
    let mean = series.counts().mean().unwrap_or(found.mean);
    Ok(Interval::about(mean, points(alpha) * found.error()))
}

/// The interval of the standard deviation: that of the mean square distance from the mean.
///
/// # Errors
/// Why it is not known.
pub fn sd(series: &impl SeriesCounts, alpha: f64) -> Result<Interval, UnknownError> {
    finite(series)?;
    let mean = series.counts().mean().ok_or(UnknownError::NotFinite)?;
    let found = regular(series.terms(false, &|x| (x - mean) * (x - mean)), [false, true])?;
    let half = points(alpha) * found.error();
    let variance = series.sd().map_or(found.mean, |sd| sd * sd);
    Ok(Interval { low: max(variance - half, 0.0).sqrt(), high: (variance + half).sqrt() })
}

/// The interval of the expected shortfall: its variance is that of max(quantile − x, 0) / level over n (what the delta
/// method gives for the empirical shortfall), and what a cell of the quantile leaves open is added.
///
/// # Errors
/// Why it is not known.
pub fn expected_shortfall(
    series: &impl SeriesCounts,
    level: f64,
    alpha: f64,
) -> Result<Interval, UnknownError> {
    let counts = series.counts();
    let place = counts.quantile(level).filter(|place| place.is_finite());
    let place = place.filter(|_| counts.minus_infinite + counts.nan == 0).ok_or(UnknownError::NotFinite)?;
    let under = |x: f64| max(place - x, 0.0);
    let found = regular(series.terms(true, &under), [false, true])?;
    let all = counts.count() as f64;
    let cells = || counts.cells().filter(|cell| cell.low <= place);
    let average =
        |of: &dyn Fn(ValueCell) -> f64| cells().map(|cell| of(cell) * cell.count as f64).sum::<f64>() / all;
    let half_cell = average(&|cell| 0.5 * (cell.high - cell.low));
    let half = points(alpha) * found.error() + half_cell;
    Ok(Interval::about(place - average(&|cell| under(cell.middle())) / level, half / level))
}

/// There are values, and all are finite.
fn finite(series: &impl SeriesCounts) -> Result<(), UnknownError> {
    let paths = series.paths();
    if paths.finite == 0 || paths.not_finite() > 0 { Err(UnknownError::NotFinite) } else { Ok(()) }
}

/// The points of the standard normal distribution that leave `alpha` outside.
fn points(alpha: f64) -> f64 {
    normal::quantile_of_tails(1.0 - alpha / 2.0, alpha / 2.0)
}
