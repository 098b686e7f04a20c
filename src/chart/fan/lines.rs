//! The bands, lines and recorded values of a fan.

use super::{Axes, Drawing, runs};
use crate::chart::canvas::Point;
use crate::chart::style::{HISTORY, MEDIAN, MUTED, PATH, band};

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
}
