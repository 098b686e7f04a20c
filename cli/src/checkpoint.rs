//! `--checkpoint MINUTES` and `--resume`: the counts so far, in a file beside the run folder.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::arguments::RunArguments;
use super::run::{engine_failure, now};
use super::{Failure, part_name, say, signals, writer};
use plancast::engine::{EngineError, Watch};
use plancast::result::run_part::{MOST_BYTES, RunPart};
use plancast::study::Counting;
use plancast::text::visible;
use plancast::world::{FileError, Lock, Made, read};

/// The blocks of the first stretch between two looks at the clock.
const FIRST_STRETCH: u64 = 16;

/// A checkpoint file, which no other run uses while this one has it.
pub(crate) struct Checkpoint {
    place: PathBuf,
    _lock: Lock,
    /// After the lock, as that lies in them.
    _made: Made,
}

impl Checkpoint {
    /// Takes the place of a run's checkpoint.
    fn take(folder: &Path, name: &str) -> Result<Self, Failure> {
        let machine = |error: FileError| Failure::Machine(error.message().text(super::language()));
        let writer = writer();
        let made = writer.create_folders(folder).map_err(machine)?;
        let (lock, what) = (folder.join(format!(".{name}.lock")), folder.join(name));
        let lock = Lock::in_file(&lock, &what, writer.patience).map_err(machine)?;
        let place = folder.join(format!(".{name}.checkpoint"));
        if place.symlink_metadata().is_ok() && !is_checkpoint(&place) {
            let why = "something that is no checkpoint of plancast is there";
            let help = "move it away, or choose another folder with --out";
            return Err(machine(FileError::new("replace", &place, why, help)));
        }
        Ok(Self { place, _lock: lock, _made: made })
    }

    fn save(&self, part: &RunPart) -> Result<(), Failure> {
        let bytes = part.to_bytes().map_err(|error| Failure::Machine(error.to_string()))?;
        writer()
            .write_own(&self.place, &bytes)
            .map_err(|error| Failure::Machine(error.message().text(super::language())))
    }

    /// Goes on from what was saved, if anything was.
    fn resume(&self, counting: &mut Counting) -> Result<(), Failure> {
        if self.place.symlink_metadata().is_err() {
            return Ok(());
        }
        let bytes = read::bytes(&self.place, MOST_BYTES)
            .map_err(|why| Failure::Machine(why.text(super::language())))?;
        RunPart::from_bytes(&bytes).and_then(|part| counting.resume(part)).map_err(|error| {
            say(&format!(
                "cannot resume from {}: {error}; run what it was made by, or leave out --resume to begin anew",
                visible::path(&self.place)
            ));
            Failure::Input
        })
    }

    /// The results are safe: the checkpoint goes.
    pub(crate) fn done(self) {
        // Were it left, the next run would replace it.
        if is_checkpoint(&self.place) {
            let _ = std::fs::remove_file(&self.place);
        }
    }
}

/// Whether a file is a checkpoint by how it begins, and no link to one.
fn is_checkpoint(place: &Path) -> bool {
    let is_file = place.symlink_metadata().is_ok_and(|found| found.is_file());
    let mut begin = [0; RunPart::BEGIN.len()];
    is_file
        && File::open(place).and_then(|mut file| file.read_exact(&mut begin)).is_ok()
        && begin == *RunPart::BEGIN.as_bytes()
}

/// Counts a run or a shard of it to its end, saving what is counted every so many minutes.
pub(super) fn count(
    counting: &mut Counting,
    options: &RunArguments,
    minutes: f64,
    watch: Watch,
) -> Result<Checkpoint, Failure> {
    let name = part_name(&counting.part().origin.scenario, options.work.shard);
    let checkpoint = Checkpoint::take(&options.run.out, &name)?;
    let _working = signals::at_work();
    if options.work.resume {
        checkpoint.resume(counting)?;
    }
    if let Some(tell) = watch.finished {
        tell(counting.part().ensemble.paths);
    }
    let (mut stretch, mut last_saved) = (FIRST_STRETCH, now());
    while counting.left() > 0 {
        let began = now();
        if let Err(error) = counting.advance(stretch, watch) {
            return Err(interrupted(&error, &checkpoint, counting.part()));
        }
        if seconds(began) * 4.0 < plancast::num::min(minutes * 60.0, 20.0) {
            stretch *= 2;
        }
        if seconds(last_saved) >= minutes * 60.0 && counting.left() > 0 {
            checkpoint.save(counting.part())?;
            last_saved = now();
        }
    }
    Ok(checkpoint)
}

fn seconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64()
}

/// Told to stop, what is counted is saved once more.
fn interrupted(error: &EngineError, checkpoint: &Checkpoint, part: &RunPart) -> Failure {
    let EngineError::Interrupted { .. } = error else { return engine_failure(error) };
    match checkpoint.save(part) {
        Ok(()) => Failure::Machine(format!(
            "interrupted; {} paths are kept in {}: the same command with --resume goes on from there",
            part.ensemble.paths,
            visible::path(&checkpoint.place)
        )),
        Err(error) => error,
    }
}
