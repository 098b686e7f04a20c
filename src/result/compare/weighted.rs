//! A comparison of scenarios whose paths weigh, as they do after a record.
//!
//! A path weighs differently in each scenario, so that it has no one difference. What lies between the scenarios is that of
//! their statistics. Their draws are the same: the errors of both depend on each other, and how much is seen from what
//! single paths add to each. With w the weights, a path adds w (x − mean) to the error of a mean, w (1{x ≤ q} − level) to that of
//! a quantile and w (1{met} − p) to that of a probability; the correlation ρ of these over the paths makes of both
//! standard errors a and b that of the difference, √(a² + b² − 2 ρ a b).

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{Common, Numbered, common, tell_apart};
use crate::engine::RecordedPaths;
use crate::model::labels::{Labels, MetricLabel, VariableLabel};
use crate::num::{max, min};
use crate::result::comparison::{
    Alternative, Comparison, Difference, MetricDifference, PercentOfMean, Statistics, TargetDifference,
    VariableDifference,
};
use crate::result::manifest::hex;
use crate::result::percent;
use crate::result::summary::{Estimate, MetricSummary, Probability, Summary, VariableSummary};

/// Consecutive paths of two scenarios with the weight of each; the reference first.
pub type PathsOfTwo<'a> = [(&'a RecordedPaths, &'a [f64]); 2];

/// A statistic of both, where both have it.
type Both = Option<[f64; 2]>;

/// What is held against each other of a series: its place in both, means and quantiles by level.
#[derive(Clone, Debug)]
struct HeldSeries {
    places: [u32; 2],
    means: Both,
    levels: Vec<(f64, Both)>,
}

/// Sums over paths of what each adds to the errors of a statistic in both: squares, and products of the two.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Products {
    squares: [f64; 2],
    both: f64,
}

impl Products {
    fn add(&mut self, [a, b]: [f64; 2]) {
        self.squares[0] += a * a;
        self.squares[1] += b * b;
        self.both += a * b;
    }

    fn merge(&mut self, other: &Self) {
        self.squares.iter_mut().zip(other.squares).for_each(|(mine, theirs)| *mine += theirs);
        self.both += other.both;
    }

    /// The correlation; 0 where the paths say nothing of it.
    fn correlation(self) -> f64 {
        let found = self.both / (self.squares[0].sqrt() * self.squares[1].sqrt());
        if self.squares[0] == self.squares[1] && self.both == self.squares[0] && self.both > 0.0 {
            1.0
        } else if found.is_finite() {
            found.clamp(-1.0, 1.0)
        } else {
            0.0
        }
    }
}

/// How the errors of an alternative depend on those of the reference: summed over paths, in parts that merge.
#[derive(Clone, Debug)]
pub struct JointErrors {
    series: Vec<HeldSeries>,
    /// By target: its place and probability in both.
    targets: Vec<[(u32, f64); 2]>,
    /// Of each series the mean and then the levels; then the targets.
    sums: Vec<Products>,
}

fn both(a: Option<f64>, b: Option<f64>) -> Both {
    a.zip(b).filter(|(a, b)| a.is_finite() && b.is_finite()).map(|(a, b)| [a, b])
}

impl JointErrors {
    /// Nothing is summed yet.
    pub fn new(labels: [&Labels; 2], summaries: [&Summary; 2]) -> Self {
        let common = common(labels[0], labels[1]);
        let [reference, alternative] = summaries;
        let mut series = Vec::new();
        for (ours, theirs) in &common.variables {
            let [a, b] = [&reference.variables[&ours.name], &alternative.variables[&theirs.name]];
            for year in 0..a.years.len() {
                let level = |level: &String| {
                    let value = both(a.quantile(level, year).value, b.quantile(level, year).value);
                    Some((level.parse().ok()?, value))
                };
                series.push(HeldSeries {
                    places: [ours.first_series, theirs.first_series].map(|first| first + year as u32),
                    means: both(a.mean_at(year).value, b.mean_at(year).value),
                    levels: a.quantiles.keys().filter_map(level).collect(),
                });
            }
        }
        for (ours, theirs) in &common.metrics {
            let [a, b] = [&reference.metrics[&ours.name], &alternative.metrics[&theirs.name]];
            let level = |level: &String| {
                Some((level.parse().ok()?, both(a.quantile(level).value, b.quantile(level).value)))
            };
            series.push(HeldSeries {
                places: [ours.series, theirs.series],
                means: both(a.mean().value, b.mean().value),
                levels: a.quantiles.keys().filter_map(level).collect(),
            });
        }
        let share = |summary: &Summary, name: &str| summary.targets[name].probability.probability;
        let target = |((a, ours), (b, theirs)): &(Numbered, Numbered)| {
            [(*a, share(reference, &ours.name)), (*b, share(alternative, &theirs.name))]
        };
        let targets: Vec<_> = common.targets.iter().map(target).collect();
        let count =
            series.iter().map(|held: &HeldSeries| 1 + held.levels.len()).sum::<usize>() + targets.len();
        Self { series, targets, sums: vec![Products::default(); count] }
    }

    /// The same with nothing summed.
    #[must_use]
    pub fn nothing(&self) -> Self {
        Self { sums: vec![Products::default(); self.sums.len()], ..self.clone() }
    }

    /// Adds paths.
    pub fn add(&mut self, paths: PathsOfTwo) {
        let mut sums = self.sums.iter_mut();
        let [(a, weights_a), (b, weights_b)] = paths;
        let weights = || weights_a.iter().zip(weights_b);
        let mut sum = |of: &mut dyn FnMut(usize) -> [f64; 2]| {
            let Some(sums) = sums.next() else { return };
            for (row, (u, v)) in weights().enumerate() {
                let [x, y] = of(row);
                // A path without weight adds nothing, whatever its value.
                sums.add([if *u > 0.0 { u * x } else { 0.0 }, if *v > 0.0 { v * y } else { 0.0 }]);
            }
        };
        for held in &self.series {
            let [x, y] = [a.series.column(held.places[0] as usize), b.series.column(held.places[1] as usize)];
            let mean = held.means.unwrap_or_default();
            sum(&mut |row| [x[row] - mean[0], y[row] - mean[1]]);
            for (level, value) in &held.levels {
                let value = value.unwrap_or_default();
                let of = |x: f64, at: f64| f64::from(u8::from(x <= at)) - level;
                sum(&mut |row| [of(x[row], value[0]), of(y[row], value[1])]);
            }
        }
        for [(a_place, p), (b_place, q)] in &self.targets {
            let [x, y] = [a.targets.column(*a_place as usize), b.targets.column(*b_place as usize)];
            let met = |x: f64| f64::from(u8::from(!x.is_nan() && x != 0.0));
            sum(&mut |row| [met(x[row]) - p, met(y[row]) - q]);
        }
    }

    /// Adds what was summed over other paths.
    pub fn merge(&mut self, other: &Self) {
        self.sums.iter_mut().zip(&other.sums).for_each(|(mine, theirs)| mine.merge(theirs));
    }
}

/// The comparison of scenarios by their statistics; of the reference first. `joint` has the errors of each alternative.
pub fn comparison_of_statistics(
    labels: &[&Labels],
    mut summaries: Vec<Summary>,
    joint: &[JointErrors],
) -> Comparison {
    tell_apart(&mut summaries);
    let reference = summaries.remove(0);
    let alternatives = summaries.into_iter().zip(joint).enumerate().map(|(place, (summary, joint))| {
        let common = common(labels[0], labels[place + 1]);
        let difference =
            Statistical { summaries: [&reference, &summary], joint, next: 0 }.difference(&common);
        Alternative { summary, difference }
    });
    Comparison { alternatives: alternatives.collect(), reference }
}

/// What makes a difference of statistics.
struct Statistical<'a> {
    summaries: [&'a Summary; 2],
    joint: &'a JointErrors,
    /// The next of the sums.
    next: usize,
}

impl Statistical<'_> {
    fn correlation(&mut self) -> f64 {
        self.next += 1;
        self.joint.sums[self.next - 1].correlation()
    }

    fn difference(mut self, common: &Common) -> Difference {
        let mut found = Difference { of_statistics: true, order: common.order(), ..Difference::default() };
        for (ours, _) in &common.variables {
            found.variables.insert(ours.name.clone(), self.variable(ours));
        }
        for (ours, _) in &common.metrics {
            found.metrics.insert(ours.name.clone(), self.metric(ours));
        }
        for ((_, ours), (_, theirs)) in &common.targets {
            let [a, b] = self.summaries.map(|summary| summary.targets[&ours.name].probability.clone());
            let same = self.summaries[0].fingerprint == self.summaries[1].fingerprint;
            let change = change([a, b], self.correlation(), same);
            let other = Some(theirs.require.clone()).filter(|require| *require != ours.require);
            let (title, group) = (ours.title.clone(), ours.group.clone());
            let target = TargetDifference { title, group, other_requirement: other, ..change };
            found.targets.insert(ours.name.clone(), target);
        }
        found.not_compared.clone_from(&common.not_compared);
        let mut hash = Sha256::new();
        self.summaries.iter().for_each(|summary| hash.update(&summary.fingerprint));
        for sum in &self.joint.sums {
            [sum.squares[0], sum.squares[1], sum.both]
                .iter()
                .for_each(|x| hash.update(x.to_bits().to_le_bytes()));
        }
        found.fingerprint = hex(&hash.finalize());
        found
    }

    fn variable(&mut self, label: &VariableLabel) -> VariableDifference {
        let [a, b] = self.summaries.map(|summary| &summary.variables[&label.name]);
        let mut of = VariableSummary {
            per_cent: a.per_cent,
            unit: label.unit.clone(),
            title: label.title.clone(),
            headline: label.headline,
            years: a.years.clone(),
            quantiles: a.quantiles.keys().map(|level| (level.clone(), Vec::new())).collect(),
            quantile_errors: a.quantiles.keys().map(|level| (level.clone(), Vec::new())).collect(),
            why: [b, a].into_iter().flat_map(|side| reasons(&side.why, &side.quantiles)).collect(),
            not_finite: a.not_finite.iter().zip(&b.not_finite).map(|(a, b)| (*a).max(*b)).collect(),
            ..VariableSummary::default()
        };
        let mut percents = Vec::new();
        for place in 0..a.years.len() {
            let means = [a.mean_at(place), b.mean_at(place)];
            let correlation = self.correlation();
            let mean = between(means, correlation);
            of.mean.push(mean.value);
            of.standard_error.push(mean.error);
            let crosses = crosses_zero(a.minimum[place], a.maximum[place]);
            let finite = a.not_finite[place] == 0 && b.not_finite[place] == 0;
            percents.push(per_cent(means, correlation, &label.unit, crosses, finite));
            for level in a.quantiles.keys() {
                let both = [a.quantile(level, place), b.quantile(level, place)];
                let found = between(both, self.correlation());
                of.quantiles.entry(level.clone()).or_default().push(found.value);
                of.quantile_errors.entry(level.clone()).or_default().push(found.error);
            }
        }
        let nothing = vec![None; a.years.len()];
        (of.sd, of.minimum, of.maximum) = (nothing.clone(), nothing.clone(), nothing);
        let (percent_by_path, ranks) = (Vec::new(), Vec::new());
        VariableDifference { absolute: of, percent_of_mean: percents, percent_by_path, ranks }
    }

    fn metric(&mut self, label: &MetricLabel) -> MetricDifference {
        let [a, b] = self.summaries.map(|summary| &summary.metrics[&label.name]);
        let means = [a.mean(), b.mean()];
        let correlation = self.correlation();
        let mean = between(means, correlation);
        let quantiles: Vec<(String, Estimate)> = (a.quantiles.keys())
            .map(|level| (level.clone(), between([a.quantile(level), b.quantile(level)], self.correlation())))
            .collect();
        let is_finite = |side: &MetricSummary| side.not_finite == 0 && side.never == 0.0;
        let finite = is_finite(a) && is_finite(b);
        let why = [b, a].into_iter().flat_map(|side| reasons(&side.why, &side.quantiles)).collect();
        MetricDifference {
            absolute: Statistics {
                paths: min(self.summaries[0].paths as f64, self.summaries[1].paths as f64) as u64,
                mean: mean.value,
                standard_error: mean.error,
                quantiles: quantiles.iter().map(|(level, found)| (level.clone(), found.value)).collect(),
                quantile_errors: quantiles.into_iter().map(|(level, found)| (level, found.error)).collect(),
                why,
                ..Statistics::default()
            },
            percent_of_mean: per_cent(
                means,
                correlation,
                &label.unit,
                crosses_zero(a.minimum, a.maximum),
                finite,
            ),
            percent_by_path: None,
            unit: label.unit.clone(),
            title: label.title.clone(),
            rank: None,
        }
    }
}

/// Why means and quantiles are not known.
fn reasons<T: Clone, L>(why: &BTreeMap<String, T>, levels: &BTreeMap<String, L>) -> Vec<(String, T)> {
    let told = why.iter().filter(|(name, _)| *name == "mean" || levels.contains_key(*name));
    told.map(|(name, why)| (name.clone(), why.clone())).collect()
}

/// A difference of two statistics whose errors are so correlated.
fn between([a, b]: [Estimate; 2], correlation: f64) -> Estimate {
    let Some([value_a, value_b]) = both(a.value, b.value) else { return Estimate::default() };
    let value = value_b - value_a;
    let error = a.error.zip(b.error).map(|(a, b)| joint([a, b], correlation));
    Estimate { value: Some(value).filter(|value| value.is_finite()), error }
}

fn joint([a, b]: [f64; 2], correlation: f64) -> f64 {
    // As a square of the difference and what is left, so that equal errors that are wholly correlated leave nothing.
    ((a - b) * (a - b) + 2.0 * (1.0 - correlation) * a * b).sqrt()
}

fn crosses_zero(minimum: Option<f64>, maximum: Option<f64>) -> bool {
    minimum.zip(maximum).is_some_and(|(low, high)| low <= 0.0 && high >= 0.0)
}

/// The difference of means in per cent of the reference's, by the delta method.
fn per_cent(
    [a, b]: [Estimate; 2],
    correlation: f64,
    unit: &str,
    reference_crosses_zero: bool,
    finite: bool,
) -> PercentOfMean {
    let found = match percent::unit_without(unit) {
        Some(reason) => Err(reason),
        None => percent::ratio_of(
            [a.value, b.value],
            [a.error, b.error],
            |ratio, [a, b]| joint([ratio.abs() * a, b], if ratio < 0.0 { -correlation } else { correlation }),
            finite,
        ),
    };
    percent::told(found, reference_crosses_zero)
}

/// The change of a probability with its error, and its interval from the intervals of both and their correlation (R. G. Newcombe,
/// “Improved confidence intervals for the difference between binomial proportions based on paired data”, Statistics in
/// Medicine 17 (1998) 2635–2650, method 10).
fn change([reference, alternative]: [Probability; 2], correlation: f64, same: bool) -> TargetDifference {
    let change = alternative.probability - reference.probability;
    // Of the same counts, and of what is decided in both, nothing is left to chance.
    let certain = same || (reference.decided.is_some() && alternative.decided.is_some());
    let errors =
        [&reference, &alternative].map(|side| side.decided.map_or(side.standard_error, |_| Some(0.0)));
    let error = errors[0].zip(errors[1]).map(|(a, b)| joint([a, b], correlation));
    let open = reference.open || alternative.open;
    let to = |side: &Probability| [side.probability - side.low, side.high - side.probability];
    let ([a_low, a_high], [b_low, b_high]) = (to(&reference), to(&alternative));
    let (low, high) = match (certain, error) {
        // Wholly correlated errors that are equal leave no difference to chance.
        (true, _) | (_, Some(0.0)) => (change, change),
        _ => (change - joint([a_high, b_low], correlation), change + joint([a_low, b_high], correlation)),
    };
    TargetDifference {
        reference,
        alternative,
        change,
        standard_error: if certain { Some(0.0) } else { error.filter(|_| !open) },
        low: max(low, -1.0),
        high: min(high, 1.0),
        ..TargetDifference::default()
    }
}
