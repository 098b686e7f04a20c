//! An answer of `solve` as JSON.

use serde_json::{Value, json};

use super::super::observed::put_observed;
use super::{
    Boundary, HeldSolution, Lever, Meaning, PossibleRange, SolveAnswer, SolvedInterval, Trial, TrialEstimate,
};

/// What the JSON of this answer is called.
const SCHEMA: &str = "plancast-solve/2";

/// A value and what it reaches, as data.
fn reaching(trial: &Trial) -> Value {
    json!({ "value": trial.x, "reached": estimate(trial.reached) })
}

/// An estimate as data: infinity, which JSON does not know, is told as `never` of a year, else in words.
fn estimate(TrialEstimate { value, error, paths, is_year, unknown, .. }: TrialEstimate) -> Value {
    if value == f64::INFINITY && is_year {
        return json!({ "value": null, "never": true, "paths": paths });
    }
    if value.is_infinite() {
        let words = if value > 0.0 { "infinity" } else { "-infinity" };
        return json!({ "value": null, "infinite": words, "paths": paths });
    }
    json!({ "value": value, "standard_error": unknown.map_or(Some(error), |_| None), "paths": paths })
}

/// A boundary as data.
fn boundary(boundary: &Boundary) -> Value {
    let error = Some(boundary.error).filter(|error| error.is_finite());
    let (low, high) = boundary.interval;
    let mut all = json!({
        "value": boundary.x, "standard_error": error,
        "low": low, "high": high,
        "included": boundary.included,
        "reached": estimate(boundary.reached),
    });
    if boundary.jumps {
        all["jumps"] = boundary.sides.iter().map(reaching).collect();
    }
    all
}

/// What the value of a lever is, as data.
fn lever_as_json(lever: &Lever) -> Value {
    let (value_is, unmoved) = match lever.meaning {
        Meaning::Value => ("value", None),
        Meaning::Mean(unmoved) => ("mean", Some(unmoved)),
        Meaning::Median(unmoved) => ("median", Some(unmoved)),
        Meaning::First { unmoved, .. } => ("first", Some(unmoved)),
        Meaning::Shift => ("shift", Some(0.0)),
        Meaning::Factor => ("factor", Some(1.0)),
    };
    let moved: Vec<&str> = lever.moved.iter().map(|value| value.name.as_str()).collect();
    json!({ "name": lever.name, "value_is": value_is, "unmoved": unmoved, "moves": moved })
}

impl SolveAnswer {
    /// The answer as the JSON of `plancast solve --json`: by each combination the values that are held, and where the goal
    /// holds. What is not known is null.
    pub fn json(&self) -> Value {
        let last = self.lever();
        let mut all = json!({
            "schema": SCHEMA,
            "scenario": self.scenario,
            "goal": self.goal.text,
            "statistic": self.goal.statistic,
            "vary": last.map(|last| &last.name),
            "levers": self.levers.iter().map(lever_as_json).collect::<Vec<_>>(),
            "between": last.map(|last| [last.range.0, last.range.1]),
            "seed": self.sample.seed,
            "paths": self.sample.paths,
            "answers": self.found.iter().map(|found| self.combination(found)).collect::<Vec<_>>(),
        });
        put_observed(&mut all, &self.observed);
        if !self.steps.is_empty() {
            all["steps"] = self.steps.iter().map(reaching).collect();
        }
        all
    }

    /// What was found with some levers held.
    fn combination(&self, HeldSolution { held, solution: answer }: &HeldSolution) -> Value {
        let held: serde_json::Map<String, Value> =
            self.levers.iter().zip(held).map(|(lever, x)| (lever.name.clone(), json!(x))).collect();
        let goal = &self.goal;
        let part = |part: &SolvedInterval| match part.point() {
            Some(point) => json!({ "at": boundary(point) }),
            None => json!({ "from": part.from.as_ref().map(boundary), "to": part.to.as_ref().map(boundary) }),
        };
        let mut all = match answer.first() {
            Some(first) => boundary(first),
            None => json!({ "value": null, "closest": reaching(&answer.closest) }),
        };
        all["held"] = held.into();
        all["reachable"] = (!answer.parts.is_empty()).into();
        all["everywhere"] = answer.is_everywhere().into();
        all["holds"] = answer.parts.iter().map(part).collect();
        all["turns"] = answer.turns.into();
        all["may_hold"] = (answer.parts.is_empty() && answer.may_hold(goal)).into();
        all["may_be_missed"] = answer.may_be_missed(goal).into();
        if !answer.possible.is_empty() {
            let range = |range: &PossibleRange| json!({ "from": range.from, "to": range.to, "within": reaching(&range.within) });
            all["may_hold_between"] = answer.possible.iter().map(range).collect();
        }
        if let Some(trial) = answer.not_known {
            all["not_known"] = json!({ "value": trial.x, "paths": trial.not_known });
        }
        if !answer.passed.is_empty() {
            all["passed"] = answer.passed.iter().map(boundary).collect();
        }
        all
    }
}
