//! Any text as stored results, of a run, a comparison or its histograms: it is refused with a reason, or all its figures,
//! tables and its page can be made.
#![no_main]

use std::path::Path;

use indexmap::IndexMap;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use plancast::analysis::against::Against;
use plancast::analysis::diff::Tolerance;
use plancast::chart::Size;
use plancast::export::{bands, differences, iamc, targets};
use plancast::report::{Content, Figure, Material, page, side_by_side};
use plancast::result::{Comparison, Distributions, Summary, json, store};
use plancast::text::Language;

#[path = "common/mod.rs"]
mod common;
#[path = "common/json.rs"]
mod json_mutation;
#[path = "common/mutation.rs"]
mod mutation;

fuzz_target!(|text: &str| {
    let file = Path::new("summary.json");
    let language = if text.len() % 2 == 0 { Language::En } else { Language::Zh };
    if let Ok(Some(comparison)) = store::comparison_of(text.to_owned(), file) {
        compared(&comparison, language);
    }
    if let Ok(summary) = store::summary_of(text.to_owned(), file) {
        used(&summary, None, language);
        json::write(&summary).expect("results have a form");
    }
    if let Ok(distributions) = store::distributions_of(text.to_owned(), file, &common::run().summary) {
        used(&common::run().summary, Some(&distributions), language);
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut random = mutation::Random::new(seed);
    if random.below(50) > 0 {
        return json_mutation::mutate(data, size, max_size, seed);
    }
    // As this version writes them, whatever the format was of what is kept.
    let honest = match random.below(3) {
        0 => json::write(&common::run().summary),
        1 => json::write(&common::run().distributions),
        _ => json::write(common::comparison()),
    };
    mutation::put(data, size, max_size, honest.expect("results have a form").as_bytes())
});

/// Draws and writes what can be made of a run.
fn used(summary: &Summary, distributions: Option<&Distributions>, language: Language) {
    let history = IndexMap::new();
    let material = Material { summary, distributions, replayed: None, history: &history, source: "" };
    // Not more than a machine can draw in a moment.
    let drawn = material.all().into_iter().take(12);
    let drawn = drawn.filter_map(|item| material.draw(&item, None, Size::default(), language));
    let figures: Vec<Figure> = drawn.map(Figure::from).collect();
    for figure in &figures {
        roxmltree::Document::parse(&figure.svg).expect("a figure is well-formed");
    }
    if distributions.is_some() {
        return;
    }
    let content = Content { runs: std::slice::from_ref(summary), figures: &[figures], comparison: None };
    page(&content, language).expect("a page");
    let _ = (bands::csv(summary), targets::csv(summary, language), iamc::csv(summary, "m"));
    let _ = Against::of(summary, &common::run().summary, &Tolerance::default());
    let _ = Against::of(&common::run().summary, summary, &Tolerance::default());
}

/// Draws and writes what can be made of a comparison.
fn compared(comparison: &Comparison, language: Language) {
    let drawn = side_by_side::all(comparison, "", language).into_iter().take(12);
    let figures: Vec<Figure> = drawn.map(Figure::from).collect();
    for figure in &figures {
        roxmltree::Document::parse(&figure.svg).expect("a figure is well-formed");
    }
    let content = Content { runs: &[], figures: &[], comparison: Some((comparison, &figures)) };
    page(&content, language).expect("a page");
    let _ = (differences::csv(comparison), differences::changes(comparison, language));
    let summaries: Vec<&Summary> = comparison.summaries().collect();
    let _ = (bands::csv_of(&summaries), targets::csv_of(&summaries, language), iamc::csv_of(&summaries, "m"));
}
