//! Densities by year, one above the other: how a distribution moves and widens.

use super::axes;
use super::canvas::{Anchor, Canvas, Point, Size, draw as draw_page};
use super::font;
use super::frame::{self, Around, Key};
use super::place::{Area, spread};
use super::scale::{Scale, Ticks, range};
use super::style::{AXIS, GROUND, INK, MEDIAN, TARGET, band, letter};
use crate::num::max;
use crate::text::Language;

/// Densities as plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ridges {
    /// What is shown.
    pub title: String,
    /// One line more about it; may be empty.
    pub subtitle: String,
    /// Unit of the values; may be empty.
    pub unit: String,
    /// From the first year to the last.
    pub ridges: Vec<Ridge>,
    /// Scenario, paths, seed, source.
    pub footer: String,
}

/// The density of one year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ridge {
    /// The year.
    pub label: String,
    /// Value and density, values ascending.
    pub points: Vec<Point>,
    /// The median.
    pub median: f64,
    /// The median in words.
    pub median_label: String,
    /// What targets ask in that year: level, and the level with its odds.
    pub marks: Vec<(f64, String)>,
}

/// How far a ridge may rise over the one above it, in rows.
const OVERLAP: f64 = 1.5;

/// Draws densities as SVG.
pub fn draw(figure: &Ridges, size: Size, language: Language) -> String {
    let (median, mark, unit) = match language {
        Language::En => ("Median", "Target: odds that it is met", format!("Unit: {}", figure.unit)),
        Language::Zh => ("中位数", "目标及其达成概率", format!("单位：{}", figure.unit)),
    };
    let density = match language {
        Language::En => "Density of all paths",
        Language::Zh => "各路径取值的概率密度",
    };
    let mut legend =
        vec![(Key::Area(band(2, 4)), density.to_owned()), (Key::Line(MEDIAN), median.to_owned())];
    if figure.ridges.iter().any(|ridge| !ridge.marks.is_empty()) {
        legend.push((Key::Line(TARGET), mark.to_owned()));
    }
    draw_page(size, &figure.title, |canvas| {
        let words = Around {
            title: &figure.title,
            subtitle: &figure.subtitle,
            footer: &figure.footer,
            legend: &legend,
            axes: if figure.unit.is_empty() { "" } else { &unit },
        };
        let ground = frame::around(canvas, &words, size);
        paint(canvas, figure, ground, median);
    })
}

fn paint(canvas: &Canvas, figure: &Ridges, ground: Area, median: &str) {
    let widest = |words: &mut dyn Iterator<Item = String>| {
        words.map(|word| font::width(&word, letter::LABEL)).fold(0.0, max)
    };
    let years = widest(&mut figure.ridges.iter().map(|ridge| ridge.label.clone()));
    let medians =
        widest(&mut figure.ridges.iter().map(|ridge| ridge.median_label.clone()).chain([median.to_owned()]));
    let field = Area {
        left: ground.left + years + 16.0,
        right: ground.right - medians - 20.0,
        bottom: ground.bottom - 28.0,
        ..ground
    };
    let (low, high) = range(extent(figure));
    let ticks = Ticks::enclosing(low, high, 7);
    let x = axes::along(canvas, &ticks, &axes::labels(&ticks, false), &field, true);
    let row = (field.bottom - field.top) / (figure.ridges.len() as f64 + OVERLAP - 1.0 + 0.35);
    let highest = figure.ridges.iter().flat_map(|ridge| ridge.points.iter().map(|p| p.1)).fold(0.0, max);
    let right = (ground.right, field.right);
    canvas.text(median, (right.0, field.top + 4.0), Anchor::End, letter::LABEL, MEDIAN);
    // From the top down: each stands in front of those before it. Labels come last, over all of them.
    let bases: Vec<f64> = (0..figure.ridges.len())
        .map(|place| field.bottom - row * (figure.ridges.len() - 1 - place) as f64 - 0.3 * row)
        .collect();
    for (ridge, base) in figure.ridges.iter().zip(&bases) {
        let height = Scale { low: 0.0, high: highest, start: *base, end: base - OVERLAP * row };
        one(canvas, ridge, &x, &height, &field);
        canvas.text(&ridge.label, (field.left - 10.0, base + 1.0), Anchor::End, letter::LABEL, INK);
        canvas.text(&ridge.median_label, (right.0, base + 1.0), Anchor::End, letter::LABEL, INK);
    }
    marks(canvas, figure, &bases, row, &x, &field);
}

/// Where the densities are more than a hundredth of their peak, and what is marked.
fn extent(figure: &Ridges) -> impl Iterator<Item = f64> + '_ {
    figure.ridges.iter().flat_map(|ridge| {
        let peak = ridge.points.iter().map(|p| p.1).fold(0.0, max);
        let seen = ridge.points.iter().filter(move |p| p.1 > 0.01 * peak).map(|p| p.0);
        seen.chain(ridge.marks.iter().map(|mark| mark.0))
    })
}

fn one(canvas: &Canvas, ridge: &Ridge, x: &Scale, height: &Scale, field: &Area) {
    let base = height.start;
    canvas.line(&[(field.left, base), (field.right, base)], AXIS, 0.8);
    let inside = |p: &&Point| (field.left..=field.right).contains(&x.at(p.0));
    let top: Vec<Point> =
        ridge.points.iter().filter(inside).map(|&(value, d)| (x.at(value), height.at(d))).collect();
    let (Some(first), Some(last)) = (top.first(), top.last()) else { return };
    let mut outline = vec![(first.0, base)];
    outline.extend(&top);
    outline.push((last.0, base));
    canvas.polygon(&outline, band(2, 4));
    canvas.line(&top, GROUND, 3.2);
    canvas.line(&top, MEDIAN, 1.4);
    let at = x.at(ridge.median);
    let peak = top.iter().min_by(|a, b| (a.0 - at).abs().total_cmp(&(b.0 - at).abs())).map_or(base, |p| p.1);
    canvas.line(&[(at, base), (at, peak)], MEDIAN, 2.2);
}

fn marks(canvas: &Canvas, figure: &Ridges, bases: &[f64], row: f64, x: &Scale, field: &Area) {
    for (ridge, base) in figure.ridges.iter().zip(bases) {
        let mut sorted: Vec<&(f64, String)> = ridge.marks.iter().collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let wanted: Vec<f64> = sorted.iter().map(|_| base - 0.62 * row).collect();
        let heights = spread(&wanted, 17.0, base - OVERLAP * row, base - 5.0);
        for ((level, label), height) in sorted.into_iter().zip(heights) {
            let at = x.at(*level);
            canvas.line(&[(at, base + 3.0), (at, height - 6.0)], TARGET, 2.2);
            let width = font::width(label, letter::LABEL);
            let right = at + 8.0 + width <= field.right;
            let start = if right { at + 7.0 } else { at - 7.0 - width };
            canvas.rectangle((start - 2.0, height - 9.0), (start + width + 2.0, height + 8.0), GROUND);
            canvas.text(label, (start, height + 4.8), Anchor::Start, letter::LABEL, TARGET);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check;

    #[test]
    fn years_medians_and_targets_are_named_and_nothing_overlaps() {
        let ridge = |year: i32, middle: f64| Ridge {
            label: year.to_string(),
            points: (0..=60)
                .map(|k| {
                    let z = (f64::from(k) - 30.0) / 10.0;
                    (middle + 60.0 * z, 1.0 / (1.0 + z * z * z * z))
                })
                .collect(),
            median: middle,
            median_label: format!("{middle}"),
            marks: if year == 2025 { vec![(2200.0, "≥ 2,200: 48 %".to_owned())] } else { Vec::new() },
        };
        let figure = Ridges {
            title: "GDP".to_owned(),
            unit: "亿元".to_owned(),
            ridges: (0..8).map(|k| ridge(2021 + 2 * k, 1600.0 + 300.0 * f64::from(k))).collect(),
            footer: "plan".to_owned(),
            ..Ridges::default()
        };
        for language in [Language::En, Language::Zh] {
            let svg = draw(&figure, Size::default(), language);
            check::well_set(&svg);
            assert!(["2021", "2035"].iter().all(|y| check::texts(&svg).iter().any(|t| t == y)));
        }
    }
}
