//! What is declared and nothing uses: variables, sets, units and sources. Only of the file itself: what it
//! extends may offer more than one scenario needs.

use indexmap::IndexSet;

use super::compile::Writing;
use super::structure::Structure;
use super::unit::named_in;
use crate::scenario::Scenario;
use crate::scenario::document::{TomlTable, TomlValue};
use crate::scenario::written::{AccountKind, Formula};
use crate::text::{Diagnostic, DiagnosticList, Message, Place, nearest};
use crate::{key, message};

/// The number of the file that was asked for, before all it extends.
const ITSELF: u32 = 0;

/// Warns of what nothing uses; `recorded` are the variables whose values are kept.
pub(super) fn look(
    writing: &Writing<'_>,
    structure: &Structure,
    recorded: &IndexSet<&str>,
    diagnostics: &mut DiagnosticList,
) {
    let scenario = writing.scenario;
    if scenario.document.is_empty() {
        return;
    }
    let (named, used) = (named(scenario), structure.used_by_others());
    for (name, variable) in &scenario.variables {
        let name = name.as_str();
        if !recorded.contains(name) && !named.contains(name) && !used.contains(name) {
            let message = message!("model-unused-variable", name = name);
            warn(variable.place, message, key!("model-unused-variable.help"), diagnostics);
        }
    }
    sets(scenario, structure, &named, diagnostics);
    let mut units: IndexSet<&str> =
        texts(&scenario.document, "unit").flat_map(|(text, _)| named_in(text)).collect();
    units.extend(scenario.units.values().flat_map(|unit| named_in(&unit.of)));
    for (name, unit) in scenario.units.iter().filter(|(name, _)| !units.contains(name.as_str())) {
        warn(
            unit.place,
            message!("model-unused-unit", name = name),
            key!("model-unused-unit.help"),
            diagnostics,
        );
    }
    tables(scenario, diagnostics);
    sources(scenario, diagnostics);
}

/// Tables that nothing is looked up in.
fn tables(scenario: &Scenario, diagnostics: &mut DiagnosticList) {
    if scenario.tables.is_empty() {
        return;
    }
    let mut names: IndexSet<&str> = IndexSet::new();
    for formula in formulas(scenario) {
        formula.tree.names(&mut |name| {
            names.insert(name);
        });
    }
    for (name, table) in scenario.tables.iter().filter(|(name, _)| !names.contains(name.as_str())) {
        let help = message!("model-unused-table.help", name = name);
        warn(table.place, message!("model-unused-table", name = name), help, diagnostics);
    }
}

fn warn(place: Place, message: Message, help: impl Into<Message>, diagnostics: &mut DiagnosticList) {
    if place.file == ITSELF {
        diagnostics.push(Diagnostic::warning(place, message).help(help));
    }
}

/// What is spoken of elsewhere than in equations, metrics, targets and gates.
pub(super) fn named(scenario: &Scenario) -> IndexSet<&str> {
    let mut names: IndexSet<&str> = scenario.history.keys().map(|name| head(name)).collect();
    for account in scenario.accounts.values() {
        names.extend(account.kind.variables().into_iter().map(|(name, _)| head(name)));
        if let AccountKind::Supply { claims, .. } = &account.kind {
            names.extend(claims.iter().map(|(name, _)| head(name)));
        }
    }
    names.extend(
        scenario.softness.values().filter_map(|rule| rule.status.as_ref()).map(|(name, _)| head(name)),
    );
    names.extend(scenario.figures.values().flat_map(|figure| &figure.all_of).map(|(name, _)| head(name)));
    for decomposition in scenario.decompositions.values() {
        names.insert(head(&decomposition.of.0));
        for effect in decomposition.effects.values() {
            names.extend(effect.each.as_ref().map(|(set, _)| set.as_str()));
            effect.formula.tree.names(&mut |name| {
                names.insert(name);
            });
        }
    }
    for states in scenario.targets.values().filter_map(|target| target.states.as_ref()) {
        states.tree.names(&mut |name| {
            names.insert(name);
        });
    }
    names
}

fn head(name: &str) -> &str {
    name.split(['[', '.']).next().unwrap_or_default().trim()
}

fn sets(
    scenario: &Scenario,
    structure: &Structure,
    named: &IndexSet<&str>,
    diagnostics: &mut DiagnosticList,
) {
    let mut names = named.clone();
    names.extend(structure.used());
    let indices = scenario.variables.values().flat_map(|variable| &variable.indices);
    names.extend(indices.map(|index| index.name.as_str()));
    for formula in formulas(scenario) {
        formula.tree.names(&mut |name| {
            names.insert(name);
        });
    }
    let parameters = scenario.parameters.values().flat_map(|parameter| &parameter.over);
    let shocks = scenario.shocks.values().flat_map(|shock| &shock.over);
    let fields = scenario.sets.values().flat_map(|set| set.fields.values()).filter_map(|f| f.over.as_ref());
    names.extend(parameters.chain(shocks).chain(fields).map(|(set, _)| set.as_str()));
    let known = |name: &String| names.contains(name.as_str());
    for (name, set) in &scenario.sets {
        if !known(name) && !set.members.keys().any(known) && !set.fields.keys().any(known) {
            warn(
                set.place,
                message!("model-unused-set", name = name),
                key!("model-unused-set.help"),
                diagnostics,
            );
        }
    }
}

fn formulas(scenario: &Scenario) -> impl Iterator<Item = &Formula> {
    let variables = scenario.variables.values();
    variables
        .flat_map(|variable| variable.start.iter().chain([&variable.formula]))
        .chain(scenario.metrics.values().map(|metric| &metric.formula))
        .chain(scenario.targets.values().map(|target| &target.require))
        .chain(scenario.gates.values().map(|gate| &gate.require))
}

/// Sources that nothing cites, and sources cited that are not listed.
fn sources(scenario: &Scenario, diagnostics: &mut DiagnosticList) {
    let cited: Vec<(&str, Place)> = texts(&scenario.document, "source").collect();
    for (id, place) in &cited {
        if !id.is_empty() && !scenario.sources.contains_key(*id) {
            let mut diagnostic = Diagnostic::warning(*place, message!("model-unused-no-source", id = id));
            diagnostic.help = nearest(id, scenario.sources.keys().map(String::as_str))
                .map(|near| message!("text-did-you-mean", name = near));
            diagnostics.push(diagnostic);
        }
    }
    let cited: IndexSet<&str> = cited.into_iter().map(|(id, _)| id).collect();
    for (id, source) in scenario.sources.iter().filter(|(id, _)| !cited.contains(id.as_str())) {
        let help = message!("model-unused-source.help", id = id);
        warn(source.place, message!("model-unused-source", id = id), help, diagnostics);
    }
}

/// The texts that stand under a key anywhere in a document.
fn texts<'a>(document: &'a TomlTable, key: &str) -> impl Iterator<Item = (&'a str, Place)> {
    let mut found = Vec::new();
    let mut waiting: Vec<&TomlTable> = vec![document];
    while let Some(table) = waiting.pop() {
        for (name, entry) in table {
            match &entry.node.value {
                TomlValue::Text(text) if name == key => found.push((text.as_str(), entry.node.place)),
                TomlValue::Table(inner) => waiting.push(inner),
                TomlValue::List(items) => waiting.extend(items.iter().filter_map(|item| item.table())),
                _ => {}
            }
        }
    }
    found.into_iter()
}
