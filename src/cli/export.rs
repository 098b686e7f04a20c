//! `--export FILE`: the values of all paths.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::batch::Ready;
use super::{Failure, say};
use crate::export::paths::{self, Form, PathsError};

/// Where the paths of each scenario go, by its id: in the name of several scenarios' files `{id}` stands for it.
pub(super) fn places(
    asked: Option<&Path>,
    ready: &[Result<Ready, Failure>],
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
    if ready.len() > 1 && !name.contains("{id}") {
        return wrong(format!(
            "--export {name} would be written by {} runs; put {{id}} in its name: 'paths-{{id}}.csv'",
            ready.len()
        ));
    }
    let places = ready.iter().flatten().map(|ready| {
        let id = &ready.loaded.scenario.id;
        (id.clone(), PathBuf::from(name.replace("{id}", id)))
    });
    Ok(places.collect())
}

/// Writes the paths of a run, simulating them a second time, a stretch of them at once.
pub(super) fn write(
    place: &Path,
    ready: &Ready,
    paths: u64,
    seed: u64,
    stop: Option<&AtomicBool>,
) -> Result<(), Failure> {
    let written = Form::of(place)
        .map_err(|message| PathsError::Format(message))
        .and_then(|form| paths::write(place, form, &ready.model, seed, paths, stop));
    written.map_err(|error| Failure::Machine(format!("{} was not written: {error}", place.display())))
}
