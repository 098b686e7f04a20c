//! Names that can be those of files on every system.

/// Whether no name of a file may hold a character on Windows.
pub fn is_strange(c: char) -> bool {
    matches!(c, '/' | '\\' | '<' | '>' | ':' | '"' | '|' | '?' | '*')
}

/// A character that no name of a file may hold on Windows, if one is in it; or that with which it ends, a point or a space,
/// which Windows takes off.
pub fn strange_character(name: &str) -> Option<char> {
    let last = || name.chars().last().filter(|c| matches!(c, '.' | ' '));
    name.chars().find(|c| is_strange(*c)).or_else(last)
}

/// The device that a name means on Windows, with whatever ending: `CON`, `nul.txt`.
pub fn device_of(name: &str) -> Option<String> {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let is_numbered = |of: &str| {
        let number = stem.strip_prefix(of);
        number.is_some_and(|number| {
            matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    let is_device = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$");
    (is_device || is_numbered("COM") || is_numbered("LPT")).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As "Naming files, paths and namespaces" of the Windows documentation has them.
    #[test]
    fn devices_are_known_in_either_case_and_with_any_ending() {
        for name in ["CON", "con", "Nul.txt", "aux", "PRN.tar.gz", "com1", "LPT9.csv", "com³", "con .x"] {
            assert!(device_of(name).is_some(), "{name}");
        }
        for name in ["icon", "console", "com", "com10", "lpt0", "a.con", "control"] {
            assert_eq!(device_of(name), None, "{name}");
        }
    }

    #[test]
    fn characters_that_windows_keeps_for_itself_are_found() {
        for (name, found) in [("a:b", ':'), ("a?", '?'), ("a\\b", '\\'), ("a.", '.'), ("a ", ' ')] {
            assert_eq!(strange_character(name), Some(found), "{name}");
        }
        for name in ["plan", "吕梁 2025", "a.b", "a=1%", ""] {
            assert_eq!(strange_character(name), None, "{name}");
        }
    }
}
