//! Finding where a goal begins and ceases to hold.

use super::goal::{Kinds, Relation};
use super::lever::Lever;
use super::simplest::simplest_between;
use super::trial::Trial;
use super::{
    Boundary, INTERVAL, PossibleRange, Solution, SolveError, SolveQuestion, SolvedInterval, TrialEstimate,
};
use crate::num::normal::POINT_97_5;
use crate::num::{Interval, max, min};

/// Trials that the range is gone through with, its ends among them.
const SCAN: usize = 9;

/// Most trials of one boundary.
const MOST_TRIALS: usize = 80;

/// How closely the ends of a boundary's interval are found, as a share of their distance from it.
const PRECISION: f64 = 0.05;

/// The smaller part of the golden section.
const GOLDEN: f64 = 0.381_966_011_250_105_2;

impl SolveQuestion<'_> {
    /// Finds the values of the last lever at which the goal holds, the others being at `fixed`.
    ///
    /// # Errors
    /// See [`SolveError`].
    pub fn solve(&self, fixed: &[(&Lever, f64)], lever: &Lever) -> Result<Solution, SolveError> {
        let mut trials = Trials { search: self, fixed, lever, known: Vec::new() };
        if self.goal.relation == Relation::Equal {
            // A number is equalled where it is reached and not exceeded.
            let least = Hunt::of(self, Relation::AtLeast).answer(&mut trials)?;
            let most = Hunt::of(self, Relation::AtMost).answer(&mut trials)?;
            let found = both(&least, &most, self.goal.number, lever.range);
            return self.with_possible(found, &mut trials);
        }
        Hunt::of(self, self.goal.relation).answer(&mut trials)
    }
}

/// How closely the ends of a range in which a goal may hold are found, as a share of the lever's range.
const POSSIBLE_PRECISION: f64 = 1e-3;

impl SolveQuestion<'_> {
    /// Of what a goal with `=` jumps over, where it is met within what chance may do on a side of the jump.
    fn with_possible(&self, mut found: Solution, trials: &mut Trials<'_>) -> Result<Solution, SolveError> {
        let mut passed = Vec::new();
        for jump in std::mem::take(&mut found.passed) {
            let Some(side) = jump.sides.into_iter().find(|side| self.goal.may_hold(side)) else {
                passed.push(jump);
                continue;
            };
            let (low, high) = trials.lever.range;
            let (from, to) =
                (self.end_of_possible(trials, side.x, low)?, self.end_of_possible(trials, side.x, high)?);
            let middle = trials.at(f64::midpoint(from, to))?;
            let within = if self.goal.may_hold(&middle) { middle } else { side };
            found.possible.push(PossibleRange { from, to, within });
        }
        found.passed = passed;
        found.possible.dedup_by(|a, b| a.from <= b.to);
        Ok(found)
    }

    /// How far from a value at which the goal may hold towards an end of the lever's range it may hold.
    fn end_of_possible(&self, trials: &mut Trials<'_>, x: f64, limit: f64) -> Result<f64, SolveError> {
        let (low, high) = trials.lever.range;
        let mut beyond: Vec<Trial> =
            trials.known.iter().copied().filter(|trial| (trial.x - x) * (limit - x) > 0.0).collect();
        beyond.sort_by(|a, b| (a.x - x).abs().total_cmp(&(b.x - x).abs()));
        let first = beyond.iter().position(|trial| !self.goal.may_hold(trial));
        let Some(first) = first else { return Ok(limit) };
        let mut inside = if first == 0 { x } else { beyond[first - 1].x };
        let mut outside = beyond[first].x;
        while (outside - inside).abs() > POSSIBLE_PRECISION * (high - low) {
            let middle = f64::midpoint(inside, outside);
            if self.goal.may_hold(&trials.at(middle)?) { inside = middle } else { outside = middle }
        }
        Ok(inside)
    }
}

/// The trials of a search, each simulated once.
struct Trials<'a> {
    search: &'a SolveQuestion<'a>,
    fixed: &'a [(&'a Lever, f64)],
    lever: &'a Lever,
    /// Ascending.
    known: Vec<Trial>,
}

impl Trials<'_> {
    fn at(&mut self, x: f64) -> Result<Trial, SolveError> {
        let place = self.known.partition_point(|trial| trial.x < x);
        if let Some(known) = self.known.get(place).filter(|known| known.x == x) {
            return Ok(*known);
        }
        let trial = self.search.trial(self.fixed, self.lever, x)?;
        self.known.insert(place, trial);
        Ok(trial)
    }
}

/// A goal as the level of a statistic that moves with the lever.
#[derive(Clone, Copy)]
struct Hunt {
    kind: Kinds,
    relation: Relation,
    level: f64,
    /// The goal's number.
    number: f64,
}

impl Hunt {
    fn of(search: &SolveQuestion<'_>, relation: Relation) -> Self {
        let level = if let Kinds::Quantile(q) = search.goal.kind { q } else { search.goal.number };
        Self { kind: search.goal.kind, relation, level, number: search.goal.number }
    }

    fn estimate(self, trial: &Trial) -> TrialEstimate {
        trial.followed(self.kind, self.relation)
    }

    /// How far a trial lies above the level.
    fn above(self, trial: &Trial) -> f64 {
        self.estimate(trial).value - self.level
    }

    /// On which side of the level a trial lies; the level itself belongs to that side to which the goal counts it.
    fn is_above(self, trial: &Trial) -> bool {
        let above = self.above(trial);
        let is_quantile = matches!(self.kind, Kinds::Quantile(_));
        match self.relation {
            Relation::Above | Relation::AtMost if !is_quantile => above > 0.0,
            _ => above >= 0.0,
        }
    }

    /// Whether a goal other than `=` holds at a trial.
    fn holds(self, trial: &Trial) -> bool {
        let more = matches!(self.relation, Relation::AtLeast | Relation::Above);
        // The probability of lying below falls when the quantile rises.
        let rises = !matches!(self.kind, Kinds::Quantile(_));
        self.is_above(trial) == (more == rises)
    }

    fn answer(self, trials: &mut Trials<'_>) -> Result<Solution, SolveError> {
        let (low, high) = trials.lever.range;
        // Not all that is known: between close trials chance alone makes turns.
        let mut scanned = Vec::new();
        for k in 0..SCAN {
            // The ends exactly.
            let x = if k + 1 == SCAN { high } else { low + (high - low) * k as f64 / (SCAN - 1) as f64 };
            scanned.push(trials.at(x)?);
        }
        // Of events that are not known it is not told whether they become rarer.
        let known: Vec<Trial> = scanned.iter().copied().filter(|trial| trial.not_known == 0).collect();
        let turns = self.turns(&known);
        let constant = scanned.windows(2).all(|pair| pair[0].reached.value == pair[1].reached.value);
        if self.pairs(&scanned).is_empty()
            && let Some(beyond) = self.come_closer(trials, &scanned)?
        {
            scanned.push(beyond);
            scanned.sort_by(|a, b| a.x.total_cmp(&b.x));
        }
        let off = |trial: &Trial| self.above(trial).abs();
        // Where all lie on one side of a quantile's number, those whose quantile is nearest.
        let apart = |trial: &Trial| (off(trial), (trial.reached.value - self.number).abs());
        let closest = trials.known.iter().copied().reduce(|a, b| if apart(&b) < apart(&a) { b } else { a });
        let Some(closest) = closest else { return Err(SolveError::Nothing(low)) };
        let mut boundaries: Vec<Boundary> = Vec::new();
        for pair in self.pairs(&scanned) {
            boundaries.push(self.boundary(trials, pair)?);
        }
        let most = trials.known.iter().copied().reduce(|a, b| if b.not_known > a.not_known { b } else { a });
        let not_known = most.filter(|trial| trial.not_known > 0);
        let tried = scanned.len();
        Ok(Solution { constant, tried, not_known, ..self.parts(&scanned[0], boundaries, &closest, turns) })
    }

    /// The parts between boundaries in which the goal holds.
    fn parts(self, first: &Trial, boundaries: Vec<Boundary>, closest: &Trial, turns: bool) -> Solution {
        let mut parts = Vec::new();
        let mut open = self.holds(first).then_some(None);
        for boundary in boundaries {
            open = match open {
                Some(from) => {
                    parts.push(SolvedInterval { from, to: Some(boundary) });
                    None
                }
                None => Some(Some(boundary)),
            };
        }
        parts.extend(open.map(|from| SolvedInterval { from, to: None }));
        Solution {
            parts,
            passed: Vec::new(),
            possible: Vec::new(),
            closest: *closest,
            constant: false,
            tried: 0,
            not_known: None,
            turns,
        }
    }

    /// Neighbours among the trials of which one meets the goal.
    fn pairs(self, known: &[Trial]) -> Vec<[Trial; 2]> {
        let parted = |pair: &&[Trial]| self.is_above(&pair[0]) != self.is_above(&pair[1]);
        known.windows(2).filter(parted).map(|pair| [pair[0], pair[1]]).collect()
    }

    /// Whether trials both rise and fall, by more than chance.
    fn turns(self, known: &[Trial]) -> bool {
        let found: Vec<TrialEstimate> = known.iter().map(|trial| self.estimate(trial)).collect();
        let parted = |sign: f64| {
            let pairs =
                found.iter().enumerate().flat_map(|(k, a)| found[k + 1..].iter().map(move |b| (a, b)));
            pairs.into_iter().any(|(a, b)| sign * (b.value - a.value) > INTERVAL * max(a.error, b.error))
        };
        parted(1.0) && parted(-1.0)
    }

    /// Looks between the neighbours of the trial that came closest to the level: the trial that crosses it, if any.
    fn come_closer(self, trials: &mut Trials<'_>, known: &[Trial]) -> Result<Option<Trial>, SolveError> {
        let off = |trial: &Trial| self.above(trial).abs();
        let closest =
            (1..known.len()).fold(0, |best, k| if off(&known[k]) < off(&known[best]) { k } else { best });
        let mut best = known[closest];
        let (mut left, mut right) =
            (known[closest.saturating_sub(1)].x, known[(closest + 1).min(known.len() - 1)].x);
        let least = (right - left) * if self.estimate(&best).error == 0.0 { 1e-8 } else { 1e-3 };
        while right - left > least {
            // Into the longer part.
            let x = if right - best.x > best.x - left {
                best.x + GOLDEN * (right - best.x)
            } else {
                best.x - GOLDEN * (best.x - left)
            };
            if x == best.x {
                break;
            }
            let trial = trials.at(x)?;
            if self.is_above(&best) != self.is_above(&trial) {
                return Ok(Some(trial));
            }
            let (worse, better) = if off(&trial) < off(&best) { (best, trial) } else { (trial, best) };
            if worse.x < better.x {
                left = worse.x;
            } else {
                right = worse.x;
            }
            best = better;
        }
        Ok(None)
    }

    /// The boundary between two trials.
    fn boundary(self, trials: &mut Trials<'_>, [a, b]: [Trial; 2]) -> Result<Boundary, SolveError> {
        let (low, high) = trials.lever.range;
        let (found, other) = self.root(trials, [a, b], high - low)?;
        let (x, reached) = (found.x, found.reached);
        let (here, there) = (self.estimate(&found), self.estimate(&other));
        let chance = INTERVAL * max(here.error, there.error);
        let moved = (self.above(&a) - self.above(&b)).abs();
        let mut sides = if x < other.x { [found, other] } else { [other, found] };
        if (here.value - there.value).abs() > max(chance, 1e-6 * moved) {
            // A side as close to the level as chance could bring it leaves open on which side of the jump it is.
            let near = |side: TrialEstimate| (side.value - self.level).abs() <= INTERVAL * side.error;
            // Of what the equations decide no chance moves the boundary.
            let is_known = found.reached.decided || other.reached.decided;
            let (error, interval) = if !is_known && (near(here) || near(there)) {
                self.spread(trials, &found, moved / (a.x - b.x).abs())?
            } else {
                (0.0, (x, x))
            };
            let step = (found.reached.value - other.reached.value).abs();
            let whole = (a.reached.value - b.reached.value).abs();
            let moved = if whole.is_finite() { whole } else { 0.0 };
            // Where all values move as one, the statistic itself does not jump.
            let jumps = !step.is_finite() || step > 1e-6 * moved;
            if error > 0.0 {
                let included = self.includes(jumps);
                return Ok(Boundary { x, error, reached, sides, jumps, interval, included });
            }
            let at = self.simplest(trials, &mut sides)?;
            let included = self.holds(&at);
            let (x, reached, interval) = (at.x, at.reached, (at.x, at.x));
            return Ok(Boundary { x, error, reached, sides, jumps, interval, included });
        }
        let slope = moved / (a.x - b.x).abs();
        let (error, interval) = self.spread(trials, &found, slope)?;
        if error == 0.0 {
            let at = self.simplest(trials, &mut sides)?;
            let interval = (at.x, at.x);
            let (x, reached, included) = (at.x, at.reached, self.includes(false));
            return Ok(Boundary { x, error, reached, sides: [at, at], jumps: false, interval, included });
        }
        if !matches!(self.kind, Kinds::Quantile(_)) {
            let (sides, included) = ([found, found], self.includes(false));
            return Ok(Boundary { x, error, reached, sides, jumps: false, interval, included });
        }
        // Far enough that the sides differ although the root is known to a hundredth of its error only.
        let step =
            if error.is_finite() { max(0.02 * error, 1e-9 * (high - low)) } else { 1e-3 * (high - low) };
        let sides = [trials.at(max(x - step, low))?, trials.at(min(x + step, high))?];
        let gap = (sides[0].reached.value - sides[1].reached.value).abs();
        // Neighbouring values are a hundredth of the scatter apart; whole numbers and lumps leave gaps.
        let jumps = gap == f64::INFINITY || gap > if found.whole { 0.0 } else { 0.3 * found.scatter };
        // Neighbouring values leave a gap about the number, which the quantile passes there.
        let ends = sides.map(|side| side.reached.value);
        let is_between = min(ends[0], ends[1]) <= self.number && self.number <= max(ends[0], ends[1]);
        let value = if is_between && !jumps { self.number } else { reached.value };
        let reached = TrialEstimate { value, ..reached };
        let included = self.includes(jumps);
        Ok(Boundary { x, error, reached, sides, jumps, interval, included })
    }

    /// Whether a boundary that chance moves is a value at which the goal holds. Where a quantile jumps, the share that decides it
    /// is exactly its level there, so that it is still the lower of both values.
    fn includes(self, jumps: bool) -> bool {
        match (self.kind, self.relation) {
            (Kinds::Quantile(_), relation) if jumps => {
                matches!(relation, Relation::AtMost | Relation::Below)
            }
            (_, relation) => !matches!(relation, Relation::Above | Relation::Below),
        }
    }

    /// The trial at the number of fewest digits between two, both included; the sides of the boundary close in on it.
    fn simplest(self, trials: &mut Trials<'_>, sides: &mut [Trial; 2]) -> Result<Trial, SolveError> {
        let at = trials.at(simplest_between(sides[0].x, sides[1].x))?;
        let place = usize::from(self.is_above(&at) != self.is_above(&sides[0]));
        sides[place] = at;
        Ok(at)
    }

    /// The trials on both sides of where the level is passed between two trials, the closer one first; the same twice
    /// where it is met as closely as its error allows.
    fn root(
        self,
        trials: &mut Trials<'_>,
        [mut a, mut b]: [Trial; 2],
        range: f64,
    ) -> Result<(Trial, Trial), SolveError> {
        let (mut fa, mut fb) = (self.above(&a), self.above(&b));
        let mut widths = [f64::INFINITY; 3];
        for turn in 0..MOST_TRIALS {
            for trial in [a, b] {
                if self.above(&trial).abs() < 0.01 * self.estimate(&trial).error {
                    return Ok((trial, trial));
                }
            }
            let width = (b.x - a.x).abs();
            let exact = self.estimate(&a).error == 0.0 && self.estimate(&b).error == 0.0;
            if width <= range * if exact { 1e-14 } else { 1e-7 } {
                break;
            }
            // Three turns that did not halve the bracket, or a line that leads to an end of it: bisect.
            let stalls = width > 0.5 * widths[turn % 3] || fa == 0.0 || fb == 0.0 || !(fb - fa).is_finite();
            widths[turn % 3] = width;
            let x = if stalls { f64::midpoint(a.x, b.x) } else { (a.x * fb - b.x * fa) / (fb - fa) };
            if x == a.x || x == b.x {
                break;
            }
            let trial = trials.at(x)?;
            if self.is_above(&trial) == self.is_above(&b) {
                fa *= 0.5; // the other end stays: Illinois
            } else {
                (a, fa) = (b, fb);
            }
            (b, fb) = (trial, self.above(&trial));
        }
        Ok(if self.above(&a).abs() < self.above(&b).abs() { (a, b) } else { (b, a) })
    }

    /// The standard error of a boundary and where it lies but for one case in a thousand. The error is infinite where the paths do
    /// not tell in how far the boundary lies to either side; `slope` is how much what is followed changes with the lever.
    fn spread(
        self,
        trials: &mut Trials<'_>,
        found: &Trial,
        slope: f64,
    ) -> Result<(f64, (f64, f64)), SolveError> {
        let (low, high) = trials.lever.range;
        // Where nothing is random the root is as exact as the search for it.
        if self.estimate(found).intervals.iter().all(|interval| interval.is_point()) {
            return Ok((0.0, (found.x, found.x)));
        }
        let half = |index: usize| {
            let Interval { low, high } = self.estimate(found).intervals[index];
            (0.5 * high - 0.5 * low) / slope
        };
        let mut ends = [(low, high); 2];
        let mut error: f64 = 0.0;
        for (index, ends) in ends.iter_mut().enumerate() {
            let below = self.end(trials, found.x, low, index, half(index))?;
            let above = self.end(trials, found.x, high, index, half(index))?;
            *ends = (below.unwrap_or(low), above.unwrap_or(high));
            let open = below.is_none() && low < found.x || above.is_none() && found.x < high;
            if index == 0 {
                let farther = max(found.x - ends.0, ends.1 - found.x);
                error = if open { f64::INFINITY } else { farther / POINT_97_5 };
            }
        }
        Ok((error, ends[1]))
    }

    /// How far from a boundary towards an end of the range the intervals with this number still hold the level; `None`
    /// where they do so up to the end.
    fn end(
        self,
        trials: &mut Trials<'_>,
        x: f64,
        limit: f64,
        index: usize,
        guess: f64,
    ) -> Result<Option<f64>, SolveError> {
        let far = limit - x;
        let is_out = |trial: &Trial| {
            let Interval { low, high } = self.estimate(trial).intervals[index];
            !(low..=high).contains(&self.level)
        };
        if far == 0.0 || is_out(&trials.at(x)?) {
            return Ok(Some(x));
        }
        let place = |share: f64| if share >= 1.0 { limit } else { x + share * far };
        // Shares of the way to the end: within, and beyond.
        let mut inside = 0.0;
        let mut outside = if guess.is_finite() { (guess / far.abs()).clamp(1e-6, 1.0) } else { 1.0 };
        while !is_out(&trials.at(place(outside))?) {
            if outside >= 1.0 {
                return Ok(None);
            }
            inside = outside;
            outside = min(2.0 * outside, 1.0);
        }
        while outside - inside > PRECISION * outside && outside > 1e-9 {
            let middle = f64::midpoint(inside, outside);
            if is_out(&trials.at(place(middle))?) { outside = middle } else { inside = middle }
        }
        Ok(Some(place(outside)))
    }
}

/// Where both answers hold.
fn both(least: &Solution, most: &Solution, number: f64, (low, high): (f64, f64)) -> Solution {
    // What two searches find of one value may differ by their tolerance.
    let close = 1e-6 * (high - low);
    let (mut parts, mut passed) = (Vec::new(), Vec::new());
    let start = |part: &SolvedInterval| part.from.map_or(low, |from| from.x);
    let stop = |part: &SolvedInterval| part.to.map_or(high, |to| to.x);
    for (one, other) in least.parts.iter().flat_map(|one| most.parts.iter().map(move |other| (one, other))) {
        let from = if start(one) >= start(other) { one.from } else { other.from };
        let to = if stop(one) <= stop(other) { one.to } else { other.to };
        let part = SolvedInterval { from, to };
        let width = stop(&part) - start(&part);
        match from.or(to) {
            _ if width < -close => {}
            Some(only) if width <= close => {
                let values = only.sides.map(|side| side.reached.value);
                if from.is_some() && to.is_some() && only.jumps && !values.contains(&number) {
                    passed.push(only);
                } else {
                    parts.push(SolvedInterval { from: Some(only), to: Some(only) });
                }
            }
            _ => parts.push(part),
        }
    }
    parts.sort_by(|a, b| start(a).total_cmp(&start(b)));
    Solution { parts, passed, ..least.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, error: f64) -> TrialEstimate {
        let intervals = [POINT_97_5, INTERVAL].map(|times| Interval::about(value, times * error));
        let (paths, decided, is_year) = (1000, false, false);
        TrialEstimate { value, error, paths, decided, is_year, intervals, unknown: None }
    }

    /// A trial that reaches a value, below whose goal lies a share, and another at or below it.
    fn trial(x: f64, value: f64, shares: [f64; 2]) -> Trial {
        let shares = shares.map(|share| estimate(share, 0.0));
        Trial { x, reached: estimate(value, 0.0), shares, scatter: 0.0, gap: 0.0, whole: false, not_known: 0 }
    }

    /// The value on its bound belongs to `>=` and `<=`.
    #[test]
    fn a_goal_holds_or_not_on_its_very_bound() {
        let holds = |relation, value: f64| {
            Hunt { kind: Kinds::Mean, relation, level: 2.0, number: 2.0 }.holds(&trial(
                0.0,
                value,
                [0.0, 0.0],
            ))
        };
        for (relation, expected) in [
            (Relation::AtLeast, [false, true, true]),
            (Relation::Above, [false, false, true]),
            (Relation::AtMost, [true, true, false]),
            (Relation::Below, [true, false, false]),
        ] {
            assert_eq!([1.0, 2.0, 3.0].map(|value| holds(relation, value)), expected, "{relation:?}");
        }
    }

    /// The median is the smallest value that half of the paths do not exceed: with half of them below the goal it lies
    /// below, with half of them at or below the goal it is no more than that.
    #[test]
    fn a_quantile_goal_reads_the_shares_on_both_sides() {
        let holds = |relation, shares: [f64; 2]| {
            let hunt = Hunt { kind: Kinds::Quantile(0.5), relation, level: 0.5, number: 0.0 };
            hunt.holds(&trial(0.0, f64::NAN, shares))
        };
        for (shares, [least, above, most, below]) in [
            ([0.4, 0.4], [true, true, false, false]),
            ([0.4, 0.5], [true, false, true, false]),
            ([0.4, 0.6], [true, false, true, false]),
            ([0.5, 0.5], [false, false, true, true]),
            ([0.5, 0.6], [false, false, true, true]),
            ([0.6, 0.6], [false, false, true, true]),
        ] {
            let found = [Relation::AtLeast, Relation::Above, Relation::AtMost, Relation::Below];
            assert_eq!(
                found.map(|relation| holds(relation, shares)),
                [least, above, most, below],
                "{shares:?}"
            );
        }
    }

    #[test]
    fn a_turn_is_told_when_it_is_more_than_chance() {
        let hunt = Hunt { kind: Kinds::Mean, relation: Relation::AtLeast, level: 0.0, number: 0.0 };
        let with = |values: [f64; 3]| -> Vec<Trial> {
            let one = |value| Trial { reached: estimate(value, 1.0), ..trial(0.0, value, [0.0, 0.0]) };
            values.map(one).to_vec()
        };
        assert!(hunt.turns(&with([0.0, 3.3, 0.0])) && hunt.turns(&with([0.0, -3.3, 0.0])));
        assert!(!hunt.turns(&with([0.0, INTERVAL, 0.0])) && !hunt.turns(&with([0.0, 3.3, 6.0])));
        assert!(!hunt.turns(&with([0.0, 3.3, 0.1])), "the fall is less than chance");
    }
}
