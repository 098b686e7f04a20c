//! What each of several correlated inputs explains of what they explain together, in words.

use std::fmt::Write;

use plancast::analysis::indices::MOST_CORRELATED;
use plancast::study::{CorrelatedSplit, InputShare, SensitivityIndex, SplitRule};
use plancast::text::Language;
use plancast::tr;

/// The lines of the table.
pub(super) fn lines(split: &CorrelatedSplit, language: Language) -> String {
    let name = &split.name;
    let Some(found) = &split.found else {
        return tr!(language, "cli-sensitivity-not-split", name = name, most = MOST_CORRELATED) + "\n";
    };
    let mut text = match (split.by, found.is_exact) {
        (SplitRule::Order, true) => tr!(language, "cli-sensitivity-ordered-exact", name = name),
        (SplitRule::Order, false) => tr!(language, "cli-sensitivity-ordered", name = name),
        (_, true) => tr!(language, "cli-sensitivity-shapley-exact", name = name),
        (_, false) => tr!(language, "cli-sensitivity-shapley", name = name),
    } + "\n";
    for InputShare { name, share: SensitivityIndex { value, margin }, .. } in &found.shares {
        let _ = writeln!(text, "{value:>6.3} ± {margin:<6.3}  {name}");
    }
    text
}
