//! Bare factors in a formula that convert from one unit to another.

use super::algebra::same;
use crate::formula::{BinaryOperator, Expr, ExprKind, UnaryOperator};

/// Whether a bare factor of the expression is `ratio`: what turns numbers of a unit into numbers of one that
/// is `ratio` times smaller. `x * 0.01` turns 1e4 tce into Mtce.
pub(super) fn converts(expr: &Expr, ratio: f64) -> bool {
    let mut factors = Vec::new();
    collect(expr, false, &mut factors);
    let whole = factors.iter().product();
    factors.into_iter().chain([whole]).any(|factor| same(factor, ratio))
}

/// Whether the expression is something divided by a bare number: `gdp@2025 / 2200`.
pub(super) fn is_over_number(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Binary(BinaryOperator::Divide, _, b) => matches!(b.kind, ExprKind::Number(_)),
        ExprKind::Chain(_, rest) => rest.last().is_some_and(|(operator, b)| {
            *operator == BinaryOperator::Divide && matches!(b.kind, ExprKind::Number(_))
        }),
        ExprKind::Unary(UnaryOperator::Negate, x) | ExprKind::At(x, _) => is_over_number(x),
        ExprKind::Call { function, arguments, .. } => {
            function == "abs" && arguments.iter().all(is_over_number)
        }
        _ => false,
    }
}

/// The bare numbers by which the whole expression is multiplied.
fn collect(expr: &Expr, below: bool, out: &mut Vec<f64>) {
    match &expr.kind {
        ExprKind::Number(number) => out.push(if below { 1.0 / number } else { *number }),
        ExprKind::Unary(UnaryOperator::Negate, x) | ExprKind::At(x, _) => collect(x, below, out),
        ExprKind::Binary(BinaryOperator::Multiply, a, b) => {
            collect(a, below, out);
            collect(b, below, out);
        }
        ExprKind::Binary(BinaryOperator::Divide, a, b) => {
            collect(a, below, out);
            collect(b, !below, out);
        }
        ExprKind::Chain(first, rest) => {
            if matches!(expr.operator(), Some(BinaryOperator::Multiply | BinaryOperator::Divide)) {
                collect(first, below, out);
                rest.iter().for_each(|(operator, x)| {
                    collect(x, below != (*operator == BinaryOperator::Divide), out);
                });
            }
        }
        ExprKind::Call { function, arguments, .. } if matches!(function.as_str(), "prev" | "lag" | "abs") => {
            arguments.iter().take(1).for_each(|x| collect(x, below, out));
        }
        ExprKind::Over { function, body, .. } if matches!(function.as_str(), "sum" | "mean") => {
            collect(body, below, out);
        }
        _ => {}
    }
}
