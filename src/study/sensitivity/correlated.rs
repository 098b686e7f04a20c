//! Correlated inputs of an outcome, and how what they explain together is split among them.

use indexmap::IndexMap;

use crate::analysis::indices::{CorrelatedDraws, Design, MOST_CORRELATED, SplitBy, split};
use crate::model::drivers::names as input_names;
use crate::model::{InputKind, Model};

use super::{CorrelatedSplit, InputShare, SensitivityRefusal, SplitRule, SplitShares};

/// Correlated inputs whose draws are found in the program of an outcome.
#[derive(Clone, Debug)]
pub(super) struct PreparedSplit {
    /// What they are called together.
    name: String,
    /// The name of each.
    inputs: Vec<String>,
    by: SplitBy,
    draws: CorrelatedDraws,
}

/// The groups of correlated inputs that an outcome uses a draw of.
pub(super) fn groups(
    model: &Model,
    draws: &[(u32, u32)],
    order: &[String],
) -> Result<Vec<PreparedSplit>, SensitivityRefusal> {
    let mut used = vec![false; order.len()];
    let mut found = Vec::new();
    for group in &model.correlated {
        let streams: Vec<u32> = group.inputs.iter().map(|input| model.inputs[*input].stream).collect();
        let once: Vec<bool> =
            group.inputs.iter().map(|input| model.inputs[*input].kind == InputKind::Parameter).collect();
        let draws = by_year(&streams, &once, draws);
        // Where a place is named it is that in the order; all others follow as they stand in the file.
        let place = |row: usize| {
            let known = input_names(&model.inputs[group.inputs[row]].name);
            order.iter().position(|name| known.contains(&name.as_str()))
        };
        let places: Vec<Option<usize>> = (0..streams.len()).map(place).collect();
        places.iter().flatten().for_each(|place| used[*place] = true);
        let Some(draws) = draws else {
            continue;
        };
        let mut rows: Vec<usize> = (0..streams.len()).collect();
        rows.sort_by_key(|row| (places[*row].unwrap_or(usize::MAX), *row));
        let is_stated = places.iter().any(Option::is_some);
        found.push(PreparedSplit {
            name: model.drivers[group.inputs[0]].name.clone(),
            inputs: group.inputs.iter().map(|input| model.inputs[*input].name.clone()).collect(),
            by: if is_stated { SplitBy::Order(rows) } else { SplitBy::Shapley },
            draws: CorrelatedDraws { factor: group.factor.clone(), once, draws },
        });
    }
    match order.iter().zip(used).find(|(_, used)| !used) {
        Some((name, _)) => Err(SensitivityRefusal::NotCorrelated { name: name.clone() }),
        None => Ok(found),
    }
}

/// By year that an outcome uses a draw of: by row the place of the draw among all; what is drawn once stands in every year.
/// `None` where it uses none.
fn by_year(streams: &[u32], once: &[bool], draws: &[(u32, u32)]) -> Option<Vec<Vec<Option<usize>>>> {
    let mut years: IndexMap<u32, Vec<Option<usize>>> = IndexMap::new();
    let mut of_all_years = vec![None; streams.len()];
    for (draw, (stream, year)) in draws.iter().enumerate() {
        if let Some(row) = streams.iter().position(|own| own == stream) {
            let places = if once[row] {
                &mut of_all_years
            } else {
                years.entry(*year).or_insert_with(|| vec![None; streams.len()])
            };
            places[row] = Some(draw);
        }
    }
    let used = |rows: &Vec<Option<usize>>| rows.iter().any(Option::is_some);
    if years.is_empty() {
        return used(&of_all_years).then(|| vec![of_all_years]);
    }
    let with_once =
        |year: Vec<Option<usize>>| year.into_iter().zip(&of_all_years).map(|(own, all)| own.or(*all));
    Some(years.into_values().map(|year| with_once(year).collect()).collect())
}

impl PreparedSplit {
    /// The shares, from so many points for each scrambling where they are simulated.
    pub(super) fn found(&self, design: &Design, points: u32) -> CorrelatedSplit {
        let is_split = self.inputs.len() <= MOST_CORRELATED;
        let found = if is_split { split(design, &self.draws, &self.by, points) } else { None };
        let found = found.map(|found| {
            let rows: Vec<usize> = match &self.by {
                SplitBy::Order(order) => order.clone(),
                SplitBy::Shapley => {
                    let mut rows: Vec<usize> = (0..self.inputs.len()).collect();
                    rows.sort_by(|a, b| found.shares[*b].value.total_cmp(&found.shares[*a].value));
                    rows
                }
            };
            let share = |row: usize| InputShare { name: self.inputs[row].clone(), share: found.shares[row] };
            SplitShares { shares: rows.into_iter().map(share).collect(), is_exact: found.is_exact }
        });
        CorrelatedSplit { found, ..self.unsplit() }
    }

    /// The same with nothing told of it.
    pub(super) fn unsplit(&self) -> CorrelatedSplit {
        let by = if self.by == SplitBy::Shapley { SplitRule::Shapley } else { SplitRule::Order };
        CorrelatedSplit { name: self.name.clone(), by, found: None }
    }
}
