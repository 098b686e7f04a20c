//! The bands, lines and recorded values of a fan.

use super::{Axes, Drawing, runs};
use crate::chart::canvas::Point;
use crate::chart::style::{BEFORE, HISTORY, MEDIAN, MUTED, PATH, band};
use crate::num::min;

impl Drawing<'_, '_> {
    pub(super) fn bands(&self, axes: &Axes) {
        for (place, area) in self.fan.bands.iter().enumerate() {
            let fill = band(place, self.fan.bands.len());
            for run in runs(&self.fan.years, &area.lows, &area.highs) {
                let above = run.iter().map(|&(year, _, high)| axes.point(year, high));
                let below = run.iter().rev().map(|&(year, low, _)| axes.point(year, low));
                self.canvas.polygon(&above.chain(below).collect::<Vec<_>>(), fill);
            }
        }
    }

    pub(super) fn lines(&self, axes: &Axes) {
        for path in &self.fan.paths {
            for run in runs(&self.fan.years, path, path) {
                let points: Vec<Point> =
                    run.iter().map(|&(year, value, _)| axes.point(year, value)).collect();
                self.canvas.line(&points, PATH, 0.8);
            }
        }
        for (values, colour, width) in [(&self.fan.mean, MUTED, 1.4), (&self.fan.median, MEDIAN, 2.6)] {
            for run in runs(&self.fan.years, values, values) {
                let points: Vec<Point> =
                    run.iter().map(|&(year, value, _)| axes.point(year, value)).collect();
                self.canvas.line(&points, colour, width);
            }
        }
        if let Some((band, median)) = &self.fan.before {
            for (values, width) in [(&band.lows, 1.4), (median, 1.8), (&band.highs, 1.4)] {
                for run in runs(&self.fan.years, values, values) {
                    let points: Vec<Point> =
                        run.iter().map(|&(year, value, _)| axes.point(year, value)).collect();
                    self.dashed(&points, width);
                }
            }
        }
        let recorded: Vec<Point> = self.fan.history.iter().map(|&(year, v)| axes.point(year, v)).collect();
        if !recorded.is_empty() {
            let line: Vec<Point> =
                self.fan.joined().into_iter().map(|(year, v)| axes.point(year, v)).collect();
            self.canvas.line(&line, HISTORY, 1.6);
        }
        for point in recorded {
            self.canvas.disc(point, 3.0, HISTORY);
        }
    }

    /// A line of dashes, which go on around its corners.
    fn dashed(&self, points: &[Point], width: f64) {
        let (dash, period) = (7.0, 12.0);
        let mut walked = 0.0;
        for pair in points.windows(2) {
            let ((x, y), (dx, dy)) = (pair[0], (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1));
            let length = (dx * dx + dy * dy).sqrt();
            let at = |along: f64| (x + dx * along / length, y + dy * along / length);
            let mut along = 0.0;
            while along < length {
                let phase = (walked + along) % period;
                let end = min(length, along + if phase < dash { dash } else { period } - phase);
                if phase < dash {
                    self.canvas.line(&[at(along), at(end)], BEFORE, width);
                }
                // A step that rounding leaves nothing of ends the segment.
                along = if end > along { end } else { length };
            }
            walked += length;
        }
    }
}
