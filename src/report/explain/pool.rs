//! A pool: the worlds that it is of, and the world of a path.

use std::fmt::Write as _;

use super::joined;
use crate::scenario::Scenario;
use crate::scenario::pool::Pool;
use crate::text::Language;
use crate::text::number::trimmed;
use crate::tr;

/// Puts the world of a path into the place of its pool, and says which it is; nothing where the scenario is no pool.
pub fn world_of(scenario: &mut Scenario, path: u64, language: Language) -> String {
    let Some(pool) = &scenario.pool else { return String::new() };
    let number = pool.sequence().at(path);
    let world = &pool.worlds[number];
    let line = tr!(
        language,
        "report-explain-pool-path",
        path = path.to_string(),
        world = &world.name,
        weight = trimmed(100.0 * world.weight, 3)
    );
    let run = scenario.run.clone();
    *scenario = Scenario { run, ..scenario.in_world(number) };
    line + "\n"
}

/// The worlds with their weights, and what is asked of them.
pub fn of_pool(scenario: &Scenario, pool: &Pool, language: Language) -> String {
    let mut out =
        tr!(language, "report-explain-head", title = &scenario.title, scenario = &scenario.id) + "\n";
    if !scenario.summary.is_empty() {
        let _ = writeln!(out, "\n{}", scenario.summary.get(language).trim());
    }
    let time = &scenario.time;
    let _ = writeln!(out, "\n{}", tr!(language, "report-explain-pool", start = time.start, end = time.end));
    for world in &pool.worlds {
        let weight = trimmed(100.0 * world.weight, 3);
        let (name, title) = (&world.name, &world.scenario.title);
        let line = tr!(language, "report-explain-pool-world", name = name, title = title, weight = weight);
        let _ = writeln!(out, "  {line}");
        if !world.note.is_empty() {
            let _ = writeln!(out, "    {}", world.note.get(language).trim());
        }
    }
    for (title, names) in [
        (tr!(language, "report-explain-metrics"), joined(scenario.metrics.keys())),
        (tr!(language, "report-explain-targets"), joined(scenario.targets.keys())),
        (tr!(language, "report-explain-gates"), joined(scenario.gates.keys())),
    ] {
        if !names.is_empty() {
            let _ = writeln!(out, "\n{title}\n  {names}");
        }
    }
    out
}
