//! Any text as a scenario: it is loaded and compiled, or there is an error; a small model runs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plancast::engine::{Request, Watch, simulate};
use plancast::model::{Record, compile};
use plancast::scenario::load::from_text;

fuzz_target!(|text: &str| {
    // What extends a file or reads one would test the disk.
    if text.len() > 8192 || text.contains("extends") || text.contains("file") {
        return;
    }
    let mut loaded = from_text("fuzz.toml", text);
    let model = compile(&loaded.scenario, &Record::Headlines, &mut loaded.diagnostics);
    assert_eq!(model.is_none(), loaded.diagnostics.has_errors(), "a model, or an error");
    for diagnostic in &loaded.diagnostics.0 {
        let _ = diagnostic.one_line(&loaded.files);
    }
    if let Some(model) = model.filter(|model| model.program.slots < 2000 && model.program.series < 2000) {
        let request = Request { seed: 1, paths: 16, threads: Some(1) };
        simulate(&model.program, &[], &request, Watch::default()).expect("a model runs");
    }
});
