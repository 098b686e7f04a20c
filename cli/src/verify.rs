//! `plancast verify`: whether run folders are whole and as they were written.

use std::fmt::Write;

use serde_json::json;

use super::arguments::VerifyOptions;
use super::{CommandResult, Failure, print, print_json, say};
use plancast::result::verify::{FileState, Verified, verify_within};
use plancast::text::{Language, visible};

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
                say(&error.to_string());
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
    let mut text = match (language, run.unchanged) {
        (Language::En, true) => format!("{place}: whole and unchanged, {} files\n", run.files),
        (Language::Zh, true) => format!("{place}：完整，未被改动，共{}个文件\n", run.files),
        (Language::En, false) => format!("{place}: not as it was written\n"),
        (Language::Zh, false) => format!("{place}：与写入时不一致\n"),
    };
    for difference in &run.differences {
        let state = match (language, difference.is) {
            (Language::En, FileState::Missing) => "missing",
            (Language::Zh, FileState::Missing) => "缺失",
            (Language::En, FileState::Changed) => "changed",
            (Language::Zh, FileState::Changed) => "已改动",
            (Language::En, FileState::OfAnother) => "changed, or of another run",
            (Language::Zh, FileState::OfAnother) => "已改动，或属于另一次运行",
            (Language::En, FileState::Outside) => {
                "outside of the project, not looked at (--allow-outside looks at it)"
            }
            (Language::Zh, FileState::Outside) => "在项目之外，未检查（加 --allow-outside 则检查）",
        };
        let _ = writeln!(text, "  {}  {state}", visible::line(&difference.file));
    }
    for other in &run.others {
        let state = match language {
            Language::En => "not of the run: others have put it there",
            Language::Zh => "不属于本次运行，由他人放入",
        };
        let _ = writeln!(text, "  {other}  {state}");
    }
    text
}
