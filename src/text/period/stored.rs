//! For `#[serde(with = "…")]` of a period, and of several.

pub mod list;

use super::Stored;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes a period.
///
/// # Errors
/// Those of the writer.
pub fn serialize<S: Serializer>(period: &i32, to: S) -> Result<S::Ok, S::Error> {
    Stored(*period).serialize(to)
}

/// Reads a period.
///
/// # Errors
/// What is no period, and those of the reader.
pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<i32, D::Error> {
    Stored::deserialize(from).map(|stored| stored.0)
}

/// Writes the first and the last one.
///
/// # Errors
/// Those of the writer.
pub fn both<S: Serializer>(periods: &(i32, i32), to: S) -> Result<S::Ok, S::Error> {
    (Stored(periods.0), Stored(periods.1)).serialize(to)
}

/// Writes a period and its value.
///
/// # Errors
/// Those of the writer.
pub fn with_value<S: Serializer>(value: &(i32, f64), to: S) -> Result<S::Ok, S::Error> {
    (Stored(value.0), value.1).serialize(to)
}

/// Writes periods and their values.
///
/// # Errors
/// Those of the writer.
pub fn with_values<S: Serializer>(values: &[(i32, f64)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(values.iter().map(|(period, value)| (Stored(*period), *value)))
}
