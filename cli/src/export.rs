//! `--export FILE`: the values of all paths.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::outputs::{Ending, Output};
use super::{Failure, say};
use plancast::export::paths::{self, Form, PathsError};
use plancast::model::Model;
use plancast::result::folder::{self as run_folder, Folder};
use plancast::study::Prepared;
use plancast::text::visible;
use plancast::world::{real_path, same_file};

/// The paths of a run that are to be written, and where.
pub(super) struct PathExport<'a> {
    /// The file.
    pub(super) place: &'a Path,
    /// What was simulated.
    pub(super) model: &'a Model,
    /// How many paths.
    pub(super) paths: u64,
    /// The seed.
    pub(super) seed: u64,
}

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
    let Some(name) = asked.to_str() else {
        return wrong(format!(
            "--export {}: the name is no Unicode text, and the run's manifest could not name it; choose another",
            visible::path(asked)
        ));
    };
    if let Err(message) = Form::of(asked) {
        return wrong(message.text(super::language()));
    }
    if runs > 1 && !name.contains("{id}") {
        return wrong(format!(
            "--export {name} would be written by {runs} runs; put {{id}} in its name: 'paths-{{id}}.csv'"
        ));
    }
    let mut places = BTreeMap::new();
    for id in ids {
        if places.insert(id.to_owned(), PathBuf::from(name.replace("{id}", id))).is_some() {
            return wrong(format!(
                "--export {name} would be written by two scenarios that are called {id}; give one of them another `id` in [scenario]"
            ));
        }
    }
    Ok(places)
}

/// Why the paths of the run of this folder cannot be written to a place, if they cannot: it is one of the run's other files,
/// or lies in the folder of another run.
pub(super) fn misplaced(folder: &Path, place: &Path) -> Option<String> {
    let shown = visible::path(place);
    let other = match run_folder::inside(folder, place) {
        Some(name) if run_folder::is_of_the_run(&name) => "another file of the run",
        None if same_file(folder, place) => "the folder of the run",
        None if run_folder::owner_of(&real_path(place)).is_some() => "a file in the folder of another run",
        _ => return None,
    };
    Some(format!("--export {shown} is {other}; name another file"))
}

/// The places of exports as outputs of the command.
pub(super) fn outputs(places: &BTreeMap<String, PathBuf>) -> impl Iterator<Item = Output<'_>> {
    places.values().map(|place| Output { option: "--export", place, ending: Ending::Any })
}

impl<'a> PathExport<'a> {
    /// The paths of a run that is compiled, where one of these places is for it.
    pub(super) fn of(
        places: &'a BTreeMap<String, PathBuf>,
        prepared: &'a Prepared,
        paths: u64,
    ) -> Option<Self> {
        let place = places.get(prepared.id())?;
        Some(Self { place, model: &prepared.model, paths, seed: prepared.settings.seed })
    }

    /// Writes the paths of a run as a file of its folder, or elsewhere as one of its exports. They are simulated a second
    /// time, a stretch of them at once.
    pub(super) fn write(&self, folder: &mut Folder, stop: Option<&AtomicBool>) -> Result<(), Failure> {
        let failed =
            |why: String| Failure::Machine(format!("{} was not written: {why}", visible::path(self.place)));
        let form = Form::of(self.place).map_err(|why| failed(why.text(super::language())))?;
        let mut file = folder.export(self.place).map_err(|error| Failure::Machine(error.to_string()))?;
        let written = paths::write(&mut file, form, self.model, self.seed, self.paths, stop)
            .and_then(|()| file.flush().map_err(PathsError::Io));
        written.map_err(|error| failed(error.message().text(super::language())))?;
        folder.exported(file).map_err(|error| Failure::Machine(error.to_string()))
    }
}
