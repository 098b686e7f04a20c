//! What a fan says of each year when it is pointed at.

use super::{Axes, Drawing};
use crate::chart::canvas::{Point, Saying, exact};
use crate::chart::fan::Band;
use crate::num::max;
use crate::text::Language;
use crate::text::number::{digits_in, per_cent, trimmed, year as year_words};
use crate::text::period::heading;
use crate::tr;

/// A spot: where it is, how large, what it says, and the numbers with all their digits.
type YearSpot = (Point, f64, Saying, Saying);

/// A spot for each year that has a median. `year_key` and
/// `median_key` are words; `are_years` says whether values are calendar years.
pub(in crate::chart) fn of_years(
    years: &[i32],
    bands: &[Band],
    median: &[f64],
    (year_key, median_key): (&str, &str),
    (are_years, language): (bool, Language),
    at: impl Fn(i32, f64) -> Point,
) -> Vec<YearSpot> {
    let apart = match years {
        [first, second, ..] => (at(*second, 0.0).0 - at(*first, 0.0).0) / 2.0,
        _ => 12.0,
    };
    let level = |level: f64| per_cent(&trimmed(level * 100.0, 4), language);
    let mut spots = Vec::new();
    for (place, (&year, &middle)) in years.iter().zip(median).enumerate() {
        if !middle.is_finite() {
            continue;
        }
        let value =
            |values: &[f64]| values.get(place).map_or_else(String::new, |v| digits_in(*v, 4, are_years));
        let all = |value: &dyn Fn(&[f64]) -> String| {
            let mut saying = vec![(year_key.to_owned(), year_words(year))];
            saying.extend(bands.iter().map(|band| (level(band.low_level), value(&band.lows))));
            saying.push((median_key.to_owned(), value(median)));
            saying.extend(bands.iter().rev().map(|band| (level(band.high_level), value(&band.highs))));
            saying
        };
        let digits = |values: &[f64]| values.get(place).map_or_else(String::new, |v| exact(*v));
        spots.push((at(year, middle), max(apart, 6.0), all(&value), all(&digits)));
    }
    spots
}

impl Drawing<'_, '_> {
    pub(super) fn spots(&self, axes: &Axes) {
        let first = self.fan.years.first().copied().unwrap_or_default();
        let keys = (heading(first, self.language), tr!(self.language, "chart-median"));
        let at = |year, value| axes.point(year, value);
        let (fan, told) = (self.fan, (self.fan.are_years, self.language));
        for (point, radius, saying, row) in of_years(&fan.years, &fan.bands, &fan.median, keys, told, at) {
            self.canvas.spot_of(point, radius, &saying, &row);
        }
    }
}
