//! `plancast validate`: every mistake in the files, nothing run.

use std::fmt::Write as _;

use super::arguments::{Format, ValidateOptions};
use super::{Failure, Outcome, diagnose, print};
use crate::analysis::decompose;
use crate::model::{Record, compile};
use crate::scenario::load;
use crate::text::Severity;

pub(super) fn run(options: &ValidateOptions) -> Outcome {
    let mut wrong = false;
    let mut out = String::new();
    let mut list = Vec::new();
    for name in &options.scenarios {
        let mut loaded = load(name, &options.overrides.set);
        let model = compile(&loaded.scenario, &Record::Headlines, &mut loaded.problems);
        if model.is_some() {
            decompose::check(&mut loaded);
        }
        loaded.problems.sort();
        let errors = loaded.problems.0.iter().filter(|problem| problem.severity == Severity::Error).count();
        wrong |= errors > 0 || model.is_none();
        match options.format {
            Format::Json => list.push(serde_json::json!({
                "scenario": name,
                "problems": diagnose::json(&loaded.files, &loaded.problems),
                "units": model.as_ref().map(|model| serde_json::json!({
                    "checked": model.units.checked,
                    "unchecked": model.units.unchecked.len(),
                    "without_unit": model.units.without_unit(),
                })),
            })),
            Format::Text => {
                diagnose::report(&loaded.files, &loaded.problems);
                let warnings = loaded.problems.0.len() - errors;
                let verdict = if errors > 0 { "has errors" } else { "is valid" };
                let (errors, warnings) = (counted(errors, "error"), counted(warnings, "warning"));
                let _ = writeln!(out, "{name} {verdict}: {errors}, {warnings}");
                if let Some(model) = &model {
                    let _ = writeln!(out, "{}", model.units);
                }
            }
        }
    }
    if options.format == Format::Json {
        out = serde_json::to_string_pretty(&list).unwrap_or_default() + "\n";
    }
    print(&out)?;
    if wrong { Err(Failure::Input) } else { Ok(()) }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
