//! The probabilities of targets, alone and together, from the counts of plain paths or of weighted ones.
//!
//! A truth that is not known may be either: the estimate counts such a path as not met, the interval has room for both, and no
//! standard error is told, as what lies between is no matter of chance.

use super::summary::Probability;
use super::wilson;
use crate::ensemble::{OddsTally, WeightSums, WeightedOdds, sum_of_weights, variance_of_share};

/// The probabilities of all targets that were counted.
pub(super) struct TargetProbabilities {
    /// By target.
    pub alone: Vec<Probability>,
    /// By target: on how many paths its truth is not known.
    pub not_known: Vec<u64>,
    /// Of two targets together, as far as they are counted.
    pub pairs: Vec<(u32, u32, Probability)>,
    /// Of all targets of each group together.
    pub groups: Vec<(Vec<u32>, Probability)>,
    /// The shares of the paths that meet none, one, two … targets of the first group.
    pub exactly: Vec<f64>,
}

/// What is added up of paths: their number, or their weights and the squares of these.
trait PathSum: Copy + Ord {
    fn plus(self, other: Self) -> Self;
}

impl PathSum for u64 {
    fn plus(self, other: Self) -> Self {
        self + other
    }
}

impl PathSum for WeightSums {
    fn plus(self, other: Self) -> Self {
        sum_of_weights(self, other)
    }
}

/// The sums of targets and of what is not known of them, and the probability of what has a sum.
struct Sums<'a, Sum> {
    met: &'a [Sum],
    unknown: &'a [Sum],
    zero: Sum,
    all: Sum,
    of: &'a dyn Fn(Sum) -> Probability,
}

impl<Sum: PathSum> Sums<'_, Sum> {
    /// Of targets that are all met on so many paths: they are met on no more than each of them may be, nor on more than these
    /// paths and those on which one is not known.
    fn together(&self, met: Sum, targets: &[u32]) -> Probability {
        let found = (self.of)(met);
        let each = || targets.iter().map(|target| *target as usize);
        let unknown = each().fold(self.zero, |sum, target| sum.plus(self.unknown[target]));
        if unknown == self.zero {
            return found;
        }
        let most = each().map(|target| self.met[target].plus(self.unknown[target])).min();
        let most = most.map_or(self.all, |most| most.min(met.plus(unknown)).min(self.all));
        Probability { standard_error: None, high: (self.of)(most).high, open: true, ..found }
    }
}

/// The probability of one target, of so many plain paths.
pub(super) fn of_target(counts: &OddsTally, target: u32, paths: u64) -> Probability {
    let of = |met: u64| wilson::probability(met, paths);
    let sums = Sums { met: &counts.met, unknown: &counts.not_known, zero: 0, all: paths, of: &of };
    sums.together(counts.met[target as usize], &[target])
}

impl TargetProbabilities {
    /// Of so many plain paths.
    pub(super) fn of(counts: &OddsTally, paths: u64) -> Self {
        let of = |met: u64| wilson::probability(met, paths);
        let sums = Sums { met: &counts.met, unknown: &counts.not_known, zero: 0, all: paths, of: &of };
        let group = |(targets, met): (&Vec<u32>, &u64)| (targets.clone(), sums.together(*met, targets));
        Self {
            alone: (0..).zip(&counts.met).map(|(target, met)| sums.together(*met, &[target])).collect(),
            not_known: counts.not_known.clone(),
            pairs: counts.pairs().map(|(a, b, met)| (a, b, sums.together(met, &[a, b]))).collect(),
            groups: counts.groups.iter().zip(&counts.group_met).map(group).collect(),
            exactly: counts.exactly.iter().map(|&met| super::assemble::share(met, paths)).collect(),
        }
    }

    /// Of weighted paths.
    pub(super) fn of_weights(odds: &WeightedOdds) -> Self {
        let of = |met: WeightSums| share(met, odds);
        let sums = Sums { met: &odds.met, unknown: &odds.unknown, zero: [0; 2], all: odds.all, of: &of };
        let group =
            |(targets, met): (&Vec<u32>, &WeightSums)| (targets.clone(), sums.together(*met, targets));
        Self {
            alone: (0..).zip(&odds.met).map(|(target, met)| sums.together(*met, &[target])).collect(),
            not_known: odds.not_known.clone(),
            pairs: odds.pairs().map(|(a, b, met)| (a, b, sums.together(met, &[a, b]))).collect(),
            groups: odds.groups.iter().zip(&odds.group_met).map(group).collect(),
            exactly: odds.exactly.iter().map(|&met| super::assemble::share(met, odds.all[0])).collect(),
        }
    }
}

/// A probability from sums of weights: its standard error is √(Σw² (1 − p)² + …) / Σw, and its interval the score interval
/// of as many paths as have that error.
fn share(met: WeightSums, odds: &WeightedOdds) -> Probability {
    if odds.all[0] == 0 {
        return wilson::probability(0, 0);
    }
    let p = met[0] as f64 / odds.all[0] as f64;
    let variance = variance_of_share(met, odds.all);
    let error = crate::num::max(variance, 0.0).sqrt();
    let effective = if variance > 0.0 { p * (1.0 - p) / variance } else { odds.effective_paths() };
    let (low, high) = wilson::interval_of_share(p, effective);
    Probability {
        probability: p,
        standard_error: Some(error).filter(|error| *error > 0.0),
        low,
        high,
        open: false,
        decided: None,
    }
}
