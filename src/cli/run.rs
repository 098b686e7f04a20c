//! `plancast run`: from files to odds.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::arguments::{RunOptions, language};
use super::batch::{self, Extra, Ready};
use super::{Failure, Outcome, diagnose, folder, index, print, progress};
use crate::engine::{self, EngineError, Request, Watch};
use crate::result::{Summary, assemble, json, store};
use crate::text::Language;

/// A run that is done.
pub(super) struct Done {
    /// Its results.
    pub(super) summary: Summary,
    /// Its folder.
    pub(super) place: String,
}

pub(super) fn run(options: &RunOptions) -> Outcome {
    let jobs = batch::jobs(options)?;
    let ready = batch::prepare(&jobs, options, &Extra { judge: false, require: &[] });
    let stop = progress::stop_flag();
    let language = language(options.lang);
    let bar = progress::bar(options.paths, &ready, language, options.quiet);
    let advance = |paths| bar.inc(paths);
    let watch = Watch { finished: Some(&advance), stop: Some(&stop) };
    let results = batch::each(&ready, options.threads, |ready| simulate(ready, options, watch, language))?;
    bar.finish_and_clear();
    if results.len() > 1 {
        index::write(&options.out, &jobs, &ready, &results)?;
    }
    let sweep = !options.sweep.is_empty();
    if !options.quiet && sweep && !options.json {
        print(&index::table(&jobs, &results, language))?;
    } else if !options.quiet {
        for done in results.iter().flatten() {
            show(done, options.json, language)?;
        }
    }
    batch::outcome(&results)
}

/// Simulates a job and writes its folder.
fn simulate(ready: &Ready, options: &RunOptions, watch: Watch, language: Language) -> Result<Done, Failure> {
    let clock = now();
    let groups = groups(ready);
    // The pool of the batch has the threads.
    let request = Request { seed: options.seed, paths: options.paths, threads: None };
    let ensemble = engine::simulate(&ready.model.program, &groups, &request, watch);
    let ensemble = ensemble.map_err(|error| failure(&error))?;
    let summary = assemble::summary(&ready.model.labels, &ensemble, options.seed, &options.quantiles.0);
    let wall = folder::wall(clock.elapsed(), options.threads);
    let files =
        folder::all(&ready.loaded, &summary, wall, options.charts, language).map_err(Failure::Machine)?;
    let place = write(options, &summary, &files, watch.stop)?;
    Ok(Done { summary, place })
}

/// The groups of targets that are counted together.
pub(super) fn groups(ready: &Ready) -> Vec<Vec<u32>> {
    assemble::groups(&ready.model.labels).into_iter().map(|(_, targets)| targets).collect()
}

/// Writes a run folder; gives its path. A run that was interrupted is not written.
pub(super) fn write(
    options: &RunOptions,
    summary: &Summary,
    files: &[folder::File],
    stop: Option<&AtomicBool>,
) -> Result<String, Failure> {
    if stop.is_some_and(|stop| stop.load(std::sync::atomic::Ordering::Relaxed)) {
        return Err(failure(&EngineError::Interrupted { finished: summary.paths }));
    }
    let place = store::write(&options.out, &summary.scenario.id, files);
    place.map(|place| place.display().to_string()).map_err(|error| Failure::Machine(error.to_string()))
}

fn show(done: &Done, as_json: bool, language: Language) -> Outcome {
    if as_json {
        return print(&json::write(&done.summary).map_err(|error| Failure::Machine(error.to_string()))?);
    }
    let width = diagnose::width();
    print(&super::table::print(&done.summary, Some(&done.place), language, width, super::colour()))
}

/// What an engine's refusal is to the user.
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
