//! By which method effects were computed, and what is not given, in words.

use plancast::study::{DecomposeAnswer, DecompositionMethod, NoRatios, PathEffects};
use plancast::text::{Language, Message};
use plancast::{key, message, tr};

/// Most terms that are named one by one.
const MOST_NAMED: usize = 8;

/// The method's name: `LMDI-I`.
pub(super) fn name(method: DecompositionMethod, language: Language) -> &'static str {
    match method {
        DecompositionMethod::Difference => tr!(language, "cli-decompose-difference-method"),
        DecompositionMethod::Lmdi => tr!(language, "cli-decompose-lmdi"),
        DecompositionMethod::Shapley => tr!(language, "cli-decompose-shapley"),
    }
}

/// A method, why it was taken, and for which terms where not for all.
fn sentence(effects: &PathEffects, method: DecompositionMethod, alone: bool, language: Language) -> String {
    let why = match method {
        DecompositionMethod::Difference => key!("cli-decompose-difference-method.why"),
        DecompositionMethod::Lmdi => key!("cli-decompose-lmdi.why"),
        DecompositionMethod::Shapley => key!("cli-decompose-shapley.why"),
    };
    if alone {
        return tr!(language, "cli-decompose-method", why = why);
    }
    let of = effects.terms.iter().filter(|(_, other)| *other == method);
    let names: Vec<String> = of
        .map(|(titles, _)| titles.iter().map(|title| title.get(language)).collect::<Vec<_>>().join(" × "))
        .collect();
    let first: Vec<&str> = names.iter().take(MOST_NAMED).map(String::as_str).collect();
    let (count, terms) = (names.len(), first.as_slice());
    if count > MOST_NAMED {
        tr!(language, "cli-decompose-method-many-terms", why = why, count = count, terms = terms)
    } else {
        tr!(language, "cli-decompose-method-terms", why = why, count = count, terms = terms)
    }
}

/// What stands below the effects: the methods, why there are no ratios, and which paths are left out.
pub(super) fn notes(answer: &DecomposeAnswer, language: Language) -> Vec<String> {
    let (effects, paths, used) = (&answer.effects, answer.sample.paths, answer.methods());
    let mut notes: Vec<String> =
        used.iter().map(|method| sentence(effects, *method, used.len() == 1, language)).collect();
    if let (Err(reason), false) = (&effects.multiplicative, effects.totals.is_empty()) {
        notes.push(no_ratios(*reason, effects.totals.len()).text(language));
    }
    if let Some(unknown) = &effects.unknown {
        let (some, first) = (unknown.paths, unknown.first.to_string());
        let note = match &unknown.factor {
            Some(factor) => message!(
                "cli-decompose-unknown-factor",
                count = some,
                paths = paths,
                first = first,
                factor = factor
            ),
            None => message!("cli-decompose-unknown-total", count = some, paths = paths, first = first),
        };
        notes.push(note.text(language));
    }
    notes
}

fn no_ratios(reason: NoRatios, known: usize) -> Message {
    match reason {
        NoRatios::Shapley => message!("cli-decompose-no-ratios-shapley"),
        NoRatios::Sign(count) => message!("cli-decompose-no-ratios-sign", count = count, paths = known),
        NoRatios::TooLarge => message!("cli-decompose-no-ratios-large"),
    }
}
