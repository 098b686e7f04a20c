//! Over a hundred wrong files: what each gets is a snapshot that a person can read. Refresh it with
//! `INSTA_UPDATE=always cargo test --test mistakes` and read the difference.

use std::fmt::Write as _;
use std::path::Path;

use assert_cmd::Command;

const GOOD: &str = include_str!("mistakes/good.toml");
const CASES: &str = include_str!("mistakes/cases.txt");
const HISTORY: &str = "year,gdp,broken\n2018,900,1\n2019,950,n/a\n2020,1020,3\n";

/// A way in which a file is wrong: a title, a text of the good file and what replaces it.
struct Case {
    title: &'static str,
    from: String,
    to: String,
}

fn cases() -> Vec<Case> {
    let plain = |text: &str| text.replace("\\n", "\n");
    let mut cases: Vec<Case> = Vec::new();
    for line in CASES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (kind, text) = line.split_at(2);
        match (kind, cases.last_mut()) {
            ("= ", _) => cases.push(Case { title: text, from: String::new(), to: String::new() }),
            ("- ", Some(case)) => case.from = plain(text),
            ("+ ", Some(case)) => case.to = plain(text),
            _ => panic!("cases.txt: {line}"),
        }
    }
    cases
}

/// What `plancast validate` finds in a text, as one problem a line with the marked text, and its exit code.
fn validate(folder: &Path, text: &str) -> (Vec<serde_json::Value>, Option<i32>) {
    std::fs::write(folder.join("wrong.toml"), text).unwrap();
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder).args(["validate", "wrong.toml", "--format", "json"]);
    let output = command.output().unwrap();
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    (found[0]["problems"].as_array().unwrap().clone(), output.status.code())
}

#[test]
fn the_file_that_the_wrong_ones_are_made_from_is_right() {
    let folder = tempfile::tempdir().unwrap();
    let (problems, code) = validate(folder.path(), GOOD);
    let errors: Vec<_> = problems.iter().filter(|problem| problem["severity"] == "error").collect();
    assert_eq!((errors, code), (vec![], Some(0)));
}

#[test]
fn every_wrong_file_gets_a_message_with_its_place_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("history.csv"), HISTORY).unwrap();
    let mut out = String::new();
    let (cases, mut passed) = (cases(), Vec::new());
    assert!(cases.len() >= 80, "{} cases", cases.len());
    for case in &cases {
        assert!(GOOD.contains(&case.from), "{}: good.toml has no {:?}", case.title, case.from);
        let text = GOOD.replacen(&case.from, &case.to, 1);
        let (problems, code) = validate(folder.path(), &text);
        if code != Some(2) {
            passed.push(case.title);
        }
        let _ = writeln!(out, "## {}", case.title);
        for problem in problems.iter().filter(|problem| problem["severity"] == "error") {
            let line = problem["line"].as_u64().unwrap_or(0);
            let column = problem["column"].as_u64().unwrap_or(0);
            let place = if line == 0 { String::from("wrong.toml") } else { format!("{line}:{column}") };
            let _ = writeln!(out, "{place}: {}", problem["message"].as_str().unwrap());
            if line > 0 && problem["file"] == "wrong.toml" {
                let shown = text.lines().nth(line as usize - 1).unwrap_or_default();
                let (shown, column) = cut(shown, column as usize);
                let _ = writeln!(out, "    {shown}\n    {}^", " ".repeat(column - 1));
            }
            if let Some(help) = problem["help"].as_str() {
                let _ = writeln!(out, "    help: {help}");
            }
        }
        out.push('\n');
    }
    assert!(passed.is_empty(), "these were not found to be wrong: {passed:#?}");
    insta::assert_snapshot!("mistakes", out);
}

/// A long line cut so that its column stays in sight.
fn cut(line: &str, column: usize) -> (String, usize) {
    let start = column.saturating_sub(60);
    (line.chars().skip(start).take(100).collect(), column - start)
}

#[test]
fn all_mistakes_of_a_file_are_shown_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let text = GOOD
        .replace("normal(2.5, 0.2)", "normal(2.5, -0.2)")
        .replace("share * gdp", "share * gpd")
        .replace("gdp@2025 >= 1400", "gdp@2052 >= 1400")
        .replace("title = \"Sector\"", "titel = \"Sector\"");
    let (problems, _) = validate(folder.path(), &text);
    let errors = problems.iter().filter(|problem| problem["severity"] == "error").count();
    assert_eq!(errors, 4, "{problems:#?}");
}
