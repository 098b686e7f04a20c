//! Sheets of workbooks (`.xlsx`), read cell by cell, so that memory is bounded whatever a book says of itself.

use std::collections::BTreeSet;
use std::io::{self, Cursor, Read};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use csv::StringRecord;
use zip::ZipArchive;

use super::file::{CellRange, DataName, column_letters};
use super::grid::{Grid, GridRow, MOST_ROWS, too_many};
use crate::message;
use crate::scenario::separated::{columns, quoted};
use crate::text::{Message, visible};

/// The most bytes that all parts of a book may have when they are unpacked.
const MOST_UNPACKED: u64 = 64 << 20;

/// The same of a part of which each byte takes many in memory: styles, the list of sheets, relationships.
const MOST_UNPACKED_SMALL: u64 = 4 << 20;

/// The most cells of a sheet, and the most columns: a cell may name its place, so that few bytes speak of very many.
const MOST_CELLS: usize = 8_000_000;
const MOST_COLUMNS: u32 = 16_384;

/// The cells that a name means.
///
/// # Errors
/// One sentence with the file's name.
pub(super) fn grid(name: &DataName<'_>, bytes: &[u8]) -> Result<Grid, Message> {
    let file = name.path;
    unpacks_to_little(file, bytes)?;
    let refused = |error: XlsxError| message!("scenario-table-workbook", file = file, error = cut(&error));
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(refused)?;
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = sheets.clone().map(|sheet| sheet.name.clone()).collect();
    let shown = sheets.filter(|sheet| sheet.visible == SheetVisible::Visible);
    let shown: Vec<String> = shown.map(|sheet| sheet.name.clone()).collect();
    let only = if name.sheet.is_none() { the_only_one(file, shown, &mut book)? } else { None };
    let sheet = match &name.sheet {
        Some(wanted) => names.iter().find(|own| *own == wanted).ok_or_else(|| {
            let there = columns(names.iter().map(String::as_str));
            message!("scenario-table-no-sheet", file = file, sheet = quoted(wanted), sheets = there)
        })?,
        None => only
            .as_ref()
            .or(names.first())
            .ok_or_else(|| message!("scenario-table-empty-book", file = file))?,
    };
    let range = name.range.unwrap_or(CellRange { rows: (1, u32::MAX), columns: (1, MOST_COLUMNS) });
    let percents = percent_cells(&mut book, sheet).map_err(refused)?;
    let mut sheet_cells = SheetCells { file, range, cells: Vec::new() };
    sheet_cells.read(&mut book, sheet, &percents)?;
    Ok(sheet_cells.grid(sheet))
}

/// The only sheet of those that are shown that has cells; `None` where none has. Which of several is meant must be said.
fn the_only_one(
    file: &str,
    shown: Vec<String>,
    book: &mut Xlsx<Cursor<&[u8]>>,
) -> Result<Option<String>, Message> {
    let mut filled = Vec::new();
    for sheet in shown {
        let refused =
            |error: XlsxError| message!("scenario-table-workbook", file = file, error = cut(&error));
        let mut reader = book.worksheet_cells_reader(&sheet).map_err(refused)?;
        while let Some(cell) = reader.next_cell().map_err(refused)? {
            if !matches!(cell.get_value(), DataRef::Empty) {
                filled.push(sheet);
                break;
            }
        }
    }
    if let [first, _, ..] = filled.as_slice() {
        let sheets = columns(filled.iter().map(String::as_str));
        return Err(message!(
            "scenario-table-which-sheet",
            file = file,
            sheets = sheets,
            first = quoted(first)
        ));
    }
    Ok(filled.pop())
}

/// Unpacks all parts of a book, keeping none, and refuses one that is larger than may be: what it says of its parts need not
/// be so.
fn unpacks_to_little(file: &str, bytes: &[u8]) -> Result<(), Message> {
    let broken = |error: String| message!("scenario-table-workbook", file = file, error = cut(&error));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let mut left = MOST_UNPACKED;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(|error| broken(error.to_string()))?;
        let name = part.name().map_err(|error| broken(error.to_string()))?.into_owned();
        let most = if is_small(&name) { left.min(MOST_UNPACKED_SMALL) } else { left };
        let read = io::copy(&mut part.take(most + 1), &mut io::sink());
        let read = read.map_err(|error| broken(error.to_string()))?;
        if read > most {
            return Err(message!("scenario-table-unpacked", file = file, size = MOST_UNPACKED >> 20));
        }
        left -= read;
    }
    Ok(())
}

/// Whether a part is one of those that are small in every honest book.
fn is_small(part: &str) -> bool {
    let name = part.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    let ending = name.rsplit('.').next();
    matches!(name.as_str(), "styles.xml" | "workbook.xml" | "[content_types].xml") || ending == Some("rels")
}

/// What a reader of workbooks says, as far as anybody reads it: it may quote the file.
fn cut(error: &impl ToString) -> String {
    visible::beginning(&error.to_string(), 120).into_owned()
}

/// The cells that are shown as per cent, whose numbers are shares.
fn percent_cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<BTreeSet<(u32, u32)>, XlsxError> {
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let is_percent = |style: &calamine::Style| {
        style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%'))
    };
    let styles: BTreeSet<usize> =
        reader.styles().iter().enumerate().filter(|(_, style)| is_percent(style)).map(|(id, _)| id).collect();
    let mut found = BTreeSet::new();
    if styles.is_empty() {
        return Ok(found);
    }
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        if styles.contains(&style) && !matches!(cell.get_value(), DataRef::Empty) {
            found.insert(cell.get_position());
        }
    }
    Ok(found)
}

/// The cells of a sheet as they come.
struct SheetCells<'a> {
    file: &'a str,
    range: CellRange,
    /// Row and column, from 1, and the text of each that is not empty.
    cells: Vec<(u32, u32, String)>,
}

impl SheetCells<'_> {
    fn read(
        &mut self,
        book: &mut Xlsx<Cursor<&[u8]>>,
        sheet: &str,
        percents: &BTreeSet<(u32, u32)>,
    ) -> Result<(), Message> {
        let file = self.file;
        let refused =
            |error: XlsxError| message!("scenario-table-workbook", file = file, error = cut(&error));
        let mut reader = book.worksheet_cells_reader(sheet).map_err(refused)?;
        let mut bytes = 0;
        while let Some(found) = reader.next_cell_with_formula_metadata().map_err(refused)? {
            let (row, column) = (found.pos.0.saturating_add(1), found.pos.1.saturating_add(1));
            let is_within = (self.range.rows.0..=self.range.rows.1).contains(&row)
                && (self.range.columns.0..=self.range.columns.1).contains(&column);
            if !is_within {
                continue;
            }
            let text = match (text_of(&found.value, percents.contains(&found.pos)), &found.formula) {
                (text, Some(_)) if text.is_empty() => {
                    let cell = format!("{}{row}", column_letters(column));
                    return Err(message!(
                        "scenario-table-formula",
                        file = file,
                        sheet = quoted(sheet),
                        cell = cell
                    ));
                }
                (text, _) => text,
            };
            let text = text.trim().to_owned();
            if text.is_empty() {
                continue;
            }
            bytes += text.len() as u64;
            if self.cells.len() == MOST_CELLS || bytes > MOST_UNPACKED {
                return Err(message!("scenario-table-unpacked", file = file, size = MOST_UNPACKED >> 20));
            }
            self.cells.push((row, column, text));
        }
        // A sheet says where each cell stands, in whatever order.
        self.cells.sort_by_key(|(row, column, _)| (*row, *column));
        self.cells.dedup_by_key(|(row, column, _)| (*row, *column));
        let rows = self.cells.chunk_by(|one, other| one.0 == other.0);
        if rows.clone().count() > MOST_ROWS {
            return Err(too_many(file));
        }
        // Empty cells before the last of a row take room too.
        let first = self.first_column();
        let room: u64 = rows.map(|row| u64::from(row[row.len() - 1].1 - first + 1)).sum();
        if room > 4 * MOST_CELLS as u64 {
            return Err(message!("scenario-table-unpacked", file = file, size = MOST_UNPACKED >> 20));
        }
        Ok(())
    }

    /// The first column that is read.
    fn first_column(&self) -> u32 {
        self.range.columns.0
    }

    fn grid(&self, sheet: &str) -> Grid {
        let first = self.first_column();
        let mut grid = Grid {
            sheet: sheet.to_owned(),
            first_column: first,
            has_ambiguous_commas: true,
            ..Grid::default()
        };
        let mut above = None;
        for row in self.cells.chunk_by(|one, other| one.0 == other.0) {
            let number = row[0].0;
            let mut cells = StringRecord::new();
            for (_, column, text) in row {
                (cells.len() as u32..column - first).for_each(|_| cells.push_field(""));
                cells.push_field(text);
            }
            let is_below_blank = above.is_some_and(|above| above + 1 < number);
            grid.rows.push(GridRow { number: u64::from(number), cells, is_below_blank });
            above = Some(number);
        }
        grid
    }
}

/// A cell as a text in which the same number stands: the shortest that is read back, with a sign where it is shown as per cent.
fn text_of(value: &DataRef<'_>, is_percent: bool) -> String {
    let number = |number: f64| {
        let digits = format!("{number}e2").parse::<f64>().map(|hundred| hundred.to_string());
        match digits {
            Ok(digits) if is_percent && crate::text::number::hundredth(&digits) == Some(number) => {
                format!("{digits}%")
            }
            _ => number.to_string(),
        }
    };
    match value {
        DataRef::Int(whole) => number(*whole as f64),
        DataRef::Float(float) => number(*float),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string().to_uppercase(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(moment) => number(moment.as_f64()),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}
