//! A part of a run: the counts of some of its blocks, in a file that says what it is a part of. Shards and checkpoints
//! are such files (schema `plancast-part/4`): see [`RunPart::to_bytes`].

mod bytes;
mod merging;

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::manifest::InputFile;
use crate::engine::conditional::ConditionalCounts;
use crate::ensemble::{Ensemble, MOST_PATHS};
use crate::num::BLOCK;
use crate::text::{Key, Message};
use crate::{key, message};

pub use merging::{Merging, MissingPaths, merge};

/// The name of the file format.
pub const SCHEMA: &str = "plancast-part/4";

/// The largest part that is read, packed or unpacked.
pub const MOST_BYTES: u64 = 4 << 30;

/// A part of a run: the `number`th of so many, from 1. It is written `3/16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Which, from 1.
    pub number: u64,
    /// Of how many.
    pub of: u64,
}

impl Shard {
    /// Its blocks, of so many in all. Shards of a run differ by at most one block.
    pub fn blocks(self, all: u64) -> Range<u64> {
        let cut = |k: u64| (u128::from(all) * u128::from(k) / u128::from(self.of)) as u64;
        cut(self.number - 1)..cut(self.number)
    }

    /// The shard of so many that has a block, of `all` blocks.
    fn with_block(block: u64, of: u64, all: u64) -> Self {
        let number = (u128::from(block + 1) * u128::from(of)).div_ceil(u128::from(all.max(1))) as u64;
        Self { number, of }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// What a part is a part of. Parts of one run agree in all but the inputs' names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PartOrigin {
    /// The version of plancast.
    pub plancast: String,
    /// The scenario's id.
    pub scenario: String,
    /// SHA-256 of the resolved scenario, in hex.
    pub resolved_sha256: String,
    /// SHA-256 of the compiled program, in hex: what this build makes of the scenario.
    pub program_sha256: String,
    /// The seed.
    pub seed: u64,
    /// How many paths the whole run has.
    pub paths: u64,
    /// How the paths are drawn.
    pub sampling: String,
    /// Variables that are recorded besides the headlines, as asked for.
    pub record: Vec<String>,
    /// Whether what drives the results is counted.
    pub sensitivity: bool,
    /// The levels of the quantiles to report.
    pub quantiles: Vec<f64>,
    /// The files that the scenario was read from.
    pub inputs: Vec<InputFile>,
}

/// The counts of some blocks of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunPart {
    /// What it is a part of.
    pub origin: PartOrigin,
    /// Which shard it is, where it was asked for as one.
    pub shard: Option<Shard>,
    /// The blocks of 256 paths that were simulated.
    pub blocks: Range<u64>,
    /// What was counted; of a run that is conditioned on observations, without them.
    pub ensemble: Ensemble,
    /// What was counted among the futures that agree with the observations, where the run is conditioned.
    pub conditional: Option<ConditionalCounts>,
}

/// What is wrong with a part, or with several together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// The bytes are of no part, or of another version of the format.
    NoPart,
    /// The bytes are not those that were written.
    Damaged,
    /// Its counts do not agree with each other: how.
    Senseless(Message),
    /// It is of another run: what differs.
    Foreign(Message),
    /// Two parts cover the same blocks: the other part, and the paths.
    Overlap(String, Range<u64>),
    /// No part covers these paths.
    Missing(MissingPaths),
}

impl PartError {
    /// What is wrong, and what to do.
    pub fn message(&self) -> Message {
        let ends = |paths: &Range<u64>| (paths.start.to_string(), (paths.end - 1).to_string());
        match self {
            Self::NoPart => message!("result-part-none", schema = SCHEMA),
            Self::Damaged => message!("result-part-damaged"),
            Self::Senseless(how) => message!("result-part-senseless", how = how),
            Self::Foreign(what) => message!("result-part-foreign", what = what),
            Self::Overlap(other, paths) => {
                let (first, last) = ends(paths);
                message!("result-part-overlap", first = first, last = last, other = other)
            }
            Self::Missing(missing) => missing.message(),
        }
    }
}

impl fmt::Display for PartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl PartOrigin {
    /// What tells another run from this one.
    fn difference(&self, other: &Self) -> Option<Message> {
        let number = |number: u64| number.to_string();
        let (seeds, paths) = ([self.seed, other.seed].map(number), [self.paths, other.paths].map(number));
        let texts: [(Key, [&str; 2]); 6] = [
            (key!("result-part-scenario"), [&self.scenario, &other.scenario]),
            (key!("result-part-version"), [&self.plancast, &other.plancast]),
            (key!("result-part-seed"), seeds.each_ref().map(String::as_str)),
            (key!("result-part-paths"), paths.each_ref().map(String::as_str)),
            (key!("result-part-sampling"), [&self.sampling, &other.sampling]),
            (key!("result-part-resolved"), [&self.resolved_sha256, &other.resolved_sha256]),
        ];
        let differs = |(what, [mine, theirs]): (Key, [&str; 2])| {
            let message = || message!("result-part-differs", what = what, theirs = theirs, mine = mine);
            (mine != theirs).then(message)
        };
        let records = (&self.record, &self.quantiles, self.sensitivity)
            != (&other.record, &other.quantiles, other.sensitivity);
        let program = (key!("result-part-program"), [&*self.program_sha256, &*other.program_sha256]);
        (texts.into_iter().find_map(differs))
            .or_else(|| records.then(|| message!("result-part-records")))
            .or_else(|| differs(program))
    }

    /// How many blocks the whole run has.
    pub fn blocks(&self) -> u64 {
        self.paths.div_ceil(BLOCK as u64)
    }
}

impl RunPart {
    /// Whether it holds as many paths as its blocks have, and counts that agree with each other.
    fn check(&self) -> Result<(), Message> {
        let Range { start, end } = self.blocks;
        if self.shard.is_some_and(|shard| shard.number == 0 || shard.number > shard.of) {
            return Err(message!("result-part-no-shard"));
        }
        if start > end || end > self.origin.blocks() || self.origin.paths > MOST_PATHS {
            let (start, end, all) = (start.to_string(), end.to_string(), self.origin.blocks().to_string());
            return Err(message!("result-part-blocks", start = start, end = end, all = all));
        }
        if !self.origin.quantiles.iter().all(|level| (0.0..=1.0).contains(level)) {
            return Err(message!("result-part-level"));
        }
        let paths = self.paths();
        if self.ensemble.paths != paths.end.saturating_sub(paths.start) {
            let (start, end, paths) = (start.to_string(), end.to_string(), self.ensemble.paths.to_string());
            return Err(message!("result-part-blocks-paths", paths = paths, start = start, end = end));
        }
        self.ensemble.check().map_err(Message::verbatim)?;
        let Some(counts) = &self.conditional else { return Ok(()) };
        if counts.ensemble.paths != self.ensemble.paths {
            let (start, end) = (start.to_string(), end.to_string());
            let paths = counts.ensemble.paths.to_string();
            return Err(message!("result-part-blocks-paths", paths = paths, start = start, end = end));
        }
        counts.check().map_err(Message::verbatim)
    }

    /// Whether the counts of another part may be added to its own.
    pub fn can_merge(&self, other: &Self) -> bool {
        self.ensemble.can_merge(&other.ensemble)
            && match (&self.conditional, &other.conditional) {
                (Some(mine), Some(theirs)) => mine.can_merge(theirs),
                (mine, theirs) => mine.is_none() && theirs.is_none(),
            }
    }

    /// Adds the counts of another part.
    ///
    /// # Panics
    /// When they are of another run: see [`RunPart::can_merge`].
    pub fn merge_counts(&mut self, other: &Self) {
        self.ensemble.merge(&other.ensemble);
        if let (Some(mine), Some(theirs)) = (&mut self.conditional, &other.conditional) {
            mine.merge(theirs);
        }
    }

    /// How the bytes of every part begin, of whatever version.
    pub const BEGIN: &'static str = "plancast-part/";

    /// The manifest of its folder, for counts with this fingerprint.
    pub fn manifest(&self, fingerprint: &str) -> serde_json::Value {
        serde_json::json!({
            "schema": SCHEMA, "part_of": &self.origin, "blocks": [self.blocks.start, self.blocks.end],
            "shard": self.shard.map(|shard| shard.to_string()), "fingerprint": fingerprint,
        })
    }

    /// Whether it is of the run of this origin.
    ///
    /// # Errors
    /// [`PartError::Foreign`] with what differs.
    pub fn belongs_to(&self, origin: &PartOrigin) -> Result<(), PartError> {
        origin.difference(&self.origin).map_or(Ok(()), |what| Err(PartError::Foreign(what)))
    }

    /// The paths that it covers.
    pub fn paths(&self) -> Range<u64> {
        paths(&self.blocks, &self.origin)
    }
}

/// The paths of some blocks.
fn paths(blocks: &Range<u64>, origin: &PartOrigin) -> Range<u64> {
    (blocks.start * BLOCK as u64).min(origin.paths)..(blocks.end * BLOCK as u64).min(origin.paths)
}

#[cfg(test)]
mod tests;
