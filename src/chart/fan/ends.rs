//! The quantiles of the last year, named at the right end of a fan.

use super::{Axes, Drawing};
use crate::chart::canvas::Anchor;
use crate::chart::font;
use crate::chart::frame::MARGIN;
use crate::chart::place::spread;
use crate::chart::scale::range;
use crate::chart::style::{AXIS, INK, MEDIAN, MUTED, letter};
use crate::num::{log10, max, min};
use crate::text::number::{self, per_cent, trimmed};
use crate::text::period::time;
use crate::tr;

impl Drawing<'_, '_> {
    /// The quantiles of the last year: level, value; from the highest.
    fn ends(&self) -> Vec<(String, f64, bool)> {
        let last = |values: &[f64]| values.last().copied().filter(|v| v.is_finite());
        let name = |level: f64| per_cent(&trimmed(level * 100.0, 4), self.language);
        let mut ends: Vec<(String, f64, bool)> = Vec::new();
        for b in &self.fan.bands {
            ends.extend(last(&b.highs).map(|v| (name(b.high_level), v, false)));
        }
        ends.extend(last(&self.fan.median).map(|v| (tr!(self.language, "chart-median").to_owned(), v, true)));
        for b in self.fan.bands.iter().rev() {
            ends.extend(last(&b.lows).map(|v| (name(b.low_level), v, false)));
        }
        ends
    }

    /// A value at the right end. Three digits of the median are what an eye takes from a chart, or as many as tell the
    /// quantiles apart by about a hundredth of what they span; those that are far larger or smaller have three of their own.
    fn label(&self, value: f64) -> String {
        if self.fan.are_years {
            return number::digits_in(value, 4, true);
        }
        let median = self.fan.median.last().copied().filter(|v| v.is_finite() && *v != 0.0);
        let (own, places) = (number::exponent(value), number::exponent(median.unwrap_or(value)));
        let is_alike = value == 0.0 || ((own - places).abs() <= 2 && (-6..12).contains(&own));
        if is_alike && (-6..12).contains(&places) {
            number::fixed(value, max(f64::from(2 - places), f64::from(self.telling())) as i32)
        } else {
            number::digits(value, 3)
        }
    }

    /// The decimals that show about a hundredth of what the quantiles span.
    fn telling(&self) -> i32 {
        let (low, high) = range(self.ends().into_iter().map(|(_, value, _)| value));
        if high > low { (2.0 - log10(high - low)).round() as i32 } else { i32::MIN / 2 }
    }

    /// Widths of the levels and of the values at the right end.
    fn end_columns(&self) -> (f64, f64) {
        let widest = |words: Vec<String>| words.iter().map(|w| font::width(w, letter::LABEL)).fold(0.0, max);
        let ends = self.ends();
        (
            widest(ends.iter().map(|(name, ..)| name.clone()).collect()),
            widest(ends.iter().map(|(_, value, _)| self.label(*value)).collect()),
        )
    }

    pub(super) fn end_width(&self) -> f64 {
        let (names, values) = self.end_columns();
        max(names + 10.0 + values, self.fan.years.last().map_or(0.0, |&y| self.heading_width(y)))
    }

    fn heading(&self, year: i32) -> String {
        tr!(self.language, "chart-fan-quantiles", year = year)
    }

    fn heading_width(&self, year: i32) -> f64 {
        font::width(&self.heading(year), letter::LABEL)
    }

    pub(super) fn end_labels(&self, axes: &Axes, width: f64) {
        let (Some(&year), ends) = (self.fan.years.last(), self.ends()) else { return };
        let right = width - MARGIN;
        let (names, values) = self.end_columns();
        let wanted: Vec<f64> = ends.iter().map(|&(_, value, _)| axes.height(value)).collect();
        let places = spread(&wanted, 17.0, axes.y.end + 18.0, axes.y.start - 2.0);
        let left = right - self.end_width();
        for (((name, value, is_median), wanted), at) in ends.iter().zip(&wanted).zip(&places) {
            let from = axes.x.at(time(year)) + 2.0;
            self.canvas.line(&[(from, *wanted), (left - 12.0, *at), (left - 5.0, *at)], AXIS, 0.8);
            let (quiet, colour) = if *is_median { (MEDIAN, MEDIAN) } else { (MUTED, INK) };
            self.canvas.text(name, (left, at + 4.5), Anchor::Start, letter::LABEL, quiet);
            let place = (left + names + 10.0 + values, at + 4.5);
            self.canvas.text(&self.label(*value), place, Anchor::End, letter::LABEL, colour);
        }
        if let Some(first) = places.first() {
            let place = (left, min(first - 20.0, axes.y.end + 2.0));
            self.canvas.text(&self.heading(year), place, Anchor::Start, letter::LABEL, MUTED);
        }
    }
}
