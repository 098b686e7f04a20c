//! Words for shells and for YAML.

/// A word as a shell takes it for itself.
pub(super) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-+./:,@%=".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// Words of a command, each for itself.
pub(super) fn words(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// A text as a string of YAML, in which Kubernetes puts no variable in the place of `$(…)`.
pub(super) fn of_kubernetes(text: &str) -> String {
    serde_json::Value::from(text.replace('$', "$$")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_would_take_them_apart() {
        assert_eq!(quoted("plans/plan-1.toml"), "plans/plan-1.toml");
        for (word, wanted) in [
            ("", "''"),
            ("a b", "'a b'"),
            ("规划", "'规划'"),
            ("it's", r"'it'\''s'"),
            ("$HOME;`x`", "'$HOME;`x`'"),
            ("a*", "'a*'"),
            ("~", "'~'"),
        ] {
            assert_eq!(quoted(word), wanted);
        }
        assert_eq!(of_kubernetes("a \"$(b)\""), r#""a \"$$(b)\"""#);
    }
}
