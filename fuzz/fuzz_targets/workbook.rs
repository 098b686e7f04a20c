//! Any bytes as a workbook, and any text as its sheet, its strings and its styles: it is refused with a short sentence, or is a
//! table.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use plancast::scenario::history::columns;
use plancast::scenario::table::{DataFile, Table};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What every book has besides the parts that are mutated.
const PARTS: [(&str, &str); 3] = [
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
];

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    // The parts are parted by a zero.
    let names = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"];
    let mut book = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = names.into_iter().zip(bytes.splitn(3, |byte| *byte == 0));
    for (name, part) in PARTS.iter().map(|(name, part)| (*name, part.as_bytes())).chain(parts) {
        book.start_file(name, SimpleFileOptions::default()).expect("a part");
        book.write_all(part).expect("a part");
    }
    read(&book.finish().expect("a book").into_inner());
});

fn read(bytes: &[u8]) {
    for file in ["a.xlsx", "a.xlsx#S!B2:D9"] {
        match Table::plain(file, &DataFile::Workbook(bytes.into())) {
            Ok(table) => {
                let _ = columns(&table, &["x"]);
            }
            Err(message) => {
                let text = message.to_string();
                assert!(text.chars().count() <= 1500, "{text}");
            }
        }
    }
}
