//! `plancast merge`: the whole run from its shards.

use std::path::Path;

use serde_json::Value;

use super::arguments::{MergeOptions, language};
use super::counting;
use super::folder::{self, Sources};
use super::run::{Done, now, show};
use super::{Failure, Outcome, load, say};
use crate::engine;
use crate::model::{Model, compile};
use crate::result::part::{self, Origin, Part};
use crate::result::verify::verify;
use crate::result::{assemble, drivers, manifest, store};
use crate::scenario::Scenario;
use crate::world::read;

/// The largest text of a shard's folder that is read.
const MOST: u64 = 64 << 20;

/// The file of a shard's folder that holds its counts.
pub(super) const FILE: &str = "part.bin";

pub(super) fn run(options: &MergeOptions) -> Outcome {
    let clock = now();
    let mut parts = Vec::new();
    for folder in &options.parts {
        parts.push((folder.display().to_string(), part_in(folder)?));
    }
    let first = &options.parts[0];
    let whole = part::merge(parts).map_err(|(name, error)| {
        wrong(&name.map_or_else(
            || format!("the parts are not the whole run: {error}"),
            |name| format!("{name}: {error}"),
        ))
    })?;
    let (scenario_text, scenario, model) = compiled(first, &whole.origin)?;
    let groups: Vec<Vec<u32>> =
        assemble::groups(&model.labels).into_iter().map(|(_, targets)| targets).collect();
    if !engine::nothing(&model.program, &groups, whole.origin.seed).can_merge(&whole.ensemble) {
        return Err(wrong("the parts hold counts that this scenario does not give; simulate them again"));
    }
    let levels = &whole.origin.quantiles;
    let question = if whole.origin.sensitivity { drivers::ask(&model) } else { None };
    let counted = whole.ensemble.slices.as_ref().zip(question.as_ref());
    if counted.is_some_and(|(slices, question)| !question.slicing.counts_are_of(slices)) {
        return Err(wrong(
            "the parts hold counts of drivers that this scenario does not have; simulate them again",
        ));
    }
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
fn part_in(folder: &Path) -> Result<Part, Failure> {
    let file = folder.join(FILE);
    let bytes = read::bytes(&file, part::MOST_BYTES)
        .map_err(|why| wrong(&format!("{why}; name the folders that `run --shard` wrote")))?;
    if bytes.len() as u64 > part::MOST_BYTES {
        return Err(wrong(&format!("{} is larger than {} MiB", file.display(), part::MOST_BYTES >> 20)));
    }
    let part = Part::from_bytes(&bytes).map_err(|error| wrong(&format!("{}: {error}", file.display())))?;
    agrees(folder, &part)?;
    Ok(part)
}

/// Whether a shard's folder is whole, and its manifest is that of its part.
fn agrees(folder: &Path, part: &Part) -> Outcome {
    let file = folder.join("manifest.json");
    let text =
        read::text(&file, MOST).map_err(|why| wrong(&format!("{why}; simulate this part again")))?.text;
    let found: Value = serde_json::from_str(&text).map_err(|error| {
        wrong(&format!("{} is no JSON: {error}; simulate this part again", file.display()))
    })?;
    for (key, value) in part.manifest("").as_object().into_iter().flatten() {
        if key != "fingerprint" && found.get(key) != Some(value) {
            return Err(wrong(&format!(
                "{} is not the manifest of the part beside it: {key} differs; simulate this part again",
                file.display()
            )));
        }
    }
    let changed = verify(folder).map(|found| found.differences);
    let changed = changed.map_err(|error| wrong(&error.to_string()))?;
    // The scenario is compared as it is read, below: its lines may end in another way by now.
    match changed.iter().find(|difference| difference.file != "scenario.toml") {
        None => Ok(()),
        Some(difference) => Err(wrong(&format!(
            "{} is not as it was written; simulate this part again",
            folder.join(&difference.file).display()
        ))),
    }
}

/// The scenario that lies beside a part, compiled as it was for the part.
fn compiled(folder: &Path, origin: &Origin) -> Result<(String, Scenario, Model), Failure> {
    let file = folder.join("scenario.toml");
    let text = read::text(&file, MOST).map_err(|why| wrong(&why))?.text;
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
