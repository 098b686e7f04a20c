//! What the statistics of a series are read from, by the same definitions: plain paths, each of which counts as one, or
//! the weighted paths of a conditioned run.

use crate::ensemble::weighted::{ONE, WeightedCell, WeightedTally};
use crate::ensemble::{Tally, ValueKinds};

/// The counts of a series.
pub trait SeriesCounts {
    /// The values in order, each counted as often as its path counts.
    fn counts(&self) -> &Tally;

    /// How many paths have a value of each kind.
    fn paths(&self) -> ValueKinds;

    /// The standard deviation, corrected for the number of paths; `None` where some values are not finite, or it is not.
    fn sd(&self) -> Option<f64>;

    /// The standard error of the mean.
    fn standard_error(&self) -> Option<f64>;

    /// The standard error of the quantile at a level.
    fn quantile_error(&self, level: f64) -> Option<f64>;

    /// By what a variance of all ordered values is multiplied to be that which the paths are a sample of; `None` where these
    /// are no more than one.
    fn variance_correction(&self) -> Option<f64>;

    /// At most what share of the sum of squares about the mean a single path has whose value lies so far from it.
    fn carried(&self, distance: f64) -> f64;

    /// What paths add to the average of a function of their values, and how many there are of each: of plain paths the
    /// function, of weighted ones its distance from the average times the weight. The standard error of the average is their
    /// standard deviation over the root of their number. Where `with_never`, the values that are plus infinity are among them.
    fn terms(&self, with_never: bool, of: &dyn Fn(f64) -> f64) -> Vec<(f64, u64)>;
}

impl SeriesCounts for Tally {
    fn counts(&self) -> &Tally {
        self
    }

    fn paths(&self) -> ValueKinds {
        self.kinds()
    }

    fn sd(&self) -> Option<f64> {
        Self::sd(self).filter(|sd| sd.is_finite())
    }

    fn standard_error(&self) -> Option<f64> {
        SeriesCounts::sd(self).map(|sd| sd / (self.count() as f64).sqrt())
    }

    fn quantile_error(&self, level: f64) -> Option<f64> {
        Self::quantile_error(self, level)
    }

    fn variance_correction(&self) -> Option<f64> {
        let n = self.ordered() as f64;
        (n > 1.0).then(|| n / (n - 1.0))
    }

    fn carried(&self, distance: f64) -> f64 {
        let distance = SeriesCounts::sd(self).map_or(f64::NAN, |sd| distance / sd);
        distance * distance / self.finite as f64
    }

    fn terms(&self, with_never: bool, of: &dyn Fn(f64) -> f64) -> Vec<(f64, u64)> {
        let mut terms: Vec<(f64, u64)> = self.cells().map(|cell| (of(cell.middle()), cell.count)).collect();
        terms.extend((with_never && self.never > 0).then(|| (of(f64::INFINITY), self.never)));
        terms
    }
}

impl SeriesCounts for WeightedTally {
    fn counts(&self) -> &Tally {
        Self::counts(self)
    }

    fn paths(&self) -> ValueKinds {
        Self::paths(self)
    }

    fn sd(&self) -> Option<f64> {
        Self::sd(self)
    }

    fn standard_error(&self) -> Option<f64> {
        self.mean_error()
    }

    fn quantile_error(&self, level: f64) -> Option<f64> {
        Self::quantile_error(self, level)
    }

    fn variance_correction(&self) -> Option<f64> {
        let effective = self.effective_ordered();
        (self.paths().ordered() > 1 && effective > 1.0).then(|| 1.0 / (1.0 - 1.0 / effective))
    }

    fn carried(&self, distance: f64) -> f64 {
        let error = self.mean_error().unwrap_or(f64::NAN);
        let part = distance / error * (self.largest_weight() / self.weight());
        part * part
    }

    fn terms(&self, with_never: bool, of: &dyn Fn(f64) -> f64) -> Vec<(f64, u64)> {
        struct Group {
            value: f64,
            weight: f64,
            typical: f64,
            paths: u64,
        }
        let group = |value: f64, weights: [u64; 2]| {
            let cell = WeightedCell { low: value, high: value, weights };
            let (typical, paths) = (cell.typical_weight(), cell.effective_paths());
            Group { value: of(value), weight: weights[0] as f64, typical, paths }
        };
        let mut groups: Vec<Group> = self.cells().map(|cell| group(cell.middle(), cell.weights)).collect();
        let [_, never, _] = self.infinite_weights();
        groups.extend((with_never && never[0] > 0).then(|| group(f64::INFINITY, never)));
        let weight: f64 = groups.iter().map(|group| group.weight).sum();
        let average = groups.iter().map(|group| group.weight * group.value).sum::<f64>() / weight;
        let paths: u64 = groups.iter().map(|group| group.paths).sum();
        // Weights in parts of the mean weight.
        let scale = paths as f64 / (weight / f64::from(ONE));
        groups.iter().map(|group| (group.typical * scale * (group.value - average), group.paths)).collect()
    }
}
