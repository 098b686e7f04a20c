//! Distributions whose arguments are other data: what the arguments mean, and that none rests on itself.

use indexmap::{IndexMap, IndexSet};

use super::data::{Data, InputKind, YearlyCell};
use super::lower::members_of;
use super::order;
use super::resolve::{Context, Resolver};
use super::symbols::Symbols;
use super::term::{IndexedMember, Term};
use crate::formula::{Expr, IndexTerm};
use crate::scenario::Scenario;
use crate::scenario::quantity::VaryingArgument;
use crate::scenario::written::Formula;
use crate::text::{Diagnostic, DiagnosticList, Place};
use crate::{key, message};

/// The arguments of a varying distribution as terms, and the members that they are about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ArgumentTerms {
    pub(super) family: &'static str,
    pub(super) arguments: Vec<Term>,
    /// The ends of a truncation.
    pub(super) ends: Option<[Term; 2]>,
    pub(super) members: Vec<usize>,
}

/// By input: its arguments, where they vary.
#[derive(Clone, Debug, Default)]
pub(super) struct Hierarchies {
    by_input: IndexMap<usize, ArgumentTerms>,
    /// By datum: the names of all data that the arguments of its inputs rest on.
    behind: IndexMap<usize, IndexSet<String>>,
}

impl Hierarchies {
    /// The arguments of an input, where they vary.
    pub(super) fn of(&self, input: usize) -> Option<&ArgumentTerms> {
        self.by_input.get(&input)
    }

    /// The data that a datum's distributions rest on.
    pub(super) fn behind(&self, datum: usize) -> impl Iterator<Item = &str> {
        self.behind.get(&datum).into_iter().flatten().map(String::as_str)
    }
}

/// Looks up the names in all arguments; what is wrong with them is told.
pub(super) fn collect(
    scenario: &Scenario,
    symbols: &Symbols,
    data: &Data,
    diagnostics: &mut DiagnosticList,
) -> Hierarchies {
    let mut found = Hierarchies::default();
    // All members may have the same distribution, a default: what is wrong in it is told once.
    let mut known: IndexMap<(Place, Vec<usize>), Option<ArgumentTerms>> = IndexMap::new();
    for (number, input) in data.inputs.iter().enumerate() {
        let Some(varying) = &input.varying else { continue };
        let key = (input.place, varying.sets.clone());
        let terms = known.entry(key).or_insert_with(|| {
            let argument = |argument: &VaryingArgument, diagnostics: &mut DiagnosticList| match argument {
                VaryingArgument::Number(number) => Some(Term::Number(*number)),
                VaryingArgument::Formula { tree, text, span } => {
                    let exact = (input.place.end - input.place.start) as usize == input.written.len();
                    let place = if exact { input.place.part(span.start, span.end) } else { input.place };
                    let tree = own_fields(tree, varying.of_set, scenario, data);
                    let formula = Formula { tree, text: text.clone(), place };
                    term(scenario, symbols, data, &formula, &varying.sets, input.kind, diagnostics)
                }
            };
            let distribution = &varying.distribution;
            // All, so that the mistakes of all are found.
            let all: Vec<Option<Term>> = distribution.all().map(|own| argument(own, diagnostics)).collect();
            let mut arguments = all.into_iter().collect::<Option<Vec<Term>>>()?;
            let ends = arguments.split_off(distribution.arguments.len());
            let ends = <[Term; 2]>::try_from(ends).ok();
            Some(ArgumentTerms { family: distribution.family, arguments, ends, members: Vec::new() })
        });
        if let Some(terms) = terms {
            let terms = ArgumentTerms { members: varying.members.clone(), ..terms.clone() };
            found.by_input.insert(number, terms);
        }
    }
    if !found.by_input.is_empty() {
        circles(scenario, data, &mut found, diagnostics);
        found.behind = behind(data, &found);
    }
    found
}

/// A formula in which the bare name of a field of the set is that of the member itself.
fn own_fields(tree: &Expr, set: Option<usize>, scenario: &Scenario, data: &Data) -> Expr {
    let mut tree = tree.clone();
    let Some((set, (set_name, _))) = set.and_then(|set| Some((set, scenario.sets.get_index(set)?))) else {
        return tree;
    };
    tree.values_mut(&mut |name, span, index| {
        let datum = data.fields.get(&(set, name.to_string()));
        if index.is_empty() && datum.is_some_and(|datum| data.data[*datum].sets.len() == 1) {
            index.push(IndexTerm { alias: None, name: set_name.clone(), span });
        }
    });
    tree
}

/// The meaning of an argument; `None` when a problem was noted.
fn term(
    scenario: &Scenario,
    symbols: &Symbols,
    data: &Data,
    formula: &Formula,
    sets: &[usize],
    kind: InputKind,
    diagnostics: &mut DiagnosticList,
) -> Option<Term> {
    let scope = sets.iter().filter_map(|set| Some((scenario.sets.get_index(*set)?.0.clone(), *set)));
    let mut resolver = Resolver::new(scenario, symbols, data, formula, Context::Year, diagnostics);
    resolver.scope = scope.collect();
    let term = resolver.term(&formula.tree)?;
    let found = wrong(&resolver, scenario, &term, kind);
    match found {
        None => Some(term),
        Some((place, message, help)) => {
            let place = place.unwrap_or(formula.place);
            diagnostics.push(Diagnostic::error(place, message).help(help));
            None
        }
    }
}

type Wrong = (Option<Place>, crate::text::Message, crate::text::Message);

/// What an argument may not be made of.
fn wrong(resolver: &Resolver<'_>, scenario: &Scenario, term: &Term, kind: InputKind) -> Option<Wrong> {
    let inner = |term: &Term| wrong(resolver, scenario, term, kind);
    let only_data = |place| {
        let message = message!("model-hierarchies-data");
        Some((place, message, message!("model-hierarchies-data.help")))
    };
    match term {
        Term::Number(_) => None,
        Term::Year if kind == InputKind::Shock => None,
        Term::Year => {
            Some((None, message!("model-hierarchies-year"), message!("model-hierarchies-year.help")))
        }
        Term::Datum { datum, index, place } => {
            let own = &resolver.data.data[*datum];
            if kind == InputKind::Shock || !resolver.changes(*datum, index) {
                return None;
            }
            let shock = if own.kind == InputKind::Shock { "yes" } else { "no" };
            let message = message!("model-hierarchies-changes", name = &own.name, shock = shock);
            Some((Some(*place), message, message!("model-hierarchies-changes.help")))
        }
        Term::Variable { variable, place, .. } => {
            let name = scenario.variables.get_index(*variable).map_or("", |(name, _)| name);
            let message = message!("model-hierarchies-variable", name = name);
            Some((Some(*place), message, message!("model-hierarchies-data.help")))
        }
        Term::Unary(_, x) => inner(x),
        Term::Binary(_, a, b) => inner(a).or_else(|| inner(b)),
        Term::Chain(first, rest) => inner(first).or_else(|| rest.iter().find_map(|(_, x)| inner(x))),
        Term::If(parts) => parts.iter().find_map(inner),
        Term::Reduce { condition, body, .. } => {
            condition.as_ref().and_then(|(condition, _)| inner(condition)).or_else(|| inner(body))
        }
        _ => only_data(None),
    }
}

/// Calls `each` for every input that an argument may read.
fn inputs_in(
    scenario: &Scenario,
    data: &Data,
    term: &Term,
    members: &[usize],
    each: &mut dyn FnMut(usize, usize),
) {
    let mut inner = |term: &Term| inputs_in(scenario, data, term, members, each);
    match term {
        Term::Datum { datum, index, .. } => {
            let own = &data.data[*datum];
            let sizes: Vec<usize> = own.sets.iter().map(|set| scenario.sets[*set].members.len()).collect();
            for (position, cell) in own.cells.iter().enumerate() {
                // A member that a sum runs over may be any.
                let of_cell = members_of(position, &sizes);
                let is_meant = index.iter().zip(of_cell).all(|(index, own)| match index {
                    IndexedMember::Fixed(member) => *member == own,
                    IndexedMember::Bound(at) => members.get(*at).is_none_or(|member| *member == own),
                });
                if is_meant {
                    contents(cell).for_each(|input| each(*datum, input));
                }
            }
        }
        Term::Unary(_, x) => inner(x),
        Term::Binary(_, a, b) => {
            inner(a);
            inner(b);
        }
        Term::Chain(first, rest) => {
            inner(first);
            rest.iter().for_each(|(_, x)| inner(x));
        }
        Term::If(parts) => parts.iter().for_each(inner),
        Term::Reduce { condition, body, .. } => {
            condition.iter().for_each(|(condition, _)| inner(condition));
            inner(body);
        }
        _ => {}
    }
}

fn contents(cell: &YearlyCell) -> impl Iterator<Item = usize> + '_ {
    let (one, many) = match cell {
        YearlyCell::Fixed(content) => (Some(*content), [].as_slice()),
        YearlyCell::Steps(entries) | YearlyCell::Linear(entries) => (None, entries.as_slice()),
        YearlyCell::Missing | YearlyCell::Broken => (None, [].as_slice()),
    };
    one.into_iter()
        .chain(many.iter().map(|(_, content)| *content))
        .filter_map(super::data::CellContent::input)
}

/// Tells of inputs that rest on themselves.
fn circles(scenario: &Scenario, data: &Data, found: &mut Hierarchies, diagnostics: &mut DiagnosticList) {
    let mut uses: Vec<Vec<u32>> = vec![Vec::new(); data.inputs.len()];
    for (input, terms) in &found.by_input {
        let own = &mut uses[*input];
        for term in terms.arguments.iter().chain(terms.ends.iter().flatten()) {
            inputs_in(scenario, data, term, &terms.members, &mut |_, used| own.push(used as u32));
        }
    }
    if let Err(stuck) = order::sorted(&uses) {
        // They would be looked for without end.
        stuck.iter().for_each(|input| {
            found.by_input.shift_remove(&(*input as usize));
        });
    }
    for chain in order::chains(&uses) {
        let names: Vec<&str> = chain.iter().map(|input| data.inputs[*input as usize].name.as_str()).collect();
        let message = message!("model-hierarchies-circle", chain = order::arrows(&names));
        let place = chain.first().map(|input| data.inputs[*input as usize].place);
        diagnostics.push(Diagnostic::error(place, message).help(key!("model-hierarchies-circle.help")));
    }
}

/// By datum: the names of the data that its distributions rest on, directly or through others.
fn behind(data: &Data, found: &Hierarchies) -> IndexMap<usize, IndexSet<String>> {
    let mut direct: IndexMap<usize, IndexSet<usize>> = IndexMap::new();
    for (number, datum) in data.data.iter().enumerate() {
        for terms in datum.cells.iter().flat_map(contents).filter_map(|input| found.of(input)) {
            let used = direct.entry(number).or_default();
            for term in terms.arguments.iter().chain(terms.ends.iter().flatten()) {
                data_in(term, used);
            }
        }
    }
    let all = |datum: &usize| {
        let mut all = direct[datum].clone();
        let mut at = 0;
        while let Some(next) = all.get_index(at).copied() {
            all.extend(direct.get(&next).into_iter().flatten().copied());
            at += 1;
        }
        (*datum, all.into_iter().map(|datum| data.data[datum].name.clone()).collect())
    };
    direct.keys().map(all).collect()
}

fn data_in(term: &Term, used: &mut IndexSet<usize>) {
    match term {
        Term::Datum { datum, .. } => {
            used.insert(*datum);
        }
        Term::Unary(_, x) => data_in(x, used),
        Term::Binary(_, a, b) => {
            data_in(a, used);
            data_in(b, used);
        }
        Term::Chain(first, rest) => {
            data_in(first, used);
            rest.iter().for_each(|(_, x)| data_in(x, used));
        }
        Term::If(parts) => parts.iter().for_each(|part| data_in(part, used)),
        Term::Reduce { condition, body, .. } => {
            condition.iter().for_each(|(condition, _)| data_in(condition, used));
            data_in(body, used);
        }
        _ => {}
    }
}
