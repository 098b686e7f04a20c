//! What targets ask of metrics: `peak_year(co2) <= 2030` asks 2030 of the metric `peak_year(co2)`.

use crate::formula::{BinaryOperator, Expr, Kind};
use crate::scenario::Scenario;

/// A level that a target asks of a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
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
pub fn of_metrics(scenario: &Scenario) -> Vec<Asked> {
    let mut found = Vec::new();
    for (target, written) in &scenario.targets {
        let Some((side, level, at_least)) = comparison(&written.require.tree) else { continue };
        for (metric, defined) in &scenario.metrics {
            let named = matches!(&side.kind, Kind::Name { name, .. } if name == metric);
            if named || *side == defined.formula.tree {
                found.push(Asked { metric: metric.clone(), target: target.clone(), level, at_least });
            }
        }
    }
    found
}

fn comparison(tree: &Expr) -> Option<(&Expr, f64, bool)> {
    let Kind::Binary(operator, a, b) = &tree.kind else { return None };
    let at_least = match operator {
        BinaryOperator::Greater | BinaryOperator::GreaterEqual => true,
        BinaryOperator::Less | BinaryOperator::LessEqual => false,
        _ => return None,
    };
    match (&a.kind, &b.kind) {
        (_, Kind::Number(level)) => Some((a, *level, at_least)),
        (Kind::Number(level), _) => Some((b, *level, !at_least)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load;

    #[test]
    fn a_target_on_the_formula_of_a_metric_is_found() {
        let asked = of_metrics(&load("plan", &[]).scenario);
        let growth = asked.iter().find(|a| a.metric == "growth_14fyp").unwrap();
        assert_eq!((growth.target.as_str(), growth.level, growth.at_least), ("gdp_growth_14fyp", 0.08, true));
    }
}
