//! What uses what: the graph of names behind the equations.

use indexmap::{IndexMap, IndexSet};

use super::compile::Writing;
use super::term::{Memory, Term};

/// A name and what its equation or formula uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameUses {
    /// Names used in the same year, or at all for data.
    pub now: IndexSet<String>,
    /// Names used from years before.
    pub before: IndexSet<String>,
}

impl NameUses {
    /// All names.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.now.iter().chain(&self.before).map(String::as_str)
    }
}

/// What every variable, metric and target uses, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// Variables.
    pub variables: IndexMap<String, NameUses>,
    /// Metrics.
    pub metrics: IndexMap<String, NameUses>,
    /// Targets.
    pub targets: IndexMap<String, NameUses>,
    /// What the gates use, all together.
    pub gates: NameUses,
}

impl Structure {
    pub(super) fn new(writing: &Writing<'_>) -> Self {
        let walk = |terms: &[Option<&Term>]| {
            let mut uses = NameUses::default();
            terms.iter().flatten().for_each(|term| collect(writing, term, false, &mut uses));
            uses
        };
        let scenario = writing.scenario;
        let names = |names: Vec<&String>, terms: &[Option<Term>]| {
            names.into_iter().zip(terms).map(|(name, term)| (name.clone(), walk(&[term.as_ref()]))).collect()
        };
        Self {
            variables: writing
                .equations
                .iter()
                .enumerate()
                .map(|(number, equation)| {
                    let from = writing.declarations.iter().find_map(|declared| declared.starts.get(&number));
                    let terms = [equation.start.as_ref(), equation.formula.as_ref(), from];
                    (equation.name.clone(), walk(&terms))
                })
                .collect(),
            metrics: names(scenario.metrics.keys().collect(), writing.metrics),
            targets: names(scenario.targets.keys().collect(), writing.targets),
            gates: walk(&writing.gates.iter().map(Some).collect::<Vec<_>>()),
        }
    }

    /// The variables, metrics and targets that use a name.
    pub fn users(&self, name: &str) -> Vec<&str> {
        let all = self.variables.iter().chain(&self.metrics).chain(&self.targets);
        all.filter(|(_, uses)| uses.now.contains(name) || uses.before.contains(name))
            .map(|(user, _)| user.as_str())
            .collect()
    }

    /// All names that anything but their own equation uses.
    pub(super) fn used_by_others(&self) -> IndexSet<&str> {
        let variables = self.variables.iter();
        let by_variables = variables.flat_map(|(user, uses)| uses.names().filter(move |name| name != user));
        let others = self.metrics.values().chain(self.targets.values()).chain([&self.gates]);
        by_variables.chain(others.flat_map(NameUses::names)).collect()
    }

    /// All names that are used anywhere.
    pub fn used(&self) -> IndexSet<&str> {
        let all = self.variables.values().chain(self.metrics.values()).chain(self.targets.values());
        let all = all.chain(std::iter::once(&self.gates));
        all.flat_map(NameUses::names).collect()
    }

    /// Everything that the named variables rest on, directly or through others, themselves included.
    pub fn behind<'a>(&'a self, names: impl IntoIterator<Item = &'a str>) -> IndexSet<&'a str> {
        let mut found: IndexSet<&str> = names.into_iter().collect();
        let mut at = 0;
        while let Some(name) = found.get_index(at).copied() {
            at += 1;
            if let Some(uses) = self.variables.get(name) {
                found.extend(uses.now.iter().chain(&uses.before).map(String::as_str));
            }
        }
        found
    }
}

fn collect(writing: &Writing<'_>, term: &Term, before: bool, uses: &mut NameUses) {
    let mut add = |name: &str| {
        let names = if before { &mut uses.before } else { &mut uses.now };
        names.insert(name.to_string());
    };
    match term {
        Term::Number(_) | Term::Year => {}
        Term::Datum { datum, .. } => {
            add(&writing.data.data[*datum].name);
            writing.hierarchies.behind(*datum).for_each(add);
        }
        Term::Variable { variable, .. } => add(&writing.equations[*variable].name),
        Term::Metric(metric) => add(writing.scenario.metrics.get_index(*metric).map_or("", |(name, _)| name)),
        Term::Target(target) => add(writing.scenario.targets.get_index(*target).map_or("", |(name, _)| name)),
        Term::Unary(_, x)
        | Term::At { x, .. }
        | Term::Cagr { x, .. }
        | Term::Change { x, .. }
        | Term::Window { x, .. }
        | Term::PeakYear { x }
        | Term::Lookup { x, .. }
        | Term::Drawdown { x }
        | Term::RateOfReturn { x, .. }
        | Term::FirstYear { condition: x }
        | Term::LastYear { condition: x } => collect(writing, x, before, uses),
        Term::PresentValue { x, rate, .. } => {
            collect(writing, x, before, uses);
            collect(writing, rate, before, uses);
        }
        Term::Remember { memory, x, by, .. } => {
            collect(writing, x, before || *memory == Memory::Delay, uses);
            by.iter().for_each(|by| collect(writing, by, before, uses));
        }
        Term::LagBy { x, years, .. } => {
            collect(writing, x, true, uses);
            collect(writing, years, before, uses);
        }
        Term::Binary(_, a, b) => {
            collect(writing, a, before, uses);
            collect(writing, b, before, uses);
        }
        Term::Chain(first, rest) => {
            collect(writing, first, before, uses);
            rest.iter().for_each(|(_, x)| collect(writing, x, before, uses));
        }
        Term::If(parts) => parts.iter().for_each(|part| collect(writing, part, before, uses)),
        Term::Reduce { condition, body, .. } => {
            if let Some((condition, _)) = condition {
                collect(writing, condition, before, uses);
            }
            collect(writing, body, before, uses);
        }
        Term::Lag { x, .. } => collect(writing, x, true, uses),
        Term::Growth(x) => {
            collect(writing, x, before, uses);
            collect(writing, x, true, uses);
        }
    }
}
