//! Which folders and files are plancast's own: what its manifest says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::result::manifest;
use crate::world::{self, Disk, read};

/// The manifest's name in a run folder.
pub const MANIFEST: &str = "manifest.json";

/// The largest manifest that is read.
const MOST: u64 = 64 << 20;

/// How many folders below its run folder a file of a run lies at most.
const DEEPEST: usize = 4;

/// The names of a run's own files. Earlier versions gave no others, and their manifests did not name them.
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

/// The text of a folder's manifest.
pub(in crate::result) fn manifest_text(folder: &Path) -> Option<String> {
    read::text(&folder.join(MANIFEST), MOST).ok().map(|read| read.text)
}

/// The manifest of a folder, if it is one of plancast's own.
pub(in crate::result) fn manifest_of(folder: &Path) -> Option<Value> {
    let manifest: Value = serde_json::from_str(&manifest_text(folder)?).ok()?;
    let schema = manifest.get("schema")?.as_str()?;
    let number = ["plancast-manifest/", "plancast-part/"].iter().find_map(|own| schema.strip_prefix(own))?;
    number.parse::<u32>().is_ok().then_some(manifest)
}

/// Whether a folder is a run of plancast: its manifest is plancast's own and as it was written. That of an earlier version,
/// which names no files, is told by the scenario that lies beside it.
pub fn is_ours(folder: &Path) -> bool {
    manifest_of(folder).is_some_and(|manifest| match files_of(&manifest) {
        Some(_) => manifest::is_sealed(&manifest),
        None => is_of_before(folder, &manifest),
    })
}

/// Whether a manifest that names no files is of the scenario that lies beside it.
fn is_of_before(folder: &Path, manifest: &Value) -> bool {
    let of = manifest.get("part_of").unwrap_or(manifest);
    let resolved = of.get("resolved_sha256").and_then(Value::as_str);
    resolved.is_some() && read::sha256_of_file(&folder.join("scenario.toml")).ok().as_deref() == resolved
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
        if manifest_of(folder).is_some() {
            parts.reverse();
            return Some((folder.to_owned(), parts.join("/")));
        }
        parts.push(folder.file_name()?.to_str()?.to_owned());
        folder = folder.parent()?;
    }
    None
}

/// Whether only a run itself writes a file of this name into its folder: its results, and what they were made from.
pub fn is_of_the_run(name: &str) -> bool {
    BEFORE.contains(&name) || name.starts_with("alternatives/")
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

/// The files of a run folder that are the run's own: those that its manifest names, as far as they are as they were
/// written. What was changed since is someone's work.
pub(super) struct Own(BTreeSet<PathBuf>);

impl Own {
    /// What is own of a run folder; `None` where it is none of plancast's.
    pub(super) fn of(folder: &Path) -> Option<Self> {
        if !is_ours(folder) {
            return None;
        }
        let named = files_of(&manifest_of(folder)?);
        let is_own = |path: &PathBuf| {
            let name = name_of(path).unwrap_or_default();
            name == MANIFEST || owns(folder, named.as_ref(), &name)
        };
        Some(Self(paths_in(folder).into_iter().filter(is_own).collect()))
    }

    /// Removes what processes that were killed left while they wrote files of the run: beside its own files, and beside
    /// pictures where some of its own lie.
    pub(super) fn clear_left(&self, folder: &Path) {
        let inner: BTreeSet<&Path> = self.0.iter().filter_map(|own| own.parent()).collect();
        for inner in inner {
            let is_picture = |name: &str| {
                let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
                inner != Path::new("") && matches!(ending, Some("svg" | "png"))
            };
            let is_own = |name: &str| self.0.contains(&inner.join(name)) || is_picture(name);
            world::clear_where(&folder.join(inner), is_own, |_| ());
        }
    }

    fn has(&self, path: &Path) -> bool {
        self.0.contains(path)
    }

    /// Whether a path from the folder on is own, or a folder with something own in it.
    fn is_in(&self, path: &Path) -> bool {
        self.0.iter().any(|own| own.starts_with(path))
    }
}

/// Whether a file of a run folder is the run's own and as it was written.
pub(super) fn owns(folder: &Path, named: Option<&BTreeMap<String, String>>, name: &str) -> bool {
    let place = folder.join(name);
    if !fs::symlink_metadata(&place).is_ok_and(|found| found.is_file()) {
        return false;
    }
    if let Some(named) = named {
        let known = named.get(name);
        return known.is_some() && known == read::sha256_of_file(&place).ok().as_ref();
    }
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match name.split_once('/') {
        None => BEFORE.contains(&name),
        Some(("charts", file)) => !file.contains('/') && ["svg", "png"].contains(&ending),
        Some(("alternatives", file)) => !file.contains('/') && ending == "toml",
        Some(_) => false,
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

/// The first of the folders in which others have put something into a run folder, and out of which this process could not
/// move it.
pub(super) fn unmovable(folder: &Path) -> Option<PathBuf> {
    let named = files_of(&manifest_of(folder)?)?;
    let is_others =
        |path: &&PathBuf| name_of(path).is_none_or(|name| name != MANIFEST && !named.contains_key(&name));
    let others = paths_in(folder);
    let folders = others.iter().filter(is_others).flat_map(|path| {
        let place = folder.join(path);
        // To move a folder is to write its `..`.
        let own = place.is_dir().then(|| place.clone());
        own.into_iter().chain(place.parent().map(Path::to_owned))
    });
    folders.collect::<BTreeSet<_>>().into_iter().find(|folder| !may_write(folder))
}

#[cfg(target_os = "linux")]
fn may_write(folder: &Path) -> bool {
    let is_link = fs::symlink_metadata(folder).is_ok_and(|found| found.is_symlink());
    is_link || rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn may_write(_: &Path) -> bool {
    true
}

/// What of others could not be moved.
pub(super) struct NotMoved {
    /// Its path from the run folder on.
    pub(super) path: PathBuf,
    /// Why.
    pub(super) error: io::Error,
    /// Whether all else is as it was before.
    pub(super) undone: bool,
}

/// Moves what others have put into a run folder that was replaced into the one that replaced it: all of it, or nothing.
///
/// # Errors
/// What could not be moved, and why.
pub(super) fn move_others(disk: &dyn Disk, old: &Path, new: &Path, own: &Own) -> Result<(), NotMoved> {
    if !new.is_dir() {
        return Ok(());
    }
    let others: BTreeSet<PathBuf> = paths_in(old)
        .into_iter()
        .filter(|path| !own.is_in(path))
        .map(|path| moved_with(&path, old, new, own))
        .collect();
    // Those first whose names are free, lest another one is called so for want of its own.
    let (free, taken): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|path| fs::symlink_metadata(new.join(path)).is_err());
    let mut moved: Vec<(PathBuf, PathBuf)> = Vec::new();
    for path in free.into_iter().chain(taken) {
        let (from, target) = (old.join(&path), kept_name(&new.join(&path)));
        if let Some(folder) = target.parent() {
            make_folders(disk, folder);
        }
        if let Err(error) = disk.rename(&from, &target) {
            let failed = moved.iter().rev().filter(|(from, target)| disk.rename(target, from).is_err());
            return Err(NotMoved { path, error, undone: failed.count() == 0 });
        }
        moved.push((from, target));
    }
    Ok(())
}

/// What moves when a file of others does: the outermost folder that is all theirs and whose name is free or taken by another
/// file, or else the file itself.
fn moved_with(path: &Path, old: &Path, new: &Path, own: &Own) -> PathBuf {
    let mut above: Vec<&Path> = path.ancestors().filter(|above| !above.as_os_str().is_empty()).collect();
    above.reverse();
    let is_folder = |place: PathBuf| fs::symlink_metadata(place).is_ok_and(|found| found.is_dir());
    let is_both = |above: &Path| is_folder(old.join(above)) && is_folder(new.join(above));
    let moves = above.into_iter().find(|above| !own.is_in(above) && !is_both(above));
    moves.unwrap_or(path).to_owned()
}

/// The name that a file gets which is not plancast's: its own, or where that is taken `NAME.kept-2` and so on.
pub(super) fn kept_name(place: &Path) -> PathBuf {
    let is_free = |place: &Path| fs::symlink_metadata(place).is_err();
    if is_free(place) {
        return place.to_owned();
    }
    let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let base = match name.rsplit_once(".kept-") {
        Some((base, number)) if number.parse::<u32>().is_ok() => base.to_owned(),
        _ => name,
    };
    let mut numbered = (2_u32..).map(|number| place.with_file_name(format!("{base}.kept-{number}")));
    numbered.find(|place| is_free(place)).unwrap_or_else(|| place.to_owned())
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
pub(super) fn remove(disk: &dyn Disk, old: &Path, own: &Own) {
    let paths = paths_in(old);
    let manifest = Path::new(MANIFEST);
    for path in paths.iter().filter(|path| *path != manifest && own.has(path)) {
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
