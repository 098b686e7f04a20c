//! Floating bars in rows: tornados, shares by year, waterfalls, boxes over inputs.

use super::canvas::{Anchor, Canvas, Size, draw as draw_page};
use super::font;
use super::frame::{self, LegendKey, MARGIN};
use super::scale::{PixelScale, Ticks, range};
use super::style::{AXIS, Colour, GRID, INK, LIKELY, MUTED, OPEN, UNLIKELY, letter};
use crate::num::{max, min};
use crate::text::number::fixed;

/// Pixels from one bar to the next, for a title of one line.
const ROW: f64 = 25.0;
/// Pixels from line to line of a title.
const LINE: f64 = 17.0;
/// Half the height of a bar.
const HALF: f64 = 7.5;

/// Rows of floating bars as plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FloatingBars {
    /// What is shown.
    pub title: String,
    /// One line more about it; may be empty.
    pub subtitle: String,
    /// Unit of the axis; may be empty.
    pub unit: String,
    /// What the tones mean; of a tone that no bar has nothing is said.
    pub legend: Vec<(Tone, String)>,
    /// A value that is marked by a line through all rows.
    pub center: Option<f64>,
    /// Whether values are shares of one, shown in per cent.
    pub percent: bool,
    /// Whether values are calendar years, whose thousands are not grouped.
    pub are_years: bool,
    /// The rows, from the top.
    pub rows: Vec<BarRow>,
    /// Scenario, paths, seed, source.
    pub footer: String,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarRow {
    /// What it is.
    pub title: String,
    /// Its bars: from, to, tone.
    pub bars: Vec<(f64, f64, Tone)>,
    /// An interval drawn over the bars.
    pub interval: Option<(f64, f64)>,
    /// The numbers in words.
    pub label: String,
}

/// What a bar means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// A blue: more, high, learnable.
    #[default]
    High,
    /// A vermilion: less, low, assumed.
    Low,
    /// A grey: neither.
    Neutral,
    /// A dark grey: a total.
    Total,
    /// A pale blue.
    Pale,
}

impl Tone {
    fn colour(self) -> Colour {
        match self {
            Self::High => LIKELY,
            Self::Low => UNLIKELY,
            Self::Neutral => OPEN,
            Self::Total => MUTED,
            Self::Pale => (167, 200, 228),
        }
    }
}

/// Draws the rows as SVG of this width, as high as they need.
pub fn draw(rows: &FloatingBars, width: u32) -> String {
    let layout = RowsLayout::of(rows, f64::from(width));
    let (footer, footer_height) = frame::footer_lines(&rows.footer, layout.width);
    // The head is as high as it is: drawn once on a page that is thrown away.
    let mut top = 0.0;
    draw_page(Size { width, height: 1 }, "", |canvas| top = head(canvas, rows, &layout));
    let height = (top + 34.0 + layout.height + 10.0 + footer_height).ceil();
    draw_page(Size { width, height: height as u32 }, &rows.title, |canvas| {
        head(canvas, rows, &layout);
        frame::footer(canvas, &footer, layout.width, height);
        grid(canvas, rows, &layout, top + 34.0);
        all(canvas, rows, &layout, top + 34.0);
    })
}

fn head(canvas: &Canvas, rows: &FloatingBars, layout: &RowsLayout) -> f64 {
    let below = frame::head(canvas, &rows.title, &rows.subtitle, layout.width);
    let is_drawn = |tone: Tone| rows.rows.iter().flat_map(|row| &row.bars).any(|bar| bar.2 == tone);
    let key = |(tone, words): &(Tone, String)| (LegendKey::Area(tone.colour()), words.clone());
    let items: Vec<(LegendKey, String)> =
        rows.legend.iter().filter(|(tone, _)| is_drawn(*tone)).map(key).collect();
    if items.is_empty() {
        return below;
    }
    frame::legend(canvas, &items, layout.width, below + 4.0)
}

/// Where things stand.
struct RowsLayout {
    width: f64,
    height: f64,
    ticks: Ticks,
    scale: PixelScale,
    titles: Vec<Vec<String>>,
}

impl RowsLayout {
    fn of(rows: &FloatingBars, width: f64) -> Self {
        let widest = |words: fn(&BarRow) -> &str| {
            rows.rows.iter().map(|r| font::width(words(r), letter::LABEL)).fold(0.0, max)
        };
        let room = min(widest(|row| &row.title), width * 0.4);
        let titles: Vec<_> =
            rows.rows.iter().map(|row| font::wrap(&row.title, letter::LABEL, room + 0.5)).collect();
        let start = MARGIN + room + 14.0;
        let end = max(width - MARGIN - widest(|row| &row.label) - 16.0, start + 60.0);
        let bars = rows.rows.iter().flat_map(|row| row.bars.iter().flat_map(|(from, to, _)| [*from, *to]));
        let intervals = rows.rows.iter().filter_map(|row| row.interval).flat_map(|(a, b)| [a, b]);
        let (low, high) = range(bars.chain(intervals).chain(rows.center));
        let ticks = Ticks::of(low, high, ((end - start) / 90.0) as usize + 1, rows.are_years);
        Self {
            width,
            height: titles.iter().map(|lines| row_height(lines)).sum(),
            scale: ticks.scale(start, end),
            ticks,
            titles,
        }
    }
}

fn row_height(lines: &[String]) -> f64 {
    ROW + LINE * (lines.len().max(1) - 1) as f64
}

fn grid(canvas: &Canvas, rows: &FloatingBars, layout: &RowsLayout, top: f64) {
    // Where the tick labels end.
    let mut reached: f64 = 0.0;
    for &value in &layout.ticks.values {
        let x = layout.scale.at(value);
        canvas.line(&[(x, top + 4.0), (x, top + layout.height)], GRID, 1.0);
        let words = if rows.percent {
            format!("{} %", fixed(value * 100.0, (layout.ticks.decimals - 2).max(0)))
        } else if rows.are_years {
            format!("{value:.*}", layout.ticks.decimals as usize)
        } else {
            layout.ticks.label(value)
        };
        canvas.text(&words, (x, top - 4.0), Anchor::Middle, letter::FOOTER, MUTED);
        reached = max(reached, x + font::width(&words, letter::FOOTER) / 2.0);
    }
    // Beside the labels where there is room, else above them.
    let start = layout.width - MARGIN - font::width(&rows.unit, letter::FOOTER);
    let y = if start > reached + 6.0 { top - 4.0 } else { top - 18.0 };
    canvas.text(&rows.unit, (layout.width - MARGIN, y), Anchor::End, letter::FOOTER, MUTED);
}

fn all(canvas: &Canvas, rows: &FloatingBars, layout: &RowsLayout, top: f64) {
    let mut y = top;
    for (row, lines) in rows.rows.iter().zip(&layout.titles) {
        let middle = y + row_height(lines) / 2.0;
        let first = middle + 4.5 - LINE * (lines.len().max(1) - 1) as f64 / 2.0;
        for (place, line) in lines.iter().enumerate() {
            canvas.text(line, (MARGIN, first + LINE * place as f64), Anchor::Start, letter::LABEL, INK);
        }
        one(canvas, row, layout, middle);
        y += row_height(lines);
    }
    if let Some(center) = rows.center {
        let x = layout.scale.at(center);
        canvas.line(&[(x, top + 2.0), (x, y)], AXIS, 1.4);
    }
}

fn one(canvas: &Canvas, row: &BarRow, layout: &RowsLayout, middle: f64) {
    let x = |value| layout.scale.at(value);
    for &(from, to, tone) in row.bars.iter().filter(|(from, to, _)| from.is_finite() && to.is_finite()) {
        let (left, right) = (min(x(from), x(to)), max(x(from), x(to)));
        canvas.rectangle((left, middle - HALF), (max(right, left + 1.0), middle + HALF), tone.colour());
    }
    if let Some((low, high)) = row.interval {
        canvas.line(&[(x(low), middle), (x(high), middle)], INK, 1.4);
        for end in [low, high] {
            canvas.line(&[(x(end), middle - 4.0), (x(end), middle + 4.0)], INK, 1.4);
        }
    }
    let ends: Vec<f64> = row.bars.iter().flat_map(|(from, to, _)| [x(*from), x(*to)]).collect();
    let (left, right) = range(ends.into_iter());
    let saying = vec![(row.title.clone(), row.label.clone())];
    canvas.spot((f64::midpoint(left, right), middle), HALF + 3.0, &saying);
    let place = (layout.width - MARGIN, middle + 4.5);
    canvas.text(&row.label, place, Anchor::End, letter::LABEL, INK);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_title_bars_and_label_on_the_page() {
        let row = |title: &str, low: f64, high: f64| BarRow {
            title: title.to_owned(),
            bars: vec![(low, 5.0, Tone::Low), (5.0, high, Tone::High)],
            interval: Some((low, high)),
            label: "41 %".to_owned(),
        };
        let rows = FloatingBars {
            title: "Why".to_owned(),
            legend: vec![(Tone::Low, "low".to_owned())],
            center: Some(5.0),
            rows: vec![row("Coal price", 2.0, 8.0), row(&"Long words ".repeat(9), 4.0, 6.0)],
            footer: "plan".to_owned(),
            ..FloatingBars::default()
        };
        let svg = draw(&rows, 800);
        let document = roxmltree::Document::parse(&svg).unwrap();
        let texts: Vec<_> = document.descendants().filter(|n| n.has_tag_name("text")).collect();
        assert_eq!(texts.iter().filter(|n| n.text().unwrap().trim() == "41 %").count(), 2);
        let height: f64 = document.root_element().attribute("height").unwrap().parse().unwrap();
        for text in texts {
            let y: f64 = text.attribute("y").unwrap().parse().unwrap();
            assert!(y / 10.0 < height, "{:?} lies below the page", text.text());
        }
    }

    /// The height at which a text stands; `None` when it is not there.
    fn height_of(svg: &str, words: &str) -> Option<f64> {
        let document = roxmltree::Document::parse(svg).unwrap();
        let mut texts = document.descendants().filter(|n| n.has_tag_name("text"));
        let found = texts.find(|n| n.text().is_some_and(|text| text.trim() == words))?;
        found.attribute("y").unwrap().parse().ok()
    }

    #[test]
    fn a_long_unit_stands_above_the_tick_labels_and_only_drawn_tones_are_explained() {
        let row = BarRow { title: "All".to_owned(), bars: vec![(0.0, 10.0, Tone::Low)], ..BarRow::default() };
        let legend = [(Tone::Low, "raises it"), (Tone::High, "lowers it")];
        let rows = FloatingBars {
            unit: "hundred million yuan a year".to_owned(),
            legend: legend.map(|(tone, words)| (tone, words.to_owned())).to_vec(),
            rows: vec![row],
            ..FloatingBars::default()
        };
        let svg = draw(&rows, 800);
        assert!(height_of(&svg, &rows.unit).unwrap() < height_of(&svg, "10").unwrap());
        assert!(height_of(&svg, "raises it").is_some() && height_of(&svg, "lowers it").is_none());
    }
}
