//! In what futures is a target missed? The draws of a run as a sample for [`prim`](super::prim).

use indexmap::IndexSet;

use super::prim::{BoxSample, FoundBox, boxes, parts};
use super::record::drawn_by_weight;
use crate::engine::conditional::{Conditioning, conditional_paths};
use crate::engine::paths;
use crate::model::Model;
use crate::text::period::ordinal;

/// Paths held at once.
const CHUNK: u64 = 4096;

/// An input as it is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct InputColumn {
    /// Number of the input in the model.
    pub input: usize,
    /// Its values by path; of an input drawn every year, the mean over the years that the target depends on.
    pub values: Vec<f64>,
    /// Over how many years.
    pub years: usize,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Discovery {
    /// The inputs that the target may depend on.
    pub columns: Vec<InputColumn>,
    /// The boxes; their inputs are places in `columns`.
    pub boxes: Vec<FoundBox>,
    /// Share of the paths on which the target is missed.
    pub missed: f64,
    /// How many paths.
    pub paths: u64,
}

impl InputColumn {
    /// The only value that is left between two parts, of an input that has several.
    pub fn only(&self, low: u16, high: u16) -> Option<f64> {
        let (least, most) = self.kept(low, high)?;
        let is_one = least == most && self.values.iter().any(|value| *value != least);
        is_one.then_some(least)
    }

    /// The least and the largest value that are left between two parts, of an input of whole numbers; `None` in place of
    /// an end that leaves out nothing.
    pub fn whole_ends(&self, low: u16, high: u16) -> Option<(Option<i64>, Option<i64>)> {
        if self.values.iter().any(|value| value.fract() != 0.0 || value.abs() > 1e15) {
            return None;
        }
        let (least, most) = self.kept(low, high)?;
        let below = self.values.iter().any(|value| *value < least);
        let above = self.values.iter().any(|value| *value > most);
        Some((below.then_some(least as i64), above.then_some(most as i64)))
    }

    /// The least and the largest value between two parts.
    fn kept(&self, low: u16, high: u16) -> Option<(f64, f64)> {
        let places = parts(&self.values);
        let kept = self.values.iter().zip(&places).filter(|(_, part)| (low..=high).contains(*part));
        let ends = kept.map(|(value, _)| (*value, *value));
        ends.reduce(|(low, high), (value, _)| (crate::num::min(low, value), crate::num::max(high, value)))
    }

    /// The value at the lower edge of a part.
    pub fn at(&self, part: u16) -> f64 {
        let mut sorted = self.values.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = u64::from(part) * sorted.len() as u64 / u64::from(super::prim::PARTS);
        sorted[(rank as usize).min(sorted.len() - 1)]
    }
}

/// The bytes that a search takes at its fullest: of every input that has a part in the target a number for each path, its
/// place among the others, and a little for each path.
pub fn memory(model: &Model, target: u32, count: u64) -> u64 {
    let (series, owners) = columns(model, target);
    let of_path = 14 * owners.len() as u64 + 96;
    of_path.saturating_mul(count).saturating_add(16 * CHUNK * (series.len() as u64 + 1))
}

/// The series of the draws that have a part in a target, and for each input its number and which of them are its.
fn columns(model: &Model, target: u32) -> (Vec<u32>, Vec<(usize, usize, usize)>) {
    let program = model.program.only(&[], &[target]);
    let needed: IndexSet<(u32, u32)> = program.draws().collect();
    // The series of the draws that matter, and which of them belong to which input.
    let mut series = Vec::new();
    let mut owners = Vec::new();
    for (input, label) in model.labels.inputs.iter().enumerate() {
        let first = series.len();
        for draw in 0..label.draws {
            let year = label.first_year.map_or(0, |year| ordinal(year) as u32 + draw);
            if needed.contains(&(model.inputs[input].stream, year)) {
                series.push(label.first_series + draw);
            }
        }
        if series.len() > first {
            owners.push((input, first, series.len()));
        }
    }
    (series, owners)
}

/// Looks for boxes in which target number `target` is missed. The model must have been compiled with
/// [`RecordedVariables::Replay`](crate::model::RecordedVariables::Replay), so that it records its draws.
///
/// After a record paths are drawn by their weights, as many as all of them say together: these are looked at as equal ones.
pub fn discover(
    model: &Model,
    target: u32,
    seed: u64,
    count: u64,
    most: usize,
    record: Option<&Conditioning>,
) -> Discovery {
    let (series, owners) = columns(model, target);
    let program = model.program.only(&series, &[target]);
    let mut columns: Vec<InputColumn> = (owners.iter())
        .map(|(input, first, last)| InputColumn {
            input: *input,
            values: Vec::with_capacity(count as usize),
            years: last - first,
        })
        .collect();
    let (mut happens, mut logs): (Vec<bool>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut first = 0;
    while first < count {
        let range = first..count.min(first + CHUNK);
        let chunk = match record {
            None => paths(&program, seed, range),
            Some(record) => {
                let (chunk, more) = conditional_paths(&program, record, seed, range);
                logs.extend(more);
                chunk
            }
        };
        for row in chunk.series.rows() {
            for (column, (_, from, to)) in columns.iter_mut().zip(&owners) {
                let sum: f64 = (*from..*to).map(|k| row[k]).sum();
                column.values.push(sum / (to - from) as f64);
            }
        }
        happens.extend(chunk.targets.column(0).iter().map(|truth| *truth == 0.0 || truth.is_nan()));
        first += CHUNK;
    }
    if record.is_some() {
        let drawn = drawn_by_weight(&logs);
        happens = drawn.iter().map(|path| happens[*path]).collect();
        for column in &mut columns {
            column.values = drawn.iter().map(|path| column.values[*path]).collect();
        }
    }
    let count = happens.len() as u64;
    let missed = happens.iter().filter(|missed| **missed).count() as f64 / count.max(1) as f64;
    let is_pool = model.program.pool.is_some();
    let sample =
        BoxSample { parts: columns.iter().map(|column| parts(&column.values)).collect(), happens, is_pool };
    Discovery { boxes: boxes(&sample, most), columns, missed, paths: count }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RecordedVariables, compile};
    use crate::scenario::load::from_text;

    fn column(values: &[f64]) -> InputColumn {
        InputColumn { input: 0, values: values.to_vec(), years: 1 }
    }

    /// A target that one parameter and the shocks of two years decide; another parameter has no part in it.
    fn discovered(paths: u64) -> (Model, Discovery) {
        let text = "[time]\nstart = 2020\nend = 2023\n[parameters]\ninert = \"normal(0, 1)\"\nlevel = \"uniform(0, 1)\"\n\
                    [shocks]\nluck = { dist = \"normal(0, 1)\" }\n[variables]\n\
                    x = { start = \"level\", formula = \"prev(x) + 0.0001 * luck\" }\ny = \"inert\"\n\
                    [targets]\nmet = \"x@2022 >= 0.25\"\n";
        let mut loaded = from_text("case", text);
        let model = compile(&loaded.scenario, &RecordedVariables::Replay, &mut loaded.diagnostics);
        let model = model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
        let found = discover(&model, 0, 1, paths, 3, None);
        (model, found)
    }

    #[test]
    fn only_inputs_that_the_target_depends_on_are_looked_at() {
        let (model, found) = discovered(500);
        let names: Vec<(&str, usize)> = found
            .columns
            .iter()
            .map(|column| (model.labels.inputs[column.input].name.as_str(), column.years))
            .collect();
        assert_eq!(names, [("level", 1), ("luck", 2)]);
        assert!(found.columns.iter().all(|column| column.values.len() == 500));
    }

    /// Levels below 0.25 miss it: a quarter of the paths, with a standard error of 0.6 % for 5000 of them. Four of
    /// these are passed once in 16 000 times; the seed is fixed.
    #[test]
    fn the_share_of_misses_and_the_box_are_those_of_the_deciding_input() {
        let (model, found) = discovered(5000);
        assert!((found.missed - 0.25).abs() < 4.0 * 0.0061, "{}", found.missed);
        let first = &found.boxes[0];
        let limited: Vec<&str> = first
            .limits
            .iter()
            .map(|limit| model.labels.inputs[found.columns[limit.input].input].name.as_str())
            .collect();
        assert_eq!(limited, ["level"]);
    }

    #[test]
    fn of_two_values_the_one_that_a_part_holds_is_known() {
        let two = column(&[1.0, 2.0, 1.0, 2.0, 2.0, 1.0, 1.0, 2.0]);
        let places = parts(&two.values);
        let (low, high) = (places[0], places[1]);
        assert_eq!((two.only(0, low), two.only(high, u16::MAX)), (Some(1.0), Some(2.0)));
        assert_eq!(two.only(0, u16::MAX), None, "both are left");
        assert_eq!(column(&[1.0, 1.0]).only(0, u16::MAX), None, "one value");
    }

    #[test]
    fn a_part_begins_at_its_order_statistic() {
        let values: Vec<f64> = (0..1000).rev().map(f64::from).collect();
        let parts = super::super::prim::PARTS;
        assert_eq!(column(&values).at(0), 0.0);
        assert_eq!(column(&values).at(parts / 2), 500.0);
        assert_eq!(column(&values).at(parts), 999.0, "the end of the last is the largest");
    }
}
