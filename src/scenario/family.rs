//! The files that a built-in scenario is made of: what it extends and what its data is read from.

use std::path::Path;

use super::builtin::{self, Builtin};
use super::load::built_in;

/// The scenario's file and those it needs, it first: names relative to its folder, and texts. Copied side by
/// side they run as they do here.
pub fn of(scenario: &Builtin) -> Vec<(String, &'static str)> {
    let folder = Path::new(scenario.path).parent().unwrap_or(Path::new(""));
    let mut family = vec![(relative(folder, scenario.path), scenario.text)];
    for read in built_in(scenario.path).files.iter() {
        let known = builtin::files().into_iter().find(|file| builtin::shown(file.path) == read.name);
        if let Some(file) = known.filter(|file| file.path != scenario.path) {
            family.push((relative(folder, file.path), file.text));
        }
    }
    family
}

fn relative(folder: &Path, path: &str) -> String {
    let path = Path::new(path);
    let inside = path.strip_prefix(folder).unwrap_or(path);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
