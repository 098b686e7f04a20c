//! `plancast check`: gates and baselines, for batch jobs.

mod tolerance;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Cell, CellAlignment, Color, ContentArrangement, LineStyle, Table};

use super::arguments::{CheckOptions, RunOptions};
use super::batch::{self, BatchJob, Extra, Ready};
use super::export::PathExport;
use super::output::wrong;
use super::outputs::{self, Ending, Output};
use super::run::{WrittenFiles, failed, now, write};
use super::{CommandResult, Failure, diagnose, export, folder, index, output, print, signals};
use plancast::analysis::against::{self, BaselineComparison, Mismatch};
use plancast::analysis::diff::{ChangedNumber, Tolerance};
use plancast::analysis::gates::{GateEstimate, Judged, Verdict};
use plancast::engine::Watch;
use plancast::export::junit::junit;
use plancast::export::verdicts::{self, Check, CheckFailure, CheckedScenario, Refused};
use plancast::model::Labels;
use plancast::result::{Summary, json, store};
use plancast::study::Checking;
use plancast::text::number::{count, trimmed};
use plancast::text::{Language, Message};
use plancast::{message, tr};

/// How names of reports end; those that a build server makes up may have no ending.
const JUNIT: Ending = Ending::OrNone(&["xml"]);
const MARKDOWN: Ending = Ending::OrNone(&["md", "markdown", "txt"]);

/// A scenario that was checked.
struct FinishedCheck {
    checked: CheckedScenario,
    summary: Summary,
}

pub(super) fn run(options: &CheckOptions) -> CommandResult {
    let run = &options.run;
    let streams = [&options.junit, &options.markdown].into_iter().flatten().filter(|place| is_stdout(place));
    if streams.count() + usize::from(run.json) > 1 {
        return Err(wrong(message!("cli-check-one-stdout")));
    }
    let tolerance = tolerance::read(&options.tolerance).map_err(wrong)?;
    let baseline = options.against.as_deref().map(baseline).transpose()?;
    if let Some(unknown) = baseline.as_ref().and_then(|baseline| tolerance.unknown(baseline)) {
        return Err(wrong(message!("cli-check-tolerance-unknown", name = unknown)));
    }
    let jobs = batch::jobs(run, &options.sweep)?;
    let mut ready =
        batch::prepare(&jobs, run, &Extra { judge: true, require: &options.require, work: None })?;
    for job in &mut ready {
        if baseline.is_none() && job.as_ref().is_ok_and(|job| job.prepared.model.gates.is_empty()) {
            let id = job.as_ref().map_or("", |job| job.prepared.id());
            let why = message!("cli-check-no-gates", scenario = id);
            *job = Err(batch::wrong(why));
        }
    }
    for job in ready.iter_mut().filter(|_| baseline.is_some()) {
        let why = job
            .as_ref()
            .ok()
            .and_then(|ready| nothing_in_common(&ready.prepared.model.labels, baseline.as_ref()?));
        if let Some(why) = why {
            *job = Err(batch::wrong(why));
        }
    }
    let exports = export::places(run.export.as_deref(), ready.len(), batch::ids(&ready))?;
    admit(options, &exports, ready.len())?;
    batch::probe(&mut ready, run, |ready| ready.prepared.id().to_owned(), &exports)?;
    let stop = signals::stop_flag();
    let language = super::language();
    let bar = batch::bar(&ready, run, language);
    let advance = |paths| {
        bar.inc(paths);
        bar.set_length(bar.length().unwrap_or(0).max(bar.position()));
    };
    let watch = Watch { finished: Some(&advance), stop: Some(&stop) };
    let work =
        |ready: &Ready| check(ready, options, baseline.as_ref(), &tolerance, &exports, watch, language);
    let results = batch::each(&ready, run.threads, work)?;
    bar.finish_and_clear();
    let scenarios: Vec<CheckedScenario> = results.iter().flatten().map(|done| done.checked.clone()).collect();
    let refused =
        jobs.iter().zip(&results).filter_map(|(job, result)| Some(refusal(job, result.as_ref().err()?)));
    let check = Check::new(options.confidence, scenarios, refused.collect());
    if results.len() > 1 {
        let rows: Vec<index::IndexRow> = results
            .iter()
            .map(|result| index::IndexRow {
                result: result.as_ref().map(|done| &done.summary),
                status: result.as_ref().map_or("", |done| verdicts::word(done.checked.verdict())),
            })
            .collect();
        index::write((&run.out, run.csv), &jobs, &ready, &rows)?;
    }
    tell(&check, &results, options, language)?;
    batch::outcome(&results)?;
    if check.verdict == verdicts::word(Verdict::Pass) { Ok(()) } else { Err(Failure::Gate) }
}

/// Refuses reports and exports that would replace what is read, or each other.
fn admit(options: &CheckOptions, exports: &BTreeMap<String, PathBuf>, runs: usize) -> CommandResult {
    let index = index::place(&options.run.out);
    let junit = options.junit.iter().map(|place| Output { option: "--junit", place, ending: JUNIT });
    let markdown =
        options.markdown.iter().map(|place| Output { option: "--markdown", place, ending: MARKDOWN });
    let index = (runs > 1).then(|| index::output(&index));
    outputs::admit(&export::outputs(exports).chain(index).chain(junit).chain(markdown).collect::<Vec<_>>())
}

/// A scenario that was not checked, and why.
fn refusal(job: &BatchJob, failure: &Failure) -> Refused {
    let swept = job.swept.iter().map(|(name, value)| format!(" {name}={value}"));
    let findings = match failure {
        Failure::Scenario(findings) => findings.clone(),
        Failure::Machine(message) => {
            vec![CheckFailure { message: message.text(super::language()), place: None }]
        }
        Failure::Input | Failure::Gate => Vec::new(),
    };
    Refused { scenario: job.name.clone() + &swept.collect::<String>(), findings }
}

/// Why a scenario cannot be held against a baseline at all, if it cannot.
fn nothing_in_common(labels: &Labels, baseline: &Summary) -> Option<Message> {
    let known = against::names(baseline);
    let headlines = labels.variables.iter().filter(|label| label.headline).map(|label| &label.name);
    let metrics = labels.metrics.iter().map(|label| &label.name);
    let mut names = labels.targets.iter().map(|label| &label.name).chain(metrics).chain(headlines);
    let common = names.any(|name| known.contains(name.as_str()));
    (!common).then(|| {
        message!("cli-check-nothing-in-common", scenario = &labels.id, other = &baseline.scenario.id)
    })
}

/// The baseline: a `summary.json`, or the folder of a run.
fn baseline(path: &Path) -> Result<Summary, Failure> {
    let file = if path.is_dir() { path.join("summary.json") } else { path.to_owned() };
    if path.is_dir() {
        super::redraw::warn_of_changes(path);
    }
    outputs::reads(&file);
    store::summary(&file).map_err(|error| wrong(error.message()))
}

/// Simulates until every gate is decided or no more paths are allowed, and writes the run folder.
fn check(
    ready: &Ready,
    options: &CheckOptions,
    baseline: Option<&Summary>,
    tolerance: &Tolerance,
    exports: &BTreeMap<String, PathBuf>,
    watch: Watch,
    language: Language,
) -> Result<FinishedCheck, Failure> {
    let (clock, prepared) = (now(), &ready.prepared);
    let working = signals::at_work();
    let found = prepared.check(options.confidence, options.max_paths, watch);
    drop(working);
    let mut found = found.map_err(|error| failed(&error))?;
    locate(&mut found.gates, ready);
    let against = baseline.map(|baseline| BaselineComparison::of(baseline, found.summary(), tolerance));
    let (drift, mismatches) =
        against.map_or((None, Vec::new()), |found| (Some(found.drift), found.mismatches));
    let Checking { run, gates, paths, looks, .. } = found;
    let checked = CheckedScenario {
        scenario: prepared.id().to_owned(),
        paths,
        looks,
        seconds: clock.elapsed().as_secs_f64(),
        gates,
        drift,
        mismatches,
    };
    let wall = folder::wall(clock.elapsed(), options.run.threads);
    let sources = prepared.sources(prepared.settings.paths);
    let scenario = &prepared.loaded.scenario;
    let mut files =
        folder::all(&sources, scenario, &run, wall, (options.run.charts, options.run.csv), language)?;
    let export = PathExport::of(exports, prepared, &run.summary, options.run.csv);
    let gates = json::write(&checked).map_err(|error| Failure::machine(&error))?;
    files.push(("gates.json".into(), gates.into_bytes()));
    write(WrittenFiles {
        options: &options.run,
        loaded: &[&prepared.loaded],
        id: &run.summary.scenario.id,
        files,
        exports: export.into_iter().collect(),
        stop: watch.stop,
    })?;
    Ok(FinishedCheck { checked, summary: run.summary })
}

/// Says where each gate stands, if in a file.
fn locate(judged: &mut [Judged], ready: &Ready) {
    for gate in judged {
        let place = ready.prepared.loaded.scenario.gates.get(&gate.name).map(|gate| gate.place);
        gate.place = place.and_then(|place| batch::location(&ready.prepared.loaded.files, place));
    }
}

/// Prints and writes what came of the check in all forms that were asked for.
fn tell(
    check: &Check,
    results: &[Result<FinishedCheck, Failure>],
    options: &CheckOptions,
    language: Language,
) -> CommandResult {
    let machine = |error: &dyn std::fmt::Display| Failure::machine(error);
    let run: &RunOptions = &options.run;
    if run.json {
        print(&json::write(check).map_err(|error| machine(&error))?)?;
    } else if !run.quiet && !takes_stdout(options) {
        for done in results.iter().flatten() {
            print(&table(done, options, language))?;
        }
    }
    if options.github {
        let annotations = verdicts::github(check, language);
        if run.json {
            output::tell_commands(&annotations);
        } else {
            output::print_commands(&annotations)?;
        }
    }
    if let Some(place) = &options.junit {
        deliver(place, &junit(check, language))?;
    }
    if let Some(place) = &options.markdown {
        deliver(place, &verdicts::markdown(check, language))?;
    }
    Ok(())
}

/// Whether a report for machines goes to standard output, which the tables then leave to it.
fn takes_stdout(options: &CheckOptions) -> bool {
    [&options.junit, &options.markdown].into_iter().flatten().any(|place| is_stdout(place))
}

fn is_stdout(place: &Path) -> bool {
    place.as_os_str() == "-"
}

/// Writes a text to a file, or to standard output for `-`.
fn deliver(place: &Path, text: &str) -> CommandResult {
    if is_stdout(place) {
        return print(text);
    }
    super::write_file(place, text.as_bytes().to_vec())
}

/// The gates of a scenario as a terminal shows them.
fn table(done: &FinishedCheck, options: &CheckOptions, language: Language) -> String {
    let (checked, summary) = (&done.checked, &done.summary);
    let title =
        tr!(language, "cli-check-title", title = &summary.scenario.title, scenario = &checked.scenario);
    let mut parts = vec![title];
    if !checked.gates.is_empty() {
        parts.push(judged(&checked.gates, language));
    }
    if let Some(drift) = &checked.drift {
        parts.extend(mismatches(&checked.mismatches, language));
        parts.push(match (drift.as_slice(), checked.mismatches.as_slice()) {
            ([], []) => tr!(language, "cli-check-no-drift").into(),
            ([], _) => tr!(language, "cli-check-no-number").into(),
            (drift, _) => drifted(drift, language),
        });
    }
    for gate in &checked.gates {
        for unknown in gate.statistics.iter().filter(|statistic| statistic.not_known > 0) {
            let (name, paths) = (&unknown.statistic, unknown.not_known);
            parts.push(tr!(language, "cli-check-not-known", statistic = name, paths = paths));
        }
    }
    for gate in &checked.gates {
        if let Some(reason) = &gate.reason {
            let why = reason.text(language);
            parts.push(tr!(language, "cli-check-undecided", gate = &gate.name, why = why));
        }
    }
    if verdicts::has_approximate(&checked.gates) {
        parts.push(verdicts::legend(language).into());
    }
    if !checked.gates.is_empty() {
        parts.push(confidence(checked, options.confidence).text(language));
    }
    parts.join("\n\n") + "\n"
}

/// The table of gates.
fn judged(gates: &[Judged], language: Language) -> String {
    let mut table = empty(&[
        tr!(language, "cli-check-verdict"),
        tr!(language, "cli-check-gate"),
        tr!(language, "cli-check-found"),
        tr!(language, "cli-check-method"),
        tr!(language, "cli-check-paths"),
    ]);
    for gate in gates {
        let all = |of: fn(&GateEstimate, Language) -> String| {
            gate.statistics.iter().map(|one| of(one, language)).collect::<Vec<_>>().join("\n")
        };
        let verdict = match gate.verdict {
            Verdict::Pass => tr!(language, "cli-check-pass"),
            Verdict::Fail => tr!(language, "cli-check-fail"),
            Verdict::Undecided => tr!(language, "cli-check-undecided-verdict"),
        };
        table.add_row(vec![
            Cell::new(verdicts::marked(gate, verdict)).fg(tone(gate.verdict)),
            Cell::new(&gate.name),
            Cell::new(all(verdicts::found)),
            Cell::new(all(verdicts::method)),
            Cell::new(count(gate.paths)).set_alignment(CellAlignment::Right),
        ]);
    }
    table.trim_fmt()
}

/// How surely the gates are decided, and with how many paths at most.
fn confidence(checked: &CheckedScenario, confidence: f64) -> Message {
    let most = checked.looks.last().copied().unwrap_or(checked.paths);
    let percent = trimmed(confidence * 100.0, 6);
    if verdicts::has_approximate(&checked.gates) {
        message!("cli-check-confidence-marked", percent = percent, paths = most)
    } else {
        message!("cli-check-confidence", percent = percent, paths = most)
    }
}

/// What is not the same thing in the baseline, a line each.
fn mismatches(found: &[Mismatch], language: Language) -> Option<String> {
    let lines: Vec<String> = found.iter().map(|other| format!("\n  {}", other.sentence(language))).collect();
    (!lines.is_empty()).then(|| tr!(language, "cli-check-against").to_owned() + &lines.concat())
}

fn drifted(drift: &[ChangedNumber], language: Language) -> String {
    let mut table = empty(&[
        tr!(language, "cli-check-drifted"),
        "",
        tr!(language, "cli-check-baseline"),
        tr!(language, "cli-check-now"),
    ]);
    for change in drift {
        let (before, after) = verdicts::both(change, language);
        let right = |text| Cell::new(text).set_alignment(CellAlignment::Right);
        table.add_row(vec![
            Cell::new(&change.name),
            Cell::new(verdicts::statistic(&change.statistic, language)),
            right(before),
            right(after),
        ]);
    }
    table.trim_fmt()
}

fn empty(head: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.style_mut().row_separator = LineStyle::none();
    table.set_width(u16::try_from(diagnose::width()).unwrap_or(u16::MAX));
    if super::colour() {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    table.set_header(head);
    table
}

fn tone(verdict: Verdict) -> Color {
    match verdict {
        Verdict::Pass => Color::Green,
        Verdict::Fail => Color::Red,
        Verdict::Undecided => Color::DarkYellow,
    }
}
