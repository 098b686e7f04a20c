//! What is known of the unit of a part of a formula.

use super::algebra::Unit;

/// The unit of a part of a formula, as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum PartialUnit<'a> {
    /// A number without names in it: it may take the unit of what it is compared with.
    Number {
        /// Written with a per cent sign, and so pure.
        percent: bool,
        /// It is 0, which adds to anything.
        zero: bool,
    },
    /// A unit, with the text that states it where one does.
    Known { unit: Unit, text: Option<&'a str> },
    /// Not known, because the quantities with these numbers have no unit; because of a mistake that was
    /// noted elsewhere where there are none.
    Unknown(Vec<usize>),
}

/// A bare number like any other.
pub(super) const NUMBER: PartialUnit<'static> = PartialUnit::Number { percent: false, zero: false };

impl PartialUnit<'_> {
    /// A pure number that is not written down: a truth, a share, a rate.
    pub(super) fn pure() -> Self {
        Self::of(Unit::pure())
    }

    /// A unit that no text states.
    pub(super) fn of(unit: Unit) -> Self {
        if unit.is_sound() { Self::Known { unit, text: None } } else { Self::mistaken() }
    }

    /// Of something that has been complained of already.
    pub(super) fn mistaken() -> Self {
        Self::Unknown(Vec::new())
    }

    /// The unit of a product, or of a quotient where `divide`.
    #[must_use]
    pub(super) fn times(self, other: Self, divide: bool) -> Self {
        match (self, other) {
            (Self::Unknown(a), Self::Unknown(b)) => Self::Unknown(merged(a, b)),
            (Self::Unknown(a), _) | (_, Self::Unknown(a)) => Self::Unknown(a),
            (Self::Number { percent: a, zero }, Self::Number { percent: b, zero: other }) => {
                Self::Number { percent: a && b, zero: zero || (other && !divide) }
            }
            (Self::Number { .. }, Self::Known { unit, .. }) if divide => Self::of(unit.inverse()),
            (known, Self::Number { .. }) | (Self::Number { .. }, known) => known,
            (Self::Known { unit: a, .. }, Self::Known { unit: b, .. }) => {
                Self::of(if divide { a.over(&b) } else { a.times(&b) })
            }
        }
    }
}

/// Both lists in one, each number once.
pub(super) fn merged(mut a: Vec<usize>, b: Vec<usize>) -> Vec<usize> {
    a.extend(b);
    a.sort_unstable();
    a.dedup();
    a
}
