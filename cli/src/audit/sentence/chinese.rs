//! Findings in Chinese.

use std::fmt::Write as _;

use super::{factor, names, number, part, percent, share};
use plancast::analysis::audit::{FindingKind, Level, Rate, Reading, RequiredChange};
use plancast::scenario::claims::Softness;
use plancast::text::number::fixed;

pub(super) fn sentence(what: &FindingKind) -> String {
    match what {
        FindingKind::Needs { base: (start, base), level, rate } => {
            format!("{start}年{}，{}：年均需增长{}", number(*base), aim(level), percent(*rate))
        }
        FindingKind::Leads { base: (start, base), rate, multiple, leads_to } => format!(
            "{}，{start}—{}年为{}倍：由{}到{}",
            pace(rate),
            rate.years.1,
            number(*multiple),
            number(*base),
            number(*leads_to)
        ),
        FindingKind::Disagree { base, level, rate, leads_to, common_base, base_is } => format!(
            "{}，由{}到{}年为{}，与{}不一致；两者同时成立，基数{}",
            pace(rate),
            number(*base),
            level.year,
            number(*leads_to),
            bound(level),
            match base_is {
                Softness::AtLeast => format!("至少为{}", number(*common_base)),
                Softness::AtMost => format!("至多为{}", number(*common_base)),
                Softness::About => format!("须为{}", number(*common_base)),
            },
        ),
        FindingKind::Beside { base, level, rate, leads_to, common_base } => format!(
            "{}，由{}到{}年为{}，另有{}；基数为{}时两者一致",
            pace(rate),
            number(*base),
            level.year,
            number(*leads_to),
            bound(level),
            number(*common_base)
        ),
        FindingKind::OpposedLevels { high, low } => {
            format!("{}，而{}：不能同时成立", bound(high), bound(low))
        }
        FindingKind::OpposedRates { high, low } => format!(
            "{}—{}年{}，而{}：不能同时成立",
            low.years.0,
            low.years.1,
            pace_bound(high),
            pace_bound(low)
        ),
        FindingKind::Between { first, second, rate, at_rates } => {
            let mut text = format!("{}至{}：年均增长{}", aim(first), aim(second), percent(*rate));
            for (asked, leads_to) in at_rates {
                let _ = write!(text, "；若按{}则为{}", pace(asked), number(*leads_to));
            }
            text
        }
        FindingKind::Ratio { .. } => ratio(what),
        FindingKind::Parts { .. } => parts_sum(what),
        FindingKind::Promised { supply, available, claims, sum } => format!(
            "已安排用量合计{}（{}）；{supply}可供{}",
            number(*sum),
            list(claims, |claim| format!("{} {}", claim.name, number(claim.amount))),
            list(available, |(year, amount)| format!(
                "{year}年{}（安排用量为其{}倍）",
                number(*amount),
                fixed(sum / amount, 2)
            )),
        ),
        FindingKind::Readings { readings } => {
            format!("同一数字有{}种口径：{}", readings.len(), list(readings, reading))
        }
        FindingKind::SameNumber { number: value, year, targets } => format!(
            "{year}年{}这一数字出现{}次：{}",
            number(*value),
            targets.len(),
            list(targets, |(target, figure, variable)| {
                let figure = if figure.is_empty() { target } else { figure };
                format!("{figure}（{variable}）")
            })
        ),
    }
}

fn aim(level: &Level) -> String {
    format!("{}年{}（{}）", level.year, number(level.level), names(&level.targets))
}

/// With how firmly it is meant.
fn bound(level: &Level) -> String {
    format!("{}年{}（{}）", level.year, firmly(level.softness, &number(level.level)), names(&level.targets))
}

fn firmly(softness: Softness, number: &str) -> String {
    match softness {
        Softness::AtLeast => format!("不低于{number}"),
        Softness::AtMost => format!("不高于{number}"),
        Softness::About => number.to_string(),
    }
}

fn pace_bound(rate: &Rate) -> String {
    format!("年均{}（{}）", firmly(rate.softness, &percent(rate.rate)), names(&rate.targets))
}

fn pace(rate: &Rate) -> String {
    format!("年均{}（{}）", percent(rate.rate), names(&rate.targets))
}

fn ratio(what: &FindingKind) -> String {
    let FindingKind::Ratio { numerator, denominator, factor: by, before, after } = what else {
        return String::new();
    };
    let mut text = format!("{}，而{}", change(numerator), change(denominator));
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

fn change(change: &RequiredChange) -> String {
    let named = names(&change.targets);
    match (change.multiple, change.rate, change.level) {
        (Some(multiple), Some(rate), _) => {
            format!("{}为{}倍（年均{}；{named}）", change.variable, number(multiple), percent(rate))
        }
        (.., Some(level)) => format!("{}为{}（{named}）", change.variable, number(level)),
        _ => change.variable.clone(),
    }
}

fn reading(reading: &Reading) -> String {
    let unit = if reading.multiple { "倍" } else { "" };
    let central = reading.central.map_or_else(String::new, |own| {
        format!("，中心路径为{}{unit}（相当于其{}）", number(own), share(own / reading.stated))
    });
    format!("{} {}年{}{unit}{central}", reading.variable, reading.year, number(reading.stated))
}

fn parts_sum(what: &FindingKind) -> String {
    let FindingKind::Parts { whole, year, parts, sum, base, rate, rest, namesakes } = what else {
        return String::new();
    };
    let mut text = format!(
        "{}，{year}年合计{}，基期为{}：年均需增长{}",
        list(parts, part),
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

fn list<T>(items: &[T], each: impl Fn(&T) -> String) -> String {
    items.iter().map(each).collect::<Vec<_>>().join("、")
}
