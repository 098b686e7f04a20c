//! Gates whose verdict is easily wrong: what no path has met, what nothing random can change, jumps, and what is not known.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

fn plancast(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").env("COLUMNS", "160").args(arguments);
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A mine that kills 5,000 with a probability of two in a million a year: 0.05 are expected in five years.
const MINE: &str = r#"
[time]
start = 2020
end = 2025
[shocks]
mine = "bernoulli(0.000002)"
[variables]
deaths = { formula = "mine * 5000", report = true }
[metrics]
total_deaths = { formula = "total(deaths, 2021, 2025)" }
[gates]
"expected deaths" = "mean(total_deaths) <= 0.02"
"their spread" = "sd(total_deaths) <= 1"
"at most the worst" = "mean(total_deaths) <= 25000"
"#;

/// What lies on a bound, always, never, or nowhere.
const EDGES: &str = r#"
[time]
start = 2020
end = 2021
[parameters]
x = "uniform(0, 1)"
b = "bernoulli(30%)"
k = 3
[variables]
y = { start = "0", formula = "x", report = true }
loss = { start = "0", formula = "7 * b" }
c = { start = "0", formula = "k" }
n = { start = "0", formula = "log(x - 2)" }
[targets]
always = "y@2021 <= 1"
never = "y@2021 > 1"
half = "y@2021 >= 0.5"
unknown = "n@2021 <= 0"
[gates]
"#;

fn case(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), text).unwrap();
    folder
}

/// The JSON of a check of these gates beside those of the text.
fn check(text: &str, gates: &[&str], more: &[&str]) -> Value {
    let folder = case(text);
    let mut arguments = vec!["check", "case.toml", "--paths", "5000", "--charts", "none", "--json"];
    arguments.extend(gates.iter().flat_map(|gate| ["--require", gate]));
    arguments.extend(more);
    let output = plancast(folder.path(), &arguments);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", err(&output)))
}

fn gates(found: &Value) -> &Vec<Value> {
    found["scenarios"][0]["gates"].as_array().unwrap()
}

/// Gates and the verdicts that they must have.
fn assert_verdicts(text: &str, expected: &[(&str, &str)]) {
    let names: Vec<&str> = expected.iter().map(|(gate, _)| *gate).collect();
    let found = check(text, &names, &[]);
    for (gate, (name, verdict)) in gates(&found).iter().zip(expected) {
        assert_eq!(
            (gate["name"].as_str(), gate["verdict"].as_str()),
            (Some(*name), Some(*verdict)),
            "{gate}"
        );
    }
    assert_eq!(gates(&found).len(), expected.len());
}

#[test]
fn a_disaster_that_no_path_met_leaves_its_mean_undecided_and_says_why() {
    let folder = case(MINE);
    let quick = ["check", "case.toml", "--paths", "5000", "--max-paths", "20000", "--charts", "none"];
    let output = plancast(folder.path(), &quick);
    assert_eq!(output.status.code(), Some(1));
    let text = out(&output);
    assert!(!text.contains("(0 to 0)") && text.matches("UNDECIDED").count() == 2, "{text}");
    assert!(text.contains("expected deaths is undecided: mine takes an extreme value so rarely"), "{text}");
    let json = std::fs::read(folder.path().join("output/case/gates.json")).unwrap();
    let found: Value = serde_json::from_slice(&json).unwrap();
    let mean = &found["gates"][0]["statistics"][0];
    assert_eq!((&mean["method"], &mean["guarantee"]), (&"betting".into(), &true.into()), "{mean}");
    assert!(mean["high"].as_f64().unwrap() > 0.05 && mean["low"] == 0.0, "{mean}");
    let sure = &found["gates"][2];
    assert_eq!((&sure["verdict"], &sure["guarantee"]), (&"PASS".into(), &true.into()), "{sure}");
    let chinese = out(&plancast(folder.path(), &[&quick[..], &["--lang", "zh"]].concat()));
    assert!(
        chinese.contains("expected deaths未定：mine极少取到极端值") && chinese.contains("已知取值范围"),
        "{chinese}"
    );
}

#[test]
fn what_nothing_random_can_change_is_decided_at_once() {
    assert_verdicts(
        EDGES,
        &[
            ("p(always) >= 100%", "PASS"),
            ("p(always) < 100%", "FAIL"),
            ("p(never) > 0%", "FAIL"),
            ("p(never) <= 0%", "PASS"),
            ("p(always given half) >= 100%", "PASS"),
            ("p(never given half) <= 0", "PASS"),
            ("p(c@2021 >= 3) >= 100%", "PASS"),
            ("mean(c@2021) == 3", "PASS"),
            ("sd(c@2021) <= 0", "PASS"),
            ("quantile(c@2021, 5%) >= 3", "PASS"),
            ("expected_shortfall(c@2021, 5%) > 3", "FAIL"),
            ("quantile(y@2021, 0%) >= 0", "PASS"),
            ("quantile(y@2021, 100%) <= 1", "PASS"),
            ("mean(y@2021) <= 1 and sd(y@2021) <= 0.5", "PASS"),
            ("not (mean(y@2021) > 1)", "PASS"),
        ],
    );
}

/// 70 % of the paths have no loss, 30 % one of 7: up to 70 % quantiles are 0, beyond 7. At a level of 70 % itself nobody can
/// say from paths on which side it is.
#[test]
fn quantiles_at_jumps_are_decided_for_every_comparison() {
    assert_verdicts(
        EDGES,
        &[
            ("quantile(loss@2021, 60%) <= 0", "PASS"),
            ("quantile(loss@2021, 60%) < 0", "FAIL"),
            ("quantile(loss@2021, 60%) >= 0", "PASS"),
            ("quantile(loss@2021, 60%) > 0", "FAIL"),
            ("quantile(loss@2021, 60%) == 0", "PASS"),
            ("quantile(loss@2021, 80%) >= 7", "PASS"),
            ("quantile(loss@2021, 80%) > 7", "FAIL"),
            ("quantile(loss@2021, 80%) == 7", "PASS"),
            ("quantile(loss@2021, 80%) != 7", "FAIL"),
            ("quantile(loss@2021, 80%) <= 6.5", "FAIL"),
            ("quantile(loss@2021, 70%) <= 3", "UNDECIDED"),
            ("quantile(loss@2021, 80%) - quantile(loss@2021, 60%) == 7", "PASS"),
        ],
    );
}

#[test]
fn undecided_statements_stay_so_under_not_however_often() {
    assert_verdicts(
        EDGES,
        &[
            ("p(half) >= 50%", "UNDECIDED"),
            ("not (p(half) >= 50%)", "UNDECIDED"),
            ("not (not (p(half) >= 50%))", "UNDECIDED"),
            ("not (p(half) >= 50% and p(always) >= 100%)", "UNDECIDED"),
            ("not (p(half) >= 50%) or p(always) >= 100%", "PASS"),
            ("p(half) == 50%", "UNDECIDED"),
            ("mean(y@2021) == 0.5", "UNDECIDED"),
        ],
    );
}

#[test]
fn a_condition_that_is_never_defined_or_never_met_decides_nothing_and_says_so() {
    let found = check(
        EDGES,
        &[
            "p(unknown) >= 1%",
            "p(half given unknown) >= 10%",
            "p(half given y@2021 <= 0) <= 50%",
            "mean(n@2021) <= 0",
        ],
        &["--max-paths", "5000"],
    );
    let gates = gates(&found);
    // Where it is not known it may be met or missed: nothing is excluded.
    let unknown = &gates[0];
    let verdict = (&unknown["verdict"], &unknown["statistics"][0]["estimate"]);
    assert_eq!(verdict, (&"UNDECIDED".into(), &0.0.into()));
    assert_eq!(unknown["statistics"][0]["high"].as_f64(), Some(1.0), "{unknown}");
    for gate in &gates[1..] {
        assert_eq!(gate["verdict"], "UNDECIDED", "{gate}");
        assert_eq!(gate["statistics"][0]["estimate"], Value::Null, "{gate}");
        let reason = gate["reason"].as_str().unwrap();
        assert!(reason.contains("condition") || reason.contains("not a number on 5,000 paths"), "{reason}");
    }
}

#[test]
fn validate_warns_of_gates_that_can_never_fail_or_pass() {
    let gates = "good = \"p(half) >= 40%\"\nsure = \"p(always) >= 50%\"\nlost = \"mean(y@2021) > 2\"\n\
                 vain = \"p(half given never) >= 1%\"\n";
    let folder = case(&format!("{EDGES}{gates}"));
    let output = plancast(folder.path(), &["validate", "case.toml"]);
    assert_eq!(output.status.code(), Some(0));
    let text = err(&output);
    assert!(
        text.contains("the gate \"sure\" can never fail")
            && text.contains("the gate \"lost\" can never pass"),
        "{text}"
    );
    assert!(text.contains("p(half given never) is not defined: its condition never holds"), "{text}");
    assert!(!text.contains("the gate \"good\""), "{text}");
    let line = 1 + format!("{EDGES}{gates}").lines().position(|line| line.starts_with("sure")).unwrap();
    assert!(text.contains(&format!("case.toml:{line}")), "{text}");
}

#[test]
fn a_verdict_by_approximation_is_marked_and_explained() {
    // Twenty-five years of growth: the equations allow far more than what happens.
    let text = "[time]\nstart = 2020\nend = 2045\n[shocks]\ng = \"normal(3%, 8%)\"\n\
                [variables]\ny = { start = \"100\", formula = \"prev(y) * exp(g)\", report = true }\n\
                [gates]\nmean = \"mean(y@2045) <= 260\"\n";
    let folder = case(text);
    let quick = ["check", "case.toml", "--paths", "5000", "--charts", "none", "--max-paths", "5000"];
    let output = plancast(folder.path(), &[&quick[..], &["--markdown", "gates.md"]].concat());
    let text = out(&output);
    assert_eq!(output.status.code(), Some(0), "{text}{}", err(&output));
    assert!(text.contains("PASS *") && text.contains("normal approximation"), "{text}");
    assert!(text.contains("* without a guarantee"), "{text}");
    let markdown = std::fs::read_to_string(folder.path().join("gates.md")).unwrap();
    assert!(
        markdown.contains("| PASS \\* | mean |") && markdown.contains("\\* without a guarantee"),
        "{markdown}"
    );
    let chinese = out(&plancast(folder.path(), &[&quick[..], &["--lang", "zh"]].concat()));
    assert!(chinese.contains("通过 *") && chinese.contains("* 没有保证"), "{chinese}");
}

#[test]
fn until_does_not_end_on_an_error_that_no_path_could_tell() {
    let text = "[time]\nstart = 2020\nend = 2021\n[parameters]\nb = \"bernoulli(0.00002)\"\n\
                [variables]\nx = { formula = \"b * 1000000\", report = true }\n";
    let folder = case(text);
    let run = ["run", "case.toml", "--charts", "none", "--json", "--max-paths", "20000", "--until"];
    let output = plancast(folder.path(), &[&run[..], &["mean(x@2021)=1"]].concat());
    let summary: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", err(&output)));
    let convergence = &summary["convergence"];
    assert_eq!(convergence["reached"], false, "{convergence}");
    for error in convergence["standard_error"].as_array().unwrap() {
        assert!(error.as_f64().is_none_or(|error| error > 10.0), "{convergence}");
    }
    assert!(err(&output).contains("allow more with --max-paths"), "{}", err(&output));
}

/// What `[run]` says of which paths are counted is kept by `run` and told by every command that does not know it.
#[test]
fn commands_that_count_all_paths_refuse_a_run_that_does_not() {
    let text = "[time]\nstart = 2020\nend = 2021\n[parameters]\nk = 1\nu = \"uniform(0, 1)\"\n[variables]\n\
                x = { formula = \"k * u\", report = true }\n[targets]\nt = \"x@2021 >= 0.5\"\n[run]\n";
    for key in ["given = \"u > 0.8\"", "sampling = \"sobol\""] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("case.toml"), format!("{text}{key}\n")).unwrap();
        for arguments in [
            &["solve", "case.toml", "--vary", "k", "--between", "0,2", "--for", "p(t) = 60%"][..],
            &["sensitivity", "case.toml"],
            &["discover", "case.toml", "--target", "t"],
            &["check", "case.toml", "--require", "p(t) >= 10%"],
        ] {
            let output = crate::case::plancast(folder.path(), arguments);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
            assert!(said.contains("[run] says"), "{arguments:?}: {said}");
        }
    }
}
