//! What must not outlive the process: temporary files and locks, which a process that ends early removes first.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::temporary;

/// The paths of all that this process would leave behind. Who holds it keeps the process from ending early.
static PENDING: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Is true once the process was asked to end: nothing waits long from then on.
static ASKED: AtomicBool = AtomicBool::new(false);

/// Says that the process was asked to end, so that waits come to an end.
pub fn ask_to_end() {
    ASKED.store(true, Ordering::SeqCst);
}

/// Whether the process was asked to end.
pub fn is_asked_to_end() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// How often an end looks whether files are being moved, a hundredth of a second each time.
const LOOKS: u32 = 500;

fn pending() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file, folder or lock that is removed when the process ends early, until this is dropped.
#[derive(Debug)]
pub(super) struct Pending(PathBuf);

impl Pending {
    /// Removes what it stands for, while the process does not end early.
    pub(super) fn removed_by(self, remove: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
        let mut pending = pending();
        pending.remove(&self.0);
        let removed = remove(&self.0);
        // From here on the name may be another one's.
        std::mem::forget(self);
        removed
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        pending().remove(&self.0);
    }
}

/// Makes a file or folder at a path: there is no moment at which it is there and is not known.
pub(super) fn make<T>(path: &Path, make: impl FnOnce() -> io::Result<T>) -> io::Result<(T, Pending)> {
    let mut pending = pending();
    let made = make()?;
    pending.insert(path.to_owned());
    Ok((made, Pending(path.to_owned())))
}

/// Does work within which the process does not end early: a few moves that belong together.
pub fn undisturbed<T>(work: impl FnOnce() -> T) -> T {
    let _held = pending();
    work()
}

/// Ends the process with this exit code, and removes first what it would leave behind. Moves that belong together come
/// to their end before, unless the disk does not answer for some seconds.
pub fn end(code: i32) -> ! {
    for _ in 0..LOOKS {
        if let Ok(pending) = PENDING.try_lock() {
            pending.iter().for_each(|path| temporary::remove(path));
            std::process::exit(code);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    std::process::exit(code)
}
