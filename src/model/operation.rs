//! The operations of a program on plain numbers: the one place that says what each computes.
//!
//! Truth is 1 or 0, any number but 0 counts as true. NaN means "not known": a comparison with it is not
//! known either, so that a value that is not finite can never pass for a target that is missed.

use crate::num;
use crate::num::elementary::Exp;
use crate::num::wide::{LaneFunction, Vector};

/// Operations on one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unary {
    /// `-x`
    Negate,
    /// 1 when `x` is 0, else 0.
    Not,
    /// e to the power `x`.
    Exp,
    /// Natural logarithm.
    Log,
    /// Logarithm to base ten.
    Log10,
    /// Square root.
    Sqrt,
    /// Hyperbolic tangent.
    Tanh,
    /// Absolute value.
    Abs,
    /// -1, 0 or 1.
    Sign,
    /// Largest whole number not above `x`.
    Floor,
    /// Smallest whole number not below `x`.
    Ceil,
    /// Nearest whole number, halves away from zero.
    Round,
    /// Probability that a standard normal lies below `x`.
    NormalCdf,
    /// The standard normal score of a probability.
    NormalQuantile,
}

/// Operations on two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Binary {
    /// `a + b`
    Add,
    /// `a - b`
    Subtract,
    /// `a * b`
    Multiply,
    /// `a / b`
    Divide,
    /// `a` to the power `b`.
    Power,
    /// What is left of `a` after whole times `b`.
    Modulo,
    /// The smaller one.
    Min,
    /// The larger one.
    Max,
    /// `a < b`
    Less,
    /// `a <= b`
    LessEqual,
    /// `a > b`
    Greater,
    /// `a >= b`
    GreaterEqual,
    /// `a == b`
    Equal,
    /// `a != b`
    NotEqual,
    /// Both true.
    And,
    /// At least one true.
    Or,
}

/// A product and a sum in one pass over their columns. Both are rounded, as if they had been taken one by one: nothing
/// but time is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fused {
    /// `a * b + c`
    MultiplyAdd,
    /// `a * b - c`
    MultiplySubtract,
    /// `c - a * b`
    SubtractProduct,
}

impl Unary {
    /// The value of the operation.
    #[inline(always)]
    pub fn apply(self, x: f64) -> f64 {
        match self {
            Self::Negate => -x,
            Self::Not => truth(x == 0.0, x),
            Self::Exp => num::exp(x),
            Self::Log => num::ln(x),
            Self::Log10 => num::log10(x),
            Self::Sqrt => x.sqrt(),
            Self::Tanh => num::tanh(x),
            Self::Abs => x.abs(),
            Self::Sign => {
                if x > 0.0 {
                    1.0
                } else if x < 0.0 {
                    -1.0
                } else {
                    x
                }
            }
            Self::Floor => x.floor(),
            Self::Ceil => x.ceil(),
            Self::Round => x.round(),
            Self::NormalCdf => num::normal::cdf(x),
            Self::NormalQuantile => num::normal::quantile(x),
        }
    }
}

impl Binary {
    /// The value of the operation.
    #[inline(always)]
    pub fn apply(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Power => num::pow(a, b),
            Self::Modulo => num::modulo(a, b),
            Self::Min => num::min(a, b),
            Self::Max => num::max(a, b),
            Self::Less => compare(a < b, a, b),
            Self::LessEqual => compare(a <= b, a, b),
            Self::Greater => compare(a > b, a, b),
            Self::GreaterEqual => compare(a >= b, a, b),
            Self::Equal => compare(a == b, a, b),
            Self::NotEqual => compare(a != b, a, b),
            // Three-valued: false decides `and`, true decides `or`, whatever the other side is.
            Self::And => {
                if a == 0.0 || b == 0.0 {
                    0.0
                } else {
                    compare(true, a, b)
                }
            }
            Self::Or => {
                if known_true(a) || known_true(b) {
                    1.0
                } else {
                    compare(false, a, b)
                }
            }
        }
    }
}

impl Fused {
    /// The value of the operation.
    #[inline(always)]
    pub fn apply(self, a: f64, b: f64, c: f64) -> f64 {
        match self {
            Self::MultiplyAdd => a * b + c,
            Self::MultiplySubtract => a * b - c,
            Self::SubtractProduct => c - a * b,
        }
    }
}

/// What has grown by the continuous rate `x`: `a * exp(x)`.
#[inline(always)]
pub fn growth<V: Vector>(a: V, x: V) -> V {
    a * Exp.at(x)
}

/// `yes` when the condition holds, `no` when it is 0, NaN when it is not known. Only the branch that is
/// taken counts: the other may be NaN.
#[inline(always)]
pub fn select(condition: f64, yes: f64, no: f64) -> f64 {
    if condition.is_nan() {
        f64::NAN
    } else if condition == 0.0 {
        no
    } else {
        yes
    }
}

#[inline(always)]
fn known_true(x: f64) -> bool {
    !x.is_nan() && x != 0.0
}

#[inline(always)]
fn truth(holds: bool, x: f64) -> f64 {
    if x.is_nan() {
        f64::NAN
    } else if holds {
        1.0
    } else {
        0.0
    }
}

#[inline(always)]
fn compare(holds: bool, a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        f64::NAN
    } else if holds {
        1.0
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_with_nan_is_not_known() {
        assert!(Binary::GreaterEqual.apply(f64::NAN, 1.0).is_nan());
        assert!(Unary::Not.apply(f64::NAN).is_nan());
        assert_eq!(Binary::Or.apply(f64::NAN, 1.0), 1.0);
        assert_eq!(Binary::And.apply(0.0, f64::NAN), 0.0);
        assert!(Binary::And.apply(1.0, f64::NAN).is_nan());
    }

    #[test]
    fn the_branch_not_taken_may_be_nan() {
        assert_eq!(select(1.0, 2.0, f64::NAN), 2.0);
        assert_eq!(select(0.0, f64::NAN, 3.0), 3.0);
        assert!(select(f64::NAN, 2.0, 2.0).is_nan());
    }
}
