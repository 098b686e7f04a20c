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
        if let Some(line) = unclosed_quote(text, separator.byte) {
            return Err(message!("scenario-table-unclosed", file = file, line = line.to_string()));
        }
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

/// The line in which a quote opens that is not closed: at the end of the text it is open still, or where it closes, on another
/// line, its cell goes on, so that it is the next cell's that opens.
fn unclosed_quote(text: &str, separator: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let ends_line =
        |at: usize| bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    let (mut at, mut line, mut begins) = (0, 1, true);
    while at < bytes.len() {
        if bytes[at] != b'"' || !begins {
            begins = bytes[at] == separator || matches!(bytes[at], b'\n' | b'\r');
            line += usize::from(ends_line(at));
            at += 1;
            continue;
        }
        let opened = line;
        at += 1;
        // Two quotes stand for one.
        while at < bytes.len() && (bytes[at] != b'"' || bytes.get(at + 1) == Some(&b'"')) {
            line += usize::from(ends_line(at));
            at += if bytes[at] == b'"' { 2 } else { 1 };
        }
        if at >= bytes.len() {
            return Some(opened);
        }
        at += 1;
        let rest = text[at..].bytes().find(|byte| *byte != b' ' || separator == b' ');
        let is_closed = rest.is_none_or(|byte| byte == separator || matches!(byte, b'\n' | b'\r' | b'\t'));
        if line > opened && !is_closed {
            return Some(opened);
        }
        begins = false;
    }
    None
}

/// The sentence for a file that has more rows than may be.
pub(super) fn too_many(file: &str) -> Message {
    message!("scenario-history-many-rows", file = file, most_rows = MOST_ROWS.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_that_is_not_closed_is_told_where_it_opens() {
        let of = |text| unclosed_quote(text, b',');
        assert_eq!(of("year,name\n2020,\"a\n2021,b\n2022,c\n"), Some(2));
        // The next quote would close it.
        assert_eq!(of("year,name\n2020,\"a\n2021,\"b\"\n"), Some(2));
        assert_eq!(of("a,b\r\n1,2\r\n3,\"4\r\n"), Some(3));
        assert_eq!(of("a\rb\r\"c"), Some(3));
        assert_eq!(of("\""), Some(1));
        // Cells of several lines, quotes within quotes and within cells are as they should be (RFC 4180).
        assert_eq!(
            of("year,name\n2020,\"a\nb\"\n2021,\"c \"\"d\"\"\"\n2022,5\" pipe\n\"\",\"e\" \n\"f\""),
            None
        );
    }
}
