//! Why a file could not be read or written.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a file or folder could not be read or written: what went wrong where, and what to do.
#[derive(Clone, Debug)]
pub struct FileError {
    /// What could not be done: `read`, `write`, `replace`.
    what: String,
    /// The file or folder.
    path: PathBuf,
    /// Why.
    why: String,
    /// What to do about it.
    help: String,
}

impl FileError {
    /// An error of a file: `what` could not be done with `path`, `why`, and how to help it.
    pub fn new(what: &str, path: &Path, why: impl Into<String>, help: impl Into<String>) -> Self {
        Self { what: what.to_owned(), path: path.to_owned(), why: why.into(), help: help.into() }
    }

    /// The error of a file that the system refused to write.
    pub fn refused(path: &Path, error: &io::Error) -> Self {
        let help = match error.kind() {
            io::ErrorKind::PermissionDenied => "choose a folder you may write to with --out",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "free some space or choose another disk with --out"
            }
            io::ErrorKind::FileTooLarge => "raise the limit (ulimit -f) or choose another disk with --out",
            _ => "check the path and the disk, or choose another folder with --out",
        };
        Self::new("write", path, error.to_string(), help)
    }

    /// What the user can do about it.
    pub fn help(&self) -> &str {
        &self.help
    }

    /// The file or folder it is about.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}; {}", self.what, self.path.display(), self.why, self.help)
    }
}

impl Error for FileError {}
