//! Tables of data: which file, which of its rows, and how its cells are written.

mod columns;
mod members;
mod records;

pub use members::members;

use super::ScenarioReader;
use crate::scenario::document::{TomlNode, TomlTable, TomlValue};
use crate::scenario::table::{DataName, Dialect, RowCondition, Table, Wanted};
use crate::scenario::written::ReadTable;
use crate::text::{Diagnostic, Message, Place};
use crate::{key, message};

/// The keys that say how a file is read.
pub(super) const DIALECT_KEYS: [&str; 4] = ["where", "missing", "decimal", "header"];

/// All keys of a set. Those of its file are gone when the set is read: they are known so that one that is misspelt is told.
pub(super) const SET_KEYS: [&str; 12] = [
    "title", "fields", "file", "key", "pivot", "columns", "source", "grade", "where", "missing", "decimal",
    "header",
];

impl ScenarioReader<'_, '_> {
    /// The table of the file that the key `file` names, which stands at `place`. What is wrong with it is noted.
    pub(super) fn data_table(&mut self, place: Place, keys: &TomlTable) -> Option<Table> {
        let path = self.string(keys, "file");
        let dialect = self.dialect(keys);
        let read = DataName::parse(&path).map_err(|message| vec![message]).and_then(|name| {
            let data = (self.beside)(place, name.path).map_err(|message| vec![message])?;
            Table::of(&name, &data, &dialect)
        });
        read.map_err(|messages| {
            messages.into_iter().for_each(|message| self.diagnostics.error(place, message));
        })
        .ok()
    }

    /// Notes what was read from a table, and what was passed over.
    pub(super) fn note_table(&mut self, what: String, table: &Table, count: usize) {
        let (file, skipped) = (table.file.clone(), table.skipped.clone());
        self.data_tables.push(ReadTable { what, file, count, skipped });
    }

    /// How a table is to be read.
    fn dialect(&mut self, keys: &TomlTable) -> Dialect {
        let missing = self.names(keys, "missing").into_iter().map(|(word, _)| word).collect();
        Dialect {
            conditions: self.conditions(keys),
            missing,
            decimal: self.decimal(keys),
            header: self.header_row(keys),
        }
    }

    fn conditions(&mut self, keys: &TomlTable) -> Vec<RowCondition> {
        let Some(table) = self.table(keys, "where") else { return Vec::new() };
        let mut conditions = Vec::new();
        for (column, entry) in table {
            let items = match &entry.node.value {
                TomlValue::List(items) => items.as_slice(),
                _ => std::slice::from_ref(&entry.node),
            };
            let wanted: Vec<Wanted> = items.iter().filter_map(|item| self.wanted(column, item)).collect();
            conditions.push(RowCondition { column: column.clone(), wanted, place: entry.key });
        }
        conditions
    }

    fn wanted(&mut self, column: &str, item: &TomlNode) -> Option<Wanted> {
        match &item.value {
            TomlValue::Text(text) => Some(Wanted::Text(text.clone())),
            TomlValue::Number { number, .. } => Some(Wanted::Number(*number)),
            _ => {
                self.wrong_kind(item, Message::verbatim(column), key!("scenario-table-wanted"));
                None
            }
        }
    }

    fn decimal(&mut self, keys: &TomlTable) -> Option<char> {
        let place = keys.get("decimal")?.node.place;
        match self.string(keys, "decimal").as_str() {
            "." => Some('.'),
            "," => Some(','),
            _ => {
                self.diagnostics.push(
                    Diagnostic::error(place, key!("scenario-table-decimal"))
                        .help(key!("scenario-table-decimal.help")),
                );
                None
            }
        }
    }

    fn header_row(&mut self, keys: &TomlTable) -> Option<u64> {
        let node = &keys.get("header")?.node;
        match node.value {
            TomlValue::Number { number, whole: true } if (1.0..=1e6).contains(&number) => Some(number as u64),
            _ => {
                self.diagnostics.push(
                    Diagnostic::error(node.place, message!("scenario-table-header"))
                        .help(key!("scenario-table-header.help")),
                );
                None
            }
        }
    }
}
