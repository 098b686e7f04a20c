//! Judging gates on what is known after a record: from the weights of paths, by the rules for plain paths. No interval of
//! weights has a guarantee, as how a weight is distributed is known from the paths alone.

use super::estimate::{StatisticIntervals, not_finite, reason_of, unseen};
use super::{Judged, Plan, Undecided};
use crate::ensemble::{Ensemble, OddsTally, Tally, WeightedEnsemble};
use crate::model::gates::{Gate, Statistic, StatisticKind};
use crate::num::Interval;
use crate::result::interval::{self, UnknownError, normal, weighted};

/// Judges a gate on the paths of a conditioned run, at one of the looks of a plan.
///
/// # Panics
/// When the ensemble is of a program that does not record what the gate names.
pub fn judge_posterior(gate: &Gate, ensemble: &WeightedEnsemble, plan: &Plan) -> Judged {
    let alpha = plan.alpha(gate);
    let seen = as_effective_paths(gate, ensemble);
    let found =
        gate.statistics.iter().map(|statistic| find(statistic, ensemble, &seen, alpha)).collect::<Vec<_>>();
    Judged { paths: ensemble.paths, ..super::decide(gate, &found, &seen, alpha) }
}

/// What a gate names, as counts of as many paths of equal weight as say as much: what was seen often enough, and of what kind.
fn as_effective_paths(gate: &Gate, ensemble: &WeightedEnsemble) -> Ensemble {
    let named = |series: u32| {
        gate.statistics.iter().any(|statistic| {
            statistic.series == series
                || statistic.given == Some(series)
                || statistic.branches.iter().any(|branch| branch.series == series)
        })
    };
    let series = (0..).zip(&ensemble.series).map(|(series, tally)| {
        if named(series) { tally.as_effective_paths() } else { Tally::new(tally.counts().scale.clone()) }
    });
    let paths = ensemble.odds.effective_paths().floor() as u64;
    Ensemble { paths, series: series.collect(), odds: OddsTally::new(0, &[]), slices: None }
}

/// The intervals of a statistic that miss it with a probability of at most `alpha`.
fn find(
    statistic: &Statistic,
    ensemble: &WeightedEnsemble,
    seen: &Ensemble,
    alpha: f64,
) -> StatisticIntervals {
    if let Some(known) = super::estimate::known(statistic) {
        return known;
    }
    let series = statistic.series as usize;
    let (tally, kinds) = (&ensemble.series[series], &seen.series[series]);
    let nan = || (kinds.nan > 0).then(|| not_finite(kinds));
    let averaged = |found: Result<Interval, UnknownError>| match unseen(statistic, seen) {
        Some(reason) => (None, Some(reason)),
        None => match found {
            Ok(interval) => (Some(interval), None),
            Err(doubt) => (None, Some(reason_of(doubt, statistic, kinds))),
        },
    };
    let (estimate, (approximate, reason)) = match statistic.kind {
        StatisticKind::Probability => probability(statistic, ensemble, alpha, nan()),
        StatisticKind::Quantile(level) => {
            (tally.counts().quantile(level), (Some(weighted::quantile(tally, level, alpha)), nan()))
        }
        StatisticKind::Mean => (tally.counts().mean(), averaged(normal::mean(tally, None, alpha))),
        StatisticKind::Sd => (tally.sd(), averaged(normal::sd(tally, None, alpha))),
        StatisticKind::ExpectedShortfall(level) => (
            interval::shortfall(tally.counts(), level),
            averaged(normal::expected_shortfall(tally, None, level, alpha)),
        ),
    };
    StatisticIntervals {
        estimate: estimate.filter(|x| !x.is_nan()),
        guaranteed: statistic.known,
        method: "equations",
        approximate: approximate.map(|interval| interval.and(statistic.range)),
        reason,
    }
}

/// The share of the weights of the paths that meet an event, among all or those of a condition.
fn probability(
    statistic: &Statistic,
    ensemble: &WeightedEnsemble,
    alpha: f64,
    not_known: Option<Undecided>,
) -> (Option<f64>, (Option<Interval>, Option<Undecided>)) {
    let tally = &ensemble.series[statistic.series as usize];
    let condition = statistic.given.map(|given| &ensemble.series[given as usize]);
    let of = condition.map_or(ensemble.odds.all, |condition| condition.weights_from(0.5));
    if of[0] == 0 {
        let paths = ensemble.paths;
        let never = statistic.is_undefined;
        let reason = if never { Undecided::NeverDefined } else { Undecided::ConditionNotSeen { paths } };
        return (None, (None, Some(reason)));
    }
    let met = tally.weights_from(0.5);
    let [_, _, unknown] = tally.infinite_weights();
    let unknown_of = condition.map_or([0; 2], |condition| condition.infinite_weights()[2]);
    let interval = weighted::probability(met, of, unknown, unknown_of, alpha);
    (Some(met[0] as f64 / of[0] as f64), (Some(interval), not_known))
}
