//! The inputs of which an outcome may depend, by themselves or in groups.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::key;
use crate::model::Model;
use crate::model::drivers::names as input_names;
use crate::text::Text;
use crate::text::suggest::did_you_mean;

use super::{AskedInput, SensitivityRefusal, SensitivityRequest};

/// The inputs or groups of which the outcome uses a draw. That there are none is wrong of an outcome that was named.
pub(super) fn asked(
    model: &Model,
    of: &str,
    draws: &[(u32, u32)],
    request: &SensitivityRequest,
) -> Result<Vec<AskedInput>, SensitivityRefusal> {
    let chosen = &request.inputs;
    let by_stream: IndexMap<u32, usize> =
        model.inputs.iter().enumerate().map(|(place, input)| (input.stream, place)).collect();
    let mut all: IndexMap<String, AskedInput> = IndexMap::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (draw, (stream, _)) in draws.iter().enumerate() {
        let Some(&place) = by_stream.get(stream) else { continue };
        let driver = &model.drivers[place];
        let (name, title) = match wanted(model, place, chosen) {
            Some((chosen, name, title)) => {
                used.insert(chosen);
                (name, title)
            }
            None if !chosen.is_empty() => continue,
            None if request.one_by_one => (driver.name.clone(), driver.title.clone()),
            None => (driver.group.clone(), driver.group_title.clone()),
        };
        let new = || AskedInput { name: name.clone(), title: title.clone(), ..AskedInput::default() };
        let entry = all.entry(name.clone()).or_insert_with(new);
        entry.draws.push(draw);
        // What is taken together with others is not named by one of them alone.
        let base = input_names(&model.inputs[place].name)[2];
        if driver.correlated && base != name && !entry.others.iter().any(|other| other == base) {
            entry.others.push(base.to_owned());
        }
        if entry.grade < driver.grade {
            entry.grade.clone_from(&driver.grade);
        }
        entry.correlated |= driver.correlated;
    }
    let groups = model.drivers.iter().flat_map(|driver| [driver.group.as_str(), &driver.name]);
    let mut known: Vec<&str> =
        groups.chain(model.inputs.iter().flat_map(|input| input_names(&input.name))).collect();
    known.sort_unstable();
    known.dedup();
    let is_named = request.of.is_some();
    for name in chosen {
        if !used.contains(name.as_str()) && (is_named || !known.contains(&name.as_str())) {
            let name = name.clone();
            return Err(if known.contains(&name.as_str()) {
                let inputs = dependable(model, draws).into_iter().map(str::to_owned).collect();
                SensitivityRefusal::Independent { of: of.to_owned(), name, inputs }
            } else {
                let help = did_you_mean(&name, &known, key!("text-kind-inputs")).unwrap_or_default();
                SensitivityRefusal::NoInput { name, help }
            });
        }
    }
    if all.is_empty() && is_named {
        return Err(SensitivityRefusal::NoChance { of: of.to_owned() });
    }
    Ok(all.into_values().collect())
}

/// The first inputs of which the outcome uses a draw.
fn dependable<'a>(model: &'a Model, draws: &[(u32, u32)]) -> Vec<&'a str> {
    let uses = |stream: u32| draws.iter().any(|(own, _)| *own == stream);
    let inputs = model.inputs.iter().filter(|input| uses(input.stream));
    let mut names: Vec<&str> = inputs.map(|input| input_names(&input.name)[1]).collect();
    names.dedup();
    names.truncate(10);
    names
}

/// Which of the chosen names an input has, and under what name and title it is told. One of several that are
/// correlated stands for them all; what an indexed name begins with, for all its members.
fn wanted<'a>(model: &Model, place: usize, chosen: &'a [String]) -> Option<(&'a str, String, Text)> {
    let driver = &model.drivers[place];
    let is_chosen = |names: &[&str]| chosen.iter().map(String::as_str).find(|chosen| names.contains(chosen));
    let own = || (driver.name.clone(), driver.title.clone());
    let group = || (driver.group.clone(), driver.group_title.clone());
    let named = |found: &'a str, (name, title): (String, Text)| Some((found, name, title));
    if let Some(found) = is_chosen(&[&driver.name]) {
        return named(found, own());
    }
    let same = model.inputs.iter().zip(&model.drivers).filter(|(_, other)| other.name == driver.name);
    let mut members = same.map(|(input, _)| input_names(&input.name));
    let [full, plain, base] = input_names(&model.inputs[place].name);
    let by_member = if driver.correlated {
        members.find_map(|names| is_chosen(&names))
    } else {
        is_chosen(&[full, plain])
    };
    if let Some(found) = by_member {
        return named(found, own());
    }
    if let Some(found) = is_chosen(&[&driver.group]) {
        return named(found, group());
    }
    is_chosen(&[base]).and_then(|found| named(found, (base.to_owned(), Text::plain(base))))
}
