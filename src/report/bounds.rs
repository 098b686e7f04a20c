//! Variables that leave the bounds within which they should stay, in words.

use crate::result::Summary;
use crate::text::{Language, number};
use crate::tr;

/// Of each variable that leaves its bounds on some path: its name, a sentence, and the first such path.
pub fn sentences(run: &Summary, language: Language) -> Vec<(&str, String, Option<u64>)> {
    let left = run.bounds.iter().filter(|(_, found)| found.paths > 0);
    let each = left.map(|(name, found)| {
        let shown = |x: f64| number::trimmed(x, 6);
        let (count, of) = (found.paths, run.paths);
        let said = match (found.min, found.max) {
            (Some(low), Some(high)) => {
                let (low, high) = (shown(low), shown(high));
                tr!(
                    language,
                    "report-bounds-between",
                    name = name,
                    low = low,
                    high = high,
                    count = count,
                    of = of
                )
            }
            (Some(low), None) => {
                tr!(language, "report-bounds-below", name = name, low = shown(low), count = count, of = of)
            }
            (None, high) => {
                let high = shown(high.unwrap_or(f64::INFINITY));
                tr!(language, "report-bounds-above", name = name, high = high, count = count, of = of)
            }
        };
        (name.as_str(), said, found.first_path)
    });
    each.collect()
}
