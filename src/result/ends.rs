//! What an outcome is on average where an input lies low and where it lies high, from the run's own paths.

use crate::engine::Cuts;
use crate::ensemble::Slices;
use crate::ensemble::slices::{COARSE, EDGES, OutcomeByBin, STEPS};
use crate::num::{Distribution, max, min};

/// Where a smooth input is looked at.
const QUANTILES: [f64; 2] = [0.1, 0.9];

/// The mean of the outcome, with its standard error, at the 10 % and at the 90 % quantile of a draw of many values, or at the
/// lowest and the highest value of one that has few. `None` where no path lies there.
pub(super) fn ends(
    slices: &Slices,
    outcome: usize,
    bins: &OutcomeByBin,
    cuts: &Cuts,
) -> Option<[(f64, f64); 2]> {
    let between: f64 = bins.counts.iter().zip(&bins.means).map(|(n, m)| n * m * m).sum();
    let within = max(slices.variance(outcome) - between / slices.paths as f64, 0.0);
    let measure = slices.measures[outcome];
    let told = |(mean, over): (f64, f64)| {
        (slices.mean(outcome) + mean * measure.step, (within * over).sqrt() * measure.step)
    };
    if !cuts.is_smooth() {
        let last = bins.counts.len() - 1;
        let at = |bin: usize| (bins.counts[bin] > 0.0).then(|| (bins.means[bin], 1.0 / bins.counts[bin]));
        return Some([told(at(0)?), told(at(last)?)]);
    }
    let coarse = coarse(bins);
    let [low, high] = QUANTILES.map(|u| mean_at(&coarse, u));
    Some([told(low?), told(high?)])
}

/// Sixteen bins of four each: the mean in one of 64 would rest on few paths.
fn coarse(bins: &OutcomeByBin) -> Vec<(f64, f64)> {
    let joined = bins.counts.len() / COARSE;
    let pairs = bins.counts.chunks(joined).zip(bins.means.chunks(joined));
    let one = |(counts, means): (&[f64], &[f64])| {
        let count: f64 = counts.iter().sum();
        let sum: f64 = counts.iter().zip(means).map(|(n, m)| n * m).sum();
        (count, if count > 0.0 { sum / count } else { 0.0 })
    };
    pairs.map(one).collect()
}

/// The mean at a uniform, on the line between the middles of two bins, and by what the variance within bins is to be
/// multiplied to be that of the mean.
fn mean_at(bins: &[(f64, f64)], u: f64) -> Option<(f64, f64)> {
    let fine = EDGES.len() / COARSE;
    let edge = |k: usize| if k == 0 { 0.0 } else { f64::from(EDGES[k * fine - 1]) / f64::from(STEPS) };
    let middle = |k: usize| f64::midpoint(edge(k), edge(k + 1));
    let right = (1..COARSE).find(|&k| middle(k) >= u)?;
    let share = (u - middle(right - 1)) / (middle(right) - middle(right - 1));
    let ((n, a), (m, b)) = (bins[right - 1], bins[right]);
    let over = (1.0 - share) * (1.0 - share) / n + share * share / m;
    (n > 0.0 && m > 0.0).then_some((a + share * (b - a), over))
}

/// The lowest (0) or the highest (1) value of an input of few values.
pub(super) fn value_at(distribution: &Distribution, end: f64) -> f64 {
    distribution.quantile(min(max(end, 1e-12), 1.0 - f64::EPSILON))
}
