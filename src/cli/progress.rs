//! The progress bar, and ending on Ctrl-C.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::Failure;
use super::batch::Ready;
use crate::text::Language;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar with rate and remaining time on a terminal, nothing elsewhere. One job gives it its title.
pub(super) fn bar(
    paths: u64,
    jobs: &[Result<Ready, Failure>],
    language: Language,
    quiet: bool,
) -> ProgressBar {
    let running: Vec<&Ready> = jobs.iter().flatten().collect();
    let title = match running[..] {
        [one] => one.model.labels.title.get(language).to_owned(),
        _ => String::new(),
    };
    let paths = paths.saturating_mul(running.len() as u64);
    let target = if quiet || !std::io::stderr().is_terminal() {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr()
    };
    let bar = ProgressBar::with_draw_target(Some(paths), target);
    let style = ProgressStyle::with_template(
        "{prefix} {bar:30} {human_pos}/{human_len} paths  {per_sec}  {eta} left",
    );
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_prefix(title);
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

/// A flag that Ctrl-C and SIGTERM set. A second Ctrl-C ends the program at once.
pub(super) fn stop_flag() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    // Without a handler Ctrl-C still ends the program; there is nothing half-written either way.
    let _ = ctrlc::set_handler(move || {
        if seen.swap(true, Ordering::Relaxed) {
            std::process::exit(3);
        }
    });
    stop
}
