//! Periods in formulas: `2030`, `2030Q4`, `start_year`.

use super::resolve::Resolver;
use crate::formula::{Expr, ExprKind, Span};
use crate::text::period::{Step, instead_of, label, of_another_length, step_of, time};
use crate::{key, message};

/// What a period is asked of, and which one a whole year then stands for.
#[derive(Clone, Copy)]
pub(super) enum PeriodMeant<'a> {
    /// The period of a value: a year is one only of what is summed over it.
    One(&'a Expr),
    /// The first of several: of a year its first.
    From(&'a Expr),
    /// The last of several: of a year its last.
    To(&'a Expr),
}

impl<'a> PeriodMeant<'a> {
    fn of(self) -> &'a Expr {
        match self {
            Self::One(x) | Self::From(x) | Self::To(x) => x,
        }
    }
}

/// Whether an expression is the sum or mean over a year.
fn is_of_a_year(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Call { function, .. } if function == "annual" || function == "annual_mean")
}

impl Resolver<'_> {
    /// A quarter or month in decimal years; one of another length than the steps is a mistake.
    pub(super) fn moment(&mut self, span: Span, period: i32) -> Option<f64> {
        self.has_length(span, period).then(|| time(period))
    }

    fn has_length(&mut self, span: Span, period: i32) -> bool {
        let step = self.scenario.time.step;
        if step_of(period) == step || !self.scenario.time.is_known() {
            return true;
        }
        self.fail(span, of_another_length(period, step), Some(instead_of(period, step)));
        false
    }

    /// A period of the horizon.
    pub(super) fn period(&mut self, expr: &Expr, meant: PeriodMeant<'_>) -> Option<i32> {
        let (start, end, step) = (self.scenario.time.start, self.scenario.time.end, self.scenario.time.step);
        let period = match &expr.kind {
            ExprKind::Number(number) if number.fract() == 0.0 && step == Step::Year => *number as i32,
            ExprKind::Number(number) if number.fract() == 0.0 && (0.0..=9999.0).contains(number) => {
                self.of_year(expr.span, *number as i32, meant)?
            }
            ExprKind::Period(period) => {
                if !self.has_length(expr.span, *period) {
                    return None;
                }
                *period
            }
            ExprKind::Name { name, index } if index.is_empty() && name == "start_year" => start,
            ExprKind::Name { name, index } if index.is_empty() && name == "end_year" => end,
            _ => {
                self.fail(
                    expr.span,
                    key!("model-call-no-year"),
                    Some(message!("model-call-no-year.help", start = start, end = end)),
                );
                return None;
            }
        };
        if self.scenario.time.is_known() && !(start..=end).contains(&period) {
            let written = match expr.kind {
                ExprKind::Number(number) => number.to_string(),
                _ => label(period),
            };
            self.fail(
                expr.span,
                message!("model-call-outside", written = written),
                Some(message!("model-call-outside.help", start = start, end = end)),
            );
            return None;
        }
        Some(period)
    }

    /// The period that a whole year stands for where steps are shorter.
    fn of_year(&mut self, span: Span, year: i32, meant: PeriodMeant<'_>) -> Option<i32> {
        let (step, x) = (self.scenario.time.step, meant.of());
        let (first, last) = (step.first_of(year), step.last_of(year));
        match (meant, is_of_a_year(x)) {
            (PeriodMeant::From(_), false) => return Some(first),
            (PeriodMeant::One(_), true) | (PeriodMeant::To(_), false) => return Some(last),
            _ => {}
        }
        let message = message!("model-call-whole-year", year = year, step = step.name());
        let help = match meant {
            PeriodMeant::One(_) => {
                message!("model-call-whole-year.one", x = x.to_string(), year = year, last = last)
            }
            _ => message!("model-call-whole-year.several", x = x.to_string(), first = first, last = last),
        };
        self.fail(span, message, Some(help));
        None
    }
}
