//! `plancast schema`: what an editor needs to know of scenario files, and other programs of results.

use super::arguments::{SchemaOf, SchemaOptions};
use super::{CommandResult, show};
use plancast::result;
use plancast::scenario::schema::schema;

pub(super) fn run(options: &SchemaOptions) -> CommandResult {
    match options.of {
        SchemaOf::Scenario => show(&text()),
        SchemaOf::Summary => {
            show(&(serde_json::to_string_pretty(&result::schema::schema()).unwrap_or_default() + "\n"))
        }
    }
}

/// The schema as it is printed and as it is written beside a scenario.
pub(super) fn text() -> String {
    serde_json::to_string_pretty(&schema()).unwrap_or_default() + "\n"
}
