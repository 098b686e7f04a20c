//! `plancast decompose`: why a variable changes, or differs between scenarios, by factors.

mod answer;
mod json;
mod methods;
mod spread;
mod waterfall;

use super::arguments::DecomposeOptions;
use super::output::wrong;
use super::{
    CommandResult, Failure, diagnose, figures, load, memory, on_threads, outputs, print, print_json, say,
};
use answer::{Ends, ShownEffects};
use plancast::analysis::decompose::{
    CompiledDecomposition, DecompositionQuestion, between_scenarios, between_years, declared, typed,
};
use plancast::chart::Size;
use plancast::chart::rows;
use plancast::message;
use plancast::scenario::Loaded;
use plancast::text::Message;

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
    let compiled =
        question.as_ref().and_then(|question| compiled(&mut loaded, other.as_mut(), question, options));
    let (Some(question), Some(compiled)) = (question, compiled) else {
        for loaded in std::iter::once(&loaded).chain(&other).filter(|loaded| loaded.diagnostics.has_errors())
        {
            diagnose::report(&loaded.files, &loaded.diagnostics);
        }
        return Err(Failure::Input);
    };
    let sample = options.sample;
    refuse(&compiled, sample.paths(), sample.memory)?;
    let effects = on_threads(sample.threads, || compiled.on_paths(sample.seed(), sample.paths()))?;
    let ends = Ends::of(&loaded, other.as_ref(), options);
    if effects.totals.is_empty() {
        let notes = methods::notes(&effects, options.sample.paths(), language);
        notes.into_iter().map(Message::verbatim).for_each(say);
        return Err(Failure::Input);
    }
    let answer = ShownEffects::of(&loaded, &question, &effects, ends, options, language);
    if let Some(path) = &options.chart {
        figures::write(
            path,
            &rows::draw(&waterfall::of(&answer, language), Size::default().width, language),
        )?;
    }
    if options.json {
        return print_json(&json::of(&loaded, &question, &effects, options));
    }
    print(&answer.text(language))
}

/// Refuses an answer that would take too much memory: of each effect a number for every path, in two forms, and while these
/// grow as much again.
fn refuse(compiled: &CompiledDecomposition, paths: u64, memory: Option<u64>) -> CommandResult {
    let bytes = 28 * compiled.effects() as u64 + 64;
    memory::refuse_answer(paths.saturating_mul(bytes), memory, paths)
}

fn years_exist(loaded: &Loaded, options: &DecomposeOptions) -> CommandResult {
    let time = loaded.scenario.time;
    let outside = [options.from, options.to, options.year].into_iter().flatten();
    match outside.into_iter().find(|year| !(time.start..=time.end).contains(year)) {
        None => Ok(()),
        Some(year) => {
            let scenario = &loaded.scenario.id;
            let (start, end) = (time.start, time.end);
            Err(wrong(message!(
                "cli-decompose-no-year",
                scenario = scenario,
                year = year,
                start = start,
                end = end
            )))
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
        return Err(wrong(message!("cli-decompose-names-or-formulas")));
    }
    Ok(typed(loaded, &options.total, &formulas))
}

fn factor(text: &str) -> Option<(String, String)> {
    let (name, formula) = text.split_once('=')?;
    Some((name.trim().to_owned(), formula.trim().to_owned()))
}

fn compiled(
    loaded: &mut Loaded,
    other: Option<&mut Loaded>,
    question: &DecompositionQuestion,
    options: &DecomposeOptions,
) -> Option<CompiledDecomposition> {
    match (other, options.year, options.from.zip(options.to)) {
        (Some(other), Some(year), _) => between_scenarios(loaded, other, question, year),
        (_, _, Some(years)) => between_years(loaded, question, years),
        _ => None,
    }
}
