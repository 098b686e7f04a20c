//! What stands around every figure: title, subtitle, legend, footer.

use super::canvas::{Anchor, Canvas, Point, Size, draw as draw_page};
use super::fan::Band;
use super::font;
use super::place::{Area, nearest};
use super::style::{Colour, GRID, GROUND, INK, MUTED, TARGET, letter};
use crate::num::{max, min};
use crate::text::Language;
use crate::text::number::trimmed;
use crate::tr;

/// Pixels between the edge of the page and what stands on it.
pub(super) const MARGIN: f64 = 24.0;

/// Writes title and subtitle; returns the height at which the next thing may start.
pub(super) fn head(canvas: &Canvas, title: &str, subtitle: &str, width: f64) -> f64 {
    let room = width - 2.0 * MARGIN;
    let mut y = 12.0;
    for line in font::wrap(title, letter::TITLE, room) {
        y += 27.0;
        canvas.text(&line, (MARGIN, y), Anchor::Start, letter::TITLE, INK);
    }
    for line in font::wrap(subtitle, letter::SUBTITLE, room).iter().filter(|line| !line.is_empty()) {
        y += 23.0;
        canvas.text(line, (MARGIN, y), Anchor::Start, letter::SUBTITLE, MUTED);
    }
    y
}

/// Lines that a footer takes, and their height.
pub(super) fn footer_lines(footer: &str, width: f64) -> (Vec<String>, f64) {
    let mut lines = font::wrap(footer, letter::FOOTER, width - 2.0 * MARGIN);
    lines.retain(|line| !line.is_empty());
    let height = 16.0 + 16.0 * lines.len() as f64;
    (lines, height)
}

/// Writes a footer at the bottom of the page.
pub(super) fn footer(canvas: &Canvas, lines: &[String], width: f64, bottom: f64) {
    let top = bottom - 14.0 - 16.0 * lines.len() as f64;
    if !lines.is_empty() {
        canvas.line(&[(MARGIN, top), (width - MARGIN, top)], GRID, 1.0);
    }
    for (place, line) in lines.iter().enumerate() {
        let baseline = top + 16.0 * (place + 1) as f64;
        canvas.text(line, (MARGIN, baseline), Anchor::Start, letter::FOOTER, MUTED);
    }
}

/// What stands around a figure, in words.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) title: &'a str,
    pub(super) subtitle: &'a str,
    pub(super) footer: &'a str,
    /// May be empty.
    pub(super) legend: &'a [(LegendKey, String)],
    /// What is said of the axes, above the figure; may be empty.
    pub(super) axes: &'a str,
}

/// Writes everything that stands around a figure; gives the ground that is left between the margins.
pub(super) fn around(canvas: &Canvas, words: &Around, size: Size) -> Area {
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let mut top = head(canvas, words.title, words.subtitle, width);
    if !words.legend.is_empty() {
        top = legend(canvas, words.legend, width, top + 4.0);
    }
    for (place, line) in font::wrap(words.axes, letter::LABEL, width - 2.0 * MARGIN).iter().enumerate() {
        top += if place == 0 { 28.0 } else { 17.0 };
        canvas.text(line, (MARGIN, top), Anchor::Start, letter::LABEL, MUTED);
    }
    let (lines, footer_height) = footer_lines(words.footer, width);
    footer(canvas, &lines, width, height);
    Area { left: MARGIN, top: top + 16.0, right: width - MARGIN, bottom: height - footer_height - 8.0 }
}

/// The height that all that stands around a figure takes.
pub(super) fn height_around(words: &Around, width: u32) -> f64 {
    let mut taken = 0.0;
    draw_page(Size { width, height: 1 }, "", |canvas| {
        let ground = around(canvas, words, Size { width, height: 1000 });
        taken = ground.top + 1000.0 - ground.bottom;
    });
    taken
}

/// The least height of a field.
pub(super) const LEAST_FIELD: f64 = 190.0;

/// A size that leaves a field of at least this height: where titles and legends of a small figure take nearly all of it, it is
/// higher than was asked for.
pub(super) fn tall_enough(words: &Around, size: Size, least: f64) -> Size {
    let needed = height_around(words, size.width) + least;
    Size { height: size.height.max(needed.ceil() as u32), ..size }
}

/// Writes a label in a box beside the point that it speaks of, with a line between them.
pub(super) fn label(canvas: &Canvas, words: &str, point: Point, area: &Area, rim: Colour) {
    let (x, y) = area.centre();
    canvas.line(&[point, nearest(point, area)], rim, 1.2);
    canvas.rectangle((area.left - 1.0, area.top - 1.0), (area.right + 1.0, area.bottom + 1.0), rim);
    canvas.rectangle((area.left, area.top), (area.right, area.bottom), GROUND);
    canvas.text(words, (x, y + 5.0), Anchor::Middle, letter::LABEL, INK);
}

/// How an item of a legend is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum LegendKey {
    /// A filled area.
    Area(Colour),
    /// A line.
    Line(Colour),
    /// A line with dots.
    Dots(Colour),
    /// A diamond.
    Diamond(Colour),
    /// A triangle that points beyond an axis.
    Beyond(Colour),
    /// A disc.
    Disc(Colour),
    /// A ring.
    Rim(Colour),
}

/// The item of a legend for targets that lie beyond an axis.
pub(super) fn beyond(language: Language) -> (LegendKey, String) {
    (LegendKey::Beyond(TARGET), tr!(language, "chart-legend-beyond").to_owned())
}

/// What the legend says of a band: which share of the paths lies in it.
pub(super) fn band_words(band: &Band, language: Language) -> String {
    let share = trimmed((band.high_level - band.low_level) * 100.0, 4);
    tr!(language, "chart-legend-band", share = share)
}

/// Draws a legend in as many rows as it needs; returns the baseline of the last.
pub(super) fn legend(canvas: &Canvas, items: &[(LegendKey, String)], width: f64, top: f64) -> f64 {
    let (mut x, mut y) = (MARGIN, top + 24.0);
    for (key, words) in items {
        let needs = 26.0 + font::width(words, letter::LABEL);
        if x > MARGIN && x + needs > width - MARGIN {
            (x, y) = (MARGIN, y + 20.0);
        }
        sample(canvas, *key, x, y);
        // What is wider than the page goes on below.
        let lines = font::wrap(words, letter::LABEL, max(width - 2.0 * MARGIN - 26.0, min(needs, 60.0)));
        for (place, line) in lines.iter().enumerate() {
            y += if place == 0 { 0.0 } else { 18.0 };
            canvas.text(line, (x + 26.0, y), Anchor::Start, letter::LABEL, INK);
        }
        x += needs + 20.0;
    }
    y
}

fn sample(canvas: &Canvas, key: LegendKey, x: f64, baseline: f64) {
    let middle = baseline - 4.5;
    match key {
        LegendKey::Area(fill) => canvas.rectangle((x, middle - 6.0), (x + 19.0, middle + 6.0), fill),
        LegendKey::Line(stroke) => canvas.line(&[(x, middle), (x + 19.0, middle)], stroke, 2.4),
        LegendKey::Dots(stroke) => {
            canvas.line(&[(x, middle), (x + 19.0, middle)], stroke, 1.4);
            canvas.disc((x + 9.5, middle), 2.6, stroke);
        }
        LegendKey::Diamond(fill) => canvas.diamond((x + 9.5, middle), 5.5, fill),
        LegendKey::Beyond(fill) => canvas.arrow((x + 9.5, middle), (0.0, -1.0), 5.5, fill),
        LegendKey::Disc(fill) => canvas.disc((x + 9.5, middle), 4.5, fill),
        LegendKey::Rim(fill) => {
            canvas.disc((x + 9.5, middle), 5.6, fill);
            canvas.disc((x + 9.5, middle), 3.6, GROUND);
        }
    }
}
