//! How the simultaneous equations of a path were solved: every evaluation of their formulas.

use std::fmt::Write as _;

use crate::engine::run_path_watched;
use crate::model::Model;
use crate::num::system::Iteration;
use crate::text::Language;
use crate::text::number::trimmed;
use crate::tr;

/// Most unknowns whose values are shown.
const MOST_SHOWN: usize = 8;

/// The evaluations of all systems on a path that `wanted` names something of.
pub(super) fn evaluations(
    model: &Model,
    (seed, path): (u64, u64),
    wanted: impl Fn(&str) -> bool,
    language: Language,
) -> String {
    let systems = &model.labels.systems;
    let mut found: Vec<Vec<Iteration>> = vec![Vec::new(); systems.len()];
    let mut watch = |system: u32, iteration| found[system as usize].push(iteration);
    if !systems.is_empty() {
        run_path_watched(&model.program, seed, path, Some(&mut watch));
    }
    let mut out = String::new();
    for (system, iterations) in systems.iter().zip(&found) {
        if !wanted(&system.name) && !system.unknowns.iter().any(|name| wanted(name)) {
            continue;
        }
        let again = iterations.iter().position(|iteration| iteration.is_again);
        let (name, year, count) = (&system.name, system.year, again.unwrap_or(iterations.len()));
        let head = if system.by_derivatives {
            tr!(language, "report-explain-solved-newton", name = name, year = year, count = count)
        } else {
            tr!(language, "report-explain-solved-substitution", name = name, year = year, count = count)
        };
        let _ = writeln!(out, "  {head}");
        let again = iterations.iter().position(|iteration| iteration.is_again);
        for (number, iteration) in (1..).zip(iterations) {
            if again.is_some_and(|again| again + 1 == number as usize) {
                let _ = writeln!(out, "    {}", tr!(language, "report-explain-solved-again"));
            }
            let _ = writeln!(out, "    {}", line(number, &system.unknowns, iteration, language));
        }
    }
    out
}

fn line(number: u32, unknowns: &[String], iteration: &Iteration, language: Language) -> String {
    let named = unknowns.iter().zip(&iteration.x).take(MOST_SHOWN);
    let mut shown: Vec<String> = named.map(|(name, x)| format!("{name} {}", trimmed(*x, 10))).collect();
    if unknowns.len() > MOST_SHOWN {
        shown.push("…".to_owned());
    }
    let point = shown.join("  ");
    if iteration.residual.is_nan() {
        return tr!(language, "report-explain-solved-none", number = number.to_string(), point = point);
    }
    tr!(
        language,
        "report-explain-solved-line",
        number = number.to_string(),
        point = point,
        residual = format!("{:.1e}", iteration.residual)
    )
}
