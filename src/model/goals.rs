//! Which targets are readings of one goal, and which only join others: a goal is counted once.

use std::collections::{BTreeMap, BTreeSet};

use crate::formula::{BinaryOperator, Expr, ExprKind};
use crate::message;
use crate::scenario::Scenario;
use crate::text::{Diagnostic, DiagnosticList, nearest};

/// How each target stands to the others, in the order of the file.
pub(super) struct Goals {
    /// The target that is the headline reading of its goal: for most targets itself.
    pub(super) headline: Vec<usize>,
    /// The targets that it joins by `and`, where it asks nothing else.
    pub(super) joins: Vec<Vec<usize>>,
}

/// Targets with the same `goal`, or else the same figure of the same source, are readings of one goal. Its headline is
/// the target that others name as their goal, or else the first.
pub(super) fn of(scenario: &Scenario) -> Goals {
    let targets = &scenario.targets;
    let mut joins: Vec<Vec<usize>> = targets
        .values()
        .map(|target| match target.goal {
            None => joined(scenario, &target.require.tree).unwrap_or_default(),
            Some(_) => Vec::new(),
        })
        .collect();
    let mut class: Vec<usize> = (0..targets.len()).collect();
    let mut first: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut named = BTreeSet::new();
    for (place, target) in targets.values().enumerate() {
        let other = match &target.goal {
            Some((goal, _)) => match targets.get_index_of(goal.as_str()) {
                Some(other) => {
                    named.extend((other != place).then_some(other));
                    other
                }
                None => *first.entry(("", goal.as_str())).or_insert(place),
            },
            None if target.figure.is_empty() || !joins[place].is_empty() => place,
            // A source has a name: these keys are none of the goals above.
            None => *first.entry((in_source(&target.source), target.figure.as_str())).or_insert(place),
        };
        unite(&mut class, place, other);
    }
    let headline = (0..class.len())
        .map(|place| {
            let named = named.iter().copied().find(|other| class[*other] == class[place]);
            named.unwrap_or(class[place])
        })
        .collect();
    named.iter().for_each(|place| joins[*place].clear());
    Goals { headline, joins }
}

fn in_source(source: &str) -> &str {
    if source.is_empty() { "-" } else { source }
}

/// Puts two targets into one class, which is called after the first of its members.
fn unite(class: &mut [usize], a: usize, b: usize) {
    let (a, b) = (class[a].min(class[b]), class[a].max(class[b]));
    class.iter_mut().filter(|each| **each == b).for_each(|each| *each = a);
}

/// The targets that a requirement is the `and` of; nothing where it asks anything else.
fn joined(scenario: &Scenario, expr: &Expr) -> Option<Vec<usize>> {
    match &expr.kind {
        ExprKind::Binary(BinaryOperator::And, a, b) => {
            let mut all = joined(scenario, a)?;
            all.extend(joined(scenario, b)?);
            Some(all)
        }
        // In formulas a name means a target only where nothing else is called so.
        ExprKind::Name { name, .. }
            if !scenario.variables.contains_key(name)
                && !scenario.parameters.contains_key(name)
                && !scenario.metrics.contains_key(name) =>
        {
            scenario.targets.get_index_of(name.as_str()).map(|place| vec![place])
        }
        _ => None,
    }
}

/// Warns of a goal that one target alone names, and that is not its own name.
pub(super) fn look(scenario: &Scenario, diagnostics: &mut DiagnosticList) {
    let targets = &scenario.targets;
    for (name, target) in targets {
        let Some((goal, place)) = &target.goal else { continue };
        let shared = targets.iter().any(|(other, target)| {
            other != name && target.goal.as_ref().is_some_and(|(theirs, _)| theirs == goal)
        });
        if goal == name || shared || targets.contains_key(goal) {
            continue;
        }
        let goals = targets.values().filter_map(|target| target.goal.as_ref()).map(|(goal, _)| goal.as_str());
        let known = targets.keys().map(String::as_str).chain(goals).filter(|known| *known != goal.as_str());
        let help = nearest(goal, known).map_or_else(
            || message!("model-goals-alone.help"),
            |near| message!("text-did-you-mean", name = near),
        );
        let message = message!("model-goals-alone", goal = goal);
        diagnostics.push(Diagnostic::warning(*place, message).help(help));
    }
}
