//! Single paths over the bands of a fan.

use crate::chart::Fan;
use crate::result::{ReplayedPaths, Summary};
use crate::text::Language;
use crate::tr;

/// How many paths are drawn: enough to see how they move, few enough to follow one.
const SHOWN: usize = 30;

/// The fan of a variable with its first paths; see [`super::fan`].
pub fn paths(
    summary: &Summary,
    sample: &ReplayedPaths,
    variable: &str,
    history: &[(i32, f64)],
    source: &str,
    language: Language,
) -> Option<Fan> {
    let fan = super::fan(summary, variable, history, source, language)?;
    let sampled = sample.variables.get(variable)?;
    // A scenario that was changed since has other years.
    if !sampled.years().eq(fan.years.iter().copied()) {
        return None;
    }
    let factor = summary.variables.get(variable)?.shown(language).factor;
    let rows = sampled.values.rows().into_iter().take(SHOWN);
    let paths = rows.map(|row| row.iter().map(|value| value * factor).collect()).collect();
    let title = tr!(language, "report-paths-title", title = &fan.title);
    let paths: Vec<Vec<f64>> = paths;
    // A single path may reach where no band does.
    let logarithmic = fan.logarithmic && paths.iter().flatten().all(|value| value.is_nan() || *value > 0.0);
    Some(Fan { title, logarithmic, paths, ..fan })
}
