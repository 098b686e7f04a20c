//! Units as people read them: 1 of `1e8 CNY` is 0.1 billion CNY, and 1 亿元.

use crate::text::number::{digits_in, trimmed_in};
use crate::text::period::{Step, label_at};
use crate::text::unit_table::prefixed;
use crate::text::{Key, Language};
use crate::{key, tr};

/// How values of a unit are shown: multiplied by `factor` and followed by `unit`.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What a value is multiplied by.
    pub factor: f64,
    /// The unit in the reader's language; empty where none.
    pub unit: String,
    /// Whether values are calendar years, which are never grouped by thousands.
    pub is_year: bool,
    /// Of calendar years: how long a step is; a value that is exactly a quarter or month is called by its name.
    pub step: Step,
}

impl Shown {
    /// A value as it is shown, to so many digits; a calendar year that is exactly a quarter or month by its name.
    pub fn digits(&self, value: f64, count: i32) -> String {
        let named = if self.step == Step::Year { None } else { label_at(value, self.step) };
        named.unwrap_or_else(|| {
            digits_in(value, if self.step == Step::Year { count } else { count.max(6) }, self.is_year)
        })
    }
}

/// How values of a unit, as a scenario writes it, are shown. A yearly rate is shown as per cent a year.
///
/// ```
/// use plancast::text::{Language, unit::shown};
/// let money = shown("1e8 CNY", Language::En);
/// assert_eq!((money.factor, money.unit.as_str()), (0.1, "billion CNY"));
/// assert_eq!(shown("1/yr", Language::En).factor, 100.0);
/// ```
pub fn shown(unit: &str, language: Language) -> Shown {
    let unit = unit.trim();
    let plain = |factor: f64, unit: String| Shown { factor, unit, is_year: false, step: Step::Year };
    match unit {
        "1/yr" => plain(100.0, tr!(language, "text-unit-yearly-rate").to_owned()),
        "year" | BY_QUARTER | BY_MONTH => {
            Shown { is_year: true, step: step_in(unit), ..plain(1.0, String::new()) }
        }
        "1" => plain(1.0, String::new()),
        _ => match USUAL.iter().find(|(known, ..)| *known == unit) {
            Some((_, usual, factor)) => {
                plain(factor.text(language).parse().unwrap_or(1.0), usual.text(language).to_owned())
            }
            None => plain(1.0, translated_whole(unit, language)),
        },
    }
}

/// The unit of calendar years in results of a model whose steps are shorter.
const BY_QUARTER: &str = "year by quarter";
const BY_MONTH: &str = "year by month";

/// The unit of calendar years in results of a model with steps of this length.
pub fn calendar(step: Step) -> &'static str {
    match step {
        Step::Year => "year",
        Step::Quarter => BY_QUARTER,
        Step::Month => BY_MONTH,
    }
}

/// Whether a unit is that of calendar years.
pub fn is_calendar(unit: &str) -> bool {
    matches!(unit.trim(), "year" | BY_QUARTER | BY_MONTH)
}

/// How long a step is where values are calendar years.
pub fn step_in(unit: &str) -> Step {
    match unit.trim() {
        BY_QUARTER => Step::Quarter,
        BY_MONTH => Step::Month,
        _ => Step::Year,
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
    calendar_number(value, digits, unit).unwrap_or_else(|| trimmed_in(value, digits, is_calendar(unit)))
}

/// The words for a unit of values that are shown as they were written: distributions, for one.
pub fn as_written(unit: &str, language: Language) -> String {
    match unit.trim() {
        "1/yr" | "year" | BY_QUARTER | BY_MONTH | "1" => String::new(),
        unit => translated_whole(unit, language),
    }
}

/// A calendar year that is exactly a quarter or month of a model with such steps, by its name.
fn calendar_number(value: f64, digits: i32, unit: &str) -> Option<String> {
    match step_in(unit) {
        Step::Year => None,
        step => Some(label_at(value, step).unwrap_or_else(|| trimmed_in(value, digits.max(6), true))),
    }
}

/// Units whose size some languages' statistics choose otherwise: how each is shown, and by what its values are multiplied.
const USUAL: [(&str, Key, Key); 8] = [
    ("1e8 CNY", key!("text-usual-hundred-million-yuan"), key!("text-usual-hundred-million-yuan.factor")),
    ("Mt", key!("text-usual-megatonne"), key!("text-usual-megatonne.factor")),
    ("Mtce", key!("text-usual-megatonne-coal"), key!("text-usual-megatonne-coal.factor")),
    ("MtCO2", key!("text-usual-megatonne-carbon"), key!("text-usual-megatonne-carbon.factor")),
    (
        "MtCO2e",
        key!("text-usual-megatonne-carbon-equivalent"),
        key!("text-usual-megatonne-carbon-equivalent.factor"),
    ),
    ("TWh", key!("text-usual-terawatt-hour"), key!("text-usual-terawatt-hour.factor")),
    ("GW", key!("text-usual-gigawatt"), key!("text-usual-gigawatt.factor")),
    ("1e3 kL", key!("text-usual-megalitre"), key!("text-usual-megalitre.factor")),
];

fn translated_whole(unit: &str, language: Language) -> String {
    let parts: Vec<String> = unit.split('/').map(|part| words(part, language)).collect();
    parts.join("/")
}

fn words(part: &str, language: Language) -> String {
    let words: Vec<String> = part.split_whitespace().map(|word| translated(word, language)).collect();
    words.join(tr!(language, "text-unit-space"))
}

/// One word of a unit; a word that is not known stays as it is.
fn translated(word: &str, language: Language) -> String {
    if let Some((_, number)) = NUMBERS.iter().find(|(known, _)| *known == word) {
        return number.text(language).to_owned();
    }
    let Some((unit, prefix)) = prefixed(word) else { return word.into() };
    let name = unit.shown.text(language);
    match prefix {
        _ if name.is_empty() => word.into(),
        None => name.into(),
        Some(prefix) => {
            let power = unit.of.iter().any(|(base, _)| matches!(*base, "W" | "Wh"));
            let before = if power { prefix.shown_of_power } else { prefix.shown };
            format!("{}{name}", before.text(language))
        }
    }
}

/// Round numbers in words.
const NUMBERS: [(&str, Key); 6] = [
    ("1e3", key!("text-number-thousand")),
    ("1e4", key!("text-number-ten-thousand")),
    ("1e6", key!("text-number-million")),
    ("1e8", key!("text-number-hundred-million")),
    ("1e9", key!("text-number-billion")),
    ("1e12", key!("text-number-trillion")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_written_in_the_readers_language() {
        assert_eq!(
            shown("1e8 CNY", Language::En),
            Shown { factor: 0.1, unit: "billion CNY".into(), is_year: false, step: Step::Year }
        );
        assert_eq!(
            shown("1e8 CNY", Language::Zh),
            Shown { factor: 1.0, unit: "亿元".into(), is_year: false, step: Step::Year }
        );
        assert_eq!(as_written("1e8 CNY", Language::En), "100 million CNY");
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
