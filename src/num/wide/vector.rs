//! Numbers that go through a formula side by side: one, or eight in a register of AVX-512, or several such.
//!
//! A formula that is written over [`Vector`] has one text for all widths, and may use what wide registers do in one step
//! and compilers do not find by themselves: looking up a small table, scaling by a power of two.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{
    __m512d, _mm_cvtsi32_si128, _mm_storeu_epi16, _mm512_abs_pd, _mm512_add_pd, _mm512_castpd_si512,
    _mm512_castsi512_pd, _mm512_cvtepi64_epi16, _mm512_cvtepu64_pd, _mm512_cvttpd_epu64, _mm512_div_pd,
    _mm512_i64gather_pd, _mm512_loadu_pd, _mm512_max_pd, _mm512_min_epu64, _mm512_min_pd, _mm512_mul_pd,
    _mm512_mullo_epi64, _mm512_permutex2var_pd, _mm512_scalef_pd, _mm512_set1_epi64, _mm512_set1_pd,
    _mm512_sra_epi64, _mm512_srai_epi64, _mm512_storeu_pd, _mm512_sub_epi64, _mm512_sub_pd,
    _mm512_ternarylogic_epi64, _mm512_xor_epi64,
};
use std::marker::PhantomData;
use std::ops::{Add, Div, Mul, Sub};

#[cfg(target_arch = "x86_64")]
use super::word::EightWords;
use super::word::WideWords;
use super::{Kernel, Several, Width};
use crate::num::BLOCK;
use crate::num::draw::Column;

/// Entries of a table that is looked up.
pub const ENTRIES: usize = 16;

/// Adding 1.5 · 2^52 rounds to a whole number and leaves it in the low bits.
pub const ROUNDER: f64 = 6755399441055744.0;

/// Some numbers, worked on alike. All operations give the same bits in each implementation.
pub trait Vector:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    /// How many numbers.
    const LANES: usize;
    /// As many words of 64 bits.
    type Words: WideWords;
    /// The numbers from place `at` of a column on.
    fn load(from: &[f64], at: usize) -> Self;
    /// Puts the numbers to place `at` of a column and the following.
    fn store(self, to: &mut [f64], at: usize);
    /// The same number in all lanes.
    fn splat(x: f64) -> Self;
    /// `limit` where that is less; NaN stays.
    #[must_use]
    fn at_most(self, limit: Self) -> Self;
    /// `limit` where that is more; NaN stays.
    #[must_use]
    fn at_least(self, limit: Self) -> Self;
    /// Without its sign.
    #[must_use]
    fn abs(self) -> Self;
    /// The bits of the number.
    fn bits(self) -> Self::Words;
    /// The significand of a positive number, in [1, 2).
    #[must_use]
    fn significand(self) -> Self;
    /// The entries of a table that the lowest four bits name.
    fn entry(table: &[f64; ENTRIES], number: Self::Words) -> Self;
    /// The row of a table that the whole number below each position names, from 0 to the last, and how far beyond its
    /// beginning the position lies. It is not negative; NaN stays NaN, whatever the row.
    fn row<const N: usize>(self, table: &[[f64; N]]) -> ([Self; N], Self);
    /// Times 2 to the power ⌊k / 16⌋, for a whole number k, |k| < 2^15, given as k + [`ROUNDER`]. Rounds once.
    #[must_use]
    fn times_power(self, sixteenths: Self) -> Self;
    /// Puts whole numbers to place `at` and the following: the bits of this number less those of `from`, all inverted
    /// where `sign` is negative; of these all but the lowest `dropped`; less `base`.
    fn store_key(self, key: SortKey<Self>, to: &mut [i16], at: usize);
}

/// How a key is made: see [`Vector::store_key`].
#[derive(Clone, Copy)]
pub struct SortKey<V> {
    /// Where this is negative, bits are inverted.
    pub sign: V,
    /// Its bits are taken from the number's.
    pub from: f64,
    /// So many bits are left out, at least 32. `from` has none of them.
    pub dropped: u32,
    /// What is then taken from the rest.
    pub base: i32,
}

impl Vector for f64 {
    const LANES: usize = 1;
    type Words = u64;

    #[inline(always)]
    fn load(from: &[f64], at: usize) -> Self {
        from[at]
    }

    #[inline(always)]
    fn store(self, to: &mut [f64], at: usize) {
        to[at] = self;
    }

    #[inline(always)]
    fn splat(x: f64) -> Self {
        x
    }

    #[inline(always)]
    fn at_most(self, limit: Self) -> Self {
        if self > limit { limit } else { self }
    }

    #[inline(always)]
    fn at_least(self, limit: Self) -> Self {
        if self < limit { limit } else { self }
    }

    #[inline(always)]
    fn abs(self) -> Self {
        Self::abs(self)
    }

    #[inline(always)]
    fn bits(self) -> u64 {
        self.to_bits()
    }

    #[inline(always)]
    fn significand(self) -> Self {
        Self::from_bits((self.to_bits() & FRACTION) | ONE)
    }

    #[inline(always)]
    fn entry(table: &[f64; ENTRIES], number: u64) -> Self {
        table[number as usize % ENTRIES]
    }

    #[inline(always)]
    fn row<const N: usize>(self, table: &[[f64; N]]) -> ([Self; N], Self) {
        let row = (self as usize).min(table.len() - 1);
        (table[row], self - row as f64)
    }

    #[inline(always)]
    fn times_power(self, sixteenths: Self) -> Self {
        // In two factors, so that the way to a subnormal rounds once. A bias of twice 1023 keeps the shift logical: not
        // all vector units can shift signed words of 64 bits.
        let biased = sixteenths.to_bits().wrapping_sub(ROUNDER.to_bits() - (2046 << 4)) >> 4;
        let half = biased >> 1;
        let rest = biased.wrapping_sub(half);
        self * Self::from_bits(half << 52) * Self::from_bits(rest << 52)
    }

    #[inline(always)]
    fn store_key(self, key: SortKey<Self>, to: &mut [i16], at: usize) {
        to[at] = key.of(self) as i16;
    }
}

impl SortKey<f64> {
    /// The key of a number: see [`Vector::store_key`].
    #[inline(always)]
    pub fn of(self, x: f64) -> i32 {
        // By the upper halves, as more than that is dropped: not all vector units can shift signed words of 64 bits.
        let upper = |x: f64| (x.to_bits() >> 32) as i32;
        let inverted = (upper(x) - upper(self.from)) ^ (upper(self.sign) >> 31);
        (inverted >> (self.dropped - 32)) - self.base
    }
}

const FRACTION: u64 = (1 << 52) - 1;
const ONE: u64 = 1.0_f64.to_bits();

/// Eight numbers in a register of AVX-512. Only code that [`super::Width::Avx512`] was found for may make one.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
pub(super) struct Eight(__m512d);

/// Calls functions of the instruction set.
///
/// SAFETY of all: there is an [`Eight`], or one is being made, only where the machine has AVX-512.
#[cfg(target_arch = "x86_64")]
macro_rules! registers {
    ($($operator:ident $name:ident $call:ident)*) => { $(
        impl $operator for Eight {
            type Output = Self;

            #[inline(always)]
            fn $name(self, other: Self) -> Self {
                // SAFETY: see above.
                Self(unsafe { $call(self.0, other.0) })
            }
        }
    )* };
}

#[cfg(target_arch = "x86_64")]
registers!(Add add _mm512_add_pd Sub sub _mm512_sub_pd Mul mul _mm512_mul_pd Div div _mm512_div_pd);

#[cfg(target_arch = "x86_64")]
impl Vector for Eight {
    const LANES: usize = 8;
    type Words = EightWords;

    #[inline(always)]
    fn load(from: &[f64], at: usize) -> Self {
        let lanes = &from[at..at + 8];
        // SAFETY: as of all; and there are eight numbers.
        Self(unsafe { _mm512_loadu_pd(lanes.as_ptr()) })
    }

    #[inline(always)]
    fn store(self, to: &mut [f64], at: usize) {
        let lanes = &mut to[at..at + 8];
        // SAFETY: as of all; and there is room for eight numbers.
        unsafe { _mm512_storeu_pd(lanes.as_mut_ptr(), self.0) }
    }

    #[inline(always)]
    fn splat(x: f64) -> Self {
        // SAFETY: as of all.
        Self(unsafe { _mm512_set1_pd(x) })
    }

    #[inline(always)]
    fn at_most(self, limit: Self) -> Self {
        // The second operand is what NaN gives. SAFETY: as of all.
        Self(unsafe { _mm512_min_pd(limit.0, self.0) })
    }

    #[inline(always)]
    fn at_least(self, limit: Self) -> Self {
        // SAFETY: as of all.
        Self(unsafe { _mm512_max_pd(limit.0, self.0) })
    }

    #[inline(always)]
    fn abs(self) -> Self {
        // SAFETY: as of all.
        Self(unsafe { _mm512_abs_pd(self.0) })
    }

    #[inline(always)]
    fn bits(self) -> EightWords {
        // SAFETY: as of all.
        EightWords(unsafe { _mm512_castpd_si512(self.0) })
    }

    #[inline(always)]
    fn significand(self) -> Self {
        // (bits & FRACTION) | ONE. SAFETY: as of all.
        Self(unsafe {
            let (fraction, one) = (_mm512_set1_epi64(FRACTION as i64), _mm512_set1_epi64(ONE as i64));
            _mm512_castsi512_pd(_mm512_ternarylogic_epi64::<0xEA>(_mm512_castpd_si512(self.0), fraction, one))
        })
    }

    #[inline(always)]
    fn entry(table: &[f64; ENTRIES], number: EightWords) -> Self {
        // SAFETY: as of all; and the table has twice eight numbers.
        Self(unsafe {
            let (low, high) = (_mm512_loadu_pd(table.as_ptr()), _mm512_loadu_pd(table.as_ptr().add(8)));
            _mm512_permutex2var_pd(low, number.0, high)
        })
    }

    #[inline(always)]
    fn row<const N: usize>(self, table: &[[f64; N]]) -> ([Self; N], Self) {
        assert!(!table.is_empty());
        let numbers = table.as_flattened();
        // SAFETY: as of all; and no row is beyond the last, whatever a position comes to as an unsigned number.
        unsafe {
            let last = _mm512_set1_epi64(table.len() as i64 - 1);
            let row = _mm512_min_epu64(_mm512_cvttpd_epu64(self.0), last);
            let place = _mm512_mullo_epi64(row, _mm512_set1_epi64(N as i64));
            let mut entries = [self; N];
            for (k, entry) in entries.iter_mut().enumerate() {
                *entry = Self(_mm512_i64gather_pd::<8>(place, numbers.as_ptr().add(k)));
            }
            (entries, self - Self(_mm512_cvtepu64_pd(row)))
        }
    }

    #[inline(always)]
    fn times_power(self, sixteenths: Self) -> Self {
        let power = (sixteenths - Self::splat(ROUNDER)) * Self::splat(1.0 / 16.0);
        // It takes the floor of the power by itself. SAFETY: as of all.
        Self(unsafe { _mm512_scalef_pd(self.0, power.0) })
    }

    #[inline(always)]
    fn store_key(self, key: SortKey<Self>, to: &mut [i16], at: usize) {
        let lanes = &mut to[at..at + 8];
        // SAFETY: as of all; and there is room for eight keys.
        unsafe {
            let from = _mm512_set1_epi64(key.from.to_bits() as i64);
            let inverse = _mm512_srai_epi64::<63>(_mm512_castpd_si512(key.sign.0));
            let bits = _mm512_xor_epi64(_mm512_sub_epi64(_mm512_castpd_si512(self.0), from), inverse);
            let kept = _mm512_sra_epi64(bits, _mm_cvtsi32_si128(key.dropped as i32));
            let keys = _mm512_cvtepi64_epi16(_mm512_sub_epi64(kept, _mm512_set1_epi64(i64::from(key.base))));
            _mm_storeu_epi16(lanes.as_mut_ptr(), keys);
        }
    }
}

/// A loop over columns, as a text over any [`Vector`]. What it calls must be `#[inline(always)]`.
pub trait ColumnLoop {
    /// What comes of it.
    type Output;
    /// The loop.
    fn run<V: Vector>(self) -> Self::Output;
}

/// Runs a loop over columns in the width in use: over single numbers, which are left to the compiler, or eight.
#[inline]
pub fn launch_columns<C: ColumnLoop>(columns: C) -> C::Output {
    launch_over::<C, Eight>(columns)
}

/// [`launch_columns`], but four times eight go through each step together, so that there is one that need not wait.
#[inline]
pub fn launch_several<C: ColumnLoop>(columns: C) -> C::Output {
    launch_over::<C, Several<Eight>>(columns)
}

#[cfg(not(target_arch = "x86_64"))]
type Eight = f64;

/// `Wide`: the vectors of the greatest width.
#[inline]
fn launch_over<C: ColumnLoop, Wide: Vector>(columns: C) -> C::Output {
    match Width::in_use() {
        // SAFETY: a width is in use only where `is_here` found all its features.
        #[cfg(target_arch = "x86_64")]
        Width::Avx512 => unsafe { super::avx512(Over::<C, Wide>(columns, PhantomData)) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Width::Avx2 => unsafe { super::avx2(Over::<C, f64>(columns, PhantomData)) },
        _ => columns.run::<f64>(),
    }
}

/// A loop over columns with its vectors.
struct Over<C, V>(C, PhantomData<V>);

impl<C: ColumnLoop, V: Vector> Kernel for Over<C, V> {
    type Output = C::Output;

    #[inline(always)]
    fn run(self) -> C::Output {
        self.0.run::<V>()
    }
}

/// A function of one number, as a formula over any [`Vector`]. What it calls must be `#[inline(always)]`.
pub trait LaneFunction: Copy {
    /// Its value.
    fn at<V: Vector>(self, x: V) -> V;
}

/// `out = f(x)` over whole columns, in the width in use.
pub fn map<F: LaneFunction>(f: F, x: &Column, out: &mut Column) {
    launch_several(Mapping { f, x, out });
}

struct Mapping<'a, F> {
    f: F,
    x: &'a Column,
    out: &'a mut Column,
}

impl<F: LaneFunction> ColumnLoop for Mapping<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for i in 0..BLOCK / V::LANES {
            let at = i * V::LANES;
            self.f.at(V::load(self.x, at)).store(self.out, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every operation of [`Vector`] in turn.
    #[derive(Clone, Copy)]
    enum Every {
        Arithmetic,
        Limits,
        Absolute,
        Significand,
        Entry,
        Row,
        Power,
    }

    impl LaneFunction for Every {
        fn at<V: Vector>(self, x: V) -> V {
            let table = std::array::from_fn(|i| 1.0 + i as f64 / 7.0);
            let rows: [[f64; 2]; 300] = std::array::from_fn(|i| [i as f64, 1.0 / (i as f64 + 1.0)]);
            match self {
                Self::Arithmetic => (x + V::splat(0.1)) * (x - V::splat(3.0)) / (x + V::splat(7.7)),
                Self::Limits => x.at_least(V::splat(-700.0)).at_most(V::splat(0.3)),
                Self::Absolute => x.abs(),
                Self::Significand => x.significand(),
                Self::Entry => V::entry(&table, x.bits()),
                Self::Row => {
                    let (row, beyond) = x.abs().row(&rows);
                    (row[0] + row[1]) * beyond
                }
                Self::Power => V::splat(1.7).times_power(x * V::splat(20.0) + V::splat(ROUNDER)),
            }
        }
    }

    #[test]
    fn every_operation_has_the_bits_of_single_numbers() {
        let mut x: Column = std::array::from_fn(|i| (i as f64 - 128.0) * 6.37);
        (x[3], x[4], x[5], x[6]) = (f64::NAN, f64::MIN_POSITIVE / 8.0, -0.0, 1e300);
        let every = [
            Every::Arithmetic,
            Every::Limits,
            Every::Absolute,
            Every::Significand,
            Every::Entry,
            Every::Row,
            Every::Power,
        ];
        for (number, f) in every.into_iter().enumerate() {
            let mut out = [0.0; BLOCK];
            map(f, &x, &mut out);
            for (&x, &wide) in x.iter().zip(&out) {
                let single: f64 = f.at(x);
                let same = single.to_bits() == wide.to_bits() || (single.is_nan() && wide.is_nan());
                let beyond = (x.is_nan() || x.abs() > 1600.0) && number == 6; // no power that is promised
                assert!(same || beyond, "{number}: {x} {single} {wide}");
            }
        }
    }
}
