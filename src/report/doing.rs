//! "How are we doing?": the years that were observed inside the bands that were given for them, and the chances now beside
//! those of before.

use minijinja::context;
use minijinja::value::Value;

use super::figure::{target_title, variable_title};
use super::page::unit_words;
use super::scorecard::words;
use crate::result::Summary;
use crate::result::evidence::ObservedValue;
use crate::result::summary::{Estimate, VariableSummary};
use crate::text::{Language, number};
use crate::tr;

/// Where an observed value lies in a band from before: the band's ends, its median, and whether it lies within.
struct Placed {
    low: Estimate,
    median: Estimate,
    high: Estimate,
    /// Below, within or above.
    side: i32,
}

/// Nothing where a quantile of the band is not known.
fn placed(before: &VariableSummary, observed: &ObservedValue) -> Option<Placed> {
    let place = before.place(observed.year)?;
    let [low, median, high] = ["0.05", "0.5", "0.95"].map(|level| before.quantile(level, place));
    let side = i32::from(observed.value > high.value?) - i32::from(observed.value < low.value?);
    Some(Placed { low, median, high, side })
}

/// What the template shows; nothing where nothing was observed.
pub(super) fn value(summary: &Summary, language: Language) -> Option<Value> {
    let (evidence, prior) = (summary.evidence.as_ref()?, summary.prior.as_ref()?);
    let (mut all, mut within) = (0, 0);
    let mut variables = Vec::new();
    for (name, observed) in &evidence.observed {
        let Some(before) = prior.variables.get(name) else { continue };
        let shown = before.shown(language);
        let mut rows = Vec::new();
        for one in observed {
            let Some(found) = placed(before, one) else { continue };
            all += 1;
            within += i32::from(found.side == 0);
            let own = Estimate { value: Some(one.value), error: Some(one.sd) };
            let levels = [found.low, found.median, found.high];
            let spread = Estimate::spread(&levels);
            let [low, median, high] = levels.map(|level| level.shown_beside(&shown, "–", spread));
            let side = match found.side {
                0 => tr!(language, "report-doing-within"),
                1 => tr!(language, "report-doing-above"),
                _ => tr!(language, "report-doing-below"),
            };
            rows.push(context! {
                year => number::year(one.year),
                cells => vec![own.shown_beside(&shown, "–", spread), low, median, high],
                side,
                outside => found.side != 0,
            });
        }
        let (title, unit) = (variable_title(summary, name, language), unit_words(&shown.unit, language));
        if !rows.is_empty() {
            variables.push(context! { title, unit, rows });
        }
    }
    let chances: Vec<Value> = summary
        .ordered_targets()
        .filter(|(_, target)| !summary.is_variant(target))
        .filter_map(|(name, target)| {
            let before = target.prior.as_ref()?;
            let (then, now) = (words(before, language), words(&target.probability, language));
            let exact = [before, &target.probability].map(|known| known.words(language));
            Some(context! { title => target_title(name, target, language), then, now, exact })
        })
        .collect();
    let finding = tr!(language, "report-doing-finding", all = all, within = within);
    let limits = tr!(language, "report-doing-limits");
    Some(context! { finding => Some(finding).filter(|_| all > 0), limits, variables, chances })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(levels: [Option<f64>; 3]) -> VariableSummary {
        let names = ["0.05", "0.5", "0.95"].map(str::to_owned);
        let quantiles = names.into_iter().zip(levels.map(|level| vec![level])).collect();
        VariableSummary { years: vec![2021], quantiles, ..VariableSummary::default() }
    }

    /// The ends belong to the band.
    #[test]
    fn a_value_lies_below_a_band_within_it_or_above() {
        let side = |value: f64| {
            let observed = ObservedValue { year: 2021, value, sd: 0.1 };
            placed(&band([Some(1.0), Some(2.0), Some(4.0)]), &observed).unwrap().side
        };
        assert_eq!([0.9, 1.0, 3.0, 4.0, 4.1].map(side), [-1, 0, 0, 0, 1]);
        let unknown = ObservedValue { year: 2021, value: 1.0, sd: 0.1 };
        assert!(placed(&band([None, Some(2.0), Some(4.0)]), &unknown).is_none());
        assert!(placed(&band([Some(1.0); 3]), &ObservedValue { year: 2022, ..unknown }).is_none());
    }
}
