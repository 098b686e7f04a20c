//! The languages in which plancast speaks, and titles that a scenario writes in several of them.

use serde::{Deserialize, Serialize};

/// Which form of a word goes with a number, by the names that Unicode gives the forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Plural {
    /// `1 path`.
    One,
    /// All other numbers.
    Other,
}

impl Plural {
    /// The name of the form in the files of messages: `one`.
    pub fn code(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Other => "other",
        }
    }
}

/// Declares [`Language`]: each language with its code, by which its file of messages is named, and its rule of plurals.
macro_rules! languages {
    ($($(#[$doc:meta])* $name:ident: $code:literal, $plural:expr;)*) => {
        /// A language in which results are shown.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Language {
            $($(#[$doc])* $name,)*
        }

        impl Language {
            /// All languages; the first has every text, and stands in for what another lacks.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code of ISO 639: `en`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The form of a word that goes with a number.
            pub fn plural(self, number: u64) -> Plural {
                let rule: fn(u64) -> Plural = match self { $(Self::$name => $plural),* };
                rule(number)
            }

            /// The text of its file of messages.
            #[doc(hidden)]
            pub fn source(self) -> &'static str {
                match self { $(Self::$name => include_str!(concat!("messages/", $code, ".ftl"))),* }
            }
        }
    };
}

// A further language is a line here and a file in `messages/`.
languages! {
    /// English.
    #[default]
    En: "en", |number| if number == 1 { Plural::One } else { Plural::Other };
    /// Chinese, simplified.
    Zh: "zh", |_| Plural::Other;
}

impl Language {
    /// The language of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.code() == code)
    }

    /// The language of a locale, `zh_CN.UTF-8`; English where none is meant that there is.
    pub fn of_locale(locale: &str) -> Self {
        let code = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        Self::of_code(code).unwrap_or_default()
    }
}

/// What a person reads, in English, Chinese or both. Empty where nothing was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
    /// Chinese.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zh: String,
}

impl Text {
    /// The same words in every language.
    pub fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { en: text.clone(), zh: text }
    }

    /// The words in this language, or in the other one where it has none.
    pub fn get(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::En => (&self.en, &self.zh),
            Language::Zh => (&self.zh, &self.en),
        };
        if first.is_empty() { second } else { first }
    }

    /// The same, or a name where there are no words.
    pub fn or_name<'a>(&'a self, name: &'a str, language: Language) -> &'a str {
        let words = self.get(language);
        if words.is_empty() { name } else { words }
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.zh.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_gives_its_language_and_an_unknown_one_english() {
        assert_eq!(Language::of_locale("zh_CN.UTF-8"), Language::Zh);
        assert_eq!(Language::of_locale("zh"), Language::Zh);
        for other in ["en_GB.UTF-8", "C", "", "de_DE", "zhx"] {
            assert_eq!(Language::of_locale(other), Language::En, "{other}");
        }
    }

    #[test]
    fn english_has_a_singular_and_chinese_has_none() {
        let form = |language: Language| [0, 1, 2, 11].map(|number| language.plural(number).code());
        assert_eq!(form(Language::En), ["other", "one", "other", "other"]);
        assert_eq!(form(Language::Zh), ["other"; 4]);
    }
}
