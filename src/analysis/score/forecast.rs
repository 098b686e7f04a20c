//! A forecast distribution as knots of its distribution function, straight lines between them: read from the histogram
//! of a stored run or from the values of simulated paths, and scored against an outcome.

use crate::num::normal::{cdf as normal_cdf, density as normal_density, quantile as normal_quantile};
use crate::num::{exp, ln, max, min};
use crate::result::distribution::Histogram;

/// The width of the kernel of the density, in standard normal scores.
const BANDWIDTH: f64 = 0.25;

/// A value and the share of the paths up to it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Knot {
    value: f64,
    level: f64,
}

/// A forecast distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Rising in both; two of the same value hold the mass that lies on it.
    knots: Vec<Knot>,
}

/// Where an outcome lies outside all paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outside {
    /// Below every path.
    Below,
    /// Above every path.
    Above,
}

impl Forecast {
    /// Of a stored histogram, and of quantiles that are known exactly (level and value, by level). `None` where no path has
    /// a finite value.
    pub fn of_histogram(histogram: &Histogram, quantiles: &[(f64, f64)]) -> Option<Self> {
        let total = histogram.total() as f64;
        if histogram.counts.is_empty() || total == 0.0 {
            return None;
        }
        let mut knots = Vec::with_capacity(histogram.counts.len() + quantiles.len() + 3);
        let mut below = histogram.below as f64;
        if histogram.whole || histogram.width <= 0.0 {
            for (bin, count) in histogram.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let value = if histogram.whole { histogram.edge(bin) + 0.5 } else { histogram.minimum };
                knots.push(Knot { value, level: below / total });
                below += *count as f64;
                knots.push(Knot { value, level: below / total });
            }
            return Some(Self { knots });
        }
        knots.push(Knot { value: histogram.minimum, level: 0.0 });
        for (bin, count) in histogram.counts.iter().enumerate() {
            knots.push(Knot { value: max(histogram.edge(bin), histogram.minimum), level: below / total });
            below += *count as f64;
        }
        let end = min(histogram.edge(histogram.counts.len()), histogram.maximum);
        knots.push(Knot { value: end, level: below / total });
        knots.push(Knot { value: histogram.maximum, level: 1.0 - histogram.share_never() });
        // Within its bin a quantile says more than a straight line; the counts of a bin's edges stay.
        knots.extend(quantiles.iter().map(|&(level, value)| Knot { value, level }));
        knots.sort_by(|a, b| a.value.total_cmp(&b.value).then(a.level.total_cmp(&b.level)));
        let mut reached = 0.0;
        for knot in &mut knots {
            reached = max(reached, knot.level);
            knot.level = reached;
        }
        Some(Self { knots })
    }

    /// Of the values of paths, in rising order: the value of rank k of n stands at the level (k − ½) / n. `None` of none.
    pub fn of_paths(sorted: &[f64]) -> Option<Self> {
        let n = sorted.len() as f64;
        let (first, last) = (*sorted.first()?, *sorted.last()?);
        let middle = |(rank, value): (usize, &f64)| Knot { value: *value, level: (rank as f64 + 0.5) / n };
        let mut knots = vec![Knot { value: first, level: 0.0 }];
        knots.extend(sorted.iter().enumerate().map(middle));
        knots.push(Knot { value: last, level: 1.0 });
        Some(Self { knots })
    }

    /// The probability integral transform: the share of the paths below the outcome, and half of those equal to it.
    pub fn pit(&self, outcome: f64) -> f64 {
        let below = self.knots.partition_point(|knot| knot.value < outcome);
        let upto = self.knots.partition_point(|knot| knot.value <= outcome);
        let level = |at: usize| self.knots[at].level;
        if upto > below {
            return f64::midpoint(level(below), level(upto - 1));
        }
        if below == 0 {
            return 0.0;
        }
        if below == self.knots.len() {
            return level(below - 1);
        }
        let (a, b) = (self.knots[below - 1], self.knots[below]);
        a.level + (b.level - a.level) * (outcome - a.value) / (b.value - a.value)
    }

    /// Whether no path goes as far as the outcome.
    pub fn outside(&self, outcome: f64) -> Option<Outside> {
        let (first, last) = (self.knots.first()?, self.knots.last()?);
        if outcome < first.value {
            Some(Outside::Below)
        } else if outcome > last.value {
            Some(Outside::Above)
        } else {
            None
        }
    }

    /// The value at a level between 0 and 1.
    pub fn quantile(&self, level: f64) -> f64 {
        let after = self.knots.partition_point(|knot| knot.level < level);
        let last = self.knots.len() - 1;
        if after == 0 {
            return self.knots[0].value;
        }
        if after > last {
            return self.knots[last].value;
        }
        let (a, b) = (self.knots[after - 1], self.knots[after]);
        a.value + (b.value - a.value) * (level - a.level) / (b.level - a.level)
    }

    /// The continuous ranked probability score: ∫ (F(x) − 1{x ≥ outcome})² dx, exactly for this distribution function.
    pub fn crps(&self, outcome: f64) -> f64 {
        let square = |from: f64, to: f64, a: f64, b: f64| (to - from) * (a * a + a * b + b * b) / 3.0;
        let mut sum = 0.0;
        for pair in self.knots.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if b.value <= a.value {
                continue;
            }
            if b.value <= outcome {
                sum += square(a.value, b.value, a.level, b.level);
            } else if a.value >= outcome {
                sum += square(a.value, b.value, 1.0 - a.level, 1.0 - b.level);
            } else {
                let middle = a.level + (b.level - a.level) * (outcome - a.value) / (b.value - a.value);
                sum += square(a.value, outcome, a.level, middle);
                sum += square(outcome, b.value, 1.0 - middle, 1.0 - b.level);
            }
        }
        let (first, last) = (self.knots[0].value, self.knots[self.knots.len() - 1].value);
        sum + max(first - outcome, 0.0) + max(outcome - last, 0.0)
    }

    /// Minus the logarithm of the density at the outcome. The density is that of a kernel on the scale of standard normal
    /// scores: with Q(z) the value at the level Φ(z), f = φ(z) / Q′(z), and Q′ the mean slope of Q around z by a normal
    /// kernel of a width of a quarter. It is exact for a normal forecast. `None` outside all paths, and where all mass lies
    /// on single values.
    pub fn log_score(&self, outcome: f64) -> Option<f64> {
        let level = self.pit(outcome);
        if level <= 0.0 || level >= 1.0 || self.outside(outcome).is_some() {
            return None;
        }
        let z = normal_quantile(level);
        let inner = self.knots.iter().filter(|knot| knot.level > 0.0 && knot.level < 1.0);
        let points: Vec<(f64, f64)> = inner.map(|knot| (normal_quantile(knot.level), knot.value)).collect();
        let (mut rise, mut weight) = (0.0, 0.0);
        for pair in points.windows(2) {
            let ((z0, x0), (z1, x1)) = (pair[0], pair[1]);
            if z1 > z0 {
                let share = normal_cdf((z1 - z) / BANDWIDTH) - normal_cdf((z0 - z) / BANDWIDTH);
                rise += share * (x1 - x0) / (z1 - z0);
                weight += share;
            }
        }
        let slope = rise / weight;
        (weight > 0.0 && slope > 0.0).then(|| ln(slope) - ln(normal_density(z)))
    }
}

/// The density that a log score stands for.
pub fn density_of(log_score: f64) -> f64 {
    exp(-log_score)
}

#[cfg(test)]
mod tests {
    use super::super::rules::{crps_ensemble, crps_normal};
    use super::*;

    /// Values evenly over the levels of a normal.
    fn normal(mean: f64, sd: f64, n: usize) -> Vec<f64> {
        (0..n).map(|k| mean + sd * normal_quantile((k as f64 + 0.5) / n as f64)).collect()
    }

    #[test]
    fn a_normal_forecast_has_the_scores_of_the_normal() {
        let forecast = Forecast::of_paths(&normal(8.0, 2.0, 20_000)).unwrap();
        for outcome in [3.0, 8.0, 9.0, 12.5] {
            let z = (outcome - 8.0) / 2.0;
            assert!((forecast.pit(outcome) - normal_cdf(z)).abs() < 1e-6);
            assert!((forecast.crps(outcome) - crps_normal(8.0, 2.0, outcome)).abs() < 1e-4, "{outcome}");
            let log = ln(2.0) - ln(normal_density(z));
            assert!((forecast.log_score(outcome).unwrap() - log).abs() < 1e-3, "{outcome}");
        }
        assert!((forecast.quantile(0.9) - (8.0 + 2.0 * 1.281_551_6)).abs() < 1e-3);
    }

    #[test]
    fn a_stored_histogram_has_the_scores_of_its_paths() {
        use crate::ensemble::{SeriesScale, Tally};
        let values: Vec<f64> = normal(0.0, 1.0, 50_000).iter().map(|z| exp(0.5 * z)).collect();
        let mut tally = Tally::new(SeriesScale::from_pilot(&values[..]));
        for (block, values) in values.chunks(256).enumerate() {
            tally.add_column(256 * block as u64, values);
        }
        let histogram = Histogram::of(&tally);
        let quantiles = [0.05, 0.5, 0.95].map(|p| (p, exp(0.5 * normal_quantile(p))));
        let forecast = Forecast::of_histogram(&histogram, &quantiles).unwrap();
        for z in [-1.5, -0.2, 0.9, 2.0] {
            let outcome = exp(0.5 * z);
            assert!((forecast.pit(outcome) - normal_cdf(z)).abs() < 3e-3, "{z}");
            let exact = crps_ensemble(&values, outcome);
            assert!((forecast.crps(outcome) / exact - 1.0).abs() < 3e-3, "{z}");
            // The density of a lognormal.
            let density = normal_density(z) / (0.5 * outcome);
            let found = density_of(forecast.log_score(outcome).unwrap());
            assert!((found / density - 1.0).abs() < 0.05, "{z}: {found} {density}");
        }
        assert_eq!(forecast.quantile(0.5), 1.0, "what is known exactly is kept");
    }

    #[test]
    fn an_outcome_outside_every_path_has_no_density() {
        let forecast = Forecast::of_paths(&[1.0, 2.0, 4.0]).unwrap();
        assert_eq!(
            (forecast.outside(5.0), forecast.outside(0.0)),
            (Some(Outside::Above), Some(Outside::Below))
        );
        assert_eq!((forecast.pit(5.0), forecast.pit(0.0)), (1.0, 0.0));
        assert_eq!((forecast.log_score(5.0), forecast.outside(4.0)), (None, None));
        assert!((forecast.crps(6.0) - (forecast.crps(4.0) + 2.0)).abs() < 1e-12);
    }

    #[test]
    fn whole_numbers_are_masses_and_an_outcome_on_one_takes_half_of_it() {
        use crate::ensemble::{SeriesScale, Tally};
        let values = [2028.0, 2030.0, 2030.0, 2031.0];
        let mut tally = Tally::new(SeriesScale::from_pilot(&values));
        tally.add_column(0, &values);
        let forecast = Forecast::of_histogram(&Histogram::of(&tally), &[]).unwrap();
        assert_eq!(
            [2027.0, 2028.0, 2029.0, 2030.0, 2032.0].map(|x| forecast.pit(x)),
            [0.0, 0.125, 0.25, 0.5, 1.0]
        );
        assert!((forecast.crps(2029.0) - crps_ensemble(&values, 2029.0)).abs() < 1e-12);
        assert_eq!(Forecast::of_paths(&[]), None);
    }
}
