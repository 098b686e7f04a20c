//! Run folders, written and read back.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::comparison::Comparison;
use super::distribution::{self, Distributions};
use super::folder::{Folder, MANIFEST};
use super::json;
use super::manifest;
use super::run_part::RunPart;
use super::stored_run::StoredRun;
use super::summary::{BEFORE, SCHEMA, Summary};
use crate::message;
use crate::text::Message;
use crate::world::{FileError, Writer, read};

/// The largest file of results that is read.
const MOST: u64 = 256 << 20;

/// The formats of summaries that are read.
const SUMMARIES: [&str; 2] = [SCHEMA, BEFORE];

/// Writes a run folder `parent/id` of files given as (name, bytes), among them its manifest; a name may hold folders:
/// `charts/gdp.svg`. The folder's path is returned.
///
/// # Errors
/// As [`Folder::begin`] and [`Folder::finish`].
pub fn write(
    writer: Writer,
    parent: &Path,
    id: &str,
    files: Vec<(String, Vec<u8>)>,
) -> Result<PathBuf, FileError> {
    finish(Folder::begin(writer, parent, id)?, files)
}

/// Writes the files of a run folder that was begun, among them its manifest, and moves it to its place.
///
/// # Errors
/// As [`Folder::finish`].
pub fn finish(mut folder: Folder, files: Vec<(String, Vec<u8>)>) -> Result<PathBuf, FileError> {
    let (manifest, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| name == MANIFEST);
    let manifest = manifest.first().and_then(|(_, bytes)| serde_json::from_slice(bytes).ok());
    folder.add(&files)?;
    folder.finish(&manifest.unwrap_or_default())
}

/// Reads a run folder.
///
/// # Errors
///
/// When a file is missing, is no JSON (with line and column) or is of another schema.
pub fn load(folder: &Path) -> Result<StoredRun, FileError> {
    let file = folder.join(MANIFEST);
    let manifest = parsed(text(&file)?, &file, &[manifest::SCHEMA])?;
    let summary = summary(&folder.join("summary.json"))?;
    let counts = folder.join(distribution::FILE);
    let read = || distributions_of(text(&counts)?, &counts, &summary);
    let distributions = if counts.is_file() { Some(read()?) } else { None };
    Ok(StoredRun { folder: folder.to_owned(), manifest, summary, distributions })
}

/// The files of a stored run that commands read, and those that it was made from, as far as they are there.
pub fn files_of_run(run: &Path) -> Vec<PathBuf> {
    let own = [MANIFEST, "summary.json", distribution::FILE, "scenario.toml"];
    let manifest: Option<manifest::Manifest> =
        super::folder::manifest_of(run).and_then(|found| serde_json::from_value(found).ok());
    let inputs =
        manifest.into_iter().flat_map(|manifest| manifest.inputs).map(|input| PathBuf::from(input.file));
    own.iter().map(|name| run.join(name)).chain(inputs).filter(|file| file.exists()).collect()
}

/// Reads the comparison of a folder that `compare` wrote; nothing for the folder of a single run.
///
/// # Errors
///
/// As [`load`].
pub fn load_comparison(folder: &Path) -> Result<Option<Comparison>, FileError> {
    let file = folder.join("summary.json");
    comparison_of(text(&file)?, &file)
}

/// The comparison of the text of a `summary.json` that messages call `file`; nothing where it is of a single run.
///
/// # Errors
///
/// As [`load`].
pub fn comparison_of(text: String, file: &Path) -> Result<Option<Comparison>, FileError> {
    let mut comparison: Comparison = parsed(text, file, &SUMMARIES)?;
    comparison.check().map_err(|why| senseless(file, why))?;
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
pub fn summary(file: &Path) -> Result<Summary, FileError> {
    summary_of(text(file)?, file)
}

/// The summary of a text that messages call `file`.
///
/// # Errors
///
/// As [`load`].
pub fn summary_of(text: String, file: &Path) -> Result<Summary, FileError> {
    let mut summary: Summary = parsed(text, file, &SUMMARIES)?;
    summary.check().map_err(|why| senseless(file, why))?;
    SCHEMA.clone_into(&mut summary.schema);
    Ok(summary)
}

/// The distributions of a text that messages call `file`, of the run of this summary.
///
/// # Errors
///
/// As [`load`].
pub fn distributions_of(text: String, file: &Path, summary: &Summary) -> Result<Distributions, FileError> {
    let found: Distributions = parsed(text, file, &[distribution::SCHEMA])?;
    found.check(summary).map_err(|why| senseless(file, why))?;
    Ok(found)
}

/// The error of a file whose parts do not agree.
fn senseless(file: &Path, why: Message) -> FileError {
    let why = message!("result-store-senseless", why = why);
    FileError::new("use", file, why, message!("result-store-again"))
}

/// The beginning of every file of results.
#[derive(Deserialize)]
struct Head {
    schema: Option<serde_json::Value>,
}

/// The text of a file of results.
fn text(path: &Path) -> Result<String, FileError> {
    let fail = |why: Message, help: Message| FileError::new("read", path, why, help);
    if !path.exists() {
        return Err(fail(message!("result-store-no-file"), message!("result-store-name-a-run")));
    }
    let read = read::text(path, MOST).map_err(|why| fail(why, message!("result-store-check")));
    read.map(|read| read.text)
}

fn parsed<T: DeserializeOwned>(text: String, path: &Path, schemas: &[&str]) -> Result<T, FileError> {
    let fail = |why: Message, help: Message| FileError::new("read", path, why, help);
    let again = || message!("result-store-again");
    let text = json::tamed(text);
    let head: Head = serde_json::from_str(&text)
        .map_err(|error| fail(message!("result-store-no-json", why = error.to_string()), again()))?;
    match head.schema.as_ref().and_then(|found| found.as_str()) {
        Some(found) if schemas.contains(&found) => {}
        Some(part) if part.starts_with(RunPart::BEGIN) => {
            return Err(fail(message!("result-store-part"), message!("result-store-part.help")));
        }
        found => {
            let why = match found {
                Some(found) => message!("result-store-schema", found = found, wanted = schemas[0]),
                None => message!("result-store-no-schema", wanted = schemas[0]),
            };
            return Err(fail(why, message!("result-store-this-version")));
        }
    }
    serde_json::from_str(&text).map_err(|error| fail(Message::verbatim(error.to_string()), again()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;
    use crate::result::sample;
    use crate::world::Patience;

    fn put(parent: &Path, id: &str, files: &[(String, Vec<u8>)]) -> Result<PathBuf, FileError> {
        let writer = Writer::real(Patience { limit: Duration::from_mins(1), tell: |_| () });
        write(writer, parent, id, files.to_vec())
    }

    fn files(seed: u64) -> Vec<(String, Vec<u8>)> {
        let manifest =
            manifest::Manifest { schema: manifest::SCHEMA.to_owned(), seed, ..manifest::Manifest::default() };
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
        let folder = put(&out.path().join("deep/output"), "plan", &files(7)).unwrap();
        let run = load(&folder).unwrap();
        assert_eq!((run.manifest.seed, run.summary), (7, sample::summary()));
        assert_eq!(names(&folder), ["charts", "manifest.json", "summary.json"]);
    }

    #[test]
    fn a_comparison_is_read_back_as_it_was_written_and_a_run_is_none() {
        let out = tempfile::tempdir().unwrap();
        let folder = put(out.path(), "plan", &files(7)).unwrap();
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
        let folder = put(out.path(), "plan", &files(7)).unwrap();
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
        put(out.path(), "plan", &first).unwrap();
        put(out.path(), "plan", &files(2)).unwrap();
        assert_eq!(load(&out.path().join("plan")).unwrap().manifest.seed, 2);
        assert!(!out.path().join("plan/stale.csv").exists());
        assert_eq!(names(out.path()), ["plan"]);
    }

    #[test]
    fn when_writing_fails_the_run_before_stays() {
        let out = tempfile::tempdir().unwrap();
        put(out.path(), "plan", &files(1)).unwrap();
        let mut broken = files(2);
        broken.push(("summary.json/inside-a-file".to_owned(), Vec::new()));
        let error = put(out.path(), "plan", &broken).unwrap_err();
        assert!(error.path().to_string_lossy().contains("summary.json"), "{error}");
        assert_eq!(load(&out.path().join("plan")).unwrap().manifest.seed, 1);
        assert_eq!(names(out.path()), ["plan"]);
    }

    #[test]
    fn a_folder_that_is_no_run_is_never_replaced() {
        let out = tempfile::tempdir().unwrap();
        fs::create_dir(out.path().join("plan")).unwrap();
        fs::write(out.path().join("plan/thesis.tex"), "x").unwrap();
        let error = put(out.path(), "plan", &files(1)).unwrap_err().to_string();
        assert!(error.contains("not a run") && error.contains("--out"), "{error}");
        assert!(out.path().join("plan/thesis.tex").exists());
    }

    #[test]
    fn an_id_cannot_leave_the_output_folder() {
        let out = tempfile::tempdir().unwrap();
        for id in ["", "..", "../plan", "a/b", ".hidden"] {
            assert!(put(out.path(), id, &files(1)).is_err(), "{id}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_with_the_file_and_the_line() {
        let out = tempfile::tempdir().unwrap();
        let missing = load(out.path()).unwrap_err().to_string();
        assert!(missing.contains("manifest.json") && missing.contains("no such file"), "{missing}");

        let folder = put(out.path(), "plan", &files(1)).unwrap();
        fs::write(folder.join("summary.json"), "{\n  \"schema\": plancast\n}").unwrap();
        let broken = load(&folder).unwrap_err().to_string();
        assert!(broken.contains("summary.json") && broken.contains("line 2"), "{broken}");

        fs::write(folder.join("summary.json"), "{ \"schema\": \"plancast-summary/9\" }").unwrap();
        let newer = load(&folder).unwrap_err();
        assert!(
            newer.to_string().contains("plancast-summary/9") && newer.help().to_string().contains("version"),
            "{newer}"
        );
    }
}
