//! What a run was made from, so that it can be made again: `manifest.json` (schema `plancast-manifest/1`).

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

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
    pub inputs: Vec<Input>,
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
    /// What the clock and the machine add: no part of what is reproduced.
    pub wall: Wall,
}

/// A file that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
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

impl Input {
    /// A file with the hash of its bytes.
    pub fn of(file: impl Into<String>, bytes: &[u8]) -> Self {
        Self { file: file.into(), sha256: sha256(bytes) }
    }
}

/// SHA-256 of bytes in hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
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

/// Bytes in hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-4, the example of “abc”.
    #[test]
    fn a_file_is_known_by_its_sha_256() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Input::of("plan.toml", b"abc").sha256, expected);
    }

    /// It is that of the text that programmers see; `printf '(1, "a")' | sha256sum`.
    #[test]
    fn values_that_print_alike_have_one_sha_256_and_others_have_another() {
        let expected = "6eb8c3a9c349e69a12972a1c264c7b4c00b80a11634631fbbd7b59b524595459";
        assert_eq!(sha256_of(&(1, "a")), expected);
        assert_ne!(sha256_of(&(1, "b")), expected);
    }

    #[test]
    fn wall_facts_that_are_not_known_are_left_out() {
        let text = crate::result::json::write(&Manifest::default()).unwrap();
        assert!(!text.contains("started") && text.contains("\"threads\": 0"), "{text}");
    }
}
