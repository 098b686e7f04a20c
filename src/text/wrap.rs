//! Breaking text into lines, Chinese and Latin alike.

/// A text broken into lines that fit, at spaces or beside Chinese characters; numbers and words are never
/// parted, and a word that does not fit stands alone.
pub fn lines(text: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let longer = format!("{line}{piece}");
        if !line.is_empty() && !fits(longer.trim_end()) {
            lines.push(line.trim_end().to_owned());
            piece.trim_start().clone_into(&mut line);
        } else {
            line = longer;
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// What is never parted: words with the space behind them, and single Chinese characters with the
/// punctuation around them.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let (mut joins, mut opened) = (false, false);
    for c in text.chars() {
        let wide = is_wide(c);
        match pieces.last_mut() {
            Some(piece) if opened || closes(c) || c == ' ' || (joins && !wide) => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        joins = !wide && c != ' ';
        opened = opens(c);
    }
    pieces
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

fn opens(c: char) -> bool {
    "（《「『【〔“‘([".contains(c)
}

fn closes(c: char) -> bool {
    "，。、；：？！）》」』】〕％%”’,.;:?!)".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(text: &str, most: usize) -> Vec<String> {
        lines(text, |line| line.chars().count() <= most)
    }

    #[test]
    fn a_word_too_long_for_the_room_stands_alone() {
        assert_eq!(within("a Donaudampfschifffahrt b", 4), ["a", "Donaudampfschifffahrt", "b"]);
    }

    #[test]
    fn a_number_is_not_parted_from_its_sign_nor_a_stop_from_its_character() {
        assert_eq!(within("五年下降13.5%，完成。", 6), ["五年下降", "13.5%，", "完成。"]);
    }

    #[test]
    fn a_bracket_is_not_parted_from_what_it_opens() {
        assert_eq!(within("煤价（两千元）跌", 3), ["煤价", "（两千", "元）跌"]);
    }

    #[test]
    fn a_line_that_fits_exactly_stays_whole() {
        assert_eq!(within("ab cd ef", 5), ["ab cd", "ef"]);
        assert_eq!(within("ab cd ef", 4), ["ab", "cd", "ef"]);
        assert_eq!(within("ab cd", 5), ["ab cd"]);
    }

    #[test]
    fn nothing_is_one_empty_line() {
        assert_eq!(within("", 4), [""]);
    }
}
