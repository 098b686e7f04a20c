//! Joint odds: how often two targets are met together, for every two of some targets.

use super::canvas::{Anchor, Canvas, Size, draw as draw_page, exact};
use super::font;
use super::frame::{self, Around};
use super::place::Area;
use super::style::{GRID, INK, MUTED, heat, letter, on_heat};
use crate::key;
use crate::num::{max, min};
use crate::text::{Language, number};

/// Joint odds as plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatMap {
    /// What is shown.
    pub title: String,
    /// One line more about it; may be empty.
    pub subtitle: String,
    /// What the numbers are, in words.
    pub axes: String,
    /// Whether odds are of the target of the column where that of the row is met; else of both together.
    pub given: bool,
    /// The targets' titles.
    pub targets: Vec<String>,
    /// Row by row: the odds of the row's target together with each target up to itself, or of every target where it is met;
    /// in the row's own column those of its own.
    pub probability: Vec<Vec<f64>>,
    /// The same in words, per cent without its sign: `62`, `<1`; `–` where it is not known.
    pub words: Vec<Vec<String>>,
    /// Scenario, paths, seed, source.
    pub footer: String,
}

/// The highest that a cell may be.
const CELL: f64 = 46.0;
/// The least width of a cell beside the titles of its rows.
const BESIDE: f64 = 30.0;
/// Pixels from line to line of a title.
const LINE: f64 = 17.0;

/// Draws joint odds as SVG of this width, as high as its targets need.
pub fn draw(figure: &HeatMap, width: u32, language: Language) -> String {
    let layout = HeatmapLayout::of(figure, f64::from(width));
    let words = Around {
        title: &figure.title,
        subtitle: &figure.subtitle,
        footer: &figure.footer,
        legend: &[],
        axes: &figure.axes,
    };
    let around = frame::height_around(&words, width);
    let rows = layout.list_height() + layout.heights.iter().sum::<f64>();
    let size = Size { width, height: (around + rows + 30.0).ceil() as u32 };
    draw_page(size, &figure.title, |canvas| {
        let mut ground = frame::around(canvas, &words, size);
        if layout.listed {
            layout.list(canvas, &ground);
            ground.top += layout.list_height();
        }
        paint(canvas, figure, &layout, ground, language);
    })
}

/// Where cells and titles stand.
struct HeatmapLayout {
    /// The left edge of the cells.
    left: f64,
    /// The width of a cell.
    cell: f64,
    /// Whether the titles stand in a list above the cells, and only their numbers beside them: on a narrow page.
    listed: bool,
    titles: Vec<Vec<String>>,
    heights: Vec<f64>,
}

impl HeatmapLayout {
    fn of(figure: &HeatMap, width: f64) -> Self {
        let room = min(
            figure.targets.iter().map(|t| font::width(t, letter::LABEL)).fold(0.0, max) + 1.0,
            width * 0.42,
        );
        let count = figure.targets.len().max(1) as f64;
        let beside = frame::MARGIN + 26.0 + room + 14.0;
        let listed = (width - frame::MARGIN - beside) / count < BESIDE;
        let (left, room) =
            if listed { (frame::MARGIN + 26.0, width - 2.0 * frame::MARGIN - 26.0) } else { (beside, room) };
        let titles: Vec<Vec<String>> =
            figure.targets.iter().map(|title| font::wrap(title, letter::LABEL, room)).collect();
        let cell = min((width - frame::MARGIN - left) / count, 64.0);
        let least = min(max(cell * 0.62, 24.0), CELL);
        let height =
            |lines: &Vec<String>| if listed { least } else { max(least, LINE * lines.len() as f64 + 8.0) };
        let heights = titles.iter().map(height).collect();
        Self { left, cell, listed, titles, heights }
    }

    /// The height of the list of titles.
    fn list_height(&self) -> f64 {
        let lines: usize = self.titles.iter().map(Vec::len).sum();
        if self.listed { LINE * lines as f64 + 5.0 * self.titles.len() as f64 + 8.0 } else { 0.0 }
    }

    fn list(&self, canvas: &Canvas, ground: &Area) {
        let mut top = ground.top + 4.8;
        for (row, lines) in self.titles.iter().enumerate() {
            let number = (row + 1).to_string();
            canvas.text(&number, (ground.left + 18.0, top), Anchor::End, letter::LABEL, MUTED);
            for line in lines {
                canvas.text(line, (ground.left + 26.0, top), Anchor::Start, letter::LABEL, INK);
                top += LINE;
            }
            top += 5.0;
        }
    }
}

fn paint(canvas: &Canvas, figure: &HeatMap, layout: &HeatmapLayout, ground: Area, language: Language) {
    let second = if figure.given { key!("chart-heatmap-then") } else { key!("chart-heatmap-with") };
    let keys = [key!("chart-target"), second, key!("chart-probability")].map(|key| key.text(language));
    let mut top = ground.top;
    for (row, (probability, lines)) in figure.probability.iter().zip(&layout.titles).enumerate() {
        let height = layout.heights[row];
        let middle = top + height / 2.0;
        let number = (row + 1).to_string();
        canvas.text(&number, (ground.left + 18.0, middle + 4.8), Anchor::End, letter::LABEL, MUTED);
        let first = middle + 4.8 - LINE * (lines.len() - 1) as f64 / 2.0;
        for (place, line) in lines.iter().enumerate().filter(|_| !layout.listed) {
            let at = (ground.left + 26.0, first + LINE * place as f64);
            canvas.text(line, at, Anchor::Start, letter::LABEL, INK);
        }
        for (column, &share) in probability.iter().enumerate() {
            let left = layout.left + layout.cell * column as f64;
            let area = Area { left, top, right: left + layout.cell, bottom: top + height };
            let words = figure.words[row][column].as_str();
            cell(canvas, area, (share, words), column == row);
            let other = if column == row { "" } else { &figure.targets[column] };
            let told = |odds: String| -> Vec<(String, String)> {
                let values = [figure.targets[row].clone(), other.to_owned(), odds];
                keys.into_iter().map(str::to_owned).zip(values).collect()
            };
            let said = if share.is_finite() { number::per_cent(words, language) } else { words.to_owned() };
            canvas.spot_of(area.centre(), height / 2.0, &told(said), &told(exact(share)));
        }
        top += height;
    }
    for column in 0..figure.probability.len() {
        let at = (layout.left + layout.cell * (column as f64 + 0.5), top + 18.0);
        canvas.text(&(column + 1).to_string(), at, Anchor::Middle, letter::LABEL, MUTED);
    }
}

fn cell(canvas: &Canvas, area: Area, (share, words): (f64, &str), own: bool) {
    if own {
        canvas.rectangle((area.left + 1.0, area.top + 1.0), (area.right - 1.0, area.bottom - 1.0), INK);
    }
    let inset = if own { 2.6 } else { 1.0 };
    canvas.rectangle(
        (area.left + inset, area.top + inset),
        (area.right - inset, area.bottom - inset),
        if share.is_finite() { heat(share) } else { GRID },
    );
    let (x, y) = area.centre();
    // Smaller where a cell is narrow, and left to what the cell says when pointed at where even that does not fit.
    let fits = |height: &f64| font::width(words, *height) <= area.right - area.left - 2.0;
    if let Some(height) =
        [letter::LABEL, letter::FOOTER, letter::SMALL].into_iter().find(|height| fits(height))
    {
        canvas.text(words, (x, y + 4.8), Anchor::Middle, height, on_heat(share));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check;

    #[test]
    fn every_pair_has_its_cell_and_nothing_overlaps() {
        let targets: Vec<String> = (0..10).map(|k| format!("目标 {k} of the plan ").repeat(4)).collect();
        let probability: Vec<Vec<f64>> =
            (0..10).map(|row| (0..=row).map(|c| f64::from(c) / 10.0).collect()).collect();
        let words =
            probability.iter().map(|row| row.iter().map(|share| format!("{:.0}", share * 100.0)).collect());
        let words = words.collect();
        let figure = HeatMap {
            title: "Together".to_owned(),
            targets,
            probability,
            words,
            footer: "plan".to_owned(),
            ..HeatMap::default()
        };
        for language in [Language::En, Language::Zh] {
            let svg = draw(&figure, 900, language);
            check::well_set(&svg);
            assert_eq!(check::texts(&svg).iter().filter(|t| *t == "90").count(), 1);
            assert_eq!(check::texts(&svg).iter().filter(|t| *t == "0").count(), 10);
        }
    }
}
