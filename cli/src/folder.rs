//! The files of a run folder.

use std::time::Duration;

use indexmap::IndexMap;

use super::arguments::Charts;
use super::figures;
use super::settings::Settings;
use plancast::analysis::replayed::replay;
use plancast::chart::{Palette, Size};
use plancast::export;
use plancast::report::{Drawn, Material};
use plancast::result::manifest::{self, Input, Manifest, Wall};
use plancast::result::{Comparison, Distributions, Summary, distribution, json};
use plancast::scenario::{Loaded, Scenario, write::resolved_with};
use plancast::text::{Language, SourceFile};

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

/// What a run was made from.
pub(super) struct Sources {
    /// The resolved scenario, `scenario.toml`.
    pub(super) scenario: String,
    /// Every file that was read.
    pub(super) inputs: Vec<Input>,
    /// How the paths were drawn.
    pub(super) sampling: String,
}

impl Sources {
    /// What a loaded scenario was made from.
    pub(super) fn of(loaded: &Loaded, settings: &Settings, paths: u64) -> Self {
        Self {
            scenario: resolved_with(&loaded.scenario, &settings.written(paths)),
            inputs: loaded.files.iter().map(input).collect(),
            sampling: settings.scheme().unwrap_or_else(|| "random".into()),
        }
    }
}

/// A text with its hash: of the bytes that were read, or of the text that was typed.
fn input(file: &SourceFile) -> Input {
    match file.sha256.as_str() {
        "" => Input::of(&file.name, file.text.as_bytes()),
        sha256 => Input { file: file.name.clone(), sha256: sha256.to_owned() },
    }
}

/// Manifest, resolved scenario, summary and tables.
pub(super) fn files(
    sources: &Sources,
    summary: &Summary,
    distributions: &Distributions,
    wall: Wall,
    language: Language,
) -> Result<Vec<File>, String> {
    let scenario = sources.scenario.clone();
    let manifest = Manifest {
        schema: manifest::SCHEMA.into(),
        plancast: env!("CARGO_PKG_VERSION").into(),
        scenario: summary.scenario.id.clone(),
        inputs: sources.inputs.clone(),
        resolved_sha256: manifest::sha256(scenario.as_bytes()),
        seed: summary.seed,
        paths: summary.paths,
        sampling: sources.sampling.clone(),
        fingerprint: summary.fingerprint.clone(),
        wall,
        ..Manifest::default()
    };
    let model = format!("plancast {}", env!("CARGO_PKG_VERSION"));
    let tables = || {
        let iamc = export::iamc::csv(summary, &model);
        [export::bands::csv(summary), export::targets::csv(summary, language), iamc].map(String::into_bytes)
    };
    let histograms = || (json(distributions), tables());
    let (summary, (distributions, [bands, targets, iamc])) = rayon::join(|| json(summary), histograms);
    Ok(vec![
        ("manifest.json".into(), json(&manifest)?.into_bytes()),
        ("scenario.toml".into(), scenario.into_bytes()),
        ("summary.json".into(), summary?.into_bytes()),
        (distribution::FILE.into(), distributions?.into_bytes()),
        ("bands.csv".into(), bands),
        ("targets.csv".into(), targets),
        ("iamc.csv".into(), iamc),
    ])
}

/// What is known of a run.
pub(super) struct Results {
    /// Its statistics.
    pub(super) summary: Summary,
    /// Its histograms.
    pub(super) distributions: Distributions,
}

/// All files of a run: those of [`files`] and the charts.
pub(super) fn all(
    sources: &Sources,
    scenario: &Scenario,
    results: &Results,
    wall: Wall,
    charts_wanted: Charts,
    language: Language,
) -> Result<Vec<File>, String> {
    let Results { summary, distributions } = results;
    let mut files = files(sources, summary, distributions, wall, language)?;
    if charts_wanted != Charts::None {
        let history = histories(scenario);
        // Single paths are replayed as they come, whether a condition holds on them or not.
        let replayed = match summary.given {
            None => replay(scenario, summary.seed, summary.paths, &[]),
            Some(_) => None,
        };
        let source = figures::source(scenario, language);
        let material = Material {
            summary,
            distributions: Some(distributions),
            replayed: replayed.as_ref(),
            history: &history,
            source: &source,
        };
        files.extend(charts(&material, charts_wanted, language)?);
    }
    Ok(files)
}

/// The files of a comparison: those of the reference's run, with the alternatives in every table, what lies
/// between them, and the resolved scenarios of the alternatives.
pub(super) fn files_of_comparison(
    loaded: &[Loaded],
    settings: &Settings,
    comparison: &Comparison,
    wall: Wall,
    language: Language,
) -> Result<Vec<File>, String> {
    let run = settings.written(settings.paths);
    let resolved: Vec<String> = loaded.iter().map(|loaded| resolved_with(&loaded.scenario, &run)).collect();
    let mut inputs: Vec<Input> = Vec::new();
    for file in loaded.iter().flat_map(|loaded| loaded.files.iter()) {
        let input = input(file);
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
        ..Manifest::default()
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

/// The same, drawn.
pub(super) fn usual(material: &Material, language: Language) -> Vec<Drawn> {
    let items = material.usual();
    items.iter().filter_map(|item| material.draw(item, None, Size::default(), language)).collect()
}
