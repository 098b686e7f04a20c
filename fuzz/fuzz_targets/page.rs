//! Any words as the titles, units and names of a run: its page has no script but its own and no control character, and its
//! tables no formula.
#![no_main]

use std::sync::OnceLock;

use indexmap::IndexMap;
use libfuzzer_sys::fuzz_target;
use plancast::chart::Size;
use plancast::engine::{Request, Watch, simulate};
use plancast::export::{bands, targets};
use plancast::model::{Record, compile};
use plancast::report::{Content, Figure, Material, page};
use plancast::result::{Summary, assemble};
use plancast::scenario;
use plancast::text::visible::is_control;
use plancast::text::{Language, Text, markup};

fn run() -> &'static Summary {
    static RUN: OnceLock<Summary> = OnceLock::new();
    RUN.get_or_init(|| {
        let mut loaded = scenario::load("two-sector-town", &[]);
        let model = compile(&loaded.scenario, &Record::Headlines, &mut loaded.diagnostics).expect("a model");
        let request = Request { seed: 1, paths: 64, threads: Some(1) };
        let ensemble = simulate(&model.program, &[], &request, Watch::default()).expect("a run");
        assemble::summary(&model.labels, &ensemble, 1, &[0.05, 0.25, 0.5, 0.75, 0.95])
    })
}

fuzz_target!(|words: &str| {
    if words.len() > 2000 {
        return;
    }
    let mut summary = run().clone();
    let mut words = words.split('\n').cycle();
    let mut word = || words.next().unwrap_or_default().to_owned();
    summary.scenario.title = Text::plain(word());
    summary.scenario.region = Text::plain(word());
    for variable in summary.variables.values_mut() {
        (variable.title, variable.unit) = (Text::plain(word()), word());
    }
    for target in summary.targets.values_mut() {
        (target.title, target.group) = (Text::plain(word()), word());
    }
    let history = IndexMap::new();
    let material = Material { summary: &summary, distributions: None, replayed: None, history: &history, source: "" };
    let drawn = material.all().into_iter().take(3);
    let drawn = drawn.filter_map(|item| material.draw(&item, None, Size::default(), Language::En));
    let figures: Vec<Figure> = drawn.map(Figure::from).collect();
    let content = Content { runs: std::slice::from_ref(&summary), figures: &[figures], comparison: None };
    let html = page(&content, Language::En).expect("a page");
    assert_eq!(html.matches("<script").count(), 2, "the words and the page's own");
    assert!(!html.contains(|c: char| c != '\n' && is_control(c)));
    for csv in [bands::csv(&summary), targets::csv(&summary, Language::En)] {
        assert!(csv.lines().flat_map(|line| line.split(',')).all(|cell| !cell.starts_with(['=', '@'])));
    }
    let _ = markup::markdown(&summary.scenario.title.en);
});
