//! Writing CSV (RFC 4180, UTF-8, `\n`) into memory, which cannot fail, and cells that are safe in spreadsheets.

use std::borrow::Cow;
use std::fmt;

use csv::{Terminator, Writer, WriterBuilder};

use crate::text::visible;

/// A CSV file in the making.
pub(super) struct Sheet {
    writer: Writer<Vec<u8>>,
}

impl Sheet {
    /// A file with this header.
    pub(super) fn new<T: AsRef<str>>(header: &[T]) -> Self {
        let writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(Vec::new());
        let mut sheet = Self { writer };
        sheet.row(header);
        sheet
    }

    /// Adds a row, which must be as long as the header.
    pub(super) fn row<T: AsRef<str>>(&mut self, cells: &[T]) {
        let written = self.writer.write_record(cells.iter().map(|cell| harmless(cell.as_ref()).into_owned()));
        debug_assert!(written.is_ok(), "a row as long as the header goes into memory: {written:?}");
    }

    /// The whole text.
    pub(super) fn finish(self) -> String {
        let bytes = self.writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

/// A cell as spreadsheets may read it: on one line, an apostrophe before what they would take for a formula, as OWASP
/// recommends, and a space in what a build server would take for a command. Numbers stay as they are.
///
/// ```
/// use plancast::export::harmless;
/// assert_eq!(harmless("=1+1"), "'=1+1");
/// assert_eq!(harmless("-1.5e3"), "-1.5e3");
/// assert_eq!(harmless("##vso[task.setvariable]x"), "# #vso[task.setvariable]x");
/// ```
pub fn harmless(cell: &str) -> Cow<'_, str> {
    let text = visible::line(cell);
    let is_command = visible::command_in(&text).is_some();
    let text = if is_command { Cow::Owned(visible::without_commands(&text).into_owned()) } else { text };
    let begins = cell.trim_start_matches(|c: char| c == '\'' || c.is_whitespace() || visible::is_control(c));
    // The last four are the same signs as wide as a Chinese character.
    let is_formula = begins.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    // `-2%` is a number to a spreadsheet too.
    let is_number = cell.strip_suffix('%').unwrap_or(cell).parse::<f64>().is_ok();
    if !is_formula || is_number { text } else { Cow::Owned(format!("'{text}")) }
}

/// A number that reads back exactly; empty where there is none.
pub(super) fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |v| Shortest(v).to_string())
}

/// A number in the shortest form that reads back exactly, with an exponent where it would have very many digits.
///
/// ```
/// use plancast::export::Shortest;
/// let texts = [2.5, 3.0, -1e300, 1e-7].map(|x| Shortest(x).to_string());
/// assert_eq!(texts, ["2.5", "3", "-1e300", "1e-7"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shortest(pub f64);

impl fmt::Display for Shortest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // As Rust shows numbers to programmers, but that whole ones have no point.
        if self.0.abs() < 1e16 && self.0.fract() == 0.0 {
            write!(f, "{}", self.0)
        } else {
            write!(f, "{:?}", self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    #[test]
    fn what_would_be_a_formula_is_a_text_and_a_number_stays_one() {
        for formula in ["=1+1", "+1+cmd", "-2+3", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1", "'=1", "-"] {
            assert!(harmless(formula).starts_with('\''), "{formula:?}");
        }
        for plain in ["-1", "+2.5", "-1e-300", "a=b", "", "it's", "1 + 1", "吕梁"] {
            assert_eq!(harmless(plain), plain);
        }
    }

    proptest! {
        #[test]
        fn any_number_reads_back_and_is_short(bits in any::<u64>()) {
            let x = f64::from_bits(bits);
            let text = Shortest(x).to_string();
            assert!(text.len() <= 24, "{text}");
            assert!(text.parse::<f64>().unwrap() == x || x.is_nan(), "{text}");
        }

        #[test]
        fn any_cells_are_a_row_that_reads_back(cells in proptest::collection::vec(any::<String>(), 3)) {
            let mut sheet = Sheet::new(&["a", "b", "c"]);
            sheet.row(&cells);
            let text = sheet.finish();
            let rows: Vec<_> = csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).collect();
            assert_eq!((rows.len(), text.lines().count()), (1, 2), "{text:?}");
            for (read, cell) in rows[0].iter().zip(&cells) {
                assert_eq!(read, harmless(cell));
            }
        }
    }
}
