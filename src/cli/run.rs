//! `plancast run`: from files to odds.

use std::io::IsTerminal;
use std::path::Path;
use std::slice::from_ref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use clap::ValueEnum;

use super::arguments::{RunArguments, RunOptions, Sampling, language};
use super::batch::{self, Extra, Ready};
use super::counting::{self, Counted};
use super::folder::{File, Sources};
use super::{Failure, Outcome, diagnose, export, folder, index, merge, part_name, print, progress};
use crate::engine::{EngineError, Watch};
use crate::result::part::Part;
use crate::result::{Summary, assemble, json, replicated, store};
use crate::scenario::Loaded;
use crate::text::Language;
use crate::text::suggest::did_you_mean;

/// A run that is done.
pub(super) struct Done {
    /// Its results.
    pub(super) summary: Summary,
    /// Its folder.
    pub(super) place: String,
}

pub(super) fn run(arguments: &RunArguments) -> Outcome {
    let (options, work) = (&arguments.run, &arguments.work);
    let jobs = batch::jobs(options, &work.sweep)?;
    let statistic = work.until.as_ref().and_then(|until| until.statistic.as_ref());
    let require: Vec<String> = statistic.iter().map(|statistic| format!("{statistic} >= 0")).collect();
    let mut ready = batch::prepare(
        &jobs,
        options,
        &Extra { judge: !require.is_empty(), require: ("--until", &require), given: work.given.as_deref() },
    )?;
    let exports = export::places(options.export.as_deref(), ready.len(), batch::ids(&ready))?;
    let folder = |id: &str| match &work.given {
        Some(_) => format!("{id}-given"),
        None => part_name(id, work.shard),
    };
    batch::probe(&mut ready, &options.out, folder, &exports);
    let stop = progress::stop_flag();
    let language = language(options.lang);
    let bar = batch::bar(&ready, options, language);
    let advance = |paths| {
        bar.inc(paths);
        bar.set_length(bar.length().unwrap_or(0).max(bar.position()));
    };
    let watch = Watch { finished: Some(&advance), stop: Some(&stop) };
    let results = batch::each(&ready, options.threads, |ready| {
        if work.shard.is_some() {
            return simulate_part(ready, arguments, watch);
        }
        let done = simulate(ready, arguments, watch, language)?;
        if let Some(place) = exports.get(&ready.loaded.scenario.id) {
            export::write(place, &ready.model, done.summary.paths, options.seed, watch.stop)?;
        }
        Ok(done)
    })?;
    bar.finish_and_clear();
    if results.len() > 1 && work.shard.is_none() {
        let row = |result| index::Row { result, status: "done" };
        let rows: Vec<index::Row> =
            results.iter().map(|result| row(result.as_ref().map(|done| &done.summary))).collect();
        index::write(&options.out, &jobs, &ready, &rows)?;
    }
    tell(&jobs, &results, arguments, language)?;
    let outcome = batch::outcome(&results);
    // The process is about to end, and with it goes at once what would be freed piece by piece.
    std::mem::forget((ready, results));
    outcome
}

/// Prints what came of all jobs.
fn tell(
    jobs: &[batch::Job],
    results: &[Result<Done, Failure>],
    arguments: &RunArguments,
    language: Language,
) -> Outcome {
    let options = &arguments.run;
    if options.quiet && !options.json {
        return Ok(());
    }
    if arguments.work.shard.is_some() {
        let places: Vec<String> = results.iter().flatten().map(|done| done.place.clone() + "\n").collect();
        return print(&places.concat());
    }
    if !arguments.work.sweep.is_empty() && !options.json {
        return print(&index::table(jobs, results, language));
    }
    results.iter().flatten().try_for_each(|done| show(done, options.json, language))
}

/// Simulates a job and writes its folder.
fn simulate(
    ready: &Ready,
    arguments: &RunArguments,
    watch: Watch,
    language: Language,
) -> Result<Done, Failure> {
    let (clock, options) = (now(), &arguments.run);
    if let Some(condition) = &arguments.work.given {
        let results = counting::given(ready, condition, arguments, watch)?;
        let wall = folder::wall(clock.elapsed(), options.threads);
        let sources = Sources::of(&ready.loaded);
        let scenario = &ready.loaded.scenario;
        let files = folder::all(&sources, scenario, &results, wall, options.charts, language);
        let files = files.map_err(Failure::Machine)?;
        let summary = results.summary;
        let id = format!("{}-given", summary.scenario.id);
        let place = write(options, from_ref(&ready.loaded), &id, &files, watch.stop)?;
        return Ok(Done { summary, place });
    }
    let (question, levels) = (counting::question(ready, options), &options.quantiles.0);
    let Counted { ensemble, convergence, replicates, checkpoint } =
        counting::count(ready, arguments, question.as_ref(), watch)?;
    let results = || counting::results(&ready.model, &ensemble, question.as_ref(), options.seed, levels);
    let (mut results, mut sources) = rayon::join(results, || Sources::of(&ready.loaded));
    results.summary.convergence = convergence;
    if !replicates.is_empty() {
        replicated::fill(&mut results.summary, &ready.model.labels, &ensemble, levels, &replicates);
    }
    // Of many series the counts take much memory, and so do the files that are made next.
    drop(ensemble);
    let wall = folder::wall(clock.elapsed(), options.threads);
    let scenario = &ready.loaded.scenario;
    let sampling = arguments.work.sampling;
    if let Some(scheme) = sampling.to_possible_value().filter(|_| sampling != Sampling::Random) {
        scheme.get_name().clone_into(&mut sources.sampling);
        scheme.get_name().clone_into(&mut results.summary.sampling);
    }
    let files = folder::all(&sources, scenario, &results, wall, options.charts, language);
    let files = files.map_err(Failure::Machine)?;
    let summary = results.summary;
    let place = write(options, from_ref(&ready.loaded), &summary.scenario.id, &files, watch.stop)?;
    if let Some(checkpoint) = checkpoint {
        checkpoint.done();
    }
    Ok(Done { summary, place })
}

/// Simulates a shard of a job and writes its folder.
fn simulate_part(ready: &Ready, arguments: &RunArguments, watch: Watch) -> Result<Done, Failure> {
    let options = &arguments.run;
    let question = counting::question(ready, options);
    let Counted { ensemble, checkpoint, .. } = counting::count(ready, arguments, question.as_ref(), watch)?;
    let origin = counting::origin(ready, arguments);
    let request = crate::engine::Request { seed: options.seed, paths: options.paths, threads: None };
    let levels = &options.quantiles.0;
    let summary = assemble::summary(&ready.model.labels, &ensemble, options.seed, levels);
    let part = Part { origin, blocks: counting::blocks(&request, arguments.work.shard), ensemble };
    let machine = |error: &dyn std::fmt::Display| Failure::Machine(error.to_string());
    let covered = serde_json::json!({
        "schema": crate::result::part::SCHEMA, "part_of": &part.origin, "blocks": [part.blocks.start, part.blocks.end],
        "fingerprint": summary.fingerprint,
    });
    let files = [
        ("manifest.json".to_owned(), json::write(&covered).map_err(|error| machine(&error))?.into_bytes()),
        ("scenario.toml".to_owned(), Sources::of(&ready.loaded).scenario.into_bytes()),
        (merge::FILE.to_owned(), part.to_bytes().map_err(|error| machine(&error))?),
    ];
    let id = part_name(&part.origin.scenario, arguments.work.shard);
    let place = write(options, from_ref(&ready.loaded), &id, &files, watch.stop)?;
    if let Some(checkpoint) = checkpoint {
        checkpoint.done();
    }
    Ok(Done { summary, place })
}

/// The groups of targets, which are counted together.
pub(super) fn groups(ready: &Ready) -> Vec<Vec<u32>> {
    assemble::groups(&ready.model.labels).into_iter().map(|(_, targets)| targets).collect()
}

/// The targets that are counted together: those of each group, and those of which every two are asked for.
pub(super) fn counted_together(ready: &Ready, pairs: &[String]) -> Result<Vec<Vec<u32>>, Failure> {
    let labels = &ready.model.labels;
    assemble::counted_together(labels, pairs).map_err(|unknown| {
        let names: Vec<&str> = labels.targets.iter().map(|target| target.name.as_str()).collect();
        let help = did_you_mean(unknown, &names, "targets").unwrap_or_default();
        super::say(&format!("--pairs: there is no target \"{unknown}\"; {help}"));
        Failure::Input
    })
}

/// Writes the folder of a run, or of one of several scenarios; gives its path. Not after an interruption, and not when
/// a file of a scenario is no longer the one that was simulated.
pub(super) fn write(
    options: &RunOptions,
    loaded: &[Loaded],
    id: &str,
    files: &[File],
    stop: Option<&AtomicBool>,
) -> Result<String, Failure> {
    if stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
        return Err(Failure::Machine("interrupted; nothing was written".into()));
    }
    let read = loaded.iter().flat_map(|loaded| loaded.files.iter());
    for file in read.filter(|file| Path::new(&file.name).is_file()) {
        if std::fs::read(&file.name).is_ok_and(|now| now != file.text.as_bytes()) {
            return Err(Failure::Machine(format!(
                "{} was changed while it was simulated; nothing was written: run it again",
                file.name
            )));
        }
    }
    let place = store::write(&options.out, id, files);
    place.map(|place| place.display().to_string()).map_err(|error| Failure::Machine(error.to_string()))
}

/// Prints a run's tables, or its JSON.
pub(super) fn show(done: &Done, as_json: bool, language: Language) -> Outcome {
    if as_json {
        return print(&json::write(&done.summary).map_err(|error| Failure::Machine(error.to_string()))?);
    }
    let width = diagnose::width();
    // Block characters are for terminals: a pipe or a file gets plain tables.
    if std::io::stdout().is_terminal() {
        print(&super::table::picture(&done.summary, language, width).unwrap_or_default())?;
    }
    print(&super::table::print(&done.summary, Some(&done.place), language, width, super::colour()))
}

/// What an engine's refusal is to the user.
pub(super) fn failure(error: &EngineError) -> Failure {
    match error {
        EngineError::Interrupted { .. } => Failure::Machine("interrupted; nothing was written".into()),
        EngineError::Threads { .. } => Failure::Machine(error.to_string()),
        EngineError::NoPaths
        | EngineError::TooManyPaths { .. }
        | EngineError::NoThreads
        | EngineError::TooManyDimensions { .. } => {
            super::say(&error.to_string());
            Failure::Input
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "how long it took is a wall fact of the manifest")]
pub(super) fn now() -> Instant {
    Instant::now()
}
