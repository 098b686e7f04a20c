//! What a command writes, held against what it reads, before anything is done: no output is one of its inputs, no two
//! outputs are the same file, and none is a file that a run folder needs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::output::wrong;
use super::{CommandResult, warn};
use plancast::message;
use plancast::result::{folder, store};
use plancast::scenario::Loaded;
use plancast::text::{Message, visible};
use plancast::world::{FileIdentity, is_device, probe_file};

/// The files that this command reads.
static READ: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn read_files() -> MutexGuard<'static, Vec<PathBuf>> {
    READ.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes a file that this command reads.
pub(super) fn reads(file: &Path) {
    read_files().push(file.to_owned());
}

/// Notes the files that a scenario was read from.
pub(super) fn reads_scenario(loaded: &Loaded) {
    read_files()
        .extend(loaded.files.iter().filter(|file| file.on_disk).map(|file| PathBuf::from(&file.name)));
}

/// Notes the files of a stored run, and those that it was made from.
pub(super) fn reads_run(run: &Path) {
    read_files().extend(store::files_of_run(run));
}

/// How the name of an output ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ending {
    /// In one of these.
    Only(&'static [&'static str]),
    /// In one of these, or in none at all.
    OrNone(&'static [&'static str]),
    /// As it likes: it was looked at elsewhere.
    Any,
}

/// Pictures.
pub(super) const PICTURE: Ending = Ending::Only(&["svg", "png"]);

/// A file that a command is to write.
pub(super) struct Output<'a> {
    /// What asks for it: `--chart`.
    pub(super) option: &'a str,
    /// Where.
    pub(super) place: &'a Path,
    /// How its name must end.
    pub(super) ending: Ending,
}

/// Refuses outputs that would replace what the command reads or another output, or that cannot be written.
pub(super) fn admit(outputs: &[Output]) -> CommandResult {
    let files: Vec<&Output> =
        outputs.iter().filter(|output| output.place.as_os_str() != "-" && !is_device(output.place)).collect();
    let read: BTreeSet<FileIdentity> = read_files().iter().map(|read| FileIdentity::of(read)).collect();
    let mut known: BTreeMap<FileIdentity, &str> = BTreeMap::new();
    for Output { option, place, ending } in &files {
        let (shown, identity) = (visible::path(place), FileIdentity::of(place));
        if let Some(wanted) = ending.lacking(place) {
            let refused = message!("cli-outputs-ending", option = *option, place = shown, endings = wanted);
            return Err(wrong(refused));
        }
        if read.contains(&identity) {
            return Err(wrong(message!("cli-outputs-read", option = *option, place = shown)));
        }
        if let Some(other) = known.insert(identity, *option) {
            let refused = message!("cli-outputs-same", other = other, option = *option, place = shown);
            return Err(wrong(refused));
        }
        probe_file(place)?;
    }
    folder::admit(files.iter().map(|output| output.place)).map_err(|error| wrong(error.message()))
}

/// The same for a picture, where one is asked for.
pub(super) fn admit_picture(place: Option<&Path>) -> CommandResult {
    place.map_or(Ok(()), |place| admit(&[Output { option: "--chart", place, ending: PICTURE }]))
}

/// Says which files of others now have another name, as a new one has theirs.
pub(super) fn tell_kept(kept: &[folder::KeptFile]) {
    for file in kept {
        let (place, kept) = (visible::path(&file.place), visible::path(&file.kept));
        warn(message!("cli-outputs-kept", place = place, kept = kept));
    }
}

impl Ending {
    /// The endings of which a name should have one and has none.
    fn lacking(self, place: &Path) -> Option<Vec<Message>> {
        let (known, or_none) = match self {
            Self::Only(known) => (known, false),
            Self::OrNone(known) => (known, true),
            Self::Any => return None,
        };
        let ending = place.extension().map(|ending| ending.to_string_lossy());
        let fits =
            ending.as_ref().map_or(or_none, |found| known.iter().any(|one| found.eq_ignore_ascii_case(one)));
        (!fits).then(|| known.iter().map(|one| Message::verbatim(format!(".{one}"))).collect())
    }
}
