//! A run in parts: shards that are simulated on several machines, and runs that are kept on the way and resumed.

use std::ops::Range;

use crate::engine::conditional::ConditionalRun;
use crate::engine::{EngineError, RunRequest, Watch, nothing, nothing_sliced, simulate_sliced};
use crate::ensemble::WeightedOdds;
use crate::message;
use crate::result::drivers::DriverQuestion;
use crate::result::manifest;
pub use crate::result::run_part::Shard;
use crate::result::run_part::{PartError, PartOrigin, RunPart};
use crate::result::{Summary, assemble, posterior};

use super::counting::CountedRun;
use super::{Observing, Prepared, Run, Sources, StudyError};

/// A run, or a shard of one, that is counted a stretch of blocks at a time, so that what is counted can be kept in
/// between. A block is 256 paths.
#[derive(Debug)]
pub struct Counting<'a> {
    prepared: &'a Prepared,
    request: RunRequest,
    question: Option<DriverQuestion>,
    groups: Vec<Vec<u32>>,
    blocks: Range<u64>,
    part: RunPart,
    /// What moves the paths, where the run is conditioned on observations.
    conditional: Option<(&'a Observing, ConditionalRun<'a>)>,
}

impl Prepared {
    /// What a part of this run is a part of.
    pub fn origin(&self) -> PartOrigin {
        let settings = &self.settings;
        let sources = Sources::of(&self.loaded, settings, settings.paths);
        let mut record = settings.record.clone();
        record.sort();
        PartOrigin {
            plancast: env!("CARGO_PKG_VERSION").into(),
            scenario: self.id().to_owned(),
            resolved_sha256: manifest::sha256(sources.scenario.as_bytes()),
            program_sha256: manifest::sha256_of(&self.model.program),
            seed: settings.seed,
            paths: settings.paths,
            sampling: "random".into(),
            record,
            sensitivity: settings.drivers,
            quantiles: settings.quantiles.clone(),
            inputs: sources.inputs,
        }
    }

    /// Begins to count the run, or a shard of it, in stretches.
    ///
    /// # Errors
    /// When pairs of a target that does not exist are asked for, or the observations cannot condition the run.
    pub fn counting(&self, shard: Option<Shard>) -> Result<Counting<'_>, StudyError> {
        self.counting_of(shard, self.request())
    }

    /// The same of a run of another length.
    pub(super) fn counting_of(
        &self,
        shard: Option<Shard>,
        request: RunRequest,
    ) -> Result<Counting<'_>, StudyError> {
        let groups = self.counted_together()?;
        let program = &self.model.program;
        let blocks = shard.map_or(0..request.blocks(), |shard| shard.blocks(request.blocks()));
        let conditional = match self.conditioned() {
            None => None,
            Some(observing) => {
                Some((observing, ConditionalRun::new(program, &groups, &observing.conditioning, &request)?))
            }
        };
        // Among futures that agree with a record inputs depend on each other: it is not told what drives the results.
        let question = if conditional.is_some() { None } else { self.question() };
        let part = RunPart {
            origin: self.origin(),
            shard,
            blocks: blocks.start..blocks.start,
            ensemble: nothing(program, &groups, request.seed),
            conditional: conditional.as_ref().map(|(_, run)| run.nothing()),
        };
        Ok(Counting { prepared: self, request, question, groups, blocks, part, conditional })
    }
}

impl Counting<'_> {
    /// Goes on from what was kept of the same run.
    ///
    /// # Errors
    /// When it is of another run, or of another shard.
    pub fn resume(&mut self, kept: RunPart) -> Result<(), PartError> {
        kept.belongs_to(&self.part.origin)?;
        if !self.part.can_merge(&kept) {
            return Err(PartError::Foreign(message!("result-part-series")));
        }
        if let Some((slices, question)) = kept.ensemble.slices.as_ref().zip(self.question.as_ref()) {
            let (program, seed) = (&self.prepared.model.program, self.part.origin.seed);
            if !nothing_sliced(program, &question.slicing, seed).can_merge(slices) {
                return Err(PartError::Foreign(message!("result-part-drivers")));
            }
        }
        let shard = self.part.shard;
        let within = kept.blocks.start == self.blocks.start && kept.blocks.end <= self.blocks.end;
        if !within {
            return Err(PartError::Foreign(message!("result-part-shard")));
        }
        self.part = RunPart { shard, ..kept };
        Ok(())
    }

    /// The blocks that are counted in the end.
    pub fn all(&self) -> Range<u64> {
        self.blocks.clone()
    }

    /// How many blocks are counted.
    pub(super) fn counted(&self) -> u64 {
        self.part.blocks.end - self.part.blocks.start
    }

    /// The targets among the futures that agree with what the run is conditioned on.
    pub(super) fn weighted_odds(&self) -> Option<&WeightedOdds> {
        self.part.conditional.as_ref().map(|counts| &counts.ensemble.odds)
    }

    /// How many blocks are left.
    pub fn left(&self) -> u64 {
        self.blocks.end - self.part.blocks.end
    }

    /// Counts so many more blocks, or what is left if that is less.
    ///
    /// # Errors
    /// When the run is stopped; what was counted before is kept.
    pub fn advance(&mut self, blocks: u64, watch: Watch) -> Result<(), EngineError> {
        let next = self.part.blocks.end..self.blocks.end.min(self.part.blocks.end.saturating_add(blocks));
        if next.is_empty() {
            return Ok(());
        }
        let (program, request) = (&self.prepared.model.program, self.request);
        let slicing = self.question.as_ref().map(|question| &question.slicing);
        let (end, quiet) = (next.end, Watch { finished: None, ..watch });
        let counted = match &self.conditional {
            None => None,
            Some((_, run)) => Some(run.count(next.clone(), watch)?),
        };
        let watch = if counted.is_some() { quiet } else { watch };
        self.part.ensemble.merge(&simulate_sliced(program, &self.groups, &request, next, slicing, watch)?);
        if let (Some(counts), Some(counted)) = (&mut self.part.conditional, &counted) {
            counts.merge(counted);
        }
        self.part.blocks.end = end;
        Ok(())
    }

    /// What is counted so far.
    pub fn part(&self) -> &RunPart {
        &self.part
    }

    /// The statistics of what is counted so far, without what drives it.
    pub fn summary(&self) -> Summary {
        let (labels, settings) = (&self.prepared.model.labels, &self.prepared.settings);
        let summary = assemble::summary(labels, &self.part.ensemble, settings.seed, &settings.quantiles);
        match &self.part.conditional {
            None => summary,
            Some(counts) => posterior::summary(labels, summary, &counts.ensemble, &settings.quantiles),
        }
    }

    /// The results, when nothing is left.
    ///
    /// # Errors
    /// When too few paths agree with the observations, or few make up most of those that do.
    pub fn finish(self) -> Result<Run, StudyError> {
        let prepared = self.prepared;
        if let (Some((observing, run)), Some(counts)) = (self.conditional, self.part.conditional) {
            let (settings, found) = (&prepared.settings, run.posterior(counts));
            let of = (&prepared.model.labels, settings.seed, settings.quantiles.as_slice());
            return observing.results(of, &self.part.ensemble, &found);
        }
        let counted = CountedRun {
            ensemble: self.part.ensemble,
            convergence: None,
            unknown: None,
            replicates: Vec::new(),
        };
        Ok(prepared.results(counted, self.question.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Slices;
    use crate::result::json;
    use crate::scenario::load;
    use crate::study::{Options, Study, merge};

    /// What is counted by draws is of a run only if it is measured and cut as the run does: a checkpoint or a part that is not
    /// is refused, whatever its digest says.
    #[test]
    fn a_part_with_counts_of_other_drivers_is_neither_merged_nor_gone_on_from() {
        type Forgery = fn(&mut Slices);
        let forgeries: [Forgery; 5] = [
            |slices| slices.measures[0].center += 1.0,
            |slices| slices.counts[0].push(0),
            |slices| slices.chosen.draws.clear(),
            |slices| slices.chosen.names.push((7, 7)),
            |slices| slices.measures.truncate(1),
        ];
        let prepared =
            Study::open("two-sector-town").unwrap().prepare(&Options::default().paths(600).seed(1)).unwrap();
        let counted = |blocks| {
            let mut counting = prepared.counting(None).unwrap();
            counting.advance(blocks, Watch::default()).unwrap();
            counting.part().clone()
        };
        for forge in forgeries {
            for (blocks, whole) in [(1, false), (3, true)] {
                let mut forged = counted(blocks);
                forge(forged.ensemble.slices.as_mut().unwrap());
                let refused = prepared.counting(None).unwrap().resume(forged.clone());
                assert!(matches!(refused, Err(PartError::Foreign(_))), "{refused:?}");
                if whole {
                    let loaded = load("two-sector-town", &[]);
                    let refused = merge(vec![("a".to_owned(), forged)], loaded);
                    assert!(matches!(refused, Err(StudyError::OtherDrivers)), "{:?}", refused.err());
                }
            }
        }
        let mut counting = prepared.counting(None).unwrap();
        counting.resume(counted(1)).unwrap();
        counting.advance(2, Watch::default()).unwrap();
        assert_eq!(counting.finish().unwrap().summary, prepared.run(Watch::default()).unwrap().summary);
    }

    /// Whoever forges sums within their bounds gets results without sense, but results.
    #[test]
    fn sums_by_draws_of_any_size_are_merged() {
        let prepared =
            Study::open("two-sector-town").unwrap().prepare(&Options::default().paths(600).seed(1)).unwrap();
        let mut counting = prepared.counting(None).unwrap();
        counting.advance(3, Watch::default()).unwrap();
        let mut forged = counting.part().clone();
        let slices = forged.ensemble.slices.as_mut().unwrap();
        slices.rows.as_flattened_mut().fill((1 << 55) - 1);
        slices.powers.iter_mut().for_each(|powers| powers.sums = [(1 << 119) - 1; 4]);
        let forged = RunPart::from_bytes(&forged.to_bytes().unwrap()).unwrap();
        let (run, _) = merge(vec![("a".to_owned(), forged)], load("two-sector-town", &[])).unwrap();
        json::write(&run.summary).unwrap();
    }
}
