//! Axes with their grid lines and labels.

use super::canvas::{Anchor, Canvas};
use super::font;
use super::place::Area;
use super::scale::{Scale, Ticks, year_step};
use super::style::{AXIS, GRID, MUTED, letter};
use crate::num::max;
use crate::text::number;

/// Pixels between a tick's label and the field.
const GAP: f64 = 10.0;

/// The labels of ticks: calendar years are never grouped by thousands, shares are per cent.
pub(super) fn labels(ticks: &Ticks, are_years: bool) -> Vec<String> {
    let label = |&value: &f64| if are_years { number::year(value as i32) } else { ticks.label(value) };
    ticks.values.iter().map(label).collect()
}

/// The width that the labels of an upright axis need.
pub(super) fn label_width(labels: &[String]) -> f64 {
    labels.iter().map(|label| font::width(label, letter::LABEL)).fold(0.0, max) + GAP
}

/// An upright axis: a grid line and a label at each tick, the labels to the left of the field.
pub(super) fn upright(canvas: &Canvas, ticks: &Ticks, labels: &[String], field: &Area) -> Scale {
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
pub(super) fn along(canvas: &Canvas, ticks: &Ticks, labels: &[String], field: &Area, grid: bool) -> Scale {
    let scale = ticks.scale(field.left, field.right);
    for (value, label) in ticks.values.iter().zip(labels) {
        let at = scale.at(*value);
        if grid {
            canvas.line(&[(at, field.top), (at, field.bottom)], GRID, 1.0);
        }
        canvas.line(&[(at, field.bottom), (at, field.bottom + 6.0)], AXIS, 1.0);
        canvas.text(label, (at, field.bottom + 22.0), Anchor::Middle, letter::LABEL, MUTED);
    }
    canvas.line(&[(field.left, field.bottom), (field.right, field.bottom)], AXIS, 1.0);
    scale
}

/// An axis of years along the bottom; as many are labelled as have room.
pub(super) fn years(canvas: &Canvas, first: i32, last: i32, field: &Area) -> Scale {
    let (low, high) = (f64::from(first), f64::from(last));
    let (low, high) = if high > low { (low, high) } else { (low - 1.0, high + 1.0) };
    let scale = Scale { low, high, start: field.left, end: field.right };
    let label = font::width("2025", letter::LABEL) + 14.0;
    let step = year_step((high - low) as i32, field.right - field.left, label);
    for year in low as i32..=high as i32 {
        let at = scale.at(f64::from(year));
        let labelled = year % step == 0;
        let length = if labelled { 6.0 } else { 3.0 };
        canvas.line(&[(at, field.bottom), (at, field.bottom + length)], AXIS, 1.0);
        if labelled {
            let place = (at, field.bottom + 22.0);
            canvas.text(&number::year(year), place, Anchor::Middle, letter::LABEL, MUTED);
        }
    }
    canvas.line(&[(field.left, field.bottom), (field.right, field.bottom)], AXIS, 1.0);
    scale
}

/// Ticks of an axis of whole years, all of which are whole.
pub(super) fn year_ticks(first: i32, last: i32, room: f64) -> Ticks {
    let label = font::width("2025", letter::LABEL) + 14.0;
    let step = year_step(last - first, room, label);
    let from = first.div_euclid(step) * step;
    let values = (0..).map(|k| from + k * step).take_while(|year| *year < last + step);
    Ticks { values: values.map(f64::from).collect(), decimals: 0 }
}

/// Ticks of an axis of shares, in parts of one, and their labels in per cent.
pub(super) fn shares(high: f64) -> (Ticks, Vec<String>) {
    let percent = Ticks::enclosing(0.0, high * 100.0, 5);
    let labels = percent.values.iter().map(|&value| format!("{} %", percent.label(value))).collect();
    let values = percent.values.iter().map(|value| value / 100.0).collect();
    (Ticks { values, decimals: 0 }, labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_on_an_axis_are_whole_and_enclose_the_range() {
        let ticks = year_ticks(2021, 2034, 500.0);
        assert_eq!(labels(&ticks, true), ["2020", "2025", "2030", "2035"]);
        assert_eq!(year_ticks(2021, 2024, 500.0).values.len(), 4);
    }

    #[test]
    fn shares_are_labelled_in_per_cent() {
        let (ticks, labels) = shares(1.0);
        assert_eq!((ticks.values.last().copied(), labels.last().unwrap().as_str()), (Some(1.0), "100 %"));
    }
}
