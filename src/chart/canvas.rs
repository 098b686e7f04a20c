//! A page to draw on, in pixels and their tenths.

use std::cell::RefCell;
use std::fmt::Write;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle};

use super::font;
use super::style::{Colour, GROUND};
use super::svg::{Svg, TENTHS, Tenth};
use crate::text::markup;

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
    area: DrawingArea<Svg<'a>, Shift>,
    spots: RefCell<String>,
}

/// What a spot of a figure says: names with their values, as people read them.
pub type Saying = Vec<(String, String)>;

/// A number with all its digits, as programs read it; nothing where there is none.
pub fn exact(value: f64) -> String {
    match value {
        v if !v.is_finite() => String::new(),
        v if v != 0.0 && !(1e-6..1e15).contains(&v.abs()) => format!("{v:e}"),
        v => v.to_string(),
    }
}

/// Draws a figure: `paint` draws on the page; `title` is read to those who do not see it.
pub fn draw(size: Size, title: &str, paint: impl FnOnce(&Canvas)) -> String {
    let mut elements = String::new();
    let area = Svg::new((size.width, size.height), &mut elements).into_drawing_area();
    let canvas = Canvas { area, spots: RefCell::default() };
    let corner = (f64::from(size.width), f64::from(size.height));
    canvas.rectangle((0.0, 0.0), corner, GROUND);
    paint(&canvas);
    let spots = canvas.spots.take();
    drop(canvas);
    let (Size { width, height }, title, families) = (size, markup::xml(title), font::FAMILIES);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{title}\" font-family=\"{families}\">\n\
         <title>{title}</title>\n{elements}{spots}</svg>\n"
    )
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
        self.put(&Circle::new(fine(&centre), (radius * TENTHS).round() as i32, colour(fill).filled()));
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
        let font = (FontFamily::Name(font::FAMILY), height * TENTHS, FontStyle::Normal);
        let fill = colour(fill);
        let style = TextStyle::from(font.into_font()).pos(Pos::new(across, VPos::Bottom)).color(&fill);
        self.put(&Text::new(text.to_owned(), fine(&(x, baseline)), style));
    }

    /// A spot that says its numbers when it is pointed at: an invisible disc with a title, which every viewer
    /// shows; and names and values, parted by bars, for programs that make a table of them.
    pub fn spot(&self, at: Point, radius: f64, saying: &Saying) {
        self.spot_of(at, radius, saying, saying);
    }

    /// A spot that says numbers as people read them, and gives programs those of `row`, with all their digits.
    pub fn spot_of(&self, at: Point, radius: f64, saying: &Saying, row: &Saying) {
        let ((x, y), radius) = (fine(&at), (radius * TENTHS).round() as i32);
        let (x, y, radius) = (Tenth(x), Tenth(y), Tenth(radius));
        let bare = |text: &String| markup::xml(&text.replace('|', " "));
        let keys: Vec<String> = row.iter().map(|(key, _)| bare(key)).collect();
        let values: Vec<String> = row.iter().map(|(_, value)| bare(value)).collect();
        let title: Vec<String> =
            saying.iter().map(|(key, value)| format!("{}: {}", bare(key), bare(value))).collect();
        let _ = writeln!(
            self.spots.borrow_mut(),
            "<circle class=\"spot\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"none\" pointer-events=\"all\" data-keys=\"{}\" data-values=\"{}\"><title>{}</title></circle>",
            keys.join("|"),
            values.join("|"),
            title.join(" · "),
        );
    }

    /// A place that says a text when it is pointed at: an invisible disc with a title.
    pub fn hint(&self, at: Point, radius: f64, text: &str) {
        let ((x, y), radius) = (fine(&at), (radius * TENTHS).round() as i32);
        let (x, y, radius, text) = (Tenth(x), Tenth(y), Tenth(radius), markup::xml(text));
        let _ = writeln!(
            self.spots.borrow_mut(),
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"none\" pointer-events=\"all\"><title>{text}</title></circle>"
        );
    }

    fn put<'e, E>(&self, element: &'e E)
    where
        &'e E: PointCollection<'e, (i32, i32)>,
        E: Drawable<Svg<'a>>,
    {
        // The backend writes into a string: nothing can fail.
        let drawn = self.area.draw(element);
        debug_assert!(drawn.is_ok(), "drawing into a string");
    }
}

fn fine(&(x, y): &Point) -> (i32, i32) {
    ((x * TENTHS).round() as i32, (y * TENTHS).round() as i32)
}

fn colour((red, green, blue): Colour) -> RGBColor {
    RGBColor(red, green, blue)
}

fn stroked(stroke: Colour, width: f64) -> ShapeStyle {
    colour(stroke).stroke_width((width * TENTHS).round() as u32)
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
        assert_eq!((root.attribute("width"), root.attribute("viewBox")), (Some("100"), Some("0 0 100 50")));
        assert_eq!(root.attribute("aria-label"), Some("A < B & \"C\""));
        assert_eq!(root.attribute("font-family"), Some(font::FAMILIES));
    }

    #[test]
    fn text_inherits_the_families_and_stands_on_its_baseline() {
        let svg = page();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let text = document.descendants().find(|n| n.has_tag_name("text")).unwrap();
        assert_eq!(text.attribute("font-family"), None);
        assert_eq!((text.attribute("x"), text.attribute("y")), (Some("1.3"), Some("20")));
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
        assert_eq!(sizes, heights.map(|height| format!("{height}")));
    }
}
