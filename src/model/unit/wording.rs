//! Units and parts of formulas in messages.

use super::check::Checker;
use super::measure::PartialUnit;
use super::print::number;
use crate::formula::{BinaryOperator, Expr};
use crate::message;
use crate::text::Message;

impl<'a> Checker<'a> {
    /// `in 1e8 CNY` or `a pure number`: what a value is.
    pub(super) fn say(&self, measure: &PartialUnit<'a>) -> Message {
        match self.unit_text(measure) {
            Some(unit) => message!("model-unit-in", unit = unit),
            None => message!("model-unit-is-pure"),
        }
    }

    /// `1e8 CNY` or `a pure number`.
    pub(super) fn gives(&self, measure: &PartialUnit<'a>) -> Message {
        self.unit_text(measure).map_or_else(|| message!("model-unit-pure"), Message::verbatim)
    }

    /// The unit as it is written; `None` for what has none.
    fn unit_text(&self, measure: &PartialUnit<'a>) -> Option<String> {
        match measure {
            PartialUnit::Known { text: Some(text), .. } if *text != "1" => Some((*text).into()),
            PartialUnit::Known { unit, .. } if !unit.is_pure() => Some(self.units.print(unit)),
            _ => None,
        }
    }

    /// A part of the formula, cut where it is long.
    pub(super) fn short(&self, expr: &Expr) -> String {
        let words = self.words(expr.span);
        if words.chars().count() <= 48 {
            return words.into();
        }
        let head: String = words.chars().take(46).collect();
        format!("{}…", head.trim_end())
    }

    /// The same in brackets where a factor beside it would bind more tightly.
    pub(super) fn factor(&self, expr: &Expr) -> String {
        let loose = expr
            .operator()
            .is_some_and(|operator| operator.precedence() < BinaryOperator::Multiply.precedence());
        let words = self.short(expr);
        if loose { format!("({words})") } else { words }
    }
}

/// `* 100` or `/ 100`: what multiplies by a factor.
pub(super) fn times(factor: f64) -> String {
    if factor >= 1.0 { format!("* {}", number(factor)) } else { format!("/ {}", number(1.0 / factor)) }
}
