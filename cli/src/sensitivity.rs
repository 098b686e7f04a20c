//! `plancast sensitivity`: indices from simulations made for them.

mod chart;
mod correlated;
mod table;

use super::arguments::{self, SensitivityOptions, names};
use super::output::wrong;
use super::{CommandResult, figures, load, memory, on_threads, outputs, print, print_json, request, run};
use plancast::chart::{Size, rows};
use plancast::scenario::Scenario;
use plancast::study::{PreparedSensitivity, SensitivityMethod, SensitivityRequest};
use plancast::text::Language;
use plancast::{message, tr};

pub(super) fn run(options: &SensitivityOptions) -> CommandResult {
    let language = super::language();
    let mut loaded = load(&options.scenario, &options.overrides.set);
    request::known(&mut loaded, &options.known)?;
    let question =
        PreparedSensitivity::new(loaded, &request(options)).map_err(|error| run::failed(&error))?;
    outputs::admit_picture(options.chart.as_deref())?;
    memory::refuse_answer(question.need(), options.sample.memory, question.sample.paths)?;
    let answer = on_threads(options.sample.threads, || question.answer())?;
    if let Some(path) = &options.chart {
        let [outcome] = answer.outcomes.as_slice() else {
            return Err(wrong(message!("cli-sensitivity-chart-one")));
        };
        let scenario = &question.loaded.scenario;
        let footer = figures::footer(scenario, answer.sample, language);
        let title = outcome_title(scenario, &outcome.of, language);
        let Some(drawn) = chart::of(outcome, &title, footer, language) else {
            return Err(wrong(message!("cli-sensitivity-chart-none", of = &outcome.of)));
        };
        figures::write(path, &rows::draw(&drawn, Size::default().width, language))?;
    }
    if options.json {
        return print_json(&answer.json(language));
    }
    let tables: Vec<String> = answer.outcomes.iter().map(|outcome| table::table(outcome, language)).collect();
    let more = match answer.left {
        0 => String::new(),
        left => format!("\n{}\n", tr!(language, "cli-sensitivity-more", count = left)),
    };
    print(&(tables.join("\n") + &more))
}

/// What a command line asks for.
fn request(options: &SensitivityOptions) -> SensitivityRequest {
    let mut request = SensitivityRequest::default();
    request.of.clone_from(&options.of);
    request.method = match options.method {
        arguments::SensitivityMethod::Sobol => SensitivityMethod::Sobol,
        arguments::SensitivityMethod::Morris => SensitivityMethod::Morris,
        arguments::SensitivityMethod::Pawn => SensitivityMethod::Pawn,
    };
    request.inputs = options.inputs.iter().flat_map(|list| names(list)).collect();
    request.one_by_one = options.one_by_one;
    request.order = options.order.iter().flat_map(|list| names(list)).collect();
    (request.paths, request.seed) = (options.sample.paths, options.sample.seed);
    request
}

/// What an outcome is called: its title, with its year where it has one.
fn outcome_title(scenario: &Scenario, of: &str, language: Language) -> String {
    let (name, year) = of.rsplit_once('@').map_or((of, None), |(name, year)| (name, Some(year.trim())));
    let target = scenario.targets.get(name.trim()).map(|target| &target.title);
    let metric = || scenario.metrics.get(name.trim()).map(|metric| &metric.title);
    let variable = || scenario.variables.get(name.trim()).map(|variable| &variable.title);
    let title = target.or_else(metric).or_else(variable).map(|title| title.get(language));
    match (title.filter(|title| !title.is_empty()), year) {
        (Some(title), Some(year)) => tr!(language, "report-lead-outcome", title = title, year = year),
        (Some(title), None) => title.to_owned(),
        (None, _) => of.to_owned(),
    }
}
