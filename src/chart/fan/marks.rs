//! What targets ask, marked in a fan with the odds that they are met.

use super::{Axes, Drawing, runs};
use crate::chart::canvas::Point;
use crate::chart::font;
use crate::chart::frame;
use crate::chart::place::{Area, MOST_LABELS, beside, leader};
use crate::chart::style::{TARGET, letter};
use crate::num::{max, min};

impl Drawing<'_, '_> {
    pub(super) fn marks(&self, axes: &Axes) {
        let places: Vec<(Point, f64)> = self
            .fan
            .marks
            .iter()
            .map(|mark| {
                let (y, beyond) = axes.y.within(mark.level);
                ((axes.x.at(f64::from(mark.year)), y), beyond)
            })
            .collect();
        let mut taken: Vec<Area> = places.iter().map(|(point, _)| Area::around(*point, 16.0, 16.0)).collect();
        let drawn = self.drawn(axes);
        for (mark, &(point, _)) in self.fan.marks.iter().zip(&places).take(MOST_LABELS) {
            let words = format!("{}: {}", mark.label, mark.probability);
            let size = (font::width(&words, letter::LABEL) + 14.0, 23.0);
            let area = beside(point, size, &axes.field, &taken, &drawn).unwrap_or_else(|| {
                // Above it, without reaching into the quantiles to the right.
                let middle = min(point.0, axes.field.right + 4.0 - size.0 / 2.0);
                Area::around((middle, point.1 - 24.0), size.0, size.1)
            });
            frame::label(self.canvas, &words, point, &area, TARGET);
            taken.push(area);
            taken.extend(leader(point, &area));
        }
        for (point, beyond) in places {
            if beyond == 0.0 {
                self.canvas.diamond(point, 6.5, TARGET);
            } else {
                self.canvas.arrow(point, (0.0, -beyond), 6.5, TARGET);
            }
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
