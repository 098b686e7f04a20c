//! Findings of an audit as sentences, with the arithmetic.

mod chinese;
mod english;

use plancast::analysis::audit::{FindingKind, StatedPart};
use plancast::text::Language;
use plancast::text::number::{fixed, trimmed};

/// A finding in words.
pub(super) fn of(what: &FindingKind, language: Language) -> String {
    if language == Language::Zh { chinese::sentence(what) } else { english::sentence(what) }
}

fn number(value: f64) -> String {
    plain(&trimmed(value, 6))
}

/// Without separators of thousands, so that what is printed can be computed with.
fn plain(text: &str) -> String {
    text.replace(',', "")
}

/// Five digits at most: 7.4185 %, 14.87 %, 8 %.
fn percent(rate: f64) -> String {
    format!("{} %", plain(&trimmed(100.0 * rate, 5)))
}

/// A share to a tenth of a per cent: 102.7 %.
fn share(share: f64) -> String {
    format!("{} %", plain(&fixed(100.0 * share, 1)))
}

/// How far a ratio moves.
fn factor(factor: f64) -> String {
    plain(&fixed(factor, 5))
}

fn names(targets: &[String]) -> String {
    targets.join(", ")
}

/// A part from its base value to what is stated of it.
fn part(part: &StatedPart) -> String {
    format!("{} {} → {}", part.variable, number(part.base), number(part.level))
}
