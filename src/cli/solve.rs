//! `plancast solve`: what would it take.

use serde_json::{Value, json};

use super::arguments::{SolveOptions, language};
use super::{Failure, Outcome, diagnose, figures, print, print_json, say};
use crate::analysis::solve::{Answer, INTERVAL, Lever, Search, SolveError, metric};
use crate::analysis::statement::{Statement, Statistic, add_metric, compiled, statement};
use crate::chart::Size;
use crate::chart::rows::{self, Row, Rows, Tone};
use crate::engine::Request;
use crate::model::Record;
use crate::scenario::{Loaded, load};
use crate::text::number::{percent_with_error, significant, trimmed};
use crate::text::{Language, Place, unit};

/// What the JSON of this command is called.
const SCHEMA: &str = "plancast-solve/1";

/// Values of each input but the last, along the frontier: with one such input, with two, with more.
const FRONTIER: [usize; 3] = [9, 5, 3];

pub(super) fn run(options: &SolveOptions) -> Outcome {
    let language = language(options.lang);
    let mut loaded = load(&options.scenario, &options.overrides.set);
    let goal = prepared(&mut loaded, options)?;
    let levers = levers(&loaded, options)?;
    let request =
        Request { seed: options.sample.seed, paths: options.sample.paths, threads: options.sample.threads };
    let search = Search { scenario: &loaded.scenario, statement: &goal, request };
    let Some((last, others)) = levers.split_last() else { return Ok(()) };
    let answer = |fixed: &[(&str, f64)]| search.solve(fixed, last).map_err(|error| failed(&loaded, error));
    if others.is_empty() && options.chart.is_some() {
        say("--chart draws the frontier of two inputs or more: name them in --vary, separated by commas");
        return Err(Failure::Input);
    }
    let mut found = Vec::new();
    for fixed in grid(others) {
        found.push((answer(&fixed)?, fixed));
    }
    if let Some(path) = &options.chart {
        let drawn = frontier(&loaded, &goal, last, &found, options, language);
        figures::write(path, &rows::draw(&drawn, Size::default().width))?;
    }
    if options.json {
        return print_json(&as_json(&loaded, &goal, last, &found, options));
    }
    match found.as_slice() {
        [(answer, _)] if others.is_empty() => {
            print(&sentence(&goal, last, step(&loaded, last), answer, language))
        }
        _ => print(&table(&goal, last, &found, language)),
    }
}

/// The combinations as data: by each the values that are held, and the value that it takes of the last input.
fn as_json(
    loaded: &Loaded,
    goal: &Statement,
    last: &Lever,
    found: &[Found<'_>],
    options: &SolveOptions,
) -> Value {
    let one = |(answer, fixed): &Found<'_>| {
        let held: serde_json::Map<String, Value> =
            fixed.iter().map(|(name, x)| ((*name).to_owned(), json!(x))).collect();
        let (reachable, x, error, reached) = match *answer {
            Answer::Found { x, error, reached } => (true, x, Some(error), reached),
            Answer::Best { x, reached } => (false, x, None, reached),
        };
        json!({
            "held": held, "reachable": reachable, "value": x, "standard_error": error,
            "low": error.map(|error| x - INTERVAL * error), "high": error.map(|error| x + INTERVAL * error),
            "reached": { "value": reached.value, "standard_error": reached.error },
        })
    };
    json!({
        "schema": SCHEMA,
        "scenario": loaded.scenario.id,
        "goal": goal.text,
        "vary": last.name,
        "between": [last.range.0, last.range.1],
        "seed": options.sample.seed,
        "paths": options.sample.paths,
        "answers": found.iter().map(one).collect::<Vec<_>>(),
    })
}

/// Reads the goal and adds what it is about to the scenario; says what is wrong.
fn prepared(loaded: &mut Loaded, options: &SolveOptions) -> Result<Statement, Failure> {
    let file = loaded.files.add("--for", &options.goal);
    let read = statement(&options.goal, Place::new(file, 0, options.goal.len()));
    let goal = read.and_then(|goal| add_metric(loaded, "--for", &metric(&goal)).map(|()| goal));
    match goal {
        Ok(goal) if !loaded.problems.has_errors() => match compiled(&loaded.scenario, &Record::Headlines) {
            Ok(_) => return Ok(goal),
            Err(problems) => problems.0.into_iter().for_each(|problem| loaded.problems.push(problem)),
        },
        Ok(_) => {}
        Err(problem) => loaded.problems.push(problem),
    }
    diagnose::report(&loaded.files, &loaded.problems);
    Err(Failure::Input)
}

/// What is varied, with the range of its lever or of `--between`.
fn levers(loaded: &Loaded, options: &SolveOptions) -> Result<Vec<Lever>, Failure> {
    let mut given = options.between.iter();
    let mut levers = Vec::new();
    for name in names(&options.vary) {
        let lever = loaded.scenario.parameters.get(&name).and_then(|parameter| parameter.lever);
        let range = match (given.next(), lever) {
            (Some(text), _) => range(text),
            (None, Some(lever)) => Some((lever.min, lever.max)),
            (None, None) => {
                say(&format!("{name} has no lever: say how far it can go, --between LOW,HIGH"));
                return Err(Failure::Input);
            }
        };
        let Some(range) = range.filter(|(low, high)| low < high) else {
            say("--between takes two numbers, the lower first: --between 4%,14%");
            return Err(Failure::Input);
        };
        levers.push(Lever { name, range });
    }
    Ok(levers)
}

/// Names between commas that stand outside brackets.
fn names(list: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0;
    for c in list.chars().filter(|c| !c.is_whitespace()) {
        match c {
            ',' if depth == 0 => names.push(String::new()),
            _ => {
                depth += i32::from(c == '[') - i32::from(c == ']');
                if let Some(name) = names.last_mut() {
                    name.push(c);
                }
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn range(text: &str) -> Option<(f64, f64)> {
    let number = |text: &str| -> Option<f64> {
        let text = text.trim();
        match text.strip_suffix('%') {
            Some(share) => share.trim().parse::<f64>().ok().map(|share| share / 100.0),
            None => text.parse().ok(),
        }
    };
    let (low, high) = text.split_once(',')?;
    Some((number(low)?, number(high)?))
}

fn step(loaded: &Loaded, lever: &Lever) -> Option<f64> {
    loaded.scenario.parameters.get(&lever.name)?.lever?.step
}

/// A parameter's name with its title, where it has one.
fn titled(loaded: &Loaded, name: &str, language: Language) -> String {
    let title = loaded
        .scenario
        .parameters
        .get(name)
        .map_or("", |parameter| parameter.value.provenance.title.get(language));
    match language {
        _ if title.is_empty() || title == name => name.to_owned(),
        Language::En => format!("{name}: {title}"),
        Language::Zh => format!("{name}：{title}"),
    }
}

/// All combinations of values of the levers that are held.
fn grid(levers: &[Lever]) -> Vec<Vec<(&str, f64)>> {
    if levers.is_empty() {
        return vec![Vec::new()];
    }
    let count = FRONTIER[levers.len().min(FRONTIER.len()) - 1];
    let mut grid = vec![Vec::new()];
    for lever in levers {
        let (low, high) = lever.range;
        let values = (0..count).map(|k| low + (high - low) * k as f64 / (count - 1) as f64);
        let values: Vec<f64> = values.collect();
        grid = grid
            .into_iter()
            .flat_map(|row: Vec<(&str, f64)>| {
                values.iter().map(move |x| [row.as_slice(), &[(lever.name.as_str(), *x)]].concat())
            })
            .collect();
    }
    grid
}

fn failed(loaded: &Loaded, error: SolveError) -> Failure {
    match error {
        SolveError::Scenario(problems) => {
            diagnose::report(&loaded.files, &problems);
            Failure::Input
        }
        SolveError::Engine(error) => Failure::Machine(error.to_string()),
        SolveError::Nothing(x) => {
            say(&format!("at {x} no path has a finite value of what the goal is about"));
            Failure::Input
        }
    }
}

/// A value with the digits that its error supports, or that a range tells apart.
fn value(x: f64, error: f64, lever: &Lever) -> String {
    if error > 0.0 && error.is_finite() {
        significant(x, error)
    } else {
        trimmed(x, if lever.range.1 - lever.range.0 > 0.0 { 8 } else { 6 })
    }
}

fn sentence(
    goal: &Statement,
    lever: &Lever,
    step: Option<f64>,
    answer: &Answer,
    language: Language,
) -> String {
    let name = &lever.name;
    match (*answer, language) {
        (Answer::Found { x, error, reached }, _) => {
            let (low, high) =
                (value(x - INTERVAL * error, error, lever), value(x + INTERVAL * error, error, lever));
            let mut text = match language {
                Language::En => format!("{} when {name} = {}", goal.text, value(x, error, lever)),
                Language::Zh => format!("{name} = {} 时，{}", value(x, error, lever), goal.text),
            };
            if error > 0.0 {
                let line = match language {
                    Language::En => format!(
                        " ± {} (from {low} to {high} but for one case in a thousand)",
                        significant(error, error)
                    ),
                    Language::Zh => format!(
                        " ± {}（千分之九百九十九的把握在{low}与{high}之间）",
                        significant(error, error)
                    ),
                };
                text += &line;
            }
            let at = told(goal, reached.value, reached.error);
            let line = match language {
                Language::En => format!("\nThere it is {at} on the simulated paths."),
                Language::Zh => format!("\n此时模拟结果为{at}。"),
            };
            text += &line;
            if let Some(step) = step.filter(|step| *step > 0.0) {
                let first = lever.range.0;
                let below = first + ((x - first) / step).floor() * step;
                let line = match language {
                    Language::En => {
                        format!("\nIts steps around: {} and {}.", trimmed(below, 8), trimmed(below + step, 8))
                    }
                    Language::Zh => {
                        format!("\n相邻档位：{}和{}。", trimmed(below, 8), trimmed(below + step, 8))
                    }
                };
                text += &line;
            }
            text + "\n"
        }
        (Answer::Best { x, reached }, Language::En) => format!(
            "{} cannot be reached with {name} between {} and {}.\nThe best is {name} = {}: {}.\n",
            goal.text,
            trimmed(lever.range.0, 8),
            trimmed(lever.range.1, 8),
            trimmed(x, 8),
            told(goal, reached.value, reached.error)
        ),
        (Answer::Best { x, reached }, Language::Zh) => format!(
            "{name}在{}与{}之间时无法实现{}。\n最接近的是{name} = {}：{}。\n",
            trimmed(lever.range.0, 8),
            trimmed(lever.range.1, 8),
            goal.text,
            trimmed(x, 8),
            told(goal, reached.value, reached.error)
        ),
    }
}

/// The statistic as people read it.
fn told(goal: &Statement, value: f64, error: f64) -> String {
    match goal.statistic {
        Statistic::Odds => percent_with_error(value, error),
        Statistic::Mean if error > 0.0 => {
            format!("{} ± {}", significant(value, error), significant(error, error))
        }
        Statistic::Mean => trimmed(value, 8),
        Statistic::Quantile(_) => {
            format!("p({} <= {}) = {}", goal.inner, goal.goal, percent_with_error(value, error))
        }
    }
}

type Found<'a> = (Answer, Vec<(&'a str, f64)>);

fn words(fixed: &[(&str, f64)]) -> String {
    fixed.iter().map(|(name, x)| format!("{name} = {}", trimmed(*x, 6))).collect::<Vec<_>>().join(", ")
}

fn table(goal: &Statement, last: &Lever, found: &[Found<'_>], language: Language) -> String {
    let mut text = match language {
        Language::En => format!("Combinations at which {}:\n", goal.text),
        Language::Zh => format!("使{}成立的组合：\n", goal.text),
    };
    for (answer, fixed) in found {
        let line = match *answer {
            Answer::Found { x, error, .. } if error > 0.0 => {
                format!(
                    "  {}: {} = {} ± {}\n",
                    words(fixed),
                    last.name,
                    value(x, error, last),
                    significant(error, error)
                )
            }
            Answer::Found { x, .. } => format!("  {}: {} = {}\n", words(fixed), last.name, trimmed(x, 8)),
            Answer::Best { x, reached } => {
                let told = told(goal, reached.value, reached.error);
                let best = trimmed(x, 6);
                match language {
                    Language::En => {
                        format!("  {}: out of reach; best at {} = {best}: {told}\n", words(fixed), last.name)
                    }
                    Language::Zh => {
                        format!("  {}：无法实现；最接近的是{} = {best}：{told}\n", words(fixed), last.name)
                    }
                }
            }
        };
        text += &line;
    }
    text
}

/// The frontier: a row for each combination, a bar up to the value that it takes.
fn frontier(
    loaded: &Loaded,
    goal: &Statement,
    last: &Lever,
    found: &[Found<'_>],
    options: &SolveOptions,
    language: Language,
) -> Rows {
    let written = loaded.scenario.parameters.get(&last.name).and_then(|it| it.value.provenance.unit.clone());
    let shown = unit::shown(&written.unwrap_or_default(), language);
    let scaled = |x: f64| x * shown.factor;
    let row = |(answer, fixed): &Found<'_>| match *answer {
        Answer::Found { x, error, .. } => Row {
            title: words(fixed),
            bars: vec![(scaled(last.range.0), scaled(x), Tone::High)],
            interval: (error > 0.0 && error.is_finite())
                .then_some((scaled(x - INTERVAL * error), scaled(x + INTERVAL * error))),
            label: value(scaled(x), scaled(error), last),
        },
        Answer::Best { x, .. } => Row {
            title: words(fixed),
            bars: vec![(scaled(last.range.0), scaled(x), Tone::Low)],
            interval: None,
            label: "–".into(),
        },
    };
    let is_out = |(answer, _): &&Found<'_>| matches!(answer, Answer::Best { .. });
    let tones = if found.iter().any(|one| is_out(&one)) { 2 } else { 1 };
    let words = match language {
        Language::En => (format!("What it takes: {}", goal.text), ["met", "out of reach"]),
        Language::Zh => (format!("实现条件：{}", goal.text), ["可以实现", "无法实现"]),
    };
    Rows {
        title: words.0,
        subtitle: titled(loaded, &last.name, language),
        unit: shown.unit.clone(),
        legend: [Tone::High, Tone::Low].into_iter().zip(words.1.map(str::to_owned)).take(tones).collect(),
        rows: found.iter().map(row).collect(),
        footer: figures::footer(&loaded.scenario.id, options.sample, language),
        ..Rows::default()
    }
}
