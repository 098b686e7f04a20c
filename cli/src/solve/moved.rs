//! How an input is moved, in words: what its value is called, and what becomes of its years, members and distributions.

use super::wording::rounded;
use plancast::analysis::solve::{Lever, Meaning};
use plancast::model::conditions::Holding;
use plancast::text::Language;
use plancast::{message, tr};

/// What a lever's value is called: its name, or what of it is varied.
pub(super) fn label(lever: &Lever, language: Language) -> String {
    let name = &lever.name;
    match lever.meaning {
        Meaning::Value => name.clone(),
        Meaning::Mean(_) => tr!(language, "cli-solve-mean", name = name),
        Meaning::Median(_) => tr!(language, "cli-solve-median", name = name),
        Meaning::First { year, .. } => tr!(language, "cli-solve-in-year", name = name, year = year),
        Meaning::Shift => tr!(language, "cli-solve-shift", name = name),
        Meaning::Factor => tr!(language, "cli-solve-factor", name = name),
    }
}

/// How an input is moved, where it is more than a number that is varied.
pub(super) fn how(lever: &Lever, language: Language) -> String {
    let count = lever.moved.len();
    let chance = lever
        .moved
        .iter()
        .filter(|value| matches!(value.content, Holding::Chance(..) | Holding::Varying(_)))
        .count();
    if lever.meaning == Meaning::Value && count == 1 && chance == 0 {
        return String::new();
    }
    let (name, values) = (&lever.name, kind(count, chance));
    let told = match lever.meaning {
        Meaning::Value => {
            message!("cli-solve-fixed", name = name, values = values, count = count, chance = chance)
        }
        Meaning::Mean(unmoved) | Meaning::Median(unmoved) => message!(
            "cli-solve-shifted-distribution",
            name = name,
            written = written(lever),
            unmoved = rounded(unmoved)
        ),
        Meaning::First { unmoved, year } => message!(
            "cli-solve-shifted-from",
            name = name,
            unmoved = rounded(unmoved),
            year = year,
            values = values,
            count = count,
            chance = chance
        ),
        Meaning::Shift => {
            message!("cli-solve-shifted", name = name, values = values, count = count, chance = chance)
        }
        Meaning::Factor => {
            message!("cli-solve-scaled", name = name, values = values, count = count, chance = chance)
        }
    };
    told.text(language) + "\n"
}

/// What the values of an input are: a number or several, a distribution or several, or some of each.
fn kind(count: usize, chance: usize) -> &'static str {
    match (count, chance) {
        (1, 0) => "number",
        (1, _) => "distribution",
        (_, 0) => "numbers",
        (_, all) if all == count => "distributions",
        _ => "mixed",
    }
}

/// The distribution that a lever is, as it was written.
fn written(lever: &Lever) -> &str {
    match lever.moved.first().map(|value| &value.content) {
        Some(Holding::Chance(_, written) | Holding::Varying(written)) => written,
        _ => "",
    }
}
