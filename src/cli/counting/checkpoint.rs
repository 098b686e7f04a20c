//! `--checkpoint MINUTES` and `--resume`: the counts so far, in a file beside the run folder.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::super::arguments::RunArguments;
use super::super::batch::Ready;
use super::super::run::{failure, now};
use super::super::{Failure, part_name, say, writer};
use super::{Counted, origin};
use crate::engine::{EngineError, Request, Slicing, Watch, nothing, simulate_sliced};
use crate::ensemble::Ensemble;
use crate::result::part::{MOST_BYTES, Origin, Part};
use crate::world::{FileError, Lock, Made, read};

/// The blocks of the first stretch between two looks at the clock.
const FIRST_STRETCH: u64 = 16;

/// A checkpoint file, which no other run uses while this one has it.
pub(in crate::cli) struct Checkpoint {
    place: PathBuf,
    _lock: Lock,
    /// After the lock, as that lies in them.
    _made: Made,
}

impl Checkpoint {
    /// Takes the place of a run's checkpoint.
    fn take(folder: &Path, name: &str) -> Result<Self, Failure> {
        let machine = |error: FileError| Failure::Machine(error.to_string());
        let writer = writer();
        let made = writer.create_folders(folder).map_err(machine)?;
        let (lock, what) = (folder.join(format!(".{name}.lock")), folder.join(name));
        let lock = Lock::in_file(&lock, &what, writer.patience).map_err(machine)?;
        Ok(Self { place: folder.join(format!(".{name}.checkpoint")), _lock: lock, _made: made })
    }

    fn save(&self, part: &Part) -> Result<(), Failure> {
        let bytes = part.to_bytes().map_err(|error| Failure::Machine(error.to_string()))?;
        writer().write(&self.place, &bytes).map_err(|error| Failure::Machine(error.to_string()))
    }

    /// What was saved; `None` where nothing was.
    fn saved(&self, origin: &Origin, start: u64, none: &Ensemble) -> Result<Option<Part>, Failure> {
        if self.place.symlink_metadata().is_err() {
            return Ok(None);
        }
        let bytes = read::bytes(&self.place, MOST_BYTES).map_err(Failure::Machine)?;
        let read = Part::from_bytes(&bytes).and_then(|part| part.belongs_to(origin).map(|()| part));
        match read {
            Ok(part) if !none.can_merge(&part.ensemble) => self.refused("its counts are of other series"),
            Ok(part) if part.blocks.start == start => Ok(Some(part)),
            Ok(_) => self.refused("it is of another shard"),
            Err(error) => self.refused(&error.to_string()),
        }
    }

    fn refused<T>(&self, why: &str) -> Result<T, Failure> {
        say(&format!(
            "cannot resume from {}: {why}; run what it was made by, or leave out --resume to begin anew",
            self.place.display()
        ));
        Err(Failure::Input)
    }

    /// The results are safe: the checkpoint goes.
    pub(in crate::cli) fn done(self) {
        // Were it left, the next run would replace it.
        let _ = std::fs::remove_file(&self.place);
    }
}

/// Counts some blocks, saving what is counted every so many minutes.
pub(super) fn count(
    ready: &Ready,
    options: &RunArguments,
    minutes: f64,
    (request, groups, slicing): (&Request, &[Vec<u32>], Option<&Slicing>),
    blocks: Range<u64>,
    watch: Watch,
) -> Result<Counted, Failure> {
    let program = &ready.model.program;
    let origin = origin(ready);
    let name = part_name(&origin.scenario, options.work.shard);
    let checkpoint = Checkpoint::take(&options.run.out, &name)?;
    let none = nothing(program, groups, request.seed);
    let saved = if options.work.resume { checkpoint.saved(&origin, blocks.start, &none)? } else { None };
    let mut part =
        saved.unwrap_or_else(|| Part { origin, blocks: blocks.start..blocks.start, ensemble: none });
    if let Some(tell) = watch.finished {
        tell(part.ensemble.paths);
    }
    let (mut stretch, mut last_saved) = (FIRST_STRETCH, now());
    while part.blocks.end < blocks.end {
        let next = part.blocks.end..blocks.end.min(part.blocks.end + stretch);
        let began = now();
        match simulate_sliced(program, groups, request, next.clone(), slicing, watch) {
            Ok(counted) => part.ensemble.merge(&counted),
            Err(error) => return Err(interrupted(&error, &checkpoint, &part)),
        }
        part.blocks.end = next.end;
        if seconds(began) * 4.0 < crate::num::min(minutes * 60.0, 20.0) {
            stretch *= 2;
        }
        if seconds(last_saved) >= minutes * 60.0 && part.blocks.end < blocks.end {
            checkpoint.save(&part)?;
            last_saved = now();
        }
    }
    Ok(Counted {
        ensemble: part.ensemble,
        convergence: None,
        replicates: Vec::new(),
        checkpoint: Some(checkpoint),
    })
}

fn seconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64()
}

/// Told to stop, what is counted is saved once more.
fn interrupted(error: &EngineError, checkpoint: &Checkpoint, part: &Part) -> Failure {
    let EngineError::Interrupted { .. } = error else { return failure(error) };
    match checkpoint.save(part) {
        Ok(()) => Failure::Machine(format!(
            "interrupted; {} paths are kept in {}: the same command with --resume goes on from there",
            part.ensemble.paths,
            checkpoint.place.display()
        )),
        Err(error) => error,
    }
}
