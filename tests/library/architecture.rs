//! The rooms of the house and their order, read from the sources.
//!
//! Sources are read as tokens, so comments, doc links and strings do not count. Code under `#[cfg(test)]`
//! counts for the layers: a test that needs a room to the right belongs into that room or into `tests/`.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::sources;

/// Left to right. A module names only modules of groups to the left of its own.
const LAYERS: [&[&str]; 11] = [
    &["text", "num"],
    &["world"],
    &["formula", "ensemble"],
    &["scenario"],
    &["model"],
    &["engine"],
    &["result"],
    &["analysis"],
    &["chart", "export"],
    &["report"],
    &["study"],
];

fn layer(room: &str) -> Option<usize> {
    LAYERS.iter().position(|group| group.contains(&room))
}

/// A source file: its path below `src/`, the modules it is in (`["num", "special"]`) and its tokens.
struct Source {
    path: String,
    module: Vec<String>,
    tokens: Vec<TokenTree>,
}

impl Source {
    fn read(path: &str, text: &str) -> Self {
        let stem = path.strip_suffix(".rs").unwrap();
        let mut module: Vec<String> = stem.split('/').map(str::to_owned).collect();
        if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
            module.pop();
        }
        let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        Self { path: path.to_owned(), module, tokens: tokens.into_iter().collect() }
    }

    fn room(&self) -> Option<&str> {
        self.module.first().map(String::as_str)
    }
}

/// The sources of the library.
fn sources() -> Vec<Source> {
    below("src")
}

/// The sources of the library and of the command.
fn all_sources() -> Vec<Source> {
    sources().into_iter().chain(below("cli/src")).collect()
}

/// The sources below a folder of the repository.
fn below(folder: &str) -> Vec<Source> {
    let found = sources::below(folder);
    assert!(found.len() > 30, "only {} sources were found", found.len());
    found.iter().map(|(path, text)| Source::read(path, text)).collect()
}

fn word(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    }
}

fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// Whether `::` stands at this place.
fn is_path_sign(tokens: &[TokenTree], at: usize) -> bool {
    is_sign(tokens.get(at), ':') && is_sign(tokens.get(at + 1), ':')
}

fn inside(token: Option<&TokenTree>, delimiter: Delimiter) -> Option<Vec<TokenTree>> {
    match token {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => {
            Some(group.stream().into_iter().collect())
        }
        _ => None,
    }
}

/// Modules at the root of the crate that these tokens name, when they stand in `module`. `?` is a name that
/// cannot be followed: `crate::*`, `crate as`.
fn rooms_named(tokens: &[TokenTree], module: &[String], found: &mut BTreeSet<String>) {
    let mut at = 0;
    while at < tokens.len() {
        if let (Some("mod"), Some(name), Some(body)) = (
            word(tokens.get(at)).as_deref(),
            word(tokens.get(at + 1)),
            inside(tokens.get(at + 2), Delimiter::Brace),
        ) {
            rooms_named(&body, &[module, &[name]].concat(), found);
            at += 3;
            continue;
        }
        let first = word(tokens.get(at));
        let continues = at >= 2 && is_path_sign(tokens, at - 2);
        // `pub(crate)` and `pub(in crate::x)` say who may see, not what is used.
        let only = tokens.len() == 1;
        match first.as_deref() {
            Some("crate" | "super") if !continues && !only => path(&tokens[at..], module, found),
            _ => {}
        }
        if let TokenTree::Group(group) = &tokens[at] {
            let body: Vec<TokenTree> = group.stream().into_iter().collect();
            // A `use` group after `::` was followed by `path`; bodies and arguments are read here.
            if !continues {
                rooms_named(&body, module, found);
            }
        }
        at += 1;
    }
}

/// Follows one path that begins with `crate`, `super` or, inside a `use` group, any name.
fn path(tokens: &[TokenTree], module: &[String], found: &mut BTreeSet<String>) {
    let mut here = Some(module.to_vec());
    let mut at = 0;
    loop {
        match word(tokens.get(at)).as_deref() {
            Some("crate") => here = Some(Vec::new()),
            Some("super") => {
                // Beyond the root nothing compiles.
                let up = here.as_mut().unwrap();
                up.pop();
            }
            Some("self") if here.as_ref().is_some_and(|here| !here.is_empty()) => return,
            Some(name) => {
                if here.as_ref().is_some_and(Vec::is_empty) {
                    found.insert(if name == "as" { "?".to_owned() } else { name.to_owned() });
                }
                return;
            }
            None => {
                if let Some(group) = inside(tokens.get(at), Delimiter::Brace) {
                    for item in group.split(|token| is_sign(Some(token), ',')) {
                        path(item, here.as_ref().unwrap(), found);
                    }
                } else if is_sign(tokens.get(at), '*') && here.as_ref().is_some_and(Vec::is_empty) {
                    found.insert("?".to_owned());
                }
                return;
            }
        }
        if !is_path_sign(tokens, at + 1) {
            if here.as_ref().is_some_and(Vec::is_empty) && word(tokens.get(at + 1)).as_deref() == Some("as") {
                found.insert("?".to_owned());
            }
            return;
        }
        at += 3;
    }
}

/// What is wrong with the names that a source uses.
fn trespasses(source: &Source) -> Vec<String> {
    let Some(room) = source.room() else { return Vec::new() };
    let Some(own) = layer(room) else { return vec![format!("{}: {room} is no room", source.path)] };
    let mut named = BTreeSet::new();
    rooms_named(&source.tokens, &source.module, &mut named);
    named.remove(room);
    // The macros of `text` stand at the root, as exported macros do.
    named.retain(|name| !["key", "message", "tr"].contains(&name.as_str()));
    let allowed = |name: &String| layer(name).is_some_and(|other| other < own);
    named.iter().filter(|name| !allowed(name)).map(|name| format!("{}: names {name}", source.path)).collect()
}

#[test]
fn a_room_names_only_rooms_to_its_left() {
    let wrong: Vec<String> = sources().iter().flat_map(trespasses).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_watchman_sees_every_way_out_of_a_room() {
    for (path, text) in [
        ("num/draw.rs", "use crate::report::page;"),
        ("num/draw.rs", "use crate::text::Text;"),
        ("chart/fan.rs", "fn f() { crate::export::bands::x() }"),
        ("num/draw.rs", "use crate::{num::exp, model::Model};"),
        ("num/draw.rs", "use super::super::{model, num};"),
        ("num/draw.rs", "use super::{super::engine::run, special};"),
        ("num/mod.rs", "use super::engine;"),
        ("num/mod.rs", "mod tests { use super::super::engine::run; }"),
        ("num/mod.rs", "#[cfg(test)] mod tests { fn f() { crate::report::page(); } }"),
        ("num/mod.rs", "use crate::*;"),
        ("num/mod.rs", "use crate as house;"),
        ("num/mod.rs", "use crate::{self as house};"),
        ("num/mod.rs", "macro_rules! m { () => { $crate::engine::run() } }"),
        ("attic/mod.rs", "fn f() {}"),
    ] {
        assert!(!trespasses(&Source::read(path, text)).is_empty(), "{path}: {text}");
    }
}

#[test]
fn the_watchman_lets_the_permitted_pass() {
    for (path, text) in [
        ("engine/run.rs", "use crate::{model::Model, num::BLOCK};"),
        ("engine/run.rs", "use super::block::Machine; mod tests { use super::super::paths; use super::*; }"),
        ("engine/run.rs", "pub(crate) fn f() {} pub(in crate::engine) fn g() {}"),
        (
            "num/draw.rs",
            "//! [`crate::report`]\n/// See [`crate::engine`].\nfn f() { /* crate::report */ g(\"crate::report\") }",
        ),
        ("num/draw/generator.rs", "use super::super::philox; use crate::num::{self, exp};"),
        ("lib.rs", "pub mod report;"),
    ] {
        assert_eq!(trespasses(&Source::read(path, text)), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn every_room_of_the_design_exists_and_no_other() {
    let rooms: BTreeSet<String> = sources().iter().filter_map(|s| s.room().map(str::to_owned)).collect();
    let designed: BTreeSet<String> = LAYERS.concat().into_iter().map(str::to_owned).collect();
    assert_eq!(rooms, designed);
}

/// The tokens that are compiled into the program: without the items under `#[cfg(test)]`. The names of test
/// modules in files of their own go to `files`.
fn without_tests(tokens: &[TokenTree], files: &mut Vec<String>) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let attribute = is_sign(tokens.get(at), '#').then(|| inside(tokens.get(at + 1), Delimiter::Bracket));
        let text = attribute.flatten().map(|body| body.into_iter().collect::<TokenStream>().to_string());
        if text.is_some_and(|text| text.replace(' ', "") == "cfg(test)") {
            at += 2;
            // The item ends at its body or its semicolon.
            while let Some(token) = tokens.get(at) {
                at += 1;
                if word(Some(token)).as_deref() == Some("mod") && is_sign(tokens.get(at + 1), ';') {
                    files.extend(word(tokens.get(at)));
                }
                if is_sign(Some(token), ';') || inside(Some(token), Delimiter::Brace).is_some() {
                    break;
                }
            }
            continue;
        }
        kept.push(tokens[at].clone());
        at += 1;
    }
    kept
}

/// The sources of the program itself, without tests.
fn program() -> Vec<Source> {
    let mut files = Vec::new();
    let mut kept = Vec::new();
    for mut source in all_sources() {
        let mut names = Vec::new();
        source.tokens = without_tests(&source.tokens, &mut names);
        files.extend(names.into_iter().map(|name| [source.module.clone(), vec![name]].concat()));
        kept.push(source);
    }
    kept.retain(|source| !files.iter().any(|file| source.module.starts_with(file)));
    kept
}

/// Calls `each` with every place in the tokens, also inside groups, and what follows it there.
fn everywhere(tokens: &[TokenTree], each: &mut impl FnMut(&[TokenTree])) {
    for at in 0..tokens.len() {
        each(&tokens[at..]);
        if let TokenTree::Group(group) = &tokens[at] {
            everywhere(&group.stream().into_iter().collect::<Vec<_>>(), each);
        }
    }
}

/// The sources in which something is found, as `path: what`.
fn found(sources: &[Source], what: impl Fn(&[TokenTree]) -> Option<String>) -> BTreeSet<String> {
    let mut wrong = BTreeSet::new();
    for source in sources {
        everywhere(&source.tokens, &mut |tokens| {
            wrong.extend(what(tokens).map(|what| format!("{}: {what}", source.path)));
        });
    }
    wrong
}

fn map_without_order(tokens: &[TokenTree]) -> Option<String> {
    word(tokens.first()).filter(|name| ["HashMap", "HashSet"].contains(&name.as_str()))
}

fn unfinished(tokens: &[TokenTree]) -> Option<String> {
    let unfinished = ["todo", "unimplemented", "dbg"];
    word(tokens.first()).filter(|name| unfinished.contains(&name.as_str()) && is_sign(tokens.get(1), '!'))
}

fn unwrapped(tokens: &[TokenTree]) -> Option<String> {
    let name = word(tokens.get(1)).filter(|_| is_sign(tokens.first(), '.'))?;
    // A parser's own `expect` gives a result: its `?` tells it from the one that panics.
    let panics = name == "unwrap" || name == "expect" && !is_sign(tokens.get(3), '?');
    panics.then_some(name)
}

fn none() -> BTreeSet<String> {
    BTreeSet::new()
}

#[test]
fn no_map_without_an_order_is_used() {
    assert_eq!(found(&all_sources(), map_without_order), none());
}

#[test]
fn nothing_is_left_unfinished() {
    assert_eq!(found(&all_sources(), unfinished), none());
}

#[test]
fn nothing_outside_tests_unwraps() {
    assert_eq!(found(&program(), unwrapped), none());
}

#[test]
fn the_watchman_sees_a_map_a_gap_and_an_unwrap() {
    let text = "fn f() { let m: HashMap<u8, u8> = x.unwrap(); if m { todo!() } }";
    let source = [Source::read("num/draw.rs", text)];
    assert_eq!(found(&source, map_without_order).len(), 1);
    assert_eq!(found(&source, unfinished).len(), 1);
    assert_eq!(found(&source, unwrapped).len(), 1);
}

#[test]
fn code_under_cfg_test_is_told_from_the_program() {
    let text =
        "#[cfg(test)] pub(crate) mod sample; #[cfg(test)] mod tests { fn f() { x.unwrap() } } fn g() {}";
    let source = Source::read("num/draw.rs", text);
    let mut files = Vec::new();
    let kept = without_tests(&source.tokens, &mut files);
    assert_eq!(kept.into_iter().collect::<TokenStream>().to_string(), "fn g () { }");
    assert_eq!(files, ["sample"]);
}
