//! What the draws of a run never reach: its generator ends where a distribution goes on.
//!
//! Uniforms are multiples of 2^-53, so that scores end at 8.21. An interval that holds for every distribution between the
//! bounds of what is simulated says nothing of the rest: of `exp(20 * z)` nearly all of the mean lies at scores near 20. So
//! the tail is cut at some scores, and what lies between two of them is at most its probability times the largest value that
//! the equations allow up to the higher one.

use super::{Gate, Statistic};
use crate::model::graph::GraphNode;
use crate::model::range::{Draws, ValueRange};
use crate::num::{Interval, max};

/// Scores at which the tail is cut, and the probability that a standard normal one is larger in size (rounded up).
const CUTS: [(f64, f64); 6] =
    [(8.2, 2.5e-16), (10.0, 1.6e-23), (14.0, 1.6e-44), (20.0, 5.6e-89), (28.0, 1.8e-172), (38.0, 6e-316)];

/// What of a value the draws of a run never reach: bounds of what it adds to the mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NeverDrawn {
    /// The mean is lower by at most so much.
    pub below: f64,
    /// The mean is higher by at most so much.
    pub above: f64,
    /// The mean square is larger by at most so much.
    pub squares: f64,
}

impl NeverDrawn {
    /// The larger bounds of two.
    pub(in crate::model) fn or(self, other: Self) -> Self {
        Self {
            below: max(self.below, other.below),
            above: max(self.above, other.above),
            squares: max(self.squares, other.squares),
        }
    }
}

/// How far values go whose draws lie beyond each of the cuts.
pub(in crate::model) struct Beyond {
    draws: f64,
    /// By cut, the ranges of all values whose scores lie within the next one.
    ranges: Vec<Vec<ValueRange>>,
}

impl Beyond {
    /// That of a graph of so many draws; `ranges` gives those of its values.
    pub(in crate::model) fn new(draws: usize, ranges: impl Fn(Draws) -> Vec<ValueRange>) -> Self {
        let next = CUTS[1..].iter().map(|(scores, _)| Draws::Possible(*scores)).chain([Draws::ALL]);
        Self { draws: draws as f64, ranges: next.map(ranges).collect() }
    }

    /// What of a value is never drawn, where what is drawn lies in this range. The mean of what is drawn stands for all
    /// paths, also for those that are never drawn: a range above zero makes up for it.
    fn of(&self, node: GraphNode, drawn: Interval) -> NeverDrawn {
        let mut found = NeverDrawn::default();
        for ((_, probability), ranges) in CUTS.iter().zip(&self.ranges) {
            let bounds = ranges[node.0 as usize].bounds();
            let share = self.draws * probability;
            found.below += share * (max(-bounds.low, 0.0) + max(drawn.low, 0.0));
            found.above += share * (max(bounds.high, 0.0) + max(-drawn.high, 0.0));
            let size = max(bounds.low.abs(), bounds.high.abs());
            found.squares += share * size * size;
        }
        found
    }
}

impl Gate {
    /// Notes of statistics whose range is set by how far draws go what lies beyond.
    pub(in crate::model) fn allow_for(&mut self, beyond: &Beyond, nodes: &[GraphNode]) {
        let drawn = self.statistics.iter_mut().filter(|statistic| statistic.is_drawn);
        drawn.for_each(|statistic: &mut Statistic| {
            statistic.beyond = beyond.of(nodes[statistic.series as usize], statistic.range);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the upper tail of the normal distribution by its continued fraction: φ(z) / z · (1 - 1/z²) < 1 - Φ(z) < φ(z) / z.
    #[test]
    #[allow(clippy::disallowed_methods, reason = "closed forms are computed with the platform's functions")]
    fn the_probabilities_of_the_tail_are_not_too_small_and_not_ten_times_too_large() {
        for (z, probability) in CUTS {
            let density = -0.5 * z * z - 0.5 * (2.0 * std::f64::consts::PI).ln();
            let log_upper = (2.0_f64).ln() + density - z.ln();
            let log_lower = log_upper + (1.0 - 1.0 / (z * z)).ln();
            let log = probability.ln();
            assert!(log >= log_lower && log < log_upper + 1.2, "{z}: {log} {log_lower} {log_upper}");
        }
    }
}
