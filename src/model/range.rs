//! Between what bounds a value can lie, whatever is drawn: interval arithmetic over the graph.
//!
//! Bounds are never too narrow. They may be too wide: that `x - x` is 0 is not seen. Sums, products and quotients need
//! no allowance for rounding, because rounding never changes an order; what is approximated gets one.

use super::graph::{Definition, Graph, GraphNode};
use super::operation::{Binary, Unary};
use crate::num::distribution::Reads;
use crate::num::{Interval, Sampler};

/// Bounds of a value, and whether it may be not a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ValueRange {
    low: f64,
    high: f64,
    nan: bool,
}

/// What is known of nothing.
const ANYTHING: ValueRange = ValueRange { low: f64::NEG_INFINITY, high: f64::INFINITY, nan: true };

/// Standard normal scores lie within: the smallest number there is has the probability of -38.5.
const LARGEST_SCORE: f64 = 40.0;

/// Those that are simulated lie within: uniforms are at least 2^-53, which is the probability of -8.2095.
const LARGEST_SIMULATED_SCORE: f64 = 8.21;

/// The smallest uniform; the largest is 1 less it.
const SMALLEST_UNIFORM: f64 = f64::EPSILON / 2.0;

/// What approximations may be wrong by, of the value.
const ALLOWANCE: f64 = 1e-8;

impl ValueRange {
    fn new(low: f64, high: f64, nan: bool) -> Self {
        if low.is_nan() || high.is_nan() { ANYTHING } else { Self { low, high, nan } }
    }

    fn truth(always: bool, never: bool, nan: bool) -> Self {
        Self::new(f64::from(u8::from(always)), f64::from(u8::from(!never)), nan)
    }

    /// `Some(true)` where it is true on every path, `Some(false)` where on none.
    pub(super) fn decided(self) -> Option<bool> {
        match self {
            Self { nan: true, .. } => None,
            Self { low, high, .. } if low > 0.0 || high < 0.0 => Some(true),
            Self { low: 0.0, high: 0.0, .. } => Some(false),
            _ => None,
        }
    }

    /// Whether a statement is met on every path or on none, where one that is not known counts as not met.
    pub(super) fn met(self) -> Option<bool> {
        match self {
            Self { low: 0.0, high: 0.0, .. } => Some(false),
            _ => self.decided(),
        }
    }

    /// Between what bounds the values lie that are numbers.
    pub(super) fn bounds(self) -> Interval {
        Interval { low: self.low, high: self.high }
    }

    fn may_be_zero(self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }

    fn has_infinity(self) -> bool {
        self.low == f64::NEG_INFINITY || self.high == f64::INFINITY
    }

    fn join(self, other: Self) -> Self {
        let low = crate::num::min(self.low, other.low);
        Self::new(low, crate::num::max(self.high, other.high), self.nan || other.nan)
    }

    /// With room for what is only nearly so.
    fn widened(self) -> Self {
        let room = if self.has_infinity() { 0.0 } else { ALLOWANCE * (self.high - self.low) };
        let grown = |bound: f64, outwards: f64| {
            // What is above 0 stays there: approximations keep the sign.
            let kept = bound * outwards < 0.0 || (bound == 0.0 && outwards < 0.0);
            let relative = bound + outwards * ALLOWANCE * bound.abs();
            if kept { relative } else { relative + outwards * room }
        };
        Self::new(grown(self.low, -1.0), grown(self.high, 1.0), self.nan)
    }

    /// The same without what lies below a bound that is known from elsewhere.
    fn at_least(self, bound: f64) -> Self {
        Self { low: crate::num::max(self.low, bound), ..self }
    }

    /// The values of a rising function.
    fn rising(self, f: impl Fn(f64) -> f64) -> Self {
        Self::new(f(self.low), f(self.high), self.nan)
    }
}

/// Up to where draws are taken to go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Draws {
    /// As the generator makes them: uniforms from 2^-53 on, scores within [`LARGEST_SIMULATED_SCORE`].
    Simulated,
    /// Whatever the distributions allow, with standard normal scores up to this size.
    Possible(f64),
}

impl Draws {
    /// All that can happen.
    pub(super) const ALL: Self = Self::Possible(LARGEST_SCORE);

    fn scores(self) -> f64 {
        match self {
            Self::Simulated => LARGEST_SIMULATED_SCORE,
            Self::Possible(scores) => scores,
        }
    }
}

/// The bounds of all values of a graph whose draws go as far as is said.
pub(super) fn of_all(graph: &Graph, samplers: &[Sampler], draws: Draws) -> Vec<ValueRange> {
    let scores = draws.scores();
    let mut ranges: Vec<ValueRange> = Vec::with_capacity(graph.len());
    for number in 0..graph.len() {
        let of = |node: GraphNode| ranges.get(node.0 as usize).copied().unwrap_or(ANYTHING);
        let range = match graph.definition(GraphNode(number as u32)) {
            Definition::Constant(bits) => {
                let number = f64::from_bits(bits);
                ValueRange::new(number, number, false)
            }
            Definition::Uniform(..) => ValueRange::new(SMALLEST_UNIFORM, 1.0 - SMALLEST_UNIFORM, false),
            Definition::Score(..) => ValueRange::new(-scores, scores, false),
            Definition::Sample(sampler, x) => {
                samplers.get(sampler as usize).map_or(ANYTHING, |sampler| sample(sampler, of(x), draws))
            }
            Definition::Given(..) | Definition::Solve(_) | Definition::Solution(..) => ANYTHING,
            Definition::Unary(operation, x) => unary(operation, of(x)),
            Definition::Binary(Binary::Multiply, a, b) if a == b => square(of(a)),
            Definition::Binary(Binary::Multiply, a, b)
                if is_no_part(graph, samplers, of, a, b) || is_no_part(graph, samplers, of, b, a) =>
            {
                ValueRange::new(0.0, 0.0, of(a).nan || of(b).nan)
            }
            Definition::Binary(operation, a, b) => binary(operation, of(a), of(b)),
            Definition::Select(condition, yes, no) => select(of(condition), of(yes), of(no)),
            Definition::Lookup(table, x) => {
                let x = of(x);
                let y = graph.tables()[table as usize].over(x.bounds());
                ValueRange::new(y.low, y.high, x.nan)
            }
            // A rate of return lies above -1, and may be none.
            Definition::RateOfReturn(_) => ValueRange::new(-1.0, f64::INFINITY, true),
            Definition::WeightedSum(terms) => {
                graph.terms(terms).fold(of(terms.start), |so_far, (factor, node)| {
                    let factor = ValueRange::new(factor, factor, false);
                    sum(so_far, binary(Binary::Multiply, factor, of(node)))
                })
            }
        };
        ranges.push(range);
    }
    ranges
}

/// Whether a value is 0 and the other a draw: draws are numbers, however far they may go, and no part of them is 0.
fn is_no_part(
    graph: &Graph,
    samplers: &[Sampler],
    of: impl Fn(GraphNode) -> ValueRange,
    value: GraphNode,
    draw: GraphNode,
) -> bool {
    let Definition::Sample(sampler, x) = graph.definition(draw) else { return false };
    let drawn = samplers.get(sampler as usize).map(|sampler| sample(sampler, of(x), Draws::Simulated));
    graph.number(value) == Some(0.0) && drawn.is_some_and(|drawn| !drawn.has_infinity() && !drawn.nan)
}

/// Draws rise with what is read, or lie between two bounds.
fn sample(sampler: &Sampler, x: ValueRange, draws: Draws) -> ValueRange {
    if let Some([low, high]) = sampler.unordered_bounds() {
        return ValueRange::new(low, high, x.nan);
    }
    let inside = match sampler.reads() {
        Reads::Uniform => ValueRange::new(crate::num::max(x.low, 0.0), crate::num::min(x.high, 1.0), x.nan),
        Reads::Score => x,
    };
    let drawn = inside.rising(|x| sampler.sample(x));
    let drawn = if sampler.is_monotone() { drawn } else { drawn.widened() };
    match draws {
        Draws::Simulated => drawn,
        Draws::Possible(scores) => {
            let [low, high] = sampler.ends(scores);
            drawn.join(ValueRange::new(low, high, x.nan))
        }
    }
}

fn unary(operation: Unary, x: ValueRange) -> ValueRange {
    match operation {
        Unary::Negate => ValueRange::new(-x.high, -x.low, x.nan),
        Unary::Not => ValueRange::truth(x.low == 0.0 && x.high == 0.0, !x.may_be_zero(), x.nan),
        Unary::Exp | Unary::NormalCdf => x.rising(|x| operation.apply(x)).widened(),
        Unary::Tanh => {
            let wide = x.rising(|x| operation.apply(x)).widened();
            ValueRange::new(crate::num::max(wide.low, -1.0), crate::num::min(wide.high, 1.0), wide.nan)
        }
        Unary::Log | Unary::Log10 | Unary::Sqrt => {
            let nan = x.nan || x.low < 0.0;
            ValueRange { low: crate::num::max(x.low, 0.0), nan, ..x }.rising(|x| operation.apply(x)).widened()
        }
        Unary::Abs if x.may_be_zero() => ValueRange::new(0.0, crate::num::max(-x.low, x.high), x.nan),
        Unary::Abs => {
            let (low, high) = (x.low.abs(), x.high.abs());
            ValueRange::new(crate::num::min(low, high), crate::num::max(low, high), x.nan)
        }
        Unary::Sign | Unary::Floor | Unary::Ceil | Unary::Round => x.rising(|x| operation.apply(x)),
        Unary::NormalQuantile => ANYTHING,
    }
}

fn binary(operation: Binary, a: ValueRange, b: ValueRange) -> ValueRange {
    let nan = a.nan || b.nan;
    let (may_meet, are_one) = (a.low <= b.high && b.low <= a.high, a.low == a.high && b.low == b.high);
    match operation {
        Binary::Add => sum(a, b),
        Binary::Subtract => sum(a, unary(Unary::Negate, b)),
        Binary::Multiply => {
            let undefined = (a.may_be_zero() && b.has_infinity()) || (b.may_be_zero() && a.has_infinity());
            corners(operation, a, b, nan || undefined)
        }
        Binary::Divide if b.may_be_zero() => ANYTHING,
        Binary::Divide => corners(operation, a, b, nan || (a.has_infinity() && b.has_infinity())),
        Binary::Power => power(a, b, nan),
        // What is left lies between 0 and the divisor, or is nothing where that is 0.
        Binary::Modulo => {
            let undefined = a.has_infinity() || b.may_be_zero();
            let within =
                ValueRange::new(crate::num::min(b.low, 0.0), crate::num::max(b.high, 0.0), nan || undefined);
            match b {
                ValueRange { low, high, .. } if low == high && low > 0.0 && a.low >= 0.0 && a.high < low => {
                    ValueRange { low: a.low, high: a.high, ..within }
                }
                _ => within,
            }
        }
        Binary::Min => ValueRange::new(crate::num::min(a.low, b.low), crate::num::min(a.high, b.high), nan),
        Binary::Max => ValueRange::new(crate::num::max(a.low, b.low), crate::num::max(a.high, b.high), nan),
        Binary::Less => ValueRange::truth(a.high < b.low, a.low >= b.high, nan),
        Binary::LessEqual => ValueRange::truth(a.high <= b.low, a.low > b.high, nan),
        Binary::Greater => ValueRange::truth(a.low > b.high, a.high <= b.low, nan),
        Binary::GreaterEqual => ValueRange::truth(a.low >= b.high, a.high < b.low, nan),
        Binary::Equal => ValueRange::truth(are_one && may_meet, !may_meet, nan),
        Binary::NotEqual => ValueRange::truth(!may_meet, are_one && may_meet, nan),
        Binary::And => {
            let never = a.decided() == Some(false) || b.decided() == Some(false);
            ValueRange::truth(!a.may_be_zero() && !b.may_be_zero(), never, nan && !never)
        }
        Binary::Or => {
            let always = a.decided() == Some(true) || b.decided() == Some(true);
            let never = a.decided() == Some(false) && b.decided() == Some(false);
            ValueRange::truth(always || !a.may_be_zero() || !b.may_be_zero(), never, nan && !always)
        }
    }
}

/// Bounds of a value multiplied by itself.
fn square(x: ValueRange) -> ValueRange {
    let size = unary(Unary::Abs, x);
    corners(Binary::Multiply, size, size, x.nan).at_least(0.0)
}

/// Bounds of a power. With one whole exponent the base may have any sign; else a base below 0 has none.
fn power(a: ValueRange, b: ValueRange, nan: bool) -> ValueRange {
    let is_even = |whole: f64| whole % 2.0 == 0.0;
    let is_zero_below = a.low == 0.0 && a.low.is_sign_negative();
    let whole = Some(b.low).filter(|exponent| *exponent == b.high && exponent.fract() == 0.0);
    match whole {
        Some(even) if is_even(even) => of_sizes(unary(Unary::Abs, a), b, nan),
        // A zero below which nothing lies may be -0, of which such a power is infinite with the other sign.
        _ if is_zero_below && b.low < 0.0 => ValueRange::new(f64::NEG_INFINITY, f64::INFINITY, nan),
        Some(odd) if a.high < 0.0 || (a.high == 0.0 && odd > 0.0) => {
            unary(Unary::Negate, of_sizes(unary(Unary::Abs, a), b, nan))
        }
        Some(odd) if a.low < 0.0 && odd > 0.0 => a.rising(|x| Binary::Power.apply(x, odd)).widened(),
        // On both sides of 0 it goes to infinity, with either sign.
        Some(_) if a.low < 0.0 => ValueRange::new(f64::NEG_INFINITY, f64::INFINITY, nan),
        None if a.low < 0.0 && b.low < b.high => ANYTHING,
        None if a.high < 0.0 => ANYTHING,
        None if a.low < 0.0 => of_sizes(ValueRange { low: 0.0, ..a }, b, true),
        _ => of_sizes(a, b, nan),
    }
}

/// Bounds of the powers of what is not below 0: they rise or fall with the base, and with the exponent.
fn of_sizes(a: ValueRange, b: ValueRange, nan: bool) -> ValueRange {
    if b.has_infinity() {
        return ANYTHING;
    }
    corners(Binary::Power, a, b, nan).widened().at_least(0.0)
}

fn sum(a: ValueRange, b: ValueRange) -> ValueRange {
    let opposed = |x: ValueRange, y: ValueRange| x.low == f64::NEG_INFINITY && y.high == f64::INFINITY;
    let (low, high) = (a.low + b.low, a.high + b.high);
    ValueRange::new(low, high, a.nan || b.nan || opposed(a, b) || opposed(b, a))
}

/// Bounds of an operation that rises or falls with each of its sides.
fn corners(operation: Binary, a: ValueRange, b: ValueRange, nan: bool) -> ValueRange {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for (x, y) in [(a.low, b.low), (a.low, b.high), (a.high, b.low), (a.high, b.high)] {
        let value = operation.apply(x, y);
        if value.is_nan() {
            return ANYTHING;
        }
        (low, high) = (crate::num::min(low, value), crate::num::max(high, value));
    }
    ValueRange::new(low, high, nan)
}

fn select(condition: ValueRange, yes: ValueRange, no: ValueRange) -> ValueRange {
    let taken = match (condition.low == 0.0 && condition.high == 0.0, condition.may_be_zero()) {
        (true, _) => no,
        (_, false) => yes,
        _ => yes.join(no),
    };
    ValueRange { nan: taken.nan || condition.nan, ..taken }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::Distribution;
    use proptest::prelude::*;

    const UNARY: [Unary; 13] = [
        Unary::Negate,
        Unary::Not,
        Unary::Exp,
        Unary::Log,
        Unary::Log10,
        Unary::Sqrt,
        Unary::Abs,
        Unary::Sign,
        Unary::Floor,
        Unary::Ceil,
        Unary::Round,
        Unary::NormalCdf,
        Unary::Tanh,
    ];

    const BINARY: [Binary; 16] = [
        Binary::Add,
        Binary::Subtract,
        Binary::Multiply,
        Binary::Divide,
        Binary::Power,
        Binary::Modulo,
        Binary::Min,
        Binary::Max,
        Binary::Less,
        Binary::LessEqual,
        Binary::Greater,
        Binary::GreaterEqual,
        Binary::Equal,
        Binary::NotEqual,
        Binary::And,
        Binary::Or,
    ];

    fn holds(range: ValueRange, value: f64) -> bool {
        if value.is_nan() { range.nan } else { range.low <= value && value <= range.high }
    }

    /// All ranges between whole numbers from -2 to 2, with the numbers to try in each.
    fn small() -> Vec<(ValueRange, Vec<f64>)> {
        let ends = (-2..=2).flat_map(|low| (low..=2).map(move |high| (f64::from(low), f64::from(high))));
        ends.map(|(low, high)| {
            let halves = (0..=8).map(|half| low + 0.5 * f64::from(half)).filter(|x| *x <= high);
            (ValueRange::new(low, high, false), halves.collect())
        })
        .collect()
    }

    /// The narrowest range of some values.
    fn narrowest(values: &[f64]) -> ValueRange {
        let low = values.iter().copied().fold(f64::INFINITY, crate::num::min);
        ValueRange::new(low, values.iter().copied().fold(f64::NEG_INFINITY, crate::num::max), false)
    }

    /// Bounds that are too wide call nothing wrong, but leave undecided what is decided: where two ranges touch in
    /// one number, too.
    #[test]
    fn bounds_of_exact_operations_are_as_narrow_as_they_can_be() {
        let exact =
            |operation: &Binary| !matches!(operation, Binary::Power | Binary::Divide | Binary::Modulo);
        for (a, xs) in small() {
            for operation in [Unary::Negate, Unary::Not, Unary::Abs, Unary::Sign] {
                let values: Vec<f64> = xs.iter().map(|x| operation.apply(*x)).collect();
                assert_eq!(unary(operation, a), narrowest(&values), "{operation:?} {a:?}");
            }
            for (b, ys) in small() {
                let pairs = || xs.iter().flat_map(|x| ys.iter().map(move |y| (*x, *y)));
                for operation in BINARY.iter().filter(|operation| exact(operation)) {
                    let values: Vec<f64> = pairs().map(|(x, y)| operation.apply(x, y)).collect();
                    assert_eq!(binary(*operation, a, b), narrowest(&values), "{operation:?} {a:?} {b:?}");
                }
                if !b.may_be_zero() {
                    let values: Vec<f64> = pairs().map(|(x, y)| x / y).collect();
                    assert_eq!(binary(Binary::Divide, a, b), narrowest(&values), "{a:?} / {b:?}");
                }
                let chosen = |condition: &f64| if *condition == 0.0 { &ys } else { &[5.0][..] };
                let values: Vec<f64> = xs.iter().flat_map(chosen).copied().collect();
                assert_eq!(
                    select(a, ValueRange::new(5.0, 5.0, false), b),
                    narrowest(&values),
                    "if {a:?} 5 else {b:?}"
                );
            }
        }
    }

    /// Squares, cubes and the like of what may be 0 or negative: the ends are those of the function on the interval.
    #[test]
    #[allow(clippy::disallowed_methods, reason = "closed forms are computed with the platform's functions")]
    fn powers_of_what_may_be_negative_have_bounds() {
        let near = |range: ValueRange, low: f64, high: f64| {
            let close = |x: f64, y: f64| x == y || (x - y).abs() <= 1e-6 * y.abs().max(1.0);
            assert!(close(range.low, low) && close(range.high, high) && !range.nan, "{range:?} {low} {high}");
        };
        let (infinity, one) = (f64::INFINITY, |x: f64| ValueRange::new(x, x, false));
        let of = |low: f64, high: f64, exponent: f64| {
            binary(Binary::Power, ValueRange::new(low, high, false), one(exponent))
        };
        near(of(-8.0, 8.0, 2.0), 0.0, 64.0);
        near(of(-1.0, 2.0, 4.0), 0.0, 16.0);
        near(of(-3.0, 2.0, 3.0), -27.0, 8.0);
        near(of(0.0, 4.0, 3.0), 0.0, 64.0);
        near(of(-2.0, 3.0, 0.0), 1.0, 1.0);
        near(of(-4.0, -2.0, 2.0), 4.0, 16.0);
        near(of(-4.0, -2.0, -1.0), -0.5, -0.25);
        near(of(-2.0, 4.0, -2.0), 0.0625, infinity);
        near(of(0.0, 4.0, 0.5), 0.0, 2.0);
        near(of(0.0, 4.0, -0.5), 0.5, infinity);
        near(of(-0.0, 4.0, -1.0), -infinity, infinity);
        near(of(-4.0, 0.0, -1.0), -infinity, infinity);
        near(
            binary(Binary::Power, ValueRange::new(0.0, 3.0, false), ValueRange::new(1.0, 2.0, false)),
            0.0,
            9.0,
        );
        near(square(ValueRange::new(-3.0, 2.0, false)), 0.0, 9.0);
        assert!(of(-1.0, 4.0, 0.5).nan, "a root of what may be negative may be no number");
        assert_eq!(of(-1.0, 4.0, 2.0).low.to_bits(), 0.0_f64.to_bits(), "a square is not below 0, exactly");
    }

    /// A target that is not known counts as not met: so it is impossible where it is not met whenever it is known, and
    /// certain only where it is always known. `first_year` of a condition that may be no number lies in its years or is
    /// never or no number.
    #[test]
    fn a_statement_that_may_be_no_number_is_impossible_but_never_certain() {
        let year = ValueRange::new(2021.0, f64::INFINITY, true);
        let than =
            |operation, bound: f64| binary(operation, year, ValueRange::new(bound, bound, false)).met();
        assert_eq!(than(Binary::LessEqual, 2020.0), Some(false));
        assert_eq!(than(Binary::LessEqual, 2021.0), None);
        assert_eq!(than(Binary::GreaterEqual, 2021.0), None);
        let known = ValueRange { nan: false, ..year };
        assert_eq!(
            binary(Binary::GreaterEqual, known, ValueRange::new(2021.0, 2021.0, false)).met(),
            Some(true)
        );
    }

    #[test]
    fn what_may_be_no_number_decides_nothing() {
        let (unknown, no) = (ValueRange::new(1.0, 1.0, true), ValueRange::new(0.0, 0.0, false));
        assert_eq!((unknown.decided(), no.decided()), (None, Some(false)));
        assert_eq!(binary(Binary::And, unknown, no).decided(), Some(false));
        assert_eq!(binary(Binary::Or, unknown, ValueRange::new(1.0, 1.0, false)).decided(), Some(true));
        assert_eq!(binary(Binary::Or, unknown, no).decided(), None);
        assert!(unary(Unary::Log, ValueRange::new(-1e-300, 1.0, false)).nan);
        assert!(!unary(Unary::Log, ValueRange::new(0.0, 1.0, false)).nan);
    }

    fn bound() -> impl Strategy<Value = f64> {
        let special = vec![0.0, -0.0, 1.0, -1.0, 0.5, 1e300, -1e300, f64::INFINITY, f64::NEG_INFINITY];
        prop_oneof![proptest::sample::select(special), -10.0..10.0_f64, any::<f64>()]
    }

    /// A range and a number in it.
    fn inside() -> impl Strategy<Value = (ValueRange, f64)> {
        let numbers = [bound(), bound(), bound()];
        numbers.prop_map(|numbers| {
            let mut numbers = numbers.map(|x| if x.is_nan() { 0.0 } else { x });
            numbers.sort_by(f64::total_cmp);
            (ValueRange::new(numbers[0], numbers[2], false), numbers[1])
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: crate::num::cases(20_000), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_an_operation_gives_lies_within_its_range(
            (a, x) in inside(), (b, y) in inside(), (c, z) in inside(), one in 0..UNARY.len(), two in 0..BINARY.len(),
        ) {
            let (one, two) = (UNARY[one], BINARY[two]);
            prop_assert!(holds(unary(one, a), one.apply(x)), "{one:?} {a:?} {x}");
            prop_assert!(holds(binary(two, a, b), two.apply(x, y)), "{two:?} {a:?} {x} {b:?} {y}");
            let selected = super::super::operation::select(x, y, z);
            prop_assert!(holds(select(a, b, c), selected), "{a:?} {x} {b:?} {y} {c:?} {z}");
        }

        #[test]
        fn every_draw_lies_within_the_range_of_its_distribution(u in 1e-15..1.0_f64, which in 0..8_usize) {
            let distributions = [
                Distribution::Normal { mean: 1.0, sd: 2.0 },
                Distribution::LogNormal { mu: 0.0, sigma: 0.5 },
                Distribution::Uniform { min: -1.0, max: 3.0 },
                Distribution::Pert { min: -0.02, mode: 0.01, max: 0.05 },
                Distribution::TwoPieceNormal { mode: 0.0, sd_low: 1.0, sd_high: 2.0 },
                Distribution::Gamma { shape: 0.3, scale: 2.0 },
                Distribution::Discrete { values: vec![3.0, -1.0], weights: vec![1.0, 2.0] },
                Distribution::Truncated {
                    inner: Box::new(Distribution::StudentT { df: 3.0, location: 0.0, scale: 1.0 }),
                    low: -0.5,
                    high: f64::INFINITY,
                },
            ];
            let sampler = distributions[which].sampler();
            let reads_score = sampler.reads() == Reads::Score;
            let x = if reads_score { crate::num::normal::quantile(u) } else { u };
            let all = if reads_score { ValueRange::new(-LARGEST_SCORE, LARGEST_SCORE, false) } else { ValueRange::new(0.0, 1.0, false) };
            prop_assert!(holds(sample(&sampler, all, Draws::ALL), sampler.sample(x)), "{:?} {u}", distributions[which]);
        }
    }
}
