//! `plancast check`: gates and baselines, for batch jobs.

mod tolerance;
mod words;

use std::path::Path;

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Cell, CellAlignment, Color, ContentArrangement, LineStyle, Table};

use self::words::Words;
use super::arguments::{CheckOptions, RunOptions, language};
use super::batch::{self, Extra, Job, Ready};
use super::counting::{question, results};
use super::export::Export;
use super::folder::Sources;
use super::run::{Written, failure, groups, now, write};
use super::{Failure, Outcome, diagnose, export, folder, index, print, signals};
use crate::analysis::diff::{self, Change, Tolerance};
use crate::analysis::gates::{Estimate, Judged, Plan, Verdict, judge};
use crate::engine::{Growing, Request, Watch, simulate_sliced};
use crate::export::verdicts::{self, Check, Checked, Finding, Refused};
use crate::result::{Summary, json, store};
use crate::text::Language;
use crate::text::number::count;

/// A scenario that was checked.
struct Done {
    checked: Checked,
    summary: Summary,
}

pub(super) fn run(options: &CheckOptions) -> Outcome {
    let run = &options.run;
    let streams = [&options.junit, &options.markdown].into_iter().flatten().filter(|place| is_stdout(place));
    if streams.count() + usize::from(run.json) > 1 {
        return Err(wrong("--json and reports to - all go to standard output; give all but one a file"));
    }
    let tolerance = tolerance::read(&options.tolerance).map_err(|message| wrong(&message))?;
    let baseline = options.against.as_deref().map(baseline).transpose()?;
    if let Some(unknown) = baseline.as_ref().and_then(|baseline| tolerance.unknown(baseline)) {
        return Err(wrong(&format!("--tolerance {unknown}: the baseline has no result of this name")));
    }
    let jobs = batch::jobs(run, &options.sweep)?;
    let mut ready = batch::prepare(
        &jobs,
        run,
        &Extra { judge: true, require: ("--require", &options.require), work: None },
    )?;
    for job in &mut ready {
        if baseline.is_none() && job.as_ref().is_ok_and(|job| job.model.gates.is_empty()) {
            let id = job.as_ref().map_or("", |job| &job.loaded.scenario.id);
            let said =
                format!("{id} has no [gates]; add some, or give one with --require 'p(target) >= 50%'");
            *job = Err(batch::wrong(said));
        }
    }
    let exports = export::places(run.export.as_deref(), ready.len(), batch::ids(&ready))?;
    batch::probe(&mut ready, run, |ready| ready.loaded.scenario.id.clone(), &exports)?;
    for place in [&options.junit, &options.markdown].into_iter().flatten().filter(|place| !is_stdout(place)) {
        crate::world::probe_file(place).map_err(|error| Failure::Machine(error.to_string()))?;
    }
    let stop = signals::stop_flag();
    let language = language(run.lang);
    let bar = batch::bar(&ready, run, language);
    let advance = |paths| {
        bar.inc(paths);
        bar.set_length(bar.length().unwrap_or(0).max(bar.position()));
    };
    let watch = Watch { finished: Some(&advance), stop: Some(&stop) };
    let work = |ready: &Ready| {
        let export = exports.get(&ready.loaded.scenario.id).map(|place| Export {
            place,
            model: &ready.model,
            paths: ready.settings.paths,
            seed: ready.settings.seed,
        });
        check(ready, options, baseline.as_ref(), &tolerance, export, watch, language)
    };
    let results = batch::each(&ready, run.threads, work)?;
    bar.finish_and_clear();
    let scenarios: Vec<Checked> = results.iter().flatten().map(|done| done.checked.clone()).collect();
    let refused =
        jobs.iter().zip(&results).filter_map(|(job, result)| Some(refusal(job, result.as_ref().err()?)));
    let check = Check::new(options.confidence, scenarios, refused.collect());
    if results.len() > 1 {
        let rows: Vec<index::Row> = results
            .iter()
            .map(|result| index::Row {
                result: result.as_ref().map(|done| &done.summary),
                status: result.as_ref().map_or("", |done| verdicts::word(done.checked.verdict())),
            })
            .collect();
        index::write(&run.out, &jobs, &ready, &rows)?;
    }
    tell(&check, &results, options, language)?;
    batch::outcome(&results)?;
    if check.verdict == verdicts::word(Verdict::Pass) { Ok(()) } else { Err(Failure::Gate) }
}

fn wrong(message: &str) -> Failure {
    super::say(message);
    Failure::Input
}

/// A scenario that was not checked, and why.
fn refusal(job: &Job, failure: &Failure) -> Refused {
    let swept = job.swept.iter().map(|(name, value)| format!(" {name}={value}"));
    let findings = match failure {
        Failure::Scenario(findings) => findings.clone(),
        Failure::Machine(message) => vec![Finding { message: message.clone(), place: None }],
        Failure::Input | Failure::Gate => Vec::new(),
    };
    Refused { scenario: job.name.clone() + &swept.collect::<String>(), findings }
}

/// The baseline: a `summary.json`, or the folder of a run.
fn baseline(path: &Path) -> Result<Summary, Failure> {
    let file = if path.is_dir() { path.join("summary.json") } else { path.to_owned() };
    store::summary(&file).map_err(|error| wrong(&error.to_string()))
}

/// Simulates until every gate is decided or no more paths are allowed, and writes the run folder.
fn check(
    ready: &Ready,
    options: &CheckOptions,
    baseline: Option<&Summary>,
    tolerance: &Tolerance,
    export: Option<Export>,
    watch: Watch,
    language: Language,
) -> Result<Done, Failure> {
    let (clock, run, model, settings) = (now(), &options.run, &ready.model, &ready.settings);
    let paths = settings.paths.min(MOST);
    let most = options.max_paths.unwrap_or(paths.saturating_mul(16)).clamp(paths, MOST);
    let plan = Plan::new(paths, most, options.confidence);
    // The run that is kept is of the length that was asked for: it does not depend on how close a gate was.
    let request = Request { seed: settings.seed, paths, threads: None };
    let question = question(ready);
    let slicing = question.as_ref().map(|question| &question.slicing);
    let blocks = 0..request.blocks();
    let ensemble = simulate_sliced(&model.program, &groups(ready), &request, blocks, slicing, watch);
    let ensemble = ensemble.map_err(|error| failure(&error))?;
    let (mut judged, paths) = judge_all(ready, &plan, settings.seed, watch)?;
    locate(&mut judged, ready);
    let results = results(model, &ensemble, question.as_ref(), settings.seed, &settings.quantiles);
    let drift = baseline.map(|baseline| diff::drift(baseline, &results.summary, tolerance));
    let checked = Checked {
        scenario: ready.loaded.scenario.id.clone(),
        paths,
        looks: plan.looks,
        gates: judged,
        drift,
    };
    let wall = folder::wall(clock.elapsed(), run.threads);
    let sources = Sources::of(&ready.loaded, settings, settings.paths);
    let mut files = folder::all(&sources, &ready.loaded.scenario, &results, wall, run.charts, language)
        .map_err(Failure::Machine)?;
    let gates = json::write(&checked).map_err(|error| Failure::Machine(error.to_string()))?;
    files.push(("gates.json".into(), gates.into_bytes()));
    write(Written {
        options: run,
        loaded: std::slice::from_ref(&ready.loaded),
        id: &results.summary.scenario.id,
        files,
        exports: export.into_iter().collect(),
        stop: watch.stop,
    })?;
    Ok(Done { checked, summary: results.summary })
}

/// The most paths that can be counted.
const MOST: u64 = crate::ensemble::MOST_PATHS;

/// Looks at the gates, with more and more paths, until every one is decided or no more are allowed; says how many
/// paths there were.
fn judge_all(ready: &Ready, plan: &Plan, seed: u64, watch: Watch) -> Result<(Vec<Judged>, u64), Failure> {
    let gates = &ready.model.gates;
    let mut growing = Growing::new(&ready.model.judging, &[], None, seed, None);
    let (mut judged, mut paths): (Vec<Judged>, u64) = (Vec::new(), plan.looks[0]);
    // With nothing to judge there is nothing to look at.
    for &look in plan.looks.iter().filter(|_| !gates.is_empty()) {
        let ensemble = growing.to(look, watch).map_err(|error| failure(&error))?;
        paths = look;
        if judged.is_empty() {
            judged = gates.iter().map(|gate| judge(gate, &ensemble, plan)).collect();
        }
        for (judged, gate) in judged.iter_mut().zip(gates).filter(|(judged, _)| is_open(judged)) {
            *judged = judge(gate, &ensemble, plan);
        }
        if !judged.iter().any(is_open) {
            break;
        }
    }
    Ok((judged, paths))
}

fn is_open(gate: &Judged) -> bool {
    gate.verdict == Verdict::Undecided
}

/// Says where each gate stands, if in a file.
fn locate(judged: &mut [Judged], ready: &Ready) {
    for gate in judged {
        let place = ready.loaded.scenario.gates.get(&gate.name).map(|gate| gate.place);
        gate.place = place.and_then(|place| batch::location(&ready.loaded.files, place));
    }
}

/// Prints and writes what came of the check in all forms that were asked for.
fn tell(
    check: &Check,
    results: &[Result<Done, Failure>],
    options: &CheckOptions,
    language: Language,
) -> Outcome {
    let machine = |error: &dyn std::fmt::Display| Failure::Machine(error.to_string());
    let run: &RunOptions = &options.run;
    if run.json {
        print(&json::write(check).map_err(|error| machine(&error))?)?;
    } else if !run.quiet && !takes_stdout(options) {
        for done in results.iter().flatten() {
            print(&table(done, options, language))?;
        }
    }
    if options.github {
        let annotations = verdicts::github(check);
        if run.json {
            use std::io::Write;
            let _ = std::io::stderr().write_all(annotations.as_bytes());
        } else {
            print(&annotations)?;
        }
    }
    if let Some(place) = &options.junit {
        deliver(place, &verdicts::junit(check).map_err(|error| machine(&error))?)?;
    }
    if let Some(place) = &options.markdown {
        deliver(place, &verdicts::markdown(check))?;
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
fn deliver(place: &Path, text: &str) -> Outcome {
    if is_stdout(place) {
        return print(text);
    }
    super::write_file(place, text.as_bytes().to_vec())
}

/// The gates of a scenario as a terminal shows them.
fn table(done: &Done, options: &CheckOptions, language: Language) -> String {
    let words = Words::of(language);
    let (checked, summary) = (&done.checked, &done.summary);
    let mut table = empty(&[words.verdict, words.gate, words.found, words.method, words.paths]);
    for gate in &checked.gates {
        let all = |of: fn(&Estimate, Language) -> String| {
            gate.statistics.iter().map(|one| of(one, language)).collect::<Vec<_>>().join("\n")
        };
        let verdict = verdicts::marked(gate, words.of_verdict(gate.verdict));
        table.add_row(vec![
            Cell::new(verdict).fg(tone(gate.verdict)),
            Cell::new(&gate.name),
            Cell::new(all(verdicts::found)),
            Cell::new(all(verdicts::method)),
            Cell::new(count(gate.paths)).set_alignment(CellAlignment::Right),
        ]);
    }
    let title = summary.scenario.title.get(language);
    let mut parts = vec![format!("{title} ({})", checked.scenario)];
    if !checked.gates.is_empty() {
        parts.push(table.trim_fmt());
    }
    if let Some(drift) = &checked.drift {
        parts.push(if drift.is_empty() { words.no_drift.into() } else { drifted(drift, words, language) });
    }
    for gate in &checked.gates {
        for statistic in gate.statistics.iter().filter(|statistic| statistic.not_known > 0) {
            parts.push((words.not_known)(&statistic.statistic, statistic.not_known));
        }
    }
    for gate in &checked.gates {
        if let Some(reason) = &gate.reason {
            parts.push((words.undecided)(&gate.name, &reason.text(language)));
        }
    }
    if verdicts::has_approximate(&checked.gates) {
        parts.push(verdicts::legend(language).into());
    }
    if !checked.gates.is_empty() {
        let most = checked.looks.last().copied().unwrap_or(checked.paths);
        parts.push((words.confidence)(options.confidence * 100.0, &count(most)));
    }
    parts.join("\n\n") + "\n"
}

fn drifted(drift: &[Change], words: &Words, language: Language) -> String {
    let mut table = empty(&[words.drifted, "", words.baseline, words.now]);
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
