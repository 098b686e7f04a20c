//! What is shown of a run under a condition or a record is about its paths alone, and says so.

use crate::case::{err, out, plancast};

/// Two variables that move with the same draw, one of them to be conditioned on.
const CASE: &str = "
[time]
start = 2020
end = 2022
[parameters]
u = 'uniform(0, 1)'
[variables]
x = { formula = '10 * u', report = true }
y = { formula = '2 * u', report = true }
[targets]
high = 'x@2022 >= 6'
higher = 'y@2022 >= 1'
";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), CASE).unwrap();
    folder
}

/// Runs the program where it must succeed, and gives what it printed.
fn done(folder: &std::path::Path, arguments: &[&str]) -> String {
    let output = plancast(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", err(&output));
    out(&output)
}

#[test]
fn single_paths_of_a_run_under_a_condition_are_those_on_which_it_holds() {
    let folder = folder();
    done(folder.path(), &["run", "case.toml", "--paths", "4000", "--given", "x@2022 >= 6", "--out", "runs"]);
    let scatter = ["chart", "runs/case-given", "--figure", "scatter", "--variable", "x", "--variable", "y"];
    let svg = done(folder.path(), &[&scatter[..], &["--year", "2022", "--out", "-"]].concat());
    // Above 6, x is always above the target's 6 and y, a fifth of it, above its 1.
    assert!(svg.contains("≥ 6|≥ 1|&gt; 99."), "{svg}");
    assert!(svg.contains("x@2022 &gt;= 6"), "the foot names the condition: {svg}");
    let paths = ["chart", "runs/case-given", "--figure", "paths", "--variable", "x", "--out", "-"];
    let axis = done(folder.path(), &paths);
    assert!(axis.contains("x@2022 &gt;= 6"), "{axis}");
}

#[test]
fn the_page_of_a_run_under_a_condition_says_what_is_given_and_of_how_many_paths() {
    let folder = folder();
    done(folder.path(), &["run", "case.toml", "--paths", "4000", "--given", "x@2022 >= 6", "--out", "runs"]);
    for (language, words) in [("en", "was simulated 4,000 times"), ("zh", "4,000次模拟")] {
        done(folder.path(), &["report", "runs/case-given", "--lang", language, "--out", "page.html"]);
        let page = std::fs::read_to_string(folder.path().join("page.html")).unwrap();
        assert!(page.contains(words) && page.contains("x@2022 &gt;= 6"), "{language}");
    }
}

#[test]
fn scenarios_with_unlike_conditions_are_not_compared_as_if_they_had_one() {
    let folder = folder();
    let conditioned = CASE.to_owned() + "[run]\ngiven = 'x@2022 >= 6'\n";
    let with = |id: &str, text: &str| {
        std::fs::write(folder.path().join(format!("{id}.toml")), format!("[scenario]\nid = '{id}'\n{text}"))
            .unwrap();
    };
    with("plain", CASE);
    with("conditioned", &conditioned);
    with("alike", &conditioned);
    let compare = |arguments: &[&str]| {
        plancast(folder.path(), &[&["compare", "--paths", "1000", "--charts", "none"], arguments].concat())
    };
    let refused = compare(&["plain.toml", "conditioned.toml"]);
    assert_eq!(refused.status.code(), Some(2), "{}", err(&refused));
    assert!(err(&refused).contains("a comparison has one condition for all"), "{}", err(&refused));
    for alike in [
        &["conditioned.toml", "alike.toml"][..],
        &["conditioned.toml", "plain.toml"],
        &["plain.toml", "conditioned.toml", "--given", "x@2022 >= 6"],
    ] {
        let output = compare(alike);
        assert!(output.status.success(), "{alike:?}: {}", err(&output));
        assert!(out(&output).contains("x@2022 >= 6"), "{alike:?}: {}", out(&output));
    }
}

#[test]
fn a_seed_that_a_number_cannot_hold_is_refused_and_one_in_quotes_is_taken() {
    let folder = folder();
    let file = folder.path().join("case.toml");
    for written in ["9007199254740992", "9007199254740993", "9007199254740995", "1e16"] {
        std::fs::write(&file, format!("{CASE}[run]\nseed = {written}\n")).unwrap();
        let refused = plancast(folder.path(), &["run", "case.toml"]);
        assert_eq!(refused.status.code(), Some(2), "{written}: {}", err(&refused));
    }
    for written in ["9007199254740991", "\"9007199254740993\"", "\"18446744073709551615\""] {
        std::fs::write(&file, format!("{CASE}[run]\nseed = {written}\n")).unwrap();
        let json = done(folder.path(), &["run", "case.toml", "--paths", "100", "--json", "--charts", "none"]);
        assert!(json.contains(&format!("\"seed\": {}", written.trim_matches('"'))), "{written}");
    }
}

#[test]
fn what_a_run_was_conditioned_on_is_no_forecast_and_is_not_scored() {
    let folder = folder();
    std::fs::write(folder.path().join("known.csv"), "variable,year,value,sd\nx,2021,7,0.1\n").unwrap();
    std::fs::write(folder.path().join("actual.csv"), "variable,year,value\nx,2021,7\nx,2022,6.5\n").unwrap();
    done(folder.path(), &["run", "case.toml", "--paths", "4000", "--observed", "known.csv", "--out", "runs"]);
    let run = std::fs::read_dir(folder.path().join("runs")).unwrap().next().unwrap().unwrap().path();
    let output =
        plancast(folder.path(), &["score", run.to_str().unwrap(), "--actuals", "actual.csv", "--json"]);
    let score: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    let text = score.to_string();
    let years: Vec<i64> = score["runs"][0]["outcomes"]
        .as_array()
        .unwrap_or_else(|| panic!("{text}"))
        .iter()
        .filter_map(|one| one["year"].as_i64())
        .collect();
    assert_eq!(years, [2022], "{text}");
    assert!(text.contains("\"conditioned\""), "{text}");
}

/// What is recorded is given in every future, by whatever words it is asked for.
#[test]
fn a_condition_that_the_record_decides_is_the_same_by_name_and_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[time]\nstart = 2020\nend = 2022\n[shocks]\nz = 'normal(0, 1)'\n[variables]\n\
        x = { start = '2', formula = 'prev(x) + z', report = true }\n[metrics]\nm = 'x@2021'\n[targets]\nt1 = 'x@2021 > 3'\nt2 = 'x@2021 < 3'\n\
        both = 't1 or x@2022 > 3'\nnext = 't1 and x@2022 > 3'\n[history.x]\nvalues = { 2021 = 5 }\n[gates]\ng = 'p(both) >= 1'\n";
    std::fs::write(folder.path().join("case.toml"), text).unwrap();
    let run = |given: &str| {
        let run = ["run", "case.toml", "--paths", "4000", "--charts", "none", "--quiet", "--given", given];
        plancast(folder.path(), &run)
    };
    for (given, words) in [
        ("t1", "met on record"),
        ("x@2021 > 3", "met on record"),
        ("m > 3", "met on record"),
        ("both", "met on record"),
        ("t1 or x@2022 > 3", "met on record"),
        ("t2", "missed on record"),
        ("not t1", "missed on record"),
        ("x@2021 < 3 and x@2022 > 3", "missed on record"),
    ] {
        let output = run(given);
        assert_eq!(output.status.code(), Some(2), "{given}: {}", out(&output));
        assert!(err(&output).contains(words), "{given}: {}", err(&output));
    }
    let fingerprint = |given: &str| {
        let output = run(given);
        assert!(output.status.success(), "{given}: {}", err(&output));
        let file = folder.path().join("output/case-given/summary.json");
        let summary: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        (summary["paths"].clone(), summary["variables"]["x"].clone())
    };
    let by_name = fingerprint("next");
    for given in ["t1 and x@2022 > 3", "x@2021 > 3 and x@2022 > 3", "x@2022 > 3"] {
        assert_eq!(fingerprint(given), by_name, "{given}");
    }
    let checked = done(folder.path(), &["check", "case.toml", "--paths", "4000"]);
    assert!(checked.contains("the record") && !checked.contains("the equations"), "{checked}");
}
