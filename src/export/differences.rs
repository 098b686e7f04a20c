//! What lies between scenarios that were simulated together: `differences.csv` and `changes.csv`.

use super::bands;
use super::sheet::{Sheet, number};
use crate::result::Comparison;
use crate::result::comparison::{Alternative, Rank, Statistics};
use crate::text::Language;

/// `scenario,reference,name,unit,year,statistic,value`: the statistics of the paired differences of variables
/// by year, and of metrics (without a year). The unit is that of the difference, `%` for per cent of the
/// reference; `above`, `below` and `equal` are shares of the paths.
pub fn csv(comparison: &Comparison) -> String {
    let mut sheet = Sheet::new(&["scenario", "reference", "name", "unit", "year", "statistic", "value"]);
    for alternative in &comparison.alternatives {
        let ids = [alternative.summary.scenario.id.as_str(), &comparison.reference.scenario.id];
        let mut row = |name: &str, unit: &str, year: &str, statistic: &str, value: &str| {
            sheet.row(&[ids[0], ids[1], name, unit, year, statistic, value]);
        };
        variables(alternative, &mut row);
        metrics(alternative, &mut row);
    }
    sheet.finish()
}

fn variables(alternative: &Alternative, row: &mut impl FnMut(&str, &str, &str, &str, &str)) {
    for (name, variable) in alternative.difference.ordered_variables() {
        for summary in std::iter::once(&variable.absolute).chain(&variable.relative) {
            for (year, statistic, value) in bands::values(summary) {
                row(name, &summary.unit, &year, &statistic, &value);
            }
        }
        for (year, rank) in variable.absolute.years.iter().zip(&variable.ranks) {
            for (statistic, value) in shares(rank) {
                row(name, "1", &year.to_string(), statistic, &value.to_string());
            }
        }
    }
}

fn metrics(alternative: &Alternative, row: &mut impl FnMut(&str, &str, &str, &str, &str)) {
    for (name, metric) in alternative.difference.ordered_metrics() {
        let relative = metric.relative.iter().map(|statistics| (statistics, "%"));
        for (statistics, unit) in std::iter::once((&metric.absolute, metric.unit.as_str())).chain(relative) {
            for (statistic, value) in values(statistics) {
                row(name, unit, "", &statistic, &number(value));
            }
        }
        for (statistic, value) in shares(&metric.rank) {
            row(name, "1", "", statistic, &value.to_string());
        }
    }
}

fn shares(rank: &Rank) -> [(&'static str, f64); 3] {
    [("above", rank.above), ("below", rank.below), ("equal", rank.equal)]
}

fn values(statistics: &Statistics) -> Vec<(String, Option<f64>)> {
    let named = [
        ("mean", statistics.mean),
        ("sd", statistics.sd),
        ("standard_error", statistics.standard_error),
        ("minimum", statistics.minimum),
        ("maximum", statistics.maximum),
    ];
    let quantiles = statistics.quantiles.iter().map(|(level, value)| (format!("q{level}"), *value));
    named.into_iter().map(|(name, value)| (name.to_owned(), value)).chain(quantiles).collect()
}

/// `scenario,reference,target,title,group,probability_reference,probability,change,standard_error,gained,lost`: how the
/// probability of each target changes; titles in this language.
pub fn changes(comparison: &Comparison, language: Language) -> String {
    let mut sheet = Sheet::new(&[
        "scenario",
        "reference",
        "target",
        "title",
        "group",
        "probability_reference",
        "probability",
        "change",
        "standard_error",
        "gained",
        "lost",
    ]);
    for Alternative { summary, difference } in &comparison.alternatives {
        for (name, target) in difference.ordered_targets() {
            let words = [
                summary.scenario.id.as_str(),
                &comparison.reference.scenario.id,
                name,
                target.title.get(language),
                &target.group,
            ];
            let numbers = [
                Some(target.reference.probability),
                Some(target.alternative.probability),
                Some(target.change),
                target.standard_error,
                Some(target.gained),
                Some(target.lost),
            ];
            let row = words.map(str::to_owned).into_iter().chain(numbers.map(number));
            sheet.row(&row.collect::<Vec<_>>());
        }
    }
    sheet.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::sample;

    #[test]
    fn every_statistic_of_every_difference_has_a_row_that_reads_back() {
        let comparison = sample::comparison();
        let text = csv(&comparison);
        let rows: Vec<_> =
            csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).collect();
        let has = |start: [&str; 6]| rows.iter().any(|row| row.iter().zip(start).all(|(a, b)| a == b));
        for row in [
            ["transition", "plan", "gdp", "1e8 CNY", "2035", "q0.05"],
            ["transition", "plan", "gdp", "%", "2035", "mean"],
            ["transition", "plan", "gdp", "1", "2035", "above"],
            ["transition", "plan", "peak", "year", "", "q0.5"],
        ] {
            assert!(has(row), "{row:?} in\n{text}");
        }
    }

    #[test]
    fn each_target_has_its_probabilities_and_their_change() {
        let text = changes(&sample::comparison(), Language::Zh);
        let first = text.lines().nth(1).unwrap();
        assert!(
            first.starts_with("transition,plan,gdp_2025,2025年地区生产总值达到2200亿元,macro,0.6237,"),
            "{first}"
        );
    }
}
