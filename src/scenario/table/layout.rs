//! Which rows of a grid are the titles, the data and the notes below them.

use csv::StringRecord;

use super::grid::{Grid, GridRow, MOST_ROWS, too_many};
use super::number::NumberStyle;
use super::skipped::Skipped;
use super::year::year_of;
use super::{DataName, Dialect, MOST_TOLD, Table, TableRow};
use crate::message;
use crate::scenario::separated::{columns, quoted};
use crate::text::Message;

/// The table that a grid holds.
///
/// # Errors
/// A sentence for everything that is wrong with it.
pub(super) fn table(name: &DataName<'_>, grid: Grid, dialect: &Dialect) -> Result<Table, Vec<Message>> {
    let style = NumberStyle { decimal: dialect.decimal, has_ambiguous_commas: grid.has_ambiguous_commas };
    let mut table = Table {
        file: name.written.to_owned(),
        sheet: grid.sheet,
        first_column: grid.first_column,
        style,
        dialect: dialect.clone(),
        ..Table::default()
    };
    let mut rows = grid.rows;
    let Some(header) = header(&rows, dialect) else {
        return match dialect.header {
            Some(wanted) => {
                Err(vec![message!("scenario-table-no-header", file = name.written, row = wanted.to_string())])
            }
            None => Ok(table),
        };
    };
    let mut data = rows.split_off(header + 1);
    table.skipped.above = header;
    let titles = rows.pop().map(|row| row.cells).unwrap_or_default();
    let columns = titles.len();
    let (composite, titles) = parted_titles(titles);
    (table.composite, table.header) = (composite, titles);
    if table.header.len() > 1 {
        table.skipped.footers = take_footers(&mut data, columns, !table.sheet.is_empty());
    }
    if data.len() > MOST_ROWS {
        return Err(vec![too_many(name.written)]);
    }
    let mut wrong = Vec::new();
    for row in data {
        let (number, cells) = (row.number, parted_cells(row.cells, composite));
        match as_long_as(cells, table.header.len(), !table.sheet.is_empty()) {
            Ok(cells) => table.rows.push(TableRow { number, cells }),
            Err(len) if wrong.len() < MOST_TOLD => wrong.push(message!(
                "scenario-table-cells",
                at = table.at_row(number),
                len = len,
                expected = table.header.len()
            )),
            Err(_) => {}
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    filter(&mut table)?;
    Ok(table)
}

/// The row with the titles: the one that is said, the one below the World Bank's preamble, or the first.
fn header(rows: &[GridRow], dialect: &Dialect) -> Option<usize> {
    if let Some(wanted) = dialect.header {
        return rows.iter().position(|row| row.number == wanted);
    }
    let begins = |row: &GridRow, text: &str| row.cells.get(0) == Some(text);
    let first = rows.first()?;
    let below = || rows.iter().take(10).position(|row| begins(row, "Country Name"));
    if begins(first, "Data Source") { Some(below().unwrap_or(0)) } else { Some(0) }
}

/// The titles of Eurostat's tables: the first cell has those of several columns, parted by commas, and after a backslash what
/// the other columns are. How many there are, and all titles.
fn parted_titles(titles: StringRecord) -> (usize, StringRecord) {
    let first = titles.get(0).unwrap_or_default();
    let Some((dimensions, over)) = first.rsplit_once('\\') else { return (0, titles) };
    if !["time", "time_period"].iter().any(|name| over.trim().eq_ignore_ascii_case(name)) {
        return (0, titles);
    }
    let dimensions: Vec<&str> = dimensions.split(',').map(str::trim).collect();
    (dimensions.len(), dimensions.iter().copied().chain(titles.iter().skip(1)).collect())
}

/// The cells of a row of such a table.
fn parted_cells(cells: StringRecord, composite: usize) -> StringRecord {
    if composite == 0 {
        return cells;
    }
    let first = cells.get(0).unwrap_or_default();
    first.split(',').map(str::trim).chain(cells.iter().skip(1)).collect()
}

/// Takes the notes off the end: below a blank row, rows that begin with words and of which only the first cell is filled, or
/// that have more or fewer cells than there are titles, as a sentence with commas has. How many there were.
fn take_footers(rows: &mut Vec<GridRow>, titles: usize, is_sheet: bool) -> usize {
    let is_note = |row: &GridRow| {
        let first = row.cells.get(0).unwrap_or_default();
        let is_alone = row.cells.iter().skip(1).all(str::is_empty);
        let is_number = NumberStyle::default().read(first).is_ok() || year_of(first).is_some();
        !is_number && (is_alone || (!is_sheet && row.cells.len() != titles))
    };
    let notes = rows.iter().rev().take_while(|row| is_note(row)).count();
    let from = rows.len() - notes;
    let Some(begin) = rows[from..].iter().position(|row| row.is_below_blank) else { return 0 };
    let footers = notes - begin;
    rows.truncate(from + begin);
    footers
}

/// Cells as many as there are titles. Empty ones at the end may be left out of a sheet, and be too many anywhere.
fn as_long_as(mut cells: StringRecord, expected: usize, is_sheet: bool) -> Result<StringRecord, usize> {
    let len = cells.len();
    if len > expected && cells.iter().skip(expected).all(str::is_empty) {
        cells.truncate(expected);
    }
    if is_sheet {
        (cells.len()..expected).for_each(|_| cells.push_field(""));
    }
    if cells.len() == expected { Ok(cells) } else { Err(len) }
}

/// Leaves the rows that meet all conditions.
fn filter(table: &mut Table) -> Result<(), Vec<Message>> {
    let conditions = std::mem::take(&mut table.dialect.conditions);
    let titles: Vec<&str> = conditions.iter().map(|condition| condition.column.as_str()).collect();
    let positions = table.positions(&titles)?;
    let before = table.rows.len();
    let mut wrong = Vec::new();
    for (condition, column) in conditions.iter().zip(positions) {
        let is_wanted = |row: &TableRow| condition.wanted.iter().any(|wanted| wanted.is(row.cell(column)));
        if !table.rows.is_empty() && !table.rows.iter().any(is_wanted) {
            let mut there: Vec<&str> = table.rows.iter().take(1000).map(|row| row.cell(column)).collect();
            let mut seen = std::collections::BTreeSet::new();
            there.retain(|cell| seen.insert(*cell));
            let there = columns(there.into_iter().take(6));
            let column = quoted(&condition.column);
            wrong.push(message!(
                "scenario-table-none-left",
                file = &table.file,
                column = column,
                there = there
            ));
            break;
        }
        table.rows.retain(is_wanted);
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    table.skipped = Skipped { filtered: before - table.rows.len(), ..table.skipped.clone() };
    table.dialect.conditions = conditions;
    Ok(())
}

/// Whether a cell of Eurostat has no value: a colon, and perhaps a flag that says why.
pub(super) fn is_missing_at_eurostat(cell: &str) -> bool {
    cell.strip_prefix(':').is_some_and(|flags| flags.trim().bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// A cell of Eurostat without the flags after its number: `12.5 p`.
pub(super) fn without_flags(cell: &str) -> &str {
    match cell.split_once(' ') {
        Some((number, flags)) if flags.trim().bytes().all(|byte| byte.is_ascii_lowercase()) => number,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DataFile, Table};

    /// How many rows and notes a text of data has.
    fn parts(text: &str) -> Result<(usize, usize), String> {
        let table = Table::plain("a.csv", &DataFile::from(text)).map_err(|message| message.to_string())?;
        Ok((table.rows.len(), table.skipped.footers))
    }

    #[test]
    fn notes_stand_below_a_blank_row_and_begin_with_words() {
        assert_eq!(
            parts("a,b,c\n1,2,3\n\nSource: x\nNote: one, two\n,,\nAnd, so, on, it goes\n"),
            Ok((1, 3))
        );
        assert_eq!(parts("a,b\n1,2\n\n3,4\n"), Ok((2, 0)), "what is no note is data");
        assert_eq!(parts("a,b\n1,2\n\n3\n").unwrap_err().split(':').next(), Some("a.csv, line 4"));
        assert_eq!(parts("a,b\n1,2\nSource\n").unwrap_err().split(':').next(), Some("a.csv, line 3"));
        assert_eq!(parts("a\n1\n\nx\n"), Ok((2, 0)), "of one column nothing tells notes from data");
    }
}
