//! Tables of points joined by straight lines: what `lookup` reads.

use super::{Interval, max, min};

/// Points with rising x, joined by straight lines; beyond the first and the last the value stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LookupTable {
    points: Vec<(f64, f64)>,
}

impl LookupTable {
    /// A table of these points; `None` where there is none, one is not finite, or x does not rise.
    pub fn new(points: Vec<(f64, f64)>) -> Option<Self> {
        let finite = points.iter().all(|(x, y)| x.is_finite() && y.is_finite());
        let rises = points.windows(2).all(|pair| pair[0].0 < pair[1].0);
        (finite && rises && !points.is_empty()).then_some(Self { points })
    }

    /// Its points, x rising.
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// The value at `x`: exactly that of a point where `x` is one; NaN for NaN.
    pub fn at(&self, x: f64) -> f64 {
        let Some(((first, low), (last, high))) =
            self.points.first().copied().zip(self.points.last().copied())
        else {
            return f64::NAN;
        };
        if x.is_nan() {
            return x;
        }
        if x <= first {
            return low;
        }
        if x >= last {
            return high;
        }
        let after = self.points.partition_point(|(point, _)| *point <= x);
        let ((x0, y0), (x1, y1)) = (self.points[after - 1], self.points[after]);
        // The share of the way is between 0 and 1, so that the value stays between those of the points.
        let value = y0 + (y1 - y0) * ((x - x0) / (x1 - x0));
        max(min(y0, y1), min(max(y0, y1), value))
    }

    /// Between which bounds the values lie where x lies between these.
    pub fn over(&self, x: Interval) -> Interval {
        let ends = [self.at(x.low), self.at(x.high)];
        let within = self.points.iter().filter(|(point, _)| x.low <= *point && *point <= x.high);
        let values = || ends.into_iter().chain(within.clone().map(|(_, y)| *y));
        Interval { low: values().fold(f64::INFINITY, min), high: values().fold(f64::NEG_INFINITY, max) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learning() -> LookupTable {
        LookupTable::new(vec![(0.0, 1.0), (10.0, 0.8), (100.0, 0.5)]).unwrap()
    }

    #[test]
    fn points_are_joined_by_straight_lines_and_the_ends_are_flat() {
        let table = learning();
        for (x, y) in
            [(-5.0, 1.0), (0.0, 1.0), (5.0, 0.9), (10.0, 0.8), (55.0, 0.65), (100.0, 0.5), (1e9, 0.5)]
        {
            assert!((table.at(x) - y).abs() < 1e-15, "{x}: {}", table.at(x));
        }
        assert_eq!(
            [0.0, 10.0, 100.0].map(|x| table.at(x)),
            [1.0, 0.8, 0.5],
            "the points themselves are exact"
        );
        assert_eq!((table.at(f64::INFINITY), table.at(f64::NEG_INFINITY)), (0.5, 1.0));
        assert!(table.at(f64::NAN).is_nan());
    }

    #[test]
    fn bounds_hold_what_lies_between_points_and_the_points_between_the_ends() {
        let peak = LookupTable::new(vec![(0.0, 0.0), (1.0, 5.0), (2.0, -1.0)]).unwrap();
        assert_eq!(peak.over(Interval { low: 0.5, high: 1.5 }), Interval { low: 2.0, high: 5.0 });
        assert_eq!(peak.over(Interval::UNKNOWN), Interval { low: -1.0, high: 5.0 });
        assert_eq!(peak.over(Interval { low: 3.0, high: 4.0 }), Interval { low: -1.0, high: -1.0 });
    }

    #[test]
    fn points_that_do_not_rise_or_are_not_finite_make_no_table() {
        assert!(LookupTable::new(Vec::new()).is_none());
        assert!(LookupTable::new(vec![(1.0, 0.0), (1.0, 1.0)]).is_none());
        assert!(LookupTable::new(vec![(2.0, 0.0), (1.0, 1.0)]).is_none());
        assert!(LookupTable::new(vec![(1.0, f64::NAN)]).is_none());
    }
}
