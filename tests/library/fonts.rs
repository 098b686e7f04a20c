//! The embedded font draws every character that the program or its scenarios can show.

use std::path::Path;

use plancast::chart::font;

#[test]
fn the_font_has_every_character_of_the_built_in_scenarios() {
    for file in plancast::scenario::builtin::files() {
        // Ornaments of comments are never shown.
        let shown: String = file.text.lines().filter(|line| !line.starts_with('#')).collect();
        let missing: Vec<char> = font::missing(&shown).into_iter().filter(|c| *c != '─').collect();
        assert_eq!(missing, Vec::<char>::new(), "{}", file.path);
    }
}

#[test]
fn the_font_has_every_character_of_the_programs_messages() {
    fn literals(tokens: proc_macro2::TokenStream, text: &mut String) {
        let mut attribute = false;
        for token in tokens {
            // Documentation is an attribute, and is not shown.
            let of_attribute = std::mem::replace(&mut attribute, false);
            match token {
                proc_macro2::TokenTree::Punct(sign) => {
                    attribute = sign.as_char() == '#' || of_attribute && sign.as_char() == '!';
                }
                proc_macro2::TokenTree::Group(group) if !of_attribute => literals(group.stream(), text),
                proc_macro2::TokenTree::Literal(literal) => text.push_str(&literal.to_string()),
                _ => {}
            }
        }
    }
    fn walk(folder: &Path, text: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, text);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                let program = source.split("#[cfg(test)]").next().unwrap();
                literals(program.parse().unwrap(), text);
            }
        }
    }
    // Charts take their words from these; the terminal draws with characters of its own.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in ["text", "scenario", "model", "result", "analysis", "chart", "report"] {
        let mut text = String::new();
        walk(&root.join(room), &mut text);
        // The marks of control characters are not drawn: a scenario cannot have them.
        text.retain(|c| !('\u{2400}'..='\u{2426}').contains(&c));
        assert_eq!(font::missing(&text), Vec::<char>::new(), "{room}");
    }
}
