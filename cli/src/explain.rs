//! `plancast explain`: what a name means, what it rests on, and what happens on one path.

use super::arguments::{DiagramFormat, ExplainOptions};
use super::{CommandResult, load, run, show};
use plancast::study::ExplainRequest;

pub(super) fn run(options: &ExplainOptions) -> CommandResult {
    let loaded = load(&options.scenario, &options.overrides.set);
    let mut request = ExplainRequest::default().language(super::language());
    request.name.clone_from(&options.name);
    (request.path, request.seed) = (options.path, options.seed);
    request.graph = options.format == DiagramFormat::Dot;
    show(&request.text(loaded).map_err(|error| run::failed(&error))?)
}
