//! Over a hundred wrong files: what each gets is a snapshot that a person can read. Refresh it with
//! `INSTA_UPDATE=always cargo test --test command mistakes` and read the difference.

use std::fmt::Write as _;
use std::path::Path;

use assert_cmd::Command;

const GOOD: &str = include_str!("../../../tests/mistakes/good.toml");
const CASES: &str = include_str!("../../../tests/mistakes/cases.txt");
const WARNINGS: &str = include_str!("../../../tests/mistakes/warnings.txt");
const HISTORY: &str =
    "year,gdp,broken,half,twice\n2018,900,1,2018.5,2018\n2019,950,n/a,2019,2019\n2020,1020,3,2020,2018\n";

/// A way in which a file is wrong: a title, a text of the good file and what replaces it.
struct Case {
    title: &'static str,
    from: String,
    to: String,
}

fn cases(text: &'static str) -> Vec<Case> {
    let plain = |text: &str| text.replace("\\n", "\n");
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (kind, text) = line.split_at(2);
        match (kind, cases.last_mut()) {
            ("= ", _) => cases.push(Case { title: text, from: String::new(), to: String::new() }),
            ("- ", Some(case)) => case.from = plain(text),
            ("+ ", Some(case)) => case.to = plain(text),
            _ => panic!("{line}"),
        }
    }
    cases
}

/// What `plancast validate` finds in a text, as one problem a line with the marked text, and its exit code.
fn validate(folder: &Path, text: &str) -> (Vec<serde_json::Value>, Option<i32>) {
    validate_in("en", folder, text)
}

/// The same in a language.
fn validate_in(language: &str, folder: &Path, text: &str) -> (Vec<serde_json::Value>, Option<i32>) {
    std::fs::write(folder.join("wrong.toml"), text).unwrap();
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder).args(["validate", "wrong.toml", "--format", "json", "--lang", language]);
    let output = command.output().unwrap();
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    (found[0]["problems"].as_array().unwrap().clone(), output.status.code())
}

#[test]
fn the_file_that_the_wrong_ones_are_made_from_is_right() {
    let folder = tempfile::tempdir().unwrap();
    let (diagnostics, code) = validate(folder.path(), GOOD);
    let errors: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic["severity"] == "error").collect();
    assert_eq!((errors, code), (vec![], Some(0)));
}

/// What is said of each wrong text in English and Chinese, as far as it is wanted, and the titles of those that were not found to
/// be wrong.
fn answered(
    folder: &Path,
    good: &str,
    cases: &[Case],
    is_wanted: impl Fn(&serde_json::Value) -> bool,
) -> (String, Vec<&'static str>) {
    let (mut out, mut passed) = (String::new(), Vec::new());
    for case in cases {
        assert!(good.contains(&case.from), "{}: there is no {:?} to replace", case.title, case.from);
        let text = good.replacen(&case.from, &case.to, 1);
        let (diagnostics, code) = validate(folder, &text);
        if code != Some(2) {
            passed.push(case.title);
        }
        let _ = writeln!(out, "## {}", case.title);
        let (chinese, _) = validate_in("zh", folder, &text);
        assert_eq!(diagnostics.len(), chinese.len(), "{}", case.title);
        let both = diagnostics.iter().zip(&chinese).filter(|(one, _)| is_wanted(one));
        both.for_each(|(english, chinese)| show(english, chinese, &text, &mut out));
        out.push('\n');
    }
    (out, passed)
}

#[test]
fn every_wrong_file_gets_a_message_with_its_place_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("history.csv"), HISTORY).unwrap();
    let cases = cases(CASES);
    assert!(cases.len() >= 80, "{} cases", cases.len());
    let is_error = |diagnostic: &serde_json::Value| diagnostic["severity"] == "error";
    let (out, passed) = answered(folder.path(), GOOD, &cases, is_error);
    assert!(passed.is_empty(), "these were not found to be wrong: {passed:#?}");
    insta::assert_snapshot!("mistakes", out);
}

const FUNCTIONS: &str = include_str!("../../../tests/mistakes/functions.txt");

#[test]
fn every_wrong_use_of_a_function_gets_a_message_with_its_place_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    let cases = cases(FUNCTIONS);
    assert!(cases.len() >= 30, "{} cases", cases.len());
    let is_error = |diagnostic: &serde_json::Value| diagnostic["severity"] == "error";
    let (out, passed) = answered(folder.path(), GOOD, &cases, is_error);
    assert!(passed.is_empty(), "these were not found to be wrong: {passed:#?}");
    insta::assert_snapshot!("functions", out);
}

const DISTRIBUTIONS: &str = include_str!("../../../tests/mistakes/distributions.txt");

#[test]
fn every_wrong_distribution_gets_a_message_with_its_place_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    let is_error = |diagnostic: &serde_json::Value| diagnostic["severity"] == "error";
    let (out, passed) = answered(folder.path(), GOOD, &cases(DISTRIBUTIONS), is_error);
    assert!(passed.is_empty(), "these were not found to be wrong: {passed:#?}\n{out}");
    insta::assert_snapshot!("distributions", out);
}

const POOL: &str = include_str!("../../../tests/mistakes/pool.toml");
const POOLS: &str = include_str!("../../../tests/mistakes/pools.txt");

/// The worlds of the pools.
fn write_worlds(folder: &Path) {
    let town = |years: &str, unit: &str, growth: &str, more: &str| {
        format!(
            "[time]\nstart = 2020\nend = {years}\n[parameters]\nspeed = {{ value = \"{growth}\", unit = \"1/yr\" }}\n{more}\n[variables]\n\
             growth = {{ formula = \"speed\", unit = \"1/yr\" }}\n\
             gdp = {{ formula = \"prev(gdp) * (1 + growth)\", start = \"1000\", unit = \"{unit}\", report = true }}\n"
        )
    };
    let money = "1e8 CNY";
    let normal = "normal(4%, 1%)";
    let files = [
        ("town.toml", town("2030", money, "normal(3%, 1%)", "")),
        ("other.toml", town("2030", money, normal, "")),
        ("short.toml", town("2025", money, normal, "")),
        ("tonnes.toml", town("2030", "Mt", normal, "")),
        ("sea.toml", "[time]\nstart = 2020\nend = 2030\n[parameters]\nwind = \"normal(7, 1)\"\n[variables]\nwaves = { formula = \"wind\", report = true }\n".into()),
        ("taken.toml", town("2030", money, normal, "world = \"uniform(0, 1)\"").replace("\"speed\"", "\"speed * world\"")),
        ("recorded.toml", town("2030", money, normal, "") + "[observations.gdp]\nvalues = { 2021 = 1030 }\nsd = 5\n"),
        ("broken.toml", town("2030", money, normal, "").replace("prev(gdp)", "prev(gpd)")),
        ("child.toml", "[scenario]\nextends = \"wrong.toml\"\n".into()),
        ("pool.toml", POOL.into()),
    ];
    files.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
}

#[test]
fn the_pool_that_the_wrong_ones_are_made_from_is_right() {
    let folder = tempfile::tempdir().unwrap();
    write_worlds(folder.path());
    assert_eq!(validate(folder.path(), POOL), (vec![], Some(0)));
}

#[test]
fn every_wrong_pool_gets_a_message_with_its_place_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    write_worlds(folder.path());
    let (out, passed) = answered(folder.path(), POOL, &cases(POOLS), |_| true);
    assert!(passed.is_empty(), "these were not found to be wrong: {passed:#?}\n{out}");
    insta::assert_snapshot!("pools", out);
}

const CIRCLES: &str = include_str!("../../../tests/mistakes/simultaneous.toml");
const WRONG_CIRCLES: &str = include_str!("../../../tests/mistakes/simultaneous.txt");

#[test]
fn the_simultaneous_equations_that_the_wrong_ones_are_made_from_are_right() {
    let folder = tempfile::tempdir().unwrap();
    let (diagnostics, code) = validate(folder.path(), CIRCLES);
    let errors: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic["severity"] == "error").collect();
    assert_eq!((errors, code), (vec![], Some(0)));
}

#[test]
fn every_wrong_declaration_of_simultaneous_equations_gets_a_message_with_its_place_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    let (out, passed) =
        answered(folder.path(), CIRCLES, &cases(WRONG_CIRCLES), |one| one["severity"] == "error");
    assert!(passed.is_empty(), "these were not found to be wrong: {passed:#?}\n{out}");
    insta::assert_snapshot!("simultaneous", out);
}

const PERIODS: &str = include_str!("../../../tests/mistakes/periods.toml");
const WRONG_PERIODS: &str = include_str!("../../../tests/mistakes/periods.txt");

#[test]
fn the_quarters_that_the_wrong_ones_are_made_from_are_right() {
    let folder = tempfile::tempdir().unwrap();
    let (diagnostics, code) = validate(folder.path(), PERIODS);
    let errors: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic["severity"] == "error").collect();
    assert_eq!((errors, code), (vec![], Some(0)));
}

#[test]
fn every_wrong_quarter_or_month_gets_a_message_with_its_place_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    let cases = cases(WRONG_PERIODS);
    assert!(cases.len() >= 25, "{} cases", cases.len());
    let (out, passed) =
        answered(folder.path(), PERIODS, &cases, |diagnostic| diagnostic["severity"] == "error");
    assert!(passed.is_empty(), "these were not found to be wrong: {passed:#?}\n{out}");
    insta::assert_snapshot!("periods", out);
}

const DATA: &str = include_str!("../../../tests/mistakes/data.toml");
const DATA_CASES: &str = include_str!("../../../tests/mistakes/data.txt");

/// The tables that the scenario of [`DATA`] and the wrong ones name.
fn write_tables(folder: &Path) {
    let head = "year,code,name,GDP (bn),Population\n";
    let north = "2020,140100,North,\"4,153.25\",531.9\n";
    let files: [(&str, Vec<u8>); 11] = [
        ("regions.csv", format!("{head}2019,140100,North,4028.5,530\n{north}2020,140200,South,1369.9,311\n").into()),
        ("regions.txt", head.into()),
        ("book.xlsx", b"no workbook".to_vec()),
        ("latin.csv", b"year,code,name\n2020,1,R\xe9gion Alpes\n".to_vec()),
        (
            "broken.csv",
            "year;code;name;GDP (bn);Population\n2020;1;A;x;1\n2020;2;B;-5;1,234\n2020;3;C;;12 34\n2020;4;D;1,5;3\n".into(),
        ),
        ("reads.csv", format!("{head}2020,140100,North,\"empirical('regions.csv', 'code')\",531.9\n").into()),
        ("twice.csv", "year,code,name,GDP (bn),Population,Population\n2020,1,A,1,2,3\n".into()),
        ("ragged.csv", format!("{head}2020,1,A,1\n{north}2020,2,B,1,2,3\n").into()),
        ("wide.csv", "code,2018,2019\nSX,1.5,..\nHE,2,3\n".into()),
        ("quarters.csv", "code,2018Q1,2018Q2\nSX,1.5,2\n".into()),
        ("signs.csv", "year,value\n2018,5%\n2019,6\n".into()),
    ];
    files.iter().for_each(|(name, bytes)| std::fs::write(folder.join(name), bytes).unwrap());
}

#[test]
fn the_table_that_the_wrong_ones_are_made_from_is_right() {
    let folder = tempfile::tempdir().unwrap();
    write_tables(folder.path());
    let (diagnostics, code) = validate(folder.path(), DATA);
    let errors: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic["severity"] == "error").collect();
    assert_eq!((errors, code), (vec![], Some(0)));
}

#[test]
fn every_wrong_table_gets_messages_with_the_cells_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    write_tables(folder.path());
    let cases = cases(DATA_CASES);
    assert!(cases.len() >= 30, "{} cases", cases.len());
    let (out, passed) = answered(folder.path(), DATA, &cases, |diagnostic| diagnostic["severity"] == "error");
    assert!(passed.is_empty(), "these were not found to be wrong: {passed:#?}\n{out}");
    insta::assert_snapshot!("data", out);
}

#[test]
fn what_is_probably_a_mistake_gets_a_warning_and_exit_code_0() {
    let folder = tempfile::tempdir().unwrap();
    let (usual, _) = validate(folder.path(), GOOD);
    let usual: Vec<&serde_json::Value> = usual.iter().map(|diagnostic| &diagnostic["message"]).collect();
    let mut out = String::new();
    for case in cases(WARNINGS) {
        assert!(GOOD.contains(&case.from), "{}: good.toml has no {:?}", case.title, case.from);
        let text = GOOD.replacen(&case.from, &case.to, 1);
        let (diagnostics, code) = validate(folder.path(), &text);
        let (chinese, _) = validate_in("zh", folder.path(), &text);
        assert_eq!(diagnostics.len(), chinese.len(), "{}", case.title);
        let both = diagnostics.iter().zip(&chinese);
        let new: Vec<_> = both.filter(|(one, _)| !usual.contains(&&one["message"])).collect();
        assert_eq!(code, Some(0), "{}: {diagnostics:#?}", case.title);
        assert!(!new.is_empty(), "{}: no warning", case.title);
        let _ = writeln!(out, "## {}", case.title);
        new.into_iter().for_each(|(english, chinese)| show(english, chinese, &text, &mut out));
        out.push('\n');
    }
    insta::assert_snapshot!("warnings", out);
}

#[test]
fn what_only_a_gate_uses_is_not_idle() {
    let folder = tempfile::tempdir().unwrap();
    let text = GOOD
        .replace("share     = ", "slack     = \"uniform(0, 1)\"\nshare     = ")
        .replace(
            "spent            = {",
            "cushion          = { formula = \"slack * gdp\", unit = \"1e8 CNY\" }\nspent            = {",
        )
        .replace("[sources]", "\"a cushion\" = \"mean(cushion@2025) >= 0\"\n[sources]");
    let (diagnostics, _) = validate(folder.path(), &text);
    let idle: Vec<_> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic["message"].as_str().unwrap().contains("nothing uses"))
        .collect();
    assert_eq!(idle, Vec::<&serde_json::Value>::new());
}

/// A problem with its place and the line of `text` that it marks, and below it in Chinese.
fn show(diagnostic: &serde_json::Value, chinese: &serde_json::Value, text: &str, out: &mut String) {
    let line = diagnostic["line"].as_u64().unwrap_or(0);
    let column = diagnostic["column"].as_u64().unwrap_or(0);
    let place = if line == 0 { String::from("wrong.toml") } else { format!("{line}:{column}") };
    let _ = writeln!(out, "{place}: {}", diagnostic["message"].as_str().unwrap());
    if line > 0 && diagnostic["file"] == "wrong.toml" {
        let shown = text.lines().nth(line as usize - 1).unwrap_or_default();
        let (shown, column) = cut(shown, column as usize);
        let _ = writeln!(out, "    {shown}\n    {}^", " ".repeat(column - 1));
    }
    if let Some(help) = diagnostic["help"].as_str() {
        let _ = writeln!(out, "    help: {help}");
    }
    let _ = writeln!(out, "    {}", chinese["message"].as_str().unwrap());
    if let Some(help) = chinese["help"].as_str() {
        let _ = writeln!(out, "    {help}");
    }
}

/// A long line cut so that its column stays in sight.
fn cut(line: &str, column: usize) -> (String, usize) {
    let start = column.saturating_sub(60);
    (line.chars().skip(start).take(100).collect(), column - start)
}

/// The messages of all errors, in the order of the file.
fn messages(folder: &Path, text: &str) -> Vec<String> {
    let (diagnostics, _) = validate(folder, text);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic["severity"] == "error");
    errors.map(|diagnostic| diagnostic["message"].as_str().unwrap().to_string()).collect()
}

#[test]
fn where_what_is_extended_is_missing_only_what_may_stand_there_is_not_told() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[scenario]\nextends = \"none.toml\"\n\
        [sector.coal]\ntrend = \"norml(1, 2)\"\n\
        [parameters]\ntax = { unit = \"sheep\" }\nshare = { value = \"uniform(2, 1)\", unut = \"1\" }\n\
        [shocks]\neps = { over = \"sector\", dist = \"normal(0, 1)\" }\n\
        [[correlations]]\nbetween = [\"eps[coal]\", \"luck\"]\nvalue = 2\n\
        [variables]\nx = \"gdp * share + exp(1, 2)\"\n\"y[sector]\" = \"va[sector] +\"\n\
        [targets]\nt = \"gdp@2050 > x\"\n[history.gdp]\nvalues = { 2019 = \"many\" }\n";
    let expected = [
        "`extends` leads nowhere: there is no file none.toml",
        "there is no distribution \"norml\"",
        "the max of uniform(2, 1) must be at least its min",
        "the parameter share has no key \"unut\"",
        "a correlation lies between -1 and 1; 2 does not",
        "exp takes (x), not 2 arguments",
        "the formula ends where a value should be",
        "x is a variable with a value every year; which year is meant?",
        "2019 should be a number, not a string",
    ];
    assert_eq!(messages(folder.path(), text), expected);
}

#[test]
fn where_one_line_is_no_toml_the_mistakes_of_the_others_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let text = GOOD
        .replace("volatility  = 0.08", "volatility  = 8%")
        .replace("normal(2.5, 0.2)", "normal(2.5, -0.2)")
        .replace("sum(sector: va[sector])", "sum(sector: va[sector]) + co2");
    let expected = [
        "only plain numbers, true and false stand without quotes",
        "the sd of normal(2.5, -0.2) must be at least 0, not -0.2",
        "co2 is in 1e4 tCO2: they cannot be added",
    ];
    let found = messages(folder.path(), &text);
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.contains(expected), "{found} is not {expected}");
    }
}

#[test]
fn all_mistakes_of_a_file_are_shown_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let text = GOOD
        .replace("normal(2.5, 0.2)", "normal(2.5, -0.2)")
        .replace("share * gdp", "share * gpd")
        .replace("gdp@2025 >= 1400", "gdp@2052 >= 1400")
        .replace("title = \"Sector\"", "titel = \"Sector\"");
    let (diagnostics, _) = validate(folder.path(), &text);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic["severity"] == "error").count();
    assert_eq!(errors, 4, "{diagnostics:#?}");
}
