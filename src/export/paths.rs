//! All paths of a run as a table: a row for each path, a column for each variable and year (`gdp@2025`), metric and
//! target. Paths are simulated a stretch at a time and written as they come, so memory does not grow with their
//! number; the file is written beside its place and moved there when whole.

mod csv;
#[cfg(feature = "parquet")]
mod parquet;

use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::engine::conditional::{Conditioning, conditional_paths};
use crate::engine::{self, RecordedPaths};
use crate::message;
use crate::model::{Labels, Model};
use crate::num::{BLOCK, exp};
use crate::scenario::pool::WORLD;
use crate::text::Message;
use crate::text::period;

/// The form of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text, separated by commas.
    Csv,
    /// The same, compressed with gzip.
    CsvGz,
    /// Apache Parquet: typed columns, units in the metadata.
    Parquet,
}

/// Why paths could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PathsError {
    /// The machine refused.
    Io(#[from] io::Error),
    /// The header could not be written as CSV.
    Csv(#[from] ::csv::Error),
    /// The library that writes Parquet refused.
    #[cfg(feature = "parquet")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// The schema of the Parquet file has fewer columns than there are.
    Columns,
    /// This build writes no Parquet.
    NoParquet,
    /// It was told to stop.
    Interrupted,
}

impl PathsError {
    /// What went wrong, and what to do.
    pub fn message(&self) -> Message {
        match self {
            Self::Io(error) => message!("export-paths-machine", why = error.to_string()),
            Self::Csv(error) => Message::verbatim(error.to_string()),
            #[cfg(feature = "parquet")]
            Self::Parquet(error) => Message::verbatim(error.to_string()),
            Self::Columns => message!("export-paths-columns"),
            Self::NoParquet => message!("export-paths-no-parquet"),
            Self::Interrupted => message!("export-paths-interrupted"),
        }
    }
}

impl fmt::Display for PathsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

/// A column besides the number of the path.
#[derive(Clone, Debug, PartialEq)]
struct ExportColumn {
    /// `gdp@2025`, a metric's or a target's name.
    name: String,
    /// Its unit; empty where none.
    unit: String,
    /// Where its values come from.
    from: ExportSource,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ExportSource {
    /// A number.
    Series(usize),
    /// A truth.
    Target(usize),
    /// The name of the path's world, in a pool.
    World,
    /// What the path weighs, after a record.
    Weight,
}

/// What is written: the first paths of a run.
#[derive(Clone, Copy, Debug)]
pub struct ExportedPaths<'a> {
    /// What was simulated.
    pub model: &'a Model,
    /// The seed.
    pub seed: u64,
    /// How many paths.
    pub paths: u64,
    /// What the run is conditioned on, with the logarithm of the mean weight of its paths.
    pub record: Option<(&'a Conditioning, f64)>,
}

impl Form {
    /// The form that a file's name asks for.
    ///
    /// # Errors
    /// When the name ends in none that is known, or this build does not write it: what to do.
    pub fn of(place: &Path) -> Result<Self, Message> {
        let ending = |path: &Path| path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let last = ending(place);
        if last.as_deref() == Some("csv") {
            Ok(Self::Csv)
        } else if last.as_deref() == Some("gz") && ending(&place.with_extension("")).as_deref() == Some("csv")
        {
            Ok(Self::CsvGz)
        } else if last.as_deref() == Some("parquet") && cfg!(feature = "parquet") {
            Ok(Self::Parquet)
        } else if last.as_deref() == Some("parquet") {
            Err(PathsError::NoParquet.message())
        } else {
            Err(message!("export-paths-ending", name = place.display()))
        }
    }
}

/// Writes paths; after a record with the weight of each, of which the mean over the run is 1.
///
/// # Errors
/// When the machine refuses or `stop` becomes true: then what was written is not whole.
pub fn write(
    file: &mut (dyn Write + Send),
    form: Form,
    run: ExportedPaths,
    stop: Option<&AtomicBool>,
) -> Result<(), PathsError> {
    let ExportedPaths { model, seed, paths, record } = run;
    let columns = columns(model, record.is_some());
    let job = ExportJob { model, columns, seed, paths, record, stop };
    match form {
        Form::Csv => csv::plain(&job, file),
        Form::CsvGz => csv::compressed(&job, file),
        #[cfg(feature = "parquet")]
        Form::Parquet => parquet::write(&job, file),
        #[cfg(not(feature = "parquet"))]
        Form::Parquet => Err(PathsError::NoParquet),
    }
}

/// What is written.
struct ExportJob<'a> {
    model: &'a Model,
    columns: Vec<ExportColumn>,
    seed: u64,
    paths: u64,
    record: Option<(&'a Conditioning, f64)>,
    stop: Option<&'a AtomicBool>,
}

/// Consecutive paths, in pieces of some blocks, each with the weights of its paths; none where all weigh the same.
struct Stretch {
    pieces: Vec<(RecordedPaths, Vec<f64>)>,
}

impl ExportJob<'_> {
    /// Calls `each` for all paths, a stretch of at most 32 MB at a time.
    fn stretches(&self, mut each: impl FnMut(&Stretch) -> Result<(), PathsError>) -> Result<(), PathsError> {
        let most = ((4 << 20) / (self.columns.len() + 1)).clamp(BLOCK, 1 << 17) as u64;
        let rows = most / BLOCK as u64 * BLOCK as u64;
        let mut first = 0;
        while first < self.paths {
            if self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
                return Err(PathsError::Interrupted);
            }
            let last = self.paths.min(first + rows);
            each(&self.stretch(first..last))?;
            first = last;
        }
        Ok(())
    }

    fn stretch(&self, range: Range<u64>) -> Stretch {
        const PIECE: u64 = 8 * BLOCK as u64;
        let pieces = (range.end - range.start).div_ceil(PIECE);
        let piece = |number: u64| {
            let first = range.start + number * PIECE;
            let (program, range) = (&self.model.program, first..range.end.min(first + PIECE));
            let Some((record, log_mean)) = self.record else {
                return (engine::paths(program, self.seed, range), Vec::new());
            };
            let (paths, logs) = conditional_paths(program, record, self.seed, range);
            (paths, logs.into_iter().map(|log| exp(log - log_mean)).collect())
        };
        Stretch { pieces: (0..pieces).into_par_iter().map(piece).collect() }
    }
}

impl Stretch {
    /// The values of a column; truths are 0, NaN or not 0, and worlds their number.
    fn values(&self, model: &Model, from: ExportSource) -> Vec<f64> {
        let world = |path| model.program.pool.as_ref().map_or(0, |pool| pool.sequence.at(path)) as f64;
        let pieces = self.pieces.iter().flat_map(move |(paths, weights)| match from {
            ExportSource::Weight => weights.clone(),
            ExportSource::World => paths.numbers().map(world).collect(),
            ExportSource::Series(number) => paths.series.column(number).to_vec(),
            ExportSource::Target(number) => paths.targets.column(number).to_vec(),
        });
        pieces.collect()
    }

    /// The numbers of the paths.
    fn numbers(&self) -> impl Iterator<Item = u64> + '_ {
        self.pieces.iter().flat_map(|(paths, _)| paths.numbers())
    }
}

/// What the column of the weights is called: another name where a metric or a target has this one.
pub fn weight_name(labels: &Labels) -> &'static str {
    let mut names = labels.metrics.iter().map(|label| &label.name);
    let taken =
        names.any(|name| name == "weight") || labels.targets.iter().any(|label| label.name == "weight");
    if taken { "weight of the path" } else { "weight" }
}

fn columns(model: &Model, weighted: bool) -> Vec<ExportColumn> {
    let (labels, mut columns) = (&model.labels, Vec::new());
    if weighted {
        let (name, unit) = (weight_name(labels).to_owned(), String::new());
        columns.push(ExportColumn { name, unit, from: ExportSource::Weight });
    }
    if !labels.worlds.is_empty() {
        let (name, unit) = (WORLD.to_owned(), String::new());
        columns.push(ExportColumn { name, unit, from: ExportSource::World });
    }
    for label in &labels.variables {
        for (place, year) in (label.first_year..=label.last_year).enumerate() {
            columns.push(ExportColumn {
                name: format!("{}@{}", label.name, period::label(year)),
                unit: label.unit.clone(),
                from: ExportSource::Series(label.first_series as usize + place),
            });
        }
    }
    columns.extend(labels.metrics.iter().map(|label| ExportColumn {
        name: label.name.clone(),
        unit: label.unit.clone(),
        from: ExportSource::Series(label.series as usize),
    }));
    columns.extend(labels.targets.iter().enumerate().map(|(number, label)| ExportColumn {
        name: label.name.clone(),
        unit: String::new(),
        from: ExportSource::Target(number),
    }));
    columns
}

/// The file that a writer of a format writes to.
type ExportFile<'a> = io::BufWriter<&'a mut (dyn Write + Send)>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_says_which_form_is_wanted() {
        let of = |name: &str| Form::of(Path::new(name));
        assert_eq!(of("a/paths.csv"), Ok(Form::Csv));
        assert_eq!(of("paths.CSV.GZ"), Ok(Form::CsvGz));
        assert!(of("paths.xlsx").unwrap_err().to_string().contains(".parquet"));
        assert_eq!(of("paths.parquet").is_ok(), cfg!(feature = "parquet"));
    }
}
