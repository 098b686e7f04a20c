//! All paths out, batches with their index, and precision on demand: what lands in the files.

use std::io::Read;
use std::path::Path;
use std::process::Output;

use crate::common::Case;
use assert_cmd::Command;
use plancast::model::RecordedVariables;
use serde_json::Value;
use tempfile::TempDir;

const CASE: &str = r#"
[time]
start = 2020
end = 2022
[parameters]
trend = { value = "normal(2%, 1%)", unit = "1/yr", source = "guess" }
base = { value = 100, unit = "1e8 CNY", source = "guess" }
[variables]
x = { start = "100", formula = "prev(x) * (1 + trend)", unit = "1e8 CNY", report = true }
root = { formula = "sqrt(x / base - 1)", unit = "1" }
[metrics]
late = { formula = "first_year(x >= 103)", unit = "year" }
[targets]
high = { require = "x@2022 >= 104", source = "guess" }
[sources]
guess = { title = "A guess", grade = "D" }
"#;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), CASE).unwrap();
    folder
}

fn plancast(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("plancast").unwrap();
    command
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .env("COLUMNS", "120")
        .args(arguments)
        .output()
        .unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn export(folder: &TempDir, file: &str) {
    let arguments =
        ["run", "case.toml", "--paths", "5000", "--charts", "none", "--record", "all", "--export", file];
    let output = plancast(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
}

/// The values that the paths must have, by column.
fn expected(folder: &TempDir) -> Vec<(String, Vec<f64>)> {
    let case = Case::load(folder.path().join("case.toml").to_str().unwrap(), &[], &RecordedVariables::All);
    let paths = plancast::engine::paths(&case.model.program, 1, 0..5000);
    let mut columns = vec![("path".to_owned(), (0..5000).map(f64::from).collect::<Vec<_>>())];
    for label in &case.model.labels.variables {
        for (place, year) in (label.first_year..=label.last_year).enumerate() {
            let column = paths.series.column(label.first_series as usize + place).to_vec();
            columns.push((format!("{}@{year}", label.name), column));
        }
    }
    let metric = &case.model.labels.metrics[0];
    columns.push((metric.name.clone(), paths.series.column(metric.series as usize).to_vec()));
    columns.push(("high".to_owned(), paths.targets.column(0).to_vec()));
    columns
}

fn assert_same(text: &str, expected: &[(String, Vec<f64>)]) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(names, expected.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
    let mut rows = 0;
    for (row, record) in reader.records().enumerate() {
        for (cell, (name, values)) in record.unwrap().iter().zip(expected) {
            let found = if cell.is_empty() { f64::NAN } else { cell.parse().unwrap() };
            let same = found == values[row] || (found.is_nan() && values[row].is_nan());
            assert!(same, "{name}, path {row}: {cell}, not {}", values[row]);
        }
        rows += 1;
    }
    assert_eq!(rows, 5000);
}

#[test]
fn all_paths_are_written_as_csv_plain_and_compressed() {
    let folder = folder();
    export(&folder, "all/paths.csv");
    export(&folder, "all/paths.csv.gz");
    let plain = std::fs::read_to_string(folder.path().join("all/paths.csv")).unwrap();
    assert_same(&plain, &expected(&folder));
    let mut unpacked = String::new();
    let file = std::fs::File::open(folder.path().join("all/paths.csv.gz")).unwrap();
    flate2::read::GzDecoder::new(file).read_to_string(&mut unpacked).unwrap();
    assert!(plain == unpacked);
}

#[cfg(feature = "parquet")]
/// Paths are simulated in blocks of 256.
#[test]
fn an_export_that_ends_one_into_a_block_has_its_last_row() {
    let folder = folder();
    let rows = |paths: &str| {
        let arguments = [
            "run",
            "case.toml",
            "--paths",
            paths,
            "--charts",
            "none",
            "--record",
            "all",
            "--export",
            "all.csv",
        ];
        let output = plancast(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let text = std::fs::read_to_string(folder.path().join("all.csv")).unwrap();
        text.lines().map(str::to_owned).collect::<Vec<String>>()
    };
    let (few, more) = (rows("257"), rows("258"));
    assert_eq!((few.len(), more.len()), (258, 259));
    assert_eq!(few[257], more[257], "path 256 is the same path in both");
    assert!(few[257].split(',').filter(|cell| !cell.is_empty()).count() > 5, "{}", few[257]);
}

#[test]
fn all_paths_are_written_as_parquet_with_types_and_units() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let folder = folder();
    export(&folder, "paths.parquet");
    let file = std::fs::File::open(folder.path().join("paths.parquet")).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let metadata = reader.metadata().file_metadata().key_value_metadata().unwrap().clone();
    let units = metadata.iter().find(|entry| entry.key == "plancast.units").unwrap().value.clone().unwrap();
    let units: Value = serde_json::from_str(&units).unwrap();
    assert_eq!((&units["x@2022"], &units["late"]), (&Value::from("1e8 CNY"), &Value::from("year")));
    let expected = expected(&folder);
    let mut rows = 0;
    for (row, record) in reader.get_row_iter(None).unwrap().enumerate() {
        for ((name, field), (wanted, values)) in record.unwrap().get_column_iter().zip(&expected) {
            assert_eq!(name, wanted);
            let same = match field {
                Field::Long(x) => *x as f64 == values[row],
                Field::Double(x) => *x == values[row] || (x.is_nan() && values[row].is_nan()),
                Field::Bool(x) => f64::from(u8::from(*x)) == values[row],
                Field::Null => values[row].is_nan(),
                other => panic!("{name}: {other}"),
            };
            assert!(same, "{name}, path {row}");
        }
        rows += 1;
    }
    assert_eq!(rows, 5000);
}

#[test]
fn a_name_of_no_known_form_is_wrong_input_before_anything_runs() {
    let folder = folder();
    let output = plancast(folder.path(), &["run", "case.toml", "--export", "paths.xlsx"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains(".parquet"), "{}", err(&output));
    let output = plancast(folder.path(), &["run", "case.toml", "savings", "--export", "paths.csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("{id}"), "{}", err(&output));
    assert!(!folder.path().join("output").exists());
}

// ───────────────────────── Batches ─────────────────────────

fn index(folder: &TempDir) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(folder.path().join("output/index.csv"))
        .unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_sweep_runs_every_combination_and_writes_an_index() {
    let folder = folder();
    let sweep = ["--sweep", "trend=-2%,0%,normal(2%, 1%)", "--paths", "600", "--charts", "none"];
    let output = plancast(folder.path(), &[&["run", "case.toml"], &sweep[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let rows = index(&folder);
    assert_eq!(rows[0][..6], ["run", "scenario", "trend", "status", "paths", "fingerprint"]);
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[1][..5], ["case_trend=-2%", "case.toml", "-2%", "done", "600"]);
    assert!(folder.path().join("output").join(&rows[3][0]).join("summary.json").is_file());
    // The same draws as a run of its own.
    let arguments = [
        "run",
        "case.toml",
        "--set",
        "trend=normal(2%, 1%)",
        "--paths",
        "600",
        "--charts",
        "none",
        "--out",
        "alone",
    ];
    plancast(folder.path(), &arguments);
    let alone: Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("alone/case/summary.json")).unwrap())
            .unwrap();
    assert_eq!(rows[3][5], alone["fingerprint"].as_str().unwrap());
    assert!(String::from_utf8_lossy(&output.stdout).contains("trend = -2%"));
}

#[test]
fn patterns_stand_for_files_and_a_wrong_one_stops_no_other() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("plans")).unwrap();
    for (name, text) in
        [("a", CASE.to_owned()), ("b", CASE.replace("prev(x)", "prev(z)")), ("c", CASE.to_owned())]
    {
        std::fs::write(folder.path().join(format!("plans/{name}.toml")), text).unwrap();
    }
    let output =
        plancast(folder.path(), &["run", "plans/*.toml", "--paths", "600", "--charts", "none", "--quiet"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("plans/b.toml") && err(&output).contains("1 of 3"), "{}", err(&output));
    let status: Vec<String> = index(&folder)[1..].iter().map(|row| row[2].clone()).collect();
    assert_eq!(status, ["done", "wrong input", "done"]);
    let none = plancast(folder.path(), &["run", "nowhere/*.toml"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(err(&none).contains("no file matches"), "{}", err(&none));
}

#[test]
fn a_run_that_cannot_be_written_stops_no_other() {
    let folder = folder();
    std::fs::write(folder.path().join("other.toml"), CASE).unwrap();
    std::fs::create_dir_all(folder.path().join("output/case")).unwrap();
    std::fs::write(folder.path().join("output/case/thesis.tex"), "").unwrap();
    let arguments = ["run", "case.toml", "other.toml", "--paths", "600", "--charts", "none"];
    let output = plancast(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(3));
    assert!(err(&output).contains("not a run"), "{}", err(&output));
    assert!(folder.path().join("output/other/summary.json").is_file());
    assert_eq!(index(&folder)[1][2], "failed");
}

#[test]
fn two_scenarios_of_one_id_are_wrong_input() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("plans")).unwrap();
    std::fs::write(folder.path().join("plans/case.toml"), CASE).unwrap();
    let output = plancast(folder.path(), &["run", "case.toml", "plans/case.toml", "--paths", "300"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("folder case"), "{}", err(&output));
}

// ───────────────────────── Precision on demand ─────────────────────────

fn converged(folder: &TempDir, more: &[&str]) -> Value {
    let output =
        plancast(folder.path(), &[&["run", "case.toml", "--charts", "none", "--json"], more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn paths_are_added_until_the_odds_are_as_precise_as_asked() {
    let folder = folder();
    let summary = converged(&folder, &["--until", "0.2%"]);
    let error = summary["targets"]["high"]["standard_error"].as_f64().unwrap();
    assert!(error <= 0.002 && error > 0.0018, "{error}");
    let convergence = &summary["convergence"];
    assert_eq!(
        (&convergence["statistic"], &convergence["reached"]),
        (&Value::from("probability"), &Value::from(true))
    );
    assert_eq!(convergence["paths"].as_array().unwrap().last(), Some(&summary["paths"]));
    // The same bytes as a run of that many paths, but for the convergence.
    let paths = summary["paths"].to_string();
    let plain = converged(&folder, &["--paths", &paths]);
    assert_eq!(plain["fingerprint"], summary["fingerprint"]);
}

#[test]
fn the_way_to_the_precision_is_printed_with_the_results() {
    let folder = folder();
    let run = ["run", "case.toml", "--charts", "none", "--until", "0.5%"];
    let printed = |language| {
        let output = plancast(folder.path(), &[&run[..], &["--lang", language]].concat());
        String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let english = printed("en");
    assert!(english.contains("Standard error of the least certain odds: 0.78 % at 4,096 paths"), "{english}");
    assert!(english.contains("(0.50 % asked for, reached)"), "{english}");
    assert!(printed("zh").contains("最不确定的达成概率的标准误"));
}

#[test]
fn a_statistic_may_say_how_precise_it_must_be() {
    let folder = folder();
    let summary = converged(&folder, &["--until", "quantile(x@2022, 5%)=0.01"]);
    let errors = summary["convergence"]["standard_error"].as_array().unwrap();
    assert!(errors.last().unwrap().as_f64().unwrap() <= 0.01, "{errors:?}");
    let stopped = converged(&folder, &["--until", "mean(x@2022)=1e-9", "--max-paths", "9000"]);
    assert_eq!(
        (&stopped["paths"], &stopped["convergence"]["reached"]),
        (&Value::from(9000), &Value::from(false))
    );
    let wrong = plancast(folder.path(), &["run", "case.toml", "--until", "mean(z@2022)=1"]);
    assert_eq!(wrong.status.code(), Some(2), "{}", err(&wrong));
    for until in ["0", "-1%", "much", "x=0", "0.2", "mean(x@2022)=0.1%"] {
        assert_eq!(
            plancast(folder.path(), &["run", "case.toml", "--until", until]).status.code(),
            Some(2),
            "{until}"
        );
    }
}

#[test]
fn the_doubts_of_a_scenario_are_pointed_at_once_in_a_sweep() {
    let folder = folder();
    // A parameter that nothing uses is a doubt.
    let text = CASE.replace("[variables]", "idle = { value = 1, source = \"guess\" }\n[variables]");
    std::fs::write(folder.path().join("case.toml"), text).unwrap();
    let run = ["run", "case.toml", "--charts", "none", "--paths", "300", "--sweep", "base=100,110,120"];
    let output = plancast(folder.path(), &run);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(err(&output).matches("see plancast validate case.toml").count(), 1, "{}", err(&output));
}

#[test]
fn a_precision_that_is_not_reached_is_said() {
    let folder = folder();
    let run = ["run", "case.toml", "--charts", "none", "--until", "0.01%", "--max-paths", "5000"];
    let output = plancast(folder.path(), &run);
    assert_eq!(output.status.code(), Some(0));
    let said = err(&output);
    assert!(said.contains("warning: case: the standard error of the least certain odds is 0.7"), "{said}");
    assert!(said.contains("after 5,000 paths, not 0.010 %; allow more with --max-paths"), "{said}");
    assert!(!err(&plancast(folder.path(), &[&run[..], &["--quiet"]].concat())).contains("standard error"));
}

#[test]
fn what_is_wrong_with_an_option_is_said_of_that_option() {
    let folder = folder();
    for (more, place) in [
        (["--until", "mean(z@2022)=1"], "--until:1:"),
        (["--sweep", "base=1,normal(1"], "--sweep:1:"),
        (["--set", "base=normal(1"], "--set:1:"),
    ] {
        let output = plancast(folder.path(), &[&["run", "case.toml"][..], &more].concat());
        assert_eq!(output.status.code(), Some(2), "{more:?}");
        assert!(err(&output).contains(place), "{more:?}: {}", err(&output));
    }
}

// ───────────────────────── Sampling ─────────────────────────

/// The mean of x@2022 has a random standard error of 0.0078 with 65 536 paths, and no scheme may claim more: `trend` is the
/// only draw, and x nearly linear in it.
#[test]
fn points_that_fill_the_space_have_smaller_errors_and_say_so() {
    let folder = folder();
    let error = |sampling: &str| {
        let summary = converged(&folder, &["--paths", "65536", "--sampling", sampling]);
        assert_eq!(summary["paths"], 65536, "{sampling}");
        let mean = summary["variables"]["x"]["mean"][2].as_f64().unwrap();
        assert!((mean - 104.05).abs() < 0.05, "{sampling}: {mean}");
        (summary["variables"]["x"]["standard_error"][2].as_f64().unwrap(), summary["targets"]["high"].clone())
    };
    let (random, odds) = error("random");
    for sampling in ["antithetic", "latin-hypercube", "sobol"] {
        let (found, of_high) = error(sampling);
        assert!(found < random / 10.0, "{sampling}: {found}, random {random}");
        let apart = (of_high["probability"].as_f64().unwrap() - odds["probability"].as_f64().unwrap()).abs();
        assert!(apart < 5.0 * odds["standard_error"].as_f64().unwrap(), "{sampling}");
        assert!(of_high["standard_error"].as_f64().unwrap() < odds["standard_error"].as_f64().unwrap() * 1.5);
    }
    let manifest = std::fs::read_to_string(folder.path().join("output/case/manifest.json")).unwrap();
    assert!(manifest.contains("\"sampling\": \"sobol\""), "{manifest}");
}

#[test]
fn a_run_of_points_has_the_same_bytes_on_any_number_of_threads() {
    let folder = folder();
    let run =
        |threads: &str| converged(&folder, &["--paths", "9000", "--sampling", "sobol", "--threads", threads]);
    assert_eq!(run("1"), run("3"));
    let clash = plancast(folder.path(), &["run", "case.toml", "--sampling", "sobol", "--shard", "1/2"]);
    assert_eq!(clash.status.code(), Some(2), "{}", err(&clash));
}

/// `x` is a product of lognormals, with the mean 1.209… = exp((0.5² + 0.3² + 0.2²) / 2), and its logarithm exceeds 0.4 with the
/// probability 1 − Φ(0.4 / √0.38). Of a hundred seeds, the interval of 95 % from sixteen replicates (Student's t) holds
/// the truth for 95 ± 2.2, that of 50 % for 50 ± 5. Less than 83, or beyond 25 to 75, is chance once in a million; there
/// are twelve such counts.
#[test]
fn errors_of_every_scheme_are_as_large_as_what_they_are_errors_of() {
    const T95: f64 = 2.131449545559323;
    const T50: f64 = 0.691196949;
    let folder = folder();
    let text = r#"
[time]
start = 2020
end = 2021
[parameters]
a = "normal(0, 0.5)"
b = "normal(0, 0.3)"
c = "normal(0, 0.2)"
[variables]
x = { formula = "exp(a + b + c)", report = true }
[targets]
high = "log(x@2020) >= 0.4"
"#;
    std::fs::write(folder.path().join("case.toml"), text).unwrap();
    let (mean, odds) = (1.209_249_597_657_251_5, 0.258_206_134_2);
    for sampling in ["antithetic", "latin-hypercube", "sobol"] {
        let mut covered = [[0; 2]; 2];
        for seed in 1..=100 {
            let seed = seed.to_string();
            let more = ["--paths", "4096", "--sampling", sampling, "--seed", &seed, "--threads", "1"];
            let summary = converged(&folder, &more);
            let (x, high) = (&summary["variables"]["x"], &summary["targets"]["high"]);
            let number = |value: &Value| value.as_f64().unwrap();
            let off = [
                (number(&x["mean"][0]) - mean) / number(&x["standard_error"][0]),
                (number(&high["probability"]) - odds) / number(&high["standard_error"]),
            ];
            for (counts, off) in covered.iter_mut().zip(off) {
                counts[0] += u32::from(off.abs() <= T95);
                counts[1] += u32::from(off.abs() <= T50);
            }
        }
        for ([most, half], of) in covered.into_iter().zip(["the mean", "the odds"]) {
            assert!(most >= 83, "{sampling}: 95 % of {of} cover {most} of 100");
            assert!((25..=75).contains(&half), "{sampling}: 50 % of {of} cover {half} of 100");
        }
    }
}
