//! What a run was made from, so that it can be made again: `manifest.json` (schema `plancast-manifest/1`).

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

pub(crate) use crate::world::read::hex;
pub use crate::world::read::sha256;

/// The name of the file format.
pub const SCHEMA: &str = "plancast-manifest/1";

/// What a run was made from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: String,
    /// The version of plancast that made it.
    pub plancast: String,
    /// The scenario's id.
    pub scenario: String,
    /// Every file that was read.
    pub inputs: Vec<InputFile>,
    /// SHA-256 of `scenario.toml`, the resolved scenario, in hex.
    pub resolved_sha256: String,
    /// The seed.
    pub seed: u64,
    /// How many paths.
    pub paths: u64,
    /// How the paths were drawn: `random`.
    pub sampling: String,
    /// The fingerprint of the ensemble, as in `summary.json`.
    pub fingerprint: String,
    /// Every other file of the run folder: its SHA-256, in hex, by name. Filled in when the folder is written.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
    /// Files of the run that lie elsewhere, by their paths from the run folder on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exports: Vec<InputFile>,
    /// What the clock and the machine add: no part of what is reproduced.
    pub wall: Wall,
}

/// The key of a manifest that holds the SHA-256 of all the others but `wall`.
pub const OWN_SHA256: &str = "manifest_sha256";

/// The text of a manifest that names the files of its run folder and those of the run that lie elsewhere, and by which it
/// can be told whether it was changed itself.
///
/// # Errors
/// When the manifest has no form in JSON.
pub fn sealed(
    manifest: &Value,
    files: &BTreeMap<String, String>,
    exports: &[InputFile],
) -> Result<String, serde_json::Error> {
    let mut manifest = manifest.clone();
    manifest["files"] = serde_json::to_value(files)?;
    if !exports.is_empty() {
        manifest["exports"] = serde_json::to_value(exports)?;
    }
    let own = own_sha256(&manifest)?;
    manifest[OWN_SHA256] = own.into();
    super::json::write(&manifest)
}

/// The SHA-256 of a manifest, of all but what the clock and the machine add.
///
/// # Errors
/// When the manifest has no form in JSON.
pub fn own_sha256(manifest: &Value) -> Result<String, serde_json::Error> {
    let mut all = manifest.clone();
    if let Some(all) = all.as_object_mut() {
        all.remove(OWN_SHA256);
        all.remove("wall");
    }
    super::json::write(&all).map(|text| sha256(text.as_bytes()))
}

/// Whether a manifest has the SHA-256 that it names itself: nothing in it was changed since it was written.
pub fn is_sealed(manifest: &Value) -> bool {
    let named = manifest.get(OWN_SHA256).and_then(Value::as_str);
    named.is_some() && named == own_sha256(manifest).ok().as_deref()
}

/// A file that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// Its path as the scenario names it.
    pub file: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
}

/// Facts of the clock and the machine; the command line takes them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Wall {
    /// When the run started, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<String>,
    /// How many seconds it took.
    pub seconds: f64,
    /// On how many threads.
    pub threads: usize,
    /// Operating system and processor: `linux-x86_64`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub machine: String,
}

impl InputFile {
    /// A file with the hash of its bytes.
    pub fn of(file: impl Into<String>, bytes: &[u8]) -> Self {
        Self { file: file.into(), sha256: sha256(bytes) }
    }
}

/// SHA-256 of what a value prints for programmers, in hex: two values that print the same are the same.
pub fn sha256_of(value: &impl std::fmt::Debug) -> String {
    struct Digesting(Sha256);
    impl Write for Digesting {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            self.0.update(text.as_bytes());
            Ok(())
        }
    }
    let mut digest = Digesting(Sha256::new());
    let _ = write!(digest, "{value:?}");
    hex(&digest.0.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-4, the example of “abc”.
    #[test]
    fn a_file_is_known_by_its_sha_256() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(InputFile::of("plan.toml", b"abc").sha256, expected);
    }

    /// So that a part of what another build makes of the same scenario is refused.
    #[test]
    fn a_value_is_known_by_the_sha_256_of_what_it_prints() {
        assert_eq!(sha256_of(&"abc"), sha256(b"\"abc\""));
        assert_eq!(sha256_of(&vec![1.5, -0.0]), sha256(b"[1.5, -0.0]"));
        assert_ne!(sha256_of(&1.0), sha256_of(&(1.0 + f64::EPSILON)));
    }

    #[test]
    fn wall_facts_that_are_not_known_are_left_out() {
        let text = crate::result::json::write(&Manifest::default()).unwrap();
        assert!(!text.contains("started") && text.contains("\"threads\": 0"), "{text}");
    }
}
