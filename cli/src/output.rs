//! What leaves the program by its standard streams. Terminals and the logs of build servers act on what they are sent,
//! and much of it is said by files of strangers: every text goes through here, where nothing is left to act on.

use std::io::{IsTerminal, Write};

use super::{CommandResult, Failure, language};
use plancast::text::{Message, Severity, visible};
use plancast::{message, tr};

/// Writes results to stdout as JSON.
pub(super) fn print_json(value: &serde_json::Value) -> CommandResult {
    print(&plancast::result::json::write(value).map_err(|error| Failure::machine(&error))?)
}

/// Writes results to stdout.
pub(super) fn print(text: &str) -> CommandResult {
    print_bytes(safe(text, colour()).as_bytes())
}

/// Writes workflow commands to stdout, whose words are escaped by who makes them.
pub(super) fn print_commands(text: &str) -> CommandResult {
    print_bytes(visible::lines(text).as_bytes())
}

/// The bytes of a file as they may be written to a place: to a device, which may be a terminal or a log, without commands of
/// build servers where they are a text.
pub(super) fn for_device(place: &std::path::Path, bytes: Vec<u8>) -> Vec<u8> {
    if !plancast::world::is_device(place) {
        return bytes;
    }
    String::from_utf8(bytes).map_or_else(std::string::FromUtf8Error::into_bytes, |text| {
        visible::log(&visible::lines(&text)).into_owned().into_bytes()
    })
}

/// Writes bytes of a file that was asked for to stdout.
pub(super) fn print_bytes(bytes: &[u8]) -> CommandResult {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| unwritten(&error))
}

/// Writes to stdout what can be had again at once, a list or a help: that a reader has seen enough is no failure.
pub(super) fn show(text: &str) -> CommandResult {
    let mut out = std::io::stdout().lock();
    match out.write_all(safe(text, colour()).as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| unwritten(&error)),
    }
}

/// Writes a text to stderr, with its ends of lines.
pub(super) fn tell(text: &str) {
    let _ = std::io::stderr().write_all(safe(text, colour_of_messages()).as_bytes());
}

/// Writes workflow commands to stderr, whose words are escaped by who makes them.
pub(super) fn tell_commands(text: &str) {
    let _ = std::io::stderr().write_all(visible::lines(text).as_bytes());
}

/// Says on stderr what went wrong.
pub(super) fn say(message: impl Into<Message>) {
    tell_as(Severity::Error, &message.into());
}

/// Says on stderr what may not be as the user expects.
pub(super) fn warn(message: impl Into<Message>) {
    tell_as(Severity::Warning, &message.into());
}

/// Says on stderr what is wrong with the input.
pub(super) fn wrong(message: impl Into<Message>) -> Failure {
    say(message);
    Failure::Input
}

fn tell_as(severity: Severity, message: &Message) {
    let (language, place) = (language(), "");
    let (severity, message) = (severity.name(), message.text(language));
    let message = visible::line(&message);
    let line = tr!(language, "text-diagnostic", place = place, severity = severity, message = message);
    tell(&(line + "\n"));
}

/// Whether results may be coloured: on a terminal, unless `NO_COLOR` says no.
pub(super) fn colour() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Whether messages may be coloured.
pub(super) fn colour_of_messages() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// A text without control characters but ends of lines, and without commands of build servers. Where colours are wanted
/// they stay: they are our own, as no text of a file that was read has such characters.
fn safe(text: &str, coloured: bool) -> String {
    if !coloured {
        return visible::log(&visible::lines(text)).into_owned();
    }
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        let (plain, after) = rest.split_at(at);
        safe.push_str(&visible::lines(plain));
        let length = colour_length(after);
        safe.push_str(if length > 0 { &after[..length] } else { "␛" });
        rest = &after[length.max(1)..];
    }
    safe.push_str(&visible::lines(rest));
    visible::log(&safe).into_owned()
}

/// The length of the change of colour that a text begins with (`ESC [ … m`); zero where it is something else.
fn colour_length(text: &str) -> usize {
    let inner = text["\u{1b}[".len()..].bytes().position(|byte| !byte.is_ascii_digit() && byte != b';');
    inner.map(|at| at + 2).filter(|at| text.as_bytes()[*at] == b'm').map_or(0, |at| at + 1)
}

fn unwritten(error: &std::io::Error) -> Failure {
    Failure::Machine(if error.kind() == std::io::ErrorKind::BrokenPipe {
        message!("cli-output-pipe")
    } else {
        message!("cli-output-failed", why = error.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_are_sent_to_a_terminal_and_nothing_to_a_log() {
        let text = "\u{1b}[1;31mred\u{1b}[0m \u{1b}[2J \u{1b}]0;title\u{7} \u{1b}[\n";
        assert_eq!(safe(text, true), "\u{1b}[1;31mred\u{1b}[0m ␛[2J ␛]0;title␇ ␛[\n");
        assert_eq!(safe(text, false), "␛[1;31mred␛[0m ␛[2J ␛]0;title␇ ␛[\n");
    }

    #[test]
    fn a_wrapped_cell_is_no_command() {
        assert_eq!(safe(" name \n ::error::x \n", false), " name \n : :error::x \n");
    }
}
