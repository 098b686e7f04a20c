//! What commands say of the input: years that are meant, bad paths, outcomes on record, levels as they were written.

use std::path::Path;
use std::process::{Command as Shell, Output};

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use serde_json::Value;

fn plancast(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").env("COLUMNS", "100").args(arguments);
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), text).unwrap();
    folder
}

const BY_YEAR: &str = r#"
[time]
start = 2020
end = 2030
[parameters]
cap = { interpolate = "linear", 2020 = 100, 2030 = 60 }
lever = { value = 1, lever = { min = 0, max = 2 } }
price_shock = "normal(0, 1)"
[shocks]
e = "normal(0, 2%)"
[variables]
em = { start = "100", formula = "prev(em) * 0.97 * exp(e) * lever", report = true }
limit = { formula = "cap + price_shock" }
[targets]
end = "em@2030 <= cap@2030"
"#;

#[test]
fn every_option_that_takes_a_formula_asks_which_year_is_meant() {
    let folder = folder(BY_YEAR);
    for arguments in [
        vec!["run", "case.toml", "--given", "cap <= 80"],
        vec!["run", "case.toml", "--until", "mean(cap)=1"],
        vec!["check", "case.toml", "--require", "mean(cap) <= 80"],
        vec!["solve", "case.toml", "--for", "p(em@2030 <= cap) = 50%", "--vary", "lever"],
        vec!["sensitivity", "case.toml", "--of", "em@2030 - cap"],
    ] {
        let output = plancast(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}{}", out(&output), err(&output));
        assert!(err(&output).contains("which year is meant?"), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains("cap@2030"), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn an_input_that_is_there_is_not_suggested_again() {
    let folder = folder(BY_YEAR);
    let output = plancast(
        folder.path(),
        &["sensitivity", "case.toml", "--of", "em@2030", "--inputs", "price_shock", "--paths", "512"],
    );
    let said = err(&output);
    assert!(!said.contains("did you mean") && said.contains("depends on no draw of price_shock"), "{said}");
    assert!(said.contains("it depends on: e"), "{said}");
}

const BAD: &str = r#"
[time]
start = 2020
end = 2021
[sets.r.fields]
f = {}
[r.a]
f = 1
[parameters]
x = "uniform(0, 1)"
b = 0.1
[variables]
"y[r]" = { formula = "log(x - b)", report = true }
"#;

/// The command that is printed is given to a shell as it stands.
#[test]
fn the_command_that_is_printed_for_a_bad_path_shows_that_path() {
    let folder = folder(BAD);
    let run = ["run", "case.toml", "--paths", "1000", "--seed", "7", "--set", "b=0.4", "--out", "my runs"];
    let printed = out(&plancast(folder.path(), &run));
    let line =
        printed.lines().find(|line| line.contains("plancast explain")).unwrap_or_else(|| panic!("{printed}"));
    let binary = cargo_bin("plancast");
    let line = line.trim().replacen("plancast", &format!("'{}'", binary.display()), 1);
    let shown = Shell::new("sh")
        .current_dir(folder.path())
        .args(["-c", &line])
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let shown = out(&shown);
    assert!(shown.contains("seed 7") && shown.contains("y[a]: 2020 –"), "{line}\n{shown}");
}

const RECORDED: &str = r#"
[time]
start = 2020
end = 2030
[variables]
gdp = { start = "1020", formula = "prev(gdp) * exp(g + luck)", report = true, title = { en = "GDP", zh = "地区生产总值" } }
[parameters]
g = "normal(5%, 1.5%)"
[shocks]
luck = "normal(0, 3%)"
[history.gdp]
values = { 2019 = 960, 2020 = 1020, 2021 = 1050, 2022 = 1150 }
[targets]
y1 = { require = "gdp@2021 >= 1071", title = "Year one" }
y2 = { require = "gdp@2022 >= 1125", title = "Year two" }
y9 = { require = "gdp@2030 >= 1661", title = "The end" }
[gates]
"missed" = "p(y1) <= 1%"
"#;

#[test]
fn what_the_record_decides_is_told_and_has_no_odds() {
    let folder = folder(RECORDED);
    for (language, met, missed, together) in [
        (
            "en",
            "met on record",
            "missed on record",
            "(of 3 targets; left out: 1 met on record, 1 missed on record)",
        ),
        (
            "zh",
            "已达成（有记录）",
            "未达成（有记录）",
            "（共3项；未计入：已达成（有记录）1项、未达成（有记录）1项）",
        ),
    ] {
        let run = ["run", "case.toml", "--paths", "2000", "--lang", language, "--charts", "svg"];
        let printed = out(&plancast(folder.path(), &run));
        let row =
            |title: &str| printed.lines().find(|line| line.contains(title)).unwrap_or_default().to_owned();
        assert!(row("Year one").contains(missed) && !row("Year one").contains('%'), "{printed}");
        assert!(row("Year two").contains(met) && !row("Year two").contains('%'), "{printed}");
        assert!(row("The end").contains('%'), "{printed}");
        assert!(printed.replace('\n', " ").contains(together) || printed.contains(together), "{printed}");
        let read =
            |file: &str| std::fs::read_to_string(folder.path().join("output/case").join(file)).unwrap();
        let summary: Value = serde_json::from_str(&read("summary.json")).unwrap();
        assert_eq!(summary["targets"]["y1"]["decided"], "missed");
        assert_eq!(summary["targets"]["y2"]["decided"], "met");
        assert!(summary["targets"]["y9"].get("decided").is_none());
        let csv = read("targets.csv");
        let cells = |name: &str| {
            csv.lines()
                .find(|line| line.contains(name))
                .unwrap_or_default()
                .split(',')
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(cells(",y1,")[5..], ["", "", "", "", "missed"]);
        assert_eq!(cells(",y9,").last().unwrap(), "");
        let report = plancast(folder.path(), &["report", "output/case", "--lang", language]);
        assert_eq!(report.status.code(), Some(0), "{}", err(&report));
    }
    let check = plancast(folder.path(), &["check", "case.toml", "--paths", "2000"]);
    assert_eq!(check.status.code(), Some(0), "{}{}", out(&check), err(&check));
    let discover = plancast(folder.path(), &["discover", "case.toml", "--target", "y1"]);
    assert!(
        err(&discover).contains("[history] tells the outcome of y1: it was missed"),
        "{}",
        err(&discover)
    );
}

#[test]
fn a_level_is_written_as_it_was_asked_for() {
    let folder = folder(RECORDED);
    let run =
        ["run", "case.toml", "--paths", "2000", "--quantiles", "0.1,5,33.3,50,95,99.9", "--charts", "none"];
    let output = plancast(folder.path(), &run);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let read = |file: &str| std::fs::read_to_string(folder.path().join("output/case").join(file)).unwrap();
    let summary: Value = serde_json::from_str(&read("summary.json")).unwrap();
    let levels: Vec<&String> = summary["variables"]["gdp"]["quantiles"].as_object().unwrap().keys().collect();
    assert_eq!(levels, ["0.001", "0.05", "0.333", "0.5", "0.95", "0.999"]);
    let bands = read("bands.csv");
    let named: Vec<&str> = bands.split(',').filter(|cell| cell.starts_with("q0.")).collect();
    assert!(!named.is_empty() && named.iter().all(|name| name.len() <= 6), "{named:?}");
    assert!(read("iamc.csv").contains("99.9th Percentile") && read("iamc.csv").contains("33.3"), "iamc.csv");
}

const DISCRETE: &str = r#"
[time]
start = 2020
end = 2021
[parameters]
lines = "discrete(0: 0.2, 1: 0.2, 2: 0.2, 3: 0.2, 4: 0.2)"
pace = { 2020 = "normal(0, 1)", 2021 = "normal(0, 1)" }
[variables]
n = { formula = "lines + 0 * pace", report = true }
[metrics]
both = "n@2020 + pace@2020 + pace@2021"
[targets]
works = "n@2021 <= 2"
steady = "pace@2020 <= 0.8 and pace@2021 <= 0.8"
"#;

#[test]
fn discover_writes_whole_numbers_as_they_are_and_tells_periods_apart() {
    let folder = folder(DISCRETE);
    let said = |target: &str, language: &str| {
        let arguments = ["discover", "case.toml", "--target", target, "--paths", "5000", "--lang", language];
        let output = plancast(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        out(&output)
    };
    assert!(said("works", "en").contains("lines >= 3 [chance"), "{}", said("works", "en"));
    assert!(said("works", "zh").contains("lines >= 3［"), "{}", said("works", "zh"));
    let steady = said("steady", "en");
    assert!(steady.contains("pace (2020) above") && steady.contains("pace (2021) above"), "{steady}");
}

#[test]
fn a_year_is_never_grouped_by_thousands() {
    let text = RECORDED.replace(
        "[targets]",
        "[metrics]\npeak = { formula = \"peak_year(gdp)\", unit = \"year\" }\n[targets]",
    );
    let folder = folder(&text);
    for arguments in
        [vec!["explain", "case.toml", "peak"], vec!["explain", "case.toml", "peak", "--path", "3"]]
    {
        let said = out(&plancast(folder.path(), &arguments));
        assert!(said.contains("20") && !said.contains("2,0"), "{said}");
    }
}

const SIMPLE: &str = "[time]\nstart = 2020\nend = 2021\n[shocks]\nz = 'normal(0, 1)'\n[variables]\n\
    x = { formula = 'z', report = true }\n[targets]\nhigh = 'x@2021 > 0'\n";

/// A part has counts and no results: it is to be put together with the others, not simulated again.
#[test]
fn a_part_of_a_run_that_is_shown_names_what_makes_it_whole() {
    let folder = folder(SIMPLE);
    let shard = ["run", "case.toml", "--paths", "2000", "--shard", "1/2", "--quiet"];
    assert!(plancast(folder.path(), &shard).status.success());
    let part = "output/case.part-1-of-2";
    for command in [&["report", part][..], &["verify", part], &["chart", part], &["score", part, "case.toml"]]
    {
        let output = plancast(folder.path(), command);
        let said = err(&output) + &out(&output);
        assert!(!said.contains("plancast-manifest/1"), "{command:?}: {said}");
    }
    let said = err(&plancast(folder.path(), &["report", part]));
    assert!(said.contains("plancast merge"), "{said}");
}

#[test]
fn numbers_and_tables_that_are_not_what_they_should_be_are_told_as_they_are() {
    let say = |text: &str| {
        let folder = folder(text);
        std::fs::write(folder.path().join("empty.csv"), "").unwrap();
        err(&plancast(folder.path(), &["validate", "case.toml"]))
    };
    for (run, words) in [
        ("paths = 1e6", "write 1000000"),
        ("paths = 5000.0", "write 5000"),
        ("paths = -5", "a whole number from 1 on"),
        ("seed = 1.5", "a whole number from 0 on"),
    ] {
        let said = say(&format!("{SIMPLE}[run]\n{run}\n"));
        assert!(said.contains(words), "{run}: {said}");
    }
    let said = say(&SIMPLE.replace("'normal(0, 1)'", "\"empirical('empty.csv', 'z')\""));
    assert!(said.contains("is empty") && !said.contains("it has"), "{said}");
}

/// A square is never negative; 1 / x has no value in an interval about zero; 0 / 0 has none at all.
#[test]
fn a_gate_of_computed_values_is_told_why_it_is_undecided() {
    let folder = folder(SIMPLE);
    let check = |gate: &str| {
        let check = ["check", "case.toml", "--paths", "1000", "--max-paths", "2000", "--require", gate];
        let output = plancast(folder.path(), &check);
        (output.status.code(), out(&output) + &err(&output))
    };
    assert_eq!(check("mean(x@2021)^2 >= 0").0, Some(0));
    let (code, said) = check("1 / mean(x@2021) >= 0");
    assert!(code == Some(1) && said.contains("has no value in all of them"), "{said}");
    let (code, said) = check("0 / 0 >= 0");
    assert!(
        code != Some(0) && said.contains("has no value") && !said.contains("lies on the value"),
        "{said}"
    );
}

/// What Windows calls a device can be no folder there, and beside the folders of runs lies their list.
#[test]
fn an_id_that_can_be_no_folder_everywhere_is_refused() {
    for (id, words) in [
        ("CON", "a device on Windows"),
        ("nul.v2", "a device on Windows"),
        ("index.csv", "the list of all runs"),
        ("a:b", "an id is the name of a folder"),
        ("a.", "an id is the name of a folder"),
    ] {
        let folder = folder(&format!("[scenario]\nid = '{id}'\n{SIMPLE}"));
        let output = plancast(folder.path(), &["run", "case.toml", "--paths", "100", "--quiet"]);
        assert_eq!(output.status.code(), Some(2), "{id}: {}", err(&output));
        assert!(err(&output).contains(words), "{id}: {}", err(&output));
    }
    // The name of a file is changed where it can be no name of a folder.
    let folder = folder("");
    std::fs::write(folder.path().join("aux.toml"), SIMPLE).unwrap();
    let run = ["run", "aux.toml", "--paths", "100", "--charts", "none", "--quiet"];
    assert!(plancast(folder.path(), &run).status.success());
    assert!(folder.path().join("output/aux-/summary.json").exists());
}

/// Values are counted in cells: beyond their width no number of paths makes a quantile more precise.
#[test]
fn a_precision_that_counting_does_not_have_is_not_promised_for_more_paths() {
    let folder = folder(SIMPLE);
    let run = ["run", "case.toml", "--max-paths", "20000", "--charts", "none", "--until"];
    let run = |until: &str| err(&plancast(folder.path(), &[&run[..], &[until]].concat()));
    let said = run("quantile(x@2021, 50%)=0.0000001");
    assert!(said.contains("counted in cells") && said.contains("more paths do not help"), "{said}");
    let said = run("quantile(x@2021, 50%)=0.001");
    assert!(said.contains("allow more with --max-paths") && !said.contains("cells"), "{said}");
}
