//! An answer of `discover` as JSON.

use serde_json::{Value, json};

use super::super::observed::put_observed;
use super::{DiscoverAnswer, DiscoveredBox, InputLimit, LimitEnd, Quality};

/// What the JSON of this answer is called.
const SCHEMA: &str = "plancast-discover/1";

impl DiscoverAnswer {
    /// The answer as the JSON of `plancast discover --json`: each limit as quantiles of its input and as values, null where
    /// it has no such end.
    pub fn json(&self) -> Value {
        let quality = |q: &Quality| json!({ "coverage": q.coverage, "density": q.density, "mass": q.mass });
        let one = |one: &DiscoveredBox| {
            json!({
                "limits": one.limits.iter().map(|limit| self.limit(limit)).collect::<Vec<_>>(),
                "quality": quality(&one.quality),
                "tradeoff": one.tradeoff.iter().map(quality).collect::<Vec<_>>(),
            })
        };
        let mut all = json!({
            "schema": SCHEMA,
            "scenario": self.scenario,
            "target": self.target,
            "seed": self.sample.seed,
            "paths": self.sample.paths,
            "missed": self.missed,
            "boxes": self.boxes.iter().map(one).collect::<Vec<_>>(),
        });
        put_observed(&mut all, &self.observed);
        all
    }

    fn limit(&self, limit: &InputLimit) -> Value {
        let end =
            |end: Option<LimitEnd>| end.map(|end| json!({ "quantile": end.quantile, "value": end.value }));
        let input = &self.inputs[limit.input];
        json!({
            "input": input.name,
            "years": input.years,
            "low": end(limit.low), "high": end(limit.high),
            "quasi_p_value": limit.quasi_p_value,
        })
    }
}
