//! How an input is moved, in words: what its value is called, and what becomes of its years, members and distributions.

use super::wording::rounded;
use plancast::analysis::solve::{Lever, Meaning};
use plancast::model::conditions::Holding;
use plancast::text::Language;

/// What a lever's value is called: its name, or what of it is varied.
pub(super) fn label(lever: &Lever, language: Language) -> String {
    let name = &lever.name;
    match (lever.meaning, language) {
        (Meaning::Value, _) => name.clone(),
        (Meaning::Mean(_), Language::En) => format!("the mean of {name}"),
        (Meaning::Mean(_), Language::Zh) => format!("{name}的均值"),
        (Meaning::Median(_), Language::En) => format!("the median of {name}"),
        (Meaning::Median(_), Language::Zh) => format!("{name}的中位数"),
        (Meaning::First { year, .. }, Language::En) => format!("{name} in {year}"),
        (Meaning::First { year, .. }, Language::Zh) => format!("{name}（{year}年）"),
        (Meaning::Shift, Language::En) => format!("the shift of {name}"),
        (Meaning::Shift, Language::Zh) => format!("{name}的平移量"),
        (Meaning::Factor, Language::En) => format!("the factor on {name}"),
        (Meaning::Factor, Language::Zh) => format!("{name}的倍数"),
    }
}

/// How an input is moved, where it is more than a number that is varied.
pub(super) fn how(lever: &Lever, language: Language) -> String {
    let count = lever.moved.len();
    let of_chance = lever.moved.iter().filter(|value| matches!(value.content, Holding::Chance(..))).count();
    if lever.meaning == Meaning::Value && count == 1 && of_chance == 0 {
        return String::new();
    }
    match language {
        Language::En => in_english(lever, count, of_chance),
        Language::Zh => in_chinese(lever, count, of_chance),
    }
}

/// The distribution that a lever is, as it was written.
fn written(lever: &Lever) -> &str {
    match lever.moved.first().map(|value| &value.content) {
        Some(Holding::Chance(_, written)) => written,
        _ => "",
    }
}

fn in_english(lever: &Lever, count: usize, of_chance: usize) -> String {
    let (name, things) = (&lever.name, things(count, of_chance));
    let form = if of_chance > 0 { "; distributions keep their form" } else { "" };
    match lever.meaning {
        Meaning::Value => format!("{name} is one number on all paths here, in the place of {things}.\n"),
        Meaning::Mean(unmoved) | Meaning::Median(unmoved) => format!(
            "{name}'s distribution, {}, is shifted as a whole from {}. For one number in its place: --fix {name}\n",
            written(lever),
            rounded(unmoved)
        ),
        Meaning::First { unmoved, year } => format!(
            "{name} is shifted as a whole from {} in {year}: the same is added to {things}{form}. \
             For a factor: --scale {name}\n",
            rounded(unmoved)
        ),
        Meaning::Shift => format!("{name} is shifted as a whole: the same is added to {things}{form}.\n"),
        Meaning::Factor => format!("{name} is scaled as a whole: the factor is on {things}.\n"),
    }
}

fn in_chinese(lever: &Lever, count: usize, of_chance: usize) -> String {
    let name = &lever.name;
    let form = if of_chance > 0 { "，分布的形状不变" } else { "" };
    match lever.meaning {
        Meaning::Value => {
            format!("此处{name}在所有路径上是同一个数，取代原来的{count}个值（其中{of_chance}个为分布）。\n")
        }
        Meaning::Mean(unmoved) | Meaning::Median(unmoved) => format!(
            "{name}的分布{}从{}起整体平移，形状不变。如需以一个数代替：--fix {name}\n",
            written(lever),
            rounded(unmoved)
        ),
        Meaning::First { unmoved, year } => format!(
            "{name}从{year}年的{}起整体平移：其{count}个值各加同一个数{form}。如需按倍数：--scale {name}\n",
            rounded(unmoved)
        ),
        Meaning::Shift => format!("{name}整体平移：其{count}个值各加同一个数{form}。\n"),
        Meaning::Factor => format!("{name}整体缩放：其{count}个值各乘以同一个数。\n"),
    }
}

/// The values of an input by their number.
fn things(count: usize, of_chance: usize) -> String {
    match (count, of_chance) {
        (1, 0) => "its value".to_owned(),
        (1, _) => "its distribution".to_owned(),
        (_, 0) => format!("its {count} values"),
        (_, all) if all == count => format!("its {count} distributions"),
        _ => format!("its {count} values, {of_chance} of which are distributions"),
    }
}
