//! A scenario that extends the given one with its estimates, and the file of their joint draws.

use super::inputs::SOURCE;
use super::{Fitted, FittedNumber};
use crate::scenario::Scenario;
use crate::scenario::document::{Entry, TomlNode, TomlTable, TomlValue};
use crate::scenario::{overrides, write};
use crate::text::number::trimmed;
use crate::text::period::{Step, label, step_of};
use crate::text::{DiagnosticList, Language, Message, Place};
use crate::{message, tr};

/// The first line of a scenario that was written here: a file that begins otherwise is never replaced.
pub const MARK: &str = "# Written by plancast fit";

/// The scenario's text. `extends` is how it names the given one, `draws` the file of draws beside it.
///
/// # Errors
/// Where an input cannot be set.
pub fn scenario(
    given: &Scenario,
    fitted: &[Fitted],
    extends: &str,
    draws: &str,
) -> Result<String, DiagnosticList> {
    let mut diagnostics = DiagnosticList::default();
    let mut changed = given.document.clone();
    let mut out = TomlTable::new();
    put(&mut out, &["scenario", "extends"], text(extends));
    for one in fitted {
        for input in &one.inputs {
            let about = one.estimates.iter().find(|estimate| estimate.input.as_ref() == Some(input));
            let note = note(one, about);
            let notes = Language::ALL.iter().map(|&own| format!("{} = \"{}\"", own.code(), note.text(own)));
            let setting = format!(
                "{input}={{ value = \"resample('{draws}', '{input}', 'fit {}')\", source = \"{SOURCE}\", note = {{ {} }} }}",
                one.name,
                notes.collect::<Vec<_>>().join(", "),
            );
            overrides::apply(&mut changed, 0, &setting, &mut diagnostics);
            copy(given, &changed, input, &mut out);
        }
        let years = one.window.iter().map(|year| TomlNode { place: Place::default(), value: written(*year) });
        put(&mut out, &["fit", &one.name, "over"], TomlValue::List(years.collect()));
    }
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    for &language in Language::ALL {
        let title = text(tr!(language, "analysis-fit-title"));
        put(&mut out, &["sources", SOURCE, "title", language.code()], title);
    }
    put(&mut out, &["sources", SOURCE, "grade"], text("D"));
    Ok(format!("{MARK}\n\n{}", write::toml(&out)))
}

/// A period as a scenario writes it.
fn written(period: i32) -> TomlValue {
    match step_of(period) {
        Step::Year => TomlValue::Number { number: f64::from(period), whole: true },
        _ => TomlValue::Text(label(period)),
    }
}

/// The draws as a CSV file: a column for each input, a row for each joint draw.
pub fn draws(fitted: &[Fitted]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let columns: Vec<(&String, Vec<f64>)> = fitted
        .iter()
        .flat_map(|one| one.inputs.iter().filter_map(|input| Some((input, one.draws.column(input)?))))
        .collect();
    let rows = columns.iter().map(|(_, values)| values.len()).min().unwrap_or(0);
    // Written to memory, which does not fail.
    let _ = writer.write_record(columns.iter().map(|(name, _)| name.as_str()));
    for row in 0..rows {
        let _ = writer.write_record(columns.iter().map(|(_, values)| values[row].to_string()));
    }
    writer.into_inner().unwrap_or_default()
}

/// Where a value comes from, in words that can stand in quotes.
fn note(one: &Fitted, about: Option<&FittedNumber>) -> Message {
    let series = one.series.iter().map(|series| Message::verbatim(series.of.replace('"', "'")));
    let [from, to] = one.window;
    let value = about.map_or_else(String::new, |about| {
        let name = if about.input.as_ref() == Some(&about.name) {
            String::new()
        } else {
            format!("{} ", about.name)
        };
        format!("{name}{} ± {}", trimmed(about.estimate.unwrap_or(about.mean), 4), trimmed(about.sd, 2))
    });
    let t = if one.student_t { ", t" } else { "" };
    message!(
        "analysis-fit-note",
        name = &one.name,
        method = format!("{}{t}", one.method),
        series = series.collect::<Vec<_>>(),
        from = from,
        to = to,
        years = one.series[0].values.len(),
        value = value
    )
}

/// Copies a value that was changed, with all that was written of it.
fn copy(given: &Scenario, changed: &TomlTable, input: &str, out: &mut TomlTable) {
    let head = input.split(['[', '.']).next().unwrap_or_default();
    let path: Vec<String> = if given.parameters.contains_key(head) {
        vec!["parameters".into(), head.into()]
    } else {
        let member = input.split(['[', ',', ']']).nth(1).unwrap_or_default();
        let set = given
            .sets
            .iter()
            .find(|(_, set)| set.members.contains_key(member) && set.fields.contains_key(head));
        vec![set.map(|(name, _)| name.clone()).unwrap_or_default(), member.into(), head.into()]
    };
    let mut node = changed.get(&path[0]).map(|entry| &entry.node);
    for key in &path[1..] {
        node = node.and_then(|node| node.table()).and_then(|table| table.get(key)).map(|entry| &entry.node);
    }
    if let Some(node) = node {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        put(out, &path, node.value.clone());
    }
}

fn text(words: &str) -> TomlValue {
    TomlValue::Text(words.to_owned())
}

/// Puts a value at the end of a path of keys.
fn put(table: &mut TomlTable, path: &[&str], value: TomlValue) {
    let place = Place::default();
    let Some((first, rest)) = path.split_first() else { return };
    let node = || {
        if rest.is_empty() { TomlNode { place, value: value.clone() } } else { TomlNode::empty_table(place) }
    };
    let entry = table.entry((*first).to_owned()).or_insert_with(|| Entry { key: place, node: node() });
    if rest.is_empty() {
        entry.node = node();
    } else if let Some(inner) = entry.node.table_mut() {
        put(inner, rest, value);
    }
}
