//! The font that is compiled in: measuring, breaking lines, and what it lacks.

mod advances;

use ttf_parser::Face;

use crate::text::wrap::lines;
use advances::{ADVANCES, EM};

/// The family's name, in the font and in every chart.
pub const FAMILY: &str = "Plancast Sans";

/// The family and what stands in where it is not installed, as in CSS.
pub const FAMILIES: &str =
    "'Plancast Sans', 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

/// The font file; see `fonts/README.md`.
pub static BYTES: &[u8] = include_bytes!("fonts/PlancastSans-Regular.otf");

/// The width of a text in pixels at a letter height in pixels.
pub fn width(text: &str, height: f64) -> f64 {
    text.chars().map(|c| advance(c) / EM).sum::<f64>() * height
}

/// How far a character takes the line, in thousandths of its height.
fn advance(character: char) -> f64 {
    let code = u32::from(character);
    let place = ADVANCES.partition_point(|&(_, last, _)| last < code);
    // A character that is missing will come from another font: at most as wide as high.
    ADVANCES.get(place).filter(|&&(first, ..)| first <= code).map_or(EM, |&(.., width)| f64::from(width))
}

/// The characters of a text that the font lacks, each once, in order of appearance.
pub fn missing(text: &str) -> Vec<char> {
    let face = Face::parse(BYTES, 0).ok();
    let mut missing = Vec::new();
    for c in text.chars().filter(|c| !c.is_control()) {
        let lacks = face.as_ref().is_none_or(|face| face.glyph_index(c).is_none());
        if lacks && !missing.contains(&c) {
            missing.push(c);
        }
    }
    missing
}

/// A text broken into lines no wider than `room` pixels; see [`lines`].
pub fn wrap(text: &str, height: f64, room: f64) -> Vec<String> {
    lines(text, |line| width(line, height) <= room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_as_wide_as_in_the_font() {
        let face = Face::parse(BYTES, 0).unwrap();
        assert_eq!(f64::from(face.units_per_em()), EM);
        let of_font = |c| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph));
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            assert_eq!(advance(c), of_font(c).map_or(EM, f64::from), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn text_is_measured_as_the_font_sets_it() {
        assert_eq!(width("吕梁", 10.0), 20.0);
        assert!((width("0", 1000.0) - 555.0).abs() < 2.0, "{}", width("0", 1000.0));
        assert!(width("iii", 10.0) < width("mmm", 10.0));
    }

    #[test]
    fn a_missing_glyph_is_not_silent() {
        assert_eq!(missing("GDP 地区生产总值 ≥ 2,200 · −13.5 % CO₂ ± m³"), Vec::<char>::new());
        assert_eq!(missing("龘a龘🙂"), vec!['龘', '🙂']);
    }

    #[test]
    fn lines_break_at_spaces_and_between_chinese_characters() {
        let english = wrap("Energy per unit of GDP over 2021–25", 10.0, 100.0);
        assert_eq!(english.join(" "), "Energy per unit of GDP over 2021–25");
        let chinese = wrap("单位地区生产总值能耗，五年下降13.5%。", 10.0, 85.0);
        assert_eq!(chinese, ["单位地区生产总值", "能耗，五年下降", "13.5%。"].map(str::to_owned));
        // The comma stays behind its character, and 13.5 % is one word.
        for line in english.iter().chain(&chinese) {
            assert!(width(line, 10.0) <= 105.0, "{line}");
        }
    }
}
