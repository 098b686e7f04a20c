//! Intervals of means, standard deviations and shortfalls by the normal approximation, where the tails allow it: those that
//! the paths show, and those that paths with extreme draws show. They come without a guarantee: what neither shows is in
//! none of them.

use super::scaled::ScaledTally;
use super::tail::regular;
use super::{Interval, UnknownError};
use crate::ensemble::Tally;
use crate::num::{max, normal};

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
pub fn mean(tally: &Tally, extremes: Option<ExtremeValues>, alpha: f64) -> Result<Interval, UnknownError> {
    finite(tally)?;
    let scaled = ScaledTally::new(tally);
    let extreme = extremes.map(|extremes| extremes.map(scaled.unit, |x| x));
    let found = regular(middles(scaled, |x| x), extreme, [true, true])?;
    let mean = scaled.mean().unwrap_or(found.mean);
    Ok(scaled.unscale(Interval::about(mean, points(alpha) * (found.variance / tally.finite as f64).sqrt())))
}

/// The interval of the standard deviation: that of the mean square distance from the mean.
///
/// # Errors
/// Why it is not known.
pub fn sd(tally: &Tally, extremes: Option<ExtremeValues>, alpha: f64) -> Result<Interval, UnknownError> {
    finite(tally)?;
    let scaled = ScaledTally::new(tally);
    let mean = scaled.mean().ok_or(UnknownError::NotFinite)?;
    let square = |x: f64| (x - mean) * (x - mean);
    let extreme = extremes.map(|extremes| extremes.map(scaled.unit, square));
    let found = regular(middles(scaled, square), extreme, [false, true])?;
    let half = points(alpha) * (found.variance / tally.finite as f64).sqrt();
    let variance = scaled.variance().unwrap_or(found.mean);
    Ok(scaled.unscale(Interval { low: max(variance - half, 0.0).sqrt(), high: (variance + half).sqrt() }))
}

/// The interval of the expected shortfall: its variance is that of max(quantile − x, 0) / level over n (what the delta
/// method gives for the empirical shortfall), and what a cell of the quantile leaves open is added.
///
/// # Errors
/// Why it is not known.
pub fn expected_shortfall(
    tally: &Tally,
    extremes: Option<ExtremeValues>,
    level: f64,
    alpha: f64,
) -> Result<Interval, UnknownError> {
    let scaled = ScaledTally::new(tally);
    let place = scaled.quantile(level).filter(|place| place.is_finite());
    let place = place.filter(|_| tally.minus_infinite + tally.nan == 0).ok_or(UnknownError::NotFinite)?;
    let n = tally.count() as f64;
    let short = |x: f64| max(place - x, 0.0);
    let mut under = middles(scaled, short);
    under.extend((tally.never > 0).then_some((0.0, tally.never)));
    let extreme = extremes.map(|extremes| extremes.map(scaled.unit, short));
    let found = regular(under, extreme, [false, true])?;
    let half_cell = scaled
        .cells()
        .filter(|cell| cell.low <= place)
        .map(|cell| 0.5 * (cell.high - cell.low) * cell.count as f64)
        .sum::<f64>()
        / n;
    let half = points(alpha) * (found.variance / n).sqrt() + half_cell;
    Ok(scaled.unscale(Interval::about(place - found.mean / level, half / level)))
}

/// There are values, and all are finite.
fn finite(tally: &Tally) -> Result<(), UnknownError> {
    if tally.finite == 0 || tally.not_finite() > 0 { Err(UnknownError::NotFinite) } else { Ok(()) }
}

/// What a function makes of the middles of the cells.
fn middles(tally: ScaledTally, of: impl Fn(f64) -> f64) -> Vec<(f64, u64)> {
    tally.cells().map(|cell| (of(cell.middle()), cell.count)).collect()
}

/// The points of the standard normal distribution that leave `alpha` outside.
fn points(alpha: f64) -> f64 {
    normal::quantile_of_tails(1.0 - alpha / 2.0, alpha / 2.0)
}
