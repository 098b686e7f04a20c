//! Findings in English.

use std::fmt::Write as _;

use super::{factor, names, number, part, percent, share};
use plancast::analysis::audit::{FindingKind, Level, Rate, Reading, RequiredChange};
use plancast::scenario::claims::Softness;
use plancast::text::number::fixed;

pub(super) fn sentence(what: &FindingKind) -> String {
    match what {
        FindingKind::Needs { base: (start, base), level, rate } => {
            format!("from {} in {start} to {}: {} a year", number(*base), aim(level), percent(*rate))
        }
        FindingKind::Leads { base: (start, base), rate, multiple, leads_to } => format!(
            "{} from {start} to {} is × {}: from {} to {}",
            pace(rate),
            rate.years.1,
            number(*multiple),
            number(*base),
            number(*leads_to)
        ),
        FindingKind::Disagree { base, level, rate, leads_to, common_base, base_is } => format!(
            "{} leads from {} to {} in {}, not to {}; both hold only from a base of {}",
            pace(rate),
            number(*base),
            number(*leads_to),
            level.year,
            bound(level),
            firmly(*base_is, &number(*common_base)),
        ),
        FindingKind::Beside { base, level, rate, leads_to, common_base } => format!(
            "{} leads from {} to {} in {}, beside {}; to that it leads from a base of {}",
            pace(rate),
            number(*base),
            number(*leads_to),
            level.year,
            bound(level),
            number(*common_base)
        ),
        FindingKind::OpposedLevels { high, low } => {
            format!("{}, but {}: both cannot hold", bound(high), bound(low))
        }
        FindingKind::OpposedRates { high, low } => format!(
            "{}, but {} in the same years, {}–{}: both cannot hold",
            pace_bound(high),
            pace_bound(low),
            low.years.0,
            low.years.1
        ),
        FindingKind::Between { first, second, rate, at_rates } => {
            let mut text = format!("from {} to {}: {} a year", aim(first), aim(second), percent(*rate));
            for (asked, leads_to) in at_rates {
                let _ = write!(text, "; at {} it would be {}", pace(asked), number(*leads_to));
            }
            text
        }
        FindingKind::Ratio { .. } => ratio(what),
        FindingKind::Parts { .. } => parts_sum(what),
        FindingKind::Promised { supply, available, claims, sum } => format!(
            "{} are promised ({}); {supply} gives {}",
            number(*sum),
            list(claims, |claim| format!("{} {}", claim.name, number(claim.amount))),
            list(available, |(year, amount)| format!(
                "{} in {year} (promised {} times)",
                number(*amount),
                fixed(sum / amount, 2)
            )),
        ),
        FindingKind::Readings { readings } => {
            format!("one number, {} readings: {}", readings.len(), list(readings, reading))
        }
        FindingKind::SameNumber { number: value, year, targets } => format!(
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

fn aim(level: &Level) -> String {
    format!("{} in {} ({})", number(level.level), level.year, names(&level.targets))
}

/// With how firmly it is meant.
fn bound(level: &Level) -> String {
    let bound = match level.softness {
        Softness::AtLeast => format!("{} or more", number(level.level)),
        softness => firmly(softness, &number(level.level)),
    };
    format!("{bound} in {} ({})", level.year, names(&level.targets))
}

fn firmly(softness: Softness, number: &str) -> String {
    match softness {
        Softness::AtLeast => format!("at least {number}"),
        Softness::AtMost => format!("at most {number}"),
        Softness::About => number.to_string(),
    }
}

fn pace(rate: &Rate) -> String {
    format!("{} a year ({})", percent(rate.rate), names(&rate.targets))
}

fn pace_bound(rate: &Rate) -> String {
    format!("{} a year ({})", firmly(rate.softness, &percent(rate.rate)), names(&rate.targets))
}

fn ratio(what: &FindingKind) -> String {
    let FindingKind::Ratio { numerator, denominator, factor: by, before, after } = what else {
        return String::new();
    };
    let mut text = format!("{}, but {}", change(numerator), change(denominator));
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

fn change(change: &RequiredChange) -> String {
    let named = names(&change.targets);
    match (change.multiple, change.rate, change.level) {
        (Some(multiple), Some(rate), _) => {
            format!("{} × {} ({} a year; {named})", change.variable, number(multiple), percent(rate))
        }
        (.., Some(level)) => format!("{} {} ({named})", change.variable, number(level)),
        _ => change.variable.clone(),
    }
}

fn reading(reading: &Reading) -> String {
    let unit = if reading.multiple { "× " } else { "" };
    let central = reading.central.map_or_else(String::new, |own| {
        format!(", on the central path {unit}{} ({} of it)", number(own), share(own / reading.stated))
    });
    format!("{unit}{} of {} in {}{central}", number(reading.stated), reading.variable, reading.year)
}

fn parts_sum(what: &FindingKind) -> String {
    let FindingKind::Parts { whole, year, parts, sum, base, rate, rest, namesakes } = what else {
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

fn list<T>(items: &[T], each: impl Fn(&T) -> String) -> String {
    items.iter().map(each).collect::<Vec<_>>().join(", ")
}
