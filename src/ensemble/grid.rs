//! Bins for values anywhere in the range of floats, as wide as 1/8192 of an octave of their distance from a point.

use super::window::BELOW_BIN;
use crate::num::{max, min};

/// What the numbers of bins about an origin that is not zero begin with: more than any bin about zero has.
const ABOUT_ORIGIN: i32 = 1 << 26;

/// Bins by the distance from zero; of values that are nearer to an origin than to zero, by the distance from that: there what they
/// are apart is little beside themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct BinGrid {
    /// A middle value of a series that is far from zero; else 0.
    pub(super) origin: f64,
    /// So often neighbours have become one.
    pub(super) level: u32,
}

impl BinGrid {
    /// The bin of a finite value: they follow one another as values do, and those of a value and its opposite, about opposite origins,
    /// are opposite.
    #[inline]
    pub(super) fn bin_of(self, x: f64) -> i32 {
        let half = 0.5 * self.origin;
        if half == 0.0 {
            bin_about_zero(x, self.level)
        } else if half > 0.0 && x >= half {
            ABOUT_ORIGIN + bin_about_zero(x - self.origin, self.level)
        } else if half < 0.0 && x <= half {
            bin_about_zero(x - self.origin, self.level) - ABOUT_ORIGIN
        } else {
            bin_about_zero(x, self.level)
        }
    }

    /// The least value of a bin that holds some, and the greatest.
    pub(super) fn bracket(self, bin: i32) -> (f64, f64) {
        if self.origin < 0.0 {
            let (low, high) = Self { origin: -self.origin, ..self }.bracket(-bin);
            return (0.0 - high, 0.0 - low);
        }
        let half = 0.5 * self.origin;
        if half == 0.0 {
            return bracket_about_zero(bin, self.level);
        }
        if bin < ABOUT_ORIGIN / 2 {
            let (low, high) = bracket_about_zero(bin, self.level);
            return (low, min(high, half.next_down()));
        }
        let (low, high) = bracket_about_zero(bin - ABOUT_ORIGIN, self.level);
        // Where the distance is rounded, the ends may belong to the next bin.
        let mut ends = [max(self.origin + low, half), min(self.origin + high, f64::MAX)];
        while self.bin_of(ends[0]) < bin {
            ends[0] = ends[0].next_up();
        }
        while ends[0] > half && self.bin_of(ends[0].next_down()) >= bin {
            ends[0] = ends[0].next_down();
        }
        while self.bin_of(ends[1]) > bin {
            ends[1] = ends[1].next_down();
        }
        while ends[1] < f64::MAX && self.bin_of(ends[1].next_up()) <= bin {
            ends[1] = ends[1].next_up();
        }
        (ends[0], ends[1])
    }
}

/// 0 for zero, above it upwards, below it downwards.
#[inline]
fn bin_about_zero(x: f64, level: u32) -> i32 {
    let magnitude = ((x.to_bits() & (u64::MAX >> 1)) >> BELOW_BIN) as i32;
    match x {
        0.0 => 0,
        x if x > 0.0 => (magnitude >> level) + 1,
        _ => -(magnitude >> level) - 1,
    }
}

fn bracket_about_zero(bin: i32, level: u32) -> (f64, f64) {
    if bin == 0 {
        return (0.0, 0.0);
    }
    let bits = |magnitude: u64| (magnitude << level) << BELOW_BIN;
    let magnitude = u64::from(bin.unsigned_abs()) - 1;
    let nearest = f64::from_bits(bits(magnitude).max(1));
    let furthest = f64::from_bits(bits(magnitude + 1).min(f64::INFINITY.to_bits()) - 1);
    if bin > 0 { (nearest, furthest) } else { (-furthest, -nearest) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::exact_sum::power_of_two;

    const ABOUT_ZERO: BinGrid = BinGrid { origin: 0.0, level: 0 };

    #[test]
    fn every_value_lies_in_its_bin_and_bins_are_narrow() {
        for exponent in -1022..1023 {
            let x = power_of_two(exponent) * 1.37;
            for x in [x, -x] {
                let (low, high) = ABOUT_ZERO.bracket(ABOUT_ZERO.bin_of(x));
                assert!(low <= x && x <= high, "{x} in {low}..{high}");
                assert!(high - low <= 1.2208e-4 * x.abs() || x.abs() < 1e-300, "{x} in {low}..{high}");
            }
        }
        assert_eq!(ABOUT_ZERO.bracket(ABOUT_ZERO.bin_of(f64::MAX)).1, f64::MAX);
        assert_eq!(ABOUT_ZERO.bracket(ABOUT_ZERO.bin_of(5e-324)).0, 5e-324);
    }

    /// By the distance from the origin or from zero, whichever is less; but for what floats are apart.
    #[test]
    fn bins_about_an_origin_are_as_narrow_as_their_distance_asks_for_and_follow_one_another() {
        for origin in [5.0, -5.0, 100.0, 1e300, -3e-250, 0.7] {
            for level in [0, 3] {
                let grid = BinGrid { origin, level };
                let narrow = 1.2208e-4 * f64::from(1_u32 << level);
                let near =
                    (-50..=50).map(|k: i32| origin * (1.0 + f64::from(k) * 0.011 * power_of_two(-k.abs())));
                let values = near.chain([0.0, 0.5 * origin, 0.49 * origin, 2.0 * origin, -origin, origin]);
                for x in values {
                    let bin = grid.bin_of(x);
                    let (low, high) = grid.bracket(bin);
                    assert!(low <= x && x <= high, "{origin}: {x} in {low}..{high}");
                    let wide = narrow * min((x - origin).abs(), x.abs()) + 4.0 * f64::EPSILON * x.abs();
                    assert!(high - low <= wide, "{origin}, {level}: {x} in {low}..{high}");
                    assert_eq!([grid.bin_of(low), grid.bin_of(high)], [bin; 2], "{origin}: {x}");
                    assert!(
                        grid.bin_of(low.next_down()) < bin && grid.bin_of(high.next_up()) > bin,
                        "{origin}: {x}"
                    );
                }
            }
        }
    }

    #[test]
    fn zero_has_a_bin_of_its_own_about_any_origin() {
        for origin in [0.0, 3.0, -1e9] {
            let grid = BinGrid { origin, level: 0 };
            assert_eq!(grid.bracket(grid.bin_of(0.0)), (0.0, 0.0));
            assert!(grid.bin_of(-5e-324) < grid.bin_of(0.0) && grid.bin_of(0.0) < grid.bin_of(5e-324));
        }
    }
}
