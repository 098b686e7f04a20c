//! Columns of numbers in CSV files beside a scenario: observed values, and samples.

use indexmap::IndexMap;

/// Whether a key is a year: a whole number from 1 to 9999 without leading zeros.
pub fn is_year(key: &str) -> bool {
    (1..=4).contains(&key.len()) && !key.starts_with('0') && key.bytes().all(|byte| byte.is_ascii_digit())
}

/// Numbers of a line of a CSV text.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The line, from 1.
    pub line: u64,
    /// The numbers of the columns that were asked for.
    pub cells: Vec<f64>,
}

/// Observed values by year, in the order of the years.
///
/// # Errors
/// A sentence for everything that is wrong with the file, or with the years in it.
pub fn observed(file: &str, text: &str, year: &str, value: &str) -> Result<Vec<(i32, f64)>, Vec<String>> {
    let rows = columns(file, text, &[year, value]).map_err(|message| vec![message])?;
    let mut seen = IndexMap::new();
    let mut wrong = Vec::new();
    for Row { line, cells } in &rows {
        let at = format!("{file}, line {line}, column \"{year}\"");
        if cells[0].fract() != 0.0 || !(1.0..=9999.0).contains(&cells[0]) {
            wrong.push(format!("{at}: {} is no whole year from 1 to 9999", cells[0]));
        } else if let Some((first, _)) = seen.insert(cells[0] as i32, (line, cells[1])) {
            wrong.push(format!("{at}: the year {} stands in line {first} already", cells[0]));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut values: Vec<(i32, f64)> = seen.into_iter().map(|(year, (_, value))| (year, value)).collect();
    values.sort_by_key(|(year, _)| *year);
    Ok(values)
}

/// The numbers of some columns of a CSV text with a header line; lines in which all of them are empty are
/// left out.
///
/// # Errors
/// One sentence with the file's name and the line: a missing column, or a cell that is no number.
pub fn columns(file: &str, text: &str, names: &[&str]) -> Result<Vec<Row>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| format!("{file}: {error}"))?.clone();
    let positions = positions(file, &header, names)?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("{file}: {error}"))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<&str> =
            positions.iter().map(|position| record.get(*position).unwrap_or_default()).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let numbers: Result<Vec<f64>, String> = cells
            .iter()
            .zip(names)
            .map(|(cell, name)| {
                cell.parse()
                    .ok()
                    .filter(|value: &f64| value.is_finite())
                    .ok_or_else(|| format!("{file}, line {line}, column \"{name}\": \"{cell}\" is no number"))
            })
            .collect();
        rows.push(Row { line, cells: numbers? });
    }
    if rows.is_empty() {
        return Err(format!("{file} holds no values"));
    }
    Ok(rows)
}

/// Whole columns of a CSV text with a header line, a number in every row: for rows that are drawn together, of which
/// none may be left out. Rows without any cell are no rows.
///
/// # Errors
/// One sentence with the file's name, the line and the column of the first cell that is missing or no number, and how
/// many more there are.
pub fn whole_columns(file: &str, text: &str, names: &[&str]) -> Result<Vec<Vec<f64>>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| format!("{file}: {error}"))?.clone();
    let positions = positions(file, &header, names)?;
    let mut columns = vec![Vec::new(); names.len()];
    let mut wrong = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("{file}: {error}"))?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        for ((position, name), column) in positions.iter().zip(names).zip(&mut columns) {
            let cell = record.get(*position).unwrap_or_default();
            match cell.parse().ok().filter(|value: &f64| value.is_finite()) {
                Some(value) => column.push(value),
                None if cell.is_empty() => wrong.push(format!("line {line}, column \"{name}\" is empty")),
                None => wrong.push(format!("line {line}, column \"{name}\": \"{cell}\" is no number")),
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

/// Where the columns stand.
fn positions(file: &str, header: &csv::StringRecord, names: &[&str]) -> Result<Vec<usize>, String> {
    let position = |name: &&str| {
        header.iter().position(|cell| cell == *name).ok_or_else(|| {
            let known = header.iter().collect::<Vec<_>>().join(", ");
            format!("{file} has no column \"{name}\"; it has {known}")
        })
    };
    names.iter().map(position).collect()
}
