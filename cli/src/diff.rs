//! `plancast diff`: are two stored runs the same, and if not, what changed?

use std::fmt::Write;
use std::path::Path;

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table};
use serde::Serialize;

use super::arguments::DiffOptions;
use super::output::wrong;
use super::{CommandResult, Failure, diagnose, print};
use plancast::analysis::diff::{self, ChangedAssumption, ChangedNumber};
use plancast::export::verdicts::{both, statistic};
use plancast::result::{Summary, json, store};
use plancast::scenario::load::MAX_BYTES;
use plancast::text::number::{fixed, significant};
use plancast::text::period::{label, step_of};
use plancast::text::{Key, Language};
use plancast::world::read;
use plancast::{key, message, tr};

/// A stored run, or a baseline, which is its `summary.json` alone.
struct DiffSide {
    summary: Summary,
    /// The resolved scenario; a baseline has none.
    scenario: Option<String>,
}

/// What `--json` prints.
#[derive(Serialize)]
struct DiffDocument<'a> {
    schema: &'static str,
    identical: bool,
    fingerprints: [&'a str; 2],
    assumptions: Option<&'a [ChangedAssumption]>,
    changes: Vec<ShownChange<'a>>,
}

/// A change with what follows from its numbers.
#[derive(Serialize)]
struct ShownChange<'a> {
    #[serde(flatten)]
    change: &'a ChangedNumber,
    difference: Option<f64>,
    significant: bool,
}

pub(super) fn run(options: &DiffOptions) -> CommandResult {
    let (before, after) = (stored(&options.before)?, stored(&options.after)?);
    let identical = before.summary.fingerprint == after.summary.fingerprint;
    let assumptions = match (&before.scenario, &after.scenario) {
        (Some(before), Some(after)) => Some(
            diff::assumptions(before, after)
                .map_err(|error| wrong(message!("cli-diff-no-toml", why = error.to_string())))?,
        ),
        _ => None,
    };
    let changes: Vec<ChangedNumber> = diff::changes(&before.summary, &after.summary);
    if options.json {
        let found = DiffDocument {
            schema: "plancast-diff/1",
            identical,
            fingerprints: [&before.summary.fingerprint, &after.summary.fingerprint],
            assumptions: assumptions.as_deref(),
            changes: changes.iter().map(ShownChange::of).collect(),
        };
        print(&json::write(&found).map_err(|error| Failure::machine(&error))?)?;
    } else {
        print(&text(&before, &after, assumptions.as_deref(), &changes, super::language()))?;
    }
    if identical { Ok(()) } else { Err(Failure::Gate) }
}

impl<'a> ShownChange<'a> {
    fn of(change: &'a ChangedNumber) -> Self {
        Self { change, difference: change.difference(), significant: change.is_significant() }
    }
}

fn stored(path: &Path) -> Result<DiffSide, Failure> {
    let read = |file: &Path| store::summary(file).map_err(|error| wrong(error.message()));
    if !path.is_dir() {
        return Ok(DiffSide { summary: read(path)?, scenario: None });
    }
    let summary = read(&path.join("summary.json"))?;
    Ok(DiffSide {
        summary,
        scenario: read::text(&path.join("scenario.toml"), MAX_BYTES).ok().map(|read| read.text),
    })
}

/// The heads of the table of assumptions.
const ASSUMPTIONS: [Key; 5] = [
    key!("cli-diff-assumption"),
    key!("cli-diff-before"),
    key!("cli-diff-after"),
    key!("cli-diff-unit"),
    key!("cli-diff-sources"),
];

fn text(
    before: &DiffSide,
    after: &DiffSide,
    assumptions: Option<&[ChangedAssumption]>,
    changes: &[ChangedNumber],
    language: Language,
) -> String {
    let (a, b) = (&before.summary, &after.summary);
    if a.fingerprint == b.fingerprint {
        return tr!(language, "cli-diff-identical", fingerprint = &a.fingerprint) + "\n";
    }
    let mut parts = Vec::new();
    if diff::draws(a) != diff::draws(b) {
        parts.push(tr!(language, "cli-diff-draws", before = drawn(a), after = drawn(b)));
    }
    parts.push(match assumptions {
        None => tr!(language, "cli-diff-no-scenario").to_owned(),
        Some([]) => tr!(language, "cli-diff-no-assumption").to_owned(),
        Some(assumptions) => assumed(assumptions, language),
    });
    let shown: Vec<&ChangedNumber> = changes.iter().filter(|change| is_shown(change, b)).collect();
    if !shown.is_empty() {
        parts.push(results(&shown, language));
        parts.push(tr!(language, "cli-diff-errors").to_owned());
    }
    parts.join("\n\n") + "\n"
}

/// `1 × 20000`, `1 × 20000 sobol`
fn drawn(summary: &Summary) -> String {
    let text = format!("{} × {} {}", summary.seed, summary.paths, summary.sampling);
    text.trim_end().to_owned()
}

/// Odds, medians and means that moved: of headlines five years after the start and at the end.
fn is_shown(change: &ChangedNumber, summary: &Summary) -> bool {
    let is_main = [diff::PROBABILITY, "mean", "q0.5"].contains(&change.statistic.as_str());
    if change.before == change.after || !is_main {
        return false;
    }
    let scenario = &summary.scenario;
    match change.name.rsplit_once('@') {
        Some((_, year)) => [scenario.start + 5 * step_of(scenario.start).per_year(), scenario.end]
            .iter()
            .any(|shown| year == label(shown)),
        None => true,
    }
}

fn assumed(assumptions: &[ChangedAssumption], language: Language) -> String {
    let mut table = table(&ASSUMPTIONS.map(|key| key.text(language)));
    for assumption in assumptions {
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".into());
        let mut sources = assumption.sources.to_vec();
        sources.dedup();
        table.add_row(vec![
            assumption.name.clone(),
            value(&assumption.before),
            value(&assumption.after),
            assumption.unit.clone(),
            sources.join(" → "),
        ]);
    }
    table.trim_fmt()
}

fn results(changes: &[&ChangedNumber], language: Language) -> String {
    let mut table = table(&[
        tr!(language, "cli-diff-result"),
        "",
        tr!(language, "cli-diff-before"),
        tr!(language, "cli-diff-after"),
        tr!(language, "cli-diff-difference"),
        tr!(language, "cli-diff-significant"),
    ]);
    for change in changes {
        let (before, after) = both(change, language);
        let significant = if change.is_significant() {
            tr!(language, "cli-diff-yes")
        } else {
            tr!(language, "cli-diff-no")
        };
        table.add_row(vec![
            change.name.clone(),
            statistic(&change.statistic, language),
            before,
            after,
            difference(change),
            significant.into(),
        ]);
    }
    for column in table.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt()
}

/// `−2.3 ± 0.2`
fn difference(change: &ChangedNumber) -> String {
    let factor = if change.statistic == diff::PROBABILITY { 100.0 } else { 1.0 };
    let (Some(difference), Some(error)) = (change.difference(), change.standard_error) else {
        return "–".into();
    };
    let (difference, error) = (difference * factor, error * factor);
    let sign = if difference > 0.0 { "+" } else { "" };
    let mut text = format!("{sign}{}", significant(difference, error));
    if error > 0.0 {
        let decimals = (-plancast::text::number::exponent(error)).max(0);
        let _ = write!(text, " ± {}", fixed(error, decimals));
    }
    text
}

/// A table as wide as the terminal, without lines between its rows.
pub(super) fn table(head: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.style_mut().row_separator = LineStyle::none();
    table.force_no_tty().set_width(u16::try_from(diagnose::width()).unwrap_or(u16::MAX));
    table.set_header(head);
    table
}
