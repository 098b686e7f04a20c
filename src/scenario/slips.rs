//! What is wrong where a text is no TOML, in words that help: what people forget are quotes and values.

use std::ops::Range;

use crate::text::{Diagnostic, Place};

/// The problem behind an error of the TOML parser at `span` of a text that stands as file `file`.
pub(super) fn teach(file: u32, text: &str, said: &str, span: Range<usize>) -> Diagnostic {
    let said = said.lines().next().unwrap_or_default();
    let start = text[..floor(text, span.start)].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let here = Place::new(file, span.start, span.end);
    if said.contains("duplicate key") {
        return twice(here, text.get(span).unwrap_or_default(), line);
    }
    if let Some(diagnostic) = unquoted_key(file, text, said, span.start) {
        return diagnostic;
    }
    let Some((key, value)) = line.split_once('=').filter(|(key, _)| !key.trim().is_empty()) else {
        return plain(here, said, start, line);
    };
    let left = key.trim();
    if left.contains('[') && !left.starts_with(['[', '"', '\'']) {
        let at = start + (key.len() - key.trim_start().len());
        return Diagnostic::error(
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
        return Diagnostic::error(Place::new(file, start, value_at), format!("{key} has no value"))
            .help(format!("write what it is behind the =: {key} = 0.05, or remove the line"));
    }
    if value.contains(['{', '[']) || value.starts_with('=') {
        return plain(here, said, start, line);
    }
    let written = value.trim_end_matches(',');
    if written.starts_with(['“', '”', '‘', '’']) {
        let inside = written.trim_matches(['“', '”', '‘', '’']);
        return Diagnostic::error(marked, "these are not the quotes of a keyboard")
            .help(format!("write {key} = \"{inside}\""));
    }
    if value.contains(['"', '\'']) {
        return plain(here, said, start, line);
    }
    if written.eq_ignore_ascii_case("true") || written.eq_ignore_ascii_case("false") {
        return Diagnostic::error(marked, "true and false are written in small letters")
            .help(format!("write {key} = {}", written.to_lowercase()));
    }
    let like_a_number = value.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    if like_a_number && !written.ends_with('%') && !written.contains(" to ") {
        return Diagnostic::error(marked, format!("{value} is no number")).help(
            "a number is 1020, 0.05 or 1e8: digits on both sides of the point, no comma, no unit and no calculation",
        );
    }
    Diagnostic::error(marked, UNQUOTED).help(format!("write {key} = \"{written}\""))
}

/// A name with other letters than those of ASCII, which TOML takes only in quotes.
fn unquoted_key(file: u32, text: &str, said: &str, at: usize) -> Option<Diagnostic> {
    let at = floor(text, at);
    let in_name = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let start =
        text[..at].char_indices().rev().take_while(|(_, c)| in_name(*c)).last().map_or(at, |(at, _)| at);
    let end = text[at..].find(|c| !in_name(c)).map_or(text.len(), |length| at + length);
    let name = &text[start..end];
    if !said.contains("unquoted key") || name.is_ascii() {
        return None;
    }
    let diagnostic =
        Diagnostic::error(Place::new(file, start, end), format!("the name {name} stands without quotes"));
    let opens = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let heading = text[opens..start].trim_start();
    let written = if heading.starts_with('[') {
        format!("{heading}\"{name}\"…")
    } else {
        format!("\"{name}\" = …")
    };
    Some(diagnostic.help(format!("TOML takes other letters than a to z only in quotes: write {written}")))
}

/// What is wrong with a value that lacks its quotes.
const UNQUOTED: &str = "only plain numbers, true and false stand without quotes";

fn twice(here: Place, key: &str, line: &str) -> Diagnostic {
    if line.trim_start().starts_with('[') {
        return Diagnostic::error(here, format!("the table {} stands here a second time", line.trim()))
            .help("put what it holds under the first one, or mend the name");
    }
    Diagnostic::error(here, format!("the key {key} stands here a second time"))
        .help("a table has each key once: remove one of the two, or mend the name")
}

fn plain(here: Place, said: &str, start: usize, line: &str) -> Diagnostic {
    if let Some((at, written)) = bare_inside(line) {
        let place = Place::new(here.file, start + at, start + at + written.len());
        return Diagnostic::error(place, UNQUOTED).help(format!("write \"{written}\""));
    }
    let help = if line.trim_start().starts_with('{') {
        "a scenario is TOML, not JSON: [time], and in the next line start = 2020"
    } else if line.contains(": ") && !line.contains('=') {
        "a scenario is TOML: key = value, not key: value"
    } else if said.contains("missing comma") {
        "the list or inline table before this is not closed by ] or }, or lacks a comma"
    } else if said.contains("extra `=`") {
        "between a key and its value stands one ="
    } else if said.contains("basic string") || said.contains("literal string") {
        "a string ends in the line in which it starts, with the quote that it starts with"
    } else if said.contains("unquoted key") && line.split('=').next().is_some_and(|key| !key.is_ascii()) {
        return Diagnostic::error(here, format!("this is not valid TOML: {said}")).help(in_quotes(line));
    } else if line.trim_start().starts_with('[') {
        "a table starts with its name in brackets, [sets.sector]; one of a list in two, [[correlations]]"
    } else if line.contains('{') {
        "an inline table is { key = value, key = value }"
    } else {
        "a line is key = value or [table]; strings stand in quotes, a comment starts with #"
    };
    Diagnostic::error(here, format!("this is not valid TOML: {said}")).help(help)
}

/// How a name in letters other than a to z is written.
fn in_quotes(line: &str) -> String {
    let quoted = |name: &str| {
        let name = name.trim();
        if name.is_ascii() { name.to_owned() } else { format!("\"{name}\"") }
    };
    let written = match line.trim_start().strip_prefix('[') {
        Some(rest) => {
            let header = rest.trim_start_matches('[').split(']').next().unwrap_or(rest);
            format!("[{}]", header.split('.').map(quoted).collect::<Vec<_>>().join("."))
        }
        None => format!("{} = …", quoted(line.split('=').next().unwrap_or(line))),
    };
    format!("a name in letters other than a to z stands in quotes: {written}")
}

/// The first text without quotes that stands as a value in an inline table, and where.
fn bare_inside(line: &str) -> Option<(usize, &str)> {
    let table = line.find('{')?;
    let mut quoted = false;
    line.char_indices().find_map(|(equals, sign)| {
        quoted ^= matches!(sign, '"' | '\'');
        if sign != '=' || quoted || equals < table {
            return None;
        }
        let value = line[equals + 1..].trim_start();
        let at = line.len() - value.len();
        let word = value.find(|c: char| !c.is_alphanumeric()).unwrap_or(value.len());
        if !value.starts_with(char::is_alphabetic) || matches!(&value[..word], "true" | "false") {
            return None;
        }
        let end = if value[word..].starts_with('(') {
            value.find(')').map(|close| close + 1)
        } else {
            value.find([',', '}'])
        };
        Some((at, value[..end.unwrap_or(value.len())].trim_end()))
    })
}

/// The start of the character that a byte belongs to.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
