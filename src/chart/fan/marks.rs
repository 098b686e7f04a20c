//! What targets ask, marked in a fan with the odds that they are met.

use super::{Axes, Drawing, runs};
use crate::chart::canvas::Point;
use crate::chart::font;
use crate::chart::frame;
use crate::chart::labels::placed;
use crate::chart::place::Area;
use crate::chart::style::{TARGET, letter};
use crate::num::{max, min};
use crate::text::period::time;

impl Drawing<'_, '_> {
    /// Draws the marks with their labels; gives the number of those that have no room for one.
    pub(super) fn marks(&self, axes: &Axes) -> usize {
        let places: Vec<(Point, f64)> = self
            .fan
            .marks
            .iter()
            .map(|mark| {
                let (y, beyond) = axes.within(mark.level);
                ((axes.x.at(time(mark.year)), y), beyond)
            })
            .collect();
        let points: Vec<Point> = places.iter().map(|(point, _)| *point).collect();
        let words: Vec<String> = self.fan.marks.iter().map(|mark| mark.words(self.language)).collect();
        let sizes: Vec<(f64, f64)> =
            words.iter().map(|words| (font::width(words, letter::LABEL) + 14.0, 23.0)).collect();
        let mut taken: Vec<Area> = points.iter().map(|point| Area::around(*point, 16.0, 16.0)).collect();
        let labels = placed(&points, &sizes, &axes.field, &mut taken, &self.drawn(axes));
        for ((words, point), area) in words.iter().zip(&points).zip(&labels) {
            if let Some(area) = area {
                frame::label(self.canvas, words, *point, area, TARGET);
            }
        }
        for ((point, beyond), words) in places.into_iter().zip(&words) {
            if beyond == 0.0 {
                self.canvas.diamond(point, 6.5, TARGET);
            } else {
                self.canvas.arrow(point, (0.0, -beyond), 6.5, TARGET);
            }
            self.canvas.hint(point, 7.0, words);
        }
        labels.iter().filter(|area| area.is_none()).count()
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
                    left: axes.x.at(time(from)),
                    right: axes.x.at(time(to)),
                    top: axes.height(max(high, next_high)) - 3.0,
                    bottom: axes.height(min(low, next_low)) + 3.0,
                });
            }
        }
        areas
    }
}
