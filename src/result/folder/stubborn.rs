//! Tests of a run folder in which others have put something that the system does not move.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::result::store;
use crate::world::{Disk, OpenFile, Patience, RealDisk, Writer};

/// A disk on which nothing that is called `mount` moves, and that may know no exchange.
struct Stubborn {
    exchanges: bool,
}

impl Disk for Stubborn {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.create_folder(path)
    }

    fn create_file(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        RealDisk.create_file(path)
    }

    fn sync_tree(&self, folder: &File, changed: &[PathBuf]) -> io::Result<()> {
        RealDisk.sync_tree(folder, changed)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.sync_folder(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if from.ends_with("mount") {
            return Err(io::ErrorKind::ResourceBusy.into());
        }
        RealDisk.rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename_new(from, to)
    }

    fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        RealDisk.link(file, name)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<bool> {
        if self.exchanges { RealDisk.exchange(one, other) } else { Ok(false) }
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove_folder(path)
    }
}

fn files(text: &str) -> Vec<(String, Vec<u8>)> {
    let manifest = format!("{{\"schema\": \"plancast-manifest/1\", \"of\": \"{text}\"}}");
    vec![("manifest.json".into(), manifest.into_bytes()), ("summary.json".into(), text.into())]
}

/// Else they would be gone from where they were, in a hidden folder.
#[test]
fn what_cannot_be_moved_stops_the_run_and_all_stays_as_it_was() {
    for exchanges in [true, false] {
        let out = tempfile::tempdir().unwrap();
        let disk = Stubborn { exchanges };
        let patience = Patience { limit: Duration::from_mins(1), tell: |_| () };
        let write = |text| store::write(Writer { disk: &disk, patience }, out.path(), "plan", files(text));
        let folder = write("first").unwrap();
        fs::create_dir(folder.join("mount")).unwrap();
        for name in ["mount/data", "notes", "a"] {
            fs::write(folder.join(name), "mine").unwrap();
        }
        let error = write("second").unwrap_err().to_string();
        assert!(error.contains("mount, which others have put there, cannot be moved"), "{error}");
        assert_eq!(fs::read(folder.join("summary.json")).unwrap(), b"first");
        for name in ["mount/data", "notes", "a"] {
            assert_eq!(fs::read(folder.join(name)).unwrap(), b"mine", "{name}");
        }
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1, "nothing is left beside it");
        fs::rename(folder.join("mount"), out.path().join("elsewhere")).unwrap();
        write("second").unwrap();
        assert_eq!(fs::read(folder.join("summary.json")).unwrap(), b"second");
        assert_eq!(fs::read(folder.join("notes")).unwrap(), b"mine");
    }
}
