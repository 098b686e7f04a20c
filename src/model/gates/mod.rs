//! Gates: statements about the distribution. Looked up here, so that a mistake in one is found before anything
//! runs, and turned into what the engine must record to judge them.

mod beyond;
mod bounds;
mod branches;
mod evaluate;
mod read;

use crate::formula::{BinaryOperator, UnaryOperator};
use crate::num::Interval;

pub(super) use beyond::Beyond;
pub use beyond::NeverDrawn;
pub(super) use branches::find as find_branches;
pub(super) use read::Reading;

/// A gate of a compiled scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Its name, or its text where it was given on the command line.
    pub name: String,
    /// What is required, as written.
    pub require: String,
    /// The statement: numbers, statistics and what is made of them.
    pub statement: Expression,
    /// The statistics that the statement names, each once.
    pub statistics: Vec<Statistic>,
}

/// A part of a gate.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A number.
    Number(f64),
    /// One of the gate's statistics.
    Statistic(usize),
    /// `-x`, `not x`
    Unary(UnaryOperator, Box<Expression>),
    /// `a >= b`, `a and b`, `a + b`, …
    Binary(BinaryOperator, Box<Expression>, Box<Expression>),
    /// A long row of operations that bind alike, carried out from left to right: `a and b and …`.
    Chain(Box<Expression>, Vec<(BinaryOperator, Expression)>),
}

/// A statistic that a gate names.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "facts that have nothing to do with each other")]
pub struct Statistic {
    /// As written: `p(gdp_2025)`.
    pub text: String,
    /// Which statistic.
    pub kind: StatisticKind,
    /// The series it is of; of a probability, 1 where the event holds and 0 where not.
    pub series: u32,
    /// Of a conditional probability: the series of the condition. `series` is then that of both together.
    pub given: Option<u32>,
    /// Of a conditional probability: the series of the event alone.
    pub(super) event: Option<u32>,
    /// In which range the finite values of the series lie, whatever is drawn.
    pub range: Interval,
    /// Whether that range is set by how far draws can go, and not by the equations and the distributions alone.
    pub is_drawn: bool,
    /// Where it is set so: how much of the mean is never drawn.
    pub beyond: NeverDrawn,
    /// Where the statistic lies, whatever is drawn.
    pub known: Interval,
    /// Whether it is a probability given a condition that never holds.
    pub is_undefined: bool,
    /// Whether infinity is a year that never comes.
    pub is_year: bool,
    /// Whether it is the probability of an event of which the record tells the outcome.
    pub is_recorded: bool,
    /// What the values depend on and may happen on few paths only. Sought for statistics whose error depends on it.
    pub branches: Vec<Branch>,
    /// Inputs that take an extreme value rarely, and on which the values depend.
    pub rare_draws: Vec<RareDraw>,
    /// Of a correlation: the statistics that it is made of.
    pub parts: Vec<Statistic>,
}

/// A condition on which the values of a statistic depend.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// The series that is 1 where the condition holds.
    pub series: u32,
    /// Whether values may lie where they do not lie otherwise when it does not hold, and when it holds.
    pub matters: [bool; 2],
    /// The inputs that decide it, the first few.
    pub inputs: Vec<String>,
}

/// An input with a few values of which an extreme one is rare.
#[derive(Clone, Debug, PartialEq)]
pub struct RareDraw {
    /// Its name.
    pub input: String,
    /// What share of the paths must be enough to see what it can do.
    pub share: f64,
}

/// Which statistic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StatisticKind {
    /// The share of the paths on which an event holds.
    Probability,
    /// The mean.
    Mean,
    /// The standard deviation.
    Sd,
    /// The quantile of this level.
    Quantile(f64),
    /// The mean of this share of the paths, those with the lowest values.
    ExpectedShortfall(f64),
    /// The mean of this share of the paths, those with the highest values: the series holds them with the other sign.
    ExpectedSurplus(f64),
    /// The correlation of two values: what is found of [`Statistic::parts`] put together.
    Correlation,
}

impl Statistic {
    /// The expected shortfall of the values with the other sign, of which an expected surplus is the negative.
    pub fn mirrored(&self) -> Option<Self> {
        let StatisticKind::ExpectedSurplus(level) = self.kind else { return None };
        let kind = StatisticKind::ExpectedShortfall(level);
        Some(Self { kind, known: self.known.negated(), ..self.clone() })
    }

    /// It and its parts.
    pub fn and_parts(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.parts)
    }

    /// Counts all its series from another first one.
    pub(super) fn shift(&mut self, by: u32) {
        self.series += by;
        self.given = self.given.map(|series| series + by);
        self.event = self.event.map(|series| series + by);
        self.parts.iter_mut().for_each(|part| part.shift(by));
    }
}

/// The correlation of two values whose means, standard deviations and mean product are found: of the first its mean and
/// standard deviation, the same of the second, and the mean of the product.
pub fn correlation() -> Expression {
    let part = |number| Box::new(Expression::Statistic(number));
    let of = |operator, a, b| Box::new(Expression::Binary(operator, a, b));
    let means = of(BinaryOperator::Multiply, part(0), part(2));
    let covariance = of(BinaryOperator::Subtract, part(4), means);
    Expression::Binary(BinaryOperator::Divide, covariance, of(BinaryOperator::Multiply, part(1), part(3)))
}
