//! `plancast new`: a folder that runs at once.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use plancast::scenario::builtin;

fn plancast(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder).args(arguments).output().unwrap()
}

#[test]
fn without_a_name_it_is_the_town_and_valid_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let output = plancast(folder.path(), &["new", "my town"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("plancast run 'my town/scenario.toml'"), "{said}");
    let text = std::fs::read_to_string(folder.path().join("my town/scenario.toml")).unwrap();
    assert!(text.starts_with("#:schema ./plancast.schema.json\n"), "{text}");
    let schema = std::fs::read_to_string(folder.path().join("my town/plancast.schema.json")).unwrap();
    assert!(schema.contains("2020-12"));
    let valid = plancast(folder.path(), &["validate", "my town/scenario.toml"]);
    assert_eq!(valid.status.code(), Some(0));
}

#[test]
fn every_built_in_scenario_can_be_copied_and_is_valid_where_it_lands() {
    for scenario in builtin::list() {
        let folder = tempfile::tempdir().unwrap();
        let output = plancast(folder.path(), &["new", "here", "--from", scenario.name]);
        assert_eq!(output.status.code(), Some(0), "{}: {output:?}", scenario.name);
        let copy = format!("{}.toml", scenario.name);
        // In another folder than the checkout nothing but the copied files can be found.
        let valid = plancast(&folder.path().join("here"), &["validate", &copy]);
        assert_eq!(valid.status.code(), Some(0), "{}: {valid:?}", scenario.name);
    }
}

#[test]
fn the_plan_brings_the_files_it_extends() {
    let folder = tempfile::tempdir().unwrap();
    plancast(folder.path(), &["new", "mine", "--from", "plan"]);
    for file in ["plan.toml", "model.toml", "data.toml", "targets.toml", "plancast.schema.json"] {
        assert!(folder.path().join("mine").join(file).is_file(), "{file}");
    }
}

#[test]
fn nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("scenario.toml"), "mine").unwrap();
    let output = plancast(folder.path(), &["new", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("nothing is overwritten"));
    assert_eq!(std::fs::read_to_string(folder.path().join("scenario.toml")).unwrap(), "mine");
    assert!(!folder.path().join("plancast.schema.json").exists(), "a refusal leaves nothing behind");
}

#[test]
fn a_name_that_is_not_built_in_gets_the_nearest_one() {
    let folder = tempfile::tempdir().unwrap();
    let output = plancast(folder.path(), &["new", "x", "--from", "savngs"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("did you mean \"savings\"?"));
    assert!(!folder.path().join("x").exists());
}
