//! Densities by year, one above the other: how a distribution moves and widens.

use super::axes;
use super::canvas::{Anchor, Canvas, Point, Size, draw as draw_page, exact};
use super::font;
use super::frame::{self, Around, LegendKey};
use super::labels::{noted, placed};
use super::place::Area;
use super::scale::{PixelScale, Ticks, range, with_asked};
use super::style::{AXIS, GROUND, INK, MEDIAN, TARGET, band, letter};
use crate::num::max;
use crate::text::Language;
use crate::text::period::{heading, parse};
use crate::tr;

/// Densities as plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ridges {
    /// What is shown.
    pub title: String,
    /// One line more about it; may be empty.
    pub subtitle: String,
    /// Unit of the values; may be empty.
    pub unit: String,
    /// Whether values are shown on a logarithmic axis.
    pub logarithmic: bool,
    /// Whether values are calendar years.
    pub are_years: bool,
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

/// How high a ridge rises, in rows: each to its own peak, as the first year would flatten all others.
const RISE: f64 = 1.15;

/// The least pixels from one year to the next: their labels must not touch.
const LEAST: f64 = 19.0;

/// Draws densities as SVG.
pub fn draw(figure: &Ridges, size: Size, language: Language) -> String {
    let median = tr!(language, "chart-median");
    let unit = axes::unit(&figure.unit, figure.logarithmic, language);
    let density = tr!(language, "chart-ridges-density");
    let mut legend =
        vec![(LegendKey::Area(band(2, 4)), density.to_owned()), (LegendKey::Line(MEDIAN), median.to_owned())];
    if figure.ridges.iter().any(|ridge| !ridge.marks.is_empty()) {
        legend.push((LegendKey::Line(TARGET), tr!(language, "chart-legend-mark").to_owned()));
    }
    let scale = scale_of(figure).0.scale(0.0, 1.0);
    let measured = axes::measured(figure.logarithmic);
    let mut levels = figure.ridges.iter().flat_map(|ridge| &ridge.marks).map(|mark| measured(mark.0));
    if levels.any(|level| scale.within(level).1 != 0.0) {
        legend.push(frame::beyond(language));
    }
    let words = Around {
        title: &figure.title,
        subtitle: &figure.subtitle,
        footer: &figure.footer,
        legend: &legend,
        axes: &unit,
    };
    // Very many years take more height than was asked for.
    let least = 28.0 + LEAST * (figure.ridges.len() as f64 + RISE);
    let size = frame::tall_enough(&words, size, max(least, frame::LEAST_FIELD));
    noted(&figure.footer, language, |footer| {
        let mut unlabelled = 0;
        let svg = draw_page(size, &figure.title, |canvas| {
            let ground = frame::around(canvas, &Around { footer, ..words }, size);
            let first = figure.ridges.first().and_then(|ridge| parse(&ridge.label)).unwrap_or_default();
            let keys = (heading(first, language), median, tr!(language, "chart-target"));
            unlabelled = paint(canvas, figure, ground, keys);
        });
        (svg, unlabelled)
    })
}

/// `keys` are what a year, its median and a target are called. Gives the number of targets without a label.
fn paint(canvas: &Canvas, figure: &Ridges, ground: Area, keys: (&str, &str, &str)) -> usize {
    let median = keys.1;
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
    let (ticks, labels) = scale_of(figure);
    let scale = axes::along(canvas, &ticks, &labels, &field, true);
    let measured = axes::measured(figure.logarithmic);
    let x = |value| scale.within(measured(value));
    let row = (field.bottom - field.top) / (figure.ridges.len() as f64 + RISE - 1.0 + 0.35);
    let right = (ground.right, field.right);
    canvas.text(median, (right.0, field.top + 4.0), Anchor::End, letter::LABEL, MEDIAN);
    // From the top down: each stands in front of those before it. Labels come last, over all of them.
    let bases: Vec<f64> = (0..figure.ridges.len())
        .map(|place| field.bottom - row * (figure.ridges.len() - 1 - place) as f64 - 0.3 * row)
        .collect();
    for (ridge, base) in figure.ridges.iter().zip(&bases) {
        let highest = ridge.points.iter().map(|p| p.1).fold(f64::MIN_POSITIVE, max);
        let height = PixelScale { low: 0.0, high: highest, start: *base, end: base - RISE * row };
        one(canvas, ridge, &x, &height, &field);
        canvas.text(&ridge.label, (field.left - 10.0, base + 1.0), Anchor::End, letter::LABEL, INK);
        canvas.text(&ridge.median_label, (right.0, base + 1.0), Anchor::End, letter::LABEL, INK);
        let told =
            |median: String| vec![(keys.0.to_owned(), ridge.label.clone()), (keys.1.to_owned(), median)];
        let mut saying = told(ridge.median_label.clone());
        saying.extend(ridge.marks.iter().map(|mark| (keys.2.to_owned(), mark.1.clone())));
        canvas.spot_of((x(ridge.median).0, *base), 10.0, &saying, &told(exact(ridge.median)));
    }
    marks(canvas, figure, &bases, row, &x, &field)
}

/// Ticks and their labels: they enclose where the densities are more than a fiftieth of their peak, and what is marked.
fn scale_of(figure: &Ridges) -> (Ticks, Vec<String>) {
    let measured = axes::measured(figure.logarithmic);
    let seen = figure.ridges.iter().flat_map(|ridge| {
        let peak = ridge.points.iter().map(|p| p.1).fold(0.0, max);
        ridge.points.iter().filter(move |p| p.1 > 0.02 * peak).map(|p| p.0)
    });
    let asked = figure.ridges.iter().flat_map(|ridge| &ridge.marks).map(|mark| measured(mark.0));
    let (low, high) = with_asked(range(seen.map(&measured)), asked);
    axes::enclosing(low, high, 7, figure.logarithmic, figure.are_years)
}

fn one(canvas: &Canvas, ridge: &Ridge, x: &impl Fn(f64) -> (f64, f64), height: &PixelScale, field: &Area) {
    let base = height.start;
    canvas.line(&[(field.left, base), (field.right, base)], AXIS, 0.8);
    let inside = |p: &&Point| x(p.0).1 == 0.0;
    let top: Vec<Point> =
        ridge.points.iter().filter(inside).map(|&(value, d)| (x(value).0, height.at(d))).collect();
    let (Some(first), Some(last)) = (top.first(), top.last()) else { return };
    let mut outline = vec![(first.0, base)];
    outline.extend(&top);
    outline.push((last.0, base));
    canvas.polygon(&outline, band(2, 4));
    canvas.line(&top, GROUND, 3.2);
    canvas.line(&top, MEDIAN, 1.4);
    let at = x(ridge.median).0;
    let peak = top.iter().min_by(|a, b| (a.0 - at).abs().total_cmp(&(b.0 - at).abs())).map_or(base, |p| p.1);
    canvas.line(&[(at, base), (at, peak)], MEDIAN, 2.2);
}

/// Draws what targets ask of each year; gives the number of those without a label.
fn marks(
    canvas: &Canvas,
    figure: &Ridges,
    bases: &[f64],
    row: f64,
    x: &impl Fn(f64) -> (f64, f64),
    field: &Area,
) -> usize {
    let of_year = |(ridge, base): (&'_ Ridge, &f64)| -> Vec<(f64, f64, f64, String)> {
        let base = *base;
        let mark = |(level, label): &(f64, String)| {
            let (at, beyond) = x(*level);
            (at, base, beyond, label.clone())
        };
        ridge.marks.iter().map(mark).collect()
    };
    let all: Vec<(f64, f64, f64, String)> = figure.ridges.iter().zip(bases).flat_map(of_year).collect();
    let points: Vec<Point> = all.iter().map(|(at, base, ..)| (*at, base - 0.5 * row)).collect();
    let size = |label: &String| (font::width(label, letter::LABEL) + 14.0, 23.0);
    let sizes: Vec<(f64, f64)> = all.iter().map(|(.., label)| size(label)).collect();
    let mut taken: Vec<Area> = points.iter().map(|point| Area::around(*point, 10.0, 0.6 * row)).collect();
    let labels = placed(&points, &sizes, field, &mut taken, &[]);
    for ((at, base, beyond, label), point) in all.iter().zip(&points) {
        if *beyond == 0.0 {
            canvas.line(&[(*at, base + 3.0), *point], TARGET, 2.2);
        } else {
            canvas.arrow(*point, (*beyond, 0.0), 5.5, TARGET);
        }
        canvas.hint(*point, 7.0, label);
    }
    for (((.., label), point), area) in all.iter().zip(&points).zip(&labels) {
        if let Some(area) = area {
            frame::label(canvas, label, *point, area, TARGET);
        }
    }
    labels.iter().filter(|area| area.is_none()).count()
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
