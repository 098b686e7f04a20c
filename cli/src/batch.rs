//! Many runs as one command: patterns, sweeps, and all of them on the same threads.

mod sweep;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::arguments::{RunOptions, WorkOptions};
use super::{Failure, diagnose, export, load_swept, memory, on_threads, output, progress, request, tell};
use plancast::analysis::gates::Location;
use plancast::export::verdicts::CheckFailure;
use plancast::model::Model;
use plancast::result::folder;
use plancast::scenario::Loaded;
use plancast::study::{Diagnostics, Options, Prepared, Settings, StudyError};
use plancast::text::{Diagnostic, Files, Language, Message, Place, Severity, visible};
use plancast::{key, message, tr};

/// One run of a batch: a scenario and what is changed in it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BatchJob {
    /// The scenario's name or file.
    pub(super) name: String,
    /// The values of the sweep, by name.
    pub(super) swept: Vec<(String, String)>,
}

/// A run that can begin.
pub(super) struct Ready {
    pub(super) prepared: Prepared,
    /// Why its results could not be written, when that is known before.
    refused: Option<Failure>,
}

/// What is compiled besides what the scenario's file says.
#[derive(Default)]
pub(super) struct Extra<'a> {
    /// Whether gates are to be judged.
    pub(super) judge: bool,
    /// Gates of the command line.
    pub(super) require: &'a [String],
    /// How the work is done, of the command that knows such options.
    pub(super) work: Option<&'a WorkOptions>,
}

/// The jobs of a command: every scenario with every combination of the sweep.
pub(super) fn jobs(options: &RunOptions, sweeps: &[String]) -> Result<Vec<BatchJob>, Failure> {
    let mut names = Vec::new();
    for name in &options.scenarios {
        names.extend(expanded(name)?);
    }
    let combinations = sweep::combinations(sweeps).map_err(output::wrong)?;
    let names = once_each(names);
    let jobs = names.iter().flat_map(|name| {
        combinations.iter().map(|swept| BatchJob { name: name.clone(), swept: swept.clone() })
    });
    Ok(jobs.collect())
}

/// Names without those of a file that was named before, by whatever path.
fn once_each(names: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let file = |name: &String| Path::new(name).canonicalize().unwrap_or_else(|_| PathBuf::from(name));
    names.into_iter().filter(|name| seen.insert(file(name))).collect()
}

/// The files that a pattern stands for, sorted; a name without a pattern stands for itself.
fn expanded(name: &str) -> Result<Vec<String>, Failure> {
    if !name.contains(['*', '?', '[']) || Path::new(name).exists() {
        return Ok(vec![name.to_owned()]);
    }
    let found: Vec<String> = match glob::glob(name) {
        Ok(paths) => paths.flatten().map(|path| path.display().to_string()).collect(),
        Err(error) => {
            let why = error.to_string();
            return Err(output::wrong(message!("cli-batch-no-pattern", name = name, why = why)));
        }
    };
    if found.is_empty() {
        return Err(output::wrong(message!("cli-batch-no-match", name = name)));
    }
    Ok(found)
}

/// Loads and compiles all jobs and says what is wrong with those that cannot run. The result has a place for each
/// job.
pub(super) fn prepare(
    jobs: &[BatchJob],
    options: &RunOptions,
    extra: &Extra,
) -> Result<Vec<Result<Ready, Failure>>, Failure> {
    on_threads(options.threads, || prepare_all(jobs, options, extra))
}

fn prepare_all(jobs: &[BatchJob], options: &RunOptions, extra: &Extra) -> Vec<Result<Ready, Failure>> {
    let mut folders: BTreeMap<String, String> = BTreeMap::new();
    let mut ready: Vec<Result<Ready, Failure>> = Vec::new();
    // The runs of a sweep have the doubts and mistakes of their scenario, which are pointed at once.
    let (mut warned, mut said) = (BTreeSet::new(), BTreeSet::new());
    for job in jobs {
        let prepared = prepare_one(job, options, extra, &mut said).and_then(|ready| {
            match folders.insert(ready.prepared.id().to_owned(), job.name.clone()) {
                Some(other) => {
                    let id = ready.prepared.id();
                    Err(wrong(message!("cli-batch-same-folder", one = &job.name, other = other, id = id)))
                }
                None => Ok(ready),
            }
        });
        if let Ok(ready) = &prepared
            && !options.quiet
            && warned.insert(job.name.as_str())
        {
            warn(&ready.prepared.loaded, &job.name);
        }
        ready.push(prepared);
    }
    ready
}

/// Says that a scenario cannot run as it is asked to.
pub(super) fn wrong(message: impl Into<Message>) -> Failure {
    let message = message.into();
    super::say(&message);
    let message = message.text(super::language());
    Failure::Scenario(vec![CheckFailure { message, place: None }])
}

/// Loads and compiles a single scenario as it stands, with settings where they are known, and says what is wrong with it.
pub(super) fn prepare_alone(
    name: &str,
    options: &RunOptions,
    given: Option<&str>,
    settings: Option<Settings>,
) -> Option<Prepared> {
    let loaded = load_swept(name, &options.overrides.set, &[]);
    let mut request = request::of(options, None);
    request.given = given.map(str::to_owned);
    let settings = settings.unwrap_or_else(|| Settings::of(&request, &loaded.scenario));
    let job = BatchJob { name: name.to_owned(), swept: Vec::new() };
    let prepared = compiled(&job, loaded, settings, &request, false, &mut BTreeSet::new()).ok()?;
    if !options.quiet {
        warn(&prepared.loaded, name);
    }
    Some(prepared)
}

fn prepare_one(
    job: &BatchJob,
    options: &RunOptions,
    extra: &Extra,
    said: &mut BTreeSet<String>,
) -> Result<Ready, Failure> {
    let swept: Vec<String> = job.swept.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut loaded = load_swept(&job.name, &options.overrides.set, &swept);
    let mut request = request::of(options, extra.work);
    request.require = extra.require.to_vec();
    let settings = Settings::of(&request, &loaded.scenario);
    if let Some(conflict) = request::conflict(&settings, options, extra.work) {
        loaded
            .diagnostics
            .push(Diagnostic::error(None, conflict).help(message!("cli-request-conflict.help")));
    }
    let prepared = compiled(job, loaded, settings, &request, extra.judge, said)?;
    Ok(Ready { prepared, refused: None })
}

/// Compiles a scenario that was loaded.
fn compiled(
    job: &BatchJob,
    loaded: Loaded,
    settings: Settings,
    request: &Options,
    judge: bool,
    said: &mut BTreeSet<String>,
) -> Result<Prepared, Failure> {
    let mut prepared = Prepared::with(loaded, settings, request, judge).map_err(|error| match error {
        StudyError::Scenario(wrong) => {
            diagnose::report_new(&wrong.files, &wrong.diagnostics, said);
            Failure::Scenario(findings(&wrong))
        }
        error => super::run::failed(&error),
    })?;
    // Once more, as observations may have come to it.
    super::outputs::reads_scenario(&prepared.loaded);
    let mut id = prepared.id().to_owned();
    for (name, value) in &job.swept {
        let _ = write!(id, "_{}={}", plain(name), plain(value));
    }
    prepared.rename(id);
    let given = prepared.settings.given.as_deref();
    if let Some(said) = given.and_then(|condition| on_record(&prepared.model, condition)) {
        return Err(wrong(said));
    }
    Ok(prepared)
}

/// The errors for those who read files.
pub(super) fn findings(wrong: &Diagnostics) -> Vec<CheckFailure> {
    let errors = wrong.diagnostics.0.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors.map(|diagnostic| finding(&wrong.files, diagnostic)).collect()
}

/// Why a condition says nothing: the record tells whether it holds.
fn on_record(model: &Model, condition: &str) -> Option<Message> {
    let holds = model.labels.metrics.iter().find_map(|metric| metric.on_record)?;
    let words = if holds { key!("text-decided-met") } else { key!("text-decided-missed") };
    Some(message!("cli-batch-on-record", condition = condition, words = words))
}

/// An error for those who read files.
fn finding(files: &Files, diagnostic: &Diagnostic) -> CheckFailure {
    let language = super::language();
    let message = diagnostic.message_in(language);
    CheckFailure {
        message: match diagnostic.help_in(language) {
            Some(help) => tr!(language, "text-with-help", message = message, help = help),
            None => message,
        },
        place: diagnostic.place.and_then(|place| location(files, place)),
    }
}

/// The file and line of a place that a user can open.
pub(super) fn location(files: &Files, place: Place) -> Option<Location> {
    let file = &files.get(place.file)?.name;
    Path::new(file).is_file().then(|| Location { file: file.clone(), line: files.line_column(place).0 })
}

fn warn(loaded: &Loaded, name: &str) {
    let warnings =
        loaded.diagnostics.0.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning).count();
    if warnings > 0 {
        let line = tr!(super::language(), "cli-batch-warnings", count = warnings, name = visible::line(name));
        tell(&(line + "\n"));
    }
}

/// A name or value as a part of a folder's name: `trend[coal]` becomes `trend-coal`.
fn plain(text: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || "_.%+-".contains(c) { c } else { '-' };
    let mut plain = String::new();
    for c in text.trim().chars().map(kept).take(60) {
        if c != '-' || !plain.ends_with('-') {
            plain.push(c);
        }
    }
    plain.trim_end_matches(['-', '.']).to_owned()
}

/// Finds out before anything is simulated whether each job's folder and export can be written, lest a long run be lost.
/// A job whose place is refused does not run.
pub(super) fn probe(
    jobs: &mut [Result<Ready, Failure>],
    options: &RunOptions,
    name: impl Fn(&Ready) -> String,
    exports: &BTreeMap<String, PathBuf>,
) -> Result<(), Failure> {
    for job in jobs.iter_mut() {
        let Ok(ready) = job else { continue };
        let name = name(ready);
        if let Err(why) = folder::check_name(&name) {
            *job = Err(wrong(message!("cli-batch-folder-name", why = why)));
            continue;
        }
        let export = exports.get(ready.prepared.id());
        if let Some(why) = export.and_then(|place| export::misplaced(&options.out.join(&name), place)) {
            *job = Err(wrong(why));
            continue;
        }
        let export = export.map_or(Ok(()), |place| plancast::world::probe_file(place));
        let probed = folder::probe(&options.out, &name).and(export);
        ready.refused = probed.err().map(Failure::from);
    }
    memory::refuse(jobs, options)
}

impl Ready {
    /// Has it not run, and says why.
    pub(super) fn refuse(&mut self, why: Message) {
        self.refused = Some(Failure::Machine(why));
    }
}

/// The ids of all jobs that can run.
pub(super) fn ids(jobs: &[Result<Ready, Failure>]) -> impl Iterator<Item = &str> {
    jobs.iter().flatten().map(|ready| ready.prepared.id())
}

/// The progress of all jobs that can run; one alone gives it its title.
pub(super) fn bar(jobs: &[Result<Ready, Failure>], options: &RunOptions, language: Language) -> ProgressBar {
    let running: Vec<&Ready> = jobs.iter().flatten().collect();
    let title = match running[..] {
        [one] => one.prepared.model.labels.title.get(language),
        _ => "",
    };
    let paths = running.iter().fold(0_u64, |sum, ready| sum.saturating_add(ready.prepared.settings.paths));
    progress::bar(paths, title, options.quiet)
}

/// Does the work of all jobs that can run, on so many threads altogether: jobs and their paths share them. One
/// that fails does not stop the others.
pub(super) fn each<T: Send>(
    jobs: &[Result<Ready, Failure>],
    threads: Option<usize>,
    work: impl Fn(&Ready) -> Result<T, Failure> + Sync,
) -> Result<Vec<Result<T, Failure>>, Failure> {
    let one = |job: &Result<Ready, Failure>| {
        let ready = job.as_ref().map_err(Clone::clone)?;
        ready.refused.clone().map_or_else(|| work(ready), Err)
    };
    on_threads(threads, || jobs.par_iter().map(one).collect())
}

/// The exit of a batch: the gravest failure. What the machine did is said here, once each.
pub(super) fn outcome<T>(results: &[Result<T, Failure>]) -> Result<(), Failure> {
    let failures: Vec<&Failure> = results.iter().filter_map(|result| result.as_ref().err()).collect();
    let Some(gravest) = failures.iter().max_by_key(|failure| failure.gravity()) else { return Ok(()) };
    let mut said: Vec<&Failure> = failures.iter().copied().filter(|f| f != gravest).collect();
    said.dedup();
    for failure in said {
        if let Failure::Machine(message) = failure {
            super::say(message);
        }
    }
    let failed = failures.iter().filter(|failure| ***failure != Failure::Gate).count();
    if failed > 0 && results.len() > 1 {
        let line = tr!(super::language(), "cli-batch-failed", failed = failed, runs = results.len());
        tell(&(line + "\n"));
    }
    Err((*gravest).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_folders_are_plain() {
        assert_eq!(plain("trend[coal]"), "trend-coal");
        assert_eq!(plain("normal(1%, 2%)"), "normal-1%-2%");
        assert_eq!(plain("../x"), "..-x");
    }
}
