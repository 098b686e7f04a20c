//! Paths as Parquet: numbers as DOUBLE, truths as BOOLEAN (null where not known), the path as INT64. The file's metadata
//! hold the scenario, the seed, and under `plancast.units` a JSON object with the unit of every column.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::{ExportFile, ExportJob, ExportSource, PathsError, Stretch};

pub(super) fn write(job: &ExportJob, file: &mut (dyn Write + Send)) -> Result<(), PathsError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_dictionary_enabled(false)
        .set_created_by(format!("plancast {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(metadata(job)))
        .build();
    let mut writer =
        SerializedFileWriter::new(ExportFile::new(file), Arc::new(schema(job)?), Arc::new(properties))?;
    job.stretches(|stretch| {
        let mut group = writer.next_row_group()?;
        columns(job, stretch, &mut group)?;
        group.close()?;
        Ok(())
    })?;
    writer.into_inner()?.flush()?;
    Ok(())
}

fn schema(job: &ExportJob) -> Result<Type, ParquetError> {
    let field = |name: &str, physical, repetition| {
        let field = Type::primitive_type_builder(name, physical).with_repetition(repetition).build();
        field.map(Arc::new)
    };
    let mut fields = vec![field("path", Physical::INT64, Repetition::REQUIRED)?];
    for column in &job.columns {
        fields.push(match column.from {
            ExportSource::World => {
                let text = Type::primitive_type_builder(&column.name, Physical::BYTE_ARRAY);
                let text = text.with_repetition(Repetition::REQUIRED);
                Arc::new(text.with_logical_type(Some(LogicalType::String)).build()?)
            }
            ExportSource::Series(_) | ExportSource::Weight => {
                field(&column.name, Physical::DOUBLE, Repetition::REQUIRED)?
            }
            ExportSource::Target(_) => field(&column.name, Physical::BOOLEAN, Repetition::OPTIONAL)?,
        });
    }
    Type::group_type_builder("paths").with_fields(fields).build()
}

fn metadata(job: &ExportJob) -> Vec<KeyValue> {
    let units: BTreeMap<&str, &str> = (job.columns.iter())
        .filter(|column| !column.unit.is_empty())
        .map(|column| (column.name.as_str(), column.unit.as_str()))
        .collect();
    let entry = |key: &str, value: String| KeyValue::new(format!("plancast.{key}"), value);
    vec![
        entry("scenario", job.model.labels.id.clone()),
        entry("seed", job.seed.to_string()),
        entry("units", serde_json::json!(units).to_string()),
    ]
}

fn columns(
    job: &ExportJob,
    stretch: &Stretch,
    group: &mut SerializedRowGroupWriter<ExportFile<'_>>,
) -> Result<(), PathsError> {
    let missing = || PathsError::Columns;
    let numbers: Vec<i64> = stretch.numbers().map(|number| number as i64).collect();
    let mut writer = group.next_column()?.ok_or_else(missing)?;
    writer.typed::<Int64Type>().write_batch(&numbers, None, None)?;
    writer.close()?;
    for column in &job.columns {
        let values = stretch.values(job.model, column.from);
        let mut writer = group.next_column()?.ok_or_else(missing)?;
        match column.from {
            ExportSource::World => {
                let worlds = &job.model.labels.worlds;
                let names: Vec<ByteArray> =
                    values.iter().map(|world| worlds[*world as usize].name.as_str().into()).collect();
                writer.typed::<ByteArrayType>().write_batch(&names, None, None)?;
            }
            ExportSource::Series(_) | ExportSource::Weight => {
                writer.typed::<DoubleType>().write_batch(&values, None, None)?;
            }
            ExportSource::Target(_) => {
                let known: Vec<i16> = values.iter().map(|x| i16::from(!x.is_nan())).collect();
                let truths: Vec<bool> = values.iter().filter(|x| !x.is_nan()).map(|x| *x != 0.0).collect();
                writer.typed::<BoolType>().write_batch(&truths, Some(&known), None)?;
            }
        }
        writer.close()?;
    }
    Ok(())
}
