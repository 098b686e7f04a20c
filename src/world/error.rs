//! Why a file could not be read or written.

use crate::message;
use crate::text::Message;
use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::text::visible;

/// Why a file or folder could not be read or written: what went wrong where, and what to do.
#[derive(Clone, Debug)]
pub struct FileError {
    /// What could not be done: `read`, `write`, `replace`.
    what: String,
    /// The file or folder.
    path: PathBuf,
    /// Why.
    why: Message,
    /// What to do about it.
    help: Message,
}

impl FileError {
    /// An error of a file: `what` could not be done with `path`, `why`, and how to help it.
    pub fn new(what: &str, path: &Path, why: impl Into<Message>, help: impl Into<Message>) -> Self {
        Self { what: what.to_owned(), path: path.to_owned(), why: why.into(), help: help.into() }
    }

    /// The error of a file that the system refused to write.
    pub fn refused(path: &Path, error: &io::Error) -> Self {
        let help = match error.kind() {
            io::ErrorKind::PermissionDenied => message!("world-file-permission"),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                message!("world-file-full")
            }
            io::ErrorKind::FileTooLarge => message!("world-file-limit"),
            _ => message!("world-file-check"),
        };
        Self::new("write", path, Message::verbatim(error.to_string()), help)
    }

    /// What it says, in no language yet.
    pub fn message(&self) -> Message {
        message!(
            "world-file-error",
            what = &self.what,
            path = visible::path(&self.path),
            why = &self.why,
            help = &self.help
        )
    }

    /// What the user can do about it.
    pub fn help(&self) -> &Message {
        &self.help
    }

    /// The file or folder it is about.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// In English.
impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl Error for FileError {}
