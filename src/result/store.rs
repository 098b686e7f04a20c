//! Run folders: written beside their place and moved there when whole, and read back.

use std::error::Error;
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::de::DeserializeOwned;

use super::beside;
use super::comparison::Comparison;
use super::distribution::{self, Distributions};
use super::manifest::{self, Manifest};
use super::summary::{BEFORE, SCHEMA, Summary};

/// The formats of summaries that are read.
const SUMMARIES: [&str; 2] = [SCHEMA, BEFORE];

/// A stored run, read back.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The folder it was read from.
    pub folder: PathBuf,
    /// What it was made from.
    pub manifest: Manifest,
    /// Its results.
    pub summary: Summary,
    /// Its distributions; `None` for a run of a version that stored none.
    pub distributions: Option<Distributions>,
}

/// Why a run folder could not be written or read: what went wrong where, and what to do.
#[derive(Debug)]
pub struct StoreError {
    /// What could not be done.
    what: String,
    /// The file or folder.
    path: PathBuf,
    /// Why.
    why: String,
    /// What to do about it.
    help: String,
}

impl StoreError {
    fn new(what: &str, path: &Path, why: impl Into<String>, help: &str) -> Self {
        Self { what: what.to_owned(), path: path.to_owned(), why: why.into(), help: help.to_owned() }
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

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}; {}", self.what, self.path.display(), self.why, self.help)
    }
}

impl Error for StoreError {}

/// Writes a run folder `parent/id` of files given as (name, bytes); a name may hold folders: `charts/gdp.svg`.
///
/// Everything is written into a temporary folder in `parent` and moved into place when it is whole. A run
/// that was there before is replaced only then, and stays when anything fails. The folder's path is returned.
///
/// # Errors
///
/// When `id` is no plain file name, when something that is not a run stands in the place, or when the
/// file system refuses.
pub fn write(parent: &Path, id: &str, files: &[(String, Vec<u8>)]) -> Result<PathBuf, StoreError> {
    let place = place_of(parent, id)?;
    fs::create_dir_all(parent).map_err(|e| refused(parent, &e))?;
    let beside = beside::folder(parent, id).map_err(|e| refused(parent, &e))?;
    // A folder inside the temporary one, because that one is closed to everybody else.
    let whole = beside.folder.path().join("new");
    fs::create_dir(&whole).map_err(|e| refused(&whole, &e))?;
    files.par_iter().try_for_each(|(name, bytes)| write_into(&whole, name, bytes))?;
    // Two runs that end at once wait for each other here. Where the file system knows no locks, renaming is enough.
    let door = beside::door(parent);
    exchange(&whole, &place, &beside.folder.path().join("old"))?;
    beside::clear(door.as_ref(), parent, id);
    Ok(place)
}

/// Finds out, before anything is simulated, whether [`write()`] would be refused. Nothing is left behind, not even `parent`.
///
/// # Errors
///
/// As [`write()`], but for a disk that fills up later.
pub fn probe(parent: &Path, id: &str) -> Result<(), StoreError> {
    place_of(parent, id)?;
    writable(parent).map_err(|e| refused(parent, &e))
}

/// Finds out whether a single file could be written, as [`probe`].
///
/// # Errors
///
/// When a folder stands in its place or the file system refuses.
pub fn probe_file(path: &Path) -> Result<(), StoreError> {
    let help = "check the path, or choose another file";
    if path.is_dir() {
        return Err(StoreError::new("write", path, "a folder is there", help));
    }
    writable(beside::folder_of(path)).map_err(|e| StoreError::new("write", path, e.to_string(), help))
}

/// Makes a file without a name in a folder, or in the nearest one above that is there.
fn writable(folder: &Path) -> io::Result<()> {
    let there = folder.ancestors().find(|above| above.exists()).unwrap_or(Path::new("."));
    tempfile::tempfile_in(there).map(drop)
}

/// The place of a run folder: nothing is there, or a run.
fn place_of(parent: &Path, id: &str) -> Result<PathBuf, StoreError> {
    let place = parent.join(id);
    if id.is_empty() || id.starts_with('.') || id.contains(['/', '\\']) {
        return Err(StoreError::new("write", &place, "the id is no folder name", "choose another id"));
    }
    if place.exists() && !place.join("manifest.json").is_file() {
        let why = "something that is not a run of plancast is there";
        return Err(StoreError::new(
            "replace",
            &place,
            why,
            "move it away or choose another folder with --out",
        ));
    }
    Ok(place)
}

/// Writes a single file whole: beside its place and moved there. Its folder is made if need be.
///
/// # Errors
///
/// When the file system refuses.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let parent = beside::folder_of(path);
    fs::create_dir_all(parent).map_err(|e| refused(parent, &e))?;
    let mut beside = beside::file(path).map_err(|e| refused(parent, &e))?;
    beside.write_all(bytes).and_then(|()| beside.flush()).map_err(|e| refused(path, &e))?;
    beside::persist(beside, path).map_err(|e| refused(path, &e))
}

/// Reads a run folder.
///
/// # Errors
///
/// When a file is missing, is no JSON (with line and column) or is of another schema.
pub fn load(folder: &Path) -> Result<Run, StoreError> {
    let manifest = read(&folder.join("manifest.json"), &[manifest::SCHEMA])?;
    let summary = summary(&folder.join("summary.json"))?;
    let counts = folder.join(distribution::FILE);
    let distributions = if counts.is_file() { Some(read(&counts, &[distribution::SCHEMA])?) } else { None };
    Ok(Run { folder: folder.to_owned(), manifest, summary, distributions })
}

/// Reads the comparison of a folder that `compare` wrote; nothing for the folder of a single run.
///
/// # Errors
///
/// As [`load`].
pub fn load_comparison(folder: &Path) -> Result<Option<Comparison>, StoreError> {
    let mut comparison: Comparison = read(&folder.join("summary.json"), &SUMMARIES)?;
    SCHEMA.clone_into(&mut comparison.reference.schema);
    for alternative in &mut comparison.alternatives {
        SCHEMA.clone_into(&mut alternative.summary.schema);
    }
    Ok(Some(comparison).filter(|comparison| !comparison.alternatives.is_empty()))
}

/// Reads a `summary.json` that may lie anywhere: a baseline.
///
/// # Errors
///
/// As [`load`].
pub fn summary(file: &Path) -> Result<Summary, StoreError> {
    let mut summary: Summary = read(file, &SUMMARIES)?;
    SCHEMA.clone_into(&mut summary.schema);
    Ok(summary)
}

fn write_into(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|e| refused(parent, &e))?;
    }
    fs::write(&path, bytes).map_err(|e| refused(&path, &e))
}

/// Moves `whole` to `place`, where a run is there in one step: at no moment is there none.
#[cfg(target_os = "linux")]
fn exchange(whole: &Path, place: &Path, old: &Path) -> Result<(), StoreError> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    if place.exists() && renameat_with(CWD, whole, CWD, place, RenameFlags::EXCHANGE).is_ok() {
        return Ok(());
    }
    exchange_in_two_steps(whole, place, old)
}

/// Moves `whole` to `place`.
#[cfg(not(target_os = "linux"))]
fn exchange(whole: &Path, place: &Path, old: &Path) -> Result<(), StoreError> {
    exchange_in_two_steps(whole, place, old)
}

/// Moves `whole` to `place`; what was there goes to `old`, and comes back when the move fails.
fn exchange_in_two_steps(whole: &Path, place: &Path, old: &Path) -> Result<(), StoreError> {
    let replaces = place.exists();
    if replaces {
        fs::rename(place, old).map_err(|e| refused(place, &e))?;
    }
    fs::rename(whole, place).map_err(|e| {
        if replaces {
            // Nothing more can be done when this fails too; the error below names the place.
            let _ = fs::rename(old, place);
        }
        refused(place, &e)
    })
}

fn refused(path: &Path, error: &io::Error) -> StoreError {
    let help = match error.kind() {
        io::ErrorKind::PermissionDenied => "choose a folder you may write to with --out",
        io::ErrorKind::StorageFull => "free some space or choose another disk with --out",
        _ => "check the path and the disk, or choose another folder with --out",
    };
    StoreError::new("write", path, error.to_string(), help)
}

fn read<T: DeserializeOwned>(path: &Path, schemas: &[&str]) -> Result<T, StoreError> {
    let fail = |why: String, help: &str| StoreError::new("read", path, why, help);
    let text = fs::read_to_string(path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => fail(
            "there is no such file".to_owned(),
            "name the folder of a run, as `plancast run` prints it last",
        ),
        _ => fail(e.to_string(), "check its permissions"),
    })?;
    let again = "run the scenario again to make it anew";
    let value: serde_json::Value =
        serde_json::from_str(&text).map_err(|e| fail(format!("it is no JSON: {e}"), again))?;
    match value.get("schema").and_then(|found| found.as_str()) {
        Some(found) if schemas.contains(&found) => {}
        found => {
            let why = format!("its schema is {:?}, not {:?}", found.unwrap_or("missing"), schemas[0]);
            return Err(fail(why, "run the scenario again with this version of plancast"));
        }
    }
    // From the text once more, for the line and column of what does not fit.
    serde_json::from_str(&text).map_err(|e| fail(e.to_string(), again))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::{json, sample};

    fn files(seed: u64) -> Vec<(String, Vec<u8>)> {
        let manifest = Manifest { schema: manifest::SCHEMA.to_owned(), seed, ..Manifest::default() };
        vec![
            ("manifest.json".to_owned(), json::write(&manifest).unwrap().into_bytes()),
            ("summary.json".to_owned(), json::write(&sample::summary()).unwrap().into_bytes()),
            ("charts/gdp.svg".to_owned(), b"<svg/>".to_vec()),
        ]
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_run_is_read_back_as_it_was_written() {
        let out = tempfile::tempdir().unwrap();
        let folder = write(&out.path().join("deep/output"), "plan", &files(7)).unwrap();
        let run = load(&folder).unwrap();
        assert_eq!((run.manifest.seed, run.summary), (7, sample::summary()));
        assert_eq!(names(&folder), ["charts", "manifest.json", "summary.json"]);
    }

    #[test]
    fn a_comparison_is_read_back_as_it_was_written_and_a_run_is_none() {
        let out = tempfile::tempdir().unwrap();
        let folder = write(out.path(), "plan", &files(7)).unwrap();
        assert_eq!(load_comparison(&folder).unwrap(), None);
        let comparison = sample::comparison();
        let text = json::write(&comparison).unwrap();
        fs::write(folder.join("summary.json"), text).unwrap();
        assert_eq!(load_comparison(&folder).unwrap(), Some(comparison.clone()));
        assert_eq!(load(&folder).unwrap().summary, comparison.reference, "it reads as the reference's run");
    }

    #[test]
    fn a_comparison_of_the_format_before_is_read_as_one_of_today() {
        let out = tempfile::tempdir().unwrap();
        let folder = write(out.path(), "plan", &files(7)).unwrap();
        let text = json::write(&sample::comparison()).unwrap().replace(SCHEMA, BEFORE);
        let before = text.replace("\"probability\":", "\"odds\":");
        // Keys are in order: the error of a probability follows it.
        let before: Vec<String> = before
            .lines()
            .scan("", |last, line| {
                let of_odds = last.trim_start().starts_with("\"odds\":");
                *last = line;
                Some(if of_odds { line.replace("null", "0.0") } else { line.to_owned() })
            })
            .collect();
        let before = before.join("\n");
        assert!(before.contains("\"odds\":") && before.contains("\"standard_error\": 0.0"));
        fs::write(folder.join("summary.json"), before).unwrap();
        assert_eq!(load_comparison(&folder).unwrap(), Some(sample::comparison()));
    }

    #[test]
    fn a_run_replaces_the_one_before_and_leaves_nothing_else() {
        let out = tempfile::tempdir().unwrap();
        let mut first = files(1);
        first.push(("stale.csv".to_owned(), Vec::new()));
        write(out.path(), "plan", &first).unwrap();
        write(out.path(), "plan", &files(2)).unwrap();
        assert_eq!(load(&out.path().join("plan")).unwrap().manifest.seed, 2);
        assert!(!out.path().join("plan/stale.csv").exists());
        assert_eq!(names(out.path()), ["plan"]);
    }

    #[test]
    fn when_writing_fails_the_run_before_stays() {
        let out = tempfile::tempdir().unwrap();
        write(out.path(), "plan", &files(1)).unwrap();
        let mut broken = files(2);
        broken.push(("summary.json/inside-a-file".to_owned(), Vec::new()));
        let error = write(out.path(), "plan", &broken).unwrap_err();
        assert!(error.path().to_string_lossy().contains("summary.json"), "{error}");
        assert_eq!(load(&out.path().join("plan")).unwrap().manifest.seed, 1);
        assert_eq!(names(out.path()), ["plan"]);
    }

    #[test]
    fn a_folder_that_is_no_run_is_never_replaced() {
        let out = tempfile::tempdir().unwrap();
        fs::create_dir(out.path().join("plan")).unwrap();
        fs::write(out.path().join("plan/thesis.tex"), "x").unwrap();
        let error = write(out.path(), "plan", &files(1)).unwrap_err().to_string();
        assert!(error.contains("not a run") && error.contains("--out"), "{error}");
        assert!(out.path().join("plan/thesis.tex").exists());
    }

    #[test]
    fn an_id_cannot_leave_the_output_folder() {
        let out = tempfile::tempdir().unwrap();
        for id in ["", "..", "../plan", "a/b", ".hidden"] {
            assert!(write(out.path(), id, &files(1)).is_err(), "{id}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_with_the_file_and_the_line() {
        let out = tempfile::tempdir().unwrap();
        let missing = load(out.path()).unwrap_err().to_string();
        assert!(missing.contains("manifest.json") && missing.contains("no such file"), "{missing}");

        let folder = write(out.path(), "plan", &files(1)).unwrap();
        fs::write(folder.join("summary.json"), "{\n  \"schema\": plancast\n}").unwrap();
        let broken = load(&folder).unwrap_err().to_string();
        assert!(broken.contains("summary.json") && broken.contains("line 2"), "{broken}");

        fs::write(folder.join("summary.json"), "{ \"schema\": \"plancast-summary/9\" }").unwrap();
        let newer = load(&folder).unwrap_err();
        assert!(
            newer.to_string().contains("plancast-summary/9") && newer.help().contains("version"),
            "{newer}"
        );
    }
}
