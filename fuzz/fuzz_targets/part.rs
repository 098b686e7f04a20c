//! Any bytes as a part of a run, with the right digest, as who forges one would give it: it is refused, or it can be written
//! again and merged.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plancast::result::run_part::{Part, SCHEMA, merge};
use sha2::{Digest, Sha256};

fuzz_target!(|body: &[u8]| {
    let mut bytes = format!("{SCHEMA}\n").into_bytes();
    bytes.extend_from_slice(body);
    let digest = Sha256::digest(&bytes);
    bytes.extend_from_slice(&digest);
    if let Ok(part) = Part::from_bytes(&bytes) {
        let again = part.to_bytes().expect("a part has a form");
        assert!(Part::from_bytes(&again).is_ok(), "what was read is written so that it is read");
        let _ = part.manifest("");
        let _ = merge(vec![("a".to_owned(), part.clone()), ("b".to_owned(), part)]);
    }
});
