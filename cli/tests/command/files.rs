//! The files of a run folder are what docs/files.md and the JSON Schema say.

use std::collections::BTreeSet;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn plancast(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::cargo_bin("plancast").unwrap();
    let output = command.current_dir(folder).env("LC_ALL", "C.UTF-8").args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn schema() -> Value {
    serde_json::from_slice(&plancast(Path::new("."), &["schema", "summary"])).unwrap()
}

#[test]
fn the_schema_of_a_summary_obeys_the_draft_it_names() {
    jsonschema::draft202012::meta::validate(&schema()).expect("valid against the meta-schema");
}

#[test]
fn the_summary_of_every_built_in_scenario_obeys_the_schema() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let list = String::from_utf8(plancast(folder.path(), &["list"])).unwrap();
    let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() >= 5);
    for name in names {
        // A scenario that is conditioned on a record needs 400 effective paths.
        let common = ["run", name, "--paths", "1000", "--charts", "none", "--json"];
        for more in [&[][..], &["--quantiles", "0.1,2.5,50"]] {
            let summary: Value =
                serde_json::from_slice(&plancast(folder.path(), &[&common[..], more].concat())).unwrap();
            let errors: Vec<String> = validator
                .iter_errors(&summary)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{name}: {errors:#?}");
        }
    }
    let until = ["run", "two-sector-town", "--until", "1%", "--charts", "none", "--json"];
    let summary: Value = serde_json::from_slice(&plancast(folder.path(), &until)).unwrap();
    assert!(summary["convergence"].is_object() && validator.is_valid(&summary));
}

#[test]
fn what_does_not_belong_into_a_summary_is_found() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["run", "two-sector-town", "--paths", "400", "--charts", "none", "--json"];
    let good: Value = serde_json::from_slice(&plancast(folder.path(), &arguments)).unwrap();
    let spoilt = |place: &str, value: Value| {
        let mut spoilt = good.clone();
        *spoilt.pointer_mut(place).unwrap() = value;
        spoilt
    };
    assert!(validator.is_valid(&good));
    for (place, value) in [
        ("/paths", Value::from("many")),
        ("/targets/growth_5/probability", Value::from(1.5)),
        ("/variables/gdp/mean", Value::from(3)),
        ("/fingerprint", Value::from("xyz")),
    ] {
        assert!(!validator.is_valid(&spoilt(place, value)), "{place}");
    }
}

#[test]
fn every_file_of_a_run_folder_is_in_the_guide() {
    let guide = include_str!("../../../docs/files.md");
    let folder = tempfile::tempdir().unwrap();
    plancast(
        folder.path(),
        &["check", "two-sector-town", "--require", "p(growth_5) >= 1%", "--paths", "400"],
    );
    plancast(folder.path(), &["run", "two-sector-town", "savings", "--paths", "400", "--shard", "1/2"]);
    let mut names = BTreeSet::new();
    for run in ["output/two-sector-town", "output/two-sector-town.part-1-of-2"] {
        for entry in std::fs::read_dir(folder.path().join(run)).unwrap() {
            names.insert(entry.unwrap().file_name().into_string().unwrap());
        }
    }
    assert!(names.len() >= 9, "{names:?}");
    for name in names {
        assert!(guide.contains(&format!("`{name}")), "docs/files.md does not name {name}");
    }
}
