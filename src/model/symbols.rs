//! What each name stands for.

use indexmap::IndexMap;

use crate::scenario::Scenario;
use crate::text::{Diagnostic, DiagnosticList, Place};

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
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Set(_) => "a set",
            Self::Member { .. } => "a member",
            Self::Parameter(_) => "a parameter",
            Self::Shock(_) => "a shock",
            Self::Variable(_) => "a variable",
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
                            format!("\"{name}\" is a field and {} as well", symbol.describe()),
                        )
                        .help("give one of them another name"),
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
                    format!("two sets have a member \"{name}\"")
                }
                _ => format!("\"{name}\" is {} and {} as well", other.describe(), symbol.describe()),
            };
            diagnostics.push(Diagnostic::error(place, message).help(
                "members, sets, variables, parameters and shocks share one name space: rename one of them",
            ));
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
