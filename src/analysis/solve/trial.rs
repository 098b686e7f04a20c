//! One trial of a search: what the goal's statistic comes to with the levers at some values.

use super::goal::{Goal, Kinds, Relation};
use super::lever::Lever;
use super::{SolveError, SolveQuestion, posterior};
use crate::analysis::record::{Record, RecordError, reliable};
use crate::engine::conditional::{Conditioning, simulate_conditional};
use crate::engine::{RunRequest, Watch, simulate};
use crate::ensemble::{Ensemble, Tally};
use crate::model::gates::Statistic;
use crate::model::{Model, RecordedVariables, compile_with_gates};
use crate::num::normal::POINT_97_5;
use crate::num::{Interval, max, min};
use crate::result::interval::{self, UnknownError, normal};
use crate::scenario::Scenario;
use crate::text::DiagnosticList;

/// A statistic with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrialEstimate {
    /// Its value; infinite for a quantile that falls on infinite values.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// How many paths it rests on.
    pub paths: u64,
    /// Whether nothing random can change it.
    pub decided: bool,
    /// Whether infinity is a year that never comes.
    pub is_year: bool,
    /// Where the true value lies but for one case in twenty, and but for one in a thousand.
    pub intervals: [Interval; 2],
    /// Why these have no ends, where the paths do not tell.
    pub unknown: Option<UnknownError>,
}

/// How often each interval of a trial may miss.
pub(super) const MISSES: [f64; 2] = [0.05, 0.001];

impl TrialEstimate {
    /// A share of the paths as what is possible: none or all of them do not make it impossible or certain.
    fn possible(self) -> Self {
        let half = 0.5 / self.paths.max(1) as f64;
        Self { value: min(max(self.value, half), 1.0 - half), ..self }
    }

    pub(super) fn new(value: f64, error: f64, paths: u64) -> Self {
        let intervals = [Interval::UNKNOWN; 2];
        Self { value, error, paths, decided: false, is_year: false, intervals, unknown: None }
    }

    /// A value with the interval that a function gives for how often it may miss, and the standard error that this has.
    pub(super) fn with_intervals(
        value: f64,
        paths: u64,
        interval: impl Fn(f64) -> Result<Interval, UnknownError>,
    ) -> Self {
        let found = MISSES.map(&interval);
        let unknown = found.iter().find_map(|found| found.err());
        let intervals = found.map(|found| found.unwrap_or(Interval::UNKNOWN));
        let half = 0.5 * intervals[0].high - 0.5 * intervals[0].low;
        let error = if half.is_finite() { half / POINT_97_5 } else { 0.0 };
        Self { intervals, unknown, ..Self::new(value, error, paths) }
    }

    /// The same where nothing random can change it.
    fn decided(self) -> Self {
        Self {
            decided: true,
            error: 0.0,
            intervals: [Interval::exactly(self.value); 2],
            unknown: None,
            ..self
        }
    }
}

/// What the last lever's value reaches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// The value of the last lever.
    pub x: f64,
    /// The statistic that the goal names.
    pub reached: TrialEstimate,
    /// Of a quantile: the probabilities of lying below the goal's number, and at or below it.
    pub shares: [TrialEstimate; 2],
    /// Of a quantile: between what values chance could put it.
    pub scatter: f64,
    /// Of a quantile: how far apart the values next to the goal's number are; 0 where some path has that value itself.
    pub gap: f64,
    /// Whether all values are whole numbers.
    pub whole: bool,
    /// Of a probability: on how many paths it is not known whether it holds; they count as if it did not.
    pub not_known: u64,
}

impl SolveQuestion<'_> {
    /// The statistic with the last lever at `x`, the others at `fixed`.
    ///
    /// # Errors
    /// See [`SolveError`].
    pub fn trial(&self, fixed: &[(&Lever, f64)], lever: &Lever, x: f64) -> Result<Trial, SolveError> {
        let mut scenario = self.scenario.clone();
        self.goal.add_with_sides(&mut scenario);
        for (lever, x) in fixed.iter().copied().chain([(lever, x)]) {
            scenario.adjusted.extend(lever.adjustments(x));
        }
        let mut diagnostics = DiagnosticList::default();
        let Some(model) = compile_with_gates(&scenario, &RecordedVariables::Headlines, &mut diagnostics)
        else {
            return Err(SolveError::Scenario(diagnostics));
        };
        self.estimate(&scenario, &model, x)?.ok_or(SolveError::Nothing(x))
    }

    fn estimate(&self, scenario: &Scenario, model: &Model, x: f64) -> Result<Option<Trial>, SolveError> {
        let Some(gate) = model.gates.first() else { return Ok(None) };
        let program = &model.judging;
        let paths = if program.is_deterministic() { 1 } else { self.request.paths };
        let request = RunRequest { paths, ..self.request };
        let record = if program.is_deterministic() { None } else { self.record(scenario, x)? };
        let reached = match &record {
            None => {
                let ensemble =
                    simulate(program, &[], &request, Watch::default()).map_err(SolveError::Engine)?;
                reached(self.goal.kind, &gate.statistics, &ensemble)
            }
            Some(conditioning) => {
                let found = simulate_conditional(program, &[], conditioning, &request, Watch::default())
                    .map_err(SolveError::Engine)?
                    .map_err(|refusal| SolveError::Record(x, RecordError::Refused(refusal)))?;
                reliable(&found, paths).map_err(|unreliable| SolveError::Unreliable(x, unreliable))?;
                posterior::reached(self.goal.kind, &gate.statistics, &found.ensemble)
            }
        };
        let Some(Reached { found, shares, scatter, gap, whole, not_known }) = reached else {
            return Ok(None);
        };
        let known = gate.statistics[0].known;
        let decided = program.is_deterministic() || known.low == known.high;
        let found = TrialEstimate { is_year: gate.statistics[0].is_year, ..found };
        let reached = if decided { found.decided() } else { found };
        let share = |share: Option<TrialEstimate>| match share {
            Some(share) if program.is_deterministic() => share.decided(),
            Some(share) => share,
            None => reached,
        };
        let not_known = if self.goal.is_probability() { not_known } else { 0 };
        Ok(Some(Trial { x, reached, shares: shares.map(share), scatter, gap, whole, not_known }))
    }

    /// What the scenario's observations condition where the last lever is at `x`.
    fn record(&self, scenario: &Scenario, x: f64) -> Result<Option<Conditioning>, SolveError> {
        let found = Record::of(scenario, self.request.seed).map_err(|error| SolveError::Record(x, error))?;
        Ok(found.map(|record| record.conditioning).filter(|conditioning| !conditioning.says_nothing()))
    }
}

/// What was counted of a goal's statistic.
pub(super) struct Reached {
    pub(super) found: TrialEstimate,
    /// Of a quantile, as [`Trial::shares`].
    pub(super) shares: [Option<TrialEstimate>; 2],
    pub(super) scatter: f64,
    pub(super) gap: f64,
    pub(super) whole: bool,
    /// On how many paths the value is no number.
    pub(super) not_known: u64,
}

fn reached(kind: Kinds, statistics: &[Statistic], ensemble: &Ensemble) -> Option<Reached> {
    let tally = |statistic: &Statistic| &ensemble.series[statistic.series as usize];
    let own = tally(&statistics[0]);
    let found = statistic(kind, &statistics[0], ensemble)?;
    let side = |place: usize| statistics.get(place).map(|one| among_known(tally(one)));
    let shares = [side(1), side(2)];
    let (scatter, gap) = match kind {
        Kinds::Quantile(level) => (scatter(own, level), gap(own, shares.map(|share| share.unwrap_or(found)))),
        _ => (0.0, 0.0),
    };
    Some(Reached { found, shares, scatter, gap, whole: own.is_whole(), not_known: own.nan })
}

impl Trial {
    /// What a search for this kind of goal follows, as it moves smoothly where a quantile jumps.
    pub(super) fn followed(&self, kind: Kinds, relation: Relation) -> TrialEstimate {
        match (kind, relation) {
            (Kinds::Quantile(_), Relation::AtLeast | Relation::Below) => self.shares[0],
            (Kinds::Quantile(_), _) => self.shares[1],
            (Kinds::Probability { .. }, Relation::Above | Relation::Below) => self.reached,
            (Kinds::Probability { .. }, _) if !self.reached.decided => self.reached.possible(),
            _ => self.reached,
        }
    }
}

/// The value of a statistic; `None` where no path has one.
fn statistic(kind: Kinds, statistic: &Statistic, ensemble: &Ensemble) -> Option<TrialEstimate> {
    let tally = &ensemble.series[statistic.series as usize];
    match kind {
        Kinds::Probability { .. } => {
            let of = statistic.given.map_or(ensemble.paths, |given| ensemble.series[given as usize].ones());
            share(tally.ones(), of)
        }
        Kinds::Quantile(level) => quantile(tally, level),
        // What is not finite on some paths has no mean, nor what has a tail too heavy for one.
        _ if tally.not_finite() > 0 || !interval::is_settled(tally) => None,
        Kinds::Mean => {
            let found = |alpha| normal::mean(tally, None, alpha);
            tally.mean().map(|value| TrialEstimate::with_intervals(value, tally.finite, found))
        }
        Kinds::Sd if tally.finite == 1 => Some(TrialEstimate::new(0.0, 0.0, 1)),
        Kinds::Sd => {
            let found = |alpha| normal::sd(tally, None, alpha);
            tally.sd().map(|value| TrialEstimate::with_intervals(value, tally.finite, found))
        }
        Kinds::ExpectedShortfall(level) => {
            let found = |alpha| normal::expected_shortfall(tally, None, level, alpha);
            interval::shortfall(tally, level)
                .map(|value| TrialEstimate::with_intervals(value, tally.finite, found))
        }
    }
}

/// A share of some paths with its binomial error and exact intervals.
fn share(met: u64, of: u64) -> Option<TrialEstimate> {
    let value = met as f64 / of as f64;
    let error = (value * (1.0 - value) / of as f64).sqrt();
    let intervals = MISSES.map(|alpha| interval::share(met, of, alpha));
    (of > 0).then_some(TrialEstimate { intervals, ..TrialEstimate::new(value, error, of) })
}

/// The share of the paths on which it is known that something holds.
fn among_known(tally: &Tally) -> TrialEstimate {
    share(tally.ones(), tally.finite).unwrap_or(TrialEstimate::new(0.0, 0.0, 0))
}

/// The smallest value that at least the share `level` of the values does not exceed.
fn quantile(tally: &Tally, level: f64) -> Option<TrialEstimate> {
    let value = tally.quantile(level)?;
    let error = tally.quantile_error(level).unwrap_or(0.0);
    Some(TrialEstimate::new(value, error, tally.count()))
}

/// What lies between the quantiles that chance could put in the place of the one at `level`.
fn scatter(tally: &Tally, level: f64) -> f64 {
    let paths = tally.count() as f64;
    let reach = super::INTERVAL * (level * (1.0 - level) / paths).sqrt();
    let at = |level: f64| quantile(tally, min(max(level, 0.0), 1.0)).map_or(f64::NAN, |found| found.value);
    at(level + reach) - at(level - reach)
}

/// How far apart the values next to a number are of which the shares of the paths are known that lie below it, and at or below
/// it.
fn gap(tally: &Tally, [below, at_most]: [TrialEstimate; 2]) -> f64 {
    if below.value < at_most.value {
        return 0.0;
    }
    let at = |level: f64| tally.quantile(min(max(level, 0.0), 1.0)).unwrap_or(f64::NAN);
    let paths = max(tally.count() as f64, 1.0);
    at(below.value + 0.5 / paths) - at(below.value - 0.5 / paths)
}

impl Goal {
    /// Whether it holds at a trial as far as the paths tell: but for one case in a thousand it may.
    pub fn may_hold(&self, trial: &Trial) -> bool {
        self.may(self.relation, trial)
    }

    /// Whether it is missed at a trial as far as the paths tell.
    pub fn may_be_missed(&self, trial: &Trial) -> bool {
        match self.relation {
            Relation::Equal => !trial.reached.decided,
            Relation::AtLeast => self.may(Relation::Below, trial),
            Relation::Above => self.may(Relation::AtMost, trial),
            Relation::AtMost => self.may(Relation::Above, trial),
            Relation::Below => self.may(Relation::AtLeast, trial),
        }
    }

    fn may(&self, relation: Relation, trial: &Trial) -> bool {
        if trial.reached.decided || relation == self.relation && self.is_beyond() {
            return false;
        }
        // The probability of lying below the number decides a quantile, which rises where that falls.
        let (level, rises) = match self.kind {
            Kinds::Quantile(level) => (level, false),
            _ => (self.number, true),
        };
        let [_, Interval { low, high }] = trial.followed(self.kind, relation).intervals;
        match relation {
            Relation::Equal => {
                // Where values lie apart, as whole numbers do, a quantile jumps over what lies between.
                trial.gap <= 0.3 * trial.scatter
                    && [Relation::AtLeast, Relation::AtMost].iter().all(|side| self.may(*side, trial))
            }
            Relation::AtLeast | Relation::Above if rises => high >= level,
            Relation::AtMost | Relation::Below if rises => low <= level,
            Relation::AtLeast | Relation::Above => low <= level,
            Relation::AtMost | Relation::Below => high >= level,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::SeriesScale;

    #[test]
    fn a_quantile_among_what_never_comes_is_infinite() {
        let values = [1.0, 1.0, 2.0, f64::INFINITY, f64::INFINITY];
        let mut tally = Tally::new(SeriesScale::from_pilot(&values));
        tally.add_column(0, &values);
        let at = |level| quantile(&tally, level).unwrap().value;
        assert_eq!([at(0.4), at(0.41), at(0.6), at(0.61)], [1.0, 2.0, 2.0, f64::INFINITY]);
    }
}
