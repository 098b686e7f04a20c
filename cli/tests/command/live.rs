//! Pages whose levers can be moved, as the command writes them. That they can be moved is tried in a browser, by `.ci/page`.

use std::fs;

use assert_cmd::Command;

use crate::case::{CASE, err, folder, out, plancast};

const BLOCKS: [&str; 3] = ["id=\"live-data\"", "id=\"live-simd\"", "id=\"live-worker\""];

#[test]
fn a_scenario_becomes_a_live_page_in_one_command() {
    let folder = folder();
    let output = plancast(folder.path(), &["report", "case.toml", "--live", "--out", "page.html"]);
    assert!(output.status.success(), "{}", err(&output));
    assert_eq!(out(&output), "page.html\n");
    let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
    for block in BLOCKS {
        assert_eq!(page.matches(block).count(), 1, "{block}");
    }
    assert!(!page.contains("id=\"live-compat\""));
    assert!(!folder.path().join("output").exists(), "a page of a scenario writes no run folder");
}

#[test]
fn a_run_folder_becomes_a_live_page_for_old_browsers_too() {
    let folder = folder();
    assert!(plancast(folder.path(), &["run", "case.toml", "--paths", "500", "--quiet"]).status.success());
    let output = plancast(folder.path(), &["report", "output/case", "--live", "--compat"]);
    assert!(output.status.success(), "{}", err(&output));
    let page = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(BLOCKS.iter().all(|block| page.contains(block)) && page.contains("id=\"live-compat\""));
}

#[test]
fn a_page_that_is_not_live_carries_no_engine() {
    let folder = folder();
    let output = plancast(folder.path(), &["report", "case.toml"]);
    assert!(output.status.success(), "{}", err(&output));
    let page = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(!page.contains("live-simd") && !page.contains("wasm-unsafe-eval"));
}

#[test]
fn the_levers_of_one_scenario_are_moved_and_not_of_two() {
    let folder = folder();
    fs::write(folder.path().join("other.toml"), CASE).unwrap();
    let output = plancast(folder.path(), &["report", "case.toml", "other.toml", "--live"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("--live") && !folder.path().join("report.html").exists(),
        "{}",
        err(&output)
    );
}

#[test]
fn a_scenario_that_is_wrong_is_told_as_run_tells_it() {
    let folder = folder();
    fs::write(folder.path().join("case.toml"), CASE.replace("trend)", "tend)")).unwrap();
    let output = plancast(folder.path(), &["report", "case.toml", "--live"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("tend"), "{}", err(&output));
}

#[test]
fn run_open_writes_the_page_beside_the_folder_and_says_where_when_no_browser_opens() {
    let folder = folder();
    let program = assert_cmd::cargo::cargo_bin("plancast");
    // Nothing that could open a page is found.
    let arguments = ["run", "case.toml", "--paths", "500", "--quiet", "--open"];
    let output = Command::new(program)
        .current_dir(folder.path())
        .env("LC_ALL", "C.UTF-8")
        .env("PATH", folder.path())
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", err(&output));
    let page = fs::read_to_string(folder.path().join("output/case.html")).unwrap();
    assert!(BLOCKS.iter().all(|block| page.contains(block)));
    assert!(err(&output).contains("case.html"), "{}", err(&output));
    assert!(plancast(folder.path(), &["verify", "output/case"]).status.success());
}
