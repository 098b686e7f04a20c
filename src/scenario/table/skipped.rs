//! What was passed over while a table was read, so that nobody takes a part of it for the whole.

use crate::text::{Language, Message};
use crate::{message, tr};

/// What was passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Rows above the titles.
    pub above: usize,
    /// Rows that `where` does not mean.
    pub filtered: usize,
    /// Rows below a blank one at the end: notes and sources.
    pub footers: usize,
    /// Cells without a value, of those that were wanted.
    pub blank: usize,
    /// Cells with a flag after their number, of those that were wanted.
    pub flagged: usize,
    /// Names in a pivot's column that no field has.
    pub unused: usize,
    /// The encoding, where it is not UTF-8.
    pub encoding: &'static str,
}

impl Skipped {
    /// In words, joined by commas; empty where nothing was.
    pub fn sentence(&self, language: Language) -> String {
        let counted = |count: usize, message: Message| (count > 0).then(|| message.text(language));
        let parts = [
            counted(self.above, message!("scenario-table-above", count = self.above)),
            counted(self.filtered, message!("scenario-table-filtered", count = self.filtered)),
            counted(self.footers, message!("scenario-table-footers", count = self.footers)),
            counted(self.blank, message!("scenario-table-blanks", count = self.blank)),
            counted(self.flagged, message!("scenario-table-flags", count = self.flagged)),
            counted(self.unused, message!("scenario-table-unused", count = self.unused)),
            counted(self.encoding.len(), message!("scenario-table-encoding", encoding = self.encoding)),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(tr!(language, "text-comma"))
    }
}
