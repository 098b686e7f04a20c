//! The outcomes that are looked at when none is named.

use indexmap::IndexSet;

use crate::model::Labels;

/// Most targets, headlines and metrics.
const MOST_OF_A_KIND: usize = 8;

/// The first targets (those that tables lead with before others), headlines in their last year and metrics, and how many
/// more there are.
pub(super) fn outcomes(labels: &Labels) -> (Vec<String>, usize) {
    let headlines = labels.variables.iter().filter(|variable| variable.headline);
    let led_with = labels.headline_targets.iter().map(|place| &labels.targets[*place as usize]);
    let targets: IndexSet<&String> = led_with.chain(&labels.targets).map(|target| &target.name).collect();
    let kinds: [Vec<String>; 3] = [
        targets.into_iter().cloned().collect(),
        headlines
            .map(|variable| format!("{}@{}", variable.name, crate::text::period::label(variable.last_year)))
            .collect(),
        labels.metrics.iter().map(|metric| metric.name.clone()).collect(),
    ];
    let all = kinds.iter().map(Vec::len).sum::<usize>();
    let first: Vec<String> =
        kinds.into_iter().flat_map(|kind| kind.into_iter().take(MOST_OF_A_KIND)).collect();
    let left = all - first.len();
    (first, left)
}
