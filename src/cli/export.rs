//! `--export FILE`: the values of all paths.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::{Failure, say};
use crate::export::paths::{self, Form, PathsError};
use crate::model::Model;

/// Where the paths of each of so many runs go, by its scenario's id: in the name of several files `{id}` stands for it.
pub(super) fn places<'a>(
    asked: Option<&Path>,
    runs: usize,
    ids: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let Some(asked) = asked else { return Ok(BTreeMap::new()) };
    let wrong = |message: String| {
        say(&message);
        Err(Failure::Input)
    };
    if let Err(message) = Form::of(asked) {
        return wrong(message);
    }
    let name = asked.display().to_string();
    if runs > 1 && !name.contains("{id}") {
        return wrong(format!(
            "--export {name} would be written by {runs} runs; put {{id}} in its name: 'paths-{{id}}.csv'"
        ));
    }
    Ok(ids.map(|id| (id.to_owned(), PathBuf::from(name.replace("{id}", id)))).collect())
}

/// Writes the paths of a run, simulating them a second time, a stretch of them at once.
pub(super) fn write(
    place: &Path,
    model: &Model,
    paths: u64,
    seed: u64,
    stop: Option<&AtomicBool>,
) -> Result<(), Failure> {
    let written = Form::of(place)
        .map_err(PathsError::Format)
        .and_then(|form| paths::write(place, form, model, seed, paths, stop));
    written.map_err(|error| Failure::Machine(format!("{} was not written: {error}", place.display())))
}
