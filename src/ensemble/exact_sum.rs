//! Sums of floating-point numbers of any magnitude that add up to the same bits in any order.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Powers of two that share an integer.
const SPAN: u32 = 5;

/// Moves the boundaries between integers away from 1.0, about which most numbers lie.
const SHIFT: i32 = 16;

/// Bits of a float's significand.
const SIGNIFICAND: i32 = 52;

/// An exact sum of floats.
///
/// A float is an integer of 53 bits times a power of two. Numbers whose powers lie in the same 32 are added as integers
/// of 128 bits, shifted by up to 31: there is room for 2^43 of them. Integers add up in any order; so do these sums.
#[derive(Clone, Debug, Default)]
pub(super) struct ExactSum {
    /// By bucket, in order: multiples of 2 to the power 32 · bucket − [`SHIFT`].
    buckets: Vec<(i32, i128)>,
}

impl ExactSum {
    /// Adds a finite number.
    #[inline]
    pub(super) fn add(&mut self, x: f64) {
        let bits = x.to_bits();
        let exponent = (bits >> SIGNIFICAND) as i32 & 0x7FF;
        let fraction = (bits & ((1 << SIGNIFICAND) - 1)) as i64;
        // Subnormal numbers have the exponent of the least normal ones and no leading bit.
        let (exponent, magnitude) =
            if exponent == 0 { (1, fraction) } else { (exponent, fraction | 1 << SIGNIFICAND) };
        let signed = if x.is_sign_negative() { -magnitude } else { magnitude };
        self.add_multiple(signed, exponent - 1023 - SIGNIFICAND);
    }

    /// Adds a finite number times a power of two, however far that is out of the range of floats.
    pub(super) fn add_scaled(&mut self, x: Extended) {
        let Extended { significand, exponent } = x.normalised();
        // A significand in [1, 2) is a whole number of 2^-52.
        self.add_multiple((significand * (1u64 << SIGNIFICAND) as f64) as i64, exponent - SIGNIFICAND);
    }

    /// Adds an integer times a power of two.
    fn add_multiple(&mut self, integer: i64, power: i32) {
        if integer == 0 {
            return;
        }
        let (bucket, shift) = ((power + SHIFT) >> SPAN, (power + SHIFT) & ((1 << SPAN) - 1));
        self.add_to(bucket, i128::from(integer) << shift);
    }

    fn add_to(&mut self, bucket: i32, more: i128) {
        match self.buckets.iter().position(|(held, _)| *held >= bucket) {
            Some(place) if self.buckets[place].0 == bucket => self.buckets[place].1 += more,
            Some(place) => self.buckets.insert(place, (bucket, more)),
            None => self.buckets.push((bucket, more)),
        }
    }

    /// The largest of its integers.
    pub(super) fn largest(&self) -> u128 {
        self.buckets.iter().map(|(_, integer)| integer.unsigned_abs()).max().unwrap_or(0)
    }

    /// Adds another sum.
    pub(super) fn merge(&mut self, other: &Self) {
        other.buckets.iter().for_each(|(bucket, more)| self.add_to(*bucket, *more));
    }

    /// The sum, rounded once to a float's precision.
    pub(super) fn value(&self) -> Extended {
        let Some(&(lowest, _)) = self.buckets.first() else { return Extended::ZERO };
        let Some(&(highest, _)) = self.buckets.last() else { return Extended::ZERO };
        // Carried upwards until each bucket but the highest holds less than one unit of the next; the highest ones then say
        // all that a float can hold, and the rest moves no bit of it but by rounding.
        let held = |bucket| self.buckets.iter().find(|(held, _)| *held == bucket).map_or(0, |(_, sum)| *sum);
        let mut digits = Vec::new();
        let mut carry = 0_i128;
        let mut bucket = lowest;
        while bucket <= highest || (carry != 0 && carry != -1) {
            if carry == 0 && held(bucket) == 0 {
                // Nothing up to the next bucket that holds something.
                let next = self
                    .buckets
                    .iter()
                    .find(|(held, _)| *held > bucket)
                    .map_or(highest + 1, |(held, _)| *held);
                if digits.is_empty() {
                    bucket = next;
                    continue;
                }
            }
            let sum = held(bucket) + carry;
            digits.push((bucket, sum & 0xFFFF_FFFF));
            carry = sum >> 32;
            bucket += 1;
        }
        // What is left is 0, or -1 where the sum is negative.
        let mut sum = carry;
        let mut power = bucket;
        for (digit_bucket, digit) in digits.into_iter().rev() {
            if sum.unsigned_abs() >> 90 != 0 {
                break;
            }
            sum = (sum << 32) + digit;
            power = digit_bucket;
        }
        if sum == 0 {
            return Extended::ZERO;
        }
        Extended { significand: sum as f64, exponent: (power << SPAN) - SHIFT }.normalised()
    }

    /// The buckets that hold something.
    fn held(&self) -> impl Iterator<Item = (i32, i128)> + '_ {
        self.buckets.iter().copied().filter(|(_, sum)| *sum != 0)
    }

    /// Feeds the sum to a digest: equal sums feed equal bytes.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        feed(&(self.held().count() as u32).to_le_bytes());
        for (bucket, sum) in self.held() {
            feed(&bucket.to_le_bytes());
            feed(&sum.to_le_bytes());
        }
    }
}

impl PartialEq for ExactSum {
    fn eq(&self, other: &Self) -> bool {
        self.held().eq(other.held())
    }
}

impl Serialize for ExactSum {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        self.held().collect::<Vec<_>>().serialize(writer)
    }
}

impl<'de> Deserialize<'de> for ExactSum {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let mut sum = Self::default();
        for (bucket, more) in Vec::<(i32, i128)>::deserialize(reader)? {
            // No square of a float lies beyond.
            if bucket.unsigned_abs() > 160 || more.unsigned_abs() >> 125 != 0 {
                return Err(serde::de::Error::custom("a sum beyond all numbers"));
            }
            sum.add_to(bucket, more);
        }
        Ok(sum)
    }
}

/// A float times a power of two: a number with the precision of a float and a range without end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extended {
    /// Zero, or of a magnitude in [1, 2) once it is normalised.
    pub(super) significand: f64,
    /// The power of two.
    pub(super) exponent: i32,
}

impl Extended {
    /// Nothing.
    pub(super) const ZERO: Self = Self { significand: 0.0, exponent: 0 };

    /// A finite number.
    pub(super) fn new(x: f64) -> Self {
        Self { significand: x, exponent: 0 }.normalised()
    }

    /// The same number with a significand in [1, 2), or zero.
    fn normalised(self) -> Self {
        if self.significand == 0.0 {
            return Self::ZERO;
        }
        let exponent_of = |x: f64| ((x.to_bits() >> SIGNIFICAND) as i32 & 0x7FF) - 1023;
        let (x, lifted) = match exponent_of(self.significand) {
            -1023 => (self.significand * power_of_two(64), 64),
            _ => (self.significand, 0),
        };
        let exponent = exponent_of(x);
        let significand = f64::from_bits(x.to_bits() & !(0x7FF << SIGNIFICAND) | 1023 << SIGNIFICAND);
        Self { significand, exponent: self.exponent + exponent - lifted }
    }

    /// The product.
    #[must_use]
    pub(super) fn times(self, other: Self) -> Self {
        let significand = self.significand * other.significand;
        Self { significand, exponent: self.exponent + other.exponent }.normalised()
    }

    /// The quotient by a number that is not zero.
    #[must_use]
    pub(super) fn over(self, divisor: f64) -> Self {
        let Self { significand, exponent } = Self::new(divisor);
        Self { significand: self.significand / significand, exponent: self.exponent - exponent }.normalised()
    }

    /// The difference.
    #[must_use]
    pub(super) fn minus(self, other: Self) -> Self {
        let minus = Self { significand: -other.significand, ..other };
        if self.significand == 0.0 || other.significand == 0.0 {
            return if self.significand == 0.0 { minus } else { self };
        }
        let apart = (other.exponent - self.exponent).clamp(-200, 200);
        if apart == 200 {
            return minus;
        }
        let significand = self.significand - other.significand * power_of_two(apart);
        Self { significand, exponent: self.exponent }.normalised()
    }

    /// The square root; zero for what is not positive.
    #[must_use]
    pub(super) fn sqrt(self) -> Self {
        if self.significand <= 0.0 {
            return Self::ZERO;
        }
        let odd = self.exponent & 1;
        let significand = (self.significand * power_of_two(odd)).sqrt();
        Self { significand, exponent: (self.exponent - odd) / 2 }.normalised()
    }

    /// As a float: infinite where it is beyond all floats, zero where it is less than the least.
    pub(super) fn to_f64(self) -> f64 {
        let Self { significand, exponent } = self.normalised();
        let half = exponent.clamp(-2200, 2200) / 2;
        // In steps, so that what is in range is not lost on the way.
        let step = |x: f64, power: i32| {
            x * power_of_two(power.clamp(-1000, 1000)) * power_of_two(power - power.clamp(-1000, 1000))
        };
        step(step(significand, half), exponent.clamp(-2200, 2200) - half)
    }
}

/// 2 to a power in the range of normal floats.
pub(super) fn power_of_two(power: i32) -> f64 {
    f64::from_bits(((power + 1023) as u64) << SIGNIFICAND)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(values: &[f64]) -> f64 {
        let mut sum = ExactSum::default();
        values.iter().for_each(|x| sum.add(*x));
        sum.value().to_f64()
    }

    #[test]
    fn sums_are_exact_whatever_the_magnitudes_and_signs() {
        assert_eq!(sum(&[1e300, 1.0, -1e300]), 1.0);
        assert_eq!(sum(&[1e-300, -1e300, 1e300, 1e-300]), 2e-300);
        assert_eq!(sum(&[0.1; 10]), 1.0);
        assert_eq!(sum(&[-3.5, 1.25]), -2.25);
        assert_eq!(sum(&[]), 0.0);
        assert_eq!(sum(&[f64::MAX, f64::MAX, -f64::MAX]), f64::MAX);
        assert_eq!(sum(&[5e-324, 5e-324, -5e-324]), 5e-324);
        assert_eq!(sum(&[-0.0, 0.0]), 0.0);
        assert_eq!(sum(&[4294967296.0, -1.0, -4294967295.0, 1e-9]), 1e-9);
        assert_eq!(sum(&[-1e-30, 1.0, -1.0]), -1e-30);
    }

    #[test]
    fn merged_sums_are_the_sum_of_all_in_any_order() {
        let values: Vec<f64> =
            (0..300).map(|i| (f64::from(i) - 150.0) * power_of_two(7 * (i % 290) - 1000)).collect();
        let of = |values: &[f64]| {
            let mut sum = ExactSum::default();
            values.iter().for_each(|x| sum.add(*x));
            sum
        };
        let whole = of(&values);
        let mut merged = of(&values[170..]);
        merged.merge(&of(&values[..170]));
        assert_eq!(merged, whole);
        let reversed: Vec<f64> = values.iter().rev().copied().collect();
        assert_eq!(of(&reversed), whole);
        let bytes = postcard::to_stdvec(&whole).unwrap();
        assert_eq!(postcard::from_bytes::<ExactSum>(&bytes).unwrap(), whole);
    }

    #[test]
    fn numbers_out_of_range_are_added_multiplied_and_rooted() {
        let huge = Extended::new(1e300).times(Extended::new(1e300));
        assert_eq!(huge.to_f64(), f64::INFINITY);
        assert_eq!(huge.sqrt().to_f64(), 1e300);
        let tiny = Extended::new(-3e-300).times(Extended::new(-3e-300));
        assert_eq!((tiny.to_f64(), tiny.sqrt().to_f64()), (0.0, 3e-300));
        let mut sum = ExactSum::default();
        sum.add_scaled(huge);
        sum.add_scaled(tiny);
        sum.add_scaled(Extended { significand: -huge.significand, ..huge });
        assert_eq!(sum.value(), tiny);
        assert_eq!(huge.minus(tiny), huge);
        assert_eq!(tiny.minus(huge).significand, -huge.significand);
        assert_eq!(Extended::new(10.0).minus(Extended::new(2.5)).over(3.0).to_f64(), 2.5);
        assert_eq!(Extended::new(5e-324).to_f64(), 5e-324);
    }
}
