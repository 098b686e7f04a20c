//! Texts of files made safe to show: what steers a terminal, turns the direction of writing or has no place in XML is
//! shown as a mark, and nothing is a command of a build server.

use std::borrow::Cow;
use std::path::Path;

/// Whether a character does something other than being read: a control character (C0, DEL, C1), an end of line that is
/// not `\n`, a change of the direction of writing (U+202A–E, U+2066–9), or none at all (U+FFFE and the like).
pub fn is_control(c: char) -> bool {
    let code = u32::from(c);
    c.is_control()
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fdd0}'..='\u{fdef}')
        || code & 0xfffe == 0xfffe
}

/// The text on one line: ends of lines and tabs are spaces, other control characters visible marks.
///
/// ```
/// use plancast::text::visible::line;
/// assert_eq!(line("a\r\nb\tc\u{1b}[31m"), "a b c␛[31m");
/// ```
pub fn line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    let plain =
        |c: char| if matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') { ' ' } else { shown(c) };
    Cow::Owned(text.chars().map(plain).collect())
}

/// A path on one line, whatever its names are.
pub fn path(path: &Path) -> String {
    line(&path.display().to_string()).into_owned()
}

/// The text with its lines: tabs are spaces, other control characters visible marks.
pub fn lines(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c != '\n' && is_control(c)) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    let plain = |c: char| match c {
        '\n' => c,
        '\t' => ' ',
        _ => shown(c),
    };
    Cow::Owned(text.chars().map(plain).collect())
}

/// The text, or its beginning of so many characters with a mark that it goes on.
pub(crate) fn beginning(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(text[..end].to_owned() + "…"),
    }
}

/// A character, or what stands for it where it cannot be shown.
pub fn shown(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '␡',
        c if is_control(c) => '\u{fffd}',
        c => c,
    }
}

/// How commands of build servers begin that may stand anywhere in a line: GitHub's old ones, Azure's, `TeamCity`'s.
const COMMANDS: [&str; 3] = ["##[", "##vso[", "##teamcity["];

/// A text of several lines of which none is taken for a command by a build server that reads the log: GitHub's begin a
/// line with `::`, others hold `##[`, `##vso[` or `##teamcity[` anywhere. A space parts what would begin one; in a row of a
/// table it is taken from what fills the cell.
pub fn log(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let begin = line.len() - line.trim_start().len();
        let (blank, rest) = line.split_at(begin);
        safe.push_str(blank);
        match rest.strip_prefix("::") {
            Some(rest) => {
                safe.push_str(": :");
                safe.push_str(&in_row(rest));
            }
            None => safe.push_str(&in_row(rest)),
        }
    }
    Cow::Owned(safe)
}

/// [`without_commands`] of a line that may be a row of a table: where a space comes to it, one of the next two or more that follow
/// one another goes.
fn in_row(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    while let Some(at) = command_in(&text) {
        let text = text.to_mut();
        text.insert(at + 1, ' ');
        if let Some(filled) = text[at + 2..].find("  ") {
            text.remove(at + 2 + filled);
        }
    }
    text
}

/// Where the first command begins that may stand anywhere in a line.
pub(crate) fn command_in(text: &str) -> Option<usize> {
    COMMANDS.iter().filter_map(|command| find(text, command)).min()
}

/// A text in which no command stands that may stand anywhere in a line.
pub fn without_commands(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for command in COMMANDS {
        // In any case of letters: servers do not care.
        while let Some(at) = find(&text, command) {
            text.to_mut().insert(at + 1, ' ');
        }
    }
    text
}

fn find(text: &str, command: &str) -> Option<usize> {
    text.match_indices('#').map(|(at, _)| at).find(|at| {
        let found = text.as_bytes().get(*at..at + command.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(command.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_as_a_mark() {
        let text = "a\u{0}\u{7}\u{1b}\u{7f}\u{9b}\u{202e}\u{2066}\u{fffe}b";
        assert_eq!(line(text), "a␀␇␛␡\u{fffd}\u{fffd}\u{fffd}\u{fffd}b");
        assert_eq!(line("x\ny\r\nz\u{2028}w"), "x y z w");
        assert_eq!(lines("x\ty\r\nz\rw"), "x y\nz␍w");
        assert!(matches!(line("吕梁 é — 😀"), Cow::Borrowed(_)));
    }

    #[test]
    fn no_line_is_a_command_of_a_build_server() {
        assert_eq!(
            log("::error::x\n a::b\n \u{a0}::set-output name=a::b\n"),
            ": :error::x\n a::b\n \u{a0}: :set-output name=a::b\n"
        );
        assert_eq!(log("a ##[error]b ###[x"), "a # #[error]b ## #[x");
        assert_eq!(log("##VSO[task.x] ##teamcity[y"), "# #VSO[task.x] # #teamcity[y");
        assert_eq!(log(" ##[a] ##[b   1\n c         2"), " # #[a] # #[b 1\n c         2");
        assert_eq!(log("## Heading\n#[x]"), "## Heading\n#[x]");
    }

    proptest! {
        #[test]
        fn any_text_becomes_one_line_without_control_characters(text in any::<String>()) {
            assert!(!line(&text).contains(is_control));
            assert!(!lines(&text).contains(|c| c != '\n' && is_control(c)));
        }

        #[test]
        fn any_text_becomes_a_log_without_commands(text in "[:#\\[vso \n]{0,30}") {
            for line in log(&text).lines() {
                assert!(!line.trim_start().starts_with("::") && !line.contains("##[") && !line.contains("##vso["), "{text:?}");
            }
        }
    }
}
