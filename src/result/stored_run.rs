//! A run as it is stored: data that needs no disk.

use std::path::PathBuf;

use super::{Distributions, Manifest, Summary};

/// A stored run, read back.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredRun {
    /// The folder it was read from.
    pub folder: PathBuf,
    /// What it was made from.
    pub manifest: Manifest,
    /// Its results.
    pub summary: Summary,
    /// Its distributions; `None` for a run of a version that stored none.
    pub distributions: Option<Distributions>,
}
