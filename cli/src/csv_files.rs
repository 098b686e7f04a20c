//! `--csv`: for whom tables are written.

use std::path::Path;

use super::arguments::CsvFor;
use plancast::study::File;

/// What a file of text begins with by which Excel knows that it is UTF-8: the byte order mark.
const MARK: &[u8] = "\u{feff}".as_bytes();

impl CsvFor {
    /// What a table begins with.
    pub(super) fn begins(self) -> &'static [u8] {
        match self {
            Self::Programs => &[],
            Self::Excel => MARK,
        }
    }

    /// A table as it is written.
    pub(super) fn table(self, bytes: Vec<u8>) -> Vec<u8> {
        match self {
            Self::Programs => bytes,
            Self::Excel => [MARK, &bytes].concat(),
        }
    }

    /// Files of which those that are tables are written so.
    pub(super) fn tables(self, files: Vec<File>) -> Vec<File> {
        let is_table = |name: &str| Path::new(name).extension().is_some_and(|ending| ending == "csv");
        let one =
            |(name, bytes): File| if is_table(&name) { (name, self.table(bytes)) } else { (name, bytes) };
        files.into_iter().map(one).collect()
    }

    /// As it is typed, where it is not what is usual.
    pub(super) fn option(self) -> Option<String> {
        (self == Self::Excel).then_some("--csv=excel".into())
    }
}
