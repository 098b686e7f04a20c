//! How far shares of variance may be from the truth.
//!
//! A share is made of means over paths, so its error is that of the mean of its influence function (Hampel
//! 1974). With y the outcome, m the means in the bins of its draws, both about the mean of all, and S the share,
//! a path adds (Σ (2 m y − m²) − S y²) / V to Σ S; how far this differs between paths is seen in the first
//! 2048 of the run, which are replayed. No shape of the outcome is assumed, and draws that by chance went
//! together do not make a sum look surer than it is. Draws that chance alone might explain add chance.

use std::collections::BTreeMap;

use crate::engine::{SlicedPaths, Slicing, sliced_paths};
use crate::ensemble::Slices;
use crate::ensemble::slices::Part;
use crate::model::Program;

/// The paths from which errors are told.
pub(super) struct Influence<'a> {
    paths: SlicedPaths,
    slices: &'a Slices,
}

/// A draw that explains something of an outcome.
pub(super) struct Explained {
    /// Number of its input.
    pub(super) input: usize,
    /// The draw, and the pair of it and the outcome.
    pub(super) draw: usize,
    pub(super) pair: usize,
    /// What it explains, in units of [`Slices::variance`].
    pub(super) part: Part,
}

/// What the paths add to the shares of one outcome.
pub(super) struct OfOutcome {
    /// By input: what each path adds to what its draws explain.
    added: BTreeMap<usize, Vec<f64>>,
    /// By path: the square of the outcome about its mean.
    squares: Vec<f64>,
    /// By input: share of the draws that explain more than chance might, of the others, and chance.
    shares: BTreeMap<usize, [f64; 3]>,
    paths: f64,
}

impl<'a> Influence<'a> {
    /// Replays the first of a run of so many paths.
    pub(super) fn new(
        program: &Program,
        slicing: &Slicing,
        slices: &'a Slices,
        seed: u64,
        paths: u64,
    ) -> Self {
        Self { paths: sliced_paths(program, slicing, &slices.scales, seed, paths), slices }
    }

    /// What the paths add to the shares of an outcome that varies.
    pub(super) fn of(&self, outcome: usize, draws: &[Explained]) -> OfOutcome {
        let (slices, variance) = (self.slices, self.slices.variance(outcome));
        let (mean, sd) = (slices.mean(outcome), slices.sd(outcome));
        let scale = slices.scales[outcome];
        // In standard deviations of the outcome.
        let standard = |x: f64| (x - mean) / sd;
        let values = self.paths.values[outcome].iter();
        let values: Vec<f64> = values.map(|steps| standard(scale.value(f64::from(*steps) / 256.0))).collect();
        let mut found = OfOutcome {
            added: BTreeMap::new(),
            squares: values.iter().map(|y| y * y).collect(),
            shares: BTreeMap::new(),
            paths: slices.paths as f64,
        };
        for draw in draws {
            let share = draw.part.variance / variance;
            let shares = found.shares.entry(draw.input).or_default();
            shares[2] += draw.part.noise * (1.0 - share) * (1.0 - share);
            if !draw.part.is_clear(variance, slices.paths) {
                shares[1] += share;
                continue;
            }
            shares[0] += share;
            let means = slices.means(draw.pair, draw.draw, outcome);
            let means = means.map(|mean| mean.map_or(0.0, standard));
            let added = found.added.entry(draw.input).or_insert_with(|| vec![0.0; values.len()]);
            for ((added, y), bin) in added.iter_mut().zip(&values).zip(&self.paths.bins[draw.draw]) {
                let m = means[usize::from(*bin)];
                *added += m * (2.0 * y - m);
            }
        }
        found
    }
}

impl OfOutcome {
    /// The standard error of the sum of the shares of some inputs.
    pub(super) fn error(&self, inputs: impl Iterator<Item = usize>) -> f64 {
        let (mut shares, mut added) = ([0.0; 3], Vec::new());
        for input in inputs {
            if let Some(of_input) = self.shares.get(&input) {
                shares.iter_mut().zip(of_input).for_each(|(sum, share)| *sum += share);
            }
            added.extend(self.added.get(&input));
        }
        let [clear, faint, chance] = shares;
        let adds = |(path, square): (usize, &f64)| {
            added.iter().map(|added| added[path]).sum::<f64>() - clear * square
        };
        let of_clear = if added.is_empty() {
            0.0
        } else {
            variance(&self.squares.iter().enumerate().map(adds).collect::<Vec<_>>())
        };
        let of_faint = 4.0 * crate::num::max(faint, 0.0);
        ((of_clear + of_faint + chance / self.paths) / self.paths).sqrt()
    }
}

fn variance(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / crate::num::max(n - 1.0, 1.0)
}
