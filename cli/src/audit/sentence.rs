//! Findings of an audit as sentences, with the arithmetic.

use plancast::analysis::audit::{FindingKind, Level, Rate, Reading, RequiredChange, StatedPart};
use plancast::message;
use plancast::scenario::claims::Softness;
use plancast::text::Message;
use plancast::text::number::{fixed, trimmed};

/// A finding in words.
pub(super) fn of(what: &FindingKind) -> Message {
    match what {
        FindingKind::Needs { .. } | FindingKind::Leads { .. } | FindingKind::Between { .. } => path(what),
        FindingKind::Disagree { .. }
        | FindingKind::Beside { .. }
        | FindingKind::OpposedLevels { .. }
        | FindingKind::OpposedRates { .. } => conflict(what),
        FindingKind::Ratio { .. } => ratio(what),
        FindingKind::Parts { .. } => parts_sum(what),
        FindingKind::Promised { supply, available, claims, sum } => message!(
            "cli-audit-promised",
            sum = number(*sum),
            claims = list(claims, |claim| {
                message!("cli-audit-claim", name = &claim.name, amount = number(claim.amount))
            }),
            supply = supply,
            available = list(available, |(year, amount)| {
                let times = fixed(sum / amount, 2);
                message!("cli-audit-available", amount = number(*amount), year = *year, times = times)
            })
        ),
        FindingKind::Readings { readings } => {
            message!("cli-audit-readings", count = readings.len(), readings = list(readings, reading))
        }
        FindingKind::SameNumber { number: value, year, targets } => message!(
            "cli-audit-same-number",
            number = number(*value),
            year = *year,
            count = targets.len(),
            figures = list(targets, |(target, figure, variable)| {
                let figure = if figure.is_empty() { target } else { figure };
                message!("cli-audit-figure-of", figure = figure, variable = variable)
            })
        ),
    }
}

/// What growth a level takes, or where a rate leads.
fn path(what: &FindingKind) -> Message {
    match what {
        FindingKind::Needs { base: (start, base), level, rate } => message!(
            "cli-audit-needs",
            start = *start,
            base = number(*base),
            level = aim(level),
            rate = percent(*rate)
        ),
        FindingKind::Leads { base: (start, base), rate, multiple, leads_to } => message!(
            "cli-audit-leads",
            rate = pace(rate),
            start = *start,
            end = rate.years.1,
            multiple = number(*multiple),
            base = number(*base),
            value = number(*leads_to)
        ),
        FindingKind::Between { first, second, rate, at_rates } => {
            let text = message!(
                "cli-audit-between",
                first = aim(first),
                second = aim(second),
                rate = percent(*rate)
            );
            let at = |(asked, leads_to): &(Rate, f64)| {
                message!("cli-audit-between-at", rate = pace(asked), value = number(*leads_to))
            };
            at_rates.iter().map(at).fold(text, Message::and)
        }
        _ => Message::default(),
    }
}

/// Levels and rates that do not hold at once.
fn conflict(what: &FindingKind) -> Message {
    match what {
        FindingKind::Disagree { base, level, rate, leads_to, common_base, base_is } => message!(
            "cli-audit-disagree",
            rate = pace(rate),
            base = number(*base),
            value = number(*leads_to),
            year = level.year,
            level = bound(level),
            softness = code(*base_is),
            common = number(*common_base)
        ),
        FindingKind::Beside { base, level, rate, leads_to, common_base } => message!(
            "cli-audit-beside",
            rate = pace(rate),
            base = number(*base),
            value = number(*leads_to),
            year = level.year,
            level = bound(level),
            common = number(*common_base)
        ),
        FindingKind::OpposedLevels { high, low } => {
            message!("cli-audit-opposed-levels", high = bound(high), low = bound(low))
        }
        FindingKind::OpposedRates { high, low } => message!(
            "cli-audit-opposed-rates",
            high = pace_bound(high),
            low = pace_bound(low),
            start = low.years.0,
            end = low.years.1
        ),
        _ => Message::default(),
    }
}

fn ratio(what: &FindingKind) -> Message {
    let FindingKind::Ratio { numerator, denominator, factor, before, after } = what else {
        return Message::default();
    };
    let (above, below) = (change(numerator), change(denominator));
    let mut text = message!("cli-audit-ratio", numerator = above, denominator = below);
    if let Some(factor) = factor {
        let factor = plain(&fixed(*factor, 5));
        text = text.and(message!("cli-audit-ratio-factor", factor = factor, year = numerator.year));
    }
    match (before, after) {
        (Some(before), Some(after)) => {
            text.and(message!("cli-audit-ratio-moves", before = number(*before), after = number(*after)))
        }
        (None, Some(after)) => {
            text.and(message!("cli-audit-ratio-is", value = number(*after), year = numerator.year))
        }
        _ => text,
    }
}

fn change(change: &RequiredChange) -> Message {
    let (variable, targets) = (&change.variable, names(&change.targets));
    match (change.multiple, change.rate, change.level) {
        (Some(multiple), Some(rate), _) => message!(
            "cli-audit-change-times",
            variable = variable,
            multiple = number(multiple),
            rate = percent(rate),
            targets = targets
        ),
        (.., Some(level)) => {
            message!("cli-audit-change-to", variable = variable, level = number(level), targets = targets)
        }
        _ => Message::verbatim(variable),
    }
}

fn parts_sum(what: &FindingKind) -> Message {
    let FindingKind::Parts { whole, year, parts, sum, base, rate, rest, namesakes } = what else {
        return Message::default();
    };
    let mut text = message!(
        "cli-audit-parts",
        parts = list(parts, part),
        sum = number(*sum),
        year = *year,
        base = number(*base),
        rate = percent(*rate)
    );
    if let Some(rest) = rest {
        text = text.and(message!(
            "cli-audit-parts-rest",
            whole = whole,
            level = number(rest.whole),
            targets = names(&rest.targets),
            left = number(rest.left),
            base = number(rest.base)
        ));
    }
    if !namesakes.is_empty() {
        text = text.and(message!("cli-audit-parts-namesakes", targets = names(namesakes)));
    }
    text
}

/// A part from its base value to what is stated of it.
fn part(part: &StatedPart) -> Message {
    let (base, level) = (number(part.base), number(part.level));
    message!("cli-audit-part", variable = &part.variable, base = base, level = level)
}

fn reading(reading: &Reading) -> Message {
    let shown = |value: f64| {
        let number = number(value);
        if reading.multiple {
            message!("cli-audit-times", number = number)
        } else {
            Message::verbatim(number)
        }
    };
    let (variable, year) = (&reading.variable, reading.year);
    let text =
        message!("cli-audit-reading", stated = shown(reading.stated), variable = variable, year = year);
    match reading.central {
        None => text,
        Some(own) => {
            let share = message!("text-per-cent", number = plain(&fixed(100.0 * (own / reading.stated), 1)));
            text.and(message!("cli-audit-reading-central", value = shown(own), share = share))
        }
    }
}

/// A level that is aimed at, and the targets that say so.
fn aim(level: &Level) -> Message {
    let targets = names(&level.targets);
    message!("cli-audit-level", level = number(level.level), year = level.year, targets = targets)
}

/// The same with how firmly it is meant.
fn bound(level: &Level) -> Message {
    message!(
        "cli-audit-bound",
        softness = code(level.softness),
        level = number(level.level),
        year = level.year,
        targets = names(&level.targets)
    )
}

/// A growth that is aimed at.
fn pace(rate: &Rate) -> Message {
    message!("cli-audit-rate", rate = percent(rate.rate), targets = names(&rate.targets))
}

/// The same with how firmly it is meant.
fn pace_bound(rate: &Rate) -> Message {
    message!(
        "cli-audit-rate-bound",
        softness = code(rate.softness),
        rate = percent(rate.rate),
        targets = names(&rate.targets)
    )
}

/// By which texts choose their words.
fn code(softness: Softness) -> &'static str {
    match softness {
        Softness::AtLeast => "at-least",
        Softness::AtMost => "at-most",
        Softness::About => "about",
    }
}

fn number(value: f64) -> String {
    plain(&trimmed(value, 6))
}

/// Without separators of thousands, so that what is printed can be computed with.
fn plain(text: &str) -> String {
    text.replace(',', "")
}

/// Five digits at most: 7.4185 %, 14.87 %, 8 %.
fn percent(rate: f64) -> Message {
    message!("text-per-cent", number = plain(&trimmed(100.0 * rate, 5)))
}

fn names(targets: &[String]) -> String {
    targets.join(", ")
}

fn list<T>(items: &[T], each: impl Fn(&T) -> Message) -> Vec<Message> {
    items.iter().map(each).collect()
}
