//! `plancast solve`: what would it take.

mod moved;
mod wording;

use super::arguments::{SolveOptions, names};
use super::output::wrong;
use super::{CommandResult, figures, load, on_threads, outputs, print, print_json, request, run};
use plancast::chart::Size;
use plancast::chart::rows;
use plancast::message;
use plancast::study::{Lever, PreparedSolve, Solution, SolveAnswer, SolveRequest};

/// An answer, and the values of the inputs that were held for it.
type SolutionAt<'a> = (&'a Solution, Vec<(&'a Lever, f64)>);

pub(super) fn run(options: &SolveOptions) -> CommandResult {
    let language = super::language();
    let mut loaded = load(&options.scenario, &options.overrides.set);
    request::known(&mut loaded, &options.known)?;
    let question = PreparedSolve::new(loaded, &asked(options)).map_err(|error| run::failed(&error))?;
    outputs::admit_picture(options.chart.as_deref())?;
    if question.levers.len() < 2 && options.chart.is_some() {
        return Err(wrong(message!("cli-solve-chart")));
    }
    let answer = on_threads(options.sample.threads, || question.answer())?;
    let answer = answer.map_err(|error| run::failed(&error))?;
    let Some((last, others)) = answer.levers.split_last() else { return Ok(()) };
    let found = combinations(&answer);
    if let Some(path) = &options.chart {
        let drawn = wording::frontier(&question.loaded.scenario, &answer, last, &found, language);
        figures::write(path, &rows::draw(&drawn, Size::default().width, language))?;
    }
    if options.json {
        return print_json(&answer.json());
    }
    let in_per_cent = wording::in_per_cent(&question.loaded.scenario, last);
    let told = wording::Teller { goal: &answer.goal, lever: last, in_per_cent, language };
    let how: String = answer.levers.iter().map(|lever| moved::how(lever, language)).collect();
    let conditioned = request::conditioned(&answer.observed, language);
    print(
        &(conditioned
            + &match found.as_slice() {
                [(only, _)] if others.is_empty() => {
                    told.sentences(only) + &told.on_steps(&answer.steps) + &how
                }
                _ => told.table(&found) + &how,
            }),
    )
}

/// What a command line asks for.
fn asked(options: &SolveOptions) -> SolveRequest {
    let mut request = SolveRequest::new(&options.goal);
    request.vary = names(&options.vary);
    request.shift = names(&options.shift);
    request.scale = names(&options.scale);
    request.fix = names(&options.fix);
    request.between.clone_from(&options.between);
    (request.paths, request.seed) = (options.sample.paths, options.sample.seed);
    request
}

/// The solutions, each with the levers that were held and their values.
fn combinations(answer: &SolveAnswer) -> Vec<SolutionAt<'_>> {
    let levers = || answer.levers.iter();
    answer.found.iter().map(|one| (&one.solution, levers().zip(one.held.iter().copied()).collect())).collect()
}
