//! Whole columns of CSV files beside a scenario, of which rows are drawn.

use super::history::CsvRows;
use super::separated::{no_number, positions};
use crate::message;
use crate::text::Message;

/// Whole columns of a CSV text with a header line, a number in every row: for rows that are drawn together, of which
/// none may be left out. Rows without any cell are no rows.
///
/// # Errors
/// One sentence with the file's name, the line and the column of the first cell that is missing or no number, and how
/// many more there are.
pub(super) fn whole_columns(file: &str, text: &str, names: &[&str]) -> Result<Vec<Vec<f64>>, Message> {
    let CsvRows { header, records } = CsvRows::of(file, text)?;
    let positions = positions(file, &header, names)?;
    let mut columns = vec![Vec::new(); names.len()];
    let mut wrong = Vec::new();
    for (line, record) in records {
        for ((position, name), column) in positions.iter().zip(names).zip(&mut columns) {
            let cell = record.get(*position).unwrap_or_default();
            match cell.parse().ok().filter(|value: &f64| value.is_finite()) {
                Some(value) => column.push(value),
                None if cell.is_empty() => {
                    wrong.push(message!("scenario-rows-empty", line = line.to_string(), name = name))
                }
                None => wrong.push(message!(
                    "scenario-rows-cell",
                    line = line.to_string(),
                    name = name,
                    why = no_number(cell)
                )),
            }
        }
    }
    match wrong.as_slice() {
        [] if columns[0].is_empty() => Err(message!("scenario-rows-no-rows", file = file)),
        [] => Ok(columns),
        [first, rest @ ..] => {
            let more = match rest.len() {
                0 => Message::default(),
                more => message!("scenario-rows-cells", count = more),
            };
            Err(message!("scenario-rows-whole", file = file, first = first, more = more))
        }
    }
}
