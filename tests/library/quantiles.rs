//! Quantiles from counts in bins against exact sorting of the same paths.
#![allow(clippy::disallowed_methods, reason = "a tolerance; it enters no result")]

use crate::common::Case;
use plancast::model::RecordedVariables;

/// The place, from 0, of the smallest of sorted values that at least a share of them does not exceed: type 1 of Hyndman
/// and Fan (1996), `inverted_cdf` in `NumPy`. Levels are thousandths.
fn place(count: usize, level: f64) -> usize {
    let thousandths = (level * 1000.0).round() as usize;
    (count * thousandths).div_ceil(1000).max(1) - 1
}

/// The quantile of sorted values.
fn exact(sorted: &[f64], level: f64) -> f64 {
    sorted[place(sorted.len(), level)]
}

/// 1e-4 of the value, or of the standard deviation for values that are nearer to zero than that.
fn tolerance(value: f64, sd: f64) -> f64 {
    1e-4 * f64::max(value.abs(), sd)
}

const LEVELS: [f64; 9] = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

#[test]
fn quantiles_of_the_plan_are_those_of_the_sorted_paths() {
    let case = Case::load("plan", &[], &RecordedVariables::Headlines);
    let paths = 100_000;
    let ensemble = case.run(1, paths);
    let names = [
        ("gdp", 2025),
        ("gdp", 2035),
        ("gdp_growth", 2021),
        ("gdp_growth", 2035),
        ("gdp_nominal", 2035),
        ("gdp_deflator", 2030),
        ("coal_share", 2030),
        ("industrial_output", 2025),
        ("co2", 2020),
        ("co2", 2035),
        ("energy_intensity", 2035),
    ];
    let metrics = ["growth_14fyp", "worst_year", "co2_growth_2030", "co2_intensity_14fyp"];
    let mut series: Vec<usize> = names.iter().map(|(name, year)| case.series(name, *year)).collect();
    for name in metrics {
        let label = case.model.labels.metrics.iter().find(|label| label.name == name).unwrap();
        series.push(label.series as usize);
    }
    let mut near_zero = 0;
    for (mut column, &number) in case.columns(1, paths, &series).into_iter().zip(&series) {
        let tally = &ensemble.series[number];
        column.sort_by(f64::total_cmp);
        let sd = tally.variance().unwrap().sqrt();
        assert_eq!((tally.min(), tally.max()), (column.first().copied(), column.last().copied()));
        for level in LEVELS {
            let (found, truth) = (tally.quantile(level).unwrap(), exact(&column, level));
            near_zero += usize::from(truth.abs() < sd);
            let off = (found - truth).abs();
            assert!(
                off <= tolerance(truth, sd),
                "series {number}, level {level}: {found} for {truth}, sd {sd}: {:.1e} of the value, {:.1e} of the sd",
                off / truth.abs(),
                off / sd
            );
        }
    }
    // Else the tolerance in parts of the standard deviation was never asked for.
    assert!(near_zero > 0, "no quantile lies near zero");
}

#[test]
fn quantiles_that_cross_zero_are_those_of_the_sorted_paths() {
    let case = Case::of(
        r#"
        [time]
        start = 2020
        end = 2021
        [parameters]
        growth = "normal(0, 0.02)"
        wide = "student_t(3, 0, 1e6)"
        tiny = "normal(1e-7, 1e-7)"
        far = "normal(1e7, 0.1)"
        [variables]
        a = "growth"
        b = "wide"
        c = "tiny"
        d = "far"
        "#,
    );
    let paths = 100_000;
    let ensemble = case.run(2, paths);
    let series = ["a", "b", "c", "d"].map(|name| case.series(name, 2020));
    for (mut column, number) in case.columns(2, paths, &series).into_iter().zip(series) {
        let tally = &ensemble.series[number];
        column.sort_by(f64::total_cmp);
        let sd = tally.variance().unwrap().sqrt();
        for level in LEVELS {
            let (found, truth) = (tally.quantile(level).unwrap(), exact(&column, level));
            assert!(
                (found - truth).abs() <= tolerance(truth, sd),
                "series {number}, level {level}: {found} for {truth}"
            );
        }
    }
}
