//! What is counted of many paths: integers that merge in any order.
//!
//! A part of a run leaves an [`Ensemble`]; parts are added together in whatever order they come, and the
//! result has the same bytes. Floating-point numbers are summed only inside a block of paths, in a fixed
//! order. An ensemble's size depends on the spread of the series, not on the number of paths.

mod batch;
mod binned;
mod bins;
mod distinct;
mod exact_sum;
mod grid;
mod measure;
mod moments;
mod paired;
mod reading;
mod scale;
pub mod slices;
mod sound;
mod sparse;
mod tally;
mod target_counts;
mod values;
pub mod weighted;
mod weighted_bins;
mod weighted_ensemble;
mod weighted_target_counts;
mod window;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

pub use batch::Batch;
pub use paired::{Differences, Discordant, PairedSeries, difference, relative_difference};
pub use reading::{ValueCell, rank};
pub use scale::SeriesScale;
pub use slices::Slices;
pub use tally::{Tally, ValueKinds};
pub use target_counts::{MOST_PAIRED, MOST_PAIRED_IN_GROUP, OddsTally, Truths, pairs_counted};
pub use weighted_ensemble::WeightedEnsemble;
pub use weighted_target_counts::{WeightSums, WeightedOdds, sum_of_weights, variance_of_share};

/// The most paths that an ensemble can count: sums and counts have room for more.
pub const MOST_PATHS: u64 = 1 << 40;

/// The most that is ever counted: so many paths with their weights, which are whole numbers of parts.
pub(crate) const MOST_COUNTS: u64 = MOST_PATHS << 18;

/// The counts of all series and targets of a run, or of a part of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ensemble {
    /// How many paths were counted.
    pub paths: u64,
    /// A tally for each series of the program, in its order.
    pub series: Vec<Tally>,
    /// The counts of the targets.
    pub odds: OddsTally,
    /// Counts and sums by bins of the draws, where they were asked for. No part of the fingerprint: they are
    /// of a part of the paths, and a run without them is the same run.
    pub slices: Option<Slices>,
}

impl Ensemble {
    /// An ensemble of no paths yet, for series of these scales, `targets` targets and these groups of them.
    pub fn new(scales: &[SeriesScale], targets: u32, groups: &[Vec<u32>]) -> Self {
        Self {
            paths: 0,
            series: scales.iter().cloned().map(Tally::new).collect(),
            odds: OddsTally::new(targets, groups),
            slices: None,
        }
    }

    /// Adds the counts of other paths of the same run.
    ///
    /// # Panics
    /// When the other ensemble is of another program or seed (its series have other scales), or when
    /// together they would count more than [`MOST_PATHS`].
    pub fn merge(&mut self, other: &Self) {
        assert_eq!(self.series.len(), other.series.len(), "ensembles of two programs cannot be merged");
        assert!(self.paths + other.paths <= MOST_PATHS, "an ensemble counts at most {MOST_PATHS} paths");
        self.paths += other.paths;
        let series = self.series.par_iter_mut().zip(&other.series);
        series.for_each(|(mine, theirs)| mine.merge(theirs));
        self.odds.merge(&other.odds);
        match (&mut self.slices, &other.slices) {
            (Some(mine), Some(theirs)) => mine.merge(theirs),
            (mine @ None, Some(theirs)) => *mine = Some(theirs.clone()),
            (_, None) => {}
        }
    }

    /// Puts all counts in order, so that they are read fast: see [`Tally`].
    pub(crate) fn finish(&mut self) {
        self.series.par_iter_mut().for_each(Tally::finish);
    }

    /// Whether the counts of another ensemble may be added: same series, targets and groups, and room for all paths.
    pub fn can_merge(&self, other: &Self) -> bool {
        let scales = self.series.iter().map(|tally| &tally.scale);
        let odds = (&self.odds.groups, self.odds.met.len());
        scales.eq(other.series.iter().map(|tally| &tally.scale))
            && odds == (&other.odds.groups, other.odds.met.len())
            && self.paths + other.paths <= MOST_PATHS
            && match (&self.slices, &other.slices) {
                (Some(mine), Some(theirs)) => mine.can_merge(theirs),
                _ => true,
            }
    }

    /// Feeds every integer of the ensemble, little end first and in a fixed order, to `feed`: what a
    /// fingerprint is taken over. Equal ensembles feed equal bytes.
    pub fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        feed(&self.paths.to_le_bytes());
        feed(&(self.series.len() as u64).to_le_bytes());
        for tally in &self.series {
            tally.digest_into(feed);
        }
        self.odds.digest_into(feed);
    }
}

/// The earlier of two paths, where there is one.
fn earlier(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// A path number as a digest takes it: `u64::MAX` where there is none.
fn path_bytes(path: Option<u64>) -> [u8; 8] {
    path.unwrap_or(u64::MAX).to_le_bytes()
}

#[cfg(test)]
mod tests;
