//! Texts for people as data: a [`Message`] is the key of a text and what is filled into it, and becomes a text only
//! when it is known in which language it is read.
//!
//! The texts stand in `messages/`, a file in the Fluent syntax for each language. Code names them by the macros
//! [`message!`](crate::message), [`tr!`](crate::tr) and [`key!`](crate::key).

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use fluent_syntax::ast::{Expression, InlineExpression, PatternElement, Variant, VariantKey};
use fluent_syntax::unicode::unescape_unicode_to_string;

use super::catalogue::{Catalogue, Pattern};
use super::number::count;
use super::period::{self, Step};
use super::quotes;
use super::{Language, Text};

/// The key of a text that has nothing to fill in: made by [`key!`](crate::key), for tables of constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(&'static str);

impl Key {
    #[doc(hidden)]
    pub const fn new(key: &'static str) -> Self {
        Self(key)
    }

    /// The text in a language.
    pub fn text(self, language: Language) -> &'static str {
        /// Texts that are put together, as `{" "}`: they are few, and each is kept once.
        static JOINED: Mutex<BTreeMap<(Language, &'static str), &'static str>> = Mutex::new(BTreeMap::new());
        let Some(pattern) = pattern(language, self.0) else { return self.0 };
        if let [PatternElement::TextElement { value }] = pattern.elements.as_slice() {
            return value;
        }
        let mut joined = JOINED.lock().unwrap_or_else(PoisonError::into_inner);
        joined
            .entry((language, self.0))
            .or_insert_with(|| Box::leak(Message::new(self.0, []).text(language).into_boxed_str()))
    }
}

/// In English.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text(Language::En))
    }
}

/// A text for people in no language yet: it is printed by [`Message::text`], and by `Display` in English.
///
/// ```
/// use plancast::message;
/// use plancast::text::Language;
///
/// let paths = message!("text-paths", count = 2_u64);
/// assert_eq!((paths.text(Language::En), paths.text(Language::Zh)), ("2 paths".into(), "2条路径".into()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message(Box<Body>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Body {
    /// A text that is the same in every language.
    Verbatim(String),
    Keyed {
        key: &'static str,
        arguments: Vec<(&'static str, Argument)>,
    },
    /// Messages one after the other.
    Joined(Vec<Message>),
}

/// What is filled into a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A text as it is: a name, a number that is formatted, a part of a file.
    Text(String),
    /// How many of something: shown with its thousands grouped, and chooses the plural.
    Count(u64),
    /// A text of its own.
    Message(Box<Message>),
    /// Texts with commas between them.
    List(Vec<Message>),
    /// A title in the words of a scenario.
    Title(Text),
}

impl Message {
    #[doc(hidden)]
    pub fn new(key: &'static str, arguments: impl IntoIterator<Item = (&'static str, Argument)>) -> Self {
        Self(Box::new(Body::Keyed { key, arguments: arguments.into_iter().collect() }))
    }

    /// A text that is the same in every language: what another program says, or a piece of a file.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self(Box::new(Body::Verbatim(text.into())))
    }

    /// This message and another one behind it, with nothing between them.
    #[must_use]
    pub fn and(self, next: impl Into<Self>) -> Self {
        let all = match *self.0 {
            Body::Joined(mut all) => {
                all.push(next.into());
                all
            }
            body => vec![Self(Box::new(body)), next.into()],
        };
        Self(Box::new(Body::Joined(all)))
    }

    /// The text in a language.
    pub fn text(&self, language: Language) -> String {
        let mut text = String::new();
        self.write(language, &mut text);
        text
    }

    /// Whether this and another message are the same text with other things filled in.
    pub fn has_key_of(&self, other: &Self) -> bool {
        matches!((&*self.0, &*other.0), (Body::Keyed { key, .. }, Body::Keyed { key: other, .. }) if key == other)
    }

    /// Whether it is no text at all.
    pub fn is_empty(&self) -> bool {
        matches!(&*self.0, Body::Verbatim(text) if text.is_empty())
    }

    /// The same with every text in it changed: cut, for one.
    #[must_use]
    pub(super) fn each_text(self, change: &impl Fn(&str) -> String) -> Self {
        let all = |list: Vec<Self>| list.into_iter().map(|one| one.each_text(change)).collect();
        Self(Box::new(match *self.0 {
            Body::Verbatim(text) => Body::Verbatim(change(&text)),
            Body::Joined(list) => Body::Joined(all(list)),
            Body::Keyed { key, arguments } => {
                let argument = |argument| match argument {
                    Argument::Text(text) => Argument::Text(change(&text)),
                    Argument::Message(message) => Argument::Message(Box::new(message.each_text(change))),
                    Argument::List(list) => Argument::List(all(list)),
                    Argument::Title(title) => {
                        Argument::Title(Text { en: change(&title.en), zh: change(&title.zh) })
                    }
                    Argument::Count(_) => argument,
                };
                let arguments = arguments.into_iter().map(|(name, value)| (name, argument(value)));
                Body::Keyed { key, arguments: arguments.collect() }
            }
        }))
    }

    fn write(&self, language: Language, out: &mut String) {
        match &*self.0 {
            Body::Verbatim(text) => out.push_str(text),
            Body::Joined(list) => list.iter().for_each(|one| one.write(language, out)),
            Body::Keyed { key, arguments } => match pattern(language, key) {
                Some(pattern) => {
                    let begin = out.len();
                    Filling { language, arguments, depth: 0 }.pattern(pattern, out);
                    quotes::nest(out, begin);
                }
                None => out.push_str(key),
            },
        }
    }
}

/// The pattern of a key in a language, or in English where that has none.
fn pattern(language: Language, key: &str) -> Option<&'static Pattern> {
    let of = |language| Catalogue::of(language).pattern(key);
    of(language).or_else(|| of(Language::default()))
}

/// The text of a key that is put together while the program runs, where the language has it: English does not stand in.
pub fn lookup(language: Language, key: &str) -> Option<String> {
    let pattern = Catalogue::of(language).pattern(key)?;
    let mut text = String::new();
    Filling { language, arguments: &[], depth: 0 }.pattern(pattern, &mut text);
    Some(text)
}

/// The keys of all texts of a language, an attribute's after a dot.
pub fn keys(language: Language) -> impl Iterator<Item = String> {
    Catalogue::of(language).keys()
}

/// Fills arguments into patterns.
#[derive(Clone, Copy)]
struct Filling<'a> {
    language: Language,
    arguments: &'a [(&'static str, Argument)],
    /// How many messages name each other, of which one may name itself.
    depth: u8,
}

/// Most messages that may name each other.
const MOST_DEPTH: u8 = 8;

impl Filling<'_> {
    fn pattern(self, pattern: &Pattern, out: &mut String) {
        let mut after_part = false;
        for (place, element) in pattern.elements.iter().enumerate() {
            match element {
                // A quarter or month that stands where years do is none: 2025Q1, and not 2025Q1年 or the year 2025Q1.
                PatternElement::TextElement { value } => {
                    let rest = value.strip_prefix('年').filter(|rest| after_part && !rest.starts_with('度'));
                    let value = rest.unwrap_or(value);
                    let next = pattern.elements.get(place + 1);
                    let before_part = next.is_some_and(|next| self.is_part_of_a_year(next));
                    let rest = value.strip_suffix("the year ").filter(|_| before_part);
                    out.push_str(rest.unwrap_or(value));
                }
                PatternElement::Placeable { expression } => self.expression(expression, out),
            }
            after_part = self.is_part_of_a_year(element);
        }
    }

    /// Whether what is filled in is a quarter or month.
    fn is_part_of_a_year(&self, element: &PatternElement<&'static str>) -> bool {
        let PatternElement::Placeable { expression } = element else { return false };
        let Expression::Inline(InlineExpression::VariableReference { id }) = expression else { return false };
        match self.argument(id.name) {
            Some(Argument::Text(text)) => {
                text.contains(['Q', 'M'])
                    && period::parse(text).is_some_and(|found| period::step_of(found) != Step::Year)
            }
            _ => false,
        }
    }

    fn expression(self, expression: &Expression<&'static str>, out: &mut String) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, out),
            Expression::Select { selector, variants } => {
                if let Some(variant) = self.chosen(selector, variants) {
                    self.pattern(&variant.value, out);
                }
            }
        }
    }

    fn inline(self, inline: &InlineExpression<&'static str>, out: &mut String) {
        match inline {
            InlineExpression::StringLiteral { value } => out.push_str(&unescape_unicode_to_string(value)),
            InlineExpression::NumberLiteral { value } => out.push_str(value),
            InlineExpression::VariableReference { id } => match self.argument(id.name) {
                Some(argument) => argument.write(self.language, out),
                None => out.extend(["{$", id.name, "}"]),
            },
            InlineExpression::MessageReference { id, .. } if self.depth < MOST_DEPTH => {
                if let Some(pattern) = pattern(self.language, id.name) {
                    Self { depth: self.depth + 1, ..self }.pattern(pattern, out);
                }
            }
            InlineExpression::Placeable { expression } => self.expression(expression, out),
            // Functions and terms are not used; a test of the files says so.
            _ => {}
        }
    }

    /// The variant that fits: an exact number or name before a form of the plural, or else the default.
    fn chosen<'v>(
        self,
        selector: &InlineExpression<&'static str>,
        variants: &'v [Variant<&'static str>],
    ) -> Option<&'v Variant<&'static str>> {
        let named = |name: &str| {
            variants.iter().find(|variant| match &variant.key {
                VariantKey::Identifier { name: key } | VariantKey::NumberLiteral { value: key } => {
                    *key == name
                }
            })
        };
        let argument = match selector {
            InlineExpression::VariableReference { id } => self.argument(id.name),
            _ => None,
        };
        let found = match argument {
            Some(Argument::Count(number)) => {
                named(&number.to_string()).or_else(|| named(self.language.plural(*number).code()))
            }
            Some(Argument::Text(text)) => named(text),
            _ => None,
        };
        found.or_else(|| variants.iter().find(|variant| variant.default))
    }

    fn argument(&self, name: &str) -> Option<&Argument> {
        self.arguments.iter().find(|(known, _)| *known == name).map(|(_, argument)| argument)
    }
}

impl Argument {
    fn write(&self, language: Language, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Count(number) => out.push_str(&count(*number)),
            Self::Message(message) => message.write(language, out),
            Self::Title(title) => out.push_str(title.get(language)),
            Self::List(list) => {
                for (number, one) in list.iter().enumerate() {
                    if number > 0 {
                        out.push_str(crate::tr!(language, "text-comma"));
                    }
                    one.write(language, out);
                }
            }
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::En))
    }
}

/// A title in every language.
impl From<&Message> for Text {
    fn from(message: &Message) -> Self {
        Self { en: message.text(Language::En), zh: message.text(Language::Zh) }
    }
}

impl Default for Message {
    fn default() -> Self {
        Self::verbatim("")
    }
}

/// The same message.
impl From<&Message> for Message {
    fn from(message: &Message) -> Self {
        message.clone()
    }
}

/// Whether this is its text in English.
impl PartialEq<str> for Message {
    fn eq(&self, text: &str) -> bool {
        self.text(Language::En) == text
    }
}

impl PartialEq<&str> for Message {
    fn eq(&self, text: &&str) -> bool {
        self == *text
    }
}

impl From<Key> for Message {
    fn from(key: Key) -> Self {
        Self::new(key.0, [])
    }
}

/// A text of a file of results, which holds every language.
impl From<Message> for Text {
    fn from(message: Message) -> Self {
        Self { en: message.text(Language::En), zh: message.text(Language::Zh) }
    }
}

/// Arguments that are shown as they are.
macro_rules! texts {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Argument {
            fn from(value: $kind) -> Self {
                Self::Text(value.to_string())
            }
        }
    )*};
}

texts!(&str, &&str, &String, String, char, std::borrow::Cow<'_, str>, std::path::Display<'_>);

/// A signed number is a year, quarter or month, or a lag; not how many there are of something.
impl From<i32> for Argument {
    fn from(value: i32) -> Self {
        Self::Text(period::label(value))
    }
}

// Arguments that say how many.
impl From<u64> for Argument {
    fn from(value: u64) -> Self {
        Self::Count(value)
    }
}

impl From<u32> for Argument {
    fn from(value: u32) -> Self {
        Self::Count(value.into())
    }
}

impl From<usize> for Argument {
    fn from(value: usize) -> Self {
        Self::Count(value as u64)
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

impl From<&Message> for Argument {
    fn from(message: &Message) -> Self {
        message.clone().into()
    }
}

impl From<Key> for Argument {
    fn from(key: Key) -> Self {
        Message::from(key).into()
    }
}

impl From<Vec<Message>> for Argument {
    fn from(list: Vec<Message>) -> Self {
        Self::List(list)
    }
}

impl From<&[&str]> for Argument {
    fn from(list: &[&str]) -> Self {
        Self::List(list.iter().map(|text| Message::verbatim(*text)).collect())
    }
}

impl From<&Text> for Argument {
    fn from(title: &Text) -> Self {
        Self::Title(title.clone())
    }
}

/// A [`Message`](crate::text::Message): the key of its text, and what is filled in by name.
///
/// ```
/// use plancast::message;
/// let message = message!("scenario-load-no-file", name = "plan.toml");
/// assert_eq!(message.to_string(), "there is no file plan.toml");
/// ```
#[macro_export]
macro_rules! message {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::Message::new(
            $key,
            [$((stringify!($name), $crate::text::message::Argument::from($value))),*],
        )
    };
}

/// The text of a message in a language: a `String`, or a `&'static str` where nothing is filled in.
#[macro_export]
macro_rules! tr {
    ($language:expr, $key:literal $(,)?) => {
        $crate::text::Key::new($key).text($language)
    };
    ($language:expr, $key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::message!($key, $($name = $value),+).text($language)
    };
}

/// The [`Key`](crate::text::Key) of a text in which nothing is filled in, for constants.
#[macro_export]
macro_rules! key {
    ($key:literal) => {
        $crate::text::Key::new($key)
    };
}
