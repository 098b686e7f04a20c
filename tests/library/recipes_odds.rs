//! The recipes of `docs/recipes.md` on debt, carbon, regimes and projects: their central paths and odds, against closed forms and
//! another program.

use plancast::result::assemble::summary;
use plancast::result::summary::Summary;

use crate::common::Case;
use crate::recipes::recipe;

const PATHS: u64 = 20_000;

fn near(what: &str, found: f64, right: f64) {
    assert!((found - right).abs() <= 1e-12 * right.abs(), "{what}: {found}, not {right}");
}

/// The summary of twenty thousand paths.
fn odds(case: &Case) -> Summary {
    summary(&case.model.labels, &case.run(1, PATHS), 1, &[0.5])
}

fn probability(found: &Summary, target: &str) -> f64 {
    found.targets[target].probability.probability
}

fn mean(found: &Summary, metric: &str) -> f64 {
    found.metrics[metric].mean.unwrap()
}

/// The mean of a variable in a year, and its standard error.
fn mean_in(found: &Summary, variable: &str, year: i32) -> (f64, f64) {
    let series = &found.variables[variable];
    let place = series.years.iter().position(|one| *one == year).unwrap();
    (series.mean[place].unwrap(), series.sd[place].unwrap() / (PATHS as f64).sqrt())
}

/// Fails with probability below 6e-7: five standard errors.
fn within(what: &str, found: f64, right: f64, error: f64) {
    assert!((found - right).abs() <= 5.0 * error, "{what}: {found}, not {right} ± {error}");
}

fn error_of_share(share: f64) -> f64 {
    (share * (1.0 - share) / PATHS as f64).sqrt()
}

/// The central path by a loop over years; the odds by 200,000 paths of another generator, whose own errors are added.
#[test]
fn the_debt_is_that_of_a_loop_over_years() {
    let case = recipe("Debt sustainability");
    for (year, debt, interest, balance, holding) in [
        (2025, 0.730_317_909_082_957_4, 0.034_32, -0.017_6, -0.009_415_424_250_375_918),
        (
            2034,
            0.712_708_790_113_932_4,
            0.035_504_574_677_105_535,
            -0.005_283_105_742_821_875,
            -0.010_278_217_162_489_355,
        ),
    ] {
        near("debt", case.central("debt", year), debt);
        near("interest", case.central("interest", year), interest);
        near("balance", case.central("balance", year), balance);
        near("holding", case.central("holding", year), holding);
    }
    let found = odds(&case);
    for (target, share) in [("stable", 0.530_44), ("below", 0.872_675)] {
        within(target, probability(&found, target), share, error_of_share(share) * 1.1_f64.sqrt());
    }
}

/// The mean of emissions is a product of means: of who still runs (the triangular distribution's tail), of hours, of their fall
/// compounded (by quadrature) and of the weather.
#[test]
fn the_emissions_of_vintages_are_those_of_the_distribution_of_lives() {
    let case = recipe("Carbon budget with vintages");
    near("emissions in 2030", case.central("emissions", 2030), 57.478_439_277_499_19);
    near("emissions so far", case.central("so_far", 2050), 818.188_826_843_664_3);
    let found = odds(&case);
    for (variable, year, right) in [
        ("running", 2035, 15.333_333_333_333_333),
        ("emissions", 2029, 59.229_364_606_996_384),
        ("emissions", 2050, 2.370_830_999_948_217_8),
        ("so_far", 2050, 818.184_850_106_466_7),
    ] {
        let (value, error) = mean_in(&found, variable, year);
        within(variable, value, right, error);
    }
    // The s.d. of a count of years is below 15 / sqrt(12) × 2.
    within("years", mean(&found, "oldest"), 13.166_666_666_666_667, 5.0 / (PATHS as f64).sqrt());
}

/// By the transition matrix, integrated over the two beta distributions.
#[test]
fn regimes_follow_their_transition_matrix() {
    let found = odds(&recipe("Regimes and disasters"));
    let (output, error) = mean_in(&found, "output", 2044);
    within("output", output, 178.731_363_297_859_5, error);
    within("crises", mean(&found, "years_in_crisis"), 3.197_840_449_161_946_5, 4.0 / (PATHS as f64).sqrt());
    let unhurt = 0.983_f64.powi(20);
    within("no disaster", probability(&found, "unhurt"), unhurt, error_of_share(unhurt));
    let disasters = 20.0 * 0.017;
    within("disasters", mean(&found, "disasters"), disasters, (disasters * 0.983 / PATHS as f64).sqrt());
}

/// By the distribution function of the gamma distribution and the mean of the lognormal.
#[test]
fn projects_open_as_the_distribution_of_their_delays_says() {
    let found = odds(&recipe("Project portfolio"));
    for (variable, year, right) in [
        ("opened_all", 2028, 4.847_286_696_361_468),
        ("opened_all", 2032, 6.673_497_125_043_925),
        ("added", 2028, 194.809_165_984_736_7),
        ("added", 2032, 371.895_451_612_361_97),
    ] {
        let (value, error) = mean_in(&found, variable, year);
        within(variable, value, right, error);
    }
    let cost = &found.metrics["total_cost"];
    within("cost", cost.mean.unwrap(), 3_056.141_061_415_678_5, cost.sd.unwrap() / (PATHS as f64).sqrt());
    // Of eight projects that are late together the s.d. of the count is at most 4.
    within("late", mean(&found, "late"), 5.017_368_412_082_22, 4.0 / (PATHS as f64).sqrt());
}
