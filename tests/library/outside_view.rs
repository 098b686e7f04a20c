//! The forecast of `outside-view` follows from the record by the method of `docs/outside-view.md`: what the panel of
//! prefectures comes to stands in `docs/outside-view.csv`, and everything after that is computed here.

use crate::common::{Case, moments};
use plancast::model::RecordedVariables;

/// Five-year means over the prefectures, per cent a year.
struct Window {
    from: i32,
    prefectures: f64,
    mean: f64,
    sd: f64,
    city: f64,
    /// Of the distances from the mean, on those of the five years before.
    slope: Option<f64>,
}

fn windows() -> Vec<Window> {
    let text = include_str!("../../docs/outside-view.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let number = |column: usize| row[column].parse::<f64>();
        Window {
            from: row[0].parse().unwrap(),
            prefectures: number(2).unwrap(),
            mean: number(3).unwrap(),
            sd: number(4).unwrap(),
            city: number(6).unwrap(),
            slope: number(8).ok(),
        }
    });
    rows.collect()
}

/// What is known at the end of a year.
struct Known {
    /// Mean of the last five years over all prefectures.
    mean: f64,
    /// How far the city was from it.
    distance: f64,
    /// Share of a distance that is left five years later, over all pairs of windows that do not overlap.
    slope: f64,
    /// How much the mean changed from five years to the next five, on average.
    change: f64,
}

impl Known {
    fn at_the_end_of(year: i32) -> Self {
        let all = windows();
        let at = |from: i32| all.iter().find(|window| window.from == from).unwrap();
        let pairs: Vec<(&Window, &Window)> = (2001..=year - 9).map(|from| (at(from), at(from + 5))).collect();
        let apart = pairs.iter().filter(|(before, _)| (before.from - 2001) % 5 == 0);
        // Least squares through the origin, pooled: each pair's slope weighted with its sum of squares.
        let (mut products, mut squares) = (0.0, 0.0);
        for (before, after) in apart {
            let own = (before.prefectures - 1.0) * before.sd * before.sd;
            products += after.slope.unwrap() * own;
            squares += own;
        }
        let last = at(year - 4);
        Self {
            mean: last.mean,
            distance: last.city - last.mean,
            slope: products / squares,
            change: pairs.iter().map(|(before, after)| after.mean - before.mean).sum::<f64>()
                / pairs.len() as f64,
        }
    }

    /// The rule: the last mean, a part `k` of its usual change, and what is left of the city's distance.
    fn forecast(&self, k: f64) -> f64 {
        self.mean + k * self.change + self.slope * self.distance
    }
}

const PAGE: &str = include_str!("../../docs/outside-view.md");

#[test]
fn the_forecast_is_what_the_method_makes_of_the_record() {
    let known = Known::at_the_end_of(2020);
    for (k, shown) in [(0.0, "0"), (0.5, "½"), (1.0, "1")] {
        let panel = known.mean + k * known.change;
        let row = format!("| {shown} | {panel:.1} | {:.1} |", known.forecast(k));
        assert!(PAGE.contains(&row), "{row} is not on the page");
    }
    let middle = f64::midpoint(known.forecast(0.5), known.forecast(1.0));
    assert!((middle - 3.87).abs() < 0.005, "{middle}");
    let case = Case::load("outside-view", &[], &RecordedVariables::Headlines);
    let growth = case.central("gdp_growth", 2021);
    assert!((100.0 * growth - middle.round()).abs() < 1e-9, "{growth} is not {middle} rounded");
}

/// As it would have been made in 2010 and 2015, against what came.
#[test]
fn the_rule_on_the_past_is_what_the_page_shows() {
    for (year, actual) in [(2010, "4.6"), (2015, "5.4")] {
        let known = Known::at_the_end_of(year);
        for (k, shown) in [(0.0, "0"), (0.5, "½"), (1.0, "1")] {
            let start = format!("| {year} | {shown} | {:.2} | {:+.1} |", known.slope, known.change);
            let start = start.replace('-', "−");
            let end = format!("| {:.1} | {actual} |", known.forecast(k));
            let found = PAGE.lines().any(|line| line.starts_with(&start) && line.ends_with(&end));
            assert!(found, "{start} … {end} is not on the page");
        }
    }
}

/// 20 000 paths: standard errors of 0.02 points for the mean and for the standard deviation.
#[test]
fn five_years_of_growth_scatter_as_the_page_says() {
    let case = Case::load("outside-view", &[], &RecordedVariables::Headlines);
    let series = case.model.labels.metrics.iter().find(|label| label.name == "growth_14fyp").unwrap().series;
    let (mean, variance, _) = moments(&case.columns(1, 20_000, &[series as usize])[0]);
    let said = format!("the mean of 2021–25 is {:.1} ± {:.1}", 100.0 * mean, 100.0 * variance.sqrt());
    assert!(PAGE.replace('\n', " ").contains(&said), "{said} is not on the page");
}
