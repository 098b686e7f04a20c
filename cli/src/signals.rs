//! Signals: a first one asks a run to stop, a second one ends the process at once, and in between or at the end nothing
//! torn and no lock is left. What was ignored when the process began, as `nohup` has it, stays ignored.

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use plancast::world::pending;

/// The exit code of a process that was interrupted.
const INTERRUPTED: i32 = 3;

/// Is true once a run was asked to stop.
static STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Whether a run looks at [`STOP`].
static LOOKED_AT: AtomicBool = AtomicBool::new(false);

fn stop() -> &'static Arc<AtomicBool> {
    STOP.get_or_init(Arc::default)
}

/// A flag that becomes true when the process is asked to stop: a run ends early then and keeps what it has to keep.
pub(super) fn stop_flag() -> Arc<AtomicBool> {
    LOOKED_AT.store(true, Ordering::SeqCst);
    Arc::clone(stop())
}

/// What a signal does that asks to stop.
fn interrupted() {
    if LOOKED_AT.load(Ordering::SeqCst) && !stop().swap(true, Ordering::SeqCst) {
        return;
    }
    super::say("interrupted; nothing was written by halves");
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
