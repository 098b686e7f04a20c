//! Two variables path by path, and the odds of the four quadrants that two levels make.

use super::axes;
use super::canvas::{Anchor, Canvas, Point, Size, draw as draw_page};
use super::font;
use super::frame::{self, Around};
use super::place::Area;
use super::scale::{PixelScale, Ticks, range, with_asked};
use super::style::{BAR, GROUND, INK, MEDIAN, MUTED, TARGET, letter};
use crate::text::{Language, number};
use crate::tr;

/// A scatter plot as plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scatter {
    /// What is shown.
    pub title: String,
    /// One line more about it; may be empty.
    pub subtitle: String,
    /// The variable to the right.
    pub x: ScatterAxis,
    /// The variable upwards.
    pub y: ScatterAxis,
    /// A value of each for every path that is shown.
    pub points: Vec<Point>,
    /// The odds of the quadrants: below and above `y.level` to the left of `x.level`, then to its right.
    pub quadrants: [String; 4],
    /// Scenario, paths, seed, source.
    pub footer: String,
}

/// One of the two variables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScatterAxis {
    /// Title, year and unit.
    pub title: String,
    /// The level that parts the paths.
    pub level: f64,
    /// The level in words: `≥ 2,200`, `2020: 80.2`.
    pub label: String,
    /// Whether values are calendar years.
    pub are_years: bool,
}

/// Draws a scatter plot as SVG.
pub fn draw(figure: &Scatter, size: Size, language: Language) -> String {
    let axes = tr!(language, "chart-scatter-up", title = &figure.y.title);
    let across = tr!(language, "chart-scatter-across", title = &figure.x.title);
    draw_page(size, &figure.title, |canvas| {
        let words = Around {
            title: &figure.title,
            subtitle: &figure.subtitle,
            footer: &figure.footer,
            legend: &[],
            axes: &axes,
        };
        let probability = tr!(language, "chart-probability");
        paint(canvas, figure, frame::around(canvas, &words, size), [&across, probability]);
    })
}

fn paint(canvas: &Canvas, figure: &Scatter, ground: Area, [across, probability]: [&str; 2]) {
    let ticks = |side: &ScatterAxis, pick: fn(&Point) -> f64| {
        let (low, high) = with_asked(range(figure.points.iter().map(pick)), [side.level].into_iter());
        Ticks::of(low, high, 6, side.are_years)
    };
    let (tx, ty) = (ticks(&figure.x, |p| p.0), ticks(&figure.y, |p| p.1));
    let labels = axes::labels(&ty);
    // Both levels are named outside the field: one above it, one to its right.
    let room = font::width(&figure.y.label, letter::LABEL) + 16.0;
    let left = ground.left + axes::label_width(&labels);
    let across = font::wrap(across, letter::LABEL, ground.right - left);
    let field = Area {
        left,
        top: ground.top + 18.0,
        right: ground.right - room,
        bottom: ground.bottom - 31.0 - 17.0 * across.len() as f64,
    };
    let y = axes::upright(canvas, &ty, &labels, &field);
    let x = axes::along(canvas, &tx, &axes::labels(&tx), &field, true);
    for (place, line) in across.iter().enumerate() {
        let at = (field.left, field.bottom + 44.0 + 17.0 * place as f64);
        canvas.text(line, at, Anchor::Start, letter::LABEL, MUTED);
    }
    quadrants(canvas, figure, &x, &y, &field, probability);
    for &(a, b) in &figure.points {
        let above = f64::from(u8::from(a >= figure.x.level)) + f64::from(u8::from(b >= figure.y.level));
        canvas.disc((x.at(a), y.at(b)), 1.9, if above == 1.0 { BAR } else { MEDIAN });
    }
    levels(canvas, figure, &x, &y, &field);
}

fn levels(canvas: &Canvas, figure: &Scatter, x: &PixelScale, y: &PixelScale, field: &Area) {
    let ((across, aside), (up, above)) = (x.within(figure.x.level), y.within(figure.y.level));
    if aside == 0.0 {
        canvas.line(&[(across, field.top - 6.0), (across, field.bottom)], TARGET, 2.0);
    } else {
        canvas.arrow((across, field.top - 2.0), (aside, 0.0), 5.5, TARGET);
    }
    if above == 0.0 {
        canvas.line(&[(field.left, up), (field.right + 6.0, up)], TARGET, 2.0);
    } else {
        canvas.arrow((field.right + 2.0, up), (0.0, -above), 5.5, TARGET);
    }
    let width = font::width(&figure.x.label, letter::LABEL);
    let middle = across.clamp(field.left + width / 2.0, field.right - width / 2.0);
    canvas.text(&figure.x.label, (middle, field.top - 11.0), Anchor::Middle, letter::LABEL, TARGET);
    canvas.text(&figure.y.label, (field.right + 10.0, up + 4.8), Anchor::Start, letter::LABEL, TARGET);
}

/// The odds of each quadrant in its outer corner, on the ground's colour.
fn quadrants(
    canvas: &Canvas,
    figure: &Scatter,
    x: &PixelScale,
    y: &PixelScale,
    field: &Area,
    probability: &str,
) {
    let (across, up) = (x.within(figure.x.level).0, y.within(figure.y.level).0);
    for (place, words) in figure.quadrants.iter().enumerate() {
        let (right, top) = (place / 2 == 1, place % 2 == 1);
        let width = font::width(words, letter::TITLE) + 16.0;
        let (from, to) = if right { (across, field.right) } else { (field.left, across) };
        let (above, below) = if top { (field.top, up) } else { (up, field.bottom) };
        // A quadrant that is too small for its words is left without them.
        if to - from < width || below - above < 36.0 {
            continue;
        }
        let left = if right { to - width - 4.0 } else { from + 4.0 };
        let height = if top { above + 4.0 } else { below - 34.0 };
        canvas.rectangle((left, height), (left + width, height + 30.0), GROUND);
        canvas.text(words, (left + width / 2.0, height + 22.0), Anchor::Middle, letter::TITLE, INK);
        let side = |side: &ScatterAxis, beyond: bool| {
            let relation = if beyond { "≥" } else { "<" };
            (side.title.clone(), format!("{relation} {}", number::trimmed_in(side.level, 6, side.are_years)))
        };
        let probability = (probability.to_owned(), words.clone());
        canvas.spot(
            (left + width / 2.0, height + 15.0),
            16.0,
            &vec![side(&figure.x, right), side(&figure.y, top), probability],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check;

    #[test]
    fn long_titles_of_sides_take_more_lines() {
        let side = |level: f64| ScatterAxis {
            title: "A very long title of a variable with its unit, ".repeat(6),
            level,
            label: "≥ 2".to_owned(),
            are_years: false,
        };
        let figure = Scatter {
            x: side(2.0),
            y: side(900.0),
            points: (0..50).map(|k| (f64::from(k % 7), f64::from(k % 5))).collect(),
            ..Scatter::default()
        };
        check::well_set(&draw(&figure, Size::default(), Language::En));
    }

    #[test]
    fn quadrants_levels_and_sides_are_named_and_nothing_overlaps() {
        let point = |k: i32| (1500.0 + f64::from(k * 37 % 1000), 60.0 + f64::from(k * 17 % 40));
        let figure = Scatter {
            title: "GDP and CO₂ in 2025".to_owned(),
            x: ScatterAxis {
                title: "GDP, 亿元".to_owned(),
                level: 2100.0,
                label: "≥ 2,100".to_owned(),
                are_years: false,
            },
            y: ScatterAxis {
                title: "CO₂, Mt".to_owned(),
                level: 80.0,
                label: "2020: 80".to_owned(),
                are_years: false,
            },
            points: (0..500).map(point).collect(),
            quadrants: ["10 % ± 1", "20 % ± 1", "30 % ± 1", "40 % ± 1"].map(str::to_owned),
            footer: "plan".to_owned(),
            ..Scatter::default()
        };
        for language in [Language::En, Language::Zh] {
            let svg = draw(&figure, Size::default(), language);
            check::well_set(&svg);
            let texts = check::texts(&svg);
            assert!(figure.quadrants.iter().all(|words| texts.contains(words)), "{texts:?}");
        }
    }
}
