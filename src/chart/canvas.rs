//! A page to draw on: plotters' SVG with tenths of a pixel.
//!
//! Plotters' coordinates are whole pixels; so it draws on a page ten times as large, and the outermost
//! element is rewritten to show that page at its real size.

use std::cell::RefCell;
use std::fmt::Write;

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle};

use super::font;
use super::style::{Colour, GROUND};
use crate::text::{markup, visible};

/// Plotters' pixels in one of ours.
const FINE: f64 = 10.0;
/// Plotters divides letter heights by this when it writes SVG.
const PLOTTERS_LETTER: f64 = 1.24;
/// Plotters hangs text from its top, this share of the letter height above the baseline.
const BASELINE: f64 = 0.76;

/// The size of a figure in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Default for Size {
    fn default() -> Self {
        Self { width: 900, height: 560 }
    }
}

/// Which end of a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// A point: pixels from the left, pixels from the top.
pub type Point = (f64, f64);

/// A page to draw on.
pub struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    spots: RefCell<String>,
}

/// What a spot of a figure says: names with their values, as people read them.
pub type Saying = Vec<(String, String)>;

/// Draws a figure: `paint` draws on the page; `title` is read to those who do not see it.
pub fn draw(size: Size, title: &str, paint: impl FnOnce(&Canvas)) -> String {
    let mut svg = String::new();
    let fine = (size.width * FINE as u32, size.height * FINE as u32);
    let area = SVGBackend::with_string(&mut svg, fine).into_drawing_area();
    let canvas = Canvas { area, spots: RefCell::default() };
    let corner = (f64::from(size.width), f64::from(size.height));
    canvas.rectangle((0.0, 0.0), corner, GROUND);
    paint(&canvas);
    let spots = canvas.spots.take();
    drop(canvas);
    let svg = at_real_size(&svg, size, title);
    svg.trim_end().strip_suffix("</svg>").map_or(svg.clone(), |body| format!("{body}{spots}</svg>\n"))
}

impl<'a> Canvas<'a> {
    /// A filled shape.
    pub fn polygon(&self, corners: &[Point], fill: Colour) {
        let corners: Vec<_> = corners.iter().map(fine).collect();
        self.put(&Polygon::new(corners, colour(fill).filled()));
    }

    /// A filled rectangle between two corners.
    pub fn rectangle(&self, from: Point, to: Point, fill: Colour) {
        self.put(&Rectangle::new([fine(&from), fine(&to)], colour(fill).filled()));
    }

    /// A line through points.
    pub fn line(&self, points: &[Point], stroke: Colour, width: f64) {
        let points: Vec<_> = points.iter().map(fine).collect();
        self.put(&PathElement::new(points, stroked(stroke, width)));
    }

    /// A filled disc.
    pub fn disc(&self, centre: Point, radius: f64, fill: Colour) {
        self.put(&Circle::new(fine(&centre), (radius * FINE).round() as i32, colour(fill).filled()));
    }

    /// A square on its corner with a rim of the ground's colour.
    pub fn diamond(&self, (x, y): Point, radius: f64, fill: Colour) {
        for (radius, fill) in [(radius + 1.6, GROUND), (radius, fill)] {
            self.polygon(&[(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], fill);
        }
    }

    /// A triangle with a rim of the ground's colour that points to what lies beyond: up (0, −1), right (1, 0).
    pub fn arrow(&self, (x, y): Point, (dx, dy): Point, radius: f64, fill: Colour) {
        for (radius, fill) in [(radius + 2.4, GROUND), (radius, fill)] {
            let (tip, back) = ((x + radius * dx, y + radius * dy), (x - radius * dx, y - radius * dy));
            let side = |by: f64| (back.0 + by * radius * dy, back.1 + by * radius * dx);
            self.polygon(&[tip, side(1.0), side(-1.0)], fill);
        }
    }

    /// A text whose baseline stands at a point.
    pub fn text(&self, text: &str, (x, baseline): Point, anchor: Anchor, height: f64, fill: Colour) {
        if text.is_empty() {
            return;
        }
        let across = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let font = (FontFamily::Name(font::FAMILY), height * FINE * PLOTTERS_LETTER, FontStyle::Normal);
        let fill = colour(fill);
        let style = TextStyle::from(font.into_font()).pos(Pos::new(across, VPos::Top)).color(&fill);
        self.put(&Text::new(
            visible::line(text).into_owned(),
            fine(&(x, baseline - BASELINE * height)),
            style,
        ));
    }

    /// A spot that says its numbers when it is pointed at: an invisible disc with a title, which every viewer
    /// shows; and names and values, parted by bars, for programs that make a table of them.
    pub fn spot(&self, at: Point, radius: f64, saying: &Saying) {
        let ((x, y), radius) = (fine(&at), (radius * FINE).round());
        let bare = |text: &String| markup::xml(&text.replace('|', " "));
        let keys: Vec<String> = saying.iter().map(|(key, _)| bare(key)).collect();
        let values: Vec<String> = saying.iter().map(|(_, value)| bare(value)).collect();
        let title: Vec<String> =
            keys.iter().zip(&values).map(|(key, value)| format!("{key}: {value}")).collect();
        let _ = writeln!(
            self.spots.borrow_mut(),
            "<circle class=\"spot\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"none\" pointer-events=\"all\" data-keys=\"{}\" data-values=\"{}\"><title>{}</title></circle>",
            keys.join("|"),
            values.join("|"),
            title.join(" · "),
        );
    }

    fn put<'e, E>(&self, element: &'e E)
    where
        &'e E: PointCollection<'e, (i32, i32)>,
        E: Drawable<SVGBackend<'a>>,
    {
        // The backend writes into a string: nothing can fail.
        let drawn = self.area.draw(element);
        debug_assert!(drawn.is_ok(), "drawing into a string");
    }
}

fn fine(&(x, y): &Point) -> (i32, i32) {
    ((x * FINE).round() as i32, (y * FINE).round() as i32)
}

fn colour((red, green, blue): Colour) -> RGBColor {
    RGBColor(red, green, blue)
}

fn stroked(stroke: Colour, width: f64) -> ShapeStyle {
    colour(stroke).stroke_width((width * FINE).round() as u32)
}

/// Rewrites the outermost element, and names the fonts that stand in for ours.
fn at_real_size(svg: &str, size: Size, title: &str) -> String {
    let body = svg.split_once('>').map_or("", |(_, body)| body);
    let Size { width, height } = size;
    let (fine_width, fine_height) = (width * FINE as u32, height * FINE as u32);
    let title = markup::xml(title);
    // What every element would say of itself though it is so anyway, and room that nobody sees.
    let named = format!(" font-family=\"{}\"", font::FAMILY);
    let idle = [
        (named.as_str(), ""),
        (" opacity=\"1\"", ""),
        (" stroke=\"none\"", ""),
        (" text-anchor=\"start\"", ""),
        (" \"/>", "\"/>"),
        ("\" stroke-width=\"1\"/>", "\"/>"),
        ("\">\n", "\">"),
        ("\n</text>", "</text>"),
    ];
    let body = idle.iter().fold(body.to_owned(), |body, (from, to)| body.replace(from, to));
    let body = whole_heights(&body);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {fine_width} {fine_height}\" role=\"img\" aria-label=\"{title}\" \
         font-family=\"{}\">\n<title>{title}</title>{}\n",
        font::FAMILIES,
        body.trim_end(),
    )
}

/// Heights of letters without the digits that plotters' division leaves behind: `209.99999999999997`.
fn whole_heights(body: &str) -> String {
    const KEY: &str = " font-size=\"";
    let mut pieces = body.split(KEY);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (height, rest) = piece.split_once('"').unwrap_or((piece, ""));
        let height = height.parse::<f64>().map_or(0.0, f64::round);
        let _ = write!(text, "{KEY}{height}\"{rest}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::style::{INK, letter};

    fn page() -> String {
        draw(Size { width: 100, height: 50 }, "A < B & \"C\"", |canvas| {
            canvas.text("地区 <x>", (1.25, 20.0), Anchor::Start, 10.0, INK);
            canvas.line(&[(0.04, 0.0), (99.96, 50.0)], INK, 1.5);
        })
    }

    #[test]
    fn a_page_is_well_formed_and_shown_at_its_real_size() {
        let svg = page();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let root = document.root_element();
        assert_eq!((root.attribute("width"), root.attribute("viewBox")), (Some("100"), Some("0 0 1000 500")));
        assert_eq!(root.attribute("aria-label"), Some("A < B & \"C\""));
        assert_eq!(root.attribute("font-family"), Some(font::FAMILIES));
    }

    #[test]
    fn text_inherits_the_families_and_stands_on_its_baseline() {
        let svg = page();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let text = document.descendants().find(|n| n.has_tag_name("text")).unwrap();
        assert_eq!(text.attribute("font-family"), None);
        assert_eq!((text.attribute("x"), text.attribute("y")), (Some("13"), Some("124")));
        assert_eq!(text.text().map(str::trim), Some("地区 <x>"));
    }

    #[test]
    fn heights_of_letters_are_written_with_the_digits_that_they_have() {
        let heights = [letter::TITLE, letter::SUBTITLE, letter::LABEL, letter::FOOTER];
        let svg = draw(Size { width: 100, height: 50 }, "", |canvas| {
            for height in heights {
                canvas.text("a", (1.0, 20.0), Anchor::Start, height, INK);
            }
        });
        let document = roxmltree::Document::parse(&svg).unwrap();
        let sizes: Vec<_> = document.descendants().filter_map(|node| node.attribute("font-size")).collect();
        assert_eq!(sizes, heights.map(|height| format!("{}", height * FINE)));
    }
}
