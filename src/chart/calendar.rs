//! A calendar of completion: for each project and year how likely it is to be done by then.

use super::canvas::{Anchor, Canvas, Size, draw as draw_page};
use super::font;
use super::frame::{self, Around};
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
}

/// The height of a row of one line.
const ROW: f64 = 22.0;

/// Draws a calendar as SVG of this width, as high as its rows need.
pub fn draw(figure: &Calendar, width: u32, language: Language) -> String {
    let axes = tr!(language, "chart-calendar-axes");
    let lines = font::wrap(axes, letter::LABEL, f64::from(width) - 2.0 * frame::MARGIN).len() as f64;
    let words = Around {
        title: &figure.title,
        subtitle: &figure.subtitle,
        footer: &figure.footer,
        legend: &[],
        axes: "",
    };
    let mut around = 0.0;
    draw_page(Size { width, height: 1 }, "", |canvas| {
        let ground = frame::around(canvas, &words, Size { width, height: 1000 });
        around = ground.top + 1000.0 - ground.bottom;
    });
    let height = around + 20.0 * lines + 30.0 + ROW * figure.rows.len() as f64;
    let size = Size { width, height: height.ceil() as u32 };
    draw_page(size, &figure.title, |canvas| {
        let mut ground = frame::around(canvas, &words, size);
        for line in font::wrap(axes, letter::LABEL, ground.right - ground.left) {
            canvas.text(&line, (ground.left, ground.top + 6.0), Anchor::Start, letter::LABEL, MUTED);
            ground.top += 20.0;
        }
        paint(canvas, figure, ground, language);
    })
}

fn paint(canvas: &Canvas, figure: &Calendar, ground: Area, language: Language) {
    let project = tr!(language, "chart-calendar-project");
    let widest = figure.rows.iter().map(|row| font::width(&row.title, letter::LABEL)).fold(0.0, max);
    let room = min(widest, 0.42 * (ground.right - ground.left));
    let left = ground.left + room + 12.0;
    let width = (ground.right - left) / figure.years.len().max(1) as f64;
    let top = ground.top + 24.0;
    let apart = (font::width("2025", letter::FOOTER) + 6.0) / width;
    let step = if apart <= 1.0 { 1 } else { 5 };
    for (place, &year) in figure.years.iter().enumerate().filter(|(_, year)| *year % step == 0) {
        let at = (left + width * (place as f64 + 0.5), top - 7.0);
        canvas.text(&number::year(year), at, Anchor::Middle, letter::FOOTER, MUTED);
    }
    for (place, row) in figure.rows.iter().enumerate() {
        let y = top + ROW * place as f64;
        let title = shortened(&row.title, room);
        canvas.text(&title, (ground.left, y + ROW / 2.0 + 4.8), Anchor::Start, letter::LABEL, INK);
        let likely = row.done.iter().position(|share| *share >= 0.5);
        let years = figure.years.iter().map(|&year| number::year(year));
        let probability =
            row.done.iter().map(|&share| KnownProbability::counted(share, figure.paths).short(language));
        let saying = std::iter::once((project.to_owned(), row.title.clone())).chain(years.zip(probability));
        let words = |share: f64| cell(share, figure.paths);
        let column = likely.unwrap_or(row.done.len().saturating_sub(1)) as f64;
        canvas.spot((left + width * (column + 0.5), y + ROW / 2.0), ROW / 2.0, &saying.collect());
        // The framed year stands alone.
        let parts = |at: usize| {
            likely.is_some_and(|framed| at == framed || at == framed + 1)
                || at == row.done.len()
                || words(row.done[at]) != words(row.done[at - 1])
        };
        let mut first = 0;
        for end in (1..=row.done.len()).filter(|at| parts(*at)) {
            let x = |column: usize| left + width * column as f64;
            let area = Area { left: x(first), top: y, right: x(end), bottom: y + ROW };
            let share = row.done[first];
            one(canvas, &area, (share, &words(share)), likely == Some(first), width);
            first = end;
        }
    }
}

/// A share of so many paths in per cent; nothing where no path has it.
fn cell(share: f64, paths: u64) -> String {
    if share == 0.0 { String::new() } else { KnownProbability::counted(share, paths).cell() }
}

/// One year, or years with the same share: it stands at both ends.
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
    let (first, last) = (area.left + cell / 2.0, area.right - cell / 2.0);
    let mut at = vec![first];
    at.extend((last > first + 0.5 * cell).then_some(last));
    for x in at {
        let place = (x, area.centre().1 + 4.2);
        canvas.text(words, place, Anchor::Middle, letter::FOOTER, on_heat(share));
    }
}

/// A title cut to the room that it has: a row is one line high.
fn shortened(title: &str, room: f64) -> String {
    let fits = |text: &str| font::width(text, letter::LABEL) <= room + 0.5;
    if fits(title) {
        return title.to_owned();
    }
    let mut text = title.to_owned();
    while text.pop().is_some() {
        let short = format!("{}…", text.trim_end());
        if fits(&short) {
            return short;
        }
    }
    text
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
            }],
            ..Calendar::default()
        };
        let svg = draw(&figure, 900, Language::En);
        let texts = check::texts(&svg);
        assert_eq!(texts.iter().filter(|text| *text == "50").count(), 4, "{texts:?}");
        // The page; nothing before 2022; 2022; 2023 with its frame; and the two years after it.
        assert_eq!(svg.matches("<rect").count(), 1 + 1 + 1 + 2 + 1);
    }

    #[test]
    fn every_project_and_year_has_its_cell_and_nothing_overlaps() {
        let row = |k: i32| CalendarRow {
            title: if k == 3 { "A very long title of a project ".repeat(4) } else { format!("项目{k}") },
            done: (0..16).map(|year| f64::from((year - k % 5).max(0)) / 16.0).collect(),
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
            assert!(texts.iter().any(|t| t.ends_with('…')) && texts.iter().any(|t| t == "2035"), "{texts:?}");
        }
    }

    #[test]
    fn what_all_or_hardly_any_paths_do_is_no_certainty() {
        let cells = [0.0, 0.001, 0.5, 0.999, 1.0].map(|share| cell(share, 1000));
        assert_eq!(cells, ["", "<1", "50", ">99", ">99"]);
    }
}
