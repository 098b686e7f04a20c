//! What an outcome is on average where an input that takes few values has the lowest and where it has the highest, from the
//! run's own paths: those on which it has that value.

use super::influence::BinSpread;
use crate::ensemble::Slices;
use crate::ensemble::slices::{Cell, OutcomeByBin};
use crate::num::{Distribution, max, min};

/// The mean of the outcome, with its standard error, at the lowest and the highest value of a draw. `spreads` are the standard
/// deviations in the bins, in steps; of a target, which is met or not, there is no need of them. `None` where fewer than two
/// paths have the value.
pub(super) fn ends(
    slices: &Slices,
    outcome: usize,
    (bins, lowest_and_highest): (&OutcomeByBin, &[Vec<usize>; 2]),
    spreads: Option<&[BinSpread]>,
) -> Option<[(f64, f64); 2]> {
    let step = slices.measures[outcome].step;
    let end = |places: &[usize]| {
        let cell = Cell::joined(&places.iter().map(|bin| bins.bins[*bin]).collect::<Vec<_>>());
        let count = cell.count();
        let rests =
            places.iter().map(|bin| bins.bins[*bin].count() * spreads.map_or(0.0, |all| all[*bin].rest.0));
        let rest = if count > 0.0 { rests.sum::<f64>() / count } else { 0.0 };
        let mean = slices.mean(outcome) + (cell.mean() + rest) * step;
        let error = match spreads {
            Some(spreads) => {
                let widest = places.iter().fold(0.0, |most, bin| max(most, spreads[*bin].spread));
                let rounded = places.iter().fold(0.0, |most, bin| max(most, spreads[*bin].rest.1));
                let by_chance = widest * step / count.sqrt();
                if rounded == 0.0 {
                    by_chance
                } else {
                    (by_chance * by_chance + rounded * step * (rounded * step)).sqrt()
                }
            }
            None => error_of_share(mean, count),
        };
        (count >= 2.0).then_some((mean, error))
    };
    let [lowest, highest] = lowest_and_highest;
    Some([end(lowest)?, end(highest)?])
}

/// The places of the lowest and of the highest of some values.
pub(super) fn lowest_and_highest(values: &[f64]) -> [Vec<usize>; 2] {
    let of = |end: f64| (0..values.len()).filter(|place| values[*place] == end).collect();
    let lowest = values.iter().copied().fold(f64::INFINITY, min);
    let highest = values.iter().copied().fold(f64::NEG_INFINITY, max);
    [of(lowest), of(highest)]
}

/// The standard error of a share of so many paths. Where all agree it is that with two paths more on either side, as nothing shows
/// that they must (A. Agresti and B. A. Coull, The American Statistician 52 (1998) 119–126).
pub fn error_of_share(share: f64, paths: f64) -> f64 {
    let share = min(max(share, 0.0), 1.0);
    let (share, paths) = if share * (1.0 - share) * paths < 0.5 {
        ((share * paths + 2.0) / (paths + 4.0), paths + 4.0)
    } else {
        (share, paths)
    };
    (share * (1.0 - share) / paths).sqrt()
}

/// The lowest (0) or the highest (1) value of an input of few values.
pub(super) fn value_at(distribution: &Distribution, end: f64) -> f64 {
    distribution.quantile(min(max(end, 1e-12), 1.0 - f64::EPSILON))
}
