//! What counts for a year that never comes, wherever a number is asked for it: the year after the last.

use crate::formula::{BinaryOperator, Expr, ExprKind};
use crate::scenario::Scenario;
use crate::text::period::time;

/// Metrics of metrics are followed so far.
const DEEPEST: usize = 16;

/// What counts for an infinite value of a formula that is a year, or a time until one: what the formula gives when
/// `first_year` is the year after the last. `None` where infinity may mean something else.
pub(super) fn counts_as(scenario: &Scenario, tree: &Expr) -> Option<f64> {
    let (value, is_year) = value(scenario, tree, 0)?;
    is_year.then_some(value)
}

/// The first period after the last one, in decimal years.
pub(super) fn after_the_last(scenario: &Scenario) -> f64 {
    time(scenario.time.end + 1)
}

/// The value, and whether a year is in it.
fn value(scenario: &Scenario, tree: &Expr, depth: usize) -> Option<(f64, bool)> {
    let of = |tree: &Expr| value(scenario, tree, depth + 1);
    match &tree.kind {
        _ if depth > DEEPEST => None,
        ExprKind::Number(x) => Some((*x, false)),
        ExprKind::Period(period) => Some((time(*period), false)),
        ExprKind::Name { name, index } if index.is_empty() => of(&scenario.metrics.get(name)?.formula.tree),
        ExprKind::Call { function, arguments, .. } => match (function.as_str(), arguments.as_slice()) {
            ("first_year" | "last_year" | "peak_year", _) => Some((after_the_last(scenario), true)),
            ("if", [_, a, b]) => branches([of(a), of(b)].into_iter().flatten()),
            ("min" | "max", all) => branches(all.iter().filter_map(of)),
            _ => None,
        },
        ExprKind::Binary(operator, a, b) => {
            let ((a, of_a), (b, of_b)) = (of(a)?, of(b)?);
            match operator {
                BinaryOperator::Add if !(of_a && of_b) => Some((a + b, of_a || of_b)),
                BinaryOperator::Subtract if !of_b => Some((a - b, of_a)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// What is infinite is one of the years; `None` where they would count differently.
fn branches(values: impl Iterator<Item = (f64, bool)>) -> Option<(f64, bool)> {
    let mut years = values.filter(|(_, is_year)| *is_year);
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::parse;
    use crate::scenario::load;

    #[test]
    fn a_year_that_never_comes_is_known_by_the_functions_of_the_formula() {
        let scenario = load("plan", &[]).scenario;
        let after = f64::from(scenario.time.end) + 1.0;
        let of = |text: &str| counts_as(&scenario, &parse(text).unwrap());
        for text in [
            "first_year(gdp >= 9)",
            "last_year(gdp <= 9)",
            "peak_year(co2)",
            "max(first_year(gdp >= 9), 2030)",
            "min(first_year(gdp >= 9), first_year(co2 <= 9))",
            "if(gdp@2025 > 9, first_year(gdp >= 9), 2030)",
            "co2_peak_year",
        ] {
            assert_eq!(of(text), Some(after), "{text}");
        }
        assert_eq!(of("first_year(gdp >= 9) - 2020"), Some(after - 2020.0));
        for text in [
            "gdp@2025",
            "1 / gdp@2025",
            "2030",
            "first_year(gdp >= 9) - first_year(co2 <= 9)",
            "2 * first_year(gdp >= 9)",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
