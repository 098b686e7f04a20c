//! The index of a batch: a row for each run, `index.csv` beside the run folders.

use std::path::{Path, PathBuf};

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table};
use indexmap::IndexSet;

use super::Failure;
use super::arguments::CsvFor;
use super::batch::{BatchJob, Ready};
use super::outputs::{self, Ending, Output};
use super::run::FinishedRun;
use plancast::export::{Shortest, harmless};
use plancast::result::{Summary, folder as run_folder};
use plancast::text::period::label;
use plancast::text::probability::Decided;
use plancast::text::unit::number_in;
use plancast::text::{Language, visible};
use plancast::tr;
use plancast::world::portable::INDEX;
use plancast::world::read;

/// The largest index that is looked at.
const MOST: u64 = 64 << 20;

/// What came of a run.
pub(super) struct IndexRow<'a> {
    /// Its results, or why there are none.
    pub(super) result: Result<&'a Summary, &'a Failure>,
    /// What is said of a run that came about.
    pub(super) status: &'a str,
}

/// Writes `index.csv`: the folder, the scenario, what was swept, whether it came about, the odds of every target and
/// the median of every headline in its last year.
pub(super) fn write(
    (out, tables): (&Path, CsvFor),
    jobs: &[BatchJob],
    ready: &[Result<Ready, Failure>],
    rows: &[IndexRow],
) -> Result<(), Failure> {
    let csv = text(jobs, ready, rows).map_err(|error| Failure::machine(&error))?;
    let place = place(out);
    if place.symlink_metadata().is_ok() && !is_index(&place) {
        outputs::tell_kept(&[run_folder::keep(super::writer().disk, &place)?]);
    }
    super::write_file(&place, tables.table(csv))
}

/// Where the index of a command lies.
pub(super) fn place(out: &Path) -> PathBuf {
    out.join(INDEX)
}

/// The index as an output of the command.
pub(super) fn output(place: &Path) -> Output<'_> {
    Output { option: tr!(super::language(), "cli-index-outputs"), place, ending: Ending::Any }
}

/// Whether a file is an index by its first line.
fn is_index(place: &Path) -> bool {
    let is_file = place.symlink_metadata().is_ok_and(|found| found.is_file());
    let text = is_file.then(|| read::text(place, MOST).ok()).flatten();
    let head = text.as_ref().and_then(|read| read.text.lines().next()).unwrap_or_default();
    head.starts_with("run,scenario,") && head.contains(",status,paths,fingerprint")
}

fn text(
    jobs: &[BatchJob],
    ready: &[Result<Ready, Failure>],
    rows: &[IndexRow],
) -> Result<Vec<u8>, csv::Error> {
    let swept: Vec<&str> =
        jobs.first().into_iter().flat_map(|job| &job.swept).map(|(name, _)| name.as_str()).collect();
    let mut columns: Vec<String> = Vec::new();
    for summary in rows.iter().flat_map(|row| row.result) {
        for (name, _) in outcomes(summary) {
            if !columns.contains(&name) {
                columns.push(name);
            }
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = ["run", "scenario"].into_iter().chain(swept.iter().copied()).chain([
        "status",
        "paths",
        "fingerprint",
    ]);
    let head = head.chain(columns.iter().map(String::as_str));
    writer.write_record(head.map(|cell| harmless(cell).into_owned()))?;
    for ((job, ready), IndexRow { result, status }) in jobs.iter().zip(ready).zip(rows) {
        let mut row = vec![ready.as_ref().map_or(String::new(), |ready| ready.prepared.id().to_owned())];
        row.push(job.name.clone());
        row.extend(job.swept.iter().map(|(_, value)| value.clone()));
        match result {
            Ok(summary) => {
                let found = outcomes(summary);
                row.extend([(*status).into(), summary.paths.to_string(), summary.fingerprint.clone()]);
                row.extend(columns.iter().map(|column| {
                    let value = found.iter().find(|(name, _)| name == column).and_then(|(_, value)| *value);
                    value.map_or_else(String::new, |value| Shortest(value).to_string())
                }));
            }
            Err(failure) => {
                let wrong = matches!(failure, Failure::Input | Failure::Scenario(_));
                row.push(if wrong { "wrong input".into() } else { "failed".into() });
                row.extend(std::iter::repeat_n(String::new(), 2 + columns.len()));
            }
        }
        writer.write_record(row.iter().map(|cell| harmless(cell).into_owned()))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// What the index says of a run: `p(target)` and the median of each headline in its last year.
fn outcomes(summary: &Summary) -> Vec<(String, Option<f64>)> {
    let targets = summary.ordered_targets().map(|(name, target)| {
        let on_record = target.probability.decided.is_some_and(Decided::is_recorded);
        (format!("p({name})"), Some(target.probability.probability).filter(|_| !on_record))
    });
    let headlines = summary.ordered_variables().filter(|(_, variable)| variable.headline);
    let medians = headlines.map(|(name, variable)| {
        let last = variable.years.last().copied().unwrap_or_default();
        let median = variable.quantiles.get("0.5").and_then(|values| values.last().copied().flatten());
        (format!("median({name}@{})", label(last)), median)
    });
    targets.chain(medians).collect()
}

/// The index as a terminal shows it: at most four targets, or else headlines.
pub(super) fn table(
    jobs: &[BatchJob],
    results: &[Result<FinishedRun, Failure>],
    language: Language,
) -> String {
    let (run, failed) = (tr!(language, "cli-index-run"), tr!(language, "cli-index-failed"));
    let Some(first) = results.iter().flatten().next() else { return String::new() };
    // Those that tables lead with come first; the same target is then passed over among the rest.
    let led_with = first.summary.headline_targets().map(|(name, _)| name);
    let all = led_with.chain(first.summary.goals().map(|(name, _)| name));
    let targets: Vec<&str> = all.collect::<IndexSet<_>>().into_iter().take(4).collect();
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.style_mut().row_separator = LineStyle::none();
    table.force_no_tty().set_width(u16::try_from(super::diagnose::width()).unwrap_or(u16::MAX));
    let medians = || outcomes(&first.summary).into_iter().filter(|(name, _)| name.starts_with("median("));
    let columns: Vec<String> = if targets.is_empty() {
        medians().map(|(name, _)| name).take(4).collect()
    } else {
        targets.iter().map(|name| format!("p({name})")).collect()
    };
    table.set_header(std::iter::once(run.to_owned()).chain(columns.iter().cloned()));
    for (job, result) in jobs.iter().zip(results) {
        let swept: Vec<String> = job.swept.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let mut row = vec![format!("{}  {}", visible::line(&job.name), swept.join(", "))];
        for column in &columns {
            row.push(match result {
                Ok(done) => shown(&done.summary, column, language),
                Err(_) => failed.to_owned(),
            });
        }
        table.add_row(row);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt() + "\n"
}

fn shown(summary: &Summary, column: &str, language: Language) -> String {
    let target = column.strip_prefix("p(").and_then(|rest| rest.strip_suffix(')'));
    if let Some(target) = target.and_then(|name| summary.targets.get(name)) {
        return target.probability.words(language);
    }
    let found = outcomes(summary).into_iter().find(|(name, _)| name == column);
    let headline = column.strip_prefix("median(").and_then(|rest| rest.split_once('@'));
    let unit = headline.and_then(|(name, _)| summary.variables.get(name)).map_or("", |found| &found.unit);
    found.and_then(|(_, value)| value).map_or("–".to_owned(), |value| number_in(value, 5, unit))
}
