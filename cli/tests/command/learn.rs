//! `fit`, `score` and `backtest`: files, exit codes, messages, and numbers known from elsewhere.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::case::{err, plancast};

/// Growth that returns to its mean, with a record of twenty years.
const TOWN: &str = "
[scenario]
title = { en = 'Growth of a town', zh = '某市增长' }
[time]
start = 2020
end = 2024
[parameters]
trend = { value = 'normal(6, 10)', unit = '%' }
persistence = 'uniform(0, 0.95)'
volatility = { value = 'uniform(0, 20)', unit = '%' }
[shocks]
news = 'normal(0, 1)'
[variables]
growth = { start = '5.2', formula = 'trend + persistence * (prev(growth) - trend) + volatility * news', unit = '%', report = true }
[targets]
fast = 'growth@2021 >= 6'
[history.growth]
file = 'record.csv'
year = 'year'
value = 'growth'
[fit.cycle]
of = 'growth'
over = [2001, 2020]
method = 'ar1'
draws = 400
free = { mean = 'trend', coefficient = 'persistence', sd = 'volatility' }
";

const RECORD: [f64; 24] = [
    8.1, 7.2, 9.4, 8.8, 7.9, 6.1, 7.4, 5.0, 4.2, 6.3, 7.7, 6.9, 5.5, 4.8, 6.2, 7.1, 6.4, 5.9, 6.8, 5.2, 7.3,
    3.1, 5.6, 4.9,
];

fn town() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<String> = (2001..).zip(RECORD).map(|(year, value)| format!("{year},{value}\n")).collect();
    std::fs::write(folder.path().join("record.csv"), format!("year,growth\n{}", rows.concat())).unwrap();
    std::fs::write(folder.path().join("town.toml"), TOWN).unwrap();
    folder
}

/// What a command that succeeds prints.
fn out(folder: &Path, arguments: &[&str]) -> String {
    let output = plancast(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", err(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&out(folder, arguments)).unwrap()
}

/// What a command that is refused for its input says.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = plancast(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", err(&output));
    err(&output)
}

#[test]
fn a_fitted_scenario_runs_and_says_where_its_inputs_come_from() {
    let folder = town();
    let at = folder.path();
    let found = json(at, &["fit", "town.toml", "--json"]);
    assert_eq!(found["schema"], "plancast-fit/1");
    let written: Vec<&str> =
        found["written"].as_array().unwrap().iter().map(|file| file.as_str().unwrap()).collect();
    assert_eq!(written, ["town-fitted.toml", "town-fitted.csv"]);
    let text = std::fs::read_to_string(at.join("town-fitted.toml")).unwrap();
    assert!(text.contains("extends = \"town.toml\"") && text.contains("source = \"fitted\""), "{text}");
    assert!(out(at, &["validate", "town-fitted.toml"]).contains("0 errors"));
    let draws = std::fs::read_to_string(at.join("town-fitted.csv")).unwrap();
    assert_eq!((draws.lines().next(), draws.lines().count()), (Some("trend,persistence,volatility"), 401));
    let run = json(at, &["run", "town-fitted.toml", "--paths", "2000", "--charts", "none", "--json"]);
    assert_eq!(run["variables"]["growth"]["unit"], "%");
    assert!(out(at, &["explain", "town-fitted.toml", "persistence"]).contains("fit cycle (ar1)"));
    // Twice is no harm, and what someone else wrote stays.
    let before = std::fs::read(at.join("town-fitted.csv")).unwrap();
    out(at, &["fit", "town.toml", "--threads", "1"]);
    assert_eq!(
        std::fs::read(at.join("town-fitted.csv")).unwrap(),
        before,
        "the same on any number of threads"
    );
    std::fs::write(at.join("mine.csv"), "thesis").unwrap();
    assert!(
        refused(at, &["fit", "town.toml", "--out", "mine.toml"]).contains("plancast fit did not write it")
    );
    assert_eq!(std::fs::read_to_string(at.join("mine.csv")).unwrap(), "thesis");
    assert!(refused(at, &["fit", "town-fitted.toml", "--dry-run"]).contains("was fitted already"));
}

#[test]
fn a_fit_into_another_folder_finds_what_it_extends() {
    let folder = town();
    let at = folder.path();
    std::fs::create_dir(at.join("fitted")).unwrap();
    let into = ["fit", "town.toml", "--out", "fitted/a.toml"];
    let refused = plancast(at, &into);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("outside of its project"));
    std::fs::write(at.join("plancast.toml"), "").unwrap();
    let said =
        out(at, &["fit", "town.toml", "--out", "fitted/a.toml", "--lang", "zh", "--chart", "moments.svg"]);
    assert!(said.contains("一阶自回归") && said.contains("已写入"), "{said}");
    assert!(
        std::fs::read_to_string(at.join("fitted/a.toml")).unwrap().contains("extends = \"../town.toml\"")
    );
    assert!(out(at, &["validate", "fitted/a.toml"]).contains("0 errors"));
    let chart = std::fs::read_to_string(at.join("moments.svg")).unwrap();
    roxmltree::Document::parse(&chart).unwrap();
    let shown = out(at, &["fit", "town.toml", "--dry-run"]);
    assert!(shown.contains("autoregression (exact likelihood)") && shown.contains("Without bias"), "{shown}");
    assert!(!at.join("town-fitted.toml").exists(), "a dry run writes nothing");
}

#[test]
fn a_scenario_without_a_fit_says_how_to_ask_for_one() {
    let folder = super::case::folder();
    assert!(refused(folder.path(), &["fit", "case.toml"]).contains("[fit.cycle]"));
}

#[test]
fn validate_finds_what_is_wrong_with_a_fit() {
    let folder = town();
    let at = folder.path();
    let put = |text: String| std::fs::write(at.join("town.toml"), text).unwrap();
    put(TOWN.replace("over = [2001, 2020]", "over = [2001, 2024]"));
    let output = plancast(at, &["validate", "town.toml"]);
    assert!(
        output.status.success() && err(&output).contains("beyond the base year 2020"),
        "{}",
        err(&output)
    );
    put(TOWN.replace("of = 'growth'", "of = 'grwth'").replace("sd = 'volatility'", "sd = 'volatilty'"));
    let said = refused(at, &["validate", "town.toml"]);
    assert!(said.contains("grwth") && said.contains("volatilty"), "{said}");
    put(TOWN.replace("method = 'ar1'", "method = 'ar2'").replace("draws = 400", "draws = 3"));
    let said = refused(at, &["validate", "town.toml"]);
    assert!(said.contains("did you mean \"ar1\"?") && said.contains("whole number from 100"), "{said}");
}

/// A normal forecast with mean 100 and standard deviation 10, and a target.
const NORMAL: &str = "
[time]
start = 2020
end = 2022
[parameters]
level = 'normal(100, 10)'
[variables]
x = { formula = 'level', report = true, unit = '1e8 CNY', title = { en = 'Level', zh = '水平' } }
y = { formula = '2 * level' }
[targets]
high = 'x@2021 >= 105'
later = 'x@2022 >= 105'
both = 'y@2021 >= 210'
";

fn normal_run(id: &str, text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(format!("{id}.toml")), text).unwrap();
    let file = format!("{id}.toml");
    out(folder.path(), &["run", &file, "--paths", "200000", "--charts", "none", "--no-sensitivity"]);
    std::fs::write(
        folder.path().join("actuals.csv"),
        "variable,year,value\nx,2021,110\nx,2019,90\nz,2021,5\ny,2021,220\n",
    )
    .unwrap();
    folder
}

/// Of 200 000 paths a share has an error of 0.001, and CRPS one of 0.02; the values are those of the normal distribution.
#[test]
fn a_stored_run_has_the_scores_of_its_distribution() {
    let folder = normal_run("case", NORMAL);
    let at = folder.path();
    let found = json(at, &["score", "output/case", "--actuals", "actuals.csv", "--json"]);
    assert_eq!(found["schema"], "plancast-score/1");
    let outcome = &found["runs"][0]["outcomes"][0];
    let close = |value: &Value, known: f64, within: f64| {
        assert!((value.as_f64().unwrap() - known).abs() < within, "{value} is not {known}");
    };
    assert_eq!((outcome["variable"].as_str(), outcome["year"].as_i64()), (Some("x"), Some(2021)));
    close(&outcome["pit"], 0.841_345, 0.005);
    close(&outcome["crps"], 6.024_414, 0.1);
    // -ln of the density: ln(10 √(2π)) + ½.
    close(&outcome["log_score"], 3.721_524, 0.03);
    close(&outcome["intervals"][1]["low"], 100.0 - 12.815_52, 0.15);
    assert_eq!(outcome["intervals"][0]["covered"], false);
    assert_eq!(outcome["intervals"][1]["covered"], true);
    // P(x >= 105) = 0.308538: met; of 2022 nothing is known yet; y follows from what is known.
    let targets = found["runs"][0]["targets"].as_array().unwrap();
    let names: Vec<&str> = targets.iter().map(|target| target["target"].as_str().unwrap()).collect();
    assert_eq!(names, ["high", "both"]);
    close(&targets[0]["brier"], 0.478_12, 0.006);
    let left = found["runs"][0]["left_out"].as_array().unwrap();
    let why: Vec<&str> = left.iter().map(|left| left["why"].as_str().unwrap()).collect();
    assert_eq!(why, ["not_forecast", "no_variable", "not_recorded"]);
}

/// At the mean of a normal distribution of 2 points the density is 1 / (2 √(2π)) a point: minus its logarithm is 1.6121.
/// In shares, as the file has it, it is less by ln 100.
#[test]
fn the_log_score_is_shown_in_the_unit_of_the_values_beside_it() {
    let text = "[time]\nstart = 2020\nend = 2021\n[parameters]\nlevel = 'normal(5%, 2%)'\n[variables]\nx = { formula = 'level', report = true, unit = '1/yr' }\n[targets]\nhigh = 'x@2021 >= 5%'\n";
    let folder = normal_run("case", text);
    std::fs::write(folder.path().join("actuals.csv"), "variable,year,value\nx,2021,0.05\n").unwrap();
    let found = json(folder.path(), &["score", "output/case", "--actuals", "actuals.csv", "--json"]);
    let log = found["runs"][0]["outcomes"][0]["log_score"].as_f64().unwrap();
    assert!((log - (1.612_086 - 4.605_170)).abs() < 0.03, "{log}");
    let shown = out(folder.path(), &["score", "output/case", "--actuals", "actuals.csv"]);
    let row = shown.lines().find(|line| line.contains("2021")).unwrap();
    let points: f64 = row.split_whitespace().last().unwrap().parse().unwrap();
    assert!(row.contains("%/yr") && (points - 1.612_086).abs() < 0.03, "{row}");
}

#[test]
fn runs_stand_beside_each_other_in_both_languages() {
    let folder = normal_run("case", NORMAL);
    let at = folder.path();
    let wide = NORMAL.replace("normal(100, 10)", "normal(100, 40)");
    std::fs::write(at.join("wide.toml"), wide).unwrap();
    out(at, &["run", "wide.toml", "--paths", "20000", "--charts", "none", "--no-sensitivity"]);
    let ask = ["score", "output/case", "output/wide", "--actuals", "actuals.csv", "--chart", "pit.svg"];
    let shown = out(at, &ask);
    assert!(shown.contains("Mean score (less is better)") && shown.contains("wide"), "{shown}");
    assert!(shown.contains("Not scored for case: z 2021: the scenario has no such variable"), "{shown}");
    let shown = out(at, &[&ask[..], &["--lang", "zh"]].concat());
    assert!(shown.contains("百分位") && shown.contains("水平（亿元）"), "{shown}");
    roxmltree::Document::parse(&std::fs::read_to_string(at.join("pit.svg")).unwrap()).unwrap();
    out(at, &["score", "output/case", "--actuals", "actuals.csv", "--chart", "fan.svg", "--variable", "x"]);
    assert!(std::fs::read_to_string(at.join("fan.svg")).unwrap().contains("Recorded"));
}

#[test]
fn an_outcome_outside_every_path_and_a_unit_are_said() {
    let folder = normal_run("case", NORMAL);
    let at = folder.path();
    let put = |text: &str| std::fs::write(at.join("actuals.csv"), text).unwrap();
    put("variable,year,value,unit\nx,2021,30000,1e6 CNY\n");
    let found = json(at, &["score", "output/case", "--actuals", "actuals.csv", "--json"]);
    let outcome = &found["runs"][0]["outcomes"][0];
    assert_eq!((outcome["outcome"].as_f64(), outcome["outside"].as_str()), (Some(300.0), Some("above")));
    assert_eq!(outcome["log_score"], Value::Null);
    assert!(out(at, &["score", "output/case", "--actuals", "actuals.csv"]).contains("above every path"));
    put("variable,year,value,unit\nx,2021,110,t\n");
    assert!(
        refused(at, &["score", "output/case", "--actuals", "actuals.csv"]).contains("x is observed in t")
    );
    put("variable,year,value\nx,2031,110\n");
    assert!(
        refused(at, &["score", "output/case", "--actuals", "actuals.csv"])
            .contains("nothing in actuals.csv was forecast")
    );
    put("variable,year,value\nx,2021,many\n");
    assert!(
        refused(at, &["score", "output/case", "--actuals", "actuals.csv"])
            .contains("line 2, column \"value\"")
    );
    assert!(refused(at, &["score", "output/none", "--actuals", "actuals.csv"]).contains("no such file"));
    put("variable,year,value,published\nx,2021,110,2022-03-01\n");
    let late = ["score", "output/case", "--actuals", "actuals.csv", "--as-of", "2022-01-31"];
    assert!(refused(at, &late).contains("nothing in actuals.csv was forecast"));
}

/// By u, which is even between 0 and 1: a floor, a cap, values that many share, infinity, no number, whole numbers.
const LUMPS: &str = "
[time]
start = 2020
end = 2021
[parameters]
u = 'uniform(0, 1)'
k = 'poisson(2)'
[variables]
floor = { formula = 'max(u, 0.7)', report = true }
cap = { formula = 'min(u, 0.5)', report = true }
zero = { formula = 'if(u < 0.5, 0, u)', report = true }
some = { formula = 'if(u < 0.3, 1, if(u < 0.6, 2.5, 3 + u))', report = true }
infinite = { formula = 'if(u < 0.3, 1/0, u)', report = true }
none = { formula = 'if(u < 0.3, log(-1), u)', report = true }
whole = { formula = 'k', report = true }
";

/// Of 100 000 paths a share has an error of 0.0016.
#[test]
fn what_many_paths_share_what_is_infinite_and_what_is_no_number_is_scored_by_a_rule_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("lumps.toml"), LUMPS).unwrap();
    out(at, &["run", "lumps.toml", "--paths", "100000", "--charts", "none", "--no-sensitivity"]);
    std::fs::write(
        at.join("actuals.csv"),
        "variable,year,value\nfloor,2021,0.7\ncap,2021,0.5\nzero,2021,0\nsome,2021,1\ninfinite,2021,0.5\nnone,2021,0.5\nwhole,2021,2\n",
    )
    .unwrap();
    let ask = ["score", "output/lumps", "--actuals", "actuals.csv"];
    let found = json(at, &[&ask[..], &["--json"]].concat());
    let outcomes = found["runs"][0]["outcomes"].as_array().unwrap();
    let of = |name: &str| outcomes.iter().find(|outcome| outcome["variable"] == name).unwrap();
    // Those below, and half of those equal: of a Poisson with the mean 2, e⁻² (1 + 2) and e⁻² 2 / 2.
    let poisson = 0.541_341;
    for (name, pit) in [
        ("floor", 0.35),
        ("cap", 0.75),
        ("zero", 0.25),
        ("some", 0.15),
        ("infinite", 0.2),
        ("whole", poisson),
    ] {
        let found = of(name)["pit"].as_f64().unwrap();
        assert!((found - pit).abs() < 0.006, "{name}: {found}, not {pit}");
    }
    for name in ["floor", "cap", "zero", "some", "whole"] {
        assert_eq!(
            (&of(name)["log_score"], &of(name)["no_density"]),
            (&Value::Null, &"shared".into()),
            "{name}"
        );
    }
    let infinite = of("infinite");
    assert!(infinite["crps"].is_null() && infinite["intervals"][1]["high"].is_null(), "{infinite}");
    assert!((infinite["infinite"][1].as_f64().unwrap() - 0.3).abs() < 0.006, "{infinite}");
    // Minus the logarithm of the density 1.
    assert!(infinite["log_score"].as_f64().unwrap().abs() < 0.2, "{infinite}");
    let left = &found["runs"][0]["left_out"][0];
    assert_eq!((&left["variable"], &left["why"]), (&"none".into(), &"no_number".into()));
    let shown = out(at, &ask);
    for words in ["∞", "No log score (–)", "The CRPS is infinite", "none 2021: it is no number on some paths"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let shown = out(at, &[&ask[..], &["--lang", "zh"]].concat());
    assert!(
        shown.contains("对数评分为“–”") && shown.contains("CRPS为无穷") && shown.contains("无有效数值"),
        "{shown}"
    );
}

#[test]
fn a_run_fitted_to_what_is_scored_is_refused() {
    let folder = town();
    let at = folder.path();
    std::fs::write(at.join("town.toml"), TOWN.replace("over = [2001, 2020]", "over = [2001, 2022]")).unwrap();
    out(at, &["fit", "town.toml"]);
    out(at, &["run", "town-fitted.toml", "--paths", "2000", "--charts", "none"]);
    let put = |year: i32| {
        std::fs::write(at.join("actuals.csv"), format!("variable,year,value\ngrowth,{year},5\n")).unwrap();
    };
    put(2022);
    let ask = ["score", "output/town-fitted", "--actuals", "actuals.csv"];
    assert!(refused(at, &ask).contains("what was fitted to is no forecast"));
    put(2023);
    out(at, &ask);
}

#[test]
fn a_backtest_tells_scores_by_horizon_in_both_languages() {
    let folder = town();
    let at = folder.path();
    let ask = ["backtest", "town.toml", "--origins", "2012..2019", "--horizon", "2", "--paths", "500"];
    let shown = out(at, &[&ask[..], &["--chart", "pit.svg"]].concat());
    for words in
        ["Forecasts from 2012–2019", "Estimated anew at each origin", "random walk", "Independent dates"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    roxmltree::Document::parse(&std::fs::read_to_string(at.join("pit.svg")).unwrap()).unwrap();
    assert!(out(at, &[&ask[..], &["--lang", "zh"]].concat()).contains("随机游走"));
    let found = json(at, &[&ask[..], &["--json"]].concat());
    assert_eq!(
        (found["schema"].as_str(), found["variables"][0]["horizons"].as_array().unwrap().len()),
        (Some("plancast-backtest/1"), 2)
    );
    assert_eq!(found["variables"][0]["horizons"][1]["independent_dates"], 4);
    let none = refused(at, &["backtest", "town.toml", "--origins", "2012", "--variable", "grwth"]);
    assert!(none.contains("grwth has no [history]") && none.contains("did you mean \"growth\"?"), "{none}");
    let wrong = plancast(at, &["backtest", "town.toml", "--origins", "2012..2010"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        refused(at, &["backtest", "town.toml", "--origins", "1990"]).contains("nothing could be forecast")
    );
}

/// What `fit` wrote is replaced by `fit`; what someone changed or put there is not.
#[test]
fn a_fit_replaces_only_what_a_fit_has_written() {
    let folder = town();
    let at = folder.path();
    out(at, &["fit", "town.toml"]);
    out(at, &["fit", "town.toml"]);
    for name in ["town-fitted.csv", "town-fitted.toml"] {
        let was = std::fs::read(at.join(name)).unwrap();
        let mine = [&was[..], b"# mine\n"].concat();
        std::fs::write(at.join(name), &mine).unwrap();
        assert!(refused(at, &["fit", "town.toml"]).contains(name));
        assert_eq!(std::fs::read(at.join(name)).unwrap(), mine);
        std::fs::write(at.join(name), was).unwrap();
    }
    out(at, &["fit", "town.toml"]);
}

#[test]
fn a_picture_replaces_no_file_that_is_read_and_no_scenario() {
    let folder = town();
    let at = folder.path();
    std::fs::hard_link(at.join("record.csv"), at.join("record.svg")).unwrap();
    for chart in ["record.csv", "record.svg", "town.toml", "town-fitted.toml"] {
        for command in [
            &["fit", "town.toml", "--dry-run"][..],
            &["fit", "town.toml"],
            &["backtest", "town.toml", "--origins", "2012", "--horizon", "1"],
        ] {
            refused(at, &[command, &["--chart", chart]].concat());
        }
    }
    assert_eq!(std::fs::read_to_string(at.join("town.toml")).unwrap(), TOWN);
    assert!(std::fs::read_to_string(at.join("record.csv")).unwrap().starts_with("year,growth"));
    assert!(!at.join("town-fitted.toml").exists());
}
