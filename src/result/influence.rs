//! How far shares of variance may be from the truth.
//!
//! A share is made of means over paths, so its error is that of the mean of its influence function (Hampel
//! 1974). With y the outcome, m the means in the bins of its draws, both about the mean of all, and S the share,
//! a path adds (Σ (2 m y − m²) − S y²) / V to Σ S; how far this differs between paths is seen in the first
//! 512 of the run, which are replayed. No shape of the outcome is assumed, and draws that by chance went
//! together do not make a sum look surer than it is. To this comes the chance that is in the means themselves.

use std::collections::BTreeMap;

use crate::engine::{SlicedPaths, Slicing, sliced_paths};
use crate::ensemble::Slices;
use crate::ensemble::slices::{BINS, Part};
use crate::model::Program;
use crate::num::max;

/// Where an outcome has more draws than this, each is taken to leave it equally uncertain wherever it lies.
const FEW_DRAWS: usize = 64;

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

    /// An outcome that varies on the paths, in its standard deviations about its mean.
    pub(super) fn values(&self, outcome: usize) -> Vec<f64> {
        let scale = self.slices.scales[outcome];
        let standard = self.standard(outcome);
        let values = self.paths.values[outcome].iter();
        values.map(|steps| standard(scale.value(f64::from(*steps) / 256.0))).collect()
    }

    fn standard(&self, outcome: usize) -> impl Fn(f64) -> f64 {
        let (mean, sd) = (self.slices.mean(outcome), self.slices.sd(outcome));
        move |x| (x - mean) / sd
    }

    /// By bin of a draw, the mean of an outcome in its standard deviations.
    fn means(&self, outcome: usize, draw: usize, pair: usize) -> [f64; BINS] {
        let standard = self.standard(outcome);
        self.slices.means(pair, draw, outcome).map(|mean| mean.map_or(0.0, &standard))
    }

    /// How much more chance puts between the bins of a draw than if the outcome were equally uncertain in all of
    /// them: mostly so where it is uncertain in the small bins at the ends. Not looked at where there are many draws.
    pub(super) fn unevenness(
        &self,
        (outcome, draw, pair): (usize, usize, usize),
        draws: usize,
        values: &[f64],
    ) -> f64 {
        if draws > FEW_DRAWS {
            return 1.0;
        }
        let counts = &self.slices.counts[draw];
        let used = counts.iter().filter(|count| **count > 0).count() as f64;
        let weights = counts.map(|count| self.slices.paths as f64 / max(count as f64, 1.0) - 1.0);
        let means = self.means(outcome, draw, pair);
        let (mut weighted, mut all) = (0.0, 0.0);
        for (bin, y) in self.paths.bins[draw].iter().zip(values) {
            let apart = y - means[usize::from(*bin)];
            weighted += weights[usize::from(*bin)] * apart * apart;
            all += apart * apart;
        }
        if all > 0.0 && used > 1.0 { max(weighted / (all * (used - 1.0)), 1.0) } else { 1.0 }
    }

    /// What the paths add to the shares of an outcome, which has these values on them.
    pub(super) fn of(&self, outcome: usize, values: &[f64], draws: &[Explained]) -> OfOutcome {
        let (slices, variance) = (self.slices, self.slices.variance(outcome));
        let mut found = OfOutcome {
            added: BTreeMap::new(),
            squares: values.iter().map(|y| y * y).collect(),
            shares: BTreeMap::new(),
            paths: slices.paths as f64,
        };
        for draw in draws {
            let share = draw.part.variance / variance;
            let shares = found.shares.entry(draw.input).or_default();
            let left = (1.0 - share) * (1.0 - share);
            shares[2] += draw.part.noise * left;
            if !draw.part.is_clear(variance, slices.paths) {
                shares[1] += share;
                continue;
            }
            shares[0] += share;
            // The means in the bins are themselves of these paths: their own chance is in what the paths add.
            let bins = slices.counts[draw.draw].iter().filter(|count| **count > 0).count() as f64;
            shares[2] -= 4.0 * (bins - 1.0) * left;
            let means = self.means(outcome, draw.draw, draw.pair);
            let added = found.added.entry(draw.input).or_insert_with(|| vec![0.0; values.len()]);
            for ((added, y), bin) in added.iter_mut().zip(values).zip(&self.paths.bins[draw.draw]) {
                let m = means[usize::from(*bin) % BINS];
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
        let of_clear = if added.is_empty() {
            0.0
        } else {
            let mut sum: Vec<f64> = self.squares.iter().map(|square| -clear * square).collect();
            for added in added {
                sum.iter_mut().zip(added).for_each(|(sum, added)| *sum += added);
            }
            variance(&sum)
        };
        let of_faint = 4.0 * max(faint, 0.0);
        // Chance that was taken off is no more than part of what the paths add.
        let of_clear = max(of_clear + chance / self.paths, 0.25 * of_clear);
        ((of_clear + of_faint) / self.paths).sqrt()
    }
}

fn variance(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / max(n - 1.0, 1.0)
}
