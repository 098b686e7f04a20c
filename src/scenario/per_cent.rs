//! Which pure numbers people read in per cent: the language leaves that to how a scenario writes them.

use super::Scenario;
use super::written::Metric;
use crate::formula::{BinaryOperator, Expr, ExprKind};

/// Whether a unit says nothing of how a number is read.
fn is_pure(unit: &str) -> bool {
    matches!(unit.trim(), "" | "1")
}

impl Scenario {
    /// Whether values of a variable are read in per cent: pure numbers that a target asks for in per cent, or that start as a
    /// value with a per cent sign.
    pub fn reads_in_per_cent(&self, variable: &str) -> bool {
        let Some(found) = self.variables.get(variable) else { return false };
        let starts = found.start.as_ref().is_some_and(|start| start.text.trim_end().ends_with('%'));
        is_pure(&found.unit)
            && (starts || self.targets.values().any(|target| asks(&target.require.text, variable)))
    }

    /// The same of a metric: also where it is a relative change, `change(gdp, 2020, 2025)` or `a / b - 1`.
    pub fn metric_reads_in_per_cent(&self, name: &str, metric: &Metric) -> bool {
        let asked = || self.targets.values().any(|target| asks(&target.require.text, name));
        is_pure(&metric.unit) && (is_change(&metric.formula.tree) || asked())
    }
}

/// Whether a condition compares a name, alone or in a year, with a number in per cent: `coal_share@2030 <= 20%`.
fn asks(require: &str, name: &str) -> bool {
    let sides = require.split_once(">=").or_else(|| require.split_once("<="));
    let Some((left, right)) = sides else { return false };
    let own = left.split('@').next().unwrap_or_default();
    own.split('[').next().unwrap_or_default().trim() == name && right.trim_end().ends_with('%')
}

/// Whether a formula is a relative change.
fn is_change(tree: &Expr) -> bool {
    let is_ratio = |tree: &Expr| matches!(&tree.kind, ExprKind::Binary(BinaryOperator::Divide, ..));
    match &tree.kind {
        ExprKind::Call { function, .. } => function == "change",
        ExprKind::Binary(BinaryOperator::Subtract, ratio, one) => {
            is_ratio(ratio) && matches!(one.kind, ExprKind::Number(number) if number == 1.0)
        }
        _ => false,
    }
}
