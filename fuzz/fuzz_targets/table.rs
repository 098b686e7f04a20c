//! Any bytes as a table of data (CSV): it is refused with short sentences, or has finite numbers; and a scenario that
//! draws from it, holds against it and observes by it is refused or runs.
#![no_main]

use std::path::PathBuf;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use plancast::engine::{RunRequest, Watch, simulate};
use plancast::model::{RecordedVariables, compile, converter};
use plancast::scenario::history::{columns, observed};
use plancast::scenario::observation::{ObservationColumns, lines, observed_in};
use plancast::scenario::table::{DataFile, Table};
use plancast::scenario::{load, observed as observing};
use plancast::text::Message;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        ["a.csv", "a.tsv"].into_iter().for_each(|file| read(file, text));
    }
    used(bytes);
});

/// Reads the table in each of the ways that there are.
fn read(file: &str, text: &str) {
    let table = match Table::plain(file, &DataFile::from(text)) {
        Ok(table) => table,
        Err(message) => return short(&message),
    };
    for (year, value) in [(Some("year"), Some("x")), (None, None)] {
        match observed(&mut table.clone(), year, value, "%") {
            Ok(values) => {
                assert!(values.windows(2).all(|pair| pair[0].0 < pair[1].0));
                assert!(values.iter().all(|(year, value)| value.is_finite() && (1..=9999).contains(year)));
            }
            Err(messages) => messages.iter().for_each(short),
        }
    }
    match columns(&table, &["x"]) {
        Ok(rows) => {
            let ends = text.lines().count() + text.matches('\r').count();
            assert!(
                rows.iter().all(|row| row.line > 0 && row.line as usize <= ends && row.cells[0].is_finite())
            );
            assert!(rows.windows(2).all(|pair| pair[0].line < pair[1].line));
        }
        Err(messages) => messages.iter().for_each(short),
    }
    let titles = ObservationColumns { unit: Some("x"), ..ObservationColumns::default() };
    for titles in [titles, ObservationColumns { sd: Some("sd"), published: Some("published"), ..titles }] {
        match lines(&mut table.clone(), &titles) {
            Ok(lines) => assert!(lines.iter().all(|line| line.value.is_finite())),
            Err(messages) => messages.iter().for_each(short),
        }
    }
    match observed_in(
        &mut table.clone(),
        None,
        plancast::text::period::Step::Year,
        |_| Some("%".to_owned()),
        |_, _| Some(2.0),
    ) {
        Ok(found) => {
            let mut values = found.values().flat_map(|found| &found.values);
            assert!(values.all(|found| found.value.is_finite() && found.sd.is_none_or(|sd| sd >= 0.0)));
        }
        Err(messages) => messages.iter().for_each(short),
    }
}

/// However long a cell or a header is, only its beginning is quoted.
fn short(message: &Message) {
    let text = message.to_string();
    assert!(text.chars().count() <= 1500, "{text}");
}

const SCENARIO: &str = r#"
[time]
start = 2020
end = 2022
[parameters]
a = { value = "empirical('data.csv', 'x')", source = "s" }
b = { value = "resample('data.csv', 'x')", source = "s" }
[variables]
value = { start = 0, formula = "prev(value) + a" }
gdp = { formula = "value + b", report = true }
[history.gdp]
file = "data.csv"
year = "year"
value = "x"
[sources.s]
title = "s"
grade = "A"
"#;

/// Runs a scenario beside which the table lies.
fn used(bytes: &[u8]) {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder").keep();
        std::fs::write(folder.join("plan.toml"), SCENARIO).expect("a file");
        folder
    });
    let table = folder.join("data.csv");
    std::fs::write(&table, bytes).expect("a file");
    let mut loaded = load(&folder.join("plan.toml").to_string_lossy(), &[]);
    let model = compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
    assert_eq!(model.is_none(), loaded.diagnostics.has_errors(), "a model, or an error");
    if let Some(model) = model {
        let request = RunRequest { seed: 1, paths: 16, threads: Some(1) };
        simulate(&model.program, &[], &request, Watch::default()).expect("a model runs");
        let factor = converter(&loaded.scenario);
        observing::observe(&mut loaded, &table.to_string_lossy(), None, factor);
    }
}
