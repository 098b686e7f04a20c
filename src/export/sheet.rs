//! Writing CSV (RFC 4180, UTF-8, `\n`) into memory, which cannot fail.

use csv::{Terminator, Writer, WriterBuilder};

/// A CSV file in the making.
pub(super) struct Sheet {
    writer: Writer<Vec<u8>>,
}

impl Sheet {
    /// A file with this header.
    pub(super) fn new<T: AsRef<[u8]>>(header: &[T]) -> Self {
        let writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(Vec::new());
        let mut sheet = Self { writer };
        sheet.row(header);
        sheet
    }

    /// Adds a row, which must be as long as the header.
    pub(super) fn row<T: AsRef<[u8]>>(&mut self, cells: &[T]) {
        let written = self.writer.write_record(cells);
        debug_assert!(written.is_ok(), "a row as long as the header goes into memory: {written:?}");
    }

    /// The whole text.
    pub(super) fn finish(self) -> String {
        let bytes = self.writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

/// A number that reads back exactly; empty where there is none.
pub(super) fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}
