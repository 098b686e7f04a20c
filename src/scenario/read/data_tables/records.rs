//! The records of a table of data, one for each member of a set: a row, or with a pivot all rows of one key.

use indexmap::IndexMap;

use crate::message;
use crate::scenario::separated::{columns, quoted};
use crate::scenario::table::{MOST_TOLD, Table};
use crate::text::Message;

/// A record.
pub(super) struct TableRecord {
    /// What stands in the key's column.
    pub(super) key: String,
    /// The first of its rows, counted from 0.
    pub(super) row: usize,
    /// With a pivot, the row of each name.
    rows: IndexMap<String, usize>,
}

/// Where the values of a long table stand: a column with their names, and one with the values.
#[derive(Clone, Copy)]
pub(super) struct Pivot {
    pub(super) names: usize,
    pub(super) values: usize,
}

/// A cell of a record.
pub(super) struct RecordCell<'a> {
    /// The number of its row.
    pub(super) row: u64,
    /// Its column.
    pub(super) column: usize,
    /// What stands there.
    pub(super) text: &'a str,
}

/// The records of a table.
///
/// # Errors
/// A sentence for each key, or name of a key, that stands twice.
pub(super) fn records(
    table: &Table,
    key: usize,
    pivot: Option<Pivot>,
) -> Result<Vec<TableRecord>, Vec<Message>> {
    let mut found: IndexMap<String, TableRecord> = IndexMap::new();
    let mut wrong = Vec::new();
    for (row, cells) in table.rows.iter().enumerate() {
        let own = cells.cell(key).to_owned();
        let record = found.get_mut(&own);
        let name = pivot.map(|pivot| cells.cell(pivot.names).to_owned());
        let first = match (&record, &name) {
            (Some(record), None) => Some(record.row),
            (Some(record), Some(name)) => record.rows.get(name).copied(),
            (None, _) => None,
        };
        if let Some(first) = first {
            let at = table.at(cells.number, pivot.map_or(key, |pivot| pivot.names));
            let first = table.rows[first].number.to_string();
            let own = quoted(&own);
            wrong.push(match &name {
                Some(name) => {
                    message!(
                        "scenario-table-name-twice",
                        at = at,
                        key = own,
                        name = quoted(name),
                        first = first
                    )
                }
                None => message!("scenario-table-key-twice", at = at, key = own, first = first),
            });
            if wrong.len() > MOST_TOLD {
                break;
            }
            continue;
        }
        match (record, name) {
            (Some(record), Some(name)) => {
                record.rows.insert(name, row);
            }
            (_, name) => {
                let rows = name.map(|name| (name, row)).into_iter().collect();
                found.insert(own.clone(), TableRecord { key: own, row, rows });
            }
        }
    }
    if wrong.is_empty() { Ok(found.into_values().collect()) } else { Err(wrong) }
}

/// The titles of values in a table: of its columns, or with a pivot the names in its rows.
pub(super) fn titles(table: &Table, pivot: Option<Pivot>) -> Vec<&str> {
    let Some(pivot) = pivot else { return table.header.iter().collect() };
    let mut seen = std::collections::BTreeSet::new();
    let names = table.rows.iter().map(|row| row.cell(pivot.names));
    names.filter(|name| seen.insert(*name)).collect()
}

/// Looks whether a title of values is there, once.
///
/// # Errors
/// One sentence.
pub(super) fn is_there(table: &Table, pivot: Option<Pivot>, title: &str) -> Result<(), Message> {
    let Some(pivot) = pivot else {
        return table.positions(&[title]).map(|_| ()).map_err(|mut messages| messages.swap_remove(0));
    };
    let there = titles(table, Some(pivot));
    if there.contains(&title) {
        return Ok(());
    }
    let column = quoted(table.header.get(pivot.names).unwrap_or_default());
    let there = columns(there.into_iter());
    Err(message!(
        "scenario-table-no-name",
        file = &table.file,
        title = quoted(title),
        column = column,
        there = there
    ))
}

impl TableRecord {
    /// The cell of a value; `None` where a pivot has no row for it.
    pub(super) fn cell<'a>(
        &self,
        table: &'a Table,
        pivot: Option<Pivot>,
        title: &str,
    ) -> Option<RecordCell<'a>> {
        let (row, column) = match pivot {
            Some(pivot) => (&table.rows[*self.rows.get(title)?], pivot.values),
            None => (&table.rows[self.row], table.header.iter().position(|own| own == title)?),
        };
        Some(RecordCell { row: row.number, column, text: row.cell(column) })
    }
}
