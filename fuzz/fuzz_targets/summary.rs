//! Any text as stored results: it is refused with a reason, or all its figures, tables and its page can be made.
#![no_main]

use std::path::Path;

use indexmap::IndexMap;
use libfuzzer_sys::fuzz_target;
use plancast::analysis::against::Against;
use plancast::analysis::diff::Tolerance;
use plancast::chart::Size;
use plancast::export::{bands, iamc, targets};
use plancast::report::{Content, Figure, Material, page};
use plancast::result::store;
use plancast::text::Language;

fuzz_target!(|text: &str| {
    let file = Path::new("summary.json");
    let _ = store::comparison_of(text.to_owned(), file);
    let Ok(summary) = store::summary_of(text.to_owned(), file) else { return };
    let history = IndexMap::new();
    let material = Material { summary: &summary, distributions: None, replayed: None, history: &history, source: "" };
    let drawn = material.all().into_iter().take(8);
    let drawn = drawn.filter_map(|item| material.draw(&item, None, Size::default(), Language::En));
    let figures: Vec<Figure> = drawn.map(Figure::from).collect();
    let content = Content { runs: std::slice::from_ref(&summary), figures: &[figures], comparison: None };
    page(&content, Language::Zh).expect("a page");
    let _ = (bands::csv(&summary), targets::csv(&summary, Language::En), iamc::csv(&summary, "m"));
    let _ = Against::of(&summary, &summary, &Tolerance::default());
});
