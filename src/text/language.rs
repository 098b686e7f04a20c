//! Text in two languages.

use serde::{Deserialize, Serialize};

/// A language in which results are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese, simplified.
    Zh,
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

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.zh.is_empty()
    }
}
