//! `plancast run`: from files to odds.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::slice::from_ref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::arguments::{RunArguments, RunOptions, language};
use super::batch::{self, Extra, Ready};
use super::counting::{self, Checkpoint, Counted};
use super::export::Export;
use super::folder::{File, Results, Sources};
use super::{Failure, Outcome, diagnose, export, folder, index, merge, part_name, print, signals};
use crate::engine::{EngineError, Watch};
use crate::result::folder::Folder;
use crate::result::part::Part;
use crate::result::{Summary, assemble, drivers, json, replicated, store};
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
        &Extra { judge: !require.is_empty(), require: ("--until", &require), work: Some(work) },
    )?;
    let exports = export::places(options.export.as_deref(), ready.len(), batch::ids(&ready))?;
    batch::probe(&mut ready, options, |ready| folder_name(ready, arguments), &exports)?;
    let stop = signals::stop_flag();
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
        simulate(ready, arguments, &exports, watch, language)
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

/// The name of the folder that a job writes.
fn folder_name(ready: &Ready, arguments: &RunArguments) -> String {
    let id = &ready.loaded.scenario.id;
    match ready.settings.given {
        Some(_) => format!("{id}-given"),
        None => part_name(id, arguments.work.shard),
    }
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
    exports: &BTreeMap<String, PathBuf>,
    watch: Watch,
    language: Language,
) -> Result<Done, Failure> {
    let (clock, options, settings) = (now(), &arguments.run, &ready.settings);
    let (results, checkpoint) = match &settings.given {
        Some(condition) => (counting::given(ready, condition, watch)?, None),
        None => counted(ready, arguments, watch)?,
    };
    let wall = folder::wall(clock.elapsed(), options.threads);
    let simulated = results.summary.given.as_ref().map_or(results.summary.paths, |given| given.among);
    let sources = Sources::of(&ready.loaded, settings, simulated);
    let scenario = &ready.loaded.scenario;
    let files = folder::all(&sources, scenario, &results, wall, options.charts, language);
    let summary = results.summary;
    let export = exports.get(&scenario.id).map(|place| Export {
        place,
        model: &ready.model,
        paths: summary.paths,
        seed: settings.seed,
    });
    let written = Written {
        options,
        loaded: from_ref(&ready.loaded),
        id: &folder_name(ready, arguments),
        files: files.map_err(Failure::Machine)?,
        exports: export.into_iter().collect(),
        stop: watch.stop,
    };
    let place = write(written)?;
    if let Some(checkpoint) = checkpoint {
        checkpoint.done();
    }
    Ok(Done { summary, place })
}

/// Counts the paths of a job; says what is known of them, and what is to be removed once that is stored.
fn counted(
    ready: &Ready,
    arguments: &RunArguments,
    watch: Watch,
) -> Result<(Results, Option<Checkpoint>), Failure> {
    let (question, settings) = (counting::question(ready), &ready.settings);
    counting::note_paths(settings, &arguments.run);
    let Counted { ensemble, convergence, replicates, checkpoint } =
        counting::count(ready, arguments, question.as_ref(), watch)?;
    let levels = &settings.quantiles;
    let mut results = counting::results(&ready.model, &ensemble, question.as_ref(), settings.seed, levels);
    if settings.sensitivity && question.is_none() {
        results.summary.drivers_not_known = drivers::too_many(&ready.model);
    }
    results.summary.convergence = convergence;
    if !replicates.is_empty() {
        replicated::fill(&mut results.summary, &ready.model.labels, &ensemble, levels, &replicates);
    }
    results.summary.sampling = settings.scheme().unwrap_or_default();
    // Of many series the counts take much memory, and so do the files that are made next.
    drop(ensemble);
    Ok((results, checkpoint))
}

/// Simulates a shard of a job and writes its folder.
fn simulate_part(ready: &Ready, arguments: &RunArguments, watch: Watch) -> Result<Done, Failure> {
    let (options, settings) = (&arguments.run, &ready.settings);
    let question = counting::question(ready);
    let Counted { ensemble, checkpoint, .. } = counting::count(ready, arguments, question.as_ref(), watch)?;
    let origin = counting::origin(ready);
    let request = crate::engine::Request { seed: settings.seed, paths: settings.paths, threads: None };
    let levels = &settings.quantiles;
    let summary = assemble::summary(&ready.model.labels, &ensemble, settings.seed, levels);
    let part = Part { origin, blocks: counting::blocks(&request, arguments.work.shard), ensemble };
    let machine = |error: &dyn std::fmt::Display| Failure::Machine(error.to_string());
    let covered = part.manifest(&summary.fingerprint);
    let scenario = Sources::of(&ready.loaded, settings, settings.paths).scenario;
    let files = vec![
        ("manifest.json".to_owned(), json::write(&covered).map_err(|error| machine(&error))?.into_bytes()),
        ("scenario.toml".to_owned(), scenario.into_bytes()),
        (merge::FILE.to_owned(), part.to_bytes().map_err(|error| machine(&error))?),
    ];
    let written = Written {
        options,
        loaded: from_ref(&ready.loaded),
        id: &folder_name(ready, arguments),
        files,
        exports: Vec::new(),
        stop: watch.stop,
    };
    let place = write(written)?;
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
pub(super) fn counted_together(ready: &Ready) -> Result<Vec<Vec<u32>>, Failure> {
    let labels = &ready.model.labels;
    assemble::counted_together(labels, &ready.settings.pairs).map_err(|unknown| {
        let names: Vec<&str> = labels.targets.iter().map(|target| target.name.as_str()).collect();
        let help = did_you_mean(unknown, &names, "targets").unwrap_or_default();
        super::say(&format!("--pairs: there is no target \"{unknown}\"; {help}"));
        Failure::Input
    })
}

/// What is written of a run, or of one of several scenarios.
pub(super) struct Written<'a> {
    /// The options of the command.
    pub(super) options: &'a RunOptions,
    /// What was simulated.
    pub(super) loaded: &'a [Loaded],
    /// The name of the folder.
    pub(super) id: &'a str,
    /// Its files, among them the manifest.
    pub(super) files: Vec<File>,
    /// The paths that are written besides.
    pub(super) exports: Vec<Export<'a>>,
    /// Is true after an interruption.
    pub(super) stop: Option<&'a AtomicBool>,
}

/// Writes the folder of a run and its exports, which change together; gives the folder's path. Not after an
/// interruption, and not when a file of a scenario is no longer the one that was simulated.
pub(super) fn write(written: Written) -> Result<String, Failure> {
    let Written { options, loaded, id, files, exports, stop } = written;
    unchanged(loaded, stop)?;
    let machine = |error: &dyn std::fmt::Display| Failure::Machine(error.to_string());
    let mut folder = Folder::begin(super::writer(), &options.out, id).map_err(|error| machine(&error))?;
    for export in exports {
        export.write(&mut folder, stop)?;
    }
    // Between the look and the move there is the time that the export takes.
    unchanged(loaded, stop)?;
    let place = store::finish(folder, files).map_err(|error| machine(&error))?;
    Ok(place.display().to_string())
}

/// Whether nothing speaks against writing what was simulated.
fn unchanged(loaded: &[Loaded], stop: Option<&AtomicBool>) -> Outcome {
    if stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
        return Err(Failure::Machine("interrupted; nothing was written".into()));
    }
    let read = loaded.iter().flat_map(|loaded| loaded.files.iter());
    for file in read.filter(|file| file.on_disk && Path::new(&file.name).is_file()) {
        let now = crate::world::read::sha256_of_file(Path::new(&file.name));
        if now.is_ok_and(|now| now != file.sha256) {
            return Err(Failure::Machine(format!(
                "{} was changed while it was simulated; nothing was written: run it again",
                file.name
            )));
        }
    }
    Ok(())
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
