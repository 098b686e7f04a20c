//! What outcomes were on average where an input's draw lay low, in the middle, or high.
//!
//! A draw's uniform is known exactly, so every path falls into one of a draw's bins, and the outcomes of the
//! paths in each bin are summed as integers. From counts and sums follows the share of an outcome's variance
//! that a draw explains alone: the first-order index of Sobol' (1993), by the correlation ratio of Pearson
//! (1905); see `share.rs`. Nothing is simulated for it.
//!
//! Which draws have bins of their own for an outcome was chosen on other paths ([`ChosenOutcomes`]); of the others only the sum
//! of the products of their normal score and the outcome is kept.

mod cell;
mod measure;
mod share;

use serde::{Deserialize, Serialize};

pub use cell::Cell;
pub use measure::{CenterStep, LIMIT, ROUNDING};
pub use share::{ExplainedShare, OutcomeByBin, RangeMean};

/// Outcomes are summed sixteen at a time.
pub const LANES: usize = 16;

/// Bins of a draw of many values.
pub const BINS: usize = 64;

/// Coarse bins, of four each: in these it is tested which draws matter.
pub const COARSE: usize = 16;

/// Ranges of a draw that have bins of their own, at most.
pub const MOST_RANGES: usize = 16;

/// Steps of a bin's edge: the edges of [`EDGES`] are so many parts of one.
pub const STEPS: u32 = 4096;

/// Upper edges of the bins of a uniform, in 4096ths: at Φ(√3 Φ⁻¹(k / 64)), rounded, and none less than the one before and
/// one more. Bins that grow narrower towards the ends, at the cube root of the normal density, lose least of a
/// normal's variance (Panter and Dite 1951).
pub const EDGES: [u32; BINS] = [
    1, 3, 8, 16, 29, 46, 68, 95, 127, 164, 207, 255, 308, 366, 429, 497, 570, 647, 728, 814, 903, 995, 1091,
    1190, 1291, 1395, 1501, 1608, 1717, 1827, 1937, 2048, 2159, 2269, 2379, 2488, 2595, 2701, 2805, 2906,
    3005, 3101, 3193, 3282, 3368, 3449, 3526, 3599, 3667, 3730, 3788, 3841, 3889, 3932, 3969, 4001, 4028,
    4050, 4067, 4080, 4088, 4093, 4095, 4096,
];

/// What a standard normal's score is on average in each coarse bin, in 1024ths.
pub const SCORES: [i32; COARSE] =
    [-3040, -2298, -1776, -1369, -1023, -711, -419, -139, 139, 419, 711, 1023, 1369, 1776, 2298, 3040];

/// Sums of sixteen outcomes.
pub type OutcomeSums = [i64; LANES];

/// What was chosen on other paths than those that are summed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenOutcomes {
    /// Outcomes and draws that move them, in order.
    pub draws: Vec<(u32, u32)>,
    /// Outcomes and inputs, by the numbers of their names, that move them: in order, and none in nineteen of twenty
    /// outcomes that no input moves.
    pub names: Vec<(u32, u32)>,
    /// The same of the inputs' groups.
    pub groups: Vec<(u32, u32)>,
    /// Ranges of draws that have bins of their own, by draw and from low to high: at most [`MOST_RANGES`] of a draw.
    pub ranges: Vec<DrawRange>,
}

/// A range of a draw's uniform within one of its bins, on which an outcome is far from where it is in the rest of the bin: a
/// disaster that strikes below a threshold, or a spike. It is a bin of its own, numbered from [`BINS`] on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawRange {
    /// The draw.
    pub draw: u32,
    /// The bin that it is a part of.
    pub bin: u8,
    /// Where it begins and ends, in parts of 2⁻³²: the end is not part of it.
    pub low: u32,
    /// The end.
    pub high: u32,
    /// How far off its ends may be, together.
    pub slack: u32,
}

impl DrawRange {
    /// Whether a uniform lies in it.
    #[inline(always)]
    pub fn holds(&self, u: f64) -> bool {
        let place = Self::place(u);
        self.low <= place && place < self.high
    }

    /// A uniform in parts of 2⁻³².
    pub fn place(u: f64) -> u32 {
        (u * 4294967296.0) as u32
    }
}

impl ChosenOutcomes {
    /// The ranges of a draw.
    pub fn ranges_of(&self, draw: usize) -> &[DrawRange] {
        let from = self.ranges.partition_point(|range| (range.draw as usize) < draw);
        let to = self.ranges.partition_point(|range| range.draw as usize <= draw);
        &self.ranges[from..to]
    }
}

/// The bin of a key of a path: the key itself, or the bin that its range was cut from.
pub fn bin_of_key(key: usize, ranges: &[DrawRange]) -> usize {
    key.checked_sub(BINS).map_or(key, |range| usize::from(ranges[range].bin))
}

/// Sums of the powers of an outcome's deviations from its center, in steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Powers {
    /// Of the deviations, their squares, cubes and fourth powers.
    pub sums: [i128; 4],
    /// Paths on which the outcome was infinite or no number.
    pub not_finite: u64,
    /// Paths on which it lay beyond what can be summed.
    pub outlying: u64,
}

/// Counts and sums by bins of draws, for all pairs of a draw and sixteen outcomes that may depend on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slices {
    /// How many paths were binned.
    pub paths: u64,
    /// By outcome: what it is measured in.
    pub measures: Vec<CenterStep>,
    /// By outcome: sums over all paths.
    pub powers: Vec<Powers>,
    /// By draw: how many even paths fell in each bin, and in each range, and then how many odd ones; what lies in a range is not
    /// counted in its bin.
    pub counts: Vec<Vec<u64>>,
    /// By pair: its first row, and at the end how many rows there are. A pair has two rows for each bin of the draw, as
    /// it has counts, or a single one with the products of [`SCORES`] and the outcomes.
    pub starts: Vec<u32>,
    /// The rows.
    pub rows: Vec<OutcomeSums>,
    /// What was chosen.
    pub chosen: ChosenOutcomes,
}

impl Slices {
    /// Whether the other counts are of the same draws and outcomes.
    pub fn can_merge(&self, other: &Self) -> bool {
        self.measures == other.measures
            && self.chosen == other.chosen
            && self.starts == other.starts
            && self.counts.iter().map(Vec::len).eq(other.counts.iter().map(Vec::len))
    }

    /// Adds the counts of other paths.
    ///
    /// # Panics
    /// When the other counts are of other draws or outcomes.
    pub fn merge(&mut self, other: &Self) {
        assert!(self.can_merge(other), "slices of two programs cannot be merged");
        self.paths += other.paths;
        for (mine, theirs) in self.powers.iter_mut().zip(&other.powers) {
            mine.add(theirs);
        }
        for (mine, theirs) in self.counts.iter_mut().flatten().zip(other.counts.iter().flatten()) {
            *mine += theirs;
        }
        // No sums that were counted reach the end of their range; those of forged parts stay there.
        for (mine, theirs) in self.rows.as_flattened_mut().iter_mut().zip(other.rows.as_flattened()) {
            *mine = mine.saturating_add(*theirs);
        }
    }

    /// Whether a draw moves an outcome, as was chosen.
    pub fn is_chosen(&self, outcome: usize, draw: usize) -> bool {
        self.chosen.draws.binary_search(&(outcome as u32, draw as u32)).is_ok()
    }

    /// The mean of an outcome, in its own unit.
    pub fn mean(&self, outcome: usize) -> f64 {
        self.measures[outcome].value(self.mean_steps(outcome))
    }

    /// The mean of an outcome, in steps above its center.
    fn mean_steps(&self, outcome: usize) -> f64 {
        self.powers[outcome].sums[0] as f64 / self.paths as f64
    }

    /// The variance of an outcome, in squared steps.
    pub fn variance(&self, outcome: usize) -> f64 {
        self.central(outcome)[0]
    }

    /// The second and the fourth central moment, in steps.
    fn central(&self, outcome: usize) -> [f64; 2] {
        let [m, a, b, c] = self.powers[outcome].sums.map(|sum| sum as f64 / self.paths as f64);
        let second = crate::num::max(a - m * m, 0.0);
        [second, c - 4.0 * m * b + 6.0 * m * m * a - 3.0 * m * m * m * m]
    }

    /// Of how many paths the variance is made: all, divided by the kurtosis. A variance that rests on few is not known.
    pub fn effective_paths(&self, outcome: usize) -> f64 {
        let [second, fourth] = self.central(outcome);
        if fourth > 0.0 { self.paths as f64 * second * second / fourth } else { 0.0 }
    }
}

impl Powers {
    /// Adds the sums of other paths.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.sums.iter_mut().zip(other.sums) {
            *mine = mine.saturating_add(theirs);
        }
        self.not_finite += other.not_finite;
        self.outlying += other.outlying;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::normal;

    #[test]
    fn the_edges_are_those_of_the_formula() {
        let mut before = 0;
        for (k, edge) in (1..=32).zip(EDGES) {
            let exact = normal::cdf(3.0_f64.sqrt() * normal::quantile(f64::from(k) / 64.0));
            let rounded = (exact * f64::from(STEPS)).round() as u32;
            assert_eq!(edge, rounded.max(before + 1), "{k}");
            before = edge;
        }
        for k in 0..31 {
            assert_eq!(EDGES[k] + EDGES[62 - k], STEPS, "{k}");
        }
    }

    #[test]
    fn the_scores_are_means_of_a_normal_within_the_coarse_bins() {
        let density = |edge: u32| match edge {
            0 | STEPS => 0.0,
            edge => normal::density(normal::quantile(f64::from(edge) / f64::from(STEPS))),
        };
        let mut below = 0;
        for (edge, score) in EDGES.into_iter().skip(3).step_by(4).zip(SCORES) {
            let exact = (density(below) - density(edge)) / (f64::from(edge - below) / f64::from(STEPS));
            assert!((exact * 1024.0 - f64::from(score)).abs() <= 0.51, "{edge}: {score} {exact}");
            below = edge;
        }
    }
}
