//! Where two units must be the same.

use super::algebra::Unit;
use super::check::Checker;
use super::conform::is_growth_of_a_year;
use super::convert::{converts, is_over_number};
use super::measure::{NUMBER, PartialUnit, merged};
use super::wording::times;
use crate::formula::{Expr, Span};
use crate::message;
use crate::text::{Key, Message};

/// Why two units must be the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Meeting {
    /// They are added or subtracted: a bare number is pure.
    Sum(Key),
    /// They are compared, or one is chosen: a bare number takes the other's unit.
    Choice(Key),
}

impl<'a> Checker<'a> {
    /// What has the one unit that both have; a mistake when they have not.
    pub(super) fn meet(
        &mut self,
        span: Span,
        meeting: Meeting,
        (a, one): (&'a Expr, PartialUnit<'a>),
        (b, other): (&'a Expr, PartialUnit<'a>),
    ) -> PartialUnit<'a> {
        let adapting = self.path || matches!(meeting, Meeting::Choice(_));
        let sum = self.path && matches!(meeting, Meeting::Sum(_));
        let adapts = |measure: &PartialUnit<'_>| matches!(measure, PartialUnit::Number { percent, zero } if *zero || (adapting && !percent));
        match (&one, &other) {
            (PartialUnit::Number { percent: p, zero: z }, PartialUnit::Number { percent: q, zero: y }) => {
                PartialUnit::Number { percent: *p && *q, zero: *z && *y }
            }
            // gdp@2025 / 2200 - 1
            (number, PartialUnit::Known { .. }) if sum && *number == NUMBER && is_over_number(b) => {
                PartialUnit::pure()
            }
            (PartialUnit::Known { .. }, number) if sum && *number == NUMBER && is_over_number(a) => {
                PartialUnit::pure()
            }
            _ if adapts(&one) => other,
            _ if adapts(&other) => one,
            _ if self.is_per_year(&one, (b, &other)) => one,
            _ if self.is_per_year(&other, (a, &one)) => other,
            (PartialUnit::Unknown(x), PartialUnit::Unknown(y)) => {
                let because = merged(x.clone(), y.clone());
                self.unchecked(span, &because);
                PartialUnit::Unknown(because)
            }
            (PartialUnit::Unknown(because), known) | (known, PartialUnit::Unknown(because)) => {
                self.unchecked(span, because);
                if matches!(known, PartialUnit::Known { .. }) {
                    known.clone()
                } else {
                    PartialUnit::Unknown(because.clone())
                }
            }
            _ => {
                self.checked();
                let (x, y) = (unit_of(&one), unit_of(&other));
                if x == y || (x.is_like(&y) && converts(b, y.scale / x.scale)) {
                    return if matches!(one, PartialUnit::Known { .. }) { one } else { PartialUnit::of(x) };
                }
                if x.is_like(&y) && converts(a, x.scale / y.scale) {
                    return PartialUnit::of(y);
                }
                if self.path && (x.is_pure() && is_over_number(b) || y.is_pure() && is_over_number(a)) {
                    return PartialUnit::pure();
                }
                self.apart(span, meeting, (a, &one), (b, &other))
            }
        }
    }

    /// Whether a rate per year, where the year is no step, meets a growth of a year or a percentage: these are per year then.
    fn is_per_year(&self, rate: &PartialUnit<'a>, (with, other): (&Expr, &PartialUnit<'a>)) -> bool {
        let PartialUnit::Known { unit, .. } = rate else { return false };
        if !self.units.is_yearly(unit) || unit.scale.to_bits() != 1_f64.to_bits() {
            return false;
        }
        let is_percentage = matches!(other, PartialUnit::Number { percent: true, .. });
        let is_pure = matches!(other, PartialUnit::Known { unit, .. } if unit.is_pure());
        is_percentage || (is_pure && is_growth_of_a_year(with))
    }

    /// Says that two units differ.
    fn apart(
        &mut self,
        span: Span,
        meeting: Meeting,
        (a, one): (&'a Expr, &PartialUnit<'a>),
        (b, other): (&'a Expr, &PartialUnit<'a>),
    ) -> PartialUnit<'a> {
        let (x, y) = (unit_of(one), unit_of(other));
        let (Meeting::Sum(verb) | Meeting::Choice(verb)) = meeting;
        let (a_words, b_words) = (self.short(a), self.short(b));
        let message = message!(
            "model-unit-apart",
            a = a_words,
            one = self.say(one),
            b = b_words,
            other = self.say(other),
            verb = verb
        );
        let help = if x.is_like(&y) {
            message!(
                "model-unit-apart.convert",
                b = self.factor(b),
                factor = times(y.scale / x.scale),
                unit = self.say(one)
            )
        } else if x.is_pure() && self.units.is_yearly(&y) {
            message!("model-unit-yearly", words = self.factor(b))
        } else if y.is_pure() && self.units.is_yearly(&x) {
            message!("model-unit-yearly", words = self.factor(a))
        } else if x.is_pure() {
            self.mixed(meeting, (a, one), (b, other))
        } else if y.is_pure() {
            self.mixed(meeting, (b, other), (a, one))
        } else {
            message!("model-unit-apart.check", unit = self.units.print(&x.over(&y)))
        };
        self.fail(span, message, help)
    }

    /// The remedy where a pure number meets what has a unit.
    fn mixed(
        &self,
        meeting: Meeting,
        (pure, number): (&Expr, &PartialUnit<'a>),
        (with, known): (&Expr, &PartialUnit<'a>),
    ) -> Message {
        let (unit, pure, with) = (self.gives(known), self.factor(pure), self.factor(with));
        match (number, meeting) {
            (PartialUnit::Number { percent: true, .. }, Meeting::Choice(_)) => {
                message!("model-unit-apart.bound", unit = unit)
            }
            (PartialUnit::Number { percent: false, .. }, _) => {
                message!("model-unit-apart.parameter", pure = pure, unit = unit, with = with)
            }
            _ => message!("model-unit-apart.share", with = with, pure = pure),
        }
    }
}

/// The unit of what has one, and of a number.
fn unit_of(measure: &PartialUnit<'_>) -> Unit {
    match measure {
        PartialUnit::Known { unit, .. } => unit.clone(),
        _ => Unit::pure(),
    }
}
