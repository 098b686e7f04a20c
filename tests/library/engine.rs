//! The engine of live pages gives what the library gives, byte for byte. It is run in an interpreter, so that no browser
//! and no compiler for WebAssembly is needed. Where this fails after a change of results: `web/build`.

use plancast::report::live::{COMPAT, SIMD, unpacked};
use plancast::result::json;
use plancast::scenario::write::resolved;
use plancast::{Options, Study};
use wasmi::{Config, Linker, Memory, Module, Store, TypedFunc};

/// An engine with a scenario open in it.
struct Engine {
    store: Store<()>,
    memory: Memory,
    input: TypedFunc<u32, u32>,
    ask: TypedFunc<(), u32>,
    output: TypedFunc<(), u32>,
}

impl Engine {
    fn new(packed: &[u8]) -> Self {
        let mut config = Config::default();
        config.wasm_simd(true);
        let engine = wasmi::Engine::new(&config);
        let module = Module::new(&engine, unpacked(packed).unwrap()).unwrap();
        assert_eq!(module.imports().count(), 0, "an engine needs nothing from outside");
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine).instantiate_and_start(&mut store, &module).unwrap();
        let memory = instance.get_memory(&store, "memory").unwrap();
        let input = instance.get_typed_func(&store, "input").unwrap();
        let ask = instance.get_typed_func(&store, "ask").unwrap();
        let output = instance.get_typed_func(&store, "output").unwrap();
        Self { store, memory, input, ask, output }
    }

    fn asked(&mut self, question: &serde_json::Value) -> String {
        let question = question.to_string();
        let at = self.input.call(&mut self.store, question.len() as u32).unwrap();
        self.memory.write(&mut self.store, at as usize, question.as_bytes()).unwrap();
        let length = self.ask.call(&mut self.store, ()).unwrap();
        let at = self.output.call(&mut self.store, ()).unwrap();
        let mut answer = vec![0; length as usize];
        self.memory.read(&self.store, at as usize, &mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    }

    fn open(&mut self, study: &Study) {
        let scenario = study.scenario();
        let answer = self.asked(&serde_json::json!({
            "ask": "open", "name": scenario.id, "text": resolved(scenario), "language": "en", "seed": 1
        }));
        assert_eq!(answer, "{}");
    }

    /// The `summary.json` of a state.
    fn summary(&mut self, set: &[&str], paths: u64) -> String {
        let shown = self.asked(&serde_json::json!({
            "ask": "run", "set": set, "paths": paths, "whole": true, "fans": []
        }));
        assert!(!shown.starts_with("{\"error\""), "{shown}");
        self.asked(&serde_json::json!({ "ask": "summary" }))
    }
}

/// The `summary.json` of the library.
fn of_library(study: &Study, set: &[&str], paths: u64) -> String {
    let moved = set.iter().fold(study.clone(), |study, change| {
        let (name, quantity) = change.split_once('=').unwrap();
        study.set(name, quantity).unwrap()
    });
    let run = moved.run(&Options::default().paths(paths).seed(1)).unwrap();
    json::write(&run.summary).unwrap()
}

/// Where two texts part, as comparing megabytes prints megabytes.
fn same(engine: &str, library: &str, what: &str) {
    let place = engine.lines().zip(library.lines()).find(|(a, b)| a != b);
    assert!(engine == library, "{what}: web/build makes the engine anew; the first difference: {place:?}");
}

#[test]
fn engines_give_the_bytes_of_the_library_for_levers_moved() {
    for (name, set) in [
        ("savings", &["deposit=30000", "mean_return=normal(0.05, 0.01)"][..]),
        ("two-sector-town", &[][..]),
        ("inflation-fan", &[][..]),
    ] {
        let study = Study::open(name).unwrap();
        for (kind, engine) in [("simd", SIMD), ("compat", COMPAT)] {
            let mut engine = Engine::new(engine);
            engine.open(&study);
            let found = engine.summary(set, 300);
            same(&found, &of_library(&study, set, 300), &format!("{name}, {kind}"));
        }
    }
}

#[test]
fn what_is_wrong_is_said_as_the_command_says_it() {
    let study = Study::open("savings").unwrap();
    let mut engine = Engine::new(SIMD);
    engine.open(&study);
    let answer = engine.asked(&serde_json::json!({ "ask": "run", "set": ["deposti=1"], "paths": 300 }));
    assert!(answer.contains("error") && answer.contains("deposit"), "{answer}");
    // And the session goes on.
    assert!(engine.summary(&["deposit=30000"], 300).contains("\"paths\": 300"));
}

#[test]
fn a_moved_state_is_told_with_its_goals_fans_and_paired_changes() {
    let study = Study::open("savings").unwrap();
    let mut engine = Engine::new(COMPAT);
    engine.open(&study);
    let name = study.run(&Options::default().paths(300)).unwrap().summary.order.variables[0].clone();
    let shown = engine.asked(&serde_json::json!({
        "ask": "run", "set": ["deposit=48000"], "paths": 300, "whole": true, "fans": [name]
    }));
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let rows = shown["groups"][0]["rows"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["before"] != row["after"]), "{rows:?}");
    assert!(rows.iter().any(|row| row["change"].as_str().unwrap().contains('±')), "{rows:?}");
    assert!(shown["fans"][0].as_str().unwrap().starts_with("<svg"));
}

#[test]
fn an_engine_is_small_enough_for_a_page() {
    for engine in [SIMD, COMPAT] {
        assert!(engine.len() <= 700_000, "{} bytes", engine.len());
    }
}
