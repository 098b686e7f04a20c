//! The scenarios that are compiled into the program, so that it works in an empty folder.

use std::path::Path;

use include_dir::{Dir, DirEntry};

use super::load;
use crate::text::Text;

#[cfg(feature = "scenarios")]
static SCENARIOS: Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/scenarios");

/// The engine of a page is given its scenario, and carries none.
#[cfg(not(feature = "scenarios"))]
static SCENARIOS: Dir<'_> = Dir::new("", &[]);

/// A scenario that can be run by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Builtin {
    /// Its name: the file's stem.
    pub name: &'static str,
    /// Its path below `scenarios/`.
    pub path: &'static str,
    /// The file's text.
    pub text: &'static str,
}

impl Builtin {
    /// The scenario's title as its own file writes it: nothing else is read.
    pub fn title(&self) -> Text {
        let from = self.text.find("[scenario]").unwrap_or(self.text.len());
        let table = &self.text[from..];
        let to = table[1..].find("\n[").map_or(table.len(), |next| next + 1);
        load::from_text(self.name, &table[..to]).scenario.title
    }
}

/// All files below `scenarios/`, also those that are only extended or hold data.
pub fn files() -> Vec<Builtin> {
    fn walk(dir: &'static Dir<'static>, found: &mut Vec<Builtin>) {
        for entry in dir.entries() {
            match entry {
                DirEntry::Dir(dir) => walk(dir, found),
                DirEntry::File(file) => {
                    let path = file.path();
                    if let (Some(name), Some(path), Some(text)) =
                        (path.file_stem().and_then(|stem| stem.to_str()), path.to_str(), file.contents_utf8())
                    {
                        found.push(Builtin { name, path, text });
                    }
                }
            }
        }
    }
    let mut found = Vec::new();
    walk(&SCENARIOS, &mut found);
    found.sort_by_key(|file| file.path);
    found
}

/// The scenarios that can be run: the files with a `[scenario]` table.
pub fn list() -> Vec<Builtin> {
    let runs = |file: &Builtin| {
        Path::new(file.path).extension().is_some_and(|e| e == "toml")
            && file.text.lines().any(|line| line.trim() == "[scenario]")
    };
    files().into_iter().filter(runs).collect()
}

/// The text of a file by its path below `scenarios/`.
pub fn text(path: &str) -> Option<&'static str> {
    SCENARIOS.get_file(path).and_then(|file| file.contents_utf8())
}

/// The scenario of this name.
pub fn by_name(name: &str) -> Option<Builtin> {
    list().into_iter().find(|file| file.name == name)
}

/// What messages call a file, by its path below `scenarios/`.
pub fn shown(path: &str) -> String {
    format!("{path} (built in)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_those_of_the_whole_scenarios() {
        for file in list() {
            assert_eq!(file.title(), load::built_in(file.path).scenario.title, "{}", file.name);
        }
    }
}
