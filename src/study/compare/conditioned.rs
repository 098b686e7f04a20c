//! Scenarios of which some are conditioned on a record, held against each other by their statistics.

use std::ops::Range;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::Compared;
use crate::engine::Watch;
use crate::model::Labels;
use crate::num::BLOCK;
use crate::result::compare::{JointErrors, comparison_of_statistics};
use crate::result::{Comparison, Summary};
use crate::study::{Prepared, StudyError};

/// How far the errors of two scenarios depend on each other is seen from so many of the first paths.
const SEEN: u64 = 32_768;

/// How many paths are looked at together.
const PIECE: u64 = 16 * BLOCK as u64;

impl Compared {
    /// Simulates each scenario as it would be alone, and then the first paths of all again.
    pub(super) fn run_conditioned(&self, watch: Watch) -> Result<Comparison, StudyError> {
        let alone = |one: &Prepared| one.run_without_drivers(watch);
        let summaries = self.prepared.iter().map(alone).collect::<Result<Vec<Summary>, StudyError>>()?;
        let labels: Vec<&Labels> = self.labels.iter().collect();
        let joint: Vec<JointErrors> = (1..summaries.len())
            .map(|place| JointErrors::new([labels[0], labels[place]], [&summaries[0], &summaries[place]]))
            .collect();
        let log_means: Vec<f64> =
            self.prepared.iter().zip(&summaries).map(|(one, summary)| one.log_mean_weight(summary)).collect();
        let seen = self.settings().paths.min(SEEN);
        let pieces: Vec<Range<u64>> =
            (0..seen.div_ceil(PIECE)).map(|piece| piece * PIECE..((piece + 1) * PIECE).min(seen)).collect();
        let of_piece = |range: Range<u64>| {
            let sides: Vec<_> = self
                .prepared
                .iter()
                .zip(&log_means)
                .map(|(one, log_mean)| one.weighted_paths(range.clone(), *log_mean))
                .collect();
            let of = |(joint, side): (&JointErrors, &(_, Vec<f64>))| {
                let mut part = joint.nothing();
                part.add([(&sides[0].0, &sides[0].1), (&side.0, &side.1)]);
                part
            };
            joint.iter().zip(&sides[1..]).map(of).collect::<Vec<JointErrors>>()
        };
        // In the order of the paths, as sums of fractions depend on it.
        let parts: Vec<Vec<JointErrors>> = pieces.into_par_iter().map(of_piece).collect();
        let mut joint = joint;
        for part in &parts {
            joint.iter_mut().zip(part).for_each(|(mine, theirs)| mine.merge(theirs));
        }
        Ok(comparison_of_statistics(&labels, summaries, &joint))
    }
}
