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
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reduction {
    Sum,
    Mean,
    Product,
    Min,
    Max,
    /// The quantile of this level.
    Quantile(f64),
    Sd,
    /// The place of the member that is current at this position of the scope.
    Rank(usize),
    /// The position in its set of the member with the largest value.
    ArgMax,
}

impl Reduction {
    /// The function's name where it has no value of no members: a sum is 0 then, and a product 1.
    pub(super) fn name_of_unknown(self) -> Option<&'static str> {
        match self {
            Self::Sum | Self::Product => None,
            Self::Mean => Some("mean"),
            Self::Min => Some("min"),
            Self::Max => Some("max"),
            Self::Quantile(0.5) => Some("median"),
            Self::Quantile(_) => Some("quantile"),
            Self::Sd => Some("sd"),
            Self::Rank(_) => Some("rank"),
            Self::ArgMax => Some("argmax"),
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
    /// In how many years a condition holds.
    Count,
    /// The standard deviation of a sample.
    Sd,
}

/// What a variable remembers of a value over the years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Memory {
    /// The sum of all values so far.
    Cumulative,
    /// Closes every year the n-th part of its distance from the value.
    Smooth,
    /// The value n years before; at first the first one.
    Delay,
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
        /// Whether before a variable begins its history is read.
        reads_history: bool,
    },
    /// The same, with a number of years from data; before a variable begins its history is read.
    LagBy {
        x: Box<Term>,
        years: Box<Term>,
        place: Place,
    },
    /// What is remembered of the values of the years so far.
    Remember {
        memory: Memory,
        x: Box<Term>,
        /// n of a smoothing or delay.
        by: Option<Box<Term>>,
        place: Place,
    },
    /// What a table has at a value.
    Lookup {
        table: usize,
        x: Box<Term>,
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
    LastYear {
        condition: Box<Term>,
    },
    /// The largest fall from a peak, as a share of it.
    Drawdown {
        x: Box<Term>,
    },
    /// The present value of the values of some years, each discounted by the rates of the years so far.
    PresentValue {
        x: Box<Term>,
        rate: Box<Term>,
        from: i32,
        to: i32,
        place: Place,
    },
    /// The internal rate of return of the values of some years.
    RateOfReturn {
        x: Box<Term>,
        from: i32,
        to: i32,
        place: Place,
    },
}
