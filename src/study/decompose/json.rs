//! An answer of `decompose` as JSON.

use serde_json::{Value, json};

use crate::analysis::decompose::{DecompositionMethod, DecompositionQuestion, NoRatios, PathEffects};
use crate::text::period::Stored;

use super::super::observed::put_observed;
use super::{DecomposeAnswer, DecompositionEnds, Spread};

/// What the JSON of this answer is called.
const SCHEMA: &str = "plancast-decompose/1";

impl DecomposeAnswer {
    /// The answer as the JSON of `plancast decompose --json`; what is not known is null, and `not_multiplicative` or
    /// `left_out` says why.
    pub fn json(&self) -> Value {
        let effects = &self.effects;
        let pairs = || effects.totals.iter();
        let have_ratios = effects.totals.iter().all(|(v0, v1)| v0 * v1 > 0.0);
        let (alternative, years) = match &self.ends {
            DecompositionEnds::Years { from, to } => (None, vec![Stored(*from), Stored(*to)]),
            DecompositionEnds::Scenarios { other, year } => (Some(other), vec![Stored(*year)]),
        };
        let mut all = json!({
            "schema": SCHEMA,
            "scenario": self.scenario,
            "alternative": alternative,
            "variable": self.variable,
            "unit": self.unit,
            "years": years,
            "seed": self.sample.seed,
            "paths": self.sample.paths,
            "left_out": left_out(effects),
            "methods": self.methods_of_terms(),
            "not_multiplicative": not_multiplicative(effects),
            "before": spread(pairs().map(|(a, _)| *a)),
            "after": spread(pairs().map(|(_, b)| *b)),
            "change": spread(pairs().map(|(a, b)| b - a)),
            "ratio": have_ratios.then(|| spread(pairs().map(|(a, b)| b / a))),
            "effects": each(&self.question, effects),
        });
        put_observed(&mut all, &self.observed);
        all
    }

    /// By method the terms it was taken for, each by its members.
    fn methods_of_terms(&self) -> Value {
        let of = |method| {
            let terms = self.effects.terms.iter().filter(|(_, other)| *other == method);
            json!({ "method": key(method), "terms": terms.map(|(titles, _)| titles).collect::<Vec<_>>() })
        };
        self.methods().into_iter().map(of).collect()
    }
}

/// What JSON calls a method.
const fn key(method: DecompositionMethod) -> &'static str {
    match method {
        DecompositionMethod::Difference => "difference",
        DecompositionMethod::Lmdi => "lmdi",
        DecompositionMethod::Shapley => "shapley",
    }
}

/// What JSON calls the reason why there are no ratios.
const fn reason_key(why: NoRatios) -> &'static str {
    match why {
        NoRatios::Sign(_) => "sign",
        NoRatios::Shapley => "shapley",
        NoRatios::TooLarge => "too_large",
    }
}

fn spread(values: impl Iterator<Item = f64>) -> Value {
    let Spread { mean, error, low, high } = Spread::of(values);
    json!({ "mean": mean, "standard_error": error, "quantiles": { "0.05": low, "0.95": high } })
}

/// The effects in their order, and then the rest, which has no method.
fn each(question: &DecompositionQuestion, effects: &PathEffects) -> Vec<Value> {
    let rest = ("(rest)", &question.rest, Vec::new());
    let labels = effects.labels.iter().zip(&effects.methods).map(|(label, used)| {
        (label.name.as_str(), &label.title, used.iter().map(|method| key(*method)).collect())
    });
    let all = labels.chain([rest]).enumerate();
    all.map(|(place, (name, title, methods))| {
        let ratios = effects.multiplicative.as_ref().ok().filter(|_| !effects.totals.is_empty());
        json!({
            "name": name, "title": title, "methods": methods,
            "additive": spread(effects.additive[place].iter().copied()),
            "multiplicative": ratios.map(|lists| spread(lists[place].iter().copied())),
        })
    })
    .collect()
}

fn not_multiplicative(effects: &PathEffects) -> Value {
    match effects.multiplicative {
        Ok(_) => Value::Null,
        Err(reason @ NoRatios::Sign(paths)) => json!({ "reason": reason_key(reason), "paths": paths }),
        Err(reason) => json!({ "reason": reason_key(reason) }),
    }
}

fn left_out(effects: &PathEffects) -> Value {
    effects.unknown.as_ref().map_or(
        Value::Null,
        |unknown| json!({ "paths": unknown.paths, "first_path": unknown.first, "factor": unknown.factor }),
    )
}
