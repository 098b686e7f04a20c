//! Columns of numbers in files beside a scenario: observed values, and samples for `empirical`.

use indexmap::IndexMap;

use super::observation::{self, ObservationColumns, ObservationLine};
use super::separated::quoted;
use super::table::{MOST_TOLD, Table};
use crate::message;
use crate::text::Message;
use crate::text::period::Step;

/// Numbers of a row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberRow {
    /// The number of the row, from 1: of a text that of the line.
    pub line: u64,
    /// The numbers of the columns that were asked for.
    pub cells: Vec<f64>,
}

/// Observed values by year, in the order of the years: of the columns of these titles, or of the one row of a wide table.
/// `unit` is that of the variable.
///
/// # Errors
/// A sentence for everything that is wrong with the file, or with the years in it.
pub fn observed(
    table: &mut Table,
    [year, value]: [Option<&str>; 2],
    unit: &str,
    step: Step,
) -> Result<Vec<(i32, f64)>, Vec<Message>> {
    let columns = ObservationColumns { year, value, step, ..ObservationColumns::default() };
    let lines = observation::lines(table, &columns)?;
    let mut seen: IndexMap<i32, &ObservationLine> = IndexMap::new();
    let mut wrong = Vec::new();
    for line in &lines {
        if let Some(first) = seen.insert(line.year, line) {
            let column = table.header.iter().position(|title| title == year.unwrap_or("year"));
            wrong.push(message!(
                "scenario-history-year-twice",
                at = table.at(line.line, column.unwrap_or_default()),
                year = line.year,
                first = first.line.to_string()
            ));
        }
    }
    if lines.is_empty() {
        wrong.push(message!("scenario-history-no-values", file = &table.file));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    seen.sort_keys();
    Ok(seen.into_iter().map(|(year, line)| (year, line.value_in(unit))).collect())
}

/// The numbers of some columns of a table; rows in which all of them are empty are left out.
///
/// # Errors
/// A sentence for each column that is missing, or each cell that is no number.
pub fn columns(table: &Table, names: &[&str]) -> Result<Vec<NumberRow>, Vec<Message>> {
    let positions = table.positions(names)?;
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for row in &table.rows {
        if positions.iter().all(|position| row.cell(*position).is_empty()) {
            continue;
        }
        let mut cells = Vec::new();
        for position in &positions {
            match sampled_number(table, row.cell(*position)) {
                Ok(number) => cells.push(number),
                Err(why) => {
                    let at = table.at(row.number, *position);
                    wrong.push(message!("scenario-table-cell", at = at, why = why));
                }
            }
        }
        if wrong.len() > MOST_TOLD {
            break;
        }
        rows.push(NumberRow { line: row.number, cells });
    }
    if rows.is_empty() && wrong.is_empty() {
        wrong.push(message!("scenario-history-no-values", file = &table.file));
    }
    if wrong.is_empty() { Ok(rows) } else { Err(wrong) }
}

/// The number of a cell of a sample. A sample has no unit of its own, so that nothing would say what a sign means.
///
/// # Errors
/// Why it is none, in a few words.
pub(super) fn sampled_number(table: &Table, cell: &str) -> Result<f64, Message> {
    let number = table.number(cell)?;
    match number.percent {
        None => Ok(number.value),
        Some(_) => Err(message!(
            "scenario-table-sampled-percent",
            shown = quoted(cell),
            plain = number.value.to_string()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::table::DataFile;

    fn table(text: &str) -> Result<Table, Vec<Message>> {
        Table::plain("h.csv", &DataFile::from(text)).map_err(|message| vec![message])
    }

    fn read(text: &str, names: &[&str]) -> Result<Vec<NumberRow>, Vec<Message>> {
        columns(&table(text)?, names)
    }

    fn history(text: &str) -> Result<Vec<(i32, f64)>, Vec<Message>> {
        observed(&mut table(text)?, [Some("year"), Some("gdp")], "", Step::Year)
    }

    /// The line that is blamed for a cell that is no number.
    fn blamed(text: &str) -> String {
        read(text, &["year", "gdp"]).unwrap_err()[0].to_string()
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
            blamed("year,gdp\r\n2018,1\r\n\r\n2019,1,2\r\n"),
            "h.csv, line 4: 3 cells, where the header has 2; notes below the table are passed over where a blank line is \
             above them"
        );
        assert_eq!(blamed("year,gdp\n2018,1\n2019,\n"), "h.csv, line 3, column \"gdp\": the cell is empty");
    }

    #[test]
    fn every_wrong_cell_of_a_file_is_told() {
        let wrong = read("a,b\n1,x\ny,2\n3,4\n", &["a", "b"]).unwrap_err();
        assert_eq!(
            wrong,
            [
                "h.csv, line 2, column \"b\": \"x\" is no number",
                "h.csv, line 3, column \"a\": \"y\" is no number"
            ]
        );
    }

    #[test]
    fn a_year_without_a_value_is_not_observed() {
        assert_eq!(history("year,gdp\n2018,1\n2019,\n2020,3\n"), Ok(vec![(2018, 1.0), (2020, 3.0)]));
    }

    #[test]
    fn a_year_that_stands_twice_names_both_lines() {
        let text = "\u{feff}year,gdp\r\n2018,1\r\n\r\n2018,2\r\n";
        let found = history(text).unwrap_err();
        assert_eq!(found, ["h.csv, line 4, column \"year\": the year 2018 stands in line 2 already"]);
    }

    #[test]
    fn observed_values_are_ordered_by_year_whatever_their_lines() {
        let text = "year,gdp\n9999,3\n1,1.5\n\n ,\n2025, 2\n";
        assert_eq!(history(text), Ok(vec![(1, 1.5), (2025, 2.0), (9999, 3.0)]));
    }

    #[test]
    fn every_line_that_is_no_year_or_repeats_one_is_named() {
        let wrong = history("year,gdp\n-1,1\n10000,1\n2020.5,1\n2021,1\n").unwrap_err();
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        let first = wrong[0].to_string();
        assert!(first.starts_with("h.csv, line 2, column \"year\": \"-1\" is no whole year"), "{first}");
        let twice = history("year,gdp\n2021,1\n2021,2\n2021,2\n").unwrap_err();
        assert_eq!(twice.len(), 2, "{twice:?}");
        let second = twice[1].to_string();
        assert!(second.contains("line 4") && second.contains("2021 stands in line 3 already"), "{second}");
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
            assert_eq!(history(text), Ok(vec![(2018, 1.5)]), "{text}");
        }
        assert_eq!(
            blamed("sep=;\nyear;gdp\n2018;1,5\n"),
            "h.csv, line 3, column \"gdp\": \"1,5\" is no number: numbers have a decimal point, 1.5, not a comma, unless it is said: \
             decimal = \",\""
        );
    }

    #[test]
    fn a_column_that_stands_twice_is_not_guessed() {
        assert_eq!(
            blamed("year,gdp,gdp\n2018,1,2\n"),
            "h.csv has two columns \"gdp\", numbers 2 and 3: name one of them otherwise"
        );
        assert!(read("year,gdp,x,x\n2018,1,2,3\n", &["year", "gdp"]).is_ok());
    }

    #[test]
    fn a_cell_that_is_no_finite_number_is_named_with_its_place() {
        let found = |text: &str| read(text, &["a", "b"]).unwrap_err()[0].to_string();
        assert_eq!(found("a,b\n1,2\n3,x\n"), "h.csv, line 3, column \"b\": \"x\" is no number");
        assert_eq!(found("a,b\n1,inf\n"), "h.csv, line 2, column \"b\": \"inf\" is no number");
        assert_eq!(found("a,b\n1,\n"), "h.csv, line 2, column \"b\": the cell is empty");
        assert_eq!(found("a,c\n1,2\n"), "h.csv has no column \"b\"; it has a, c");
        assert_eq!(found("a,b\n,\n"), "h.csv holds no values");
    }
}
