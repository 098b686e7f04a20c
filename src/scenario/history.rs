//! Columns of numbers in CSV files beside a scenario: observed values, and samples for `empirical`.

/// The numbers of some columns of a CSV text with a header line; lines in which all of them are empty are
/// left out.
///
/// # Errors
/// One sentence with the file's name and the line: a missing column, or a cell that is no number.
pub fn columns(file: &str, text: &str, names: &[&str]) -> Result<Vec<Vec<f64>>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| format!("{file}: {error}"))?.clone();
    let mut positions = Vec::new();
    for name in names {
        let position = header.iter().position(|cell| cell == *name).ok_or_else(|| {
            format!(
                "{file} has no column \"{name}\"; it has {}",
                header.iter().collect::<Vec<_>>().join(", ")
            )
        })?;
        positions.push(position);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("{file}: {error}"))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<&str> =
            positions.iter().map(|position| record.get(*position).unwrap_or_default()).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let row: Result<Vec<f64>, String> = cells
            .iter()
            .zip(names)
            .map(|(cell, name)| {
                cell.parse()
                    .ok()
                    .filter(|value: &f64| value.is_finite())
                    .ok_or_else(|| format!("{file}, line {line}, column \"{name}\": \"{cell}\" is no number"))
            })
            .collect();
        rows.push(row?);
    }
    if rows.is_empty() {
        return Err(format!("{file} holds no values"));
    }
    Ok(rows)
}
