//! By which method effects were computed, and what is not given, in words.

use plancast::analysis::decompose::{DecompositionMethod, NoRatios, PathEffects};
use plancast::text::Language;
use plancast::text::number::count;

/// Most terms that are named one by one.
const MOST_NAMED: usize = 8;

/// What JSON calls a method.
pub(super) const fn key(method: DecompositionMethod) -> &'static str {
    match method {
        DecompositionMethod::Difference => "difference",
        DecompositionMethod::Lmdi => "lmdi",
        DecompositionMethod::Shapley => "shapley",
    }
}

/// What JSON calls the reason why there are no ratios.
pub(super) const fn reason(reason: NoRatios) -> &'static str {
    match reason {
        NoRatios::Sign(_) => "sign",
        NoRatios::Shapley => "shapley",
        NoRatios::TooLarge => "too_large",
    }
}

/// The method's name: `LMDI-I`.
pub(super) const fn name(method: DecompositionMethod, language: Language) -> &'static str {
    match (method, language) {
        (DecompositionMethod::Difference, Language::En) => "plain differences",
        (DecompositionMethod::Difference, Language::Zh) => "直接相减",
        (DecompositionMethod::Lmdi, _) => "LMDI-I",
        (DecompositionMethod::Shapley, Language::En) => "Shapley values",
        (DecompositionMethod::Shapley, Language::Zh) => "Shapley值",
    }
}

/// The methods that were used, each once.
pub(super) fn used(effects: &PathEffects) -> Vec<DecompositionMethod> {
    let mut all: Vec<DecompositionMethod> = effects.terms.iter().map(|(_, method)| *method).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A method, why it was taken, and for which terms where not for all.
fn sentence(effects: &PathEffects, method: DecompositionMethod, alone: bool, language: Language) -> String {
    let why = match (method, language) {
        (DecompositionMethod::Difference, Language::En) => {
            "Method: plain differences, as each term has one factor"
        }
        (DecompositionMethod::Difference, Language::Zh) => "方法：直接相减（每一项只有一个因素）",
        (DecompositionMethod::Lmdi, Language::En) => {
            "Method: LMDI-I (Ang 2004), as no factor is below zero on any path"
        }
        (DecompositionMethod::Lmdi, Language::Zh) => "方法：LMDI-I（Ang 2004），各因素在所有路径上均不为负",
        (DecompositionMethod::Shapley, Language::En) => {
            "Method: Shapley values (Sun 1998), as a factor is below zero on some path"
        }
        (DecompositionMethod::Shapley, Language::Zh) => {
            "方法：Shapley值（Sun 1998），因为有因素在某些路径上为负"
        }
    };
    if alone {
        return why.to_owned() + stop(language);
    }
    let comma = if language == Language::En { ", " } else { "、" };
    let of = effects.terms.iter().filter(|(_, other)| *other == method);
    let names: Vec<String> = of
        .map(|(titles, _)| titles.iter().map(|title| title.get(language)).collect::<Vec<_>>().join(" × "))
        .collect();
    let more = if names.len() > MOST_NAMED { " …" } else { "" };
    let named = names.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(comma) + more;
    match language {
        Language::En if names.len() == 1 => format!("{why}: for the term {named}."),
        Language::En => format!("{why}: for {} terms ({named}).", names.len()),
        Language::Zh => format!("{why}：用于{}项（{named}）。", names.len()),
    }
}

const fn stop(language: Language) -> &'static str {
    match language {
        Language::En => ".",
        Language::Zh => "。",
    }
}

/// What stands below the effects: the methods, why there are no ratios, and which paths are left out.
pub(super) fn notes(effects: &PathEffects, paths: u64, language: Language) -> Vec<String> {
    let used = used(effects);
    let mut notes: Vec<String> =
        used.iter().map(|method| sentence(effects, *method, used.len() == 1, language)).collect();
    if let (Err(reason), false) = (&effects.multiplicative, effects.totals.is_empty()) {
        notes.push(no_ratios(*reason, effects.totals.len() as u64, language));
    }
    if let Some(unknown) = &effects.unknown {
        let (some, all, first) = (count(unknown.paths), count(paths), unknown.first);
        notes.push(match (language, &unknown.factor) {
            (Language::En, Some(factor)) => format!("Left out: {some} of {all} paths, on which a factor has no finite value (first on path {first}: {factor})."),
            (Language::En, None) => format!("Left out: {some} of {all} paths, on which the total has no finite value (first on path {first})."),
            (Language::Zh, Some(factor)) => format!("未计入：{all}条路径中的{some}条，其上有因素没有有限值（首见于第{first}条路径：{factor}）。"),
            (Language::Zh, None) => format!("未计入：{all}条路径中的{some}条，其上总量没有有限值（首见于第{first}条路径）。"),
        });
    }
    notes
}

fn no_ratios(reason: NoRatios, known: u64, language: Language) -> String {
    let all = count(known);
    match (reason, language) {
        (NoRatios::Shapley, Language::En) => {
            "Not multiplied: a term with a factor below zero has effects that add up, and none that multiply."
                .to_owned()
        }
        (NoRatios::Shapley, Language::Zh) => "不作乘法分解：含负值因素的项只能相加，不能相乘。".to_owned(),
        (NoRatios::Sign(paths), Language::En) => format!(
            "Not multiplied: on {} of {all} paths the totals are not both above zero, or both below, and have no ratio.",
            count(paths)
        ),
        (NoRatios::Sign(paths), Language::Zh) => {
            format!(
                "不作乘法分解：{all}条路径中有{}条，前后两个总量并非同为正或同为负，没有比值。",
                count(paths)
            )
        }
        (NoRatios::TooLarge, Language::En) => {
            "Not multiplied: effects cancel that are far larger than the total.".to_owned()
        }
        (NoRatios::TooLarge, Language::Zh) => "不作乘法分解：相互抵消的效应远大于总量。".to_owned(),
    }
}
