//! What is counted of a conditional run.

use serde::{Deserialize, Serialize};

use super::SeriesScale;
use super::weighted::WeightedTally;
use super::weighted_target_counts::WeightedOdds;

/// The weights of all series and targets of a conditional run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightedEnsemble {
    /// How many paths were simulated.
    pub paths: u64,
    /// A tally for each series of the program, in its order.
    pub series: Vec<WeightedTally>,
    /// The sums of the targets.
    pub odds: WeightedOdds,
}

impl WeightedEnsemble {
    /// An ensemble of no paths yet, for series of these scales, `targets` targets and these groups of them.
    pub fn new(scales: &[SeriesScale], targets: u32, groups: &[Vec<u32>]) -> Self {
        let series = scales.iter().cloned().map(WeightedTally::new).collect();
        Self { paths: 0, series, odds: WeightedOdds::new(targets, groups) }
    }

    /// Adds the weights of other paths of the same run.
    ///
    /// # Panics
    /// When the other ensemble is of another program or seed: its series have other scales.
    pub fn merge(&mut self, other: &Self) {
        self.paths += other.paths;
        self.series.iter_mut().zip(&other.series).for_each(|(mine, theirs)| mine.merge(theirs));
        self.odds.merge(&other.odds);
    }

    /// Whether the weights of another ensemble may be added: same series, targets and groups, and room for all.
    pub fn can_merge(&self, other: &Self) -> bool {
        let scales = |one: &Self| one.series.iter().map(WeightedTally::scale).cloned().collect::<Vec<_>>();
        scales(self) == scales(other) && self.odds.can_merge(&other.odds)
    }

    /// Feeds every integer to `feed`, in a fixed order: what a fingerprint is taken over.
    pub fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        feed(b"weighted");
        feed(&self.paths.to_le_bytes());
        self.series.iter().for_each(|tally| tally.digest_into(feed));
        self.odds.digest_into(feed);
    }
}
