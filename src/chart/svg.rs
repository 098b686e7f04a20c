//! SVG by plotters' own extension point, a [`DrawingBackend`]: exact decimals, real text, and nothing said twice.
//!
//! Plotters' coordinates are whole numbers. Here one of them is a tenth of a pixel, and is written as that: 1234 as
//! `123.4`. Lines and shapes are paths of steps from point to point, which are shorter than the points themselves.

use std::convert::Infallible;
use std::fmt::{self, Write};

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::text::markup;

/// Plotters' coordinates in a pixel.
pub(super) const TENTHS: f64 = 10.0;

type DrawResult = Result<(), DrawingErrorKind<Infallible>>;

/// A drawing that grows: the elements of an SVG, without the outermost one.
#[derive(Debug)]
pub(super) struct Svg<'a> {
    size: (u32, u32),
    elements: &'a mut String,
}

impl<'a> Svg<'a> {
    /// A drawing of a size in pixels whose elements are written to `elements`.
    pub(super) fn new((width, height): (u32, u32), elements: &'a mut String) -> Self {
        Self { size: (width * TENTHS as u32, height * TENTHS as u32), elements }
    }

    fn write(&mut self, element: fmt::Arguments) {
        // A string takes all that is written to it.
        let _ = self.elements.write_fmt(element);
        self.elements.push('\n');
    }
}

/// A number of tenths as a decimal: `123.4`, `-0.5`, `12`.
pub(super) struct Tenth(pub(super) i32);

impl fmt::Display for Tenth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, size) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        match (size / 10, size % 10) {
            (whole, 0) => write!(f, "{}{whole}", if whole == 0 { "" } else { sign }),
            (0, part) => write!(f, "{sign}.{part}"),
            (whole, part) => write!(f, "{sign}{whole}.{part}"),
        }
    }
}

/// A colour as `#RRGGBB`; all that is drawn is opaque.
struct Hex(BackendColor);

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (red, green, blue) = self.0.rgb;
        write!(f, "#{red:02X}{green:02X}{blue:02X}")
    }
}

/// The data of a path through points: the first as it is, then the steps.
fn steps(points: impl IntoIterator<Item = BackendCoord>) -> String {
    let (mut data, mut last) = (String::new(), None);
    for (x, y) in points {
        match last {
            None => {
                let _ = write!(data, "M{} {}", Tenth(x), Tenth(y));
            }
            Some((before_x, before_y)) => {
                let (dx, dy) = (Tenth(x - before_x), Tenth(y - before_y));
                // A minus sign parts two numbers as well as a space.
                let gap = if dy.0 < 0 { "" } else { " " };
                let command = match (dx.0, dy.0) {
                    (0, 0) => continue,
                    (_, 0) => format!("h{dx}"),
                    (0, _) => format!("v{dy}"),
                    _ => format!("l{dx}{gap}{dy}"),
                };
                data.push_str(&command);
            }
        }
        last = Some((x, y));
    }
    data
}

impl DrawingBackend for Svg<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> DrawResult {
        Ok(())
    }

    fn present(&mut self) -> DrawResult {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> DrawResult {
        let (x, y, fill) = (Tenth(x), Tenth(y), Hex(color));
        self.write(format_args!("<rect x=\"{x}\" y=\"{y}\" width=\".1\" height=\".1\" fill=\"{fill}\"/>"));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> DrawResult {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> DrawResult {
        if !fill {
            let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
            return self.draw_path(corners, style);
        }
        let (x, y) = (Tenth(left.min(right)), Tenth(top.min(bottom)));
        let (width, height) = (Tenth((right - left).abs()), Tenth((bottom - top).abs()));
        let fill = Hex(style.color());
        self.write(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>"
        ));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> DrawResult {
        let (data, stroke) = (steps(path), Hex(style.color()));
        let width = Tenth(style.stroke_width() as i32);
        self.write(format_args!(
            "<path d=\"{data}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width}\"/>"
        ));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> DrawResult {
        let (x, y, radius, colour) = (Tenth(x), Tenth(y), Tenth(radius as i32), Hex(style.color()));
        if fill {
            self.write(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{colour}\"/>"));
        } else {
            let width = Tenth(style.stroke_width() as i32);
            self.write(format_args!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"/>"
            ));
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> DrawResult {
        let (data, fill) = (steps(corners), Hex(style.color()));
        self.write(format_args!("<path d=\"{data}z\" fill=\"{fill}\"/>"));
        Ok(())
    }

    /// A text whose baseline stands at the point, whatever the anchor says of up and down.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> DrawResult {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        let (x, y, fill) = (Tenth(x), Tenth(y), Hex(style.color()));
        let (height, text) = (Tenth(style.size().round() as i32), markup::xml(text));
        self.write(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{height}\"{anchor} fill=\"{fill}\">{text}</text>"
        ));
        Ok(())
    }

    /// Nothing here asks plotters how wide a text is: `super::font` measures the letters that are drawn.
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let height = style.size();
        let width = super::font::width(text, height / TENTHS) * TENTHS;
        Ok((width.ceil() as u32, height.ceil() as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_written_as_decimals() {
        let written = |tenths| Tenth(tenths).to_string();
        assert_eq!(
            [0, 5, -5, 10, -10, 1234, -1234].map(written),
            ["0", ".5", "-.5", "1", "-1", "123.4", "-123.4"]
        );
    }

    #[test]
    fn the_steps_of_a_path_add_up_to_its_points() {
        let data = steps([(10, 20), (15, 20), (15, 5), (15, 5), (-5, 12)]);
        assert_eq!(data, "M1 2h.5v-1.5l-2 .7");
    }
}
