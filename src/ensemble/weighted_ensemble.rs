//! What is counted of a conditional run.

use super::weighted::WeightedTally;
use super::weighted_target_counts::WeightedOdds;

/// The weights of all series and targets of a conditional run.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightedEnsemble {
    /// How many paths were simulated.
    pub paths: u64,
    /// A tally for each series of the program, in its order.
    pub series: Vec<WeightedTally>,
    /// The sums of the targets.
    pub odds: WeightedOdds,
}

impl WeightedEnsemble {
    /// Feeds every integer to `feed`, in a fixed order: what a fingerprint is taken over.
    pub fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        feed(b"weighted");
        feed(&self.paths.to_le_bytes());
        self.series.iter().for_each(|tally| tally.digest_into(feed));
        self.odds.digest_into(feed);
    }
}
