//! An equation after its names are looked up: what it means.

use super::operation::{Binary, Unary};
use crate::text::Place;

/// A member in an index position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IndexedMember {
    /// The current member of the bound index at this position of the scope.
    Bound(usize),
    /// This member.
    Fixed(usize),
}

/// What runs over a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reduction {
    Sum,
    Mean,
    Product,
    Min,
    Max,
}

impl Reduction {
    /// The function's name where it has no value of no members: a sum is 0 then, and a product 1.
    pub(super) fn name_of_unknown(self) -> Option<&'static str> {
        match self {
            Self::Sum | Self::Product => None,
            Self::Mean => Some("mean"),
            Self::Min => Some("min"),
            Self::Max => Some("max"),
        }
    }
}

/// What runs over the years of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearWindow {
    Mean,
    Total,
    Minimum,
    Maximum,
    Always,
    Ever,
}

/// A part of an equation.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Term {
    Number(f64),
    Year,
    /// A parameter, field or shock.
    Datum {
        datum: usize,
        index: Vec<IndexedMember>,
        place: Place,
    },
    Variable {
        variable: usize,
        index: Vec<IndexedMember>,
        place: Place,
    },
    Metric(usize),
    Target(usize),
    Unary(Unary, Box<Term>),
    Binary(Binary, Box<Term>, Box<Term>),
    /// A long row of operations, carried out from left to right.
    Chain(Box<Term>, Vec<(Binary, Term)>),
    If(Box<[Term; 3]>),
    /// Runs over `sets`; each adds a position to the scope of `condition` and `body`.
    Reduce {
        reduction: Reduction,
        sets: Vec<usize>,
        condition: Option<(Box<Term>, Place)>,
        body: Box<Term>,
    },
    /// The value so many years before.
    Lag {
        x: Box<Term>,
        years: i32,
    },
    Growth(Box<Term>),
    At {
        x: Box<Term>,
        year: i32,
        place: Place,
    },
    Cagr {
        x: Box<Term>,
        from: i32,
        to: i32,
        place: Place,
    },
    Change {
        x: Box<Term>,
        from: i32,
        to: i32,
        place: Place,
    },
    Window {
        window: YearWindow,
        x: Box<Term>,
        from: i32,
        to: i32,
        place: Place,
    },
    PeakYear {
        x: Box<Term>,
    },
    FirstYear {
        condition: Box<Term>,
    },
}
