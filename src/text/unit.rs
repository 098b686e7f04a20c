//! Units as people read them: `1e8 CNY` is 100 million CNY, 亿元.

use crate::text::Language;
use crate::text::number::trimmed_in;
use crate::text::unit_table::prefixed;

/// How values of a unit are shown: multiplied by `factor` and followed by `unit`.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What a value is multiplied by.
    pub factor: f64,
    /// The unit in the reader's language; empty where none.
    pub unit: String,
    /// Whether values are calendar years, which are never grouped by thousands.
    pub is_year: bool,
}

/// How values of a unit, as a scenario writes it, are shown. A yearly rate is shown as per cent a year.
///
/// ```
/// use plancast::text::{Language, unit::shown};
/// assert_eq!(shown("1e8 CNY", Language::Zh).unit, "亿元");
/// assert_eq!(shown("1/yr", Language::En).factor, 100.0);
/// ```
pub fn shown(unit: &str, language: Language) -> Shown {
    let unit = unit.trim();
    let zh = language == Language::Zh;
    match unit {
        "1/yr" => Shown { factor: 100.0, unit: if zh { "%/年" } else { "%/yr" }.to_owned(), is_year: false },
        "year" => Shown { factor: 1.0, unit: String::new(), is_year: true },
        "1" => Shown { factor: 1.0, unit: String::new(), is_year: false },
        _ => match IN_CHINA.iter().find(|(known, ..)| zh && *known == unit) {
            Some((_, factor, usual)) => Shown { factor: *factor, unit: (*usual).to_owned(), is_year: false },
            None => Shown { factor: 1.0, unit: translated_whole(unit, zh), is_year: false },
        },
    }
}

/// A number to at most so many significant digits as people read it in its unit, as written: a calendar year is never
/// grouped by thousands.
///
/// ```
/// use plancast::text::unit::number_in;
/// assert_eq!((number_in(2025.0, 6, "year"), number_in(2025.0, 6, "t")), ("2025".into(), "2,025".into()));
/// ```
pub fn number_in(value: f64, digits: i32, unit: &str) -> String {
    trimmed_in(value, digits, unit.trim() == "year")
}

/// The words for a unit of values that are shown as they were written: distributions, for one.
pub fn as_written(unit: &str, language: Language) -> String {
    match unit.trim() {
        "1/yr" | "year" | "1" => String::new(),
        unit => translated_whole(unit, language == Language::Zh),
    }
}

/// Sizes in which Chinese statistics and plans count: `Mtce` as 万吨标准煤, `TWh` as 亿千瓦时.
const IN_CHINA: [(&str, f64, &str); 7] = [
    ("Mt", 100.0, "万吨"),
    ("Mtce", 100.0, "万吨标准煤"),
    ("MtCO2", 100.0, "万吨CO₂"),
    ("MtCO2e", 100.0, "万吨CO₂当量"),
    ("TWh", 10.0, "亿千瓦时"),
    ("GW", 100.0, "万千瓦"),
    ("1e3 kL", 0.1, "万千升"),
];

fn translated_whole(unit: &str, zh: bool) -> String {
    let parts: Vec<String> = unit.split('/').map(|part| words(part, zh)).collect();
    parts.join("/")
}

fn words(part: &str, zh: bool) -> String {
    let words: Vec<String> = part.split_whitespace().map(|word| translated(word, zh)).collect();
    words.join(if zh { "" } else { " " })
}

/// One word of a unit; a word that is not known stays as it is.
fn translated(word: &str, zh: bool) -> String {
    let number = NUMBERS.iter().find(|(known, ..)| *known == word);
    if let Some((_, en, zh_word)) = number {
        return if zh { zh_word } else { en }.to_string();
    }
    let Some((unit, prefix)) = prefixed(word) else { return word.into() };
    let name = if zh { unit.zh } else { unit.en };
    match prefix {
        _ if name.is_empty() => word.into(),
        None => name.into(),
        Some(prefix) if !zh => format!("{}{name}", prefix.letter),
        Some(prefix) => {
            let power = unit.of.iter().any(|(base, _)| matches!(*base, "W" | "Wh"));
            format!("{}{name}", if power { prefix.zh_power } else { prefix.zh })
        }
    }
}

/// Round numbers in words, English and Chinese.
const NUMBERS: [(&str, &str, &str); 6] = [
    ("1e3", "thousand", "千"),
    ("1e4", "10,000", "万"),
    ("1e6", "million", "百万"),
    ("1e8", "100 million", "亿"),
    ("1e9", "billion", "十亿"),
    ("1e12", "trillion", "万亿"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_written_in_the_readers_language() {
        assert_eq!(shown("1e8 CNY", Language::En).unit, "100 million CNY");
        assert_eq!(shown("1e4 t", Language::Zh).unit, "万吨");
        assert_eq!(shown("tCO2/1e4 CNY", Language::Zh).unit, "吨CO₂/万元");
        assert_eq!(as_written("MtCO2", Language::Zh), "百万吨CO₂");
        assert_eq!(shown("MtCO2", Language::En).unit, "Mt CO₂");
        assert_eq!(shown("MWh/t", Language::Zh).unit, "兆瓦时/吨");
        assert_eq!(shown("furlong", Language::Zh).unit, "furlong");
    }

    #[test]
    fn chinese_readers_get_the_sizes_of_chinese_statistics() {
        for (unit, factor, usual) in [("Mtce", 100.0, "万吨标准煤"), ("TWh", 10.0, "亿千瓦时")] {
            let shown = shown(unit, Language::Zh);
            assert_eq!((shown.factor, shown.unit.as_str()), (factor, usual));
        }
        assert_eq!(shown("Mtce", Language::En).factor, 1.0);
        assert_eq!(shown("Mtce/TWh", Language::Zh).factor, 1.0, "parts of a unit stay as they are");
    }

    #[test]
    fn round_numbers_have_words_in_both_languages() {
        let written = |unit: &str| [shown(unit, Language::En).unit, shown(unit, Language::Zh).unit];
        assert_eq!(written("1e3 t"), ["thousand t", "千吨"]);
        assert_eq!(written("1e6 CNY"), ["million CNY", "百万元"]);
        assert_eq!(written("1e12 CNY"), ["trillion CNY", "万亿元"]);
        assert_eq!(as_written("1/yr", Language::En), "");
        assert_eq!(as_written(" year ", Language::Zh), "");
    }

    #[test]
    fn a_yearly_rate_is_per_cent_and_a_year_is_a_year() {
        let rate = shown("1/yr", Language::Zh);
        assert_eq!((rate.factor, rate.unit.as_str()), (100.0, "%/年"));
        assert!(shown("year", Language::En).is_year);
        assert_eq!(shown("1", Language::En).unit, "");
    }
}
