//! `plancast diff`: are two stored runs the same, and if not, what changed?

use std::fmt::Write;
use std::path::Path;

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table};
use serde::Serialize;

use super::arguments::DiffOptions;
use super::{CommandResult, Failure, diagnose, print};
use plancast::analysis::diff::{self, ChangedAssumption, ChangedNumber};
use plancast::export::verdicts::{both, statistic};
use plancast::result::{Summary, json, store};
use plancast::scenario::load::MAX_BYTES;
use plancast::text::Language;
use plancast::text::number::{fixed, significant};
use plancast::world::read;

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
                .map_err(|error| wrong(&format!("a scenario.toml is no TOML: {error}")))?,
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

fn wrong(message: &str) -> Failure {
    super::say(message);
    Failure::Input
}

fn stored(path: &Path) -> Result<DiffSide, Failure> {
    let read = |file: &Path| store::summary(file).map_err(|error| wrong(&error.to_string()));
    if !path.is_dir() {
        return Ok(DiffSide { summary: read(path)?, scenario: None });
    }
    let summary = read(&path.join("summary.json"))?;
    Ok(DiffSide {
        summary,
        scenario: read::text(&path.join("scenario.toml"), MAX_BYTES).ok().map(|read| read.text),
    })
}

struct DiffWording {
    identical: &'static str,
    no_assumption: &'static str,
    no_scenario: &'static str,
    draws: &'static str,
    assumption: [&'static str; 5],
    result: [&'static str; 6],
    errors: &'static str,
    yes: &'static str,
    no: &'static str,
}

const EN: DiffWording = DiffWording {
    identical: "Identical: the same fingerprint",
    no_assumption: "No assumption changed.",
    no_scenario: "A baseline has no scenario: which assumption changed is not known.",
    draws: "Seed, number of paths or sampling differ",
    assumption: ["Assumption", "Before", "After", "Unit", "Sources"],
    result: ["Result", "", "Before", "After", "Difference", "Significant"],
    errors: "Errors are those of independent runs; runs with the same seed share their draws and differ more surely (plancast compare). Significant: beyond 2.58 errors, which chance does once in a hundred times.",
    yes: "yes",
    no: "no",
};

const ZH: DiffWording = DiffWording {
    identical: "完全一致：指纹相同",
    no_assumption: "没有假设改变。",
    no_scenario: "基准不含方案文件，无法得知哪项假设改变。",
    draws: "随机种子、路径数或抽样方式不同",
    assumption: ["假设", "原值", "新值", "单位", "来源"],
    result: ["结果", "", "原值", "新值", "差", "显著"],
    errors: "误差按两次独立运行计算；种子相同的运行共用随机数，差异实际更可靠（见 plancast compare）。显著：超过 2.58 倍误差，偶然出现的概率为百分之一。",
    yes: "是",
    no: "否",
};

fn text(
    before: &DiffSide,
    after: &DiffSide,
    assumptions: Option<&[ChangedAssumption]>,
    changes: &[ChangedNumber],
    language: Language,
) -> String {
    let words = if language == Language::Zh { &ZH } else { &EN };
    let (a, b) = (&before.summary, &after.summary);
    if a.fingerprint == b.fingerprint {
        return format!("{} {}\n", words.identical, a.fingerprint);
    }
    let mut parts = Vec::new();
    if diff::draws(a) != diff::draws(b) {
        parts.push(format!("{}: {} → {}", words.draws, drawn(a), drawn(b)));
    }
    parts.push(match assumptions {
        None => words.no_scenario.to_owned(),
        Some([]) => words.no_assumption.to_owned(),
        Some(assumptions) => assumed(assumptions, words),
    });
    let shown: Vec<&ChangedNumber> = changes.iter().filter(|change| is_shown(change, b)).collect();
    if !shown.is_empty() {
        parts.push(results(&shown, words, language));
        parts.push(words.errors.to_owned());
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
        Some((_, year)) => [scenario.start + 5, scenario.end].iter().any(|shown| year == shown.to_string()),
        None => true,
    }
}

fn assumed(assumptions: &[ChangedAssumption], words: &DiffWording) -> String {
    let mut table = table(&words.assumption);
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

fn results(changes: &[&ChangedNumber], words: &DiffWording, language: Language) -> String {
    let mut table = table(&words.result);
    for change in changes {
        let (before, after) = both(change, language);
        let significant = if change.is_significant() { words.yes } else { words.no };
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
