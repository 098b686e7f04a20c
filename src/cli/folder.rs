//! The files of a run folder.

use std::time::Duration;

use indexmap::IndexMap;

use super::arguments::Charts;
use crate::chart::{self, Size};
use crate::export;
use crate::report::{figure, why};
use crate::result::manifest::{self, Input, Manifest, Wall};
use crate::result::{Summary, json};
use crate::scenario::{Loaded, Scenario, write::resolved};
use crate::text::Language;

/// A file's name in the folder and its bytes.
pub(super) type File = (String, Vec<u8>);

/// Dots per inch that pictures are made for, as a multiple of the drawing's own size.
const PICTURE_SCALE: f32 = 2.0;

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
        ("bands.csv".into(), export::bands::csv(summary).into_bytes()),
        ("targets.csv".into(), export::targets::csv(summary, language).into_bytes()),
        ("iamc.csv".into(), export::iamc::csv(summary, &model).into_bytes()),
    ])
}

/// Observed values by variable.
pub(super) fn histories(scenario: &Scenario) -> IndexMap<String, Vec<(i32, f64)>> {
    scenario.history.iter().map(|(name, history)| (name.clone(), history.values.clone())).collect()
}

/// A fan for each headline variable and the scorecard of the targets.
pub(super) fn charts(
    summary: &Summary,
    history: &IndexMap<String, Vec<(i32, f64)>>,
    charts: Charts,
    language: Language,
) -> Result<Vec<File>, String> {
    let mut drawn: Vec<(String, String)> = Vec::new();
    for name in summary.order.variables.iter().filter(|name| summary.variables[*name].headline) {
        let observed = history.get(name).map_or(&[][..], Vec::as_slice);
        if let Some(fan) = figure::fan(summary, name, observed, "", language) {
            drawn.push((plain(name), chart::fan::draw(&fan, &Size::default(), language)));
        }
    }
    if let Some(card) = figure::scorecard(summary, "", language) {
        drawn.push(("targets".into(), chart::scorecard::draw(&card, Size::default().width, language)));
    }
    for name in summary.order.variables.iter().filter(|name| summary.variables[*name].headline) {
        drawn.extend(why(summary, name, language));
    }
    let mut files = Vec::new();
    for (name, svg) in drawn {
        if matches!(charts, Charts::Png | Charts::Both) {
            let png = chart::picture::png(&svg, PICTURE_SCALE).map_err(|error| error.to_string())?;
            files.push((format!("charts/{name}.png"), png));
        }
        if matches!(charts, Charts::Svg | Charts::Both) {
            files.push((format!("charts/{name}.svg"), svg.into_bytes()));
        }
    }
    Ok(files)
}

/// What drives a headline: a tornado in the year of its first target, or in its last year, and what could be
/// learned by year. Members of a set are left to `summary.json`.
fn why(summary: &Summary, name: &str, language: Language) -> Vec<(String, String)> {
    let width = Size::default().width;
    let marked = summary.targets.values().flat_map(|t| &t.marks).find(|m| m.variable == name).map(|m| m.year);
    let year = marked.or_else(|| summary.variables[name].years.last().copied());
    let (Some(year), false) = (year, name.contains('[')) else { return Vec::new() };
    let tornado = why::tornado(summary, &format!("{name}@{year}"), language);
    let learnable = why::learnable(summary, name, language);
    [(format!("why-{name}-{year}"), tornado), (format!("why-{name}"), learnable)]
        .into_iter()
        .filter_map(|(file, rows)| Some((file, chart::rows::draw(&rows?, width))))
        .collect()
}

/// A variable's name as a file's name: `va[coal]` becomes `va-coal`.
fn plain(name: &str) -> String {
    name.replace(['[', ','], "-").replace(']', "")
}
