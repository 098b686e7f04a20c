//! Files that are added to run folders, and to any others: figures, pages, reports.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::owned::{self, MANIFEST};
use crate::result::manifest;
use crate::world::read::sha256;
use crate::world::{Disk, FileError, Writer, folder_of, real_path, resolved, same_file};
use crate::{key, message};

/// A file of someone else's that stood in the place of one that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// Where it was.
    pub place: PathBuf,
    /// Where it is now.
    pub kept: PathBuf,
}

/// A place of a file, and the run folder that it lies in.
struct Placed {
    place: PathBuf,
    owner: Option<(PathBuf, String)>,
}

/// Whether files may be written to their places: in a run folder, no results and nothing that they were made from.
///
/// # Errors
/// Why not.
pub fn admit<'a>(places: impl IntoIterator<Item = &'a Path>) -> Result<(), FileError> {
    let mut runs = RunFolders::default();
    places.into_iter().try_for_each(|place| runs.placed(place).map(drop))
}

/// The run folders that folders lie in, each looked for once.
#[derive(Default)]
struct RunFolders {
    /// By folder, the run folder that it lies in and the beginning of names there.
    of: BTreeMap<PathBuf, Option<(PathBuf, String)>>,
    /// By run folder, whether its manifest is as it was written, or names no files.
    sound: BTreeMap<PathBuf, bool>,
}

impl RunFolders {
    /// The run folder that a file lies in, and its name there.
    fn owner(&mut self, file: &Path) -> Option<(PathBuf, String)> {
        let (folder, name) = (file.parent()?, file.file_name()?.to_str()?);
        let found = self.of.entry(folder.to_owned()).or_insert_with(|| owned::owner_of(&folder.join("x")));
        let (run, begin) = found.as_ref()?;
        let begin = begin.strip_suffix('x').unwrap_or_default();
        Some((run.clone(), format!("{begin}{name}")))
    }

    fn is_sound(&mut self, run: &Path) -> bool {
        let look = || {
            owned::manifest_of(run)
                .is_none_or(|found| found.get("files").is_none() || manifest::is_sealed(&found))
        };
        *self.sound.entry(run.to_owned()).or_insert_with(look)
    }

    /// Where a file goes, and whose folder that is.
    fn placed(&mut self, place: &Path) -> Result<Placed, FileError> {
        let named = std::path::absolute(place).unwrap_or_else(|_| place.to_owned());
        let real = real_path(folder_of(&named)).join(named.file_name().unwrap_or_default());
        let found = match (self.owner(&named), self.owner(&real)) {
            (Some((run, _)), other) if other.as_ref().is_none_or(|(found, _)| real_path(&run) != *found) => {
                let (why, help) = (key!("result-folder-link"), key!("result-folder-link.help"));
                return Err(FileError::new("write", place, why, help));
            }
            // In a run folder a link is not followed: strangers may have put it there.
            (_, Some(owner)) => Placed { place: real, owner: Some(owner) },
            _ => {
                let place = resolved(place);
                let owner = self.owner(&real_path(&place));
                Placed { place, owner }
            }
        };
        let Some((run, name)) = &found.owner else { return Ok(found) };
        if owned::is_of_the_run(name) {
            let why = message!("result-folder-own-file", name = name);
            return Err(FileError::new("write", place, why, key!("result-folder-own-file.help")));
        }
        if !self.is_sound(run) {
            let (why, help) = (key!("result-folder-changed"), key!("result-folder-changed.help"));
            return Err(FileError::new("write", place, why, help));
        }
        Ok(found)
    }
}

/// Writes files in their order. Those that lie in a run folder become files of that run: its manifest names them, and
/// is written last; what is there under their names and is not the run's own is kept under another name. What was kept is
/// returned.
///
/// # Errors
/// When the system refuses; then what was there before stays, of all of them.
pub fn write_files(writer: &Writer, files: &[(PathBuf, Vec<u8>)]) -> Result<Vec<KeptFile>, FileError> {
    let mut all: Vec<(PathBuf, &[u8])> = Vec::new();
    let mut runs: BTreeMap<PathBuf, Vec<(String, String)>> = BTreeMap::new();
    let mut found = RunFolders::default();
    for (place, bytes) in files {
        let Placed { place, owner } = found.placed(place)?;
        if let Some((owner, name)) = owner {
            runs.entry(owner).or_default().push((name, sha256(bytes)));
        }
        all.push((place, bytes));
    }
    // As long as this is held, nobody replaces the run folders.
    let parents: Vec<PathBuf> = runs.keys().map(|run| folder_of(run).to_owned()).collect();
    let parents: Vec<&Path> = parents.iter().map(PathBuf::as_path).collect();
    let locks = writer.lock(&parents)?;
    let mut kept = Vec::new();
    for (owner, added) in &runs {
        let named = owned::manifest_of(owner).as_ref().and_then(owned::files_of);
        for (name, _) in added {
            let place = owner.join(name);
            if fs::symlink_metadata(&place).is_ok() && !owned::owns(owner, named.as_ref(), name) {
                kept.push(keep(writer.disk, &place).inspect_err(|_| undo(writer.disk, &kept))?);
            }
        }
    }
    let manifests: Vec<(PathBuf, String)> = runs
        .into_iter()
        .filter_map(|(owner, added)| Some((owner.join(MANIFEST), owned::with_files(&owner, added)?)))
        .collect();
    all.extend(manifests.iter().map(|(path, text)| (path.clone(), text.as_bytes())));
    writer.write_all_in(&all, &parents).inspect_err(|_| undo(writer.disk, &kept))?;
    drop(locks);
    Ok(kept)
}

/// Gives a file that is not plancast's another name, so that a new one can have its place. Until one has it the file is there
/// under both names, where the file system can do that.
///
/// # Errors
/// When the system refuses.
pub fn keep(disk: &dyn Disk, place: &Path) -> Result<KeptFile, FileError> {
    let kept = owned::kept_name(place);
    // A symbolic link that kept its name would be followed by what is written.
    let is_file = fs::symlink_metadata(place).is_ok_and(|found| found.is_file());
    if !is_file || disk.link(place, &kept).is_err() {
        disk.rename_new(place, &kept).map_err(|error| FileError::refused(&kept, &error))?;
    }
    Ok(KeptFile { place: place.to_owned(), kept })
}

fn undo(disk: &dyn Disk, kept: &[KeptFile]) {
    for KeptFile { place, kept } in kept {
        let _ = if same_file(place, kept) { disk.remove_file(kept) } else { disk.rename_new(kept, place) };
    }
}
