//! The command line as its user meets it: what is printed, what is written, and the exit code.

use std::path::Path;
use std::process::{Output, Stdio};

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

#[cfg(target_os = "linux")]
use crate::case::listens;

/// `plancast` with these arguments in a folder, in English.
fn plancast(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").env_remove("NO_COLOR").args(arguments);
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The command is done, and said no more on stderr than where to read its doubts.
fn assert_done(output: &Output) {
    let said = err(output);
    let others: Vec<&str> = said.lines().filter(|line| !line.contains("see plancast validate")).collect();
    assert_eq!((output.status.code(), others), (Some(0), vec![]));
}

/// The input is wrong; gives what was said.
fn assert_wrong(output: &Output) -> String {
    assert_eq!((output.status.code(), out(output).as_str()), (Some(2), ""), "{}", err(output));
    err(output)
}

fn empty() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const SMALL: &str = r#"
[time]
start = 2020
end = 2023
[parameters]
trend = { value = "normal(2%, 1%)", source = "guess" }
[variables]
x = { start = "100", formula = "prev(x) * (1 + trend)" }
[targets]
grows = { require = "x@2023 >= 105", source = "guess" }
[sources]
guess = { title = "A guess", grade = "D" }
"#;

// ───────────────────────── run ─────────────────────────

#[test]
fn run_works_in_an_empty_folder_and_writes_a_whole_run() {
    let folder = empty();
    let output = plancast(folder.path(), &["run", "plan", "--paths", "600"]);
    assert_done(&output);
    let run = folder.path().join("output/plan");
    let written = names(&run);
    for file in [
        "manifest.json",
        "scenario.toml",
        "summary.json",
        "distributions.json",
        "bands.csv",
        "targets.csv",
        "iamc.csv",
        "index.html",
    ] {
        assert!(written.iter().any(|name| name == file), "{file} is missing: {written:?}");
    }
    assert_eq!(names(&folder.path().join("output")), ["plan"]);
    assert_eq!(names(folder.path()), ["output"]);
    assert!(!written.iter().any(|name| name == "charts"), "figures are drawn on demand: {written:?}");
}

#[test]
fn run_prints_the_odds_of_the_reports_output_and_carbon_targets() {
    let output = plancast(empty().path(), &["run", "plan", "--paths", "600", "--charts", "none"]);
    let text = out(&output);
    for words in ["GDP", "CO2", "output", "%"] {
        assert!(text.contains(words), "{words} is not in:\n{text}");
    }
}

#[test]
fn the_manifest_says_what_was_run_and_the_summary_agrees() {
    let folder = empty();
    plancast(folder.path(), &["run", "savings", "--paths", "600", "--seed", "7", "--charts", "none"]);
    let run = folder.path().join("output/savings");
    let (manifest, summary) = (json(&run.join("manifest.json")), json(&run.join("summary.json")));
    assert_eq!((&manifest["seed"], &manifest["paths"]), (&Value::from(7), &Value::from(600)));
    assert_eq!(manifest["fingerprint"], summary["fingerprint"]);
    assert_eq!(summary["schema"], "plancast-summary/2");
    assert_eq!(manifest["inputs"].as_array().unwrap().len(), 1);
}

#[test]
fn the_summary_has_the_same_bytes_for_one_two_and_seven_threads() {
    let folder = empty();
    let bytes = |threads: &str| {
        let arguments =
            ["run", "plan", "--paths", "6000", "--charts", "none", "--threads", threads, "--out", threads];
        assert_done(&plancast(folder.path(), &arguments));
        std::fs::read(folder.path().join(threads).join("plan/summary.json")).unwrap()
    };
    let one = bytes("1");
    assert!(one == bytes("2"), "2 threads");
    assert!(one == bytes("7"), "7 threads");
}

#[test]
fn the_stored_scenario_reproduces_the_fingerprint() {
    let folder = empty();
    let run = |arguments: &[&str]| {
        let common = ["--paths", "600", "--charts", "none", "--record", "va[coal]"];
        assert_done(&plancast(folder.path(), &[arguments, &common].concat()));
    };
    run(&["run", "plan", "--set", "inflation=normal(3%, 1%)"]);
    run(&["run", "output/plan/scenario.toml", "--out", "again"]);
    let print = |path: &str| json(&folder.path().join(path))["fingerprint"].clone();
    assert_eq!(print("output/plan/manifest.json"), print("again/plan/manifest.json"));
}

#[test]
fn a_run_replaces_the_one_before() {
    let folder = empty();
    for seed in ["1", "2"] {
        let arguments = ["run", "savings", "--paths", "300", "--seed", seed, "--charts", "none"];
        assert_done(&plancast(folder.path(), &arguments));
    }
    assert_eq!(json(&folder.path().join("output/savings/manifest.json"))["seed"], 2);
    assert_eq!(names(&folder.path().join("output")), ["savings"]);
}

#[test]
fn several_scenarios_get_a_folder_each() {
    let folder = empty();
    let arguments = ["run", "savings", "inflation-fan", "--paths", "300", "--charts", "none", "--quiet"];
    let output = plancast(folder.path(), &arguments);
    assert_done(&output);
    assert_eq!(out(&output), "");
    assert_eq!(names(&folder.path().join("output")), ["index.csv", "inflation-fan", "savings"]);
}

#[test]
fn one_scenario_that_is_wrong_does_not_stop_the_others() {
    let folder = empty();
    let arguments = ["run", "savings", "no-such", "--paths", "300", "--charts", "none", "--quiet"];
    let output = plancast(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("no-such") && err(&output).contains("1 of 2 runs"), "{}", err(&output));
    assert_eq!(names(&folder.path().join("output")), ["index.csv", "savings"]);
}

#[test]
fn json_on_stdout_is_the_summary_that_is_written() {
    let folder = empty();
    let output = plancast(folder.path(), &["run", "savings", "--paths", "300", "--charts", "none", "--json"]);
    assert_done(&output);
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed, json(&folder.path().join("output/savings/summary.json")));
}

#[test]
fn results_are_printed_in_the_language_asked_for() {
    let zh = out(&plancast(
        empty().path(),
        &["run", "plan", "--paths", "300", "--charts", "none", "--lang", "zh"],
    ));
    assert!(zh.contains("地区生产总值"), "{zh}");
    let en = out(&plancast(
        empty().path(),
        &["run", "plan", "--paths", "300", "--charts", "none", "--lang", "en"],
    ));
    assert!(!en.contains("地区生产总值") && en.contains("GDP"), "{en}");
}

#[test]
fn a_scenario_is_read_from_standard_input() {
    let folder = empty();
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder.path()).args(["run", "-", "--paths", "300", "--charts", "none"]);
    command.write_stdin(SMALL).assert().success();
    assert_eq!(names(&folder.path().join("output")), ["scenario"]);
}

#[test]
fn more_variables_are_recorded_when_asked_for() {
    let folder = empty();
    let arguments = ["run", "plan", "--paths", "300", "--charts", "none", "--record", "va[coal]"];
    assert_done(&plancast(folder.path(), &arguments));
    let summary = json(&folder.path().join("output/plan/summary.json"));
    assert!(summary["variables"]["va[coal]"]["mean"].is_array());
    assert!(summary["variables"]["va[steel]"].is_null());
}

#[test]
fn paths_are_the_first_ones_of_a_longer_run() {
    let folder = empty();
    let mut lows = Vec::new();
    for paths in ["500", "1500"] {
        let arguments = ["run", "savings", "--paths", paths, "--charts", "none", "--out", paths];
        assert_done(&plancast(folder.path(), &arguments));
        let summary = json(&folder.path().join(paths).join("savings/summary.json"));
        lows.push(summary["variables"]["balance"]["minimum"][15].as_f64().unwrap());
    }
    assert!(lows[1] <= lows[0], "a longer run lost a path: {lows:?}");
}

// ───────────────────────── Wrong input: exit code 2 ─────────────────────────

#[test]
fn a_wrong_file_is_answered_with_file_and_line() {
    let folder = empty();
    std::fs::write(folder.path().join("my.toml"), SMALL.replace("normal(2%, 1%)", "normal(2%, -1%)"))
        .unwrap();
    for command in ["run", "validate", "explain"] {
        let output = plancast(folder.path(), &[command, "my.toml"]);
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert!(err(&output).contains("my.toml:6:"), "{command}: {}", err(&output));
    }
    assert_eq!(names(folder.path()), ["my.toml"]);
}

#[test]
fn an_unknown_key_is_an_error_that_names_the_nearest() {
    let folder = empty();
    std::fs::write(folder.path().join("my.toml"), SMALL.replace("formula =", "formla =")).unwrap();
    let said = assert_wrong(&plancast(folder.path(), &["run", "my.toml"]));
    assert!(said.contains("formla") && said.contains("formula"), "{said}");
}

#[test]
fn an_unknown_scenario_is_answered_with_the_nearest() {
    let said = assert_wrong(&plancast(empty().path(), &["run", "plam"]));
    assert!(said.contains("plam") && said.contains("\"plan\""), "{said}");
}

#[test]
fn a_missing_file_is_wrong_input() {
    let said = assert_wrong(&plancast(empty().path(), &["run", "deep/my.toml"]));
    assert!(said.contains("deep/my.toml"), "{said}");
}

#[test]
fn options_that_make_no_sense_are_wrong_input() {
    for arguments in [
        &["run", "plan", "--paths", "0"][..],
        &["run", "plan", "--paths", "1.5"],
        &["run", "plan", "--paths", "5e13"],
        &["run", "plan", "--threads", "0"],
        &["run", "plan", "--quantiles", "50,100"],
        &["run", "plan", "--set", "no_such=3"],
        &["run", "plan", "--set", "inflation"],
        &["run", "plan", "--record", "no_such"],
        &["run"],
        &["simulate", "plan"],
    ] {
        let folder = empty();
        let said = assert_wrong(&plancast(folder.path(), arguments));
        assert!(!said.is_empty() && !said.contains("panicked"), "{arguments:?}: {said}");
        assert_eq!(names(folder.path()), Vec::<String>::new(), "{arguments:?}");
    }
}

// ───────────────────────── The machine fails: exit code 3 ─────────────────────────

#[test]
fn a_folder_that_cannot_be_written_is_the_machines_failure() {
    let folder = empty();
    std::fs::write(folder.path().join("occupied"), "").unwrap();
    let arguments = ["run", "savings", "--paths", "300", "--charts", "none", "--out", "occupied/runs"];
    let output = plancast(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(3));
    assert!(err(&output).contains("occupied/runs") && err(&output).contains("--out"), "{}", err(&output));
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_the_machines_failure() {
    use std::os::unix::fs::PermissionsExt;
    let folder = empty();
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o555)).unwrap();
    if std::fs::write(closed.join("probe"), "").is_ok() {
        return; // To root nothing is read-only; the test above says the same of a path that cannot be.
    }
    let output = plancast(folder.path(), &["run", "savings", "--paths", "300", "--out", "closed"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(err(&output).contains("closed"), "{}", err(&output));
}

#[test]
fn a_reader_that_goes_away_is_the_machines_failure_and_the_folder_is_whole() {
    let folder = empty();
    let mut command = std::process::Command::new(cargo_bin("plancast"));
    command.current_dir(folder.path()).args(["run", "savings", "--paths", "300", "--charts", "none"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(err(&output).contains("went away before all was written"), "{}", err(&output));
    assert!(folder.path().join("output/savings/summary.json").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_keeps_the_run_that_is_there() {
    let folder = empty();
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let mount = |program: &str, arguments: &[&str]| {
        std::process::Command::new(program)
            .args(arguments)
            .arg(&disk)
            .output()
            .is_ok_and(|o| o.status.success())
    };
    if !mount("mount", &["-t", "tmpfs", "-o", "size=700k", "tmpfs"]) {
        return; // Only root may have a disk of its own; writing to a full device is tested below for all.
    }
    let run = |paths: &str, charts: &str| {
        plancast(folder.path(), &["run", "savings", "--paths", paths, "--charts", charts, "--out", "disk"])
    };
    let first = run("300", "none");
    let kept = std::fs::read(disk.join("savings/summary.json"));
    std::fs::write(disk.join("filler"), vec![0; 480_000]).unwrap();
    let second = run("301", "both");
    let (there, names) =
        (std::fs::read(disk.join("savings/summary.json")), std::fs::read_dir(&disk).unwrap().count());
    assert!(mount("umount", &[]));
    assert_eq!((first.status.code(), second.status.code()), (Some(0), Some(3)), "{}", err(&second));
    assert!(err(&second).contains("No space left on device"), "{}", err(&second));
    assert_eq!((there.unwrap(), names), (kept.unwrap(), 2)); // the run and the filler
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_the_machines_failure() {
    let mut command = std::process::Command::new(cargo_bin("plancast"));
    let full = std::fs::File::create("/dev/full").unwrap();
    let output = command.arg("list").stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(!err(&output).contains("panicked"), "{}", err(&output));
}

/// Ctrl-C once the run has said to the system that it listens.
#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_leaves_no_half_written_run() {
    let folder = empty();
    let mut command = std::process::Command::new(cargo_bin("plancast"));
    command.current_dir(folder.path()).args(["run", "plan", "--paths", "4e9", "--threads", "1"]);
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    listens(&child, 2);
    let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn a_reader_that_has_seen_enough_of_a_list_is_no_failure() {
    for arguments in [&["list"][..], &["explain", "plan"], &["completions", "bash"], &["schema"]] {
        let folder = empty();
        let mut command = std::process::Command::new(cargo_bin("plancast"));
        command.current_dir(folder.path()).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_done(&output);
    }
}

// ───────────────────────── The other commands ─────────────────────────

#[test]
fn list_names_every_scenario_with_its_title() {
    let output = plancast(empty().path(), &["list"]);
    assert_done(&output);
    for name in ["plan", "outside-view", "savings", "two-sector-town", "inflation-fan"] {
        assert!(out(&output).lines().any(|line| line.starts_with(&format!("{name} "))), "{name}");
    }
}

#[test]
fn validate_accepts_a_valid_file_and_runs_nothing() {
    let folder = empty();
    std::fs::write(folder.path().join("my.toml"), SMALL).unwrap();
    let output = plancast(folder.path(), &["validate", "my.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).contains("my.toml is valid"), "{}", out(&output));
    assert_eq!(names(folder.path()), ["my.toml"]);
}

#[test]
fn validate_shows_editors_where_a_mistake_is() {
    let folder = empty();
    std::fs::write(folder.path().join("my.toml"), SMALL.replace("prev(x)", "prev(y)")).unwrap();
    let output = plancast(folder.path(), &["validate", "my.toml", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let diagnostic = &found[0]["problems"][0];
    assert_eq!((&diagnostic["file"], &diagnostic["line"]), (&Value::from("my.toml"), &Value::from(8)));
    assert_eq!(diagnostic["end_line"], 8);
    let column = |key: &str| diagnostic[key].as_u64().unwrap();
    assert_eq!(column("end_column") - column("column"), 1, "{diagnostic}");
}

#[test]
fn validate_gives_its_verdict_in_the_language_asked_for() {
    let verdict = |lang| out(&plancast(empty().path(), &["validate", "plan", "--lang", lang]));
    assert!(verdict("en").starts_with("plan is valid: 0 errors"), "{}", verdict("en"));
    assert!(verdict("zh").starts_with("plan 有效：0个错误"), "{}", verdict("zh"));
}

#[test]
fn explain_shows_the_equation_of_a_variable() {
    let output = plancast(empty().path(), &["explain", "plan", "gdp"]);
    assert_done(&output);
    assert!(out(&output).contains("sum(industry: va[industry])"), "{}", out(&output));
}

/// What `explain` says of a name of a scenario with everything that can be declared.
fn explained(name: &str, lang: &str) -> String {
    const DECLARED: &str = r#"
[time]
start = 2020
end   = 2025
[sets.sector]
title = "Sector"
[sets.sector.fields]
size  = { unit = "1e8 CNY", min = 0, default = 7, doc = "size" }
[sector.coal]
size = { value = 5, source = "book" }
[sector.steel]
[parameters]
tax = { value = 2, lever = { min = 0, max = 9 }, unit = "1e8 CNY" }
[variables]
x = { formula = "sum(sector: size[sector]) + tax", unit = "1e8 CNY", report = true }
[targets]
grown = "x@2025 > 3"
[gates]
"likely grown" = "p(grown) >= 50%"
[accounts]
whole = { whole = "x", parts = ["x"] }
[sources]
book = { title = "A book", grade = "A" }
"#;
    let folder = empty();
    std::fs::write(folder.path().join("my.toml"), DECLARED).unwrap();
    let output = plancast(folder.path(), &["explain", "my.toml", name, "--lang", lang]);
    assert_done(&output);
    out(&output)
}

#[test]
fn explain_knows_everything_that_a_scenario_declares() {
    for (name, words) in [
        ("sector", "size: size (100 million CNY, ≥ 0)"),
        ("likely grown", "p(grown) >= 50%"),
        ("grown", "used by: likely grown"),
        ("whole", "parts of x: x"),
        ("book", "size[coal]"),
        ("tax", "lever: 0 … 9"),
    ] {
        let said = explained(name, "en");
        assert!(said.contains(words), "{name}: {said}");
    }
}

#[test]
fn explain_shows_the_default_of_members_without_a_value() {
    let said = explained("size", "en");
    assert!(said.contains("size[coal] = 5  [book, grade A]"), "{said}");
    assert!(said.contains("size[steel] = 7 (default)"), "{said}");
}

#[test]
fn explain_speaks_chinese_of_units_too() {
    let said = explained("x", "zh");
    assert!(said.contains("单位: 亿元") && !said.contains("CNY"), "{said}");
}

#[test]
fn explain_replays_a_path_of_a_run() {
    let folder = empty();
    let replay =
        out(&plancast(folder.path(), &["explain", "two-sector-town", "--path", "17", "--seed", "3"]));
    let again = out(&plancast(folder.path(), &["explain", "two-sector-town", "--path", "17", "--seed", "3"]));
    let other = out(&plancast(folder.path(), &["explain", "two-sector-town", "--path", "18", "--seed", "3"]));
    assert!(replay.contains("gdp") && replay == again && replay != other, "{replay}");
}

#[test]
fn help_and_version_are_no_mistakes() {
    for arguments in [&["--help"][..], &["--version"], &["run", "--help"], &["man"], &["completions", "zsh"]]
    {
        let output = plancast(empty().path(), arguments);
        assert_done(&output);
        assert!(!output.stdout.is_empty(), "{arguments:?}");
    }
}
