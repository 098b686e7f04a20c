//! What each of several correlated inputs explains of what they explain together.

use std::fmt::Write;

use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::Failure;
use crate::arguments::{SensitivityOptions, names};
use crate::output::wrong;
use plancast::analysis::indices::{
    CorrelatedDraws, CorrelatedShares, Design, MOST_CORRELATED, SensitivityIndex, SplitBy, split,
};
use plancast::model::Model;
use plancast::model::drivers::names as input_names;
use plancast::text::Language;
use plancast::{message, tr};

/// Correlated inputs, and how what they explain is split.
pub(super) struct CorrelatedSplit {
    /// What they are called together.
    name: String,
    /// The name of each.
    inputs: Vec<String>,
    by: SplitBy,
    draws: CorrelatedDraws,
    /// What was found; nothing where they explain nothing, or are too many.
    found: Option<CorrelatedShares>,
}

/// The groups of correlated inputs that the outcome uses a draw of.
pub(super) fn groups(
    model: &Model,
    draws: &[(u32, u32)],
    options: &SensitivityOptions,
) -> Result<Vec<CorrelatedSplit>, Failure> {
    let order: Vec<String> = options.order.iter().flat_map(|list| names(list)).collect();
    let mut used = vec![false; order.len()];
    let mut found = Vec::new();
    for group in &model.correlated {
        let streams: Vec<u32> = group.inputs.iter().map(|input| model.inputs[*input].stream).collect();
        let mut years: IndexMap<u32, Vec<Option<usize>>> = IndexMap::new();
        for (draw, (stream, year)) in draws.iter().enumerate() {
            if let Some(row) = streams.iter().position(|own| own == stream) {
                years.entry(*year).or_insert_with(|| vec![None; streams.len()])[row] = Some(draw);
            }
        }
        // Where a place is named it is that in the order; all others follow as they stand in the file.
        let place = |row: usize| {
            let known = input_names(&model.inputs[group.inputs[row]].name);
            order.iter().position(|name| known.contains(&name.as_str()))
        };
        let places: Vec<Option<usize>> = (0..streams.len()).map(place).collect();
        places.iter().flatten().for_each(|place| used[*place] = true);
        if years.is_empty() {
            continue;
        }
        let mut rows: Vec<usize> = (0..streams.len()).collect();
        rows.sort_by_key(|row| (places[*row].unwrap_or(usize::MAX), *row));
        let is_stated = places.iter().any(Option::is_some);
        found.push(CorrelatedSplit {
            name: model.drivers[group.inputs[0]].name.clone(),
            inputs: group.inputs.iter().map(|input| model.inputs[*input].name.clone()).collect(),
            by: if is_stated { SplitBy::Order(rows) } else { SplitBy::Shapley },
            draws: CorrelatedDraws { factor: group.factor.clone(), draws: years.into_values().collect() },
            found: None,
        });
    }
    match order.iter().zip(used).find(|(_, used)| !used) {
        Some((name, _)) => Err(wrong(message!("cli-sensitivity-order", name = name))),
        None => Ok(found),
    }
}

impl CorrelatedSplit {
    /// Finds the shares, from so many points for each scrambling where they are simulated.
    pub(super) fn find(&mut self, design: &Design, points: u32) {
        if self.inputs.len() <= MOST_CORRELATED {
            self.found = split(design, &self.draws, &self.by, points);
        }
    }

    /// The lines of the table.
    pub(super) fn lines(&self, language: Language) -> String {
        let name = &self.name;
        let Some(found) = &self.found else {
            return tr!(language, "cli-sensitivity-not-split", name = name, most = MOST_CORRELATED) + "\n";
        };
        let mut text = match (&self.by, found.is_exact) {
            (SplitBy::Shapley, true) => tr!(language, "cli-sensitivity-shapley-exact", name = name),
            (SplitBy::Shapley, false) => tr!(language, "cli-sensitivity-shapley", name = name),
            (SplitBy::Order(_), true) => tr!(language, "cli-sensitivity-ordered-exact", name = name),
            (SplitBy::Order(_), false) => tr!(language, "cli-sensitivity-ordered", name = name),
        } + "\n";
        for row in self.rows(found) {
            let SensitivityIndex { value, margin } = found.shares[row];
            let _ = writeln!(text, "{value:>6.3} ± {margin:<6.3}  {}", self.inputs[row]);
        }
        text
    }

    /// In the stated order, or the largest first.
    fn rows(&self, found: &CorrelatedShares) -> Vec<usize> {
        match &self.by {
            SplitBy::Order(order) => order.clone(),
            SplitBy::Shapley => {
                let mut rows: Vec<usize> = (0..self.inputs.len()).collect();
                rows.sort_by(|a, b| found.shares[*b].value.total_cmp(&found.shares[*a].value));
                rows
            }
        }
    }

    /// The same for programs.
    pub(super) fn as_json(&self) -> Value {
        let by = if self.by == SplitBy::Shapley { "shapley" } else { "order" };
        let shares = self.found.as_ref().map(|found| {
            let rows = self.rows(found).into_iter();
            let one = |row: usize| {
                let SensitivityIndex { value, margin } = found.shares[row];
                json!({ "name": self.inputs[row], "share": { "value": value, "margin": margin } })
            };
            rows.map(one).collect::<Vec<Value>>()
        });
        let exact = self.found.as_ref().map(|found| found.is_exact);
        json!({ "name": self.name, "by": by, "exact": exact, "shares": shares })
    }
}
