//! An answer of `sensitivity` as JSON.

use serde_json::{Value, json};

use crate::analysis::indices::{Distance, ElementaryEffects, Indices, SensitivityIndex};
use crate::num::normal::POINT_97_5;
use crate::text::Language;
use crate::text::probability::Decided;

use super::super::Sample;
use super::{
    CorrelatedSplit, FoundSensitivity, InputShare, MeasuredSensitivity, OutcomeSensitivity,
    SensitivityAnswer, SplitRule,
};

/// What the JSON of this answer is called.
const SCHEMA: &str = "plancast-sensitivity/2";

impl SensitivityAnswer {
    /// The answer as the JSON of `plancast sensitivity --json`, with titles in a language; what is not known is null. Of an
    /// outcome that was named it is that outcome's alone.
    pub fn json(&self, language: Language) -> Value {
        let of = (self.scenario.as_str(), self.sample);
        let each: Vec<Value> = self.outcomes.iter().map(|one| outcome(one, of, language)).collect();
        match each.as_slice() {
            [one] if self.is_named => one.clone(),
            _ => json!({ "schema": SCHEMA, "scenario": self.scenario, "outcomes": each }),
        }
    }
}

fn outcome(answer: &OutcomeSensitivity, (scenario, sample): (&str, Sample), language: Language) -> Value {
    let mut all = json!({
        "schema": SCHEMA,
        "scenario": scenario,
        "of": answer.of,
        "seed": sample.seed,
        "paths": sample.paths,
        "varies": answer.found.varies(),
        "infinite": answer.probe.infinite,
        "infinite_counts_as": answer.never,
        "no_number": answer.probe.no_number,
        "inputs": [],
    });
    if let FoundSensitivity::Recorded(met) = answer.found {
        all["decided"] = Decided::on_record(met).code().into();
    }
    let FoundSensitivity::Measured(found) = &answer.found else { return all };
    let index = |index: &SensitivityIndex| {
        let value = index.is_known().then_some(index.value);
        json!({ "value": value, "margin": index.margin })
    };
    let distance = |distance: &Distance| json!({ "median": distance.median, "largest": distance.largest });
    let (method, values): (&str, Vec<Value>) = match found {
        MeasuredSensitivity::Sobol(found, sums) => {
            let sum = |place: usize| {
                let sum = sums.as_ref().ok().map(|sums| sums[place]);
                sum.map(|(value, error)| json!({ "value": value, "margin": POINT_97_5 * error }))
            };
            let one = |(place, i): (usize, &Indices)| {
                let (closed, total) = (index(&i.closed), index(&i.total));
                json!({ "closed": closed, "total": total, "sum_of_first_order": sum(place) })
            };
            ("sobol", found.iter().enumerate().map(one).collect())
        }
        MeasuredSensitivity::Morris(found) => {
            let one = |e: &ElementaryEffects| json!({ "mu": e.mu, "mu_star": e.mu_star, "sigma": e.sigma });
            ("morris", found.iter().map(one).collect())
        }
        MeasuredSensitivity::Pawn(found, _) => ("pawn", found.iter().map(distance).collect()),
    };
    let rows = answer.inputs.iter().zip(values).map(|(asked, value)| {
        json!({ "name": asked.name, "title": asked.title.get(language), "grade": asked.grade, "correlated": asked.correlated, "draws": asked.draws.len(), method: value })
    });
    all["inputs"] = rows.collect();
    if !answer.correlated.is_empty() {
        all["correlated"] = answer.correlated.iter().map(correlated).collect();
    }
    all["method"] = method.into();
    if let MeasuredSensitivity::Pawn(_, idle) = found {
        all["by_chance"] = distance(idle);
    }
    all
}

fn correlated(split: &CorrelatedSplit) -> Value {
    let by = match split.by {
        SplitRule::Shapley => "shapley",
        SplitRule::Order => "order",
    };
    let one = |one: &InputShare| json!({ "name": one.name, "share": { "value": one.share.value, "margin": one.share.margin } });
    let shares = split.found.as_ref().map(|found| found.shares.iter().map(one).collect::<Vec<Value>>());
    let exact = split.found.as_ref().map(|found| found.is_exact);
    json!({ "name": split.name, "by": by, "exact": exact, "shares": shares })
}
