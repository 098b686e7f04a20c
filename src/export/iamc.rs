//! `iamc.csv`: the wide form of the Integrated Assessment Modeling Consortium, which pyam reads.
//!
//! Columns `Model,Scenario,Region,Variable,Unit` and one for each year (Huppmann et al., “pyam: analysis and
//! visualisation of integrated assessment and macro-energy scenarios”, Open Research Europe 1:74, 2021).
//! A statistic is the last level of the variable's name: `gdp|Median`, `va|coal|5th Percentile`.

use std::collections::BTreeSet;

use super::sheet::{Sheet, number};
use crate::result::Summary;
use crate::result::summary::VariableSummary;
use crate::text::Language;
use crate::text::number::trimmed;
use crate::text::period::label;

/// The wide form; `model` names the program and the model. pyam asks for a region and a unit: a scenario
/// without a region is of the `World`, and a variable without a unit is `dimensionless`.
pub fn csv(summary: &Summary, model: &str) -> String {
    csv_of(&[summary], model)
}

/// The same for several scenarios in one table.
pub fn csv_of(summaries: &[&Summary], model: &str) -> String {
    let variables = summaries.iter().flat_map(|summary| summary.variables.values());
    let years: BTreeSet<i32> = variables.flat_map(|v| v.years.iter().copied()).collect();
    let mut header: Vec<String> =
        ["Model", "Scenario", "Region", "Variable", "Unit"].map(str::to_owned).to_vec();
    header.extend(years.iter().map(label));
    let mut sheet = Sheet::new(&header);
    for summary in summaries {
        rows(&mut sheet, summary, model, &years);
    }
    sheet.finish()
}

fn rows(sheet: &mut Sheet, summary: &Summary, model: &str, years: &BTreeSet<i32>) {
    let region = Some(summary.scenario.region.get(Language::En)).filter(|r| !r.is_empty()).unwrap_or("World");
    for (name, variable) in summary.ordered_variables() {
        let unit = if variable.unit.is_empty() { "dimensionless" } else { &variable.unit };
        for (statistic, values) in statistics(variable) {
            let name = format!("{}|{statistic}", levels_of_name(name));
            let mut row: Vec<String> =
                [model, &summary.scenario.id, region, &name, unit].map(str::to_owned).to_vec();
            let value = |year: &i32| variable.place(*year).and_then(|place| *values.get(place)?);
            row.extend(years.iter().map(|year| number(value(year))));
            sheet.row(&row);
        }
    }
}

/// `va[coal, raw]` as `va|coal|raw`: levels of a name are parted by bars.
fn levels_of_name(name: &str) -> String {
    let parts = name.trim_end_matches(']').split(['[', ',']);
    parts.map(str::trim).collect::<Vec<_>>().join("|")
}

fn statistics(variable: &VariableSummary) -> Vec<(String, &[Option<f64>])> {
    let mut statistics = vec![("Mean".to_owned(), variable.mean.as_slice())];
    statistics.extend(variable.levels().into_iter().map(|(level, values)| (percentile(level), values)));
    statistics
}

/// `5th Percentile`, `Median`.
fn percentile(level: f64) -> String {
    if level == 0.5 {
        return "Median".to_owned();
    }
    let number = trimmed(level * 100.0, 6);
    let ending = match number.as_str() {
        "11" | "12" | "13" => "th",
        n if n.contains('.') => "th",
        n if n.ends_with('1') => "st",
        n if n.ends_with('2') => "nd",
        n if n.ends_with('3') => "rd",
        _ => "th",
    };
    format!("{number}{ending} Percentile")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::sample;

    #[test]
    fn a_statistic_is_a_row_and_a_year_a_column() {
        let text = csv(&sample::summary(), "plancast");
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("Model,Scenario,Region,Variable,Unit,2020,2021,"), "{}", lines[0]);
        assert!(lines[0].ends_with(",2035"));
        assert!(lines[1].starts_with("plancast,plan,Lüliang,gdp|Mean,1e8 CNY,1538,"), "{}", lines[1]);
        assert_eq!(lines.len(), 1 + 3 * 8);
        assert!(text.contains(",gdp|5th Percentile,") && text.contains(",gdp|Median,"));
    }

    #[test]
    fn members_are_levels_of_the_name() {
        assert_eq!(levels_of_name("va[coal, raw]"), "va|coal|raw");
        assert_eq!(levels_of_name("gdp"), "gdp");
    }

    #[test]
    fn a_variable_without_years_of_its_own_leaves_them_empty() {
        let mut summary = sample::summary();
        let co2 = summary.variables.get_mut("co2").unwrap();
        co2.years = vec![2020, 2021];
        co2.unit = String::new();
        let text = csv(&summary, "plancast");
        let row = text.lines().find(|l| l.contains("co2|Median")).unwrap();
        assert!(row.contains(",dimensionless,9870,10158,,,"), "{row}");
    }

    #[test]
    fn percentiles_are_written_as_ordinals() {
        assert_eq!(percentile(0.05), "5th Percentile");
        assert_eq!(percentile(0.025), "2.5th Percentile");
        assert_eq!(percentile(0.01), "1st Percentile");
        assert_eq!(percentile(0.12), "12th Percentile");
        assert_eq!(percentile(0.33), "33rd Percentile");
    }
}
