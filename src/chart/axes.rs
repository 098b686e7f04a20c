//! Axes with their grid lines and labels.

use super::canvas::{Anchor, Canvas};
use super::font;
use super::place::Area;
use super::scale::{PixelScale, Ticks, year_step};
use super::style::{AXIS, GRID, MUTED, letter};
use crate::num::{log10, max};
use crate::text::Language;
use crate::text::number;
use crate::text::period::{Step, step_of, time};
use crate::tr;

/// Pixels between a tick's label and the field.
const GAP: f64 = 10.0;

/// The labels of ticks.
pub(super) fn labels(ticks: &Ticks) -> Vec<String> {
    ticks.values.iter().map(|value| ticks.label(*value)).collect()
}

/// The width that the labels of an upright axis need.
pub(super) fn label_width(labels: &[String]) -> f64 {
    labels.iter().map(|label| font::width(label, letter::LABEL)).fold(0.0, max) + GAP
}

/// An upright axis: a grid line and a label at each tick, the labels to the left of the field.
pub(super) fn upright(canvas: &Canvas, ticks: &Ticks, labels: &[String], field: &Area) -> PixelScale {
    let scale = ticks.scale(field.bottom, field.top);
    for (value, label) in ticks.values.iter().zip(labels) {
        let at = scale.at(*value);
        let colour = if *value == 0.0 { AXIS } else { GRID };
        canvas.line(&[(field.left, at), (field.right, at)], colour, 1.0);
        canvas.text(label, (field.left - GAP, at + 4.8), Anchor::End, letter::LABEL, MUTED);
    }
    scale
}

/// An axis along the bottom: a tick and a label at each value, and grid lines where they are wanted.
pub(super) fn along(
    canvas: &Canvas,
    ticks: &Ticks,
    labels: &[String],
    field: &Area,
    grid: bool,
) -> PixelScale {
    let scale = ticks.scale(field.left, field.right);
    let step = labelled(labels, (field.right - field.left) / (labels.len().max(2) - 1) as f64);
    for (place, (value, label)) in ticks.values.iter().zip(labels).enumerate() {
        let at = scale.at(*value);
        if grid {
            canvas.line(&[(at, field.top), (at, field.bottom)], GRID, 1.0);
        }
        canvas.line(&[(at, field.bottom), (at, field.bottom + 6.0)], AXIS, 1.0);
        if place % step == 0 {
            canvas.text(label, (at, field.bottom + 22.0), Anchor::Middle, letter::LABEL, MUTED);
        }
    }
    canvas.line(&[(field.left, field.bottom), (field.right, field.bottom)], AXIS, 1.0);
    scale
}

/// Every so many ticks that lie `apart` have a label: as many as do not touch.
pub(super) fn labelled(labels: &[String], apart: f64) -> usize {
    let widest = labels.iter().map(|label| font::width(label, letter::LABEL)).fold(0.0, max) + 8.0;
    (1..labels.len().max(2)).find(|step| *step as f64 * apart >= widest).unwrap_or(labels.len().max(1))
}

/// The first and the last of some periods, at least two steps apart.
pub(super) fn span(periods: impl Iterator<Item = i32>) -> (i32, i32) {
    let ends = periods.fold(None, |ends: Option<(i32, i32)>, period| {
        Some(ends.map_or((period, period), |(low, high)| (low.min(period), high.max(period))))
    });
    match ends.unwrap_or((0, 1)) {
        (first, last) if last > first => (first, last),
        (first, _) => (first - 1, first + 1),
    }
}

/// Where an axis of periods has ticks, in decimal years, and what stands at them: at every year as many labels as have room,
/// and at every quarter or month where there is room for all of their names.
pub(super) fn moments(first: i32, last: i32, room: f64) -> Vec<(f64, Option<String>)> {
    let width = |label: &str| font::width(label, letter::LABEL) + 14.0;
    let periods = f64::from(last - first + 1);
    if step_of(first) != Step::Year && periods * width("2025M12") <= room {
        return (first..=last).map(|period| (time(period), Some(number::year(period)))).collect();
    }
    let (low, high) = (time(first).ceil() as i32, time(last).floor() as i32);
    let step = year_step(high - low, room, width("2025"));
    let each = |year: i32| (f64::from(year), (year % step == 0).then(|| number::year(year)));
    (low..=high).map(each).collect()
}

/// An axis of years along the bottom; as many are labelled as have room.
pub(super) fn years(canvas: &Canvas, first: i32, last: i32, field: &Area) -> PixelScale {
    let (low, high) = (time(first), time(last));
    let (low, high) = if high > low { (low, high) } else { (low - 1.0, high + 1.0) };
    let scale = PixelScale { low, high, start: field.left, end: field.right };
    let (first, last) = if last > first { (first, last) } else { (first - 1, first + 1) };
    for (moment, label) in moments(first, last, field.right - field.left) {
        let at = scale.at(moment);
        let length = if label.is_some() { 6.0 } else { 3.0 };
        canvas.line(&[(at, field.bottom), (at, field.bottom + length)], AXIS, 1.0);
        if let Some(label) = label {
            canvas.text(&label, (at, field.bottom + 22.0), Anchor::Middle, letter::LABEL, MUTED);
        }
    }
    canvas.line(&[(field.left, field.bottom), (field.right, field.bottom)], AXIS, 1.0);
    scale
}

/// What is said of an axis: its unit, and whether it is logarithmic; nothing where neither is to be said.
pub(super) fn unit(unit: &str, logarithmic: bool, language: Language) -> String {
    match (unit.is_empty(), logarithmic) {
        (true, false) => String::new(),
        (true, true) => tr!(language, "chart-axes-logarithmic").to_owned(),
        (false, false) => tr!(language, "chart-axes-unit", unit = unit),
        (false, true) => tr!(language, "chart-axes-unit-logarithmic", unit = unit),
    }
}

/// The common logarithm of what stands on a logarithmic axis; values as they are on another.
pub(super) fn measured(logarithmic: bool) -> impl Fn(f64) -> f64 {
    move |value| if logarithmic { log10(value) } else { value }
}

/// Ticks that enclose a range, about `count`, and their labels. On a logarithmic axis range and ticks are common
/// logarithms.
pub(super) fn enclosing(
    low: f64,
    high: f64,
    count: usize,
    logarithmic: bool,
    are_years: bool,
) -> (Ticks, Vec<String>) {
    if logarithmic {
        return decades(low, high, count);
    }
    let ticks = Ticks::of(low, high, count, are_years);
    let labels = labels(&ticks);
    (ticks, labels)
}

/// Ticks at powers of ten, or at 1, 2 and 5 times these where they are few.
fn decades(low: f64, high: f64, count: usize) -> (Ticks, Vec<String>) {
    let (first, last) = (low.floor() as i32, high.ceil() as i32);
    let span = (last - first).max(1) as usize;
    let step = span.div_ceil(count.max(1));
    let factors: &[f64] = if 3 * span <= count + 2 { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let powers = (first..=last + step as i32).step_by(step).map(number::power_of_ten);
    let all: Vec<f64> = powers.flat_map(|power| factors.iter().map(move |factor| factor * power)).collect();
    let from = all.iter().rposition(|value| log10(*value) <= low).unwrap_or(0);
    let to = all.iter().position(|value| log10(*value) >= high).unwrap_or(all.len() - 1);
    let shown = &all[from..=to.max(from)];
    let labels = shown.iter().map(|value| number::trimmed(*value, 3)).collect();
    let values = shown.iter().map(|value| log10(*value)).collect();
    (Ticks { values, decimals: 0, are_years: false }, labels)
}

/// Ticks of an axis of whole years, all of which are whole.
pub(super) fn year_ticks(first: i32, last: i32, room: f64) -> Ticks {
    let label = font::width("2025", letter::LABEL) + 14.0;
    let step = year_step(last - first, room, label);
    let from = first.div_euclid(step) * step;
    let values = (0..).map(|k| from + k * step).take_while(|year| *year < last + step);
    Ticks { values: values.map(f64::from).collect(), decimals: 0, are_years: true }
}

/// Ticks of an axis of shares, in parts of one, and their labels in per cent.
pub(super) fn shares(high: f64, language: Language) -> (Ticks, Vec<String>) {
    let percent = Ticks::enclosing(0.0, high * 100.0, 5);
    let labels =
        percent.values.iter().map(|&value| number::per_cent(&percent.label(value), language)).collect();
    let values = percent.values.iter().map(|value| value / 100.0).collect();
    (Ticks { values, decimals: 0, are_years: false }, labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_on_an_axis_are_whole_and_enclose_the_range() {
        let ticks = year_ticks(2021, 2034, 500.0);
        assert_eq!(labels(&ticks), ["2020", "2025", "2030", "2035"]);
        assert_eq!(year_ticks(2021, 2024, 500.0).values.len(), 4);
    }

    #[test]
    fn a_logarithmic_axis_has_round_ticks_that_enclose_the_range() {
        let labels = |low: f64, high: f64| enclosing(log10(low), log10(high), 7, true, false).1;
        assert_eq!(labels(0.007, 139.0), ["0.001", "0.01", "0.1", "1", "10", "100", "1,000"]);
        assert_eq!(labels(30.0, 900.0), ["20", "50", "100", "200", "500", "1,000"]);
        assert_eq!(labels(1e-3, 1e15).first().unwrap(), "0.001");
        assert!(labels(1e-3, 1e15).len() < 9);
    }

    #[test]
    fn shares_are_labelled_in_per_cent() {
        let (ticks, labels) = shares(1.0, Language::En);
        assert_eq!((ticks.values.last().copied(), labels.last().unwrap().as_str()), (Some(1.0), "100 %"));
    }
}
