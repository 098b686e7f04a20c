//! How far shares of variance may be from the truth.
//!
//! A share is made of means over paths, so its error is that of the mean of its influence function (Hampel
//! 1974). With y the outcome, m the means in the bins of its draws, both about the mean of all, and S the share,
//! a path adds (Σ (2 m y − m²) − S y²) / V to Σ S; how far this differs between paths is seen in the first
//! 512 of the run, which are replayed. No shape of the outcome is assumed, and draws that by chance went
//! together do not make a sum look surer than it is. To this comes the chance that is in the means themselves.

use crate::engine::{SlicedPaths, Slicing, sliced_paths};
use crate::ensemble::Slices;
use crate::ensemble::slices::{BINS, Part};
use crate::model::Program;
use crate::num::max;
use crate::num::wide::{Kernel, launch};

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
    /// By input whose draws explain more than chance might: what each path adds to what they explain.
    added: Vec<Vec<f64>>,
    /// By input: its place among these, if it is one of them.
    place: Vec<Option<usize>>,
    /// By path: the square of the outcome about its mean.
    squares: Vec<f64>,
    /// By input: share of the draws that explain more than chance might, of the others, and chance.
    shares: Vec<[f64; 3]>,
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

    /// An outcome that varies, to be looked at.
    pub(super) fn outcome(&self, outcome: usize) -> Looked<'_> {
        let (slices, scale) = (self.slices, self.slices.scales[outcome]);
        let (mean, sd) = (slices.mean(outcome), slices.sd(outcome));
        let standard = |steps: &i32| (scale.value(f64::from(*steps) / 256.0) - mean) / sd;
        let values = self.paths.values[outcome].iter().map(standard).collect();
        Looked { influence: self, outcome, mean, sd, variance: slices.variance(outcome), values }
    }
}

/// An outcome and what comes of it on the replayed paths.
pub(super) struct Looked<'a> {
    influence: &'a Influence<'a>,
    outcome: usize,
    mean: f64,
    sd: f64,
    /// Its variance.
    pub(super) variance: f64,
    /// By path: the value, in standard deviations about the mean.
    values: Vec<f64>,
}

impl Looked<'_> {
    /// By bin of a draw, the mean of the outcome in its standard deviations.
    fn means(&self, draw: usize, pair: usize) -> [f64; BINS] {
        let means = self.influence.slices.means(pair, draw, self.outcome);
        means.map(|mean| mean.map_or(0.0, |mean| (mean - self.mean) / self.sd))
    }

    /// How much more chance puts between the bins of a draw than if the outcome were equally uncertain in all of
    /// them: mostly so where it is uncertain in the small bins at the ends. Not looked at where there are many draws.
    pub(super) fn unevenness(&self, draw: usize, pair: usize, draws: usize) -> f64 {
        if draws > FEW_DRAWS {
            return 1.0;
        }
        let Influence { paths, slices } = self.influence;
        let counts = &slices.counts[draw];
        let used = counts.iter().filter(|count| **count > 0).count() as f64;
        let weights = counts.map(|count| slices.paths as f64 / max(count as f64, 1.0) - 1.0);
        let means = self.means(draw, pair);
        let (mut weighted, mut all) = (0.0, 0.0);
        for (bin, y) in paths.bins[draw].iter().zip(&self.values) {
            let apart = y - means[usize::from(*bin)];
            weighted += weights[usize::from(*bin)] * apart * apart;
            all += apart * apart;
        }
        if all > 0.0 && used > 1.0 { max(weighted / (all * (used - 1.0)), 1.0) } else { 1.0 }
    }

    /// What the paths add to the shares of the outcome, of which these draws of so many inputs explain something.
    pub(super) fn errors(&self, inputs: usize, draws: &[Explained]) -> OfOutcome {
        let Influence { paths, slices } = self.influence;
        let mut found = OfOutcome {
            added: Vec::new(),
            place: vec![None; inputs],
            squares: self.values.iter().map(|y| y * y).collect(),
            shares: vec![[0.0; 3]; inputs],
            paths: slices.paths as f64,
        };
        for draw in draws {
            let share = draw.part.variance / self.variance;
            let shares = &mut found.shares[draw.input];
            let left = (1.0 - share) * (1.0 - share);
            shares[2] += draw.part.noise * left;
            if !draw.part.is_clear(self.variance, slices.paths) {
                shares[1] += share;
                continue;
            }
            shares[0] += share;
            // The means in the bins are themselves of these paths: their own chance is in what the paths add.
            let bins = slices.counts[draw.draw].iter().filter(|count| **count > 0).count() as f64;
            shares[2] -= 4.0 * (bins - 1.0) * left;
            let means = self.means(draw.draw, draw.pair);
            let place = *found.place[draw.input].get_or_insert(found.added.len());
            if place == found.added.len() {
                found.added.push(vec![0.0; self.values.len()]);
            }
            let (bins, values) = (&paths.bins[draw.draw], &self.values);
            launch(Influencing { means: &means, bins, values, added: &mut found.added[place] });
        }
        found
    }
}

/// Adds what each path adds to what a draw explains.
struct Influencing<'a> {
    /// By bin of the draw: the mean of the outcome.
    means: &'a [f64; BINS],
    /// By path: the bin of the draw, the outcome, and what is added to.
    bins: &'a [u8],
    values: &'a [f64],
    added: &'a mut [f64],
}

impl Kernel for Influencing<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for ((added, y), bin) in self.added.iter_mut().zip(self.values).zip(self.bins) {
            let m = self.means[usize::from(*bin) % BINS];
            *added += m * (2.0 * y - m);
        }
    }
}

impl OfOutcome {
    /// The standard error of the sum of the shares of some inputs.
    pub(super) fn error(&self, inputs: &[usize]) -> f64 {
        let mut shares = [0.0; 3];
        for input in inputs {
            shares.iter_mut().zip(self.shares[*input]).for_each(|(sum, share)| *sum += share);
        }
        let [clear, faint, chance] = shares;
        let mut added = inputs.iter().filter_map(|input| self.place[*input]).peekable();
        let of_clear = if added.peek().is_none() {
            0.0
        } else {
            let mut sum: Vec<f64> = self.squares.iter().map(|square| -clear * square).collect();
            added.for_each(|place| launch(Adding { sums: &mut sum, added: &self.added[place] }));
            variance(&sum)
        };
        let of_faint = 4.0 * max(faint, 0.0);
        // Chance that was taken off is no more than part of what the paths add.
        let of_clear = max(of_clear + chance / self.paths, 0.25 * of_clear);
        ((of_clear + of_faint) / self.paths).sqrt()
    }
}

/// Adds to sums, path by path.
struct Adding<'a> {
    sums: &'a mut [f64],
    added: &'a [f64],
}

impl Kernel for Adding<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (sum, added) in self.sums.iter_mut().zip(self.added) {
            *sum += added;
        }
    }
}

fn variance(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / max(n - 1.0, 1.0)
}
