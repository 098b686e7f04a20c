//! Temporary files and folders: what is written lies in one, next to its place, until it is whole. Who writes holds a
//! lock on it, so that what a killed process left can be told from what another one is writing, and cleared away.
//!
//! The temporary folder of a place `plan` is called `.plan.new-` and six letters or digits. It holds at most `new`, the
//! folder that is to be moved to the place, and `old`, the one that was there before.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};

use super::pending::{self, Pending};
use super::{Disk, OpenFile};

/// How many letters and digits a temporary name ends in.
const RANDOM: usize = 6;

/// So many names are tried: one that is taken is met once in a milliard.
const TRIES: u32 = 100;

/// A temporary folder or file. It goes when this does.
#[derive(Debug)]
pub struct Temporary {
    path: PathBuf,
    /// Holds the lock. Of a folder it was opened before anything was written.
    handle: Option<File>,
    _pending: Pending,
}

impl Temporary {
    /// Makes a temporary folder in `parent` for what will be called `name`.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn folder(disk: &dyn Disk, parent: &Path, name: &OsString) -> io::Result<Self> {
        let ((), temporary) = Self::make(parent, name, |path| disk.create_folder(path))?;
        Ok(temporary)
    }

    /// Makes a temporary file in `parent` for what will be called `name`.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn file(disk: &dyn Disk, parent: &Path, name: &OsString) -> io::Result<(Box<dyn OpenFile>, Self)> {
        Self::make(parent, name, |path| disk.create_file(path))
    }

    fn make<T>(
        parent: &Path,
        name: &OsString,
        make: impl Fn(&Path) -> io::Result<T>,
    ) -> io::Result<(T, Self)> {
        let mut last = None;
        for _ in 0..TRIES {
            let mut own = prefix(name);
            own.push(random());
            let path = parent.join(own);
            let made = pending::make(&path, || {
                let made = make(&path)?;
                let handle = File::open(&path).ok();
                // Where the file system knows no locks, nothing is cleared away either.
                let _ = handle.as_ref().map(File::lock);
                // Who clears up may have been quicker than the lock.
                if path.exists() { Ok((made, handle)) } else { Err(io::ErrorKind::AlreadyExists.into()) }
            });
            match made {
                Ok(((made, handle), pending)) => {
                    return Ok((made, Self { path, handle, _pending: pending }));
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(last.unwrap_or_else(|| io::Error::other("no temporary name is free")))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file or folder, opened for reading before anything was written.
    ///
    /// # Errors
    /// When the system cannot open it: a folder on some systems.
    pub fn handle(&self) -> io::Result<&File> {
        self.handle.as_ref().ok_or_else(|| io::Error::other("a folder that cannot be opened"))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

fn prefix(name: &OsString) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(name);
    prefix.push(".new-");
    prefix
}

/// Letters and digits that no other process draws.
fn random() -> String {
    const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut bits = RandomState::new().build_hasher().finish();
    let mut letter = || {
        let letter = LETTERS[(bits % 36) as usize];
        bits /= 36;
        char::from(letter)
    };
    (0..RANDOM).map(|_| letter()).collect()
}

/// Removes a temporary file or folder, but never anything that was not written into it: a folder of another name than
/// `new` and `old`, and of `old`, into which a run folder was moved, what is still there.
pub(super) fn remove(path: &Path) {
    let Ok(kind) = fs::symlink_metadata(path) else { return };
    // Nothing depends on it: what cannot be removed stays.
    let _ = if kind.is_dir() {
        fs::remove_dir_all(path.join("new")).ok();
        fs::remove_dir(path)
    } else {
        fs::remove_file(path)
    };
}

/// The temporary files and folders of the places `names` in a folder that killed processes left: nobody holds a lock on
/// them. They are locked while `each` sees them, and removed after. The folder is listed once.
pub fn clear(parent: &Path, names: &[OsString], each: impl FnMut(&Path)) {
    let names: BTreeSet<&OsStr> = names.iter().map(OsString::as_os_str).collect();
    clear_where(parent, |name| names.contains(OsStr::new(name)), each);
}

/// [`clear`] for all places whose names are of a kind.
pub fn clear_where(parent: &Path, is_own: impl Fn(&str) -> bool, mut each: impl FnMut(&Path)) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    let is_left = |path: &Path| path.file_name().and_then(place_of).is_some_and(&is_own);
    let left: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| is_left(path)).collect();
    for path in left {
        let Some(_held) = File::open(&path).ok().filter(|found| found.try_lock().is_ok()) else { continue };
        if path.is_dir() && !holds_only_own(&path) {
            continue;
        }
        each(&path);
        remove(&path);
    }
}

/// The name of the place that a temporary name is for.
fn place_of(temporary: &OsStr) -> Option<&str> {
    let (name, random) = temporary.to_str()?.strip_prefix('.')?.rsplit_once(".new-")?;
    let is_random = random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_random.then_some(name)
}

/// Whether a folder holds nothing but what is written into a temporary one.
fn holds_only_own(path: &Path) -> bool {
    let Ok(entries) = fs::read_dir(path) else { return false };
    entries.flatten().all(|entry| entry.file_name() == "new" || entry.file_name() == "old")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_name_says_whose_it_is() {
        let name = |temporary: &str| place_of(OsStr::new(temporary)).map(str::to_owned);
        assert_eq!(name(".plan.new-a1b2c3").as_deref(), Some("plan"));
        assert_eq!(name(".x.new-y.svg.new-a1b2c3").as_deref(), Some("x.new-y.svg"));
        for other in ["plan.new-a1b2c3", ".plan.new-a1b2c", ".plan.new-a1b2c3d", ".plan.new-a1b2c_", ".plan"]
        {
            assert_eq!(name(other), None, "{other}");
        }
    }
}
