//! The progress bar.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use plancast::tr;

/// A bar with rate and remaining time on a terminal, nothing elsewhere.
pub(super) fn bar(paths: u64, title: &str, quiet: bool) -> ProgressBar {
    let target = if quiet || !std::io::stderr().is_terminal() {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr()
    };
    let bar = ProgressBar::with_draw_target(Some(paths), target);
    let language = super::language();
    let done = tr!(language, "cli-progress-paths", done = "{human_pos}/{human_len}");
    let left = tr!(language, "cli-progress-left", time = "{eta}");
    let style = ProgressStyle::with_template(&format!("{{prefix}} {{bar:30}} {done}  {{per_sec}}  {left}"));
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_prefix(title.to_string());
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
