//! What targets ask, marked in a fan with the odds that they are met.

use super::{Axes, Drawing, runs};
use crate::chart::font;
use crate::chart::frame;
use crate::chart::place::{Area, beside};
use crate::chart::style::{TARGET, letter};
use crate::num::{max, min};
use crate::text::number::percent;

impl Drawing<'_, '_> {
    pub(super) fn marks(&self, axes: &Axes) {
        let diamonds: Vec<Area> =
            self.fan.marks.iter().map(|m| Area::around(axes.point(m.year, m.level), 16.0, 16.0)).collect();
        let drawn = self.drawn(axes);
        let mut labels: Vec<Area> = Vec::new();
        for mark in &self.fan.marks {
            let words = format!("{}: {}", mark.label, percent(mark.odds));
            let point = axes.point(mark.year, mark.level);
            let size = (font::width(&words, letter::LABEL) + 14.0, 23.0);
            let taken = [diamonds.as_slice(), &labels].concat();
            let everything = [taken.as_slice(), &drawn].concat();
            let area = beside(point, size, &axes.field, &everything)
                .or_else(|| beside(point, size, &axes.field, &taken))
                .unwrap_or_else(|| Area::around((point.0, point.1 - 24.0), size.0, size.1));
            frame::label(self.canvas, &words, point, &area, TARGET);
            labels.push(area);
        }
        for mark in &self.fan.marks {
            self.canvas.diamond(axes.point(mark.year, mark.level), 6.5, TARGET);
        }
    }

    /// What bands and recorded values occupy, year by year.
    fn drawn(&self, axes: &Axes) -> Vec<Area> {
        let widest = self.fan.bands.first();
        let (lows, highs) = widest.map_or((&self.fan.median, &self.fan.median), |b| (&b.lows, &b.highs));
        let recorded: Vec<(i32, f64, f64)> = self.fan.history.iter().map(|&(y, v)| (y, v, v)).collect();
        let mut areas = Vec::new();
        for run in runs(&self.fan.years, lows, highs).into_iter().chain([recorded]) {
            for pair in run.windows(2) {
                let ((from, low, high), (to, next_low, next_high)) = (pair[0], pair[1]);
                areas.push(Area {
                    left: axes.x.at(f64::from(from)),
                    right: axes.x.at(f64::from(to)),
                    top: axes.y.at(max(high, next_high)) - 3.0,
                    bottom: axes.y.at(min(low, next_low)) + 3.0,
                });
            }
        }
        areas
    }
}
