//! The files of a run folder.

use std::time::Duration;

use indexmap::IndexMap;

use super::arguments::Charts;
use super::figures;
use crate::chart::{self, Palette, Size};
use crate::export;
use crate::report::catalogue::plain;
use crate::report::{Drawn, Material, side_by_side};
use crate::result::manifest::{self, Input, Manifest, Wall};
use crate::result::{Comparison, Distributions, Summary, distribution, json};
use crate::scenario::{Loaded, Scenario, write::resolved};
use crate::text::Language;

/// A file's name in the folder and its bytes.
pub(super) type File = (String, Vec<u8>);

/// How long a run took, on what.
pub(super) fn wall(elapsed: Duration, threads: Option<usize>) -> Wall {
    Wall {
        started: None,
        seconds: elapsed.as_secs_f64(),
        threads: threads.unwrap_or_else(rayon::current_num_threads),
        machine: format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH),
    }
}

/// Manifest, resolved scenario, summary and tables.
pub(super) fn files(
    loaded: &Loaded,
    summary: &Summary,
    distributions: &Distributions,
    wall: Wall,
    language: Language,
) -> Result<Vec<File>, String> {
    let scenario = resolved(&loaded.scenario);
    let manifest = Manifest {
        schema: manifest::SCHEMA.into(),
        plancast: env!("CARGO_PKG_VERSION").into(),
        scenario: summary.scenario.id.clone(),
        inputs: loaded.files.iter().map(|file| Input::of(&file.name, file.text.as_bytes())).collect(),
        resolved_sha256: manifest::sha256(scenario.as_bytes()),
        seed: summary.seed,
        paths: summary.paths,
        sampling: "random".into(),
        fingerprint: summary.fingerprint.clone(),
        wall,
    };
    let model = format!("plancast {}", env!("CARGO_PKG_VERSION"));
    Ok(vec![
        ("manifest.json".into(), json(&manifest)?.into_bytes()),
        ("scenario.toml".into(), scenario.into_bytes()),
        ("summary.json".into(), json(summary)?.into_bytes()),
        (distribution::FILE.into(), json(distributions)?.into_bytes()),
        ("bands.csv".into(), export::bands::csv(summary).into_bytes()),
        ("targets.csv".into(), export::targets::csv(summary, language).into_bytes()),
        ("iamc.csv".into(), export::iamc::csv(summary, &model).into_bytes()),
    ])
}

/// The files of a comparison: those of the reference's run, with the alternatives in every table, what lies
/// between them, and the resolved scenarios of the alternatives.
pub(super) fn files_of_comparison(
    loaded: &[Loaded],
    comparison: &Comparison,
    wall: Wall,
    language: Language,
) -> Result<Vec<File>, String> {
    let resolved: Vec<String> = loaded.iter().map(|loaded| resolved(&loaded.scenario)).collect();
    let mut inputs: Vec<Input> = Vec::new();
    for file in loaded.iter().flat_map(|loaded| loaded.files.iter()) {
        let input = Input::of(&file.name, file.text.as_bytes());
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }
    let reference = &comparison.reference;
    let manifest = Manifest {
        schema: manifest::SCHEMA.into(),
        plancast: env!("CARGO_PKG_VERSION").into(),
        scenario: comparison.id(),
        inputs,
        resolved_sha256: manifest::sha256(resolved.concat().as_bytes()),
        seed: reference.seed,
        paths: reference.paths,
        sampling: "random".into(),
        fingerprint: comparison.fingerprint(),
        wall,
    };
    let model = format!("plancast {}", env!("CARGO_PKG_VERSION"));
    let summaries: Vec<&Summary> = comparison.summaries().collect();
    let mut files = vec![
        ("manifest.json".into(), json(&manifest)?.into_bytes()),
        ("summary.json".into(), json(comparison)?.into_bytes()),
        ("bands.csv".into(), export::bands::csv_of(&summaries).into_bytes()),
        ("targets.csv".into(), export::targets::csv_of(&summaries, language).into_bytes()),
        ("iamc.csv".into(), export::iamc::csv_of(&summaries, &model).into_bytes()),
        ("differences.csv".into(), export::differences::csv(comparison).into_bytes()),
        ("changes.csv".into(), export::differences::changes(comparison, language).into_bytes()),
    ];
    for (place, (summary, scenario)) in summaries.iter().zip(resolved).enumerate() {
        let id = &summary.scenario.id;
        let name = if place == 0 { "scenario.toml".into() } else { format!("alternatives/{id}.toml") };
        files.push((name, scenario.into_bytes()));
    }
    Ok(files)
}

fn json(value: &impl serde::Serialize) -> Result<String, String> {
    json::write(value).map_err(|error| error.to_string())
}

/// Observed values by variable.
pub(super) fn histories(scenario: &Scenario) -> IndexMap<String, Vec<(i32, f64)>> {
    scenario.history.iter().map(|(name, history)| (name.clone(), history.values.clone())).collect()
}

/// The figures that a run has when nothing more is asked for.
pub(super) fn charts(material: &Material, charts: Charts, language: Language) -> Result<Vec<File>, String> {
    figures::files(&usual(material, language), charts, Palette::default())
}

/// For each headline variable the fans of all scenarios side by side, and those of the paired differences.
pub(super) fn charts_of_comparison(
    comparison: &Comparison,
    charts: Charts,
    language: Language,
) -> Result<Vec<File>, String> {
    let mut drawn = Vec::new();
    for (name, _) in comparison.reference.ordered_variables().filter(|(_, variable)| variable.headline) {
        let levels = side_by_side::levels(comparison, name, language).map(|page| (plain(name), page));
        let differences = side_by_side::differences(comparison, name, language);
        let differences = differences.map(|page| (format!("{}-difference", plain(name)), page));
        for (name, page) in levels.into_iter().chain(differences) {
            let svg = chart::panels::draw(&page, Size::default().width, language);
            drawn.push(Drawn { name, title: page.title, svg });
        }
    }
    figures::files(&drawn, charts, Palette::default())
}

/// The same, drawn.
pub(super) fn usual(material: &Material, language: Language) -> Vec<Drawn> {
    let items = material.usual();
    items.iter().filter_map(|item| material.draw(item, None, Size::default(), language)).collect()
}
