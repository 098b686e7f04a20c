//! The JSON Schema of a scenario file, for editors: completion, descriptions and errors while typing.
//!
//! It describes one file as it stands on disk. A file that extends another may be any part of a scenario,
//! so hardly any key is required; what only the whole scenario can show (names, units, years, circles) is
//! the business of `plancast validate`.

mod data;

use serde_json::{Value, json};

use super::pool::MOST_WORLDS;
use super::softness::FigureSoftness;
use super::written::SAMPLINGS;

/// The name under which the schema lies beside a scenario.
pub const FILE_NAME: &str = "plancast.schema.json";

/// The first line of a scenario file that tells editors where its schema is.
pub const DIRECTIVE: &str = "#:schema ./plancast.schema.json";

/// A name: a letter or `_`, then letters, digits and `_`.
const NAME: &str = r"^[\p{L}_][\p{L}\p{N}_]*$";

/// The left side of an equation: a name with its indices, if any.
const DECLARATION: &str = r"^\s*[\p{L}_][\p{L}\p{N}_]*\s*(\[[\p{L}\p{N}_:,\s]*\])?\s*$";

/// The schema (draft 2020-12).
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "plancast scenario, version 1",
        "description": "Data, uncertainty, equations and targets of a development plan.",
        "type": "object",
        "properties": tables(),
        "propertyNames": { "pattern": NAME },
        "additionalProperties": reference("members"),
        "$defs": definitions(),
    })
}

/// The language's own tables. Every other table holds the members of a set.
fn tables() -> Value {
    json!({
        "scenario": reference("scenario"),
        "time": reference("time"),
        "sets": named("Sets: dimensions that data and variables are indexed by.", "set"),
        "parameters": named("Inputs drawn once per path: numbers that are not known for sure.", "parameter"),
        "shocks": named("Inputs drawn every year of every path: the world moving.", "shock"),
        "distributions": named("Distributions that quantities use by their names.", "distribution"),
        "correlations": {
            "description": "Correlations between inputs (a copula of normals, or of Student's t).",
            "type": "array",
            "items": reference("correlation"),
        },
        "variables": {
            "description": "Equations, in any order: the key is a name with its indices, as in \"va[sector]\".",
            "type": "object",
            "propertyNames": { "pattern": DECLARATION },
            "additionalProperties": unset_or("variable"),
        },
        "simultaneous": named("Equations that use each other in the same year and are solved together.", "simultaneous"),
        "metrics": named("One number per path.", "metric"),
        "targets": named("One truth per path: what is to be reached.", "target"),
        "gates": {
            "description": "Statements about the distribution that `plancast check` enforces. The key is the statement in words.",
            "type": "object",
            "additionalProperties": unset_or("gate"),
        },
        "history": named("Observed values of variables, drawn before the fan.", "history"),
        "observations": named("What became known of variables, with measurement errors.", "observations"),
        "fit": named("What `plancast fit` estimates from the histories.", "fit"),
        "groups": {
            "description": "Inputs that are spoken of as one where results say what drives them.",
            "type": "object",
            "additionalProperties": unset_or("group"),
        },
        "sources": {
            "description": "Citations, by the id that `source` names.",
            "type": "object",
            "additionalProperties": unset_or("source"),
        },
        "units": {
            "description": "Units of the scenario's own.",
            "type": "object",
            "additionalProperties": unset_or("unit"),
        },
        "figures": {
            "description": "Figures of the document that the plan is, by the id that `figure` and a target's `id` name.",
            "type": "object",
            "additionalProperties": unset_or("figure"),
        },
        "softness": {
            "description": "What a target has to ask of a figure, by how soft the figure's words are.",
            "type": "object",
            "propertyNames": { "enum": softness_codes() },
            "additionalProperties": unset_or("softness_rule"),
        },
        "accounts": named("What adds up to what: by these `plancast audit` holds figures against each other.", "account"),
        "decompositions": named("Variables as sums of products of factors, for `plancast decompose`.", "decomposition"),
        "tables": named("Points joined by straight lines, for lookup(x, table).", "lookup_table"),
        "pool": reference("pool"),
        "run": reference("run"),
    })
}

fn softness_codes() -> Vec<&'static str> {
    FigureSoftness::ALL.into_iter().map(FigureSoftness::code).collect()
}

fn definitions() -> Value {
    let mut all = json!({});
    for part in [heads(), sets(), inputs(), equations(), results(), citations(), quantities(), small()] {
        if let (Value::Object(all), Value::Object(part)) = (&mut all, part) {
            all.extend(part);
        }
    }
    all
}

fn heads() -> Value {
    json!({
        "scenario": table("What the scenario is called and what it rests on.", json!({
            "title": text("Title."),
            "summary": text("What it assumes and why."),
            "region": text("The region it speaks of."),
            "headline": {
                "description": "The targets that tables, pages and charts lead with: five to eight.",
                "type": "array",
                "items": { "type": "string" },
            },
            "id": {
                "description": "Short name, and the folder of its runs; by default the file's name without .toml.",
                "type": "string",
                "pattern": r#"^[^\p{Cc}/\\<>:"|?*. ]([^\p{Cc}/\\<>:"|?*]*[^\p{Cc}/\\<>:"|?*. ])?$"#,
            },
            "extends": {
                "description": "The file, or list of files, that this one starts from and changes: paths relative to it, or names of built-in scenarios.",
                "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
            },
        })),
        "time": table("The horizon, in steps of a year, a quarter or a month.", json!({
            "step": { "description": "How long a step is: a year where nothing is said.", "enum": ["year", "quarter", "month"] },
            "start": year("Base year, quarter or month: `start` values hold here."),
            "end": year("Last year, quarter or month."),
        })),
        "pool": table("Several worlds, of which each path is one.", json!({
            "worlds": {
                "description": "The worlds. Their weights add to 1.",
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_WORLDS,
                "items": reference("world"),
            },
        })),
        "world": table("A scenario with its weight among the worlds of a pool.", json!({
            "scenario": {
                "description": "The scenario: a path relative to this file, the name of a built-in one, or its tables.",
                "oneOf": [{ "type": "string" }, { "type": "object" }],
            },
            "weight": {
                "description": "Its share of the paths, above 0.",
                "oneOf": [{ "type": "number", "exclusiveMinimum": 0 }, { "type": "string", "pattern": "%$" }],
            },
            "name": { "description": "What results call it; by default the scenario's id.", "type": "string" },
            "note": text("Why it has this weight."),
        })),
        "run": table("With which options `run` and `check` simulate it where the command line names no others.", json!({
            "paths": whole("How many paths."),
            "seed": whole("Seed of all draws."),
            "sampling": { "description": "How paths are spread.", "enum": SAMPLINGS },
            "given": { "description": "Only the paths on which this holds.", "type": "string" },
            "record": {
                "description": "Variables that are recorded besides the headlines.",
                "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
            },
            "quantiles": {
                "description": "Levels of the quantiles that are reported.",
                "type": "array",
                "minItems": 1,
                "items": { "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 },
            },
            "sensitivity": { "description": "Whether it is looked for what drives the results.", "type": "boolean" },
            "pairs": {
                "description": "Of more than 200 targets, those of which every two are counted together; `all` for all.",
                "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
            },
        })),
    })
}

fn sets() -> Value {
    json!({
        "set": table("A set: a table of records, whose members stand in a table of the set's name, or in a file.", all_of([
            json!({ "fields": named("What every member has.", "field") }),
            data::set(&reference("text"), &source()),
            data::dialect(),
        ])),
        "field": {
            "oneOf": [
                { "type": "string", "description": "What it is." },
                table("A quantity that every member has.", json!({
                    "unit": unit(),
                    "doc": text("What it is."),
                    "title": text("Title."),
                    "default": with(quantity(), "Value of the members that give none."),
                    "over": { "description": "A further set by which the field is indexed.", "type": "string", "pattern": NAME },
                    "min": number("Smallest admissible value."),
                    "max": number("Largest admissible value."),
                })),
            ],
        },
        "members": {
            "description": "The members of the set of this name.",
            "type": "object",
            "propertyNames": { "pattern": NAME },
            "additionalProperties": unset_or("member"),
        },
        "member": {
            "description": "A member: its title and its fields' quantities.",
            "type": "object",
            "properties": { "title": text("Title."), "doc": text("What it is.") },
            "propertyNames": { "pattern": NAME },
            "additionalProperties": { "anyOf": [quantity(), { "const": "unset" }] },
        },
    })
}

fn inputs() -> Value {
    let mut parameter = provenance();
    add(&mut parameter, "value", with(quantity(), "The value."));
    add(&mut parameter, "over", over());
    add(&mut parameter, "doc", text("What it is."));
    add(
        &mut parameter,
        "lever",
        table(
            "The range over which a planner can move the parameter.",
            json!({
                "min": number("Lower end."),
                "max": number("Upper end."),
                "step": number("Step."),
            }),
        ),
    );
    let mut shock = provenance();
    add(&mut shock, "dist", with(quantity(), "The distribution of each year's draw."));
    add(&mut shock, "over", over());
    add(&mut shock, "doc", text("What it is."));
    json!({
        "parameter": main_or_table("value", &quantity(), "A scalar or indexed input.", &parameter),
        "shock": main_or_table("dist", &quantity(), "A yearly random input.", &shock),
        "distribution": main_or_table("dist", &distribution_text(), "A distribution that has a name.", &json!({
            "dist": distribution_text(),
            "mixture": {
                "description": "The distributions of which each draw is one, with their weights.",
                "type": "array", "minItems": 1,
                "items": {
                    "type": "object",
                    "properties": { "weight": reference("number"), "dist": distribution_text() },
                    "required": ["weight", "dist"],
                    "additionalProperties": false,
                },
            },
            "title": text("Title."),
            "doc": text("What it is."),
            "source": source(),
            "note": text("A remark."),
        })),
        "correlation": {
            "description": "The correlation of two inputs, or of all members' inputs.",
            "type": "object",
            "properties": {
                "between": {
                    "description": "Two inputs: [\"eps[coal]\", \"eps[services]\"].",
                    "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2,
                },
                "among": {
                    "description": "An input of every member of a set: \"eps[sector]\", or a list of inputs.",
                    "oneOf": [
                        { "type": "string" },
                        { "type": "array", "items": { "type": "string" }, "minItems": 2 },
                    ],
                },
                "rank": {
                    "description": "Whether the numbers are rank correlations (Spearman's).", "type": "boolean",
                },
                "copula": {
                    "description": "\"gaussian\" or \"t(4)\", with degrees of freedom.",
                    "type": "string", "pattern": r"^ *(gaussian|t\([^()]*\)) *$",
                },
                "value": with(reference("number"), "The correlation of the underlying normals, from -1 to 1."),
                "matrix": {
                    "description": "Rows in the order of the inputs.",
                    "type": "array",
                    "items": { "type": "array", "items": { "type": "number", "minimum": -1, "maximum": 1 } },
                },
                "source": source(),
                "note": text("A remark."),
            },
            "additionalProperties": false,
            "oneOf": [
                { "required": ["between", "value"] },
                { "required": ["among", "value"] },
                { "required": ["among", "matrix"] },
            ],
        },
    })
}

/// A distribution as text.
fn distribution_text() -> Value {
    json!({ "description": "A distribution \"normal(6%, 1%)\" or a range \"6% to 10%\".", "type": "string" })
}

fn equations() -> Value {
    json!({
        "variable": main_or_table("formula", &formula(), "A yearly quantity of a path.", &json!({
            "formula": with(formula(), "The equation of a year."),
            "start": with(formula(), "The value in the base year; the formula holds from the next year on."),
            "unit": unit(),
            "title": text("Title."),
            "doc": text("What it is."),
            "report": { "description": "Whether it is a headline: recorded, printed and drawn.", "type": "boolean" },
            "min": number("What it should be at least: paths that fall below are counted."),
            "max": number("What it should be at most: paths that rise above are counted."),
            "note": text("A remark."),
            "source": source(),
        })),
        "metric": main_or_table("formula", &formula(), "One number per path.", &json!({
            "formula": with(formula(), "What it is, over a whole path: cagr(gdp, 2020, 2025)."),
            "unit": unit(),
            "title": text("Title."),
            "doc": text("What it is."),
            "note": text("A remark."),
            "source": source(),
        })),
    })
}

fn results() -> Value {
    json!({
        "target": main_or_table("require", &formula(), "One truth per path.", &json!({
            "require": with(formula(), "What must hold: gdp@2025 >= 1400."),
            "states": with(formula(), "The number as the document has it, where `require` leaves room: gdp@2025 == 1400 for \"about 1400\"."),
            "title": text("Title."),
            "group": { "description": "Targets of one group stand together.", "type": "string" },
            "source": source(),
            "note": text("A remark, such as the document's own words."),
            "id": { "description": "The figure's name in the list of the document's figures. Targets of one figure are readings of one goal, which counts once.", "type": "string" },
            "goal": { "description": "The goal that it is a reading of: the name of another target, or one that several share.", "type": "string" },
            "variant_of": { "description": "The target of whose goal this is another reading: it is shown under it, and not counted.", "type": "string" },
            "doc": text("What it is."),
        })),
        "gate": main_or_table("require", &formula(), "A statement about the distribution.", &json!({
            "require": with(formula(), "What must hold: p(gdp_2025) >= 50%."),
            "note": text("A remark."),
            "source": source(),
        })),
        "lookup_table": table("Points joined by straight lines; beyond the ends the value stays.", json!({
            "x": { "description": "Where the points are, rising.", "type": "array", "items": reference("number"), "minItems": 1 },
            "y": { "description": "The value at each.", "type": "array", "items": reference("number"), "minItems": 1 },
            "x_unit": with(unit(), "Unit of x."),
            "unit": with(unit(), "Unit of the values."),
            "title": text("Title."),
            "doc": text("What it is."),
            "note": text("A remark."),
            "source": source(),
        })),
        "history": table("Observed values of the variable of this name.", all_of([data::dialect(), json!({
            "file": data::file(),
            "year": { "description": "Name of the column of years.", "type": "string" },
            "value": { "description": "Name of the column of values.", "type": "string" },
            "unit": { "description": "Name of the column of units, where several are observed side by side: a panel.", "type": "string" },
            "published": { "description": "Name of the column of days of publication.", "type": "string" },
            "values": { "description": "The values by year, in place of a file.", "type": "object" },
            "source": source(),
            "note": text("A remark."),
        })])),
        "observations": table("What became known of the variable of this name.", all_of([data::dialect(), json!({
            "file": data::file(),
            "year": { "description": "Name of the column of years.", "type": "string" },
            "value": { "description": "Name of the column of values.", "type": "string" },
            "published": { "description": "Name of the column of days of publication.", "type": "string" },
            "values": { "description": "The values by year, in place of a file.", "type": "object" },
            "sd": {
                "description": "The measurement error: a number in the variable's unit, or a share of the value such as \"1%\"; or by year.",
                "oneOf": [{ "type": "number", "minimum": 0 }, { "type": "string" }, { "type": "object" }],
            },
            "scale": { "description": "What values are multiplied by, to bring another vintage to the model's base.", "type": "number" },
            "as_of": { "description": "What was published later is not used: \"2024-03-01\".", "type": "string" },
            "source": source(),
            "note": text("A remark."),
        })])),
        "simultaneous": table("Variables whose equations use each other in the same year.", json!({
            "solves": variables("The variables that are solved for: all of the circle."),
            "tolerance": {
                "description": "How large an error may be, relative to the value: 1e-10 where it is not written.",
                "type": "number", "minimum": 1e-14, "maximum": 1e-3,
            },
            "most": whole("How often the formulas may be evaluated: 100 where it is not written."),
            "from": {
                "description": "What it starts from: \"previous\", which is the year before, or formulas by variable.",
                "oneOf": [
                    { "const": "previous" },
                    { "type": "object", "additionalProperties": { "oneOf": [{ "type": "string" }, { "type": "number" }] } },
                ],
            },
            "note": text("A remark."),
        })),
        "fit": table("Inputs that are estimated from the histories.", json!({
            "of": {
                "description": "The series: variables with a history, or formulas of these.",
                "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
            },
            "over": {
                "description": "First and last year of the window.",
                "type": "array", "items": year("A year, quarter or month."), "minItems": 2, "maxItems": 2,
            },
            "free": {
                "description": "The inputs that are estimated: a list of names, which may end in *, for `match`; of a method, by its estimates.",
                "oneOf": [
                    { "type": "string" },
                    { "type": "array", "items": { "type": "string" } },
                    { "type": "object", "additionalProperties": { "type": "string" } },
                ],
            },
            "match": {
                "description": "Moments of simulations of the scenario that are matched to those of the record.",
                "type": "array", "items": { "enum": ["mean", "sd", "autocorrelation", "correlation"] },
            },
            "method": { "description": "Estimation by likelihood.", "enum": ["ar1", "var1", "local_level"] },
            "innovations": { "description": "The distribution of what is new every year.", "enum": ["normal", "t"] },
            "draws": whole("How many joint draws of the estimates are kept."),
            "note": text("A remark."),
        })),
    })
}

fn citations() -> Value {
    json!({
        "group": main_or_table(
            "inputs",
            &json!({ "type": "array", "items": { "type": "string" } }),
            "Inputs that are spoken of as one.",
            &json!({
                "title": text("Title."),
                "inputs": {
                    "description": "Names of inputs: \"trend[coal].2021\", \"trend[coal]\" or \"trend\".",
                    "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
                },
            }),
        ),
        "source": table("A citation.", json!({
            "title": text("Title."),
            "grade": {
                "description": "How good it is.",
                "oneOf": [
                    { "const": "A", "description": "Official, quoted." },
                    { "const": "B", "description": "Secondary." },
                    { "const": "C", "description": "Unconfirmed." },
                    { "const": "D", "description": "Assumed or derived." },
                ],
            },
            "url": { "description": "Where it can be read.", "type": "string" },
            "note": text("A remark."),
        })),
        "figure": main_or_table("words", &reference("text"), "A figure of the document.", &json!({
            "words": text("The document's own words."),
            "title": text("Title, or a gloss."),
            "source": source(),
            "softness": { "description": "How soft its words are.", "enum": softness_codes() },
            "all_of": variables("The variables that it means together."),
        })),
        "softness_rule": table("What a target asks of a figure that is so soft.", json!({
            "share": {
                "description": "The share of a number that has to be reached: \"97.5%\" leaves a little room.",
                "oneOf": [{ "type": "number", "minimum": 0 }, { "type": "string" }],
            },
            "status": variable("The variable that says of a work how far it must be: started."),
            "words": {
                "description": "The document's words that make a figure so soft.",
                "type": "array",
                "items": { "type": "string" },
            },
            "note": text("A remark."),
        })),
        "account": table("What adds up to what: whole and parts, a ratio, or supply and claims.", json!({
            "title": text("Title."),
            "note": text("A remark."),
            "source": source(),
            "whole": variable("The whole."),
            "parts": variables("Parts of it, not all of them."),
            "outside": variables("What the parts hold that the whole does not."),
            "ratio": { "description": "One variable over another: \"gdp / energy\".", "type": "string" },
            "supply": variable("What there is."),
            "claims": variables("What is promised: variables, parameters or fields."),
        })),
        "decomposition": table("A variable as a sum of products of factors.", json!({
            "of": variable("The variable; by default that of the decomposition's name."),
            "title": text("Title."),
            "rest": text("What is left over where the products are not the whole."),
            "effects": named("The factors, by the names of their effects.", "effect"),
        })),
        "effect": main_or_table("formula", &formula(), "A factor.", &json!({
            "formula": with(formula(), "The factor; the terms run over the sets that no sum binds: va[sector] / gdp."),
            "title": text("Title of its effect."),
            "each": { "description": "The set by whose members the effect is told.", "type": "string" },
        })),
        "unit": main_or_table("of", &json!({ "type": "string" }), "A unit of the scenario's own.", &json!({
            "of": { "description": "\"base\" for a unit of its own kind, or what it stands for: \"50 kg\".", "type": "string" },
            "title": text("Title."),
        })),
    })
}

/// The forms of a data value; no value has two of them.
fn quantities() -> Value {
    let mut value = provenance();
    add(&mut value, "value", with(quantity(), "The value."));
    let mut other: Vec<String> =
        value.as_object().into_iter().flat_map(|keys| keys.keys().cloned()).collect();
    other.push("interpolate".into());
    json!({
        "quantity": {
            "oneOf": [
                { "type": "number", "description": "A number." },
                reference("quantityText"),
                { "type": "object", "description": "A value with its provenance.", "properties": value, "additionalProperties": false, "minProperties": 1 },
                {
                    "type": "object",
                    "description": "By year: each value holds from its year until the next.",
                    "properties": { "interpolate": { "description": "Straight lines between the years, flat outside.", "const": "linear" } },
                    "patternProperties": { PERIOD_KEY: quantity() },
                    "additionalProperties": false,
                    "minProperties": 1,
                },
                {
                    "type": "object",
                    "description": "By member of the further set that the field or parameter is indexed by.",
                    "propertyNames": { "pattern": NAME, "not": { "enum": other } },
                    "additionalProperties": quantity(),
                    "minProperties": 1,
                },
            ],
        },
        "quantityText": {
            "description": "A number (\"8%\"), a range (\"6% to 10%\": the 5 % and 95 % quantiles of a normal), or a distribution: normal(mean, sd), lognormal(mu, sigma), uniform(min, max), triangular(min, mode, max), pert(min, mode, max), two_piece_normal(mode, sd_low, sd_high), student_t(df, location, scale), beta(a, b), gamma(shape, scale), exponential(rate), weibull(shape, scale), bernoulli(p), poisson(rate), discrete(v1: w1, …), empirical('file.csv', 'column'), values(v1, …), resample('file.csv', 'column') or resample(v1, …), truncate(dist, low, high).",
            "type": "string",
            "pattern": r"\S",
        },
    })
}

fn small() -> Value {
    json!({
        "text": {
            "oneOf": [
                { "type": "string" },
                table("A text by language.", json!({
                    "en": { "description": "English.", "type": "string" },
                    "zh": { "description": "Chinese.", "type": "string" },
                })),
            ],
        },
        "number": {
            "oneOf": [{ "type": "number" }, { "type": "string", "pattern": r"^\s*[-+]?[0-9._]+([eE][-+]?[0-9]+)?\s*%?\s*$" }],
        },
        "formula": { "type": ["string", "number"] },
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn unset_or(name: &str) -> Value {
    json!({ "anyOf": [reference(name), { "const": "unset", "description": "Removes what was inherited." }] })
}

/// A table whose keys are names.
fn named(description: &str, entry: &str) -> Value {
    json!({
        "description": description,
        "type": "object",
        "propertyNames": { "pattern": NAME },
        "additionalProperties": unset_or(entry),
    })
}

/// The keys of several tables.
fn all_of<const PARTS: usize>(parts: [Value; PARTS]) -> Value {
    let tables = parts.into_iter().filter_map(|part| match part {
        Value::Object(table) => Some(table),
        _ => None,
    });
    Value::Object(tables.flatten().collect())
}

/// A table with these keys and no others.
fn table(description: &str, properties: Value) -> Value {
    let mut table = json!({ "description": description, "type": "object", "additionalProperties": false });
    add(&mut table, "properties", properties);
    table
}

/// The main entry alone, or a table that holds it. A value by year or member is a table too, so that for
/// quantities the keys decide: a table with none of the others' keys is the main entry.
fn main_or_table(main: &str, alone: &Value, description: &str, properties: &Value) -> Value {
    let keys: Vec<Value> = properties
        .as_object()
        .into_iter()
        .flat_map(|keys| keys.keys())
        .map(|key| json!({ "required": [key] }))
        .collect();
    let alone = json!({ "allOf": [alone, { "not": { "type": "object", "anyOf": keys } }], "description": format!("`{main}` alone.") });
    json!({ "oneOf": [alone, table(description, properties.clone())] })
}

fn provenance() -> Value {
    let figure = variables("Figures of the document that it rests on: ids of [figures].");
    json!({ "unit": unit(), "source": source(), "figure": figure, "note": text("A remark."), "title": text("Title.") })
}

fn add(object: &mut Value, key: &str, value: Value) {
    object[key] = value;
}

fn with(mut schema: Value, description: &str) -> Value {
    add(&mut schema, "description", json!(description));
    schema
}

fn quantity() -> Value {
    reference("quantity")
}

fn formula() -> Value {
    reference("formula")
}

fn text(description: &str) -> Value {
    with(reference("text"), description)
}

/// A whole number; a large one in quotes.
fn whole(description: &str) -> Value {
    json!({
        "description": description,
        "oneOf": [{ "type": "integer", "minimum": 0 }, { "type": "string", "pattern": "^[0-9]+$" }],
    })
}

fn number(description: &str) -> Value {
    with(reference("number"), description)
}

fn unit() -> Value {
    json!({ "description": "Unit: \"1e8 CNY\", \"tCO2/tce\", \"1/yr\"; \"1\" for a pure number.", "type": "string" })
}

fn source() -> Value {
    json!({ "description": "Where it comes from: an id of [sources].", "type": "string" })
}

fn variable(description: &str) -> Value {
    json!({ "description": description, "type": "string" })
}

/// A name with members or a list of such names.
fn variables(description: &str) -> Value {
    json!({
        "description": description,
        "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
    })
}

/// A quarter or month.
const PERIOD: &str = "^(0|[1-9][0-9]{0,3})(Q[1-4]|M(0?[1-9]|1[0-2]))$";

/// A year, quarter or month as a key.
const PERIOD_KEY: &str = "^(0|[1-9][0-9]{0,3})(Q[1-4]|M(0?[1-9]|1[0-2]))?$";

fn year(description: &str) -> Value {
    json!({
        "description": description,
        "oneOf": [
            { "type": "integer", "minimum": 0, "maximum": 9999 },
            { "type": "string", "pattern": PERIOD },
        ],
    })
}

fn over() -> Value {
    json!({
        "description": "The set, or list of sets, that it is indexed by.",
        "oneOf": [{ "type": "string", "pattern": NAME }, { "type": "array", "items": { "type": "string", "pattern": NAME } }],
    })
}
