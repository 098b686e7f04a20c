//! `at-2015`, the model as it could have been written at the end of 2015: nothing that became known later stands in it, its
//! accounts are those that were published, it grows as it says, and `docs/learning.md` shows the odds that it gives.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::common::{Case, moments};
use plancast::model::RecordedVariables;
use plancast::result::Summary;
use plancast::scenario::load;
use plancast::{Options, Study};

const PAGE: &str = include_str!("../../docs/learning.md");
const OUTCOMES: &str = include_str!("../../scenarios/luliang/at-2015-outcomes.csv");
const OBSERVED: &str = include_str!("../../scenarios/luliang/at-2015-observed.csv");

/// The sectors of 2015 as first published, in 100 million yuan.
const PUBLISHED: [(&str, f64); 3] = [("primary", 54.0197), ("secondary", 544.013), ("tertiary", 357.768)];

fn case() -> Case {
    Case::load("at-2015", &[], &RecordedVariables::Headlines)
}

// ───────────── What it knows ─────────────

#[test]
fn no_value_after_2015_stands_in_the_record_and_nothing_is_observed() {
    let scenario = load("at-2015", &[]).scenario;
    assert_eq!((scenario.time.start, scenario.time.end), (2015, 2025));
    assert!(scenario.observations.is_empty() && scenario.fits.is_empty());
    let names: Vec<&str> = scenario.history.keys().map(String::as_str).collect();
    assert_eq!(names, ["gdp", "gdp_nominal", "gdp_growth", "gdp_deflator", "co2"]);
    for (name, history) in &scenario.history {
        let years: Vec<i32> = history.values.iter().map(|(year, _)| *year).collect();
        assert_eq!(years, (2000..=2015).collect::<Vec<i32>>(), "{name}");
        assert!(history.lines.iter().all(|line| line.year <= 2015), "{name}");
    }
}

/// The accounts, estimates and fit of 2020 and the report of 2021 are left behind; `cycle` is the pattern of loadings, which
/// the scenario says is hindsight.
#[test]
fn no_value_rests_on_the_accounts_of_2020_or_on_the_report() {
    let options = Options::default().paths(1000).drivers(false);
    let assumptions = Study::open("at-2015").unwrap().run(&options).unwrap().summary.assumptions;
    let named: Vec<&str> = assumptions.sources.keys().map(String::as_str).collect();
    let known = [
        "assumption",
        "base_rates",
        "carbon_2015",
        "cycle",
        "doubling",
        "factors",
        "fitted_2015",
        "national_prices",
        "question",
        "structure_2015",
    ];
    assert_eq!(named, known);
    assert!(assumptions.figures.is_empty(), "{:?}", assumptions.figures);
}

#[test]
fn swings_were_fitted_to_no_year_after_2015() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/calibration-2015.toml");
    let scenario = load(path, &[]).scenario;
    assert_eq!(scenario.fits.len(), 1);
    assert!(scenario.fits.values().all(|fit| fit.over == Some([2001, 2015])));
}

/// The method with the least CRPS on the half that chooses, with its forecast and spread for the city.
#[test]
fn expected_growth_is_what_the_rule_gave_at_the_end_of_2015() {
    let mut reader = csv::Reader::from_reader(include_str!("../../docs/outside-view-2015.csv").as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let number = |row: &csv::StringRecord, column: usize| row[column].parse::<f64>().unwrap();
    let best =
        rows.iter().filter(|row| &row[1] == "choice").min_by(|a, b| number(a, 2).total_cmp(&number(b, 2)));
    let best = best.unwrap();
    assert_eq!(&best[0], "last 3, 0, shrunk");
    let growth = 100.0 * case().central("gdp_growth", 2016);
    assert!((growth - number(best, 8)).abs() < 0.05 + 1e-6, "{growth} for {}", &best[8]);
}

// ───────────── What it holds ─────────────

#[test]
fn the_accounts_of_2015_are_those_published() {
    let case = case();
    let mut series: Vec<usize> =
        PUBLISHED.iter().map(|(sector, _)| case.series(&format!("sector_va[{sector}]"), 2015)).collect();
    series.push(case.series("gdp", 2015));
    let columns = case.columns(1, 500, &series);
    // Published as 955.801; the three add up to 955.8007.
    let known = PUBLISHED.iter().map(|(_, published)| (*published, 1e-6)).chain([(955.801, 0.001)]);
    for ((published, within), column) in known.zip(&columns) {
        assert!(column.iter().all(|value| (value - published).abs() < within), "{published}: {}", column[0]);
    }
    assert!((case.central("gdp_nominal", 2015) - case.central("gdp", 2015)).abs() < 1e-6);
    assert!((case.central("co2", 2015) - 52.3234).abs() < 1e-6);
}

/// The values of one of the CSV files, by variable and year.
fn values_of(text: &str) -> BTreeMap<(String, i32), f64> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        ((row[0].to_owned(), row[1].parse().unwrap()), row[2].parse().unwrap())
    });
    rows.collect()
}

/// The plan's own record, which others typed in, at prices of 2015 instead of 2020.
#[test]
fn the_record_before_and_the_outcomes_after_are_the_plans_record_at_other_prices() {
    let (plan, own) = (load("plan", &[]).scenario, load("at-2015", &[]).scenario);
    let (outcomes, observed) = (values_of(OUTCOMES), values_of(OBSERVED));
    for name in ["gdp", "gdp_nominal", "gdp_growth", "gdp_deflator", "co2"] {
        let record: BTreeMap<i32, f64> = plan.history[name].values.iter().copied().collect();
        let known: BTreeMap<i32, f64> = own.history[name].values.iter().copied().collect();
        let scale = match name {
            "gdp" | "gdp_nominal" => 955.801 / record[&2015],
            "gdp_deflator" => 1.0 / record[&2015],
            _ => 1.0,
        };
        for (year, value) in &record {
            let here = known.get(year).or_else(|| outcomes.get(&(name.to_owned(), *year))).unwrap();
            // Both files are rounded: to a hundredth, a ten-thousandth, a tenth of a point.
            let off = (here - scale * value).abs();
            assert!(off < 2e-4 * here.abs().max(1.0), "{name} {year}: {here} for {}", scale * value);
        }
    }
    for year in 2016..=2020 {
        let of = |name: &str| outcomes[&(name.to_owned(), year)];
        assert!((of("co2_intensity") - 100.0 * of("co2") / of("gdp")).abs() < 2e-4, "{year}");
        for name in ["gdp_growth", "co2"] {
            assert!((observed[&(name.to_owned(), year)] - of(name)).abs() < 1e-9, "{name} {year}");
        }
        // First figures and the revised ones: at most the 3.3 % of 2016 apart.
        let revision = observed[&("gdp_nominal".to_owned(), year)] / of("gdp_nominal");
        assert!((revision - 1.0).abs() < 0.034, "{year}: {revision}");
    }
}

/// Twice the GDP of 2010 and the highest nominal GDP are numbers in targets: they follow from the record.
#[test]
fn targets_that_name_a_level_have_it_from_the_record() {
    let scenario = load("at-2015", &[]).scenario;
    let gdp: BTreeMap<i32, f64> = scenario.history["gdp"].values.iter().copied().collect();
    assert!((2.0 * gdp[&2010] - 1528.60).abs() < 0.01);
    for (name, target) in &scenario.targets {
        assert!(["question", "doubling"].contains(&target.source.as_str()), "{name}: {}", target.source);
        assert!(!target.title.en.is_empty() && !target.title.zh.is_empty(), "{name}");
    }
}

// ───────────── What it gives ─────────────

/// Ten years within four standard errors (one test in a thousand fails by chance) and 0.03 points, the error of the closed forms.
#[test]
fn growth_is_on_average_what_the_scenario_says() {
    let case = case();
    let paths = 100_000;
    let years = case.columns(1, paths, &case.years("gdp_growth", 2016..2026));
    for (year, values) in (2016..).zip(years) {
        let (mean, variance, _) = moments(&values);
        let error = (variance / paths as f64).sqrt();
        assert!((mean - 0.063).abs() < 4.0 * error + 0.0003, "{year}: {mean} ± {error}");
    }
}

/// The rows of a table of the page between `<!-- name -->` and `<!-- end -->`, cell by cell.
fn rows(name: &str) -> Vec<Vec<String>> {
    let start = PAGE.find(&format!("<!-- {name} -->")).unwrap_or_else(|| panic!("no {name}"));
    let text = &PAGE[start..start + PAGE[start..].find("<!-- end -->").unwrap()];
    let lines = text.lines().filter(|line| line.starts_with('|')).skip(2);
    lines.map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn number(cell: &str) -> f64 {
    cell.replace('−', "-").parse().unwrap_or_else(|_| panic!("{cell} is no number"))
}

/// A run that knows the years to the end of one; the seed is not that of the page, so that both are independent.
fn known(year: i32) -> Summary {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/luliang/at-2015-observed.csv");
    let options = Options::default().paths(40_000).seed(2).drivers(false);
    let options = if year > 2015 { options.observed(file).as_of(format!("{year}-12-31")) } else { options };
    Study::open("at-2015").unwrap().run(&options).unwrap_or_else(|error| panic!("{year}: {error}")).summary
}

/// What was known at the ends of 2015, 2016 and 2017. Later runs need more paths than a test has time for.
static KNOWN: LazyLock<Vec<Summary>> = LazyLock::new(|| (2015..=2017).map(known).collect());

/// Odds of 24 cells, each within 4.5 standard errors of this run, as much of the page's four hundred thousand paths and
/// its rounding: one test in five thousand fails by chance.
#[test]
fn the_odds_on_the_page_are_those_of_the_scenario() {
    let table = rows("at-2015 odds");
    assert_eq!(table.len(), load("at-2015", &[]).scenario.targets.len());
    for (column, summary) in (2..).zip(KNOWN.iter()) {
        for row in &table {
            let name = row[1].split('`').nth(1).unwrap();
            let found = &summary.targets[name].probability;
            let error = 1.06 * 100.0 * found.standard_error.unwrap();
            let (shown, odds) = (number(&row[column]), 100.0 * found.probability);
            assert!(
                (shown - odds).abs() < 4.5 * error + 0.06,
                "{name} {column}: {shown} shown, {odds} ± {error}"
            );
        }
    }
}

/// Medians and 80 % bands a year ahead, 27 numbers within five standard errors and rounding; where outcomes fell.
#[test]
fn the_bands_on_the_page_are_those_of_the_scenario_and_held_what_happened() {
    let table = rows("at-2015 bands");
    let outcomes = values_of(OUTCOMES);
    let (mut in_80, mut place) = (0, 0);
    for (name, factor, digits) in [("gdp_growth", 100.0, 1), ("gdp_nominal", 1.0, 0), ("co2", 1.0, 1)] {
        for year in 2016..=2020 {
            let row = &table[place];
            place += 1;
            assert_eq!(row[2].parse::<i32>().unwrap(), year);
            let rounding = 0.51 * 10f64.powi(-digits);
            let outcome = factor * outcomes[&(name.to_owned(), year)];
            assert!((number(&row[5]) - outcome).abs() < rounding, "{name} {year}: {outcome}");
            let band: Vec<f64> = row[4].split(" – ").map(number).collect();
            in_80 += i32::from(band[0] <= outcome && outcome <= band[1]);
        }
    }
    assert_eq!((place, in_80), (table.len(), 15));
    for (year, summary) in (2016..).zip(KNOWN.iter()) {
        for (first, name, factor, digits) in
            [(0, "gdp_growth", 100.0, 1), (5, "gdp_nominal", 1.0, 0), (10, "co2", 1.0, 1)]
        {
            let row = table[first..].iter().find(|row| row[2] == year.to_string()).unwrap();
            let variable = &summary.variables[name];
            let at = variable.place(year).unwrap();
            let band: Vec<f64> = row[4].split(" – ").map(number).collect();
            for (level, shown) in [("0.5", number(&row[3])), ("0.1", band[0]), ("0.9", band[1])] {
                let (found, error) = (variable.quantiles[level][at], variable.quantile_errors[level][at]);
                let (found, error) = (factor * found.unwrap(), factor * error.unwrap());
                let within = 5.0 * error + 0.51 * 10f64.powi(-digits);
                assert!(
                    (shown - found).abs() < within,
                    "{name} {year} {level}: {shown} shown, {found} ± {error}"
                );
            }
        }
    }
}
