//! The messages of one language: its Fluent file, in which a message is read only when it is asked for.
//!
//! To read a whole file takes some milliseconds, longer than a short command. So it is only cut into messages, which
//! begin where a line begins with a letter; the parser gets one message at a time.

use std::sync::OnceLock;

use fluent_syntax::ast;
use fluent_syntax::parser;

use super::Language;

/// A pattern of the parser, over the text of the program.
pub(super) type Pattern = ast::Pattern<&'static str>;

/// The messages of a language, sorted by their names.
pub(super) struct Catalogue(Vec<Entry>);

/// One message of a file, with its attributes (`.help`).
struct Entry {
    name: &'static str,
    source: &'static str,
    parsed: OnceLock<Option<ast::Message<&'static str>>>,
}

impl Catalogue {
    /// The messages of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        static ALL: [OnceLock<Catalogue>; Language::ALL.len()] =
            [const { OnceLock::new() }; Language::ALL.len()];
        ALL[language as usize].get_or_init(|| Self::new(language.source()))
    }

    fn new(source: &'static str) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        let mut start = None;
        let mut at = 0;
        for line in source.split_inclusive('\n') {
            let begins = line.starts_with(|c: char| c.is_ascii_alphabetic());
            // A comment ends what stands before it.
            if begins || line.starts_with('#') {
                entries.extend(start.take().map(|start: usize| Entry::new(&source[start..at])));
                start = begins.then_some(at);
            }
            at += line.len();
        }
        entries.extend(start.map(|start| Entry::new(&source[start..])));
        entries.sort_by_key(|entry| entry.name);
        Self(entries)
    }

    /// The keys of all messages and of their attributes.
    pub(super) fn keys(&self) -> impl Iterator<Item = String> {
        self.0.iter().filter_map(|entry| entry.parsed()).flat_map(|message| {
            let name = message.id.name;
            let own = message.value.iter().map(move |_| name.to_owned());
            own.chain(message.attributes.iter().map(move |one| format!("{name}.{}", one.id.name)))
        })
    }

    /// The pattern of a key: a message, or an attribute of one (`scenario-load-circle.help`).
    pub(super) fn pattern(&self, key: &str) -> Option<&Pattern> {
        let (name, attribute) = key.split_once('.').map_or((key, None), |(name, part)| (name, Some(part)));
        let at = self.0.binary_search_by_key(&name, |entry| entry.name).ok()?;
        let message = self.0[at].parsed()?;
        match attribute {
            None => message.value.as_ref(),
            Some(id) => message.attributes.iter().find(|one| one.id.name == id).map(|one| &one.value),
        }
    }
}

impl Entry {
    fn new(source: &'static str) -> Self {
        let name = source.split([' ', '=']).next().unwrap_or_default();
        Self { name, source, parsed: OnceLock::new() }
    }

    fn parsed(&self) -> Option<&ast::Message<&'static str>> {
        let parse = || {
            let resource = parser::parse(self.source).unwrap_or_else(|(resource, _)| resource);
            resource.body.into_iter().find_map(|entry| match entry {
                ast::Entry::Message(message) => Some(message),
                _ => None,
            })
        };
        self.parsed.get_or_init(parse).as_ref()
    }
}
