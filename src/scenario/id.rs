//! Ids of scenarios, which are the names of the folders of their runs.

use crate::text::visible::is_control;
use crate::world::portable::{INDEX, device_of, is_strange};

/// The id that a text stands for: an id stands for itself, and of a file's name whatever no folder may be called, on any
/// system, is a dash. Empty where nothing is left.
pub(super) fn of(text: &str) -> String {
    let is_none = |c: char| is_strange(c) || is_control(c);
    let id: String = text.chars().map(|c| if is_none(c) { '-' } else { c }).collect();
    let id = id.trim_start().trim_end_matches(['.', ' ']);
    match device_of(id) {
        Some(_) => {
            let (stem, ending) = id.split_at(id.find('.').unwrap_or(id.len()));
            format!("{stem}-{ending}")
        }
        // Where the list of all runs lies.
        None if id.eq_ignore_ascii_case(INDEX) => id.to_owned() + "-",
        None => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_become_names_of_folders() {
        for id in ["plan", "吕梁 2025", "town_trend=1%", "town_trend-coal=normal-1%-2%", "a.b", "my plan"] {
            assert_eq!(of(id), id);
        }
        assert_eq!(of("e\u{1b}[31m"), "e-[31m");
        assert_eq!(of("a\nb:c"), "a-b-c");
        assert_eq!(of(" hidden. "), "hidden");
        assert_eq!(of("..."), "");
        assert_eq!([of("con"), of("Nul.v2"), of("index.csv")], ["con-", "Nul-.v2", "index.csv-"]);
    }
}
