//! What outcomes were on average where an input's draw lay low, in the middle, or high.
//!
//! A draw's uniform is known exactly, so every path falls into one of a draw's bins, and the outcomes of the
//! paths in each bin are summed as integers. From counts and sums follows the share of an outcome's variance
//! that a draw explains alone: the first-order index of Sobol' (1993), by the correlation ratio of Pearson
//! (1905). Nothing is simulated for it.

use serde::{Deserialize, Serialize};

use super::Measure;
use crate::num::wide::{Kernel, launch};

/// Outcomes are summed sixteen at a time.
pub const LANES: usize = 16;

/// Most bins of a draw.
pub const BINS: usize = 16;

/// Steps of a bin's edge: the edges of [`EDGES`] are so many parts of one.
pub const STEPS: u32 = 256;

/// Upper edges of the bins of a uniform, in 256ths: at Φ(√3 Φ⁻¹(k / 16)), rounded. Bins that grow narrower
/// towards the ends, at the cube root of the normal density, lose least of a normal's variance (Panter and
/// Dite 1951).
pub const EDGES: [u32; BINS] = [1, 6, 16, 31, 51, 74, 101, 128, 155, 182, 205, 225, 240, 250, 255, 256];

/// What a standard normal's score is on average in each bin.
const SCORES: [f64; BINS] = [
    -2.96910168,
    -2.24068149,
    -1.7311381,
    -1.33698042,
    -0.99815259,
    -0.69543702,
    -0.40897713,
    -0.13296822,
    0.13296822,
    0.40897713,
    0.69543702,
    0.99815259,
    1.33698042,
    1.7311381,
    2.24068149,
    2.96910168,
];

/// A draw that explains less than so many standard errors of chance is told by its straight line alone.
const CLEAR: f64 = 4.5;

/// Values are summed in 256ths of their unit.
const ONE: f64 = 256.0;

/// Values further from the center than 2048 units are taken to lie there.
const LIMIT: f64 = 2048.0 * ONE;

/// A value as an integer, to be summed: 256ths of the unit above the center. What is not a number lies at the
/// center.
#[inline(always)]
pub fn quantised(scale: Measure, x: f64) -> i32 {
    let steps = scale.deviation(x) * ONE;
    // Comparisons that NaN fails; the addition and subtraction round to the nearest integer.
    let steps = if steps < LIMIT { steps } else { LIMIT };
    let steps = if steps > -LIMIT { steps } else { -LIMIT };
    ((steps + ROUND) - ROUND) as i32
}

/// 1.5 · 2^52: a number beside which there is no room for fractions.
const ROUND: f64 = 6755399441055744.0;

/// Sums of sixteen outcomes in each bin of a draw.
pub type Cell = [[i64; LANES]; BINS];

/// Counts and sums by bins of draws, for all pairs of a draw and sixteen outcomes that may depend on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slices {
    /// How many paths were binned.
    pub paths: u64,
    /// By outcome: what it is measured in.
    pub scales: Vec<Measure>,
    /// By outcome: its sum, in 256ths of its unit.
    pub sums: Vec<i64>,
    /// By outcome: the sum of its squares.
    pub squares: Vec<i128>,
    /// By draw: how many paths fell in each bin.
    pub counts: Vec<[u64; BINS]>,
    /// By pair: the sums. Boxed, so that those that workers share need not be copied.
    pub cells: Vec<Cell>,
}

impl Slices {
    /// Whether the other counts are of the same draws and outcomes.
    pub fn can_merge(&self, other: &Self) -> bool {
        let lengths = |slices: &Self| {
            (slices.sums.len(), slices.squares.len(), slices.counts.len(), slices.cells.len())
        };
        self.scales == other.scales && lengths(self) == lengths(other)
    }

    /// Adds the counts of other paths.
    ///
    /// # Panics
    /// When the other counts are of other draws or outcomes.
    pub fn merge(&mut self, other: &Self) {
        assert_eq!(self.scales, other.scales, "slices of two programs cannot be merged");
        assert_eq!(self.cells.len(), other.cells.len(), "slices of two programs cannot be merged");
        self.paths += other.paths;
        add(&mut self.sums, &other.sums);
        add(&mut self.squares, &other.squares);
        add(self.counts.as_flattened_mut(), other.counts.as_flattened());
        for (mine, theirs) in self.cells.iter_mut().zip(&other.cells) {
            add(mine.as_flattened_mut(), theirs.as_flattened());
        }
    }

    /// What a draw explains of the sixteen outcomes of a pair. `smooth` says that the bins are those of [`EDGES`], into
    /// which an input of many values was cut.
    pub fn parts(&self, pair: usize, draw: usize, totals: &Totals, smooth: bool) -> Parts {
        launch(Parting { counts: &self.counts[draw], cell: &self.cells[pair], totals, smooth })
    }

    /// The mean of an outcome on the paths in each bin of a draw, in its own unit; `None` for an empty bin.
    pub fn means(&self, pair: usize, draw: usize, outcome: usize) -> [Option<f64>; BINS] {
        std::array::from_fn(|bin| {
            let (count, sum) = (self.counts[draw][bin], self.cells[pair][bin][outcome % LANES]);
            (count > 0).then(|| self.scales[outcome].value(sum as f64 / count as f64 / ONE))
        })
    }

    /// The mean of an outcome, in its own unit.
    pub fn mean(&self, outcome: usize) -> f64 {
        self.scales[outcome].value(self.sums[outcome] as f64 / self.paths as f64 / ONE)
    }

    /// The standard deviation of an outcome, in its own unit.
    pub fn sd(&self, outcome: usize) -> f64 {
        self.variance(outcome).sqrt() / ONE * self.scales[outcome].unit
    }

    /// The variance of an outcome, in 256ths of its unit squared: what the parts of [`Slices::parts`] are parts of.
    pub fn variance(&self, outcome: usize) -> f64 {
        let squares = self.squares_about_mean(outcome);
        if squares > 0.0 { squares / self.paths as f64 } else { 0.0 }
    }

    fn squares_about_mean(&self, outcome: usize) -> f64 {
        let sum = self.sums[outcome] as f64;
        self.squares[outcome] as f64 - sum * sum / self.paths as f64
    }

    /// The totals of all outcomes, by sixteen.
    pub fn totals(&self) -> Vec<Totals> {
        let mut totals =
            vec![Totals { n: self.paths as f64, ..Totals::default() }; self.sums.len().div_ceil(LANES)];
        for outcome in 0..self.sums.len() {
            let (total, lane) = (&mut totals[outcome / LANES], outcome % LANES);
            total.means[lane] = self.sums[outcome] as f64 / total.n;
            total.squares[lane] = self.squares_about_mean(outcome);
        }
        totals
    }
}

/// What a draw explains of an outcome's variance, in 256ths of its unit squared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Part {
    /// The variance, free of bias: where the draw has no effect it is as often below zero as above.
    pub variance: f64,
    /// The variance of the estimate where the draw has no effect, in squared variances of the outcome over
    /// squared paths.
    pub noise: f64,
}

impl Part {
    /// Whether it is far more than chance makes of a draw without effect.
    pub fn is_clear(&self, variance: f64, paths: u64) -> bool {
        self.variance * paths as f64 > CLEAR * self.noise.sqrt() * variance
    }
}

/// What a draw explains of sixteen outcomes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    /// As the means in the bins have it, and the noise of that.
    bins: ([f64; LANES], f64),
    /// As a straight line has it; `None` where that makes no sense.
    line: Option<([f64; LANES], f64)>,
}

impl Parts {
    /// What the draw explains of an outcome of this variance. `uneven` says how much more chance puts between the bins
    /// than if the outcome were equally uncertain in all of them.
    pub fn of(&self, outcome: usize, variance: f64, paths: u64, uneven: f64) -> Part {
        let part = |(variances, noise): &([f64; LANES], f64)| Part {
            variance: variances[outcome % LANES],
            noise: noise * uneven * uneven,
        };
        let of_bins = part(&self.bins);
        // A straight line has one degree of freedom: where there is little to find, little chance is added.
        match &self.line {
            Some(line) if !of_bins.is_clear(variance, paths) => part(line),
            _ => of_bins,
        }
    }
}

/// Sums of sixteen outcomes over all paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// How many paths.
    n: f64,
    means: [f64; LANES],
    /// Squares about the mean.
    squares: [f64; LANES],
}

impl Totals {
    /// What a straight line in the draw's normal score explains, less what chance alone puts there.
    #[inline(always)]
    fn line(&self, counts: &[f64; BINS], sums: &[[f64; LANES]; BINS]) -> ([f64; LANES], f64) {
        let (mut scores, mut squares, mut together) = (0.0, 0.0, [0.0; LANES]);
        for bin in 0..BINS {
            let (score, count) = (SCORES[bin], counts[bin]);
            scores += score * count;
            squares += score * score * count;
            for lane in 0..LANES {
                together[lane] += score * (sums[bin][lane] - count * self.means[lane]);
            }
        }
        let spread = (squares - scores * scores / self.n) / self.n;
        if spread <= 0.0 {
            return ([0.0; LANES], 0.0);
        }
        for (part, squares) in together.iter_mut().zip(self.squares) {
            let whole = if squares > 0.0 { squares / self.n } else { 0.0 };
            let covariance = *part / self.n;
            *part = (covariance * covariance / spread - whole / self.n) / spread;
        }
        (together, 2.0 / (spread * spread))
    }

    /// The variance between bins less what chance alone puts there (ε² of Kelley 1935), and the degrees of
    /// freedom: one less than the bins that hold something.
    #[inline(always)]
    fn between<const N: usize>(&self, counts: &[f64; N], sums: &[[f64; LANES]; N]) -> ([f64; LANES], f64) {
        let (mut between, mut used) = ([0.0; LANES], 0.0);
        for bin in 0..N {
            if counts[bin] > 0.0 {
                for lane in 0..LANES {
                    let apart = sums[bin][lane] / counts[bin] - self.means[lane];
                    between[lane] += apart * apart * counts[bin];
                }
                used += 1.0;
            }
        }
        if self.n <= used {
            return ([0.0; LANES], 0.0);
        }
        for (between, squares) in between.iter_mut().zip(self.squares) {
            let within = (squares - *between) / (self.n - used);
            *between = (*between - (used - 1.0) * within) / self.n;
        }
        (between, used - 1.0)
    }
}

/// Finds what a draw explains of sixteen outcomes.
struct Parting<'a> {
    counts: &'a [u64; BINS],
    cell: &'a Cell,
    totals: &'a Totals,
    smooth: bool,
}

impl Kernel for Parting<'_> {
    type Output = Parts;

    #[inline(always)]
    fn run(self) -> Parts {
        let (mut counts, mut sums) = ([0.0; BINS], [[0.0; LANES]; BINS]);
        let (mut counts_of_two, mut sums_of_two) = ([0.0; BINS / 2], [[0.0; LANES]; BINS / 2]);
        for bin in 0..BINS {
            counts[bin] = self.counts[bin] as f64;
            counts_of_two[bin / 2] += counts[bin];
            for lane in 0..LANES {
                sums[bin][lane] = self.cell[bin][lane] as f64;
                sums_of_two[bin / 2][lane] += sums[bin][lane];
            }
        }
        let (mut found, fine) = self.totals.between(&counts, &sums);
        if !self.smooth {
            return Parts { bins: (found, 2.0 * fine), line: None };
        }
        // What is lost within bins falls with the square of their number: from sixteen and eight follows
        // what infinitely many would find (Richardson).
        let (of_two, coarse) = self.totals.between(&counts_of_two, &sums_of_two);
        for lane in 0..LANES {
            found[lane] += (found[lane] - of_two[lane]) / 3.0;
        }
        let noise = 2.0 * (coarse + (fine - coarse) * 16.0 / 9.0);
        Parts { bins: (found, noise), line: Some(self.totals.line(&counts, &sums)) }
    }
}

fn add<T: Copy + std::ops::AddAssign>(mine: &mut [T], theirs: &[T]) {
    for (mine, theirs) in mine.iter_mut().zip(theirs) {
        *mine += *theirs;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::normal;

    #[test]
    fn the_edges_are_those_of_the_formula() {
        for (k, edge) in (1..16).zip(EDGES) {
            let exact = normal::cdf(3.0_f64.sqrt() * normal::quantile(f64::from(k) / 16.0));
            assert!((exact * 256.0 - f64::from(edge)).abs() <= 0.5, "{k}: {edge}");
        }
    }

    #[test]
    fn the_scores_are_means_of_a_normal_within_the_bins() {
        let density = |edge: u32| match edge {
            0 | 256 => 0.0,
            edge => normal::density(normal::quantile(f64::from(edge) / 256.0)),
        };
        let mut below = 0;
        for (edge, score) in EDGES.into_iter().zip(SCORES) {
            let exact = (density(below) - density(edge)) / (f64::from(edge - below) / 256.0);
            assert!((exact - score).abs() < 1e-7, "{edge}: {score} {exact}");
            below = edge;
        }
    }

    #[test]
    fn a_value_is_summed_to_the_nearest_256th_within_2048_units() {
        let scale = Measure { center: 10.0, unit: 2.0 };
        assert_eq!(quantised(scale, 11.0), 128);
        assert_eq!(quantised(scale, 10.0 - 2.6 / 256.0), -1);
        assert_eq!(quantised(scale, 1e300), 2048 * 256);
        assert_eq!(quantised(scale, f64::NEG_INFINITY), -2048 * 256);
    }

    /// A normal outcome that is the draw itself, binned at exact proportions: all of it is explained.
    #[test]
    fn what_bins_lose_of_a_normal_or_a_uniform_is_put_back() {
        for (shape, name) in [(normal::quantile as fn(f64) -> f64, "normal"), (|u| u, "uniform")] {
            let n = 1 << 16;
            let scale = Measure { center: 0.0, unit: 0.25 };
            let mut slices = Slices {
                paths: n,
                scales: vec![scale],
                sums: vec![0],
                squares: vec![0],
                counts: vec![[0; BINS]],
                cells: vec![[[0; LANES]; BINS]],
            };
            for k in 0..n {
                let u = (k as f64 + 0.5) / n as f64;
                let bin = EDGES.iter().position(|&edge| u * 256.0 < f64::from(edge)).unwrap();
                let x = quantised(scale, shape(u));
                slices.sums[0] += i64::from(x);
                slices.squares[0] += i128::from(x) * i128::from(x);
                slices.counts[0][bin] += 1;
                slices.cells[0][bin][0] += i64::from(x);
            }
            let parts = slices.parts(0, 0, &slices.totals()[0], true);
            let share = parts.of(0, slices.variance(0), n, 1.0).variance / slices.variance(0);
            assert!((share - 1.0).abs() < 3e-3, "{name}: {share}");
        }
    }
}
