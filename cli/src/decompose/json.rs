//! The effects as JSON.

use plancast::text::period::Stored;
use serde_json::{Value, json};

use super::methods;
use super::spread::Spread;
use crate::arguments::DecomposeOptions;
use plancast::analysis::decompose::{DecompositionQuestion, NoRatios, PathEffects};
use plancast::scenario::Loaded;

/// What the JSON of this command is called.
const SCHEMA: &str = "plancast-decompose/1";

/// The whole answer; what is not known is null, and `not_multiplicative` or `left_out` says why.
pub(super) fn of(
    loaded: &Loaded,
    question: &DecompositionQuestion,
    effects: &PathEffects,
    options: &DecomposeOptions,
) -> Value {
    let pairs = || effects.totals.iter();
    let variable = loaded.scenario.variables.get(&options.total);
    let have_ratios = effects.totals.iter().all(|(v0, v1)| v0 * v1 > 0.0);
    json!({
        "schema": SCHEMA,
        "scenario": loaded.scenario.id,
        "alternative": options.alternative,
        "variable": options.total,
        "unit": variable.map_or("", |variable| variable.unit.as_str()),
        "years": options.from.zip(options.to).map_or(vec![options.year.map(Stored)], |(from, to)| vec![Some(Stored(from)), Some(Stored(to))]),
        "seed": options.sample.seed(),
        "paths": options.sample.paths(),
        "left_out": left_out(effects),
        "methods": methods_of_terms(effects),
        "not_multiplicative": not_multiplicative(effects),
        "before": spread(pairs().map(|(a, _)| *a)),
        "after": spread(pairs().map(|(_, b)| *b)),
        "change": spread(pairs().map(|(a, b)| b - a)),
        "ratio": have_ratios.then(|| spread(pairs().map(|(a, b)| b / a))),
        "effects": each(question, effects),
    })
}

fn spread(values: impl Iterator<Item = f64>) -> Value {
    let Spread { mean, error, low, high } = Spread::of(values);
    json!({ "mean": mean, "standard_error": error, "quantiles": { "0.05": low, "0.95": high } })
}

/// The effects in their order, and then the rest, which has no method.
fn each(question: &DecompositionQuestion, effects: &PathEffects) -> Vec<Value> {
    let rest = ("(rest)", &question.rest, Vec::new());
    let labels = effects.labels.iter().zip(&effects.methods).map(|(label, used)| {
        (label.name.as_str(), &label.title, used.iter().map(|method| methods::key(*method)).collect())
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

/// By method the terms it was taken for, each by its members.
fn methods_of_terms(effects: &PathEffects) -> Value {
    let of = |method| {
        let terms = effects.terms.iter().filter(|(_, other)| *other == method);
        json!({ "method": methods::key(method), "terms": terms.map(|(titles, _)| titles).collect::<Vec<_>>() })
    };
    methods::used(effects).into_iter().map(of).collect()
}

fn not_multiplicative(effects: &PathEffects) -> Value {
    match effects.multiplicative {
        Ok(_) => Value::Null,
        Err(reason @ NoRatios::Sign(paths)) => json!({ "reason": methods::reason(reason), "paths": paths }),
        Err(reason) => json!({ "reason": methods::reason(reason) }),
    }
}

fn left_out(effects: &PathEffects) -> Value {
    effects.unknown.as_ref().map_or(
        Value::Null,
        |unknown| json!({ "paths": unknown.paths, "first_path": unknown.first, "factor": unknown.factor }),
    )
}
