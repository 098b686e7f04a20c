//! `plancast merge`: the whole run from its shards.

use std::path::Path;

use super::arguments::{MergeOptions, language};
use super::counting;
use super::folder::{self, Sources};
use super::run::{Done, now, show};
use super::{Failure, Outcome, say};
use crate::model::{Model, compile};
use crate::result::part::{self, Origin, Part};
use crate::result::{drivers, manifest, store};
use crate::scenario::{Scenario, load};

/// The file of a shard's folder that holds its counts.
pub(super) const FILE: &str = "part.bin";

pub(super) fn run(options: &MergeOptions) -> Outcome {
    let clock = now();
    let mut parts = Vec::new();
    for folder in &options.parts {
        parts.push((folder.display().to_string(), read(folder)?));
    }
    let first = &options.parts[0];
    let whole = part::merge(parts).map_err(|(name, error)| {
        wrong(&name.map_or_else(
            || format!("the parts are not the whole run: {error}"),
            |name| format!("{name}: {error}"),
        ))
    })?;
    let (scenario_text, scenario, model) = compiled(first, &whole.origin)?;
    let levels = &whole.origin.quantiles;
    let question = if whole.origin.sensitivity { drivers::ask(&model) } else { None };
    let mut results =
        counting::results(&model, &whole.ensemble, question.as_ref(), whole.origin.seed, levels);
    results.summary.scenario.id.clone_from(&whole.origin.scenario);
    let language = language(options.lang);
    let sources = Sources {
        scenario: scenario_text,
        inputs: whole.origin.inputs.clone(),
        sampling: whole.origin.sampling.clone(),
    };
    let wall = folder::wall(clock.elapsed(), None);
    let files = folder::all(&sources, &scenario, &results, wall, options.charts, language);
    let files = files.map_err(Failure::Machine)?;
    let summary = results.summary;
    let place = store::write(super::writer(), &options.out, &summary.scenario.id, files);
    let place = place.map_err(|error| Failure::Machine(error.to_string()))?;
    if options.quiet && !options.json {
        return Ok(());
    }
    show(&Done { summary, place: place.display().to_string() }, options.json, language)
}

fn wrong(message: &str) -> Failure {
    say(message);
    Failure::Input
}

/// The part in a shard's folder.
fn read(folder: &Path) -> Result<Part, Failure> {
    let file = folder.join(FILE);
    let bytes = std::fs::read(&file).map_err(|error| {
        wrong(&format!(
            "{} cannot be read: {error}; name the folders that `run --shard` wrote",
            file.display()
        ))
    })?;
    Part::from_bytes(&bytes).map_err(|error| wrong(&format!("{}: {error}", file.display())))
}

/// The scenario that lies beside a part, compiled as it was for the part.
fn compiled(folder: &Path, origin: &Origin) -> Result<(String, Scenario, Model), Failure> {
    let file = folder.join("scenario.toml");
    let text = std::fs::read_to_string(&file)
        .map_err(|error| wrong(&format!("{} cannot be read: {error}", file.display())))?;
    if manifest::sha256(text.as_bytes()) != origin.resolved_sha256 {
        return Err(wrong(&format!(
            "{} is not the scenario that the part was simulated from",
            file.display()
        )));
    }
    let mut loaded = load(&file.display().to_string(), &[]);
    let record = super::batch::record(&origin.record);
    let model = compile(&loaded.scenario, &record, &mut loaded.problems).ok_or_else(|| {
        super::diagnose::report(&loaded.files, &loaded.problems);
        Failure::Input
    })?;
    let version = env!("CARGO_PKG_VERSION");
    if origin.plancast != version {
        return Err(wrong(&format!(
            "{} was simulated by plancast {}, this is {version}: merge with that version",
            folder.display(),
            origin.plancast
        )));
    }
    if manifest::sha256_of(&model.program) != origin.program_sha256 {
        return Err(wrong(&format!(
            "{} was simulated by another build of plancast {version}",
            folder.display()
        )));
    }
    Ok((text, loaded.scenario, model))
}
