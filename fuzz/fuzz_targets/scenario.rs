//! Any text as a scenario: it is loaded and compiled, or there is an error; a small model runs, and so does what is
//! written of it, to the same counts.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plancast::engine::{Request, Watch, simulate};
use plancast::ensemble::Ensemble;
use plancast::model::{Model, Record, compile};
use plancast::scenario::load::from_text;
use plancast::scenario::write;

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
    let Some(counted) = model.as_ref().and_then(run) else { return };
    let written = write::resolved(&loaded.scenario);
    let mut again = from_text("scenario.toml", &written);
    let model = compile(&again.scenario, &Record::Headlines, &mut again.problems);
    let wrong = again.problems.0.first().map(|problem| problem.one_line(&again.files));
    assert!(model.is_some(), "what was read is written so that it is read: {wrong:?}\n{written}");
    assert_eq!(
        digest(&counted),
        model.as_ref().and_then(run).map(|again| digest(&again)).unwrap_or_default()
    );
});

/// What a small model counts.
fn run(model: &Model) -> Option<Ensemble> {
    let small = model.program.slots < 2000 && model.program.series < 2000;
    let request = Request { seed: 1, paths: 16, threads: Some(1) };
    small.then(|| simulate(&model.program, &[], &request, Watch::default()).expect("a model runs"))
}

/// What the fingerprint of a run is taken over.
fn digest(counted: &Ensemble) -> Vec<u8> {
    let mut bytes = Vec::new();
    counted.digest_into(&mut |piece| bytes.extend_from_slice(piece));
    bytes
}
