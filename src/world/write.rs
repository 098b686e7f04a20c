//! The one way in which files are written: next to their place, moved there when they are whole and on the disk. What
//! was there before stays when anything fails.

use crate::text::Message;
use crate::{key, message};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::pending::undisturbed;
use super::read::hex;
use super::{Disk, FileError, Lock, OpenFile, Patience, RealDisk, Temporary, temporary};

/// Of more files than these in one folder, all are synced with one call.
const FEW: usize = 2;

/// Writes files whole, on a disk, with some patience for what others are writing.
#[derive(Clone, Copy)]
pub struct Writer<'a> {
    /// Where to.
    pub disk: &'a dyn Disk,
    /// How long others are waited for.
    pub patience: Patience,
}

/// A file that is being written, for a place that it does not have yet. It goes when this does.
pub struct Staged {
    place: PathBuf,
    open: Box<dyn OpenFile>,
    digest: Sha256,
    /// `None` where the place is a device or a pipe, to which is written as it comes.
    temporary: Option<Temporary>,
    /// After the temporary file, as it may lie in them.
    _made: Made,
}

/// Folders that were made for a file. Those that are empty when this is dropped go: nothing came to lie in them.
#[derive(Debug, Default)]
pub struct Made(Vec<PathBuf>);

impl Drop for Made {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // A folder that is not empty cannot be removed so.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// What one move has done, so that it can be undone.
pub(crate) enum UndoableMove<'a> {
    /// It has a name that nothing had.
    New(&'a Staged),
    /// What was there before has the temporary name now.
    Exchanged(&'a Staged),
    /// What was there before is gone.
    Replaced,
}

impl Writer<'static> {
    /// The disk of this machine.
    pub fn real(patience: Patience) -> Self {
        Self { disk: &RealDisk, patience }
    }
}

impl Writer<'_> {
    /// Writes a file whole; one that is there is replaced. Its folder is made if need be.
    ///
    /// # Errors
    /// When the system refuses; then what was there before stays.
    pub fn write(&self, place: &Path, bytes: &[u8]) -> Result<(), FileError> {
        self.write_all(&[(place.to_owned(), bytes)])
    }

    /// Writes a file of the program's own whole: a symbolic link that has its name is replaced, not followed.
    ///
    /// # Errors
    /// When the system refuses; then what was there before stays.
    pub fn write_own(&self, place: &Path, bytes: &[u8]) -> Result<(), FileError> {
        let mut staged = self.stage_at(place.to_owned())?;
        staged.write_all(bytes).map_err(|error| FileError::refused(place, &error))?;
        self.place(vec![staged], &[])
    }

    /// Writes files that belong together: all are whole before the first is moved to its place, in their order.
    ///
    /// # Errors
    /// When the system refuses; then what was there before stays, of all of them.
    pub fn write_all(&self, files: &[(PathBuf, &[u8])]) -> Result<(), FileError> {
        self.write_all_in(files, &[])
    }

    /// The same while the locks of some folders are held.
    ///
    /// # Errors
    /// As [`Writer::write_all`].
    pub(crate) fn write_all_in(&self, files: &[(PathBuf, &[u8])], held: &[&Path]) -> Result<(), FileError> {
        let stage = |(place, bytes): &(PathBuf, &[u8])| self.stage_with(place, bytes);
        self.place(files.iter().map(stage).collect::<Result<_, _>>()?, held)
    }

    /// Writes files that are not there yet: none is made when one of them is there.
    ///
    /// # Errors
    /// When one of them is there or the system refuses.
    pub fn create_all(&self, files: &[(PathBuf, &[u8])]) -> Result<(), FileError> {
        let stage = |(place, bytes): &(PathBuf, &[u8])| self.stage_with(place, bytes);
        let mut staged: Vec<Staged> = files.iter().map(stage).collect::<Result<_, _>>()?;
        self.sync(&mut staged)?;
        let mut moved = Vec::new();
        let placed = undisturbed(|| {
            for staged in &staged {
                if let Err(error) = self.disk.rename_new(staged.source(), &staged.place) {
                    self.undo(std::mem::take(&mut moved));
                    return Err(FileError::refused(&staged.place, &error));
                }
                moved.push(UndoableMove::New(staged));
            }
            Ok(())
        });
        placed.and_then(|()| self.sync_folders(&staged))
    }

    /// Begins a file for a place; what is written goes next to it.
    ///
    /// # Errors
    /// When a folder is there or the system refuses.
    pub fn stage(&self, place: &Path) -> Result<Staged, FileError> {
        self.stage_at(resolved(place))
    }

    fn stage_at(&self, place: PathBuf) -> Result<Staged, FileError> {
        let refused = |error: &io::Error| FileError::refused(&place, error);
        if place.is_dir() {
            let help = message!("world-write-folder.help");
            return Err(FileError::new("write", &place, key!("world-write-folder"), help));
        }
        if is_device(&place) {
            let open = File::options().write(true).open(&place).map_err(|error| refused(&error))?;
            return Ok(Staged {
                open: Box::new(open),
                place,
                digest: Sha256::new(),
                temporary: None,
                _made: Made::default(),
            });
        }
        let folder = folder_of(&place);
        let made = self.create_folders(folder)?;
        let (open, temporary) =
            Temporary::file(self.disk, folder, &name_of(&place)).map_err(|error| refused(&error))?;
        if let Ok(before) = fs::symlink_metadata(&place)
            && before.is_file()
        {
            // Who may read it stays as it was, where that may be said.
            let _ = fs::set_permissions(temporary.path(), before.permissions());
        }
        Ok(Staged { open, place, digest: Sha256::new(), temporary: Some(temporary), _made: made })
    }

    /// Begins a file and writes all of it.
    ///
    /// # Errors
    /// As [`Writer::stage`].
    pub fn stage_with(&self, place: &Path, bytes: &[u8]) -> Result<Staged, FileError> {
        let mut staged = self.stage(place)?;
        staged.write_all(bytes).map_err(|error| FileError::refused(&staged.place, &error))?;
        Ok(staged)
    }

    /// Moves files to their places, in their order, once all of them are on the disk.
    ///
    /// # Errors
    /// When the system refuses; then what was there before stays, of all of them.
    fn place(&self, mut staged: Vec<Staged>, held: &[&Path]) -> Result<(), FileError> {
        self.sync(&mut staged)?;
        let is_held =
            |folder: &&Path| held.iter().any(|held| held.canonicalize().ok() == folder.canonicalize().ok());
        let folders: Vec<&Path> =
            staged.iter().map(Staged::folder).filter(|folder| !is_held(folder)).collect();
        let locks = self.lock(&folders)?;
        undisturbed(|| self.move_all(&staged, staged.len() > 1).map(drop))?;
        self.sync_folders(&staged)?;
        for staged in &staged {
            temporary::clear(staged.folder(), &name_of(&staged.place), |_| ());
        }
        drop(locks);
        Ok(())
    }

    /// Moves files to their places in their order; where one cannot be moved, none is. What was done is returned, so
    /// that it can be undone where that was asked for.
    ///
    /// # Errors
    /// When the system refuses.
    pub(crate) fn move_all<'a>(
        &self,
        staged: &'a [Staged],
        undoable: bool,
    ) -> Result<Vec<UndoableMove<'a>>, FileError> {
        let mut moved = Vec::new();
        for file in staged.iter().filter(|staged| staged.temporary.is_some()) {
            match self.move_one(file, undoable) {
                Ok(step) => moved.push(step),
                Err(error) => {
                    self.undo(moved);
                    return Err(FileError::refused(&file.place, &error));
                }
            }
        }
        Ok(moved)
    }

    fn move_one<'a>(&self, staged: &'a Staged, undoable: bool) -> io::Result<UndoableMove<'a>> {
        let is_new = fs::symlink_metadata(&staged.place).is_err();
        if !is_new && undoable && self.disk.exchange(staged.source(), &staged.place)? {
            return Ok(UndoableMove::Exchanged(staged));
        }
        self.disk.rename(staged.source(), &staged.place)?;
        Ok(if is_new { UndoableMove::New(staged) } else { UndoableMove::Replaced })
    }

    /// Moves back what was moved, the last one first.
    pub(crate) fn undo(&self, moved: Vec<UndoableMove>) {
        for step in moved.into_iter().rev() {
            // Nothing more can be done when this fails too: the error that is told is the first one.
            let _ = match step {
                UndoableMove::New(staged) => self.disk.rename(&staged.place, staged.source()),
                UndoableMove::Exchanged(staged) => {
                    self.disk.exchange(staged.source(), &staged.place).map(drop)
                }
                UndoableMove::Replaced => Ok(()),
            };
        }
    }

    /// Waits until all that was written is on the disk.
    ///
    /// # Errors
    /// When the system says that it is not.
    pub(crate) fn sync(&self, staged: &mut [Staged]) -> Result<(), FileError> {
        let mut folders: BTreeMap<PathBuf, Vec<&mut Staged>> = BTreeMap::new();
        for file in staged.iter_mut() {
            folders.entry(file.folder().to_owned()).or_default().push(file);
        }
        for (folder, mut files) in folders {
            let handle = files.iter().find_map(|file| file.temporary.as_ref()?.handle().ok());
            match handle.filter(|_| files.len() > FEW) {
                Some(handle) => {
                    let paths: Vec<PathBuf> = files.iter().map(|file| file.source().to_owned()).collect();
                    let synced = self.disk.sync_tree(handle, &paths);
                    synced.map_err(|error| FileError::refused(&folder, &error))?;
                }
                None => files.iter_mut().try_for_each(|file| file.sync())?,
            }
        }
        Ok(())
    }

    /// Waits until the names of files, and of the folders that were made for them, are on the disk.
    pub(crate) fn sync_folders(&self, staged: &[Staged]) -> Result<(), FileError> {
        let mut folders: Vec<&Path> = staged.iter().map(Staged::folder).collect();
        folders.sort_unstable();
        folders.dedup();
        let sync =
            |folder: &Path| self.disk.sync_folder(folder).map_err(|error| FileError::refused(folder, &error));
        folders.into_iter().try_for_each(sync)
    }

    /// Makes a folder and those that it lies in, so that it is there after a power cut. Which were made is returned, and
    /// removed with it as far as they are empty.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn create_folders(&self, folder: &Path) -> Result<Made, FileError> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(Made::default());
        }
        let above = folder_of(folder);
        let mut made = self.create_folders(above)?;
        match self.disk.create_folder(folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => return Ok(made),
            Err(error) => return Err(FileError::refused(folder, &error)),
            Ok(()) => made.0.push(folder.to_owned()),
        }
        self.disk.sync_folder(above).map_err(|error| FileError::refused(above, &error))?;
        Ok(made)
    }

    /// The locks of some folders, always taken in the same order, so that two processes never wait for each other.
    ///
    /// # Errors
    /// When another process holds one for longer than is waited.
    pub fn lock(&self, folders: &[&Path]) -> Result<Vec<Lock>, FileError> {
        let real = |folder: &&Path| folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        let mut real: Vec<(PathBuf, &Path)> = folders.iter().map(|folder| (real(folder), *folder)).collect();
        real.sort_unstable();
        real.dedup_by(|a, b| a.0 == b.0);
        real.into_iter().map(|(_, folder)| Lock::of_folder(folder, self.patience)).collect()
    }
}

impl Staged {
    /// Where it will be.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// SHA-256 of what was written so far, in hex.
    pub fn sha256(&self) -> String {
        hex(&self.digest.clone().finalize())
    }

    pub(crate) fn folder(&self) -> &Path {
        folder_of(&self.place)
    }

    /// Where it is now.
    fn source(&self) -> &Path {
        self.temporary.as_ref().map_or(&self.place, Temporary::path)
    }

    /// Waits until it is on the disk.
    ///
    /// # Errors
    /// When the system says that it is not.
    pub fn sync(&mut self) -> Result<(), FileError> {
        if self.temporary.is_none() {
            return Ok(());
        }
        self.open.sync().map_err(|error| FileError::refused(&self.place, &error))
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.open.write(bytes)?;
        self.digest.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.open.flush()
    }
}

/// Finds out whether a file could be written, before the work that it is written of. Nothing is left behind.
///
/// # Errors
/// When a folder stands in its place or the file system refuses.
pub fn probe_file(path: &Path) -> Result<(), FileError> {
    let (path, help) = (resolved(path), key!("world-write-folder.help"));
    if path.is_dir() {
        return Err(FileError::new("write", &path, key!("world-write-folder"), help));
    }
    if is_device(&path) {
        return Ok(());
    }
    probe(folder_of(&path))
        .map_err(|error| FileError::new("write", &path, Message::verbatim(error.to_string()), help))
}

/// Finds out whether something could be written into a folder, or where it would be made. Nothing is left behind.
///
/// # Errors
/// When the file system refuses.
pub fn probe_folder(folder: &Path) -> Result<(), FileError> {
    probe(folder).map_err(|error| FileError::refused(folder, &error))
}

/// Makes a file without a name in a folder, or in the nearest one above that is there.
fn probe(folder: &Path) -> io::Result<()> {
    let there = folder.ancestors().find(|above| above.exists()).unwrap_or(Path::new("."));
    tempfile::tempfile_in(there).map(drop)
}

/// Whether writing goes to something that is no file on a disk: a device, a pipe, an open file of the process.
pub fn is_device(place: &Path) -> bool {
    let of_system =
        ["/dev/std", "/dev/fd", "/proc"].iter().any(|begin| place.to_string_lossy().starts_with(begin));
    place.metadata().is_ok_and(|found| of_system || !(found.is_file() || found.is_dir()))
}

/// The place that a path means: where a symbolic link leads, if there is something.
pub fn resolved(place: &Path) -> PathBuf {
    let is_link = fs::symlink_metadata(place).is_ok_and(|found| found.is_symlink());
    if !is_link || is_device(place) {
        return place.to_owned();
    }
    place.canonicalize().unwrap_or_else(|_| place.to_owned())
}

/// The folder that a file lies in.
pub fn folder_of(place: &Path) -> &Path {
    place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The name of a file or folder without the folders that it lies in.
pub(crate) fn name_of(place: &Path) -> OsString {
    place.file_name().map(OsString::from).unwrap_or_default()
}
