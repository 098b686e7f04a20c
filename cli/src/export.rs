//! `--export FILE`: the values of all paths.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::Failure;
use super::arguments::CsvFor;
use super::output::wrong;
use super::outputs::{Ending, Output};
use plancast::export::paths::{self, ExportedPaths, Form, PathsError};
use plancast::message;
use plancast::result::Summary;
use plancast::result::folder::{self as run_folder, Folder};
use plancast::study::Prepared;
use plancast::text::{Message, visible};
use plancast::world::{real_path, same_file};

/// The paths of a run that are to be written, and where.
pub(super) struct PathExport<'a> {
    /// The file.
    pub(super) place: &'a Path,
    /// What was simulated.
    pub(super) run: ExportedPaths<'a>,
    /// For whom a CSV is written; what is compressed is for programs.
    pub(super) csv: CsvFor,
}

/// Where the paths of each of so many runs go, by its scenario's id: in the name of several files `{id}` stands for it.
pub(super) fn places<'a>(
    asked: Option<&Path>,
    runs: usize,
    ids: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let Some(asked) = asked else { return Ok(BTreeMap::new()) };
    let Some(name) = asked.to_str() else {
        return Err(wrong(message!("cli-export-no-unicode", name = visible::path(asked))));
    };
    Form::of(asked).map_err(wrong)?;
    if runs > 1 && !name.contains("{id}") {
        return Err(wrong(message!("cli-export-many", name = name, runs = runs)));
    }
    let mut places = BTreeMap::new();
    for id in ids {
        if places.insert(id.to_owned(), PathBuf::from(name.replace("{id}", id))).is_some() {
            return Err(wrong(message!("cli-export-same-id", name = name, id = id)));
        }
    }
    Ok(places)
}

/// Why the paths of the run of this folder cannot be written to a place, if they cannot: it is one of the run's other files,
/// or lies in the folder of another run.
pub(super) fn misplaced(folder: &Path, place: &Path) -> Option<Message> {
    let what = match run_folder::inside(folder, place) {
        Some(name) if run_folder::is_of_the_run(&name) => "file",
        None if same_file(folder, place) => "folder",
        None if run_folder::owner_of(&real_path(place)).is_some() => "other",
        _ => return None,
    };
    Some(message!("cli-export-misplaced", place = visible::path(place), what = what))
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
        summary: &Summary,
        csv: CsvFor,
    ) -> Option<Self> {
        let place = places.get(prepared.id())?;
        let (model, record) = (&prepared.model, prepared.weights(summary));
        let run = ExportedPaths { model, seed: prepared.settings.seed, paths: summary.paths, record };
        Some(Self { place, run, csv })
    }

    /// Writes the paths of a run as a file of its folder, or elsewhere as one of its exports. They are simulated a second
    /// time, a stretch of them at once.
    pub(super) fn write(&self, folder: &mut Folder, stop: Option<&AtomicBool>) -> Result<(), Failure> {
        let failed = |why: Message| {
            let place = visible::path(self.place);
            Failure::Machine(message!("cli-export-failed", place = place, why = why))
        };
        let form = Form::of(self.place).map_err(failed)?;
        let mut file = folder.export(self.place)?;
        let begins = if form == Form::Csv { self.csv.begins() } else { &[] };
        let written = file.write_all(begins).map_err(PathsError::Io).and_then(|()| {
            paths::write(&mut file, form, self.run, stop)?;
            file.flush().map_err(PathsError::Io)
        });
        written.map_err(|error| failed(error.message()))?;
        Ok(folder.exported(file)?)
    }
}
