//! The texts for people: every key that code names stands in the file of every language with the same arguments, no key
//! is left over, and no text stands in the sources.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;
use plancast::message;
use plancast::text::{Argument, Language, Message};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::sources;

/// Sources with Chinese words in them that stand there until they are converted.
const NOT_CONVERTED: &[&str] = &[];

/// Sources whose Chinese words and signs are read and not shown: the names by which a scenario writes units, signs that
/// are answered, and signs beside which no line ends.
const READ_NOT_SHOWN: [&str; 8] = [
    "src/formula/token.rs",
    "src/model/unit/table.rs",
    "src/scenario/quantity/percent.rs",
    "src/scenario/separated.rs",
    "src/scenario/table/year.rs",
    "src/text/message.rs",
    "src/text/unit_table.rs",
    "src/text/wrap.rs",
];

/// What a text takes: the names of its arguments.
type Arguments = BTreeSet<String>;

/// The texts of a language by their keys, an attribute after a dot, but for the help of the command line: English stands
/// beside its options, and tests of the command hold the other languages against them.
fn texts(language: Language) -> BTreeMap<String, Arguments> {
    let mut found = all_texts(language);
    found.retain(|key, _| !key.starts_with("help-"));
    found
}

fn all_texts(language: Language) -> BTreeMap<String, Arguments> {
    let file = format!("{}.ftl", language.code());
    let resource = parser::parse(language.source());
    let resource = resource.unwrap_or_else(|(_, errors)| panic!("{file}: {errors:?}"));
    let mut found = BTreeMap::new();
    let mut add = |key: String, pattern: &Pattern<&str>| {
        let mut arguments = Arguments::new();
        pattern_arguments(pattern, &mut arguments);
        assert!(found.insert(key.clone(), arguments).is_none(), "{file}: {key} stands there twice");
    };
    for entry in &resource.body {
        match entry {
            Entry::Message(message) => {
                let name = message.id.name;
                if let Some(value) = &message.value {
                    add(name.to_owned(), value);
                }
                message.attributes.iter().for_each(|one| add(format!("{name}.{}", one.id.name), &one.value));
            }
            Entry::Term(term) => panic!("{file}: terms are not known: -{}", term.id.name),
            Entry::Junk { content } => panic!("{file}: {content}"),
            _ => {}
        }
    }
    found
}

fn pattern_arguments(pattern: &Pattern<&str>, found: &mut Arguments) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            expression_arguments(expression, found);
        }
    }
}

fn expression_arguments(expression: &Expression<&str>, found: &mut Arguments) {
    let mut inline = |inline: &InlineExpression<&str>| match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        InlineExpression::Placeable { expression } => expression_arguments(expression, found),
        other => panic!("this is not known to the program: {other:?}"),
    };
    match expression {
        Expression::Inline(one) => inline(one),
        Expression::Select { selector, variants } => {
            inline(selector);
            variants.iter().for_each(|variant| pattern_arguments(&variant.value, found));
        }
    }
}

/// The files of the modules that a file declares for its tests: `#[cfg(test)] mod sample;`.
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let (folder, file) = path.rsplit_once('/').unwrap();
    let folder = match file.strip_suffix(".rs").unwrap() {
        "mod" | "lib" | "main" => folder.to_owned(),
        own => format!("{folder}/{own}"),
    };
    let lines: Vec<&str> = text.lines().collect();
    let declared = lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]");
    let names = declared.filter_map(|pair| pair[1].strip_suffix(';')?.split_once("mod "));
    names.map(|(_, name)| format!("{folder}/{name}.rs")).collect()
}

/// The sources of the library and of the command, by their paths in the repository.
fn sources() -> Vec<(String, TokenStream)> {
    let of_folder = |folder: &'static str| {
        sources::below(folder).into_iter().map(move |(path, text)| (format!("{folder}/{path}"), text))
    };
    let mut found: Vec<(String, String)> = ["cli/src", "src"].into_iter().flat_map(of_folder).collect();
    let for_tests: Vec<String> = found.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    found.retain(|(path, _)| !path.ends_with("/tests.rs") && !for_tests.contains(path));
    assert!(found.len() > 100, "only {} sources were found", found.len());
    found.into_iter().map(|(path, text)| (path, text.parse().unwrap())).collect()
}

/// Calls `see` with all tokens of each group that is no test and no documentation.
fn each_group(tokens: TokenStream, see: &mut impl FnMut(&[TokenTree])) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if is_sign(&tokens[at], '#') {
            let bracket =
                if tokens.get(at + 1).is_some_and(|next| is_sign(next, '!')) { at + 2 } else { at + 1 };
            if let Some(TokenTree::Group(attribute)) = tokens.get(bracket) {
                let text = attribute.stream().to_string().replace(' ', "");
                at = bracket + 1;
                if text == "cfg(test)" {
                    // What is only for tests ends with its body, or with a semicolon.
                    let ends = |token: &TokenTree| {
                        is_sign(token, ';')
                            || matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
                    };
                    at += tokens[at..].iter().position(ends).map_or(tokens.len(), |length| length + 1);
                }
                continue;
            }
        }
        kept.push(tokens[at].clone());
        at += 1;
    }
    see(&kept);
    for token in kept {
        if let TokenTree::Group(group) = token {
            each_group(group.stream(), see);
        }
    }
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn is_word(token: &TokenTree, words: &[&str]) -> bool {
    matches!(token, TokenTree::Ident(ident) if words.iter().any(|word| ident == word))
}

fn parts(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.split(|token| is_sign(token, ',')).filter(|part| !part.is_empty()).map(<[_]>::to_vec).collect()
}

/// Each use of a text: the source, the key, the arguments.
fn used() -> Vec<(String, String, Arguments)> {
    let mut found = Vec::new();
    for (source, tokens) in sources() {
        each_group(tokens, &mut |tokens| {
            for window in tokens.windows(3) {
                let TokenTree::Group(group) = &window[2] else { continue };
                if !is_word(&window[0], &["message", "tr", "key"])
                    || !is_sign(&window[1], '!')
                    || group.delimiter() != Delimiter::Parenthesis
                {
                    continue;
                }
                let mut parts = parts(group.stream());
                if is_word(&window[0], &["tr"]) {
                    parts.remove(0);
                }
                let key = parts.remove(0)[0].to_string();
                // The macros name each other with what they were given.
                if key == "$" {
                    continue;
                }
                let Some(key) = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')) else {
                    panic!("{source}: a key is a literal, not {key}");
                };
                // A comma in the type of a turbofish parts what is no argument: arguments are `name = …`.
                let is_named = |part: &&Vec<TokenTree>| part.get(1).is_some_and(|sign| is_sign(sign, '='));
                let arguments = parts.iter().filter(is_named).map(|part| part[0].to_string()).collect();
                found.push((source.clone(), key.to_owned(), arguments));
            }
        });
    }
    found
}

#[test]
fn every_text_that_code_names_stands_in_every_language_with_its_arguments() {
    let mut wrong = Vec::new();
    for &language in Language::ALL {
        let texts = texts(language);
        for (source, key, given) in used() {
            match texts.get(&key) {
                None => wrong.push(format!("{}.ftl lacks {key} ({source})", language.code())),
                Some(taken) if *taken != given => wrong.push(format!(
                    "{}.ftl: {key} takes {taken:?}, and {source} gives {given:?}",
                    language.code()
                )),
                Some(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_text_is_left_over() {
    let used: BTreeSet<String> = used().into_iter().map(|(_, key, _)| key).collect();
    for &language in Language::ALL {
        let left: Vec<String> = texts(language).into_keys().filter(|key| !used.contains(key)).collect();
        assert!(left.is_empty(), "{}.ftl: nothing uses {left:?}", language.code());
    }
}

#[test]
fn all_languages_have_the_same_texts() {
    let first = texts(Language::default());
    for &language in Language::ALL {
        let texts = texts(language);
        let other = |key: &&String| !texts.contains_key(*key);
        let lacks: Vec<&String> = first.keys().filter(other).collect();
        let more: Vec<&String> = texts.keys().filter(|key| !first.contains_key(*key)).collect();
        assert!(lacks.is_empty() && more.is_empty(), "{}: lacks {lacks:?}, more {more:?}", language.code());
    }
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

#[test]
fn no_chinese_words_stand_in_the_sources() {
    let mut found = BTreeSet::new();
    for (source, tokens) in sources() {
        each_group(tokens, &mut |tokens| {
            let chinese = |token: &TokenTree| match token {
                TokenTree::Literal(literal) => literal.to_string().contains(is_chinese),
                _ => false,
            };
            if tokens.iter().any(chinese) {
                found.insert(source.clone());
            }
        });
    }
    READ_NOT_SHOWN.iter().for_each(|source| assert!(found.remove(*source), "{source} needs no exception"));
    let listed: BTreeSet<String> = NOT_CONVERTED.iter().map(|source| (*source).to_owned()).collect();
    let new: Vec<_> = found.difference(&listed).collect();
    assert!(new.is_empty(), "texts for people stand in src/text/messages/: {new:#?}");
    let done: Vec<_> = listed.difference(&found).collect();
    assert!(done.is_empty(), "take these off the list, they are converted: {done:#?}");
}

/// The forms of the plural that a file may name are those that a number can have.
#[test]
fn plurals_are_written_for_the_forms_of_the_language() {
    for &language in Language::ALL {
        let forms: BTreeSet<&str> = (0..200).map(|number| language.plural(number).code()).collect();
        let resource = parser::parse(language.source()).unwrap();
        let mut check = |pattern: &Pattern<&str>| {
            for element in &pattern.elements {
                let PatternElement::Placeable { expression: Expression::Select { variants, .. } } = element
                else {
                    continue;
                };
                let names = variants.iter().filter_map(|variant| match variant.key {
                    VariantKey::Identifier { name } => Some(name),
                    VariantKey::NumberLiteral { .. } => None,
                });
                let plural = ["zero", "one", "two", "few", "many"];
                names.filter(|name| plural.contains(name)).for_each(|name| {
                    assert!(forms.contains(name), "{}: no number is [{name}]", language.code());
                });
            }
        };
        for entry in &resource.body {
            if let Entry::Message(message) = entry {
                message.value.iter().for_each(&mut check);
                message.attributes.iter().for_each(|one| check(&one.value));
            }
        }
    }
}

#[test]
fn a_plural_follows_its_number_and_nothing_else() {
    let text = |count: u64, language| message!("text-paths", count = count).text(language);
    let english = [0, 1, 2, 1000].map(|count| text(count, Language::En));
    assert_eq!(english, ["0 paths", "1 path", "2 paths", "1,000 paths"]);
    let chinese = [0, 1, 2].map(|count| text(count, Language::Zh));
    assert_eq!(chinese, ["0条路径", "1条路径", "2条路径"]);
}

/// Each text is rendered with all that it takes, as a text and as a count of 0, 1 and 2.
#[test]
fn no_rendered_text_holds_a_placeholder() {
    for &language in Language::ALL {
        for (key, names) in texts(language) {
            let key: &'static str = key.leak();
            for argument in
                [Argument::Text("x".into()), Argument::Count(0), Argument::Count(1), Argument::Count(2)]
            {
                let given = |name: &String| (&*name.clone().leak(), argument.clone());
                let text = Message::new(key, names.iter().map(given)).text(language);
                assert!(
                    !text.contains("{$") && !text.contains("  ") && !text.contains('\n'),
                    "{key}: {text}"
                );
            }
        }
    }
}
