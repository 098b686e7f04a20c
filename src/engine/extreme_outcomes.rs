//! The paths on which an outcome is most extreme, and whether they lie together on a draw.
//!
//! A disaster of one path in a hundred is hardly seen in a sum over all paths, however bad it is. But if a draw brings it, the
//! worst paths lie together on that draw. Where it does not move the outcome, the uniforms of K paths that were chosen by
//! their outcomes are independent and even: so many as c of them lie in a part of probability q with a probability of at most
//! exp(−K·D(c/K, q)), D being the divergence of Kullback and Leibler (Chernoff 1952). That holds for any outcome.

use crate::ensemble::slices::{BINS, CenterStep, DrawRange, EDGES, STEPS};
use crate::num::{ln, max, min};

/// One path in so many is extreme, and of these so many the most.
const ONE_IN: usize = 64;
const MOST_EXTREME: usize = 16;

/// How likely a uniform falls in each bin.
pub(super) const WIDTHS: [f64; BINS] = {
    let mut widths = [0.0; BINS];
    let (mut bin, mut below) = (0, 0);
    while bin < BINS {
        widths[bin] = (EDGES[bin] - below) as f64 / STEPS as f64;
        below = EDGES[bin];
        bin += 1;
    }
    widths
};

/// The most extreme paths of an outcome.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Extremes {
    /// The most extreme of all, and then the others.
    pub(super) paths: Vec<u32>,
}

impl Extremes {
    /// Those of scores between ± `one`, of which 0 is the middle; of equal ones the first.
    pub(super) fn of(scores: &[i32], one: usize) -> Self {
        let mut counts = vec![0_usize; one + 1];
        let size = |score: &i32| (score.unsigned_abs() as usize).min(one);
        scores.iter().for_each(|score| counts[size(score)] += 1);
        let wanted = max((scores.len() / ONE_IN) as f64, MOST_EXTREME as f64) as usize;
        // The size of the least extreme that are wanted; all larger ones are.
        let (mut least, mut above) = (one, counts[one]);
        while least > 1 && above < wanted {
            least -= 1;
            above += counts[least];
        }
        let sized = || (0..).zip(scores.iter().map(size));
        let larger = sized().filter(|(_, size)| *size > least).map(|(path, _)| path);
        let equal = sized().filter(|(_, size)| *size == least).map(|(path, _)| path);
        let mut paths: Vec<u32> = larger.chain(equal).take(wanted).collect();
        paths.sort_by_key(|path| std::cmp::Reverse(size(&scores[*path as usize])));
        Self { paths }
    }

    /// The logarithm of a bound on the probability that chance puts so many of them into a bin, or into all up to one or from one
    /// on. `keys` are the bins by path, `widths` the probabilities of the bins.
    pub(super) fn logarithm(&self, keys: &[u8], widths: &[f64]) -> f64 {
        let mut least: f64 = 0.0;
        let mut counts = [0.0; BINS];
        let bins = widths.len().min(BINS);
        for (number, path) in (1..).zip(&self.paths) {
            counts[usize::from(keys[*path as usize]) % BINS] += 1.0;
            if number != MOST_EXTREME && number != self.paths.len() {
                continue;
            }
            let all = number as f64;
            let (mut below, mut width_below) = (0.0, 0.0);
            for (count, width) in counts.iter().zip(widths) {
                least = min(least, chernoff(*count, all, *width));
                (below, width_below) = (below + count, width_below + width);
                least = min(least, chernoff(below, all, width_below));
                least = min(least, chernoff(all - below, all, 1.0 - width_below));
            }
        }
        // Of bins and of all up to and from each, of both numbers of paths.
        if least < 0.0 { min(least + ln(6.0 * bins as f64), 0.0) } else { 0.0 }
    }

    /// By bin: how many lie in it.
    fn by_bin(&self, keys: &[u8]) -> [usize; BINS] {
        let mut counts = [0; BINS];
        self.paths.iter().for_each(|path| counts[usize::from(keys[*path as usize]) % BINS] += 1);
        counts
    }
}

/// The logarithm of a bound on the probability that of so many paths at least `count` lie in a part of this
/// probability; 0 where they are hardly more than is likely.
fn chernoff(count: f64, all: f64, width: f64) -> f64 {
    let even = all * width;
    let apart = count - even;
    if apart <= 3.0 || apart * apart < 9.0 * even || width <= 0.0 {
        return 0.0;
    }
    let outside = if count < all { (all - count) * ln((all - count) / (all - even)) } else { 0.0 };
    -(count * ln(count / even) + outside)
}

/// Where a bin begins and ends.
fn bounds(bin: usize) -> [f64; 2] {
    let below = if bin == 0 { 0 } else { EDGES[bin - 1] };
    [below, EDGES[bin]].map(|edge| f64::from(edge) / f64::from(STEPS))
}

/// A range is worth a bin of its own where it takes so much of the outcome's variance from within a bin,
const LEAST_GAIN: f64 = 0.003;

/// and that without the two paths that make most of it: by chance two lie beside each other in every other model, three do not.
const LEFT_OUT: usize = 2;

/// Only bins are searched in which so many of the most extreme paths lie.
const LEAST_IN_BIN: usize = 3;

/// Extreme paths that make less of the sum of squares are those of a smooth outcome: a normal's are an eighth of it.
const LEAST_OF_SQUARES: f64 = 0.18;

/// An outcome on the paths that were looked at, about its mean.
pub(super) struct Deviations {
    values: Vec<f64>,
    squares: f64,
}

impl Deviations {
    /// Those of an outcome in steps; `None` where its most extreme paths are no more extreme than those of a normal.
    pub(super) fn of(values: &[f64], measure: CenterStep, extremes: &Extremes) -> Option<Self> {
        let mut values: Vec<f64> = values.iter().map(|x| f64::from(measure.steps(*x))).collect();
        let mean = values.iter().sum::<f64>() / max(values.len() as f64, 1.0);
        values.iter_mut().for_each(|x| *x -= mean);
        let squares: f64 = values.iter().map(|x| x * x).sum();
        let of_extremes: f64 = extremes.paths.iter().map(|path| values[*path as usize]).map(|x| x * x).sum();
        (of_extremes > LEAST_OF_SQUARES * squares).then_some(Self { values, squares })
    }

    /// The ranges of a draw on which the outcome is far from where it is in the rest of their bins. `uniform` is that of a path.
    pub(super) fn ranges(
        &self,
        draw: u32,
        keys: &[u8],
        extremes: &Extremes,
        uniform: impl Fn(usize) -> f64,
    ) -> Vec<DrawRange> {
        let counts = extremes.by_bin(keys);
        let mut paths: [Vec<usize>; BINS] = std::array::from_fn(|_| Vec::new());
        for (path, key) in keys.iter().enumerate() {
            if counts.get(usize::from(*key)).is_some_and(|count| *count >= LEAST_IN_BIN) {
                paths[usize::from(*key)].push(path);
            }
        }
        let of_bin = |(bin, paths): (usize, &Vec<usize>)| {
            let mut points: Vec<(f64, f64)> =
                paths.iter().map(|path| (uniform(*path), self.values[*path])).collect();
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            self.range(&points, bounds(bin)).map(|[low, high, slack]| {
                let [low, high, slack] = [low, high, slack].map(DrawRange::place);
                DrawRange { draw, bin: bin as u8, low, high, slack }
            })
        };
        paths.iter().enumerate().filter(|(_, paths)| !paths.is_empty()).filter_map(of_bin).collect()
    }

    /// Of the points of a bin, by place: the range that takes most from the variance, its ends halfway between two points or those
    /// of the bin, and what lies between these points.
    fn range(&self, points: &[(f64, f64)], [begin, end]: [f64; 2]) -> Option<[f64; 3]> {
        let n = points.len();
        let mean = points.iter().map(|point| point.1).sum::<f64>() / n as f64;
        let weight = |inside: usize| 1.0 / inside as f64 + 1.0 / (n as f64 - inside as f64);
        let weights: Vec<f64> = (0..=n).map(weight).collect();
        let mut best = (LEAST_GAIN * self.squares, 0, 0);
        for from in 0..n {
            let mut sum = 0.0;
            for to in from + 1..=n.min(n + from - 1) {
                sum += points[to - 1].1 - mean;
                let gain = sum * sum * weights[to - from];
                best = if gain > best.0 { (gain, from, to) } else { best };
            }
        }
        let (_, from, to) = best;
        let is_of_few = || {
            Self::gain_of_others(&points[from..to], mean) * weights[to - from] <= LEAST_GAIN * self.squares
        };
        if from == to || is_of_few() {
            return None;
        }
        let edge = |at: usize| match at {
            0 => (begin, 0.0),
            at if at == n => (end, 0.0),
            at => (f64::midpoint(points[at - 1].0, points[at].0), points[at].0 - points[at - 1].0),
        };
        let ((low, below), (high, above)) = (edge(from), edge(to));
        Some([low, high, below + above])
    }

    /// The square of the sum of how far points are from the mean of their bin, without those that make most of it.
    fn gain_of_others(points: &[(f64, f64)], mean: f64) -> f64 {
        let mut apart: Vec<f64> = points.iter().map(|point| point.1 - mean).collect();
        let sign = if apart.iter().sum::<f64>() < 0.0 { -1.0 } else { 1.0 };
        apart.sort_by(|a, b| (sign * b).total_cmp(&(sign * a)));
        let sum = max(apart.iter().skip(LEFT_OUT).map(|x| sign * x).sum::<f64>(), 0.0);
        sum * sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extremes_are_the_largest_on_either_side_and_the_first_of_equals() {
        // 2048 paths: 32 are extreme.
        let mut scores = vec![0; 2048];
        for path in 0..20 {
            scores[100 * path] = if path % 2 == 0 { 900 } else { -900 };
        }
        for path in 1..200 {
            scores[path * 7] += 5;
        }
        let found = Extremes::of(&scores, 1024);
        assert_eq!(found.paths.len(), 32);
        assert!(found.paths[..20].iter().all(|path| path % 100 == 0), "{found:?}");
        let mut rest = found.paths[20..].to_vec();
        rest.sort_unstable();
        assert_eq!(rest, (1..=12).map(|k| 7 * k).collect::<Vec<u32>>());
        assert!(Extremes::of(&[0; 2048], 1024).paths.is_empty(), "what does not vary has none");
    }

    /// Exact tails of the binomial distribution (scipy.stats.binom.sf).
    #[test]
    fn the_bound_is_above_the_exact_tail_and_near_it() {
        for (count, all, width, exact) in
            [(8.0, 16.0, 0.027, 2.918e-9), (30.0, 128.0, 0.05, 1.083e-12), (16.0, 16.0, 0.25, 2.328e-10)]
        {
            let bound = chernoff(count, all, width);
            assert!(bound >= ln(exact) && bound < ln(exact) + 4.0, "{count}: {bound}");
        }
        assert_eq!((chernoff(4.0, 128.0, 0.03), chernoff(10.0, 16.0, 0.6)), (0.0, 0.0));
    }

    #[test]
    fn a_spike_within_a_bin_and_a_step_at_its_end_are_found_where_they_are() {
        let points = |shape: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
            (0..200).map(|k| 0.5 + (f64::from(k) + 0.5) / 8192.0).map(|u| (u, shape(u))).collect()
        };
        let deviations = Deviations { values: Vec::new(), squares: 1e4 };
        let spike = points(&|u| if (0.505..0.508).contains(&u) { 100.0 } else { 0.0 });
        let bin = [0.5, 0.525];
        let [low, high, slack] = deviations.range(&spike, bin).unwrap();
        assert!((low - 0.505).abs() < 1e-4 && (high - 0.508).abs() < 1e-4 && slack < 4e-4, "{low} {high}");
        let step = points(&|u| if u < 0.51 { 100.0 } else { 0.0 });
        let [low, high, _] = deviations.range(&step, bin).unwrap();
        let apart = if low == 0.5 { high } else { low };
        assert!((apart - 0.51).abs() < 1e-4 && (low == 0.5 || high == 0.525), "{low} {high}");
        assert_eq!(deviations.range(&points(&|_| 1.0), bin), None);
        assert_eq!(deviations.range(&[(0.51, 1e9)], bin), None);
        // Two paths may lie beside each other by chance, on a draw that has nothing to do with them.
        let few = |last: usize| {
            let mut points = points(&|_| 0.0);
            points[100..=last].iter_mut().for_each(|point| point.1 = 100.0);
            deviations.range(&points, bin).is_some()
        };
        assert_eq!([few(100), few(101), few(102)], [false, false, true]);
    }
}
