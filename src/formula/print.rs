//! From tree to text, with no more brackets than needed. Parsing what is printed gives the same tree.

use std::fmt::{Display, Formatter, Result};

use crate::text::period::label;

use super::tree::{BinaryOperator, Expr, ExprKind, IndexTerm, UnaryOperator};

const NOT: u8 = 3;
const NEGATE: u8 = 7;
const PRIMARY: u8 = 9;

fn precedence(kind: &ExprKind) -> u8 {
    match kind {
        ExprKind::Binary(operator, ..) => operator.precedence(),
        ExprKind::Chain(_, rest) => rest.first().map_or(PRIMARY, |(operator, _)| operator.precedence()),
        ExprKind::Unary(UnaryOperator::Not, _) => NOT,
        ExprKind::Unary(UnaryOperator::Negate, _) => NEGATE,
        ExprKind::Number(number) if *number < 0.0 => NEGATE,
        _ => PRIMARY,
    }
}

/// Writes `expr`, in brackets when it binds more loosely than `level`.
fn write_at(expr: &Expr, level: u8, out: &mut Formatter<'_>) -> Result {
    if precedence(&expr.kind) < level { write!(out, "({expr})") } else { write!(out, "{expr}") }
}

impl Display for Expr {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match &self.kind {
            ExprKind::Number(number) if number.is_infinite() => {
                out.write_str(if *number > 0.0 { "inf" } else { "-inf" })
            }
            ExprKind::Number(number) => write!(out, "{number}"),
            ExprKind::Period(period) => out.write_str(&label(*period)),
            ExprKind::Name { name, index } if index.is_empty() => out.write_str(name),
            ExprKind::Name { name, index } => write!(out, "{name}[{}]", list(index)),
            ExprKind::Unary(UnaryOperator::Not, x) => {
                out.write_str("not ")?;
                write_at(x, NOT, out)
            }
            ExprKind::Unary(UnaryOperator::Negate, x) => {
                out.write_str("-")?;
                write_at(x, NEGATE, out)
            }
            ExprKind::Binary(operator, a, b) => {
                // Comparisons do not chain, `^` groups to the right and its left side may not be a bare `-x`.
                let level = operator.precedence();
                let (left, right) = match operator {
                    BinaryOperator::Power => (PRIMARY, NEGATE),
                    _ if operator.is_comparison() => (level + 1, level + 1),
                    _ => (level, level + 1),
                };
                write_at(a, left, out)?;
                if *operator == BinaryOperator::Power {
                    out.write_str("^")?;
                } else {
                    write!(out, " {} ", operator.symbol())?;
                }
                write_at(b, right, out)
            }
            ExprKind::Chain(first, rest) => {
                let level = precedence(&self.kind);
                write_at(first, level, out)?;
                rest.iter().try_for_each(|(operator, x)| {
                    write!(out, " {} ", operator.symbol())?;
                    write_at(x, level + 1, out)
                })
            }
            ExprKind::At(x, year) => {
                write_at(x, PRIMARY, out)?;
                out.write_str("@")?;
                // `@` groups to the left: a year that is itself `x@y` needs its brackets.
                write_at(year, if matches!(year.kind, ExprKind::At(..)) { PRIMARY + 1 } else { PRIMARY }, out)
            }
            ExprKind::Call { function, arguments, .. } => {
                let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
                write!(out, "{function}({})", arguments.join(", "))
            }
            ExprKind::Over { function, indices, condition, body, level } => {
                write!(out, "{function}({}", list(indices))?;
                if let Some(condition) = condition {
                    write!(out, " where {condition}")?;
                }
                match level {
                    Some(level) => write!(out, ": {body}, {level})"),
                    None => write!(out, ": {body})"),
                }
            }
        }
    }
}

fn list(indices: &[IndexTerm]) -> String {
    let shown: Vec<String> = indices
        .iter()
        .map(|index| match &index.alias {
            Some(alias) => format!("{alias}:{}", index.name),
            None => index.name.clone(),
        })
        .collect();
    shown.join(", ")
}
