//! Tables of data beside a scenario: texts whose cells are parted by commas, semicolons or tabs, and sheets of workbooks, as
//! other programs and statistical offices write them.

mod dialect;
mod file;
mod grid;
mod layout;
mod lines;
mod number;
mod skipped;
mod wide;
#[cfg(feature = "xlsx")]
mod workbook;
mod year;

use csv::StringRecord;

pub use dialect::{Dialect, RowCondition, Wanted};
pub use file::{DataFile, DataName, is_workbook};
pub(crate) use number::CellNumber;
pub use skipped::Skipped;
pub(crate) use wide::{wide_cells, wide_columns};
pub(crate) use year::{is_part_of_a_year, period_of};

use crate::message;
use crate::scenario::separated::quoted;
use crate::text::Message;
use crate::world::encoding::Encoding;
use file::column_letters;
use grid::Grid;
use number::NumberStyle;

/// More than about these are not told of one file.
pub(crate) const MOST_TOLD: usize = 100;

/// A table of data: the titles of its columns, and the rows that are meant.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The file as the scenario names it.
    pub(crate) file: String,
    /// The titles of the columns.
    pub(crate) header: StringRecord,
    /// The rows that are meant.
    pub(crate) rows: Vec<TableRow>,
    /// What was passed over.
    pub(crate) skipped: Skipped,
    /// The sheet; empty for a text.
    sheet: String,
    /// The column of a sheet in which the table begins, from 1.
    first_column: u32,
    /// How many columns the first column of the file holds, as those of Eurostat do; 0 where it is a column like others.
    composite: usize,
    style: NumberStyle,
    dialect: Dialect,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// Its number, from 1: of a text that of the line.
    pub(crate) number: u64,
    /// Its cells, as many as there are titles.
    pub(crate) cells: StringRecord,
}

impl TableRow {
    /// The cell of a column.
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }
}

impl Table {
    /// The table of a file, with the rows that a dialect means.
    ///
    /// # Errors
    /// A sentence for everything that is wrong with it.
    pub fn of(name: &DataName<'_>, data: &DataFile, dialect: &Dialect) -> Result<Self, Vec<Message>> {
        let grid = match data {
            DataFile::Text(text, _) => Grid::of_text(name.written, text),
            #[cfg(feature = "xlsx")]
            DataFile::Workbook(bytes) => workbook::grid(name, bytes),
            #[cfg(not(feature = "xlsx"))]
            DataFile::Workbook(_) => Err(message!("scenario-table-no-workbooks", file = name.path)),
        };
        let mut table = layout::table(name, grid.map_err(|message| vec![message])?, dialect)?;
        if let DataFile::Text(_, encoding @ (Encoding::Gb18030 | Encoding::Utf16)) = data {
            table.skipped.encoding = encoding.name();
        }
        Ok(table)
    }

    /// The table of a file that is read as it is.
    ///
    /// # Errors
    /// One sentence.
    pub fn plain(file: &str, data: &DataFile) -> Result<Self, Message> {
        let name = DataName::parse(file)?;
        Self::of(&name, data, &Dialect::default()).map_err(|mut messages| messages.swap_remove(0))
    }

    /// Whether it has a column of this title.
    pub(crate) fn has(&self, title: &str) -> bool {
        self.header.iter().any(|own| own == title)
    }

    /// Where a cell stands, for messages.
    pub(crate) fn at(&self, row: u64, column: usize) -> Message {
        let title = quoted(self.header.get(column).unwrap_or_default());
        let line = row.to_string();
        if self.sheet.is_empty() {
            return message!("scenario-table-at", file = &self.file, line = line, column = title);
        }
        let column_number = self.first_column + column as u32;
        let cell = format!("{}{line}", column_letters(column_number));
        message!(
            "scenario-table-at-cell",
            file = self.path(),
            sheet = quoted(&self.sheet),
            cell = cell,
            column = title
        )
    }

    /// Where a row stands, for messages.
    pub(crate) fn at_row(&self, row: u64) -> Message {
        let line = row.to_string();
        if self.sheet.is_empty() {
            return message!("scenario-table-at-row", file = &self.file, line = line);
        }
        message!("scenario-table-at-sheet-row", file = self.path(), sheet = quoted(&self.sheet), line = line)
    }

    /// The file without the sheet.
    fn path(&self) -> &str {
        self.file.split_once('#').map_or(self.file.as_str(), |(path, _)| path)
    }

    /// Whether a cell is empty, or what the scenario says stands for a value that is missing.
    pub(crate) fn is_missing(&self, cell: &str) -> bool {
        self.dialect.is_missing(cell) || (self.composite > 0 && layout::is_missing_at_eurostat(cell))
    }

    /// The number of a cell.
    ///
    /// # Errors
    /// Why it is none, in a few words.
    pub(crate) fn number(&self, cell: &str) -> Result<CellNumber, Message> {
        let cell = if self.composite > 0 { layout::without_flags(cell) } else { cell };
        self.style.read(cell)
    }

    /// Whether a number has a flag after it, as those of Eurostat do.
    pub(crate) fn has_flag(&self, cell: &str) -> bool {
        self.composite > 0 && layout::without_flags(cell) != cell
    }

    /// Where the columns of these titles stand.
    ///
    /// # Errors
    /// A sentence for each title that no column has, or that several have.
    pub(crate) fn positions(&self, titles: &[&str]) -> Result<Vec<usize>, Vec<Message>> {
        let (mut found, mut wrong) = (Vec::new(), Vec::new());
        for title in titles {
            match crate::scenario::separated::positions(&self.file, &self.header, &[title]) {
                Ok(positions) => found.extend(positions),
                Err(message) => wrong.push(message),
            }
        }
        if wrong.is_empty() { Ok(found) } else { Err(wrong) }
    }
}
