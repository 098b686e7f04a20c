//! A TOML file as a tree in which every key and value knows its place.

use indexmap::IndexMap;
use toml::de::{DeTable, DeValue};

use crate::text::{Place, Problem, Problems};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where the value stands; of a string, what is between the quotes.
    pub place: Place,
    /// The value.
    pub value: Value,
}

/// A TOML value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    Text(String),
    /// A number; `whole` when it was written as an integer.
    Number {
        /// The number.
        number: f64,
        /// Written without point and exponent.
        whole: bool,
    },
    /// `true` or `false`.
    Boolean(bool),
    /// A list.
    List(Vec<Node>),
    /// A table, in the order of the file.
    Table(Table),
}

/// A table: its entries by key.
pub type Table = IndexMap<String, Entry>;

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where the key stands.
    pub key: Place,
    /// The value.
    pub node: Node,
}

impl Node {
    /// A table without entries.
    pub fn empty_table(place: Place) -> Self {
        Self { place, value: Value::Table(Table::new()) }
    }

    /// The table, if it is one.
    pub fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The table, if it is one.
    pub fn table_mut(&mut self) -> Option<&mut Table> {
        match &mut self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The string, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, for messages.
    pub fn describe(&self) -> &'static str {
        match self.value {
            Value::Text(_) => "a string",
            Value::Number { .. } => "a number",
            Value::Boolean(_) => "true or false",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// Reads a TOML text that stands as file `file`. Every syntax error is reported, and what can be read is;
/// the second value says whether that is all of it.
pub fn parse(file: u32, text: &str, problems: &mut Problems) -> (Table, bool) {
    let (document, errors) = DeTable::parse_recoverable(text);
    let (mut last_line, whole) = (None, errors.is_empty());
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        // Of what follows from one slip, only the first in each line.
        let line = text.bytes().take(span.start).filter(|byte| *byte == b'\n').count();
        if last_line.replace(line) == Some(line) {
            continue;
        }
        let first = error.message().lines().next().unwrap_or_default();
        problems.push(
            Problem::error(
                Place::new(file, span.start, span.end),
                format!("this is not valid TOML: {first}"),
            )
            .help(
                "strings stand in quotes, a table starts with [name], a list with [, an inline table with {",
            ),
        );
    }
    (Reader { file, text, problems }.table(document.get_ref()), whole)
}

struct Reader<'a> {
    file: u32,
    text: &'a str,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>) -> Table {
        table
            .iter()
            .map(|(key, value)| {
                let span = key.span();
                let place = Place::new(self.file, span.start, span.end);
                let entry = Entry {
                    key: self.between_quotes(key.get_ref(), place),
                    node: self.node(value.get_ref(), value.span()),
                };
                (key.get_ref().to_string(), entry)
            })
            .collect()
    }

    fn node(&mut self, value: &DeValue<'_>, span: std::ops::Range<usize>) -> Node {
        let place = Place::new(self.file, span.start, span.end);
        let value = match value {
            DeValue::String(text) => return self.string(text, place),
            DeValue::Integer(integer) => {
                let number = i128::from_str_radix(integer.as_str(), integer.radix());
                self.number(place, number.map(|number| number as f64).ok(), true)
            }
            DeValue::Float(float) => self.number(place, float.as_str().parse().ok(), false),
            DeValue::Boolean(truth) => Value::Boolean(*truth),
            DeValue::Datetime(_) => {
                self.problems.push(
                    Problem::error(place, "a date has no meaning in a scenario")
                        .help("a year is a whole number: 2025"),
                );
                Value::Number { number: 0.0, whole: true }
            }
            DeValue::Array(list) => {
                Value::List(list.iter().map(|item| self.node(item.get_ref(), item.span())).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table)),
        };
        Node { place, value }
    }

    fn number(&mut self, place: Place, number: Option<f64>, whole: bool) -> Value {
        let number = number.unwrap_or_else(|| {
            self.problems.error(place, "this number cannot be read");
            0.0
        });
        Value::Number { number, whole }
    }

    /// The place of a string is what stands between its quotes, so that a place inside a formula can be
    /// found by counting. In a string with escapes the whole string is marked instead.
    fn string(&self, text: &str, place: Place) -> Node {
        Node { place: self.between_quotes(text, place), value: Value::Text(text.to_string()) }
    }

    fn between_quotes(&self, text: &str, place: Place) -> Place {
        let raw = self.text.get(place.start as usize..place.end as usize).unwrap_or_default();
        match raw.find(text) {
            Some(offset) if !text.is_empty() => place.part(offset, offset + text.len()),
            _ => place,
        }
    }
}
