//! What targets ask of metrics: `peak_year(co2) <= 2030` asks 2030 of the metric `peak_year(co2)`.

use crate::formula::{BinaryOperator, Expr, ExprKind};
use crate::scenario::Scenario;

/// A level that a target asks of a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct RequiredLevel {
    /// The metric.
    pub metric: String,
    /// The target.
    pub target: String,
    /// The level.
    pub level: f64,
    /// At least the level, or else at most.
    pub at_least: bool,
}

/// All levels that targets ask of metrics, in the order of the targets.
pub fn of_metrics(scenario: &Scenario) -> Vec<RequiredLevel> {
    let mut found = Vec::new();
    for (target, written) in &scenario.targets {
        let Some((side, level, at_least)) = comparison(&written.require.tree) else { continue };
        for (metric, defined) in &scenario.metrics {
            let named = matches!(&side.kind, ExprKind::Name { name, .. } if name == metric);
            if named || *side == defined.formula.tree {
                found.push(RequiredLevel { metric: metric.clone(), target: target.clone(), level, at_least });
            }
        }
    }
    found
}

/// The metrics that are the year of a peak. When that is the last year, the peak may still be to come.
pub fn peaks(scenario: &Scenario) -> Vec<String> {
    let metrics = scenario.metrics.iter();
    let is_peak =
        |tree: &Expr| matches!(&tree.kind, ExprKind::Call { function, .. } if function == "peak_year");
    metrics.filter(|(_, metric)| is_peak(&metric.formula.tree)).map(|(name, _)| name.clone()).collect()
}

fn comparison(tree: &Expr) -> Option<(&Expr, f64, bool)> {
    let ExprKind::Binary(operator, a, b) = &tree.kind else { return None };
    let at_least = match operator {
        BinaryOperator::Greater | BinaryOperator::GreaterEqual => true,
        BinaryOperator::Less | BinaryOperator::LessEqual => false,
        _ => return None,
    };
    match (&a.kind, &b.kind) {
        (_, ExprKind::Number(level)) => Some((a, *level, at_least)),
        (ExprKind::Number(level), _) => Some((b, *level, !at_least)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load;

    #[test]
    fn a_level_is_asked_as_the_sign_between_reads_from_either_side() {
        let read = |text: &str| {
            let tree = crate::formula::parse(text).unwrap();
            comparison(&tree).map(|(side, level, at_least)| (side.to_string(), level, at_least))
        };
        for text in ["x >= 3", "x > 3", "3 <= x", "3 < x"] {
            assert_eq!(read(text), Some(("x".to_owned(), 3.0, true)), "{text}");
        }
        for text in ["x <= 3", "x < 3", "3 >= x", "3 > x"] {
            assert_eq!(read(text), Some(("x".to_owned(), 3.0, false)), "{text}");
        }
        assert!(read("x == 3").is_none() && read("x >= y").is_none() && read("x + 3").is_none());
    }

    #[test]
    fn a_target_on_the_formula_of_a_metric_is_found() {
        let asked = of_metrics(&load("plan", &[]).scenario);
        let growth = asked.iter().find(|a| a.metric == "growth_14fyp").unwrap();
        assert_eq!(peaks(&load("plan", &[]).scenario), ["co2_peak_year"]);
        assert_eq!((growth.target.as_str(), growth.level, growth.at_least), ("gdp_growth_14fyp", 0.08, true));
    }
}
