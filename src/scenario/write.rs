//! The resolved scenario as TOML: running it gives the same result as the files it was made of.

use super::document::{Node, Table, Value};
use super::written::Scenario;

/// The scenario with `extends` and `--set` resolved and its id written down. `empirical` samples stand in
/// it as their values, so that it needs no file beside it.
pub fn resolved(scenario: &Scenario) -> String {
    let mut document = plain(&scenario.document);
    let head = document.entry("scenario").or_insert_with(|| toml::Value::Table(toml::Table::new()));
    if let Some(head) = head.as_table_mut() {
        head.insert("id".into(), toml::Value::String(scenario.id.clone()));
    }
    toml::to_string_pretty(&document).unwrap_or_default()
}

/// A table as TOML text.
pub fn toml(table: &Table) -> String {
    toml::to_string_pretty(&plain(table)).unwrap_or_default()
}

fn plain(table: &Table) -> toml::Table {
    table.iter().map(|(key, entry)| (key.clone(), plain_value(&entry.node))).collect()
}

fn plain_value(node: &Node) -> toml::Value {
    match &node.value {
        Value::Text(text) => toml::Value::String(text.clone()),
        Value::Number { number, whole: true } => toml::Value::Integer(*number as i64),
        Value::Number { number, whole: false } => toml::Value::Float(*number),
        Value::Boolean(truth) => toml::Value::Boolean(*truth),
        Value::List(items) => toml::Value::Array(items.iter().map(plain_value).collect()),
        Value::Table(table) => toml::Value::Table(plain(table)),
    }
}
