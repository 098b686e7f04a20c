//! Intervals of means, standard deviations and shortfalls by the normal approximation, where the tails allow it: those that
//! the paths show, and those that paths with extreme draws show. They come without a guarantee: what neither shows is in
//! none of them.

use super::scaled::ScaledTally;
use super::tail::regular;
use super::{Interval, UnknownError};
use crate::ensemble::ValueCell;
use crate::num::{max, normal};
use crate::result::series_counts::SeriesCounts;

/// The values of a series on paths with extreme draws, with the weights that undo it.
#[derive(Clone, Copy, Debug)]
pub struct ExtremeValues<'a> {
    /// The weight of each path; they are 1 on average.
    pub weights: &'a [f64],
    /// Its value.
    pub values: &'a [f64],
}

impl ExtremeValues<'_> {
    /// What a function makes of the values in a unit, with their weights.
    fn map(self, unit: f64, of: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
        self.values.iter().zip(self.weights).map(|(x, weight)| (of(x / unit), *weight)).collect()
    }
}

/// The interval of the mean of the finite values.
///
/// # Errors
/// Why it is not known.
pub fn mean(
    series: &impl SeriesCounts,
    extremes: Option<ExtremeValues>,
    alpha: f64,
) -> Result<Interval, UnknownError> {
    finite(series)?;
    let scaled = ScaledTally::new(series.counts());
    let unit = scaled.unit;
    let extreme = extremes.map(|extremes| extremes.map(unit, |x| x));
    let found = regular(series.terms(false, &|x| x / unit), extreme, [true, true])?;
    let mean = series.counts().mean().map_or(found.mean, |mean| mean / unit);
    Ok(scaled.unscale(Interval::about(mean, points(alpha) * found.error())))
}

/// The interval of the standard deviation: that of the mean square distance from the mean.
///
/// # Errors
/// Why it is not known.
pub fn sd(
    series: &impl SeriesCounts,
    extremes: Option<ExtremeValues>,
    alpha: f64,
) -> Result<Interval, UnknownError> {
    finite(series)?;
    let scaled = ScaledTally::new(series.counts());
    let unit = scaled.unit;
    let mean = scaled.mean().ok_or(UnknownError::NotFinite)?;
    let square = |x: f64| (x - mean) * (x - mean);
    let extreme = extremes.map(|extremes| extremes.map(unit, square));
    let found = regular(series.terms(false, &|x| square(x / unit)), extreme, [false, true])?;
    let half = points(alpha) * found.error();
    let variance = series.sd().map_or(found.mean, |sd| (sd / unit) * (sd / unit));
    Ok(scaled.unscale(Interval { low: max(variance - half, 0.0).sqrt(), high: (variance + half).sqrt() }))
}

/// The interval of the expected shortfall: its variance is that of max(quantile − x, 0) / level over n (what the delta
/// method gives for the empirical shortfall), and what a cell of the quantile leaves open is added.
///
/// # Errors
/// Why it is not known.
pub fn expected_shortfall(
    series: &impl SeriesCounts,
    extremes: Option<ExtremeValues>,
    level: f64,
    alpha: f64,
) -> Result<Interval, UnknownError> {
    let counts = series.counts();
    let place = counts.quantile(level).filter(|place| place.is_finite());
    let place = place.filter(|_| counts.minus_infinite + counts.nan == 0).ok_or(UnknownError::NotFinite)?;
    let scaled = ScaledTally::below(counts, place);
    let place = place / scaled.unit;
    let short = |x: f64| max(place - x, 0.0);
    let extreme = extremes.map(|extremes| extremes.map(scaled.unit, short));
    let found = regular(series.terms(true, &|x| short(x / scaled.unit)), extreme, [false, true])?;
    let all = counts.count() as f64;
    let cells = || scaled.cells().filter(|cell| cell.low <= place);
    let average =
        |of: &dyn Fn(ValueCell) -> f64| cells().map(|cell| of(cell) * cell.count as f64).sum::<f64>() / all;
    let half = points(alpha) * found.error() + average(&|cell| 0.5 * (cell.high - cell.low));
    let middle = place - average(&|cell| short(cell.middle())) / level;
    Ok(scaled.unscale(Interval::about(middle, half / level)))
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
