//! Why a number is not known, in words: what stands below a table that shows "–".

use std::collections::BTreeMap;

use crate::result::summary::{VariableSummary, Why};
use crate::text::Language;

/// The statistics that tables show.
const SHOWN: [&str; 6] = ["0.05", "0.25", "0.5", "0.75", "0.95", "mean"];

/// A line for each reason why the tables of some variables (their headlines, in the years that `years` chooses) and of
/// some metrics (title and `why` of each) show "–", with what it is the reason of: `–: no path has a finite value (price
/// 2030)`.
pub fn reasons<'a>(
    variables: impl Iterator<Item = (&'a str, &'a VariableSummary)>,
    metrics: impl Iterator<Item = (&'a str, &'a BTreeMap<String, Why>)>,
    language: Language,
    years: impl Fn(&VariableSummary) -> Vec<i32>,
) -> Vec<String> {
    let mut found: BTreeMap<Why, Vec<String>> = BTreeMap::new();
    for (name, variable) in variables.filter(|(_, variable)| variable.headline) {
        let name = Some(variable.title.get(language)).filter(|title| !title.is_empty()).unwrap_or(name);
        for year in years(variable) {
            let whys = SHOWN.iter().filter_map(|shown| variable.why.get(*shown)?.get(&year.to_string()));
            note(&mut found, whys, &format!("{name} {year}"));
        }
    }
    for (name, why) in metrics {
        // A quantile among the paths that never get there is shown as such.
        let whys = SHOWN.iter().filter_map(|shown| why.get(*shown));
        let whys = whys.filter(|why| **why != Why::Never);
        let never = why.get("mean").filter(|why| **why == Why::Never);
        note(&mut found, whys.chain(never), name);
    }
    let line = |(why, names): (Why, Vec<String>)| match language {
        Language::En => format!("–: {} ({})", words(why, language), names.join(", ")),
        Language::Zh => format!("–：{}（{}）", words(why, language), names.join("、")),
    };
    found.into_iter().map(line).collect()
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
fn words(why: Why, language: Language) -> &'static str {
    match (why, language) {
        (Why::NoValue, Language::En) => "no path has a finite value",
        (Why::NoValue, Language::Zh) => "没有任何路径取有限值",
        (Why::OneValue, Language::En) => "only one path has a finite value",
        (Why::OneValue, Language::Zh) => "只有一条路径取有限值",
        (Why::Never, Language::En) => "it never comes on any path",
        (Why::Never, Language::Zh) => "在所有路径上均未发生",
        (Why::Infinite, Language::En) => "the values are so large that their sum is not finite",
        (Why::Infinite, Language::Zh) => "数值过大，其和超出可表示的范围",
        (Why::Tail, Language::En) => "the values lie too far apart for a mean to be counted",
        (Why::Tail, Language::Zh) => "数值相差过于悬殊，无法求得均值",
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
        let by_year = |years: [i32; 2]| years.map(|year| (year.to_string(), Why::NoValue)).into();
        gdp.why.insert("mean".to_owned(), by_year([2025, 2035]));
        gdp.why.insert("0.5".to_owned(), by_year([2025, 2035]));
        gdp.why.insert("sd".to_owned(), BTreeMap::from([("2025".to_owned(), Why::OneValue)]));
        let growth = summary.metrics.get_mut("growth").unwrap();
        growth.why = BTreeMap::from([("mean".to_owned(), Why::Infinite), ("0.95".to_owned(), Why::Never)]);
        let lines = |language| {
            let metrics = summary.ordered_metrics().map(|(name, metric)| (name, &metric.why));
            reasons(summary.ordered_variables(), metrics, language, |_| vec![2025, 2030, 2035])
        };
        assert_eq!(
            lines(Language::En),
            [
                "–: no path has a finite value (GDP 2025, GDP 2035)",
                "–: the values are so large that their sum is not finite (growth)"
            ]
        );
        assert_eq!(lines(Language::Zh)[0], "–：没有任何路径取有限值（地区生产总值 2025、地区生产总值 2035）");
    }
}
