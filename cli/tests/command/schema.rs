//! The JSON Schema that `plancast schema` prints, judged by an independent validator.

use assert_cmd::Command;
use plancast::scenario::{builtin, schema::schema};
use serde_json::Value;

fn validator() -> jsonschema::Validator {
    jsonschema::draft202012::new(&schema()).expect("the schema is a schema")
}

/// A TOML text as the JSON that an editor validates.
fn json(text: &str) -> Value {
    let table: toml::Table = toml::from_str(text).expect("TOML");
    serde_json::to_value(table).expect("JSON")
}

/// What the schema says against a text.
fn errors(text: &str) -> Vec<String> {
    validator().iter_errors(&json(text)).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_schema_obeys_the_draft_it_names() {
    jsonschema::draft202012::meta::validate(&schema()).expect("valid against the meta-schema");
}

#[test]
fn every_built_in_scenario_file_is_valid() {
    let files: Vec<_> =
        builtin::files().into_iter().filter(|file| file.path.rsplit('.').next() == Some("toml")).collect();
    assert!(files.len() >= 5);
    for file in files {
        assert_eq!(errors(file.text), Vec::<String>::new(), "{}", file.path);
    }
}

#[test]
fn the_file_with_every_feature_is_valid() {
    assert_eq!(errors(include_str!("../../../tests/mistakes/good.toml")), Vec::<String>::new());
    assert_eq!(errors(EVERYTHING), Vec::<String>::new());
}

/// What the built-in scenarios do not use.
const EVERYTHING: &str = r#"
[scenario]
extends = "base.toml"
[units]
crate = { of = "50 kg", title = "Crate" }
ton_of_rice = "base"
[sets]
old = "unset"
[sets.sector.fields]
a = "a field in words"
b = { default = { 2021 = 1, 2026 = "2% to 3%" }, over = "fuel", min = "1%", max = 3 }
[sector]
gone = "unset"
here.b = { value = { coal = { value = 1, source = "s" }, gas = "uniform(0, 1)" }, note = { zh = "注" } }
here.a = { 2021 = { value = 3, note = "n" } }
[parameters]
x = "unset"
y = { interpolate = "linear", 2021 = 1, 2030 = "normal(1, 1)" }
z = { value = 3, lever = { min = 0, max = "5%", step = 1 } }
w = { title = "only a new title" }
v = { over = ["sector", "fuel"], value = { coal = 1, gas = 2 } }
[shocks]
e = "normal(0, 1)"
[[correlations]]
among = "e[sector]"
value = "30%"
[variables]
"flow[i:sector, j:sector]" = "1"
n = 3
[simultaneous.c]
solves = ["n", "m"]
tolerance = 1e-9
most = 50
from = { n = "prev(n)", m = 3 }
note = "a remark"
[gates]
"anything: in words" = "p(t) > 5%"
[history.gdp]
file = "h.csv"
[figures]
one = "翻番"
two = { words = { zh = "翻番" }, all_of = ["a", "b[c]"] }
three = "unset"
[accounts]
a = { whole = "x", parts = ["y", "z[m]"], outside = "w", title = "t" }
b = { ratio = "x / y", note = "n" }
c = { supply = "x", claims = "y" }
d = "unset"
[decompositions]
z = { of = "x", title = "t", rest = "r", effects = { a = "y", b = { formula = "z[m]", each = "m", title = "t" }, c = "unset" } }
w = "unset"
[targets]
t = { require = "x@2025 >= 1", states = "x@2025 == 1", id = "one" }
"#;

#[test]
fn what_the_language_rejects_the_schema_rejects() {
    let wrong = [
        ("an unknown key", "[scenario]\ntitel = \"x\""),
        ("an unknown key of a variable", "[variables]\nx = { formla = \"1\" }"),
        ("an unknown key of a decomposition", "[decompositions]\nx = { off = \"gdp\" }"),
        ("an effect that is a list", "[decompositions.x.effects]\na = [\"gdp\"]"),
        ("an unknown key of a field", "[sets.s.fields]\nx = { unt = \"1\" }"),
        ("a year that is a string", "[time]\nstart = \"2020\""),
        ("a year with a fraction", "[time]\nstart = 2020.5"),
        ("a grade that does not exist", "[sources]\nx = { grade = \"E\" }"),
        ("a name with a hyphen", "[parameters]\na-b = 1"),
        ("a table with a hyphen", "[a-b]\nx = 1"),
        ("a left side that is no name", "[variables]\n\"2 * x\" = \"1\""),
        ("a title that is a number", "[scenario]\ntitle = 7"),
        ("a language that does not exist", "[scenario]\ntitle = { de = \"x\" }"),
        ("a value that is true", "[parameters]\nx = true"),
        ("a value that is a list", "[s.m]\nx = [1]"),
        ("a value that is empty", "[parameters]\nx = \"\""),
        ("years and members mixed", "[s.m]\nx = { coal = 1, 2025 = 1 }"),
        ("interpolation of an unknown kind", "[parameters]\nx = { interpolate = \"cubic\", 2021 = 1 }"),
        ("a correlation of one input", "[[correlations]]\nbetween = [\"a\"]\nvalue = 0.1"),
        ("a correlation without a value", "[[correlations]]\nbetween = [\"a\", \"b\"]"),
        (
            "a correlation of both kinds",
            "[[correlations]]\nbetween = [\"a\", \"b\"]\namong = \"e[s]\"\nvalue = 0.1",
        ),
        ("a report that is a word", "[variables]\nx = { formula = \"1\", report = \"yes\" }"),
        ("a member that is a number", "[s]\nm = 1"),
        ("an id with a slash", "[scenario]\nid = \"a/b\""),
        ("an `extends` that is a number", "[scenario]\nextends = 1"),
    ];
    for (title, text) in wrong {
        assert!(!validator().is_valid(&json(text)), "accepted: {title}");
    }
}

#[test]
fn every_definition_says_what_it_is_and_every_reference_leads_somewhere() {
    fn walk(value: &Value, root: &Value) {
        if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            assert!(root.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
        }
        match value {
            Value::Object(map) => map.values().for_each(|inner| walk(inner, root)),
            Value::Array(list) => list.iter().for_each(|inner| walk(inner, root)),
            _ => {}
        }
    }
    let schema = schema();
    walk(&schema, &schema);
    for (name, table) in schema["properties"].as_object().unwrap() {
        let own = table.get("description");
        let referred = table["$ref"]
            .as_str()
            .and_then(|r| schema.pointer(r.trim_start_matches('#'))?.get("description"));
        assert!(own.or(referred).is_some(), "{name} has no description");
    }
}

#[test]
fn the_command_prints_it() {
    let output = Command::cargo_bin("plancast").unwrap().arg("schema").output().unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap(), schema());
}
