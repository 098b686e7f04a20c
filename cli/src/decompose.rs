//! `plancast decompose`: why a variable changes, or differs between scenarios, by factors.

mod answer;
mod json;
mod methods;
mod spread;
mod waterfall;

use super::arguments::DecomposeOptions;
use super::{
    CommandResult, Failure, diagnose, figures, load, memory, on_threads, outputs, print, print_json, say,
};
use answer::{Ends, ShownEffects};
use plancast::analysis::decompose::{
    DecompositionQuestion, PathEffects, between_scenarios, between_years, declared, typed,
};
use plancast::chart::Size;
use plancast::chart::rows;
use plancast::scenario::Loaded;
use plancast::tr;

pub(super) fn run(options: &DecomposeOptions) -> CommandResult {
    let language = super::language();
    let mut loaded = load(&options.scenario, &options.overrides.set);
    super::counts_all_paths(&loaded, "decompose")?;
    let options = &DecomposeOptions { sample: options.sample.with(&loaded.scenario.run), ..options.clone() };
    let mut other = options.alternative.as_ref().map(|name| load(name, &options.overrides.set));
    other.as_ref().map_or(Ok(()), |other| super::counts_all_paths(other, "decompose"))?;
    for loaded in std::iter::once(&loaded).chain(&other) {
        if loaded.diagnostics.has_errors() {
            diagnose::report(&loaded.files, &loaded.diagnostics);
            return Err(Failure::Input);
        }
    }
    for loaded in std::iter::once(&loaded).chain(&other) {
        years_exist(loaded, options)?;
    }
    outputs::admit_picture(options.chart.as_deref())?;
    let question = question(&mut loaded, options)?;
    let found = match &question {
        Some(question) => {
            refuse(&loaded, other.as_ref(), question, options)?;
            on_threads(options.sample.threads, || effects(&mut loaded, other.as_mut(), question, options))?
        }
        None => None,
    };
    let (Some(question), Some(effects)) = (question, found) else {
        for loaded in std::iter::once(&loaded).chain(&other).filter(|loaded| loaded.diagnostics.has_errors())
        {
            diagnose::report(&loaded.files, &loaded.diagnostics);
        }
        return Err(Failure::Input);
    };
    let ends = Ends::of(&loaded, other.as_ref(), options);
    if effects.totals.is_empty() {
        methods::notes(&effects, options.sample.paths(), language).iter().for_each(|note| say(note));
        return Err(Failure::Input);
    }
    let answer = ShownEffects::of(&loaded, &question, &effects, ends, options, language);
    if let Some(path) = &options.chart {
        figures::write(path, &rows::draw(&waterfall::of(&answer, language), Size::default().width))?;
    }
    if options.json {
        return print_json(&json::of(&loaded, &question, &effects, options));
    }
    print(&answer.text(language))
}

/// Refuses an answer that would take too much memory: of each effect a number for every path, in two forms, and while these
/// grow as much again. How many effects there are, a few paths tell.
fn refuse(
    loaded: &Loaded,
    other: Option<&Loaded>,
    question: &DecompositionQuestion,
    options: &DecomposeOptions,
) -> CommandResult {
    let (mut loaded, mut other) = (loaded.clone(), other.cloned());
    let few = DecomposeOptions { sample: options.sample.of_paths(1), ..options.clone() };
    let tried = effects(&mut loaded, other.as_mut(), question, &few);
    let effects = tried.map_or(0, |tried| tried.additive.len() as u64);
    let paths = options.sample.paths();
    memory::refuse_answer(paths.saturating_mul(28 * effects + 64), options.sample.memory, paths)
}

fn years_exist(loaded: &Loaded, options: &DecomposeOptions) -> CommandResult {
    let time = loaded.scenario.time;
    let outside = [options.from, options.to, options.year].into_iter().flatten();
    match outside.into_iter().find(|year| !(time.start..=time.end).contains(year)) {
        None => Ok(()),
        Some(year) => {
            say(&tr!(
                super::language(),
                "cli-decompose-no-year",
                scenario = &loaded.scenario.id,
                year = year,
                start = time.start,
                end = time.end
            ));
            Err(Failure::Input)
        }
    }
}

/// The question of `--by`: names of declared effects, or factors with their formulas. `None` when there is no such
/// question: why is among the problems of `loaded`.
fn question(
    loaded: &mut Loaded,
    options: &DecomposeOptions,
) -> Result<Option<DecompositionQuestion>, Failure> {
    let formulas: Vec<(String, String)> = options.by.iter().filter_map(|text| factor(text)).collect();
    if formulas.is_empty() {
        let names = options.by.iter().flat_map(|list| list.split(',')).map(|name| name.trim().to_owned());
        let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
        return Ok(declared(loaded, &options.total, &names));
    }
    if formulas.len() < options.by.len() || formulas.iter().any(|(name, _)| name.contains(',')) {
        say(tr!(super::language(), "cli-decompose-names-or-formulas"));
        return Err(Failure::Input);
    }
    Ok(typed(loaded, &options.total, &formulas))
}

fn factor(text: &str) -> Option<(String, String)> {
    let (name, formula) = text.split_once('=')?;
    Some((name.trim().to_owned(), formula.trim().to_owned()))
}

fn effects(
    loaded: &mut Loaded,
    other: Option<&mut Loaded>,
    question: &DecompositionQuestion,
    options: &DecomposeOptions,
) -> Option<PathEffects> {
    let sample = options.sample;
    match (other, options.year, options.from.zip(options.to)) {
        (Some(other), Some(year), _) => {
            between_scenarios(loaded, other, question, year, sample.seed(), sample.paths())
        }
        (_, _, Some(years)) => between_years(loaded, question, years, sample.seed(), sample.paths()),
        _ => None,
    }
}
