//! A file of data as it was read, and how a scenario names it: `data.csv`, `book.xlsx#Sheet1!A1:F300`.

use std::path::Path;
use std::sync::Arc;

use crate::message;
use crate::scenario::separated::quoted;
use crate::text::Message;
use crate::world::encoding::Encoding;

/// A file of data as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataFile {
    /// A text of which cells are parted by a separator, and the encoding that it was read in.
    Text(String, Encoding),
    /// The bytes of a workbook.
    Workbook(Arc<[u8]>),
}

impl DataFile {
    /// About how many bytes it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(text, _) => text.len(),
            Self::Workbook(bytes) => bytes.len(),
        }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl From<&str> for DataFile {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned(), Encoding::Utf8)
    }
}

/// A rectangle of cells; rows and columns from 1, both ends within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellRange {
    pub(super) rows: (u32, u32),
    pub(super) columns: (u32, u32),
}

/// A file of data as a scenario names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataName<'a> {
    /// As written.
    pub written: &'a str,
    /// The file's path.
    pub path: &'a str,
    /// The sheet of a workbook; the first where none is named.
    pub(super) sheet: Option<String>,
    /// The cells of the sheet; all where none are named.
    pub(super) range: Option<CellRange>,
}

impl<'a> DataName<'a> {
    /// Reads a name.
    ///
    /// # Errors
    /// When a sheet of a text is named, or cells that are none: one sentence.
    pub fn parse(written: &'a str) -> Result<Self, Message> {
        // Only after the ending: the name of a file may have the sign too.
        let found = written.match_indices('#').find(|(at, _)| is_data_path(&written[..*at]));
        let Some((at, _)) = found else {
            return Ok(Self { written, path: written, sheet: None, range: None });
        };
        let (path, within) = (&written[..at], &written[at + 1..]);
        if !is_workbook(path) {
            return Err(message!("scenario-table-no-sheets", file = path));
        }
        let (sheet, range) = match within.rsplit_once('!') {
            Some((sheet, range)) => (sheet, Some(range)),
            // No sheet has a colon in its name.
            None if within.contains(':') => ("", Some(within)),
            None => (within, None),
        };
        let sheet = sheet.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(sheet);
        let sheet = (!sheet.is_empty()).then(|| sheet.replace("''", "'"));
        let range = match range {
            Some(range) => Some(
                CellRange::parse(range)
                    .ok_or_else(|| message!("scenario-table-no-range", range = quoted(range)))?,
            ),
            None => None,
        };
        Ok(Self { written, path, sheet, range })
    }
}

impl CellRange {
    /// Reads `A1:F300`, or whole columns `A:F`, with or without `$`.
    fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(':')?;
        let ((first_column, first_row), (last_column, last_row)) = (corner(from)?, corner(to)?);
        let rows = match (first_row, last_row) {
            (Some(first), Some(last)) => (first, last),
            (None, None) => (1, u32::MAX),
            _ => return None,
        };
        (rows.0 <= rows.1 && first_column <= last_column)
            .then_some(Self { rows, columns: (first_column, last_column) })
    }
}

/// The column and the row of a corner: `$F$300`, `F`.
fn corner(text: &str) -> Option<(u32, Option<u32>)> {
    let plain = text.trim().replace('$', "");
    let letters = plain.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = plain.split_at(letters);
    if !(1..=3).contains(&letters) || row.len() > 7 {
        return None;
    }
    let column =
        column.bytes().fold(0, |sum, letter| 26 * sum + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = if row.is_empty() { None } else { Some(row.parse().ok().filter(|row| *row > 0)?) };
    Some((column, row))
}

/// The letters of a column, from 1: `A`, `AA`.
pub(super) fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + (column % 26) as u8));
        column /= 26;
    }
    letters.iter().rev().collect()
}

/// Whether a path's ending is that of a workbook.
pub fn is_workbook(path: &str) -> bool {
    has_ending(path, &["xlsx"])
}

fn is_data_path(path: &str) -> bool {
    has_ending(path, &["csv", "tsv", "xlsx"])
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    let own = Path::new(path).extension();
    own.is_some_and(|own| endings.iter().any(|ending| own.eq_ignore_ascii_case(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(written: &str) -> (String, Option<String>, Option<[u32; 4]>) {
        let name = DataName::parse(written).unwrap();
        let range = name.range.map(|range| [range.rows.0, range.rows.1, range.columns.0, range.columns.1]);
        (name.path.to_owned(), name.sheet, range)
    }

    #[test]
    fn a_sheet_and_its_cells_are_named_after_the_file() {
        let book = || "a/b.xlsx".to_owned();
        assert_eq!(parsed("a/b.xlsx"), (book(), None, None));
        assert_eq!(parsed("a/b.xlsx#Sheet1"), (book(), Some("Sheet1".into()), None));
        assert_eq!(parsed("a/b.xlsx#表 1!A1:F300"), (book(), Some("表 1".into()), Some([1, 300, 1, 6])));
        assert_eq!(parsed("a/b.xlsx#'It''s'!$B$2:AA9"), (book(), Some("It's".into()), Some([2, 9, 2, 27])));
        assert_eq!(parsed("a/b.xlsx#B:C"), (book(), None, Some([1, u32::MAX, 2, 3])));
        assert_eq!(parsed("a#1.csv"), ("a#1.csv".into(), None, None), "a sign within the name of a file");
    }

    #[test]
    fn cells_that_are_none_and_sheets_of_texts_are_refused() {
        for wrong in ["b.xlsx#S!A0:B2", "b.xlsx#S!B2:A1", "b.xlsx#S!A1", "b.xlsx#S!A:B2", "b.xlsx#S!ABCD1:B2"]
        {
            assert!(DataName::parse(wrong).unwrap_err().to_string().contains("A1:F300"), "{wrong}");
        }
        assert!(DataName::parse("b.csv#S").unwrap_err().to_string().contains("no sheets"));
    }

    #[test]
    fn columns_have_the_letters_of_spreadsheets() {
        assert_eq!([1, 26, 27, 702, 703].map(column_letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
