//! The truth of a gate, wherever in their intervals its statistics lie.

use super::Expression;
use crate::formula::{BinaryOperator, UnaryOperator};
use crate::num::{Interval, max, min};

impl Expression {
    /// Whether the statement holds wherever in these intervals its statistics lie; `None` where that depends.
    pub fn truth(&self, statistics: &[Interval]) -> Option<bool> {
        match truth(value(self, statistics)) {
            Interval { low: 1.0, .. } => Some(true),
            Interval { high: 0.0, .. } => Some(false),
            _ => None,
        }
    }

    /// Where its value lies, wherever in these intervals its statistics lie.
    pub fn interval(&self, statistics: &[Interval]) -> Interval {
        value(self, statistics)
    }

    /// The number that it is, where it holds no statistic.
    pub fn constant(&self) -> Option<f64> {
        let has_none = !self.any(&|part| matches!(part, Self::Statistic(_)));
        has_none.then(|| value(self, &[])).filter(|value| value.is_point()).map(|value| value.low)
    }

    /// Whether a part of it is as is asked.
    pub fn any(&self, asked: &dyn Fn(&Self) -> bool) -> bool {
        asked(self)
            || match self {
                Self::Unary(_, x) => x.any(asked),
                Self::Binary(_, a, b) => a.any(asked) || b.any(asked),
                Self::Chain(first, rest) => first.any(asked) || rest.iter().any(|(_, x)| x.any(asked)),
                Self::Number(_) | Self::Statistic(_) => false,
            }
    }
}

/// The value of an expression, wherever in their intervals the statistics lie. Truth is 1 or 0.
fn value(expression: &Expression, statistics: &[Interval]) -> Interval {
    match expression {
        Expression::Number(x) => Interval::exactly(*x),
        Expression::Statistic(number) => statistics[*number],
        Expression::Unary(UnaryOperator::Negate, x) => {
            let x = value(x, statistics);
            Interval { low: -x.high, high: -x.low }
        }
        Expression::Unary(UnaryOperator::Not, x) => {
            let x = truth(value(x, statistics));
            Interval { low: 1.0 - x.high, high: 1.0 - x.low }
        }
        Expression::Binary(operator, a, b) => binary(*operator, value(a, statistics), value(b, statistics)),
        Expression::Chain(first, rest) => {
            rest.iter().fold(value(first, statistics), |so_far, (operator, x)| {
                binary(*operator, so_far, value(x, statistics))
            })
        }
    }
}

fn binary(operator: BinaryOperator, a: Interval, b: Interval) -> Interval {
    match operator {
        BinaryOperator::And => {
            let (a, b) = (truth(a), truth(b));
            Interval { low: min(a.low, b.low), high: min(a.high, b.high) }
        }
        BinaryOperator::Or => {
            let (a, b) = (truth(a), truth(b));
            Interval { low: max(a.low, b.low), high: max(a.high, b.high) }
        }
        BinaryOperator::Less => known(a.high < b.low, a.low >= b.high),
        BinaryOperator::LessEqual => known(a.high <= b.low, a.low > b.high),
        BinaryOperator::Greater => known(a.low > b.high, a.high <= b.low),
        BinaryOperator::GreaterEqual => known(a.low >= b.high, a.high < b.low),
        BinaryOperator::Equal => equal(a, b),
        BinaryOperator::NotEqual => {
            let equal = equal(a, b);
            Interval { low: 1.0 - equal.high, high: 1.0 - equal.low }
        }
        BinaryOperator::Add => Interval { low: a.low + b.low, high: a.high + b.high },
        BinaryOperator::Subtract => Interval { low: a.low - b.high, high: a.high - b.low },
        BinaryOperator::Multiply => corners(a, b, |x, y| x * y),
        BinaryOperator::Divide if b.low <= 0.0 && b.high >= 0.0 => Interval::UNKNOWN,
        BinaryOperator::Divide => corners(a, b, |x, y| x / y),
        // Monotone in each argument, so its bounds lie at the corners, as long as the base is positive.
        BinaryOperator::Power if a.low > 0.0 => corners(a, b, crate::num::elementary::pow),
        BinaryOperator::Power if b.is_point() && b.low.fract() == 0.0 => whole_power(a, b.low),
        BinaryOperator::Power | BinaryOperator::Given => {
            if a.low == a.high && b.low == b.high {
                Interval::exactly(crate::num::elementary::pow(a.low, b.low))
            } else {
                Interval::UNKNOWN
            }
        }
    }
}

/// A power with a whole exponent, of a base that may be negative: on either side of zero it is monotone.
fn whole_power(a: Interval, exponent: f64) -> Interval {
    let crosses = a.low <= 0.0 && a.high >= 0.0;
    if crosses && exponent < 0.0 {
        return Interval::UNKNOWN;
    }
    let ends = corners(a, Interval::exactly(exponent), crate::num::elementary::pow);
    let is_even = (0.5 * exponent).fract() == 0.0;
    if crosses && is_even && exponent > 0.0 { Interval { low: 0.0, ..ends } } else { ends }
}

fn equal(a: Interval, b: Interval) -> Interval {
    let certain = a.low == a.high && b.low == b.high && a.low == b.low;
    known(certain, a.high < b.low || b.high < a.low)
}

/// A statement that is known to hold, known not to, or neither.
fn known(holds: bool, fails: bool) -> Interval {
    Interval { low: f64::from(u8::from(holds)), high: f64::from(u8::from(!fails)) }
}

/// An interval as a truth: everything but 0 is true.
fn truth(x: Interval) -> Interval {
    known(x.low > 0.0 || x.high < 0.0, x.low == 0.0 && x.high == 0.0)
}

fn corners(a: Interval, b: Interval, f: impl Fn(f64, f64) -> f64) -> Interval {
    let values = [f(a.low, b.low), f(a.low, b.high), f(a.high, b.low), f(a.high, b.high)];
    if values.iter().any(|x| x.is_nan()) {
        return Interval::UNKNOWN;
    }
    Interval {
        low: values.into_iter().fold(f64::INFINITY, min),
        high: values.into_iter().fold(f64::NEG_INFINITY, max),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(low: f64, high: f64) -> Interval {
        Interval { low, high }
    }

    #[test]
    fn a_comparison_is_known_when_the_intervals_part() {
        let about_half = between(0.45, 0.55);
        let at_least = |bound| binary(BinaryOperator::GreaterEqual, about_half, Interval::exactly(bound));
        assert_eq!(at_least(0.4), between(1.0, 1.0));
        assert_eq!(at_least(0.45), between(1.0, 1.0));
        assert_eq!(at_least(0.5), between(0.0, 1.0));
        assert_eq!(at_least(0.6), between(0.0, 0.0));
    }

    #[test]
    fn one_known_side_may_decide_the_whole() {
        let (yes, no, open) = (between(1.0, 1.0), between(0.0, 0.0), between(0.0, 1.0));
        assert_eq!(binary(BinaryOperator::Or, yes, open), yes);
        assert_eq!(binary(BinaryOperator::And, no, open), no);
        assert_eq!(binary(BinaryOperator::And, yes, open), open);
    }

    #[test]
    fn arithmetic_keeps_every_possible_value() {
        assert_eq!(
            binary(BinaryOperator::Multiply, between(-1.0, 2.0), between(3.0, 4.0)),
            between(-4.0, 8.0)
        );
        assert_eq!(
            binary(BinaryOperator::Subtract, between(1.0, 2.0), between(0.5, 3.0)),
            between(-2.0, 1.5)
        );
        assert_eq!(binary(BinaryOperator::Divide, between(1.0, 2.0), between(-1.0, 1.0)), Interval::UNKNOWN);
        assert_eq!(binary(BinaryOperator::Divide, between(1.0, 2.0), between(2.0, 4.0)), between(0.25, 1.0));
    }

    #[test]
    fn a_whole_power_of_what_may_be_negative_keeps_every_possible_value() {
        let power = |low, high, exponent| {
            binary(BinaryOperator::Power, between(low, high), Interval::exactly(exponent))
        };
        assert_eq!(power(-1.0, 2.0, 2.0), between(0.0, 4.0));
        assert_eq!(power(-3.0, 2.0, 2.0), between(0.0, 9.0));
        assert_eq!(power(-3.0, -2.0, 2.0), between(4.0, 9.0));
        assert_eq!(power(-3.0, 2.0, 3.0), between(-27.0, 8.0));
        assert_eq!(power(-4.0, -2.0, -2.0), between(0.0625, 0.25));
        assert_eq!(power(-4.0, 2.0, 0.0), between(1.0, 1.0));
        assert_eq!(power(-1.0, 2.0, -1.0), Interval::UNKNOWN);
        assert_eq!(power(-1.0, 2.0, 0.5), Interval::UNKNOWN);
    }

    /// Between 0.45 and 0.55, bounds at its ends and beyond them.
    #[test]
    fn every_comparison_is_right_where_an_interval_touches_its_bound() {
        let (yes, no, open) = (Some(true), Some(false), None);
        let expected = [
            (BinaryOperator::Less, [no, no, open, yes]),
            (BinaryOperator::LessEqual, [no, open, yes, yes]),
            (BinaryOperator::Greater, [yes, open, no, no]),
            (BinaryOperator::GreaterEqual, [yes, yes, open, no]),
            (BinaryOperator::Equal, [no, open, open, no]),
            (BinaryOperator::NotEqual, [yes, open, open, yes]),
        ];
        for (operator, truths) in expected {
            for (bound, truth) in [0.44, 0.45, 0.55, 0.56].into_iter().zip(truths) {
                let compared = |a, b| Expression::Binary(operator, Box::new(a), Box::new(b));
                let gate = compared(Expression::Statistic(0), Expression::Number(bound));
                assert_eq!(gate.truth(&[between(0.45, 0.55)]), truth, "{operator:?} {bound}");
                let negated = Expression::Unary(UnaryOperator::Not, Box::new(gate));
                assert_eq!(
                    negated.truth(&[between(0.45, 0.55)]),
                    truth.map(|truth| !truth),
                    "not {operator:?} {bound}"
                );
                let twice = Expression::Unary(UnaryOperator::Not, Box::new(negated));
                assert_eq!(twice.truth(&[between(0.45, 0.55)]), truth, "not not {operator:?} {bound}");
            }
        }
    }

    #[test]
    fn a_point_is_equal_to_itself_and_to_nothing_else() {
        let equal = |x: f64| {
            Expression::Binary(
                BinaryOperator::Equal,
                Box::new(Expression::Statistic(0)),
                Box::new(Expression::Number(x)),
            )
        };
        assert_eq!(equal(3.0).truth(&[Interval::exactly(3.0)]), Some(true));
        assert_eq!(equal(3.5).truth(&[Interval::exactly(3.0)]), Some(false));
        assert_eq!(equal(3.5).constant(), None);
        let sum = Expression::Binary(
            BinaryOperator::Add,
            Box::new(Expression::Number(1.0)),
            Box::new(Expression::Number(0.5)),
        );
        assert_eq!(sum.constant(), Some(1.5));
    }
}
