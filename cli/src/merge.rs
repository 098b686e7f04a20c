//! `plancast merge`: the whole run from its shards.

use std::path::Path;

use serde_json::Value;

use super::arguments::MergeOptions;
use super::output::wrong;
use super::run::{FinishedRun, failed, now, show};
use super::{CommandResult, Failure, folder, load};
use plancast::message;
use plancast::result::run_part::{PartOrigin, RunPart};
use plancast::result::verify::verify_within;
use plancast::result::{manifest, run_part, store};
use plancast::scenario::Loaded;
use plancast::study::{self, Sources};
use plancast::text::{Message, visible};
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
    let place = store::write(super::writer(), &options.out, &summary.scenario.id, files)?;
    if options.quiet && !options.json {
        return Ok(());
    }
    show(&FinishedRun { summary, place: visible::path(&place) }, options.json, language)
}

/// Says that a part has to be simulated again, and why.
fn again(why: Message) -> Failure {
    wrong(message!("cli-merge-again", why = why))
}

/// The part in a shard's folder.
fn part_in(folder: &Path) -> Result<RunPart, Failure> {
    let file = folder.join(FILE);
    let bytes = read::bytes(&file, run_part::MOST_BYTES)
        .map_err(|why| wrong(message!("cli-merge-no-part", why = why)))?;
    if bytes.len() as u64 > run_part::MOST_BYTES {
        let size = (run_part::MOST_BYTES >> 20).to_string();
        return Err(wrong(message!("cli-merge-large", file = visible::path(&file), size = size)));
    }
    let part = RunPart::from_bytes(&bytes).map_err(|error| {
        wrong(message!("cli-merge-part", file = visible::path(&file), why = error.message()))
    })?;
    agrees(folder, &part)?;
    Ok(part)
}

/// Whether a shard's folder is whole, and its manifest is that of its part.
fn agrees(folder: &Path, part: &RunPart) -> CommandResult {
    let file = folder.join("manifest.json");
    let text = read::text(&file, MOST).map_err(again)?.text;
    let found: Value = serde_json::from_str(&text).map_err(|error| {
        wrong(message!("cli-merge-no-json", file = visible::path(&file), why = error.to_string()))
    })?;
    for (key, value) in part.manifest("").as_object().into_iter().flatten() {
        if key != "fingerprint" && found.get(key) != Some(value) {
            return Err(wrong(message!("cli-merge-manifest", file = visible::path(&file), key = key)));
        }
    }
    let changed = verify_within(folder, super::access()).map(|found| found.differences);
    let changed = changed.map_err(|error| wrong(error.message()))?;
    // The scenario is compared as it is read, below: its lines may end in another way by now.
    match changed.iter().find(|difference| difference.file != "scenario.toml") {
        None => Ok(()),
        Some(difference) => {
            let file = visible::path(&folder.join(&difference.file));
            Err(wrong(message!("cli-merge-changed", file = file)))
        }
    }
}

/// The scenario that lies beside a part, which is the one that the part was simulated from.
fn scenario(folder: &Path, origin: &PartOrigin) -> Result<(String, Loaded), Failure> {
    let file = folder.join("scenario.toml");
    let text = read::text(&file, MOST).map_err(wrong)?.text;
    if manifest::sha256(text.as_bytes()) != origin.resolved_sha256 {
        return Err(wrong(message!("cli-merge-scenario", file = visible::path(&file))));
    }
    let version = env!("CARGO_PKG_VERSION");
    if origin.plancast != version {
        let folder = visible::path(folder);
        let other = &origin.plancast;
        return Err(wrong(message!("cli-merge-version", folder = folder, version = other, own = version)));
    }
    Ok((text, load(&file.display().to_string(), &[])))
}
