//! Any bytes as the table of a set's members, long, wide or with a row for each, with each decimal sign: it is refused with
//! short sentences, or the scenario runs, and what is written of it runs without the table to the same counts.
#![no_main]

use std::path::PathBuf;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use plancast::engine::{RunRequest, Watch, simulate};
use plancast::model::{RecordedVariables, compile};
use plancast::result::assemble::fingerprint;
use plancast::scenario::{Loaded, load, write};

const SCENARIO: &str = r#"
[time]
start = 2020
end = 2022
[sets.region]
file = "FILE"
key = { column = "code", prefix = "r" }
title = { column = "name" }
missing = [".."]
HOW
[sets.region.fields]
gdp = { min = 0, max = 1e12 }
trend = { unit = "1/yr", default = "normal(4%, 1%)" }
[variables]
"g[region]" = { start = "gdp[region]", formula = "prev(g[region]) * (1 + trend[region])" }
total = { formula = "sum(region: g[region])", report = true }
[history.total]
file = "FILE"
where = { code = 1 }
"#;

/// How the table is read.
const HOW: [&str; 4] = [
    "",
    "where = { year = 2020 }\ndecimal = \",\"\nsource = \"book\"\ngrade = \"C\"",
    "pivot = { names = \"indicator\", values = \"value\" }\ndecimal = \".\"",
    "columns = { gdp = \"2019\", trend = { 2021 = \"2020\", 2022 = \"trend\" } }\nheader = 2",
];

fuzz_target!(|bytes: &[u8]| {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| tempfile::tempdir().expect("a folder").keep());
    let Some((first, table)) = bytes.split_first() else { return };
    let file = if first & 4 == 0 { "data.csv" } else { "data.tsv" };
    std::fs::write(folder.join(file), table).expect("a file");
    let text = SCENARIO.replace("FILE", file).replace("HOW", HOW[(first & 3) as usize]);
    let Some((counts, loaded)) = run(folder.join("plan.toml"), &text) else { return };
    std::fs::remove_file(folder.join(file)).expect("the table is there");
    let (again, _) = run(folder.join("again.toml"), &write::resolved(&loaded.scenario)).expect("it needs no table");
    assert_eq!(again, counts);
});

/// The counts of a few paths of a scenario; `None` where it is refused.
fn run(path: PathBuf, text: &str) -> Option<(String, Loaded)> {
    std::fs::write(&path, text).expect("a file");
    let mut loaded = load(&path.to_string_lossy(), &[]);
    let model = compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
    assert_eq!(model.is_none(), loaded.diagnostics.has_errors(), "a model, or an error");
    for diagnostic in &loaded.diagnostics.0 {
        let message = diagnostic.message.to_string();
        assert!(message.chars().count() <= 1500, "{message}");
    }
    let request = RunRequest { seed: 1, paths: 16, threads: Some(1) };
    let ensemble = simulate(&model?.program, &[], &request, Watch::default()).expect("a model runs");
    Some((fingerprint(&ensemble), loaded))
}
