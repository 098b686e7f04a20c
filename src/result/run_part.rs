//! A part of a run: the counts of some of its blocks, in a file that says what it is a part of. Shards and checkpoints
//! are such files (schema `plancast-part/3`).
//!
//! The bytes: a line with the schema, the part in the postcard format (numbers of variable length, little end first),
//! and the SHA-256 of all that stands before it.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::manifest::InputFile;
use crate::engine::conditional::ConditionalCounts;
use crate::ensemble::{Ensemble, MOST_PATHS};
use crate::num::BLOCK;
use crate::text::{Key, Message};
use crate::{key, message};

/// The name of the file format.
pub const SCHEMA: &str = "plancast-part/3";

/// The largest part that is read.
pub const MOST_BYTES: u64 = 4 << 30;

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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunPart {
    /// What it is a part of.
    pub origin: PartOrigin,
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
    Missing(Range<u64>),
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
            Self::Missing(paths) => {
                let (first, last) = ends(paths);
                message!("result-part-missing", first = first, last = last)
            }
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
    /// The bytes of its file.
    ///
    /// # Errors
    /// Never: a part has a form in the format.
    pub fn to_bytes(&self) -> Result<Vec<u8>, postcard::Error> {
        let mut bytes = head();
        bytes.extend(postcard::to_stdvec(self)?);
        let digest = Sha256::digest(&bytes);
        bytes.extend_from_slice(&digest);
        Ok(bytes)
    }

    /// Reads the bytes of its file.
    ///
    /// # Errors
    /// When these are of no part, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PartError> {
        let body = bytes.strip_prefix(head().as_slice()).ok_or(PartError::NoPart)?;
        let Some(length) = body.len().checked_sub(32) else { return Err(PartError::Damaged) };
        let (signed, digest) = bytes.split_at(bytes.len() - 32);
        if Sha256::digest(signed).as_slice() != digest {
            return Err(PartError::Damaged);
        }
        let part: Self = postcard::from_bytes(&body[..length]).map_err(|_| PartError::Damaged)?;
        part.check().map_err(PartError::Senseless)?;
        Ok(part)
    }

    /// Whether it holds as many paths as its blocks have, and counts that agree with each other.
    fn check(&self) -> Result<(), Message> {
        let Range { start, end } = self.blocks;
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
            "fingerprint": fingerprint,
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

fn head() -> Vec<u8> {
    format!("{SCHEMA}\n").into_bytes()
}

/// The whole of all parts, each with a name for messages.
///
/// # Errors
/// The name of a part with what is wrong with it; of no part in particular where paths are missing or there is none.
pub fn merge(mut parts: Vec<(String, RunPart)>) -> Result<RunPart, (Option<String>, PartError)> {
    parts.sort_by_key(|(_, part)| (part.blocks.start, part.blocks.end));
    let mut parts = parts.into_iter();
    let Some((mut last, mut whole)) = parts.next() else { return Err((None, PartError::Missing(0..1))) };
    let origin = whole.origin.clone();
    let missing = |blocks: Range<u64>| Err((None, PartError::Missing(paths(&blocks, &origin))));
    if whole.blocks.start > 0 {
        return missing(0..whole.blocks.start);
    }
    for (name, part) in parts {
        part.belongs_to(&origin).map_err(|error| (Some(name.clone()), error))?;
        if part.blocks.is_empty() {
            continue;
        }
        if part.blocks.start > whole.blocks.end {
            return missing(whole.blocks.end..part.blocks.start);
        }
        if part.blocks.start < whole.blocks.end {
            let twice = part.blocks.start..part.blocks.end.min(whole.blocks.end);
            return Err((Some(name), PartError::Overlap(last, paths(&twice, &origin))));
        }
        if !whole.can_merge(&part) {
            return Err((Some(name), PartError::Foreign(message!("result-part-series"))));
        }
        whole.merge_counts(&part);
        whole.blocks.end = part.blocks.end;
        last = name;
    }
    if whole.blocks.end < origin.blocks() {
        return missing(whole.blocks.end..origin.blocks());
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::{SeriesScale, Truths};

    fn part(blocks: Range<u64>) -> RunPart {
        let origin = PartOrigin { scenario: "plan".into(), seed: 1, paths: 1000, ..PartOrigin::default() };
        let mut ensemble = Ensemble::new(&[SeriesScale::new(0.0, 0.5)], 1, &[]);
        let covered = paths(&blocks, &origin);
        for first in covered.clone().step_by(BLOCK) {
            let values: Vec<f64> =
                (first..covered.end.min(first + 256)).map(|path| path as f64 - 300.0).collect();
            ensemble.series[0].add_column(first, &values);
            let mut truths = Truths::new(1);
            truths.mark(0, &values);
            ensemble.odds.add(first, values.len(), &truths);
            ensemble.paths += values.len() as u64;
        }
        RunPart { origin, blocks, ensemble, conditional: None }
    }

    fn named(parts: &[Range<u64>]) -> Vec<(String, RunPart)> {
        parts.iter().map(|blocks| (format!("{blocks:?}"), part(blocks.clone()))).collect()
    }

    #[test]
    fn a_part_is_read_back_as_it_was_written() {
        let part = part(1..3);
        let bytes = part.to_bytes().unwrap();
        assert_eq!(RunPart::from_bytes(&bytes), Ok(part.clone()));
        assert!(bytes.starts_with(b"plancast-part/3\n") && bytes.len() < 8000, "{}", bytes.len());
        assert_eq!(part.to_bytes().unwrap(), bytes);
    }

    #[test]
    fn no_byte_can_be_changed_or_lost_unseen() {
        let bytes = part(0..1).to_bytes().unwrap();
        for place in (0..bytes.len()).step_by(7) {
            let mut damaged = bytes.clone();
            damaged[place] ^= 16;
            assert!(RunPart::from_bytes(&damaged).is_err(), "{place}");
            assert!(RunPart::from_bytes(&bytes[..place]).is_err(), "{place}");
        }
        assert_eq!(RunPart::from_bytes(b"{}"), Err(PartError::NoPart));
    }

    /// Who changes counts can make a digest too.
    #[test]
    fn a_part_whose_counts_do_not_agree_is_refused_though_its_digest_is_right() {
        type Forgery = fn(&mut RunPart);
        let forgeries: [Forgery; 4] = [
            |part| part.ensemble.paths = 1,
            |part| part.ensemble.series[0].finite += 1,
            |part| part.ensemble.odds.met[0] = 1 << 50,
            |part| part.blocks.start = 3,
        ];
        for forge in forgeries {
            let mut forged = part(0..2);
            forge(&mut forged);
            let bytes = forged.to_bytes().unwrap();
            assert!(matches!(RunPart::from_bytes(&bytes), Err(PartError::Senseless(_))), "{forged:?}");
        }
    }

    #[test]
    fn parts_in_any_order_merge_to_the_whole() {
        let whole = part(0..4);
        for order in [[0..1, 1..3, 3..4], [3..4, 0..1, 1..3], [1..3, 3..4, 0..1]] {
            assert_eq!(merge(named(&order)).unwrap(), whole);
        }
        assert_eq!(merge(named(&[0..2, 2..2, 2..4])).unwrap(), whole);
    }

    #[test]
    fn a_part_of_another_run_is_refused_with_what_differs() {
        type Change = fn(&mut PartOrigin);
        let changes: [(Change, &str); 10] = [
            (|origin| origin.scenario = "other".into(), "the scenario is other, not plan"),
            (|origin| origin.plancast = "9.9".into(), "the version of plancast is 9.9"),
            (|origin| origin.seed = 2, "the seed is 2, not 1"),
            (|origin| origin.paths = 1001, "the number of paths is 1001, not 1000"),
            (|origin| origin.sampling = "sobol".into(), "the sampling is sobol"),
            (|origin| origin.resolved_sha256 = "ab".into(), "the scenario's SHA-256 is ab"),
            (|origin| origin.record = vec!["y".into()], "records other variables"),
            (|origin| origin.quantiles = vec![0.5], "other variables, quantiles"),
            (|origin| origin.sensitivity = true, "quantiles or drivers"),
            (|origin| origin.program_sha256 = "cd".into(), "the compiled program is cd"),
        ];
        let mine = part(0..2);
        for (change, said) in changes {
            let mut theirs = part(2..4);
            change(&mut theirs.origin);
            let error = theirs.belongs_to(&mine.origin).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
        let mut renamed = part(2..4);
        renamed.origin.inputs = vec![InputFile::of("elsewhere.toml", b"")];
        assert_eq!(renamed.belongs_to(&mine.origin), Ok(()));
    }

    #[test]
    fn a_part_whose_counts_are_of_other_series_is_refused() {
        let mut parts = named(&[0..2, 2..4]);
        parts[1].1.ensemble.series.clear();
        let (name, error) = merge(parts).unwrap_err();
        assert_eq!(name.as_deref(), Some("2..4"));
        assert!(error.to_string().contains("other series"), "{error}");
    }

    #[test]
    fn what_is_missing_doubled_or_foreign_is_named() {
        let late = vec![("late".to_owned(), part(1..4))];
        assert_eq!(merge(late), Err((None, PartError::Missing(0..256))));
        assert_eq!(merge(named(&[0..1, 2..4])), Err((None, PartError::Missing(256..512))));
        assert_eq!(merge(named(&[0..1, 1..3])), Err((None, PartError::Missing(768..1000))));
        let twice = PartError::Overlap("0..2".into(), 0..512);
        assert_eq!(merge(named(&[0..2, 0..2, 2..4])), Err((Some("0..2".into()), twice)));
        let overlap = PartError::Overlap("0..3".into(), 512..768);
        assert_eq!(merge(named(&[0..3, 2..4])), Err((Some("2..4".into()), overlap)));
        let mut foreign = named(&[0..2, 2..4]);
        foreign[1].1.origin.seed = 9;
        let (name, error) = merge(foreign).unwrap_err();
        assert_eq!(name.as_deref(), Some("2..4"));
        assert_eq!(error.to_string(), "it is of another run: the seed is 9, not 1");
    }
}
