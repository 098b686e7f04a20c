//! What is wrong where a text is no TOML, in words that help: what people forget are quotes and values.

use std::ops::Range;

use crate::text::{Diagnostic, Key, Message, Place};
use crate::{key, message};

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
        let place = Place::new(file, at, at + left.len());
        return Diagnostic::error(place, key!("scenario-slips-index"))
            .help(message!("scenario-slips-index.help", name = left));
    }
    let value_at = start + key.len() + 1;
    let value = value.split('#').next().unwrap_or_default();
    let key = key.trim();
    let at = value_at + (value.len() - value.trim_start().len());
    let value = value.trim();
    let marked = Place::new(file, at, at + value.len());
    if value.is_empty() {
        let message = message!("scenario-slips-no-value", key = key);
        return Diagnostic::error(Place::new(file, start, value_at), message)
            .help(message!("scenario-slips-no-value.help", key = key));
    }
    if value.contains(['{', '[']) || value.starts_with('=') {
        return plain(here, said, start, line);
    }
    let written = value.trim_end_matches(',');
    if written.starts_with(['“', '”', '‘', '’']) {
        let inside = written.trim_matches(['“', '”', '‘', '’']);
        return Diagnostic::error(marked, key!("scenario-slips-curly-quotes")).help(message!(
            "scenario-slips-write-string",
            key = key,
            value = inside
        ));
    }
    if value.contains(['"', '\'']) {
        return plain(here, said, start, line);
    }
    if written.eq_ignore_ascii_case("true") || written.eq_ignore_ascii_case("false") {
        return Diagnostic::error(marked, key!("scenario-slips-boolean")).help(message!(
            "scenario-slips-boolean.help",
            key = key,
            value = written.to_lowercase()
        ));
    }
    let like_a_number = value.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    if like_a_number && !written.ends_with('%') && !written.contains(" to ") {
        return Diagnostic::error(marked, message!("scenario-slips-no-number", value = value))
            .help(key!("scenario-slips-no-number.help"));
    }
    Diagnostic::error(marked, UNQUOTED).help(message!(
        "scenario-slips-write-string",
        key = key,
        value = written
    ))
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
    let message = message!("scenario-slips-other-letters", name = name);
    let diagnostic = Diagnostic::error(Place::new(file, start, end), message);
    let opens = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let heading = text[opens..start].trim_start();
    let written = if heading.starts_with('[') {
        format!("{heading}\"{name}\"…")
    } else {
        format!("\"{name}\" = …")
    };
    Some(diagnostic.help(message!("scenario-slips-other-letters.help", written = written)))
}

/// What is wrong with a value that lacks its quotes.
const UNQUOTED: Key = key!("scenario-slips-unquoted");

fn twice(here: Place, key: &str, line: &str) -> Diagnostic {
    if line.trim_start().starts_with('[') {
        return Diagnostic::error(here, message!("scenario-slips-table-twice", table = line.trim()))
            .help(key!("scenario-slips-table-twice.help"));
    }
    Diagnostic::error(here, message!("scenario-slips-key-twice", key = key))
        .help(key!("scenario-slips-key-twice.help"))
}

fn plain(here: Place, said: &str, start: usize, line: &str) -> Diagnostic {
    if let Some((at, written)) = bare_inside(line) {
        let place = Place::new(here.file, start + at, start + at + written.len());
        return Diagnostic::error(place, UNQUOTED)
            .help(message!("scenario-slips-unquoted.help", value = written));
    }
    let help = if line.trim_start().starts_with('{') {
        key!("scenario-slips-toml.json")
    } else if line.contains(": ") && !line.contains('=') {
        key!("scenario-slips-toml.colon")
    } else if said.contains("missing comma") {
        key!("scenario-slips-toml.comma")
    } else if said.contains("extra `=`") {
        key!("scenario-slips-toml.equals")
    } else if said.contains("basic string") || said.contains("literal string") {
        key!("scenario-slips-toml.string")
    } else if said.contains("unquoted key") && line.split('=').next().is_some_and(|key| !key.is_ascii()) {
        return Diagnostic::error(here, message!("scenario-slips-toml", reason = said)).help(in_quotes(line));
    } else if line.trim_start().starts_with('[') {
        key!("scenario-slips-toml.table")
    } else if line.contains('{') {
        key!("scenario-slips-toml.inline")
    } else {
        key!("scenario-slips-toml.line")
    };
    Diagnostic::error(here, message!("scenario-slips-toml", reason = said)).help(help)
}

/// How a name in letters other than a to z is written.
fn in_quotes(line: &str) -> Message {
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
    message!("scenario-slips-toml.quotes", written = written)
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
