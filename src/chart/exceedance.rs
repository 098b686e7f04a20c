//! Odds of at least so much: cumulative curves of a value or a metric, with what targets ask marked on them.

use super::axes;
use super::canvas::{Anchor, Canvas, Point, Size, draw as draw_page, exact};
use super::font;
use super::frame::{self, Around, LegendKey};
use super::labels::{noted, placed};
use super::place::{Area, spread};
use super::scale::{PixelScale, range, with_asked};
use super::style::{CURVES, Colour, GROUND, INK, TARGET, letter};
use crate::num::{max, min};
use crate::text::number::digits;
use crate::text::period::{Step, heading, label_within, parse};
use crate::text::probability::KnownProbability;
use crate::text::{Key, Language};
use crate::{key, tr};

/// Exceedance curves as plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exceedance {
    /// What is shown.
    pub title: String,
    /// One line more about it; may be empty.
    pub subtitle: String,
    /// Unit of the values; may be empty.
    pub unit: String,
    /// Whether values are calendar years.
    pub are_years: bool,
    /// How long the periods are that values which are calendar years stand for.
    pub step: Step,
    /// How many paths were counted.
    pub paths: u64,
    /// Whether values are shown on a logarithmic axis.
    pub logarithmic: bool,
    /// The curves.
    pub curves: Vec<ExceedanceCurve>,
    /// What targets ask.
    pub marks: Vec<CurveMark>,
    /// Scenario, paths, seed, source.
    pub footer: String,
}

/// A curve: for each value the share of the paths on which it is reached or exceeded, or not exceeded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExceedanceCurve {
    /// What it is called: a year; empty where it is the only one.
    pub label: String,
    /// Whether shares are of at most the value, else of at least.
    pub at_most: bool,
    /// Whether there is nothing between the values, so that shares change in steps.
    pub steps: bool,
    /// Value and share, values ascending.
    pub points: Vec<Point>,
}

impl ExceedanceCurve {
    /// The corners of the line. A share of at least holds from the value before up to its own; one of at most from its
    /// own to the next.
    fn corners(&self) -> Vec<Point> {
        if !self.steps {
            return self.points.clone();
        }
        let pairs = self.points.windows(2);
        let corner =
            |pair: &[Point]| if self.at_most { (pair[1].0, pair[0].1) } else { (pair[0].0, pair[1].1) };
        let mut corners: Vec<Point> = pairs.flat_map(|pair| [pair[0], corner(pair)]).collect();
        corners.extend(self.points.last());
        corners
    }
}

/// What a target asks, on its curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CurveMark {
    /// The value.
    pub level: f64,
    /// The share of the paths on which it is kept to: where it stands on the curve of its side.
    pub share: f64,
    /// The level with its odds: `≥ 2,200: 48 %`.
    pub label: String,
}

/// Draws the curves as SVG.
pub fn draw(figure: &Exceedance, size: Size, language: Language) -> String {
    let mark = tr!(language, "chart-legend-mark");
    let axes = asks(figure);
    let mut axes = match figure.unit.as_str() {
        "" => axes.text(language).to_owned(),
        unit => tr!(language, "chart-exceedance-unit", axes = axes, unit = unit),
    };
    if figure.logarithmic {
        axes.push_str(" · ");
        axes.push_str(&axes::unit("", true, language));
    }
    let mut legend: Vec<(LegendKey, String)> = Vec::new();
    if !are_named_beside(figure) {
        let curves = figure.curves.iter().enumerate();
        legend.extend(curves.map(|(place, curve)| (LegendKey::Line(colour(place)), curve.label.clone())));
    }
    if !figure.marks.is_empty() {
        legend.push((LegendKey::Diamond(TARGET), mark.to_owned()));
    }
    let spoken = tr!(language, "chart-exceedance-spoken", title = &figure.title, axes = &axes);
    noted(&figure.footer, language, |footer| {
        let mut unlabelled = 0;
        let words =
            Around { title: &figure.title, subtitle: &figure.subtitle, footer, legend: &legend, axes: &axes };
        let size = frame::tall_enough(&words, size, frame::LEAST_FIELD);
        let svg = draw_page(size, &spoken, |canvas| {
            unlabelled = paint(canvas, figure, frame::around(canvas, &words, size), language);
        });
        (svg, unlabelled)
    })
}

/// Whether curves are named beside themselves: of more than three names and marks would lie upon each other, and the legend
/// has them.
fn are_named_beside(figure: &Exceedance) -> bool {
    figure.curves.len() <= 3
}

/// What the shares are of.
fn asks(figure: &Exceedance) -> Key {
    let at_most = figure.curves.iter().any(|curve| curve.at_most);
    let at_least = figure.curves.iter().any(|curve| !curve.at_most);
    match (at_least, at_most) {
        (_, false) => key!("chart-exceedance-at-least"),
        (false, true) => key!("chart-exceedance-at-most"),
        (true, true) => key!("chart-exceedance-both"),
    }
}

fn colour(place: usize) -> Colour {
    CURVES[place % CURVES.len()]
}

/// Draws the field; gives the number of targets without a label.
fn paint(canvas: &Canvas, figure: &Exceedance, ground: Area, language: Language) -> usize {
    let (shares, share_labels) = axes::shares(1.0, language);
    let names = figure.curves.iter().map(|curve| curve.label.clone()).collect::<Vec<_>>();
    let left = ground.left + axes::label_width(&share_labels);
    let field = Area { left, top: ground.top, right: ground.right - 18.0, bottom: ground.bottom - 28.0 };
    let measured = axes::measured(figure.logarithmic);
    let drawn = figure.curves.iter().flat_map(|curve| curve.points.iter().map(|(value, _)| measured(*value)));
    let asked = figure.marks.iter().map(|mark| measured(mark.level));
    let (low, high) = with_asked(range(drawn), asked);
    let (ticks, labels) = if figure.are_years {
        let ticks = axes::year_ticks(low.floor() as i32, high.ceil() as i32, field.right - field.left);
        let labels = axes::labels(&ticks);
        (ticks, labels)
    } else {
        axes::enclosing(low, high, 7, figure.logarithmic, false)
    };
    let y = axes::upright(canvas, &shares, &share_labels, &field);
    let x = axes::along(canvas, &ticks, &labels, &field, true);
    let at = |&(value, share): &Point| (x.at(measured(value)), y.at(share));
    let lines: Vec<Vec<Point>> =
        figure.curves.iter().map(|curve| curve.corners().iter().map(at).collect()).collect();
    for (place, line) in lines.iter().enumerate().rev() {
        canvas.line(line, colour(place), 2.6);
    }
    for curve in &figure.curves {
        spots(canvas, figure, curve, language, at);
    }
    let mut taken = Vec::new();
    if are_named_beside(figure) {
        taken = name_curves(canvas, &names, &lines, &y, &field);
    }
    let place = |mark: &CurveMark| {
        let (across, beyond) = x.within(measured(mark.level));
        ((across, y.at(mark.share)), beyond)
    };
    marks(canvas, figure, &lines, &field, place, &mut taken)
}

/// A spot wherever a curve has moved by a further tenth of the paths: enough to step through.
fn spots(
    canvas: &Canvas,
    figure: &Exceedance,
    curve: &ExceedanceCurve,
    language: Language,
    at: impl Fn(&Point) -> Point,
) {
    let level = if curve.at_most {
        tr!(language, "chart-exceedance-level-most")
    } else {
        tr!(language, "chart-exceedance-level-least")
    };
    let of = parse(&curve.label).unwrap_or_default();
    let keys = (level, tr!(language, "chart-probability"), heading(of, language));
    let mut next = 0.95;
    for point in &curve.points {
        let (value, share) = *point;
        let left = if curve.at_most { 1.0 - share } else { share };
        if left > next {
            continue;
        }
        let value = if figure.are_years { label_within(value, figure.step) } else { digits(value, 4) };
        let share_words = KnownProbability::counted(share, figure.paths).words(language);
        let label = (!curve.label.is_empty()).then(|| (keys.2.to_owned(), curve.label.clone()));
        let with = |value: String, share: String| {
            let values = [(keys.0.to_owned(), value), (keys.1.to_owned(), share)];
            label.clone().into_iter().chain(values).collect()
        };
        let row = with(exact(point.0), exact(share));
        canvas.spot_of(at(point), 10.0, &with(value, share_words), &row);
        next = left - 0.1;
    }
}

/// Writes the name of each curve beside the place where it falls, or rises, through a height of its own.
fn name_curves(
    canvas: &Canvas,
    names: &[String],
    lines: &[Vec<Point>],
    y: &PixelScale,
    field: &Area,
) -> Vec<Area> {
    let mut taken = Vec::new();
    let wanted: Vec<f64> = (0..names.len()).map(|k| y.at(0.16 + 0.08 * k as f64)).rev().collect();
    let heights = spread(&wanted, 20.0, y.end + 10.0, y.start - 10.0);
    for ((place, name), height) in names.iter().enumerate().zip(heights.iter().rev()) {
        let line = &lines[place];
        let falls = line.first().zip(line.last()).is_none_or(|(first, last)| first.1 <= last.1);
        let passed = |at: f64| if falls { at >= *height } else { at <= *height };
        let Some(point) = line.iter().find(|(_, at)| passed(*at)).or(line.last()) else { continue };
        if name.is_empty() {
            continue;
        }
        // A piece of the curve's line, then its name in ink: colours alone would be too pale to read.
        let width = 18.0 + font::width(name, letter::LABEL);
        let start = min(point.0 + 9.0, field.right - width);
        let area = Area::around((start + width / 2.0, height - 3.0), width + 6.0, 19.0);
        canvas.rectangle((area.left, area.top), (area.right, area.bottom), GROUND);
        canvas.line(&[(start, height - 3.0), (start + 13.0, height - 3.0)], colour(place), 3.2);
        canvas.text(name, (start + 18.0, height + 2.0), Anchor::Start, letter::LABEL, INK);
        taken.push(area);
    }
    taken
}

fn marks(
    canvas: &Canvas,
    figure: &Exceedance,
    lines: &[Vec<Point>],
    field: &Area,
    place: impl Fn(&CurveMark) -> (Point, f64),
    taken: &mut Vec<Area>,
) -> usize {
    taken.extend(figure.marks.iter().map(|mark| Area::around(place(mark).0, 16.0, 16.0)));
    let stretch = |pair: &[Point]| Area {
        left: min(pair[0].0, pair[1].0) - 2.0,
        right: max(pair[0].0, pair[1].0) + 2.0,
        top: min(pair[0].1, pair[1].1) - 2.0,
        bottom: max(pair[0].1, pair[1].1) + 2.0,
    };
    let drawn: Vec<Area> = lines.iter().flat_map(|line| line.windows(2).map(stretch)).collect();
    let points: Vec<Point> = figure.marks.iter().map(|mark| place(mark).0).collect();
    let size = |mark: &CurveMark| (font::width(&mark.label, letter::LABEL) + 14.0, 23.0);
    let sizes: Vec<(f64, f64)> = figure.marks.iter().map(size).collect();
    let labels = placed(&points, &sizes, field, taken, &drawn);
    for ((mark, point), area) in figure.marks.iter().zip(&points).zip(&labels) {
        if let Some(area) = area {
            frame::label(canvas, &mark.label, *point, area, TARGET);
        }
        canvas.hint(*point, 7.0, &mark.label);
    }
    for mark in &figure.marks {
        match place(mark) {
            (point, 0.0) => canvas.diamond(point, 6.5, TARGET),
            (point, beyond) => canvas.arrow(point, (beyond, 0.0), 6.5, TARGET),
        }
    }
    labels.iter().filter(|area| area.is_none()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check;

    fn figure() -> Exceedance {
        let curve = |label: &str, middle: f64| ExceedanceCurve {
            label: label.to_owned(),
            points: (0..=100).map(|k| (middle + 10.0 * f64::from(k), 1.0 - f64::from(k) / 100.0)).collect(),
            ..ExceedanceCurve::default()
        };
        Exceedance {
            title: "GDP".to_owned(),
            unit: "亿元".to_owned(),
            curves: vec![curve("2025", 1700.0), curve("2035", 2400.0)],
            marks: vec![
                CurveMark { level: 2200.0, share: 0.5, label: "2025 ≥ 2,200: 50 %".to_owned() },
                CurveMark { level: 2210.0, share: 0.49, label: "2025 ≥ 2,210: 49 %".to_owned() },
            ],
            footer: "plan".to_owned(),
            ..Exceedance::default()
        }
    }

    #[test]
    fn curves_and_marks_are_named_and_nothing_overlaps() {
        for language in [Language::En, Language::Zh] {
            let svg = draw(&figure(), Size::default(), language);
            check::well_set(&svg);
            let ends = ["0", "100"].map(|share| crate::text::number::per_cent(share, language));
            for expected in ["2025", "2035", "2025 ≥ 2,200: 50 %", &ends[0], &ends[1], "1,500", "3,500"] {
                assert!(check::texts(&svg).iter().any(|t| t == expected), "{expected}");
            }
        }
    }

    #[test]
    fn a_level_not_to_be_passed_stands_on_a_curve_of_at_most() {
        let mut most = figure();
        for curve in &mut most.curves {
            curve.at_most = true;
            curve.points.iter_mut().for_each(|(_, share)| *share = 1.0 - *share);
        }
        for (language, axis) in
            [(Language::En, "Odds of at most this value (亿元)"), (Language::Zh, "不超过该值的概率（亿元）")]
        {
            let svg = draw(&most, Size::default(), language);
            check::well_set(&svg);
            assert!(check::texts(&svg).iter().any(|t| t == axis), "{axis}");
        }
        let mut both = figure();
        both.curves.push(ExceedanceCurve { label: "2035 ≤".to_owned(), ..most.curves[1].clone() });
        let svg = draw(&both, Size::default(), Language::En);
        check::well_set(&svg);
        assert!(check::texts(&svg).iter().any(|t| t.contains("at least (≥) or at most (≤)")));
    }

    /// Between two whole numbers nothing changes: at least 2029 is at least 2028.5.
    #[test]
    fn whole_numbers_change_in_steps() {
        let points = vec![(2028.0, 1.0), (2029.0, 0.6), (2030.0, 0.1)];
        let least = ExceedanceCurve { steps: true, points: points.clone(), ..ExceedanceCurve::default() };
        let corners = [(2028.0, 1.0), (2028.0, 0.6), (2029.0, 0.6), (2029.0, 0.1), (2030.0, 0.1)];
        assert_eq!(least.corners(), corners);
        let rising = points.iter().map(|(year, share)| (*year, 1.0 - share)).collect();
        let most =
            ExceedanceCurve { steps: true, at_most: true, points: rising, ..ExceedanceCurve::default() };
        let corners = [(2028.0, 0.0), (2029.0, 0.0), (2029.0, 0.4), (2030.0, 0.4), (2030.0, 0.9)];
        assert_eq!(most.corners(), corners);
        assert_eq!(ExceedanceCurve { steps: false, ..least.clone() }.corners(), points, "a slope");
    }

    #[test]
    fn curves_of_years_are_labelled_with_years() {
        let years = Exceedance {
            are_years: true,
            step: Step::Year,
            curves: vec![ExceedanceCurve {
                points: vec![(2028.0, 1.0), (2035.0, 0.2)],
                ..ExceedanceCurve::default()
            }],
            ..Exceedance::default()
        };
        let texts = check::texts(&draw(&years, Size::default(), Language::En));
        assert!(texts.contains(&"2030".to_owned()), "{texts:?}");
    }
}
