//! Whole columns of CSV files beside a scenario, of which rows are drawn.

use super::history::CsvRows;
use super::separated::{no_number, positions};

/// Whole columns of a CSV text with a header line, a number in every row: for rows that are drawn together, of which
/// none may be left out. Rows without any cell are no rows.
///
/// # Errors
/// One sentence with the file's name, the line and the column of the first cell that is missing or no number, and how
/// many more there are.
pub(super) fn whole_columns(file: &str, text: &str, names: &[&str]) -> Result<Vec<Vec<f64>>, String> {
    let CsvRows { header, records } = CsvRows::of(file, text)?;
    let positions = positions(file, &header, names)?;
    let mut columns = vec![Vec::new(); names.len()];
    let mut wrong = Vec::new();
    for (line, record) in records {
        for ((position, name), column) in positions.iter().zip(names).zip(&mut columns) {
            let cell = record.get(*position).unwrap_or_default();
            match cell.parse().ok().filter(|value: &f64| value.is_finite()) {
                Some(value) => column.push(value),
                None if cell.is_empty() => wrong.push(format!("line {line}, column \"{name}\" is empty")),
                None => wrong.push(format!("line {line}, column \"{name}\": {}", no_number(cell))),
            }
        }
    }
    match wrong.as_slice() {
        [] if columns[0].is_empty() => Err(format!("{file} holds no rows")),
        [] => Ok(columns),
        [first, rest @ ..] => {
            let more = match rest.len() {
                0 => String::new(),
                1 => ", and so is one more cell".to_string(),
                more => format!(", and so are {more} more cells"),
            };
            Err(format!(
                "{file}, {first}{more}: rows are drawn whole, so fill the cell with a plain number (0.04, not 4%) or remove the row"
            ))
        }
    }
}
