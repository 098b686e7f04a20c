//! Which targets are variants of one goal, and which only join others: a goal is counted once.

use std::collections::{BTreeMap, BTreeSet};

use crate::formula::{BinaryOperator, Expr, ExprKind};
use crate::message;
use crate::scenario::Scenario;
use crate::scenario::written::Target;
use crate::text::{Diagnostic, DiagnosticList, Place, nearest, suggest::did_you_mean};

/// How each target stands to the others, in the order of the file.
pub(super) struct Goals {
    /// The target that stands for its goal: for most targets itself.
    pub(super) headline: Vec<usize>,
    /// The targets that it joins by `and`, where it asks nothing else.
    pub(super) joins: Vec<Vec<usize>>,
}

/// Targets with the same `goal`, or else the same figure of the same source, are readings of one goal; so are a target
/// and that of which it is written to be a variant. For the goal stands the target that others name, or else the first.
pub(super) fn of(scenario: &Scenario) -> Goals {
    let targets = &scenario.targets;
    let mut joins: Vec<Vec<usize>> = targets
        .values()
        .map(|target| match target.goal {
            None if target.variant_of.is_none() => joined(scenario, &target.require.tree).unwrap_or_default(),
            _ => Vec::new(),
        })
        .collect();
    let mut class: Vec<usize> = (0..targets.len()).collect();
    let mut first: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    // Targets that others name; of these as a goal, so that they are one even where they join others.
    let (mut named, mut goals) = (BTreeSet::new(), BTreeSet::new());
    for (place, target) in targets.values().enumerate() {
        let varied = target.variant_of.as_ref().and_then(|(of, _)| targets.get_index_of(of.as_str()));
        let other = match &target.goal {
            _ if varied.is_some() => {
                named.extend(varied);
                varied.unwrap_or(place)
            }
            Some((goal, _)) => match targets.get_index_of(goal.as_str()) {
                Some(other) => {
                    named.extend((other != place).then_some(other));
                    goals.extend((other != place).then_some(other));
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
    goals.iter().for_each(|place| joins[*place].clear());
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

/// Notes variants and headline targets that name no goal.
pub(super) fn check(scenario: &Scenario, diagnostics: &mut DiagnosticList) {
    for (name, target) in &scenario.targets {
        let Some((of, place)) = &target.variant_of else { continue };
        if of == name {
            let message = message!("model-goals-own-variant", target = name);
            diagnostics
                .push(Diagnostic::error(*place, message).help(message!("model-goals-own-variant.help")));
            continue;
        }
        is_goal(scenario, of, *place, diagnostics);
        if let Some((_, place)) = &target.goal {
            let message = message!("model-goals-variant-and-goal", target = name);
            diagnostics
                .push(Diagnostic::error(*place, message).help(message!("model-goals-variant-and-goal.help")));
        }
    }
    let mut seen = BTreeSet::new();
    for (name, place) in &scenario.headline {
        is_goal(scenario, name, *place, diagnostics);
        if !seen.insert(name) {
            diagnostics.error(*place, message!("model-goals-headline-twice", target = name));
        }
    }
}

/// Notes a name that is no target's, or that of another variant.
fn is_goal(scenario: &Scenario, name: &str, place: Place, diagnostics: &mut DiagnosticList) {
    let variant = |target: &Target| target.variant_of.as_ref().map(|(of, _)| of.clone());
    match scenario.targets.get(name).map(variant) {
        Some(None) => {}
        Some(Some(of)) => diagnostics.push(
            Diagnostic::error(place, message!("model-goals-of-a-variant", target = name, goal = &of))
                .help(message!("model-goals-of-a-variant.help", goal = &of)),
        ),
        None => {
            let known: Vec<&str> = scenario.targets.keys().map(String::as_str).collect();
            let mut diagnostic = Diagnostic::missing(place, message!("model-goals-no-target", target = name));
            diagnostic.help = did_you_mean(name, &known, crate::key!("text-kind-targets"));
            diagnostics.push(diagnostic);
        }
    }
}

/// Most targets that a page can lead with.
const MOST_HEADLINES: usize = 8;

/// Warns of a goal that one target alone names, and that is not its own name, and of too many headline targets.
pub(super) fn look(scenario: &Scenario, diagnostics: &mut DiagnosticList) {
    if let Some((_, place)) = scenario.headline.get(MOST_HEADLINES) {
        let message =
            message!("model-goals-many-headlines", count = scenario.headline.len(), most = MOST_HEADLINES);
        diagnostics
            .push(Diagnostic::warning(*place, message).help(message!("model-goals-many-headlines.help")));
    }
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
