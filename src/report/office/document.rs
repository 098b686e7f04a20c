//! The brief as a document of Word (.docx): Office Open XML (ECMA-376), written from templates as the page is.
//!
//! The crates that write such documents know no description of a picture, no head that a table repeats on each page and no
//! language of a text; what is needed of the format are the few parts in `word/`.

use std::io::{Cursor, Write};

use minijinja::value::Value;
use minijinja::{Environment, context};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{OfficeError, Picture, pictures};
use crate::report::page::{PageContent, PageFigure, shared};
use crate::text::{Language, visible};

/// The parts, by their names in the document. The types of all others stand first, as readers expect.
const PARTS: [(&str, &str); 8] = [
    ("[Content_Types].xml", include_str!("word/content_types.xml")),
    ("_rels/.rels", include_str!("word/rels.xml")),
    ("docProps/core.xml", include_str!("word/core.xml")),
    ("word/document.xml", include_str!("word/document.xml")),
    ("word/styles.xml", include_str!("word/styles.xml")),
    ("word/settings.xml", include_str!("word/settings.xml")),
    ("word/footer1.xml", include_str!("word/footer.xml")),
    ("word/_rels/document.xml.rels", include_str!("word/document_rels.xml")),
];

/// The most figures of a brief.
const FIGURES: usize = 3;

/// English Metric Units, in which documents measure: to a pixel of 1/96 inch, the width of the text, and the most of a
/// page's height that a figure takes.
const EMU: (u32, u32, u32) = (9525, 5_976_000, 7_200_000);

/// The brief of results as a document of Word (.docx): title, goals, what drives them, the first figures, method.
///
/// # Errors
/// When a figure cannot be made a picture.
pub fn document(content: &PageContent, language: Language) -> Result<Vec<u8>, OfficeError> {
    let beside = content.comparison.iter().flat_map(|(_, figures)| figures.iter());
    let figures: Vec<&PageFigure> = beside.chain(content.figures.iter().flatten()).take(FIGURES).collect();
    let pictures = pictures(&figures)?;
    let placed: Vec<Value> =
        pictures.iter().enumerate().map(|(place, picture)| placed(picture, place + 1)).collect();
    let context = context! {
        is_chinese => language == Language::Zh,
        pictures => placed,
        ..shared(content, language)
    };
    let mut environment = Environment::new();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The day of all parts is the first that the format knows.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, template) in PARTS {
        // Whatever comes from a scenario is escaped, as in all templates whose names end so.
        environment.add_template("part.xml", template)?;
        let text = environment.get_template("part.xml")?.render(&context)?;
        zip.start_file(name, options)?;
        zip.write_all(visible::lines(&text).as_bytes())?;
    }
    // A PNG is compressed already.
    let options = options.compression_method(CompressionMethod::Stored);
    for (place, picture) in pictures.iter().enumerate() {
        zip.start_file(format!("word/media/figure{}.png", place + 1), options)?;
        zip.write_all(&picture.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A figure as the templates place it: as wide as the text, unless it were too high.
fn placed(picture: &Picture, number: usize) -> Value {
    let (pixel, widest, highest) = EMU;
    let (width, height) = (u64::from(picture.size.0 * pixel), u64::from(picture.size.1 * pixel));
    let (widest, highest) = (u64::from(widest), u64::from(highest));
    let (across, down) = match height * widest / width.max(1) {
        down if down > highest => (width * highest / height.max(1), highest),
        down => (widest, down),
    };
    context! { number, caption => picture.caption.clone(), across, down }
}
