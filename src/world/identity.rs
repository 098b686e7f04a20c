//! Whether two paths are the same file, whatever they are called.

use std::ffi::OsString;
#[cfg(any(unix, test))]
use std::fs;
use std::path::{Component, Path, PathBuf};

/// What tells a file from every other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileIdentity {
    /// Its device and its number there.
    Number(u64, u64),
    /// Its place, of a file that is not there yet.
    Place(PathBuf),
}

impl FileIdentity {
    /// The identity of the file that a path leads to, after all symbolic links; hard links have the same.
    pub fn of(path: &Path) -> Self {
        number(path).unwrap_or_else(|| Self::Place(real_path(path)))
    }
}

/// Whether two paths lead to the same file.
pub fn same_file(one: &Path, other: &Path) -> bool {
    FileIdentity::of(one) == FileIdentity::of(other)
}

#[cfg(unix)]
fn number(path: &Path) -> Option<FileIdentity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|found| FileIdentity::Number(found.dev(), found.ino()))
}

/// Other systems tell it by its place alone.
#[cfg(not(unix))]
fn number(_: &Path) -> Option<FileIdentity> {
    None
}

/// A path without `.`, `..` and links, as far as it is there.
pub fn real_path(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut rest: Vec<OsString> = Vec::new();
    for above in path.ancestors() {
        if let Ok(real) = above.canonicalize() {
            return rest.iter().rev().fold(real, |path, part| path.join(part));
        }
        match above.components().next_back() {
            Some(Component::Normal(part)) => rest.push(part.to_owned()),
            _ => return path,
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_file_is_known_by_any_of_its_names() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a"), "").unwrap();
        fs::write(at("b"), "").unwrap();
        fs::hard_link(at("a"), at("hard")).unwrap();
        std::os::unix::fs::symlink("a", at("soft")).unwrap();
        std::os::unix::fs::symlink(".", at("folder")).unwrap();
        for name in ["a", "hard", "soft", "./a", "folder/a", "folder/hard"] {
            assert!(same_file(&at("a"), &at(name)), "{name}");
        }
        assert!(!same_file(&at("a"), &at("b")) && !same_file(&at("a"), &at("new")));
        assert!(same_file(&at("new"), &at("folder/new")), "neither is there yet");
    }
}
