//! What is found of a statistic: an interval that holds for every distribution, and one where the paths allow it.

use serde::{Serialize, Serializer};

use super::{Extremes, Undecided};
use crate::ensemble::{Ensemble, Tally, rank};
use crate::model::gates::{NeverDrawn, Statistic, StatisticKind, correlation};
use crate::num::{Interval, max};
use crate::result::interval::{self, ExtremeValues, UnknownError, bounded, is_settled, normal};

/// Where every correlation lies.
const ANY_CORRELATION: Interval = Interval { low: -1.0, high: 1.0 };

/// On so many paths a case must have occurred before its effect counts as seen.
const ENOUGH: u64 = 50;

/// What was found of a statistic.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GateEstimate {
    /// As written.
    pub statistic: String,
    /// The estimate; `None` where there is none. A quantile may be infinite, in JSON `"infinity"` or `"-infinity"`.
    #[serde(serialize_with = "with_infinity")]
    pub estimate: Option<f64>,
    /// Where it lies at least; `None` for no bound.
    #[serde(serialize_with = "with_infinity")]
    pub low: Option<f64>,
    /// Where it lies at most; `None` for no bound.
    #[serde(serialize_with = "with_infinity")]
    pub high: Option<f64>,
    /// How the interval was found: `equations`, `record`, `exact`, `order statistics`, `betting`, `betting on draws` or `normal`.
    pub method: &'static str,
    /// Whether the interval holds for every distribution, with the stated probability.
    pub guarantee: bool,
    /// Why nothing narrower is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Undecided>,
    /// On how many paths the value is not a number: the estimate of a probability counts them as not met; intervals hold
    /// whatever they stand for.
    pub not_known: u64,
    /// Whether it is a probability, to be shown in per cent.
    pub is_share: bool,
    /// Whether infinity is a year that never comes.
    #[serde(skip)]
    pub is_year: bool,
}

/// JSON knows no infinity: it is written as a word.
#[allow(clippy::ref_option, reason = "what serde hands over")]
fn with_infinity<S: Serializer>(value: &Option<f64>, writer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(f64::INFINITY) => writer.serialize_str("infinity"),
        Some(f64::NEG_INFINITY) => writer.serialize_str("-infinity"),
        other => other.serialize(writer),
    }
}

/// The intervals of a statistic.
#[derive(Clone, Debug)]
pub(super) struct StatisticIntervals {
    pub(super) estimate: Option<f64>,
    /// One that holds for every distribution.
    pub(super) guaranteed: Interval,
    pub(super) method: &'static str,
    /// The normal approximation, where the paths allow it.
    pub(super) approximate: Option<Interval>,
    /// Why there is no approximation, or no estimate.
    pub(super) reason: Option<Undecided>,
}

impl StatisticIntervals {
    /// The estimate.
    pub(super) fn point(&self) -> Option<f64> {
        self.estimate.filter(|x| x.is_finite())
    }

    /// The narrowest interval that is known, with a guarantee or without.
    pub(super) fn narrowest(&self) -> Interval {
        self.approximate.map_or(self.guaranteed, |interval| interval.and(self.guaranteed))
    }

    /// Those of the value with the other sign.
    pub(super) fn negated(self) -> Self {
        Self {
            estimate: self.estimate.map(|x| -x),
            guaranteed: self.guaranteed.negated(),
            approximate: self.approximate.map(Interval::negated),
            ..self
        }
    }

    /// Those of a correlation: of a value with itself exactly 1, and none where one of the two does not vary.
    fn correlation_of(statistic: &Statistic, product: &Tally, parts: &[Self]) -> Self {
        let found = Self::correlation(parts);
        let is_constant = |sd: usize| parts[sd].guaranteed == Interval::exactly(0.0);
        if is_constant(1) || is_constant(3) {
            return Self { reason: Some(Undecided::NoValue), ..found };
        }
        let is_itself = statistic.parts[0].series == statistic.parts[2].series;
        // What differs between two paths varies.
        if is_itself && product.not_finite() == 0 && parts[1].point().is_some_and(|sd| sd > 0.0) {
            let one = Interval::exactly(1.0);
            return Self { estimate: Some(1.0), guaranteed: one, approximate: None, reason: None, ..found };
        }
        found
    }

    /// Those of a correlation from those of the statistics that it is made of, which miss together with at most the sum of
    /// their probabilities.
    pub(super) fn correlation(parts: &[Self]) -> Self {
        let formula = correlation();
        let within = |intervals: Vec<Interval>| formula.interval(&intervals).and(ANY_CORRELATION);
        let known = |interval: Interval| if interval.is_bounded() { interval } else { ANY_CORRELATION };
        let points: Option<Vec<Interval>> =
            parts.iter().map(|part| part.point().map(Interval::exactly)).collect();
        let estimate = points.map(|points| formula.interval(&points)).filter(|found| found.is_bounded());
        let approximate = parts.iter().any(|part| part.approximate.is_some());
        Self {
            estimate: estimate.map(|found| found.low.clamp(-1.0, 1.0)),
            guaranteed: known(within(parts.iter().map(|part| part.guaranteed).collect())),
            method: parts
                .iter()
                .map(|part| part.method)
                .find(|method| *method != "equations")
                .unwrap_or("equations"),
            approximate: approximate.then(|| known(within(parts.iter().map(Self::narrowest).collect()))),
            reason: parts.iter().find_map(|part| part.reason.clone()),
        }
    }

    /// What is told of it: the interval with a guarantee where that is enough.
    pub(super) fn estimate(
        &self,
        statistic: &Statistic,
        ensemble: &Ensemble,
        guaranteed: bool,
    ) -> GateEstimate {
        let guarantee = guaranteed || self.approximate.is_none();
        let interval = if guarantee { self.guaranteed } else { self.narrowest() };
        let Interval { low, high } = interval;
        GateEstimate {
            statistic: statistic.text.clone(),
            estimate: self.estimate,
            // Infinity is a bound only where it leaves nothing else.
            low: Some(low).filter(|it| it.is_finite() || *it == f64::INFINITY || *it == high),
            high: Some(high).filter(|it| it.is_finite() || *it == f64::NEG_INFINITY || *it == low),
            method: if guarantee { self.method } else { "normal" },
            guarantee,
            reason: self.reason.clone(),
            not_known: ensemble.series[statistic.series as usize].nan,
            is_share: statistic.kind == StatisticKind::Probability,
            is_year: statistic.is_year,
        }
    }
}

/// A statistic that nothing random can change, if it is one. What cannot happen where its truth is known may happen where it is
/// not.
pub(super) fn known(statistic: &Statistic, tally: &Tally) -> Option<StatisticIntervals> {
    let is_known = statistic.known.is_point() && (tally.nan == 0 || statistic.is_recorded);
    is_known.then_some(StatisticIntervals {
        estimate: Some(statistic.known.low),
        guaranteed: statistic.known,
        method: if statistic.is_recorded { "record" } else { "equations" },
        approximate: None,
        reason: None,
    })
}

/// The intervals of a statistic that miss it with a probability of at most `alpha`.
pub(super) fn find(
    statistic: &Statistic,
    ensemble: &Ensemble,
    extremes: &Extremes,
    alpha: f64,
) -> StatisticIntervals {
    let tally = &ensemble.series[statistic.series as usize];
    if let Some(known) = known(statistic, tally) {
        return known;
    }
    if let Some(mirrored) = statistic.mirrored() {
        return find(&mirrored, ensemble, extremes, alpha).negated();
    }
    match statistic.kind {
        StatisticKind::Correlation => {
            let alpha = alpha / statistic.parts.len() as f64;
            let parts = statistic.parts.iter().map(|part| find(part, ensemble, extremes, alpha));
            StatisticIntervals::correlation_of(statistic, tally, &parts.collect::<Vec<_>>())
        }
        StatisticKind::Probability => probability(statistic, ensemble, alpha),
        StatisticKind::Quantile(level) => {
            let estimate = tally.quantile(level);
            let interval = interval::quantile(tally, level, alpha).and(statistic.range);
            StatisticIntervals {
                estimate,
                guaranteed: interval.and(statistic.known),
                method: "order statistics",
                approximate: None,
                reason: (tally.nan > 0).then(|| not_finite(tally)),
            }
        }
        _ => averaged(statistic, ensemble, extremes, alpha),
    }
}

fn probability(statistic: &Statistic, ensemble: &Ensemble, alpha: f64) -> StatisticIntervals {
    let condition = statistic.given.map(|given| &ensemble.series[given as usize]);
    let of = condition.map_or(ensemble.paths, Tally::ones);
    let event = &ensemble.series[statistic.series as usize];
    let met = event.ones();
    let reason = match (of, statistic.is_undefined) {
        (0, true) => Some(Undecided::NeverDefined),
        (0, false) => Some(Undecided::ConditionNotSeen { paths: ensemble.paths }),
        _ => (event.nan > 0).then(|| not_finite(event)),
    };
    // Truths that are not known may be either.
    let (least, most) = (of + condition.map_or(0, |condition| condition.nan), met + event.nan);
    StatisticIntervals {
        estimate: (of > 0).then(|| met as f64 / of as f64),
        guaranteed: Interval {
            low: interval::share(met, least, alpha).low,
            high: interval::share(most, of.max(most), alpha).high,
        },
        method: "exact",
        approximate: None,
        reason,
    }
}

/// A mean, a standard deviation or a shortfall. Where the range of the values is known both intervals are made, each for half
/// of `alpha`.
fn averaged(
    statistic: &Statistic,
    ensemble: &Ensemble,
    extremes: &Extremes,
    alpha: f64,
) -> StatisticIntervals {
    let tally = &ensemble.series[statistic.series as usize];
    let known = statistic.range.low.is_finite() || statistic.range.high.is_finite();
    let alpha = if known { alpha / 2.0 } else { alpha };
    let guaranteed = if known { guaranteed(statistic, tally, alpha) } else { Interval::UNKNOWN };
    let approximate = approximate(statistic, ensemble, extremes, alpha);
    StatisticIntervals {
        estimate: estimate(statistic, tally),
        guaranteed: guaranteed.and(statistic.known),
        method: if statistic.is_drawn { "betting on draws" } else { "betting" },
        approximate: approximate.as_ref().ok().copied(),
        reason: approximate.err(),
    }
}

fn estimate(statistic: &Statistic, tally: &Tally) -> Option<f64> {
    let found = match statistic.kind {
        StatisticKind::Mean => tally.mean().filter(|_| is_settled(tally)),
        StatisticKind::Sd => tally.sd().filter(|_| is_settled(tally)),
        StatisticKind::ExpectedShortfall(level) => interval::shortfall(tally, level),
        _ => None,
    };
    found.filter(|x| x.is_finite())
}

/// The interval that the range of the values allows, with room for what draws never reach.
fn guaranteed(statistic: &Statistic, tally: &Tally, alpha: f64) -> Interval {
    let NeverDrawn { below, above, squares } = statistic.beyond;
    let size = below + above;
    let [below, above] = match statistic.kind {
        StatisticKind::ExpectedShortfall(level) => [size / level; 2],
        StatisticKind::Sd => [size + squares.sqrt(); 2],
        _ => [below, above],
    };
    let Interval { low, high } = of_range(statistic, tally, alpha);
    // Infinity less infinity is no number, and no bound.
    Interval {
        low: if below.is_finite() { low - below } else { f64::NEG_INFINITY },
        high: if above.is_finite() { high + above } else { f64::INFINITY },
    }
}

/// The interval that the range of what is simulated allows.
fn of_range(statistic: &Statistic, tally: &Tally, alpha: f64) -> Interval {
    match statistic.kind {
        StatisticKind::ExpectedShortfall(level) => {
            bounded::expected_shortfall(tally, statistic.range, level, alpha)
        }
        _ if tally.not_finite() > 0 => Interval::UNKNOWN,
        StatisticKind::Sd => bounded::sd(tally, statistic.range, alpha),
        _ => bounded::mean(tally, statistic.range, alpha),
    }
}

/// The interval by the normal approximation, or why there is none.
fn approximate(
    statistic: &Statistic,
    ensemble: &Ensemble,
    extremes: &Extremes,
    alpha: f64,
) -> Result<Interval, Undecided> {
    let tally = &ensemble.series[statistic.series as usize];
    unseen(statistic, ensemble).map_or(Ok(()), Err)?;
    let interval = |extremes: Option<ExtremeValues>| match statistic.kind {
        StatisticKind::Sd => normal::sd(tally, extremes, alpha),
        StatisticKind::ExpectedShortfall(level) => normal::expected_shortfall(tally, extremes, level, alpha),
        _ => normal::mean(tally, extremes, alpha),
    };
    // Paths with extreme draws are simulated only where the others leave it to them.
    let found = interval(None).and_then(|_| interval(extremes.of(statistic.series)));
    found.map_err(|unknown| reason_of(unknown, statistic, tally))
}

/// Why there is no approximation, of the values of a tally.
pub(super) fn reason_of(unknown: UnknownError, statistic: &Statistic, tally: &Tally) -> Undecided {
    match (unknown, statistic.kind) {
        (UnknownError::NotFinite, _) if tally.not_finite() > 0 => not_finite(tally),
        (UnknownError::NoSpread, StatisticKind::ExpectedShortfall(level)) if level < 1.0 => {
            Undecided::NoSpreadBelow
        }
        _ => Undecided::of(unknown, tally.finite),
    }
}

/// The standard error of a quantile: that of a run's summary, and no less than what of the interval that holds in 95 % of all
/// runs is one, as a jump may lie a little farther than one standard error.
fn error_of_quantile(
    statistic: &Statistic,
    ensemble: &Ensemble,
    extremes: &Extremes,
    level: f64,
) -> Option<f64> {
    let error = ensemble.series[statistic.series as usize].quantile_error(level)?;
    let Interval { low, high } = find(statistic, ensemble, extremes, 0.05).guaranteed;
    let error = max(error, (0.5 * high - 0.5 * low) / crate::num::normal::POINT_97_5);
    error.is_finite().then_some(error)
}

/// Why the error of a quantile is not known.
fn unknown_quantile(statistic: &Statistic, ensemble: &Ensemble, level: f64) -> Undecided {
    let tally = &ensemble.series[statistic.series as usize];
    match tally.quantile(level) {
        Some(value) if value.is_infinite() => Undecided::InfiniteQuantile {
            never: statistic.is_year && value > 0.0,
            infinite: if value > 0.0 { tally.never } else { tally.minus_infinite },
            paths: tally.count(),
        },
        _ if tally.not_finite() > 0 => not_finite(tally),
        _ => Undecided::TooLarge,
    }
}

/// That some values are not finite: on how many paths, and on which first.
pub(super) fn not_finite(tally: &Tally) -> Undecided {
    Undecided::NotFinite {
        infinite: tally.never + tally.minus_infinite,
        nan: tally.nan,
        first: tally.first_not_finite().unwrap_or_default(),
    }
}

/// What the values depend on and occurred on too few paths.
pub(super) fn unseen(statistic: &Statistic, ensemble: &Ensemble) -> Option<Undecided> {
    let draw = statistic.rare_draws.iter().find(|draw| draw.share * (ensemble.paths as f64) < ENOUGH as f64);
    if let Some(draw) = draw {
        let needed = (ENOUGH as f64 / draw.share).ceil() as u64;
        return Some(Undecided::RareDraw { input: draw.input.clone(), needed });
    }
    statistic.branches.iter().find_map(|branch| {
        let condition = &ensemble.series[branch.series as usize];
        let holds = condition.ones();
        let sides = [condition.finite - holds, holds];
        let seen =
            sides.into_iter().zip(branch.matters).find(|(seen, matters)| *matters && *seen < ENOUGH)?.0;
        Some(Undecided::RareCase { inputs: branch.inputs.clone(), seen, paths: ensemble.paths })
    })
}

/// The standard error of a statistic: half the width of the interval that holds in 68.3 % of all runs; where only the
/// range of the values tells, as much of the interval that holds in 95 % of all runs as a standard error is.
///
/// # Errors
/// Why it is not known.
///
/// # Panics
/// When the ensemble is of a program that does not record what the statistic is of.
pub fn standard_error(
    statistic: &Statistic,
    ensemble: &Ensemble,
    extremes: &Extremes,
) -> Result<f64, Undecided> {
    /// What the standard normal distribution has outside one standard deviation.
    const OUTSIDE: f64 = 0.31731050786291415;
    /// Half the width of its interval of 95 %.
    const HALF: f64 = crate::num::normal::POINT_97_5;
    let half = |interval: Interval| 0.5 * interval.high - 0.5 * interval.low;
    let known = |error: f64, reason: Option<Undecided>| {
        if error.is_finite() { Ok(error) } else { Err(reason.unwrap_or(Undecided::TooLarge)) }
    };
    if let Some(mirrored) = statistic.mirrored() {
        return standard_error(&mirrored, ensemble, extremes);
    }
    if statistic.kind == StatisticKind::Correlation {
        let found = find(statistic, ensemble, extremes, OUTSIDE);
        return known(half(found.narrowest()), found.reason);
    }
    if let (StatisticKind::Quantile(level), false) = (statistic.kind, statistic.known.is_point()) {
        let error = error_of_quantile(statistic, ensemble, extremes, level);
        return error.ok_or_else(|| unknown_quantile(statistic, ensemble, level));
    }
    if statistic.kind == StatisticKind::Probability || statistic.known.is_point() {
        let found = find(statistic, ensemble, extremes, OUTSIDE);
        return known(half(found.guaranteed), found.reason);
    }
    match approximate(statistic, ensemble, extremes, OUTSIDE) {
        Ok(interval) => known(half(interval), None),
        Err(reason) => {
            let tally = &ensemble.series[statistic.series as usize];
            known(half(guaranteed(statistic, tally, 0.05)) / HALF, Some(reason))
        }
    }
}

/// How far to either side of the middle of its cell a quantile may lie for all that is counted: no number of paths tells more.
/// 0 of other statistics.
pub fn resolution(statistic: &Statistic, ensemble: &Ensemble) -> f64 {
    let StatisticKind::Quantile(level) = statistic.kind else { return 0.0 };
    let tally = &ensemble.series[statistic.series as usize];
    let cell = tally.bracket(rank(tally.ordered(), level));
    cell.map_or(0.0, |(low, high)| 0.5 * high - 0.5 * low)
}
