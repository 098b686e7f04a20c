//! Quotation marks within quotation marks: a title that holds some, within those of a sentence.

/// Makes the quotation marks within others single ones, from a place on: `““A” of B”` is `“‘A’ of B”`. Where they do not
/// match nothing is changed.
pub(super) fn nest(text: &mut String, begin: usize) {
    if let Some(nested) = text.get(begin..).and_then(nested) {
        text.truncate(begin);
        text.push_str(&nested);
    }
}

/// The text with its marks nested; nothing where it stays as it is.
fn nested(text: &str) -> Option<String> {
    if text.matches('“').nth(1).is_none() {
        return None;
    }
    let mut changed = String::with_capacity(text.len());
    // How many are open, double and single ones.
    let mut depth = 0_usize;
    for c in text.chars() {
        let is_inner = match c {
            '“' | '‘' => {
                depth += 1;
                depth.is_multiple_of(2)
            }
            '”' => {
                let is_inner = depth.is_multiple_of(2);
                depth = depth.checked_sub(1)?;
                is_inner
            }
            '’' if depth.is_multiple_of(2) && depth > 0 => {
                depth -= 1;
                true
            }
            _ => {
                changed.push(c);
                continue;
            }
        };
        changed.push(match c {
            '“' | '‘' if is_inner => '‘',
            '“' | '‘' => '“',
            _ if is_inner => '’',
            '”' => '”',
            c => c,
        });
    }
    (depth == 0 && changed != text).then_some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_within_marks_are_single() {
        for (text, right) in [
            ("““十四五”增长8%以上”：达成", "“‘十四五’增长8%以上”：达成"),
            ("““A” and “B””, “C”", "“‘A’ and ‘B’”, “C”"),
            ("“A”, “B”", "“A”, “B”"),
            ("“‘A’ of B” and “C”", "“‘A’ of B” and “C”"),
            ("“the plan’s “A””", "“the plan’s ‘A’”"),
            ("““A”", "““A”"),
            ("A” “B” “", "A” “B” “"),
            ("“", "“"),
        ] {
            let mut found = format!("“{text}");
            nest(&mut found, '“'.len_utf8());
            assert_eq!(found, format!("“{right}"));
        }
    }
}
