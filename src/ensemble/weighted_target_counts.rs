//! The weights of the paths on which targets are met, alone and together.

use serde::{Deserialize, Serialize};

use super::sound::sum;
use super::target_counts::paired;
use super::weighted::{ONE, squared};
use super::{MOST_COUNTS, OddsTally};
use crate::num::BLOCK;
use crate::num::draw::Column;

/// A sum of weights, and of their squares, in parts of [`ONE`].
pub type WeightSums = [u64; 2];

/// Sums of weights over all paths on which targets are met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightedOdds {
    /// Of all paths.
    pub all: WeightSums,
    /// By target: of the paths that meet it.
    pub met: Vec<WeightSums>,
    /// By target: on how many paths its truth is not known.
    pub not_known: Vec<u64>,
    /// By target: of these paths.
    pub unknown: Vec<WeightSums>,
    /// The pairs that are counted, in the order of [`OddsTally::pairs`], and their sums.
    pairs: Vec<(u32, u32)>,
    both: Vec<WeightSums>,
    /// Weights of paths that meet exactly k targets of the first group.
    pub exactly: Vec<u64>,
    /// The groups of targets that are counted together, and the sums of paths that meet all of a group.
    pub groups: Vec<Vec<u32>>,
    /// By group.
    pub group_met: Vec<WeightSums>,
}

impl WeightedOdds {
    /// Sums of no paths yet.
    pub fn new(targets: u32, groups: &[Vec<u32>]) -> Self {
        let plain = OddsTally::new(targets, groups);
        let pairs: Vec<(u32, u32)> = paired(targets as usize, groups).collect();
        Self {
            all: [0; 2],
            met: vec![[0; 2]; targets as usize],
            not_known: vec![0; targets as usize],
            unknown: vec![[0; 2]; targets as usize],
            both: vec![[0; 2]; pairs.len()],
            pairs,
            exactly: vec![0; plain.exactly.len()],
            groups: groups.to_vec(),
            group_met: vec![[0; 2]; groups.len()],
        }
    }

    /// Counts the truths of a block of paths.
    pub fn add(&mut self, truths: &[Column], weights: &[u32]) {
        let holds = |target: u32, lane: usize| {
            let x = truths[target as usize][lane];
            !x.is_nan() && x != 0.0
        };
        for (lane, &weight) in weights.iter().enumerate().take(BLOCK).filter(|(_, weight)| **weight > 0) {
            let each = [u64::from(weight), squared(weight)];
            add(&mut self.all, each);
            let met: Vec<bool> = (0..truths.len() as u32).map(|target| holds(target, lane)).collect();
            for (target, sums) in self.met.iter_mut().enumerate() {
                if met[target] {
                    add(sums, each);
                }
                if truths[target][lane].is_nan() {
                    self.not_known[target] += 1;
                    add(&mut self.unknown[target], each);
                }
            }
            for ((a, b), sums) in self.pairs.iter().zip(&mut self.both) {
                if met[*a as usize] && met[*b as usize] {
                    add(sums, each);
                }
            }
            for (group, sums) in self.groups.iter().zip(&mut self.group_met) {
                if group.iter().all(|target| met[*target as usize]) {
                    add(sums, each);
                }
            }
            let k = self.groups.first().into_iter().flatten().filter(|target| met[**target as usize]).count();
            self.exactly[k] += each[0];
        }
    }

    /// Two targets and the sums of the paths that meet both.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32, WeightSums)> + '_ {
        self.pairs.iter().zip(&self.both).map(|((a, b), sums)| (*a, *b, *sums))
    }

    /// How many paths of equal weight would say as much.
    pub fn effective_paths(&self) -> f64 {
        let [sum, squares] = self.all.map(|parts| parts as f64 / f64::from(ONE));
        if squares > 0.0 { sum * sum / squares } else { 0.0 }
    }

    /// Adds the sums of other paths of the same targets.
    pub fn merge(&mut self, other: &Self) {
        add(&mut self.all, other.all);
        let lists = [
            (&mut self.met, &other.met),
            (&mut self.unknown, &other.unknown),
            (&mut self.both, &other.both),
            (&mut self.group_met, &other.group_met),
        ];
        for (mine, theirs) in lists {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| add(mine, *theirs));
        }
        let counts = [(&mut self.not_known, &other.not_known), (&mut self.exactly, &other.exactly)];
        for (mine, theirs) in counts {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
        }
    }

    /// Whether the sums of another may be added: same targets and groups, and room for all weights.
    pub(super) fn can_merge(&self, other: &Self) -> bool {
        let room = |place: usize| sum([self.all[place], other.all[place]].into_iter()).is_some();
        self.groups == other.groups && self.met.len() == other.met.len() && room(0) && room(1)
    }

    /// Whether the sums agree with each other.
    ///
    /// # Errors
    /// What does not agree, in some words.
    pub(super) fn check(&self, paths: u64) -> Result<(), String> {
        let n = self.met.len();
        let shaped = self.not_known.len() == n
            && self.unknown.len() == n
            && self.exactly.len() == self.groups.first().map_or(0, Vec::len) + 1
            && self.group_met.len() == self.groups.len()
            && self.groups.iter().flatten().all(|target| (*target as usize) < n)
            && self.both.len() == self.pairs.len()
            && self.pairs.iter().copied().eq(paired(n, &self.groups));
        if !shaped {
            return Err("the targets are not as many as they should be".to_owned());
        }
        let within = |sums: &WeightSums| sums[0] <= self.all[0] && sums[1] <= self.all[1];
        let sensible = self.all.iter().all(|sum| *sum <= MOST_COUNTS)
            && [&self.met, &self.unknown, &self.both, &self.group_met].into_iter().flatten().all(within)
            && self.not_known.iter().all(|count| *count <= paths)
            && sum(self.exactly.iter().copied()) == Some(self.all[0]);
        if sensible { Ok(()) } else { Err("targets are met on more than all paths".to_owned()) }
    }

    /// Feeds all sums to a digest.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        let sums = [&self.met, &self.unknown, &self.both, &self.group_met];
        let sums = sums.into_iter().flatten().flatten();
        for sum in self.all.iter().chain(sums).chain(&self.exactly).chain(&self.not_known) {
            feed(&sum.to_le_bytes());
        }
    }
}

/// The sums of two sets of paths together.
pub fn sum_of_weights(a: WeightSums, b: WeightSums) -> WeightSums {
    [a[0] + b[0], a[1] + b[1]]
}

/// The variance of the share of the weights that some paths have of those of all paths.
pub fn variance_of_share([met, met_squares]: WeightSums, [all, all_squares]: WeightSums) -> f64 {
    let [met, met_squares, all, all_squares] = [met, met_squares, all, all_squares].map(|parts| parts as f64);
    let p = met / all;
    ((1.0 - 2.0 * p) * met_squares + p * p * all_squares) * f64::from(ONE) / (all * all)
}

fn add(sums: &mut WeightSums, more: WeightSums) {
    *sums = sum_of_weights(*sums, more);
}
