//! Whether accounts, histories, and what targets state, name what there is.

use crate::scenario::Scenario;
use crate::scenario::claims::element;
use crate::scenario::written::AccountKind;
use crate::text::{Diagnostic, DiagnosticList, Place, suggest::did_you_mean};
use crate::{key, message};

/// Notes names in accounts and histories that stand for nothing, and `states` that state nothing of one variable.
pub(super) fn check(scenario: &Scenario, diagnostics: &mut DiagnosticList) {
    for account in scenario.accounts.values() {
        for (name, place) in account.kind.variables() {
            variable(scenario, name, *place, diagnostics);
        }
        if let AccountKind::Supply { claims, .. } = &account.kind {
            for (name, place) in claims.iter().filter(|(name, _)| !is_datum(scenario, name)) {
                variable(scenario, name, *place, diagnostics);
            }
        }
    }
    for (name, history) in &scenario.history {
        variable(scenario, name, history.place, diagnostics);
    }
    for (name, place) in scenario.figures.values().flat_map(|figure| &figure.all_of) {
        variable(scenario, name, *place, diagnostics);
    }
    for (name, target) in &scenario.targets {
        if let Some(states) = target.states.as_ref().filter(|states| !states.text.is_empty())
            && target.stated(scenario).is_none()
        {
            diagnostics.push(
                Diagnostic::missing(states.place, message!("model-accounts-states", name = name))
                    .help(key!("model-accounts-states.help")),
            );
        }
    }
}

/// Whether a name is that of a parameter or a field.
fn is_datum(scenario: &Scenario, name: &str) -> bool {
    let head = name.split('[').next().unwrap_or(name).trim();
    scenario.parameters.contains_key(head) || scenario.sets.values().any(|set| set.fields.contains_key(head))
}

/// Notes a name that is no variable, or has other members than the variable.
fn variable(scenario: &Scenario, name: &str, place: Place, diagnostics: &mut DiagnosticList) {
    let element = element(name);
    let (head, members) = element.split_once('[').unwrap_or((&element, ""));
    let Some(variable) = scenario.variables.get(head) else {
        let known: Vec<&str> = scenario.variables.keys().map(String::as_str).collect();
        let mut diagnostic = Diagnostic::missing(place, message!("model-accounts-no-variable", head = head));
        diagnostic.help = did_you_mean(head, &known, key!("text-kind-variables"));
        diagnostics.push(diagnostic);
        return;
    };
    let members: Vec<&str> = members.trim_end_matches(']').split(',').filter(|m| !m.is_empty()).collect();
    let fits = members.len() == variable.indices.len()
        && members.iter().zip(&variable.indices).all(|(member, index)| {
            scenario.sets.get(&index.name).is_some_and(|set| set.members.contains_key(*member))
        });
    if !fits {
        let indices: Vec<&str> = variable.indices.iter().map(|index| index.name.as_str()).collect();
        let wanted =
            if indices.is_empty() { head.to_string() } else { format!("{head}[{}]", indices.join(", ")) };
        diagnostics.push(
            Diagnostic::missing(place, message!("model-accounts-no-value", name = name, wanted = wanted))
                .help(key!("model-accounts-no-value.help")),
        );
    }
}
