//! Whether a formula gives what its unit says.

use super::check::Checker;
use super::convert::{converts, is_over_number};
use super::measure::PartialUnit;
use super::print::number;
use crate::formula::Expr;

impl<'a> Checker<'a> {
    /// A formula gives what its unit says.
    pub(super) fn conforms(
        &mut self,
        found: &PartialUnit<'a>,
        whose: &str,
        stated: &PartialUnit<'a>,
        tree: &Expr,
    ) {
        let (unit, says) = match (found, stated) {
            (_, PartialUnit::Unknown(because)) | (PartialUnit::Unknown(because), _) => {
                return self.unchecked(tree.span, because);
            }
            (PartialUnit::Known { unit, .. }, PartialUnit::Known { unit: says, .. }) => (unit, says),
            _ => return self.checked(),
        };
        self.checked();
        let unit = &self.units.as_named(unit, says);
        let ratio = says.scale / unit.scale;
        if unit == says
            || (unit.is_like(says) && converts(tree, 1.0 / ratio))
            || (self.path && says.is_pure() && is_over_number(tree))
        {
            return;
        }
        let (gives, text) = (self.gives(found), self.gives(stated));
        let state = format!("state unit = \"{}\"", self.units.print(unit));
        let (much, help) = match (unit.is_like(says), ratio >= 1.0) {
            (false, _) => (String::new(), format!("mend the formula, or {state}")),
            (true, true) => {
                let ratio = number(ratio);
                (format!(", {ratio} times as much"), format!("divide by {ratio}, or {state}"))
            }
            (true, false) => {
                let ratio = number(1.0 / ratio);
                (format!(", 1/{ratio} of it"), format!("multiply by {ratio}, or {state}"))
            }
        };
        self.fail(tree.span, format!("{whose} gives {gives}; its unit says {text}{much}"), help);
    }
}
