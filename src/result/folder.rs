//! A run folder: written next to its place and moved there in one step when it is whole, with its manifest written last.
//!
//! Only a folder whose manifest is plancast's own is ever replaced. What others have put into it moves along into the new
//! one. Files that are written elsewhere for the same run, its exports, are named in the manifest with their SHA-256, and
//! are moved to their places before the folder is: in between, and after a power cut, the manifest that is there does
//! not name what is there, and `verify` says so.

mod added;
mod owned;
#[cfg(test)]
mod stubborn;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::manifest::{self, InputFile};
use crate::message;
use crate::text::{Message, visible};
use crate::world::pending::undisturbed;
use crate::world::portable::{INDEX, device_of};
use crate::world::read::sha256;
use crate::world::{
    self, Disk, FileError, Made, OpenFile, Staged, Temporary, Writer, folder_of, name_of, real_path, resolved,
};

pub use added::{KeptFile, admit, keep, write_files};
pub use owned::{MANIFEST, files_of, is_of_the_run, is_ours, owner_of};
pub(super) use owned::{manifest_of, manifest_text, name_of as name_in, paths_in};

/// The most bytes of a folder's name: with what a temporary name adds, file systems take 255.
const LONGEST: usize = 200;

/// A run folder that is being written.
pub struct Folder<'a> {
    writer: Writer<'a>,
    /// Where it will be.
    place: PathBuf,
    temporary: Temporary,
    /// SHA-256 by name of the files that it has so far.
    files: BTreeMap<String, String>,
    /// The folders in it.
    folders: Vec<String>,
    /// Files of the run that will lie elsewhere.
    exports: Vec<Staged>,
    /// After the temporary folder, as that may lie in them.
    _made: Made,
}

/// A file of a run that is written as it comes, into its folder or elsewhere.
pub enum StreamedFile {
    /// It lies in the run folder, under this name.
    Inside(String, Box<dyn OpenFile>, PathBuf),
    /// It lies elsewhere.
    Outside(Staged),
}

impl<'a> Folder<'a> {
    /// Begins the run folder `parent/id`.
    ///
    /// # Errors
    /// When `id` is no plain file name, when something that is not a run stands in the place, or when the file system
    /// refuses.
    pub fn begin(writer: Writer<'a>, parent: &Path, id: &str) -> Result<Self, FileError> {
        let place = place_of(parent, id)?;
        let parent = folder_of(&place);
        let made = writer.create_folders(parent)?;
        let refused = |error: io::Error| FileError::refused(parent, &error);
        let temporary = Temporary::folder(writer.disk, parent, &name_of(&place)).map_err(refused)?;
        writer.disk.create_folder(&temporary.path().join("new")).map_err(refused)?;
        Ok(Self {
            writer,
            place,
            temporary,
            files: BTreeMap::new(),
            folders: Vec::new(),
            exports: Vec::new(),
            _made: made,
        })
    }

    fn whole(&self) -> PathBuf {
        self.temporary.path().join("new")
    }

    /// Writes files, given as (name, bytes); a name may hold folders: `charts/gdp.svg`.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn add(&mut self, files: &[(String, Vec<u8>)]) -> Result<(), FileError> {
        files.iter().try_for_each(|(name, _)| self.make_folders(name))?;
        let whole = self.whole();
        let write = |(name, bytes): &(String, Vec<u8>)| {
            let path = whole.join(name);
            let written = self.writer.disk.create_file(&path).and_then(|mut file| file.write_all(bytes));
            written.map_err(|error| FileError::refused(&self.place.join(name), &error))?;
            Ok((name.clone(), sha256(bytes)))
        };
        let written: Result<Vec<_>, FileError> = files.par_iter().map(write).collect();
        self.files.extend(written?);
        Ok(())
    }

    /// Makes the folders that a file's name holds.
    fn make_folders(&mut self, name: &str) -> Result<(), FileError> {
        for (at, _) in name.match_indices('/') {
            let folder = &name[..at];
            if !self.folders.iter().any(|known| known == folder) {
                let path = self.whole().join(folder);
                let made = self.writer.disk.create_folder(&path);
                made.map_err(|error| FileError::refused(&self.place.join(folder), &error))?;
                self.folders.push(folder.to_owned());
            }
        }
        Ok(())
    }

    /// Begins a file of the run that lies at a place of its own, or in the run folder.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn export(&mut self, place: &Path) -> Result<StreamedFile, FileError> {
        let Some(name) = inside(&self.place, place) else {
            return Ok(StreamedFile::Outside(self.writer.stage(place)?));
        };
        self.make_folders(&name)?;
        let path = self.whole().join(&name);
        let open = self.writer.disk.create_file(&path).map_err(|e| FileError::refused(place, &e))?;
        Ok(StreamedFile::Inside(name, open, path))
    }

    /// Takes an export that is whole.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn exported(&mut self, export: StreamedFile) -> Result<(), FileError> {
        match export {
            StreamedFile::Outside(staged) => self.exports.push(staged),
            StreamedFile::Inside(name, open, path) => {
                drop(open);
                let sha256 = world::read::sha256_of_file(&path);
                let sha256 = sha256.map_err(|error| FileError::refused(&self.place.join(&name), &error))?;
                self.files.insert(name, sha256);
            }
        }
        Ok(())
    }

    /// Writes the manifest, which names every file with its SHA-256, and moves the run to its place once all of it is
    /// on the disk. A run that was there before is replaced only then. The folder's path is returned.
    ///
    /// # Errors
    /// When the system refuses; then the run before stays, with its exports.
    pub fn finish(mut self, manifest: &serde_json::Value) -> Result<PathBuf, FileError> {
        let exports: Vec<InputFile> = self.exports.iter().map(|export| self.named(export)).collect();
        let text = manifest::sealed(manifest, &self.files, &exports).map_err(|error| {
            let why = Message::verbatim(error.to_string());
            FileError::new("write", &self.place, why, message!("result-folder-report"))
        })?;
        let whole = self.whole();
        let path = whole.join(MANIFEST);
        let written =
            self.writer.disk.create_file(&path).and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|error| FileError::refused(&self.place.join(MANIFEST), &error))?;
        self.sync()?;
        self.exchange()?;
        Ok(self.place.clone())
    }

    /// An export as the manifest names it: its path from the run folder on.
    fn named(&self, export: &Staged) -> InputFile {
        InputFile { file: from_to(&self.place, export.place()), sha256: export.sha256() }
    }

    /// Waits until all of it is on the disk.
    fn sync(&mut self) -> Result<(), FileError> {
        let whole = self.whole();
        let below = self.folders.iter().chain(self.files.keys()).map(|name| whole.join(name));
        let mut changed: Vec<PathBuf> = below.collect();
        changed.extend([whole.join(MANIFEST), whole.clone(), self.temporary.path().to_owned()]);
        let synced = self.temporary.handle().and_then(|handle| self.writer.disk.sync_tree(handle, &changed));
        synced.map_err(|error| FileError::refused(&self.place, &error))?;
        self.writer.sync(&mut self.exports)
    }

    /// Moves the exports and the folder to their places.
    fn exchange(&self) -> Result<(), FileError> {
        let (disk, parent) = (self.writer.disk, folder_of(&self.place));
        let folders: Vec<&Path> = self.exports.iter().map(Staged::folder).chain([parent]).collect();
        let locks = self.writer.lock(&folders)?;
        recover(disk, &self.place);
        refuse_others(&self.place)?;
        let own = owned::Own::of(&self.place);
        if let Some(own) = &own {
            own.clear_left(&self.place);
        }
        undisturbed(|| {
            let moved = self.writer.move_all(&self.exports, true)?;
            let (whole, old) = (self.whole(), self.temporary.path().join("old"));
            let replaced = self.replace(&whole, &old, own.as_ref());
            replaced.inspect_err(|_| self.writer.undo(moved))?;
            if let Some(own) = &own {
                owned::remove(disk, &old, own);
            }
            Ok(())
        })?;
        clear(disk, &self.place);
        for export in &self.exports {
            world::clear(export.folder(), &[name_of(export.place())], |_| ());
        }
        drop(locks);
        Ok(())
    }
}

impl Folder<'_> {
    /// Moves the new run to its place, the one before to `old`, and what others had put there into the new one. When any of
    /// it fails, all is as it was before.
    fn replace(&self, whole: &Path, old: &Path, own: Option<&owned::Own>) -> Result<(), FileError> {
        let (disk, parent) = (self.writer.disk, folder_of(&self.place));
        let refused = |error: &io::Error| FileError::refused(&self.place, error);
        move_folder(disk, whole, &self.place, old).map_err(|error| refused(&error))?;
        let on_disk = self.writer.sync_folders(&self.exports);
        let on_disk = on_disk.and_then(|()| disk.sync_folder(parent).map_err(|error| refused(&error)));
        on_disk.inspect_err(|_| move_back(disk, old, &self.place, whole))?;
        let Some(own) = own else { return Ok(()) };
        owned::move_others(disk, old, &self.place, own).map_err(|failed| {
            if failed.undone {
                move_back(disk, old, &self.place, whole);
            }
            cannot_move(&self.place, &failed.path, &failed.error.to_string())
        })
    }
}

/// Moves the run that was there before back to its place, and the new one to `whole`. When this fails too there is nothing
/// more to be done.
fn move_back(disk: &dyn Disk, old: &Path, place: &Path, whole: &Path) {
    let _ = match disk.exchange(old, place) {
        Ok(true) => disk.rename(old, whole),
        _ => disk
            .rename(place, whole)
            .and_then(|()| if old.exists() { disk.rename(old, place) } else { Ok(()) }),
    };
}

/// Why a run folder stays as it was: what others have put there cannot move along.
fn cannot_move(folder: &Path, path: &Path, why: &str) -> FileError {
    let why = message!("result-folder-cannot-move", path = visible::path(path), why = why);
    FileError::new("replace", folder, why, message!("result-folder-cannot-move.help"))
}

impl Write for StreamedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Inside(_, open, _) => open.write(bytes),
            Self::Outside(staged) => staged.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Inside(_, open, _) => open.flush(),
            Self::Outside(staged) => staged.flush(),
        }
    }
}

/// Moves the folder `whole` to `place`, and what was there before to `old`: in one step, so that at no moment none is
/// there. Where the file system cannot do that, the run before goes first, and comes back when the move fails.
fn move_folder(disk: &dyn Disk, whole: &Path, place: &Path, old: &Path) -> io::Result<()> {
    if !place.exists() {
        return disk.rename(whole, place);
    }
    // Under the name `old` nothing is removed that is not known to be a run's own.
    disk.rename(whole, old)?;
    match disk.exchange(old, place) {
        Ok(true) => return Ok(()),
        Ok(false) => disk.rename(old, whole)?,
        Err(error) => {
            let _ = disk.rename(old, whole);
            return Err(error);
        }
    }
    disk.rename(place, old)?;
    disk.rename(whole, place).inspect_err(|_| {
        let _ = disk.rename(old, place);
    })
}

/// Brings back a run that a process had moved away when it was killed, before it moved the new one to its place.
fn recover(disk: &dyn Disk, place: &Path) {
    if place.exists() {
        return;
    }
    world::clear(folder_of(place), &[name_of(place)], |left| {
        let old = left.join("old");
        if old.is_dir() && !place.exists() {
            let _ = disk.rename(&old, place);
        }
    });
}

/// Removes what killed processes left next to a place; what others had put into a run folder moves back into it.
fn clear(disk: &dyn Disk, place: &Path) {
    world::clear(folder_of(place), &[name_of(place)], |left| {
        let old = left.join("old");
        let Some(own) = owned::Own::of(&old) else {
            // A process may have been killed when all but the folder was gone.
            let _ = disk.remove_folder(&old);
            return;
        };
        // What cannot be moved stays where it is, and is not removed.
        let _ = owned::move_others(disk, &old, place, &own);
        owned::remove(disk, &old, &own);
    });
}

/// Removes what killed processes left next to a run folder that is whole and will not be written again.
pub fn tidy(writer: Writer<'_>, place: &Path) {
    clear(writer.disk, place);
}

/// Finds out, before anything is simulated, whether a run folder could be written. Nothing is left behind.
///
/// # Errors
/// As [`Folder::begin`].
pub fn probe(parent: &Path, id: &str) -> Result<(), FileError> {
    let place = place_of(parent, id)?;
    if let Some(folder) = owned::unmovable(&place) {
        let inside = folder.strip_prefix(&place).unwrap_or(&folder).to_owned();
        return Err(cannot_move(&place, &inside, "it may not be written to"));
    }
    world::probe_folder(folder_of(&place))
}

/// Whether a text can be the name of a run folder; why not.
///
/// # Errors
/// One sentence.
pub fn check_name(id: &str) -> Result<(), Message> {
    if id.is_empty() || id.starts_with('.') || id.contains(['/', '\\']) {
        return Err(message!("result-folder-name", id = id));
    }
    if id.contains(visible::is_control) {
        return Err(message!("result-folder-control", id = visible::line(id).into_owned()));
    }
    if let Some(name) = device_of(id) {
        return Err(message!("text-folder-device", id = id, name = name));
    }
    if id.eq_ignore_ascii_case(INDEX) {
        return Err(message!("text-folder-index", id = id));
    }
    if id.len() > LONGEST {
        return Err(message!("result-folder-long", length = id.len(), most = LONGEST));
    }
    Ok(())
}

/// The place of a run folder: nothing is there, or a run. Where a symbolic link stands there, what it leads to.
fn place_of(parent: &Path, id: &str) -> Result<PathBuf, FileError> {
    let place = parent.join(id);
    check_name(id).map_err(|why| FileError::new("write", &place, why, message!("result-folder-other-id")))?;
    let place = resolved(&place);
    refuse_others(&place)?;
    Ok(place)
}

/// Refuses a place where something is that is no run of plancast.
fn refuse_others(place: &Path) -> Result<(), FileError> {
    if fs::symlink_metadata(place).is_err() || is_ours(place) {
        return Ok(());
    }
    let why = if manifest_of(place).is_some() {
        message!("result-folder-manifest")
    } else {
        message!("result-folder-other")
    };
    Err(FileError::new("replace", place, why, message!("result-folder-other.help")))
}

/// The name that a file has within a run folder, if it lies there.
pub fn inside(folder: &Path, file: &Path) -> Option<String> {
    let (folder, file) = (real_path(folder), real_path(file));
    let name = file.strip_prefix(&folder).ok()?;
    let parts: Vec<&str> = name.iter().map(|part| part.to_str()).collect::<Option<_>>()?;
    Some(parts.join("/")).filter(|name| !name.is_empty())
}

/// The way from a folder to a file, with `/` between its parts.
fn from_to(folder: &Path, file: &Path) -> String {
    let (folder, file) = (real_path(folder), real_path(file));
    let common = folder.components().zip(file.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(common).map(|_| "..".to_owned());
    let down = file.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}
