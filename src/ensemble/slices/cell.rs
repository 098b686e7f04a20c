//! A part of a draw: how many paths fell in it, and the outcome on them, for the even and the odd paths apart, so that its variance
//! there can be told.

/// The paths in a part of a draw, and the outcome on them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// How many even and odd paths.
    pub(super) counts: [f64; 2],
    /// The sums of the outcome about the mean of all, in steps, on the even and on the odd ones.
    pub(super) sums: [f64; 2],
}

impl Cell {
    /// How many paths.
    pub fn count(&self) -> f64 {
        self.counts[0] + self.counts[1]
    }

    /// The mean of the outcome about the mean of all, in steps; 0 where there is no path.
    pub fn mean(&self) -> f64 {
        if self.count() > 0.0 { (self.sums[0] + self.sums[1]) / self.count() } else { 0.0 }
    }

    /// The variance of the outcome within it, with one degree of freedom: by what even and odd paths are apart. `None` where
    /// either has none.
    pub(super) fn variance(&self) -> Option<f64> {
        let [n, m] = self.counts;
        let apart = self.sums[0] / n - self.sums[1] / m;
        (n > 0.0 && m > 0.0).then(|| n * m / (n + m) * apart * apart)
    }

    /// Several as one.
    pub fn joined(cells: &[Self]) -> Self {
        let mut all = Self::default();
        for one in cells {
            for half in 0..2 {
                all.counts[half] += one.counts[half];
                all.sums[half] += one.sums[half];
            }
        }
        all
    }

    /// What is left without a part of it.
    pub(super) fn without(self, part: &Self) -> Self {
        let less = |all: [f64; 2], part: [f64; 2]| [all[0] - part[0], all[1] - part[1]];
        Self { counts: less(self.counts, part.counts), sums: less(self.sums, part.sums) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two even paths with 1 and 3, and one odd path with 5.
    #[test]
    fn even_and_odd_paths_tell_the_variance_within() {
        let cell = Cell { counts: [2.0, 1.0], sums: [4.0, 5.0] };
        assert_eq!((cell.count(), cell.mean()), (3.0, 3.0));
        // Means of two and of one path of variance v are apart by a variance of v / 2 + v.
        assert_eq!(cell.variance(), Some(3.0 * 3.0 / 1.5));
        assert_eq!(Cell { counts: [0.0, 3.0], sums: [0.0, 1.0] }.variance(), None);
        assert_eq!((Cell::default().mean(), Cell::default().variance()), (0.0, None));
    }

    #[test]
    fn what_is_taken_out_and_joined_again_is_the_whole() {
        let (whole, part) =
            (Cell { counts: [5.0, 4.0], sums: [1.0, -2.0] }, Cell { counts: [1.0, 2.0], sums: [3.0, 0.5] });
        assert_eq!(Cell::joined(&[whole.without(&part), part]), whole);
    }
}
