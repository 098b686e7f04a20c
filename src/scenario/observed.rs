//! Observations from elsewhere than the scenario's file: `--observed FILE`, `--as-of DAY`, `--unobserved`.

use std::path::Path;

use super::document::{Entry, TomlNode, TomlTable, TomlValue};
use super::load::{Loaded, read_data};
use super::observation::{self, Date};
use super::read;
use super::separated::quoted;
use super::table::{DataFile, DataName, Table};
use crate::text::{Diagnostic, Message, Place, suggest::did_you_mean};
use crate::{key, message};

/// Forgets all observations, also in the scenario that is stored.
pub fn unobserve(loaded: &mut Loaded) {
    loaded.scenario.observations.clear();
    if !loaded.scenario.sets.contains_key("observations") {
        loaded.scenario.document.shift_remove("observations");
    }
}

/// Forgets what was published after a day.
pub fn as_of(loaded: &mut Loaded, day: &str) {
    let Some(day) = day_of(loaded, day) else { return };
    for observations in loaded.scenario.observations.values_mut() {
        observations.values.retain(|value| value.known() <= day);
    }
    loaded.scenario.observations.retain(|_, observations| !observations.values.is_empty());
    write(loaded);
}

/// Adds the observations of a CSV file (variable, year, value, and sd and published where it has them): they take the place
/// of those that the scenario has of the same variable. What is wrong is among the problems.
///
/// `factor` is what brings a value of one unit to another, `None` where that cannot be.
pub fn observe(
    loaded: &mut Loaded,
    file: &str,
    as_of: Option<&str>,
    factor: impl Fn(&str, &str) -> Option<f64>,
) {
    let as_of = match as_of {
        Some(day) => match day_of(loaded, day) {
            Some(day) => Some(day),
            None => return,
        },
        None => None,
    };
    let (mut table, text, sha256) = match read_table(file) {
        Ok(read) => read,
        Err(message) => return loaded.diagnostics.error(None, message),
    };
    let path = DataName::parse(file).map_or(file, |name| name.path);
    loaded.files.add_read(path, text, sha256, true);
    let variables = &loaded.scenario.variables;
    let unit = |name: &str| {
        let name = name.split('[').next().unwrap_or_default();
        variables.get(name).map(|variable| variable.unit.clone())
    };
    let found = match observation::observed_in(&mut table, as_of, loaded.scenario.time.step, unit, factor) {
        Ok(found) => found,
        Err(messages) => {
            return messages.into_iter().for_each(|message| loaded.diagnostics.error(None, message));
        }
    };
    for (name, mut observations) in found {
        if !loaded.scenario.variables.contains_key(name.split('[').next().unwrap_or_default()) {
            let names: Vec<&str> = loaded.scenario.variables.keys().map(String::as_str).collect();
            let mut diagnostic = Diagnostic::error(
                None,
                message!("scenario-observed-no-variable", file = file, name = quoted(&name)),
            );
            diagnostic.help = did_you_mean(&name, &names, key!("text-kind-variables"));
            loaded.diagnostics.push(diagnostic);
            continue;
        }
        let own = loaded.scenario.observations.get(&name);
        for value in observations.values.iter_mut().filter(|value| value.sd.is_none()) {
            // The scenario's error of the same year is that of the same measurement.
            let same = own.and_then(|own| own.values.iter().find(|other| other.year == value.year));
            value.sd = same.and_then(|same| same.sd);
        }
        if let Some(lacking) = observations.values.iter().find(|value| value.sd.is_none()) {
            let message =
                message!("scenario-observed-no-error", file = file, name = &name, year = lacking.year);
            loaded
                .diagnostics
                .push(Diagnostic::error(None, message).help(key!("scenario-observed-no-error.help")));
            continue;
        }
        if !observations.values.is_empty() {
            loaded.scenario.observations.insert(name, observations);
        }
    }
    write(loaded);
}

/// The table of a file that the user has named, and what is noted of the file: its text, if it has one, and its SHA-256.
fn read_table(file: &str) -> Result<(Table, String, String), Message> {
    let name = DataName::parse(file)?;
    let (data, sha256) = read_data(Path::new(name.path))?;
    let table = Table::plain(file, &data)?;
    let text = match data {
        DataFile::Text(text, _) => text,
        DataFile::Workbook(_) => String::new(),
    };
    Ok((table, text, sha256))
}

/// The table of a file of observations that the user has named.
///
/// # Errors
/// One sentence.
pub fn table_of(file: &str) -> Result<Table, Message> {
    read_table(file).map(|(table, _, _)| table)
}

fn day_of(loaded: &mut Loaded, text: &str) -> Option<Date> {
    let day = Date::parse(text);
    if day.is_none() {
        loaded.diagnostics.push(
            Diagnostic::error(None, message!("scenario-observed-as-of", text = text))
                .help(key!("scenario-observed-as-of.help")),
        );
    }
    day
}

/// Writes the observations into the document, so that a stored scenario has them.
fn write(loaded: &mut Loaded) {
    let scenario = &mut loaded.scenario;
    if scenario.sets.contains_key("observations") {
        return;
    }
    let place = Place::default();
    let empty = || Entry { key: place, node: TomlNode::empty_table(place) };
    let mut table = TomlTable::new();
    let before = scenario.document.get("observations").and_then(|entry| entry.node.table()).cloned();
    for name in scenario.observations.keys() {
        let known = before.as_ref().and_then(|before| {
            before
                .iter()
                .find(|(key, _)| super::claims::element(key) == *name)
                .map(|(_, entry)| entry.clone())
        });
        table.insert(name.clone(), known.unwrap_or_else(empty));
    }
    if table.is_empty() {
        scenario.document.shift_remove("observations");
        return;
    }
    let node = TomlNode { place, value: TomlValue::Table(table) };
    scenario.document.insert("observations".into(), Entry { key: place, node });
    read::inline_observations(&mut scenario.document, &scenario.observations);
}
