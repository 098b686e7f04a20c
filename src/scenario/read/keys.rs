//! Reading single keys of a table.

use super::ScenarioReader;
use crate::scenario::document::{TomlNode, TomlTable, TomlValue};
use crate::text::number::hundredth;
use crate::text::{Diagnostic, Key, Message, Place, Text, suggest::did_you_mean, visible};
use crate::{key, message};

/// Keys whose text is one line, however it is written.
const ON_ONE_LINE: [&str; 12] =
    ["title", "region", "group", "unit", "doc", "note", "url", "source", "grade", "words", "rest", "goal"];

impl ScenarioReader<'_, '_> {
    /// Notes every key that is not one of these.
    pub(super) fn known(&mut self, table: &TomlTable, keys: &[&str], what: &Message) {
        for (key, entry) in table {
            if keys.contains(&key.as_str()) || self.diagnostics.is_full() {
                continue;
            }
            let diagnostic =
                Diagnostic::error(entry.key, message!("scenario-keys-unknown", what = what, key = key));
            self.diagnostics.push(match did_you_mean(key, keys, key!("text-kind-keys")) {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            });
        }
    }

    pub(super) fn wrong_kind(&mut self, node: &TomlNode, what: impl Into<Message>, wanted: Key) {
        let what: Message = what.into();
        let is_table = wanted == key!("scenario-kind-table");
        let diagnostic = Diagnostic::error(
            node.place,
            message!("scenario-keys-kind", what = what, wanted = wanted, found = node.describe()),
        );
        self.diagnostics.push(match &node.value {
            TomlValue::List(_) if is_table => diagnostic.help(key!("scenario-keys-kind.list")),
            _ if is_table => diagnostic.help(key!("scenario-keys-kind.table")),
            _ => diagnostic,
        });
    }

    /// A table inside a table, if it is there.
    pub(super) fn table<'t>(&mut self, table: &'t TomlTable, key: &str) -> Option<&'t TomlTable> {
        let node = &table.get(key)?.node;
        if node.table().is_none() {
            self.wrong_kind(node, Message::verbatim(key), key!("scenario-kind-table"));
        }
        node.table()
    }

    /// Text that a person reads: a string, or a table by language.
    pub(super) fn words(&mut self, table: &TomlTable, key: &str) -> Text {
        let Some(entry) = table.get(key) else { return Text::default() };
        let text = match &entry.node.value {
            TomlValue::Text(text) => Text::plain(text),
            TomlValue::Table(by_language) => {
                self.known(by_language, &["en", "zh"], &message!("scenario-keys-text", key = key));
                Text { en: self.string(by_language, "en"), zh: self.string(by_language, "zh") }
            }
            _ => {
                self.wrong_kind(&entry.node, Message::verbatim(key), key!("scenario-keys-by-language"));
                Text::default()
            }
        };
        if !ON_ONE_LINE.contains(&key) {
            return text;
        }
        let on_one_line = |text: String| visible::line(text.trim()).into_owned();
        Text { en: on_one_line(text.en), zh: on_one_line(text.zh) }
    }

    /// A string; empty where the key is missing.
    pub(super) fn string(&mut self, table: &TomlTable, key: &str) -> String {
        let Some(entry) = table.get(key) else { return String::new() };
        if let Some(text) = entry.node.text() {
            if ON_ONE_LINE.contains(&key) {
                visible::line(text.trim()).into_owned()
            } else {
                text.to_string()
            }
        } else {
            self.wrong_kind(&entry.node, Message::verbatim(key), key!("scenario-kind-string"));
            String::new()
        }
    }

    pub(super) fn boolean(&mut self, table: &TomlTable, key: &str) -> bool {
        match table.get(key).map(|entry| &entry.node) {
            None => false,
            Some(TomlNode { value: TomlValue::Boolean(truth), .. }) => *truth,
            Some(node) => {
                self.wrong_kind(node, Message::verbatim(key), key!("scenario-kind-boolean"));
                false
            }
        }
    }

    /// A plain number, `8%` included.
    pub(super) fn number(&mut self, table: &TomlTable, key: &str) -> Option<f64> {
        let node = &table.get(key)?.node;
        let number = match &node.value {
            TomlValue::Number { number, .. } => Some(*number),
            TomlValue::Text(text) => {
                let percent = text.trim().strip_suffix('%').and_then(hundredth);
                percent.or_else(|| text.trim().parse().ok())
            }
            _ => None,
        };
        match number {
            Some(number) if number.is_finite() => Some(number),
            Some(_) => {
                self.diagnostics.error(node.place, message!("scenario-keys-finite", key = key));
                None
            }
            None => {
                self.wrong_kind(node, Message::verbatim(key), key!("scenario-kind-number"));
                None
            }
        }
    }

    /// The one name that a key may hold.
    pub(super) fn single_name(&mut self, table: &TomlTable, key: &str) -> Option<(String, Place)> {
        let mut names = self.names(table, key).into_iter();
        let first = names.next();
        if let Some((name, place)) = names.next() {
            self.diagnostics.push(
                Diagnostic::error(place, message!("scenario-keys-one-name", key = key, name = name))
                    .help(key!("scenario-keys-one-name.help")),
            );
        }
        first
    }

    /// A name or a list of names.
    pub(super) fn names(&mut self, table: &TomlTable, key: &str) -> Vec<(String, Place)> {
        let Some(entry) = table.get(key) else { return Vec::new() };
        let items = match &entry.node.value {
            TomlValue::List(items) => items.as_slice(),
            _ => std::slice::from_ref(&entry.node),
        };
        let mut names = Vec::new();
        for item in items {
            match item.text() {
                Some(text) => names.push((text.to_string(), item.place)),
                None => self.wrong_kind(item, Message::verbatim(key), key!("scenario-keys-names")),
            }
        }
        names
    }
}

/// Where a key's value stands, if it is there.
pub(super) fn place_of(table: &TomlTable, key: &str) -> Option<Place> {
    table.get(key).map(|entry| entry.node.place)
}
