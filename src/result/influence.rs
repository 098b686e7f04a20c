//! How far shares of variance may be from the truth.
//!
//! A share is made of means over paths, so its error is that of the mean of its influence function (Hampel
//! 1974). With y the outcome, m the means in the bins of its draws, both about the mean of all, and S the share,
//! a path adds (Σ (2 m y − m²) − S y²) / V to Σ S; how far this differs between paths is seen in the first
//! 512 of the run, which are replayed. No shape of the outcome is assumed, and draws that by chance went
//! together do not make a sum look surer than it is. To this come the chance that is in the means themselves, what
//! rare paths add that are not among the 512, and what bins may hide.

use super::row_share::jackknife;
use crate::engine::{SlicedPaths, Slicing, sliced_paths};
use crate::ensemble::Slices;
use crate::ensemble::slices::{BINS, COARSE, ExplainedShare, OutcomeByBin, SCORES, bin_of_key};
use crate::model::Program;
use crate::num::max;
use crate::num::wide::{Kernel, launch};

/// Where an outcome has more draws than this, those that were not chosen are taken to leave it equally uncertain wherever
/// they lie.
const FEW_DRAWS: usize = 64;

/// Bins and ranges of a draw are less than so many.
const KEYS: usize = 128;

/// A variance of so many effective paths makes errors half as large again, and of more paths less so: by as much errors
/// themselves are not known.
const DOUBTFUL: f64 = 50.0;

/// The paths from which errors are told.
pub(super) struct Influence<'a> {
    paths: SlicedPaths,
    slices: &'a Slices,
}

/// A draw that an outcome may depend on.
pub(super) struct Explained {
    /// Number of its input.
    pub(super) input: usize,
    /// The draw.
    pub(super) draw: usize,
    /// What it explains.
    pub(super) part: ExplainedShare,
    /// The outcome in its bins, where it was chosen.
    pub(super) bins: Option<OutcomeByBin>,
    /// What it explains without each group of paths, where rows are told by themselves; else none.
    pub(super) without: Vec<f64>,
}

impl Explained {
    /// About the variance of the share, of so many paths: that of the covariance with what it does not explain, what chance puts
    /// between the bins, and what these may hide.
    pub(super) fn variance(&self, paths: f64) -> f64 {
        if !self.without.is_empty() {
            return jackknife(&self.without);
        }
        let share = self.part.share.clamp(0.0, 1.0);
        let chance = self.part.noise / paths;
        (4.0 * share * (1.0 - share) + chance) / paths + self.part.hidden * self.part.hidden
    }
}

/// What the paths add to the shares of one outcome.
pub(super) struct OfOutcome {
    /// By input with a draw that was chosen: what each path adds to what its draws explain.
    added: Vec<Vec<f64>>,
    /// By input: its place among these, if it is one of them.
    place: Vec<Option<usize>>,
    /// By path: the square of the outcome about its mean.
    squares: Vec<f64>,
    /// By input: sums over its draws.
    sums: Vec<InfluenceSums>,
    /// By input: its shares without each group of paths, where rows are told by themselves; else none.
    without: Vec<Vec<f64>>,
    paths: f64,
    /// By what the variance over the replayed paths is multiplied.
    rare: f64,
    /// By what errors are multiplied.
    doubtful: f64,
}

/// Sums over draws.
#[derive(Clone, Copy, Default)]
struct InfluenceSums {
    /// Shares of the draws that were chosen, and of the others.
    clear: f64,
    faint: f64,
    /// The variance that is in the means themselves, times the number of paths squared.
    chance: f64,
    /// What bins may hide.
    hidden: f64,
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
        Self { paths: sliced_paths(program, slicing, slices, seed, paths), slices }
    }

    /// An outcome that varies, to be looked at.
    pub(super) fn outcome(&self, outcome: usize) -> ReplayedOutcome<'_> {
        let (slices, measure) = (self.slices, self.slices.measures[outcome]);
        let (mean, sd) = (slices.mean(outcome), slices.variance(outcome).sqrt());
        let standard = |steps: &i32| (measure.value(f64::from(*steps)) - mean) / measure.step / sd;
        let values: Vec<f64> = self.paths.values[outcome].iter().map(standard).collect();
        // A few hundred paths show less of a long tail than all.
        let effective = slices.effective_paths(outcome);
        let squares = |x: f64| x * x;
        let second = values.iter().copied().map(squares).sum::<f64>() / values.len() as f64;
        let fourth = values.iter().copied().map(squares).map(squares).sum::<f64>() / values.len() as f64;
        let rare = slices.paths as f64 / effective * second * second / fourth;
        ReplayedOutcome {
            influence: self,
            sd,
            rests: &self.paths.rests[outcome],
            values,
            rare: if rare.is_finite() { max(rare, 1.0) } else { 1.0 },
            doubtful: 1.0 + DOUBTFUL / 2.0 / max(effective, 1.0),
        }
    }
}

/// An outcome and what comes of it on the replayed paths.
pub(super) struct ReplayedOutcome<'a> {
    influence: &'a Influence<'a>,
    sd: f64,
    /// By path: the value, in standard deviations about the mean.
    values: Vec<f64>,
    /// By path: how many steps the value lies above the whole number of them that is summed.
    rests: &'a [f64],
    rare: f64,
    doubtful: f64,
}

/// Outcomes in a bin of a draw.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct BinSpread {
    /// Their standard deviation, in steps.
    pub(super) spread: f64,
    /// How many steps they lie above the whole numbers that are summed, where they differ by too little for that to even out,
    /// and how far off this may be.
    pub(super) rest: (f64, f64),
}

/// Numbers that lie so many steps apart are rounded up as often as down.
const EVEN: f64 = 0.5;

/// The standard deviation of what is rounded to a whole number, anywhere between two.
const ROUNDED: f64 = 0.289;

impl ReplayedOutcome<'_> {
    /// By bin, the mean of the outcome in its standard deviations.
    fn means(&self, bins: &OutcomeByBin) -> [f64; BINS] {
        let mut means = [0.0; BINS];
        means.iter_mut().zip(&bins.bins).for_each(|(mean, bin)| *mean = bin.mean() / self.sd);
        means
    }

    /// By bin of a draw, the outcome within it: its standard deviation is that within all bins where fewer than ten of the replayed
    /// paths lie in one.
    pub(super) fn spreads(&self, draw: usize, bins: &OutcomeByBin) -> Vec<BinSpread> {
        let means = self.means(bins);
        let mut sums = vec![(0.0, 0.0); bins.bins.len()];
        let mut rests = vec![Vec::new(); bins.bins.len()];
        let ranges = self.influence.slices.chosen.ranges_of(draw);
        for (path, (key, y)) in self.influence.paths.bins[draw].iter().zip(&self.values).enumerate() {
            let bin = bin_of_key(usize::from(*key), ranges) >> bins.shift;
            sums[bin].0 += 1.0;
            sums[bin].1 += (y - means[bin]) * (y - means[bin]);
            rests[bin].push(self.rests[path]);
        }
        let all = sums.iter().fold((0.0, 0.0), |all, one| (all.0 + one.0, all.1 + one.1));
        let spread = |(n, squares): (f64, f64)| (squares / max(n, 1.0)).sqrt() * self.sd;
        let of_bin = |(one, rests): (&(f64, f64), &Vec<f64>)| {
            let spread = spread(if one.0 < 10.0 { all } else { *one });
            let n = rests.len() as f64;
            let mean = rests.iter().sum::<f64>() / n;
            let rest = if spread >= EVEN {
                (0.0, 0.0)
            } else if n < 10.0 {
                (0.0, ROUNDED)
            } else {
                (mean, (variance(rests) / n).sqrt())
            };
            BinSpread { spread, rest }
        };
        sums.iter().zip(&rests).map(of_bin).collect()
    }

    /// By key of a path: the mean of the outcome where it fell, in its standard deviations.
    fn by_key(&self, draw: usize, bins: &OutcomeByBin) -> [f64; KEYS] {
        let mut means = [0.0; KEYS];
        let of_bins = self.means(bins);
        for key in (0..BINS).filter(|key| key >> bins.shift < bins.bins.len()) {
            means[key] = of_bins[key >> bins.shift];
        }
        for (place, range) in self.influence.slices.chosen.ranges_of(draw).iter().enumerate() {
            let (key, whole) = (BINS + place, usize::from(range.bin));
            // Where bins were joined there are no ranges.
            means[key] = means[whole];
            if let Some(own) = bins.ranges.get(place) {
                (means[key], means[whole]) = (own.cell.mean() / self.sd, bins.rest(whole).mean() / self.sd);
            }
        }
        means
    }

    /// How much more chance puts into the slope of a straight line than if the outcome were equally uncertain wherever the draw
    /// lies: more where it is uncertain at the ends.
    fn unevenness_of_line(&self, draw: usize) -> f64 {
        let ranges = self.influence.slices.chosen.ranges_of(draw);
        let (mut weighted, mut all, mut scores) = (0.0, 0.0, 0.0);
        for (key, y) in self.influence.paths.bins[draw].iter().zip(&self.values) {
            let score = f64::from(SCORES[bin_of_key(usize::from(*key), ranges) / (BINS / COARSE)]);
            weighted += score * score * y * y;
            scores += score * score;
            all += y * y;
        }
        let even = scores * all / self.values.len() as f64;
        if even > 0.0 { max(weighted / even, 1.0) } else { 1.0 }
    }

    /// What chance alone adds, as a variance times the number of paths squared.
    fn chance(&self, one: &Explained, draws: usize) -> f64 {
        if one.bins.is_some() || draws > FEW_DRAWS || one.part.freedom > 0.0 {
            return one.part.noise;
        }
        let uneven = self.unevenness_of_line(one.draw);
        one.part.noise * uneven * uneven
    }

    /// What the paths add to the shares of the outcome, of which these draws of so many inputs explain something.
    pub(super) fn errors(&self, inputs: usize, draws: &[Explained]) -> OfOutcome {
        let Influence { paths, slices } = self.influence;
        let mut found = OfOutcome {
            added: Vec::new(),
            place: vec![None; inputs],
            squares: self.values.iter().map(|y| y * y).collect(),
            sums: vec![InfluenceSums::default(); inputs],
            without: vec![Vec::new(); inputs],
            paths: slices.paths as f64,
            rare: self.rare,
            doubtful: self.doubtful,
        };
        for one in draws {
            if !one.without.is_empty() {
                add(&mut found.without[one.input], &one.without);
                continue;
            }
            let share = one.part.share;
            let left = (1.0 - share) * (1.0 - share);
            let sums = &mut found.sums[one.input];
            sums.chance += self.chance(one, draws.len()) * left;
            sums.hidden += one.part.hidden;
            let Some(bins) = &one.bins else {
                sums.faint += share;
                continue;
            };
            sums.clear += share;
            // The means in the bins are themselves of these paths: their own chance is in what the paths add.
            sums.chance -= 4.0 * one.part.freedom * left;
            let place = *found.place[one.input].get_or_insert(found.added.len());
            if place == found.added.len() {
                found.added.push(vec![0.0; self.values.len()]);
            }
            launch(Influencing {
                means: &self.by_key(one.draw, bins),
                keys: &paths.bins[one.draw],
                values: &self.values,
                added: &mut found.added[place],
            });
        }
        found
    }
}

/// Adds what each path adds to what a draw explains.
struct Influencing<'a> {
    /// By key: the mean of the outcome.
    means: &'a [f64; KEYS],
    /// By path: the key, the outcome, and what is added to.
    keys: &'a [u8],
    values: &'a [f64],
    added: &'a mut [f64],
}

impl Kernel for Influencing<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for ((added, y), key) in self.added.iter_mut().zip(self.values).zip(self.keys) {
            let m = self.means[usize::from(*key) % KEYS];
            *added += m * (2.0 * y - m);
        }
    }
}

impl OfOutcome {
    /// The standard error of the sum of the shares of some inputs.
    pub(super) fn error(&self, inputs: &[usize]) -> f64 {
        let mut sums = InfluenceSums::default();
        for one in inputs.iter().map(|input| self.sums[*input]) {
            sums.clear += one.clear;
            sums.faint += one.faint;
            sums.chance += one.chance;
            sums.hidden += one.hidden;
        }
        let mut added = inputs.iter().filter_map(|input| self.place[*input]).peekable();
        let of_clear = if added.peek().is_none() {
            0.0
        } else {
            let mut sum: Vec<f64> = self.squares.iter().map(|square| -sums.clear * square).collect();
            added.for_each(|place| launch(Adding { sums: &mut sum, added: &self.added[place] }));
            self.rare * variance(&sum)
        };
        let of_faint = 4.0 * max(sums.faint, 0.0);
        // Chance that was taken off is no more than part of what the paths add.
        let of_clear = max(of_clear + sums.chance / self.paths, 0.25 * of_clear);
        let by_chance = self.doubtful * ((of_clear + of_faint) / self.paths).sqrt();
        let mut without = Vec::new();
        inputs.iter().for_each(|input| add(&mut without, &self.without[*input]));
        let of_rows = if without.is_empty() { 0.0 } else { jackknife(&without) };
        let of_rows = self.doubtful * self.doubtful * of_rows;
        (by_chance * by_chance + sums.hidden * sums.hidden + of_rows).sqrt()
    }
}

/// Adds numbers to others, of which there are as many or none.
fn add(sums: &mut Vec<f64>, more: &[f64]) {
    if sums.is_empty() {
        sums.extend_from_slice(more);
    } else {
        sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
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
