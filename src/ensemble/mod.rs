//! What is counted of many paths: integers that merge in any order.
//!
//! A part of a run leaves an [`Ensemble`]; parts are added together in whatever order they come, and the
//! result has the same bytes. Floating-point numbers are summed only inside a block of paths, in a fixed
//! order. An ensemble's size depends on the spread of the series, not on the number of paths.

mod bins;
mod moments;
mod odds;
mod paired;
mod scale;
pub mod slices;
mod tally;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

pub use bins::{Bins, bin_of, edges};
pub use moments::{DEVIATION_LIMIT, Moments};
pub use odds::{OddsTally, Truths};
pub use paired::{Differences, Discordant, PairedSeries, difference, relative_difference};
pub use scale::Scale;
pub use slices::Slices;
pub use tally::{Batch, Cell, CellGroup, Tally};

/// The most paths that an ensemble can count: a bin holds a `u32`, and the sums have room for this many.
pub const MOST_PATHS: u64 = u32::MAX as u64;

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
    pub fn new(scales: &[Scale], targets: u32, groups: &[Vec<u32>]) -> Self {
        Self {
            paths: 0,
            series: scales.iter().map(|&scale| Tally::new(scale)).collect(),
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

    /// Whether the counts of another ensemble may be added: same series, targets and groups, and room for all paths.
    pub fn can_merge(&self, other: &Self) -> bool {
        let scales = self.series.iter().map(|tally| tally.scale);
        let odds = (&self.odds.groups, self.odds.met.len());
        scales.eq(other.series.iter().map(|tally| tally.scale))
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
mod tests {
    use super::*;

    fn part(first: u64, values: &[f64]) -> Ensemble {
        let mut part = Ensemble::new(&[Scale::new(0.0, 0.5)], 1, &[]);
        part.paths = values.len() as u64;
        part.series[0].add_column(first, values);
        let mut truths = Truths::new(1);
        truths.mark(0, values);
        part.odds.add(first, values.len(), &truths);
        part
    }

    fn digest(ensemble: &Ensemble) -> Vec<u8> {
        let mut bytes = Vec::new();
        ensemble.digest_into(&mut |piece| bytes.extend_from_slice(piece));
        bytes
    }

    #[test]
    fn parts_merge_to_the_same_bytes_in_any_order() {
        let parts = [part(0, &[0.0, 1e9, f64::NAN]), part(3, &[-7.25]), part(4, &[f64::INFINITY, -0.0, 3.0])];
        let merged = |order: [usize; 3]| {
            let mut whole = parts[order[0]].clone();
            whole.merge(&parts[order[1]]);
            whole.merge(&parts[order[2]]);
            whole
        };
        assert_eq!(merged([0, 1, 2]), merged([2, 1, 0]));
        assert_eq!(digest(&merged([0, 1, 2])), digest(&merged([1, 2, 0])));
    }

    #[test]
    fn one_value_more_changes_the_digest() {
        assert_ne!(digest(&part(0, &[1.0])), digest(&part(0, &[1.0, 1.0])));
        assert_ne!(digest(&part(0, &[1.0])), digest(&part(0, &[1.0 + f64::EPSILON])));
    }

    /// What two runs differ in must show in their fingerprints, down to a single count.
    #[test]
    fn the_digest_holds_paths_series_and_targets() {
        let whole = part(0, &[1.0, 0.0, 3.0]);
        let changes: [fn(&mut Ensemble); 4] = [
            |ensemble| ensemble.paths += 1,
            |ensemble| ensemble.series[0].add_column(3, &[2.0]),
            |ensemble| ensemble.series.clear(),
            |ensemble| ensemble.odds.met[0] += 1,
        ];
        for (number, change) in changes.iter().enumerate() {
            let mut changed = whole.clone();
            change(&mut changed);
            assert_ne!(digest(&changed), digest(&whole), "{number}");
        }
    }

    #[test]
    fn ensembles_merge_up_to_the_most_paths_and_no_further() {
        let mut almost = part(0, &[1.0]);
        almost.paths = MOST_PATHS - 1;
        let (mut one, mut two) = (part(0, &[1.0]), part(0, &[1.0]));
        (one.paths, two.paths) = (1, 2);
        assert!(almost.can_merge(&one));
        assert!(!almost.can_merge(&two));
        almost.merge(&one);
        assert_eq!(almost.paths, MOST_PATHS);
    }

    #[test]
    fn ensembles_of_other_targets_or_groups_cannot_be_merged() {
        let whole = part(0, &[1.0]);
        let mut targets = whole.clone();
        targets.odds = OddsTally::new(2, &[]);
        let mut groups = whole.clone();
        groups.odds = OddsTally::new(1, &[vec![0]]);
        assert!(whole.can_merge(&whole.clone()));
        assert!(!whole.can_merge(&targets) && !whole.can_merge(&groups));
    }

    #[test]
    #[should_panic(expected = "two programs")]
    fn ensembles_of_two_programs_do_not_merge() {
        part(0, &[1.0]).merge(&Ensemble::new(&[], 1, &[]));
    }
}
