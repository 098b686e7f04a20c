//! A histogram of years: when something happens for the first time, and how often it never does.

use super::axes;
use super::canvas::{Anchor, Canvas, Point, Size, draw as draw_page, exact};
use super::font;
use super::frame::{self, Around, LegendKey};
use super::labels::{noted, placed};
use super::place::Area;
use super::style::{AXIS, BAR, INK, MUTED, OPEN, TARGET, letter};
use crate::num::{max, min};
use crate::text::Language;
use crate::text::number::year;
use crate::text::period::heading;
use crate::text::probability::KnownProbability;
use crate::tr;

/// A histogram as plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct YearHistogram {
    /// What is shown.
    pub title: String,
    /// One line more about it; may be empty.
    pub subtitle: String,
    /// How many paths were counted.
    pub paths: u64,
    /// Each year with the share of the paths, ascending and without gaps.
    pub bars: Vec<(i32, f64)>,
    /// The share of the paths on which it never happens.
    pub never: f64,
    /// The last year that was simulated, where a value of it may mean a later one: the year of a peak.
    pub open_end: Option<i32>,
    /// Years that targets ask for, each with the target and its odds: `by 2030: 37 %`.
    pub marks: Vec<(i32, String)>,
    /// Scenario, paths, seed, source.
    pub footer: String,
}

/// Draws a histogram as SVG.
pub fn draw(figure: &YearHistogram, size: Size, language: Language) -> String {
    let axes = tr!(language, "chart-histogram-axes");
    let never = tr!(language, "chart-histogram-never");
    let mut legend: Vec<(LegendKey, String)> = Vec::new();
    if !figure.marks.is_empty() {
        legend.push((LegendKey::Line(TARGET), tr!(language, "chart-legend-mark").to_owned()));
    }
    if let Some(last) = figure.open_end.filter(|last| figure.bars.iter().any(|(at, _)| at == last)) {
        legend.push((LegendKey::Area(OPEN), tr!(language, "chart-histogram-open", year = last)));
    }
    let outside = |(year, _): &(i32, String)| figure.bars.iter().all(|(at, _)| at != year);
    if figure.marks.iter().any(outside) {
        legend.push(frame::beyond(language));
    }
    noted(&figure.footer, language, |footer| {
        let mut unlabelled = 0;
        let words =
            Around { title: &figure.title, subtitle: &figure.subtitle, footer, legend: &legend, axes };
        let size = frame::tall_enough(&words, size, frame::LEAST_FIELD + 40.0);
        let svg = draw_page(size, &figure.title, |canvas| {
            let keys = (heading(figure.bars.first().map_or(0, |bar| bar.0), language), axes);
            unlabelled = paint(canvas, figure, frame::around(canvas, &words, size), never, keys, language);
        });
        (svg, unlabelled)
    })
}

/// Draws the field; gives the number of targets without a label.
fn paint(
    canvas: &Canvas,
    figure: &YearHistogram,
    ground: Area,
    never: &str,
    (year_key, share_key): (&str, &str),
    language: Language,
) -> usize {
    let known = |share: f64| KnownProbability::counted(share, figure.paths);
    let highest = figure.bars.iter().map(|bar| bar.1).chain([figure.never, 0.01]).fold(0.0, max);
    let (ticks, labels) = axes::shares(min(highest * 1.06, 1.0), language);
    let left = ground.left + axes::label_width(&labels);
    // Labels of marks stand above the field, the years below.
    let top = ground.top + if figure.marks.is_empty() { 4.0 } else { 24.0 };
    // So does the number of a bar that reaches it.
    let top = if highest > 0.94 { top + 14.0 } else { top };
    let field = Area { left, top, right: ground.right, bottom: ground.bottom - 28.0 };
    let y = axes::upright(canvas, &ticks, &labels, &field);
    let tail = figure.never > 0.0;
    let never_room = if tail { max(font::width(never, letter::LABEL) + 40.0, 90.0) } else { 0.0 };
    let count = figure.bars.len().max(1) as f64;
    let pitch = (field.right - field.left - never_room) / count;
    let middle = |place: usize| field.left + pitch * (place as f64 + 0.5);
    let bar = |at: f64, half: f64, share: f64, colour| {
        canvas.rectangle((at - half, y.at(share)), (at + half, field.bottom), colour);
        // Numbers only where they have room.
        let words = known(share).short(language);
        if share >= 0.005 && font::width(&words, letter::FOOTER) < 2.4 * half {
            canvas.text(&words, (at, y.at(share) - 5.0), Anchor::Middle, letter::FOOTER, INK);
        }
    };
    let label = font::width("2025+", letter::LABEL) + 6.0;
    let step = ((label / pitch).ceil() as i32).max(1);
    for (place, &(at, share)) in figure.bars.iter().enumerate() {
        let open = figure.open_end == Some(at);
        bar(middle(place), 0.4 * pitch, share, if open { OPEN } else { BAR });
        let told = |share: String| vec![(year_key.to_owned(), year(at)), (share_key.to_owned(), share)];
        let (saying, row) = (told(known(share).words(language)), told(exact(share)));
        canvas.spot_of((middle(place), y.at(share)), max(0.5 * pitch, 6.0), &saying, &row);
        if at % step == 0 {
            let words = if open { format!("{at}+") } else { year(at) };
            let place = (middle(place), field.bottom + 20.0);
            canvas.text(&words, place, Anchor::Middle, letter::LABEL, MUTED);
        }
    }
    if tail {
        let at = field.right - never_room / 2.0;
        bar(at, 0.5 * max(pitch * 0.8, 30.0), figure.never, OPEN);
        canvas.text(never, (at, field.bottom + 20.0), Anchor::Middle, letter::LABEL, INK);
        let told =
            |share: String| vec![(year_key.to_owned(), never.to_owned()), (share_key.to_owned(), share)];
        let (saying, row) = (told(known(figure.never).words(language)), told(exact(figure.never)));
        canvas.spot_of((at, y.at(figure.never)), 20.0, &saying, &row);
    }
    canvas.line(&[(field.left, field.bottom), (field.right, field.bottom)], AXIS, 1.0);
    // After the year that is asked for; at an end where it is not among those that are shown.
    let first = figure.bars.first().map_or(0, |bar| bar.0);
    let place = |asked: &i32| match figure.bars.iter().position(|(at, _)| at == asked) {
        Some(place) => (middle(place) + 0.5 * pitch, 0.0),
        None if *asked < first => (field.left, -1.0),
        None => (field.right - never_room, 1.0),
    };
    let places: Vec<(f64, f64)> = figure.marks.iter().map(|(asked, _)| place(asked)).collect();
    let areas = figure.bars.iter().enumerate().map(|(place, &(_, share))| Area {
        left: middle(place) - 0.4 * pitch,
        top: y.at(share) - 18.0,
        right: middle(place) + 0.4 * pitch,
        bottom: field.bottom,
    });
    let mut drawn: Vec<Area> = areas.collect();
    drawn.extend(tail.then(|| Area {
        left: field.right - never_room,
        top: y.at(figure.never) - 18.0,
        ..field
    }));
    marks(canvas, figure, &places, &Area { top: ground.top, ..field }, &drawn)
}

/// A line after each year that is asked for, with its label beside the top; gives the number of those without one.
fn marks(
    canvas: &Canvas,
    figure: &YearHistogram,
    places: &[(f64, f64)],
    field: &Area,
    drawn: &[Area],
) -> usize {
    let points: Vec<Point> = places.iter().map(|(at, _)| (*at, field.top + 14.0)).collect();
    let size = |(_, label): &(i32, String)| (font::width(label, letter::LABEL) + 14.0, 23.0);
    let sizes: Vec<(f64, f64)> = figure.marks.iter().map(size).collect();
    let mut taken: Vec<Area> = points.iter().map(|point| Area::around(*point, 12.0, 12.0)).collect();
    // Above each bar stands its number.
    taken.extend(drawn.iter().map(|bar| Area { bottom: bar.top + 18.0, ..*bar }));
    let labels = placed(&points, &sizes, field, &mut taken, drawn);
    for (((at, beyond), point), (_, label)) in places.iter().zip(&points).zip(&figure.marks) {
        if *beyond == 0.0 {
            canvas.line(&[(*at, field.bottom), *point], TARGET, 2.2);
        } else {
            canvas.arrow(*point, (*beyond, 0.0), 5.5, TARGET);
        }
        canvas.hint(*point, 7.0, label);
    }
    for (((_, label), point), area) in figure.marks.iter().zip(&points).zip(&labels) {
        if let Some(area) = area {
            frame::label(canvas, label, *point, area, TARGET);
        }
    }
    labels.iter().filter(|area| area.is_none()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check;

    #[test]
    fn years_and_never_have_their_bars_and_nothing_overlaps() {
        let figure = YearHistogram {
            title: "碳达峰年份".to_owned(),
            bars: (2020..=2035).map(|year| (year, 0.05)).collect(),
            paths: 1000,
            never: 0.2,
            open_end: Some(2035),
            marks: vec![(2030, "≤ 2030: 55 %".to_owned())],
            footer: "plan".to_owned(),
            ..YearHistogram::default()
        };
        for language in [Language::En, Language::Zh] {
            let svg = draw(&figure, Size::default(), language);
            check::well_set(&svg);
            let texts = check::texts(&svg);
            assert_eq!(texts.iter().filter(|t| t.replace(' ', "") == "5%").count(), 16 + 1, "{texts:?}");
            assert!(
                texts.iter().any(|t| t.replace(' ', "") == "20%")
                    && texts.iter().any(|t| t == "≤ 2030: 55 %")
            );
        }
    }

    /// All of 1000 paths in one year are no certainty: the interval of all of n begins at n / (n + z²), 99.617 %.
    #[test]
    fn a_bar_of_all_paths_does_not_say_all() {
        let figure = YearHistogram {
            paths: 1000,
            bars: vec![(2024, 0.0), (2025, 1.0)],
            title: "Peak".to_owned(),
            ..YearHistogram::default()
        };
        let svg = draw(&figure, Size::default(), Language::En);
        let texts = check::texts(&svg);
        assert!(texts.iter().any(|text| text == "> 99.6 %"), "{texts:?}");
    }
}
