//! Signals: a first one asks a run to stop, a second one ends the process at once, and in between or at the end nothing
//! torn and no lock is left. What was ignored when the process began, as `nohup` has it, stays ignored.

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use plancast::world::pending;

/// The exit code of a process that was interrupted.
const INTERRUPTED: i32 = 3;

/// Is true once a run was asked to stop.
static STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// How many simulations look at [`STOP`] now.
static AT_WORK: AtomicUsize = AtomicUsize::new(0);

/// Between two looks whether simulations have come to their end.
const LOOK: Duration = Duration::from_millis(20);

/// What is left to a run after its simulations have ended, to say so itself.
const LAST: Duration = Duration::from_millis(500);

fn stop() -> &'static Arc<AtomicBool> {
    STOP.get_or_init(Arc::default)
}

/// A flag that becomes true when the process is asked to stop: who looks at it says so with [`at_work`].
pub(super) fn stop_flag() -> Arc<AtomicBool> {
    Arc::clone(stop())
}

/// While this is held, a first signal does not end the process: what holds it looks at the flag, ends early and keeps
/// what it has to keep.
pub(super) struct AtWork;

/// Says that the flag is looked at from now on.
pub(super) fn at_work() -> AtWork {
    AT_WORK.fetch_add(1, Ordering::SeqCst);
    AtWork
}

impl Drop for AtWork {
    fn drop(&mut self) {
        AT_WORK.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What a signal does that asks to stop.
fn interrupted() {
    pending::ask_to_end();
    let is_first = !stop().swap(true, Ordering::SeqCst);
    if is_first && AT_WORK.load(Ordering::SeqCst) > 0 {
        // Without the thread a second signal ends the process.
        let _ = std::thread::Builder::new().name("end".into()).spawn(end_after_work);
        return;
    }
    end();
}

/// Ends the process when no simulation is left, whatever else it does: waiting for a lock, drawing.
fn end_after_work() {
    while AT_WORK.load(Ordering::SeqCst) > 0 {
        std::thread::sleep(LOOK);
    }
    std::thread::sleep(LAST);
    end();
}

fn end() {
    super::say(plancast::key!("cli-signals-interrupted"));
    pending::end(INTERRUPTED);
}

/// Listens to signals from now on.
#[cfg(unix)]
pub(super) fn listen() {
    use signal_hook::consts::{SIGABRT, SIGXFSZ};
    use signal_hook::flag;

    let ignored = ignored();
    let is_ignored = |signal: i32| ignored & (1 << (signal - 1)) != 0;
    if !is_ignored(SIGXFSZ) {
        // With a handler the write that would be too large fails, and that is told like a disk that is full.
        let _ = flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
    }
    // Where memory cannot be had the standard library says so and gives up with this signal.
    let _ = flag::register_conditional_shutdown(SIGABRT, INTERRUPTED, Arc::new(AtomicBool::new(true)));
    let signals = stopping().into_iter().filter(|signal| !is_ignored(*signal));
    let Ok(mut signals) = signal_hook::iterator::Signals::new(signals.collect::<Vec<_>>()) else { return };
    // Without the thread signals are noticed by nobody: who cannot have it ends by them as usual.
    let listening = std::thread::Builder::new().name("signals".into());
    let _ = listening.spawn(move || signals.forever().for_each(|_| interrupted()));
}

/// The signals by which a process ends unless it says otherwise, but those of a fault in it.
#[cfg(unix)]
fn stopping() -> Vec<i32> {
    use signal_hook::consts::{
        SIGALRM, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU,
    };
    let mut signals = vec![SIGINT, SIGTERM, SIGQUIT, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGXCPU];
    if cfg!(target_os = "linux") {
        signals.push(SIGHUP);
        // SIGSTKFLT, SIGIO and SIGPWR, which other systems lack or have otherwise, and the real-time signals.
        #[cfg(not(any(target_arch = "mips", target_arch = "sparc64")))]
        signals.extend([16, 29, 30]);
        signals.extend(34..=64);
    }
    signals
}

/// The signals that are ignored, a bit each, as the system's own file on this process says. Where there is no such file
/// nothing is known to be ignored, and the one that `nohup` ignores is left alone.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// Listens to Ctrl-C from now on.
#[cfg(not(unix))]
pub(super) fn listen() {
    // Without a handler Ctrl-C still ends the program; there is nothing half-written either way.
    let _ = ctrlc::set_handler(interrupted);
}
