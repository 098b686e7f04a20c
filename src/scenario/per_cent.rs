//! Which pure numbers people read in per cent: the language leaves that to how a scenario writes them.

use super::Scenario;
use super::written::Metric;
use crate::formula::{BinaryOperator, Expr, ExprKind};
use crate::text::period::parse;

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
    let (own, year) = left.split_once('@').unwrap_or((left, ""));
    let is_alone = year.trim().chars().all(|c| c.is_ascii_digit()) || parse(year.trim()).is_some();
    let own = own.split('[').next().unwrap_or_default();
    is_alone && own.trim() == name && right.trim_end().ends_with('%')
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_asks_for_per_cent_of_what_stands_alone_on_its_left_side() {
        assert!(asks("coal_share@2030 <= 20%", "coal_share"));
        assert!(
            asks("va_share[coal]@2030 >= 5 %", "va_share") && asks("output_change >= 100%", "output_change")
        );
        // A share of a number is no share of the variable, and 0.2 is written as a number.
        assert!(!asks("gdp@2025 / 2200 >= 97.5%", "gdp") && !asks("coal_share@2030 <= 0.2", "coal_share"));
        assert!(!asks("coal_share@2030 <= 20%", "share"));
    }

    #[test]
    fn relative_changes_are_read_in_per_cent_and_ratios_as_they_are() {
        let of = |text: &str| is_change(&crate::formula::parse(text).unwrap());
        assert!(of("change(gdp, 2020, 2025)") && of("gdp@2025 / gdp@2020 - 1"));
        assert!(!of("gdp@2025 / gdp@2020") && !of("gdp@2025 / gdp@2020 - 2") && !of("gdp@2025 - 1"));
    }
}
