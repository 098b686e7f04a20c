//! Files as people have them: with a byte order mark, with lines that end as on Windows, with blank lines at the end. They
//! mean the same, errors in them have the right lines, and what is hashed is what was read.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::case::{err, plancast};

const CASE: &str = "[time]
start = 2020
end = 2023
[parameters]
a = \"empirical('sample.csv', 'v')\"
b = \"resample('rows.csv', 'w')\"
[variables]
gdp = { start = '100', formula = '''
prev(gdp)
  + a + b
''', report = true }
[history.gdp]
file = 'history.csv'
value = 'gdp'
[targets]
high = 'gdp@2023 >= 110'
";

const FILES: [(&str, &str); 4] = [
    ("case.toml", CASE),
    ("sample.csv", "v\n1\n2\n3\n"),
    ("rows.csv", "w,other\n0.5,1\n1.5,2\n"),
    ("history.csv", "year,gdp\n2018,95\n2019,98\n2020,100\n"),
];

/// The bytes of a text in another form.
type Form = fn(&str) -> Vec<u8>;

/// Forms that a text may have.
const FORMS: [(&str, Form); 7] = [
    ("a mark", |text| format!("\u{feff}{text}").into()),
    ("Windows", |text| text.replace('\n', "\r\n").into()),
    ("a mark and Windows", |text| format!("\u{feff}{}", text.replace('\n', "\r\n")).into()),
    ("UTF-16, as PowerShell writes it", |text| {
        format!("\u{feff}{}", text.replace('\n', "\r\n")).encode_utf16().flat_map(u16::to_le_bytes).collect()
    }),
    ("UTF-16, the high byte first", |text| {
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect()
    }),
    ("blank lines", |text| format!("{text}\n\n  \n\n").into()),
    ("no last end", |text| text.trim_end().into()),
];

fn written<Bytes: AsRef<[u8]>>(form: impl Fn(&str, &str) -> Bytes) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        std::fs::write(folder.path().join(name), form(name, text)).unwrap();
    }
    folder
}

#[track_caller]
fn done(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}", err(output));
}

const RUN: [&str; 6] = ["run", "case.toml", "--paths", "600", "--charts", "none"];

fn json(folder: &Path, file: &str) -> Value {
    serde_json::from_slice(&std::fs::read(folder.join("output/case").join(file)).unwrap()).unwrap()
}

/// SHA-256 by the crate itself.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    use std::fmt::Write;
    let mut text = String::new();
    Sha256::digest(bytes).iter().for_each(|byte| write!(text, "{byte:02x}").unwrap());
    text
}

#[test]
fn files_of_every_form_give_the_same_run_and_are_hashed_as_they_are() {
    let plain = written(|_, text| text.to_owned());
    done(&plancast(plain.path(), &RUN));
    let expected = json(plain.path(), "summary.json")["fingerprint"].clone();
    let scenario = std::fs::read(plain.path().join("output/case/scenario.toml")).unwrap();
    for (name, form) in FORMS {
        let folder = written(|_, text| form(text));
        let validated = plancast(folder.path(), &["validate", "case.toml"]);
        assert_eq!(validated.status.code(), Some(0), "{name}: {}", err(&validated));
        let output = plancast(folder.path(), &RUN);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", err(&output));
        assert_eq!(json(folder.path(), "summary.json")["fingerprint"], expected, "{name}");
        assert!(
            std::fs::read(folder.path().join("output/case/scenario.toml")).unwrap() == scenario,
            "{name}"
        );
        let manifest = json(folder.path(), "manifest.json");
        let inputs = manifest["inputs"].as_array().unwrap();
        assert_eq!(inputs.len(), 4, "{name}");
        for input in inputs {
            let file = input["file"].as_str().unwrap();
            let bytes = std::fs::read(folder.path().join(file)).unwrap();
            assert_eq!(input["sha256"].as_str().unwrap(), sha256(&bytes), "{name}: {file}");
        }
    }
}

#[test]
fn a_mistake_has_the_line_that_an_editor_shows() {
    for (name, form) in FORMS {
        for (file, wrong, line) in [
            ("case.toml", CASE.replace("end = 2023", "end = 1999"), "case.toml:3:"),
            ("sample.csv", "v\n1\nx\n3\n".to_owned(), "sample.csv, line 3"),
            ("rows.csv", "w,other\n0.5,1\n\n,2\n".to_owned(), "rows.csv, line 4"),
            ("history.csv", "year,gdp\n2018,95\n \n2019,98,1\n".to_owned(), "history.csv, line 4"),
        ] {
            let folder = written(|each, text| form(if each == file { &wrong } else { text }));
            let output = plancast(folder.path(), &["validate", "case.toml", "--format", "json"]);
            assert_eq!(output.status.code(), Some(2), "{name} {file}");
            let text = String::from_utf8(output.stdout).unwrap();
            let (place, number) = line.split_once(':').unwrap_or((line, ""));
            let found = match number {
                "" => text.contains(place),
                _ => text.contains("\"line\": 3") && text.contains("1999"),
            };
            assert!(found, "{name} {file}: {text}");
        }
    }
}

#[test]
fn a_baseline_that_an_editor_has_saved_is_read() {
    let folder = written(|_, text| text.to_owned());
    done(&plancast(folder.path(), &RUN));
    let summary = std::fs::read_to_string(folder.path().join("output/case/summary.json")).unwrap();
    for (name, form) in FORMS {
        std::fs::write(folder.path().join("baseline.json"), form(&summary)).unwrap();
        let check =
            ["check", "case.toml", "--paths", "600", "--charts", "none", "--against", "baseline.json"];
        let output = plancast(folder.path(), &check);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", err(&output));
        let diff = plancast(folder.path(), &["diff", "baseline.json", "output/case"]);
        assert_eq!(diff.status.code(), Some(0), "{name}: {}", err(&diff));
    }
    // A line of what is wrong is that of the file.
    let broken =
        format!("\u{feff}{}", summary.replacen("\"paths\": 600", "\"paths\": x", 1).replace('\n', "\r\n"));
    let line = broken.lines().position(|line| line.contains("\"paths\": x")).unwrap() + 1;
    std::fs::write(folder.path().join("baseline.json"), broken).unwrap();
    let output = plancast(folder.path(), &["diff", "baseline.json", "output/case"]);
    assert!(err(&output).contains(&format!("line {line}")), "{}", err(&output));
}

/// As git does with text files on Windows.
#[test]
fn stored_runs_and_parts_whose_texts_were_converted_are_read() {
    let folder = written(|_, text| text.to_owned());
    done(&plancast(folder.path(), &[&RUN[..], &["--out", "whole"]].concat()));
    for shard in ["1/2", "2/2"] {
        done(&plancast(folder.path(), &[&RUN[..], &["--shard", shard]].concat()));
    }
    for run in ["whole/case", "output/case.part-1-of-2", "output/case.part-2-of-2"] {
        for entry in std::fs::read_dir(folder.path().join(run)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "toml" || ending == "json") {
                let text = std::fs::read_to_string(&path).unwrap();
                std::fs::write(&path, format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
            }
        }
    }
    done(&plancast(folder.path(), &["chart", "whole/case", "--figure", "fan", "--out", "drawn"]));
    done(&plancast(folder.path(), &["report", "whole/case"]));
    let parts = ["merge", "output/case.part-1-of-2", "output/case.part-2-of-2", "--charts", "none"];
    done(&plancast(folder.path(), &parts));
    let changed = plancast(folder.path(), &["verify", "whole/case"]);
    assert_eq!(changed.status.code(), Some(1), "other bytes are other bytes");
}

#[test]
fn a_workbook_is_named_as_what_it_is() {
    let archive = |file: &str, text: &str| match file {
        "sample.csv" => b"PK\x03\x04\x14\x00\xff\xfe".to_vec(),
        _ => text.as_bytes().to_vec(),
    };
    let folder = written(archive);
    for (language, words) in [("en", "save its sheet as CSV"), ("zh", "另存为 CSV")] {
        let output = plancast(folder.path(), &["validate", "case.toml", "--lang", language]);
        assert_eq!(output.status.code(), Some(2));
        let told = err(&output).replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn standard_input_may_have_a_mark_too() {
    let folder = tempfile::tempdir().unwrap();
    let text = "\u{feff}[time]\r\nstart = 2020\r\nend = 2021\r\n[variables]\r\nx = '1'\r\n";
    let mut command = Command::cargo_bin("plancast").unwrap();
    let output =
        command.current_dir(folder.path()).args(["run", "-", "--paths", "300"]).write_stdin(text).output();
    done(&output.unwrap());
}

// ───────────────────────── What a stored scenario gives again ─────────────────────────

/// Options that shape a result, and whether the folder has another name for them.
const OPTIONS: [&[&str]; 12] = [
    &[],
    &["--seed", "7", "--paths", "777"],
    &["--seed", "18446744073709551615"],
    &["--set", "a=normal(1, 2)", "--paths", "5000"],
    &["--given", "gdp@2023 >= 105"],
    &["--given", "gdp@2023 >= 105", "--seed", "3", "--paths", "2000", "--set", "b=uniform(0, 3)"],
    &["--record", "all"],
    &["--record", "extra", "--quantiles", "0.1,33.3,50", "--no-sensitivity"],
    &["--sampling", "sobol", "--paths", "4096"],
    &["--sampling", "antithetic"],
    &["--until", "2%", "--max-paths", "20000"],
    &["--checkpoint", "10"],
];

#[test]
fn the_scenario_of_any_run_reruns_to_the_same_results_without_an_option() {
    for options in OPTIONS {
        let folder = written(|_, text| text.replace("[history", "extra = '2 * gdp'\n[history"));
        done(&plancast(folder.path(), &[&["run", "case.toml", "--charts", "none"], options].concat()));
        let name = if options.contains(&"--given") { "case-given" } else { "case" };
        let summary = |out: &str| -> Value {
            let file = folder.path().join(out).join(name).join("summary.json");
            serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
        };
        let stored = folder.path().join("output").join(name).join("scenario.toml");
        // Somewhere else, with nothing of what it was made from.
        let elsewhere = tempfile::tempdir().unwrap();
        std::fs::copy(&stored, elsewhere.path().join("scenario.toml")).unwrap();
        let again = ["run", "scenario.toml", "--charts", "none"];
        done(&plancast(elsewhere.path(), &again));
        let first = summary("output");
        let file = elsewhere.path().join("output").join(name).join("summary.json");
        let mut second: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        assert_eq!(first["fingerprint"], second["fingerprint"], "{options:?}");
        // How it was written, and how the number of paths came about, are no results.
        second["assumptions"] = first["assumptions"].clone();
        if options.contains(&"--until") {
            second["convergence"] = first["convergence"].clone();
        }
        assert!(first == second, "{options:?}");
        let text = |path: &Path| std::fs::read_to_string(path).unwrap();
        assert_eq!(text(&stored), text(&elsewhere.path().join("output").join(name).join("scenario.toml")));
    }
}

#[test]
fn the_command_line_goes_before_what_the_scenario_says_and_what_cannot_go_together_is_told() {
    let folder = written(|name, text| match name {
        "case.toml" => format!("{text}[run]\npaths = 500\nseed = 5\ngiven = 'gdp@2023 >= 90'\n"),
        _ => text.to_owned(),
    });
    done(&plancast(folder.path(), &["run", "case.toml", "--charts", "none", "--seed", "6"]));
    let summary = std::fs::read(folder.path().join("output/case-given/summary.json")).unwrap();
    let summary: Value = serde_json::from_slice(&summary).unwrap();
    assert_eq!((&summary["seed"], &summary["given"]["among"]), (&Value::from(6), &Value::from(500)));
    for more in
        [&["--export", "x.csv"][..], &["--shard", "1/2"], &["--until", "1%"], &["--sampling", "sobol"]]
    {
        let output = plancast(folder.path(), &[&["run", "case.toml"], more].concat());
        assert_eq!(output.status.code(), Some(2), "{more:?}");
        assert!(err(&output).contains("given") && err(&output).contains(more[0]), "{}", err(&output));
    }
    let check = plancast(folder.path(), &["check", "case.toml", "--require", "p(high) >= 1%"]);
    assert_eq!(check.status.code(), Some(2), "{}", err(&check));
    for wrong in
        ["paths = 0", "paths = -1", "seed = 1.5", "sampling = 'grid'", "quantiles = [5]", "patsh = 3"]
    {
        std::fs::write(folder.path().join("wrong.toml"), format!("{CASE}[run]\n{wrong}\n")).unwrap();
        let output = plancast(folder.path(), &["validate", "wrong.toml"]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
    }
    // Who extends a stored run starts from what it says of the plan, not from how it was run.
    std::fs::write(folder.path().join("mine.toml"), "[scenario]\nextends = 'case.toml'\n").unwrap();
    done(&plancast(folder.path(), &["run", "mine.toml", "--charts", "none", "--paths", "300"]));
    assert!(folder.path().join("output/mine/summary.json").exists());
}
