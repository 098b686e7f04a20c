//! A calendar of completion: for each project and year how likely it is to be done by then.

use super::canvas::{Anchor, Canvas, Size, draw as draw_page, exact};
use super::font;
use super::frame::{self, Around, LegendKey};
use super::place::Area;
use super::style::{INK, MUTED, TARGET, heat, letter, on_heat};
use crate::num::{max, min};
use crate::text::Language;
use crate::text::number;
use crate::text::probability::KnownProbability;
use crate::tr;

/// A calendar as plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calendar {
    /// What is shown.
    pub title: String,
    /// One line more about it; may be empty.
    pub subtitle: String,
    /// The years, ascending.
    pub years: Vec<i32>,
    /// How many paths were looked at.
    pub paths: u64,
    /// What the planned years are; may be empty.
    pub planned: String,
    /// What is to be done, in the order of the page.
    pub rows: Vec<CalendarRow>,
    /// Scenario, paths, seed, source.
    pub footer: String,
}

/// One thing that is to be done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CalendarRow {
    /// What it is.
    pub title: String,
    /// By year: the share of the paths on which it is done by then.
    pub done: Vec<f64>,
    /// The year that it is planned for, where there is one.
    pub planned: Option<i32>,
}

/// The height of a row of one line.
const ROW: f64 = 22.0;
/// The least width of a year beside the titles.
const LEAST: f64 = 20.0;
/// Pixels from line to line of a title.
const LINE: f64 = 17.0;

/// Draws a calendar as SVG of this width, as high as its rows need.
pub fn draw(figure: &Calendar, width: u32, language: Language) -> String {
    let planned = figure.rows.iter().any(|row| row.planned.is_some());
    let legend = match figure.planned.as_str() {
        _ if !planned => Vec::new(),
        "" => vec![(LegendKey::Diamond(TARGET), tr!(language, "chart-calendar-planned").to_owned())],
        title => vec![(LegendKey::Diamond(TARGET), title.to_owned())],
    };
    let words = Around {
        title: &figure.title,
        subtitle: &figure.subtitle,
        footer: &figure.footer,
        legend: &legend,
        axes: tr!(language, "chart-calendar-axes"),
    };
    let layout = CalendarLayout::of(figure, f64::from(width), language);
    let rows: f64 = layout.titles.iter().map(|lines| layout.height(lines)).sum();
    let height = frame::height_around(&words, width) + 24.0 + rows;
    let size = Size { width, height: height.ceil() as u32 };
    draw_page(size, &figure.title, |canvas| {
        paint(canvas, figure, &layout, frame::around(canvas, &words, size), language);
    })
}

/// Where years and titles stand.
struct CalendarLayout {
    /// The left edge of the first year.
    left: f64,
    /// The width of a year.
    cell: f64,
    /// The right edge of the column of what is never done.
    right: f64,
    /// Whether titles stand above their years, as on a narrow page, and not to their left.
    stacked: bool,
    titles: Vec<Vec<String>>,
}

impl CalendarLayout {
    fn of(figure: &Calendar, width: f64, language: Language) -> Self {
        let right = width - frame::MARGIN;
        let widest = figure.rows.iter().map(|row| font::width(&row.title, letter::LABEL)).fold(0.0, max);
        let never = max(font::width(tr!(language, "chart-calendar-never"), letter::FOOTER), 26.0) + 12.0;
        let room = min(widest + 0.5, 0.42 * (right - frame::MARGIN));
        let years = figure.years.len().max(1) as f64;
        let beside = frame::MARGIN + room + 12.0;
        let stacked = (right - never - beside) / years < LEAST;
        let (room, left) = if stacked { (right - frame::MARGIN, frame::MARGIN) } else { (room, beside) };
        let titles = figure.rows.iter().map(|row| font::wrap(&row.title, letter::LABEL, room)).collect();
        Self { left, cell: (right - never - left) / years, right, stacked, titles }
    }

    /// The height of a row.
    fn height(&self, lines: &[String]) -> f64 {
        let more = lines.len().max(1) - usize::from(!self.stacked);
        ROW + LINE * more as f64 + if self.stacked { 6.0 } else { 0.0 }
    }

    fn x(&self, column: usize) -> f64 {
        self.left + self.cell * column as f64
    }
}

fn paint(canvas: &Canvas, figure: &Calendar, layout: &CalendarLayout, ground: Area, language: Language) {
    let mut top = ground.top + 24.0;
    let apart = (font::width("2025", letter::FOOTER) + 6.0) / layout.cell;
    let step = [1, 2, 5, 10].into_iter().find(|step| f64::from(*step) >= apart).unwrap_or(20);
    // Counted from the last year back, so that it is among those that are named.
    let last = figure.years.last().copied().unwrap_or_default();
    for (place, &year) in figure.years.iter().enumerate().filter(|(_, year)| (last - *year) % step == 0) {
        let at = (layout.x(place) + layout.cell / 2.0, top - 7.0);
        canvas.text(&number::year(year), at, Anchor::Middle, letter::FOOTER, MUTED);
    }
    let never = tr!(language, "chart-calendar-never");
    canvas.text(never, (layout.right, top - 7.0), Anchor::End, letter::FOOTER, MUTED);
    for (row, lines) in figure.rows.iter().zip(&layout.titles) {
        let height = layout.height(lines);
        let centre = top + height / 2.0;
        let first = if layout.stacked {
            top + 17.0
        } else {
            centre + 4.8 - LINE * (lines.len().max(1) - 1) as f64 / 2.0
        };
        let (upper, lower) =
            if layout.stacked { (top + height - ROW, top + height) } else { (top, top + height) };
        let middle = f64::midpoint(upper, lower);
        for (place, line) in lines.iter().enumerate() {
            let at = (ground.left, first + LINE * place as f64);
            canvas.text(line, at, Anchor::Start, letter::LABEL, INK);
        }
        cells(canvas, figure, row, layout, (upper, lower));
        let left = cell(1.0 - row.done.last().copied().unwrap_or(0.0), figure.paths);
        canvas.text(&left, (layout.right, middle + 4.2), Anchor::End, letter::FOOTER, INK);
        said(canvas, figure, row, layout, middle, language);
        top += height;
    }
}

/// What a row says when it is pointed at.
fn said(
    canvas: &Canvas,
    figure: &Calendar,
    row: &CalendarRow,
    layout: &CalendarLayout,
    middle: f64,
    language: Language,
) {
    let told = |words: &dyn Fn(f64) -> String| {
        let mut saying = vec![(tr!(language, "chart-calendar-project").to_owned(), row.title.clone())];
        let planned = row.planned.map_or_else(String::new, number::year);
        let has_plan = figure.rows.iter().any(|row| row.planned.is_some());
        saying.extend(has_plan.then(|| (tr!(language, "chart-calendar-planned").to_owned(), planned)));
        let years = figure.years.iter().map(|&year| number::year(year));
        saying.extend(years.zip(row.done.iter().map(|share| words(*share))));
        saying
    };
    let short = |share| KnownProbability::counted(share, figure.paths).short(language);
    let column = likely(row).unwrap_or(row.done.len().saturating_sub(1));
    let at = (layout.x(column) + layout.cell / 2.0, middle);
    canvas.spot_of(at, ROW / 2.0, &told(&short), &told(&exact));
}

/// The first year in which it is likelier than not that it is done.
fn likely(row: &CalendarRow) -> Option<usize> {
    row.done.iter().position(|share| *share >= 0.5)
}

/// The years of a row: those with the same number stand together, and say it once.
fn cells(
    canvas: &Canvas,
    figure: &Calendar,
    row: &CalendarRow,
    layout: &CalendarLayout,
    (top, bottom): (f64, f64),
) {
    let words = |share: f64| cell(share, figure.paths);
    let likely = likely(row);
    let parts = |at: usize| {
        likely.is_some_and(|framed| at == framed || at == framed + 1)
            || at == row.done.len()
            || words(row.done[at]) != words(row.done[at - 1])
    };
    let (mut first, mut said) = (0, String::new());
    for end in (1..=row.done.len()).filter(|at| parts(*at)) {
        let area = Area { left: layout.x(first), top, right: layout.x(end), bottom };
        let (share, number) = (row.done[first], words(row.done[first]));
        // After the framed year the same number needs no second word.
        let shown = if number == said && likely != Some(first) { "" } else { &number };
        one(canvas, &area, (share, shown), likely == Some(first), layout.cell);
        (first, said) = (end, number);
    }
    let place = row.planned.and_then(|year| figure.years.iter().position(|at| *at == year));
    if let Some(column) = place {
        // In the corner, so that the number can be read.
        canvas.diamond((layout.x(column) + 5.5, top + 5.5), 4.0, TARGET);
    }
}

/// A share of so many paths in per cent; nothing where no path has it.
fn cell(share: f64, paths: u64) -> String {
    if share <= 0.0 { String::new() } else { KnownProbability::counted(share, paths).cell() }
}

/// One year, or years with the same share: it stands in the first.
fn one(canvas: &Canvas, area: &Area, (share, words): (f64, &str), framed: bool, cell: f64) {
    let inset = |by: f64, colour| {
        canvas.rectangle((area.left + by, area.top + by), (area.right - by, area.bottom - by), colour);
    };
    if framed {
        inset(0.6, TARGET);
        inset(2.6, heat(share));
    } else {
        inset(0.8, heat(share));
    }
    // What is wider than its cell would run into the next: then it is smaller, or only said when pointed at.
    let fits = |height: &f64| font::width(words, *height) <= area.right - area.left - 2.0;
    let Some(height) = [letter::FOOTER, letter::SMALL].into_iter().find(fits) else { return };
    let place = (area.left + min(cell, area.right - area.left) / 2.0, area.centre().1 + 4.2);
    let half = font::width(words, height) / 2.0 + 1.0;
    let place = (max(place.0, area.left + half), place.1);
    canvas.text(words, place, Anchor::Middle, height, on_heat(share));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check;

    #[test]
    fn years_with_the_same_share_are_one_stretch_and_the_framed_year_stands_alone() {
        let figure = Calendar {
            years: (2020..=2025).collect(),
            paths: 1000,
            rows: vec![CalendarRow {
                title: "Dam".to_owned(),
                done: vec![0.0, 0.0, 0.496, 0.504, 0.504, 0.504],
                planned: None,
            }],
            ..Calendar::default()
        };
        let svg = draw(&figure, 900, Language::En);
        let texts = check::texts(&svg);
        // In 2022, and in 2023 for all that follow; and as many are not done by the end.
        assert_eq!(texts.iter().filter(|text| *text == "50").count(), 3, "{texts:?}");
        // The page; nothing before 2022; 2022; 2023 with its frame; and the two years after it.
        assert_eq!(svg.matches("<rect").count(), 1 + 1 + 1 + 2 + 1);
    }

    #[test]
    fn every_project_and_year_has_its_cell_and_nothing_overlaps() {
        let row = |k: i32| CalendarRow {
            title: if k == 3 { "A very long title of a project ".repeat(4) } else { format!("项目{k}") },
            done: (0..16).map(|year| f64::from((year - k % 5).max(0)) / 16.0).collect(),
            planned: (k % 2 == 0).then_some(2021 + k % 3),
        };
        let figure = Calendar {
            title: "Projects".to_owned(),
            years: (2020..=2035).collect(),
            paths: 1000,
            rows: (0..20).map(row).collect(),
            footer: "plan".to_owned(),
            ..Calendar::default()
        };
        for language in [Language::En, Language::Zh] {
            let svg = draw(&figure, 900, language);
            check::well_set(&svg);
            let texts = check::texts(&svg);
            assert!(
                !texts.iter().any(|t| t.ends_with('…')) && texts.iter().any(|t| t == "2035"),
                "{texts:?}"
            );
        }
    }

    #[test]
    fn what_all_or_hardly_any_paths_do_is_no_certainty() {
        let cells = [0.0, 0.001, 0.5, 0.999, 1.0].map(|share| cell(share, 1000));
        assert_eq!(cells, ["", "<1", "50", ">99", ">99"]);
    }
}
