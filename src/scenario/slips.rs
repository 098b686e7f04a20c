//! What is wrong where a text is no TOML, in words that help: what people forget are quotes and values.

use std::ops::Range;

use crate::text::{Place, Problem};

/// The problem behind an error of the TOML parser at `span` of a text that stands as file `file`.
pub(super) fn teach(file: u32, text: &str, said: &str, span: Range<usize>) -> Problem {
    let said = said.lines().next().unwrap_or_default();
    let start = text[..floor(text, span.start)].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let here = Place::new(file, span.start, span.end);
    if said.contains("duplicate key") {
        return twice(here, text.get(span).unwrap_or_default(), line);
    }
    let Some((key, value)) = line.split_once('=').filter(|(key, _)| !key.trim().is_empty()) else {
        return plain(here, said, line);
    };
    let left = key.trim();
    if left.contains('[') && !left.starts_with(['[', '"', '\'']) {
        let at = start + (key.len() - key.trim_start().len());
        return Problem::error(
            Place::new(file, at, at + left.len()),
            "a name with an index stands in quotes",
        )
        .help(format!("write \"{left}\" = …"));
    }
    let value_at = start + key.len() + 1;
    let value = value.split('#').next().unwrap_or_default();
    let key = key.trim();
    let at = value_at + (value.len() - value.trim_start().len());
    let value = value.trim();
    let marked = Place::new(file, at, at + value.len());
    if value.is_empty() {
        return Problem::error(Place::new(file, start, value_at), format!("{key} has no value"))
            .help(format!("write what it is behind the =: {key} = 0.05, or remove the line"));
    }
    let bare =
        value.starts_with(|c: char| c.is_alphabetic()) || value.ends_with('%') || value.contains(" to ");
    if bare && !value.contains(['"', '\'', '{', '[']) {
        return Problem::error(marked, "only plain numbers, true and false stand without quotes")
            .help(format!("write {key} = \"{value}\""));
    }
    plain(here, said, line)
}

fn twice(here: Place, key: &str, line: &str) -> Problem {
    if line.trim_start().starts_with('[') {
        return Problem::error(here, format!("the table {} stands here a second time", line.trim()))
            .help("put what it holds under the first one, or mend the name");
    }
    Problem::error(here, format!("the key {key} stands here a second time"))
        .help("a table has each key once: remove one of the two, or mend the name")
}

fn plain(here: Place, said: &str, line: &str) -> Problem {
    let help = if line.trim_start().starts_with('{') {
        "a scenario is TOML, not JSON: [time], and in the next line start = 2020"
    } else if line.contains(": ") && !line.contains('=') {
        "a scenario is TOML: key = value, not key: value"
    } else if said.contains("basic string") || said.contains("literal string") {
        "a string ends in the line in which it starts, with the quote that it starts with"
    } else if line.trim_start().starts_with('[') {
        "a table starts with its name in brackets, [sets.sector]; one of a list in two, [[correlations]]"
    } else if line.contains('{') {
        "an inline table is { key = value, key = value }"
    } else {
        "a line is key = value or [table]; strings stand in quotes, a comment starts with #"
    };
    Problem::error(here, format!("this is not valid TOML: {said}")).help(help)
}

/// The start of the character that a byte belongs to.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
