//! Results for Word and Excel: the brief as a document, and a workbook of all numbers. The same bytes for the same results: no
//! clock is looked at.

mod document;
mod workbook;

use std::fmt;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::PageFigure;
use crate::chart::picture::{self, PictureError};
use crate::message;
use crate::text::Message;

pub use document::document;
pub use workbook::workbook;

/// Pixels of a picture for one of its drawing.
const SCALE: f32 = 2.0;

/// Why a document or workbook could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OfficeError {
    /// A figure could not be made a picture.
    Picture(#[from] PictureError),
    /// What was asked for does not fit into a workbook.
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A part of the document could not be put together.
    Template(#[from] minijinja::Error),
    /// The parts could not be packed.
    Packed(#[from] zip::result::ZipError),
    /// The parts could not be written into memory.
    Written(#[from] std::io::Error),
}

impl OfficeError {
    /// What went wrong.
    pub fn message(&self) -> Message {
        let why = match self {
            Self::Picture(error) => return error.message(),
            Self::Workbook(error) => error.to_string(),
            Self::Template(error) => error.to_string(),
            Self::Packed(error) => error.to_string(),
            Self::Written(error) => error.to_string(),
        };
        message!("report-office-failed", why = why)
    }
}

impl fmt::Display for OfficeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

/// A figure as a picture.
struct Picture {
    caption: String,
    /// The PNG.
    bytes: Vec<u8>,
    /// The size of the drawing: width and height in pixels of 1/96 inch.
    size: (u32, u32),
}

/// Figures as pictures.
fn pictures(figures: &[&PageFigure]) -> Result<Vec<Picture>, OfficeError> {
    let one = |figure: &&PageFigure| {
        let (bytes, _) = picture::png(&figure.svg, SCALE)?;
        // Of a PNG, the first chunk begins with width and height.
        let side = |at: usize| {
            let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).unwrap_or_default();
            (u32::from_be_bytes(four) as f32 / SCALE) as u32
        };
        let size = (side(16), side(20));
        Ok(Picture { caption: figure.caption.clone(), bytes, size })
    };
    figures.par_iter().map(one).collect()
}
