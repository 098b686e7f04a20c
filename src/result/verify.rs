//! Whether a run folder is whole and as it was written: every file that its manifest names, against its SHA-256.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

use super::folder::{self, MANIFEST, files_of};
use super::manifest::{self, InputFile};
use crate::message;
use crate::text::{Message, visible};
use crate::world::project::{Access, Project};
use crate::world::read::sha256_of_file;
use crate::world::{FileError, resolved};

/// What was found of a run folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// The folder.
    pub run: PathBuf,
    /// Whether it is whole and unchanged, with its exports.
    pub unchanged: bool,
    /// How many files were looked at.
    pub files: usize,
    /// What is not as it was written.
    pub differences: Vec<FileDifference>,
    /// Files in the folder that are none of the run's: others have put them there.
    pub others: Vec<String>,
}

/// A file that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileDifference {
    /// Its name as the manifest has it.
    pub file: String,
    /// What is wrong with it.
    pub is: FileState,
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// It is not there.
    Missing,
    /// It has other bytes.
    Changed,
    /// It is an export that has other bytes: changed, or of another run.
    OfAnother,
    /// It lies outside of the project and was not looked at.
    Outside,
}

/// Looks at every file of a run folder.
///
/// # Errors
/// When it is no run folder of plancast, when its manifest names no files, as those of earlier versions, or when a file
/// cannot be read.
pub fn verify(run: &Path) -> Result<Verified, FileError> {
    verify_within(run, Access::Anywhere)
}

/// The same, where files outside of the project, of the run folder's or the working folder's, are not looked at unless
/// they may be named.
///
/// # Errors
/// As [`verify`].
pub fn verify_within(run: &Path, access: Access) -> Result<Verified, FileError> {
    let fail = |path: &Path, why: Message, help: Message| FileError::new("verify", path, why, help);
    let Some(manifest) = folder::manifest_of(run) else {
        return Err(fail(run, message!("result-verify-no-run"), message!("result-store-name-a-run")));
    };
    let Some(files) = files_of(&manifest) else {
        return Err(fail(run, message!("result-verify-no-files"), message!("result-verify-no-files.help")));
    };
    let mut found = Verified { run: run.to_owned(), files: files.len() + 1, ..Verified::default() };
    if !is_as_written(run, &manifest) {
        found.differences.push(FileDifference { file: MANIFEST.to_owned(), is: FileState::Changed });
    }
    let listed = files.iter().map(|(name, sha256)| (name, sha256, FileState::Changed));
    let exports = exports_of(&manifest);
    found.files += exports.len();
    let exports = exports.iter().map(|export| (&export.file, &export.sha256, FileState::OfAnother));
    let projects = [Project::of(run, access), Project::of(Path::new(""), access)];
    for (name, sha256, otherwise) in listed.chain(exports) {
        let place = run.join(name);
        // A manifest may be a stranger's: of files elsewhere it is not even said whether they are there.
        let is = if projects.iter().any(|project| project.holds(&place)) {
            state(&resolved(&place), sha256, otherwise)?
        } else {
            Some(FileState::Outside)
        };
        found.differences.extend(is.map(|is| FileDifference { file: name.clone(), is }));
    }
    let others = folder::paths_in(run).into_iter();
    let others = others.filter(|path| {
        folder::name_in(path).is_none_or(|name| name != MANIFEST && !files.contains_key(&name))
    });
    found.others = others.map(|path| visible::path(&path)).collect();
    found.unchanged = found.differences.is_empty();
    Ok(found)
}

/// Those of the named files of a run folder that are not as its manifest says, for who reads just these. Nothing of a folder
/// whose manifest names no files.
pub fn changed(run: &Path, names: &[&str]) -> Vec<String> {
    let manifest = folder::manifest_of(run).unwrap_or_default();
    let files = files_of(&manifest).unwrap_or_default();
    let is_changed = |name: &&&str| {
        let other = |sha256: &String| {
            let file = run.join(name);
            file.is_file() && sha256_of_file(&file).is_ok_and(|found| found != *sha256)
        };
        files.get(**name).is_some_and(other)
    };
    names.iter().filter(is_changed).map(|name| (*name).to_owned()).collect()
}

/// What is wrong with a file, if anything.
fn state(path: &Path, sha256: &str, otherwise: FileState) -> Result<Option<FileState>, FileError> {
    if !path.is_file() {
        return Ok(Some(if path.exists() { otherwise } else { FileState::Missing }));
    }
    let found = sha256_of_file(path).map_err(|error| {
        let why = Message::verbatim(error.to_string());
        FileError::new("read", path, why, message!("result-verify-permissions"))
    })?;
    Ok((found != sha256).then_some(otherwise))
}

/// Whether the manifest has the SHA-256 that it names itself, and is written as plancast writes it.
fn is_as_written(run: &Path, manifest: &Value) -> bool {
    let text = folder::manifest_text(run);
    manifest::is_sealed(manifest) && text.is_some() && text == super::json::write(manifest).ok()
}

fn exports_of(manifest: &Value) -> Vec<InputFile> {
    let exports = manifest.get("exports").cloned().unwrap_or_default();
    serde_json::from_value(exports).unwrap_or_default()
}
