//! Columns of numbers in CSV files beside a scenario: observed values, and samples for `empirical`.

use crate::message;
use crate::text::Message;
use indexmap::IndexMap;

use super::separated::{Separator, no_number, positions, without_guard};

/// Whether a key is a year: a whole number from 1 to 9999 without leading zeros.
pub fn is_year(key: &str) -> bool {
    (1..=4).contains(&key.len()) && !key.starts_with('0') && key.bytes().all(|byte| byte.is_ascii_digit())
}

/// Numbers of a line of a CSV text.
#[derive(Clone, Debug, PartialEq)]
pub struct CsvRow {
    /// The line, from 1.
    pub line: u64,
    /// The numbers of the columns that were asked for.
    pub cells: Vec<f64>,
}

/// Observed values by year, in the order of the years.
///
/// # Errors
/// A sentence for everything that is wrong with the file, or with the years in it.
pub fn observed(file: &str, text: &str, year: &str, value: &str) -> Result<Vec<(i32, f64)>, Vec<Message>> {
    let rows = columns(file, text, &[year, value]).map_err(|message| vec![message])?;
    let mut seen = IndexMap::new();
    let mut wrong = Vec::new();
    for CsvRow { line, cells } in &rows {
        let at = || message!("scenario-history-at", file = file, line = line.to_string(), year = year);
        if cells[0].fract() != 0.0 || !(1.0..=9999.0).contains(&cells[0]) {
            wrong.push(message!("scenario-history-whole-year", at = at(), number = cells[0].to_string()));
        } else if let Some((first, _)) = seen.insert(cells[0] as i32, (line, cells[1])) {
            wrong.push(message!(
                "scenario-history-year-twice",
                at = at(),
                year = cells[0].to_string(),
                first = first.to_string()
            ));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut values: Vec<(i32, f64)> = seen.into_iter().map(|(year, (_, value))| (year, value)).collect();
    values.sort_by_key(|(year, _)| *year);
    Ok(values)
}

/// Finds the lines of records, which come in order. The reader's own count is that of the line where it began to look: a
/// line too early after an end of two characters, and before blank lines that it skips.
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    /// How many lines end before that.
    ended: u64,
}

impl<'a> Lines<'a> {
    /// The lines of this text.
    pub(super) fn of(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0, ended: 0 }
    }

    /// The line, from 1, of a record that does not stand before one that was asked for.
    pub(super) fn line_of(&mut self, position: &csv::Position) -> u64 {
        let from = (position.byte() as usize).clamp(self.at, self.bytes.len());
        let skipped = self.bytes[from..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let to = from + skipped;
        // An end of line is "\n", "\r\n", or a "\r" alone.
        let is_end = |at: &usize| match self.bytes[*at] {
            b'\n' => true,
            b'\r' => self.bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        self.ended += (self.at..to).filter(is_end).count() as u64;
        self.at = to;
        1 + self.ended
    }
}

/// The most rows of a file: as many as all samples together may have values.
const MOST_ROWS: usize = 1_000_000;

/// A CSV text with a header line, of which lines that hold nothing but blanks and commas are left out, wherever they stand.
pub(super) struct CsvRows {
    /// The cells of the header.
    pub(super) header: csv::StringRecord,
    /// The cells of each line, and the number of the line.
    pub(super) records: Vec<(u64, csv::StringRecord)>,
}

impl CsvRows {
    /// Reads a text.
    ///
    /// # Errors
    /// One sentence with the file's name and the line.
    pub(super) fn of(file: &str, text: &str) -> Result<Self, Message> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let separator = Separator::of(file, text);
        let mut builder = csv::ReaderBuilder::new();
        builder.trim(csv::Trim::All).flexible(true).has_headers(false).delimiter(separator.byte);
        let mut reader = builder.from_reader(text.as_bytes());
        let (mut header, mut records, mut lines) = (None, Vec::new(), Lines::of(text));
        let mut is_stated = separator.is_stated;
        for record in reader.records() {
            let record = record
                .map_err(|error| message!("scenario-history-csv", file = file, error = error.to_string()))?;
            let line = record.position().map_or(0, |position| lines.line_of(position));
            if record.iter().all(str::is_empty) {
                continue;
            }
            if std::mem::take(&mut is_stated) {
                continue;
            }
            let is_guarded = record.as_slice().contains('\'');
            let record = if is_guarded { record.iter().map(without_guard).collect() } else { record };
            let Some(expected) = header.as_ref().map(csv::StringRecord::len) else {
                header = Some(record);
                continue;
            };
            if record.len() != expected {
                let len = record.len();
                return Err(message!(
                    "scenario-history-cells",
                    file = file,
                    line = line.to_string(),
                    len = len,
                    expected = expected
                ));
            }
            if records.len() == MOST_ROWS {
                return Err(message!(
                    "scenario-history-many-rows",
                    file = file,
                    most_rows = MOST_ROWS.to_string()
                ));
            }
            records.push((line, record));
        }
        Ok(Self { header: header.unwrap_or_default(), records })
    }
}

/// The numbers of some columns of a CSV text with a header line; lines in which all of them are empty are
/// left out.
///
/// # Errors
/// One sentence with the file's name and the line: a missing column, or a cell that is no number.
pub fn columns(file: &str, text: &str, names: &[&str]) -> Result<Vec<CsvRow>, Message> {
    let CsvRows { header, records } = CsvRows::of(file, text)?;
    let positions = positions(file, &header, names)?;
    let mut rows = Vec::new();
    for (line, record) in records {
        let cells: Vec<&str> =
            positions.iter().map(|position| record.get(*position).unwrap_or_default()).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let numbers: Result<Vec<f64>, Message> = cells
            .iter()
            .zip(names)
            .map(|(cell, name)| {
                let number = cell.parse().ok().filter(|value: &f64| value.is_finite());
                number.ok_or_else(|| {
                    message!(
                        "scenario-history-cell",
                        file = file,
                        line = line.to_string(),
                        name = name,
                        why = no_number(cell)
                    )
                })
            })
            .collect();
        rows.push(CsvRow { line, cells: numbers? });
    }
    if rows.is_empty() {
        return Err(message!("scenario-history-no-values", file = file));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line that is blamed for a cell that is no number.
    fn blamed(text: &str) -> String {
        columns("h.csv", text, &["year", "gdp"]).unwrap_err().to_string()
    }

    #[test]
    fn a_line_is_that_of_the_file_whatever_ends_the_lines() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["year,gdp", "2018,1", "", "", "2019,x", "2020,3"].join(end);
            for text in [text.clone(), format!("\u{feff}{text}"), format!("{text}{end}")] {
                assert_eq!(blamed(&text), "h.csv, line 5, column \"gdp\": \"x\" is no number", "{text:?}");
            }
        }
    }

    #[test]
    fn a_line_after_a_cell_of_several_lines_is_that_of_the_file() {
        let text = "year,gdp,note\r\n2018,1,\"one\r\ntwo\"\r\n2019,x,\r\n";
        assert!(blamed(text).contains("line 4,"), "{}", blamed(text));
    }

    #[test]
    fn blank_lines_before_the_header_are_counted() {
        assert!(blamed("\n\nyear,gdp\n2018,x\n").contains("line 4,"));
    }

    #[test]
    fn a_row_of_another_length_and_an_empty_cell_are_told_with_their_line() {
        assert_eq!(
            blamed("year,gdp\r\n2018,1\r\n\r\n2019\r\n"),
            "h.csv, line 4: 1 cells, where the header has 2"
        );
        assert_eq!(blamed("year,gdp\n2018,1\n2019,\n"), "h.csv, line 3, column \"gdp\": the cell is empty");
    }

    #[test]
    fn a_year_that_stands_twice_names_both_lines() {
        let text = "\u{feff}year,gdp\r\n2018,1\r\n\r\n2018,2\r\n";
        let found = observed("h.csv", text, "year", "gdp").unwrap_err();
        assert_eq!(found, ["h.csv, line 4, column \"year\": the year 2018 stands in line 2 already"]);
    }

    #[test]
    fn a_year_is_a_whole_number_from_1_to_9999() {
        assert!(["1", "476", "2025", "9999"].into_iter().all(is_year));
        assert!(!["", "0", "10000", "02025", "-1", "20a5", "2025.0"].into_iter().any(is_year));
    }

    #[test]
    fn observed_values_are_ordered_by_year_whatever_their_lines() {
        let text = "year,gdp\n9999,3\n1,1.5\n\n ,\n2025, 2\n";
        assert_eq!(observed("h.csv", text, "year", "gdp"), Ok(vec![(1, 1.5), (2025, 2.0), (9999, 3.0)]));
    }

    #[test]
    fn every_line_that_is_no_year_or_repeats_one_is_named() {
        let text = "year,gdp\n0,1\n10000,1\n2020.5,1\n2021,1\n2021,2\n";
        let wrong = observed("h.csv", text, "year", "gdp").unwrap_err();
        assert_eq!(wrong.len(), 4, "{wrong:?}");
        assert!(
            wrong[0].to_string().starts_with("h.csv, line 2, column \"year\": 0 is no whole year"),
            "{wrong:?}"
        );
        assert!(
            wrong[3].to_string().contains("line 6")
                && wrong[3].to_string().contains("2021 stands in line 5 already"),
            "{wrong:?}"
        );
    }

    /// As Excel saves where the comma is decimal, and as it is told what parts the cells.
    #[test]
    fn cells_may_be_parted_by_semicolons_or_tabs_and_the_first_line_may_say_so() {
        for text in [
            "year;gdp\n2018;1.5\n",
            "sep=;\nyear;gdp\n2018;1.5\n",
            "year\tgdp\n2018\t1.5\n",
            "sep=,\nyear,gdp\n2018,1.5\n",
        ] {
            assert_eq!(observed("h.csv", text, "year", "gdp"), Ok(vec![(2018, 1.5)]), "{text}");
        }
        assert_eq!(
            blamed("sep=;\nyear;gdp\n2018;1,5\n"),
            "h.csv, line 3, column \"gdp\": \"1,5\" is no number: numbers have a decimal point, 1.5, not a comma"
        );
    }

    #[test]
    fn a_column_that_stands_twice_is_not_guessed() {
        assert_eq!(
            blamed("year,gdp,gdp\n2018,1,2\n"),
            "h.csv has two columns \"gdp\", numbers 2 and 3: name one of them otherwise"
        );
        assert!(columns("h.csv", "year,gdp,x,x\n2018,1,2,3\n", &["year", "gdp"]).is_ok());
    }

    #[test]
    fn a_cell_that_is_no_finite_number_is_named_with_its_place() {
        let found = |text: &str| columns("h.csv", text, &["a", "b"]).unwrap_err();
        assert_eq!(found("a,b\n1,2\n3,x\n"), "h.csv, line 3, column \"b\": \"x\" is no number");
        assert_eq!(found("a,b\n1,inf\n"), "h.csv, line 2, column \"b\": \"inf\" is no number");
        assert_eq!(found("a,b\n1,\n"), "h.csv, line 2, column \"b\": the cell is empty");
        assert_eq!(found("a,c\n1,2\n"), "h.csv has no column \"b\"; it has a, c");
        assert_eq!(found("a,b\n,\n"), "h.csv holds no values");
    }
}
