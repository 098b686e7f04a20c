//! Paths as CSV: numbers shortest that read back exactly, truths as 1 and 0, what is not a number as nothing.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::super::{Shortest, harmless};
use super::{ExportFile, ExportJob, ExportSource, PathsError, Stretch};

pub(super) fn plain(job: &ExportJob, file: &mut (dyn Write + Send)) -> Result<(), PathsError> {
    let mut out = ExportFile::new(file);
    rows(job, &mut out)?;
    Ok(out.flush()?)
}

pub(super) fn compressed(job: &ExportJob, file: &mut (dyn Write + Send)) -> Result<(), PathsError> {
    // The header of gzip has no time in it: the same paths give the same bytes.
    let mut out = GzEncoder::new(ExportFile::new(file), Compression::fast());
    rows(job, &mut out)?;
    Ok(out.finish()?.flush()?)
}

fn rows(job: &ExportJob, out: &mut impl Write) -> Result<(), PathsError> {
    let mut header = csv::WriterBuilder::new().from_writer(Vec::new());
    let names = std::iter::once("path").chain(job.columns.iter().map(|column| column.name.as_str()));
    header.write_record(names.map(|name| harmless(name).into_owned()))?;
    out.write_all(&header.into_inner().map_err(csv::IntoInnerError::into_error)?)?;
    job.stretches(|stretch| write(job, stretch, out))
}

/// A text as a cell, in quotes where it has to be.
fn cell(text: &str) -> Result<String, PathsError> {
    let mut row = csv::WriterBuilder::new().from_writer(Vec::new());
    row.write_record([harmless(text).as_ref()])?;
    let row = row.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&row).trim_end().to_owned())
}

fn write(job: &ExportJob, stretch: &Stretch, out: &mut impl Write) -> Result<(), PathsError> {
    let columns: Vec<Vec<f64>> =
        job.columns.iter().map(|column| stretch.values(job.model, column.from)).collect();
    let worlds: Vec<String> =
        job.model.labels.worlds.iter().map(|world| cell(&world.name)).collect::<Result<_, _>>()?;
    for (row, path) in stretch.numbers().enumerate() {
        write!(out, "{path}")?;
        for (column, values) in job.columns.iter().zip(&columns) {
            match (column.from, values[row]) {
                (ExportSource::World, world) => write!(out, ",{}", worlds[world as usize])?,
                (_, x) if x.is_nan() => out.write_all(b",")?,
                (ExportSource::Series(_) | ExportSource::Weight, x) => write!(out, ",{}", Shortest(x))?,
                (ExportSource::Target(_), x) => out.write_all(if x == 0.0 { b",0" } else { b",1" })?,
            }
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}
