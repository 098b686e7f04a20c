//! Intervals of what is counted of weighted paths: those of as many paths of equal weight as have the error of the weights.

use super::{Interval, first, share};
use crate::ensemble::weighted::{ONE, WeightedTally};
use crate::ensemble::{WeightSums, sum_of_weights, variance_of_share};
use crate::num::special::beta_tails;
use crate::num::{max, min};

/// A share of weights as that of so many of so many paths of equal weight.
#[derive(Clone, Copy, Debug)]
struct EqualPaths {
    met: f64,
    all: f64,
}

/// The share that `met` is of `all`, a part of which it is.
fn equal_paths(met: WeightSums, of: WeightSums) -> EqualPaths {
    let variance = variance_of_share(met, of);
    let [all, all_squares] = of.map(|parts| parts as f64);
    let p = met[0] as f64 / all;
    let kish = max(all * all / (all_squares * f64::from(ONE)), 1.0);
    let effective = if variance > 0.0 { p * (1.0 - p) / variance } else { kish };
    // As many as both the weights of all paths and of those that meet it allow.
    let effective = max(min(effective, kish), 1.0);
    // Equal weights say as much as so many paths up to rounding.
    let whole = |x: f64| if (x - x.round()).abs() < 1e-6 { x.round() } else { x };
    EqualPaths { met: whole(p * effective), all: whole(effective) }
}

/// The interval of a probability: `met` of `of`, both sums of weights; what is not known of either may be anything.
pub fn probability(
    met: WeightSums,
    of: WeightSums,
    unknown: WeightSums,
    unknown_of: WeightSums,
    alpha: f64,
) -> Interval {
    let ends = |met: WeightSums, of: WeightSums| {
        let found = equal_paths(met, of);
        share(found.met.round() as u64, max(found.all.floor(), found.met.round()) as u64, alpha)
    };
    let most = sum_of_weights(met, unknown);
    Interval { low: ends(met, sum_of_weights(of, unknown_of)).low, high: ends(most, of.max(most)).high }
}

/// The interval of the quantile at `level`, as [`super::quantile`] finds it from order statistics: between the first value that the
/// share of the paths up to it allows and the first value that the share of the paths below it requires. What is
/// infinite lies beyond every number, what is not a number may lie anywhere.
pub fn quantile(tally: &WeightedTally, level: f64, alpha: f64) -> Interval {
    let [minus_infinite, never, nan] = tally.infinite_weights();
    let cells: Vec<_> = tally.cells().collect();
    // Sums of the weights below each cell and up to it, without what is not a number.
    let mut upto = vec![minus_infinite];
    for cell in &cells {
        let before = upto[upto.len() - 1];
        upto.push(sum_of_weights(before, cell.weights));
    }
    let all = sum_of_weights(sum_of_weights(upto[cells.len()], never), nan);
    if all[0] == 0 {
        return Interval::UNKNOWN;
    }
    // The probabilities that of as many paths at most so many lie at or below a number that a share of `level` does not exceed, and
    // that more do.
    let at_most = |met: f64, all: f64| {
        if met >= all { (1.0, 0.0) } else { beta_tails(all - met, met + 1.0, 1.0 - level, level) }
    };
    let allowed = |upto: WeightSums| {
        let EqualPaths { met, all } = equal_paths(upto, all);
        at_most(met, all).0 > alpha / 2.0
    };
    // With one path less, as the value itself may be the last that is needed.
    let required = |upto: WeightSums| {
        let EqualPaths { met, all } = equal_paths(upto, all);
        met >= 1.0 && at_most(met - 1.0, all).1 <= alpha / 2.0
    };
    let count = cells.len() as u64;
    let low = if allowed(sum_of_weights(upto[0], nan)) {
        f64::NEG_INFINITY
    } else {
        let place = first(count, |place| allowed(sum_of_weights(upto[place as usize + 1], nan)));
        cells.get(place as usize).map_or(f64::INFINITY, |cell| cell.low)
    };
    let high = if required(minus_infinite) {
        f64::NEG_INFINITY
    } else {
        let place = first(count, |place| required(upto[place as usize + 1]));
        cells.get(place as usize).map_or(f64::INFINITY, |cell| cell.high)
    };
    Interval { low, high }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::{SeriesScale, Tally};
    use crate::num::{draw, normal};

    /// With equal weights the interval is that of the plain order statistics, inside lumps, among infinities and beside what is
    /// not a number.
    #[test]
    fn equal_weights_have_the_intervals_of_paths() {
        let smooth = |path: u64| normal::quantile(draw::uniform(7, 1, path, 0));
        let shapes: [&dyn Fn(u64) -> f64; 5] = [
            &smooth,
            &|path| smooth(path).floor(),
            &|path| if path % 10 < 3 { f64::INFINITY } else { smooth(path) },
            &|path| if path % 10 < 3 { f64::NEG_INFINITY } else { smooth(path) },
            &|path| if path % 100 < 3 { f64::NAN } else { smooth(path) },
        ];
        for (number, shape) in shapes.into_iter().enumerate() {
            let values: Vec<f64> = (0..3000).map(shape).collect();
            let scale = SeriesScale::from_pilot(&values[..1024]);
            let (mut plain, mut weighted) = (Tally::new(scale.clone()), WeightedTally::new(scale));
            for (block, column) in (0..).zip(values.chunks(256)) {
                plain.add_column(256 * block, column);
                weighted.add_column(256 * block, column, &[ONE; 256][..column.len()]);
            }
            plain.finish();
            weighted.finish();
            for level in [0.001, 0.05, 0.2, 0.5, 0.9, 0.999] {
                let exact = super::super::quantile(&plain, level, 0.01);
                assert_eq!(quantile(&weighted, level, 0.01), exact, "{number}: {level}");
                assert_eq!(weighted.counts().quantile(level), plain.quantile(level), "{number}: {level}");
            }
        }
        let all = [1000 * u64::from(ONE); 2];
        for met in [0, 1, 30, 999, 1000] {
            let met_sums = [met * u64::from(ONE); 2];
            let found = probability(met_sums, all, [0; 2], [0; 2], 0.01);
            assert_eq!(found, share(met, 1000, 0.01), "{met}");
        }
    }
}
