//! Whether a formula gives what its unit says.

use super::check::Checker;
use super::convert::{converts, is_over_number};
use super::measure::Measure;
use super::print::number;
use crate::formula::Expr;

impl<'a> Checker<'a> {
    /// A formula gives what its unit says.
    pub(super) fn conforms(&mut self, found: &Measure<'a>, whose: &str, stated: &Measure<'a>, tree: &Expr) {
        let (unit, says) = match (found, stated) {
            (_, Measure::Unknown(because)) | (Measure::Unknown(because), _) => {
                return self.unchecked(tree.span, because);
            }
            (Measure::Known { unit, .. }, Measure::Known { unit: says, .. }) => (unit, says),
            _ => return self.checked(),
        };
        self.checked();
        let ratio = says.scale / unit.scale;
        if unit == says
            || (unit.is_like(says) && converts(tree, 1.0 / ratio))
            || (self.path && says.is_pure() && is_over_number(tree))
        {
            return;
        }
        let (gives, text) = (self.gives(found), self.gives(stated));
        let state = format!("state unit = \"{}\"", self.units.print(unit));
        let (much, help) = if unit.is_like(says) {
            let much = if ratio >= 1.0 {
                format!(", {} times as much", number(ratio))
            } else {
                format!(", 1/{} of it", number(1.0 / ratio))
            };
            let times = if ratio >= 1.0 {
                format!("divide by {}", number(ratio))
            } else {
                format!("multiply by {}", number(1.0 / ratio))
            };
            (much, format!("{times}, or {state}"))
        } else {
            (String::new(), format!("mend the formula, or {state}"))
        };
        self.fail(tree.span, format!("{whose} gives {gives}; its unit says {text}{much}"), help);
    }
}
