//! The weights of the paths of a conditional run, in sum.

use serde::{Deserialize, Serialize};

use super::pareto;
use crate::ensemble::weighted::{ONE, quantised};
use crate::ensemble::{MOST_COUNTS, WeightSums};
use crate::num::draw::Column;
use crate::num::{BLOCK, exp, ln, max};

/// The logarithm of the mean of numbers that are given by their logarithms; minus infinity where all are 0.
pub(super) fn log_mean_exp(logs: &[f64]) -> f64 {
    let most = logs.iter().fold(f64::NEG_INFINITY, |most, x| max(most, *x));
    if most == f64::NEG_INFINITY {
        return most;
    }
    let sum: f64 = logs.iter().map(|x| exp(x - most)).sum();
    most + ln(sum / logs.len() as f64)
}

/// Sums of weights after each stage, and the largest weights at the end. All are whole numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Weights {
    /// By stage: the weights, and their squares.
    pub(super) stages: Vec<WeightSums>,
    /// By stage: on how many paths nothing was found; of those that keep their own, on how many the search did not come back.
    pub(super) lost: Vec<[u64; 2]>,
    /// By stage: how many keep their own.
    pub(super) kept: Vec<u64>,
    /// The largest weights.
    largest: Vec<u32>,
    /// How many of these are kept.
    most: usize,
}

impl Weights {
    pub(super) fn new(stages: usize, paths: u64) -> Self {
        Self {
            stages: vec![[0; 2]; stages],
            lost: vec![[0; 2]; stages],
            kept: vec![0; stages],
            largest: Vec::new(),
            most: pareto::tail(paths) + 1,
        }
    }

    /// Counts the weights of a block, relative to `scales`, and gives those of the last stage as parts of one.
    pub(super) fn add(&mut self, log_weights: &[Column], scales: &[f64], paths: usize) -> [u32; BLOCK] {
        let mut parts = [0; BLOCK];
        for ((sums, column), scale) in self.stages.iter_mut().zip(log_weights).zip(scales) {
            for (part, log) in parts.iter_mut().zip(column).take(paths) {
                *part = quantised(exp(log - scale));
                sums[0] += u64::from(*part);
                sums[1] += (u64::from(*part) * u64::from(*part)).div_ceil(u64::from(ONE));
            }
        }
        self.note(&parts[..paths]);
        parts
    }

    /// Counts weights that are given as parts of one, as those of the last stage.
    pub(super) fn add_parts(&mut self, parts: &[u32]) {
        if let Some(sums) = self.stages.last_mut() {
            for part in parts.iter().map(|part| u64::from(*part)) {
                sums[0] += part;
                sums[1] += (part * part).div_ceil(u64::from(ONE));
            }
        }
        self.note(parts);
    }

    /// Keeps the largest weights.
    fn note(&mut self, parts: &[u32]) {
        self.largest.extend(parts.iter().filter(|part| **part > 0));
        if self.largest.len() > 8 * self.most + 1024 {
            self.trim();
        }
    }

    fn trim(&mut self) {
        self.largest.sort_unstable_by(|a, b| b.cmp(a));
        self.largest.truncate(self.most);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.stages.iter_mut().zip(&other.stages) {
            mine[0] += theirs[0];
            mine[1] += theirs[1];
        }
        for (mine, theirs) in self.lost.iter_mut().zip(&other.lost) {
            mine[0] += theirs[0];
            mine[1] += theirs[1];
        }
        self.kept.iter_mut().zip(&other.kept).for_each(|(mine, theirs)| *mine += theirs);
        self.largest.extend(&other.largest);
        self.trim();
    }

    /// Whether the sums of other paths may be added: as many observed years, of a run of the same length.
    pub(super) fn can_merge(&self, other: &Self) -> bool {
        (self.stages.len(), self.most) == (other.stages.len(), other.most)
    }

    /// Whether the sums, of so many paths with these weights, agree with each other.
    ///
    /// # Errors
    /// What does not agree, in some words.
    pub(super) fn check(&self, paths: u64, all: WeightSums) -> Result<(), String> {
        let years = self.stages.len();
        let shaped = self.lost.len() == years && self.kept.len() == years && self.largest.len() <= self.most;
        // Of an earlier year weights are bounded as those of the last are, which is what the targets are counted by.
        let summed = self.stages.last().is_none_or(|last| *last == all)
            && self.stages.iter().flatten().all(|sum| *sum <= MOST_COUNTS);
        let counted = self.kept.iter().chain(self.lost.as_flattened()).all(|count| *count <= paths);
        if shaped && summed && counted {
            Ok(())
        } else {
            Err("its weights are not those of its paths".to_owned())
        }
    }

    /// The largest weight as a share of all.
    pub(super) fn largest_share(&self) -> f64 {
        let all = self.stages.last().map_or(0, |sums| sums[0]);
        let largest = self.largest.iter().max().copied().unwrap_or(0);
        if all == 0 { 0.0 } else { f64::from(largest) / all as f64 }
    }

    /// The shape of the largest weights; `None` where there are too few, or where they reach the bound that the paths that
    /// keep their shocks put to all weights: beyond it there is no tail. The bound is in parts; so many paths were counted.
    pub(super) fn pareto(&self, bound: f64, paths: u64) -> Option<f64> {
        let largest = self.largest.iter().max().copied().unwrap_or(0);
        if f64::from(largest) >= 0.5 * bound {
            return None;
        }
        let mut sorted = self.largest.clone();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        sorted.truncate(self.most.min(pareto::tail(paths) + 1));
        pareto::shape(&sorted)
    }
}

/// How many paths of equal weight would say as much.
pub(super) fn effective(sums: WeightSums) -> f64 {
    let [sum, squares] = sums.map(|parts| parts as f64 / f64::from(ONE));
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}
