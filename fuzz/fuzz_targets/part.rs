//! Any bytes as a part of a run, with the right digest and of the right run, as who forges one would give it: it is
//! refused, or it can be written again, merged to results, and gone on from.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use plancast::engine::Watch;
use plancast::result::json;
use plancast::result::run_part::{PartOrigin, RunPart, SCHEMA};
use plancast::study::{Shard, merge};
use sha2::{Digest, Sha256};

#[path = "common/mod.rs"]
mod common;
#[path = "common/mutation.rs"]
mod mutation;

use common::{loaded, prepared};
use mutation::{Random, put};

fuzz_target!(|body: &[u8]| {
    let Ok(part) = RunPart::from_bytes(&with_digest(body)) else { return };
    let again = part.to_bytes().expect("a part has a form");
    assert!(RunPart::from_bytes(&again).is_ok(), "what was read is written so that it is read");
    let _ = part.manifest("");
    // Who forges a part can say that it is of any run.
    let part = RunPart { origin: PartOrigin { quantiles: part.origin.quantiles, ..origin().clone() }, ..part };
    let Ok(part) = part.to_bytes().map(|bytes| RunPart::from_bytes(&bytes)).expect("a form") else { return };
    let parts = vec![("a".to_owned(), part.clone()), ("b".to_owned(), honest()[1].clone())];
    for parts in [parts, vec![("a".to_owned(), part.clone())]] {
        if let Ok((run, _)) = merge(parts, loaded()) {
            json::write(&run.summary).expect("results have a form");
            json::write(&run.distributions).expect("results have a form");
        }
    }
    let mut counting = prepared().counting(None).expect("a run");
    let kept = RunPart { origin: origin().clone(), ..part };
    if counting.resume(kept).is_ok() {
        counting.advance(10, Watch::default()).expect("the rest of the run");
        json::write(&counting.finish().expect("no record").summary).expect("results have a form");
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut random = Random::new(seed);
    // Most bytes of a part that is refused lead nowhere: begin anew with an honest one.
    if random.below(8) == 0 || RunPart::from_bytes(&with_digest(&data[..size])).is_err() && random.below(2) == 0
    {
        let bytes = honest()[random.below(3)].to_bytes().expect("a form");
        let begun = put(data, size, max_size, &bytes[SCHEMA.len() + 1..bytes.len() - 32]);
        return fuzzer_mutate(data, begun, max_size);
    }
    fuzzer_mutate(data, size, max_size)
});

fn with_digest(body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{SCHEMA}\n").into_bytes();
    bytes.extend_from_slice(body);
    let digest = Sha256::digest(&bytes);
    bytes.extend_from_slice(&digest);
    bytes
}

fn origin() -> &'static PartOrigin {
    static ORIGIN: OnceLock<PartOrigin> = OnceLock::new();
    ORIGIN.get_or_init(|| prepared().origin())
}

/// The first and the second shard of two, and the whole run.
fn honest() -> &'static [RunPart; 3] {
    static HONEST: OnceLock<[RunPart; 3]> = OnceLock::new();
    HONEST.get_or_init(|| {
        [(1, 2), (2, 2), (1, 1)].map(|(number, of)| {
            let mut counting = prepared().counting(Some(Shard { number, of })).expect("a run");
            counting.advance(10, Watch::default()).expect("all of it");
            counting.part().clone()
        })
    })
}
