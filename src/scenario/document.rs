//! A TOML file as a tree in which every key and value knows its place.

use std::ops::Range;

use indexmap::IndexMap;
use toml::de::{DeTable, DeValue};

use super::slips;

use crate::text::{Diagnostic, DiagnosticList, Key, Place, visible};
use crate::{key, message};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct TomlNode {
    /// Where the value stands; of a string, what is between the quotes.
    pub place: Place,
    /// The value.
    pub value: TomlValue,
}

/// A TOML value.
#[derive(Clone, Debug, PartialEq)]
pub enum TomlValue {
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
    List(Vec<TomlNode>),
    /// A table, in the order of the file.
    Table(TomlTable),
}

/// A table: its entries by key.
pub type TomlTable = IndexMap<String, Entry>;

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where the key stands.
    pub key: Place,
    /// The value.
    pub node: TomlNode,
}

impl TomlNode {
    /// A table without entries.
    pub fn empty_table(place: Place) -> Self {
        Self { place, value: TomlValue::Table(TomlTable::new()) }
    }

    /// The table, if it is one.
    pub fn table(&self) -> Option<&TomlTable> {
        match &self.value {
            TomlValue::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The table, if it is one.
    pub fn table_mut(&mut self) -> Option<&mut TomlTable> {
        match &mut self.value {
            TomlValue::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The string, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            TomlValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, for messages.
    pub fn describe(&self) -> Key {
        match self.value {
            TomlValue::Text(_) => key!("scenario-kind-string"),
            TomlValue::Number { .. } => key!("scenario-kind-number"),
            TomlValue::Boolean(_) => key!("scenario-kind-boolean"),
            TomlValue::List(_) => key!("scenario-kind-list"),
            TomlValue::Table(_) => key!("scenario-kind-table"),
        }
    }
}

/// Most keys and headings of a file, and most items of its lists: what bounds the time and memory that it takes.
const MAX_KEYS: usize = 200_000;
const MAX_ITEMS: usize = 500_000;

/// Reads a TOML text that stands as file `file`. Every syntax error is reported, and what can be read is.
pub fn parse(file: u32, text: &str, diagnostics: &mut DiagnosticList) -> TomlTable {
    let (keys, items) = counts(text);
    if keys > MAX_KEYS || items > MAX_ITEMS {
        let message = if keys > MAX_KEYS {
            message!("scenario-document-many-keys", count = MAX_KEYS.to_string())
        } else {
            message!("scenario-document-many-items", count = MAX_ITEMS.to_string())
        };
        diagnostics.push(
            Diagnostic::error(Place::new(file, 0, 0), message).help(key!("scenario-document-many-keys.help")),
        );
        diagnostics.is_not_whole();
        return TomlTable::new();
    }
    let (document, errors) = DeTable::parse_recoverable(text);
    // Of what follows from one slip, only the first in each line.
    let mut slips: Vec<Range<usize>> = Vec::new();
    let mut unclosed = false;
    for error in errors {
        if diagnostics.is_full() {
            break;
        }
        let span = error.span().unwrap_or(0..0);
        if !slips.iter().any(|line| (line.start..=line.end).contains(&span.start)) {
            slips.push(line_of(text, span.start));
            // What follows a list that is not closed is taken for its items.
            let follows = std::mem::replace(&mut unclosed, error.message().contains("missing comma"));
            if !(follows && unclosed) {
                diagnostics.push(slips::teach(file, text, error.message(), span));
            }
        }
    }
    if !slips.is_empty() {
        diagnostics.is_not_whole();
        slips.sort_by_key(|line| line.start);
    }
    TomlReader { file, text, slips, diagnostics }.table(document.get_ref())
}

/// The line in which a byte stands.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| at + length);
    start..end
}

/// About how many keys and items of lists a text has: by its `=` and `,` outside of strings and comments, and its lines
/// that are headings.
fn counts(text: &str) -> (usize, usize) {
    let (mut keys, mut items, mut quote, mut comment, mut begins) = (0, 0, None, false, true);
    for byte in text.bytes() {
        match byte {
            // No string but a long one goes on in the next line, and what looks like one may be a slip.
            b'\n' => (quote, comment, begins) = (None, false, true),
            _ if comment => {}
            b' ' | b'\t' => {}
            b'"' | b'\'' if quote.is_none() => quote = Some(byte),
            _ if quote == Some(byte) => quote = None,
            b'#' if quote.is_none() => comment = true,
            b'=' if quote.is_none() => keys += 1,
            b'[' if begins => keys += 1,
            b',' if quote.is_none() => items += 1,
            _ => {}
        }
        begins &= matches!(byte, b'\n' | b' ' | b'\t');
    }
    (keys, items)
}

struct TomlReader<'a> {
    file: u32,
    text: &'a str,
    /// Lines with slips, in order: what was made of them is not what was meant.
    slips: Vec<Range<usize>>,
    diagnostics: &'a mut DiagnosticList,
}

impl TomlReader<'_> {
    fn is_slip(&self, value: &DeValue<'_>, at: usize) -> bool {
        !matches!(value, DeValue::Table(_)) && self.in_a_slip(at)
    }

    fn in_a_slip(&self, at: usize) -> bool {
        let line = self.slips.partition_point(|line| line.end < at);
        self.slips.get(line).is_some_and(|line| line.start <= at)
    }

    fn table(&mut self, table: &DeTable<'_>) -> TomlTable {
        table
            .iter()
            .filter_map(|(key, value)| {
                let is_date = matches!(value.get_ref(), DeValue::Datetime(_));
                if is_date {
                    // As if it were not there: what it was to be is missing, and that is not told again.
                    self.node(value.get_ref(), value.span());
                    self.diagnostics.is_not_whole();
                }
                if is_date || (!self.slips.is_empty() && self.is_slip(value.get_ref(), key.span().start)) {
                    return None;
                }
                let span = key.span();
                let place = Place::new(self.file, span.start, span.end);
                self.without_controls(key.get_ref(), place, visible::is_control);
                let entry = Entry {
                    key: self.between_quotes(key.get_ref(), place),
                    node: self.node(value.get_ref(), value.span()),
                };
                Some((key.get_ref().to_string(), entry))
            })
            .collect()
    }

    fn node(&mut self, value: &DeValue<'_>, span: Range<usize>) -> TomlNode {
        let place = Place::new(self.file, span.start, span.end);
        let value = match value {
            DeValue::String(text) => return self.string(text, place),
            DeValue::Integer(integer) => {
                let number =
                    i128::from_str_radix(integer.as_str(), integer.radix()).map(|number| number as f64);
                self.number(place, number.ok().or_else(|| integer.as_str().parse().ok()), true)
            }
            DeValue::Float(float) => self.number(place, float.as_str().parse().ok(), false),
            DeValue::Boolean(truth) => TomlValue::Boolean(*truth),
            DeValue::Datetime(_) => {
                self.diagnostics.push(
                    Diagnostic::error(place, key!("scenario-document-date"))
                        .help(key!("scenario-document-date.help")),
                );
                TomlValue::Number { number: 0.0, whole: true }
            }
            DeValue::Array(list) => {
                let items = list.iter().map(|item| (item.get_ref(), item.span()));
                let meant: Vec<_> = items.filter(|(_, span)| !self.in_a_slip(span.start)).collect();
                TomlValue::List(meant.into_iter().map(|(item, span)| self.node(item, span)).collect())
            }
            DeValue::Table(table) => TomlValue::Table(self.table(table)),
        };
        TomlNode { place, value }
    }

    fn number(&mut self, place: Place, number: Option<f64>, whole: bool) -> TomlValue {
        let written = self.text.get(place.start as usize..place.end as usize).unwrap_or_default();
        let digits = written.bytes().any(|byte| byte.is_ascii_digit());
        match number {
            Some(number) if number.is_finite() || !digits => TomlValue::Number { number, whole },
            Some(_) => {
                self.diagnostics.push(
                    Diagnostic::error(place, key!("scenario-document-too-large"))
                        .help(key!("scenario-document-too-large.help")),
                );
                TomlValue::Number { number: 0.0, whole }
            }
            None => {
                self.diagnostics.error(place, key!("scenario-document-unreadable-number"));
                TomlValue::Number { number: 0.0, whole }
            }
        }
    }

    /// The place of a string is what stands between its quotes, so that a place inside a formula can be
    /// found by counting. In a string with escapes the whole string is marked instead.
    fn string(&mut self, text: &str, place: Place) -> TomlNode {
        self.without_controls(text, place, |c| !matches!(c, '\n' | '\t') && visible::is_control(c));
        TomlNode { place: self.between_quotes(text, place), value: TomlValue::Text(text.to_string()) }
    }

    /// Complains of a name or text in which there are characters that are not there to be read.
    fn without_controls(&mut self, text: &str, place: Place, wrong: impl Fn(char) -> bool) {
        if let Some(found) = text.chars().find(|c| wrong(*c)) {
            let message = match found {
                '\n' => message!("scenario-document-lines"),
                _ => message!("scenario-document-control", code = format!("{:04X}", u32::from(found))),
            };
            self.diagnostics
                .push(Diagnostic::error(place, message).help(key!("scenario-document-control.help")));
        }
    }

    fn between_quotes(&self, text: &str, place: Place) -> Place {
        let raw = self.text.get(place.start as usize..place.end as usize).unwrap_or_default();
        // Mostly after one quote or none: what it takes to search is seen only where it is needed.
        let begins = |at: &usize| raw.get(*at..).is_some_and(|rest| rest.starts_with(text));
        match [0, 1].into_iter().find(begins).or_else(|| raw.find(text)) {
            Some(offset) if !text.is_empty() => place.part(offset, offset + text.len()),
            _ => place,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_items_are_counted_outside_of_strings_and_comments() {
        assert_eq!(counts("a = 1\nb = [1, 2, 3]\n"), (2, 2));
        assert_eq!(counts("[time]\n  [x]\n# a = 1, 2\ny = 1 # z = 2, 3\n"), (3, 0));
        assert_eq!(counts("a = \"b = 1, 2\"\nc = 'd = \"1, 2'\n"), (2, 0));
        assert_eq!(counts("a = \"not closed\nb = 2, 3\n"), (2, 1));
    }

    #[test]
    fn a_byte_stands_in_the_line_between_the_breaks_around_it() {
        let text = "ab\ncd\n";
        assert_eq!([line_of(text, 0), line_of(text, 1), line_of(text, 2)], [0..2, 0..2, 0..2]);
        assert_eq!([line_of(text, 3), line_of(text, 5), line_of(text, 6)], [3..5, 3..5, 6..6]);
        assert_eq!([line_of(text, 99), line_of("", 0)], [6..6, 0..0]);
    }
}
