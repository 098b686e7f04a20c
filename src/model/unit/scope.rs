//! What names in a formula are measured in.

use super::check::Checker;
use super::measure::PartialUnit;
use crate::formula::IndexTerm;
use crate::model::symbols::{Symbol, YEARS_PER_STEP};

impl<'a> Checker<'a> {
    /// Binds the indices of a left side or reduction. What is no set was complained of when it was looked up.
    pub(super) fn bind(&mut self, indices: &'a [IndexTerm]) {
        for index in indices {
            if let Some(set) = self.scenario.sets.get_index_of(&index.name) {
                self.scope.push((index.alias.as_ref().unwrap_or(&index.name), set));
            }
        }
    }

    /// The unit of a name. One that means nothing was complained of already.
    pub(super) fn name(&self, name: &'a str, index: &[IndexTerm]) -> PartialUnit<'a> {
        if matches!(name, "year" | "start_year" | "end_year") {
            return PartialUnit::pure();
        }
        if let Some(Symbol::Parameter(_) | Symbol::Shock(_) | Symbol::Variable(_)) = self.symbols.get(name) {
            return self.stated.names.get(name).cloned().unwrap_or_else(PartialUnit::mistaken);
        }
        if name == YEARS_PER_STEP && index.is_empty() && self.symbols.get(name).is_none() {
            return PartialUnit::of(self.units.years_per_step());
        }
        let set = match index.first() {
            Some(index) => self.set_of(&index.name),
            None => self.own_set,
        };
        if let Some(measure) = set.and_then(|set| self.stated.fields.get(&(set, name))) {
            return measure.clone();
        }
        if self.scenario.targets.contains_key(name) {
            return PartialUnit::pure();
        }
        self.stated.metrics.get(name).cloned().unwrap_or_else(PartialUnit::mistaken)
    }

    /// The set of a bound index or a member.
    fn set_of(&self, name: &str) -> Option<usize> {
        if let Some((_, set)) = self.scope.iter().rev().find(|(bound, _)| *bound == name) {
            return Some(*set);
        }
        match self.symbols.get(name) {
            Some(Symbol::Member { set, .. }) => Some(set),
            _ => None,
        }
    }
}
