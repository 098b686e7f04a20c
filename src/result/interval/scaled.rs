//! Counts whose values are divided by a power of two, so that squares and cubes of them neither overflow nor vanish.

use super::Interval;
use crate::ensemble::{Tally, ValueCell};
use crate::num::max;

/// Magnitudes between this and its reciprocal need no unit: even their fourth powers are numbers.
const LARGEST: f64 = 1e60;

/// A tally in a unit of its own.
#[derive(Clone, Copy)]
pub(crate) struct ScaledTally<'a> {
    pub(crate) tally: &'a Tally,
    /// A power of two; 1 where the values need none.
    pub(crate) unit: f64,
}

impl<'a> ScaledTally<'a> {
    /// The tally in a unit in which its largest magnitude is about 1, or in 1 where that is near enough.
    pub(crate) fn new(tally: &'a Tally) -> Self {
        let ends = [tally.min(), tally.max()].into_iter().flatten();
        let largest = ends.map(f64::abs).fold(0.0, max);
        Self { tally, unit: unit_of(largest) }
    }

    /// The tally in a unit for what lies below a place, however much larger the rest is: that may be infinite in it.
    pub(crate) fn below(tally: &'a Tally, place: f64) -> Self {
        let largest = max(tally.min().map_or(0.0, f64::abs), place.abs());
        Self { tally, unit: unit_of(largest) }
    }

    pub(crate) fn cells(self) -> impl Iterator<Item = ValueCell> {
        let scale = move |cell: ValueCell| ValueCell {
            low: cell.low / self.unit,
            high: cell.high / self.unit,
            ..cell
        };
        self.tally.cells().map(scale)
    }

    /// The mean of all values, if they are finite.
    pub(crate) fn mean(self) -> Option<f64> {
        self.tally.mean().map(|mean| mean / self.unit)
    }

    /// The variance of all values, if they are finite.
    pub(crate) fn variance(self) -> Option<f64> {
        self.finite_variance().filter(|_| self.tally.not_finite() == 0)
    }

    /// The variance of the finite values.
    pub(crate) fn finite_variance(self) -> Option<f64> {
        if self.unit == 1.0 {
            return self.tally.finite_variance();
        }
        self.tally.finite_sd().map(|sd| (sd / self.unit) * (sd / self.unit))
    }

    /// An interval of values in the unit.
    pub(crate) fn scale(self, interval: Interval) -> Interval {
        Interval { low: interval.low / self.unit, high: interval.high / self.unit }
    }

    /// An interval in the unit as one of values.
    pub(crate) fn unscale(self, interval: Interval) -> Interval {
        Interval { low: interval.low * self.unit, high: interval.high * self.unit }
    }
}

/// The power of two by which numbers of up to this magnitude are divided.
pub(crate) fn unit_of(largest: f64) -> f64 {
    /// A float whose exponent is this has a reciprocal that is a normal number.
    const MOST: u64 = 1023 + 1000;
    if !(largest > 0.0 && largest.is_finite()) || (1.0 / LARGEST..=LARGEST).contains(&largest) {
        return 1.0;
    }
    let exponent = (largest.to_bits() >> 52).clamp(23, MOST);
    f64::from_bits(exponent << 52)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::SeriesScale;
    use crate::num::{draw, normal};
    use crate::result::interval::{bounded, normal as approximate, shortfall};

    #[test]
    fn a_unit_is_a_power_of_two_near_the_largest_magnitude() {
        assert_eq!([0.0, 1.0, 1e50, 1e-50, f64::INFINITY].map(unit_of), [1.0; 5]);
        for largest in [1e-320, 1e-300, 1e-70, 3e70, 1e300, f64::MAX] {
            let unit = unit_of(largest);
            assert_eq!(unit.to_bits() & ((1 << 52) - 1), 0, "{largest}");
            let times = largest / unit;
            assert!(
                (times < 2.0 || largest > 1e300) && (times >= 1.0 || largest < 1e-300),
                "{largest}: {times}"
            );
        }
    }

    fn tally(scale: f64) -> Tally {
        let values: Vec<f64> = (0..16_000)
            .map(|path| scale * (3.0 + 0.1 * normal::quantile(draw::uniform(5, 1, path, 0))))
            .collect();
        let mut tally = Tally::new(SeriesScale::from_pilot(&values[..1024]));
        for (block, column) in values.chunks(256).enumerate() {
            tally.add_column(block as u64 * 256, column);
        }
        tally
    }

    /// Half of the values lie evenly between -2 and -1, times 1e-100; the rest is 350 orders larger. The mean of the lowest tenth
    /// is -1.9 times that, whatever the rest is.
    #[test]
    fn a_shortfall_does_not_vanish_beside_what_is_much_larger() {
        let uniform = |path: u64, draw: u32| draw::uniform(5, draw, path, 0);
        let value = |path: u64| {
            let size = 1.0 + uniform(path, 2);
            if uniform(path, 1) < 0.5 { -1e-100 * size } else { 1e250 * size }
        };
        let values: Vec<f64> = (0..16_000).map(value).collect();
        let mut tally = Tally::new(SeriesScale::from_pilot(&values[..1024]));
        for (block, column) in values.chunks(256).enumerate() {
            tally.add_column(block as u64 * 256, column);
        }
        let range = Interval { low: -2e-100, high: 2e250 };
        let of = |level: f64| bounded::expected_shortfall(&tally, range, level, 0.01);
        let (found, point) = (of(0.1), shortfall(&tally, 0.1).unwrap());
        assert!(found.low < -1.9e-100 && -1.9e-100 < found.high && found.high < -1.8e-100, "{found:?}");
        assert!((point / -1.9e-100 - 1.0).abs() < 0.01, "{point}");
        let normal = approximate::expected_shortfall(&tally, None, 0.1, 0.01).unwrap();
        assert!(normal.low < -1.9e-100 && -1.9e-100 < normal.high && normal.high < -1.8e-100, "{normal:?}");
        // Every quantile is a value, and there are none between the halves.
        for level in [0.01, 0.25, 0.49, 0.6, 0.75, 0.99] {
            let quantile = tally.quantile(level).unwrap();
            let size = if level < 0.5 { quantile / -1e-100 } else { quantile / 1e250 };
            assert!((1.0..=2.0).contains(&size), "{level}: {quantile}");
        }
    }

    /// What is true of numbers is true of the same numbers times 2^±660.
    #[test]
    fn intervals_scale_with_the_values() {
        let power = |n: u64| f64::from_bits((1023 + n) << 52);
        for scale in [power(660), 1.0 / power(660), power(900), 1.0 / power(900)] {
            let all = |scale: f64| -> Vec<f64> {
                let tally = tally(scale);
                let range = Interval { low: 0.0, high: 4.0 * scale };
                let found = [
                    bounded::mean(&tally, range, 0.01),
                    bounded::sd(&tally, range, 0.01),
                    bounded::expected_shortfall(&tally, range, 0.1, 0.01),
                    approximate::mean(&tally, None, 0.01).unwrap(),
                    approximate::sd(&tally, None, 0.01).unwrap(),
                    approximate::expected_shortfall(&tally, None, 0.1, 0.01).unwrap(),
                ];
                let ends = found.iter().flat_map(|found| [found.low / scale, found.high / scale]);
                ends.chain(shortfall(&tally, 0.1).map(|x| x / scale)).collect()
            };
            for (number, (found, right)) in all(scale).into_iter().zip(all(1.0)).enumerate() {
                assert!((found - right).abs() < 1e-4, "{scale:e}, {number}: {found}, not {right}");
            }
        }
    }
}
