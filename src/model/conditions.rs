//! The single values that a parameter, field or shock is made of, by member and by year: what a search can move.

use super::data::{CellContent, Data, Datum, InputKind, YearlyCell, collect};
use crate::num::Distribution;
use crate::scenario::Scenario;
use crate::text::DiagnosticList;
use crate::text::period::label;

/// A number or a distribution that was written for some members and for the time from a year on.
#[derive(Clone, Debug, PartialEq)]
pub struct FixedValue {
    /// Its name: `price`, `price[coal]`, `price[coal].2030`.
    pub name: String,
    /// The members it is of.
    pub members: Vec<String>,
    /// The year it begins with; none where one value holds for all years.
    pub year: Option<i32>,
    /// Whether straight lines join it to its neighbours, so that it holds in its year alone.
    pub joined: bool,
    /// What stands there.
    pub content: Holding,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Holding {
    /// A number.
    Number(f64),
    /// A distribution, and how it was written.
    Chance(Distribution, String),
    /// A distribution whose arguments vary, as it was written.
    Varying(String),
}

/// A parameter, field or shock with all its values.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldData {
    /// Whether it is drawn every year: a shock.
    pub is_shock: bool,
    /// The sets it is indexed by.
    pub sets: Vec<String>,
    /// Its values.
    pub values: Vec<FixedValue>,
}

/// The values of every parameter, field or shock that has this name; fields of two sets may share one.
pub fn held(scenario: &Scenario, name: &str) -> Vec<HeldData> {
    let data = collect(scenario, &mut DiagnosticList::default());
    let found = data.data.iter().filter(|datum| datum.name == name);
    found.map(|datum| held_by(scenario, &data, datum)).collect()
}

/// A parameter, field or shock, by its name.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldInput {
    /// Its name.
    pub name: String,
    /// Whether it is a field of a set's members.
    pub is_field: bool,
    /// Its values.
    pub data: HeldData,
}

/// All parameters, fields and shocks with their values, in the order in which they are written.
pub fn every_held(scenario: &Scenario) -> Vec<HeldInput> {
    let data = collect(scenario, &mut DiagnosticList::default());
    let each = data.data.iter().enumerate().map(|(place, datum)| HeldInput {
        name: datum.name.clone(),
        is_field: data.by_name.get(&datum.name) != Some(&place),
        data: held_by(scenario, &data, datum),
    });
    each.collect()
}

fn held_by(scenario: &Scenario, data: &Data, datum: &Datum) -> HeldData {
    let members: Vec<Vec<String>> =
        datum.sets.iter().map(|set| scenario.sets[*set].members.keys().cloned().collect()).collect();
    let values = datum.cells.iter().zip(combinations(&members));
    HeldData {
        is_shock: datum.kind == InputKind::Shock,
        sets: datum.sets.iter().filter_map(|set| Some(scenario.sets.get_index(*set)?.0.clone())).collect(),
        values: values.flat_map(|(cell, members)| of_cell(data, &datum.name, cell, &members)).collect(),
    }
}

/// All combinations of members, the last set running fastest: the order of the cells.
fn combinations(sets: &[Vec<String>]) -> Vec<Vec<String>> {
    sets.iter().fold(vec![Vec::new()], |rows, set| {
        rows.iter()
            .flat_map(|row| set.iter().map(|member| [&row[..], std::slice::from_ref(member)].concat()))
            .collect()
    })
}

fn of_cell(data: &Data, name: &str, cell: &YearlyCell, members: &[String]) -> Vec<FixedValue> {
    let name = if members.is_empty() { name.to_owned() } else { format!("{name}[{}]", members.join(",")) };
    let one = |name: String, year, joined, content: CellContent| FixedValue {
        name,
        members: members.to_vec(),
        year,
        joined,
        content: match content {
            CellContent::Number(number) => Holding::Number(number),
            CellContent::Input(input) => {
                let input = &data.inputs[input];
                match &input.varying {
                    Some(_) => Holding::Varying(input.written.clone()),
                    None => Holding::Chance(input.distribution.clone(), input.written.clone()),
                }
            }
        },
    };
    match cell {
        YearlyCell::Missing | YearlyCell::Broken => Vec::new(),
        YearlyCell::Fixed(content) => vec![one(name, None, false, *content)],
        YearlyCell::Steps(entries) | YearlyCell::Linear(entries) => {
            let joined = matches!(cell, YearlyCell::Linear(_));
            let each = |(year, content): &(i32, CellContent)| {
                one(format!("{name}.{}", label(year)), Some(*year), joined, *content)
            };
            entries.iter().map(each).collect()
        }
    }
}
