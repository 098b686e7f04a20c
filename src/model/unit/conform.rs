//! Whether a formula gives what its unit says.

use super::check::Checker;
use super::convert::{converts, is_over_number};
use super::measure::PartialUnit;
use super::print::number;
use crate::formula::{Expr, ExprKind};
use crate::message;
use crate::scenario::quantity::speaks_of_percent;
use crate::text::Message;

/// Whether an expression is a growth over a year, which may be stated as a pure number or per year.
pub(super) fn is_growth_of_a_year(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Call { function, .. } => function == "yoy" || function == "cagr",
        ExprKind::At(x, _) => is_growth_of_a_year(x),
        _ => false,
    }
}

impl<'a> Checker<'a> {
    /// A formula gives what its unit says.
    pub(super) fn conforms(
        &mut self,
        found: &PartialUnit<'a>,
        whose: &Message,
        stated: &PartialUnit<'a>,
        tree: &Expr,
    ) {
        let (unit, says) = match (found, stated) {
            (_, PartialUnit::Unknown(because)) | (PartialUnit::Unknown(because), _) => {
                return self.unchecked(tree.span, because);
            }
            (PartialUnit::Known { unit, .. }, PartialUnit::Known { unit: says, .. }) => (unit, says),
            (
                PartialUnit::Number { percent: true, zero: false },
                PartialUnit::Known { text: Some(text), .. },
            ) if speaks_of_percent(text) => {
                let message = message!("scenario-signs-record-having", what = whose, unit = *text);
                self.fail(tree.span, message, message!("scenario-signs-record-having.help", unit = *text));
                return;
            }
            _ => return self.checked(),
        };
        self.checked();
        let unit = &self.units.as_named(unit, says);
        let ratio = says.scale / unit.scale;
        if unit == says
            || (unit.is_like(says) && converts(tree, 1.0 / ratio))
            || (self.units.is_yearly(says) && unit.is_pure() && is_growth_of_a_year(tree))
            || (self.path && says.is_pure() && is_over_number(tree))
        {
            return;
        }
        let (gives, says_unit) = (self.gives(found), self.gives(stated));
        let own = self.units.print(unit);
        let (message, help) = match (unit.is_like(says), ratio >= 1.0) {
            (false, _) => (
                message!("model-unit-gives", whose = whose, gives = gives, says = says_unit),
                if says.is_pure() && self.units.is_yearly(unit) {
                    message!("model-unit-yearly", words = self.factor(tree))
                } else {
                    message!("model-unit-gives.mend", unit = own)
                },
            ),
            (true, true) => {
                let ratio = number(ratio);
                (
                    message!(
                        "model-unit-gives-times",
                        whose = whose,
                        gives = gives,
                        says = says_unit,
                        ratio = &ratio
                    ),
                    message!("model-unit-gives-times.help", ratio = ratio, unit = own),
                )
            }
            (true, false) => {
                let ratio = number(1.0 / ratio);
                (
                    message!(
                        "model-unit-gives-part",
                        whose = whose,
                        gives = gives,
                        says = says_unit,
                        ratio = &ratio
                    ),
                    message!("model-unit-gives-part.help", ratio = ratio, unit = own),
                )
            }
        };
        self.fail(tree.span, message, help);
    }
}
