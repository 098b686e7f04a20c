//! Values that are infinite or not a number: one rule in every command. Infinities are in order with all other values,
//! what is not a number may stand for anything, and nothing is left out.

use crate::case::{err, plancast};

/// One path in ten is minus infinity, plus infinity, or no number; a year may never come.
const CASE: &str = r#"
[time]
start = 2020
end = 2030
[parameters]
rare = "bernoulli(0.1)"
k = "uniform(0, 10)"
g = "normal(3%, 2%)"
[variables]
y = { start = 100, formula = "prev(y) * exp(g)", report = true }
low = { formula = "if(rare > 0, -1/0, 100 + k)", report = true }
high = { formula = "if(rare > 0, 1/0, 100 + k)", report = true }
none = { formula = "if(rare > 0, log(-1), 100 + k)", report = true }
[metrics]
reached = "first_year(y >= 120)"
overflow = "high@2030"
[gates]
"low tail" = "quantile(low@2030, 5%) >= 50"
"low middle" = "quantile(low@2030, 50%) >= 50"
"low mean" = "mean(low@2030) >= 50"
"low shortfall" = "expected_shortfall(low@2030, 50%) >= 50"
"high tail above" = "quantile(high@2030, 95%) >= 200"
"high tail below" = "quantile(high@2030, 95%) <= 200"
"high mean" = "mean(high@2030) <= 200"
"none tail" = "quantile(none@2030, 5%) >= 50"
"none middle" = "quantile(none@2030, 50%) >= 50"
"none odds" = "p(none@2030 >= 0) <= 95%"
"late" = "quantile(reached, 99%) <= 2030"
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), CASE).unwrap();
    folder
}

fn out(folder: &tempfile::TempDir, arguments: &[&str]) -> String {
    let output = plancast(folder.path(), arguments);
    String::from_utf8(output.stdout).unwrap()
}

/// With 90 % of the paths at 100 to 110: a 5 % quantile is −∞, a 95 % quantile +∞ or open, the middle is known. All
/// verdicts follow from the shares alone.
#[test]
fn no_gate_passes_because_paths_are_left_out() {
    let folder = folder();
    let text = out(&folder, &["check", "case.toml", "--json", "--paths", "4000", "--max-paths", "4000"]);
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    let gates = found["scenarios"][0]["gates"].as_array().unwrap();
    let verdict = |name: &str| {
        let gate = gates.iter().find(|gate| gate["name"] == name).unwrap();
        (gate["verdict"].as_str().unwrap().to_owned(), gate["reason"].as_str().unwrap_or("").to_owned())
    };
    for (name, expected, reason) in [
        ("low tail", "FAIL", ""),
        ("low middle", "PASS", ""),
        ("low mean", "UNDECIDED", "infinite on"),
        ("low shortfall", "UNDECIDED", "infinite on"),
        ("high tail above", "PASS", ""),
        ("high tail below", "FAIL", ""),
        ("high mean", "UNDECIDED", "infinite on"),
        ("none tail", "UNDECIDED", "not a number on"),
        ("none middle", "PASS", ""),
        ("none odds", "UNDECIDED", "not a number on"),
        ("late", "FAIL", ""),
    ] {
        let (verdict, said) = verdict(name);
        assert!(verdict == expected && said.contains(reason), "{name}: {verdict} {said}");
        assert!(
            reason.is_empty() || said.contains("--path "),
            "{name}: the first such path is not named: {said}"
        );
    }
    let statistic = |name: &str| {
        let gate = gates.iter().find(|gate| gate["name"] == name).unwrap();
        gate["statistics"][0]["estimate"].clone()
    };
    assert_eq!(
        (statistic("low tail"), statistic("high tail below")),
        ("-infinity".into(), "infinity".into())
    );
}

/// The same quantiles in the table of a run, in its JSON, in the CSV and in the table of a check.
#[test]
fn a_run_and_a_check_tell_the_same_quantile() {
    let folder = folder();
    let paths = ["--paths", "4000", "--charts", "none"];
    let text = out(&folder, &[&["run", "case.toml"][..], &paths].concat());
    let row = |name: &str| text.lines().find(|line| line.trim_start().starts_with(name)).unwrap().to_owned();
    assert!(row("low").contains("−∞") && row("high").contains('∞'), "{text}");
    assert!(row("overflow").contains('∞') && !row("overflow").contains("never"), "{text}");
    assert!(row("reached").contains("never") && !row("reached").contains("2,0"), "{text}");
    assert!(text.contains("it is infinite on some paths, so that there is no mean"), "{text}");
    assert!(text.contains("it never comes on some paths, so that there is no mean (reached)"), "{text}");
    let json = std::fs::read_to_string(folder.path().join("output/case/summary.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let why = |name: &str, level: &str| json["variables"][name]["why"][level]["2030"].clone();
    assert_eq!((why("low", "0.05"), why("high", "0.95")), ("minus_infinity".into(), "plus_infinity".into()));
    assert_eq!((why("none", "0.05"), why("none", "mean")), ("not_a_number".into(), "not_a_number".into()));
    assert!(why("low", "0.5").is_null() && json["variables"]["low"]["quantiles"]["0.5"][10].is_number());
    assert_eq!(json["metrics"]["overflow"]["never"], 0.0);
    assert!(json["metrics"]["reached"]["never"].as_f64().unwrap() > 0.2);
    let bands = std::fs::read_to_string(folder.path().join("output/case/bands.csv")).unwrap();
    assert!(bands.contains("low,,2030,q0.05,-inf\n") && bands.contains("high,,2030,q0.95,inf\n"), "{bands}");
    let table = out(&folder, &["check", "case.toml", "--paths", "4000", "--max-paths", "4000"]);
    assert!(table.contains("= never") && table.contains("= ∞") && table.contains("= −∞"), "{table}");
    let chinese =
        out(&folder, &["check", "case.toml", "--paths", "4000", "--max-paths", "4000", "--lang", "zh"]);
    assert!(chinese.contains("= 未出现") && chinese.contains("条路径上为无穷"), "{chinese}");
}

/// The difference of what is infinite in both is none, and of what is so in one is infinite.
#[test]
fn a_comparison_leaves_no_path_out() {
    let folder = folder();
    std::fs::write(folder.path().join("other.toml"), CASE.replace("100 + k", "101 + k")).unwrap();
    let text = out(&folder, &["compare", "case.toml", "other.toml", "--json", "--paths", "4000"]);
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    let difference = &found["alternatives"][0]["difference"];
    let high = &difference["variables"]["high"]["absolute"];
    // Nine in ten differ by 1, the others by nothing.
    let at = |level: &str| high["quantiles"][level][10].as_f64().unwrap();
    assert!((at("0.05")).abs() < 1e-9 && (at("0.5") - 1.0).abs() < 1e-9, "{high}");
    assert!((high["mean"][10].as_f64().unwrap() - 0.9).abs() < 0.03, "{}", high["mean"]);
    assert_eq!(difference["metrics"]["reached"]["rank"]["equal"], 1.0);
}

#[test]
fn solve_finds_where_a_quantile_is_infinite_and_calls_it_so() {
    let folder = folder();
    let solve = |goal: &str| {
        out(
            &folder,
            &["solve", "case.toml", "--for", goal, "--vary", "rare", "--fix", "rare", "--between", "0,1"],
        )
    };
    let text = solve("quantile(high@2030, 50%) <= 200");
    assert!(text.contains('∞') && !text.contains("never"), "{text}");
}

/// What no sample shows: that something is impossible.
#[test]
fn that_something_is_impossible_is_not_told_from_samples() {
    let folder = folder();
    let solve = |goal: &str, paths: &str| {
        let vary = ["--vary", "g", "--between", "0,0.1", "--paths", paths];
        plancast(folder.path(), &[&["solve", "case.toml", "--for", goal], &vary[..]].concat())
    };
    let told = |goal: &str| String::from_utf8(solve(goal, "2000").stdout).unwrap();
    let text = told("p(y@2030 >= 1000) = 0%");
    assert!(text.contains("cannot be told from simulated paths") && text.contains("<= 0.1%"), "{text}");
    // By the equations y is above 0 whatever the growth.
    let text = told("p(y@2030 > 0) = 100%");
    assert!(text.contains("certain"), "{text}");
    let few = solve("p(y@2030 >= 130) = 50%", "1");
    assert!(few.status.code() == Some(2) && err(&few).contains("needs --paths 200"), "{}", err(&few));
    let few = solve("p(y@2030 >= 130) = 99.9%", "9999");
    assert!(err(&few).contains("needs --paths 10000"), "{}", err(&few));
    assert!(err(&solve("p(y@2030 >= 130) > 0%", "2000")).contains("cannot be told"));
}

/// A uniform number that is shifted lies below 5 for certain up to where its range ends: at the shift of 4 exactly.
#[test]
fn solve_tells_from_the_range_where_something_becomes_possible() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[time]\nstart = 2020\nend = 2021\n[parameters]\nu = \"uniform(0, 1)\"\nmore = 0\n\
                [variables]\nx = { formula = \"u + more\", report = true }\n";
    std::fs::write(folder.path().join("case.toml"), text).unwrap();
    let solve = [
        "solve",
        "case.toml",
        "--for",
        "p(x@2021 > 5) = 0%",
        "--vary",
        "more",
        "--between",
        "0,10",
        "--paths",
        "2000",
    ];
    let text = out(&folder, &solve);
    assert!(text.contains("more <= 4\n") || text.contains("more <= 4 "), "{text}");
}

#[test]
fn too_few_paths_are_refused_with_how_many_it_takes() {
    let folder = folder();
    for (method, paths, needed) in [("sobol", "511", "512"), ("morris", "7", "8"), ("pawn", "499", "500")] {
        let of = ["sensitivity", "case.toml", "--of", "y@2030", "--method", method];
        let output = plancast(folder.path(), &[&of[..], &["--paths", paths]].concat());
        assert_eq!(output.status.code(), Some(2), "{method}");
        assert!(err(&output).contains(&format!("--paths {needed} or more")), "{method}: {}", err(&output));
        let output = plancast(folder.path(), &[&of[..], &["--paths", needed]].concat());
        assert_eq!(output.status.code(), Some(0), "{method}: {}", err(&output));
    }
}

/// 1,000 paths in sixteen replicates of whole blocks of 256 are 4,096.
#[test]
fn a_scheme_that_takes_more_paths_than_asked_says_so() {
    let folder = folder();
    let run = ["run", "case.toml", "--sampling", "sobol", "--paths", "1000", "--charts", "none"];
    let output = plancast(folder.path(), &run);
    assert!(err(&output).contains("4,096 paths are simulated, not 1,000"), "{}", err(&output));
    let run = ["run", "case.toml", "--sampling", "sobol", "--paths", "4096", "--charts", "none"];
    assert!(!err(&plancast(folder.path(), &run)).contains("simulated, not"));
}

const RECORDED: &str = r#"
[time]
start = 2020
end = 2030
[parameters]
g = "normal(3%, 2%)"
[variables]
y = { start = 100, formula = "prev(y) * exp(g)", report = true }
[history]
y = { values = { 2020 = 100, 2022 = 105 }, source = "s" }
[sources]
s = { title = "S", grade = "A" }
[targets]
done = "y@2022 >= 104"
gone = "y@2022 >= 110"
[gates]
"in vain" = "p(gone) >= 50%"
"#;

/// Nothing changes what is on record, and every command says so.
#[test]
fn a_target_on_record_is_told_by_every_command() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), RECORDED).unwrap();
    let said = |arguments: &[&str]| {
        let output = plancast(folder.path(), arguments);
        err(&output) + &String::from_utf8(output.stdout).unwrap()
    };
    let solve = ["solve", "case.toml", "--for", "p(gone) = 50%", "--vary", "g", "--between", "0,1"];
    for (arguments, word) in [
        (&solve[..], "missed on record"),
        (&["sensitivity", "case.toml", "--of", "gone"], "missed on record"),
        (&["sensitivity", "case.toml"], "met on record"),
        (&["run", "case.toml", "--given", "done", "--charts", "none"], "met on record"),
        (&["run", "case.toml", "--given", "gone", "--charts", "none"], "missed on record"),
        (&["validate", "case.toml"], "it is missed on record"),
        (&["check", "case.toml"], "missed on record"),
    ] {
        let text = said(arguments);
        assert!(text.contains(word) && !text.contains("more (--paths)"), "{arguments:?}: {text}");
    }
    assert!(said(&[&solve[..], &["--lang", "zh"]].concat()).contains("未达成（有记录）"));
}
