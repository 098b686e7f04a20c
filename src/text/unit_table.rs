//! The units that the language knows: one table for reading them and for showing them.

use super::Key;
use crate::key;

/// One unit: its names, how it is shown, and what it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitWord {
    /// The names by which it is written; the first is the one that messages use.
    pub names: &'static [&'static str],
    /// How it is shown; empty in a language where the name by which it is written will do.
    pub shown: Key,
    /// How many of the base units below it makes.
    pub scale: f64,
    /// The base units with their powers; nothing for a pure number.
    pub of: &'static [(&'static str, i32)],
    /// The prefixes that may stand before its first name: letters of [`PREFIXES`].
    pub prefixes: &'static str,
}

/// A prefix before a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prefix {
    /// Its letter; case matters: `mW` is a thousandth of a watt, `MW` a million.
    pub letter: char,
    /// What stands for it before what is weighed or counted.
    pub shown: Key,
    /// What stands for it before watts and watt hours.
    pub shown_of_power: Key,
    /// What it multiplies by.
    pub factor: f64,
}

const fn prefix(letter: char, [shown, shown_of_power]: [Key; 2], factor: f64) -> Prefix {
    Prefix { letter, shown, shown_of_power, factor }
}

/// All prefixes.
pub const PREFIXES: [Prefix; 6] = [
    prefix('m', [key!("text-prefix-milli"), key!("text-prefix-milli-watt")], 1e-3),
    prefix('k', [key!("text-prefix-kilo"), key!("text-prefix-kilo-watt")], 1e3),
    prefix('M', [key!("text-prefix-mega"), key!("text-prefix-mega-watt")], 1e6),
    prefix('G', [key!("text-prefix-giga"), key!("text-prefix-giga-watt")], 1e9),
    prefix('T', [key!("text-prefix-tera"), key!("text-prefix-tera-watt")], 1e12),
    prefix('P', [key!("text-prefix-peta"), key!("text-prefix-peta-watt")], 1e15),
];

/// English number words in a unit: `100 million yuan`.
pub const NUMBER_WORDS: [(&str, f64); 5] =
    [("hundred", 1e2), ("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12)];

/// Chinese number words, which stand before a Chinese unit or another number word: `万元`, `百万吨`.
pub const NUMBER_CHARACTERS: [(char, f64); 5] =
    [('十', 1e1), ('百', 1e2), ('千', 1e3), ('万', 1e4), ('亿', 1e8)];

const fn word(
    names: &'static [&'static str],
    shown: Key,
    scale: f64,
    of: &'static [(&'static str, i32)],
    prefixes: &'static str,
) -> UnitWord {
    UnitWord { names, shown, scale, of, prefixes }
}

/// All units. A base unit is one that is made of itself. The step of a model is a year, and so a year is a
/// pure number here, as are a month (a twelfth of one) and per cent (a hundredth).
pub const UNITS: [UnitWord; 39] = [
    // Money. Real and nominal are the same unit.
    word(&["CNY", "yuan", "RMB", "元"], key!("text-unit-CNY"), 1.0, &[("CNY", 1)], "kMG"),
    word(&["USD", "美元"], key!("text-unit-USD"), 1.0, &[("USD", 1)], "kMG"),
    word(&["EUR", "欧元"], key!("text-unit-EUR"), 1.0, &[("EUR", 1)], "kMG"),
    // Mass. What is weighed matters: coal equivalent and carbon dioxide do not add up.
    word(&["t", "tonne", "tonnes", "ton", "tons", "吨"], key!("text-unit-t"), 1.0, &[("t", 1)], "kMG"),
    word(&["g", "克"], key!("text-unit-g"), 1e-6, &[("t", 1)], "mk"),
    word(&["tCO2", "吨CO2", "吨二氧化碳"], key!("text-unit-tCO2"), 1.0, &[("tCO2", 1)], "kMG"),
    word(&["gCO2"], key!("text-unit-gCO2"), 1e-6, &[("tCO2", 1)], "k"),
    word(
        &["tCO2e", "tCO2eq", "吨CO2当量", "吨二氧化碳当量"],
        key!("text-unit-tCO2e"),
        1.0,
        &[("tCO2e", 1)],
        "kMG",
    ),
    word(&["gCO2e", "gCO2eq"], key!("text-unit-gCO2e"), 1e-6, &[("tCO2e", 1)], "k"),
    // Energy: coal equivalent is an account of its own; a tonne of oil is 10 Gcal, one of coal 7.
    word(&["tce", "吨标准煤", "吨标煤"], key!("text-unit-tce"), 1.0, &[("tce", 1)], "kMG"),
    word(&["gce", "克标准煤", "克标煤"], key!("text-unit-gce"), 1e-6, &[("tce", 1)], "k"),
    word(&["toe", "吨标准油"], key!("text-unit-toe"), 10.0 / 7.0, &[("tce", 1)], "kMG"),
    word(&["Wh", "瓦时", "瓦特时"], key!("text-unit-Wh"), 1.0, &[("Wh", 1)], "kMGTP"),
    word(&["度"], key!("text-unit-kilowatt-hour"), 1e3, &[("Wh", 1)], ""),
    word(&["J", "焦", "焦耳"], key!("text-unit-J"), 1.0 / 3600.0, &[("Wh", 1)], "kMGTP"),
    word(&["W", "瓦"], key!("text-unit-W"), 1.0, &[("W", 1)], "mkMGT"),
    // An hour is what makes energy of power; a year of hours is not a year.
    word(&["h", "hour", "hours", "小时"], key!("text-unit-h"), 1.0, &[("Wh", 1), ("W", -1)], ""),
    // Length, area, volume
    word(&["m", "metre", "metres", "meter", "meters", "米"], key!("text-unit-m"), 1.0, &[("m", 1)], "mk"),
    word(&["公里"], key!("text-unit-kilometre"), 1e3, &[("m", 1)], ""),
    word(&["m2", "平方米"], key!("text-unit-m2"), 1.0, &[("m", 2)], ""),
    word(&["km2", "平方公里", "平方千米"], key!("text-unit-km2"), 1e6, &[("m", 2)], ""),
    word(&["ha", "hectare", "hectares", "公顷"], key!("text-unit-ha"), 1e4, &[("m", 2)], ""),
    word(&["mu", "亩"], key!("text-unit-mu"), 2000.0 / 3.0, &[("m", 2)], ""),
    word(&["m3", "立方米", "方"], key!("text-unit-m3"), 1.0, &[("m", 3)], ""),
    word(&["L", "l", "litre", "litres", "升"], key!("text-unit-L"), 1e-3, &[("m", 3)], "mkM"),
    // What is counted
    word(
        &["persons", "person", "people", "capita", "人", "人口"],
        key!("text-unit-persons"),
        1.0,
        &[("persons", 1)],
        "",
    ),
    word(&["households", "household", "户"], key!("text-unit-households"), 1.0, &[("households", 1)], ""),
    word(
        &["firms", "firm", "enterprises", "companies", "家"],
        key!("text-unit-firms"),
        1.0,
        &[("firms", 1)],
        "",
    ),
    word(&["jobs", "job", "岗位", "个岗位"], key!("text-unit-jobs"), 1.0, &[("jobs", 1)], ""),
    word(&["vehicles", "vehicle", "辆"], key!("text-unit-vehicles"), 1.0, &[("vehicles", 1)], ""),
    word(&["beds", "bed", "张床位", "床位"], key!("text-unit-beds"), 1.0, &[("beds", 1)], ""),
    // Time: the year is the step.
    word(&["year", "years", "yr", "年"], key!("text-unit-year"), 1.0, &[], ""),
    word(&["month", "months", "月"], key!("text-unit-month"), 1.0 / 12.0, &[], ""),
    // Pure numbers
    word(&["%", "percent", "pct"], key!("text-unit-percent"), 0.01, &[], ""),
    word(&["pp", "percentage_points", "百分点", "个百分点"], key!("text-unit-pp"), 0.01, &[], ""),
    word(&["‰", "permille"], key!("text-unit-permille"), 0.001, &[], ""),
    word(&["bp"], key!("text-unit-bp"), 0.0001, &[], ""),
    word(&["index", "指数"], key!("text-unit-index"), 1.0, &[], ""),
    word(&["times", "倍", "个"], key!("text-unit-times"), 1.0, &[], ""),
];

/// The unit of this name, without prefixes.
pub fn named(name: &str) -> Option<&'static UnitWord> {
    UNITS.iter().find(|unit| unit.names.contains(&name))
}

/// The unit of this name with the prefix that stands before it, if any: `Mtce`, `kWh`.
pub fn prefixed(name: &str) -> Option<(&'static UnitWord, Option<Prefix>)> {
    if let Some(unit) = named(name) {
        return Some((unit, None));
    }
    let first = name.chars().next()?;
    let prefix = PREFIXES.into_iter().find(|prefix| prefix.letter == first)?;
    let unit = UNITS.iter().find(|unit| unit.names[0] == &name[1..] && unit.prefixes.contains(first))?;
    Some((unit, Some(prefix)))
}

/// The unit, with its prefix, that a word is but for small and capital letters: `Mt` for `mt`.
pub fn in_other_case(word: &str) -> Option<String> {
    let alike = |name: &str| name.eq_ignore_ascii_case(word);
    let plain = UNITS.iter().flat_map(|unit| unit.names).find(|name| alike(name));
    plain.map(|name| (*name).to_string()).or_else(|| {
        let with = |unit: &UnitWord, prefix: char| format!("{prefix}{}", unit.names[0]);
        let all =
            UNITS.iter().flat_map(|unit| unit.prefixes.chars().rev().map(move |prefix| with(unit, prefix)));
        all.into_iter().find(|name| alike(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_the_wrong_case_finds_its_unit() {
        let found = |word| in_other_case(word);
        assert_eq!(found("mt").as_deref(), Some("Mt"));
        assert_eq!(found("KWH").as_deref(), Some("kWh"));
        assert_eq!(found("cny").as_deref(), Some("CNY"));
        assert_eq!(found("sheep"), None);
    }

    #[test]
    fn no_name_stands_for_two_units() {
        let mut seen = Vec::new();
        for unit in &UNITS {
            for name in unit.names {
                assert!(!seen.contains(name), "{name}");
                seen.push(name);
            }
            for prefix in unit.prefixes.chars() {
                let with = format!("{prefix}{}", unit.names[0]);
                assert!(named(&with).is_none(), "{with}");
            }
        }
    }

    #[test]
    fn case_tells_a_thousandth_from_a_million() {
        let factor = |name| prefixed(name).and_then(|(_, prefix)| prefix).map(|prefix| prefix.factor);
        assert_eq!((factor("MW"), factor("mW")), (Some(1e6), Some(1e-3)));
        assert_eq!((factor("kW"), factor("KW")), (Some(1e3), None));
    }
}
