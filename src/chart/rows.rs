//! Floating bars in rows: tornados, shares by year, waterfalls, boxes over inputs.

use super::axes::labelled;
use super::canvas::{Anchor, Canvas, Size, draw as draw_page, exact};
use super::font;
use super::frame::{self, LegendKey, MARGIN};
use super::scale::{PixelScale, Ticks, range};
use super::style::{AXIS, Colour, GRID, INK, LIKELY, MUTED, OPEN, PALE, UNLIKELY, letter};
use crate::num::{max, min};
use crate::text::Language;
use crate::text::number::{fixed, per_cent};

/// Pixels from one bar to the next, for a title of one line.
const ROW: f64 = 25.0;
/// Pixels from line to line of a title.
const LINE: f64 = 17.0;
/// The least pixels that bars have for themselves.
const LEAST: f64 = 100.0;
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
    /// Its colour on white.
    pub fn colour(self) -> Colour {
        match self {
            Self::High => LIKELY,
            Self::Low => UNLIKELY,
            Self::Neutral => OPEN,
            Self::Total => MUTED,
            Self::Pale => PALE,
        }
    }
}

/// Draws the rows as SVG of this width, as high as they need.
pub fn draw(rows: &FloatingBars, width: u32, language: Language) -> String {
    let layout = RowsLayout::of(rows, f64::from(width));
    let (footer, footer_height) = frame::footer_lines(&rows.footer, layout.width);
    // The head is as high as it is: drawn once on a page that is thrown away.
    let mut top = 0.0;
    draw_page(Size { width, height: 1 }, "", |canvas| top = head(canvas, rows, &layout));
    let height = (top + 34.0 + layout.height + 10.0 + footer_height).ceil();
    draw_page(Size { width, height: height as u32 }, &rows.title, |canvas| {
        head(canvas, rows, &layout);
        frame::footer(canvas, &footer, layout.width, height);
        grid(canvas, rows, &layout, top + 34.0, language);
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
    /// Whether titles stand above their bars, as on a narrow page, and not to their left.
    stacked: bool,
    height: f64,
    ticks: Ticks,
    scale: PixelScale,
    /// Whether labels have a line of their own above their bars.
    labelled_above: bool,
    titles: Vec<Vec<String>>,
}

impl RowsLayout {
    fn of(rows: &FloatingBars, width: f64) -> Self {
        let widest = |words: fn(&BarRow) -> &str| {
            rows.rows.iter().map(|r| font::width(words(r), letter::LABEL)).fold(0.0, max)
        };
        let room = min(widest(|row| &row.title), width * 0.4);
        let end = width - MARGIN - widest(|row| &row.label) - 16.0;
        let stacked = end < MARGIN + room + 14.0 + LEAST;
        let (room, start) =
            if stacked { (width - 2.0 * MARGIN, MARGIN + 8.0) } else { (room, MARGIN + room + 14.0) };
        // Where not even that leaves room for a bar, the label stands in the line of the title.
        let end = if stacked && end < start + LEAST { width - MARGIN - 8.0 } else { end };
        let titles: Vec<_> =
            rows.rows.iter().map(|row| font::wrap(&row.title, letter::LABEL, room + 0.5)).collect();
        let bars = rows.rows.iter().flat_map(|row| row.bars.iter().flat_map(|(from, to, _)| [*from, *to]));
        let intervals = rows.rows.iter().filter_map(|row| row.interval).flat_map(|(a, b)| [a, b]);
        let labelled_above = stacked && end > width - MARGIN - 10.0;
        let (low, high) = range(bars.chain(intervals).chain(rows.center));
        let ticks = Ticks::of(low, high, ((end - start) / 90.0) as usize + 1, rows.are_years);
        Self {
            width,
            height: titles.iter().map(|lines| row_height(lines, stacked, labelled_above)).sum(),
            scale: ticks.scale(start, end),
            stacked,
            labelled_above,
            ticks,
            titles,
        }
    }

    fn row_height(&self, lines: &[String]) -> f64 {
        row_height(lines, self.stacked, self.labelled_above)
    }
}

fn row_height(lines: &[String], stacked: bool, labelled_above: bool) -> f64 {
    let lines = lines.len().max(1) + usize::from(labelled_above);
    ROW + LINE * (lines - usize::from(!stacked)) as f64
}

fn grid(canvas: &Canvas, rows: &FloatingBars, layout: &RowsLayout, top: f64, language: Language) {
    // Where the tick labels end.
    let mut reached: f64 = 0.0;
    let word = |value: f64| {
        if rows.percent {
            per_cent(&fixed(value * 100.0, (layout.ticks.decimals - 2).max(0)), language)
        } else if rows.are_years {
            format!("{value:.*}", layout.ticks.decimals as usize)
        } else {
            layout.ticks.label(value)
        }
    };
    let labels: Vec<String> = layout.ticks.values.iter().map(|value| word(*value)).collect();
    let apart = (layout.scale.end - layout.scale.start) / (labels.len().max(2) - 1) as f64;
    let step = labelled(&labels, apart);
    for (place, (&value, words)) in layout.ticks.values.iter().zip(&labels).enumerate() {
        let x = layout.scale.at(value);
        canvas.line(&[(x, top + 4.0), (x, top + layout.height)], GRID, 1.0);
        if place % step != 0 {
            continue;
        }
        canvas.text(words, (x, top - 4.0), Anchor::Middle, letter::FOOTER, MUTED);
        reached = max(reached, x + font::width(words, letter::FOOTER) / 2.0);
    }
    // Beside the labels where there is room, else above them.
    let start = layout.width - MARGIN - font::width(&rows.unit, letter::FOOTER);
    let y = if start > reached + 6.0 { top - 4.0 } else { top - 18.0 };
    canvas.text(&rows.unit, (layout.width - MARGIN, y), Anchor::End, letter::FOOTER, MUTED);
}

fn all(canvas: &Canvas, rows: &FloatingBars, layout: &RowsLayout, top: f64) {
    let mut y = top;
    for (row, lines) in rows.rows.iter().zip(&layout.titles) {
        let height = layout.row_height(lines);
        let centre = y + height / 2.0;
        let first = if layout.stacked {
            y + 14.0
        } else {
            centre + 4.5 - LINE * (lines.len().max(1) - 1) as f64 / 2.0
        };
        for (place, line) in lines.iter().enumerate() {
            canvas.text(line, (MARGIN, first + LINE * place as f64), Anchor::Start, letter::LABEL, INK);
        }
        let middle = if layout.stacked { y + height - ROW / 2.0 } else { centre };
        one(canvas, row, layout, middle);
        y += height;
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
    let mut told = saying.clone();
    for (place, (from, to, _)) in row.bars.iter().enumerate() {
        told.extend(
            [("<", from), (">", to)].map(|(end, value)| (format!("{} {end}", place + 1), exact(*value))),
        );
    }
    canvas.spot_of((f64::midpoint(left, right), middle), HALF + 3.0, &saying, &told);
    let place = (layout.width - MARGIN, middle + 4.5 - if layout.labelled_above { LINE + 3.0 } else { 0.0 });
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
        let svg = draw(&rows, 800, Language::En);
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
        let svg = draw(&rows, 800, Language::En);
        assert!(height_of(&svg, &rows.unit).unwrap() < height_of(&svg, "10").unwrap());
        assert!(height_of(&svg, "raises it").is_some() && height_of(&svg, "lowers it").is_none());
    }
}
