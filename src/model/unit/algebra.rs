//! Multiplying, dividing and comparing units.

use crate::num;

/// Number of a base unit in a [`Units`](super::Units) table.
pub type Base = u16;

/// How many steps a power of 1 has: enough for roots of roots and of cubes.
pub(super) const WHOLE: i32 = 12;

/// Scales are the same when they differ by less than this share: they are products of a few exact numbers.
const SAME: f64 = 1e-9;

/// Largest power that is calculated with, far beyond any that means something.
const MAX_POWER: i32 = 64 * WHOLE;

/// A scale times base units to powers.
#[derive(Clone, Debug)]
pub struct Unit {
    /// How many products of base units one of this unit is.
    pub scale: f64,
    /// Base units and their powers in twelfths, none zero, in the order of the table.
    pub powers: Vec<(Base, i32)>,
}

/// Equal units have the same powers and scales that differ by less than one in a thousand million.
impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.powers == other.powers && same(self.scale, other.scale)
    }
}

/// Whether two scales are the same but for rounding.
pub(super) fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME * num::max(a.abs(), b.abs())
}

impl Unit {
    /// The unit of a pure number.
    pub fn pure() -> Self {
        Self::scaled(1.0)
    }

    /// The unit of so many pure numbers: `%` is 0.01.
    pub fn scaled(scale: f64) -> Self {
        Self { scale, powers: Vec::new() }
    }

    /// A base unit.
    pub fn base(base: Base) -> Self {
        Self { scale: 1.0, powers: vec![(base, WHOLE)] }
    }

    /// Whether it is 1.
    pub fn is_pure(&self) -> bool {
        *self == Self::pure()
    }

    /// Whether values of the two differ by a factor only.
    pub fn is_like(&self, other: &Self) -> bool {
        self.powers == other.powers
    }

    /// Whether its scale and powers are numbers that can be calculated with.
    pub fn is_sound(&self) -> bool {
        let scale = self.scale.abs();
        (1e-200..=1e200).contains(&scale) && self.powers.iter().all(|(_, power)| power.abs() <= MAX_POWER)
    }

    /// The unit of a product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        let mut powers = self.powers.clone();
        for (base, power) in &other.powers {
            match powers.binary_search_by_key(base, |(known, _)| *known) {
                Ok(at) if powers[at].1 + power == 0 => {
                    powers.remove(at);
                }
                Ok(at) => powers[at].1 += power,
                Err(at) => powers.insert(at, (*base, *power)),
            }
        }
        Self { scale: self.scale * other.scale, powers }
    }

    /// The unit of a quotient.
    #[must_use]
    pub fn over(&self, other: &Self) -> Self {
        self.times(&other.inverse())
    }

    /// The unit of one over a value.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let powers = self.powers.iter().map(|(base, power)| (*base, -power)).collect();
        Self { scale: 1.0 / self.scale, powers }
    }

    /// The unit of a power, `None` when that leaves a base unit with no power that can be told apart.
    pub fn to_the(&self, exponent: f64) -> Option<Self> {
        let mut powers = Vec::new();
        for (base, power) in &self.powers {
            let product = f64::from(*power) * exponent;
            if (product - product.round()).abs() > SAME || product.abs() > f64::from(MAX_POWER) {
                return None;
            }
            if product.round() != 0.0 {
                powers.push((*base, product.round() as i32));
            }
        }
        let scale = if self.scale == 1.0 { 1.0 } else { num::pow(self.scale, exponent) };
        Some(Self { scale, powers })
    }
}
