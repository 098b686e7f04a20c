//! `plancast run`: from files to odds.

use std::io::Write;
use std::time::Instant;

use super::arguments::{Charts, RunOptions, language};
use super::{Failure, Outcome, diagnose, figures, folder, print, progress};
use crate::analysis::replayed::replay;
use crate::analysis::statement::{add_metric, added_series};
use crate::engine::{self, EngineError, Request, Watch};
use crate::model::{Model, Record, compile};
use crate::report::Material;
use crate::result::summary::Given;
use crate::result::{Distributions, Summary, assemble, distribution, drivers, json, store};
use crate::scenario::{Loaded, load};
use crate::text::{Language, Severity};

pub(super) fn run(options: &RunOptions) -> Outcome {
    // Every scenario is looked at before the first is run: nothing runs while something is wrong.
    let mut ready = Vec::new();
    let mut wrong = false;
    for name in &options.scenarios {
        match prepare(name, options) {
            Some(prepared) => ready.push(prepared),
            None => wrong = true,
        }
    }
    if wrong {
        return Err(Failure::Input);
    }
    let stop = progress::stop_flag();
    ready.iter().try_for_each(|(loaded, model)| match &options.given {
        Some(condition) => given(loaded, model, condition, options, &stop),
        None => simulate(loaded, model, options, &stop),
    })
}

/// Loads and compiles a scenario, and says what is wrong with it.
pub(super) fn prepare(name: &str, options: &RunOptions) -> Option<(Loaded, Model)> {
    let mut loaded = load(name, &options.overrides.set);
    if let Some(condition) = &options.given {
        let added = add_metric(&mut loaded, "--given", condition);
        added.err().into_iter().for_each(|problem| loaded.problems.push(problem));
    }
    let model = compile(&loaded.scenario, &record(&options.record), &mut loaded.problems);
    loaded.problems.sort();
    if model.is_none() {
        diagnose::report(&loaded.files, &loaded.problems);
    } else if !options.quiet {
        let warnings =
            loaded.problems.0.iter().filter(|problem| problem.severity == Severity::Warning).count();
        if warnings > 0 {
            let ending = if warnings == 1 { "" } else { "s" };
            let _ = writeln!(std::io::stderr(), "{warnings} warning{ending}: see plancast validate {name}");
        }
    }
    model.map(|model| (loaded, model))
}

pub(super) fn record(names: &[String]) -> Record {
    if names.is_empty() {
        Record::Headlines
    } else if names.iter().any(|name| name == "all") {
        Record::All
    } else {
        Record::Also(names.to_vec())
    }
}

fn simulate(
    loaded: &Loaded,
    model: &Model,
    options: &RunOptions,
    stop: &std::sync::atomic::AtomicBool,
) -> Outcome {
    let language = language(options.lang);
    let request = Request { seed: options.seed, paths: options.paths, threads: options.threads };
    let groups: Vec<Vec<u32>> =
        assemble::groups(&model.labels).into_iter().map(|(_, targets)| targets).collect();
    let bar = progress::bar(options.paths, model.labels.title.get(language), options.quiet);
    let advance = |paths| bar.inc(paths);
    let clock = now();
    let watch = Watch { finished: Some(&advance), stop: Some(stop) };
    let question = if options.no_sensitivity { None } else { drivers::ask(model) };
    let slicing = question.as_ref().map(|question| &question.slicing);
    let blocks = 0..request.blocks();
    let ensemble = engine::simulate_sliced(&model.program, &groups, &request, blocks, slicing, watch)
        .map_err(|error| failure(&error));
    bar.finish_and_clear();
    let ensemble = ensemble?;
    let mut summary = assemble::summary(&model.labels, &ensemble, options.seed, &options.quantiles.0);
    if let (Some(question), Some(slices)) = (&question, &ensemble.slices) {
        drivers::fill(&mut summary, model, question, slices);
    }
    let distributions = distribution::distributions(&model.labels, &ensemble);
    let wall = folder::wall(clock.elapsed(), options.threads);
    tell(loaded, &summary, &distributions, wall, options)
}

/// Fewer paths tell nothing that can be relied on.
const LEAST_GIVEN: u64 = 100;

/// Everything again among the paths on which a condition holds; inputs are no longer independent there, so
/// that it is not told what drives the results.
fn given(
    loaded: &Loaded,
    model: &Model,
    condition: &str,
    options: &RunOptions,
    stop: &std::sync::atomic::AtomicBool,
) -> Outcome {
    let request = Request { seed: options.seed, paths: options.paths, threads: options.threads };
    let groups: Vec<Vec<u32>> =
        assemble::groups(&model.labels).into_iter().map(|(_, targets)| targets).collect();
    let Some(series) = added_series(model) else { return Err(Failure::Input) };
    let clock = now();
    let watch = Watch { finished: None, stop: Some(stop) };
    let ensemble = engine::simulate_given(&model.program, &groups, &request, series, watch)
        .map_err(|error| failure(&error))?;
    if ensemble.paths < LEAST_GIVEN {
        let (found, paths) = (ensemble.paths, options.paths);
        super::say(&format!(
            "{condition} holds on {found} of {paths} paths: too few to say anything; simulate more (--paths) or ask for less"
        ));
        return Err(Failure::Input);
    }
    let mut labels = model.labels.clone();
    labels.metrics.retain(|metric| metric.series != series);
    let mut summary = assemble::summary(&labels, &ensemble, options.seed, &options.quantiles.0);
    summary.given = Some(Given { condition: condition.to_owned(), among: options.paths });
    let distributions = distribution::distributions(&labels, &ensemble);
    tell(loaded, &summary, &distributions, folder::wall(clock.elapsed(), options.threads), options)
}

/// Writes the folder and prints the results.
fn tell(
    loaded: &Loaded,
    summary: &Summary,
    distributions: &Distributions,
    wall: crate::result::manifest::Wall,
    options: &RunOptions,
) -> Outcome {
    let language = language(options.lang);
    let place = write(loaded, summary, distributions, wall, options, language)?;
    if options.quiet {
        Ok(())
    } else if options.json {
        print(&json::write(summary).map_err(|error| Failure::Machine(error.to_string()))?)
    } else {
        print(&super::table::print(summary, Some(&place), language, diagnose::width(), super::colour()))
    }
}

/// Writes the run folder; gives its path.
fn write(
    loaded: &Loaded,
    summary: &Summary,
    distributions: &Distributions,
    wall: crate::result::manifest::Wall,
    options: &RunOptions,
    language: Language,
) -> Result<String, Failure> {
    let mut files =
        folder::files(loaded, summary, distributions, wall, language).map_err(Failure::Machine)?;
    if options.charts != Charts::None {
        let history = folder::histories(&loaded.scenario);
        // Single paths are replayed as they come, whether a condition holds on them or not.
        let replayed = if summary.given.is_some() {
            None
        } else {
            replay(&loaded.scenario, summary.seed, summary.paths, &[])
        };
        let source = figures::source(&loaded.scenario, language);
        let material = Material {
            summary,
            distributions: Some(distributions),
            replayed: replayed.as_ref(),
            history: &history,
            source: &source,
        };
        files.extend(folder::charts(&material, options.charts, language).map_err(Failure::Machine)?);
    }
    let suffix = if summary.given.is_some() { "-given" } else { "" };
    let place = store::write(&options.out, &format!("{}{suffix}", summary.scenario.id), &files);
    place.map(|place| place.display().to_string()).map_err(|error| Failure::Machine(error.to_string()))
}

pub(super) fn failure(error: &EngineError) -> Failure {
    match error {
        EngineError::Interrupted { .. } => Failure::Machine(format!("{error}; nothing was written")),
        EngineError::Threads { .. } => Failure::Machine(error.to_string()),
        EngineError::NoPaths | EngineError::TooManyPaths { .. } | EngineError::NoThreads => {
            super::say(&error.to_string());
            Failure::Input
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "how long it took is a wall fact of the manifest")]
pub(super) fn now() -> Instant {
    Instant::now()
}
