//! `plancast backtest`: forecasts from past origins, scored against what followed.

use std::fmt::Write as _;

use indexmap::IndexMap;

use super::arguments::BacktestOptions;
use super::diff::table;
use super::score::right;
use super::{CommandResult, Failure, figures, load, memory, on_threads, outputs, print, print_json, run};
use plancast::analysis::backtest::{
    Backtest, BenchmarkComparison, HorizonScore, MeanScore, NoTest, VariableScores,
};
use plancast::analysis::score::INTERVALS;
use plancast::chart::Size;
use plancast::chart::rows::{self, BarRow, FloatingBars, Tone};
use plancast::study::{BacktestRequest, PreparedBacktest};
use plancast::text::number::{count, per_cent, significant, trimmed};
use plancast::text::period::{Step, label, step_of};
use plancast::text::unit::{Shown, shown};
use plancast::text::{Key, Language, Message};
use plancast::{key, message, tr};

/// The heads of the table of scores.
const SCORES: [Key; 9] = [
    key!("cli-backtest-horizon"),
    key!("cli-backtest-forecasts"),
    key!("cli-backtest-scored-dates"),
    key!("cli-backtest-in-50"),
    key!("cli-backtest-in-80"),
    key!("cli-backtest-in-90"),
    key!("cli-backtest-crps"),
    key!("cli-backtest-log-score"),
    key!("cli-backtest-bias"),
];

/// The heads of the table of simple forecasts.
const BENCHMARKS: [Key; 5] = [
    key!("cli-backtest-against"),
    key!("cli-backtest-horizon"),
    key!("cli-backtest-its-crps"),
    key!("cli-backtest-skill"),
    key!("cli-backtest-difference"),
];

/// How many reasons for what was left out are shown.
const REASONS: usize = 5;

pub(super) fn run(options: &BacktestOptions) -> CommandResult {
    let language = super::language();
    let loaded = load(&options.scenario, &options.overrides.set);
    let question = PreparedBacktest::new(loaded, &request(options)).map_err(|error| run::failed(&error))?;
    outputs::admit_picture(options.chart.as_deref())?;
    let threads = options.threads.unwrap_or_else(rayon::current_num_threads) as u64;
    memory::refuse_answer(question.need(threads), options.memory, options.paths)?;
    let answer = on_threads(options.threads, || question.answer())?;
    let answer = answer.map_err(|error| run::failed(&error))?;
    if let Some(path) = &options.chart {
        figures::write(path, &chart(&answer.found, language))?;
    }
    if options.json {
        return print_json(&answer.json().map_err(|error| Failure::machine(&error))?);
    }
    print(&words(&answer.found, options, language))
}

/// What a command line asks for.
fn request(options: &BacktestOptions) -> BacktestRequest {
    let mut request = BacktestRequest::new(options.origins.0.iter().copied()).horizon(options.horizon);
    request.variables.clone_from(&options.variable);
    (request.paths, request.seed) = (options.paths, options.seed);
    request
}

fn words(found: &Backtest, options: &BacktestOptions, language: Language) -> String {
    let mut parts = vec![headline(found, options, language)];
    let step = found.origins.first().map_or(Step::Year, |&first| step_of(first));
    parts.extend(found.variables.iter().map(|variable| of_variable(variable, step, language)));
    let left = left_out(found, language);
    if !left.is_empty() {
        parts.push(left);
    }
    parts.join("\n\n") + "\n"
}

fn headline(found: &Backtest, options: &BacktestOptions, language: Language) -> String {
    let (scenario, title, origins) = (&found.scenario, &found.title, years(&found.origins));
    let (units, paths) = (found.units, options.paths);
    let head = if units > 1 {
        message!(
            "cli-backtest-head-units",
            scenario = scenario,
            title = title,
            origins = origins,
            units = units,
            paths = paths
        )
    } else {
        message!("cli-backtest-head", scenario = scenario, title = title, origins = origins, paths = paths)
    };
    let mut text = head.text(language);
    if !found.refitted.is_empty() {
        let inputs = found.refitted.join(", ");
        let _ = write!(text, "\n{}", tr!(language, "cli-backtest-refitted", inputs = inputs));
    }
    text
}

/// `2010–2015`, or `2010, 2015` where some are missing between.
fn years(years: &[i32]) -> String {
    match years {
        [first, .., last] if (last - first) as usize == years.len() - 1 => {
            format!("{}–{}", label(first), label(last))
        }
        _ => years.iter().map(label).collect::<Vec<_>>().join(", "),
    }
}

/// What a column of horizons is headed.
fn horizons(step: Step, language: Language) -> &'static str {
    match step {
        Step::Year => tr!(language, "cli-backtest-horizon"),
        Step::Quarter => tr!(language, "cli-backtest-horizon-quarters"),
        Step::Month => tr!(language, "cli-backtest-horizon-months"),
    }
}

fn of_variable(of: &VariableScores, step: Step, language: Language) -> String {
    let unit = shown(&of.unit, language);
    let title = match of.title.get(language) {
        "" => of.variable.as_str(),
        title => title,
    };
    let head = match unit.unit.as_str() {
        "" => title.to_owned(),
        unit => tr!(language, "cli-backtest-titled", title = title, unit = unit),
    };
    let Some(least) = of.horizons.iter().map(|horizon| horizon.dates).min() else {
        return tr!(language, "cli-backtest-nothing", variable = head);
    };
    let independent = |at: &HorizonScore| {
        message!("cli-backtest-dates", dates = at.independent_dates, horizon = at.horizon)
    };
    let independent: Vec<Message> = of.horizons.iter().map(independent).collect();
    let mut errors = message!("cli-backtest-errors", dates = independent);
    if least == 1 {
        errors = errors.and(message!("cli-backtest-one-date"));
    }
    let (scores, against) = (scores(of, &unit, step, language), against(of, &unit, step, language));
    [head, scores, against, errors.text(language)].join("\n")
}

/// A mean score with its error.
fn score(of: MeanScore, factor: f64) -> String {
    match of.standard_error {
        Some(error) if error > 0.0 => {
            format!("{} ± {}", significant(of.mean * factor, error * factor), trimmed(error * factor, 2))
        }
        _ => trimmed(of.mean * factor, 3),
    }
}

fn scores(of: &VariableScores, unit: &Shown, step: Step, language: Language) -> String {
    let mut heads = SCORES.map(|key| key.text(language));
    heads[0] = horizons(step, language);
    let mut table = table(&heads);
    let row = |at: &HorizonScore| {
        let covered = |k: usize| {
            let MeanScore { mean, standard_error } = at.coverage[k];
            let error = standard_error.filter(|error| *error > 0.0);
            error.map_or_else(
                || per_cent(&format!("{:.0}", 100.0 * mean), language),
                |error| per_cent(&format!("{:.0} ± {:.0}", 100.0 * mean, 100.0 * error), language),
            )
        };
        let log = at.log_score.map_or_else(
            || "–".into(),
            |log| {
                let shifted = MeanScore { mean: log.mean + plancast::num::ln(unit.factor), ..log };
                let text = score(shifted, 1.0);
                if at.outside > 0 { format!("{text} *") } else { text }
            },
        );
        let mut row = vec![at.horizon.to_string(), count(at.forecasts as u64), at.dates.to_string()];
        row.extend((0..INTERVALS.len()).map(covered));
        row.extend([score(at.crps, unit.factor), log, score(at.bias, unit.factor)]);
        row
    };
    for at in &of.horizons {
        table.add_row(row(at));
    }
    right(&mut table, 0);
    let outside: usize = of.horizons.iter().map(|at| at.outside).sum();
    let mut text = table.trim_fmt();
    if outside > 0 {
        let _ = write!(text, "\n{}", tr!(language, "cli-backtest-outside", count = outside));
    }
    if let Some(first) = of.horizons.first() {
        let counts = first.pit.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let tenths = tr!(language, "cli-backtest-tenths", horizon = first.horizon, counts = counts);
        let _ = write!(text, "\n{tenths}");
    }
    text
}

/// The scenario against simple forecasts.
fn against(of: &VariableScores, unit: &Shown, step: Step, language: Language) -> String {
    let mut heads = BENCHMARKS.map(|key| key.text(language));
    heads[1] = horizons(step, language);
    let mut table = table(&heads);
    let mut by_name: IndexMap<&str, Vec<(i32, &BenchmarkComparison)>> = IndexMap::new();
    for at in &of.horizons {
        for comparison in &at.benchmarks {
            by_name.entry(comparison.benchmark).or_default().push((at.horizon, comparison));
        }
    }
    for (name, all) in &by_name {
        for (horizon, one) in all {
            let skill = per_cent(&trimmed(100.0 * one.skill, 2), language);
            let crps = trimmed(one.crps * unit.factor, 3);
            table.add_row(vec![
                benchmark(name).text(language).to_owned(),
                horizon.to_string(),
                crps,
                skill,
                tested(one, language),
            ]);
        }
    }
    right(&mut table, 1);
    table.trim_fmt()
}

fn benchmark(name: &str) -> Key {
    match name {
        "random_walk" => key!("cli-backtest-random-walk"),
        "shrinkage" => key!("cli-backtest-shrinkage"),
        _ => key!("cli-backtest-pooled"),
    }
}

/// The test of no difference, or why there is none.
fn tested(one: &BenchmarkComparison, language: Language) -> String {
    match (one.test, one.why) {
        (Some(test), _) => format!("t = {}, p = {}", trimmed(test.statistic, 3), trimmed(test.p, 2)),
        (None, Some(NoTest::Variance)) => tr!(language, "cli-backtest-no-variance").to_owned(),
        (None, _) => tr!(language, "cli-backtest-few-dates").to_owned(),
    }
}

/// What was not forecast, by reason.
fn left_out(found: &Backtest, language: Language) -> String {
    let whys: Vec<String> = found.left_out.iter().map(|left| left.why.text(language)).collect();
    let mut by_reason: IndexMap<&str, Vec<String>> = IndexMap::new();
    for (left, why) in found.left_out.iter().zip(&whys) {
        let name = if left.unit.is_empty() {
            label(left.origin)
        } else {
            format!("{} {}", left.unit, label(left.origin))
        };
        by_reason.entry(why.as_str()).or_default().push(name);
    }
    let line = |(why, names): (&&str, &Vec<String>)| {
        let shown = names.iter().take(REASONS).cloned().collect::<Vec<_>>().join(", ");
        let more =
            if names.len() > REASONS { format!(" (+{})", names.len() - REASONS) } else { String::new() };
        tr!(language, "cli-backtest-left-out", names = shown + &more, why = *why)
    };
    let mut lines: Vec<String> = by_reason.iter().take(REASONS).map(line).collect();
    if by_reason.len() > REASONS {
        lines.push(tr!(language, "cli-backtest-more-reasons", count = by_reason.len() - REASONS));
    }
    lines.join("\n")
}

/// How many outcomes fell into each tenth of their forecast: where all is well as many into each.
fn chart(found: &Backtest, language: Language) -> String {
    let mut rows_of = Vec::new();
    for variable in &found.variables {
        let Some(first) = variable.horizons.first() else { continue };
        for (tenth, hits) in first.pit.iter().enumerate() {
            let share = *hits as f64 / first.forecasts as f64;
            rows_of.push(BarRow {
                title: {
                    let tenths = per_cent(&format!("{}–{}", 10 * tenth, 10 * (tenth + 1)), language);
                    format!("{} {tenths}", variable.variable)
                },
                bars: vec![(0.0, share, Tone::High)],
                interval: None,
                label: hits.to_string(),
            });
        }
    }
    let origins = years(&found.origins);
    let figure = FloatingBars {
        title: tr!(language, "cli-backtest-chart").into(),
        subtitle: tr!(language, "cli-backtest-chart.subtitle").into(),
        legend: vec![(Tone::High, tr!(language, "cli-backtest-chart.legend").into())],
        center: Some(0.1),
        percent: true,
        rows: rows_of,
        footer: tr!(language, "cli-backtest-chart.footer", scenario = &found.scenario, origins = origins),
        ..FloatingBars::default()
    };
    rows::draw(&figure, Size::default().width, language)
}
