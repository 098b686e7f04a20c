//! What a goal's statistic comes to among the futures that agree with a record: from the weights of paths, by the
//! definitions of a plain trial. Where that counts paths, this counts as many of equal weight as say as much.

use super::goal::Kinds;
use super::trial::{MISSES, Reached, TrialEstimate};
use crate::ensemble::weighted::WeightedTally;
use crate::ensemble::{WeightSums, WeightedEnsemble, variance_of_share};
use crate::model::gates::Statistic;
use crate::num::{max, min};
use crate::result::interval::{self, is_settled, normal, weighted};

/// What a goal of this kind names; `None` where no path has a value.
pub(super) fn reached(kind: Kinds, statistics: &[Statistic], ensemble: &WeightedEnsemble) -> Option<Reached> {
    let tally = |statistic: &Statistic| &ensemble.series[statistic.series as usize];
    let own = tally(&statistics[0]);
    let found = statistic(kind, &statistics[0], ensemble)?;
    let side = |place: usize| statistics.get(place).map(|one| among_known(tally(one)));
    let shares = [side(1), side(2)];
    let (scatter, gap) = match kind {
        Kinds::Quantile(level) => (scatter(own, level), gap(own, shares)),
        _ => (0.0, 0.0),
    };
    Some(Reached { found, shares, scatter, gap, whole: own.counts().is_whole(), not_known: own.paths().nan })
}

fn statistic(kind: Kinds, statistic: &Statistic, ensemble: &WeightedEnsemble) -> Option<TrialEstimate> {
    let tally = &ensemble.series[statistic.series as usize];
    let effective = tally.effective_all().floor() as u64;
    let about = |value, found: &dyn Fn(f64) -> _| TrialEstimate::with_intervals(value, effective, found);
    match kind {
        Kinds::Probability { .. } => {
            let condition = statistic.given.map(|given| ensemble.series[given as usize].weights_from(0.5));
            share(tally.weights_from(0.5), condition.unwrap_or(ensemble.odds.all))
        }
        Kinds::Quantile(level) => {
            let error = tally.quantile_error(level).unwrap_or(0.0);
            Some(TrialEstimate::new(tally.counts().quantile(level)?, error, effective))
        }
        _ if tally.paths().not_finite() > 0 || !is_settled(tally) => None,
        Kinds::Mean => {
            tally.counts().mean().map(|value| about(value, &|alpha| normal::mean(tally, None, alpha)))
        }
        Kinds::Sd => tally.sd().map(|value| about(value, &|alpha| normal::sd(tally, None, alpha))),
        Kinds::ExpectedShortfall(level) => interval::shortfall(tally.counts(), level)
            .map(|value| about(value, &|alpha| normal::expected_shortfall(tally, None, level, alpha))),
    }
}

/// A share of weights with its error and intervals.
fn share(met: WeightSums, of: WeightSums) -> Option<TrialEstimate> {
    if of[0] == 0 {
        return None;
    }
    let intervals = MISSES.map(|alpha| weighted::probability(met, of, [0; 2], [0; 2], alpha));
    let error = max(variance_of_share(met, of), 0.0).sqrt();
    let one = f64::from(crate::ensemble::weighted::ONE);
    let [all, squares] = of.map(|parts| parts as f64);
    let effective = all * all / (squares * one);
    let found = TrialEstimate::new(met[0] as f64 / all, error, effective.floor() as u64);
    Some(TrialEstimate { intervals, ..found })
}

/// The share of the weights of the paths on which it is known that something holds.
fn among_known(tally: &WeightedTally) -> TrialEstimate {
    share(tally.weights_from(0.5), tally.weights_from(f64::NEG_INFINITY))
        .unwrap_or(TrialEstimate::new(0.0, 0.0, 0))
}

/// As of plain paths: what lies between the quantiles that chance could put in the place of the one at `level`.
fn scatter(tally: &WeightedTally, level: f64) -> f64 {
    let reach = super::INTERVAL * (level * (1.0 - level) / max(tally.effective_all(), 1.0)).sqrt();
    let at = |level: f64| tally.counts().quantile(min(max(level, 0.0), 1.0)).unwrap_or(f64::NAN);
    at(level + reach) - at(level - reach)
}

/// As of plain paths: how far apart the values next to the goal's number are.
fn gap(tally: &WeightedTally, shares: [Option<TrialEstimate>; 2]) -> f64 {
    let [Some(below), Some(at_most)] = shares else { return 0.0 };
    if below.value < at_most.value {
        return 0.0;
    }
    let at = |level: f64| tally.counts().quantile(min(max(level, 0.0), 1.0)).unwrap_or(f64::NAN);
    let half = 0.5 / max(tally.effective_all(), 1.0);
    at(below.value + half) - at(below.value - half)
}
