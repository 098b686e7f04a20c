//! Several vectors as one.
//!
//! The steps of a formula wait for one another, and a processor looks ahead over a limited number of instructions: with
//! four vectors going through each step together there is always one that need not wait.

use std::ops::{Add, Div, Mul, Sub};

use super::vector::{ENTRIES, SortKey, Vector};
use super::word::WideWords;

/// How many.
const TOGETHER: usize = 4;

/// Four vectors, or four times as many words.
#[derive(Clone, Copy)]
pub(super) struct Several<T>([T; TOGETHER]);

/// An array of what an expression gives for each place.
macro_rules! each {
    ($i:ident => $value:expr) => {
        Several([
            {
                let $i = 0;
                $value
            },
            {
                let $i = 1;
                $value
            },
            {
                let $i = 2;
                $value
            },
            {
                let $i = 3;
                $value
            },
        ])
    };
}

macro_rules! operators {
    ($($operator:ident $name:ident)*) => { $(
        impl<V: Vector> $operator for Several<V> {
            type Output = Self;

            #[inline(always)]
            fn $name(self, other: Self) -> Self {
                each!(i => self.0[i].$name(other.0[i]))
            }
        }
    )* };
}

operators!(Add add Sub sub Mul mul Div div);

impl<V: Vector> Vector for Several<V> {
    const LANES: usize = TOGETHER * V::LANES;
    type Words = Several<V::Words>;

    #[inline(always)]
    fn load(from: &[f64], at: usize) -> Self {
        each!(i => V::load(from, at + i * V::LANES))
    }

    #[inline(always)]
    fn store(self, to: &mut [f64], at: usize) {
        for i in 0..TOGETHER {
            self.0[i].store(to, at + i * V::LANES);
        }
    }

    #[inline(always)]
    fn splat(x: f64) -> Self {
        Self([V::splat(x); TOGETHER])
    }

    #[inline(always)]
    fn at_most(self, limit: Self) -> Self {
        each!(i => self.0[i].at_most(limit.0[i]))
    }

    #[inline(always)]
    fn at_least(self, limit: Self) -> Self {
        each!(i => self.0[i].at_least(limit.0[i]))
    }

    #[inline(always)]
    fn abs(self) -> Self {
        each!(i => self.0[i].abs())
    }

    #[inline(always)]
    fn bits(self) -> Self::Words {
        each!(i => self.0[i].bits())
    }

    #[inline(always)]
    fn significand(self) -> Self {
        each!(i => self.0[i].significand())
    }

    #[inline(always)]
    fn entry(table: &[f64; ENTRIES], number: Self::Words) -> Self {
        each!(i => V::entry(table, number.0[i]))
    }

    #[inline(always)]
    fn row<const N: usize>(self, table: &[[f64; N]]) -> ([Self; N], Self) {
        let rows = [self.0[0].row(table), self.0[1].row(table), self.0[2].row(table), self.0[3].row(table)];
        let mut entries = [self; N];
        for (k, entry) in entries.iter_mut().enumerate() {
            *entry = each!(i => rows[i].0[k]);
        }
        (entries, each!(i => rows[i].1))
    }

    #[inline(always)]
    fn times_power(self, sixteenths: Self) -> Self {
        each!(i => self.0[i].times_power(sixteenths.0[i]))
    }

    #[inline(always)]
    fn store_key(self, key: SortKey<Self>, to: &mut [i16], at: usize) {
        let SortKey { from, dropped, base, .. } = key;
        for i in 0..TOGETHER {
            let key = SortKey { sign: key.sign.0[i], from, dropped, base };
            self.0[i].store_key(key, to, at + i * V::LANES);
        }
    }
}

impl<W: WideWords> WideWords for Several<W> {
    const LANES: usize = TOGETHER * W::LANES;

    #[inline(always)]
    fn splat(x: u64) -> Self {
        Self([W::splat(x); TOGETHER])
    }

    #[inline(always)]
    fn counting(first: u64) -> Self {
        each!(i => W::counting(first + (i * W::LANES) as u64))
    }

    #[inline(always)]
    fn times(self, factor: u32) -> Self {
        each!(i => self.0[i].times(factor))
    }

    #[inline(always)]
    fn upper(self) -> Self {
        each!(i => self.0[i].upper())
    }

    #[inline(always)]
    fn shifted<const BITS: u32>(self) -> Self {
        each!(i => self.0[i].shifted::<BITS>())
    }

    #[inline(always)]
    fn xor(self, second: Self, third: Self) -> Self {
        each!(i => self.0[i].xor(second.0[i], third.0[i]))
    }

    #[inline(always)]
    fn or(self, other: Self) -> Self {
        each!(i => self.0[i].or(other.0[i]))
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        each!(i => self.0[i].minus(other.0[i]))
    }

    #[inline(always)]
    fn any_negative(self) -> bool {
        self.0[0].or(self.0[1]).or(self.0[2].or(self.0[3])).any_negative()
    }

    #[inline(always)]
    fn store_units(low: Self, high: Self, to: &mut [f64], at: usize) {
        for i in 0..TOGETHER {
            W::store_units(low.0[i], high.0[i], to, at + i * W::LANES);
        }
    }
}
