//! `plancast open`: the page of a stored run, in the browser.

use std::path::{Path, PathBuf};

use super::arguments::OpenOptions;
use super::output::wrong;
use super::{CommandResult, Failure, print, warn};
use plancast::message;
use plancast::result::folder::is_ours;
use plancast::study::PAGE;
use plancast::text::visible;

pub(super) fn run(options: &OpenOptions) -> CommandResult {
    let places: Vec<PathBuf> = options.runs.iter().map(|run| page(run)).collect::<Result<_, _>>()?;
    let lines: Vec<String> = places.iter().map(|place| visible::path(place) + "\n").collect();
    print(&lines.concat())?;
    if !options.print {
        places.iter().for_each(|place| browse(place));
    }
    Ok(())
}

/// Opens the page of a run that was just written, and says where it is.
pub(super) fn show(run: &Path) -> CommandResult {
    let place = run.join(PAGE);
    print(&(visible::path(&place) + "\n"))?;
    browse(&place);
    Ok(())
}

/// The page of a run folder.
fn page(run: &Path) -> Result<PathBuf, Failure> {
    if !is_ours(run) {
        return Err(wrong(message!("cli-open-no-run", folder = visible::path(run))));
    }
    let place = run.join(PAGE);
    if !place.is_file() {
        let (folder, page) = (visible::path(run), visible::path(&place));
        return Err(wrong(message!("cli-open-no-page", folder = folder, page = page)));
    }
    super::redraw::warn_of_changed(run, &[PAGE]);
    Ok(place)
}

/// Opens a page in the browser, where there is a display; its place has been said for all other cases.
fn browse(place: &Path) {
    if !has_display() {
        return;
    }
    // A launcher takes a relative path for what it likes.
    let whole = std::path::absolute(place).unwrap_or_else(|_| place.to_owned());
    if let Err(error) = ::open::that_detached(whole) {
        warn(message!("cli-open-no-browser", page = visible::path(place), why = error.to_string()));
    }
}

/// Whether a window can be shown: elsewhere a launcher would start a browser for terminals, or wait.
fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].into_iter().any(set)
}
