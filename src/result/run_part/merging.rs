//! Parts that are put together, one at a time.

use std::ops::Range;

use super::{PartError, RunPart, Shard, paths};
use crate::message;
use crate::text::Message;

/// The most ranges of shards that a message lists.
const MOST_LISTED: usize = 40;

/// The whole of a run's parts while they are put together, in whatever order they come: a part that was added is not
/// kept, so that there are never the counts of more than two at once.
///
/// The first part says which run it is.
#[derive(Debug, Default)]
pub struct Merging {
    whole: Option<RunPart>,
    /// The blocks that were added and the names of their parts, in the order of the blocks.
    covered: Vec<(Range<u64>, String)>,
    /// Into how many shards the run was cut, each number once.
    cuts: Vec<u64>,
}

/// Paths of a run that no part covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MissingPaths {
    /// The first of them in one piece.
    pub first: Range<u64>,
    /// All of them as ranges of shards, where they are whole shards.
    pub shards: Vec<Range<u64>>,
    /// Of how many.
    pub of: u64,
}

impl MissingPaths {
    /// Which they are, and how they are simulated.
    pub(super) fn message(&self) -> Message {
        let first = self.first.start.to_string();
        let last = self.first.end.saturating_sub(1).to_string();
        let count: u64 = self.shards.iter().map(|range| range.end - range.start).sum();
        match count {
            0 => message!("result-part-missing", first = first, last = last),
            1 => message!(
                "result-part-missing-shard",
                first = first,
                last = last,
                shard = Shard { number: self.shards[0].start, of: self.of }.to_string()
            ),
            count => message!(
                "result-part-missing-shards",
                count = count.to_string(),
                of = self.of.to_string(),
                numbers = self.numbers()
            ),
        }
    }

    /// The numbers of the shards as job arrays take them: `3,17-45`.
    pub fn numbers(&self) -> String {
        let range = |range: &Range<u64>| match range.end - range.start {
            1 => range.start.to_string(),
            _ => format!("{}-{}", range.start, range.end - 1),
        };
        let mut listed: Vec<String> = self.shards.iter().take(MOST_LISTED).map(range).collect();
        if self.shards.len() > MOST_LISTED {
            listed.push("…".to_owned());
        }
        listed.join(",")
    }
}

impl Merging {
    /// Adds a part, which messages about others call `name`.
    ///
    /// # Errors
    /// When it is of another run than the parts before it, or has paths that they have.
    pub fn add(&mut self, name: &str, part: RunPart) -> Result<(), PartError> {
        let of = part.shard.map(|shard| shard.of).filter(|of| !self.cuts.contains(of));
        let Some(whole) = &mut self.whole else {
            self.cuts.extend(of);
            self.cover(name, part.blocks.clone());
            self.whole = Some(part);
            return Ok(());
        };
        part.belongs_to(&whole.origin)?;
        if !whole.can_merge(&part) {
            return Err(PartError::Foreign(message!("result-part-series")));
        }
        let both = |other: &Range<u64>| part.blocks.start.max(other.start)..part.blocks.end.min(other.end);
        if let Some((other, before)) = self.covered.iter().find(|(other, _)| !both(other).is_empty()) {
            return Err(PartError::Overlap(before.clone(), paths(&both(other), &whole.origin)));
        }
        whole.merge_counts(&part);
        self.cuts.extend(of);
        self.cover(name, part.blocks);
        Ok(())
    }

    fn cover(&mut self, name: &str, blocks: Range<u64>) {
        if !blocks.is_empty() {
            let place = self.covered.partition_point(|(other, _)| other.start < blocks.start);
            self.covered.insert(place, (blocks, name.to_owned()));
        }
    }

    /// What no part covers so far.
    pub fn missing(&self) -> Option<MissingPaths> {
        let Some(whole) = &self.whole else {
            return Some(MissingPaths { first: 0..1, shards: Vec::new(), of: 0 });
        };
        let all = whole.origin.blocks();
        let (mut gaps, mut next) = (Vec::new(), 0);
        for blocks in self.covered.iter().map(|(blocks, _)| blocks).chain([&(all..all)]) {
            if blocks.start > next {
                gaps.push(next..blocks.start);
            }
            next = blocks.end;
        }
        let first = paths(gaps.first()?, &whole.origin);
        let found = self.cuts.iter().rev().find_map(|of| Some((shards_of(&gaps, *of, all)?, *of)));
        let (shards, of) = found.unwrap_or_default();
        Some(MissingPaths { first, shards, of })
    }

    /// The whole, when nothing is missing.
    ///
    /// # Errors
    /// When something is.
    pub fn finish(self) -> Result<RunPart, PartError> {
        let missing = self.missing();
        match (self.whole, missing) {
            (Some(whole), None) => Ok(RunPart { blocks: 0..whole.origin.blocks(), shard: None, ..whole }),
            (_, missing) => Err(PartError::Missing(missing.unwrap_or_default())),
        }
    }
}

/// Gaps as ranges of shards of so many, where no gap cuts a shard.
fn shards_of(gaps: &[Range<u64>], of: u64, all: u64) -> Option<Vec<Range<u64>>> {
    let range = |gap: &Range<u64>| {
        let [first, last] = [gap.start, gap.end - 1].map(|block| Shard::with_block(block, of, all));
        let whole = first.blocks(all).start == gap.start && last.blocks(all).end == gap.end;
        whole.then_some(first.number..last.number + 1)
    };
    gaps.iter().map(range).collect()
}

/// The whole of all parts, each with a name for messages.
///
/// # Errors
/// The name of a part with what is wrong with it; of no part in particular where paths are missing or there is none.
pub fn merge(
    parts: impl IntoIterator<Item = (String, RunPart)>,
) -> Result<RunPart, (Option<String>, PartError)> {
    let mut merging = Merging::default();
    for (name, part) in parts {
        merging.add(&name, part).map_err(|error| (Some(name), error))?;
    }
    merging.finish().map_err(|error| (None, error))
}
