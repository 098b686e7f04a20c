//! A page with levers to move: the part that moves is put in, and the page is opened in the browser.

use std::path::{Path, PathBuf};

use super::arguments::ReportOptions;
use super::output::warn;
use super::{CommandResult, Failure, redraw};
use plancast::message;
use plancast::report::live::{COMPAT, LivePart, SIMD, live};
use plancast::result::Summary;
use plancast::scenario::Scenario;
use plancast::scenario::write::resolved;
use plancast::text::{Language, visible};

/// A page with the part that moves: of a scenario, by what the command calls it. `source` is what figures name at their foot;
/// `compat` says whether the page also carries the engine for old browsers.
pub(super) fn page(
    html: &str,
    (scenario, origin): (&Scenario, &str),
    summary: &Summary,
    (source, compat): (&str, bool),
    language: Language,
) -> Result<String, Failure> {
    let text = resolved(scenario);
    let part = LivePart {
        scenario,
        text: &text,
        origin,
        seed: summary.seed,
        paths: summary.given.as_ref().map_or(summary.paths, |given| given.among),
        source,
        engines: [Some(SIMD), Some(COMPAT).filter(|_| compat)],
    };
    live(html, &part, language).map_err(|error| Failure::machine(&error))
}

/// Writes a page beside a run's folder and opens it in the browser; where none can be opened, it is said where the page is.
pub(super) fn open(folder: &Path) -> CommandResult {
    let mut name = folder.file_name().unwrap_or_default().to_os_string();
    name.push(".html");
    let place: PathBuf = folder.with_file_name(name);
    let options =
        ReportOptions { runs: vec![folder.to_owned()], out: place.clone(), live: true, compat: false };
    redraw::report(&options)?;
    if open::that_detached(&place).is_err() {
        warn(message!("cli-live-not-opened", place = visible::path(&place)));
    }
    Ok(())
}
