//! The font that is compiled in: measuring, breaking lines, and what it lacks.

use ttf_parser::Face;

use crate::text::wrap::lines;

/// The family's name, in the font and in every chart.
pub const FAMILY: &str = "Plancast Sans";

/// The family and what stands in where it is not installed, as in CSS.
pub const FAMILIES: &str =
    "'Plancast Sans', 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

/// The font file; see `fonts/README.md`.
pub static BYTES: &[u8] = include_bytes!("fonts/PlancastSans-Regular.otf");

/// The width of a text in pixels at a letter height in pixels.
pub fn width(text: &str, height: f64) -> f64 {
    let Ok(face) = Face::parse(BYTES, 0) else {
        return text.chars().count() as f64 * height;
    };
    let em = f64::from(face.units_per_em());
    let advance = |c| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph));
    // A character that is missing will come from another font: at most as wide as high.
    text.chars().map(|c| advance(c).map_or(1.0, |units| f64::from(units) / em)).sum::<f64>() * height
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
