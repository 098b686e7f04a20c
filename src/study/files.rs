//! The files of a run folder, as names and bytes.

use indexmap::IndexMap;

use crate::export;
use crate::result::manifest::{self, InputFile, Manifest, Wall};
use crate::result::{Comparison, Summary, distribution, json};
use crate::scenario::{Loaded, Scenario, write::resolved_with};
use crate::text::{Language, SourceFile};

use super::{Prepared, Run, Settings};

/// A file's name in the folder and its bytes.
pub type File = (String, Vec<u8>);

/// What a run was made from, as its folder tells it.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The resolved scenario, `scenario.toml`: running it gives the same fingerprint.
    pub scenario: String,
    /// Every file that was read, with the SHA-256 of its bytes.
    pub inputs: Vec<InputFile>,
    /// How the paths were drawn.
    pub sampling: String,
}

impl Sources {
    /// What a run of these settings is made from.
    pub fn of(loaded: &Loaded, settings: &Settings, paths: u64) -> Self {
        Self {
            scenario: resolved_with(&loaded.scenario, &settings.written(paths)),
            inputs: loaded.files.iter().map(input).collect(),
            sampling: settings.scheme().unwrap_or("random").to_owned(),
        }
    }
}

impl Prepared {
    /// What a run of this is made from; `paths` are those that were simulated.
    pub fn sources(&self, paths: u64) -> Sources {
        Sources::of(&self.loaded, &self.settings, paths)
    }
}

/// A text with its hash: of the bytes that were read, or of the text that was typed.
fn input(file: &SourceFile) -> InputFile {
    match file.sha256.as_str() {
        "" => InputFile::of(&file.name, file.text.as_bytes()),
        sha256 => InputFile { file: file.name.clone(), sha256: sha256.to_owned() },
    }
}

/// Manifest, resolved scenario, summary, distributions and tables of a run.
///
/// # Errors
/// When results cannot be written as JSON.
pub fn files(
    sources: &Sources,
    run: &Run,
    wall: Wall,
    language: Language,
) -> Result<Vec<File>, serde_json::Error> {
    let (summary, distributions) = (&run.summary, &run.distributions);
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
    let model = model_name();
    let tables = || {
        let iamc = export::iamc::csv(summary, &model);
        [export::bands::csv(summary), export::targets::csv(summary, language), iamc].map(String::into_bytes)
    };
    let histograms = || (json::write(distributions), tables());
    let (summary, (distributions, [bands, targets, iamc])) = rayon::join(|| json::write(summary), histograms);
    Ok(vec![
        ("manifest.json".into(), json::write(&manifest)?.into_bytes()),
        ("scenario.toml".into(), scenario.into_bytes()),
        ("summary.json".into(), summary?.into_bytes()),
        (distribution::FILE.into(), distributions?.into_bytes()),
        ("bands.csv".into(), bands),
        ("targets.csv".into(), targets),
        ("iamc.csv".into(), iamc),
    ])
}

/// The files of a comparison: those of the reference's run, with the alternatives in every table, what lies between them,
/// and the resolved scenarios of the alternatives.
///
/// # Errors
/// When results cannot be written as JSON.
pub fn files_of_comparison(
    loaded: &[&Loaded],
    settings: &Settings,
    comparison: &Comparison,
    wall: Wall,
    language: Language,
) -> Result<Vec<File>, serde_json::Error> {
    let run = settings.written(settings.paths);
    let resolved: Vec<String> = loaded.iter().map(|loaded| resolved_with(&loaded.scenario, &run)).collect();
    let mut inputs: Vec<InputFile> = Vec::new();
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
    let model = model_name();
    let summaries: Vec<&Summary> = comparison.summaries().collect();
    let mut files = vec![
        ("manifest.json".into(), json::write(&manifest)?.into_bytes()),
        ("summary.json".into(), json::write(comparison)?.into_bytes()),
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

/// What IAMC tables call the model.
fn model_name() -> String {
    format!("plancast {}", env!("CARGO_PKG_VERSION"))
}

/// Observed values by variable: its history, and what became known of it.
pub fn histories(scenario: &Scenario) -> IndexMap<String, Vec<(i32, f64)>> {
    let mut known: IndexMap<String, Vec<(i32, f64)>> =
        scenario.history.iter().map(|(name, history)| (name.clone(), history.values.clone())).collect();
    for world in scenario.pool.iter().flat_map(|pool| &pool.worlds) {
        for (name, values) in histories(&world.scenario) {
            known.entry(name).or_insert(values);
        }
    }
    for (name, observations) in &scenario.observations {
        let values = known.entry(name.clone()).or_default();
        for one in &observations.values {
            values.retain(|(year, _)| *year != one.year);
            values.push((one.year, one.value));
        }
        values.sort_by_key(|(year, _)| *year);
    }
    known
}
