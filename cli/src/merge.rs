//! `plancast merge`: the whole run from its shards.

use std::path::Path;

use serde_json::Value;

use super::arguments::MergeOptions;
use super::run::{FinishedRun, failed, now, show};
use super::{CommandResult, Failure, folder, load, say};
use plancast::result::run_part::{PartOrigin, RunPart};
use plancast::result::verify::verify_within;
use plancast::result::{manifest, run_part, store};
use plancast::scenario::Loaded;
use plancast::study::{self, Sources};
use plancast::text::visible;
use plancast::world::read;

/// The largest text of a shard's folder that is read.
const MOST: u64 = 64 << 20;

/// The file of a shard's folder that holds its counts.
pub(super) const FILE: &str = "part.bin";

pub(super) fn run(options: &MergeOptions) -> CommandResult {
    let clock = now();
    let mut parts = Vec::new();
    for folder in &options.parts {
        parts.push((visible::path(folder), part_in(folder)?));
    }
    let (first, origin) = (&options.parts[0], parts[0].1.origin.clone());
    let (scenario_text, loaded) = scenario(first, &origin)?;
    let (run, loaded) = study::merge(parts, loaded).map_err(|error| failed(&error))?;
    let language = super::language();
    let sources =
        Sources { scenario: scenario_text, inputs: origin.inputs.clone(), sampling: origin.sampling.clone() };
    let wall = folder::wall(clock.elapsed(), None);
    let files = folder::all(&sources, &loaded.scenario, &run, wall, options.charts, language)?;
    let summary = run.summary;
    let place = store::write(super::writer(), &options.out, &summary.scenario.id, files);
    let place = place.map_err(|error| Failure::Machine(error.to_string()))?;
    if options.quiet && !options.json {
        return Ok(());
    }
    show(&FinishedRun { summary, place: visible::path(&place) }, options.json, language)
}

fn wrong(message: &str) -> Failure {
    say(message);
    Failure::Input
}

/// The part in a shard's folder.
fn part_in(folder: &Path) -> Result<RunPart, Failure> {
    let file = folder.join(FILE);
    let bytes = read::bytes(&file, run_part::MOST_BYTES)
        .map_err(|why| wrong(&format!("{why}; name the folders that `run --shard` wrote")))?;
    if bytes.len() as u64 > run_part::MOST_BYTES {
        return Err(wrong(&format!(
            "{} is larger than {} MiB",
            visible::path(&file),
            run_part::MOST_BYTES >> 20
        )));
    }
    let part =
        RunPart::from_bytes(&bytes).map_err(|error| wrong(&format!("{}: {error}", visible::path(&file))))?;
    agrees(folder, &part)?;
    Ok(part)
}

/// Whether a shard's folder is whole, and its manifest is that of its part.
fn agrees(folder: &Path, part: &RunPart) -> CommandResult {
    let file = folder.join("manifest.json");
    let text =
        read::text(&file, MOST).map_err(|why| wrong(&format!("{why}; simulate this part again")))?.text;
    let found: Value = serde_json::from_str(&text).map_err(|error| {
        wrong(&format!("{} is no JSON: {error}; simulate this part again", visible::path(&file)))
    })?;
    for (key, value) in part.manifest("").as_object().into_iter().flatten() {
        if key != "fingerprint" && found.get(key) != Some(value) {
            return Err(wrong(&format!(
                "{} is not the manifest of the part beside it: {key} differs; simulate this part again",
                visible::path(&file)
            )));
        }
    }
    let changed = verify_within(folder, super::access()).map(|found| found.differences);
    let changed = changed.map_err(|error| wrong(&error.to_string()))?;
    // The scenario is compared as it is read, below: its lines may end in another way by now.
    match changed.iter().find(|difference| difference.file != "scenario.toml") {
        None => Ok(()),
        Some(difference) => Err(wrong(&format!(
            "{} is not as it was written; simulate this part again",
            visible::path(&folder.join(&difference.file))
        ))),
    }
}

/// The scenario that lies beside a part, which is the one that the part was simulated from.
fn scenario(folder: &Path, origin: &PartOrigin) -> Result<(String, Loaded), Failure> {
    let file = folder.join("scenario.toml");
    let text = read::text(&file, MOST).map_err(|why| wrong(&why.text(super::language())))?.text;
    if manifest::sha256(text.as_bytes()) != origin.resolved_sha256 {
        return Err(wrong(&format!(
            "{} is not the scenario that the part was simulated from",
            visible::path(&file)
        )));
    }
    let version = env!("CARGO_PKG_VERSION");
    if origin.plancast != version {
        return Err(wrong(&format!(
            "{} was simulated by plancast {}, this is {version}: merge with that version",
            visible::path(folder),
            origin.plancast
        )));
    }
    Ok((text, load(&file.display().to_string(), &[])))
}
