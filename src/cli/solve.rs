//! `plancast solve`: what would it take.

use serde_json::{Value, json};

use super::arguments::{SolveOptions, language};
use super::{Failure, Outcome, diagnose, figures, print, print_json, say};
use crate::analysis::solve::{Answer, Estimate, INTERVAL, Lever, Search, SolveError, metric};
use crate::analysis::statement::{Sense, Statement, Statistic, add_metric, compiled, statement};
use crate::chart::Size;
use crate::chart::rows::{self, Row, Rows, Tone};
use crate::engine::Request;
use crate::model::Record;
use crate::scenario::{Loaded, load, overrides};
use crate::text::number::{percent_with_error, significant, trimmed};
use crate::text::{Language, Place, Problems, unit};

/// What the JSON of this command is called.
const SCHEMA: &str = "plancast-solve/1";

/// Values of each input but the last, along the frontier: with one such input, with two, with more.
const FRONTIER: [usize; 3] = [9, 5, 3];

pub(super) fn run(options: &SolveOptions) -> Outcome {
    let language = language(options.lang);
    let mut loaded = load(&options.scenario, &options.overrides.set);
    let goal = prepared(&mut loaded, options)?;
    let levers = levers(&mut loaded, options)?;
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
    let mut steps = Vec::new();
    if let ([(answer, _)], true, Some(step)) = (found.as_slice(), others.is_empty(), step(&loaded, last)) {
        for x in neighbours(answer, last, step) {
            steps.push((x, search.trial(&[], last, x).map_err(|error| failed(&loaded, error))?));
        }
    }
    if let Some(path) = &options.chart {
        let drawn = frontier(&loaded, &goal, last, &found, options, language);
        figures::write(path, &rows::draw(&drawn, Size::default().width))?;
    }
    if options.json {
        let mut all = as_json(&loaded, &goal, last, &found, options);
        if !steps.is_empty() {
            all["steps"] = steps.iter().map(|(x, reached)| reaching(*x, *reached)).collect();
        }
        return print_json(&all);
    }
    match found.as_slice() {
        [(answer, _)] if others.is_empty() => {
            print(&(sentence(&goal, last, answer, language) + &on_steps(&goal, last, &steps, language)))
        }
        _ => print(&table(&goal, last, &found, language)),
    }
}

/// The steps of a lever around an answer.
fn neighbours(answer: &Answer, lever: &Lever, step: f64) -> Vec<f64> {
    let (low, high) = lever.range;
    let x = match *answer {
        Answer::Found { x, .. } | Answer::Best { x, .. } | Answer::Passed { sides: [(x, _), _] } => x,
        Answer::Everywhere { .. } => return Vec::new(),
    };
    if step <= 0.0 {
        return Vec::new();
    }
    let number = ((x - low) / step + 1e-9).floor();
    let both = [low + number * step, low + (number + 1.0) * step];
    both.into_iter().filter(|x| *x <= high + 1e-9 * step).collect()
}

/// A value and what it reaches, as data.
fn reaching(x: f64, reached: Estimate) -> Value {
    json!({ "value": x, "reached": estimate(reached) })
}

fn estimate(reached: Estimate) -> Value {
    json!({ "value": reached.value, "standard_error": reached.error })
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
            Answer::Found { x, error, reached, .. } => (true, x, Some(error), reached),
            Answer::Everywhere { x, reached } => (true, x, None, reached),
            Answer::Best { x, reached } => (false, x, None, reached),
            Answer::Passed { sides } => {
                let sides: Vec<Value> = sides.iter().map(|(x, reached)| reaching(*x, *reached)).collect();
                return json!({ "held": held, "reachable": false, "passed": sides });
            }
        };
        json!({
            "held": held, "reachable": reachable, "value": x, "standard_error": error,
            "low": error.map(|error| x - INTERVAL * error), "high": error.map(|error| x + INTERVAL * error),
            "reached": estimate(reached), "everywhere": matches!(answer, Answer::Everywhere { .. }),
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
fn levers(loaded: &mut Loaded, options: &SolveOptions) -> Result<Vec<Lever>, Failure> {
    let mut given = options.between.iter();
    let mut levers: Vec<Lever> = Vec::new();
    let names = names(&options.vary);
    if names.is_empty() {
        say("--vary names nothing: name a parameter or field, --vary subsidy");
        return Err(Failure::Input);
    }
    for name in names {
        if levers.iter().any(|lever| lever.name == name) {
            say(&format!("--vary names {name} twice"));
            return Err(Failure::Input);
        }
        exists(loaded, &name)?;
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

/// Says, under the name as it was typed, when there is no such input.
fn exists(loaded: &mut Loaded, name: &str) -> Outcome {
    let file = loaded.files.add("--vary", name);
    let mut problems = Problems::default();
    overrides::apply(&mut loaded.scenario.document.clone(), file, &format!("{name}=0"), &mut problems);
    if problems.has_errors() {
        diagnose::report(&loaded.files, &problems);
        return Err(Failure::Input);
    }
    Ok(())
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

fn sentence(goal: &Statement, lever: &Lever, answer: &Answer, language: Language) -> String {
    let name = &lever.name;
    let (low, high) = (trimmed(lever.range.0, 8), trimmed(lever.range.1, 8));
    let told = |reached: Estimate| told(goal, reached.value, reached.error);
    match (*answer, language) {
        (Answer::Found { x, error, reached, rises }, _) => {
            let text = met(goal, lever, (x, error), relation(goal, rises), language);
            let at = told(reached);
            text + &match language {
                Language::En => format!("\nThere it is {at} on the simulated paths.\n"),
                Language::Zh => format!("\n此时模拟结果为{at}。\n"),
            }
        }
        (Answer::Passed { sides: [(x, below), (_, above)] }, _) => {
            let (x, below, above) = (trimmed(x, 6), told(below), told(above));
            match language {
                Language::En => format!(
                    "{} is passed at a jump, not met: close below {name} = {x} it is {below}, close above {above}.\n",
                    goal.text
                ),
                Language::Zh => format!(
                    "{}在跳跃处被越过，并未恰好实现：略低于{name} = {x}时为{below}，略高于时为{above}。\n",
                    goal.text
                ),
            }
        }
        (Answer::Everywhere { x, reached }, Language::En) => format!(
            "{} holds already, wherever {name} was tried between {low} and {high}.\nIt is closest at {name} = {}: {}.\n",
            goal.text,
            trimmed(x, 8),
            told(reached)
        ),
        (Answer::Everywhere { x, reached }, Language::Zh) => format!(
            "{name}在{low}与{high}之间的各试算值均已满足{}。\n最接近界限的是{name} = {}：{}。\n",
            goal.text,
            trimmed(x, 8),
            told(reached)
        ),
        (Answer::Best { x, reached }, Language::En) => format!(
            "{} cannot be reached with {name} between {low} and {high}.\nThe best is {name} = {}: {}.\n",
            goal.text,
            trimmed(x, 6),
            told(reached)
        ),
        (Answer::Best { x, reached }, Language::Zh) => format!(
            "{name}在{low}与{high}之间时无法实现{}。\n最接近的是{name} = {}：{}。\n",
            goal.text,
            trimmed(x, 6),
            told(reached)
        ),
    }
}

/// Where the goal is met: `=`, or from there up or down.
fn relation(goal: &Statement, rises: bool) -> &'static str {
    match goal.sense {
        Sense::Equal => "=",
        sense if (sense == Sense::AtLeast) == rises => ">=",
        _ => "<=",
    }
}

/// The value at which the goal is met, with its error.
fn met(
    goal: &Statement,
    lever: &Lever,
    (x, error): (f64, f64),
    relation: &str,
    language: Language,
) -> String {
    let (low, high) = (value(x - INTERVAL * error, error, lever), value(x + INTERVAL * error, error, lever));
    let (name, found, margin) = (&lever.name, value(x, error, lever), significant(error, error));
    match language {
        Language::En if error > 0.0 => format!(
            "{} when {name} {relation} {found} ± {margin} (from {low} to {high} but for one case in a thousand)",
            goal.text
        ),
        Language::En => format!("{} when {name} {relation} {found}", goal.text),
        Language::Zh if error > 0.0 => format!(
            "{name} {relation} {found} ± {margin}（千分之九百九十九的把握在{low}与{high}之间）时，{}",
            goal.text
        ),
        Language::Zh => format!("{name} {relation} {found} 时，{}", goal.text),
    }
}

/// What the lever's steps around the answer reach; nothing where it has none.
fn on_steps(goal: &Statement, lever: &Lever, steps: &[(f64, Estimate)], language: Language) -> String {
    if steps.is_empty() {
        return String::new();
    }
    let one = |(x, reached): &(f64, Estimate)| {
        let (x, told) = (trimmed(*x, 8), told(goal, reached.value, reached.error));
        match language {
            Language::En => format!("{} = {x}: {told}", lever.name),
            Language::Zh => format!("{} = {x}：{told}", lever.name),
        }
    };
    let steps: Vec<String> = steps.iter().map(one).collect();
    match language {
        Language::En => format!("Its steps around: {}.\n", steps.join("; ")),
        Language::Zh => format!("相邻档位：{}。\n", steps.join("；")),
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
            Answer::Found { x, error, rises, .. } if error > 0.0 => {
                format!(
                    "  {}: {} {} {} ± {}\n",
                    words(fixed),
                    last.name,
                    relation(goal, rises),
                    value(x, error, last),
                    significant(error, error)
                )
            }
            Answer::Found { x, rises, .. } => {
                let x = trimmed(x, 8);
                format!("  {}: {} {} {x}\n", words(fixed), last.name, relation(goal, rises))
            }
            Answer::Passed { sides: [(x, below), (_, above)] } => {
                let (x, below, above) = (
                    trimmed(x, 6),
                    told(goal, below.value, below.error),
                    told(goal, above.value, above.error),
                );
                match language {
                    Language::En => {
                        format!(
                            "  {}: passed at {} = {x}: from {below} to {above}\n",
                            words(fixed),
                            last.name
                        )
                    }
                    Language::Zh => {
                        format!("  {}：在{} = {x}处越过：从{below}到{above}\n", words(fixed), last.name)
                    }
                }
            }
            Answer::Everywhere { .. } => match language {
                Language::En => format!("  {}: holds for every {}\n", words(fixed), last.name),
                Language::Zh => format!("  {}：{}取任何值均成立\n", words(fixed), last.name),
            },
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
        Answer::Passed { sides: [(x, _), _] } => Row {
            title: words(fixed),
            bars: vec![(scaled(last.range.0), scaled(x), Tone::High)],
            interval: None,
            label: trimmed(scaled(x), 6),
        },
        Answer::Everywhere { .. } => Row {
            title: words(fixed),
            bars: vec![(scaled(last.range.0), scaled(last.range.1), Tone::High)],
            interval: None,
            label: if language == Language::En { "all" } else { "全部" }.into(),
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
        footer: figures::footer(&loaded.scenario, options.sample, language),
        ..Rows::default()
    }
}
