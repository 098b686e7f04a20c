//! Whole columns of files beside a scenario, of which rows are drawn.

use super::history::sampled_number;
use super::table::{MOST_TOLD, Table};
use crate::message;
use crate::text::Message;

/// Whole columns of a table, a number in every row: for rows that are drawn together, of which none may be left out.
///
/// # Errors
/// One sentence with the first cell that is missing or no number, and how many more there are.
pub(super) fn whole_columns(table: &Table, names: &[&str]) -> Result<Vec<Vec<f64>>, Message> {
    let positions = table.positions(names).map_err(|mut messages| messages.swap_remove(0))?;
    let mut columns = vec![Vec::new(); names.len()];
    let mut wrong = Vec::new();
    for row in &table.rows {
        for (position, column) in positions.iter().zip(&mut columns) {
            match sampled_number(table, row.cell(*position)) {
                Ok(value) => column.push(value),
                Err(why) if wrong.len() < MOST_TOLD => {
                    wrong.push(message!(
                        "scenario-table-cell",
                        at = table.at(row.number, *position),
                        why = why
                    ));
                }
                Err(_) => wrong.push(Message::default()),
            }
        }
    }
    match wrong.as_slice() {
        [] if columns[0].is_empty() => Err(message!("scenario-rows-no-rows", file = &table.file)),
        [] => Ok(columns),
        [first, rest @ ..] => {
            let more = match rest.len() {
                0 => Message::default(),
                more => message!("scenario-rows-cells", count = more),
            };
            Err(message!("scenario-rows-whole", first = first, more = more))
        }
    }
}
