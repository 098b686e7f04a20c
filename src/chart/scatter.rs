//! Two variables path by path, and the odds of the four quadrants that two levels make.

use super::axes;
use super::canvas::{Anchor, Canvas, Point, Size, draw as draw_page};
use super::font;
use super::frame::{self, Around, LegendKey};
use super::place::Area;
use super::scale::{PixelScale, Ticks, range, with_asked};
use super::style::{Colour, GROUND, INK, MEDIAN, MUTED, TARGET, letter};
use crate::num::{max, min};
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
    /// How many paths the odds are of.
    pub paths: u64,
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
    /// What it is, in a word.
    pub name: String,
    /// Title, year and unit.
    pub title: String,
    /// The level that parts the paths.
    pub level: f64,
    /// The level in words: `≥ 2,200`, `2020: 80.2`.
    pub label: String,
    /// Whether values are calendar years.
    pub are_years: bool,
}

/// The colours of the quadrants, in their order.
const QUADRANTS: [Colour; 4] = [(118, 126, 134), (0, 128, 92), (214, 119, 45), MEDIAN];
/// The share of the paths at each end of an axis that may lie beyond it, where they would stretch it.
const FAR: f64 = 0.005;

/// Draws a scatter plot as SVG.
pub fn draw(figure: &Scatter, size: Size, language: Language) -> String {
    let ticks =
        [(&figure.x, true), (&figure.y, false)].map(|(side, across)| side_ticks(figure, side, across));
    let scales = ticks.each_ref().map(|ticks| ticks.scale(0.0, 1.0));
    let is_beyond = |point: &&Point| scales[0].within(point.0).1 != 0.0 || scales[1].within(point.1).1 != 0.0;
    let beyond = figure.points.iter().filter(is_beyond).count();
    let mut axes = tr!(language, "chart-scatter-drawn", shown = figure.points.len(), paths = figure.paths);
    if beyond > 0 {
        axes.push_str(&tr!(language, "chart-scatter-beyond", count = beyond));
    }
    // Both directions in words, so that nobody has to find the corner.
    let part = |side: &ScatterAxis, above: bool| {
        let relation = if above { "≥" } else { "<" };
        format!("{} {relation} {}", side.name, number::trimmed_in(side.level, 6, side.are_years))
    };
    let legend = [(false, true), (true, true), (false, false), (true, false)].map(|(right, top)| {
        let place = 2 * usize::from(right) + usize::from(top);
        let (x, y, odds) = (part(&figure.x, right), part(&figure.y, top), &figure.quadrants[place]);
        (
            LegendKey::Disc(QUADRANTS[place]),
            tr!(language, "chart-scatter-quadrant", x = x, y = y, odds = odds),
        )
    });
    let words = Around {
        title: &figure.title,
        subtitle: &figure.subtitle,
        footer: &figure.footer,
        legend: &legend,
        axes: &axes,
    };
    let titles = [&figure.x, &figure.y].map(|side| {
        font::wrap(&side.title, letter::LABEL, f64::from(size.width) - 2.0 * frame::MARGIN - 80.0).len()
    });
    let least = frame::LEAST_FIELD + 60.0 + 17.0 * titles.iter().sum::<usize>() as f64;
    let size = frame::tall_enough(&words, size, least);
    draw_page(size, &figure.title, |canvas| {
        paint(
            canvas,
            figure,
            &ticks,
            frame::around(canvas, &words, size),
            tr!(language, "chart-probability"),
        );
    })
}

/// The ticks of one side: they enclose all values, unless a few of them would take more than a quarter of the axis.
fn side_ticks(figure: &Scatter, side: &ScatterAxis, is_x: bool) -> Ticks {
    let mut values: Vec<f64> = figure.points.iter().map(|p| if is_x { p.0 } else { p.1 }).collect();
    values.sort_by(f64::total_cmp);
    let all = range(values.iter().copied());
    let left = (values.len() as f64 * FAR) as usize;
    let most = range(values.get(left..values.len() - left).unwrap_or(&[]).iter().copied());
    let stretches = all.1 - all.0 > (most.1 - most.0) / 0.75 && most.1 > most.0;
    let (low, high) = with_asked(if stretches { most } else { all }, std::iter::once(side.level));
    Ticks::of(low, high, 6, side.are_years)
}

fn paint(canvas: &Canvas, figure: &Scatter, [tx, ty]: &[Ticks; 2], ground: Area, probability: &str) {
    let labels = axes::labels(ty);
    let left = ground.left + axes::label_width(&labels);
    let room = ground.right - left;
    // The title of the upward axis stands above it, that of the other below its ticks; both levels are named outside of
    // the field, one above it, one to its right.
    let up = font::wrap(&figure.y.title, letter::LABEL, room);
    let across = font::wrap(&figure.x.title, letter::LABEL, room);
    let aside = min(font::width(&figure.y.label, letter::LABEL) + 16.0, 0.3 * room);
    let aside_lines = font::wrap(&figure.y.label, letter::LABEL, aside - 12.0);
    let field = Area {
        left,
        top: ground.top + 6.0 + 17.0 * up.len() as f64 + 22.0,
        right: ground.right - aside,
        bottom: ground.bottom - 31.0 - 17.0 * across.len() as f64,
    };
    for (place, line) in up.iter().enumerate() {
        let at = (ground.left, ground.top + 8.0 + 17.0 * place as f64);
        canvas.text(line, at, Anchor::Start, letter::LABEL, MUTED);
    }
    let y = axes::upright(canvas, ty, &labels, &field);
    let x = axes::along(canvas, tx, &axes::labels(tx), &field, true);
    for (place, line) in across.iter().enumerate() {
        let at = (field.right, field.bottom + 44.0 + 17.0 * place as f64);
        canvas.text(line, at, Anchor::End, letter::LABEL, MUTED);
    }
    for &(a, b) in &figure.points {
        let place = 2 * usize::from(a >= figure.x.level) + usize::from(b >= figure.y.level);
        let ((left, aside), (top, above)) = (x.within(a), y.within(b));
        match (aside, above) {
            (0.0, 0.0) => canvas.disc((left, top), 1.9, QUADRANTS[place]),
            (0.0, above) => canvas.arrow((left, top), (0.0, -above), 3.4, QUADRANTS[place]),
            (aside, _) => canvas.arrow((left, top), (aside, 0.0), 3.4, QUADRANTS[place]),
        }
    }
    quadrants(canvas, figure, &x, &y, &field, probability);
    levels(canvas, figure, &x, &y, &field, &aside_lines);
}

fn levels(
    canvas: &Canvas,
    figure: &Scatter,
    x: &PixelScale,
    y: &PixelScale,
    field: &Area,
    aside_lines: &[String],
) {
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
    let middle = max(min(across, field.right - width / 2.0), field.left + width / 2.0);
    canvas.text(&figure.x.label, (middle, field.top - 11.0), Anchor::Middle, letter::LABEL, TARGET);
    let more = aside_lines.len() as f64 - 1.0;
    let first = max(min(up + 4.8 - 8.0 * more, field.bottom - 4.0 - 16.0 * more), field.top + 12.0);
    for (place, line) in aside_lines.iter().enumerate() {
        let at = (field.right + 10.0, first + 16.0 * place as f64);
        canvas.text(line, at, Anchor::Start, letter::LABEL, TARGET);
    }
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
        let width = font::width(words, letter::TITLE) + 34.0;
        let (from, to) = if right { (across, field.right) } else { (field.left, across) };
        let (above, below) = if top { (field.top, up) } else { (up, field.bottom) };
        // The legend has them all: a quadrant that is too small for its odds is left without them.
        if to - from < width || below - above < 36.0 {
            continue;
        }
        let left = if right { to - width - 4.0 } else { from + 4.0 };
        let height = if top { above + 4.0 } else { below - 34.0 };
        canvas.rectangle((left, height), (left + width, height + 30.0), GROUND);
        canvas.disc((left + 13.0, height + 15.0), 5.5, QUADRANTS[place]);
        canvas.text(words, (left + 26.0, height + 22.0), Anchor::Start, letter::TITLE, INK);
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
            name: "GDP".to_owned(),
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
                name: "GDP".to_owned(),
                title: "GDP, 亿元".to_owned(),
                level: 2100.0,
                label: "≥ 2,100".to_owned(),
                are_years: false,
            },
            y: ScatterAxis {
                name: "GDP".to_owned(),
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
