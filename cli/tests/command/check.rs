//! `plancast check` and `diff` as a build server meets them: exit codes, messages, files.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

fn plancast(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").env("COLUMNS", "140").args(arguments);
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// x is normal with mean 100 and standard deviation 10 in 2021.
const CASE: &str = r#"
[time]
start = 2020
end = 2021
[parameters]
level = { value = "normal(100, 10)", source = "guess" }
bonus = { value = 0, source = "guess" }
[variables]
x = { start = "100", formula = "level + bonus", report = true }
[targets]
high = { require = "x@2021 >= 100", source = "guess" }
low  = { require = "x@2021 <= 120", source = "guess" }
[gates]
"an even bet or nearly" = "p(high) >= 45%"
"the typical level"     = "mean(x@2021) >= 99 and sd(x@2021) <= 11"
"the worst twentieth"   = "quantile(x@2021, 5%) >= 82"
"the worst tenth"       = "expected_shortfall(x@2021, 10%) >= 80"
"high makes low rarer"  = "p(low given high) < p(low)"
[sources]
guess = { title = "A guess", grade = "D" }
"#;

fn case(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), text).unwrap();
    folder
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

const QUICK: [&str; 6] = ["check", "case.toml", "--paths", "20000", "--charts", "none"];

fn check(folder: &TempDir, more: &[&str]) -> Output {
    plancast(folder.path(), &[&QUICK[..], more].concat())
}

#[test]
fn gates_that_hold_pass_with_exit_code_0() {
    let folder = case(CASE);
    let output = check(&folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{}\n{}", out(&output), err(&output));
    let text = out(&output);
    assert_eq!(text.matches("PASS").count(), 5, "{text}");
    assert!(text.contains("the typical level") && text.contains("at least 99 %"), "{text}");
    let gates = json(&folder.path().join("output/case/gates.json"));
    assert_eq!(gates["gates"][2]["statistics"][0]["method"], "order statistics");
}

#[test]
fn the_run_that_a_check_writes_is_that_of_plancast_run() {
    let folder = case(CASE);
    check(&folder, &[]);
    let checked = std::fs::read(folder.path().join("output/case/summary.json")).unwrap();
    plancast(folder.path(), &["run", "case.toml", "--paths", "20000", "--charts", "none", "--out", "plain"]);
    assert!(checked == std::fs::read(folder.path().join("plain/case/summary.json")).unwrap());
}

#[test]
fn a_gate_that_does_not_hold_fails_with_exit_code_1() {
    let folder = case(CASE);
    let output = check(&folder, &["--require", "p(high) >= 60%"]);
    assert_eq!(output.status.code(), Some(1));
    let text = out(&output);
    assert!(text.contains("FAIL") && text.contains("p(high) >= 60%"), "{text}");
}

#[test]
fn a_gate_on_the_edge_is_undecided_after_the_most_paths() {
    let folder = case(CASE);
    let output = check(&folder, &["--require", "p(high) >= 50%", "--max-paths", "60000", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["verdict"], "UNDECIDED");
    let scenario = &found["scenarios"][0];
    assert_eq!(scenario["looks"], serde_json::json!([20000, 40000, 60000]));
    let edge = scenario["gates"].as_array().unwrap().last().unwrap();
    assert_eq!((&edge["verdict"], &edge["paths"]), (&Value::from("UNDECIDED"), &Value::from(60000)));
}

#[test]
fn paths_are_added_until_a_close_gate_is_decided() {
    let folder = case(CASE);
    let common = ["check", "case.toml", "--paths", "1000", "--charts", "none", "--json"];
    let more = ["--require", "p(high) >= 48%", "--max-paths", "1M"];
    let output = plancast(folder.path(), &[&common[..], &more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let gates = found["scenarios"][0]["gates"].as_array().unwrap();
    assert!(gates.last().unwrap()["paths"].as_u64().unwrap() > 1000, "{found}");
    assert_eq!(json(&folder.path().join("output/case/summary.json"))["paths"], 1000);
}

#[test]
fn a_gate_that_is_wrong_is_wrong_input_that_is_shown() {
    let folder = case(CASE);
    for (gate, word) in [("p(hihg) >= 50%", "high"), ("p(high)", "statement"), ("p(high >= ", "--require")] {
        let output = check(&folder, &["--require", gate]);
        assert_eq!((output.status.code(), out(&output).as_str()), (Some(2), ""), "{gate}");
        assert!(err(&output).contains(word), "{gate}: {}", err(&output));
    }
    assert!(!folder.path().join("output").exists());
}

#[test]
fn a_scenario_without_gates_is_answered_with_how_to_give_one() {
    let before = CASE.split("[gates]").next().unwrap();
    let folder = case(&format!("{before}[sources]\nguess = {{ title = 'A guess', grade = 'D' }}"));
    let output = check(&folder, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("--require"), "{}", err(&output));
}

#[test]
fn build_servers_get_their_files() {
    let folder = case(CASE);
    let files =
        ["--junit", "out/gates.xml", "--markdown", "gates.md", "--github", "--require", "p(high) >= 60%"];
    let output = check(&folder, &files);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("::error title=FAIL%3A p(high) >= 60%25::"), "{}", out(&output));
    let xml = std::fs::read_to_string(folder.path().join("out/gates.xml")).unwrap();
    assert!(xml.contains("failures=\"1\"") && xml.contains("tests=\"6\""), "{xml}");
    let markdown = std::fs::read_to_string(folder.path().join("gates.md")).unwrap();
    assert!(markdown.contains("| FAIL | p(high) >= 60% |"), "{markdown}");
}

#[test]
fn an_annotation_names_the_line_of_the_gate() {
    let folder = case(&CASE.replace(">= 45%", ">= 60%"));
    let text = out(&check(&folder, &["--github", "--quiet"]));
    assert!(text.starts_with("::error file=case.toml,line=14,title=FAIL%3A an even bet"), "{text}");
}

#[test]
fn a_scenario_that_cannot_be_checked_is_an_error_in_every_report() {
    let folder = case(CASE);
    std::fs::write(
        folder.path().join("broken.toml"),
        CASE.replace("[gates]", "[gates]\nbad = 'p(hihg) > 1%'"),
    )
    .unwrap();
    let files = ["broken.toml", "--junit", "gates.xml", "--markdown", "gates.md", "--github", "--quiet"];
    let output = check(&folder, &files);
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    let xml = std::fs::read_to_string(folder.path().join("gates.xml")).unwrap();
    assert!(xml.contains("tests=\"6\"") && xml.contains("errors=\"1\"") && xml.contains("hihg"), "{xml}");
    let markdown = std::fs::read_to_string(folder.path().join("gates.md")).unwrap();
    assert!(markdown.starts_with("## plancast check: ERROR\n"), "{markdown}");
    assert!(out(&output).starts_with("::error file=broken.toml,line="), "{}", out(&output));
    let json = check(&folder, &["broken.toml", "--json"]);
    let found: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(
        (&found["verdict"], &found["refused"][0]["scenario"]),
        (&"ERROR".into(), &"broken.toml".into())
    );
    assert_eq!(found["scenarios"][0]["gates"].as_array().unwrap().len(), 5, "{found}");
}

#[test]
fn a_check_of_several_scenarios_writes_an_index_with_the_verdicts() {
    let folder = case(CASE);
    let output = check(&folder, &["--sweep", "bonus=0,5", "--require", "p(high) <= 60%"]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let index = std::fs::read_to_string(folder.path().join("output/index.csv")).unwrap();
    let statuses: Vec<&str> = index.lines().map(|line| line.split(',').nth(3).unwrap()).collect();
    assert_eq!(statuses, ["status", "PASS", "FAIL"], "{index}");
}

#[test]
fn two_reports_to_standard_output_are_wrong_input() {
    let folder = case(CASE);
    for more in [["--json", "--junit", "-"].as_slice(), &["--markdown", "-", "--junit", "-"]] {
        let output = check(&folder, more);
        assert_eq!((output.status.code(), out(&output).as_str()), (Some(2), ""), "{more:?}");
        assert!(err(&output).contains("standard output"), "{}", err(&output));
    }
}

#[test]
fn a_report_that_cannot_be_written_is_the_machines_failure() {
    let folder = case(CASE);
    std::fs::write(folder.path().join("occupied"), "").unwrap();
    let output = check(&folder, &["--junit", "occupied/gates.xml"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(err(&output).contains("occupied"), "{}", err(&output));
}

#[test]
fn verdicts_are_in_chinese_when_asked_for() {
    let folder = case(CASE);
    let text = out(&check(&folder, &["--lang", "zh"]));
    assert!(text.contains("通过") && text.contains("99%") && !text.contains("PASS"), "{text}");
}

#[test]
fn no_english_is_left_between_the_names_in_chinese() {
    let folder = case(CASE);
    baseline(&folder);
    let changed = ["--against", "baseline.json", "--set", "bonus=5", "--lang", "zh", "--out", "b"];
    let checked = out(&check(&folder, &changed));
    let compared = out(&plancast(folder.path(), &["diff", "base/case", "b/case", "--lang", "zh"]));
    assert!(checked.contains(" 至 ") && checked.contains("5%分位数"), "{checked}");
    for text in [checked, compared] {
        assert!(text.contains("达成概率") && text.contains("均值") && text.contains("中位数"), "{text}");
        let words: Vec<&str> = text.split_whitespace().collect();
        for english in ["to", "mean", "probability", "q0.5"] {
            assert!(!words.contains(&english), "{english}: {text}");
        }
    }
}

#[test]
fn a_confidence_out_of_range_is_wrong_input() {
    let folder = case(CASE);
    for confidence in ["100", "40", "sure"] {
        assert_eq!(check(&folder, &["--confidence", confidence]).status.code(), Some(2));
    }
}

// ───────────────────────── Baselines ─────────────────────────

fn baseline(folder: &TempDir) {
    plancast(
        folder.path(),
        &["run", "case.toml", "--paths", "20000", "--charts", "none", "--out", "base", "--quiet"],
    );
    std::fs::copy(folder.path().join("base/case/summary.json"), folder.path().join("baseline.json")).unwrap();
}

#[test]
fn nothing_drifts_from_a_baseline_of_the_same_plan() {
    let folder = case(CASE);
    baseline(&folder);
    let output = check(&folder, &["--against", "baseline.json"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    assert!(out(&output).contains("Nothing drifted"), "{}", out(&output));
}

#[test]
fn a_baseline_alone_makes_no_empty_table_of_gates() {
    let before = CASE.split("[gates]").next().unwrap();
    let folder = case(&format!("{before}[sources]\nguess = {{ title = 'A guess', grade = 'D' }}"));
    baseline(&folder);
    let output = check(&folder, &["--against", "baseline.json", "--markdown", "-"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let expected = "## plancast check: PASS\n\n### case\n\nNothing drifted from the baseline.\n";
    assert_eq!(out(&output), expected);
}

#[test]
fn other_draws_of_the_same_plan_are_no_drift() {
    let folder = case(CASE);
    baseline(&folder);
    let output = check(&folder, &["--against", "baseline.json", "--seed", "5"]);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
}

#[test]
fn a_changed_plan_drifts_unless_that_is_tolerated() {
    let folder = case(CASE);
    baseline(&folder);
    let changed = ["--against", "baseline.json", "--set", "bonus=0.5"];
    let output = check(&folder, &changed);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("x@2021") && out(&output).contains("Baseline"), "{}", out(&output));
    let tolerant =
        check(&folder, &[&changed[..], &["--tolerance", "1%", "--tolerance", "probability=3%"]].concat());
    assert_eq!(tolerant.status.code(), Some(0), "{}", out(&tolerant));
}

/// Written by the release before, whose summaries said `odds` for `probability`.
const BEFORE: &str = include_str!("../before/summary-1.json");

#[test]
fn a_baseline_of_the_format_before_is_still_held_against() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("town.toml"), include_str!("../before/town.toml")).unwrap();
    std::fs::write(folder.path().join("baseline.json"), BEFORE).unwrap();
    let check = |more: &[&str]| {
        let common = ["check", "town.toml", "--paths", "2000", "--against", "baseline.json"];
        plancast(folder.path(), &[&common, more].concat())
    };
    let same = check(&["--tolerance", "1%"]);
    assert_eq!(same.status.code(), Some(0), "{}{}", out(&same), err(&same));
    let changed = check(&["--set", "growth=normal(6%, 2%)"]);
    assert_eq!(changed.status.code(), Some(1), "{}", err(&changed));
    assert!(out(&changed).contains("52.4 %"), "{}", out(&changed));
}

#[test]
fn a_run_of_the_format_before_is_still_shown_and_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("town.toml"), include_str!("../before/town.toml")).unwrap();
    let run = ["run", "town.toml", "--paths", "2000", "--charts", "none", "--quiet"];
    assert_eq!(plancast(folder.path(), &run).status.code(), Some(0));
    let now = std::fs::read_to_string(folder.path().join("output/town/summary.json")).unwrap();
    assert!(now.contains("\"schema\": \"plancast-summary/2\"") && !now.contains("\"odds\""), "{now}");
    std::fs::write(folder.path().join("output/town/summary.json"), BEFORE).unwrap();
    std::fs::write(folder.path().join("now.json"), now).unwrap();
    for command in [
        &["chart", "output/town", "--figure", "scorecard"][..],
        &["report", "output/town"],
        &["diff", "output/town", "output/town"],
    ] {
        let output = plancast(folder.path(), command);
        assert_eq!(output.status.code(), Some(0), "{command:?}: {}", err(&output));
    }
    let differ = plancast(folder.path(), &["diff", "output/town", "now.json", "--json"]);
    let differ: Value = serde_json::from_slice(&differ.stdout).unwrap();
    let met = differ["changes"].as_array().unwrap().iter().find(|change| change["name"] == "high").unwrap();
    assert_eq!((&met["statistic"], &met["before"]), (&Value::from("probability"), &Value::from(0.524)));
}

#[test]
fn a_baseline_that_is_none_is_wrong_input() {
    let folder = case(CASE);
    let output = check(&folder, &["--against", "case.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("case.toml") && err(&output).contains("JSON"), "{}", err(&output));
}

// ───────────────────────── diff ─────────────────────────

fn run(folder: &TempDir, out: &str, more: &[&str]) {
    let common = ["run", "case.toml", "--paths", "20000", "--charts", "none", "--quiet", "--out", out];
    let output = plancast(folder.path(), &[&common[..], more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
}

#[test]
fn a_run_repeated_is_identical() {
    let folder = case(CASE);
    run(&folder, "a", &[]);
    run(&folder, "b", &["--threads", "1"]);
    let output = plancast(folder.path(), &["diff", "a/case", "b/case"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(out(&output).starts_with("Identical"), "{}", out(&output));
}

#[test]
fn a_changed_assumption_is_named_with_what_it_did() {
    let folder = case(CASE);
    run(&folder, "a", &[]);
    run(&folder, "b", &["--set", "bonus=5"]);
    let output = plancast(folder.path(), &["diff", "a/case", "b/case"]);
    assert_eq!(output.status.code(), Some(1));
    let text = out(&output);
    let line = text.lines().find(|line| line.contains("bonus")).unwrap();
    assert!(line.contains('0') && line.contains('5') && line.contains("guess"), "{text}");
    let high = text.lines().find(|line| line.trim_start().starts_with("high")).unwrap();
    assert!(high.contains("±") && high.contains("yes"), "{text}");
    let found: Value =
        serde_json::from_slice(&plancast(folder.path(), &["diff", "a/case", "b/case", "--json"]).stdout)
            .unwrap();
    assert_eq!(found["assumptions"][0]["name"], "bonus");
    assert_eq!(found["identical"], false);
}

#[test]
fn another_seed_alone_is_said_and_is_not_significant() {
    let folder = case(CASE);
    run(&folder, "a", &[]);
    run(&folder, "b", &["--seed", "2"]);
    let text = out(&plancast(folder.path(), &["diff", "a/case/summary.json", "b/case"]));
    assert!(text.contains("1 × 20000 → 2 × 20000") && !text.contains("yes"), "{text}");
}

#[test]
fn points_that_are_spread_otherwise_are_other_draws() {
    let folder = case(CASE);
    let common = ["case.toml", "--paths", "65536", "--charts", "none"];
    let with =
        |command: &str, more: &[&str]| plancast(folder.path(), &[&[command][..], &common, more].concat());
    with("run", &["--sampling", "sobol", "--out", "a"]);
    let output = with("check", &["--against", "a/case", "--out", "b"]);
    let text = out(&plancast(folder.path(), &["diff", "a/case", "b/case"]));
    assert!(text.contains("1 × 65536 sobol → 1 × 65536\n"), "{text}");
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
}
