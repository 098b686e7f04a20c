//! `[simultaneous]`: which circles are solved, whether they are declared rightly, and how one is written out.

use indexmap::{IndexMap, IndexSet};

use super::compile::element_in_year;
use super::data::Data;
use super::graph::GraphNode;
use super::lower::{Equation, Lowering, members_of};
use super::order::{Circle, Element, arrows, note};
use super::resolve::{Context, Resolver};
use super::symbols::Symbols;
use super::system::{Drafted, GraphSystem, StartValue};
use super::term::Term;
use crate::scenario::{Scenario, written::Formula};
use crate::text::{Diagnostic, DiagnosticList, Place, suggest::did_you_mean};
use crate::{key, message};

/// A declaration with its names looked up.
#[derive(Clone, Debug, Default)]
pub(super) struct Declaration {
    /// By equation: what it starts from, where that is written.
    pub(super) starts: IndexMap<usize, Term>,
}

/// Looks up the names of all declarations.
pub(super) fn declarations(
    scenario: &Scenario,
    symbols: &Symbols,
    data: &Data,
    diagnostics: &mut DiagnosticList,
) -> Vec<Declaration> {
    let mut solved_by: IndexMap<&str, &str> = IndexMap::new();
    let mut found = Vec::new();
    for (declaration, written) in &scenario.simultaneous {
        for (name, place) in &written.solves {
            if !scenario.variables.contains_key(name) {
                unknown(scenario, name, *place, diagnostics);
            } else if let Some(other) = solved_by.insert(name, declaration) {
                let message = message!(
                    "model-simultaneous-twice",
                    name = name,
                    other = other,
                    declaration = declaration
                );
                diagnostics
                    .push(Diagnostic::error(*place, message).help(key!("model-simultaneous-twice.help")));
            }
        }
        let mut starts = IndexMap::new();
        for (name, (formula, place)) in &written.from {
            if !written.solves.iter().any(|(solved, _)| solved == name) {
                let names: Vec<&str> = written.solves.iter().map(|(name, _)| name.as_str()).collect();
                let message =
                    message!("model-simultaneous-not-solved", name = name, declaration = declaration);
                let help = did_you_mean(name, &names, key!("text-kind-variables"));
                let help =
                    help.unwrap_or_else(|| message!("model-simultaneous-not-solved.help", name = name));
                diagnostics.push(Diagnostic::error(*place, message).help(help));
            } else if let Some(number) = scenario.variables.get_index_of(name) {
                let term = start_term(scenario, symbols, data, formula, number, diagnostics);
                starts.extend(term.map(|term| (number, term)));
            }
        }
        found.push(Declaration { starts });
    }
    found
}

fn unknown(scenario: &Scenario, name: &str, place: Place, diagnostics: &mut DiagnosticList) {
    let plain = name.split('[').next().unwrap_or(name).trim();
    if plain != name && scenario.variables.contains_key(plain) {
        let message = message!("model-simultaneous-member", name = name);
        let help = message!("model-simultaneous-member.help", plain = plain);
        diagnostics.push(Diagnostic::error(place, message).help(help));
        return;
    }
    let names: Vec<&str> = scenario.variables.keys().map(String::as_str).collect();
    let mut diagnostic = Diagnostic::missing(place, message!("model-simultaneous-unknown", name = name));
    diagnostic.help = did_you_mean(name, &names, key!("text-kind-variables"));
    diagnostics.push(diagnostic);
}

fn start_term(
    scenario: &Scenario,
    symbols: &Symbols,
    data: &Data,
    formula: &Formula,
    number: usize,
    diagnostics: &mut DiagnosticList,
) -> Option<Term> {
    let mut resolver = Resolver::new(scenario, symbols, data, formula, Context::Year, diagnostics);
    resolver.bind(&scenario.variables[number].indices)?;
    resolver.term(&formula.tree)
}

/// By element: the declaration that its variable is of.
#[derive(Debug)]
pub(super) struct Declared<'a> {
    scenario: &'a Scenario,
    of: Vec<Option<usize>>,
}

/// Why a circle cannot be solved as it is declared.
#[derive(Debug)]
pub(super) struct Mismatch {
    /// The declarations, of which parts are in the circle.
    declarations: IndexSet<usize>,
    /// Elements of the circle that are in none.
    missing: Vec<u32>,
}

impl<'a> Declared<'a> {
    /// Which declaration each element is of.
    pub(super) fn new(scenario: &'a Scenario, equations: &[Equation], elements: usize) -> Self {
        if scenario.simultaneous.is_empty() {
            return Self { scenario, of: Vec::new() };
        }
        let mut of = vec![None; elements];
        for (place, equation) in equations.iter().enumerate() {
            let end = equations.get(place + 1).map_or(elements, |next| next.offset);
            let declares = |declared: &crate::scenario::written::Simultaneous| {
                declared.solves.iter().any(|(name, _)| *name == equation.name)
            };
            of[equation.offset..end].fill(scenario.simultaneous.values().position(declares));
        }
        Self { scenario, of }
    }

    /// Whether nothing is declared.
    pub(super) fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// The declaration that all of some elements are of; `None` where none is of any.
    ///
    /// # Errors
    /// When some are of one and others are not.
    pub(super) fn of_all(&self, elements: &[u32]) -> Result<Option<usize>, Mismatch> {
        if self.is_empty() {
            return Ok(None);
        }
        let of = |element: &u32| self.of[*element as usize];
        let declarations: IndexSet<usize> = elements.iter().filter_map(of).collect();
        let missing: Vec<u32> = elements.iter().copied().filter(|element| of(element).is_none()).collect();
        match (declarations.len(), missing.is_empty()) {
            (0, _) => Ok(None),
            (1, true) => Ok(declarations.first().copied()),
            _ => Err(Mismatch { declarations, missing }),
        }
    }

    fn named(&self, declaration: usize) -> (&'a str, Place) {
        let (name, declared) =
            self.scenario.simultaneous.get_index(declaration).unwrap_or_else(|| unreachable!());
        (name, declared.place)
    }
}

/// The variable of an element.
fn variable(element: &Element) -> &str {
    element.name.split('[').next().unwrap_or(&element.name)
}

/// The variables of elements, each once.
pub(super) fn variables<'e>(elements: &'e [Element], numbers: &[u32]) -> Vec<&'e str> {
    let names: IndexSet<&str> = numbers.iter().map(|number| variable(&elements[*number as usize])).collect();
    names.into_iter().collect()
}

/// A declaration that can be pasted.
pub(super) fn declaration(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    format!(
        "simultaneous.{} = {{ solves = [{}] }}",
        names.first().copied().unwrap_or("circle"),
        quoted.join(", ")
    )
}

/// Notes that a circle goes beyond what is declared.
pub(super) fn mismatched(
    elements: &[Element],
    declared: &Declared<'_>,
    uses: &[Vec<u32>],
    knot: &[u32],
    mismatch: &Mismatch,
    diagnostics: &mut DiagnosticList,
) {
    let named: Vec<(&str, Place)> =
        mismatch.declarations.iter().map(|number| declared.named(*number)).collect();
    let Some((first, place)) = named.first().copied() else { return };
    let missing = variables(elements, &mismatch.missing);
    let diagnostic = if named.len() > 1 {
        let names: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
        let all = variables(elements, knot);
        Diagnostic::error(place, message!("model-simultaneous-several", names = names.as_slice()))
            .help(message!("model-simultaneous-several.help", declaration = declaration(&all)))
    } else {
        // A chain of the circle that goes through what is missing.
        let through = chain_through(uses, knot, mismatch.missing[0]);
        let names: Vec<&str> =
            through.iter().map(|number| elements[*number as usize].name.as_str()).collect();
        let count = missing.len();
        Diagnostic::error(place, message!("model-simultaneous-larger", name = first, names = arrows(&names)))
            .help(message!("model-simultaneous-larger.help", count = count, missing = missing.as_slice()))
    };
    note(diagnostic, diagnostics);
}

/// A shortest closed chain of a knot through one of its numbers.
fn chain_through(uses: &[Vec<u32>], knot: &[u32], through: u32) -> Vec<u32> {
    let mut from: IndexMap<u32, u32> = IndexMap::new();
    let mut open = std::collections::VecDeque::from([through]);
    while let Some(at) = open.pop_front() {
        for used in uses[at as usize].iter().filter(|used| knot.binary_search(used).is_ok()) {
            if *used == through {
                let mut chain = vec![through, at];
                while let Some(before) = from.get(chain.last().unwrap_or(&through)) {
                    chain.push(*before);
                }
                // With one that uses itself the chain is there already.
                chain.dedup();
                if chain.len() == 1 {
                    chain.push(through);
                }
                chain.reverse();
                return chain;
            }
            if !from.contains_key(used) {
                from.insert(*used, at);
                open.push_back(*used);
            }
        }
    }
    vec![through]
}

/// Notes declarations, and names in them, that are in no circle.
pub(super) fn without_circle(
    elements: &[Element],
    declared: &Declared<'_>,
    circles: [&[Circle]; 2],
    diagnostics: &mut DiagnosticList,
) {
    if declared.is_empty() || diagnostics.has_errors() {
        return;
    }
    let solved: IndexSet<&str> = circles
        .into_iter()
        .flatten()
        .flat_map(|circle| circle.cut.unknowns.iter().chain(&circle.cut.following))
        .map(|element| variable(&elements[*element as usize]))
        .collect();
    for (name, written) in &declared.scenario.simultaneous {
        let (inside, outside): (Vec<_>, Vec<_>) =
            written.solves.iter().partition(|(variable, _)| solved.contains(variable.as_str()));
        if inside.is_empty() {
            diagnostics.push(
                Diagnostic::error(written.place, message!("model-simultaneous-no-circle", name = name))
                    .help(key!("model-simultaneous-no-circle.help")),
            );
            continue;
        }
        for (variable, place) in outside {
            let message = message!("model-simultaneous-outside", variable = variable, name = name);
            diagnostics.push(
                Diagnostic::error(*place, message)
                    .help(message!("model-simultaneous-outside.help", variable = variable)),
            );
        }
    }
}

/// What an equation starts from where a declaration says it, and the declaration.
pub(super) fn start_of(declarations: &[Declaration], equation: usize) -> Option<(usize, &Term)> {
    let mut starts = declarations.iter().enumerate();
    starts.find_map(|(number, declared)| Some((number, declared.starts.get(&equation)?)))
}

/// Notes where what a circle starts from uses the circle itself.
pub(super) fn look_at_start(
    lowering: &mut Lowering<'_>,
    (declaration, equation): (usize, usize),
    uses: &[super::order::Use],
) {
    let (_, declared) =
        lowering.scenario.simultaneous.get_index(declaration).unwrap_or_else(|| unreachable!());
    let equations = lowering.equations;
    let is_solved = |used: &&super::order::Use| {
        let place = equations.partition_point(|equation| equation.offset <= used.element as usize);
        let name = &equations[place.saturating_sub(1)].name;
        used.lag == 0 && declared.solves.iter().any(|(solved, _)| solved == name)
    };
    let name = &equations[equation].name;
    if uses.iter().any(|used| is_solved(&used)) {
        let place = declared.from[name.as_str()].0.place;
        let diagnostic = Diagnostic::error(place, message!("model-simultaneous-itself", name = name))
            .help(message!("model-simultaneous-itself.help", name = name));
        note(diagnostic, lowering.diagnostics);
    }
}

/// A circle that is written out in a year.
pub(super) struct CircleWriter<'w, 'l> {
    pub(super) lowering: &'w mut Lowering<'l>,
    pub(super) declarations: &'w [Declaration],
    /// By element: its equation.
    pub(super) owner: &'w [usize],
    /// By element: whether its problem was noted.
    pub(super) failed: &'w mut [bool],
    pub(super) step: usize,
}

impl CircleWriter<'_, '_> {
    /// Writes out all elements of a circle.
    pub(super) fn write(&mut self, circle: &Circle) {
        let all: Vec<u32> = circle.cut.unknowns.iter().chain(&circle.cut.following).copied().collect();
        if all.iter().any(|element| self.failed[*element as usize]) || self.solve(circle, &all).is_none() {
            for element in all {
                self.failed[element as usize] = true;
                self.set(element, None);
            }
        }
    }

    fn set(&mut self, element: u32, value: Option<GraphNode>) {
        let years = self.lowering.years();
        self.lowering.values[element as usize * years + self.step] = value;
    }

    /// The value of an element's formula, with the values that the others have at the moment.
    fn formula(&mut self, element: u32) -> Option<GraphNode> {
        let element = element as usize;
        element_in_year(self.lowering, self.owner[element], element, self.step)?.ok()
    }

    /// `None` where a problem was noted.
    fn solve(&mut self, circle: &Circle, all: &[u32]) -> Option<()> {
        let year = self.lowering.scenario.time.start + self.step as i32;
        let starts = self.starts(circle)?;
        let system = self.lowering.graph.systems.len() as u32;
        if all.iter().any(|element| year < self.lowering.first[*element as usize]) {
            return self.too_early(all, year, system);
        }
        let unknowns = &circle.cut.unknowns;
        let given: Vec<GraphNode> =
            (0..unknowns.len() as u32).map(|k| self.lowering.graph.given(system, k)).collect();
        let mut drafted = self.draft(circle, &given, true)?;
        if !drafted.has_derivatives() {
            drafted = self.draft(circle, &given, false)?;
        }
        let solution = if drafted.is_solved() {
            drafted.values().to_vec()
        } else {
            let written = &self.lowering.scenario.simultaneous[circle.declaration];
            let names: Vec<String> = unknowns.iter().map(|element| self.name(*element)).collect();
            let bounds = (written.tolerance, written.most);
            let systems = &self.lowering.graph.systems;
            let is_first = !systems.iter().any(|system| system.names == names);
            let made = drafted.finish((circle.declaration, year), names, starts, bounds);
            self.lowering.graph.systems.push(GraphSystem { is_first, ..made });
            self.lowering.graph.solved(system)
        };
        for (element, value) in unknowns.iter().zip(solution) {
            self.set(*element, Some(value));
        }
        for element in &circle.cut.following {
            let value = self.formula(*element)?;
            self.set(*element, Some(value));
        }
        Some(())
    }

    fn name(&self, element: u32) -> String {
        let equation = &self.lowering.equations[self.owner[element as usize]];
        self.lowering.element_name(&equation.name, &equation.sets, element as usize - equation.offset)
    }

    /// The formulas of the unknowns: of each with the others as they are given, or, to be substituted, with those that
    /// come before it as they have become.
    fn draft(&mut self, circle: &Circle, given: &[GraphNode], newton: bool) -> Option<Drafted> {
        for (element, value) in circle.cut.unknowns.iter().zip(given) {
            self.set(*element, Some(*value));
        }
        for element in &circle.cut.following {
            let value = self.formula(*element)?;
            self.set(*element, Some(value));
        }
        let mut values = Vec::with_capacity(given.len());
        for element in &circle.cut.unknowns {
            let value = self.formula(*element)?;
            values.push(value);
            if !newton {
                self.set(*element, Some(value));
            }
        }
        Some(Drafted::new(&self.lowering.graph, given, values, newton))
    }

    /// Some element has no value yet: whoever uses it says so.
    fn too_early(&mut self, all: &[u32], year: i32, system: u32) -> Option<()> {
        let there: Vec<u32> =
            all.iter().copied().filter(|element| year >= self.lowering.first[*element as usize]).collect();
        for (k, element) in there.iter().enumerate() {
            let given = self.lowering.graph.given(system, k as u32);
            self.set(*element, Some(given));
        }
        for element in &there {
            self.formula(*element);
        }
        None
    }

    /// What each unknown starts from.
    fn starts(&mut self, circle: &Circle) -> Option<Vec<StartValue>> {
        let (years, start) = (self.lowering.years(), self.lowering.scenario.time.start);
        let year = start + self.step as i32;
        let mut starts = Vec::new();
        for element in &circle.cut.unknowns {
            let element = *element as usize;
            let owner = self.owner[element];
            let equation = &self.lowering.equations[owner];
            if let Some(term) = self.declarations[circle.declaration].starts.get(&owner) {
                let sizes: Vec<usize> = equation.sets.iter().map(|set| self.lowering.members(*set)).collect();
                let mut env = members_of(element - equation.offset, &sizes);
                self.lowering.element = Some((owner, element - equation.offset));
                self.lowering.now = year;
                starts.push(StartValue::Of(self.lowering.lower(term, &mut env, year).ok()?));
                continue;
            }
            let before =
                self.step.checked_sub(1).and_then(|step| self.lowering.values[element * years + step]);
            starts.push(before.map_or(StartValue::Central(1.0), StartValue::Of));
        }
        Some(starts)
    }
}

/// The variables of the knot that a chain is of.
pub(super) fn names_of_circle<'e>(
    elements: &'e [Element],
    knots: &[Vec<u32>],
    chain: &[u32],
) -> Vec<&'e str> {
    let knot = knots.iter().find(|knot| knot.binary_search(&chain[0]).is_ok());
    variables(elements, knot.map_or(chain, Vec::as_slice))
}
