//! The list of what the library offers: every public item outside modules that its documentation hides, read from the
//! sources. A change of the list is a change for users, and is seen in the snapshot's difference.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Words that introduce an item with a name.
const KINDS: [&str; 9] = ["fn", "struct", "enum", "trait", "const", "static", "type", "mod", "union"];

fn word(token: Option<&TokenTree>) -> String {
    match token {
        Some(TokenTree::Ident(ident)) => ident.to_string(),
        _ => String::new(),
    }
}

fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

fn braces(token: &TokenTree) -> Option<Vec<TokenTree>> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            Some(group.stream().into_iter().collect())
        }
        _ => None,
    }
}

/// The file of a module that is declared in the file of another.
fn file_of(parent: &Path, module: &str) -> PathBuf {
    let stem = parent.file_stem().unwrap().to_str().unwrap();
    let folder = match stem {
        "lib" | "mod" => parent.parent().unwrap().to_owned(),
        _ => parent.with_extension(""),
    };
    let flat = folder.join(module).with_extension("rs");
    if flat.is_file() { flat } else { folder.join(module).join("mod.rs") }
}

/// Whether the attributes before an item hide it from the documentation or compile it for tests alone.
fn is_hidden(attributes: &str) -> bool {
    let bare = attributes.replace(' ', "");
    bare.contains("doc(hidden)") || bare.contains("cfg(test)")
}

/// Adds the public items of some tokens, which stand in a module of a file; of private modules those that it names in
/// `pub use`.
fn items(tokens: &[TokenTree], file: &Path, path: &str, found: &mut BTreeSet<String>) {
    let (mut at, mut attributes) = (0, String::new());
    let (mut private, mut named) = (BTreeSet::new(), BTreeSet::new());
    while at < tokens.len() {
        // What is said of the file itself.
        if is_sign(tokens.get(at), '#') && is_sign(tokens.get(at + 1), '!') {
            at += 3;
            continue;
        }
        if is_sign(tokens.get(at), '#') && at + 1 < tokens.len() {
            attributes.push_str(&tokens[at + 1].to_string());
            at += 2;
            continue;
        }
        let start = word(tokens.get(at));
        let public = start == "pub" && !matches!(tokens.get(at + 1), Some(TokenTree::Group(_)));
        if public && !is_hidden(&attributes) {
            if word(tokens.get(at + 1)) == "use" {
                let used = tokens[at + 2..].iter().take_while(|token| !is_sign(Some(token), ';'));
                words(&used.cloned().collect::<Vec<_>>(), &mut named);
            }
            public_item(&tokens[at + 1..], file, path, found);
        } else if start == "mod" && !is_hidden(&attributes) && is_sign(tokens.get(at + 2), ';') {
            module(&word(tokens.get(at + 1)), file, path, &mut private);
        } else if start == "impl" && !is_hidden(&attributes) {
            methods(&tokens[at..], path, found);
        }
        attributes.clear();
        // An item ends at its semicolon or its body.
        while at < tokens.len() && !is_sign(tokens.get(at), ';') && braces(&tokens[at]).is_none() {
            at += 1;
        }
        at += 1;
    }
    let own = |item: &String| item[path.len()..].split([':', ' ']).next().unwrap_or_default().to_owned();
    // Methods that stand in a private module are those of a type that may be declared here.
    let declared = |name: &str| {
        let item = format!("{path}{name} (");
        found.iter().any(|known| known.starts_with(&item))
    };
    let private: Vec<String> =
        private.into_iter().filter(|item| named.contains(&own(item)) || declared(&own(item))).collect();
    found.extend(private);
}

/// Adds all words of some tokens.
fn words(tokens: &[TokenTree], found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                found.insert(ident.to_string());
            }
            TokenTree::Group(group) => words(&group.stream().into_iter().collect::<Vec<_>>(), found),
            _ => {}
        }
    }
}

/// Adds the public items of a module that has a file of its own.
fn module(name: &str, parent: &Path, path: &str, found: &mut BTreeSet<String>) {
    let file = file_of(parent, name);
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let tokens: Vec<TokenTree> = text.parse::<TokenStream>().unwrap().into_iter().collect();
    items(&tokens, &file, path, found);
}

/// Adds one public item, and what is in it.
fn public_item(tokens: &[TokenTree], file: &Path, path: &str, found: &mut BTreeSet<String>) {
    let first = word(tokens.first());
    if first == "use" {
        let used: TokenStream =
            tokens[1..].iter().take_while(|token| !is_sign(Some(token), ';')).cloned().collect();
        found.insert(format!("{path}use {}", used.to_string().replace(' ', "")));
        return;
    }
    // `const fn`, `unsafe fn` and the like have their kind last.
    let kind = tokens.iter().take(4).rposition(|token| KINDS.contains(&word(Some(token)).as_str()));
    let Some(kind) = kind else { return };
    let (kind, name) = (word(tokens.get(kind)), word(tokens.get(kind + 1)));
    if kind == "mod" {
        module(&name, file, &format!("{path}{name}::"), found);
    } else {
        found.insert(format!("{path}{name} ({kind})"));
    }
}

/// Adds the public functions of an `impl` of a type's own; those of a trait are as public as the trait.
fn methods(tokens: &[TokenTree], path: &str, found: &mut BTreeSet<String>) {
    let Some(end) = tokens.iter().position(|token| braces(token).is_some()) else { return };
    let head = &tokens[..end];
    if head.iter().any(|token| word(Some(token)) == "for") {
        return;
    }
    // The type is the first word outside the angles of the generics.
    let (mut depth, mut owner) = (0_i32, String::new());
    for token in &head[1..] {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' => depth -= 1,
            TokenTree::Ident(ident) if depth == 0 && owner.is_empty() => owner = ident.to_string(),
            _ => {}
        }
    }
    let mut inside = BTreeSet::new();
    items(&braces(&tokens[end]).unwrap(), Path::new(""), "", &mut inside);
    found.extend(inside.into_iter().map(|item| format!("{path}{owner}::{item}")));
}

#[test]
fn what_is_public_is_meant() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let tokens: Vec<TokenTree> =
        std::fs::read_to_string(&file).unwrap().parse::<TokenStream>().unwrap().into_iter().collect();
    let mut found = BTreeSet::new();
    items(&tokens, &file, "", &mut found);
    assert!(found.contains("study::Options::paths (fn)"), "{found:#?}");
    insta::assert_snapshot!("interface", found.into_iter().collect::<Vec<_>>().join("\n"));
}
