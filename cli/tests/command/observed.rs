//! Runs that are conditioned on what became known, as they are typed.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::case::{err, plancast};

/// Growth that is observed for two years.
const CASE: &str = "
[time]
start = 2020
end = 2025
[shocks]
eps = 'normal(0, 2%)'
[parameters]
trend = 'normal(3%, 1%)'
[variables]
x = { start = '100', formula = 'prev(x) * exp(trend + eps)', report = true, unit = 't' }
[targets]
high = 'x@2025 >= 118'
[gates]
'likely' = 'p(high) >= 50%'
'no collapse' = 'quantile(x@2025, 5%) >= 90'
";

const RECORD: &str = "variable,year,value,sd\nx,2020,100,1%\nx,2021,105,1%\nx,2022,111,1%\nx,2031,150,1%\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), CASE).unwrap();
    std::fs::write(folder.path().join("record.csv"), RECORD).unwrap();
    folder
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn observed(folder: &Path, more: &[&str]) -> Output {
    let usual = ["case.toml", "--observed", "record.csv", "--paths", "20000"];
    plancast(folder, &[&["run"], &usual[..], more].concat())
}

fn summary(folder: &Path, run: &str) -> Value {
    let file = folder.join(run).join("summary.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn the_first_line_says_what_it_is_conditioned_on_and_both_odds_stand_beside_each_other() {
    let folder = folder();
    let run = observed(folder.path(), &[]);
    assert!(run.status.success(), "{}", err(&run));
    let text = out(&run);
    assert!(text.starts_with("Conditioned on 2 observed values: x 2021–2022\n"), "{text}");
    for part in
        ["Before", "After", "Log likelihood of the record", "x@2020 (the same on every path)", "x@2031"]
    {
        // Lines are broken where the terminal ends.
        let unbroken = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(unbroken.contains(part), "no {part}: {text}");
    }
    let chinese = out(&observed(folder.path(), &["--lang", "zh"]));
    assert!(
        chinese.starts_with("以2个观测值为条件：x 2021–2022\n") && chinese.contains("观测前"),
        "{chinese}"
    );
}

#[test]
fn the_summary_has_the_prior_in_the_same_shape_and_the_evidence() {
    let folder = folder();
    assert!(observed(folder.path(), &["--quiet"]).status.success());
    let found = summary(folder.path(), "output/case");
    let plain =
        plancast(folder.path(), &["run", "case.toml", "--paths", "20000", "--out", "plain", "--quiet"]);
    assert!(plain.status.success());
    let plain = summary(folder.path(), "plain/case");
    for part in ["variables", "metrics", "joint"] {
        assert_eq!(found["prior"][part], plain[part], "{part}");
    }
    assert_eq!(found["prior"]["targets"]["high"]["probability"], plain["targets"]["high"]["probability"]);
    assert_eq!(found["targets"]["high"]["prior"]["probability"], plain["targets"]["high"]["probability"]);
    let odds = |of: &Value| of["targets"]["high"]["probability"].as_f64().unwrap();
    assert!(odds(&found) > odds(&plain) + 0.1, "{} {}", odds(&found), odds(&plain));
    assert!(found["evidence"]["effective_paths"].as_f64().unwrap() > 1000.0);
    assert_eq!(found["evidence"]["observed"]["x"][0]["sd"], 1.05);
    let schema = plancast(folder.path(), &["schema", "summary"]);
    let schema: Value = serde_json::from_slice(&schema.stdout).unwrap();
    let wrong: Vec<String> = jsonschema::draft202012::new(&schema)
        .unwrap()
        .iter_errors(&found)
        .map(|error| error.to_string())
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_stored_run_is_run_again_to_the_same_fingerprint() {
    let folder = folder();
    assert!(observed(folder.path(), &["--quiet"]).status.success());
    let again = ["run", "output/case/scenario.toml", "--out", "again", "--quiet"];
    let again = plancast(folder.path(), &again);
    assert!(again.status.success(), "{}", err(&again));
    let fingerprint = |run: &str| summary(folder.path(), run)["fingerprint"].clone();
    assert_eq!(fingerprint("output/case"), fingerprint("again/case"));
    let text = |run: &str| std::fs::read_to_string(folder.path().join(run).join("scenario.toml")).unwrap();
    assert_eq!(text("output/case"), text("again/case"));
}

#[test]
fn a_path_is_replayed_as_the_record_moves_it() {
    let folder = folder();
    assert!(observed(folder.path(), &["--quiet"]).status.success());
    let near = |path: u64| {
        let path = path.to_string();
        let line = ["explain", "output/case/scenario.toml", "x", "--path", &path];
        let text = out(&plancast(folder.path(), &line));
        let x = text.lines().find(|line| line.trim_start().starts_with("x:")).unwrap().to_owned();
        let value = x.split("2022 ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        (value.parse::<f64>().unwrap() - 111.0).abs() < 4.0
    };
    // Nine of ten paths are moved, to within three standard errors and a half; of the others one in seven lies there.
    assert!((0..20).filter(|path| near(*path)).count() >= 12);
}

#[test]
fn gates_are_judged_on_the_odds_after_the_record() {
    let folder = folder();
    let check = |more: &[&str]| {
        let line = ["check", "case.toml", "--paths", "20000"];
        plancast(folder.path(), &[&line[..], more].concat())
    };
    assert_eq!(check(&[]).status.code(), Some(1), "before the record it is unlikely");
    let after = check(&["--observed", "record.csv"]);
    assert_eq!(after.status.code(), Some(0), "{}{}", out(&after), err(&after));
}

#[test]
fn what_has_no_answer_after_a_record_says_why_and_what_to_do_instead() {
    let folder = folder();
    for (line, instead) in [
        (&["sensitivity", "case.toml", "--of", "x@2025"][..], "discover"),
        (&["run", "case.toml", "--sampling", "sobol"], "--sampling random"),
        (&["run", "case.toml", "--until", "mean(x@2025)=0.1"], "--paths"),
        (
            &["decompose", "case.toml", "x", "--by", "a=x", "--alternative", "case.toml", "--year", "2025"],
            "compare",
        ),
    ] {
        let found = plancast(folder.path(), &[line, &["--observed", "record.csv"]].concat());
        let said = err(&found);
        assert_eq!(found.status.code(), Some(2), "{line:?} {said}");
        assert!(said.contains(instead) && said.contains("observations"), "{line:?} {said}");
        let chinese =
            plancast(folder.path(), &[line, &["--observed", "record.csv", "--lang", "zh"]].concat());
        assert!(err(&chinese).contains("观测") && err(&chinese).contains(instead), "{}", err(&chinese));
    }
    let aside = ["run", "case.toml", "--unobserved", "--paths", "2000", "--quiet"];
    assert!(plancast(folder.path(), &aside).status.success());
}

/// Every answer says on what it is conditioned.
#[test]
fn questions_are_asked_among_the_futures_that_agree_with_a_record() {
    let folder = folder();
    for line in [
        &["solve", "case.toml", "--vary", "trend", "--between", "2%,5%", "--for", "p(high) = 80%"][..],
        &["discover", "case.toml", "--target", "high"],
        &["decompose", "case.toml", "x", "--by", "a=x", "--from", "2021", "--to", "2025"],
    ] {
        let line = [line, &["--observed", "record.csv", "--paths", "4000"]].concat();
        let found = plancast(folder.path(), &line);
        assert!(found.status.success(), "{line:?} {}", err(&found));
        let text = out(&found);
        assert!(text.starts_with("Conditioned on 2 observed values: x 2021–2022\n"), "{text}");
        let json: Value =
            serde_json::from_str(&out(&plancast(folder.path(), &[&line[..], &["--json"]].concat()))).unwrap();
        assert_eq!(json["observed"]["x"], serde_json::json!(["2021", "2022"]));
    }
}

#[test]
fn a_comparison_after_a_record_is_one_of_statistics() {
    let folder = folder();
    let at = folder.path();
    let line = [
        "compare",
        "case.toml",
        "case.toml",
        "--observed",
        "record.csv",
        "--paths",
        "8000",
        "--charts",
        "svg",
    ];
    std::fs::write(at.join("fast.toml"), CASE.replace("normal(3%, 1%)", "normal(4%, 1%)")).unwrap();
    let line = [&line[..2], &["fast.toml"], &line[3..]].concat();
    let found = plancast(at, &line);
    assert!(found.status.success(), "{}", err(&found));
    let unbroken = out(&found).split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "Conditioned on 2 observed values: x 2021–2022",
        "differences of statistics, with their joint error",
        "case before",
        "fast after",
        "log likelihood of the record",
    ] {
        assert!(unbroken.contains(part), "no {part}: {unbroken}");
    }
    let stored = summary(at, "output/compare-case-fast");
    let difference = &stored["alternatives"][0]["difference"];
    assert_eq!(
        (&difference["of_statistics"], &difference["targets"]["high"]["gained"]),
        (&true.into(), &Value::Null)
    );
    assert!(difference["variables"]["x"]["absolute"]["standard_error"][5].as_f64().unwrap() > 0.0);
    for (language, words) in [("en", "those of statistics, with their joint error"), ("zh", "统计量之差")]
    {
        let report = ["report", "output/compare-case-fast", "--out", "page.html", "--lang", language];
        assert!(plancast(at, &report).status.success());
        let page = std::fs::read_to_string(at.join("page.html")).unwrap();
        assert!(page.contains(words), "{language}");
    }
    // Quantiles of one minus those of the other are no fan, and are not drawn as one.
    let charts: Vec<String> = std::fs::read_dir(at.join("output/compare-case-fast/charts"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        charts.iter().any(|name| name == "x.svg") && !charts.iter().any(|name| name.contains("difference")),
        "{charts:?}"
    );
}

/// The page says how the years went that were observed, and what that made of the chances.
#[test]
fn the_page_says_how_we_are_doing() {
    let folder = folder();
    let at = folder.path();
    assert!(observed(at, &["--quiet", "--charts", "none"]).status.success());
    for (language, words) in [
        ("en", ["How are we doing?", "2 of 2 observed values", "Chance before"]),
        ("zh", ["目前进展如何？", "2个观测值中，有2个", "观测前的可能性"]),
    ] {
        let report = ["report", "output/case", "--out", "page.html", "--lang", language];
        assert!(plancast(at, &report).status.success());
        let page = std::fs::read_to_string(at.join("page.html")).unwrap();
        for part in words {
            assert!(page.contains(part), "{language}: no {part}");
        }
    }
    let plain = ["run", "case.toml", "--paths", "2000", "--quiet", "--out", "plain"];
    assert!(plancast(at, &plain).status.success());
    assert!(plancast(at, &["report", "plain/case", "--out", "plain.html"]).status.success());
    assert!(!std::fs::read_to_string(at.join("plain.html")).unwrap().contains("How are we doing?"));
}

/// Weighted by the column, the exported paths have the means and odds of the run.
#[test]
fn exported_paths_have_what_they_weigh() {
    let folder = folder();
    let at = folder.path();
    assert!(observed(at, &["--quiet", "--charts", "none", "--export", "paths.csv"]).status.success());
    let found = summary(at, "output/case");
    let mut rows = csv::Reader::from_path(at.join("paths.csv")).unwrap();
    let names: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(names[..2], ["path", "weight"]);
    let of = |name: &str| names.iter().position(|known| known == name).unwrap();
    let (x, high) = (of("x@2025"), of("high"));
    let (mut weights, mut values, mut met) = (0.0, 0.0, 0.0);
    for row in rows.records().map(Result::unwrap) {
        let number = |place: usize| row[place].parse::<f64>().unwrap();
        weights += number(1);
        values += number(1) * number(x);
        met += number(1) * number(high);
    }
    assert!((weights / 20_000.0 - 1.0).abs() < 1e-4, "{weights}");
    let mean = found["variables"]["x"]["mean"][5].as_f64().unwrap();
    assert!((values / weights - mean).abs() < 1e-3, "{} {mean}", values / weights);
    let odds = found["targets"]["high"]["probability"].as_f64().unwrap();
    assert!((met / weights - odds).abs() < 1e-4, "{} {odds}", met / weights);
}

#[test]
fn a_condition_besides_the_record_has_a_folder_of_its_own() {
    let folder = folder();
    let run = observed(folder.path(), &["--given", "x@2023 >= 112"]);
    assert!(run.status.success(), "{}", err(&run));
    let found = summary(folder.path(), "output/case-given");
    assert!(
        found["given"]["among"] == 20_000 && found["evidence"]["effective_paths"].as_f64().unwrap() > 400.0
    );
    assert!(found["variables"]["x"]["minimum"][3].as_f64().unwrap() >= 112.0);
}

/// As typed: shards with the record's file, a run that is interrupted again and again, and the run at once.
#[test]
fn shards_and_checkpoints_of_an_observed_run_give_its_bytes() {
    let folder = folder();
    let usual =
        ["run", "case.toml", "--observed", "record.csv", "--paths", "20000", "--charts", "none", "--quiet"];
    let typed = |more: &[&str]| {
        let output = plancast(folder.path(), &[&usual[..], more].concat());
        assert!(output.status.success(), "{}", err(&output));
    };
    typed(&[]);
    for shard in ["1/3", "2/3", "3/3"] {
        typed(&["--shard", shard]);
    }
    let parts = ["1", "2", "3"].map(|number| format!("output/case.part-{number}-of-3"));
    let mut merge = vec!["merge", "--out", "merged", "--charts", "none"];
    merge.extend(parts.iter().map(String::as_str));
    let merged = plancast(folder.path(), &merge);
    assert!(merged.status.success(), "{}", err(&merged));
    typed(&["--checkpoint", "0.0003", "--resume", "--out", "kept"]);
    let bytes = |place: &str| std::fs::read(folder.path().join(place).join("summary.json")).unwrap();
    assert!(bytes("output/case") == bytes("merged/case"), "the shards are not the whole");
    assert!(bytes("output/case") == bytes("kept/case"), "with checkpoints it is another run");
}

#[test]
fn mistakes_in_a_record_are_said_all_at_once() {
    let folder = folder();
    let wrong = "variable,year,value,sd\ny,2021,1,1%\nx,2021,105,\n";
    std::fs::write(folder.path().join("record.csv"), wrong).unwrap();
    let found = observed(folder.path(), &[]);
    let said = err(&found);
    assert_eq!(found.status.code(), Some(2));
    assert!(said.contains("no variable \"y\"") && said.contains("measurement error of x in 2021"), "{said}");
    std::fs::write(folder.path().join("record.csv"), RECORD.replace("111", "1110")).unwrap();
    let far = observed(folder.path(), &[]);
    assert_eq!(far.status.code(), Some(2));
    assert!(err(&far).contains("--allow-implausible"), "{}", err(&far));
    assert!(err(&observed(folder.path(), &["--as-of", "yesterday"])).contains("is no day"));
}

/// A column `unit` says in what a variable was measured, as it does for `score`.
#[test]
fn observations_in_another_unit_are_converted_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let text = "
[time]
start = 2020
end = 2022
[parameters]
trend = 'normal(2%, 1%)'
[variables]
x = { start = '100', formula = 'prev(x) * (1 + trend)', unit = 'kt', report = true }
";
    std::fs::write(at.join("case.toml"), text).unwrap();
    let conditioned = |rows: &str, code: i32| {
        std::fs::write(at.join("seen.csv"), rows).unwrap();
        let arguments =
            ["run", "case.toml", "--observed", "seen.csv", "--paths", "20000", "--charts", "none", "--json"];
        let output = plancast(at, &arguments);
        assert_eq!(output.status.code(), Some(code), "{rows}: {}", err(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    let own = conditioned("variable,year,value,sd\nx,2021,102,1\n", 0);
    assert_eq!(conditioned("variable,year,value,sd,unit\nx,2021,102,1,kt\n", 0), own);
    assert_eq!(conditioned("variable,year,value,sd,unit\nx,2021,102000,1000,t\n", 0), own);
    conditioned("variable,year,value,sd,unit\nx,2021,102,1,CNY\n", 2);
    // Nor is it guessed which of two columns is meant.
    conditioned("variable,year,value,value,sd\nx,2021,102,103,1\n", 2);
    conditioned("variable,year,value,sd,sd\nx,2021,102,1,2\n", 2);
}

/// With a metric that never comes on many paths and a floor that many share.
#[test]
fn a_stored_run_is_read_by_every_command_that_reads_one() {
    let folder = folder();
    let at = folder.path();
    let more = CASE.replace(
        "[targets]",
        "low = { formula = 'max(x, 112)', report = true }\n[metrics]\nyear_of = { formula = 'first_year(x >= 118)', unit = 'year' }\n[targets]",
    );
    std::fs::write(at.join("case.toml"), more).unwrap();
    std::fs::write(at.join("happened.csv"), "variable,year,value\nx,2023,114\nlow,2023,112\n").unwrap();
    assert!(observed(at, &["--quiet"]).status.success());
    let again = ["--seed", "2", "--out", "other", "--quiet"];
    assert!(observed(at, &again).status.success());
    let run = "output/case";
    let asks: [&[&str]; 8] = [
        &["report", run],
        &["report", run, "other/case", "--out", "two.html"],
        &["chart", run, "--figure", "all", "--out", "drawn"],
        &["score", run, "--actuals", "happened.csv"],
        &["score", run, "other/case", "--actuals", "happened.csv", "--json"],
        &["verify", run],
        &["diff", run, run],
        &["check", "case.toml", "--observed", "record.csv", "--paths", "20000", "--against", "output/case"],
    ];
    for ask in asks {
        let done = plancast(at, ask);
        assert!(matches!(done.status.code(), Some(0 | 1)), "{ask:?}: {}", err(&done));
        assert!(!err(&done).contains("makes no sense") && !err(&done).contains("panicked"), "{}", err(&done));
        assert!(ask[0] == "check" || done.status.success(), "{ask:?}: {}", err(&done));
    }
    let file = at.join(run).join("distributions.json");
    let stored: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(stored["paths"], 20_000);
    let histogram = &stored["variables"]["x"][3];
    let counts = histogram["counts"].as_array().unwrap().iter().map(|count| count.as_u64().unwrap());
    let beyond = ["below", "above", "never"].iter().map(|part| histogram[*part].as_u64().unwrap());
    assert_eq!(counts.sum::<u64>() + beyond.sum::<u64>(), 20_000);
    // The percentile of an outcome is that of the paths as they weigh: 114 lies near the middle.
    let scored = out(&plancast(at, &["score", run, "--actuals", "happened.csv", "--json"]));
    let scored: Value = serde_json::from_str(&scored).unwrap();
    let pit = scored["runs"][0]["outcomes"][0]["pit"].as_f64().unwrap();
    assert!((0.3..0.7).contains(&pit), "{pit}");
}
