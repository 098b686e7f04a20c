//! A pool as a model: the models of its worlds, and what they have in common.
//!
//! Each world is compiled by itself, with the pool's targets and gates. Its program then records what all worlds have, in one
//! order, so that whoever reads results need not know that there are several.

mod gates;
mod labels;

use indexmap::{IndexMap, IndexSet};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::compile::{Model, RecordedVariables, compile_for};
use super::data::{Input, InputKind};
use super::drivers::{Driver, names};
use super::program::{PooledPrograms, Program};
use crate::message;
use crate::num::{Distribution, draw};
use crate::scenario::Scenario;
use crate::scenario::pool::{Pool, WORLD};
use crate::scenario::quantity::Provenance;
use crate::text::{Diagnostic, DiagnosticList, Severity, Text};

/// What the draw of the world is a hash of. No input's name has spaces.
const DRAW_NAME: &str = "world of the pool";

/// Compiles a pool; `None` when a world has errors, or the worlds do not agree.
pub(super) fn compile(
    scenario: &Scenario,
    pool: &Pool,
    record: &RecordedVariables,
    judge: bool,
    diagnostics: &mut DiagnosticList,
) -> Option<Model> {
    let worlds = compile_worlds(scenario, pool, record, judge, diagnostics)?;
    let names = pool.names();
    let taken = worlds.iter().zip(&names).find_map(|(model, world)| has_name(model).then_some(*world));
    if let Some(world) = taken {
        let message = message!("model-pool-name-taken", world = world, name = WORLD);
        diagnostics
            .push(Diagnostic::error(pool.place, message).help(crate::key!("model-pool-name-taken.help")));
    }
    let (labels, series) = labels::common(scenario, pool, &worlds, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let sequence = pool.sequence();
    let weights: Vec<f64> = (0..worlds.len()).map(|world| sequence.weight(world)).collect();
    let stream = draw::stream(DRAW_NAME);
    let pooled = |programs: Vec<Program>| {
        let (series, targets) = programs.first().map_or((0, 0), |one| (one.series, one.targets));
        let pool = PooledPrograms { worlds: programs, sequence: pool.sequence(), stream };
        Program { series, targets, pool: Some(Box::new(pool)), ..Program::default() }
    };
    let targets: Vec<u32> = (0..labels.targets.len() as u32).collect();
    let programs: Vec<Program> =
        worlds.iter().zip(&series).map(|(world, series)| world.program.only(series, &targets)).collect();
    let labels = labels::with_random(labels, &programs);
    let (gates, judging) = if judge { gates::merged(&worlds, &weights) } else { Default::default() };
    let (inputs, drivers) = inputs(&worlds, &weights, stream);
    let first = worlds.into_iter().next()?;
    let judging = if judge { pooled(judging) } else { Program::default() };
    let (structure, units) = (first.structure, first.units);
    let correlated = Vec::new();
    Some(Model {
        program: pooled(programs),
        labels,
        inputs,
        drivers,
        correlated,
        structure,
        units,
        gates,
        judging,
    })
}

/// The models of the worlds. What is wrong with any of them is told; what may be a mistake, where all worlds have it: of one
/// world alone `validate` tells it.
fn compile_worlds(
    scenario: &Scenario,
    pool: &Pool,
    record: &RecordedVariables,
    judge: bool,
    diagnostics: &mut DiagnosticList,
) -> Option<Vec<Model>> {
    let before = diagnostics.clone();
    let compile = |(world, record): (usize, RecordedVariables)| {
        let mut found = before.clone();
        (compile_for(&scenario.in_world(world), &record, judge, &mut found), found)
    };
    let count = pool.worlds.len();
    let mut compiled: Vec<_> =
        (0..count).into_par_iter().map(|world| compile((world, record.clone()))).collect();
    // What is recorded of one world is recorded of all that have it.
    let missing: Vec<Vec<String>> = (0..count).map(|world| missing_in(scenario, &compiled, world)).collect();
    for (world, missing) in missing.into_iter().enumerate().filter(|(_, missing)| !missing.is_empty()) {
        let asked = if let RecordedVariables::Also(names) = record { names.clone() } else { Vec::new() };
        compiled[world] = compile((world, RecordedVariables::Also([asked, missing].concat())));
    }
    let is_shared = |one: &Diagnostic| compiled.iter().all(|(_, found)| found.0.contains(one));
    for ((_, found), world) in compiled.iter().zip(&pool.worlds) {
        for one in &found.0 {
            if is_shared(one) {
                diagnostics.push(one.clone());
            } else if one.severity == Severity::Error {
                let message = message!("model-pool-error", world = &world.name, why = &one.message);
                diagnostics.push(Diagnostic { message, ..one.clone() });
            }
        }
    }
    compiled.into_iter().map(|(model, _)| model).collect()
}

/// The variables that some other world records and this one has, but does not record.
fn missing_in(
    scenario: &Scenario,
    compiled: &[(Option<Model>, DiagnosticList)],
    world: usize,
) -> Vec<String> {
    let recorded = |model: &Option<Model>| -> IndexSet<String> {
        let labels = model.iter().flat_map(|model| &model.labels.variables);
        labels.map(|label| label.name.clone()).collect()
    };
    let own = recorded(&compiled[world].0);
    let written = scenario.pool.as_ref().map(|pool| &pool.worlds[world].scenario.variables);
    let has = |name: &String| {
        written.is_some_and(|variables| variables.contains_key(name.split('[').next().unwrap_or_default()))
    };
    let others = compiled.iter().flat_map(|(model, _)| recorded(model));
    others.collect::<IndexSet<_>>().difference(&own).filter(|name| has(name)).cloned().collect()
}

/// Whether something in a world is called what the pool's own input and column are.
fn has_name(model: &Model) -> bool {
    let labels = &model.labels;
    let is = |name: &String| name == WORLD;
    model.inputs.iter().any(|input| names(&input.name).contains(&WORLD))
        || labels.metrics.iter().any(|label| is(&label.name))
        || labels.targets.iter().any(|label| is(&label.name))
}

/// The inputs of all worlds, that which says the world first, and what they are to those who ask what drives results.
fn inputs(worlds: &[Model], weights: &[f64], stream: u32) -> (Vec<Input>, Vec<Driver>) {
    let numbers = (0..weights.len()).map(|world| world as f64).collect();
    let title = Text::from(&message!("model-pool-world"));
    let own = Input {
        varying: None,
        name: WORLD.to_owned(),
        kind: InputKind::Parameter,
        distribution: Distribution::Discrete { values: numbers, weights: weights.to_vec() },
        written: String::new(),
        stream,
        provenance: Provenance::default(),
        place: crate::text::Place::default(),
        adjustment: None,
    };
    let driver = Driver {
        name: WORLD.to_owned(),
        title: title.clone(),
        own_title: title.clone(),
        group: WORLD.to_owned(),
        group_title: title,
        ..Driver::default()
    };
    // An input may be drawn by rows in one world and by itself in another: then its draws are not the same.
    let key = |input: &Input| (input.name.clone(), input.stream);
    let mut found: IndexMap<(String, u32), (Input, Driver)> = IndexMap::from([(key(&own), (own, driver))]);
    for world in worlds {
        for (input, driver) in world.inputs.iter().zip(&world.drivers) {
            match found.get_mut(&key(input)) {
                Some((known, driver)) => driver.varies |= known.distribution != input.distribution,
                None => {
                    found.insert(key(input), (input.clone(), driver.clone()));
                }
            }
        }
    }
    found.into_values().unzip()
}
