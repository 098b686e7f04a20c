//! The same number in several scenarios: violins with box and median, side by side on one scale.

use super::axes;
use super::canvas::{Anchor, Canvas, Point, Size, draw as draw_page, exact};
use super::font;
use super::frame::{self, Around, LegendKey};
use super::place::Area;
use super::scale::{range, with_asked};
use super::style::{GROUND, INK, MEDIAN, TARGET, band, letter};
use crate::num::max;
use crate::text::Language;
use crate::text::number::{digits_in, per_cent};
use crate::text::period::{Step, label_at};
use crate::tr;

/// Violins as plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Violins {
    /// What is shown.
    pub title: String,
    /// One line more about it; may be empty.
    pub subtitle: String,
    /// Unit of the values; may be empty.
    pub unit: String,
    /// Whether values are shown on a logarithmic axis.
    pub logarithmic: bool,
    /// Whether values are calendar years.
    pub are_years: bool,
    /// How long the periods are that values which are calendar years stand for.
    pub step: Step,
    /// One for each scenario.
    pub violins: Vec<Violin>,
    /// What a target asks of all of them: level and label.
    pub mark: Option<(f64, String)>,
    /// Scenarios, paths, seed, source.
    pub footer: String,
}

/// One scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Violin {
    /// The scenario's title.
    pub label: String,
    /// Value and density, values ascending.
    pub points: Vec<Point>,
    /// The quantiles at 5, 25, 50, 75 and 95 per cent; NaN where one is not there.
    pub quantiles: [f64; 5],
    /// The median in words.
    pub median: String,
    /// The odds that what is marked is met, in words; may be empty.
    pub probability: String,
}

/// Pixels from line to line of a label.
const LINE: f64 = 17.0;

/// Draws violins as SVG.
pub fn draw(figure: &Violins, size: Size, language: Language) -> String {
    let band = |share: &str| tr!(language, "chart-legend-band", share = share);
    let median = tr!(language, "chart-median");
    let unit = axes::unit(&figure.unit, figure.logarithmic, language);
    let mut legend = vec![
        (LegendKey::Line(INK), band("90")),
        (LegendKey::Area(MEDIAN), band("50")),
        (LegendKey::Rim(MEDIAN), median.to_owned()),
    ];
    if figure.mark.is_some() {
        legend.push((LegendKey::Line(TARGET), tr!(language, "chart-legend-mark").to_owned()));
    }
    let words = Around {
        title: &figure.title,
        subtitle: &figure.subtitle,
        footer: &figure.footer,
        legend: &legend,
        axes: &unit,
    };
    let size = frame::tall_enough(&words, size, frame::LEAST_FIELD + 60.0);
    draw_page(size, &figure.title, |canvas| {
        let keys = (tr!(language, "chart-scenario"), median);
        paint(canvas, figure, frame::around(canvas, &words, size), keys, language);
    })
}

/// `keys` are what a scenario and a median are called.
fn paint(canvas: &Canvas, figure: &Violins, ground: Area, keys: (&str, &str), language: Language) {
    let seen = figure.violins.iter().flat_map(|violin| {
        let peak = violin.points.iter().map(|p| p.1).fold(0.0, max);
        let thick = violin.points.iter().filter(move |p| p.1 > 0.004 * peak).map(|p| p.0);
        thick.chain(violin.quantiles)
    });
    let measured = axes::measured(figure.logarithmic);
    let (low, high) = with_asked(range(seen.map(&measured)), figure.mark.iter().map(|mark| measured(mark.0)));
    let (ticks, labels) = axes::enclosing(low, high, 6, figure.logarithmic, figure.are_years);
    let left = ground.left + axes::label_width(&labels);
    let mark_room = figure.mark.as_ref().map_or(0.0, |(_, label)| font::width(label, letter::LABEL) + 14.0);
    let right = ground.right - mark_room;
    let pitch = (right - left) / figure.violins.len().max(1) as f64;
    let names: Vec<Vec<String>> =
        figure.violins.iter().map(|v| font::wrap(&v.label, letter::LABEL, pitch - 12.0)).collect();
    let lines = names.iter().map(Vec::len).max().unwrap_or(1);
    let probability = figure.violins.iter().any(|violin| !violin.probability.is_empty());
    // Medians stand beside their boxes, or below the names where the next violin is too near.
    let widest_median = figure.violins.iter().map(|v| font::width(&v.median, letter::LABEL)).fold(0.0, max);
    let aside = pitch > widest_median + 40.0;
    // Medians that are wider than their violins stand on several lines in turn.
    let turns = if aside { 0 } else { ((widest_median + 8.0) / pitch).ceil() as usize };
    let below = LINE * (lines + turns + usize::from(probability)) as f64 + 12.0;
    let field = Area { left, top: ground.top, right, bottom: ground.bottom - below };
    let scale = axes::upright(canvas, &ticks, &labels, &field);
    let y = |value| scale.at(measured(value));
    if let Some((level, label)) = &figure.mark {
        let (at, beyond) = scale.within(measured(*level));
        if beyond == 0.0 {
            canvas.line(&[(field.left, at), (field.right + 6.0, at)], TARGET, 2.0);
        } else {
            canvas.arrow((field.right + 3.0, at), (0.0, -beyond), 5.5, TARGET);
        }
        canvas.text(label, (field.right + 12.0, at + 4.8), Anchor::Start, letter::LABEL, TARGET);
    }
    let widest = figure.violins.iter().flat_map(|violin| violin.points.iter().map(|p| p.1)).fold(0.0, max);
    for (place, (violin, name)) in figure.violins.iter().zip(&names).enumerate() {
        let middle = left + pitch * (place as f64 + 0.5);
        let at = violin.quantiles[2];
        if at.is_finite() {
            let level = |level: &str| per_cent(level, language);
            let levels = [level("5"), level("25"), keys.1.to_owned(), level("75"), level("95")];
            let told = |words: &dyn Fn(f64) -> String| {
                let mut saying = vec![(keys.0.to_owned(), violin.label.clone())];
                let values = levels.iter().cloned().zip(violin.quantiles);
                saying.extend(values.map(|(level, value)| (level, words(value))));
                saying
            };
            let saying = told(&|value| {
                let period = (figure.are_years).then(|| label_at(value, figure.step)).flatten();
                period.unwrap_or_else(|| digits_in(value, 4, figure.are_years))
            });
            canvas.spot_of((middle, y(at)), 12.0, &saying, &told(&exact));
        }
        let stretch = 0.42 * pitch / max(widest, f64::MIN_POSITIVE);
        one(canvas, violin, middle, &y, stretch, &field, aside);
        for (line, words) in name.iter().enumerate() {
            let at = (middle, field.bottom + 20.0 + LINE * line as f64);
            canvas.text(words, at, Anchor::Middle, letter::LABEL, INK);
        }
        let mut at = (middle, field.bottom + 20.0 + LINE * lines as f64);
        if !aside {
            let turn = (at.0, at.1 + LINE * (place % turns.max(1)) as f64);
            canvas.text(&violin.median, turn, Anchor::Middle, letter::LABEL, MEDIAN);
            at.1 += LINE * turns as f64;
        }
        canvas.text(&violin.probability, at, Anchor::Middle, letter::LABEL, TARGET);
    }
}

fn one(
    canvas: &Canvas,
    violin: &Violin,
    middle: f64,
    y: &impl Fn(f64) -> f64,
    stretch: f64,
    field: &Area,
    aside: bool,
) {
    let inside: Vec<Point> =
        violin.points.iter().filter(|p| (field.top..=field.bottom).contains(&y(p.0))).copied().collect();
    let right = inside.iter().map(|&(value, density)| (middle + density * stretch, y(value)));
    let left = inside.iter().rev().map(|&(value, density)| (middle - density * stretch, y(value)));
    let outline: Vec<Point> = right.chain(left).collect();
    if outline.len() > 2 {
        canvas.polygon(&outline, band(1, 4));
    }
    let [low, quarter, half, three, high] = violin.quantiles.map(y);
    if low.is_finite() && high.is_finite() {
        canvas.line(&[(middle, low), (middle, high)], INK, 1.6);
    }
    if quarter.is_finite() && three.is_finite() {
        canvas.rectangle((middle - 6.0, three), (middle + 6.0, quarter), MEDIAN);
    }
    if half.is_finite() {
        canvas.disc((middle, half), 5.6, MEDIAN);
        canvas.disc((middle, half), 3.6, GROUND);
        if !aside {
            return;
        }
        // Beside the box, on the ground's colour, so that it can be read on the violin.
        let width = font::width(&violin.median, letter::LABEL);
        canvas.rectangle((middle + 11.0, half - 9.0), (middle + 17.0 + width, half + 9.0), GROUND);
        canvas.text(&violin.median, (middle + 14.0, half + 4.8), Anchor::Start, letter::LABEL, MEDIAN);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check;

    #[test]
    fn scenarios_medians_and_odds_are_named_and_nothing_overlaps() {
        let violin = |label: &str, middle: f64| Violin {
            label: label.to_owned(),
            points: (0..=20).map(|k| (middle - 100.0 + 10.0 * f64::from(k), 1.0)).collect(),
            quantiles: [-80.0, -30.0, 0.0, 30.0, 80.0].map(|d| middle + d),
            median: format!("{middle}"),
            probability: "48 %".to_owned(),
        };
        let figure = Violins {
            title: "GDP".to_owned(),
            unit: "亿元".to_owned(),
            violins: ["规划情景", "Seen from outside and with a very long name", "Coal slump", "Stress"]
                .into_iter()
                .zip([2200.0, 2000.0, 1900.0, 1800.0])
                .map(|(label, middle)| violin(label, middle))
                .collect(),
            mark: Some((2200.0, "≥ 2,200".to_owned())),
            footer: "plan".to_owned(),
            ..Violins::default()
        };
        for language in [Language::En, Language::Zh] {
            let svg = draw(&figure, Size::default(), language);
            check::well_set(&svg);
            assert_eq!(check::texts(&svg).iter().filter(|t| *t == "48 %").count(), 4);
        }
    }
}
