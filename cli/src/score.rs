//! `plancast score`: stored runs against what happened.

use std::fmt::Write as _;

use super::arguments::ScoreOptions;
use super::diff::table;
use super::output::wrong;
use super::{CommandResult, Failure, diagnose, figures, load, outputs, print, print_json, run, say, warn};
use plancast::analysis::score::{INTERVALS, ScoredRun};
use plancast::chart::rows::{self, BarRow, FloatingBars, Tone};
use plancast::chart::{Size, fan};
use plancast::report::figure;
use plancast::result::{StoredRun, store};
use plancast::scenario::observed::table_of;
use plancast::study::{
    NoDensity, NotScored, OutcomeScore, Outside, RunScore, ScoreAnswer, ScoreRefusal, StudyError,
    TargetScore, UnscoredValue,
};
use plancast::text::Language;
use plancast::text::number::{per_cent, trimmed, trimmed_in};
use plancast::text::period::{heading, label};
use plancast::text::probability::KnownProbability;
use plancast::text::unit::{Shown, shown};
use plancast::text::visible;
use plancast::{key, message, tr};

pub(super) fn run(options: &ScoreOptions) -> CommandResult {
    let language = super::language();
    let mut table = table_of(&options.actuals.to_string_lossy()).map_err(wrong)?;
    outputs::reads(&options.actuals);
    options.runs.iter().for_each(|run| outputs::reads_run(run));
    outputs::admit_picture(options.chart.as_deref())?;
    let mut scored = Vec::new();
    for folder in &options.runs {
        let run = store::load(folder).map_err(|error| wrong(error.message()))?;
        let loaded = load(&folder.join("scenario.toml").display().to_string(), &[]);
        if loaded.diagnostics.has_errors() {
            diagnose::report(&loaded.files, &loaded.diagnostics);
            return Err(Failure::Input);
        }
        let name = run.folder.display().to_string();
        let (summary, distributions) = (&run.summary, run.distributions.as_ref());
        let forecasts = ScoredRun { summary, distributions, name: &name };
        let found = ScoreAnswer::of(&loaded.scenario, forecasts, &mut table, options.as_of);
        let found = found.map_err(|error| failed(&error))?;
        scored.push((run, found));
    }
    let found: Vec<&RunScore> = scored.iter().map(|(_, found)| &found.score).collect();
    if found.iter().all(|run| run.outcomes.is_empty() && run.targets.is_empty()) {
        super::tell(&not_scored(&found, language));
        return Err(wrong(message!("cli-score-nothing", file = visible::path(&options.actuals))));
    }
    if let Some(path) = &options.chart {
        figures::write(path, &chart(options, &scored, language)?)?;
    }
    if options.json {
        let answers: Vec<&ScoreAnswer> = scored.iter().map(|(_, found)| found).collect();
        return print_json(&ScoreAnswer::json_of(&answers));
    }
    print(&words(&found, language))
}

/// Why a run is not scored, said line by line.
fn failed(error: &StudyError) -> Failure {
    match error {
        StudyError::Score(ScoreRefusal::Table(messages)) => {
            messages.iter().for_each(say);
            Failure::Input
        }
        error => run::failed(error),
    }
}

/// All results as text: each run by itself, and then beside each other.
fn words(found: &[&RunScore], language: Language) -> String {
    let mut parts: Vec<String> = found.iter().map(|run| one(run, language)).collect();
    if found.len() > 1 {
        parts.push(several(found, language));
    }
    let left = not_scored(found, language);
    if !left.is_empty() {
        parts.push(left);
    }
    parts.join("\n\n").trim_end().to_owned() + "\n"
}

fn one(run: &RunScore, language: Language) -> String {
    let (id, title) = (&run.scenario, run.title.get(language));
    let (start, paths) = (run.start, run.paths);
    let mut text = tr!(language, "cli-score-head", id = id, title = title, start = start, paths = paths);
    if !run.outcomes.is_empty() {
        let table = outcomes(run, language);
        let _ = write!(text, "\n\n{table}\n{}{}", coverage(run, language), remarks(run, language));
    }
    if !run.targets.is_empty() {
        let mean = run.means.brier.map_or_else(String::new, |brier| trimmed(brier, 3));
        let mean = tr!(language, "cli-score-mean-brier", mean = mean);
        let _ = write!(text, "\n\n{}\n{mean}", targets(run, language));
    }
    text
}

fn outcomes(run: &RunScore, language: Language) -> String {
    let mut table = table(&[
        tr!(language, "cli-score-variable"),
        heading(run.outcomes.first().map_or(0, |outcome| outcome.year), language),
        tr!(language, "cli-score-outcome"),
        tr!(language, "cli-score-median"),
        tr!(language, "cli-score-interval"),
        tr!(language, "cli-score-percentile"),
        tr!(language, "cli-score-crps"),
        tr!(language, "cli-score-log"),
    ]);
    run.outcomes.iter().for_each(|outcome| {
        table.add_row(row(outcome, language));
    });
    right(&mut table, 1);
    table.trim_fmt()
}

fn targets(run: &RunScore, language: Language) -> String {
    let mut table = table(&[
        tr!(language, "cli-score-target"),
        tr!(language, "cli-score-probability"),
        tr!(language, "cli-score-target-outcome"),
        tr!(language, "cli-score-brier"),
    ]);
    run.targets.iter().for_each(|target| {
        table.add_row(of_target(target, run.paths, language));
    });
    right(&mut table, 1);
    table.trim_fmt()
}

/// Numbers stand to the right, from a column on.
pub(super) fn right(table: &mut comfy_table::Table, from: usize) {
    for column in table.column_iter_mut().skip(from) {
        column.set_cell_alignment(comfy_table::CellAlignment::Right);
    }
}

/// A title with its unit.
fn titled(outcome: &OutcomeScore, unit: &Shown, language: Language) -> String {
    let title = match outcome.title.get(language) {
        "" => outcome.variable.as_str(),
        title => title,
    };
    match unit.unit.as_str() {
        "" => title.to_owned(),
        unit => tr!(language, "cli-score-unit", title = title, unit = unit),
    }
}

fn row(outcome: &OutcomeScore, language: Language) -> Vec<String> {
    let unit = shown(&outcome.unit, language);
    let value = |x: f64| trimmed_in(x * unit.factor, 4, unit.is_year);
    let interval = &outcome.intervals[1];
    let log = outcome
        .log_score
        .map_or_else(|| "–".to_owned(), |log| trimmed(log + plancast::num::ln(unit.factor), 3));
    vec![
        titled(outcome, &unit, language),
        label(outcome.year),
        value(outcome.outcome),
        value(outcome.median),
        format!("{} – {}", value(interval.low), value(interval.high)),
        percentile(outcome, language),
        trimmed(outcome.crps * unit.factor, 3),
        log,
    ]
}

/// What is said of scores that are infinite or not known.
fn remarks(run: &RunScore, language: Language) -> String {
    let any = |is: fn(&OutcomeScore) -> bool| run.outcomes.iter().any(is);
    let mut text = String::new();
    if any(|outcome| outcome.no_density == Some(NoDensity::Shared)) {
        let _ = write!(text, "\n{}", tr!(language, "cli-score-no-density"));
    }
    if any(|outcome| outcome.infinite.is_some()) {
        let _ = write!(text, "\n{}", tr!(language, "cli-score-infinite"));
    }
    text
}

/// Where the outcome lies among the paths: `71 %`, or that it lies outside all.
fn percentile(outcome: &OutcomeScore, language: Language) -> String {
    match outcome.outside {
        Some(Outside::Below) => tr!(language, "cli-score-below").to_owned(),
        Some(Outside::Above) => tr!(language, "cli-score-above").to_owned(),
        None => per_cent(&trimmed(100.0 * outcome.pit, if outcome.pit < 0.1 { 2 } else { 3 }), language),
    }
}

fn of_target(target: &TargetScore, paths: u64, language: Language) -> Vec<String> {
    let outcome = if target.met { tr!(language, "cli-score-met") } else { tr!(language, "cli-score-missed") };
    vec![
        target.title.get(language).to_owned(),
        KnownProbability::counted(target.probability, paths).short(language),
        outcome.to_owned(),
        trimmed(target.brier, 3),
    ]
}

/// How many outcomes lay within the intervals.
fn coverage(run: &RunScore, language: Language) -> String {
    let within = |k: usize| run.outcomes.iter().filter(|outcome| outcome.intervals[k].covered).count();
    let one = |(k, p): (usize, &f64)| {
        message!("cli-score-within", within = within(k), percent = format!("{:.0}", 100.0 * p))
    };
    let counts = INTERVALS.iter().enumerate().map(one);
    let counts = counts.reduce(|all, next| message!("cli-score-next", all = all, next = next));
    let all = run.outcomes.len();
    tr!(language, "cli-score-coverage", all = all, counts = counts.unwrap_or_default())
}

/// Mean scores of several runs beside each other, of what all of them forecast.
fn several(found: &[&RunScore], language: Language) -> String {
    let first = tr!(language, "cli-score-means");
    let mut head = vec![first];
    head.extend(found.iter().map(|run| run.scenario.as_str()));
    let mut table = table(&head);
    let variables = found[0].means.variables.keys().filter(|name| {
        found.iter().all(|run| {
            run.means
                .variables
                .get(*name)
                .is_some_and(|means| means.years == found[0].means.variables[*name].years)
        })
    });
    for name in variables {
        let unit = found[0].outcomes.iter().find(|outcome| outcome.variable == *name);
        let unit = shown(unit.map_or("", |outcome| &outcome.unit), language);
        let of = |run: &&&RunScore| trimmed(run.means.variables[name].crps * unit.factor, 3);
        let mut row = vec![tr!(language, "cli-score-row-crps", name = name)];
        row.extend(found.iter().map(|run| of(&run)));
        table.add_row(row);
        let log = |run: &RunScore| {
            run.means.variables[name].log_score.map(|log| log + plancast::num::ln(unit.factor))
        };
        let mut row = vec![tr!(language, "cli-score-row-log", name = name)];
        row.extend(found.iter().map(|run| log(run).map_or_else(|| "–".into(), |log| trimmed(log, 3))));
        table.add_row(row);
    }
    let names = |run: &RunScore| run.targets.iter().map(|target| target.target.clone()).collect::<Vec<_>>();
    if !found[0].targets.is_empty() && found.iter().all(|run| names(run) == names(found[0])) {
        let mut row = vec![tr!(language, "cli-score-row-brier").to_owned()];
        row.extend(
            found.iter().map(|run| run.means.brier.map_or_else(|| "–".into(), |brier| trimmed(brier, 3))),
        );
        table.add_row(row);
    }
    right(&mut table, 1);
    table.trim_fmt()
}

/// What was observed and is not scored, with the reasons.
fn not_scored(found: &[&RunScore], language: Language) -> String {
    let mut text = String::new();
    for run in found {
        for left in &run.left_out {
            let _ = writeln!(text, "{}", reason(run, left, language));
        }
    }
    text
}

fn reason(run: &RunScore, left: &UnscoredValue, language: Language) -> String {
    let years: Vec<String> = left.years.iter().map(label).collect();
    let (name, years, id) = (&left.variable, years.join(", "), &run.scenario);
    let why = match left.why {
        NotScored::NoVariable => key!("cli-score-no-variable"),
        NotScored::NotRecorded => key!("cli-score-not-recorded"),
        NotScored::NotForecast => key!("cli-score-not-forecast"),
        NotScored::AfterTheEnd => key!("cli-score-after"),
        NotScored::Conditioned => key!("cli-score-conditioned"),
        NotScored::NoNumber => key!("cli-score-no-number"),
        NotScored::NoValue => key!("cli-score-no-value"),
    };
    let said = match &left.meant {
        Some(meant) => message!(
            "cli-score-left-out-meant",
            id = id,
            name = name,
            years = years,
            why = why,
            meant = meant
        ),
        None => message!("cli-score-left-out", id = id, name = name, years = years, why = why),
    };
    said.text(language)
}

type Scored = (StoredRun, ScoreAnswer);

/// The fan of a variable with what happened, or where each outcome fell among the paths.
fn chart(options: &ScoreOptions, scored: &[Scored], language: Language) -> Result<String, Failure> {
    let Some(variable) = &options.variable else { return Ok(percentiles(scored, language)) };
    let (run, found) = &scored[0];
    if scored.len() > 1 {
        warn(message!("cli-score-fan", scenario = &found.score.scenario));
    }
    let name = plancast::scenario::claims::element(variable);
    let values =
        found.actual.get(&name).map(|own| own.values.iter().map(|value| (value.year, value.value)).collect());
    let history: Vec<(i32, f64)> = values.unwrap_or_default();
    let fan = figure::fan(&run.summary, &name, &history, "", language).filter(|_| !history.is_empty());
    let Some(drawn) = fan else {
        return Err(wrong(message!("cli-score-no-outcome", name = variable)));
    };
    Ok(fan::draw(&drawn, &Size::default(), language))
}

fn percentiles(scored: &[Scored], language: Language) -> String {
    let row = |run: &RunScore, outcome: &OutcomeScore| {
        let title = match outcome.title.get(language) {
            "" => outcome.variable.as_str(),
            title => title,
        };
        let (scenario, year) = (&run.scenario, outcome.year);
        BarRow {
            title: if scored.len() > 1 {
                tr!(language, "cli-score-chart-row-of", scenario = scenario, title = title, year = year)
            } else {
                tr!(language, "cli-score-chart-row", title = title, year = year)
            },
            bars: vec![(0.05, 0.95, Tone::Pale), (0.25, 0.75, Tone::High)],
            interval: Some((outcome.pit, outcome.pit)),
            label: percentile(outcome, language),
        }
    };
    let of_run = |(_, found): &Scored| {
        found.score.outcomes.iter().map(|outcome| row(&found.score, outcome)).collect::<Vec<_>>()
    };
    let ids: Vec<&str> = scored.iter().map(|(_, found)| found.score.scenario.as_str()).collect();
    let figure = FloatingBars {
        title: tr!(language, "cli-score-chart-title").into(),
        subtitle: tr!(language, "cli-score-chart-subtitle").into(),
        legend: vec![
            (Tone::Pale, tr!(language, "cli-score-chart-wide").into()),
            (Tone::High, tr!(language, "cli-score-chart-narrow").into()),
        ],
        center: Some(0.5),
        percent: true,
        rows: scored.iter().flat_map(of_run).collect(),
        footer: tr!(language, "cli-score-chart-footer", ids = ids.as_slice()),
        ..FloatingBars::default()
    };
    rows::draw(&figure, Size::default().width, language)
}
