//! What is asked of `chart`.

use crate::chart::Size;
use crate::text::Language;

use super::ChartKind;

/// Figures of a run: those that say most of it, where nothing else is said.
///
/// ```
/// use plancast::study::{ChartKind, ChartRequest};
///
/// let request = ChartRequest::default().kind(ChartKind::Density).variable("gdp").size(600, 400);
/// assert_eq!(request.kinds, [ChartKind::Density]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChartRequest {
    /// The kinds of figures; none for those that say most.
    pub kinds: Vec<ChartKind>,
    /// Whether it is every figure that the run has.
    pub all: bool,
    /// The variables, with members (`va[coal]`), or metrics that are shown; none for all that have a figure of the kind. Two
    /// of a scatter plot.
    pub variables: Vec<String>,
    /// The group of targets that is shown; usually all targets.
    pub group: Option<String>,
    /// The year of figures that show one; usually the last.
    pub year: Option<i32>,
    /// The width in pixels; usually 900.
    pub width: u32,
    /// The height in pixels, of figures that are not as high as they have rows; usually 560.
    pub height: u32,
    /// The language of the words.
    pub language: Language,
}

impl Default for ChartRequest {
    fn default() -> Self {
        let Size { width, height } = Size::default();
        Self {
            kinds: Vec::new(),
            all: false,
            variables: Vec::new(),
            group: None,
            year: None,
            width,
            height,
            language: Language::default(),
        }
    }
}

impl ChartRequest {
    /// The same with one more kind.
    #[must_use]
    pub fn kind(mut self, kind: ChartKind) -> Self {
        self.kinds.push(kind);
        self
    }

    /// The same of all figures that the run has.
    #[must_use]
    pub fn all(mut self) -> Self {
        self.all = true;
        self
    }

    /// The same of one more variable or metric.
    #[must_use]
    pub fn variable(mut self, name: impl Into<String>) -> Self {
        self.variables.push(name.into());
        self
    }

    /// The same of a group of targets.
    #[must_use]
    pub fn group(mut self, name: impl Into<String>) -> Self {
        self.group = Some(name.into());
        self
    }

    /// The same of another year.
    #[must_use]
    pub fn year(mut self, year: i32) -> Self {
        self.year = Some(year);
        self
    }

    /// The same in another size, in pixels.
    #[must_use]
    pub fn size(mut self, width: u32, height: u32) -> Self {
        (self.width, self.height) = (width, height);
        self
    }

    /// The same in a language.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// Whether something is asked for that the usual figures may not show.
    pub(super) fn is_wide(&self) -> bool {
        self.all || !self.kinds.is_empty() || self.names_any()
    }

    /// Whether variables or a group are named.
    pub(super) fn names_any(&self) -> bool {
        !self.variables.is_empty() || self.group.is_some()
    }
}
