//! How soft the words of a document's figure are, and what a target of such a figure has to ask.

use crate::text::{Place, Text};

/// The word that makes a figure soft: "about 2200", "strive for 75", "hold above 1000".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FigureSoftness {
    /// "8 % or more": no less.
    AtLeast,
    /// "within 4.5 %": no more.
    AtMost,
    /// "about 2200": a little less counts.
    About,
    /// "strive for 75": an aim.
    Strive,
    /// "hold above 1000": it is there already and is to stay.
    Hold,
    /// "start building": begun is enough.
    Start,
    /// "strive to land": decided for is enough.
    Land,
    /// A number, or a work, without a word that softens it.
    Exact,
}

impl FigureSoftness {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 8] = [
        Self::AtLeast,
        Self::AtMost,
        Self::About,
        Self::Strive,
        Self::Hold,
        Self::Start,
        Self::Land,
        Self::Exact,
    ];

    /// As it is written in a scenario.
    pub fn code(self) -> &'static str {
        match self {
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::About => "about",
            Self::Strive => "strive",
            Self::Hold => "hold",
            Self::Start => "start",
            Self::Land => "land",
            Self::Exact => "exact",
        }
    }

    /// The softness that is written so.
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|softness| softness.code() == code)
    }
}

/// What a target asks of a figure that is so soft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SoftnessRule {
    /// The share of a number that has to be reached: 0.975 leaves 2.5 % room; of a ceiling it may be passed by as much.
    pub share: Option<f64>,
    /// The variable that says of a work how far it must be: `started`.
    pub status: Option<(String, Place)>,
    /// The document's words that make a figure so soft; the words of such a figure hold one of them.
    pub words: Vec<String>,
    /// A remark.
    pub note: Text,
    /// Where its name stands.
    pub place: Place,
}
