//! `plancast merge`: the whole run from its shards.

use std::ops::Range;
use std::path::Path;

use indexmap::IndexMap;
use serde_json::Value;

use super::arguments::MergeOptions;
use super::output::wrong;
use super::run::{FinishedRun, failed, now, show};
use super::{CommandResult, Failure, batch, folder, load};
use plancast::message;
use plancast::result::run_part::{Merging, PartError, PartOrigin, RunPart};
use plancast::result::verify::verify_within;
use plancast::result::{manifest, run_part, store};
use plancast::scenario::Loaded;
use plancast::study::{self, Sources, StudyError};
use plancast::text::{Message, visible};
use plancast::world::read;

/// The largest text of a shard's folder that is read.
const MOST: u64 = 64 << 20;

/// The file of a shard's folder that holds its counts.
pub(super) const FILE: &str = "part.bin";

pub(super) fn run(options: &MergeOptions) -> CommandResult {
    let mut runs: IndexMap<String, Vec<&Path>> = IndexMap::new();
    for folder in &options.parts {
        runs.entry(scenario_in(folder)).or_default().push(folder);
    }
    // Of several runs, those of a sweep, one that cannot be put together does not keep the others from it.
    let results: Vec<CommandResult> = runs.values().map(|folders| put_together(folders, options)).collect();
    batch::outcome(&results)
}

/// The id of the scenario that a shard's folder is of; nothing where its manifest does not tell, which is said when the
/// part itself is read.
fn scenario_in(folder: &Path) -> String {
    let manifest = manifest_in(folder).unwrap_or_default();
    manifest["part_of"]["scenario"].as_str().unwrap_or_default().to_owned()
}

/// The manifest of a shard's folder, where it can be read.
fn manifest_in(folder: &Path) -> Option<Value> {
    let read = read::text(&folder.join("manifest.json"), MOST).ok()?;
    serde_json::from_str(&read.text).ok()
}

/// Puts the shards of one run together, and writes it.
fn put_together(folders: &[&Path], options: &MergeOptions) -> CommandResult {
    let clock = now();
    let (mut merging, mut first, mut refused) = (Merging::default(), None, None);
    for folder in folders {
        let added = part_in(folder).and_then(|part| {
            let origin = part.origin.clone();
            let name = visible::path(folder);
            let of = |error| failed(&StudyError::NamedPart { name: name.clone(), error });
            merging.add(&name, part).map_err(of)?;
            first.get_or_insert((*folder, origin));
            Ok(())
        });
        refused = refused.or(added.err());
    }
    // All that is wrong is said at once, and all that is to be simulated then.
    if let Some(missing) = merging.missing().filter(|_| first.is_some()) {
        let said = failed(&StudyError::Part(PartError::Missing(missing)));
        return Err(refused.unwrap_or(said));
    }
    let Some((first, origin)) = first.filter(|_| refused.is_none()) else {
        return Err(refused.unwrap_or(Failure::Input));
    };
    let (scenario_text, loaded) = scenario(first, &origin)?;
    let whole = merging.finish().map_err(|error| failed(&StudyError::Part(error)))?;
    let (run, loaded) = study::merged(whole, loaded).map_err(|error| failed(&error))?;
    let language = super::language();
    let sources = Sources { scenario: scenario_text, inputs: origin.inputs, sampling: origin.sampling };
    let wall = folder::wall(clock.elapsed(), None);
    let files = folder::all(&sources, &loaded.scenario, &run, wall, (options.charts, options.csv), language)?;
    let summary = run.summary;
    let place = store::write(super::writer(), &options.out, &summary.scenario.id, files)?;
    if options.quiet && !options.json {
        return Ok(());
    }
    show(&FinishedRun { summary, place: visible::path(&place) }, options.json, language)
}

/// The part in a shard's folder, if it is whole and of this run, and covers these blocks: nothing is left to simulate.
pub(super) fn finished(folder: &Path, wanted: &RunPart, blocks: &Range<u64>) -> bool {
    let file = folder.join(FILE);
    let bytes = read::bytes(&file, run_part::MOST_BYTES).ok();
    let part = bytes.and_then(|bytes| RunPart::from_bytes(&bytes).ok());
    part.is_some_and(|part| {
        let whole = verify_within(folder, super::access()).is_ok_and(|found| found.unchanged);
        whole
            && part.blocks == *blocks
            && part.belongs_to(&wanted.origin).is_ok()
            && wanted.can_merge(&part)
            && manifest_in(folder).is_some_and(|found| differing(&found, &part).is_none())
    })
}

/// What a manifest says otherwise than that of this part.
fn differing(found: &Value, part: &RunPart) -> Option<String> {
    let wanted = part.manifest("");
    let differs = |(key, value): &(&String, &Value)| *key != "fingerprint" && found.get(key) != Some(value);
    wanted.as_object().into_iter().flatten().find(differs).map(|(key, _)| key.clone())
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
    if let Some(key) = differing(&found, part) {
        return Err(wrong(message!("cli-merge-manifest", file = visible::path(&file), key = key)));
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
