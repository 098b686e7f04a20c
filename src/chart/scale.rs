//! Axes: from values to pixels, with round ticks.

use crate::num::{max, min};
use crate::text::number::{exponent, fixed, power_of_ten, scientific, year};

/// A straight scale from values to pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PixelScale {
    /// The value at `start`.
    pub low: f64,
    /// The value at `end`.
    pub high: f64,
    /// The pixel of the lowest value.
    pub start: f64,
    /// The pixel of the highest value.
    pub end: f64,
}

impl PixelScale {
    /// The pixel of a value.
    pub fn at(&self, value: f64) -> f64 {
        self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)
    }

    /// The pixel of a value, or of the end of the scale that it lies beyond; and on which side: −1 below the
    /// lowest value, 1 above the highest, 0 on the scale.
    pub fn within(&self, value: f64) -> (f64, f64) {
        match value {
            v if v < self.low => (self.start, -1.0),
            v if v > self.high => (self.end, 1.0),
            v => (self.at(v), 0.0),
        }
    }
}

/// Round ticks that enclose a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// The values, ascending.
    pub values: Vec<f64>,
    /// How many decimals their labels need.
    pub decimals: i32,
    /// Whether they are calendar years, which are whole and never grouped by thousands.
    pub are_years: bool,
}

impl Ticks {
    /// About `count` ticks at multiples of 1, 2, 2.5 or 5 times a power of ten, enclosing `low` to `high`.
    /// Zero is included where the range comes near it, so that a level is not mistaken for a change.
    pub fn enclosing(low: f64, high: f64, count: usize) -> Self {
        let (low, high) = if low > 0.0 && low < 0.5 * high { (0.0, high) } else { (low, high) };
        let (low, high) = if high > low { (low, high) } else { widened(low) };
        let step = round_step((high - low) / count as f64);
        let (first, last) = ((low / step).floor(), (high / step - 1e-9).ceil());
        let steps = (last - first) as usize;
        let values = (0..=steps).map(|k| (first + k as f64) * step).collect();
        let two_digits = (step / power_of_ten(exponent(step))) == 2.5;
        let decimals = max(0.0, f64::from(i32::from(two_digits) - exponent(step))) as i32;
        Self { values, decimals, are_years: false }
    }

    /// About `count` ticks that enclose a range: as [`Self::enclosing`], or whole years where values are years.
    pub fn of(low: f64, high: f64, count: usize, are_years: bool) -> Self {
        if !are_years {
            return Self::enclosing(low, high, count);
        }
        let (low, high) = (low.floor(), max(high.ceil(), low.floor() + 1.0));
        let fits = |step: &f64| (high - low) / step <= count as f64;
        let step = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0].into_iter().find(fits).unwrap_or(1000.0);
        let (first, last) = ((low / step).floor() as i32, (high / step).ceil() as i32);
        let values = (first..=last).map(|k| f64::from(k) * step).collect();
        Self { values, decimals: 0, are_years }
    }

    /// The label of a tick.
    pub fn label(&self, value: f64) -> String {
        if self.are_years {
            return year(value as i32);
        }
        let largest = self.values.iter().map(|v| v.abs()).fold(0.0, max);
        // Many zeros would run into those of the next tick.
        if value != 0.0 && !(-6..12).contains(&exponent(largest)) {
            return scientific(value, 3 - exponent(largest));
        }
        if value == 0.0 && self.decimals > 6 { "0".to_owned() } else { fixed(value, self.decimals) }
    }

    /// The scale between the outermost ticks.
    pub fn scale(&self, start: f64, end: f64) -> PixelScale {
        let low = self.values.first().copied().unwrap_or(0.0);
        let high = self.values.last().copied().unwrap_or(1.0);
        PixelScale { low, high, start, end }
    }
}

/// Every so many years, so that labels of this width do not touch. Over ten years and more every fifth and
/// tenth is preferred to every second: those are the years that plans speak of.
pub fn year_step(years: i32, room: f64, label: f64) -> i32 {
    let fits = |step: &i32| f64::from(years / step + 1) * label <= room && (*step != 2 || years < 10);
    [1, 2, 5, 10, 20, 50].into_iter().find(fits).unwrap_or(100)
}

fn widened(value: f64) -> (f64, f64) {
    let by = if value == 0.0 { 1.0 } else { value.abs() * 0.1 };
    (value - by, value + by)
}

fn round_step(step: f64) -> f64 {
    let ten = power_of_ten(exponent(step));
    let factor = [1.0, 2.0, 2.5, 5.0].into_iter().find(|f| f * ten >= step * 0.999).unwrap_or(10.0);
    factor * ten
}

/// The least and the greatest of the finite values; (0, 1) where there is none.
pub fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let mut ends: Option<(f64, f64)> = None;
    for value in values.filter(|v| v.is_finite()) {
        ends = Some(ends.map_or((value, value), |(low, high)| (min(low, value), max(high, value))));
    }
    ends.unwrap_or((0.0, 1.0))
}

/// Whether values are all above zero and span so many magnitudes that a straight axis would show nothing of most of them:
/// a thousandfold.
pub fn spans_magnitudes(values: impl Iterator<Item = f64>) -> bool {
    let (low, high) = range(values);
    low > 0.0 && high / low >= 1e3
}

/// The range of what is drawn, with what is asked for: but not what lies so far off that it would leave the drawing less
/// than half of the axis.
pub fn with_asked((low, high): (f64, f64), asked: impl Iterator<Item = f64>) -> (f64, f64) {
    // The axis will begin at zero where Ticks says so.
    let foot = if low > 0.0 && low < 0.5 * high { 0.0 } else { low };
    let span = max(high - foot, 1e-9 * max(low.abs(), high.abs()));
    let near = asked.filter(|level| *level <= high + span && *level >= low - span);
    near.fold((low, high), |(low, high), level| (min(low, level), max(high, level)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(low: f64, high: f64) -> Vec<String> {
        let ticks = Ticks::enclosing(low, high, 6);
        ticks.values.iter().map(|&v| ticks.label(v)).collect()
    }

    #[test]
    fn ticks_are_round_and_enclose_the_range() {
        assert_eq!(labels(1500.0, 5600.0), ["0", "1,000", "2,000", "3,000", "4,000", "5,000", "6,000"]);
        assert_eq!(
            labels(9_100.0, 11_900.0),
            ["9,000", "9,500", "10,000", "10,500", "11,000", "11,500", "12,000"]
        );
        assert_eq!(
            labels(-0.021, 0.034),
            ["−0.03", "−0.02", "−0.01", "0.00", "0.01", "0.02", "0.03", "0.04"]
        );
    }

    #[test]
    fn ticks_of_very_large_and_very_small_values_are_powers_of_ten() {
        assert_eq!(labels(0.0, 1e16)[..3], ["0", "2×10¹⁵", "4×10¹⁵"]);
        assert_eq!(labels(0.0, 2e-9)[..2], ["0", "5×10⁻¹⁰"]);
    }

    #[test]
    fn a_range_of_one_value_still_has_an_axis() {
        let ticks = Ticks::enclosing(7.0, 7.0, 5);
        assert!(ticks.values[0] < 7.0 && *ticks.values.last().unwrap() > 7.0, "{ticks:?}");
        assert!(Ticks::enclosing(0.0, 0.0, 5).values.len() > 2);
    }

    #[test]
    fn what_is_asked_for_is_on_the_axis_unless_it_would_flatten_the_drawing() {
        assert_eq!(with_asked((2.0, 6.0), [3.0, 11.0].into_iter()), (2.0, 11.0));
        assert_eq!(with_asked((2.0, 6.0), [4000.0].into_iter()), (2.0, 6.0));
        assert_eq!(with_asked((-2.0, 6.0), [-9.0].into_iter()), (-9.0, 6.0));
        let scale = PixelScale { low: 0.0, high: 6.0, start: 100.0, end: 0.0 };
        assert_eq!([-1.0, 3.0, 9.0].map(|x| scale.within(x)), [(100.0, -1.0), (50.0, 0.0), (0.0, 1.0)]);
    }

    #[test]
    fn values_that_are_not_finite_have_no_say_in_the_range() {
        assert_eq!(range([3.0, f64::NAN, 1.0, f64::INFINITY].into_iter()), (1.0, 3.0));
        assert_eq!(range(std::iter::empty()), (0.0, 1.0));
    }

    #[test]
    fn years_are_left_out_when_they_would_touch() {
        assert_eq!(year_step(15, 700.0, 40.0), 1);
        assert_eq!(year_step(15, 600.0, 40.0), 5);
        assert_eq!(year_step(8, 250.0, 40.0), 2);
    }
}
