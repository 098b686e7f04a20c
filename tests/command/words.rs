//! Probabilities and what is not known, in the words of tables, pages and figures in both languages.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// x is uniform between 0 and 1; y is the root of what is negative on every path of 2022.
const CASE: &str = r#"
[time]
start = 2020
end = 2022
[parameters]
a = "uniform(0, 1)"
[variables]
x = { start = "0.5", formula = "a", report = true }
y = { start = "1", formula = "if(year == 2022, sqrt(0 - a), a)", report = true }
[metrics]
late = { formula = "first_year(x > 2)", unit = "year" }
soon = { formula = "first_year(x >= 0.5)", unit = "year" }
[targets]
even = "x@2021 >= 0.5"
rare = "x@2021 >= 0.9999999999"
sure = "x@2021 <= 0.9999999999"
none = "x@2021 > 2"
all  = "x@2021 >= 0"
"#;

fn case() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), CASE).unwrap();
    folder
}

fn plancast(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").env("COLUMNS", "120").args(arguments);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The row of a target in a table.
fn row<'a>(text: &'a str, target: &str) -> &'a str {
    text.lines().find(|line| line.trim_start().starts_with(&format!("{target} "))).unwrap()
}

/// All drawings in a folder, one after the other.
fn drawings(folder: &Path) -> String {
    let read = |path: std::path::PathBuf| {
        if path.is_dir() { drawings(&path) } else { std::fs::read_to_string(path).unwrap() }
    };
    std::fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap().path())).collect()
}

#[test]
fn impossible_rare_and_of_too_few_paths_are_told_apart_in_tables() {
    let folder = case();
    let run = |paths: &str, language: &str| {
        plancast(folder.path(), &["run", "case.toml", "--paths", paths, "--lang", language])
    };
    let english = run("100000", "en");
    for (target, words) in
        [("rare", "< 0.004 %"), ("sure", "> 99.996 %"), ("none", "impossible"), ("all", "certain")]
    {
        assert!(row(&english, target).contains(words), "{target}: {english}");
    }
    assert!(
        english.contains("All 3 goals together: < 0.004 % (of 5 targets; left out: 1 impossible, 1 certain)"),
        "{english}"
    );
    let chinese = run("100000", "zh");
    assert!(row(&chinese, "none").contains("不可能") && row(&chinese, "all").contains("必然"), "{chinese}");
    assert!(
        chinese.contains("3 个目标同时达成：< 0.004 %（共 5 项；未计入：不可能 1 项、必然 1 项）"),
        "{chinese}"
    );
    let one = run("1", "en");
    assert!(row(&one, "rare").contains("0 of 1 path") && row(&one, "sure").contains("1 of 1 path"), "{one}");
    assert!(row(&one, "none").contains("impossible"), "{one}");
    assert!(!one.contains(" 0 %") && !one.contains("100 %"), "{one}");
    assert!(row(&run("1", "zh"), "rare").contains("1 条路径中 0 条"));
}

/// 3 of 100 000 is within what 0 of 100 000 allows; the page and the figures say the same as the table.
#[test]
fn pages_and_figures_say_the_same_as_tables() {
    let folder = case();
    let summary = plancast(folder.path(), &["run", "case.toml", "--paths", "100000", "--json"]);
    let summary: Value = serde_json::from_str(&summary).unwrap();
    let of = |target: &str, key: &str| summary["targets"][target][key].clone();
    assert_eq!(of("rare", "standard_error"), Value::Null);
    assert_eq!((of("rare", "decided"), of("none", "decided")), (Value::Null, Value::from("never")));
    assert_eq!(summary["joint"]["goals"], serde_json::json!(["even", "rare", "sure"]));
    plancast(folder.path(), &["report", "output/case", "--out", "page.html", "--lang", "en"]);
    let page = std::fs::read_to_string(folder.path().join("page.html")).unwrap();
    let text = page.replace("&lt;", "<").replace("&gt;", ">");
    for words in ["< 0.004 %", "> 99.996 %", "impossible", "certain"] {
        assert!(text.contains(words), "{words}");
    }
    for figure in ["scorecard", "fan"] {
        plancast(folder.path(), &["chart", "output/case", "--figure", figure, "--out", "charts"]);
    }
    let svg = drawings(&folder.path().join("charts"));
    let svg = svg.replace("&lt;", "<").replace("&gt;", ">");
    assert!(svg.contains("impossible") && svg.contains("< 0.004 %"), "{svg}");
    assert!(!svg.contains(": 0 %") && !svg.contains(": 100 %"), "{svg}");
}

#[test]
fn a_number_that_is_not_known_has_its_reason_below_the_table() {
    let folder = case();
    let run = |language: &str| {
        plancast(folder.path(), &["run", "case.toml", "--paths", "2000", "--lang", language])
    };
    let english = run("en");
    assert!(english.contains("–: no path has a finite value (y 2022)"), "{english}");
    assert!(english.contains("–: it never comes on any path (late)"), "{english}");
    assert!(run("zh").contains("–：没有任何路径取有限值（y 2022）"));
    let summary = std::fs::read_to_string(folder.path().join("output/case/summary.json")).unwrap();
    let summary: Value = serde_json::from_str(&summary).unwrap();
    assert_eq!(summary["variables"]["y"]["why"]["mean"], serde_json::json!({ "2022": "none" }));
    assert_eq!(summary["metrics"]["late"]["why"]["0.5"], "never");
    assert_eq!(summary["metrics"]["soon"]["why"]["mean"], Value::Null);
}
