//! PNG from SVG, by the font that is compiled in: the same pixels wherever it runs.

use std::fmt;
use std::sync::{Arc, LazyLock};

use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use ttf_parser::Face;

use super::font;
use crate::message;
use crate::text::Message;

/// Why an SVG could not be made a picture.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// The text is no SVG.
    Svg(#[from] resvg::usvg::Error),
    /// It has no pixels, or more than memory holds.
    Size,
    /// The pixels could not be written as PNG.
    Png(#[from] png::EncodingError),
}

impl PictureError {
    /// What went wrong.
    pub fn message(&self) -> Message {
        let why = match self {
            Self::Svg(error) => Message::verbatim(error.to_string()),
            Self::Size => message!("chart-picture-size"),
            Self::Png(error) => Message::verbatim(error.to_string()),
        };
        message!("chart-picture-failed", why = why)
    }
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

/// The PNG of a figure, `scale` times its size in pixels: at 1 a pixel is a pixel of 96 dpi, so that a
/// scale of 3 is 288 dpi; the file says so, and prints at the figure's size.
///
/// Characters that our font lacks come from the fonts that are installed; those that none of them has are given
/// with the picture, which shows a box in their place.
///
/// # Errors
///
/// When the text is no SVG, or the picture is too large for memory.
pub fn png(svg: &str, scale: f32) -> Result<(Vec<u8>, Vec<char>), PictureError> {
    let missing = font::missing(svg);
    let options = options(!missing.is_empty());
    let lacking = without_glyph(&options.fontdb, missing);
    let tree = Tree::from_str(svg, &options)?;
    let (width, height) = (tree.size().width() * scale, tree.size().height() * scale);
    let (width, height) = (width.round() as u32, height.round() as u32);
    let mut pixels = Pixmap::new(width, height).ok_or(PictureError::Size)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());

    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    let per_metre = (f64::from(scale) * 96.0 / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&opaque(&pixels))?;
    writer.finish()?;
    Ok((file, lacking))
}

/// The characters of a text that neither our font nor any that is installed here has.
pub fn lacking(text: &str) -> Vec<char> {
    let missing = font::missing(text);
    if missing.is_empty() { missing } else { without_glyph(&options(true).fontdb, missing) }
}

fn without_glyph(fonts: &fontdb::Database, characters: Vec<char>) -> Vec<char> {
    let has = |c: char| {
        fonts.faces().any(|face| {
            let glyph = |data: &[u8], index| {
                Face::parse(data, index).ok().and_then(|face| face.glyph_index(c)).is_some()
            };
            fonts.with_face_data(face.id, glyph).unwrap_or(false)
        })
    };
    characters.into_iter().filter(|&c| !has(c)).collect()
}

/// Only our own font, unless it lacks something: what is drawn must not depend on what is installed.
fn options(installed: bool) -> Options<'static> {
    static OWN: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| Arc::new(fonts(false)));
    static ALL: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| Arc::new(fonts(true)));
    let fontdb = Arc::clone(if installed { &ALL } else { &OWN });
    Options { fontdb, font_family: font::FAMILY.to_owned(), ..Options::default() }
}

/// Our own font, and those that are installed where they are wanted.
fn fonts(installed: bool) -> fontdb::Database {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(font::BYTES.to_vec());
    if installed {
        fonts.load_system_fonts();
    }
    fonts.set_sans_serif_family(font::FAMILY);
    fonts
}

/// Red, green and blue of pixels whose ground is opaque.
fn opaque(pixels: &Pixmap) -> Vec<u8> {
    pixels.data().chunks_exact(4).flat_map(|rgba| [rgba[0], rgba[1], rgba[2]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::canvas::{Anchor, Size, draw};
    use crate::chart::style::INK;

    fn decoded(png: &[u8]) -> (usize, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        (reader.info().width as usize, pixels)
    }

    fn dark(png: &[u8]) -> usize {
        decoded(png).1.chunks_exact(3).filter(|rgb| rgb[0] < 128).count()
    }

    fn page(text: &str) -> String {
        draw(Size { width: 100, height: 30 }, "", |c| c.text(text, (5.0, 20.0), Anchor::Start, 16.0, INK))
    }

    #[test]
    fn text_is_drawn_in_both_languages() {
        assert!(dark(&png(&page("GDP"), 1.0).unwrap().0) > 50);
        assert!(dark(&png(&page("吕梁"), 1.0).unwrap().0) > 50);
        assert_eq!(dark(&png(&page(" "), 1.0).unwrap().0), 0);
    }

    #[test]
    fn text_is_as_wide_as_it_was_measured() {
        let text = "Median 2,254 地区";
        let page = Size { width: 300, height: 30 };
        let svg = draw(page, "", |c| c.text(text, (5.0, 20.0), Anchor::Start, 16.0, INK));
        let measured = 5.0 + font::width(text, 16.0);
        let (width, pixels) = decoded(&png(&svg, 1.0).unwrap().0);
        let columns =
            pixels.chunks_exact(3).enumerate().filter(|(_, rgb)| rgb[0] < 200).map(|(at, _)| at % width);
        let drawn = columns.max().unwrap() as f64;
        assert!((drawn - measured).abs() < 2.5, "drawn {drawn}, measured {measured}");
    }

    #[test]
    fn a_picture_says_how_large_it_prints() {
        let (file, _) = png(&page("x"), 2.0).unwrap();
        let reader = png::Decoder::new(std::io::Cursor::new(&file)).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (200, 60));
        assert_eq!(reader.info().pixel_dims.unwrap().xppu, 7559);
    }

    #[test]
    fn what_no_font_has_is_told() {
        // A character that Unicode keeps free for private use, and one of our own font.
        assert_eq!(lacking("吕\u{F8FE0}"), vec!['\u{F8FE0}']);
        assert_eq!(png(&page("吕\u{F8FE0}"), 1.0).unwrap().1, vec!['\u{F8FE0}']);
        assert_eq!(png(&page("吕"), 1.0).unwrap().1, Vec::<char>::new());
    }

    #[test]
    fn what_is_no_svg_is_refused() {
        assert!(png("plan", 1.0).unwrap_err().to_string().contains("cannot make a picture"));
    }
}
