//! `plancast solve`: what would it take.

mod levers;
mod told;

use serde_json::{Value, json};

use super::arguments::{SolveOptions, language};
use super::{Failure, Outcome, diagnose, figures, print, print_json, say};
use crate::analysis::solve::{Answer, Estimate, INTERVAL, Lever, Search, SolveError, metric};
use crate::analysis::statement::{Statement, add_metric, compiled, statement};
use crate::chart::Size;
use crate::chart::rows;
use crate::engine::Request;
use crate::model::Record;
use crate::scenario::{Loaded, load};
use crate::text::Place;

/// What the JSON of this command is called.
const SCHEMA: &str = "plancast-solve/1";

/// An answer, and the values of the inputs that were held for it.
type Found<'a> = (Answer, Vec<(&'a str, f64)>);

pub(super) fn run(options: &SolveOptions) -> Outcome {
    let language = language(options.lang);
    let mut loaded = load(&options.scenario, &options.overrides.set);
    let goal = prepared(&mut loaded, options)?;
    let levers = levers::levers(&mut loaded, options)?;
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
    for fixed in levers::grid(others) {
        found.push((answer(&fixed)?, fixed));
    }
    let mut steps = Vec::new();
    if let ([(answer, _)], true, Some(step)) =
        (found.as_slice(), others.is_empty(), levers::step(&loaded, last))
    {
        for x in levers::neighbours(answer, last, step) {
            steps.push((x, search.trial(&[], last, x).map_err(|error| failed(&loaded, error))?));
        }
    }
    if let Some(path) = &options.chart {
        let drawn = told::frontier(&loaded, &goal, last, &found, options, language);
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
        [(answer, _)] if others.is_empty() => print(
            &(told::sentence(&goal, last, answer, language) + &told::on_steps(&goal, last, &steps, language)),
        ),
        _ => print(&told::table(&goal, last, &found, language)),
    }
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
