//! `plancast decompose`: why a variable changes, or differs between scenarios, by factors.

mod answer;
mod methods;
mod waterfall;

use super::arguments::DecomposeOptions;
use super::{
    CommandResult, Failure, figures, load, memory, on_threads, outputs, print, print_json, request, run, say,
};
use answer::ShownEffects;
use plancast::chart::Size;
use plancast::chart::rows;
use plancast::study::{DecomposeRequest, DecompositionEnds, PreparedDecompose};
use plancast::text::Message;

pub(super) fn run(options: &DecomposeOptions) -> CommandResult {
    let language = super::language();
    let mut loaded = load(&options.scenario, &options.overrides.set);
    request::known(&mut loaded, &options.known)?;
    let mut other = options.alternative.as_ref().map(|name| load(name, &options.overrides.set));
    if let Some(other) = &mut other {
        request::known(other, &options.known)?;
    }
    let question =
        PreparedDecompose::new(loaded, other, &asked(options)).map_err(|error| run::failed(&error))?;
    outputs::admit_picture(options.chart.as_deref())?;
    memory::refuse_answer(question.need(), options.sample.memory, question.sample.paths)?;
    let found =
        on_threads(options.sample.threads, || question.answer())?.map_err(|error| run::failed(&error))?;
    if found.effects.totals.is_empty() {
        methods::notes(&found, language).into_iter().map(Message::verbatim).for_each(say);
        return Err(Failure::Input);
    }
    let footer = figures::footer(&question.loaded.scenario, question.sample, language);
    let answer = ShownEffects::of(&found, footer, language);
    if let Some(path) = &options.chart {
        figures::write(
            path,
            &rows::draw(&waterfall::of(&answer, language), Size::default().width, language),
        )?;
    }
    if options.json {
        return print_json(&found.json());
    }
    print(&(request::conditioned(&found.observed, language) + &answer.text(language)))
}

/// What a command line asks for.
fn asked(options: &DecomposeOptions) -> DecomposeRequest {
    let ends = match (&options.alternative, options.year) {
        (Some(other), Some(year)) => DecompositionEnds::Scenarios { other: other.clone(), year },
        // The command line says both years where it names no other scenario.
        _ => DecompositionEnds::Years {
            from: options.from.unwrap_or_default(),
            to: options.to.unwrap_or_default(),
        },
    };
    let mut request = DecomposeRequest::new(&options.total, ends);
    request.by.clone_from(&options.by);
    (request.paths, request.seed) = (options.sample.paths, options.sample.seed);
    request
}
