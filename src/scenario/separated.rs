//! How the cells of a text of data are parted, and how they are written: as other programs save such files.

use crate::message;
use crate::text::{Message, visible};
use std::path::Path;

/// What parts the cells of a file, and whether its first line says so (`sep=;`, which Excel writes and reads).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Separator {
    /// The character.
    pub(super) byte: u8,
    /// Whether the first line holds nothing else.
    pub(super) is_stated: bool,
}

impl Separator {
    /// What parts the cells of a text that stands in this file: what its first line says, a tab in a `.tsv`, and else the
    /// one of comma, semicolon and tab that its header holds most often.
    pub(super) fn of(file: &str, text: &str) -> Self {
        let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        if let Some(byte) = stated(header) {
            return Self { byte, is_stated: true };
        }
        let is_tsv = Path::new(file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv"));
        let byte = if is_tsv { b'\t' } else { most_often(header) };
        Self { byte, is_stated: false }
    }
}

/// The separator that a line states: `sep=;`.
fn stated(line: &str) -> Option<u8> {
    let line = line.trim_start_matches('"');
    let (key, rest) = line.split_at_checked(4)?;
    let byte = *rest.as_bytes().first()?;
    let known = key.eq_ignore_ascii_case("sep=") && matches!(byte, b',' | b';' | b'\t' | b'|');
    (known && rest[1..].trim_matches('"').trim().is_empty()).then_some(byte)
}

/// The separator that stands most often outside of quotes; a comma where none does.
fn most_often(header: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in header.bytes() {
        quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| *separator == byte && !quoted) {
            *count += 1;
        }
    }
    // Of equally many the first.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}

/// A cell without the apostrophe that keeps spreadsheets from taking it for a formula, as our own tables have it.
pub(super) fn without_guard(cell: &str) -> &str {
    let begins = |text: &str| {
        let text = text.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
        text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
    };
    cell.strip_prefix('\'').filter(|rest| begins(rest)).unwrap_or(cell)
}

/// Why a cell is no number, in a few words: `"x" is no number`.
pub(super) fn no_number(cell: &str) -> Message {
    if cell.is_empty() {
        return message!("scenario-separated-empty");
    }
    let shown = quoted(cell);
    let with_point = cell.replacen(',', ".", 1);
    if cell.contains(',') && with_point.parse::<f64>().is_ok() {
        return message!("scenario-separated-comma", shown = shown, with_point = with_point);
    }
    if cell.contains(',') && cell.replace([',', '.', ' '], "").parse::<f64>().is_ok() {
        return message!("scenario-separated-thousands", shown = shown);
    }
    let stands_for_none = ["na", "n.a.", "n/a", "nan", "null", "none"].iter();
    let is_word = stands_for_none.clone().any(|word| cell.eq_ignore_ascii_case(word));
    if is_word || !cell.contains(char::is_alphanumeric) {
        return message!("scenario-separated-no-value", shown = shown);
    }
    message!("scenario-separated-no-number", shown = shown)
}

/// The names of columns, as far as anybody reads them.
pub(super) fn columns<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 20;
    let mut names: Vec<String> = names.take(MOST + 1).map(quoted).collect();
    if names.len() > MOST {
        "…".clone_into(&mut names[MOST]);
    }
    names.join(", ")
}

/// The beginning of a cell, as messages quote it: the rest of a file is nobody's who reads them.
pub(super) fn quoted(text: &str) -> String {
    visible::beginning(text, 40).into_owned()
}

/// Where the columns of these names stand in a header.
pub(super) fn positions(
    file: &str,
    header: &csv::StringRecord,
    names: &[&str],
) -> Result<Vec<usize>, Message> {
    let position = |name: &&str| {
        let mut found = header.iter().enumerate().filter(|(_, cell)| cell == name).map(|(at, _)| at);
        match (found.next(), found.next()) {
            (Some(at), None) => Ok(at),
            (Some(first), Some(second)) => Err(message!(
                "scenario-separated-two-columns",
                file = file,
                name = name,
                first = first + 1,
                second = second + 1
            )),
            _ if header.iter().all(str::is_empty) => {
                Err(message!("scenario-separated-blank", file = file, name = name))
            }
            _ => Err(message!(
                "scenario-separated-no-column",
                file = file,
                name = name,
                columns = columns(header.iter())
            )),
        }
    };
    names.iter().map(position).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_parted_as_the_first_line_the_ending_or_the_header_says() {
        let of = |file: &str, text: &str| Separator::of(file, text).byte as char;
        assert_eq!(of("a.csv", "year,gdp\n"), ',');
        assert_eq!(of("a.csv", "\nyear;gdp\n"), ';');
        assert_eq!(of("a.csv", "year\tgdp\n"), '\t');
        assert_eq!(of("a.tsv", "year\n"), '\t');
        assert_eq!(of("a.csv", "\"a;b\",c\n"), ',');
        assert_eq!(of("a.csv", "year;\"gdp, real\"\n"), ';');
        assert_eq!(of("a.csv", "year"), ',');
        for (text, separator) in
            [("sep=;\nyear,x\n", ';'), ("SEP=,\n", ','), ("\"sep=;\"\n", ';'), ("sep=\t\n", '\t')]
        {
            let found = Separator::of("a.csv", text);
            assert!(found.is_stated && found.byte as char == separator, "{text:?} {found:?}");
        }
        assert!(!Separator::of("a.csv", "sep=;x\n").is_stated);
    }

    #[test]
    fn what_is_no_number_is_told_with_how_it_is_written() {
        assert_eq!(no_number("x"), "\"x\" is no number");
        for cell in ["..", "–", "NA", "n/a"] {
            let written = format!("missing = [\"{cell}\"]");
            assert!(no_number(cell).to_string().contains(&written), "{cell}");
        }
        assert!(no_number("1,5").to_string().contains("a decimal point, 1.5, not a comma"));
        assert!(no_number("1.234,5").to_string().contains("without separators of thousands"));
        assert!(no_number(&"9x".repeat(1000)).to_string().chars().count() < 70);
    }

    #[test]
    fn a_guarded_cell_is_read_as_it_was() {
        assert_eq!(["'=x", "'-a", "'a", "'", "=x"].map(without_guard), ["=x", "-a", "'a", "'", "=x"]);
    }
}
