//! Where in the range of floats the bins of a series lie: the key of a value, and the values of a key.

use serde::{Deserialize, Serialize};

use super::bins::FURTHEST;
use crate::num::wide::{ColumnLoop, SortKey, Vector, launch_columns};
use crate::num::{max, min};

/// Bits of a bin's number within an octave: 8192 bins.
const BITS: u32 = 13;

/// Bits of a float below those of its bin.
pub(super) const BELOW_BIN: u32 = f64::MANTISSA_DIGITS - 1 - BITS;

/// Bins in the zone about the origin, on each side, and in each octave beyond.
pub(super) const OCTAVE: i32 = 1 << BITS;

/// The most bins of a window, so that with those that the nearest floats outside fall into a key fits into 16 bits.
pub(super) const MOST: i32 = 64_512;

/// The bins of a series that are counted in an array: about 8 octaves.
///
/// Of `w = x − origin` and `t = |w| / zone` the bin is given by the top bits of `t + max(t, 1)` as a float: 8192 bins of
/// equal width in the zone `t < 1`, then 8192 an octave, on both sides of the origin. So no bin is wider than 1/8192 of
/// `|w|` or of the zone, whichever is more. Bins are numbered from 0 upwards above the origin, from −1 downwards below.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BinWindow {
    /// What deviations are taken from: zero, or a middle value of a series that is far from zero.
    pub origin: f64,
    /// How far the bins of equal width reach on either side of the origin: a power of two.
    pub zone: f64,
    /// The first bin and the last.
    bins: [i32; 2],
    /// The least value and the greatest that fall into these bins.
    values: [f64; 2],
    /// The nearest floats outside, below and above, and the bins that they fall into: where floats are sparse there may be
    /// bins between these and the window that no float falls into.
    limits: [f64; 2],
    outside: [i32; 2],
}

impl BinWindow {
    /// The window of these bins.
    pub(super) fn new(origin: f64, zone: f64, [first, last]: [i32; 2]) -> Self {
        let values = [least_value(origin, zone, first), greatest_value(origin, zone, last)];
        let limits = [max(values[0].next_down(), f64::MIN), min(values[1].next_up(), f64::MAX)];
        let outside =
            [bin_of(origin, zone, limits[0]).min(first - 1), bin_of(origin, zone, limits[1]).max(last + 1)];
        Self { origin, zone, bins: [first, last], values, limits, outside }
    }

    /// Whether it is a window that [`Window::new`] makes of so many bins as there may be.
    pub(super) fn is_sound(&self) -> bool {
        let [first, last] = self.bins;
        let near = |bin: i32| (-FURTHEST..FURTHEST).contains(&bin);
        self.origin.is_finite()
            && self.zone.is_normal()
            && self.zone > 0.0
            && near(first)
            && near(last)
            && (0..=MOST).contains(&(last - first))
            && *self == Self::new(self.origin, self.zone, self.bins)
    }

    /// The first bin.
    pub(super) fn first(&self) -> i32 {
        self.bins[0]
    }

    /// The last bin.
    pub(super) fn last(&self) -> i32 {
        self.bins[1]
    }

    /// The bins in which values outside are counted, below and above.
    pub(super) fn outside(&self) -> [i32; 2] {
        self.outside
    }

    /// The least value that falls into its bins.
    pub(super) fn least(&self) -> f64 {
        self.values[0]
    }

    /// The greatest value that falls into its bins.
    pub(super) fn greatest(&self) -> f64 {
        self.values[1]
    }

    /// Whether a value falls into its bins.
    #[inline(always)]
    pub(super) fn contains(&self, x: f64) -> bool {
        x >= self.values[0] && x <= self.values[1]
    }

    /// The same where some values lie outside the window: for these it puts the numbers of the bins next to it.
    pub(super) fn store_bins_within(&self, values: &[f64], to: &mut [i16]) {
        launch_columns(Within { window: self, values, to });
    }

    /// What is taken from a bin's number so that it fits into 16 bits.
    pub(super) fn base(&self) -> i32 {
        self.outside[0] - i32::from(i16::MIN)
    }

    /// The bin of a finite value.
    #[inline(always)]
    pub(super) fn bin_of(&self, x: f64) -> i32 {
        bin_of(self.origin, self.zone, x)
    }

    /// Puts the numbers, less [`BinWindow::base`], of the bins of some values to place `at` of a column and the following:
    /// anything for values outside the window.
    #[inline(always)]
    pub(super) fn store_bins<V: Vector>(&self, x: V, to: &mut [i16], at: usize) {
        // The opposite of an origin of 0 is 0 here: adding it makes -0 and 0 the same zero, one value in one bin.
        let w = x + V::splat(0.0 - self.origin);
        let distance = w.abs() * V::splat(1.0 / self.zone);
        (distance + distance.at_least(V::splat(1.0))).store_key(key(w, self.base()), to, at);
    }

    /// Between which values those of a bin lie for certain, both ends included.
    pub(super) fn bracket(&self, bin: i32) -> (f64, f64) {
        let key = if bin < 0 { -1 - bin } else { bin };
        let deviation = |key: i32| {
            let y = f64::from_bits(1.0_f64.to_bits() + ((key as u64) << BELOW_BIN));
            if y < 2.0 { (y - 1.0) * self.zone } else { 0.5 * y * self.zone }
        };
        let (mut near, mut far) = (deviation(key), deviation(key + 1));
        if self.origin == 0.0 && near >= self.zone {
            // Nothing is rounded there, and the far edge belongs to the next bin.
            far = far.next_down();
        } else {
            let rounding = (self.origin.abs() + far + self.zone) * (2.0 * f64::EPSILON);
            (near, far) = (near - rounding, far + rounding);
            // Nothing is rounded across zero.
            near = if self.origin == 0.0 { max(near, 0.0) } else { near };
        }
        let (low, high) = if bin < 0 { (-far, -near) } else { (near, far) };
        (max(self.origin + low, self.values[0]), min(self.origin + high, self.values[1]))
    }

    /// Feeds all numbers to a digest.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        for number in [self.origin, self.zone] {
            feed(&number.to_bits().to_le_bytes());
        }
        self.bins.iter().for_each(|bin| feed(&bin.to_le_bytes()));
    }
}

/// See [`BinWindow::store_bins_within`].
struct Within<'a> {
    window: &'a BinWindow,
    values: &'a [f64],
    to: &'a mut [i16],
}

impl ColumnLoop for Within<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let Self { window, values, to } = self;
        let [low, high] = window.limits;
        let whole = values.len() - values.len() % V::LANES;
        for at in (0..whole).step_by(V::LANES) {
            let x = V::load(values, at).at_least(V::splat(low)).at_most(V::splat(high));
            window.store_bins(x, to, at);
        }
        for (at, x) in values.iter().enumerate().skip(whole) {
            window.store_bins(x.at_least(low).at_most(high), to, at);
        }
    }
}

#[inline(always)]
fn key<V: Vector>(sign: V, base: i32) -> SortKey<V> {
    SortKey { sign, from: 1.0, dropped: BELOW_BIN, base }
}

/// The bin of a finite value, with bins about this origin and this zone.
#[inline(always)]
pub(super) fn bin_of(origin: f64, zone: f64, x: f64) -> i32 {
    let w = x + (0.0 - origin);
    let distance = w.abs() * (1.0 / zone);
    key(w, 0).of(distance + distance.at_least(1.0))
}

/// The least float that falls into a bin or one above it: bins follow one another as values do.
fn least_value(origin: f64, zone: f64, bin: i32) -> f64 {
    let (mut below, mut at) = (ordinal(f64::MIN), ordinal(f64::MAX));
    if bin_of(origin, zone, f64::MIN) >= bin {
        return f64::MIN;
    }
    while at - below > 1 {
        let middle = below + (at - below) / 2;
        if bin_of(origin, zone, from_ordinal(middle)) >= bin { at = middle } else { below = middle }
    }
    from_ordinal(at) + 0.0
}

/// The greatest float that falls into a bin or one below it.
fn greatest_value(origin: f64, zone: f64, bin: i32) -> f64 {
    if bin_of(origin, zone, f64::MAX) <= bin {
        return f64::MAX;
    }
    from_ordinal(ordinal(least_value(origin, zone, bin + 1)) - 1)
}

/// The place of a float among all: they follow one another as these numbers do.
fn ordinal(x: f64) -> i128 {
    let bits = i128::from(x.to_bits() & (u64::MAX >> 1));
    if x.is_sign_negative() { -bits } else { bits }
}

fn from_ordinal(ordinal: i128) -> f64 {
    let magnitude = f64::from_bits(ordinal.unsigned_abs() as u64);
    if ordinal < 0 { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_lies_between_the_edges_of_its_bin() {
        for (origin, zone) in [(0.0, 1.0), (1000.0, 4.0), (-0.7, 0.0625)] {
            let window = BinWindow::new(origin, zone, [-40_000, 25_000]);
            let mut x = zone * 1e-9;
            while x < zone * 3.0 {
                for value in [origin + x, origin - x] {
                    let (low, high) = window.bracket(window.bin_of(value));
                    assert!(
                        window.contains(value) && low <= value && value <= high,
                        "{value} in {low}..{high}"
                    );
                }
                x *= 1.37;
            }
        }
    }

    #[test]
    fn bins_follow_one_another_without_gap() {
        let window = BinWindow::new(0.0, 1.0, [-20_000, 20_000]);
        for bin in -19_999..20_000 {
            let (high, low) = (window.bracket(bin).1, window.bracket(bin + 1).0);
            assert!((high - low).abs() <= 4e-15 * (1.0 + low.abs()), "{bin}: {high} {low}");
        }
        assert_eq!((window.bin_of(0.0), window.bin_of(-0.0), window.bin_of(-1e-300)), (0, 0, -1));
    }

    #[test]
    fn no_bin_is_wider_than_a_part_in_8192_of_its_values_or_of_the_zone() {
        let window = BinWindow::new(0.0, 0.5, [-30_000, 30_000]);
        for bin in -30_000..=30_000 {
            let (low, high) = window.bracket(bin);
            let least = max(0.5, min(low.abs(), high.abs()));
            assert!(high - low <= least / 8192.0 * (1.0 + 1e-9), "{bin}: {low}..{high}");
        }
    }

    #[test]
    fn the_least_and_the_greatest_value_are_the_outermost_floats_of_the_bins() {
        for (origin, zone) in [(0.0, 2.0), (3.7, 0.125), (-1e3, 0.0009765625)] {
            let window = BinWindow::new(origin, zone, [-9000, 17_000]);
            for (x, bin) in [(window.least(), -9000), (window.greatest(), 17_000)] {
                assert_eq!(window.bin_of(x), bin, "{origin}");
            }
            let next = |x: f64, by: i128| from_ordinal(ordinal(x) + by);
            assert_eq!(window.bin_of(next(window.least(), -1)), -9001);
            assert_eq!(window.bin_of(next(window.greatest(), 1)), 17_001);
        }
    }
}
