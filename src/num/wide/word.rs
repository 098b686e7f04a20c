//! Words of 64 bits side by side, for what is made of bits: see [`super::vector`].

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{
    __m512i, _mm512_add_epi64, _mm512_castsi512_pd, _mm512_movepi64_mask, _mm512_mul_epu32, _mm512_or_epi64,
    _mm512_set_epi64, _mm512_set1_epi64, _mm512_set1_pd, _mm512_slli_epi64, _mm512_srli_epi64,
    _mm512_storeu_pd, _mm512_sub_epi64, _mm512_sub_pd, _mm512_ternarylogic_epi64,
};

use crate::num::draw::to_unit;

/// The lower half of a word.
const LOW: u64 = 0xFFFF_FFFF;

/// Some words, worked on alike. All operations give the same bits in each implementation.
pub trait WideWords: Copy {
    /// How many words.
    const LANES: usize;
    /// The same word in all lanes.
    fn splat(x: u64) -> Self;
    /// `first` in the first lane, and one more in each that follows.
    fn counting(first: u64) -> Self;
    /// The lower half times a factor.
    #[must_use]
    fn times(self, factor: u32) -> Self;
    /// The upper half, as a number.
    #[must_use]
    fn upper(self) -> Self;
    /// What so many bits are left of when they are shifted out below.
    #[must_use]
    fn shifted<const BITS: u32>(self) -> Self;
    /// All three, exclusive or.
    #[must_use]
    fn xor(self, second: Self, third: Self) -> Self;
    /// Either or both.
    #[must_use]
    fn or(self, other: Self) -> Self;
    /// The difference, modulo 2^64.
    #[must_use]
    fn minus(self, other: Self) -> Self;
    /// Whether the top bit of some word is set.
    fn any_negative(self) -> bool;
    /// Puts the uniforms of words to place `at` and the following: [`to_unit`] of the lower half of `low` and, as upper
    /// half, the lower half of `high`.
    fn store_units(low: Self, high: Self, to: &mut [f64], at: usize);
}

impl WideWords for u64 {
    const LANES: usize = 1;

    #[inline(always)]
    fn splat(x: u64) -> Self {
        x
    }

    #[inline(always)]
    fn counting(first: u64) -> Self {
        first
    }

    #[inline(always)]
    fn times(self, factor: u32) -> Self {
        // The form that compilers turn into vector multiplies.
        (self & LOW) * Self::from(factor)
    }

    #[inline(always)]
    fn upper(self) -> Self {
        self >> 32
    }

    #[inline(always)]
    fn shifted<const BITS: u32>(self) -> Self {
        self >> BITS
    }

    #[inline(always)]
    fn xor(self, second: Self, third: Self) -> Self {
        self ^ second ^ third
    }

    #[inline(always)]
    fn or(self, other: Self) -> Self {
        self | other
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        self.wrapping_sub(other)
    }

    #[inline(always)]
    fn any_negative(self) -> bool {
        self >> 63 != 0
    }

    #[inline(always)]
    fn store_units(low: Self, high: Self, to: &mut [f64], at: usize) {
        to[at] = to_unit((low & LOW) | (high << 32));
    }
}

/// Eight words in a register of AVX-512. Only code that [`super::Width::Avx512`] was found for may make one.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
pub(super) struct EightWords(pub(super) __m512i);

/// SAFETY of all: there are [`EightWords`], or they are being made, only where the machine has AVX-512.
#[cfg(target_arch = "x86_64")]
impl WideWords for EightWords {
    const LANES: usize = 8;

    #[inline(always)]
    fn splat(x: u64) -> Self {
        // SAFETY: as of all.
        Self(unsafe { _mm512_set1_epi64(x as i64) })
    }

    #[inline(always)]
    fn counting(first: u64) -> Self {
        // SAFETY: as of all.
        Self(unsafe {
            _mm512_add_epi64(_mm512_set1_epi64(first as i64), _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0))
        })
    }

    #[inline(always)]
    fn times(self, factor: u32) -> Self {
        // SAFETY: as of all.
        Self(unsafe { _mm512_mul_epu32(self.0, _mm512_set1_epi64(i64::from(factor))) })
    }

    #[inline(always)]
    fn upper(self) -> Self {
        self.shifted::<32>()
    }

    #[inline(always)]
    fn shifted<const BITS: u32>(self) -> Self {
        // SAFETY: as of all.
        Self(unsafe { _mm512_srli_epi64::<BITS>(self.0) })
    }

    #[inline(always)]
    fn xor(self, second: Self, third: Self) -> Self {
        // SAFETY: as of all.
        Self(unsafe { _mm512_ternarylogic_epi64::<0x96>(self.0, second.0, third.0) })
    }

    #[inline(always)]
    fn or(self, other: Self) -> Self {
        // SAFETY: as of all.
        Self(unsafe { _mm512_or_epi64(self.0, other.0) })
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        // SAFETY: as of all.
        Self(unsafe { _mm512_sub_epi64(self.0, other.0) })
    }

    #[inline(always)]
    fn any_negative(self) -> bool {
        // SAFETY: as of all.
        unsafe { _mm512_movepi64_mask(self.0) != 0 }
    }

    #[inline(always)]
    fn store_units(low: Self, high: Self, to: &mut [f64], at: usize) {
        let lanes = &mut to[at..at + 8];
        // As `to_unit`; of `low` where the mask is, else of `high`. SAFETY: as of all; and there is room for eight.
        unsafe {
            let high = _mm512_slli_epi64::<32>(high.0);
            let word = _mm512_ternarylogic_epi64::<0xCA>(_mm512_set1_epi64(LOW as i64), low.0, high);
            let above_one = _mm512_or_epi64(_mm512_srli_epi64::<12>(word), Self::splat(1.0_f64.to_bits()).0);
            let unit =
                _mm512_sub_pd(_mm512_castsi512_pd(above_one), _mm512_set1_pd(1.0 - f64::EPSILON / 2.0));
            _mm512_storeu_pd(lanes.as_mut_ptr(), unit);
        }
    }
}
