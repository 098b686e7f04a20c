//! `bands.csv`: the statistics of every variable and year in long form.

use super::sheet::{Sheet, number};
use crate::result::Summary;
use crate::result::summary::VariableSummary;
use crate::text::period::label;

/// `scenario,variable,unit,year,statistic,value`, statistics being `mean`, `sd`, `standard_error`, `minimum`,
/// `maximum` and quantiles as `q0.05`; a statistic that does not exist has an empty value, a quantile that is infinite is `inf`
/// or `-inf`.
pub fn csv(summary: &Summary) -> String {
    csv_of(&[summary])
}

/// The same for several scenarios in one table.
pub fn csv_of(summaries: &[&Summary]) -> String {
    let mut sheet = Sheet::new(&["scenario", "variable", "unit", "year", "statistic", "value"]);
    for summary in summaries {
        for (name, variable) in summary.ordered_variables() {
            for (year, statistic, value) in values(variable) {
                sheet.row(&[&summary.scenario.id, name, &variable.unit, &year, &statistic, &value]);
            }
        }
    }
    sheet.finish()
}

/// Year, statistic and value of every cell.
pub(super) fn values(variable: &VariableSummary) -> Vec<(String, String, String)> {
    let mut rows = Vec::new();
    for (place, year) in variable.years.iter().enumerate() {
        for (statistic, values) in statistics(variable) {
            let level = statistic.strip_prefix('q').map(|level| variable.quantile(level, place));
            let text = match level.and_then(|quantile| quantile.value) {
                Some(f64::INFINITY) => "inf".to_owned(),
                Some(f64::NEG_INFINITY) => "-inf".to_owned(),
                _ => number(values.get(place).copied().flatten()),
            };
            rows.push((label(year), statistic, text));
        }
    }
    rows
}

fn statistics(variable: &VariableSummary) -> Vec<(String, &[Option<f64>])> {
    let mut statistics = vec![
        ("mean".to_owned(), variable.mean.as_slice()),
        ("sd".to_owned(), &variable.sd),
        ("standard_error".to_owned(), &variable.standard_error),
        ("minimum".to_owned(), &variable.minimum),
        ("maximum".to_owned(), &variable.maximum),
    ];
    statistics.extend(variable.levels().into_iter().map(|(level, values)| (format!("q{level}"), values)));
    statistics
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::sample;

    #[test]
    fn every_statistic_of_every_year_has_a_row() {
        let text = csv(&sample::summary());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "scenario,variable,unit,year,statistic,value");
        assert_eq!(lines[1], "plan,gdp,1e8 CNY,2020,mean,1538");
        assert_eq!(lines[6], "plan,gdp,1e8 CNY,2020,q0.05,1538");
        assert_eq!(lines.len(), 1 + 3 * 16 * 12);
    }

    #[test]
    fn names_with_commas_are_quoted_and_read_back() {
        let mut summary = sample::summary();
        let coal = summary.variables.remove("va[coal]").unwrap();
        summary.variables.insert("va[coal, \"raw\"]".to_owned(), coal);
        summary.order.variables = vec!["va[coal, \"raw\"]".to_owned()];
        let text = csv(&summary);
        assert!(text.contains("plan,\"va[coal, \"\"raw\"\"]\",1e8 CNY,2020,mean,612\n"), "{text}");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!(&row[1], "va[coal, \"raw\"]");
    }

    #[test]
    fn a_statistic_that_does_not_exist_is_empty() {
        let mut summary = sample::summary();
        summary.variables.get_mut("gdp").unwrap().mean[0] = None;
        assert!(csv(&summary).contains("plan,gdp,1e8 CNY,2020,mean,\n"));
    }
}
