//! For `#[serde(with = "…")]` of periods.

use super::{Deserialize, Deserializer, Serialize, Serializer, Stored};

/// Writes them.
///
/// # Errors
/// Those of the writer.
pub fn serialize<S: Serializer>(periods: &[i32], to: S) -> Result<S::Ok, S::Error> {
    periods.iter().copied().map(Stored).collect::<Vec<_>>().serialize(to)
}

/// Reads them.
///
/// # Errors
/// What is no period, and those of the reader.
pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<i32>, D::Error> {
    let stored = Vec::<Stored>::deserialize(from)?;
    Ok(stored.into_iter().map(|stored| stored.0).collect())
}
