//! `plancast verify`: whether run folders are whole and as they were written.

use std::fmt::Write;

use serde_json::json;

use super::arguments::VerifyOptions;
use super::{CommandResult, Failure, print, print_json, say};
use plancast::result::verify::{FileState, Verified, verify_within};
use plancast::text::{Language, visible};
use plancast::tr;

/// What the JSON of this command is called.
const SCHEMA: &str = "plancast-verify/1";

pub(super) fn run(options: &VerifyOptions) -> CommandResult {
    let language = super::language();
    let (mut found, mut refused) = (Vec::new(), 0);
    for run in &options.runs {
        match verify_within(run, super::access()) {
            Ok(verified) => found.push(verified),
            Err(error) => {
                refused += 1;
                say(error.message());
            }
        }
    }
    let unchanged = refused == 0 && found.iter().all(|run| run.unchanged);
    if options.json {
        print_json(&json!({ "schema": SCHEMA, "unchanged": unchanged, "runs": found }))?;
    } else if !options.quiet {
        print(&found.iter().map(|run| text(run, language)).collect::<String>())?;
    }
    match refused {
        0 if unchanged => Ok(()),
        0 => Err(Failure::Gate),
        _ => Err(Failure::Input),
    }
}

/// What is told of a run folder.
fn text(run: &Verified, language: Language) -> String {
    let place = visible::path(&run.run);
    let mut text = if run.unchanged {
        tr!(language, "cli-verify-whole", place = place, files = run.files)
    } else {
        tr!(language, "cli-verify-differs", place = place)
    };
    text.push('\n');
    for difference in &run.differences {
        let state = match difference.is {
            FileState::Missing => tr!(language, "cli-verify-missing"),
            FileState::Changed => tr!(language, "cli-verify-changed"),
            FileState::OfAnother => tr!(language, "cli-verify-of-another"),
            FileState::Outside => tr!(language, "cli-verify-outside"),
        };
        let _ = writeln!(text, "  {}  {state}", visible::line(&difference.file));
    }
    for other in &run.others {
        let _ = writeln!(text, "  {other}  {}", tr!(language, "cli-verify-others"));
    }
    text
}
