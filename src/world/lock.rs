//! Locks between processes, and waiting for them: for what, whose it is, and not for ever.

use crate::text::Message;
use crate::{key, message};
use std::fmt::Write as _;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::time::Duration;

use super::FileError;
use super::pending::{self, Pending};
use crate::text::visible;

/// How long locks are waited for, and who is told.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The longest wait.
    pub limit: Duration,
    /// Is told once, in a sentence, what is waited for, when the wait is more than a moment.
    pub tell: fn(&Message),
}

/// Between two looks at a lock that another process holds.
const LOOK: Duration = Duration::from_millis(20);

/// A wait that nobody needs to be told of.
const MOMENT: Duration = Duration::from_millis(500);

/// A wait that is left when the process was asked to end: another one is about to move its files.
const LAST: Duration = Duration::from_secs(1);

/// A lock that this process holds; it is given back when this is dropped.
#[derive(Debug)]
pub struct Lock {
    /// `None` where the file system knows no locks.
    _held: Option<File>,
    /// The file that was made to be locked; it goes with the lock.
    own: Option<Pending>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is still locked: who waits for it looks whether it is the same file as before.
        if let Some(own) = self.own.take() {
            let _ = own.removed_by(|path| fs::remove_file(path));
        }
    }
}

impl Lock {
    /// The lock of a folder, for the moment in which something is moved there. Where the file system knows no locks,
    /// renaming is enough.
    ///
    /// # Errors
    /// When another process holds it for longer than is waited.
    pub fn of_folder(folder: &Path, patience: Patience) -> Result<Self, FileError> {
        let Ok(file) = File::open(folder) else { return Ok(Self { _held: None, own: None }) };
        let mut wait = Wait::new(folder, folder, patience);
        loop {
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => wait.a_little()?,
                taken => return Ok(Self { _held: taken.ok().map(|()| file), own: None }),
            }
        }
    }

    /// A lock in a file of its own, for as long as a process works on `what`. The file holds who that is.
    ///
    /// # Errors
    /// When another process holds it for longer than is waited, or the file cannot be written.
    pub fn in_file(path: &Path, what: &Path, patience: Patience) -> Result<Self, FileError> {
        let refused = |error: &io::Error| FileError::refused(path, error);
        let mut wait = Wait::new(what, path, patience);
        loop {
            let take = || {
                let file = open_own(path)?;
                match file.try_lock() {
                    // Another one's lock does not go with this process.
                    Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
                    // Who held it before has removed it.
                    Ok(()) if !is_same(&file, path) => Err(io::ErrorKind::Interrupted.into()),
                    _ if !is_own(&file) => Err(io::Error::new(io::ErrorKind::AlreadyExists, NOT_OURS)),
                    taken => Ok((file, taken.is_ok())),
                }
            };
            match pending::make(path, take) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => wait.a_little()?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    let help = "move it away, or choose another folder with --out";
                    return Err(FileError::new("lock", path, NOT_OURS, help));
                }
                Err(error) => return Err(refused(&error)),
                Ok(((mut file, locked), own)) => {
                    // Who waits is told whose it is; that it cannot be written down is no reason not to go on.
                    let _ = file
                        .set_len(0)
                        .and_then(|()| file.rewind())
                        .and_then(|()| file.write_all(own_name().as_bytes()));
                    return Ok(Self { _held: locked.then_some(file), own: Some(own) });
                }
            }
        }
    }
}

/// Why a file is not taken for a lock.
const NOT_OURS: &str = "something that is no lock of plancast is there";

/// The longest text of a lock.
const LONGEST: u64 = 4096;

/// Opens the file of a lock, or makes it. A symbolic link is not followed: what it leads to is no lock.
fn open_own(path: &Path) -> io::Result<File> {
    match File::options().read(true).write(true).create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => return made,
    }
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => {}
        // It was removed in between.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(io::ErrorKind::Interrupted.into());
        }
        _ => return Err(io::Error::new(io::ErrorKind::AlreadyExists, NOT_OURS)),
    }
    match no_link(File::options().read(true).write(true)).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(io::ErrorKind::Interrupted.into()),
        opened => opened,
    }
}

/// Has a symbolic link that was put there since not be followed.
#[cfg(target_os = "linux")]
fn no_link(options: &mut fs::OpenOptions) -> &mut fs::OpenOptions {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits() as i32)
}

#[cfg(not(target_os = "linux"))]
fn no_link(options: &mut fs::OpenOptions) -> &mut fs::OpenOptions {
    options
}

/// Whether an open file is a lock by what it holds: nothing, or who held it.
fn is_own(mut file: &File) -> bool {
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.take(LONGEST + 1).read_to_string(&mut text));
    let is_name = || {
        let number = text.strip_prefix("process ").and_then(|rest| rest.split([' ', '(']).next());
        number.is_some_and(|number| number.parse::<u32>().is_ok())
            && text.ends_with(')')
            && !text.contains('\n')
    };
    file.metadata().is_ok_and(|found| found.is_file())
        && read.is_ok()
        && text.len() as u64 <= LONGEST
        && (text.is_empty() || is_name())
}

/// Whether an open file is the one that has this name now.
#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |found: io::Result<fs::Metadata>| found.ok().map(|found| (found.dev(), found.ino()));
    number(file.metadata()) == number(fs::symlink_metadata(path))
}

/// Whether an open file is the one that has this name now: an open file cannot be removed here.
#[cfg(not(unix))]
fn is_same(_: &File, path: &Path) -> bool {
    path.exists()
}

/// A wait for a lock.
struct Wait<'a> {
    what: &'a Path,
    file: &'a Path,
    patience: Patience,
    waited: Duration,
    /// How long it had waited when the process was asked to end.
    asked: Option<Duration>,
    told: bool,
}

impl<'a> Wait<'a> {
    fn new(what: &'a Path, file: &'a Path, patience: Patience) -> Self {
        Self { what, file, patience, waited: Duration::ZERO, asked: None, told: false }
    }

    fn waited_when_asked(&mut self) -> Duration {
        *self.asked.get_or_insert(self.waited)
    }

    /// Waits until the next look, and says what for when that becomes long.
    fn a_little(&mut self) -> Result<(), FileError> {
        if pending::is_asked_to_end() {
            self.patience.limit = self.patience.limit.min(self.waited_when_asked() + LAST);
        }
        if self.waited >= self.patience.limit {
            let why =
                message!("world-lock-busy", holder = holder(self.file), waited = shown(self.patience.limit));
            let help = key!("world-lock-busy.help");
            return Err(FileError::new("write", self.what, why, help));
        }
        if !self.told && self.waited >= MOMENT {
            self.told = true;
            (self.patience.tell)(&message!(
                "world-lock-waiting",
                what = visible::path(self.what),
                holder = holder(self.file),
                limit = shown(self.patience.limit)
            ));
        }
        let pause = LOOK.min(self.patience.limit.saturating_sub(self.waited));
        std::thread::sleep(pause);
        self.waited += pause;
        Ok(())
    }
}

/// `90 s`, `10 min`
fn shown(time: Duration) -> Message {
    match time.as_secs() {
        seconds if seconds >= 120 && seconds % 60 == 0 => {
            message!("world-lock-minutes", count = (seconds / 60).to_string())
        }
        _ => message!("world-lock-seconds", count = time.as_secs_f64().to_string()),
    }
}

/// This process, as others are told of it.
fn own_name() -> String {
    let machine = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let mut name = format!("process {}", std::process::id());
    if !machine.trim().is_empty() {
        let _ = write!(name, " on {}", machine.trim());
    }
    let command: Vec<String> = std::env::args().take(12).collect();
    let _ = write!(name, " ({})", plain(&command.join(" ")));
    name
}

/// Who holds the lock of a file, as far as that can be found out.
fn holder(path: &Path) -> Message {
    let written = || {
        let mut text = String::new();
        let mut file =
            File::open(path).ok().filter(|file| file.metadata().is_ok_and(|found| found.is_file()))?;
        file.rewind().and_then(|()| file.take(500).read_to_string(&mut text)).ok()?;
        Some(plain(text.trim())).filter(|text| text.starts_with("process "))
    };
    written()
        .or_else(|| of_system(path))
        .map(|name| process(&name))
        .unwrap_or_else(|| message!("world-lock-other"))
}

/// A process in words, from its name as [`own_name`] writes it.
fn process(name: &str) -> Message {
    let name = name.strip_prefix("process ").unwrap_or(name);
    let Some((who, command)) = name.split_once(" (") else {
        return message!("world-lock-process", id = name);
    };
    let command = command.strip_suffix(')').unwrap_or(command);
    match who.split_once(" on ") {
        Some((id, machine)) => {
            message!("world-lock-process-on", id = id, machine = machine, command = command)
        }
        None => message!("world-lock-process-of", id = who, command = command),
    }
}

/// Who holds the lock of a file by the system's own list.
#[cfg(target_os = "linux")]
fn of_system(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let found = fs::metadata(path).ok()?;
    // The list has the device in another form; the inode with a lock of this kind is telling enough.
    let number = format!(":{}", found.ino());
    let locks = fs::read_to_string("/proc/locks").ok()?;
    let holds = |line: &&str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.get(1) == Some(&"FLOCK") && words.get(5).is_some_and(|word| word.ends_with(&number))
    };
    let process: u32 = locks.lines().find(holds)?.split_whitespace().nth(4)?.parse().ok()?;
    let command = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
    let command = String::from_utf8_lossy(&command).replace('\0', " ");
    let command = plain(command.trim());
    Some(if command.is_empty() {
        format!("process {process}")
    } else {
        format!("process {process} ({command})")
    })
}

#[cfg(not(target_os = "linux"))]
fn of_system(_: &Path) -> Option<String> {
    None
}

/// A text on one line, not too long, without what would move a terminal's cursor.
fn plain(text: &str) -> String {
    let plain: String =
        text.chars().map(|c| if visible::is_control(c) { ' ' } else { c }).take(200).collect();
    if plain.chars().count() < text.chars().count() { plain + "…" } else { plain }
}
