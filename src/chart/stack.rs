//! What a whole is made of, year by year: its parts stacked.

use super::axes;
use super::canvas::{Anchor, Canvas, Point, Size, draw as draw_page, exact};
use super::fan::runs;
use super::font;
use super::frame::{self, Around};
use super::place::{Area, spread};
use super::scale::{Ticks, range};
use super::style::{AXIS, Colour, GROUND, INK, MUTED, PARTS, REST, letter};
use crate::num::{max, min};
use crate::text::Language;
use crate::text::number;
use crate::text::period::{heading, time};
use crate::tr;

/// A composition as plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stack {
    /// What is shown.
    pub title: String,
    /// One line more about it; may be empty.
    pub subtitle: String,
    /// Unit of the values; may be empty.
    pub unit: String,
    /// What is said behind the unit: years that are left out; may be empty.
    pub note: String,
    /// The years, ascending.
    pub years: Vec<i32>,
    /// The parts from the bottom up.
    pub parts: Vec<StackBand>,
    /// Scenario, paths, seed, source.
    pub footer: String,
}

/// A part of the whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StackBand {
    /// What it is.
    pub title: String,
    /// By year; not a number where the whole is not shown.
    pub values: Vec<f64>,
    /// Whether it is what is left over.
    pub rest: bool,
}

/// Draws a composition as SVG.
pub fn draw(figure: &Stack, size: Size, language: Language) -> String {
    let mut axes = match figure.unit.as_str() {
        "" => tr!(language, "chart-stack-axes").to_owned(),
        unit => tr!(language, "chart-stack-axes-unit", unit = unit),
    };
    axes.push_str(&figure.note);
    let words = Around {
        title: &figure.title,
        subtitle: &figure.subtitle,
        footer: &figure.footer,
        legend: &[],
        axes: &axes,
    };
    let names = EndLabels::of(figure, f64::from(size.width) - 2.0 * frame::MARGIN, language);
    let size = frame::tall_enough(
        &words,
        size,
        max(frame::LEAST_FIELD, 17.0 * figure.parts.len() as f64 + 60.0) + names.list_height(),
    );
    draw_page(size, &figure.title, |canvas| {
        paint(
            canvas,
            figure,
            frame::around(canvas, &words, size),
            heading(figure.years.first().copied().unwrap_or_default(), language),
            language,
        );
    })
}

fn colour(place: usize, part: &StackBand) -> Colour {
    if part.rest { REST } else { PARTS[place % PARTS.len()] }
}

/// Below and above each part, by year.
fn layers(figure: &Stack) -> Vec<Vec<(f64, f64)>> {
    let mut below = vec![0.0; figure.years.len()];
    let mut layers = Vec::new();
    for part in &figure.parts {
        let layer: Vec<(f64, f64)> =
            below.iter().zip(&part.values).map(|(low, value)| (*low, low + value)).collect();
        below = layer.iter().map(|(_, high)| *high).collect();
        layers.push(layer);
    }
    layers
}

fn paint(canvas: &Canvas, figure: &Stack, ground: Area, year_key: &str, language: Language) {
    let layers = layers(figure);
    let (Some(&first), Some(&last)) = (figure.years.first(), figure.years.last()) else { return };
    let names = EndLabels::of(figure, ground.right - ground.left, language);
    let (_, high) = range(layers.iter().flatten().map(|(_, high)| *high));
    let ticks = Ticks::enclosing(0.0, high, 6);
    let labels = axes::labels(&ticks);
    let field = Area {
        left: ground.left + axes::label_width(&labels),
        top: ground.top + 22.0,
        right: if names.listed { ground.right - 18.0 } else { ground.right - names.width() - 30.0 },
        bottom: ground.bottom - 28.0 - names.list_height(),
    };
    let y = axes::upright(canvas, &ticks, &labels, &field);
    let x = axes::years(canvas, first, last, &field);
    for (place, (part, layer)) in figure.parts.iter().zip(&layers).enumerate() {
        let (lows, highs): (Vec<f64>, Vec<f64>) = layer.iter().copied().unzip();
        for run in runs(&figure.years, &lows, &highs) {
            let at = |year: i32, value: f64| (x.at(time(year)), y.at(value));
            let above: Vec<Point> = run.iter().map(|&(year, _, high)| at(year, high)).collect();
            let below = run.iter().rev().map(|&(year, low, _)| at(year, low));
            let outline: Vec<Point> = above.iter().copied().chain(below).collect();
            canvas.polygon(&outline, colour(place, part));
            canvas.line(&above, GROUND, 1.2);
        }
    }
    let known = |place: &usize| {
        figure.parts.iter().all(|part| part.values.get(*place).is_some_and(|v| v.is_finite()))
    };
    for (place, &year) in figure.years.iter().enumerate().filter(|(place, _)| known(place)) {
        let told = |words: &dyn Fn(f64) -> String| {
            let mut saying = vec![(year_key.to_owned(), number::year(year))];
            let value = |part: &StackBand| part.values.get(place).map_or_else(String::new, |v| words(*v));
            saying.extend(figure.parts.iter().rev().map(|part| (part.title.clone(), value(part))));
            saying
        };
        let total = layers.last().and_then(|layer| layer.get(place)).map_or(0.0, |(_, high)| *high);
        let (saying, row) = (told(&|value| number::digits(value, 4)), told(&exact));
        canvas.spot_of((x.at(time(year)), y.at(total)), 10.0, &saying, &row);
    }
    let last = (0..figure.years.len()).rev().find(known);
    let tops: Vec<(f64, f64)> = layers
        .iter()
        .filter_map(|layer| layer.get(last?))
        .map(|(low, high)| (y.at(*low), y.at(*high)))
        .collect();
    if names.listed {
        names.list(canvas, figure, &field, &ground);
    } else {
        let from = last.map_or(field.right, |last| x.at(time(figure.years[last])));
        names.write(canvas, figure, &tops, from, &field, ground.right);
    }
}

/// The parts' names at the right end, with their shares of the first and of the last year.
struct EndLabels {
    titles: Vec<Vec<String>>,
    shares: Vec<[String; 2]>,
    heads: [String; 2],
    title_width: f64,
    share_width: f64,
    /// Whether names stand in a list below the years, as on a narrow page, and not at the right end.
    listed: bool,
}

/// The least width of a page that has names at the right end.
const BESIDE: f64 = 480.0;

impl EndLabels {
    fn of(figure: &Stack, room: f64, language: Language) -> Self {
        let share = |part: &StackBand, place: Option<usize>| {
            let place = place.unwrap_or(0);
            let total: f64 = figure.parts.iter().filter_map(|part| part.values.get(place)).sum();
            let value = part.values.get(place).copied().unwrap_or(f64::NAN);
            if total > 0.0 { number::percent(value / total, language) } else { "–".to_owned() }
        };
        // Of the first and the last year whose parts are known.
        let known = |place: &usize| {
            figure.parts.iter().all(|part| part.values.get(*place).is_some_and(|value| value.is_finite()))
        };
        let ends = [(0..figure.years.len()).find(known), (0..figure.years.len()).rev().find(known)];
        let shares: Vec<[String; 2]> =
            figure.parts.iter().map(|part| ends.map(|end| share(part, end))).collect();
        let heads = ends.map(|end| end.map_or_else(String::new, |end| number::year(figure.years[end])));
        let width = |words: &String| font::width(words, letter::LABEL);
        let share_width = shares.iter().flatten().chain(&heads).map(width).fold(0.0, max);
        let listed = room < BESIDE;
        let most = if listed { room - 20.0 - 2.0 * (share_width + 12.0) } else { room * 0.26 };
        let title_width = min(figure.parts.iter().map(|part| width(&part.title)).fold(0.0, max) + 0.5, most);
        let titles =
            figure.parts.iter().map(|part| font::wrap(&part.title, letter::LABEL, title_width)).collect();
        Self { titles, shares, heads, title_width, share_width, listed }
    }

    fn width(&self) -> f64 {
        self.title_width + 2.0 * (self.share_width + 12.0)
    }

    /// The height of the list; 0 where names stand at the right end.
    fn list_height(&self) -> f64 {
        let lines: usize = self.titles.iter().map(Vec::len).sum();
        if self.listed { 30.0 + 17.0 * lines as f64 + 5.0 * self.titles.len() as f64 } else { 0.0 }
    }

    /// The list below the years, from the top down as the parts stand in the figure.
    fn list(&self, canvas: &Canvas, figure: &Stack, field: &Area, ground: &Area) {
        let ends = [ground.right - self.share_width - 12.0, ground.right];
        let mut at = field.bottom + 46.0;
        for (head, end) in self.heads.iter().zip(ends) {
            canvas.text(head, (end, at), Anchor::End, letter::LABEL, MUTED);
        }
        for part in (0..figure.parts.len()).rev() {
            at += 22.0;
            let swatch = (ground.left, at - 11.0);
            canvas.rectangle(swatch, (swatch.0 + 12.0, at + 1.0), colour(part, &figure.parts[part]));
            for ((share, end), ink) in self.shares[part].iter().zip(ends).zip([MUTED, INK]) {
                canvas.text(share, (end, at), Anchor::End, letter::LABEL, ink);
            }
            for (place, line) in self.titles[part].iter().enumerate() {
                at += if place == 0 { 0.0 } else { 17.0 };
                canvas.text(line, (ground.left + 20.0, at), Anchor::Start, letter::LABEL, INK);
            }
        }
    }

    /// The names at the right end, each with a line from where its part ends.
    fn write(
        &self,
        canvas: &Canvas,
        figure: &Stack,
        tops: &[(f64, f64)],
        from: f64,
        field: &Area,
        right: f64,
    ) {
        // From the top down, as they stand in the figure.
        let lines = self.titles.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let order: Vec<usize> = (0..tops.len()).rev().collect();
        let wanted: Vec<f64> = order.iter().map(|&k| f64::midpoint(tops[k].0, tops[k].1)).collect();
        let gap = min(16.0 * lines + 5.0, (field.bottom - field.top) / tops.len().max(1) as f64);
        let places = spread(&wanted, gap, field.top + 4.0, field.bottom - 4.0);
        let left = right - self.width();
        let ends = [right - self.share_width - 12.0, right];
        for (head, end) in self.heads.iter().zip(ends) {
            canvas.text(head, (end, field.top - 20.0), Anchor::End, letter::LABEL, MUTED);
        }
        for ((&part, wanted), at) in order.iter().zip(&wanted).zip(places) {
            canvas.line(&[(from + 1.0, *wanted), (left - 12.0, at), (left - 5.0, at)], AXIS, 0.8);
            canvas.rectangle(
                (left - 8.0, at - 6.0),
                (left - 4.0, at + 6.0),
                colour(part, &figure.parts[part]),
            );
            let first = at + 4.8 - 8.0 * (self.titles[part].len() - 1) as f64;
            for (place, line) in self.titles[part].iter().enumerate() {
                let place = (left, first + 16.0 * place as f64);
                canvas.text(line, place, Anchor::Start, letter::LABEL, INK);
            }
            for ((share, end), ink) in self.shares[part].iter().zip(ends).zip([MUTED, INK]) {
                canvas.text(share, (end, at + 4.8), Anchor::End, letter::LABEL, ink);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check;

    #[test]
    fn parts_are_named_with_their_shares_and_nothing_overlaps() {
        let part = |k: i32| StackBand {
            title: if k == 2 {
                "煤化工及其下游产品的生产与销售".to_owned()
            } else {
                format!("Part {k}")
            },
            values: (0..16).map(|year| 10.0 + f64::from(k * year) / 10.0).collect(),
            rest: k == 8,
        };
        let figure = Stack {
            title: "GDP".to_owned(),
            unit: "亿元".to_owned(),
            years: (2020..=2035).collect(),
            parts: (0..9).map(part).collect(),
            footer: "plan".to_owned(),
            ..Stack::default()
        };
        for language in [Language::En, Language::Zh] {
            let svg = draw(&figure, Size::default(), language);
            check::well_set(&svg);
            assert!(check::texts(&svg).iter().filter(|t| t.replace(' ', "") == "11%").count() >= 9);
        }
        assert_eq!(layers(&figure)[8][0], (80.0, 90.0));
    }
}
