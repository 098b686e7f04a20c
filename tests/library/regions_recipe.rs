//! The recipe "Regions from a table" of `docs/recipes.md`, against growth in closed form.

use crate::common::{Case, diagnostics};
use crate::recipes::block;

const TITLE: &str = "Regions from a table";

#[test]
fn regions_grow_from_the_values_of_their_table() {
    let case = Case::beside(block(TITLE, "toml"), &[("regions.csv", block(TITLE, "csv regions.csv"))]);
    // That its rates are assumptions is meant to be said.
    let told: Vec<String> =
        diagnostics(&case).into_iter().filter(|told| !told.contains("graded C or D")).collect();
    assert_eq!(told, Vec::<String>::new());
    // Each region by itself: its value of 2020 and the mean of its growth, compounded.
    let regions = [("r140100", 415.3, 0.05), ("r140200", 137.0, 0.045), ("r141100", 1153.8, 0.04)];
    for year in [2020, 2021, 2030] {
        let grown = |value: f64, rate: f64| value * (1.0 + rate).powi(year - 2020);
        for (name, value, rate) in regions {
            let found = case.central(&format!("output[{name}]"), year);
            assert!((found / grown(value, rate) - 1.0).abs() < 1e-12, "{name} in {year}: {found}");
        }
        let total: f64 = regions.iter().map(|(_, value, rate)| grown(*value, *rate)).sum();
        assert!((case.central("total", year) / total - 1.0).abs() < 1e-12);
        assert!((case.central("largest", year) - grown(1153.8, 0.04) / total).abs() < 1e-12);
    }
    let skipped = &case.loaded.scenario.data_tables[0].skipped;
    assert_eq!((skipped.filtered, skipped.footers, skipped.blank), (3, 2, 1));
}
