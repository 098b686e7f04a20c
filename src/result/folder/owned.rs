//! Which folders and files are plancast's own: what its manifest says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::result::manifest;
use crate::world::{Disk, read};

/// The manifest's name in a run folder.
pub const MANIFEST: &str = "manifest.json";

/// The largest manifest that is read.
const MOST: u64 = 64 << 20;

/// How many folders below its run folder a file of a run lies at most.
const DEEPEST: usize = 4;

/// The names that earlier versions gave the files of a run folder, whose manifests did not name them.
const BEFORE: [&str; 11] = [
    "scenario.toml",
    "summary.json",
    "distributions.json",
    "bands.csv",
    "targets.csv",
    "iamc.csv",
    "gates.json",
    "differences.csv",
    "changes.csv",
    "part.bin",
    MANIFEST,
];

/// The manifest of a folder, if it is one of plancast's own.
pub(in crate::result) fn manifest_of(folder: &Path) -> Option<Value> {
    let text = read::text(&folder.join(MANIFEST), MOST).ok()?.text;
    let manifest: Value = serde_json::from_str(&text).ok()?;
    let schema = manifest.get("schema")?.as_str()?;
    let number = ["plancast-manifest/", "plancast-part/"].iter().find_map(|own| schema.strip_prefix(own))?;
    number.parse::<u32>().is_ok().then_some(manifest)
}

/// Whether a folder is a run of plancast: its manifest is plancast's own.
pub fn is_ours(folder: &Path) -> bool {
    manifest_of(folder).is_some()
}

/// The files that a manifest names, each with its SHA-256; `None` for that of an earlier version, which named none.
pub fn files_of(manifest: &Value) -> Option<BTreeMap<String, String>> {
    let files = manifest.get("files")?.as_object()?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Some(files.iter().map(|(name, sha256)| (name.clone(), text(sha256))).collect())
}

/// The run folder that a file lies in, and its name there.
pub fn owner_of(file: &Path) -> Option<(PathBuf, String)> {
    let mut parts = vec![file.file_name()?.to_str()?.to_owned()];
    let mut folder = file.parent()?;
    for _ in 0..DEEPEST {
        if folder.as_os_str().is_empty() {
            return None;
        }
        if is_ours(folder) {
            parts.reverse();
            return Some((folder.to_owned(), parts.join("/")));
        }
        parts.push(folder.file_name()?.to_str()?.to_owned());
        folder = folder.parent()?;
    }
    None
}

/// The text of a run folder's manifest that names these files too; `None` where it names none, as it is of an earlier
/// version.
pub(super) fn with_files(folder: &Path, added: Vec<(String, String)>) -> Option<String> {
    let manifest = manifest_of(folder)?;
    let mut files = files_of(&manifest)?;
    files.extend(added);
    let exports = manifest
        .get("exports")
        .and_then(|exports| serde_json::from_value::<Vec<manifest::InputFile>>(exports.clone()).ok());
    manifest::sealed(&manifest, &files, &exports.unwrap_or_default()).ok()
}

/// What of a run folder is the run's own.
pub(in crate::result) struct Own(Option<BTreeMap<String, String>>);

impl Own {
    /// What is own of a run folder.
    pub(in crate::result) fn of(folder: &Path) -> Option<Self> {
        manifest_of(folder).map(|manifest| Self(files_of(&manifest)))
    }

    /// Whether the file at a path from the folder on is.
    pub(in crate::result) fn has_path(&self, path: &Path) -> bool {
        name_of(path).is_some_and(|name| self.has(&name))
    }

    /// Whether a file of this name is.
    fn has(&self, name: &str) -> bool {
        if let Some(files) = &self.0 {
            return name == MANIFEST || files.contains_key(name);
        }
        let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match name.split_once('/') {
            None => BEFORE.contains(&name),
            Some(("charts", file)) => !file.contains('/') && ["svg", "png"].contains(&ending),
            Some(("alternatives", file)) => !file.contains('/') && ending == "toml",
            Some(_) => false,
        }
    }
}

/// The files of a folder and the folders in it, by their paths from there on, in order; links are not followed. Of a
/// folder only that it is there where it holds nothing.
pub(in crate::result) fn paths_in(folder: &Path) -> Vec<PathBuf> {
    fn walk(folder: &Path, before: &Path, found: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let path = before.join(entry.file_name());
            let held = found.len();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                walk(&entry.path(), &path, found);
            }
            if found.len() == held {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, Path::new(""), &mut found);
    found.sort();
    found
}

/// A path as a manifest names it; `None` where it is no Unicode, as no name in a manifest is.
pub(in crate::result) fn name_of(path: &Path) -> Option<String> {
    let parts: Vec<&str> = path.iter().map(|part| part.to_str()).collect::<Option<_>>()?;
    Some(parts.join("/"))
}

/// Moves what others have put into a run folder that was replaced into the one that replaced it.
pub(super) fn move_others(disk: &dyn Disk, old: &Path, new: &Path) {
    let Some(own) = Own::of(old).filter(|_| new.is_dir()) else { return };
    for path in paths_in(old).iter().filter(|path| !own.has_path(path)) {
        let mut target = new.join(path);
        let mut number = 2;
        while fs::symlink_metadata(&target).is_ok() {
            // The new run has a file of this name: both stay.
            let mut kept = new.join(path).into_os_string();
            kept.push(format!(".kept-{number}"));
            target = PathBuf::from(kept);
            number += 1;
        }
        if let Some(folder) = target.parent() {
            make_folders(disk, folder);
        }
        // What cannot be moved stays where it is, and is not removed.
        let _ = disk.rename(&old.join(path), &target);
    }
}

fn make_folders(disk: &dyn Disk, folder: &Path) {
    if !folder.is_dir() {
        if let Some(above) = folder.parent() {
            make_folders(disk, above);
        }
        let _ = disk.create_folder(folder);
    }
}

/// Removes the run's own files of a folder that was replaced, the manifest last, and the folders that are empty then.
pub(super) fn remove(disk: &dyn Disk, old: &Path) {
    let Some(own) = Own::of(old) else {
        // A process may have been killed when all but the folder was gone.
        let _ = disk.remove_folder(old);
        return;
    };
    let paths = paths_in(old);
    let manifest = Path::new(MANIFEST);
    for path in paths.iter().filter(|path| *path != manifest && own.has_path(path)) {
        let _ = disk.remove_file(&old.join(path));
    }
    // A path may itself be a folder: one that what others had put there was moved out of.
    let mut folders: Vec<&Path> = paths.iter().flat_map(|path| path.ancestors()).collect();
    folders.retain(|path| old.join(path).is_dir());
    folders.sort_unstable();
    folders.dedup();
    // The innermost first, and the run folder itself only without its manifest.
    for folder in folders.iter().rev().filter(|folder| !folder.as_os_str().is_empty()) {
        let _ = disk.remove_folder(&old.join(folder));
    }
    let only = fs::read_dir(old).is_ok_and(|entries| entries.count() == 1);
    if only && disk.remove_file(&old.join(MANIFEST)).is_ok() {
        let _ = disk.remove_folder(old);
    }
}
