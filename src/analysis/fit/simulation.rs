//! Records of a few years simulated with the scenario itself.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::record;
use crate::analysis::statement::compiled;
use crate::engine;
use crate::model::{Model, RecordedVariables};
use crate::scenario::Scenario;
use crate::scenario::load::MAX_YEARS;
use crate::scenario::written::Fit;
use crate::text::{Diagnostic, DiagnosticList};
use crate::{key, message};

/// Paths that are simulated at once.
const CHUNK: u64 = 4096;

/// A simulated record.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path {
    /// The values of the inputs that were asked for.
    pub(super) inputs: Vec<f64>,
    /// By series its values, year by year.
    pub(super) series: Vec<Vec<f64>>,
}

/// Simulates so many years of the series of a `[fit]`, from the first in which all of them are, and gives the values of some
/// inputs with them. Paths with a value that is not finite are left out.
pub(super) fn simulate(
    scenario: &Scenario,
    fit: &Fit,
    years: usize,
    inputs: &[String],
    seed: u64,
    paths: u64,
) -> Result<Vec<Path>, DiagnosticList> {
    let mut scenario = scenario.without_reports();
    let names = record::add(&mut scenario, &fit.of);
    let start = scenario.time.start;
    scenario.time.end = scenario.time.end.max(start + years as i32);
    let mut model = compiled(&scenario, &RecordedVariables::Replay)?;
    let first = first_year(&model, &names, start);
    if first + years as i32 - 1 > scenario.time.end {
        scenario.time.end = first + years as i32 - 1;
        if scenario.time.end - start > MAX_YEARS {
            return Err(Diagnostic::error(fit.place, message!("analysis-fit-many-years", years = years))
                .help(key!("analysis-fit-many-years.help"))
                .into());
        }
        model = compiled(&scenario, &RecordedVariables::Replay)?;
    }
    let mut columns = Vec::new();
    for name in &names {
        let Some(label) = model.labels.variables.iter().find(|label| label.name == *name) else { continue };
        let from = label.first_series + (first - label.first_year) as u32;
        columns.extend(from..from + years as u32);
    }
    for name in inputs {
        let Some(label) = model.labels.inputs.iter().find(|label| label.name == *name) else { continue };
        columns.push(label.first_series);
    }
    let program = model.program.only(&columns, &[]);
    let count = names.len();
    let chunk = |number: u64| {
        let range = number * CHUNK..paths.min((number + 1) * CHUNK);
        let values = engine::paths(&program, seed, range).series;
        let row = |row: ndarray::ArrayView1<'_, f64>| {
            let series = (0..count).map(|k| (0..years).map(|t| row[k * years + t]).collect()).collect();
            Path { inputs: row.iter().skip(count * years).copied().collect(), series }
        };
        let finite =
            |path: &Path| path.series.iter().flatten().chain(&path.inputs).all(|value| value.is_finite());
        values.rows().into_iter().map(row).filter(finite).collect::<Vec<_>>()
    };
    let chunks: Vec<Vec<Path>> = (0..paths.div_ceil(CHUNK)).into_par_iter().map(chunk).collect();
    let found: Vec<Path> = chunks.into_iter().flatten().collect();
    if (found.len() as u64) < paths / 2 {
        let message = message!("analysis-fit-not-finite", found = found.len(), paths = paths);
        return Err(Diagnostic::error(fit.place, message).help(key!("analysis-fit-not-finite.help")).into());
    }
    Ok(found)
}

/// The first year after the base year in which all series are.
fn first_year(model: &Model, names: &[String], start: i32) -> i32 {
    let labels = model.labels.variables.iter().filter(|label| names.contains(&label.name));
    labels.map(|label| label.first_year).max().unwrap_or(start).max(start + 1)
}
