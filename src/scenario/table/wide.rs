//! Wide tables: a row for each series, and a column for each year.

use super::Table;
use super::year::period_of_title;
use crate::text::period::{Step, step_of};

/// A cell of a wide table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WideCell<'a> {
    /// The number of the row.
    pub(crate) row: u64,
    /// The place of its column.
    pub(crate) column: usize,
    /// The year of its column.
    pub(crate) year: i32,
    /// What stands there.
    pub(crate) cell: &'a str,
}

/// The columns that are periods of this length: their places and periods. Empty where a table is long.
pub(crate) fn wide_columns(table: &Table, step: Step) -> Vec<(usize, i32)> {
    let titles = table.header.iter().enumerate();
    let periods = titles.filter_map(|(column, title)| Some((column, period_of_title(title, step)?)));
    periods.filter(|(_, period)| step_of(*period) == step).collect()
}

/// The cells of the years of a row.
pub(crate) fn wide_cells<'a>(
    table: &'a Table,
    row: usize,
    columns: &'a [(usize, i32)],
) -> impl Iterator<Item = WideCell<'a>> {
    let row = &table.rows[row];
    columns.iter().map(move |(column, year)| WideCell {
        row: row.number,
        column: *column,
        year: *year,
        cell: row.cell(*column),
    })
}
