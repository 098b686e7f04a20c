//! Intervals of what is counted of weighted paths: those of as many paths of equal weight as have the error of the weights.

use super::{Interval, first, share};
use crate::ensemble::WeightSums;
use crate::ensemble::weighted::{ONE, WeightedTally};
use crate::num::special::beta_tails;
use crate::num::{max, min};

/// A share of weights as that of so many of so many paths of equal weight.
#[derive(Clone, Copy, Debug)]
struct EqualPaths {
    met: f64,
    all: f64,
}

/// The share that `met` is of `all`, a part of which it is.
fn equal_paths([met, met_squares]: WeightSums, [all, all_squares]: WeightSums) -> EqualPaths {
    let [met, met_squares, all, all_squares] = [met, met_squares, all, all_squares].map(|parts| parts as f64);
    let p = met / all;
    let variance = ((1.0 - 2.0 * p) * met_squares + p * p * all_squares) * f64::from(ONE) / (all * all);
    let kish = max(all * all / (all_squares * f64::from(ONE)), 1.0);
    let effective = if variance > 0.0 { p * (1.0 - p) / variance } else { kish };
    // As many as both the weights of all paths and of those that meet it allow.
    let effective = max(min(effective, kish), 1.0);
    EqualPaths { met: p * effective, all: effective }
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
    let most = plus(met, unknown);
    Interval { low: ends(met, plus(of, unknown_of)).low, high: ends(most, of.max(most)).high }
}

fn plus(a: WeightSums, b: WeightSums) -> WeightSums {
    [a[0] + b[0], a[1] + b[1]]
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
        upto.push(plus(before, cell.weights));
    }
    let all = plus(plus(upto[cells.len()], never), nan);
    if all[0] == 0 {
        return Interval::UNKNOWN;
    }
    let at_most = |sum: WeightSums| {
        let EqualPaths { met, all } = equal_paths(sum, all);
        // Of so many values at most as many lie at or below a number that a share of `level` does not exceed, or more.
        if met >= all { (1.0, 0.0) } else { beta_tails(all - met, met + 1.0, 1.0 - level, level) }
    };
    let allowed = |sum: WeightSums| at_most(sum).0 > alpha / 2.0;
    let required = |sum: WeightSums| at_most(sum).1 <= alpha / 2.0;
    let count = cells.len() as u64;
    // Minus infinity is one more value below all cells, infinity one above.
    let low = if allowed(plus(upto[0], nan)) {
        f64::NEG_INFINITY
    } else {
        let place = first(count, |place| allowed(plus(upto[place as usize + 1], nan)));
        cells.get(place as usize).map_or(f64::INFINITY, |cell| cell.low)
    };
    let high = if minus_infinite[0] > 0 && required([0; 2]) {
        f64::NEG_INFINITY
    } else {
        let place = first(count, |place| required(upto[place as usize]));
        cells.get(place as usize).map_or(f64::INFINITY, |cell| cell.high)
    };
    Interval { low, high }
}
