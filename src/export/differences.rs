//! What lies between scenarios that were simulated together: `differences.csv` and `changes.csv`.

use super::bands;
use super::sheet::{Sheet, number};
use crate::result::Comparison;
use crate::result::comparison::{Alternative, DifferenceQuantiles, PercentOfMean, Rank, Statistics};
use crate::text::Language;
use crate::text::period::label;

/// `scenario,reference,name,unit,year,statistic,value`: the statistics of the paired differences of variables
/// by year, and of metrics (without a year).
///
/// In the unit of the difference there are its `mean`, `sd`, `standard_error`, `minimum`, `maximum` and quantiles. In
/// `%` there are `percent_of_mean`, the ratio of means, with `percent_of_mean_standard_error`, or with
/// `percent_of_mean_not_known` and the reason as its value; and quantiles of the difference in per cent of the
/// reference on the same path, `percent_by_path_q0.05`, where the reference is of one sign. `above`, `below` and
/// `equal` are shares of the paths.
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
        let absolute = &variable.absolute;
        for (year, statistic, value) in bands::values(absolute) {
            row(name, &absolute.unit, &year, &statistic, &value);
        }
        for (place, year) in absolute.years.iter().enumerate() {
            let by_path = variable.percent_by_path.get(place).and_then(Option::as_ref);
            for (statistic, value) in percents(variable.percent_of_mean.get(place), by_path) {
                row(name, "%", &label(year), &statistic, &value);
            }
        }
        for (year, rank) in absolute.years.iter().zip(&variable.ranks) {
            for (statistic, value) in shares(rank) {
                row(name, "1", &label(year), statistic, &value.to_string());
            }
        }
    }
}

fn metrics(alternative: &Alternative, row: &mut impl FnMut(&str, &str, &str, &str, &str)) {
    for (name, metric) in alternative.difference.ordered_metrics() {
        for (statistic, value) in values(&metric.absolute) {
            row(name, &metric.unit, "", &statistic, &number(value));
        }
        for (statistic, value) in percents(Some(&metric.percent_of_mean), metric.percent_by_path.as_ref()) {
            row(name, "%", "", &statistic, &value);
        }
        for (statistic, value) in metric.rank.iter().flat_map(shares) {
            row(name, "1", "", statistic, &value.to_string());
        }
    }
}

/// What is given in per cent, or why it is not.
fn percents(of_mean: Option<&PercentOfMean>, by_path: Option<&DifferenceQuantiles>) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    if let Some(percent) = of_mean {
        rows.push(("percent_of_mean".to_owned(), number(percent.value)));
        rows.push(match percent.not_known {
            Some(reason) => ("percent_of_mean_not_known".to_owned(), reason.key().to_owned()),
            None => ("percent_of_mean_standard_error".to_owned(), number(percent.standard_error)),
        });
    }
    let quantiles = by_path.iter().flat_map(|by_path| &by_path.quantiles);
    rows.extend(quantiles.map(|(level, value)| (format!("percent_by_path_q{level}"), number(*value))));
    rows
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

/// `scenario,reference,target,title,group,probability_reference,probability,change,standard_error,low,high,gained,lost`: how the
/// probability of each target changes, with the ends of the 95 % interval; titles in this language. The standard error is empty
/// where no path tells the two apart.
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
        "low",
        "high",
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
                Some(target.low),
                Some(target.high),
                target.gained,
                target.lost,
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
            ["transition", "plan", "gdp", "%", "2035", "percent_of_mean"],
            ["transition", "plan", "gdp", "%", "2035", "percent_of_mean_standard_error"],
            ["transition", "plan", "gdp", "%", "2035", "percent_by_path_q0.05"],
            ["transition", "plan", "peak", "%", "", "percent_of_mean_not_known"],
            ["transition", "plan", "gdp", "1", "2035", "above"],
            ["transition", "plan", "peak", "year", "", "q0.5"],
        ] {
            assert!(has(row), "{row:?} in\n{text}");
        }
        // Its reference is of two signs in 2035.
        assert!(!has(["transition", "plan", "co2", "%", "2035", "percent_by_path_q0.05"]));
        assert!(text.contains("transition,plan,peak,%,,percent_of_mean_not_known,calendar_year\n"), "{text}");
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
