//! What the check of the units found to be beyond it.

use indexmap::IndexSet;

use crate::text::{Language, Place};
use crate::{message, tr};

/// A place that could not be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unchecked {
    /// The sum, comparison, function or formula.
    pub place: Place,
    /// The quantities without a unit that are to blame.
    pub because: Vec<String>,
}

/// How far the units of a scenario could be checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitReport {
    /// Sums, comparisons, functions and formulas whose units were checked.
    pub checked: usize,
    /// Those that could not be, in the order of the file.
    pub unchecked: Vec<Unchecked>,
}

impl UnitReport {
    /// The quantities without a unit that some place could not be checked for, each once.
    pub fn without_unit(&self) -> IndexSet<&str> {
        self.unchecked.iter().flat_map(|place| &place.because).map(String::as_str).collect()
    }
}

/// Most names that a sentence lists.
const NAMES: usize = 8;

impl UnitReport {
    /// How far they could be checked, in a sentence.
    pub fn sentence(&self, language: Language) -> String {
        let names: Vec<&str> = self.without_unit().into_iter().collect();
        if names.is_empty() {
            return tr!(language, "model-unit-all-checked", checked = self.checked);
        }
        let first = &names[..names.len().min(NAMES)];
        let listed = match names.len() - first.len() {
            0 => message!("model-unit-names", names = first),
            more => message!("model-unit-names-more", names = first, count = more),
        };
        tr!(
            language,
            "model-unit-unchecked",
            count = self.unchecked.len(),
            names = listed,
            quantities = names.len(),
            checked = self.checked
        )
    }
}
