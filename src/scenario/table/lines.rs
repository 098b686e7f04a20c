//! The lines of a text in which the records of a CSV reader stand.

/// Finds the lines of records, which come in order. The reader's own count is that of the line where it began to look: a
/// line too early after an end of two characters, and before blank lines that it skips.
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    /// How many lines end before that.
    ended: u64,
}

impl<'a> Lines<'a> {
    /// The lines of this text.
    pub(super) fn of(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0, ended: 0 }
    }

    /// The line, from 1, of a record that does not stand before one that was asked for, and whether there are blank lines
    /// above it.
    pub(super) fn line_of(&mut self, position: &csv::Position) -> (u64, bool) {
        let from = (position.byte() as usize).clamp(self.at, self.bytes.len());
        let skipped = self.bytes[from..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let to = from + skipped;
        // An end of line is "\n", "\r\n", or a "\r" alone.
        let is_end = |at: &usize| match self.bytes[*at] {
            b'\n' => true,
            b'\r' => self.bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        self.ended += (self.at..to).filter(is_end).count() as u64;
        // What is left of the end of the record before is no blank line.
        let is_rest = from > 0 && self.bytes[from - 1] == b'\r' && self.bytes.get(from) == Some(&b'\n');
        let blank = (from + usize::from(is_rest)..to).any(|at| is_end(&at));
        self.at = to;
        (1 + self.ended, blank)
    }
}
