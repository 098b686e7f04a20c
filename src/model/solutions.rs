//! What looks wrong with systems of equations on the central path: that there is no solution, or more than one.

use indexmap::IndexSet;

use super::compile::{Writing, WrittenValues};
use super::system::{CentralSolution, GraphSystem};
use crate::message;
use crate::text::number::trimmed;
use crate::text::{Diagnostic, DiagnosticList, Message};

/// Most unknowns whose values are named.
const MOST_NAMED: usize = 3;

/// Notes, for each declaration, the first year in which the central path has no solution and the first in which it has several.
pub(super) fn look(writing: &Writing<'_>, written: &WrittenValues, diagnostics: &mut DiagnosticList) {
    let (mut without, mut several) = (IndexSet::new(), IndexSet::new());
    for (system, solution) in written.graph.systems.iter().zip(&written.solutions) {
        let Some((name, declared)) = writing.scenario.simultaneous.get_index(system.declaration) else {
            continue;
        };
        if solution.iterations.is_none() && without.insert(system.declaration) {
            let unknown = system.names.get(solution.worst).map_or("", String::as_str);
            let message = message!(
                "model-simultaneous-none",
                name = name,
                year = system.year,
                why = why(system, solution)
            );
            let help = message!("model-simultaneous-none.help", unknown = plain(unknown));
            diagnostics.push(Diagnostic::warning(declared.place, message).help(help));
        }
        if let Some(other) = &solution.other
            && several.insert(system.declaration)
        {
            let start = match other.factor {
                Some(factor) => message!("model-simultaneous-other.times", factor = factor.to_string()),
                None => message!("model-simultaneous-other.at", number = other.number.to_string()),
            };
            let from = point(system, &solution.start);
            let message = message!(
                "model-simultaneous-other",
                name = name,
                year = system.year,
                from = from,
                found = point(system, &solution.x),
                start = start,
                other = point(system, &other.x)
            );
            let help = message!("model-simultaneous-other.help", unknown = plain(&system.names[0]));
            diagnostics.push(Diagnostic::warning(declared.place, message).help(help));
        }
    }
}

/// A variable's name without members.
fn plain(name: &str) -> &str {
    name.split('[').next().unwrap_or(name)
}

fn why(system: &GraphSystem, solution: &CentralSolution) -> Message {
    if solution.residual.is_nan() {
        return message!("model-simultaneous-none.formulas", point = point(system, &solution.last));
    }
    message!(
        "model-simultaneous-none.residual",
        count = solution.evaluations,
        unknown = &system.names[solution.worst],
        residual = share(solution.residual)
    )
}

/// A relative distance, in words for people: per cent where it is large.
fn share(residual: f64) -> String {
    if residual < 1e-4 { format!("{residual:.1e}") } else { format!("{} %", trimmed(100.0 * residual, 3)) }
}

/// The first unknowns with their values.
fn point(system: &GraphSystem, x: &[f64]) -> String {
    let named = system.names.iter().zip(x).take(MOST_NAMED);
    let mut text: Vec<String> = named.map(|(name, x)| format!("{name} = {}", trimmed(*x, 6))).collect();
    if system.names.len() > MOST_NAMED {
        text.push("…".to_owned());
    }
    text.join(", ")
}
