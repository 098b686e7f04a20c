//! What runs but is probably a mistake: warnings.

use indexmap::{IndexMap, IndexSet};

use super::assumptions::each_value;
use super::compile::{Writing, WrittenValues};
use super::labelling::RecordedElements;
use super::range::ValueRange;
use super::structure::Structure;
use super::{goals, softness, spread, unused};
use crate::formula::{BinaryOperator, Expr, ExprKind, UnaryOperator};
use crate::scenario::Scenario;
use crate::scenario::claims::element as element_name;
use crate::scenario::quantity::{Quantity, QuantityKind};
use crate::scenario::written::{Among, CorrelationInputs};
use crate::text::{Diagnostic, DiagnosticList, Key, Message, Place, nearest};
use crate::{key, message};

/// Notes what looks like a mistake in a model without errors.
pub(super) fn look(
    writing: &Writing<'_>,
    structure: &Structure,
    written: &WrittenValues,
    recorded: &RecordedElements,
    ranges: &[ValueRange],
    diagnostics: &mut DiagnosticList,
) {
    unused(writing, structure, diagnostics);
    let recorded = recorded.iter().map(|(number, _, _)| writing.equations[*number].name.as_str()).collect();
    unused::look(writing, structure, &recorded, diagnostics);
    out_of_reach(writing.scenario, diagnostics);
    histories(writing, written, diagnostics);
    spread::look(writing, diagnostics);
    sources(writing, structure, diagnostics);
    figures(writing, diagnostics);
    twice(writing, diagnostics);
    foregone(writing, written, ranges, diagnostics);
    super::solutions::look(writing, written, diagnostics);
    goals::look(writing.scenario, diagnostics);
    softness::look(writing.scenario, diagnostics);
    statements(writing.scenario, diagnostics);
}

/// Recorded and assumed values of the base year that differ by no more than this share are rounded, and the same.
const SAME: f64 = 1e-3;

/// Histories that say another value of the base year than the variable begins with.
fn histories(writing: &Writing<'_>, written: &WrittenValues, diagnostics: &mut DiagnosticList) {
    let start = writing.scenario.time.start;
    let years = (writing.scenario.time.end - start) as usize + 1;
    let is_recorded = |name: &str| {
        let mut recorded =
            writing.scenario.history.keys().map(|key| key.split('[').next().unwrap_or_default());
        recorded.any(|head| head.trim() == name)
    };
    for equation in writing.equations.iter().filter(|equation| is_recorded(&equation.name)) {
        for position in 0..written.values.len() / years {
            let element = equation.offset + position;
            let Some(name) = writing.element_of(equation, position) else { break };
            let history = writing.scenario.history.iter().find(|(key, _)| element_name(key) == name);
            let Some((_, history)) = history else { continue };
            let recorded = history.values.iter().find(|(year, _)| *year == start).map(|(_, value)| *value);
            let begins = written.values[element * years].and_then(|node| written.graph.number(node));
            if let (Some(recorded), Some(begins)) = (recorded, begins)
                && (recorded - begins).abs() > SAME * crate::num::max(recorded.abs(), begins.abs())
            {
                let message = message!(
                    "model-lints-history",
                    name = &name,
                    year = start,
                    recorded = recorded.to_string(),
                    begins = begins.to_string()
                );
                let help = message!("model-lints-history.help", year = start);
                diagnostics.push(Diagnostic::warning(history.place, message).help(help));
            }
        }
    }
}

/// Targets that compare nothing, and scenarios without variables.
fn statements(scenario: &Scenario, diagnostics: &mut DiagnosticList) {
    if scenario.variables.is_empty() {
        let diagnostic = Diagnostic::warning(scenario.time.place, key!("model-lints-no-variables"));
        diagnostics.push(diagnostic.help(key!("model-lints-no-variables.help")));
    }
    for (name, target) in &scenario.targets {
        let require = &target.require;
        if !is_statement(scenario, &require.tree, 8) {
            let message = message!("model-lints-no-comparison", name = name);
            diagnostics.push(
                Diagnostic::warning(require.place, message)
                    .help(message!("model-lints-no-comparison.help", text = &require.text)),
            );
        }
    }
}

/// Whether an expression is true or false; of names, as far as `depth` of them lead.
fn is_statement(scenario: &Scenario, expr: &Expr, depth: u32) -> bool {
    match &expr.kind {
        ExprKind::Number(number) => matches!(*number, 0.0 | 1.0),
        ExprKind::Period(_) => false,
        ExprKind::Unary(operator, _) => *operator == UnaryOperator::Not,
        ExprKind::Binary(operator, ..) => operator.gives_truth(),
        ExprKind::Chain(..) => expr.operator().is_some_and(BinaryOperator::gives_truth),
        ExprKind::At(x, _) => is_statement(scenario, x, depth),
        ExprKind::Call { function, arguments, .. } => match function.as_str() {
            "if" => arguments.iter().skip(1).all(|branch| is_statement(scenario, branch, depth)),
            "prev" | "lag" | "min" | "max" | "minimum" | "maximum" => {
                arguments.first().is_some_and(|x| is_statement(scenario, x, depth))
            }
            _ => matches!(function.as_str(), "always" | "ever"),
        },
        ExprKind::Over { function, body, .. } => {
            matches!(function.as_str(), "min" | "max" | "product") && is_statement(scenario, body, depth)
        }
        ExprKind::Name { name, .. } => {
            let variable = scenario.variables.get(name).map(|variable| &variable.formula);
            match variable.or_else(|| scenario.metrics.get(name).map(|metric| &metric.formula)) {
                Some(formula) => depth > 0 && is_statement(scenario, &formula.tree, depth - 1),
                // Targets are, and data may be.
                None => true,
            }
        }
    }
}

/// Targets that are met, or missed, whatever is drawn.
fn foregone(
    writing: &Writing<'_>,
    written: &WrittenValues,
    ranges: &[ValueRange],
    diagnostics: &mut DiagnosticList,
) {
    let targets = &writing.scenario.targets;
    let open = targets.iter().zip(&written.targets).zip(&written.decided.targets);
    for ((name, target), node) in open.filter(|(_, decided)| decided.is_none()).map(|(open, _)| open) {
        if let Some(truth) = ranges[node.0 as usize].met() {
            let message = if truth {
                message!("model-lints-always-met", name = name)
            } else {
                message!("model-lints-never-met", name = name)
            };
            let help = if written.graph.number(*node).is_some() {
                key!("model-lints-nothing-random")
            } else {
                key!("model-lints-one-sided")
            };
            diagnostics.push(Diagnostic::warning(target.place, message).help(help));
        }
    }
}

/// What the results of a path are called.
const METRIC: Key = key!("model-lints-kind-metric");
const TARGET: Key = key!("model-lints-kind-target");

/// Names and requirements that stand for two things.
fn twice(writing: &Writing<'_>, diagnostics: &mut DiagnosticList) {
    let scenario = writing.scenario;
    let metrics = scenario.metrics.iter().map(|(name, metric)| (name, METRIC, metric.place));
    let targets = scenario.targets.iter().map(|(name, target)| (name, TARGET, target.place));
    for (name, kind, place) in metrics.chain(targets) {
        let hidden_by = if scenario.variables.contains_key(name) {
            key!("model-lints-kind-variable")
        } else if scenario.parameters.contains_key(name) {
            key!("model-lints-kind-parameter")
        } else if kind == TARGET && scenario.metrics.contains_key(name) {
            METRIC
        } else {
            continue;
        };
        diagnostics.push(
            Diagnostic::warning(
                place,
                message!("model-lints-same-name", kind = kind, name = name, hidden_by = hidden_by),
            )
            .help(message!(
                "model-lints-same-name.help",
                name = name,
                hidden_by = hidden_by,
                kind = kind
            )),
        );
    }
    let mut required: IndexMap<String, &str> = IndexMap::new();
    for (name, target) in &scenario.targets {
        let other = *required.entry(target.require.tree.to_string()).or_insert(name);
        // Readings of one goal may agree: of two figures one may be softer in its words and say the same.
        let goal = |name: &str| scenario.targets[name].variant_of.as_ref().map(|(goal, _)| goal.clone());
        let of_one_goal =
            goal(name).is_some_and(|of| of == other || goal(other).is_some_and(|other| other == of));
        if other != name && !of_one_goal {
            diagnostics.push(
                Diagnostic::warning(
                    target.place,
                    message!("model-lints-same-targets", other = other, name = name),
                )
                .help(key!("model-lints-same-targets.help")),
            );
        }
    }
    required.clear();
    for (name, gate) in &scenario.gates {
        let other = *required.entry(gate.require.tree.to_string()).or_insert(name);
        if other != name {
            let message = message!("model-lints-same-gates", other = other, name = name);
            diagnostics
                .push(Diagnostic::warning(gate.place, message).help(key!("model-lints-same-gates.help")));
        }
    }
}

/// Values of years after the last one, and levers that do not reach their own parameter.
fn out_of_reach(scenario: &Scenario, diagnostics: &mut DiagnosticList) {
    for (name, parameter) in &scenario.parameters {
        if let (Some(lever), QuantityKind::Number(value)) = (parameter.lever, &parameter.value.kind)
            && !(lever.min..=lever.max).contains(value)
        {
            let message = message!(
                "model-lints-lever",
                name = name,
                min = lever.min.to_string(),
                max = lever.max.to_string(),
                value = value.to_string()
            );
            diagnostics.push(
                Diagnostic::warning(parameter.value.place, message).help(key!("model-lints-lever.help")),
            );
        }
    }
    let sets = scenario.sets.values();
    let members = sets.clone().flat_map(|set| set.members.values()).flat_map(|member| member.values.values());
    let defaults = sets.flat_map(|set| set.fields.values()).filter_map(|field| field.default.as_ref());
    let all = members.map(|(_, quantity)| quantity).chain(defaults);
    let all = all.chain(scenario.parameters.values().map(|parameter| &parameter.value));
    for quantity in all.chain(scenario.shocks.values().map(|shock| &shock.dist)) {
        after_the_end(scenario, quantity, diagnostics);
    }
}

fn after_the_end(scenario: &Scenario, quantity: &Quantity, diagnostics: &mut DiagnosticList) {
    match &quantity.kind {
        QuantityKind::ByMember(entries) => {
            entries.iter().for_each(|(_, _, inner)| after_the_end(scenario, inner, diagnostics));
        }
        // Straight lines may lead to a year beyond; and what is extended may have had a longer horizon.
        QuantityKind::ByYear { linear: false, entries } => {
            let end = scenario.time.end;
            for (year, inner) in entries.iter().filter(|(year, _)| *year > end) {
                if [0, scenario.time.place.file].contains(&inner.place.file) {
                    let message = message!("model-lints-after-end", year = *year, end = end);
                    diagnostics.push(
                        Diagnostic::warning(inner.place, message).help(key!("model-lints-after-end.help")),
                    );
                }
            }
        }
        _ => {}
    }
}

fn unused(writing: &Writing<'_>, structure: &Structure, diagnostics: &mut DiagnosticList) {
    let mut used = structure.used();
    used.extend(unused::named(writing.scenario));
    let mut dead = IndexSet::new();
    for datum in &writing.data.data {
        if !used.contains(datum.name.as_str()) {
            dead.insert(datum.name.as_str());
            diagnostics.push(
                Diagnostic::warning(datum.place, message!("model-lints-unused", name = &datum.name))
                    .help(key!("model-lints-unused.help")),
            );
        }
    }
    for correlation in &writing.scenario.correlations {
        let names: Vec<&(String, Place)> = match &correlation.inputs {
            CorrelationInputs::Between(pair, _) => pair.iter().collect(),
            CorrelationInputs::AmongEqual(among, _) | CorrelationInputs::AmongMatrix(among, _) => match among
            {
                Among::Members(inputs) => vec![inputs],
                Among::Listed(inputs) => inputs.iter().collect(),
            },
        };
        for (name, place) in names {
            let head = name.split(['[', '.']).next().unwrap_or_default();
            if dead.contains(head) {
                diagnostics.push(
                    Diagnostic::warning(*place, message!("model-lints-unused-correlation", name = name))
                        .help(key!("model-lints-unused-correlation.help")),
                );
            }
        }
    }
}

/// Values without a source, sources that are not listed, and weak ones behind the headlines.
fn sources(writing: &Writing<'_>, structure: &Structure, diagnostics: &mut DiagnosticList) {
    let scenario = writing.scenario;
    let headlines =
        scenario.variables.iter().filter(|(_, variable)| variable.report).map(|(name, _)| name.as_str());
    let behind = structure.behind(headlines);
    let mut without: Vec<(String, Place)> = Vec::new();
    let mut weak: IndexSet<String> = IndexSet::new();
    each_value(scenario, &mut |datum, name, quantity| {
        let Some(source) = &quantity.provenance.source else {
            without.push((name, quantity.place));
            return;
        };
        match scenario.sources.get(source) {
            Some(known) if matches!(known.grade.as_str(), "C" | "D") && behind.contains(datum) => {
                weak.insert(name);
            }
            Some(_) => {}
            None => {
                let mut diagnostic = Diagnostic::warning(
                    quantity.provenance.source_place,
                    message!("model-lints-no-source", source = source),
                );
                diagnostic.help = nearest(source, scenario.sources.keys().map(String::as_str))
                    .map(|near| message!("text-did-you-mean", name = near));
                diagnostics.push(diagnostic);
            }
        }
    });
    if let Some((_, first)) = without.first() {
        let names: Vec<&str> = without.iter().map(|(name, _)| name.as_str()).collect();
        let message = message!("model-lints-without-source", count = names.len(), names = some(&names));
        diagnostics.push(Diagnostic::warning(*first, message).help(key!("model-lints-without-source.help")));
    }
    if !weak.is_empty() {
        let names: Vec<&str> = weak.iter().map(String::as_str).collect();
        let message = message!("model-lints-weak", count = names.len(), names = some(&names));
        diagnostics.push(Diagnostic::warning(None, message).help(key!("model-lints-weak.help")));
    }
}

/// Figures of the document that values and targets name and that are not listed.
fn figures(writing: &Writing<'_>, diagnostics: &mut DiagnosticList) {
    let known = &writing.scenario.figures;
    let mut look = |id: &str, place: Place| {
        if known.contains_key(id) {
            return;
        }
        let mut diagnostic = Diagnostic::warning(place, message!("model-lints-no-figure", id = id));
        diagnostic.help = nearest(id, known.keys().map(String::as_str))
            .map(|near| message!("text-did-you-mean", name = near));
        diagnostic.help = diagnostic.help.or_else(|| Some(message!("model-lints-no-figure.help", id = id)));
        diagnostics.push(diagnostic);
    };
    each_value(writing.scenario, &mut |_, _, quantity| {
        quantity.provenance.figures.iter().for_each(|(id, place)| look(id, *place));
    });
    // A target may name a figure of a list that stands elsewhere.
    for target in writing.scenario.targets.values().filter(|target| !target.figure.is_empty()) {
        if !known.is_empty() {
            look(&target.figure, target.place);
        }
    }
}

/// The first five names.
fn some(names: &[&str]) -> Message {
    match names.get(..5) {
        Some(first) if names.len() > 5 => message!("model-lints-some", names = first),
        _ => message!("model-lints-all", names = names),
    }
}
