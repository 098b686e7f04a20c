//! A pool: the worlds that it is of, and the world of a path.

use std::fmt::Write as _;

use super::super::{Failure, output::wrong};
use super::joined;
use plancast::scenario::pool::Pool;
use plancast::scenario::{Loaded, Scenario};
use plancast::study::StudyError;
use plancast::text::Language;
use plancast::text::number::trimmed;
use plancast::{message, tr};

/// Puts the world of a path into the place of its pool, and says which it is; nothing where the scenario is no pool.
pub(super) fn world_of(loaded: &mut Loaded, path: u64, language: Language) -> String {
    let scenario = &mut loaded.scenario;
    let Some(pool) = &scenario.pool else { return String::new() };
    let number = pool.sequence().at(path);
    let world = &pool.worlds[number];
    let line = tr!(
        language,
        "cli-explain-pool-path",
        path = path.to_string(),
        world = &world.name,
        weight = trimmed(100.0 * world.weight, 3)
    );
    let run = scenario.run.clone();
    *scenario = Scenario { run, ..scenario.in_world(number) };
    line + "\n"
}

/// That names are explained in the worlds of a pool, where the scenario is one.
pub(super) fn refuse(scenario: &Scenario) -> Result<(), Failure> {
    StudyError::of_pool(scenario, message!("cli-explain-pool-name")).map_err(|error| wrong(error.message()))
}

/// The worlds with their weights, and what is asked of them.
pub(super) fn overview(scenario: &Scenario, pool: &Pool, language: Language) -> String {
    let mut out = tr!(language, "cli-explain-head", title = &scenario.title, scenario = &scenario.id) + "\n";
    if !scenario.summary.is_empty() {
        let _ = writeln!(out, "\n{}", scenario.summary.get(language).trim());
    }
    let time = &scenario.time;
    let _ = writeln!(out, "\n{}", tr!(language, "cli-explain-pool", start = time.start, end = time.end));
    for world in &pool.worlds {
        let weight = trimmed(100.0 * world.weight, 3);
        let (name, title) = (&world.name, &world.scenario.title);
        let line = tr!(language, "cli-explain-pool-world", name = name, title = title, weight = weight);
        let _ = writeln!(out, "  {line}");
        if !world.note.is_empty() {
            let _ = writeln!(out, "    {}", world.note.get(language).trim());
        }
    }
    for (title, names) in [
        (tr!(language, "cli-explain-metrics"), joined(scenario.metrics.keys())),
        (tr!(language, "cli-explain-targets"), joined(scenario.targets.keys())),
        (tr!(language, "cli-explain-gates"), joined(scenario.gates.keys())),
    ] {
        if !names.is_empty() {
            let _ = writeln!(out, "\n{title}\n  {names}");
        }
    }
    out
}
