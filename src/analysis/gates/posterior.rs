//! Judging gates on what is known after a record: from weights, by the normal approximation with the weighted errors.

use super::estimate::GateEstimate;
use super::{Judged, Plan, Undecided, Verdict};
use crate::ensemble::weighted::{ONE, WeightedTally};
use crate::ensemble::{WeightSums, WeightedEnsemble};
use crate::model::gates::{Gate, Statistic, StatisticKind};
use crate::num::{Interval, normal};
use crate::result::interval;

/// Judges a gate on the paths of a conditioned run, at one of the looks of a plan.
///
/// # Panics
/// When the ensemble is of a program that does not record what the gate names.
pub fn judge_posterior(gate: &Gate, ensemble: &WeightedEnsemble, plan: &Plan) -> Judged {
    let alpha = plan.alpha(gate);
    let statistics: Vec<GateEstimate> =
        gate.statistics.iter().map(|statistic| find(statistic, ensemble, alpha)).collect();
    let interval = |found: &GateEstimate| Interval {
        low: found.low.unwrap_or(f64::NEG_INFINITY),
        high: found.high.unwrap_or(f64::INFINITY),
    };
    let truth = gate.statement.truth(&statistics.iter().map(interval).collect::<Vec<_>>());
    let reason = || {
        statistics.iter().find_map(|found| found.reason.clone()).unwrap_or(Undecided::Close { needed: None })
    };
    Judged {
        name: gate.name.clone(),
        require: gate.require.clone(),
        verdict: match truth {
            Some(true) => Verdict::Pass,
            Some(false) => Verdict::Fail,
            None => Verdict::Undecided,
        },
        guarantee: truth.map(|_| statistics.iter().all(|found| found.guarantee)),
        reason: if truth.is_none() { Some(reason()) } else { None },
        paths: ensemble.paths,
        statistics,
        place: None,
    }
}

fn find(statistic: &Statistic, ensemble: &WeightedEnsemble, alpha: f64) -> GateEstimate {
    let tally = &ensemble.series[statistic.series as usize];
    let sure = statistic.known.is_point();
    let (estimate, interval, reason) = if sure {
        (Some(statistic.known.low), statistic.known, None)
    } else {
        of_weights(statistic, ensemble, alpha)
    };
    let interval = interval.and(statistic.known);
    let bound = |x: f64| Some(x).filter(|x| x.is_finite());
    GateEstimate {
        statistic: statistic.text.clone(),
        estimate: estimate.filter(|x| x.is_finite()),
        low: bound(interval.low),
        high: bound(interval.high),
        method: match (sure, statistic.is_recorded) {
            (true, true) => "record",
            (true, false) => "equations",
            _ => "normal",
        },
        guarantee: sure,
        reason,
        not_known: tally.not_finite_paths,
        is_year: statistic.is_year,
        is_share: statistic.kind == StatisticKind::Probability,
    }
}

/// An estimate, its interval, and why nothing narrower is known.
fn of_weights(
    statistic: &Statistic,
    ensemble: &WeightedEnsemble,
    alpha: f64,
) -> (Option<f64>, Interval, Option<Undecided>) {
    let tally = &ensemble.series[statistic.series as usize];
    let z = -normal::quantile(alpha / 2.0);
    let unknown = |reason| (None, Interval::UNKNOWN, Some(reason));
    let not_finite = || unknown(Undecided::TooLarge);
    match statistic.kind {
        StatisticKind::Probability => {
            let given = statistic.given.map(|given| ensemble.series[given as usize].weights_from(0.5));
            share(tally.weights_from(0.5), given.unwrap_or(ensemble.odds.all), ensemble.paths, alpha)
        }
        StatisticKind::Mean => match (tally.mean(), tally.mean_error()) {
            (Some(mean), Some(error)) if has_only_numbers(tally) => {
                (Some(mean), Interval { low: mean - z * error, high: mean + z * error }, None)
            }
            _ => not_finite(),
        },
        StatisticKind::Quantile(level) => match (tally.quantile(level), tally.quantile_interval(level, z)) {
            (Some(value), Some((low, high))) if has_only_numbers(tally) => {
                (Some(value), Interval { low, high }, None)
            }
            _ => not_finite(),
        },
        StatisticKind::Sd | StatisticKind::ExpectedShortfall(_) => (
            tally.sd().filter(|_| statistic.kind == StatisticKind::Sd),
            Interval::UNKNOWN,
            Some(Undecided::Weighted),
        ),
    }
}

/// A probability: the exact interval of as many paths as have the error of the weights.
fn share(
    met: WeightSums,
    of: WeightSums,
    paths: u64,
    alpha: f64,
) -> (Option<f64>, Interval, Option<Undecided>) {
    if of[0] == 0 {
        return (None, Interval { low: 0.0, high: 1.0 }, Some(Undecided::ConditionNotSeen { paths }));
    }
    let [met, met_squares] = met.map(|parts| parts as f64);
    let [all, all_squares] = of.map(|parts| parts as f64);
    let p = met / all;
    let variance = ((1.0 - 2.0 * p) * met_squares + p * p * all_squares) * f64::from(ONE) / (all * all);
    let kish = all * all / (all_squares * f64::from(ONE));
    let effective = if variance > 0.0 { p * (1.0 - p) / variance } else { kish };
    // As many as both the weights of all paths and of those that meet it allow.
    let effective = crate::num::max(crate::num::min(effective, crate::num::max(kish, 1.0)), 1.0).floor();
    let interval = interval::share((p * effective).round() as u64, effective as u64, alpha);
    (Some(p), interval, None)
}

/// Whether every path that has a weight has a number.
fn has_only_numbers(tally: &WeightedTally) -> bool {
    tally.never == 0 && tally.not_finite == 0
}
