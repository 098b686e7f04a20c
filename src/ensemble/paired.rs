//! What is counted of two runs on the same draws: differences path by path.
//!
//! Two runs that share their draws share their luck; what is left between them on a path is what their
//! assumptions make of it. Marginal counts cannot tell that, so the difference is taken on each path and
//! counted like any other series.

use super::{SeriesScale, Tally};
use crate::num::BLOCK;

/// The differences of one series, B minus A.
#[derive(Clone, Debug, PartialEq)]
pub struct PairedSeries {
    /// B − A: 0 where both are infinite alike, infinite where one is.
    pub absolute: Tally,
    /// The difference in per cent of the size of A; `None` where that is not asked for.
    pub relative: Option<Tally>,
    /// On how many paths B > A. A year that never comes is later than any other.
    pub above: u64,
    /// On how many paths B < A.
    pub below: u64,
    /// On how many paths B = A, both infinite included; the paths left over have a value that is no number.
    pub equal: u64,
}

/// On how many paths a target is met in one run and not in the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Discordant {
    /// Met in B, not in A.
    pub gained: u64,
    /// Met in A, not in B.
    pub lost: u64,
}

/// All differences between two runs, or between parts of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Differences {
    /// How many paths were counted.
    pub paths: u64,
    /// Differences of the paired series.
    pub series: Vec<PairedSeries>,
    /// Counts of the paired targets.
    pub targets: Vec<Discordant>,
}

/// The difference of two values on a path; 0 where both are equal, also to infinity.
pub fn difference(a: f64, b: f64) -> f64 {
    if a == b { 0.0 } else { b - a }
}

/// The difference of two values in per cent of the size of the first; 0 where both are equal, also to 0.
pub fn relative_difference(a: f64, b: f64) -> f64 {
    if a == b { 0.0 } else { 100.0 * (b - a) / a.abs() }
}

impl PairedSeries {
    /// Counts of no paths yet.
    pub fn new(absolute: SeriesScale, relative: Option<SeriesScale>) -> Self {
        let (absolute, relative) = (Tally::new(absolute), relative.map(Tally::new));
        Self { absolute, relative, above: 0, below: 0, equal: 0 }
    }

    /// Counts the values of up to 256 consecutive paths.
    ///
    /// # Panics
    /// When there are more than 256 values.
    pub fn add_columns(&mut self, first_path: u64, a: &[f64], b: &[f64]) {
        let mut column = [0.0; BLOCK];
        let column = &mut column[..a.len().min(b.len())];
        let both = || a.iter().zip(b);
        for (value, (&a, &b)) in column.iter_mut().zip(both()) {
            *value = difference(a, b);
        }
        self.absolute.add_column(first_path, column);
        self.above += both().map(|(a, b)| u64::from(b > a)).sum::<u64>();
        self.below += both().map(|(a, b)| u64::from(b < a)).sum::<u64>();
        self.equal += both().map(|(a, b)| u64::from(b == a)).sum::<u64>();
        if let Some(relative) = &mut self.relative {
            for (value, (&a, &b)) in column.iter_mut().zip(both()) {
                *value = relative_difference(a, b);
            }
            relative.add_column(first_path, column);
        }
    }

    fn finish(&mut self) {
        self.absolute.finish();
        self.relative.iter_mut().for_each(Tally::finish);
    }

    fn merge(&mut self, other: &Self) {
        self.absolute.merge(&other.absolute);
        if let (Some(mine), Some(theirs)) = (&mut self.relative, &other.relative) {
            mine.merge(theirs);
        }
        self.above += other.above;
        self.below += other.below;
        self.equal += other.equal;
    }

    fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        self.absolute.digest_into(feed);
        if let Some(relative) = &self.relative {
            relative.digest_into(feed);
        }
        for count in [self.above, self.below, self.equal] {
            feed(&count.to_le_bytes());
        }
    }
}

impl Discordant {
    /// Counts truths of the same paths: 0 is missed, NaN is not known and counts as missed, all else is met.
    pub fn add_columns(&mut self, a: &[f64], b: &[f64]) {
        let met = |x: f64| !x.is_nan() && x != 0.0;
        for (&a, &b) in a.iter().zip(b) {
            self.gained += u64::from(met(b) && !met(a));
            self.lost += u64::from(met(a) && !met(b));
        }
    }
}

impl Differences {
    /// Adds the counts of other paths of the same two runs.
    ///
    /// # Panics
    /// When the other counts are of other runs: their series have other scales.
    pub fn merge(&mut self, other: &Self) {
        assert_eq!(self.series.len(), other.series.len(), "differences of other runs cannot be merged");
        self.paths += other.paths;
        for (mine, theirs) in self.series.iter_mut().zip(&other.series) {
            mine.merge(theirs);
        }
        for (mine, theirs) in self.targets.iter_mut().zip(&other.targets) {
            mine.gained += theirs.gained;
            mine.lost += theirs.lost;
        }
    }

    /// Puts all counts in order, so that they are read fast: see [`Tally`].
    pub(crate) fn finish(&mut self) {
        self.series.iter_mut().for_each(PairedSeries::finish);
    }

    /// Feeds every integer to `feed`, in a fixed order: what a fingerprint is taken over.
    pub fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        feed(&self.paths.to_le_bytes());
        feed(&(self.series.len() as u64).to_le_bytes());
        for series in &self.series {
            series.digest_into(feed);
        }
        for target in &self.targets {
            feed(&target.gained.to_le_bytes());
            feed(&target.lost.to_le_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: SeriesScale = SeriesScale::new(0.0, 0.25);

    #[test]
    fn differences_are_counted_path_by_path() {
        let mut paired = PairedSeries::new(SCALE, Some(SCALE));
        paired.add_columns(0, &[100.0, 200.0, 50.0, 4.0], &[110.0, 190.0, 50.0, 5.0]);
        assert_eq!((paired.above, paired.below, paired.equal), (2, 1, 1));
        assert_eq!((paired.absolute.min(), paired.absolute.max()), (Some(-10.0), Some(10.0)));
        assert_eq!(paired.absolute.mean(), Some(0.25));
        assert_eq!(paired.relative.unwrap().max(), Some(25.0));
    }

    #[test]
    fn a_year_that_never_comes_is_later_than_any_other() {
        let never = f64::INFINITY;
        let mut paired = PairedSeries::new(SCALE, None);
        paired.add_columns(
            0,
            &[2030.0, never, never, 2030.0, f64::NAN],
            &[never, 2030.0, never, 2028.0, 1.0],
        );
        assert_eq!((paired.above, paired.below, paired.equal), (1, 2, 1));
        // inf, −inf, 0, −2 and what is no number: of four and one the second and third may be the middle one.
        let tally = paired.absolute;
        assert_eq!((tally.finite, tally.never, tally.minus_infinite, tally.nan), (2, 1, 1, 1));
        assert_eq!((tally.mean(), tally.quantile(0.5)), (None, Some(-2.0)));
    }

    #[test]
    fn a_relative_difference_is_of_the_size_of_the_reference() {
        assert_eq!(relative_difference(-50.0, -40.0), 20.0);
        assert_eq!(relative_difference(0.0, 0.0), 0.0);
        assert_eq!(relative_difference(0.0, 1.0), f64::INFINITY);
    }

    #[test]
    fn a_truth_that_is_not_known_counts_as_missed() {
        let mut target = Discordant::default();
        target.add_columns(&[1.0, 0.0, f64::NAN, 1.0, 1.0], &[0.0, 1.0, 2.0, 1.0, f64::NAN]);
        assert_eq!(target, Discordant { gained: 2, lost: 2 });
    }

    #[test]
    fn parts_merge_to_the_same_bytes_in_any_order() {
        let part = |first: u64, a: &[f64], b: &[f64]| {
            let mut series = vec![PairedSeries::new(SCALE, Some(SCALE))];
            series[0].add_columns(first, a, b);
            let mut targets = vec![Discordant::default()];
            targets[0].add_columns(a, b);
            Differences { paths: a.len() as u64, series, targets }
        };
        let (one, two) = (part(0, &[1.0, 2.0], &[0.0, 2.5]), part(2, &[0.0, 1e9], &[7.0, f64::NAN]));
        let bytes = |mut sum: Differences, other: &Differences| {
            sum.merge(other);
            let mut bytes = Vec::new();
            sum.digest_into(&mut |piece| bytes.extend_from_slice(piece));
            bytes
        };
        assert_eq!(bytes(one.clone(), &two), bytes(two, &one));
    }
}
