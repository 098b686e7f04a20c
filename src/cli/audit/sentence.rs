//! Findings of an audit as sentences, with the arithmetic.

use std::fmt::Write as _;

use crate::analysis::audit::{Change, Level, Part, Rate, Reading, What};
use crate::text::Language;
use crate::text::number::{fixed, trimmed};

/// A finding in words.
pub(super) fn of(what: &What, language: Language) -> String {
    if language == Language::Zh { chinese(what) } else { english(what) }
}

fn number(value: f64) -> String {
    plain(&trimmed(value, 6))
}

/// Without separators of thousands, so that what is printed can be computed with.
fn plain(text: &str) -> String {
    text.replace(',', "")
}

/// Up to four decimals: 7.4185 %, 8 %.
fn percent(rate: f64) -> String {
    let text = plain(&fixed(100.0 * rate, 4));
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

/// How far a ratio moves.
fn factor(factor: f64) -> String {
    plain(&fixed(factor, 5))
}

fn names(targets: &[String]) -> String {
    targets.join(", ")
}

fn list<T>(items: &[T], each: impl Fn(&T) -> String) -> String {
    items.iter().map(each).collect::<Vec<_>>().join(", ")
}

fn list_zh<T>(items: &[T], each: impl Fn(&T) -> String) -> String {
    items.iter().map(each).collect::<Vec<_>>().join("、")
}

fn english(what: &What) -> String {
    match what {
        What::Needs { base: (start, base), level, rate } => {
            format!("from {} in {start} to {}: {} a year", number(*base), level_en(level), percent(*rate))
        }
        What::Leads { base: (start, base), rate, multiple, leads_to } => format!(
            "{} from {start} to {} is × {}: from {} to {}",
            rate_en(rate),
            rate.years.1,
            number(*multiple),
            number(*base),
            number(*leads_to)
        ),
        What::Disagree { base, level, rate, leads_to, common_base } => format!(
            "{} leads from {} to {} in {}, not to {}; both hold only from a base of at most {}",
            rate_en(rate),
            number(*base),
            number(*leads_to),
            level.year,
            level_en(level),
            number(*common_base)
        ),
        What::Between { first, second, rate, at_rates } => {
            let mut text =
                format!("from {} to {}: {} a year", level_en(first), level_en(second), percent(*rate));
            for (asked, leads_to) in at_rates {
                let _ = write!(text, "; at {} it would be {}", rate_en(asked), number(*leads_to));
            }
            text
        }
        What::Ratio { .. } => ratio_english(what),
        What::Parts { .. } => parts_english(what),
        What::Promised { supply, available, claims, sum } => format!(
            "{} are promised ({}); {supply} gives {}",
            number(*sum),
            list(claims, |claim| format!("{} {}", claim.name, number(claim.amount))),
            list(available, |(year, amount)| format!(
                "{} in {year} (promised {} times)",
                number(*amount),
                fixed(sum / amount, 2)
            )),
        ),
        What::Readings { readings } => {
            format!("one number, {} readings: {}", readings.len(), list(readings, reading_en))
        }
        What::SameNumber { number: value, year, targets } => format!(
            "{} in {year} is stated {} times: {}",
            number(*value),
            targets.len(),
            list(targets, |(target, figure, variable)| {
                let figure = if figure.is_empty() { target } else { figure };
                format!("{figure} of {variable}")
            })
        ),
    }
}

fn level_en(level: &Level) -> String {
    format!("{} in {} ({})", number(level.level), level.year, names(&level.targets))
}

fn rate_en(rate: &Rate) -> String {
    format!("{} a year ({})", percent(rate.rate), names(&rate.targets))
}

fn ratio_english(what: &What) -> String {
    let What::Ratio { numerator, denominator, factor: by, before, after } = what else {
        return String::new();
    };
    let mut text = format!("{}, but {}", change_en(numerator), change_en(denominator));
    if let Some(by) = by {
        let _ = write!(text, ": the ratio goes to {} of its start in {}", factor(*by), numerator.year);
    }
    match (before, after) {
        (Some(before), Some(after)) => {
            let _ = write!(text, ", from {} to {}", number(*before), number(*after));
        }
        (None, Some(after)) => {
            let _ = write!(text, ": the ratio is {} in {}", number(*after), numerator.year);
        }
        _ => {}
    }
    text
}

fn change_en(change: &Change) -> String {
    let named = names(&change.targets);
    match (change.multiple, change.rate, change.level) {
        (Some(multiple), Some(rate), _) => {
            format!("{} × {} ({} a year; {named})", change.variable, number(multiple), percent(rate))
        }
        (.., Some(level)) => format!("{} {} ({named})", change.variable, number(level)),
        _ => change.variable.clone(),
    }
}

fn reading_en(reading: &Reading) -> String {
    let unit = if reading.multiple { "× " } else { "" };
    let central = reading.central.map_or_else(String::new, |own| {
        format!(", on the central path {unit}{} ({} of it)", number(own), percent(own / reading.stated))
    });
    format!("{unit}{} of {} in {}{central}", number(reading.stated), reading.variable, reading.year)
}

fn part(part: &Part) -> String {
    format!("{} {} → {}", part.variable, number(part.base), number(part.level))
}

fn parts_english(what: &What) -> String {
    let What::Parts { whole, year, parts, sum, base, rate, rest, namesakes } = what else {
        return String::new();
    };
    let mut text = format!(
        "{} add up to {} in {year}, from {}: {} a year",
        list(parts, part),
        number(*sum),
        number(*base),
        percent(*rate)
    );
    if let Some(rest) = rest {
        let _ = write!(
            text,
            "; {whole} is to be {} ({}), which leaves {} for the rest, that had {}",
            number(rest.whole),
            names(&rest.targets),
            number(rest.left),
            number(rest.base)
        );
    }
    if !namesakes.is_empty() {
        let _ = write!(text, "; not to be taken for the same number in {}", names(namesakes));
    }
    text
}

fn chinese(what: &What) -> String {
    match what {
        What::Needs { base: (start, base), level, rate } => {
            format!("{start}年{}，{}：年均需增长{}", number(*base), level_zh(level), percent(*rate))
        }
        What::Leads { base: (start, base), rate, multiple, leads_to } => format!(
            "{}，{start}—{}年为{}倍：由{}到{}",
            rate_zh(rate),
            rate.years.1,
            number(*multiple),
            number(*base),
            number(*leads_to)
        ),
        What::Disagree { base, level, rate, leads_to, common_base } => format!(
            "{}，由{}到{}年为{}，与{}不一致；两者同时成立，基数至多为{}",
            rate_zh(rate),
            number(*base),
            level.year,
            number(*leads_to),
            level_zh(level),
            number(*common_base)
        ),
        What::Between { first, second, rate, at_rates } => {
            let mut text = format!("{}至{}：年均增长{}", level_zh(first), level_zh(second), percent(*rate));
            for (asked, leads_to) in at_rates {
                let _ = write!(text, "；若按{}则为{}", rate_zh(asked), number(*leads_to));
            }
            text
        }
        What::Ratio { .. } => ratio_chinese(what),
        What::Parts { .. } => parts_chinese(what),
        What::Promised { supply, available, claims, sum } => format!(
            "已安排用量合计{}（{}）；{supply}可供{}",
            number(*sum),
            list_zh(claims, |claim| format!("{} {}", claim.name, number(claim.amount))),
            list_zh(available, |(year, amount)| format!(
                "{year}年{}（安排用量为其{}倍）",
                number(*amount),
                fixed(sum / amount, 2)
            )),
        ),
        What::Readings { readings } => {
            format!("同一数字有{}种口径：{}", readings.len(), list_zh(readings, reading_zh))
        }
        What::SameNumber { number: value, year, targets } => format!(
            "{year}年{}这一数字出现{}次：{}",
            number(*value),
            targets.len(),
            list_zh(targets, |(target, figure, variable)| {
                let figure = if figure.is_empty() { target } else { figure };
                format!("{figure}（{variable}）")
            })
        ),
    }
}

fn level_zh(level: &Level) -> String {
    format!("{}年{}（{}）", level.year, number(level.level), names(&level.targets))
}

fn rate_zh(rate: &Rate) -> String {
    format!("年均{}（{}）", percent(rate.rate), names(&rate.targets))
}

fn ratio_chinese(what: &What) -> String {
    let What::Ratio { numerator, denominator, factor: by, before, after } = what else {
        return String::new();
    };
    let mut text = format!("{}，而{}", change_zh(numerator), change_zh(denominator));
    if let Some(by) = by {
        let _ = write!(text, "：{}年比率为起点的{}", numerator.year, factor(*by));
    }
    match (before, after) {
        (Some(before), Some(after)) => {
            let _ = write!(text, "，即由{}到{}", number(*before), number(*after));
        }
        (None, Some(after)) => {
            let _ = write!(text, "：{}年比率为{}", numerator.year, number(*after));
        }
        _ => {}
    }
    text
}

fn change_zh(change: &Change) -> String {
    let named = names(&change.targets);
    match (change.multiple, change.rate, change.level) {
        (Some(multiple), Some(rate), _) => {
            format!("{}为{}倍（年均{}；{named}）", change.variable, number(multiple), percent(rate))
        }
        (.., Some(level)) => format!("{}为{}（{named}）", change.variable, number(level)),
        _ => change.variable.clone(),
    }
}

fn reading_zh(reading: &Reading) -> String {
    let unit = if reading.multiple { "倍" } else { "" };
    let central = reading.central.map_or_else(String::new, |own| {
        format!("，中心路径为{}{unit}（相当于其{}）", number(own), percent(own / reading.stated))
    });
    format!("{} {}年{}{unit}{central}", reading.variable, reading.year, number(reading.stated))
}

fn parts_chinese(what: &What) -> String {
    let What::Parts { whole, year, parts, sum, base, rate, rest, namesakes } = what else {
        return String::new();
    };
    let mut text = format!(
        "{}，{year}年合计{}，基期为{}：年均需增长{}",
        list_zh(parts, part),
        number(*sum),
        number(*base),
        percent(*rate)
    );
    if let Some(rest) = rest {
        let _ = write!(
            text,
            "；{whole}为{}（{}），留给其余部分{}，其基期为{}",
            number(rest.whole),
            names(&rest.targets),
            number(rest.left),
            number(rest.base)
        );
    }
    if !namesakes.is_empty() {
        let _ = write!(text, "；与{}的同一数字并非一回事", names(namesakes));
    }
    text
}
