//! The same drawing in other colours: for a dark ground, or in greys.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::style::{CURVES, Colour, HEAT, LIKELY, OPEN, PALE, PARTS, REST, UNLIKELY};

/// In which colours a figure is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Palette {
    /// On white, told apart by those who see colours otherwise: print and page.
    #[default]
    Light,
    /// On a dark ground: projector and screen.
    Dark,
    /// Greys of the same brightness: print in black.
    Grey,
}

/// Colours that stand beside each other with a meaning, and whose brightness is too much alike: what they are in greys.
const GREYS: [(Colour, u8); 19] = [
    (LIKELY, 60),
    (UNLIKELY, 130),
    (OPEN, 200),
    (PALE, 232),
    (PARTS[0], 57),
    (PARTS[1], 192),
    (PARTS[2], 111),
    (PARTS[3], 219),
    (PARTS[4], 30),
    (PARTS[5], 165),
    (PARTS[6], 84),
    (PARTS[7], 138),
    (REST, 243),
    (CURVES[0], 30),
    (CURVES[1], 100),
    (CURVES[2], 70),
    (CURVES[3], 130),
    (CURVES[4], 50),
    (CURVES[5], 115),
];

/// The scale from nothing to everything on a dark ground, and in greys: with the same step at the half.
const HEAT_ELSEWHERE: [(Colour, u8); 10] = [
    ((26, 32, 39), 250),
    ((27, 41, 56), 234),
    ((29, 52, 76), 216),
    ((31, 63, 96), 196),
    ((34, 76, 118), 174),
    ((96, 157, 211), 108),
    ((121, 175, 223), 92),
    ((147, 193, 233), 76),
    ((174, 210, 242), 60),
    ((203, 228, 250), 44),
];

/// The lightness that is left of black on a dark ground.
const GROUND: i32 = 20;

impl Palette {
    /// What a colour of the light palette becomes.
    pub fn shown(self, colour: Colour) -> Colour {
        let (r, g, b) = (i32::from(colour.0), i32::from(colour.1), i32::from(colour.2));
        let byte = |x: i32| x.clamp(0, 255) as u8;
        let heat = HEAT.iter().position(|step| *step == colour).map(|step| HEAT_ELSEWHERE[step]);
        match (self, heat) {
            (Self::Dark, Some((dark, _))) => return dark,
            (Self::Grey, Some((_, grey))) => return (grey, grey, grey),
            _ => {}
        }
        match self {
            Self::Light => colour,
            Self::Grey => {
                // Rec. 601 luma.
                let luma = byte((299 * r + 587 * g + 114 * b) / 1000);
                let luma = GREYS.iter().find(|grey| grey.0 == colour).map_or(luma, |grey| grey.1);
                (luma, luma, luma)
            }
            Self::Dark => {
                // Lightness (the middle of the largest and the smallest channel) is turned over; hue stays.
                let turn = 255 - r.max(g).max(b) - r.min(g).min(b);
                // Tints are lifted more than the rest: a projector swallows what is nearly black.
                let lift = |x: i32| {
                    let share = f64::from((x + turn).clamp(0, 255)) / 255.0;
                    let lifted = f64::midpoint(share, share.sqrt());
                    byte(GROUND + (lifted * f64::from(255 - GROUND)).round() as i32)
                };
                (lift(r), lift(g), lift(b))
            }
        }
    }

    /// A drawing with its colours exchanged.
    pub fn recolour(self, svg: &str) -> String {
        if self == Self::Light {
            return svg.to_owned();
        }
        let mut pieces = svg.split("=\"#");
        let mut text = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            text.push_str("=\"#");
            let hex = piece.get(..6).filter(|_| piece[6..].starts_with('"'));
            let channels: Option<Vec<u8>> = hex.and_then(|hex| {
                [0, 2, 4].into_iter().map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok()).collect()
            });
            if let Some([r, g, b]) = channels.as_deref() {
                let (r, g, b) = self.shown((*r, *g, *b));
                let _ = write!(text, "{r:02X}{g:02X}{b:02X}");
                text.push_str(&piece[6..]);
            } else {
                text.push_str(piece);
            }
        }
        text
    }

    /// Rules of a style sheet that exchange the colours of drawings in place, each behind a selector of what holds them.
    pub fn rules<'a>(self, drawings: impl Iterator<Item = &'a str>, within: &str) -> String {
        let mut rules = BTreeSet::new();
        for drawing in drawings {
            for (at, _) in drawing.match_indices("=\"#") {
                let name = drawing[..at].rsplit(' ').next().filter(|name| ["fill", "stroke"].contains(name));
                let hex = drawing.get(at + 3..at + 9).filter(|_| drawing[at + 9..].starts_with('"'));
                let byte = |hex: &str, at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
                let colour = |hex| Some((byte(hex, 0)?, byte(hex, 2)?, byte(hex, 4)?));
                if let Some(((name, hex), colour)) = name.zip(hex).zip(hex.and_then(colour)) {
                    let (r, g, b) = self.shown(colour);
                    rules.insert(format!(
                        "{within}[{name}=\"#{hex}\"] {{ {name}: #{r:02X}{g:02X}{b:02X}; }}\n"
                    ));
                }
            }
        }
        rules.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::style::{GROUND, INK, MEDIAN, TARGET};

    #[test]
    fn a_dark_ground_turns_lightness_over_and_keeps_the_hue() {
        let dark = |colour| Palette::Dark.shown(colour);
        assert_eq!(dark(GROUND), (20, 20, 20));
        let ink = dark(INK);
        assert!(ink.0 > 200 && ink.1 > 200, "{ink:?}");
        let (median, target) = (dark(MEDIAN), dark(TARGET));
        assert!(median.2 > median.0 + 60 && target.0 > target.2 + 60, "{median:?} {target:?}");
    }

    #[test]
    fn likely_open_and_unlikely_are_far_apart_in_greys() {
        let [likely, open, unlikely] = [LIKELY, OPEN, UNLIKELY].map(|c| i32::from(Palette::Grey.shown(c).0));
        assert!(likely + 60 < unlikely && unlikely + 60 < open, "{likely} {unlikely} {open}");
    }

    #[test]
    fn rules_of_a_style_sheet_say_the_colours_that_a_dark_drawing_has() {
        let svg = "<text fill=\"#FFFFFF\" stroke=\"#1C2229\">no. #FFFFFF</text><a href=\"#123456\"/>";
        let rules = Palette::Dark.rules([svg, svg].into_iter(), ".in ");
        assert_eq!(rules.lines().count(), 2, "{rules}");
        let dark = Palette::Dark.recolour(svg);
        let [fill, stroke] =
            ["fill", "stroke"].map(|name| dark.split(&format!("{name}=\"")).nth(1).unwrap()[..7].to_owned());
        assert_eq!(
            rules,
            format!(
                ".in [fill=\"#FFFFFF\"] {{ fill: {fill}; }}\n.in [stroke=\"#1C2229\"] {{ stroke: {stroke}; }}\n"
            )
        );
    }

    #[test]
    fn only_colours_of_the_drawing_are_exchanged() {
        let svg = "<text fill=\"#FFFFFF\">no. #FFFFFF</text><a href=\"#top\"/>";
        let grey = Palette::Grey.recolour(&svg.replace("FFFFFF\"", "FF0000\""));
        assert_eq!(grey, "<text fill=\"#4C4C4C\">no. #FFFFFF</text><a href=\"#top\"/>");
    }
}
