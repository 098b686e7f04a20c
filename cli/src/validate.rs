//! `plancast validate`: every mistake in the files, nothing run.

use std::fmt::Write as _;

use super::arguments::{Format, ValidateOptions};
use super::{CommandResult, Failure, diagnose, load, print};
use plancast::analysis::{decompose, fit};
use plancast::model::{RecordedVariables, compile};
use plancast::scenario::Scenario;
use plancast::scenario::written::ReadTable;
use plancast::text::{Language, Severity};
use plancast::tr;

pub(super) fn run(options: &ValidateOptions) -> CommandResult {
    let language = super::language();
    let mut wrong = false;
    let mut out = String::new();
    let mut list = Vec::new();
    for name in &options.scenarios {
        let mut loaded = load(name, &options.overrides.set);
        let model = compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
        if model.is_some() {
            decompose::check(&mut loaded);
            fit::check(&loaded.scenario)
                .0
                .into_iter()
                .for_each(|diagnostic| loaded.diagnostics.push(diagnostic));
        }
        loaded.diagnostics.sort();
        let errors =
            loaded.diagnostics.0.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        wrong |= errors > 0 || model.is_none();
        match options.format {
            Format::Json => list.push(serde_json::json!({
                "scenario": name,
                "problems": diagnose::json(&loaded.files, &loaded.diagnostics),
                "tables": tables(&loaded.scenario, language),
                "units": model.as_ref().map(|model| serde_json::json!({
                    "checked": model.units.checked,
                    "unchecked": model.units.unchecked.len(),
                    "without_unit": model.units.without_unit(),
                })),
            })),
            Format::Text => {
                diagnose::report(&loaded.files, &loaded.diagnostics);
                let warnings = loaded.diagnostics.0.len() - errors;
                let verdict =
                    tr!(language, "cli-validate-verdict", name = name, errors = errors, warnings = warnings);
                let _ = writeln!(out, "{verdict}");
                for table in loaded.scenario.all_data_tables() {
                    let _ = writeln!(out, "{}", table.sentence(language));
                }
                if let Some(model) = &model {
                    let _ = writeln!(out, "{}", model.units.sentence(language));
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

/// The tables of data that were read, and what was passed over in each.
fn tables(scenario: &Scenario, language: Language) -> Vec<serde_json::Value> {
    let one = |table: &ReadTable| {
        let skipped = &table.skipped;
        serde_json::json!({
            "read": table.what,
            "file": table.file,
            "count": table.count,
            "skipped": {
                "above": skipped.above,
                "filtered": skipped.filtered,
                "footers": skipped.footers,
                "blank": skipped.blank,
                "flagged": skipped.flagged,
                "unused": skipped.unused,
            },
            "encoding": if skipped.encoding.is_empty() { "UTF-8" } else { skipped.encoding },
            "sentence": table.sentence(language),
        })
    };
    scenario.all_data_tables().map(one).collect()
}
