//! What is written beside its place until it is whole. Whoever writes holds a lock on it, so that what a killed run left
//! behind can be told from what another one is writing, and cleared away.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempDir};

/// How many letters and digits a temporary name ends in.
const RANDOM: usize = 6;

/// A folder beside its place.
pub struct Beside {
    /// The folder; it goes when this does.
    pub folder: TempDir,
    _lock: Option<File>,
}

/// Makes a folder in `parent` for what will be called `name`.
///
/// # Errors
///
/// When the file system refuses.
pub fn folder(parent: &Path, name: &str) -> io::Result<Beside> {
    let _door = door(parent);
    let folder = Builder::new().prefix(&prefix(name)).rand_bytes(RANDOM).tempdir_in(parent)?;
    let lock = File::open(folder.path()).ok();
    // Where the file system knows no locks, nothing is cleared away either.
    let _ = lock.as_ref().map(File::lock);
    Ok(Beside { folder, _lock: lock })
}

/// Makes a file beside `place`; others may read it.
///
/// # Errors
///
/// When the file system refuses.
pub fn file(place: &Path) -> io::Result<NamedTempFile> {
    let (parent, name) = parts(place);
    let _door = door(parent);
    let prefix = prefix(&name);
    let mut builder = Builder::new();
    builder.prefix(&prefix).rand_bytes(RANDOM);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let file = builder.tempfile_in(parent)?;
    let _ = file.as_file().lock();
    Ok(file)
}

/// Moves a file to the place for which it was made, and clears away what killed runs left there.
///
/// # Errors
///
/// When the file system refuses.
pub fn persist(file: NamedTempFile, place: &Path) -> io::Result<()> {
    let (parent, name) = parts(place);
    let door = door(parent);
    file.persist(place).map_err(|error| error.error)?;
    clear(door.as_ref(), parent, &name);
    Ok(())
}

/// The lock of a folder: who makes something beside its place, moves it there or clears up is alone. Opens when dropped.
pub fn door(parent: &Path) -> Option<File> {
    File::open(parent).ok().filter(|door| door.lock().is_ok())
}

/// Removes what killed runs left beside the place `name`: what nobody holds a lock on. Only behind a closed door.
pub fn clear(door: Option<&File>, parent: &Path, name: &str) {
    let Some(entries) = door.and_then(|_| fs::read_dir(parent).ok()) else { return };
    let prefix = prefix(name);
    let is_left = |path: &Path| {
        let rest = path.file_name().and_then(|found| found.to_str()?.strip_prefix(prefix.to_str()?));
        rest.is_some_and(|rest| rest.len() == RANDOM && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    };
    let left: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| is_left(path)).collect();
    for path in left {
        let Some(found) = File::open(&path).ok().filter(|found| found.try_lock().is_ok()) else { continue };
        // Nothing depends on it: what cannot be removed stays.
        let _ = if path.is_dir() { clear_folder(&path) } else { fs::remove_file(&path) };
        drop(found);
    }
}

/// Removes a folder that holds nothing but what a run writes beside its place.
fn clear_folder(path: &Path) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let name = entry?.file_name();
        if name != "new" && name != "old" {
            return Ok(());
        }
    }
    fs::remove_dir_all(path)
}

fn prefix(name: &str) -> OsString {
    OsString::from(format!(".{name}.new-"))
}

/// The folder that a file lies in.
pub fn folder_of(place: &Path) -> &Path {
    place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The folder that a file lies in, and its name.
fn parts(place: &Path) -> (&Path, String) {
    (folder_of(place), place.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()))
}
