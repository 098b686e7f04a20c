//! `plancast sensitivity`: indices from simulations made for them.

mod table;

use super::arguments::{self, SensitivityOptions, names};
use super::{CommandResult, load, memory, on_threads, print, print_json, run};
use plancast::study::{PreparedSensitivity, SensitivityMethod, SensitivityRequest};
use plancast::tr;

pub(super) fn run(options: &SensitivityOptions) -> CommandResult {
    let language = super::language();
    let loaded = load(&options.scenario, &options.overrides.set);
    let question =
        PreparedSensitivity::new(loaded, &request(options)).map_err(|error| run::failed(&error))?;
    memory::refuse_answer(question.need(), options.sample.memory, question.sample.paths)?;
    let answer = on_threads(options.sample.threads, || question.answer())?;
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
    (request.paths, request.seed) = (options.sample.paths, options.sample.seed);
    request
}
