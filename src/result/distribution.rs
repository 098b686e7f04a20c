//! The distributions of a run as plain data: what `distributions.json` holds, beside `summary.json`, for the
//! figures that need more of a distribution than some quantiles.
//!
//! A histogram has a hundred bins of equal width between the 0.1 % and the 99.9 % quantile, or a bin for each
//! number where a series is of whole numbers: years. Counts are integers, so that the file has the same bytes
//! on any number of threads.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use crate::ensemble::{Ensemble, Tally};
use crate::model::Labels;
use crate::num::{max, min};

/// The name of the file format.
pub const SCHEMA: &str = "plancast-distributions/1";

/// The name of the file in a run's folder.
pub const FILE: &str = "distributions.json";

/// How many bins a histogram has.
const BINS: usize = 100;
/// The share of the values beyond the bins, on either side.
const TAIL: f64 = 0.001;
/// The most whole numbers that get a bin each.
const MOST_WHOLE: f64 = 200.0;

/// The distributions of all recorded series of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Distributions {
    /// [`SCHEMA`].
    pub schema: String,
    /// The fingerprint of the run, as in its summary.
    pub fingerprint: String,
    /// How many paths.
    pub paths: u64,
    /// By variable: a histogram for each of its years.
    pub variables: BTreeMap<String, Vec<Histogram>>,
    /// By metric.
    pub metrics: BTreeMap<String, Histogram>,
}

/// The counts of a series.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// Where the first bin begins.
    pub low: f64,
    /// The width of a bin; zero where all values are the same.
    pub width: f64,
    /// How many values lie in each bin: from `low + k · width`, inclusive, to the next.
    pub counts: Vec<u64>,
    /// How many lie below the first bin.
    pub below: u64,
    /// How many lie above the last bin.
    pub above: u64,
    /// The smallest value.
    pub minimum: f64,
    /// The largest value.
    pub maximum: f64,
    /// On how many paths it is infinite: the year never comes.
    pub never: u64,
    /// Whether all values are whole numbers; each then stands in the middle of its bin.
    pub whole: bool,
}

/// The distributions of a run with this fingerprint.
///
/// # Panics
///
/// When the labels are of another model than the ensemble.
pub fn distributions(labels: &Labels, ensemble: &Ensemble, fingerprint: &str) -> Distributions {
    let variables = labels.variables.par_iter().map(|label| {
        let first = label.first_series as usize;
        let years = (label.last_year - label.first_year) as usize + 1;
        let tallies = &ensemble.series[first..first + years];
        (label.name.clone(), tallies.iter().map(Histogram::of).collect())
    });
    let metrics = labels.metrics.iter();
    let metrics =
        metrics.map(|label| (label.name.clone(), Histogram::of(&ensemble.series[label.series as usize])));
    Distributions {
        schema: SCHEMA.to_owned(),
        fingerprint: fingerprint.to_owned(),
        paths: ensemble.paths,
        variables: variables.collect(),
        metrics: metrics.collect(),
    }
}

impl Histogram {
    /// The histogram of a tally; one without counts where it has no finite value.
    pub fn of(tally: &Tally) -> Self {
        let never = tally.never;
        let (Some(minimum), Some(maximum)) = (tally.min(), tally.max()) else {
            return Self { never, ..Self::default() };
        };
        let whole = tally.is_whole() && maximum - minimum <= MOST_WHOLE;
        let (low, width, bins) = if whole {
            (minimum - 0.5, 1.0, (maximum - minimum) as usize + 1)
        } else {
            let low = tally.quantile(TAIL).unwrap_or(minimum);
            let high = tally.quantile(1.0 - TAIL).unwrap_or(maximum);
            let width = (high - low) / BINS as f64;
            (low, width, if width > 0.0 { BINS } else { 1 })
        };
        let mut histogram =
            Self { low, width, counts: vec![0; bins], minimum, maximum, never, whole, below: 0, above: 0 };
        // The tally's own bins are far finer: each goes where its middle lies.
        for (from, to, count) in tally.cells() {
            histogram.add(f64::midpoint(from, to), count);
        }
        histogram
    }

    fn add(&mut self, value: f64, count: u64) {
        let place = if self.width > 0.0 { ((value - self.low) / self.width).floor() } else { 0.0 };
        if place < 0.0 {
            self.below += count;
        } else if place < self.counts.len() as f64 {
            self.counts[place as usize] += count;
        } else if place == self.counts.len() as f64 && value - self.low <= self.width * place {
            // The upper edge belongs to the last bin.
            self.counts[place as usize - 1] += count;
        } else {
            self.above += count;
        }
    }

    /// How many values it counts, those that never come among them.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum::<u64>() + self.below + self.above + self.never
    }

    /// The share of all paths on which the value is at least `x`, as if a bin's values lay evenly in it; the
    /// year that never comes is later than every year.
    pub fn at_least(&self, x: f64) -> f64 {
        let total = self.total();
        if total == 0 {
            return f64::NAN;
        }
        let high = self.low + self.width * self.counts.len() as f64;
        let bins: f64 =
            (0..self.counts.len()).map(|bin| self.counts[bin] as f64 * self.above_in(bin, x)).sum();
        let below = self.below as f64 * share_above(self.minimum, self.low, x);
        let above = self.above as f64 * share_above(high, self.maximum, x);
        (bins + below + above + self.never as f64) / total as f64
    }

    /// The share of a bin's values that are at least `x`.
    fn above_in(&self, bin: usize, x: f64) -> f64 {
        let from = self.low + self.width * bin as f64;
        if self.whole {
            return f64::from(u8::from(from + 0.5 >= x));
        }
        share_above(from, from + self.width, x)
    }

    /// Points of the density curve, value and density (the area is the share of the paths in the bins): counts
    /// smoothed by a binomial kernel of some two bins' standard deviation.
    pub fn density(&self) -> Vec<(f64, f64)> {
        let total = self.total() as f64;
        if self.width <= 0.0 || total == 0.0 {
            return Vec::new();
        }
        // Room for what smoothing carries over the ends.
        let room = SMOOTHINGS;
        let mut counts = vec![0.0; self.counts.len() + 2 * room];
        for (bin, &count) in self.counts.iter().enumerate() {
            counts[bin + room] = count as f64;
        }
        for _ in 0..SMOOTHINGS {
            counts = (0..counts.len())
                .map(|at| {
                    let left = if at == 0 { 0.0 } else { counts[at - 1] };
                    let right = counts.get(at + 1).copied().unwrap_or(0.0);
                    0.25 * left + 0.5 * counts[at] + 0.25 * right
                })
                .collect();
        }
        let middle = |at: usize| self.low + self.width * (at as f64 - room as f64 + 0.5);
        counts.iter().enumerate().map(|(at, count)| (middle(at), count / (total * self.width))).collect()
    }

    /// The bins with their middle and their share of all paths.
    pub fn shares(&self) -> Vec<(f64, f64)> {
        let total = self.total() as f64;
        let middle = |bin: usize| self.low + self.width * (bin as f64 + 0.5);
        self.counts.iter().enumerate().map(|(bin, &count)| (middle(bin), count as f64 / total)).collect()
    }

    /// The share of all paths on which it never comes.
    pub fn share_never(&self) -> f64 {
        if self.total() == 0 { 0.0 } else { self.never as f64 / self.total() as f64 }
    }
}

/// How often a histogram is smoothed by (¼, ½, ¼): a variance of half a squared bin each time.
const SMOOTHINGS: usize = 8;

/// The share of what lies evenly between two values that is at least `x`.
fn share_above(low: f64, high: f64, x: f64) -> f64 {
    if x <= low {
        1.0
    } else if x > high || high <= low {
        0.0
    } else {
        max(0.0, min(1.0, (high - x) / (high - low)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Scale;

    fn tally(values: &[f64]) -> Tally {
        let mut tally = Tally::new(Scale::from_pilot(values));
        for (block, values) in values.chunks(256).enumerate() {
            tally.add_column(256 * block as u64, values);
        }
        tally
    }

    #[test]
    fn every_value_is_counted_once() {
        let values: Vec<f64> = (0..10_000).map(|k| f64::from(k) / 100.0).collect();
        let histogram = Histogram::of(&tally(&values));
        assert_eq!((histogram.total(), histogram.counts.len()), (10_000, 100));
        assert!((8..=12).contains(&histogram.below) && (8..=12).contains(&histogram.above), "{histogram:?}");
        assert!(histogram.counts.iter().all(|count| (95..=105).contains(count)), "{histogram:?}");
    }

    #[test]
    fn odds_of_at_least_fall_from_one_to_nothing() {
        let values: Vec<f64> = (0..10_000).map(|k| f64::from(k) / 100.0).collect();
        let histogram = Histogram::of(&tally(&values));
        for (x, share) in [(-1.0, 1.0), (25.0, 0.75), (50.0, 0.5), (99.95, 0.0005), (100.0, 0.0)] {
            assert!((histogram.at_least(x) - share).abs() < 6e-4, "{x}: {}", histogram.at_least(x));
        }
    }

    #[test]
    fn years_are_counted_one_by_one_and_never_is_later_than_all() {
        let histogram = Histogram::of(&tally(&[2028.0, 2030.0, 2030.0, f64::INFINITY]));
        assert_eq!((histogram.whole, histogram.low, histogram.width), (true, 2027.5, 1.0));
        assert_eq!((histogram.counts.as_slice(), histogram.never), (&[1, 0, 2][..], 1));
        assert_eq!([2027.0, 2029.0, 2030.0, 2031.0].map(|x| histogram.at_least(x)), [1.0, 0.75, 0.75, 0.25]);
        assert_eq!(histogram.shares()[2], (2030.0, 0.5));
    }

    #[test]
    fn a_constant_is_one_bin_without_a_density() {
        let histogram = Histogram::of(&tally(&[7.25; 10]));
        assert_eq!((histogram.counts.as_slice(), histogram.density().len()), (&[10][..], 0));
        assert_eq!([7.0, 7.25, 7.5].map(|x| histogram.at_least(x)), [1.0, 1.0, 0.0]);
    }

    #[test]
    fn a_density_has_the_area_of_its_bins() {
        let values: Vec<f64> = (0..5_000).map(|k| (f64::from(k) * 0.618_034) % 1.0).collect();
        let histogram = Histogram::of(&tally(&values));
        let area: f64 = histogram.density().iter().map(|(_, density)| density * histogram.width).sum();
        assert!((area - 0.998).abs() < 1e-3, "{area}");
    }
}
