//! What functions over periods are made of: year on year, sums of a year, ramps and pulses.

use super::operation::{Binary, Unary};
use super::term::Term;
use crate::text::period::{Step, time};

fn binary(operation: Binary, a: Term, b: Term) -> Term {
    Term::Binary(operation, Box::new(a), Box::new(b))
}

/// The value so many steps before, from the record where it lies before a variable's beginning.
fn before(x: Term, steps: i32) -> Term {
    Term::Lag { x: Box::new(x), years: steps, reads_history: true }
}

/// The growth over a year.
pub(super) fn year_on_year(x: Term, step: Step) -> Term {
    if step == Step::Year {
        return Term::Growth(Box::new(x));
    }
    let ratio = binary(Binary::Divide, x.clone(), before(x, step.per_year()));
    binary(Binary::Subtract, ratio, Term::Number(1.0))
}

/// The sum over the year that ends with a period.
pub(super) fn of_a_year(x: &Term, step: Step) -> Term {
    (1..step.per_year()).fold(x.clone(), |sum, steps| binary(Binary::Add, sum, before(x.clone(), steps)))
}

/// The mean over the year that ends with a period.
pub(super) fn mean_of_a_year(x: Term, step: Step) -> Term {
    match step {
        Step::Year => x,
        _ => binary(Binary::Divide, of_a_year(&x, step), Term::Number(f64::from(step.per_year()))),
    }
}

/// 1 from a time on, 0 before.
pub(super) fn since(from: Term) -> Term {
    binary(Binary::GreaterEqual, Term::Year, from)
}

/// A slope times the steps since a time, and 0 before.
pub(super) fn ramp(from: Term, slope: Term, step: Step) -> Term {
    let exact = period_of(&from, step).is_some();
    let mut passed = binary(Binary::Subtract, Term::Year, from);
    if step != Step::Year {
        passed = binary(Binary::Multiply, passed, Term::Number(f64::from(step.per_year())));
        if exact {
            // Twelfths of a year are not exact numbers.
            passed = Term::Unary(Unary::Round, Box::new(passed));
        }
    }
    binary(Binary::Multiply, slope, binary(Binary::Max, passed, Term::Number(0.0)))
}

/// 1 in so many steps from a time on.
pub(super) fn pulse(from: Term, steps: Term, step: Step) -> Term {
    let end = match (period_of(&from, step), &steps) {
        (Some(period), Term::Number(steps)) if steps.fract() == 0.0 && steps.abs() <= 1e5 => {
            Term::Number(time(period + *steps as i32))
        }
        _ if step == Step::Year => binary(Binary::Add, from.clone(), steps),
        _ => {
            let years = binary(Binary::Divide, steps, Term::Number(f64::from(step.per_year())));
            binary(Binary::Add, from.clone(), years)
        }
    };
    let over = Term::Unary(Unary::Not, Box::new(since(end)));
    binary(Binary::And, since(from), over)
}

/// The quarter or month that a number is the beginning of.
fn period_of(term: &Term, step: Step) -> Option<i32> {
    match (step, term) {
        (Step::Quarter | Step::Month, Term::Number(number)) => step.beginning_at(*number),
        _ => None,
    }
}
