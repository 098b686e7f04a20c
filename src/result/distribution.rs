//! The distributions of a run as plain data: what `distributions.json` holds, beside `summary.json`, for the
//! figures that need more of a distribution than some quantiles.
//!
//! A histogram has a hundred bins of equal width between the 0.1 % and the 99.9 % quantile, or a bin for each
//! number where a series is of whole numbers: years. Where tails are so long that the middle half of the paths would
//! share a few of these bins, they are equally wide in the logarithm, or, where not all values are positive, end sooner.
//! Counts are integers, so that the file has the same bytes on any number of threads.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use crate::ensemble::{Ensemble, Tally, ValueCell};
use crate::model::Labels;
use crate::num::{exp, ln, max, min};

/// The name of the file format.
pub const SCHEMA: &str = "plancast-distributions/1";

/// The name of the file in a run's folder.
pub const FILE: &str = "distributions.json";

/// How many bins a histogram has.
const BINS: usize = 100;
/// The share of the values beyond the bins, on either side.
const TAIL: f64 = 0.001;
/// The fewest bins that the middle half of the values is spread over.
const MIDDLE: f64 = 4.0;
/// A value that so small a share of the paths have in common, and no fewer than ten, is told.
const SHARED: f64 = 0.001;
const LEAST_SHARED: f64 = 10.0;
/// The same where paths are weighted: a single one may weigh up to a fiftieth of all.
const SHARED_WEIGHT: f64 = 0.05;
/// The most whole numbers that get a bin each.
const MOST_WHOLE: f64 = 200.0;

/// The distributions of all recorded series of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Distributions {
    /// [`SCHEMA`].
    pub schema: String,
    /// The fingerprint of the run, as in its summary.
    pub fingerprint: String,
    /// How many paths. Those of a run that is conditioned on a record count by their weights, which come to as many.
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
    /// Whether `low` and `width` are of the values' natural logarithms.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub logarithmic: bool,
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
    /// On how many paths it is plus infinity, above all numbers: the year never comes.
    pub never: u64,
    /// On how many paths it is minus infinity, below all numbers.
    #[serde(default, skip_serializing_if = "is_none")]
    pub minus_infinite: u64,
    /// Whether all values are whole numbers; each then stands in the middle of its bin.
    pub whole: bool,
    /// Values that many paths share, and how many these are, in rising order: a floor, a cap. They are in the bins too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<(f64, u64)>,
}

/// The distributions of a run, the fingerprint of which is still to be filled in.
///
/// # Panics
///
/// When the labels are of another model than the ensemble.
pub fn distributions(labels: &Labels, ensemble: &Ensemble) -> Distributions {
    let variables = labels.variables.par_iter().map(|label| {
        let first = label.first_series as usize;
        let years = (label.last_year - label.first_year) as usize + 1;
        let tallies = &ensemble.series[first..first + years];
        (label.name.clone(), tallies.par_iter().map(Histogram::of).collect())
    });
    let metrics = labels.metrics.par_iter();
    let metrics =
        metrics.map(|label| (label.name.clone(), Histogram::of(&ensemble.series[label.series as usize])));
    Distributions {
        schema: SCHEMA.to_owned(),
        fingerprint: String::new(),
        paths: ensemble.paths,
        variables: variables.collect(),
        metrics: metrics.collect(),
    }
}

/// The same of the weights of a run of so many paths, as whole numbers: these are scaled so that all come to as many as there
/// are paths.
///
/// # Panics
///
/// As [`distributions`].
pub fn of_weights(labels: &Labels, weights: &Ensemble, paths: u64) -> Distributions {
    let mut found = distributions(labels, weights);
    let histograms = found.variables.values_mut().flatten().chain(found.metrics.values_mut());
    histograms.for_each(|histogram| histogram.scale(weights.paths, paths));
    Distributions { paths, ..found }
}

impl Histogram {
    /// Makes counts of so many as if they were of another number.
    fn scale(&mut self, from: u64, to: u64) {
        let (from, to) = (u128::from(from.max(1)), u128::from(to));
        let scaled = |count: u64| ((u128::from(count) * to + from / 2) / from) as u64;
        let mut before = 0;
        let ends = [&mut self.above, &mut self.never];
        // Rounded sums, so that what is rounded does not add up.
        for part in
            [&mut self.minus_infinite, &mut self.below].into_iter().chain(&mut self.counts).chain(ends)
        {
            let after = before + *part;
            *part = scaled(after) - scaled(before);
            before = after;
        }
        self.shared.iter_mut().for_each(|(_, count)| *count = scaled(*count));
        self.shared.retain(|(_, count)| *count as f64 >= SHARED_WEIGHT * to as f64);
    }

    /// The histogram of a tally; one without counts where it has no finite value.
    pub fn of(tally: &Tally) -> Self {
        let (never, minus_infinite) = (tally.never, tally.minus_infinite);
        let (Some(minimum), Some(maximum)) = (tally.min(), tally.max()) else {
            return Self { never, minus_infinite, ..Self::default() };
        };
        let whole = tally.is_whole() && maximum - minimum <= MOST_WHOLE;
        let mut histogram = Self { minimum, maximum, never, minus_infinite, whole, ..Self::default() };
        let bins = if whole {
            (histogram.low, histogram.width) = (minimum - 0.5, 1.0);
            (maximum - minimum) as usize + 1
        } else {
            histogram.measure(tally);
            if histogram.width > 0.0 { BINS } else { 1 }
        };
        if bins == BINS {
            let total = (tally.finite + never + minus_infinite) as f64;
            histogram.shared = tally.shared(max((SHARED * total).ceil(), LEAST_SHARED) as u64);
        }
        histogram.counts = vec![0; bins];
        let counted = std::cell::RefCell::new(histogram);
        tally
            .visit(|range| counted.borrow_mut().add_range(range), |cell| counted.borrow_mut().add_cell(cell));
        counted.into_inner()
    }

    /// Counts values within a range if all of it lies in one bin; says whether it does.
    fn add_range(&mut self, range: ValueCell) -> bool {
        if self.whole {
            return false;
        }
        let (from, to) = (self.place(range.low), self.place(range.high));
        let one = from.floor() == to.floor() && to < self.counts.len() as f64;
        if one {
            self.add(range.low, range.count);
        }
        one
    }

    /// Finds where the bins lie.
    fn measure(&mut self, tally: &Tally) {
        let at = |level: f64, other: f64| tally.quantile(level).filter(|x| x.is_finite()).unwrap_or(other);
        let (low, high) = (at(TAIL, self.minimum), at(1.0 - TAIL, self.maximum));
        let (quarter, three) = (at(0.25, low), at(0.75, high));
        let widest = (three - quarter) / MIDDLE;
        (self.low, self.width) = (low, (high - low) / BINS as f64);
        if widest <= 0.0 || self.width <= widest {
            return;
        }
        if low > 0.0 {
            (self.low, self.width, self.logarithmic) = (ln(low), (ln(high) - ln(low)) / BINS as f64, true);
        } else {
            let reach = widest * BINS as f64 / 2.0;
            self.low = max(low, quarter - reach);
            self.width = (min(high, three + reach) - self.low) / BINS as f64;
        }
    }

    /// Where a value lies, counted in bins.
    fn place(&self, value: f64) -> f64 {
        match (self.logarithmic, self.width > 0.0) {
            (_, false) => 0.0,
            (true, _) if value <= 0.0 => -1.0,
            (true, _) => (ln(value) - self.low) / self.width,
            (false, _) => (value - self.low) / self.width,
        }
    }

    /// The value where a bin begins.
    pub fn edge(&self, bin: usize) -> f64 {
        let edge = self.low + self.width * bin as f64;
        if self.logarithmic { exp(edge) } else { edge }
    }

    /// Counts a bin of the tally. It is mostly far finer and goes where its middle lies; one that spans several is
    /// parted as if its values lay evenly in it, or their logarithms did.
    fn add_cell(&mut self, cell: ValueCell) {
        let ValueCell { low: from, high: to, count } = cell;
        if self.whole || self.is_narrow(from, to) {
            return self.add(cell.middle(), count);
        }
        let (first, last) = (self.place(from).floor(), self.place(to).floor());
        if last <= first + 1.0 {
            return self.add(cell.middle(), count);
        }
        let mut left = count;
        for bin in max(first, -1.0) as i64..self.counts.len() as i64 {
            let end = self.edge((bin + 1) as usize);
            let share = if self.logarithmic {
                share_above(ln(from), ln(to), ln(end))
            } else {
                share_above(from, to, end)
            };
            let beyond = (share * count as f64).round() as u64;
            let here = left.saturating_sub(beyond);
            *(if bin < 0 { &mut self.below } else { &mut self.counts[bin as usize] }) += here;
            left -= here;
        }
        self.above += left;
    }

    /// Whether a bin of the tally is surely narrower than one of these: seen without a division or a logarithm, which
    /// is never more than how much its argument is above one.
    fn is_narrow(&self, from: f64, to: f64) -> bool {
        const SURELY: f64 = 0.999;
        to - from < SURELY * self.width * if self.logarithmic { from } else { 1.0 }
    }

    fn add(&mut self, value: f64, count: u64) {
        match self.part_of(value) {
            0 => self.below += count,
            part if part <= self.counts.len() => self.counts[part - 1] += count,
            _ => self.above += count,
        }
    }

    /// The part that a value falls in: 0 below the bins, then the bins, and one more above them.
    pub fn part_of(&self, value: f64) -> usize {
        let place = self.place(value);
        if place < 0.0 {
            0
        } else if place < self.counts.len() as f64 {
            place as usize + 1
        } else if place == self.counts.len() as f64 {
            // The upper edge belongs to the last bin.
            self.counts.len()
        } else {
            self.counts.len() + 1
        }
    }

    /// How many values it counts, the infinite among them; what is not a number is not.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum::<u64>() + self.below + self.above + self.never + self.minus_infinite
    }

    /// The share of all paths on which the value is at least `x`, as if a bin's values lay evenly in it; the
    /// year that never comes is later than every year.
    pub fn at_least(&self, x: f64) -> f64 {
        let total = self.total();
        if total == 0 {
            return f64::NAN;
        }
        let (low, high) = (self.edge(0), self.edge(self.counts.len()));
        let bins: f64 =
            (0..self.counts.len()).map(|bin| self.counts[bin] as f64 * self.above_in(bin, x)).sum();
        let below = self.below as f64 * share_above(self.minimum, low, x);
        let above = self.above as f64 * share_above(high, self.maximum, x);
        (bins + below + above + self.never as f64) / total as f64
    }

    /// The share of a bin's values that are at least `x`.
    fn above_in(&self, bin: usize, x: f64) -> f64 {
        let from = self.edge(bin);
        if self.whole {
            return f64::from(u8::from(from + 0.5 >= x));
        }
        share_above(from, self.edge(bin + 1), x)
    }

    /// Points of the density curve, value and density (the area is the share of the paths in the bins): counts
    /// smoothed by a binomial kernel of some two bins' standard deviation; on a logarithmic axis the density of the
    /// natural logarithm, of values above zero.
    pub fn density(&self, logarithmic: bool) -> Vec<(f64, f64)> {
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
        let middle = |at: usize| {
            let middle = self.low + self.width * (at as f64 - room as f64 + 0.5);
            if self.logarithmic { exp(middle) } else { middle }
        };
        let points = counts.iter().enumerate().map(|(at, count)| (middle(at), count / (total * self.width)));
        match (logarithmic, self.logarithmic) {
            (true, false) => points.filter(|(x, _)| *x > 0.0).map(|(x, d)| (x, d * x)).collect(),
            (false, true) => points.map(|(x, d)| (x, d / x)).collect(),
            _ => points.collect(),
        }
    }

    /// Whether an axis that shows all of these is logarithmic: one has such bins, and nothing lies at or below zero.
    pub fn are_logarithmic<'a>(mut all: impl Iterator<Item = &'a Self> + Clone) -> bool {
        all.clone().any(|each| each.logarithmic) && all.all(|each| each.minimum > 0.0)
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

#[allow(clippy::trivially_copy_pass_by_ref, reason = "what serde hands over")]
fn is_none(count: &u64) -> bool {
    *count == 0
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
    use crate::ensemble::SeriesScale;

    fn tally(values: &[f64]) -> Tally {
        let mut tally = Tally::new(SeriesScale::from_pilot(values));
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
    fn a_floor_is_told_with_the_paths_that_share_it() {
        let values: Vec<f64> = (0..10_000).map(|k| max(f64::from(k) / 10_000.0, 0.7)).collect();
        let histogram = Histogram::of(&tally(&values));
        assert_eq!((histogram.shared.as_slice(), histogram.total()), (&[(0.7, 7001)][..], 10_000));
        let few = Histogram::of(&tally(&[1.5, 1.5, 2.5, 3.25]));
        assert!(few.shared.is_empty(), "{few:?}");
    }

    #[test]
    fn weights_come_to_as_many_as_there_are_paths() {
        let mut values: Vec<f64> = (0..10_000).map(|k| max(f64::from(k) / 10_000.0, 0.7)).collect();
        values.extend(std::iter::repeat_n(f64::INFINITY, 3000));
        let whole = Histogram::of(&tally(&values));
        let mut histogram = whole.clone();
        histogram.scale(13_000, 1300);
        assert_eq!((histogram.total(), histogram.never), (1300, 300));
        assert_eq!(histogram.shared, [(0.7, 700)]);
        let exact = whole.counts.iter().map(|count| *count as f64 / 10.0);
        assert!(histogram.counts.iter().zip(exact).all(|(count, exact)| (*count as f64 - exact).abs() < 1.0));
    }

    #[test]
    fn a_constant_is_one_bin_without_a_density() {
        let histogram = Histogram::of(&tally(&[7.25; 10]));
        assert_eq!((histogram.counts.as_slice(), histogram.density(false).len()), (&[10][..], 0));
        assert_eq!([7.0, 7.25, 7.5].map(|x| histogram.at_least(x)), [1.0, 1.0, 0.0]);
    }

    /// exp(σz) of evenly spread z.
    fn lognormal(sigma: f64) -> Vec<f64> {
        let z = |k: i32| crate::num::normal::quantile((f64::from(k) + 0.5) / 20_000.0);
        (0..20_000).map(|k| exp(sigma * z(k))).collect()
    }

    #[test]
    fn a_long_tail_gets_logarithmic_bins_that_show_its_middle() {
        assert!(!Histogram::of(&tally(&lognormal(0.5))).logarithmic);
        let histogram = Histogram::of(&tally(&lognormal(3.0)));
        assert!(histogram.logarithmic && histogram.total() == 20_000, "{histogram:?}");
        // P(exp(3z) ≥ x) at the quantiles of z.
        for (z, share) in [(-0.674_49, 0.75), (0.0, 0.5), (0.674_49, 0.25), (1.644_854, 0.05)] {
            let found = histogram.at_least(exp(3.0 * z));
            assert!((found - share).abs() < 2e-3, "{z}: {found}");
        }
        // The density of ln x is normal with standard deviation 3: at its peak 1 / (3 √(2π)).
        let peak = histogram.density(histogram.logarithmic).iter().map(|point| point.1).fold(0.0, max);
        assert!((peak / 0.132_98 - 1.0).abs() < 0.05, "{peak}");
    }

    #[test]
    fn long_tails_on_both_sides_of_zero_are_cut_and_counted() {
        let mut values = lognormal(3.0);
        values.extend(lognormal(3.0).iter().map(|x| -x));
        let histogram = Histogram::of(&tally(&values));
        assert!(!histogram.logarithmic && histogram.below > 0 && histogram.above > 0, "{histogram:?}");
        assert_eq!(histogram.total(), 40_000);
        let middle = |x: f64| ((x - histogram.low) / histogram.width) as usize;
        assert!(middle(1.0) >= middle(-1.0) + 2, "{histogram:?}");
        assert!((histogram.at_least(0.0) - 0.5).abs() < 0.01);
    }

    #[test]
    fn a_density_has_the_area_of_its_bins() {
        let values: Vec<f64> = (0..5_000).map(|k| (f64::from(k) * 0.618_034) % 1.0).collect();
        let histogram = Histogram::of(&tally(&values));
        let area: f64 = histogram
            .density(histogram.logarithmic)
            .iter()
            .map(|(_, density)| density * histogram.width)
            .sum();
        assert!((area - 0.998).abs() < 1e-3, "{area}");
    }
}
