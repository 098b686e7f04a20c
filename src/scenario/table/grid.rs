//! The cells of a sheet or a text as they stand there, before it is known which row is the header.

use csv::StringRecord;

use super::lines::Lines;
use crate::message;
use crate::scenario::separated::{Separator, without_guard};
use crate::text::Message;

/// The most rows of a file: as many as all samples together may have values.
pub(super) const MOST_ROWS: usize = 1_000_000;

/// The cells of a sheet or a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// Its rows, those without any cell left out.
    pub(super) rows: Vec<GridRow>,
    /// The sheet; empty for a text.
    pub(super) sheet: String,
    /// The column in which it begins, from 1.
    pub(super) first_column: u32,
    /// Whether a comma in a number may be either the decimal sign or one between thousands.
    pub(super) has_ambiguous_commas: bool,
}

/// A row.
#[derive(Clone, Debug)]
pub(super) struct GridRow {
    /// Its number, from 1: of a text that of the line.
    pub(super) number: u64,
    /// Its cells.
    pub(super) cells: StringRecord,
    /// Whether the row above is blank.
    pub(super) is_below_blank: bool,
}

impl Grid {
    /// The cells of a text.
    ///
    /// # Errors
    /// One sentence with the file's name.
    pub(super) fn of_text(file: &str, text: &str) -> Result<Self, Message> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let separator = Separator::of(file, text);
        let mut builder = csv::ReaderBuilder::new();
        builder.trim(csv::Trim::All).flexible(true).has_headers(false).delimiter(separator.byte);
        let mut reader = builder.from_reader(text.as_bytes());
        let (mut rows, mut lines) = (Vec::new(), Lines::of(text));
        let (mut is_stated, mut was_blank) = (separator.is_stated, false);
        for record in reader.records() {
            let record = record
                .map_err(|error| message!("scenario-history-csv", file = file, error = error.to_string()))?;
            let (number, skipped) = record.position().map_or((0, false), |at| lines.line_of(at));
            was_blank |= skipped;
            if record.iter().all(str::is_empty) {
                was_blank = true;
                continue;
            }
            if std::mem::take(&mut is_stated) {
                continue;
            }
            if rows.len() > MOST_ROWS {
                return Err(too_many(file));
            }
            let is_guarded = record.as_slice().contains('\'');
            let cells = if is_guarded { record.iter().map(without_guard).collect() } else { record };
            rows.push(GridRow { number, cells, is_below_blank: std::mem::take(&mut was_blank) });
        }
        let has_ambiguous_commas = separator.byte != b',';
        Ok(Self { rows, sheet: String::new(), first_column: 1, has_ambiguous_commas })
    }
}

/// The sentence for a file that has more rows than may be.
pub(super) fn too_many(file: &str) -> Message {
    message!("scenario-history-many-rows", file = file, most_rows = MOST_ROWS.to_string())
}
