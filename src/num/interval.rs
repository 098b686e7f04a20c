//! An interval: between what two bounds a number lies.

use super::{max, min};

/// Between what bounds a number lies. A side that is not known is infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// At least here.
    pub low: f64,
    /// At most here.
    pub high: f64,
}

impl Interval {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };

    /// A number that is known.
    pub fn exactly(x: f64) -> Self {
        Self { low: x, high: x }
    }

    /// From `half` below a number to `half` above it; unknown where one of them is not a number.
    pub fn about(x: f64, half: f64) -> Self {
        if x.is_nan() || half.is_nan() { Self::UNKNOWN } else { Self { low: x - half, high: x + half } }
    }

    /// What lies in both. Where they do not meet, one of them is wrong: then nothing is known.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let both = Self { low: max(self.low, other.low), high: min(self.high, other.high) };
        if both.low <= both.high { both } else { Self::UNKNOWN }
    }

    /// Where the number with the other sign lies.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { low: -self.high, high: -self.low }
    }

    /// Whether all of it lies in another one.
    pub fn is_within(self, other: Self) -> bool {
        other.low <= self.low && self.high <= other.high
    }

    /// Whether it is a single number.
    pub fn is_point(self) -> bool {
        self.low == self.high
    }

    /// Whether both bounds are finite.
    pub fn is_bounded(self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }
}
