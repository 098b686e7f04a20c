//! `plancast run`: from files to odds.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::arguments::{RunArguments, RunOptions};
use super::batch::{self, Extra, Ready};
use super::checkpoint;
use super::export::PathExport;
use super::output::wrong;
use super::{
    CommandResult, Failure, diagnose, export, folder, index, live, merge, outputs, part_name, print, signals,
};
use plancast::analysis::diff::PROBABILITY;
use plancast::analysis::gates::Undecided;
use plancast::engine::{EngineError, REPLICATES, Watch};
use plancast::result::folder::Folder;
use plancast::result::summary::Convergence;
use plancast::result::{Summary, json, store};
use plancast::scenario::Loaded;
use plancast::study::{File, Settings, StudyError};
use plancast::text::number::digits;
use plancast::text::visible;
use plancast::text::{Language, Message};
use plancast::{key, message, tr};

/// A run that is done.
pub(super) struct FinishedRun {
    /// Its results.
    pub(super) summary: Summary,
    /// Its folder.
    pub(super) place: String,
}

pub(super) fn run(arguments: &RunArguments) -> CommandResult {
    let (options, work) = (&arguments.run, &arguments.work);
    let jobs = batch::jobs(options, &work.sweep)?;
    let extra = Extra { judge: false, require: &[], work: Some(work) };
    let mut ready = batch::prepare(&jobs, options, &extra)?;
    let exports = export::places(options.export.as_deref(), ready.len(), batch::ids(&ready))?;
    let index = index::place(&options.out);
    let index = (ready.len() > 1 && work.shard.is_none()).then(|| index::output(&index));
    outputs::admit(&export::outputs(&exports).chain(index).collect::<Vec<_>>())?;
    batch::probe(&mut ready, options, |ready| folder_name(ready, arguments), &exports)?;
    let stop = signals::stop_flag();
    let language = super::language();
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
        let row = |result| index::IndexRow { result, status: "done" };
        let rows: Vec<index::IndexRow> =
            results.iter().map(|result| row(result.as_ref().map(|done| &done.summary))).collect();
        index::write((&options.out, options.csv), &jobs, &ready, &rows)?;
    }
    tell(&jobs, &results, arguments, language)?;
    if arguments.open {
        let folders = results.iter().flatten().map(|done| options.out.join(&done.summary.scenario.id));
        folders.into_iter().try_for_each(|folder| live::open(&folder))?;
    }
    let outcome = batch::outcome(&results);
    // The process is about to end, and with it goes at once what would be freed piece by piece.
    std::mem::forget((ready, results));
    outcome
}

/// The name of the folder that a job writes.
fn folder_name(ready: &Ready, arguments: &RunArguments) -> String {
    let id = ready.prepared.id();
    match ready.prepared.settings.given {
        Some(_) => format!("{id}-given"),
        None => part_name(id, arguments.work.shard),
    }
}

/// Prints what came of all jobs.
fn tell(
    jobs: &[batch::BatchJob],
    results: &[Result<FinishedRun, Failure>],
    arguments: &RunArguments,
    language: Language,
) -> CommandResult {
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
) -> Result<FinishedRun, Failure> {
    let (clock, options, prepared) = (now(), &arguments.run, &ready.prepared);
    if options.export.is_some() {
        prepared.unconditioned(Message::verbatim("--export")).map_err(|error| failed(&error))?;
    }
    if prepared.observing().is_some_and(plancast::study::Observing::says_nothing) && !options.quiet {
        super::warn(message!("cli-run-observations"));
    }
    note_paths(&prepared.settings, options);
    let (run, checkpoint) = match arguments.work.checkpoint {
        Some(minutes) if prepared.settings.given.is_none() => {
            let mut counting = prepared.counting(None).map_err(|error| failed(&error))?;
            let checkpoint = checkpoint::count(&mut counting, arguments, minutes, watch)?;
            (counting.finish().map_err(|error| failed(&error))?, Some(checkpoint))
        }
        _ => {
            let _working = signals::at_work();
            (prepared.run(watch).map_err(|error| failed(&error))?, None)
        }
    };
    let unmet = run.summary.convergence.as_ref().filter(|convergence| !convergence.reached);
    if let Some(convergence) = unmet.filter(|_| !options.quiet) {
        super::warn(short_of(convergence, prepared.id(), run.unknown.as_ref()));
    }
    if !options.quiet {
        prepared.unsolved(&run.summary).iter().for_each(|unsolved| super::warn(unsolved.message()));
    }
    let wall = folder::wall(clock.elapsed(), options.threads);
    let simulated = run.summary.given.as_ref().map_or(run.summary.paths, |given| given.among);
    let sources = prepared.sources(simulated);
    let scenario = &prepared.loaded.scenario;
    let files = folder::all(&sources, scenario, &run, wall, (options.charts, options.csv), language)?;
    let summary = run.summary;
    let export = PathExport::of(exports, prepared, (summary.paths, options.csv));
    let written = WrittenFiles {
        options,
        loaded: &[&prepared.loaded],
        id: &folder_name(ready, arguments),
        files,
        exports: export.into_iter().collect(),
        stop: watch.stop,
    };
    let place = write(written)?;
    if let Some(checkpoint) = checkpoint {
        checkpoint.done();
    }
    Ok(FinishedRun { summary, place })
}

/// Says that a scheme takes more paths than were asked for, where it does.
fn note_paths(settings: &Settings, options: &RunOptions) {
    let taken = settings.simulated();
    if options.quiet || taken == settings.paths {
        return;
    }
    let line = tr!(
        super::language(),
        "cli-run-blocks",
        taken = taken,
        asked = settings.paths,
        name = settings.scheme().unwrap_or_default(),
        replicates = REPLICATES
    );
    super::tell(&(line + "\n"));
}

/// That the most paths were not enough for a precision, and why an error is not known.
fn short_of(convergence: &Convergence, id: &str, reason: Option<&Undecided>) -> Message {
    let probability = convergence.statistic == PROBABILITY;
    let shown = |error: f64| {
        if probability {
            return message!("text-per-cent", number = digits(100.0 * error, 2));
        }
        Message::verbatim(digits(error, 3))
    };
    let of =
        if probability { message!("cli-table-all-odds") } else { Message::verbatim(&convergence.statistic) };
    let error = convergence.standard_error.last().copied().flatten();
    let error = error.map_or_else(|| message!("text-not-known"), shown);
    let (paths, wanted) = (convergence.paths.last().copied().unwrap_or_default(), shown(convergence.wanted));
    let advice = match reason {
        Some(reason) if !reason.more_paths_help() => key!("cli-run-short-useless"),
        _ => key!("cli-run-short-more"),
    };
    match reason.map(|reason| reason.text(super::language())) {
        Some(why) => message!(
            "cli-run-short-why",
            id = id,
            of = of,
            error = error,
            why = why,
            paths = paths,
            wanted = wanted,
            advice = advice
        ),
        None => message!(
            "cli-run-short",
            id = id,
            of = of,
            error = error,
            paths = paths,
            wanted = wanted,
            advice = advice
        ),
    }
}

/// Simulates a shard of a job and writes its folder.
fn simulate_part(ready: &Ready, arguments: &RunArguments, watch: Watch) -> Result<FinishedRun, Failure> {
    let (options, prepared) = (&arguments.run, &ready.prepared);
    let mut counting = prepared.counting(arguments.work.shard).map_err(|error| failed(&error))?;
    let place = options.out.join(folder_name(ready, arguments));
    if merge::finished(&place, counting.part(), &counting.all()) {
        plancast::result::folder::tidy(super::writer(), &place);
        let place = visible::path(&place);
        if !options.quiet {
            let line = tr!(super::language(), "cli-run-finished", place = &place);
            super::tell(&(line + "\n"));
        }
        return Ok(FinishedRun { summary: counting.summary(), place });
    }
    let checkpoint = if let Some(minutes) = arguments.work.checkpoint {
        Some(checkpoint::count(&mut counting, arguments, minutes, watch)?)
    } else {
        let _working = signals::at_work();
        counting.advance(counting.left(), watch).map_err(|error| engine_failure(&error))?;
        None
    };
    let summary = counting.summary();
    let part = counting.part();
    let covered = part.manifest(&summary.fingerprint);
    let scenario = prepared.sources(prepared.settings.paths).scenario;
    let files = vec![
        (
            "manifest.json".to_owned(),
            json::write(&covered).map_err(|error| Failure::machine(&error))?.into_bytes(),
        ),
        ("scenario.toml".to_owned(), scenario.into_bytes()),
        (merge::FILE.to_owned(), part.to_bytes().map_err(|error| Failure::machine(&error))?),
    ];
    let written = WrittenFiles {
        options,
        loaded: &[&prepared.loaded],
        id: &folder_name(ready, arguments),
        files,
        exports: Vec::new(),
        stop: watch.stop,
    };
    let place = write(written)?;
    if let Some(checkpoint) = checkpoint {
        checkpoint.done();
    }
    Ok(FinishedRun { summary, place })
}

/// What is written of a run, or of one of several scenarios.
pub(super) struct WrittenFiles<'a> {
    /// The options of the command.
    pub(super) options: &'a RunOptions,
    /// What was simulated.
    pub(super) loaded: &'a [&'a Loaded],
    /// The name of the folder.
    pub(super) id: &'a str,
    /// Its files, among them the manifest.
    pub(super) files: Vec<File>,
    /// The paths that are written besides.
    pub(super) exports: Vec<PathExport<'a>>,
    /// Is true after an interruption.
    pub(super) stop: Option<&'a AtomicBool>,
}

/// Writes the folder of a run and its exports, which change together; gives the folder's path. Not after an
/// interruption, and not when a file of a scenario is no longer the one that was simulated.
pub(super) fn write(written: WrittenFiles) -> Result<String, Failure> {
    let WrittenFiles { options, loaded, id, files, exports, stop } = written;
    unchanged(loaded, stop)?;
    let mut folder = Folder::begin(super::writer(), &options.out, id)?;
    for export in exports {
        let _working = signals::at_work();
        export.write(&mut folder, stop)?;
    }
    // Between the look and the move there is the time that the export takes.
    unchanged(loaded, stop)?;
    let place = store::finish(folder, files)?;
    Ok(visible::path(&place))
}

/// Whether nothing speaks against writing what was simulated.
fn unchanged(loaded: &[&Loaded], stop: Option<&AtomicBool>) -> CommandResult {
    if stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
        return Err(Failure::Machine(message!("cli-run-interrupted")));
    }
    let read = loaded.iter().flat_map(|loaded| loaded.files.iter());
    for file in read.filter(|file| file.on_disk && Path::new(&file.name).is_file()) {
        let now = plancast::world::read::sha256_of_file(Path::new(&file.name));
        if now.is_ok_and(|now| now != file.sha256) {
            return Err(Failure::Machine(message!("cli-run-changed", file = &file.name)));
        }
    }
    Ok(())
}

/// Prints a run's tables, or its JSON.
pub(super) fn show(done: &FinishedRun, as_json: bool, language: Language) -> CommandResult {
    if as_json {
        return print(&json::write(&done.summary).map_err(|error| Failure::machine(&error))?);
    }
    let width = diagnose::width();
    // Block characters are for terminals: a pipe or a file gets plain tables.
    if std::io::stdout().is_terminal() {
        print(&super::table::picture(&done.summary, language, width).unwrap_or_default())?;
    }
    print(&super::table::print(&done.summary, Some(&done.place), language, width, super::colour()))
}

/// What it is to the user that a question has no answer; what is wrong with a scenario is said here.
pub(super) fn failed(error: &StudyError) -> Failure {
    match error {
        StudyError::Scenario(wrong) => {
            diagnose::report(&wrong.files, &wrong.diagnostics);
            Failure::Scenario(batch::findings(wrong))
        }
        StudyError::Engine(error) => engine_failure(error),
        error => wrong(error.message()),
    }
}

/// What an engine's refusal is to the user.
pub(super) fn engine_failure(error: &EngineError) -> Failure {
    match error {
        EngineError::Interrupted { .. } => Failure::Machine(message!("cli-run-interrupted")),
        EngineError::Threads { .. } => Failure::Machine(error.message()),
        EngineError::NoPaths
        | EngineError::TooManyPaths { .. }
        | EngineError::NoThreads
        | EngineError::TooManyDimensions { .. } => wrong(error.message()),
    }
}

#[allow(clippy::disallowed_methods, reason = "how long it took is a wall fact of the manifest")]
pub(super) fn now() -> Instant {
    Instant::now()
}
