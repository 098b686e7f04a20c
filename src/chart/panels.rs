//! Small multiples: fans side by side on one scale, one for each scenario; and, with zero marked, the fans of
//! paired differences.

use super::axes;
use super::canvas::{Anchor, Canvas, Point, Size, draw as draw_page};
use super::fan::spots::of_years;
use super::fan::{Band, FanMark, runs};
use super::font;
use super::frame::{self, LegendKey, MARGIN};
use super::labels::{noted, placed};
use super::place::{Area, nearest};
use super::scale::{PixelScale, Ticks, range, with_asked};
use super::style::{AXIS, GRID, GROUND, INK, MEDIAN, MUTED, TARGET, band, letter};
use crate::num::max;
use crate::text::Language;
use crate::text::period::{heading, time};
use crate::tr;

/// Fans side by side as plain data. A value that does not exist is not a number, and leaves a gap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panels {
    /// What is shown.
    pub title: String,
    /// One line more about it; may be empty.
    pub subtitle: String,
    /// Unit of the values, as people read it; may be empty.
    pub unit: String,
    /// Whether values are calendar years.
    pub are_years: bool,
    /// Whether values are shown on a logarithmic axis; all of them are above zero then.
    pub logarithmic: bool,
    /// The fans.
    pub panels: Vec<Panel>,
    /// What the line at zero means; empty where zero is a value like others.
    pub zero: String,
    /// Scenarios, paths, seed, source.
    pub footer: String,
}

/// One of the fans.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// What is shown in it: the scenario.
    pub title: String,
    /// The last year's values in words; may be empty.
    pub caption: String,
    /// The years that all lists run over, ascending.
    pub years: Vec<i32>,
    /// Bands from the widest to the narrowest.
    pub bands: Vec<Band>,
    /// The medians.
    pub median: Vec<f64>,
    /// What targets ask.
    pub marks: Vec<FanMark>,
}

/// The most panels in a row.
const COLUMNS: usize = 3;
/// Pixels between panels.
const GAP: f64 = 22.0;
/// The least width of a panel.
const LEAST: f64 = 200.0;
/// Pixels from line to line of a panel's title.
const TITLE: f64 = 19.0;
/// Pixels from line to line of what is said below it.
const CAPTION: f64 = 16.0;
/// Pixels below a panel's field, for its years.
const YEARS: f64 = 34.0;
/// The height of a panel's field.
const FIELD: f64 = 250.0;

/// Draws fans side by side as SVG, `width` pixels wide and as high as they need.
pub fn draw(panels: &Panels, width: u32, language: Language) -> String {
    noted(&panels.footer, language, |footer| {
        let page = Page::of(panels, f64::from(width), footer, language);
        let size = Size { width, height: page.height as u32 };
        let mut unlabelled = 0;
        let svg = draw_page(size, &spoken(panels, language), |canvas| unlabelled = page.paint(canvas));
        (svg, unlabelled)
    })
}

fn spoken(panels: &Panels, language: Language) -> String {
    let with_next = |spoken: String, panel: &Panel| {
        tr!(language, "chart-panels-spoken", spoken = spoken, title = &panel.title, caption = &panel.caption)
    };
    panels.panels.iter().fold(panels.title.clone(), with_next)
}

/// The page with the places of everything on it.
struct Page<'a> {
    panels: &'a Panels,
    language: Language,
    width: f64,
    height: f64,
    columns: usize,
    ticks: Ticks,
    labels: Vec<String>,
    left: f64,
    /// Where the first row of panels starts.
    top: f64,
    /// The width of a panel.
    panel: f64,
    /// Pixels above a panel's field.
    heading: f64,
    titles: Vec<Vec<String>>,
    captions: Vec<Vec<String>>,
    footer: Vec<String>,
}

impl<'a> Page<'a> {
    fn of(panels: &'a Panels, width: f64, footer: &str, language: Language) -> Self {
        let (ticks, labels) = ticks(panels);
        let widest = labels.iter().map(|label| font::width(label, letter::LABEL)).fold(0.0, max);
        let count = panels.panels.len().max(1);
        // Four are two rows of two; on a narrow page there are as many as have room.
        let columns = if count == 4 { 2 } else { count.min(COLUMNS) };
        let left = MARGIN + widest + 10.0;
        let fitting = ((width - MARGIN - left + GAP) / (LEAST + GAP)) as usize;
        let columns = columns.min(fitting.max(1));
        let panel = (width - MARGIN - left - GAP * (columns - 1) as f64) / columns as f64;
        let titles: Vec<Vec<String>> =
            panels.panels.iter().map(|one| wrapped(&one.title, letter::SUBTITLE, panel)).collect();
        let captions: Vec<Vec<String>> =
            panels.panels.iter().map(|one| wrapped(&one.caption, letter::FOOTER, panel)).collect();
        let most = |lines: &[Vec<String>]| lines.iter().map(Vec::len).max().unwrap_or(0) as f64;
        let heading = 14.0 + TITLE * most(&titles) + CAPTION * most(&captions);
        let (footer, footer_height) = frame::footer_lines(footer, width);
        let mut page = Self {
            panels,
            language,
            width,
            height: 0.0,
            columns,
            ticks,
            labels,
            left,
            top: 0.0,
            panel,
            heading,
            titles,
            captions,
            footer,
        };
        // Head and legend are as high as they are drawn.
        draw_page(Size { width: width as u32, height: 10 }, "", |canvas| page.top = page.head(canvas));
        let rows = count.div_ceil(columns) as f64;
        page.height = (page.top + rows * (heading + FIELD + YEARS) + footer_height).ceil();
        page
    }

    /// Draws title, legend and unit; gives where the panels may start.
    fn head(&self, canvas: &Canvas) -> f64 {
        let head = frame::head(canvas, &self.panels.title, &self.panels.subtitle, self.width);
        let mut bottom = frame::legend(canvas, &self.legend(), self.width, head + 4.0);
        let unit = axes::unit(&self.panels.unit, self.panels.logarithmic, self.language);
        if !unit.is_empty() {
            bottom += 26.0;
            canvas.text(&unit, (MARGIN, bottom), Anchor::Start, letter::LABEL, MUTED);
        }
        bottom + 6.0
    }

    fn legend(&self) -> Vec<(LegendKey, String)> {
        let language = self.language;
        let first = self.panels.panels.first();
        let bands = first.map_or(&[][..], |panel| &panel.bands);
        let mut items = vec![(LegendKey::Line(MEDIAN), tr!(language, "chart-median").to_owned())];
        for (place, each) in bands.iter().enumerate().rev() {
            items.push((LegendKey::Area(band(place, bands.len())), frame::band_words(each, language)));
        }
        if self.panels.panels.iter().any(|panel| !panel.marks.is_empty()) {
            items.push((LegendKey::Diamond(TARGET), tr!(language, "chart-legend-mark").to_owned()));
        }
        let scale = self.ticks.scale(0.0, 1.0);
        let mut marks = self.panels.panels.iter().flat_map(|panel| &panel.marks);
        let measured = axes::measured(self.panels.logarithmic);
        if marks.any(|mark| scale.within(measured(mark.level)).1 != 0.0) {
            items.push(frame::beyond(self.language));
        }
        if !self.panels.zero.is_empty() {
            items.push((LegendKey::Line(INK), self.panels.zero.clone()));
        }
        items
    }

    /// Draws everything; gives the number of targets without a label.
    fn paint(&self, canvas: &Canvas) -> usize {
        self.head(canvas);
        let panels = self.panels.panels.iter().enumerate();
        let unlabelled = panels.map(|(place, panel)| self.panel(canvas, panel, place)).sum();
        frame::footer(canvas, &self.footer, self.width, self.height);
        unlabelled
    }

    fn panel(&self, canvas: &Canvas, panel: &Panel, place: usize) -> usize {
        let (row, column) = (place / self.columns, place % self.columns);
        let left = self.left + (self.panel + GAP) * column as f64;
        let top = self.top + (self.heading + FIELD + YEARS) * row as f64 + self.heading;
        let (right, bottom) = (left + self.panel, top + FIELD);
        let mut line = top - 10.0;
        for words in self.captions[place].iter().rev() {
            canvas.text(words, (left, line), Anchor::Start, letter::FOOTER, MUTED);
            line -= CAPTION;
        }
        for words in self.titles[place].iter().rev() {
            canvas.text(words, (left, line), Anchor::Start, letter::SUBTITLE, INK);
            line -= TITLE;
        }
        let measured = axes::measured(self.panels.logarithmic);
        let y = self.ticks.scale(bottom, top);
        self.grid(canvas, &y, (left, right), column == 0);
        let x = Self::years(canvas, &panel.years, (left, right), bottom);
        let at = |year: i32, value: f64| (x.at(time(year)), y.at(measured(value)));
        fan(canvas, panel, &at);
        if !self.panels.zero.is_empty() {
            canvas.line(&[(left, y.at(0.0)), (right, y.at(0.0))], INK, 1.6);
        }
        let place = |mark: &FanMark| {
            let (height, beyond) = y.within(measured(mark.level));
            ((x.at(time(mark.year)), height), beyond)
        };
        let language = self.language;
        let unlabelled = marks(canvas, panel, place, &Area { left, top, right, bottom }, language);
        let keys = (
            heading(panel.years.first().copied().unwrap_or_default(), language),
            tr!(language, "chart-median"),
        );
        let spots =
            of_years(&panel.years, &panel.bands, &panel.median, keys, (self.panels.are_years, language), at);
        for (point, radius, mut saying, mut row) in spots {
            let scenario = (tr!(language, "chart-scenario").to_owned(), panel.title.clone());
            saying.insert(0, scenario.clone());
            row.insert(0, scenario);
            canvas.spot_of(point, radius, &saying, &row);
        }
        unlabelled
    }

    fn grid(&self, canvas: &Canvas, y: &PixelScale, (left, right): (f64, f64), labelled: bool) {
        for (value, label) in self.ticks.values.iter().zip(&self.labels) {
            let at = y.at(*value);
            canvas.line(&[(left, at), (right, at)], if *value == 0.0 { AXIS } else { GRID }, 1.0);
            if labelled {
                canvas.text(label, (left - 8.0, at + 4.5), Anchor::End, letter::LABEL, MUTED);
            }
        }
    }

    fn years(canvas: &Canvas, years: &[i32], (left, right): (f64, f64), bottom: f64) -> PixelScale {
        let (first, last) = axes::span(years.iter().copied());
        let x = PixelScale { low: time(first), high: time(last), start: left, end: right };
        let label = font::width("2025", letter::LABEL) + 14.0;
        let labelled = axes::moments(first, last, right - left).into_iter();
        for (moment, words) in labelled.filter_map(|(moment, words)| Some((moment, words?))) {
            let at = x.at(moment);
            canvas.line(&[(at, bottom), (at, bottom + 5.0)], AXIS, 1.0);
            // The outermost years stay within their panel, so that those of two panels do not touch.
            let anchor = match at {
                at if at - left < label / 2.0 => Anchor::Start,
                at if right - at < label / 2.0 => Anchor::End,
                _ => Anchor::Middle,
            };
            canvas.text(&words, (at, bottom + 20.0), anchor, letter::LABEL, MUTED);
        }
        canvas.line(&[(left, bottom), (right, bottom)], AXIS, 1.0);
        x
    }
}

/// One scale for all panels, with its labels; with zero in it where zero is marked.
fn ticks(panels: &Panels) -> (Ticks, Vec<String>) {
    let measured = axes::measured(panels.logarithmic);
    let values = panels.panels.iter().flat_map(|panel| {
        let edges = panel.bands.iter().flat_map(|band| band.lows.iter().chain(&band.highs));
        edges.chain(&panel.median).copied()
    });
    let zero = (!panels.zero.is_empty()).then_some(0.0);
    let asked = panels.panels.iter().flat_map(|panel| &panel.marks).map(|mark| measured(mark.level));
    let (low, high) = with_asked(range(values.chain(zero).map(&measured)), asked);
    axes::enclosing(low, high, 5, panels.logarithmic, panels.are_years)
}

fn fan(canvas: &Canvas, panel: &Panel, at: &impl Fn(i32, f64) -> Point) {
    for (place, each) in panel.bands.iter().enumerate() {
        for run in runs(&panel.years, &each.lows, &each.highs) {
            let above = run.iter().map(|&(year, _, high)| at(year, high));
            let below = run.iter().rev().map(|&(year, low, _)| at(year, low));
            canvas.polygon(&above.chain(below).collect::<Vec<_>>(), band(place, panel.bands.len()));
        }
    }
    for run in runs(&panel.years, &panel.median, &panel.median) {
        let points: Vec<Point> = run.iter().map(|&(year, value, _)| at(year, value)).collect();
        canvas.line(&points, MEDIAN, 2.4);
    }
}

/// Targets, each with the odds that it is met beside it; gives the number of those without a label.
fn marks(
    canvas: &Canvas,
    panel: &Panel,
    place: impl Fn(&FanMark) -> (Point, f64),
    field: &Area,
    language: Language,
) -> usize {
    let points: Vec<Point> = panel.marks.iter().map(|mark| place(mark).0).collect();
    // Where it lies beyond the axis its level has to be said.
    let word =
        |mark: &FanMark| if place(mark).1 == 0.0 { mark.probability.clone() } else { mark.words(language) };
    let words: Vec<String> = panel.marks.iter().map(word).collect();
    let sizes: Vec<(f64, f64)> =
        words.iter().map(|words| (font::width(words, letter::LABEL) + 10.0, 20.0)).collect();
    let mut taken: Vec<Area> = points.iter().map(|point| Area::around(*point, 15.0, 15.0)).collect();
    let labels = placed(&points, &sizes, field, &mut taken, &[]);
    for (mark, point) in panel.marks.iter().zip(&points) {
        match place(mark).1 {
            0.0 => canvas.diamond(*point, 5.5, TARGET),
            beyond => canvas.arrow(*point, (0.0, -beyond), 5.5, TARGET),
        }
        canvas.hint(*point, 7.0, &mark.words(language));
    }
    for ((words, point), area) in words.iter().zip(&points).zip(&labels) {
        if let Some(area) = area {
            canvas.line(&[*point, nearest(*point, area)], TARGET, 1.0);
            canvas.rectangle((area.left, area.top), (area.right, area.bottom), GROUND);
            let (x, y) = area.centre();
            canvas.text(words, (x, y + 4.6), Anchor::Middle, letter::LABEL, INK);
        }
    }
    labels.iter().filter(|area| area.is_none()).count()
}

/// The lines of a text in a room; none where it is empty.
fn wrapped(text: &str, height: f64, room: f64) -> Vec<String> {
    let mut lines = font::wrap(text, height, room);
    lines.retain(|line| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check;

    fn panels(count: usize) -> Panels {
        let years: Vec<i32> = (2020..=2035).collect();
        let line = |slope: f64| years.iter().map(|year| slope * f64::from(year - 2020)).collect::<Vec<_>>();
        let panel = |k: usize| Panel {
            title: format!("Scenario {k} with a title that is far too long for its panel"),
            caption: "2035: −40 (−60 to −20)".to_owned(),
            years: years.clone(),
            bands: vec![Band { low_level: 0.05, high_level: 0.95, lows: line(-4.0), highs: line(-1.0) }],
            median: line(-2.5),
            marks: vec![FanMark {
                year: 2030,
                level: -20.0,
                label: String::new(),
                at_least: true,
                probability: "40 %".to_owned(),
            }],
        };
        Panels {
            title: "GDP".to_owned(),
            unit: "亿元".to_owned(),
            panels: (0..count).map(panel).collect(),
            zero: "0: as in plan".to_owned(),
            footer: "plan · 100,000 paths".to_owned(),
            ..Panels::default()
        }
    }

    #[test]
    fn no_two_texts_overlap_whatever_the_number_of_panels() {
        for count in 1..=7 {
            check::well_set(&draw(&panels(count), 900, Language::En));
        }
    }

    #[test]
    fn the_scale_holds_zero_where_it_is_marked() {
        let mut panels = panels(2);
        for panel in &mut panels.panels {
            panel.bands[0].lows = vec![-9.0; 16];
            panel.bands[0].highs = vec![-8.0; 16];
            (panel.median, panel.marks) = (vec![-8.5; 16], Vec::new());
        }
        assert!(ticks(&panels).0.values.contains(&0.0));
        panels.zero = String::new();
        assert!(!ticks(&panels).0.values.contains(&0.0));
    }

    #[test]
    fn odds_of_targets_and_what_zero_means_are_named() {
        for language in [Language::En, Language::Zh] {
            let all: String = check::texts(&draw(&panels(3), 900, language)).concat();
            assert!(all.contains("40 %") && all.contains("0: as in plan"), "{all}");
            assert_eq!(font::missing(&all), Vec::<char>::new());
        }
    }

    #[test]
    fn panels_without_anything_are_still_a_page() {
        let svg = draw(&Panels::default(), 900, Language::Zh);
        assert!(roxmltree::Document::parse(&svg).is_ok());
    }
}
