//! Names that can be those of files on every system.

/// Whether no name of a file may hold a character on Windows.
pub fn is_strange(c: char) -> bool {
    matches!(c, '/' | '\\' | '<' | '>' | ':' | '"' | '|' | '?' | '*')
}

/// What the list of many runs is called, which lies beside their folders.
pub const INDEX: &str = "index.csv";

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
}
