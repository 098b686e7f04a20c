//! A forecast distribution as knots of its distribution function, straight lines between them: read from the histogram
//! of a stored run or from the values of simulated paths, and scored against an outcome.

use crate::num::normal::{cdf as normal_cdf, density as normal_density, quantile as normal_quantile};
use crate::num::{exp, ln, max, min};
use crate::result::distribution::Histogram;

/// So many of the paths at one value are a probability.
const LEAST_MASS: f64 = 0.001;

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

/// Why a forecast has no density at an outcome, and so no log score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoDensity {
    /// It lies outside every path, or at their end.
    Outside,
    /// It is a value that many paths share, as of whole numbers, or lies between such: there is a probability, and no density.
    Shared,
}

impl Forecast {
    /// Of a stored histogram, and of quantiles that are known exactly (level and value, by level). `None` where no path has
    /// a finite value. What is infinite lies below the first knot or above the last.
    pub fn of_histogram(histogram: &Histogram, quantiles: &[(f64, f64)]) -> Option<Self> {
        let total = histogram.total() as f64;
        if histogram.counts.is_empty() || total == 0.0 {
            return None;
        }
        let mut knots = Vec::with_capacity(histogram.counts.len() + quantiles.len() + 3);
        let mut below = histogram.minus_infinite as f64;
        if histogram.whole || histogram.width <= 0.0 {
            for (bin, count) in histogram.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let value = if histogram.whole { histogram.edge(bin) + 0.5 } else { histogram.minimum };
                knots.push(Knot { value, level: below / total });
                below += *count as f64;
                knots.push(Knot { value, level: below / total });
            }
            return Some(Self { knots });
        }
        let counts = [histogram.below].into_iter().chain(histogram.counts.iter().copied());
        for (part, count) in counts.chain([histogram.above]).enumerate() {
            push_part(histogram, part, (below / total, count as f64 / total), &mut knots);
            below += count as f64;
        }
        knots.push(Knot { value: histogram.maximum, level: below / total });
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
            return level(0);
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
        if outcome < first.value && first.level <= 0.0 {
            Some(Outside::Below)
        } else if outcome > last.value && last.level >= 1.0 {
            Some(Outside::Above)
        } else {
            None
        }
    }

    /// The share of the paths on which it is minus infinity, and that on which it is plus infinity.
    pub fn infinite(&self) -> [f64; 2] {
        [self.knots[0].level, 1.0 - self.knots[self.knots.len() - 1].level]
    }

    /// The value at a level between 0 and 1.
    pub fn quantile(&self, level: f64) -> f64 {
        let after = self.knots.partition_point(|knot| knot.level < level);
        let last = self.knots.len() - 1;
        let [below, above] = self.infinite();
        if below > 0.0 && level <= below {
            return f64::NEG_INFINITY;
        }
        if above > 0.0 && after > last {
            return f64::INFINITY;
        }
        if after == 0 {
            return self.knots[0].value;
        }
        if after > last {
            return self.knots[last].value;
        }
        let (a, b) = (self.knots[after - 1], self.knots[after]);
        a.value + (b.value - a.value) * (level - a.level) / (b.level - a.level)
    }

    /// The continuous ranked probability score: ∫ (F(x) − 1{x ≥ outcome})² dx, exactly for this distribution function. It is
    /// infinite where the forecast is so on some paths.
    pub fn crps(&self, outcome: f64) -> f64 {
        if self.infinite() != [0.0; 2] {
            return f64::INFINITY;
        }
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
    /// kernel of a width of a quarter; values that many paths share have no part in it. It is exact for a normal forecast.
    ///
    /// # Errors
    /// Why there is no density: see [`NoDensity`].
    pub fn log_score(&self, outcome: f64) -> Result<f64, NoDensity> {
        let level = self.pit(outcome);
        if self.mass(outcome) >= LEAST_MASS {
            return Err(NoDensity::Shared);
        }
        if level <= 0.0 || level >= 1.0 || self.outside(outcome).is_some() {
            return Err(NoDensity::Outside);
        }
        let z = normal_quantile(level);
        let inner = self.knots.iter().filter(|knot| knot.level > 0.0 && knot.level < 1.0);
        let points: Vec<(f64, f64)> = inner.map(|knot| (normal_quantile(knot.level), knot.value)).collect();
        let (mut rise, mut weight) = (0.0, 0.0);
        for pair in points.windows(2) {
            let ((z0, x0), (z1, x1)) = (pair[0], pair[1]);
            if z1 > z0 && x1 > x0 {
                let share = normal_cdf((z1 - z) / BANDWIDTH) - normal_cdf((z0 - z) / BANDWIDTH);
                rise += share * (x1 - x0) / (z1 - z0);
                weight += share;
            }
        }
        let slope = rise / weight;
        if weight <= 0.0 || slope <= 0.0 {
            return Err(NoDensity::Shared);
        }
        Ok(ln(slope) - ln(normal_density(z)))
    }

    /// The share of the paths that have this very value.
    fn mass(&self, outcome: f64) -> f64 {
        let below = self.knots.partition_point(|knot| knot.value < outcome);
        let upto = self.knots.partition_point(|knot| knot.value <= outcome);
        if upto > below { self.knots[upto - 1].level - self.knots[below].level } else { 0.0 }
    }
}

/// The knots of a part of a histogram: 0 below its bins, then the bins, and one more above them. `before` is the share of the
/// paths below the part and `share` that of the part: values that many paths share are steps, and all others lie evenly.
fn push_part(histogram: &Histogram, part: usize, (before, share): (f64, f64), knots: &mut Vec<Knot>) {
    let within = |value: f64| min(max(value, histogram.minimum), histogram.maximum);
    let from = if part == 0 { histogram.minimum } else { within(histogram.edge(part - 1)) };
    let to = if part > histogram.counts.len() { histogram.maximum } else { within(histogram.edge(part)) };
    let total = histogram.total() as f64;
    let shared = histogram.shared.iter().filter(|(value, _)| histogram.part_of(*value) == part);
    let steps: Vec<(f64, f64)> = shared.map(|(value, count)| (*value, *count as f64 / total)).collect();
    let rest = max(share - steps.iter().map(|step| step.1).sum::<f64>(), 0.0);
    knots.push(Knot { value: from, level: before });
    let mut reached = before;
    for (value, mass) in steps {
        let place = if to > from { min(max((value - from) / (to - from), 0.0), 1.0) } else { 0.0 };
        let level = min(reached + rest * place, before + share);
        knots.push(Knot { value, level });
        knots.push(Knot { value, level: min(level + mass, before + share) });
        reached += mass;
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
        assert_eq!((forecast.log_score(5.0), forecast.outside(4.0)), (Err(NoDensity::Outside), None));
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
        assert_eq!([2028.0, 2029.0, 2030.0].map(|x| forecast.log_score(x)), [Err(NoDensity::Shared); 3]);
    }

    /// A histogram of 20 000 values that lie evenly between 0 and 1 before `shape` is applied.
    fn of_uniform(shape: impl Fn(f64) -> f64) -> Forecast {
        use crate::ensemble::{SeriesScale, Tally};
        let values: Vec<f64> =
            (0..20_000).map(|k| shape((f64::from(k * 7919 % 20_000) + 0.5) / 2e4)).collect();
        let mut tally = Tally::new(SeriesScale::from_pilot(&values[..1024]));
        for (block, values) in values.chunks(256).enumerate() {
            tally.add_column(256 * block as u64, values);
        }
        Forecast::of_histogram(&Histogram::of(&tally), &[]).unwrap()
    }

    #[test]
    fn an_outcome_on_a_value_that_many_share_takes_half_of_them_and_has_no_density() {
        let floor = of_uniform(|u| max(u, 0.7));
        assert!((floor.pit(0.7) - 0.35).abs() < 1e-3 && (floor.pit(0.85) - 0.85).abs() < 2e-3);
        assert_eq!(floor.log_score(0.7), Err(NoDensity::Shared));
        // The density above the floor is that of the uniform: 1.
        assert!(floor.log_score(0.85).unwrap().abs() < 0.1, "{:?}", floor.log_score(0.85));
        let cap = of_uniform(|u| min(u, 0.5));
        assert!((cap.pit(0.5) - 0.75).abs() < 1e-3 && (cap.pit(0.25) - 0.25).abs() < 2e-3);
        let inside = of_uniform(|u| {
            if u < 0.3 {
                1.0
            } else if u < 0.6 {
                2.5
            } else {
                3.0 + u
            }
        });
        assert!((inside.pit(1.0) - 0.15).abs() < 1e-3 && (inside.pit(2.5) - 0.45).abs() < 1e-3);
        // ∫ (F − 1{x ≥ ½})² of min(u, ½): ∫₀^½ u² du.
        assert!((cap.crps(0.5) - 1.0 / 24.0).abs() < 1e-4, "{}", cap.crps(0.5));
    }

    #[test]
    fn what_is_infinite_on_some_paths_has_infinite_quantiles_and_score() {
        let above = of_uniform(|u| if u < 0.3 { f64::INFINITY } else { u });
        // Of the finite values, evenly between 0.3 and 1, 2/7 lie below 0.5: a fifth of all.
        assert!((above.pit(0.5) - 0.2).abs() < 2e-3 && (above.pit(2.0) - 0.7).abs() < 1e-9);
        assert_eq!(
            (above.quantile(0.9), above.crps(0.5), above.outside(2.0)),
            (f64::INFINITY, f64::INFINITY, None)
        );
        assert!((above.quantile(0.35) - 0.65).abs() < 2e-3 && above.quantile(0.1).is_finite());
        let below = of_uniform(|u| if u < 0.3 { f64::NEG_INFINITY } else { u });
        assert!((below.pit(0.5) - 0.5).abs() < 2e-3 && (below.pit(0.1) - 0.3).abs() < 1e-9);
        assert_eq!((below.quantile(0.1), below.outside(0.1)), (f64::NEG_INFINITY, None));
    }
}
