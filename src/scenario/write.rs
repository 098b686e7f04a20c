//! The resolved scenario as TOML: running it gives the same result as the files it was made of.

use super::document::{TomlNode, TomlTable, TomlValue};
use super::pool::World;
use super::written::{RunSettings, Scenario};

/// The scenario with `extends` and `--set` resolved, its id and the options of its run written down. `empirical` samples
/// stand in it as their values, so that it needs no file beside it.
pub fn resolved(scenario: &Scenario) -> String {
    resolved_with(scenario, &scenario.run)
}

/// The same with these options of the run.
pub fn resolved_with(scenario: &Scenario, run: &RunSettings) -> String {
    let mut document = plain(&scenario.document);
    document.remove("run");
    if let Some(pool) = &scenario.pool {
        let worlds = toml::Value::Array(pool.worlds.iter().map(world).collect());
        document
            .insert("pool".into(), toml::Value::Table([("worlds".to_owned(), worlds)].into_iter().collect()));
    }
    let head = document.entry("scenario").or_insert_with(|| toml::Value::Table(toml::Table::new()));
    if let Some(head) = head.as_table_mut() {
        head.insert("id".into(), toml::Value::String(scenario.id.clone()));
        // Without a title a scenario is called by its id; that of a run of a sweep is another than its scenario's.
        let title = &scenario.title.en;
        if !head.contains_key("title") && *title != scenario.id && !title.is_empty() {
            head.insert("title".into(), toml::Value::String(title.clone()));
        }
    }
    // At the end, so that the text of a rerun is the same.
    let settings = settings(run);
    if !settings.is_empty() {
        document.insert("run".into(), toml::Value::Table(settings));
    }
    toml::to_string_pretty(&document).unwrap_or_default()
}

/// A world of a pool, with its scenario in the place of the file's name.
fn world(world: &World) -> toml::Value {
    let mut table = toml::Table::new();
    table.insert("name".into(), toml::Value::String(world.name.clone()));
    table.insert("weight".into(), toml::Value::Float(world.weight));
    let note =
        [("en", &world.note.en), ("zh", &world.note.zh)].into_iter().filter(|(_, text)| !text.is_empty());
    let note: toml::Table =
        note.map(|(language, text)| (language.to_owned(), toml::Value::String(text.clone()))).collect();
    if !note.is_empty() {
        table.insert("note".into(), toml::Value::Table(note));
    }
    let mut scenario = plain(&world.scenario.document);
    let head = scenario.entry("scenario").or_insert_with(|| toml::Value::Table(toml::Table::new()));
    if let Some(head) = head.as_table_mut() {
        head.insert("id".into(), toml::Value::String(world.scenario.id.clone()));
    }
    table.insert("scenario".into(), toml::Value::Table(scenario));
    toml::Value::Table(table)
}

/// The options of a run as a table.
fn settings(run: &RunSettings) -> toml::Table {
    use toml::Value::{Array, Boolean, Float, Integer, String};
    // A number is read as a float, which holds whole ones below 2^53.
    let whole = |number: u64| match i64::try_from(number) {
        Ok(small) if number < 1 << 53 => Integer(small),
        _ => String(number.to_string()),
    };
    let names = |names: &[std::string::String]| Array(names.iter().cloned().map(String).collect());
    let entries = [
        ("paths", run.paths.map(whole)),
        ("seed", run.seed.map(whole)),
        ("sampling", run.sampling.clone().map(String)),
        ("given", run.given.as_ref().map(|(given, _)| String(given.clone()))),
        ("record", Some(names(&run.record)).filter(|_| !run.record.is_empty())),
        ("quantiles", run.quantiles.as_ref().map(|all| Array(all.iter().copied().map(Float).collect()))),
        ("sensitivity", run.sensitivity.map(Boolean)),
        ("allow_implausible", run.allow_implausible.map(Boolean)),
        ("pairs", Some(names(&run.pairs)).filter(|_| !run.pairs.is_empty())),
    ];
    entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

/// A table as TOML text.
pub fn toml(table: &TomlTable) -> String {
    toml::to_string_pretty(&plain(table)).unwrap_or_default()
}

fn plain(table: &TomlTable) -> toml::Table {
    table.iter().map(|(key, entry)| (key.clone(), plain_value(&entry.node))).collect()
}

fn plain_value(node: &TomlNode) -> toml::Value {
    match &node.value {
        TomlValue::Text(text) => toml::Value::String(text.clone()),
        TomlValue::Number { number, whole: true } => toml::Value::Integer(*number as i64),
        TomlValue::Number { number, whole: false } => toml::Value::Float(*number),
        TomlValue::Boolean(truth) => toml::Value::Boolean(*truth),
        TomlValue::List(items) => toml::Value::Array(items.iter().map(plain_value).collect()),
        TomlValue::Table(table) => toml::Value::Table(plain(table)),
    }
}
