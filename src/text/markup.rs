//! Texts of scenarios within XML, HTML and Markdown: whatever they say, they stay texts.

use std::fmt::Write;

use super::visible;

/// A text as XML and HTML hold it, between tags or in quotes: on one line, nothing in it a tag or an entity. XML has no
/// place for control characters at all; they are visible marks.
///
/// ```
/// assert_eq!(plancast::text::markup::xml("a < \"b\"\u{1}"), "a &lt; &quot;b&quot;␁");
/// ```
pub fn xml(text: &str) -> String {
    xml_lines(&visible::line(text))
}

/// The same with the lines of the text; in an attribute they are read as spaces.
pub fn xml_lines(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut before = '\n';
    for c in visible::lines(text).chars() {
        match c {
            // A build server that reads the file in its log takes none of it for a command.
            '#' if before == '#' => safe.push_str("&#35;"),
            ':' if before == '\n' => safe.push_str("&#58;"),
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ => safe.push(c),
        }
        if !(before == '\n' && c == ' ') {
            before = c;
        }
    }
    safe
}

/// HTML in which nothing is a command of a build server: of what would begin one the second sign is an entity, and in a
/// script, which knows none, an escape of its strings.
///
/// ```
/// use plancast::text::markup::without_commands;
/// assert_eq!(without_commands("<b>##[x]</b><script>a = \"##vso[\"</script>"), "<b>#&#35;[x]</b><script>a = \"#\\u0023vso[\"</script>");
/// ```
pub fn without_commands(html: &str) -> String {
    let mut safe = String::with_capacity(html.len());
    let mut in_script = false;
    for piece in html.split_inclusive("</script>") {
        let (markup, script) = piece.split_at(piece.find("<script").unwrap_or(piece.len()));
        for part in [markup, script] {
            let escape = if in_script { "\\u0023" } else { "&#35;" };
            let mut rest = part;
            while let Some(at) = visible::command_in(rest) {
                safe.push_str(&rest[..=at]);
                safe.push_str(escape);
                rest = &rest[at + 2..];
            }
            safe.push_str(rest);
            in_script = !in_script;
        }
        in_script = false;
    }
    safe
}

/// A text as Markdown holds it, in a cell of a table too: on one line, nothing in it a mark of Markdown or HTML, a
/// mention of a person, or an address that becomes a link.
///
/// ```
/// assert_eq!(plancast::text::markup::markdown("a | *b* <c>"), "a \\| \\*b\\* &lt;c>");
/// ```
pub fn markdown(text: &str) -> String {
    /// What parts two characters that would be read together, and is not shown.
    const NOTHING: &str = "<!-- -->";
    let text = visible::line(text.trim());
    let text = visible::without_commands(&text);
    let mut safe = String::with_capacity(text.len());
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        match c {
            '<' => safe.push_str("&lt;"),
            '&' => safe.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '[' | ']' | '~' | '$' => safe.extend(['\\', c]),
            // Within a word it is a letter, but a word may begin with it.
            '_' if !(before.is_alphanumeric() && next.is_alphanumeric()) => safe.push_str("\\_"),
            '@' if next.is_alphanumeric() && !before.is_alphanumeric() => {
                let _ = write!(safe, "@{NOTHING}");
            }
            '#' if next.is_ascii_digit() => {
                let _ = write!(safe, "\\#{NOTHING}");
            }
            '#' | '>' if at == 0 => safe.extend(['\\', c]),
            '+' | '-' if at == 0 && (next == ' ' || next == c) => safe.extend(['\\', c]),
            '#' if before == ' ' || next == ' ' => safe.push_str("\\#"),
            '.' | ')' if next == ' ' && is_number(&text[..at]) => safe.extend(['\\', c]),
            ':' if next == '/' => {
                let _ = write!(safe, ":{NOTHING}");
            }
            '.' if text[..at].to_ascii_lowercase().ends_with("www") => {
                let _ = write!(safe, "{NOTHING}.");
            }
            _ => safe.push(c),
        }
        before = c;
    }
    safe
}

/// Whether a text is a whole number, which a point or bracket would make the first item of a list.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    #[test]
    fn nothing_in_a_text_of_xml_is_a_command_of_a_build_server() {
        assert_eq!(xml("##[error]x ###"), "#&#35;[error]x #&#35;&#35;");
        assert_eq!(xml(" ::error::x a::b"), " &#58;:error::x a::b");
        assert_eq!(xml_lines("a\n::b\n##vso[c"), "a\n&#58;:b\n#&#35;vso[c");
    }

    #[test]
    fn marks_at_the_beginning_of_a_line_and_within_it_are_none() {
        for (text, expected) in [
            ("# h", "\\# h"),
            ("- a", "\\- a"),
            ("1. a", "1\\. a"),
            ("a_b _c_", "a_b \\_c\\_"),
            ("49.5 % (a) = b", "49.5 % (a) = b"),
            ("-1.5", "-1.5"),
            ("@user #12 http://x www.y", "@<!-- -->user \\#<!-- -->12 http:<!-- -->//x www<!-- -->.y"),
        ] {
            assert_eq!(markdown(text), expected);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_text_of_xml(text in any::<String>()) {
            let written = format!("<a b=\"{0}\">{0}</a>", xml(&text));
            let document = roxmltree::Document::parse(&written).unwrap();
            let shown = visible::line(&text);
            assert_eq!(document.root_element().attribute("b"), Some(&*shown));
            assert_eq!(document.root_element().text().unwrap_or_default(), shown);
        }
    }
}
