//! What the check of the units found to be beyond it.

use indexmap::IndexSet;

use crate::text::{Language, Place};

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
        let names = self.without_unit();
        match language {
            Language::En => self.in_english(&names),
            Language::Zh if names.is_empty() => format!("全部{}处的计量单位已核对", self.checked),
            Language::Zh => {
                let listed: Vec<&str> = names.iter().copied().take(NAMES).collect();
                let more = if names.len() > NAMES { "等" } else { "" };
                format!(
                    "计量单位：已核对{}处；{}处未核对，因{}{more}未注明单位",
                    self.checked,
                    self.unchecked.len(),
                    listed.join("、")
                )
            }
        }
    }

    fn in_english(&self, names: &IndexSet<&str>) -> String {
        if names.is_empty() {
            return format!("units are checked in all {} places", self.checked);
        }
        let (places, are) = if self.unchecked.len() == 1 { ("place", "is") } else { ("places", "are") };
        let have = if names.len() == 1 { "has" } else { "have" };
        let listed: Vec<&str> = names.iter().copied().take(NAMES).collect();
        let more =
            if names.len() > NAMES { format!(" and {} more", names.len() - NAMES) } else { String::new() };
        let (count, listed) = (self.unchecked.len(), listed.join(", "));
        format!(
            "units: {count} {places} {are} not checked because {listed}{more} {have} no unit ({} are)",
            self.checked
        )
    }
}
