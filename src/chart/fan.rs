//! A fan: the nested bands of a variable over the years, its median, what was recorded, and what targets ask.

mod ends;
mod lines;
mod marks;
pub(super) mod spots;

use super::axes;
use super::canvas::{Anchor, Canvas, Point, Size, draw as draw_page};
use super::font;
use super::frame::{self, LegendKey, MARGIN};
use super::labels::noted;
use super::place::Area;
use super::scale::{PixelScale, Ticks, range, with_asked};
use super::style::{AXIS, BEFORE, GRID, HISTORY, MEDIAN, MUTED, PATH, TARGET, band, letter};
use crate::num::max;
use crate::text::Language;
use crate::text::number;
use crate::text::period::time;
use crate::tr;

/// A fan as plain data. A value that does not exist is not a number, and leaves a gap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fan {
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
    /// The years that all lists run over, ascending.
    pub years: Vec<i32>,
    /// Bands from the widest to the narrowest.
    pub bands: Vec<Band>,
    /// The medians.
    pub median: Vec<f64>,
    /// The means; empty where they are not shown.
    pub mean: Vec<f64>,
    /// Single paths, each over the same years; empty where none are shown.
    pub paths: Vec<Vec<f64>>,
    /// The widest band and the median that were given before something was observed; nothing where nothing was.
    pub before: Option<(Band, Vec<f64>)>,
    /// What was recorded: year, value.
    pub history: Vec<(i32, f64)>,
    /// What targets ask.
    pub marks: Vec<FanMark>,
    /// Scenario, paths, seed, source.
    pub footer: String,
}

/// A band between two quantiles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    /// The level of its lower edge: 0.05.
    pub low_level: f64,
    /// The level of its upper edge: 0.95.
    pub high_level: f64,
    /// Its lower edge by year.
    pub lows: Vec<f64>,
    /// Its upper edge by year.
    pub highs: Vec<f64>,
}

/// A level that a target asks for in a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FanMark {
    /// The year.
    pub year: i32,
    /// The level.
    pub level: f64,
    /// How the level is named: `≥ 2,200`.
    pub label: String,
    /// Whether the value must be at least the level, or else at most.
    pub at_least: bool,
    /// The probability that it is met, in words.
    pub probability: String,
}

impl FanMark {
    /// The level with the odds that it is met: `≥ 2,200: 48 %`.
    pub(super) fn words(&self, language: Language) -> String {
        tr!(language, "report-figure-mark", level = &self.label, probability = &self.probability)
    }
}

/// Draws a fan as SVG.
pub fn draw(fan: &Fan, size: &Size, language: Language) -> String {
    noted(&fan.footer, language, |footer| {
        let mut unlabelled = 0;
        let size = &tall_enough(fan, *size, footer, language);
        let svg = draw_page(*size, &spoken(fan, language), |canvas| {
            unlabelled = Drawing { fan, canvas, language }.paint(*size, footer);
        });
        (svg, unlabelled)
    })
}

/// A size that has room for the values at the right end: where the head of a small figure takes nearly all of it, it is
/// higher than was asked for.
fn tall_enough(fan: &Fan, size: Size, footer: &str, language: Language) -> Size {
    let width = f64::from(size.width);
    let mut head = 0.0;
    draw_page(Size { width: size.width, height: 1 }, "", |canvas| {
        let drawing = Drawing { fan, canvas, language };
        head = frame::legend(
            canvas,
            &drawing.legend(),
            width,
            frame::head(canvas, &fan.title, &fan.subtitle, width) + 4.0,
        );
    });
    let (_, foot) = frame::footer_lines(footer, width);
    let needed = head + 44.0 + frame::LEAST_FIELD + 34.0 + foot;
    Size { height: size.height.max(needed.ceil() as u32), ..size }
}

fn spoken(fan: &Fan, language: Language) -> String {
    match (fan.years.last(), fan.median.last()) {
        (Some(&year), Some(&median)) => {
            let median = format!("{} {}", number::digits_in(median, 3, fan.are_years), fan.unit);
            tr!(language, "chart-fan-spoken", title = &fan.title, year = year, median = median.trim())
        }
        _ => fan.title.clone(),
    }
}

struct Drawing<'a, 'c> {
    fan: &'a Fan,
    canvas: &'a Canvas<'c>,
    language: Language,
}

/// Where values and years stand on the page.
struct Axes {
    x: PixelScale,
    y: PixelScale,
    logarithmic: bool,
    field: Area,
}

impl Axes {
    fn point(&self, year: i32, value: f64) -> Point {
        (self.x.at(time(year)), self.height(value))
    }

    /// The pixel of a value.
    fn height(&self, value: f64) -> f64 {
        self.y.at(axes::measured(self.logarithmic)(value))
    }

    /// The same, or the end of the axis that it lies beyond, and on which side.
    fn within(&self, value: f64) -> (f64, f64) {
        self.y.within(axes::measured(self.logarithmic)(value))
    }
}

impl Drawing<'_, '_> {
    /// Draws everything; gives the number of targets without a label.
    fn paint(&self, size: Size, footer: &str) -> usize {
        let (width, height) = (f64::from(size.width), f64::from(size.height));
        let head = frame::head(self.canvas, &self.fan.title, &self.fan.subtitle, width);
        let legend = frame::legend(self.canvas, &self.legend(), width, head + 4.0);
        let (footer, footer_height) = frame::footer_lines(footer, width);
        frame::footer(self.canvas, &footer, width, height);

        let (top, bottom) = (legend + 44.0, height - footer_height - 34.0);
        let unit = axes::unit(&self.fan.unit, self.fan.logarithmic, self.language);
        self.canvas.text(&unit, (MARGIN, top - 16.0), Anchor::Start, letter::LABEL, MUTED);
        let axes = self.axes(width, top, bottom);
        self.bands(&axes);
        self.lines(&axes);
        self.end_labels(&axes, width);
        let unlabelled = self.marks(&axes);
        self.spots(&axes);
        unlabelled
    }

    fn legend(&self) -> Vec<(LegendKey, String)> {
        let bands = self.fan.bands.iter().enumerate().rev().map(|(place, b)| {
            (LegendKey::Area(band(place, self.fan.bands.len())), frame::band_words(b, self.language))
        });
        let language = self.language;
        let mut items = vec![(LegendKey::Line(MEDIAN), tr!(language, "chart-median").to_owned())];
        items.extend(bands);
        if !self.fan.mean.is_empty() {
            items.push((LegendKey::Line(MUTED), tr!(language, "chart-fan-mean").to_owned()));
        }
        if !self.fan.paths.is_empty() {
            let words = tr!(language, "chart-fan-paths", count = self.fan.paths.len());
            items.push((LegendKey::Line(PATH), words));
        }
        if let Some((band, _)) = &self.fan.before {
            let words = tr!(language, "chart-fan-before", band = frame::band_words(band, language));
            items.push((LegendKey::Line(BEFORE), words));
        }
        if !self.fan.history.is_empty() {
            items.push((LegendKey::Dots(HISTORY), tr!(language, "chart-fan-history").to_owned()));
        }
        if !self.fan.marks.is_empty() {
            items.push((LegendKey::Diamond(TARGET), tr!(language, "chart-legend-mark").to_owned()));
        }
        let scale = self.ticks().0.scale(0.0, 1.0);
        if self.fan.marks.iter().any(|mark| scale.within(self.measured(mark.level)).1 != 0.0) {
            items.push(frame::beyond(self.language));
        }
        items
    }

    /// Draws the grid and both axes.
    fn axes(&self, width: f64, top: f64, bottom: f64) -> Axes {
        let (ticks, labels) = self.ticks();
        let widest = labels.iter().map(|l| font::width(l, letter::LABEL)).fold(0.0, max);
        let left = MARGIN + widest + 10.0;
        let right = width - MARGIN - self.end_width() - 22.0;
        let y = ticks.scale(bottom, top);
        for (value, label) in ticks.values.iter().zip(&labels) {
            let at = y.at(*value);
            self.canvas.line(&[(left, at), (right, at)], if *value == 0.0 { AXIS } else { GRID }, 1.0);
            self.canvas.text(label, (left - 10.0, at + 4.5), Anchor::End, letter::LABEL, MUTED);
        }
        let x = self.year_axis(left + 6.0, right, bottom);
        Axes {
            x,
            y,
            logarithmic: self.fan.logarithmic,
            field: Area { left: left + 4.0, top: top - 6.0, right: right - 4.0, bottom: bottom - 4.0 },
        }
    }

    fn year_axis(&self, left: f64, right: f64, bottom: f64) -> PixelScale {
        let recorded = self.fan.history.iter().map(|(year, _)| *year);
        let (first, last) = axes::span(self.fan.years.iter().copied().chain(recorded));
        let x = PixelScale { low: time(first), high: time(last), start: left, end: right };
        for (moment, label) in axes::moments(first, last, right - left) {
            let at = x.at(moment);
            let length = if label.is_some() { 6.0 } else { 3.0 };
            self.canvas.line(&[(at, bottom), (at, bottom + length)], AXIS, 1.0);
            if let Some(label) = label {
                self.canvas.text(&label, (at, bottom + 22.0), Anchor::Middle, letter::LABEL, MUTED);
            }
        }
        self.canvas.line(&[(left - 6.0, bottom), (right, bottom)], AXIS, 1.0);
        x
    }

    /// The ticks of the values and their labels.
    fn ticks(&self) -> (Ticks, Vec<String>) {
        let (low, high) = self.range();
        axes::enclosing(low, high, 6, self.fan.logarithmic, self.fan.are_years)
    }

    /// A value as it is measured on the axis.
    fn measured(&self, value: f64) -> f64 {
        axes::measured(self.fan.logarithmic)(value)
    }

    fn range(&self) -> (f64, f64) {
        let before = self.fan.before.iter().map(|(band, _)| band);
        let edges = self.fan.bands.iter().chain(before).flat_map(|b| b.lows.iter().chain(&b.highs));
        let lines = self.fan.median.iter().chain(&self.fan.mean).chain(self.fan.paths.iter().flatten());
        let points = self.fan.history.iter().map(|(_, v)| *v);
        let marks = self.fan.marks.iter().map(|m| self.measured(m.level));
        with_asked(range(edges.chain(lines).copied().chain(points).map(|v| self.measured(v))), marks)
    }
}

impl Fan {
    /// The record as a line: where it ends before the forecast begins, it goes on to where that begins.
    fn joined(&self) -> Vec<(i32, f64)> {
        let mut line = self.history.clone();
        let begin = self.years.first().zip(self.median.first()).filter(|(_, median)| median.is_finite());
        if let Some((year, median)) = begin
            && let place @ 1.. = line.partition_point(|(recorded, _)| recorded < year)
            && line.get(place).is_none_or(|(recorded, _)| recorded != year)
        {
            line.insert(place, (*year, *median));
        }
        line
    }
}

/// Runs of years in which both values exist.
pub(super) fn runs(years: &[i32], lows: &[f64], highs: &[f64]) -> Vec<Vec<(i32, f64, f64)>> {
    let mut runs = vec![Vec::new()];
    for ((&year, &low), &high) in years.iter().zip(lows).zip(highs) {
        if low.is_finite() && high.is_finite() {
            if let Some(run) = runs.last_mut() {
                run.push((year, low, high));
            }
        } else {
            runs.push(Vec::new());
        }
    }
    runs.retain(|run| run.len() > 1);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check;

    fn fan() -> Fan {
        let years: Vec<i32> = (2020..=2030).collect();
        let line =
            |slope: f64| years.iter().map(|y| 1500.0 + slope * f64::from(y - 2020)).collect::<Vec<_>>();
        Fan {
            title: "GDP".to_owned(),
            unit: "亿元".to_owned(),
            bands: vec![
                Band { low_level: 0.05, high_level: 0.95, lows: line(80.0), highs: line(160.0) },
                Band { low_level: 0.25, high_level: 0.75, lows: line(105.0), highs: line(135.0) },
            ],
            median: line(120.0),
            history: vec![(2016, 1100.0), (2018, 1350.0), (2020, 1500.0)],
            marks: vec![
                FanMark {
                    year: 2025,
                    level: 2200.0,
                    label: "≥ 2,200".to_owned(),
                    at_least: true,
                    probability: "31 %".to_owned(),
                },
                FanMark {
                    year: 2025,
                    level: 2210.0,
                    label: "≥ 2,210".to_owned(),
                    at_least: true,
                    probability: "29 %".to_owned(),
                },
            ],
            footer: "plan · 100,000 paths".to_owned(),
            years,
            ..Fan::default()
        }
    }

    fn texts(svg: &str) -> Vec<String> {
        let document = roxmltree::Document::parse(svg).unwrap();
        let nodes = document.descendants().filter(|n| n.has_tag_name("text"));
        nodes.map(|n| n.text().unwrap_or("").trim().to_owned()).collect()
    }

    #[test]
    fn a_fan_names_its_bands_targets_and_quantiles() {
        let texts = texts(&draw(&fan(), &Size::default(), Language::En));
        for expected in [
            "GDP",
            "Unit: 亿元",
            "Median",
            "90 % of paths",
            "50 % of paths",
            "Recorded",
            "≥ 2,200: 31 %",
            "95 %",
            "3,100",
            "2,700",
            "2,000",
            "plan · 100,000 paths",
            "2020",
            "2030",
        ] {
            assert!(texts.iter().any(|t| t == expected), "{expected} in {texts:?}");
        }
    }

    #[test]
    fn no_two_texts_overlap_in_either_language() {
        for language in [Language::En, Language::Zh] {
            check::well_set(&draw(&fan(), &Size::default(), language));
        }
    }

    /// What was believed before is drawn over the bands, named in the legend, and has room on the axis.
    #[test]
    fn the_band_before_a_record_stands_over_those_after_it() {
        let plain = draw(&fan(), &Size::default(), Language::En);
        let wide = |values: &[f64], factor: f64| values.iter().map(|x| x * factor).collect::<Vec<f64>>();
        let of = fan();
        let band = Band {
            lows: wide(&of.bands[0].lows, 0.5),
            highs: wide(&of.bands[0].highs, 1.5),
            ..of.bands[0].clone()
        };
        let observed = Fan { before: Some((band, of.median.clone())), ..of };
        for language in [Language::En, Language::Zh] {
            let svg = draw(&observed, &Size::default(), language);
            check::well_set(&svg);
            let dashes = |svg: &str| {
                svg.matches(&format!("#{:02x}{:02x}{:02x}", BEFORE.0, BEFORE.1, BEFORE.2)).count()
            };
            assert!(
                dashes(&svg.to_lowercase()) > 20 && dashes(&plain.to_lowercase()) == 0,
                "{}",
                dashes(&svg)
            );
        }
        let texts = texts(&draw(&observed, &Size::default(), Language::En));
        assert!(texts.iter().any(|text| text.starts_with("Before what was observed")), "{texts:?}");
    }

    #[test]
    fn a_gap_parts_a_band() {
        let nan = f64::NAN;
        let found = runs(&[1, 2, 3, 4, 5, 6], &[1.0, 1.0, nan, 1.0, 1.0, nan], &[2.0; 6]);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
    }

    #[test]
    fn a_fan_without_anything_is_still_a_page() {
        let svg = draw(&Fan::default(), &Size::default(), Language::Zh);
        assert!(roxmltree::Document::parse(&svg).is_ok());
    }

    #[test]
    fn the_font_has_every_character_of_the_programs_own_words() {
        for language in [Language::En, Language::Zh] {
            let svg = draw(&fan(), &Size::default(), language);
            assert_eq!(font::missing(&texts(&svg).concat()), Vec::<char>::new());
        }
    }
}
