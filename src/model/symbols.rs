//! What each name stands for.

use indexmap::IndexMap;

use crate::scenario::Scenario;
use crate::text::{Diagnostic, DiagnosticList, Key, Place};
use crate::{key, message};

/// The symbol for how many years a step has.
pub(super) const YEARS_PER_STEP: &str = "years_per_step";

/// What a name in the one name space stands for; numbers are positions in the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    Set(usize),
    Member { set: usize, member: usize },
    Parameter(usize),
    Shock(usize),
    Variable(usize),
}

impl Symbol {
    pub(super) fn describe(self) -> Key {
        match self {
            Self::Set(_) => key!("model-symbols-set"),
            Self::Member { .. } => key!("model-symbols-member"),
            Self::Parameter(_) => key!("model-symbols-parameter"),
            Self::Shock(_) => key!("model-symbols-shock"),
            Self::Variable(_) => key!("model-symbols-variable"),
        }
    }
}

/// All names of a scenario.
#[derive(Debug, Default)]
pub(super) struct Symbols {
    names: IndexMap<String, (Symbol, Place)>,
}

impl Symbols {
    /// Collects the names; a name that stands for two things is an error.
    pub(super) fn new(scenario: &Scenario, diagnostics: &mut DiagnosticList) -> Self {
        let mut symbols = Self::default();
        for (number, (name, set)) in scenario.sets.iter().enumerate() {
            symbols.add(name, Symbol::Set(number), set.place, diagnostics);
        }
        for (number, set) in scenario.sets.values().enumerate() {
            for (member_number, (name, member)) in set.members.iter().enumerate() {
                let symbol = Symbol::Member { set: number, member: member_number };
                symbols.add(name, symbol, member.place, diagnostics);
            }
        }
        for (number, (name, parameter)) in scenario.parameters.iter().enumerate() {
            symbols.add(name, Symbol::Parameter(number), parameter.place, diagnostics);
        }
        for (number, (name, shock)) in scenario.shocks.iter().enumerate() {
            symbols.add(name, Symbol::Shock(number), shock.place, diagnostics);
        }
        for (number, (name, variable)) in scenario.variables.iter().enumerate() {
            symbols.add(name, Symbol::Variable(number), variable.place, diagnostics);
        }
        for set in scenario.sets.values() {
            for (name, field) in &set.fields {
                if let Some((symbol, _)) = symbols.names.get(name) {
                    diagnostics.push(
                        Diagnostic::error(
                            field.place,
                            message!("model-symbols-field", name = name, kind = symbol.describe()),
                        )
                        .help(key!("model-symbols-field.help")),
                    );
                }
            }
        }
        symbols
    }

    fn add(&mut self, name: &str, symbol: Symbol, place: Place, diagnostics: &mut DiagnosticList) {
        if let Some((other, _)) = self.names.get(name) {
            let message = match (*other, symbol) {
                (Symbol::Member { .. }, Symbol::Member { .. }) => {
                    message!("model-symbols-two-sets", name = name)
                }
                _ => message!(
                    "model-symbols-two-kinds",
                    name = name,
                    one = other.describe(),
                    other = symbol.describe()
                ),
            };
            diagnostics.push(Diagnostic::error(place, message).help(key!("model-symbols-two-kinds.help")));
            return;
        }
        self.names.insert(name.into(), (symbol, place));
    }

    pub(super) fn get(&self, name: &str) -> Option<Symbol> {
        self.names.get(name).map(|(symbol, _)| *symbol)
    }

    /// All names, for suggestions.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }
}
