//! The JSON Schema of `summary.json`, for those who read it with other programs.

use serde_json::{Map, Value, json};

/// The schema (draft 2020-12). Later versions of the same format may add keys at the top; they change none.
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "plancast summary, version 2",
        "description": "All results of a run. Numbers are in the units that stand beside them; null is a statistic that does not exist.",
        "type": "object",
        "properties": {
            "schema": { "const": super::summary::SCHEMA },
            "scenario": reference("scenario"),
            "headline": described("The targets that tables, pages and charts lead with.", list(json!({ "type": "string" }))),
            "seed": count("The seed of all draws."),
            "paths": { "description": "How many paths were simulated.", "type": "integer", "minimum": 1 },
            "sampling": {
                "description": "How the paths were spread; absent where by chance.",
                "enum": ["antithetic", "latin-hypercube", "sobol"],
            },
            "fingerprint": {
                "description": "SHA-256 over all integers that were counted: the same for the same scenario, seed and paths.",
                "type": "string", "pattern": "^[0-9a-f]{64}$",
            },
            "order": object("Names in the order of the scenario; the tables are sorted by name.", &[
                ("variables", list(json!({ "type": "string" }))),
                ("metrics", list(json!({ "type": "string" }))),
                ("targets", list(json!({ "type": "string" }))),
            ], &["variables", "metrics", "targets"]),
            "variables": table("Statistics by variable.", "variable"),
            "metrics": table("Statistics by metric.", "metric"),
            "bounds": table("Variables that should stay within bounds.", "bounds"),
            "targets": table("Probabilities by target.", "target"),
            "joint": reference("joint"),
            "convergence": reference("convergence"),
            "prior": reference("prior"),
            "evidence": reference("evidence"),
            "central": {
                "description": "Values by year of each variable with every input at its mean (its median where it has none).",
                "type": "object",
                "additionalProperties": list(maybe()),
            },
        },
        "required": ["schema", "scenario", "seed", "paths", "fingerprint", "order", "variables", "metrics", "targets", "joint", "central"],
        "$defs": definitions(),
    })
}

fn definitions() -> Value {
    json!({
        "text": object("Text by language; a language that is missing is left out or empty.", &[
            ("en", json!({ "type": "string" })), ("zh", json!({ "type": "string" })),
        ], &[]),
        "scenario": object("What was run.", &[
            ("id", json!({ "type": "string" })), ("title", text()), ("summary", text()), ("region", text()),
            ("start", year("The base year.")), ("end", year("The last year.")),
            ("worlds", described("The worlds of a pool, of which each path is one.", list(reference("world")))),
        ], &["id", "title", "start", "end"]),
        "world": object("A world of a pool.", &[
            ("name", json!({ "type": "string" })), ("title", text()), ("weight", share()),
        ], &["name", "title", "weight"]),
        "variable": variable(),
        "metric": metric(),
        "bounds": object("A variable that should stay within bounds.", &[
            ("title", text()),
            ("unit", unit()),
            ("min", maybe()),
            ("max", maybe()),
            ("paths", count("Paths on which it leaves them in some year.")),
            ("first_path", json!({ "type": ["integer", "null"] })),
            ("not_known", count("Paths on which that is not known.")),
        ], &["title", "unit", "paths"]),
        "target": target(),
        "probability": object("A probability with its error.", &probability(), &PROBABILITY),
        "joint": object("Probabilities of several targets together.", &[
            ("goals", described("The targets that are counted together: of each goal its headline reading, as far as it is open.", list(json!({ "type": "string" })))),
            ("all", json!({ "anyOf": [{ "type": "null" }, reference("probability")] })),
            ("groups", json!({ "type": "object", "additionalProperties": reference("probability") })),
            ("pairs", json!({ "description": "Two targets at once: \"a & b\". Of more than 200 targets, those within each group of up to 50, and those that --pairs asks for.", "type": "object", "additionalProperties": reference("probability") })),
            ("count", described("Share of the paths on which exactly k goals are met, k = 0, 1, …", list(share()))),
        ], &["goals", "all", "groups", "pairs", "count"]),
        "prior": object("The same results without what was observed.", &[
            ("fingerprint", json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })),
            ("variables", table("Statistics by variable.", "variable")),
            ("metrics", table("Statistics by metric.", "metric")),
            ("targets", table("Probabilities by target.", "target")),
            ("joint", reference("joint")),
        ], &["fingerprint", "variables", "metrics", "targets", "joint"]),
        "evidence": evidence(),
        "convergence": object("How the error fell while paths were added (`--until`).", &[
            ("statistic", json!({ "description": "`probability`, or the statistic that was asked for.", "type": "string" })),
            ("wanted", json!({ "type": "number", "exclusiveMinimum": 0 })),
            ("reached", json!({ "type": "boolean" })),
            ("paths", list(json!({ "type": "integer", "minimum": 1 }))),
            ("standard_error", list(maybe())),
        ], &["statistic", "wanted", "reached", "paths", "standard_error"]),
    })
}

/// What was observed, and what it says.
fn evidence() -> Value {
    let number = || json!({ "type": "number" });
    let values = object(
        "An observed value.",
        &[("year", year("The year.")), ("value", number()), ("sd", number())],
        &["year", "value", "sd"],
    );
    let years = object(
        "How the paths are after an observed year.",
        &[
            ("year", year("The year.")),
            ("effective_paths", number()),
            ("unsolved", share()),
            ("not_returned", share()),
            ("log_likelihood", number()),
        ],
        &["year", "effective_paths", "unsolved", "not_returned", "log_likelihood"],
    );
    let name = || json!({ "type": "string" });
    let not_used = object(
        "An observed value that conditions nothing.",
        &[("variable", name()), ("year", year("The year.")), ("why", name())],
        &["variable", "year", "why"],
    );
    object(
        "What was observed, and what it says of the scenario.",
        &[
            ("observed", json!({ "type": "object", "additionalProperties": list(values) })),
            (
                "log_likelihood",
                described("The logarithm of the density of the record under the scenario.", number()),
            ),
            ("standard_error", described("Its standard error.", number())),
            (
                "plausibility",
                described(
                    "The share of records that the scenario gives which lie at least as far out.",
                    share(),
                ),
            ),
            ("effective_paths", described("How many paths of equal weight would say as much.", number())),
            ("largest_weight", share()),
            ("pareto_k", number()),
            ("years", list(years)),
            ("not_used", list(not_used)),
        ],
        &[
            "observed",
            "log_likelihood",
            "standard_error",
            "plausibility",
            "effective_paths",
            "largest_weight",
            "years",
        ],
    )
}

fn variable() -> Value {
    let by_year = |words: &str| described(words, list(maybe()));
    object(
        "Statistics of a variable; the lists run over `years`.",
        &[
            ("unit", unit()),
            ("title", text()),
            ("headline", json!({ "type": "boolean" })),
            ("years", list(json!({ "type": "integer" }))),
            ("mean", by_year("Mean of the finite values.")),
            ("standard_error", by_year("Standard error of the mean.")),
            ("sd", by_year("Standard deviation (n − 1).")),
            (
                "quantiles",
                json!({
                    "description": "By level, as a decimal, \"0.05\": the smallest value that at least this share of the paths does not exceed; null where it is not finite, and why says what it is.", "type": "object",
                    "propertyNames": { "pattern": LEVEL }, "additionalProperties": list(maybe()),
                }),
            ),
            (
                "quantile_errors",
                json!({
                    "description": "Standard errors of the quantiles, by the same levels.", "type": "object",
                    "propertyNames": { "pattern": LEVEL }, "additionalProperties": list(maybe()),
                }),
            ),
            ("minimum", by_year("Smallest finite value.")),
            ("maximum", by_year("Largest finite value.")),
            ("why", why(&json!({ "type": "object", "additionalProperties": code() }))),
            (
                "not_finite",
                described("Paths without a finite value.", list(json!({ "type": "integer", "minimum": 0 }))),
            ),
            ("first_not_finite", list(json!({ "type": ["integer", "null"] }))),
        ],
        &[
            "unit",
            "title",
            "headline",
            "years",
            "mean",
            "standard_error",
            "sd",
            "quantiles",
            "quantile_errors",
            "minimum",
            "maximum",
            "not_finite",
        ],
    )
}

fn metric() -> Value {
    object(
        "Statistics of a metric.",
        &[
            ("unit", unit()),
            ("title", text()),
            ("mean", maybe()),
            ("standard_error", maybe()),
            ("sd", maybe()),
            (
                "quantiles",
                json!({
                    "description": "Over all paths: the smallest value that at least this share of them does not exceed; null where it is not finite, and why says what it is.", "type": "object",
                    "propertyNames": { "pattern": LEVEL }, "additionalProperties": maybe(),
                }),
            ),
            (
                "quantile_errors",
                json!({
                    "description": "Standard errors of the quantiles, by the same levels.", "type": "object",
                    "propertyNames": { "pattern": LEVEL }, "additionalProperties": maybe(),
                }),
            ),
            ("minimum", maybe()),
            ("maximum", maybe()),
            ("why", why(&code())),
            (
                "never",
                described(
                    "Share of the paths on which the year never comes; 0 where infinity is no year.",
                    share(),
                ),
            ),
            (
                "never_counts_as",
                described("What such a path counts as for what drives it: the year after the last.", maybe()),
            ),
            ("mean_counted", described("The mean with that counted.", maybe())),
            ("sd_counted", described("The standard deviation with that counted.", maybe())),
            (
                "not_finite",
                count("Paths on which it is infinite or not a number, but for years that never come."),
            ),
            ("first_not_finite", json!({ "type": ["integer", "null"] })),
            ("central", maybe()),
            (
                "members",
                described(
                    "Of a metric that names a member, the one with the largest value: how often each is it.",
                    list(object(
                        "A member.",
                        &[
                            ("member", json!({ "type": "string" })),
                            ("title", text()),
                            ("share", share()),
                            ("standard_error", maybe()),
                        ],
                        &["member", "title", "share"],
                    )),
                ),
            ),
        ],
        &[
            "unit",
            "title",
            "mean",
            "standard_error",
            "sd",
            "quantiles",
            "quantile_errors",
            "minimum",
            "maximum",
            "never",
            "not_finite",
            "central",
        ],
    )
}

fn target() -> Value {
    let mut properties = probability();
    properties.extend([
        ("title", text()),
        ("group", json!({ "type": "string" })),
        ("source", json!({ "type": "string" })),
        ("figure", json!({ "description": "The figure of the plan that it states; empty where none.", "type": "string" })),
        ("require", json!({ "description": "As written in the scenario.", "type": "string" })),
        ("variant_of", json!({ "description": "The target of whose goal this is another reading; absent where it is a goal of its own.", "type": "string" })),
        ("joins", described("The targets that it joins by `and`, where it asks nothing else.", list(json!({ "type": "string" })))),
        (
            "marks",
            list(object(
                "A level that it asks of a variable.",
                &[
                    ("variable", json!({ "type": "string" })),
                    ("year", year("The year.")),
                    ("level", json!({ "type": "number" })),
                    ("at_least", json!({ "type": "boolean" })),
                ],
                &["variable", "year", "level", "at_least"],
            )),
        ),
        ("not_known", count("Paths on which its truth is not known; they count as not met.")),
        ("central", json!({ "description": "Whether it is met on the central path.", "type": "boolean" })),
        ("prior", reference("probability")),
    ]);
    let required = ["title", "group", "source", "require", "not_known", "central"];
    let mut target = object("The odds of a target, or its recorded outcome.", &properties, &required);
    target["anyOf"] = json!([{ "required": PROBABILITY }, { "required": ["decided"] }]);
    target
}

const PROBABILITY: [&str; 4] = ["probability", "standard_error", "low", "high"];

/// A code for each statistic that is not known.
fn why(of: &Value) -> Value {
    json!({
        "description": "Why a statistic is null, by its name (a quantile by its level, its error as \"quantile_errors.0.05\") and the year.",
        "type": "object", "additionalProperties": of,
    })
}

fn code() -> Value {
    json!({
        "description": "none: no value; one: only one; never: it falls on, or takes in, paths that never get there; infinite: sums are not finite; plus_infinity, minus_infinity: it is that; some_infinite: it takes in infinite values; not_a_number: values that are none decide it; tail: the tail is so heavy that the number, given, does not settle.",
        "enum": ["none", "one", "never", "infinite", "plus_infinity", "minus_infinity", "some_infinite", "not_a_number", "no_spread", "tail"],
    })
}

/// A level between 0 and 1 as a decimal.
const LEVEL: &str = r"^0?\.[0-9]+(e-[0-9]+)?$|^[0-9.]+e-[0-9]+$";

fn probability() -> Vec<(&'static str, Value)> {
    vec![
        ("probability", described("Share of the paths on which it holds.", share())),
        (
            "standard_error",
            json!({
                "description": "null where it holds on no path or on every one: low and high say how much is known.",
                "type": ["number", "null"], "minimum": 0,
            }),
        ),
        ("low", described("Lower end of the 95 % Wilson interval.", share())),
        ("high", described("Upper end.", share())),
        (
            "open",
            json!({
                "description": "true where it is not known on some paths whether it holds there: it may lie anywhere from low to high, and no standard_error is told.",
                "type": "boolean",
            }),
        ),
        (
            "decided",
            json!({
                "description": "What decides it without counting paths: the equations (always, never) or the record (met, missed). A target that the record decides has no probability.",
                "enum": ["always", "never", "met", "missed"],
            }),
        ),
    ]
}

fn object(words: &str, properties: &[(&str, Value)], required: &[&str]) -> Value {
    let properties: Map<String, Value> =
        properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    json!({
        "description": words, "type": "object", "properties": properties, "required": required,
        "additionalProperties": false,
    })
}

fn table(words: &str, of: &str) -> Value {
    json!({ "description": words, "type": "object", "additionalProperties": reference(of) })
}

fn list(items: impl Into<Value>) -> Value {
    json!({ "type": "array", "items": items.into() })
}

fn described(words: &str, mut schema: Value) -> Value {
    schema["description"] = words.into();
    schema
}

fn maybe() -> Value {
    json!({ "type": ["number", "null"] })
}

fn share() -> Value {
    json!({ "type": "number", "minimum": 0, "maximum": 1 })
}

fn count(words: &str) -> Value {
    json!({ "description": words, "type": "integer", "minimum": 0 })
}

/// A quarter or month.
const PERIOD: &str = "^[0-9]{1,4}(Q[1-4]|M(0[1-9]|1[0-2]))$";

fn year(words: &str) -> Value {
    json!({
        "description": words,
        "oneOf": [
            { "type": "integer" },
            { "type": "string", "pattern": PERIOD, "description": "A quarter or month, where these are the steps." },
        ],
    })
}

fn unit() -> Value {
    json!({ "description": "Unit as written; empty where none was.", "type": "string" })
}

fn text() -> Value {
    reference("text")
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}
