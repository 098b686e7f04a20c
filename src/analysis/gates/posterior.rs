//! Judging gates on what is known after a record: from the weights of paths, by the rules for plain paths. No interval of
//! weights has a guarantee, as how a weight is distributed is known from the paths alone.

use super::estimate::{StatisticIntervals, not_finite, reason_of, unseen};
use super::{Extremes, Judged, Plan, Undecided};
use crate::ensemble::{Ensemble, OddsTally, Tally, WeightedEnsemble};
use crate::model::gates::{Gate, Statistic, StatisticKind};
use crate::num::Interval;
use crate::result::interval::{self, ExtremeValues, UnknownError, is_settled, normal, weighted};

/// Judges a gate on the paths of a conditioned run, at one of the looks of a plan.
///
/// # Panics
/// When the ensemble is of a program that does not record what the gate names.
pub fn judge_posterior(gate: &Gate, ensemble: &WeightedEnsemble, extremes: &Extremes, plan: &Plan) -> Judged {
    let alpha = plan.alpha(gate);
    let seen = as_effective_paths(gate, ensemble);
    let counts = PosteriorCounts { ensemble, seen: &seen, extremes };
    let found: Vec<StatisticIntervals> =
        gate.statistics.iter().map(|statistic| find(statistic, counts, alpha)).collect();
    Judged { paths: ensemble.paths, ..super::decide(gate, &found, &seen, alpha) }
}

/// What a gate names, as counts of as many paths of equal weight as say as much: what was seen often enough, and of what kind.
fn as_effective_paths(gate: &Gate, ensemble: &WeightedEnsemble) -> Ensemble {
    let named = |series: u32| {
        gate.statistics.iter().any(|statistic| {
            statistic.and_parts().any(|one| {
                one.series == series
                    || one.given == Some(series)
                    || one.branches.iter().any(|branch| branch.series == series)
            })
        })
    };
    let series = (0..).zip(&ensemble.series).map(|(series, tally)| {
        if named(series) { tally.as_effective_paths() } else { Tally::new(tally.counts().scale.clone()) }
    });
    let paths = ensemble.odds.effective_paths().floor() as u64;
    Ensemble { paths, series: series.collect(), odds: OddsTally::new(0, &[]), slices: None }
}

/// The weights of all paths, the same as counts of equal paths, and what extreme draws do.
#[derive(Clone, Copy)]
struct PosteriorCounts<'a> {
    ensemble: &'a WeightedEnsemble,
    seen: &'a Ensemble,
    extremes: &'a Extremes<'a>,
}

/// The intervals of a statistic that miss it with a probability of at most `alpha`.
fn find(statistic: &Statistic, counts: PosteriorCounts, alpha: f64) -> StatisticIntervals {
    let PosteriorCounts { ensemble, seen, extremes } = counts;
    if let Some(known) = super::estimate::known(statistic, &seen.series[statistic.series as usize]) {
        return known;
    }
    if let Some(mirrored) = statistic.mirrored() {
        return find(&mirrored, counts, alpha).negated();
    }
    if statistic.kind == StatisticKind::Correlation {
        let alpha = alpha / statistic.parts.len() as f64;
        let parts = statistic.parts.iter().map(|part| find(part, counts, alpha));
        return StatisticIntervals::correlation(&parts.collect::<Vec<_>>());
    }
    let series = statistic.series as usize;
    let (tally, kinds) = (&ensemble.series[series], &seen.series[series]);
    let nan = || (kinds.nan > 0).then(|| not_finite(kinds));
    let averaged = |interval: &dyn Fn(Option<ExtremeValues>) -> Result<Interval, UnknownError>| {
        if let Some(reason) = unseen(statistic, seen) {
            return (None, Some(reason));
        }
        // Paths with extreme draws are simulated only where the others leave it to them.
        match interval(None).and_then(|_| interval(extremes.of(statistic.series))) {
            Ok(interval) => (Some(interval), None),
            Err(unknown) => (None, Some(reason_of(unknown, statistic, kinds))),
        }
    };
    let (estimate, (approximate, reason)) = match statistic.kind {
        StatisticKind::Probability => probability(statistic, ensemble, alpha, nan()),
        StatisticKind::Quantile(level) => {
            (tally.counts().quantile(level), (Some(weighted::quantile(tally, level, alpha)), nan()))
        }
        StatisticKind::Mean => {
            let mean = tally.counts().mean().filter(|_| is_settled(tally));
            (mean, averaged(&|extremes| normal::mean(tally, extremes, alpha)))
        }
        StatisticKind::Sd => {
            let sd = tally.sd().filter(|_| is_settled(tally));
            (sd, averaged(&|extremes| normal::sd(tally, extremes, alpha)))
        }
        StatisticKind::ExpectedShortfall(level) => (
            interval::shortfall(tally.counts(), level),
            averaged(&|extremes| normal::expected_shortfall(tally, extremes, level, alpha)),
        ),
        StatisticKind::ExpectedSurplus(_) | StatisticKind::Correlation => (None, (None, None)),
    };
    StatisticIntervals {
        estimate: estimate.filter(|x| !x.is_nan()),
        // What would be a point is not known on some paths.
        guaranteed: if statistic.known.is_point() { Interval::UNKNOWN } else { statistic.known },
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
