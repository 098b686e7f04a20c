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
    assert!(chinese.contains("3个目标同时达成：< 0.004%（共5项；未计入：不可能1项、必然1项）"), "{chinese}");
    let one = run("1", "en");
    assert!(row(&one, "rare").contains("0 of 1 path") && row(&one, "sure").contains("1 of 1 path"), "{one}");
    assert!(row(&one, "none").contains("impossible"), "{one}");
    assert!(!one.contains(" 0 %") && !one.contains("100 %"), "{one}");
    assert!(row(&run("1", "zh"), "rare").contains("1条路径中0条"));
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
    assert!(english.contains("–: no path has a value (y 2022)"), "{english}");
    assert!(
        english.contains("–: it never comes on some paths, so that there is no mean (late)"),
        "{english}"
    );
    assert!(run("zh").contains("–：没有任何路径有数值（y 2022）"));
    let summary = std::fs::read_to_string(folder.path().join("output/case/summary.json")).unwrap();
    let summary: Value = serde_json::from_str(&summary).unwrap();
    assert_eq!(summary["variables"]["y"]["why"]["mean"], serde_json::json!({ "2022": "none" }));
    assert_eq!(summary["metrics"]["late"]["why"]["0.5"], "never");
    assert_eq!(summary["metrics"]["soon"]["why"]["mean"], Value::Null);
}

/// The record has x in 2021; `begin` is a year; `due` is one of each path, between 2024 and 2030.
const YEARS: &str = r#"
[time]
start = 2020
end = 2030
[parameters]
begin = { value = 2025, unit = "year", lever = { min = 2021, max = 2029 } }
wait = "uniform(0, 6)"
[shocks]
e = "normal(0, 1)"
[variables]
x = { start = "100", formula = "prev(x) + if(year >= begin, 4, 0) + e", report = true }
due = { start = "2024", formula = "2024 + wait", unit = "year", report = true }
[history.x]
values = { 2020 = 100, 2021 = 104 }
[metrics]
when = { formula = "first_year(x >= 108)", unit = "year" }
[targets]
met = "x@2021 >= 103"
missed = "x@2021 >= 105"
never = "wait > 6"
always = "begin >= 2020"
soon = "when <= 2028"
punctual = "due@2030 <= 2027"
[gates]
"recorded" = "p(missed) <= 1%"
"impossible" = "p(never) <= 1%"
"average" = "mean(due@2030) <= 2029"
"#;

fn years() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("one.toml"), YEARS).unwrap();
    std::fs::write(folder.path().join("two.toml"), YEARS.replace("104 }", "106 }")).unwrap();
    folder
}

/// Met and missed are on record, impossible and certain by the equations: nowhere has any of them a number.
#[test]
fn comparisons_gates_and_differences_say_what_is_decided() {
    let folder = years();
    let compare = |language: &str| {
        let ask = ["compare", "one.toml", "two.toml", "--paths", "1000", "--charts", "none"];
        plancast(folder.path(), &[&ask[..], &["--lang", language]].concat())
    };
    let english = compare("en");
    for (target, cells) in [
        ("met", ["met on record", "met on record"]),
        ("missed", ["missed on record", "met on record"]),
        ("never", ["impossible", "impossible"]),
        ("always", ["certain", "certain"]),
    ] {
        let row = row(&english, target);
        let (one, other) = row.split_once(cells[0]).unwrap_or_else(|| panic!("{row}"));
        assert!(other.contains(cells[1]) && !format!("{one}{other}").contains('%'), "{row}");
    }
    assert!(row(&english, "missed").trim_end().ends_with("+100"), "{english}");
    assert!(row(&compare("zh"), "missed").contains("未达成（有记录）"));
    let check = plancast(folder.path(), &["check", "one.toml", "--paths", "1000"]);
    assert!(check.contains("p(missed): missed on record"), "{check}");
    assert!(check.contains("p(never): impossible"), "{check}");
    let markdown = plancast(folder.path(), &["check", "one.toml", "--paths", "1000", "--markdown", "-"]);
    assert!(markdown.contains("| p(missed): missed on record | the record |"), "{markdown}");
    for name in ["one", "two"] {
        let file = format!("{name}.toml");
        plancast(folder.path(), &["run", &file, "--paths", "1000", "--charts", "none", "--quiet"]);
    }
    let mut diff = Command::cargo_bin("plancast").unwrap();
    diff.current_dir(folder.path()).env("LC_ALL", "C.UTF-8").args(["diff", "output/one", "output/two"]);
    let diff = String::from_utf8(diff.output().unwrap().stdout).unwrap();
    let missed = row(&diff, "missed");
    assert!(missed.contains("missed on record") && missed.contains("met on record"), "{diff}");
}

/// In sentences, tables and drawings; 2027 is not rounded to 2030 either.
#[test]
fn years_are_never_grouped_by_thousands() {
    let folder = years();
    let run = plancast(folder.path(), &["run", "one.toml", "--paths", "1000", "--charts", "svg"]);
    let svg = drawings(&folder.path().join("output/one/charts"));
    let mut solved = String::new();
    for goal in ["p(soon) >= 60%", "quantile(when, 50%) <= 2029", "p(always) >= 50%"] {
        let ask = ["solve", "one.toml", "--paths", "1000", "--vary", "begin", "--for", goal];
        solved += &plancast(folder.path(), &ask);
    }
    let check = plancast(folder.path(), &["check", "one.toml", "--paths", "1000"]);
    assert!(check.contains("mean(due@2030) = 202"), "{check}");
    for text in [&run, &svg, &solved, &check] {
        let grouped = text.match_indices("2,0").map(|(at, _)| &text[at..at + 5]);
        let grouped: Vec<&str> = grouped.filter(|found| found[3..].parse::<u32>().is_ok()).collect();
        assert!(grouped.is_empty(), "{grouped:?}");
    }
    assert!(solved.contains("begin <= 202"), "{solved}");
    assert!(svg.contains(">2027") || svg.contains("2026.9") || svg.contains("2027."), "the median of due");
}

#[test]
fn solve_and_discover_say_probabilities_as_all_others_do() {
    let folder = years();
    let solve = |goal: &str, language: &str| {
        let ask = ["solve", "one.toml", "--paths", "1000", "--vary", "begin", "--for", goal];
        plancast(folder.path(), &[&ask[..], &["--lang", language]].concat())
    };
    assert!(solve("p(always) >= 50%", "en").contains("p(always): certain."));
    assert!(solve("p(always) >= 50%", "zh").contains("p(always)：必然。"));
    assert!(solve("p(never) >= 50%", "en").contains("p(never): impossible."));
    // No path of 1000, of a sum that no bound excludes: at most 0.4 %.
    let rare = solve("p(x@2030 <= 60) >= 50%", "en");
    assert!(rare.contains("p(x@2030 <= 60) < 0.4 %."), "{rare}");
    let discover = |target: &str, language: &str| {
        let ask = ["discover", "one.toml", "--paths", "1000", "--target", target, "--lang", language];
        plancast(folder.path(), &ask)
    };
    assert_eq!(discover("never", "en"), "\"never\" is missed in every future, whatever is drawn.\n");
    assert_eq!(discover("always", "zh"), "“always”必然达成，与抽样无关。\n");
    let punctual = discover("punctual", "en");
    assert!(!punctual.contains("100 %"), "{punctual}");
}

/// Where nothing has a target, nothing is said of goals.
#[test]
fn a_scenario_without_targets_speaks_of_none() {
    let folder = tempfile::tempdir().unwrap();
    let text = CASE.split("[targets]").next().unwrap();
    std::fs::write(folder.path().join("case.toml"), text).unwrap();
    for (language, words) in [("en", ["goal", "arget"]), ("zh", ["目标", "同时"])] {
        let run = ["run", "case.toml", "--paths", "500", "--lang", language, "--charts", "none"];
        let printed = plancast(folder.path(), &run);
        assert!(words.iter().all(|word| !printed.contains(word)), "{printed}");
    }
}

/// A beta distribution lies between 0 and 1, which is less than one per cent where the unit is.
#[test]
fn shares_in_per_cent_are_doubted() {
    let folder = tempfile::tempdir().unwrap();
    let validate = |parameter: &str| {
        let text = format!(
            "[time]\nstart = 2020\nend = 2021\n[parameters]\nshare = {parameter}\n[variables]\n\
             x = {{ start = \"1\", formula = \"prev(x) * share\", report = true }}\n"
        );
        std::fs::write(folder.path().join("share.toml"), text).unwrap();
        let mut command = Command::cargo_bin("plancast").unwrap();
        command.current_dir(folder.path()).env("COLUMNS", "120").args(["validate", "share.toml"]);
        String::from_utf8(command.output().unwrap().stderr).unwrap()
    };
    for written in ["beta(2, 5)", "bernoulli(30%)", "truncate(beta(2, 5), 0, 0.5)"] {
        let said = validate(&format!("{{ value = \"{written}\", unit = \"%\" }}"));
        let expected = format!("share is in %, and {written} lies between 0 and 1: at most 1 %");
        assert!(said.contains(&expected), "{written}: {said}");
    }
    for fine in [
        "{ value = \"beta(2, 5)\", unit = \"1\" }",
        "\"beta(2, 5)\"",
        "{ value = \"uniform(0, 1)\", unit = \"%\" }",
    ] {
        assert!(!validate(fine).contains("between 0 and 1"), "{fine}");
    }
}
