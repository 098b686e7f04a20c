//! The files of a run folder.

use std::time::Duration;

use indexmap::IndexMap;

use super::arguments::Charts;
use super::figures;
use crate::chart::{Palette, Size};
use crate::export;
use crate::report::{Drawn, Material};
use crate::result::manifest::{self, Input, Manifest, Wall};
use crate::result::{Distributions, Summary, distribution, json};
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
    let json = |text: Result<String, serde_json::Error>| text.map_err(|error| error.to_string());
    let model = format!("plancast {}", env!("CARGO_PKG_VERSION"));
    Ok(vec![
        ("manifest.json".into(), json(json::write(&manifest))?.into_bytes()),
        ("scenario.toml".into(), scenario.into_bytes()),
        ("summary.json".into(), json(json::write(summary))?.into_bytes()),
        (distribution::FILE.into(), json(json::write(distributions))?.into_bytes()),
        ("bands.csv".into(), export::bands::csv(summary).into_bytes()),
        ("targets.csv".into(), export::targets::csv(summary, language).into_bytes()),
        ("iamc.csv".into(), export::iamc::csv(summary, &model).into_bytes()),
    ])
}

/// Observed values by variable.
pub(super) fn histories(scenario: &Scenario) -> IndexMap<String, Vec<(i32, f64)>> {
    scenario.history.iter().map(|(name, history)| (name.clone(), history.values.clone())).collect()
}

/// The figures that a run has when nothing more is asked for.
pub(super) fn charts(material: &Material, charts: Charts, language: Language) -> Result<Vec<File>, String> {
    figures::files(&usual(material, language), charts, Palette::default())
}

/// The same, drawn.
pub(super) fn usual(material: &Material, language: Language) -> Vec<Drawn> {
    let items = material.usual();
    items.iter().filter_map(|item| material.draw(item, None, Size::default(), language)).collect()
}
