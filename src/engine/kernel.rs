//! The loops: one operation over whole columns.
//!
//! Each function matches on the operation once and then runs a loop without branches over 256 lanes, made
//! for each operation and each kind of operand from the same scalar functions that the interpreter calls.

use crate::model::operation::select;
use crate::model::{Binary, Unary};
use crate::num::draw::Column;

/// What a loop reads: a column, or a number that is the same in every lane.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// A column.
    Column(&'a Column),
    /// One number.
    Constant(f64),
}

/// One lane after another of a [`Source`], its kind known when the loop is compiled.
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

/// `out = op(x)`
pub(super) fn unary(op: Unary, x: Source, out: &mut Column) {
    macro_rules! each {
        ($($op:ident)*) => { match op { $(Unary::$op => map(x, out, |x| Unary::$op.apply(x)),)* } };
    }
    each!(Negate Not Exp Log Log10 Sqrt Abs Sign Floor Ceil Round NormalCdf NormalQuantile);
}

/// `out = op(a, b)`
pub(super) fn binary(op: Binary, a: Source, b: Source, out: &mut Column) {
    macro_rules! each {
        ($($op:ident)*) => { match op { $(Binary::$op => zip(a, b, out, |a, b| Binary::$op.apply(a, b)),)* } };
    }
    each!(Add Subtract Multiply Divide Power Min Max Less LessEqual Greater GreaterEqual Equal NotEqual And Or);
}

/// `out = if(condition, yes, no)`
pub(super) fn choose(condition: Source, yes: Source, no: Source, out: &mut Column) {
    match (condition, yes, no) {
        (Source::Column(c), Source::Column(y), Source::Column(n)) => zip3(c, y, n, out),
        (Source::Column(c), Source::Column(y), Source::Constant(n)) => zip3(c, y, n, out),
        (Source::Column(c), Source::Constant(y), Source::Column(n)) => zip3(c, y, n, out),
        (Source::Column(c), Source::Constant(y), Source::Constant(n)) => zip3(c, y, n, out),
        (Source::Constant(c), Source::Column(y), Source::Column(n)) => zip3(c, y, n, out),
        (Source::Constant(c), Source::Column(y), Source::Constant(n)) => zip3(c, y, n, out),
        (Source::Constant(c), Source::Constant(y), Source::Column(n)) => zip3(c, y, n, out),
        (Source::Constant(c), Source::Constant(y), Source::Constant(n)) => out.fill(select(c, y, n)),
    }
}

/// `out = f(x)`
#[inline(always)]
pub(super) fn map(x: Source, out: &mut Column, f: impl Fn(f64) -> f64) {
    match x {
        Source::Column(x) => {
            for (out, &x) in out.iter_mut().zip(x) {
                *out = f(x);
            }
        }
        Source::Constant(x) => out.fill(f(x)),
    }
}

#[inline(always)]
fn zip(a: Source, b: Source, out: &mut Column, f: impl Fn(f64, f64) -> f64) {
    match (a, b) {
        (Source::Column(a), Source::Column(b)) => zip2(a, b, out, f),
        (Source::Column(a), Source::Constant(b)) => zip2(a, b, out, f),
        (Source::Constant(a), Source::Column(b)) => zip2(a, b, out, f),
        (Source::Constant(a), Source::Constant(b)) => out.fill(f(a, b)),
    }
}

#[inline(always)]
fn zip2(a: impl Lanes, b: impl Lanes, out: &mut Column, f: impl Fn(f64, f64) -> f64) {
    for (lane, out) in out.iter_mut().enumerate() {
        *out = f(a.lane(lane), b.lane(lane));
    }
}

#[inline(always)]
fn zip3(condition: impl Lanes, yes: impl Lanes, no: impl Lanes, out: &mut Column) {
    for (lane, out) in out.iter_mut().enumerate() {
        *out = select(condition.lane(lane), yes.lane(lane), no.lane(lane));
    }
}
