//! Why a number is not known, in words: what stands below a table that shows "–".

use std::collections::BTreeMap;

use crate::result::Summary;
use crate::result::summary::{VariableSummary, Why};
use crate::text::period::label;
use crate::text::{Key, Language};
use crate::{key, tr};

/// The statistics that tables show.
const SHOWN: [&str; 6] = ["0.05", "0.25", "0.5", "0.75", "0.95", "mean"];

/// A line for each reason why the tables of some variables (their headlines, in the years that `years` chooses) and of
/// some metrics (title, `why`, and whether it is a year, of each) show "–", with what it is the reason of: `–: no path has a finite value (price
/// 2030)`.
pub fn reasons<'a>(
    variables: impl Iterator<Item = (&'a str, &'a VariableSummary)>,
    metrics: impl Iterator<Item = (&'a str, &'a BTreeMap<String, Why>, bool)>,
    language: Language,
    years: impl Fn(&VariableSummary) -> Vec<i32>,
) -> Vec<String> {
    let mut found: BTreeMap<Why, Vec<String>> = BTreeMap::new();
    for (name, variable) in variables.filter(|(_, variable)| variable.headline) {
        let name = variable.title.or_name(name, language);
        for year in years(variable) {
            let whys = SHOWN
                .iter()
                .filter_map(|shown| reason_of(shown, variable.why.get(*shown)?.get(&label(year))?));
            // As `mean_at` has it: of the years after one with too heavy a tail no mean is shown either.
            let told = variable.why.get("mean").is_some_and(|why| why.contains_key(&label(year)));
            let has_mean = variable.place(year).is_some_and(|place| {
                let is_there = variable.mean.get(place).copied().flatten().is_some();
                is_there && !told && variable.mean_at(place).value.is_none()
            });
            let whys = whys.chain(has_mean.then_some(&Why::Tail));
            note(&mut found, whys, &format!("{name} {}", label(year)));
        }
    }
    for (name, why, is_year) in metrics {
        let whys = SHOWN.iter().filter_map(|shown| reason_of(shown, why.get(*shown)?));
        // A year that never comes is infinite: it is told as what it is.
        let whys = whys.map(|why| match why {
            Why::PlusInfinity | Why::SomeInfinite if is_year => &Why::Never,
            why => why,
        });
        note(&mut found, whys, name);
    }
    let line = |(why, names): (Why, Vec<String>)| {
        if why == Why::OneValue {
            return tr!(language, "report-unknown-one-path").to_owned();
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        tr!(language, "report-unknown-line", why = words(why), names = names.as_slice())
    };
    found.into_iter().map(line).collect()
}

/// That a run of one path tells no spread, quantiles or odds; nothing where all is decided or there are more paths.
pub fn one_path(summary: &Summary, language: Language) -> Option<&'static str> {
    let is_one = |why: &Why| *why == Why::OneValue;
    let quantiles = |statistic: &str| statistic.starts_with("0.");
    let of_variables = || {
        let whys = summary.variables.values().flat_map(|variable| &variable.why);
        whys.filter(|(statistic, _)| quantiles(statistic)).flat_map(|(_, years)| years.values())
    };
    let of_metrics = || {
        let whys = summary.metrics.values().flat_map(|metric| &metric.why);
        whys.filter(|(statistic, _)| quantiles(statistic)).map(|(_, why)| why)
    };
    let is_open = || summary.targets.values().any(|target| target.probability.decided.is_none());
    let is_told = summary.paths == 1 && (of_variables().chain(of_metrics()).any(is_one) || is_open());
    is_told.then_some(tr!(language, "report-unknown-one-path"))
}

/// The reason, where the table shows "–": a quantile that is infinite is shown as such.
fn reason_of<'a>(statistic: &str, why: &'a Why) -> Option<&'a Why> {
    let is_shown = matches!(why, Why::Never | Why::PlusInfinity | Why::MinusInfinity) && statistic != "mean";
    (!is_shown).then_some(why)
}

fn note<'a>(found: &mut BTreeMap<Why, Vec<String>>, whys: impl Iterator<Item = &'a Why>, name: &str) {
    for why in whys {
        let names = found.entry(*why).or_default();
        if names.last().is_none_or(|last| last != name) {
            names.push(name.to_owned());
        }
    }
}

/// Why, in words.
fn words(why: Why) -> Key {
    match why {
        Why::NoValue => key!("report-unknown-no-value"),
        Why::OneValue => key!("report-unknown-one-path"),
        Why::Never => key!("report-unknown-never"),
        Why::PlusInfinity | Why::MinusInfinity | Why::SomeInfinite => key!("report-unknown-infinite"),
        Why::NotANumber => key!("report-unknown-not-a-number"),
        Why::Infinite => key!("report-unknown-large"),
        Why::NoSpread => key!("report-unknown-no-spread"),
        Why::Tail => key!("report-unknown-tail"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::sample;

    #[test]
    fn a_reason_is_told_once_with_all_that_it_is_the_reason_of() {
        let mut summary = sample::summary();
        let gdp = summary.variables.get_mut("gdp").unwrap();
        let by_year = |years: [i32; 2]| years.map(|year| (label(year), Why::NoValue)).into();
        gdp.why.insert("mean".to_owned(), by_year([2025, 2035]));
        gdp.why.insert("0.5".to_owned(), by_year([2025, 2035]));
        gdp.why.insert("sd".to_owned(), BTreeMap::from([("2025".to_owned(), Why::OneValue)]));
        let growth = summary.metrics.get_mut("growth").unwrap();
        growth.why = BTreeMap::from([("mean".to_owned(), Why::Infinite), ("0.95".to_owned(), Why::Never)]);
        let lines = |language| {
            let metrics = summary.ordered_metrics().map(|(name, metric)| (name, &metric.why, false));
            reasons(summary.ordered_variables(), metrics, language, |_| vec![2025, 2030, 2035])
        };
        assert_eq!(
            lines(Language::En),
            [
                "–: no path has a value (GDP 2025, GDP 2035)",
                "–: it never comes on some paths, so that there is no mean (peak)",
                "–: the values are so large that their sum is not finite (growth)"
            ]
        );
        assert_eq!(lines(Language::Zh)[0], "–：没有任何路径有数值（地区生产总值 2025、地区生产总值 2035）");
    }
}
