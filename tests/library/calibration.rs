//! The expected path is what a scenario says, and the swings around it are those of the record: each value observed in
//! 2006–2020 lies inside the middle nine tenths of what fifteen simulated years give.

use std::fmt::Write as _;

use super::tables::{WRITING, assert_table};
use crate::common::{Case, moments};
use plancast::model::RecordedVariables;
use plancast::num::ln;
use plancast::scenario::load;

/// Means of growth by year, each with its standard error, over 100 000 paths.
fn growth(scenario: &str) -> Vec<(f64, f64)> {
    let case = Case::load(scenario, &[], &RecordedVariables::Headlines);
    let paths = 100_000;
    let years = case.columns(1, paths, &case.years("gdp_growth", 2021..2036));
    let of = |values: &Vec<f64>| {
        let (mean, variance, _) = moments(values);
        (mean, (variance / paths as f64).sqrt())
    };
    years.iter().map(of).collect()
}

/// Fifteen years within four standard errors (one test in a thousand fails by chance) and `left`, the error of the closed
/// forms, which leave out what is of third order.
fn assert_on_path(scenario: &str, stated: impl Fn(i32) -> f64, left: f64) {
    for (year, (mean, error)) in (2021..).zip(growth(scenario)) {
        let away = (mean - stated(year)).abs();
        assert!(away < 4.0 * error + left, "{scenario} {year}: {mean} for {}", stated(year));
    }
}

fn of_the_plan(year: i32) -> f64 {
    if year <= 2025 { 0.08 } else { 0.0742 }
}

#[test]
fn growth_is_on_average_what_the_plan_says() {
    assert_on_path("plan", of_the_plan, 0.0003);
}

#[test]
fn growth_is_on_average_what_the_outside_view_says() {
    let stated = |year: i32| match year {
        ..=2025 => 0.044,
        2026..=2030 => 0.035,
        _ => 0.03,
    };
    assert_on_path("outside-view", stated, 0.0003);
}

/// Coal is held by a cap, and what the cap takes is made up: the closed form takes value added as lognormal.
#[test]
fn growth_is_on_average_what_the_transition_says() {
    assert_on_path("transition", of_the_plan, 0.001);
}

/// What fifteen years show of growth, prices and emissions.
fn statistics(growth: &[f64], deflator: &[f64], carbon: &[f64], gdp: &[f64]) -> [f64; 8] {
    let log = |values: &[f64]| -> Vec<f64> { values.windows(2).map(|pair| ln(pair[1] / pair[0])).collect() };
    let growth: Vec<f64> = growth.iter().map(|rate| ln(1.0 + rate)).collect();
    let (prices, emitted, real) = (log(deflator), log(carbon), log(gdp));
    let around = |values: &[f64]| -> Vec<f64> {
        let mean = moments(values).0;
        values.iter().map(|value| value - mean).collect()
    };
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let (g, p) = (around(&growth), around(&prices));
    let five: Vec<f64> = g.windows(5).map(|years| years.iter().sum::<f64>().powi(2)).collect();
    let variance = product(&g, &g) / (g.len() as f64 - 1.0);
    [
        100.0 * variance.sqrt(),
        product(&g[1..], &g) / product(&g, &g),
        five.iter().sum::<f64>() / five.len() as f64 / (5.0 * variance),
        100.0 * (product(&p, &p) / (p.len() as f64 - 1.0)).sqrt(),
        prices.iter().filter(|change| **change >= 0.195).count() as f64,
        product(&g, &p) / (product(&g, &g) * product(&p, &p)).sqrt(),
        100.0 * (moments(&emitted).0 - moments(&real).0),
        100.0 * moments(&emitted).1.sqrt(),
    ]
}

const NAMES: [&str; 8] = [
    "s.d. of real log growth, points",
    "its first-order autocorrelation",
    "its five-year variance ratio",
    "s.d. of the deflator's log change, points",
    "years of 15 in which the deflator rose by 20 log points",
    "correlation of growth and prices",
    "log change of CO2 per unit of GDP, points a year (record 2010–20, model 2020–30)",
    "s.d. of CO2's yearly log change within these years, points",
];

/// What is known of the record's own values: of a standard deviation by chi-square (14 and 9 degrees), of a correlation by
/// Fisher's z, of an autocorrelation by √((1 − r²)/n); 90 %.
fn known(row: usize, value: f64) -> String {
    let interval = match row {
        0 | 3 => (value * (14.0f64 / 23.685).sqrt(), value * (14.0f64 / 6.571).sqrt()),
        7 => (value * (9.0f64 / 16.919).sqrt(), value * (9.0f64 / 3.325).sqrt()),
        1 => {
            let error = 1.645 * ((1.0 - value * value) / 15.0).sqrt();
            (value - error, value + error)
        }
        5 => {
            let z = |sign: f64| (value.atanh() + sign * 1.645 / 12.0f64.sqrt()).tanh();
            (z(-1.0), z(1.0))
        }
        _ => return "–".to_owned(),
    };
    format!("{} – {}", shown(row, interval.0), shown(row, interval.1))
}

fn shown(row: usize, value: f64) -> String {
    match row {
        1 | 2 | 5 => format!("{value:.2}"),
        4 => format!("{value:.0}"),
        _ => format!("{value:.1}"),
    }
}

/// The 5 %, 50 % and 95 % quantiles of each statistic over 10 000 paths.
fn simulated(scenario: &str) -> [[f64; 3]; 8] {
    let case = Case::load(scenario, &[], &RecordedVariables::Headlines);
    let paths = 10_000;
    let columns = |name: &str, first: i32, end: i32| case.columns(1, paths, &case.years(name, first..end));
    let of = [
        columns("gdp_growth", 2021, 2036),
        columns("gdp_deflator", 2020, 2036),
        columns("co2", 2020, 2031),
        columns("gdp", 2020, 2031),
    ];
    let mut found: [Vec<f64>; 8] = Default::default();
    for path in 0..paths as usize {
        let [g, p, c, r] = [0, 1, 2, 3].map(|k| of[k].iter().map(|year| year[path]).collect::<Vec<f64>>());
        for (row, value) in statistics(&g, &p, &c, &r).into_iter().enumerate() {
            found[row].push(value);
        }
    }
    found.map(|mut values| {
        values.sort_by(f64::total_cmp);
        [0.05, 0.5, 0.95].map(|level| values[(level * values.len() as f64) as usize])
    })
}

#[test]
fn what_was_observed_lies_inside_what_is_simulated() {
    let scenario = load("plan", &[]).scenario;
    let years = |name: &str, first: i32| -> Vec<f64> {
        let values = &scenario.history[name].values;
        values.iter().filter(|(year, _)| *year >= first).map(|(_, value)| *value).collect()
    };
    let observed = statistics(
        &years("gdp_growth", 2006),
        &years("gdp_deflator", 2005),
        &years("co2", 2010),
        &years("gdp", 2010),
    );
    let models = ["plan", "outside-view"].map(|name| (name, simulated(name)));
    let mut table = String::from(
        "| | record | its 90 % | `plan`, median | 90 % | `outside-view`, median | 90 % |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for (row, name) in NAMES.iter().enumerate() {
        write!(table, "| {name} | {} | {}", shown(row, observed[row]), known(row, observed[row])).unwrap();
        for (scenario, found) in &models {
            let [low, middle, high] = found[row];
            let inside = (low..=high).contains(&observed[row]);
            assert!(
                inside,
                "{scenario}: {name} is {} in the record, and {low} to {high} here",
                observed[row]
            );
            write!(table, " | {} | {} – {}", shown(row, middle), shown(row, low), shown(row, high)).unwrap();
        }
        table.push_str(" |\n");
    }
    let _turn = WRITING.lock();
    assert_table("calibration", &table);
}

/// How much faster CO2 grows where GDP does: growth of both over ten years, in logarithms, and their slope over paths.
#[test]
fn the_table_of_how_carbon_answers_growth_is_what_the_model_gives() {
    let response = |scenario: &str| {
        let case = Case::load(scenario, &[], &RecordedVariables::Headlines);
        let series = [("co2", 2020), ("co2", 2030), ("gdp", 2020), ("gdp", 2030)];
        let columns = case.columns(1, 10_000, &series.map(|(name, year)| case.series(name, year)));
        let grown = |first: usize| -> Vec<f64> {
            columns[first].iter().zip(&columns[first + 1]).map(|(a, b)| ln(b / a)).collect()
        };
        let (carbon, real) = (grown(0), grown(2));
        let (mean, output, variance) = (moments(&carbon).0, moments(&real).0, moments(&real).1);
        let products = carbon.iter().zip(&real).map(|(c, r)| (c - mean) * (r - output)).sum::<f64>();
        [mean / output, products / 9_999.0 / variance]
    };
    let scenario = load("plan", &[]).scenario;
    let recorded = |name: &str| {
        let values = &scenario.history[name].values;
        let at = |wanted: i32| values.iter().find(|(year, _)| *year == wanted).unwrap().1;
        ln(at(2020) / at(2010))
    };
    let record = recorded("co2") / recorded("gdp");
    let [plan, outside] = ["plan", "outside-view"].map(response);
    let table = format!(
        "| | record 2010–20 | `plan` 2020–30 | `outside-view` 2020–30 |\n| --- | ---: | ---: | ---: |\n\
         | mean growth of CO2 over that of real GDP | {record:.2} | {:.2} | {:.2} |\n\
         | further growth of CO2 with each further point of GDP, over paths | – | {:.2} | {:.2} |\n",
        plan[0], outside[0], plan[1], outside[1]
    );
    let _turn = WRITING.lock();
    assert_table("response", &table);
}
