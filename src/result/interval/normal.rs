//! Intervals of means, standard deviations and shortfalls by the normal approximation, where the tails that the paths
//! show allow it. They come without a guarantee: what no path shows is in none of them.

use super::tail::regular;
use super::{Interval, UnknownError};
use crate::ensemble::Tally;
use crate::num::{max, normal};

/// The interval of the mean of the finite values.
///
/// # Errors
/// Why it is not known.
pub fn mean(tally: &Tally, alpha: f64) -> Result<Interval, UnknownError> {
    finite(tally)?;
    let found = regular(middles(tally, |x| x), [true, true])?;
    let mean = tally.mean().unwrap_or(found.mean);
    Ok(Interval::about(mean, points(alpha) * (found.variance / tally.finite as f64).sqrt()))
}

/// The interval of the standard deviation: that of the mean square distance from the mean.
///
/// # Errors
/// Why it is not known.
pub fn sd(tally: &Tally, alpha: f64) -> Result<Interval, UnknownError> {
    finite(tally)?;
    let mean = tally.mean().ok_or(UnknownError::NotFinite)?;
    let found = regular(middles(tally, |x| (x - mean) * (x - mean)), [false, true])?;
    let half = points(alpha) * (found.variance / tally.finite as f64).sqrt();
    let variance = tally.variance().unwrap_or(found.mean);
    Ok(Interval { low: max(variance - half, 0.0).sqrt(), high: (variance + half).sqrt() })
}

/// The interval of the expected shortfall: its variance is that of max(quantile − x, 0) / level over n (what the delta
/// method gives for the empirical shortfall), and what a cell of the quantile leaves open is added.
///
/// # Errors
/// Why it is not known.
pub fn expected_shortfall(tally: &Tally, level: f64, alpha: f64) -> Result<Interval, UnknownError> {
    let place = tally.quantile(level).filter(|place| place.is_finite());
    let place = place.filter(|_| tally.minus_infinite + tally.nan == 0).ok_or(UnknownError::NotFinite)?;
    let n = tally.count() as f64;
    let mut under = middles(tally, |x| max(place - x, 0.0));
    under.extend((tally.never > 0).then_some((0.0, tally.never)));
    let found = regular(under, [false, true])?;
    let half_cell = tally
        .cells()
        .filter(|cell| cell.low <= place)
        .map(|cell| 0.5 * (cell.high - cell.low) * cell.count as f64)
        .sum::<f64>()
        / n;
    let half = points(alpha) * (found.variance / n).sqrt() + half_cell;
    Ok(Interval::about(place - found.mean / level, half / level))
}

/// There are values, and all are finite.
fn finite(tally: &Tally) -> Result<(), UnknownError> {
    if tally.finite == 0 || tally.not_finite() > 0 { Err(UnknownError::NotFinite) } else { Ok(()) }
}

/// What a function makes of the middles of the cells.
fn middles(tally: &Tally, of: impl Fn(f64) -> f64) -> Vec<(f64, u64)> {
    tally.cells().map(|cell| (of(cell.middle()), cell.count)).collect()
}

/// The points of the standard normal distribution that leave `alpha` outside.
fn points(alpha: f64) -> f64 {
    normal::quantile_of_tails(1.0 - alpha / 2.0, alpha / 2.0)
}
