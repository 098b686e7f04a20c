//! The loops: one operation over whole columns.
//!
//! Each function matches on the operation once and then runs a loop without branches over 256 lanes, made
//! for each operation and each kind of operand from the same scalar functions that the interpreter calls.

use crate::model::operation::{self, select};
use crate::model::{Binary, Fused, MOST_SUMMED, MOST_TERMS, Unary};
use crate::num::draw::Column;
use crate::num::elementary::Exp;
use crate::num::wide::{ColumnLoop, Kernel, LaneFunction, Vector, launch, launch_columns, map};
use crate::num::{BLOCK, LookupTable, internal_rate};

/// What a loop reads: a column, or a number that is the same in every lane.
#[derive(Clone, Copy)]
pub(super) enum LoopSource<'a> {
    /// A column.
    Column(&'a Column),
    /// One number.
    Constant(f64),
}

/// One lane after another of a [`LoopSource`], its kind known when the loop is compiled.
trait Lanes: Copy {
    fn lane(self, lane: usize) -> f64;
}

impl Lanes for &Column {
    #[inline(always)]
    fn lane(self, lane: usize) -> f64 {
        self[lane]
    }
}

impl Lanes for f64 {
    #[inline(always)]
    fn lane(self, _lane: usize) -> f64 {
        self
    }
}

/// A function of one number, as a type, so that a loop is made for it.
trait One: Copy {
    fn at(self, x: f64) -> f64;
}

/// A function of two numbers.
trait Two: Copy {
    fn at(self, a: f64, b: f64) -> f64;
}

/// A function of three numbers.
trait Three: Copy {
    fn at(self, a: f64, b: f64, c: f64) -> f64;
}

/// `out = op(x)`
pub(super) fn unary(op: Unary, x: LoopSource, out: &mut Column) {
    if let (Unary::Exp, LoopSource::Column(x)) = (op, x) {
        return map(Exp, x, out);
    }
    macro_rules! each {
        ($($op:ident)*) => { match op { $(Unary::$op => {
            #[derive(Clone, Copy)]
            struct $op;
            impl One for $op {
                #[inline(always)]
                fn at(self, x: f64) -> f64 {
                    Unary::$op.apply(x)
                }
            }
            match x {
                LoopSource::Column(x) => launch(Map { f: $op, x, out }),
                LoopSource::Constant(x) => out.fill(op.apply(x)),
            }
        })* } };
    }
    each!(Negate Not Exp Log Log10 Sqrt Tanh Abs Sign Floor Ceil Round NormalCdf NormalQuantile);
}

/// `out = op(a, b)`
pub(super) fn binary(op: Binary, a: LoopSource, b: LoopSource, out: &mut Column) {
    macro_rules! each {
        ($($op:ident)*) => { match op { $(Binary::$op => {
            #[derive(Clone, Copy)]
            struct $op;
            impl Two for $op {
                #[inline(always)]
                fn at(self, a: f64, b: f64) -> f64 {
                    Binary::$op.apply(a, b)
                }
            }
            match (a, b) {
                (LoopSource::Column(a), LoopSource::Column(b)) => launch(Zip { f: $op, a, b, out }),
                (LoopSource::Column(a), LoopSource::Constant(b)) => launch(Zip { f: $op, a, b, out }),
                (LoopSource::Constant(a), LoopSource::Column(b)) => launch(Zip { f: $op, a, b, out }),
                (LoopSource::Constant(a), LoopSource::Constant(b)) => out.fill(op.apply(a, b)),
            }
        })* } };
    }
    each!(Add Subtract Multiply Divide Power Modulo Min Max Less LessEqual Greater GreaterEqual Equal NotEqual And Or);
}

/// `out = op(a, b, c)`
pub(super) fn fused(op: Fused, parts: [LoopSource; 3], out: &mut Column) {
    macro_rules! each {
        ($($op:ident)*) => { match op { $(Fused::$op => {
            #[derive(Clone, Copy)]
            struct $op;
            impl Three for $op {
                #[inline(always)]
                fn at(self, a: f64, b: f64, c: f64) -> f64 {
                    Fused::$op.apply(a, b, c)
                }
            }
            let f = $op;
            match parts {
                [LoopSource::Column(a), LoopSource::Column(b), LoopSource::Column(c)] => launch(Triple { f, a, b, c, out }),
                [LoopSource::Column(a), LoopSource::Column(b), LoopSource::Constant(c)] => launch(Triple { f, a, b, c, out }),
                [LoopSource::Column(a), LoopSource::Constant(b), LoopSource::Column(c)] => launch(Triple { f, a, b, c, out }),
                [LoopSource::Column(a), LoopSource::Constant(b), LoopSource::Constant(c)] => launch(Triple { f, a, b, c, out }),
                [LoopSource::Constant(a), LoopSource::Column(b), LoopSource::Column(c)] => launch(Triple { f, a, b, c, out }),
                [LoopSource::Constant(a), LoopSource::Column(b), LoopSource::Constant(c)] => launch(Triple { f, a, b, c, out }),
                [LoopSource::Constant(a), LoopSource::Constant(b), LoopSource::Column(c)] => launch(Triple { f, a, b, c, out }),
                [LoopSource::Constant(a), LoopSource::Constant(b), LoopSource::Constant(c)] => out.fill(op.apply(a, b, c)),
            }
        })* } };
    }
    each!(MultiplyAdd MultiplySubtract SubtractProduct);
}

/// `out = start + factor * column + …`, from 2 to [`MOST_TERMS`] terms.
pub(super) fn line<'a>(
    start: LoopSource,
    count: usize,
    term: impl Fn(usize) -> (f64, &'a Column),
    out: &mut Column,
) {
    macro_rules! each {
        ($($count:literal)*) => { match count {
            $($count => {
                let terms: [_; $count] = std::array::from_fn(term);
                match start {
                    LoopSource::Column(start) => launch(FormulaLine { start, terms, out }),
                    LoopSource::Constant(start) => launch(FormulaLine { start, terms, out }),
                }
            })*
            count => unreachable!("a line of {count} terms"),
        } };
    }
    const { assert!(MOST_TERMS == 6) };
    each!(2 3 4 5 6);
}

/// `out = start + factor * column + …`, up to [`MOST_SUMMED`] factors and as many columns.
pub(super) fn weighted_sum<'a>(
    start: LoopSource,
    factors: &[f64],
    column: impl Fn(usize) -> &'a Column,
    out: &mut Column,
) {
    match start {
        LoopSource::Column(start) => out.copy_from_slice(start),
        LoopSource::Constant(start) => out.fill(start),
    }
    let Some(last) = factors.len().checked_sub(1) else { return };
    let columns: [&Column; MOST_SUMMED] = std::array::from_fn(|k| column(k.min(last)));
    launch_columns(WeightedSumKernel { factors, columns: &columns[..=last], out });
}

/// `out = a * exp(x)`
pub(super) fn growth(a: LoopSource, x: LoopSource, out: &mut Column) {
    match (a, x) {
        (LoopSource::Column(a), LoopSource::Column(x)) => launch_columns(Growth { a, x, out }),
        (LoopSource::Constant(a), LoopSource::Column(x)) => map(GrowthFrom(a), x, out),
        (a, LoopSource::Constant(x)) => {
            binary(Binary::Multiply, a, LoopSource::Constant(Unary::Exp.apply(x)), out);
        }
    }
}

/// `out = if(condition, yes, no)`
pub(super) fn choose(condition: LoopSource, yes: LoopSource, no: LoopSource, out: &mut Column) {
    match (condition, yes, no) {
        (LoopSource::Column(c), LoopSource::Column(y), LoopSource::Column(n)) => {
            launch(Choose { c, y, n, out });
        }
        (LoopSource::Column(c), LoopSource::Column(y), LoopSource::Constant(n)) => {
            launch(Choose { c, y, n, out });
        }
        (LoopSource::Column(c), LoopSource::Constant(y), LoopSource::Column(n)) => {
            launch(Choose { c, y, n, out });
        }
        (LoopSource::Column(c), LoopSource::Constant(y), LoopSource::Constant(n)) => {
            launch(Choose { c, y, n, out });
        }
        (LoopSource::Constant(c), LoopSource::Column(y), LoopSource::Column(n)) => {
            launch(Choose { c, y, n, out });
        }
        (LoopSource::Constant(c), LoopSource::Column(y), LoopSource::Constant(n)) => {
            launch(Choose { c, y, n, out });
        }
        (LoopSource::Constant(c), LoopSource::Constant(y), LoopSource::Column(n)) => {
            launch(Choose { c, y, n, out });
        }
        (LoopSource::Constant(c), LoopSource::Constant(y), LoopSource::Constant(n)) => {
            out.fill(select(c, y, n));
        }
    }
}

/// `out` = the table's value at x
pub(super) fn lookup(table: &LookupTable, x: LoopSource, out: &mut Column) {
    match x {
        LoopSource::Column(x) => out.iter_mut().zip(x).for_each(|(out, x)| *out = table.at(*x)),
        LoopSource::Constant(x) => out.fill(table.at(x)),
    }
}

/// `out` = the internal rate of return of so many payments; `payment` gives each.
pub(super) fn rate_of_return<'a>(count: usize, payment: impl Fn(usize) -> LoopSource<'a>, out: &mut Column) {
    let mut payments = vec![0.0; count];
    for (lane, out) in out.iter_mut().enumerate() {
        for (k, value) in payments.iter_mut().enumerate() {
            *value = match payment(k) {
                LoopSource::Column(column) => column[lane],
                LoopSource::Constant(x) => x,
            };
        }
        *out = internal_rate(&payments);
    }
}

struct Map<'a, F> {
    f: F,
    x: &'a Column,
    out: &'a mut Column,
}

impl<F: One> Kernel for Map<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (out, &x) in self.out.iter_mut().zip(self.x) {
            *out = self.f.at(x);
        }
    }
}

struct Zip<'a, F, A, B> {
    f: F,
    a: A,
    b: B,
    out: &'a mut Column,
}

impl<F: Two, A: Lanes, B: Lanes> Kernel for Zip<'_, F, A, B> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (lane, out) in self.out.iter_mut().enumerate() {
            *out = self.f.at(self.a.lane(lane), self.b.lane(lane));
        }
    }
}

struct Triple<'a, F, A, B, C> {
    f: F,
    a: A,
    b: B,
    c: C,
    out: &'a mut Column,
}

impl<F: Three, A: Lanes, B: Lanes, C: Lanes> Kernel for Triple<'_, F, A, B, C> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (lane, out) in self.out.iter_mut().enumerate() {
            *out = self.f.at(self.a.lane(lane), self.b.lane(lane), self.c.lane(lane));
        }
    }
}

struct FormulaLine<'a, S, const TERMS: usize> {
    start: S,
    terms: [(f64, &'a Column); TERMS],
    out: &'a mut Column,
}

impl<S: Lanes, const TERMS: usize> Kernel for FormulaLine<'_, S, TERMS> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (lane, out) in self.out.iter_mut().enumerate() {
            let mut sum = self.start.lane(lane);
            for (factor, column) in self.terms {
                sum += factor * column[lane];
            }
            *out = sum;
        }
    }
}

/// Adds products to `out`.
struct WeightedSumKernel<'a> {
    factors: &'a [f64],
    columns: &'a [&'a Column],
    out: &'a mut Column,
}

/// How many sums are kept in registers at once: enough that one addition need not wait for another.
const SUMS: usize = 64;

impl ColumnLoop for WeightedSumKernel<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let width = (SUMS / V::LANES).min(32);
        let mut at = 0;
        while at < BLOCK {
            let mut sums = [V::splat(0.0); 32];
            for (k, sum) in sums.iter_mut().enumerate().take(width) {
                *sum = V::load(self.out, at + k * V::LANES);
            }
            for (factor, column) in self.factors.iter().zip(self.columns) {
                let factor = V::splat(*factor);
                for (k, sum) in sums.iter_mut().enumerate().take(width) {
                    *sum = *sum + factor * V::load(*column, at + k * V::LANES);
                }
            }
            for (k, sum) in sums.iter().enumerate().take(width) {
                sum.store(self.out, at + k * V::LANES);
            }
            at += width * V::LANES;
        }
    }
}

struct Growth<'a> {
    a: &'a Column,
    x: &'a Column,
    out: &'a mut Column,
}

impl ColumnLoop for Growth<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for i in 0..BLOCK / V::LANES {
            let at = i * V::LANES;
            operation::growth(V::load(self.a, at), V::load(self.x, at)).store(self.out, at);
        }
    }
}

#[derive(Clone, Copy)]
struct GrowthFrom(f64);

impl LaneFunction for GrowthFrom {
    #[inline(always)]
    fn at<V: Vector>(self, x: V) -> V {
        operation::growth(V::splat(self.0), x)
    }
}

struct Choose<'a, C, Y, N> {
    c: C,
    y: Y,
    n: N,
    out: &'a mut Column,
}

impl<C: Lanes, Y: Lanes, N: Lanes> Kernel for Choose<'_, C, Y, N> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (lane, out) in self.out.iter_mut().enumerate() {
            *out = select(self.c.lane(lane), self.y.lane(lane), self.n.lane(lane));
        }
    }
}
