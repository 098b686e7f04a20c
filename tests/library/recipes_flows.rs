//! The recipes of `docs/recipes.md` on cash flows and cohorts, each against a calculation of its own (by loops over years and
//! ages in another program; the rate of return by its polynomial to 15 digits).

use crate::common::Case;
use crate::recipes::recipe;

fn near(what: &str, found: f64, right: f64) {
    assert!((found - right).abs() <= 1e-11 * right.abs(), "{what}: {found}, not {right}");
}

fn metric(case: &Case, name: &str) -> f64 {
    case.model.labels.metrics.iter().find(|label| label.name == name).unwrap().central
}

#[test]
fn the_heat_plant_is_worth_what_its_cash_flow_says() {
    let case = recipe("Discounted cash flow");
    near("cash in 2027", case.central("cash", 2027), 57.20602005010015);
    near("cash in 2035", case.central("cash", 2035), 164.03599668460518);
    near("cash so far", case.central("so_far", 2040), 986.2838254729268);
    near("net present value", metric(&case, "worth"), 71.62835022979496);
    near("internal rate of return", metric(&case, "returns"), 0.0914435304403563);
    assert_eq!(metric(&case, "payback"), 2034.0);
}

#[test]
fn the_cohorts_are_those_of_a_loop_over_ages() {
    let case = recipe("Population cohorts");
    near("pupils in 2030", case.central("pupils", 2030), 95.49142579033555);
    near("pupils in 2040", case.central("pupils", 2040), 68.42350452543981);
    near("population in 2045", case.central("population", 2045), 920.5572542764405);
    near("those of ten in 2035", case.central("people[a10]", 2035), 8.02486904776247);
    near("the fall", metric(&case, "fall"), 0.37177186527164996);
    assert_eq!((metric(&case, "few"), metric(&case, "largest")), (12.0, 18.0));
}
