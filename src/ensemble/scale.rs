//! Where a series lies and how wide it is: what its bins and sums are measured in.

use serde::{Deserialize, Serialize};

use crate::num;

/// The measure of a series: values are counted as `(x - center) / unit`.
///
/// It is a function of the scenario and the seed alone, through the pilot paths, so every part of a run
/// finds the same one. The unit is a power of two: dividing by it does not round.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// A middle value.
    pub center: f64,
    /// A power of two, between a quarter and a half of the standard deviation of the pilot's bulk.
    pub unit: f64,
    /// Where bins are counted from.
    pub origin: f64,
    /// What bins are measured in: see [`super::bin_of`].
    pub grain: f64,
}

/// A series of which all values of the pilot are so many standard deviations from zero has bins counted from its
/// center: half of one is 5e-4 standard deviations and, out there, less than 1e-4 of the value.
const FAR_FROM_ZERO: f64 = 5.0;

/// Grains in the standard deviation of any other series, whose bins are counted from zero: half a bin is then at most
/// 1e-4 of the value or of the standard deviation, whichever is more.
const GRAINS: f64 = 10.0;

/// The interquartile range of a normal distribution with standard deviation 1.
const NORMAL_IQR: f64 = 1.3489795003921634;

impl Scale {
    /// The scale with this center and unit; bins are counted from the center.
    pub const fn new(center: f64, unit: f64) -> Self {
        Self { center, unit, origin: center, grain: unit / 4.0 }
    }

    /// The scale that suits these values; those that are not finite are ignored.
    ///
    /// The spread is the standard deviation about the median, or what the quartiles say it is where that is
    /// less, lest a single outlier make the unit too coarse for all others.
    pub fn from_pilot(values: &[f64]) -> Self {
        let mut finite: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
        let Some(last) = finite.len().checked_sub(1) else {
            return Self::new(0.0, without_spread(0.0));
        };
        if finite.iter().all(|&x| x == finite[0]) {
            let center = finite[0] + 0.0;
            return Self::new(center, without_spread(center));
        }
        let (_, &mut center, _) = finite.select_nth_unstable_by(last / 2, f64::total_cmp);
        let center = center + 0.0; // never -0
        let spread = spread(values, &mut finite, center);
        if spread == 0.0 {
            return Self::new(center, without_spread(center));
        }
        // A spread that is mere rounding must not make every later value an extreme one.
        let half = num::max(0.5 * spread, center.abs() * TINY);
        let unit = power_of_two_below(half);
        let near = finite.iter().any(|x| x * center <= 0.0 || x.abs() < FAR_FROM_ZERO * spread);
        let (origin, grain) = if near { (0.0, spread / GRAINS) } else { (center, spread) };
        // Not less than a grain of which there is a reciprocal.
        Self { center, unit, origin, grain: num::max(grain, unit / GRAINS) }
    }

    /// How many units `x` lies above the center.
    #[inline(always)]
    pub fn deviation(&self, x: f64) -> f64 {
        (x - self.center) * (1.0 / self.unit)
    }

    /// How many grains `x` lies above the origin.
    #[inline(always)]
    pub fn position(&self, x: f64) -> f64 {
        // Adding 0 makes -0 and 0 the same zero: they are one value and belong in one bin.
        (x - self.origin) * (1.0 / self.grain) + 0.0
    }

    /// The value that lies this many grains above the origin.
    pub fn at(&self, position: f64) -> f64 {
        self.origin + position * self.grain
    }

    /// The value that lies this many units above the center.
    pub fn value(&self, deviation: f64) -> f64 {
        self.center + deviation * self.unit
    }

    /// Feeds all numbers to a digest.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        for number in [self.center, self.unit, self.origin, self.grain] {
            feed(&number.to_bits().to_le_bytes());
        }
    }
}

/// 2^-30: the least unit, in parts of the center.
const TINY: f64 = 1.0 / (1u64 << 30) as f64;

/// `finite` are the values without those that are not finite, the lower half of them before the others.
fn spread(values: &[f64], finite: &mut [f64], center: f64) -> f64 {
    let last = finite.len() - 1;
    // In the order of the paths, which is no matter of how a median is found.
    let squares: f64 = values.iter().filter(|x| x.is_finite()).map(|x| (x - center) * (x - center)).sum();
    let sd = (squares / finite.len() as f64).sqrt();
    // Each quartile is looked for in its half.
    let (lower, upper) = finite.split_at_mut(last / 2 + 1);
    let low = *lower.select_nth_unstable_by(last / 4, f64::total_cmp).1;
    let above = last - last / 4 - lower.len();
    let high = *upper.select_nth_unstable_by(above, f64::total_cmp).1;
    let bulk = (high - low) / NORMAL_IQR;
    if bulk > 0.0 { num::min(bulk, sd) } else { sd }
}

/// A unit for a series that is constant in the pilot: fine beside its value, yet coarse enough that what
/// happens on a rare path afterwards is not beyond all measure.
fn without_spread(center: f64) -> f64 {
    power_of_two_below(if center == 0.0 { 1.0 } else { center.abs() } / 16.0)
}

/// The largest power of two not above `x`, kept where its reciprocal and its square times 2^40 exist.
fn power_of_two_below(x: f64) -> f64 {
    const EXPONENT: u64 = 0x7FF << 52;
    let least = f64::from_bits((1023 - 480) << 52);
    let most = f64::from_bits((1023 + 440) << 52);
    num::min(num::max(f64::from_bits(x.to_bits() & EXPONENT), least), most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_is_a_quarter_to_a_half_of_the_standard_deviation() {
        let values: Vec<f64> = (0..1001).map(|i| 50.0 + f64::from(i)).collect(); // sd 289
        let scale = Scale::from_pilot(&values);
        assert_eq!((scale.center, scale.unit), (550.0, 128.0));
    }

    #[test]
    fn one_outlier_does_not_coarsen_the_unit() {
        let mut values: Vec<f64> = (0..1001).map(f64::from).collect();
        values[7] = 1e30;
        assert_eq!(Scale::from_pilot(&values).unit, 128.0);
    }

    #[test]
    fn a_constant_is_measured_against_itself() {
        assert_eq!(Scale::from_pilot(&[2030.0; 9]), Scale::new(2030.0, 64.0));
        assert_eq!(Scale::from_pilot(&[0.0; 9]), Scale::new(0.0, 0.0625));
    }

    #[test]
    fn values_that_are_not_finite_are_ignored() {
        let with = [f64::NAN, 1.0, f64::INFINITY, 2.0, 3.0, f64::NEG_INFINITY];
        assert_eq!(Scale::from_pilot(&with), Scale::from_pilot(&[1.0, 2.0, 3.0]));
        assert_eq!(Scale::from_pilot(&[f64::NAN]), Scale::from_pilot(&[]));
    }

    #[test]
    fn any_magnitude_has_a_unit_with_a_reciprocal() {
        for x in [f64::MIN_POSITIVE, 5e-324, f64::MAX] {
            let scale = Scale::from_pilot(&[-x, 0.0, x]);
            assert!((1.0 / scale.unit).is_finite() && scale.unit > 0.0);
        }
    }

    #[test]
    fn bins_are_counted_from_zero_unless_that_is_far() {
        let about = |center: f64| -> Vec<f64> { (0..1001).map(|i| center + f64::from(i) / 1000.0).collect() };
        assert_eq!(Scale::from_pilot(&about(-0.5)).origin, 0.0);
        assert_eq!(Scale::from_pilot(&about(1.4)).origin, 0.0); // sd 0.289
        assert_eq!(Scale::from_pilot(&about(1.5)).origin, 2.0);
        assert_eq!(Scale::from_pilot(&about(-3.0)).origin, -2.5);
    }

    #[test]
    fn rounding_noise_is_no_spread() {
        let scale = Scale::from_pilot(&[1.0, 1.0 + f64::EPSILON, 1.0 - f64::EPSILON]);
        assert_eq!(scale.unit, TINY);
    }
}
