//! The forecast of `outside-view` is that of the method which its rule chooses: what the backtest of each method gave
//! stands in `docs/outside-view.csv`, and the page and the scenario follow from it.

use crate::common::{Case, moments};
use plancast::model::RecordedVariables;

const PAGE: &str = include_str!("../../docs/outside-view.md");

/// A line of the table: method, half, and numbers by column.
fn results() -> Vec<(String, String, Vec<f64>)> {
    let mut reader = csv::Reader::from_reader(include_str!("../../docs/outside-view.csv").as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let numbers = row.iter().skip(2).map(|cell| cell.parse().unwrap()).collect();
        (row[0].to_owned(), row[1].to_owned(), numbers)
    });
    rows.collect()
}

/// The method with the least CRPS on the half that chooses, as it did on the other half.
fn chosen() -> (String, Vec<f64>) {
    let all = results();
    let choice = all.iter().filter(|(_, half, _)| half == "choice");
    let (best, ..) = choice.min_by(|a, b| a.2[0].total_cmp(&b.2[0])).unwrap();
    let rest = all.iter().find(|(method, half, _)| method == best && half == "rest").unwrap();
    (best.clone(), rest.2.clone())
}

#[test]
fn the_scenario_expects_what_the_chosen_method_forecasts() {
    let (method, numbers) = chosen();
    assert_eq!(method, "last 2, 0, shrunk");
    assert!(numbers[0] < results().iter().find(|(name, ..)| name == "before").unwrap().2[0]);
    let case = Case::load("outside-view", &[], &RecordedVariables::Headlines);
    let growth = 100.0 * case.central("gdp_growth", 2021);
    assert!((growth - (10.0 * numbers[6]).round() / 10.0).abs() < 1e-6, "{growth} for {}", numbers[6]);
    assert!(PAGE.contains(&format!("**{:.1} % a year in 2021–25.**", numbers[6])));
}

#[test]
fn every_method_tried_stands_on_the_page_with_its_score_and_coverage() {
    for (method, half, numbers) in results().iter().filter(|(_, half, _)| half == "rest") {
        let shown = format!("{:.2} ± {:.2}", numbers[0], numbers[1]);
        let coverage: Vec<String> =
            numbers[2..5].iter().map(|share| format!("{:.0}", 100.0 * share)).collect();
        let row = PAGE.lines().find(|line| line.starts_with(&format!("| {method} |")));
        let row = row.unwrap_or_else(|| panic!("{method} ({half}) is not on the page"));
        assert!(row.contains(&shown) && row.contains(&coverage.join(" / ")), "{shown}: {row}");
    }
}

/// 20 000 paths: a standard error of 0.02 points. What is simulated contains what the rule missed in the past.
#[test]
fn five_years_of_growth_scatter_by_no_less_than_the_rule_missed() {
    let case = Case::load("outside-view", &[], &RecordedVariables::Headlines);
    let series = case.model.labels.metrics.iter().find(|label| label.name == "growth_14fyp").unwrap().series;
    let (_, variance, _) = moments(&case.columns(1, 20_000, &[series as usize])[0]);
    let scatter = 100.0 * variance.sqrt();
    assert!(scatter > chosen().1[7], "{scatter}");
    assert!(
        PAGE.contains(&format!("<!-- spread -->{scatter:.1}<!-- end -->")),
        "{scatter} is not on the page"
    );
}
