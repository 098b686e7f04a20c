//! Results from weights: those of a run that is conditioned on what was observed.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::assemble::groups;
use super::evidence::Prior;
use super::manifest::hex;
use super::summary::{Joint, MetricSummary, Probability, Summary, VariableSummary, Why};
use super::wilson;
use crate::ensemble::weighted::{ONE, WeightedTally};
use crate::ensemble::{Ensemble, OddsTally, WeightSums, WeightedEnsemble, WeightedOdds};
use crate::model::labels::Labels;
use crate::text::probability::Decided;

/// The results of a conditional run, beside those of the same paths without the record.
pub fn summary(labels: &Labels, prior: Summary, weighted: &WeightedEnsemble, levels: &[f64]) -> Summary {
    let mut summary = prior.clone();
    summary.fingerprint = fingerprint(weighted);
    for label in &labels.variables {
        let first = label.first_series as usize;
        let count = (label.last_year - label.first_year) as usize + 1;
        if let Some(found) = summary.variables.get_mut(&label.name) {
            variable(found, &weighted.series[first..first + count], levels);
        }
    }
    for label in &labels.metrics {
        if let Some(found) = summary.metrics.get_mut(&label.name) {
            metric(found, &weighted.series[label.series as usize], levels);
            found.never_counts_as = label.never.filter(|_| found.never > 0.0);
        }
    }
    let odds = &weighted.odds;
    for (place, label) in labels.targets.iter().enumerate() {
        let Some(found) = summary.targets.get_mut(&label.name) else { continue };
        found.prior = Some(Box::new(found.probability.clone()));
        found.probability = label.decided.map_or_else(|| share(odds.met[place], odds), Probability::of);
        found.not_known = odds.not_known[place];
    }
    summary.joint = joint(labels, odds);
    let Summary { fingerprint, variables, metrics, targets, joint, .. } = prior;
    summary.prior = Some(Box::new(Prior { fingerprint, variables, metrics, targets, joint }));
    // Shares of variance are those of independent inputs, which these no longer are.
    summary.sensitivity.clear();
    summary.drivers.clear();
    summary.drivers_not_known.clear();
    summary
}

/// The weights as an ensemble in which a path counts as often as its weight has parts: what histograms are drawn from.
pub fn as_counts(weighted: &WeightedEnsemble) -> Ensemble {
    Ensemble {
        paths: weighted.odds.all[0],
        series: weighted.series.iter().map(WeightedTally::as_counts).collect(),
        odds: OddsTally::new(0, &[]),
        slices: None,
    }
}

fn fingerprint(weighted: &WeightedEnsemble) -> String {
    let mut hash = Sha256::new();
    weighted.digest_into(&mut |bytes| hash.update(bytes));
    hex(&hash.finalize())
}

fn variable(found: &mut VariableSummary, tallies: &[WeightedTally], levels: &[f64]) {
    let each = |of: fn(&WeightedTally) -> Option<f64>| tallies.iter().map(of).collect::<Vec<_>>();
    found.mean = each(WeightedTally::mean);
    found.standard_error = each(WeightedTally::mean_error);
    found.sd = each(WeightedTally::sd);
    found.minimum = each(WeightedTally::min);
    found.maximum = each(WeightedTally::max);
    let by_level = |of: fn(&WeightedTally, f64) -> Option<f64>| {
        levels
            .iter()
            .map(|&level| (level.to_string(), tallies.iter().map(|t| of(t, level)).collect()))
            .collect()
    };
    found.quantiles = by_level(WeightedTally::quantile);
    found.quantile_errors = by_level(WeightedTally::quantile_error);
    found.not_finite = tallies.iter().map(|tally| tally.not_finite_paths).collect();
    found.first_not_finite.clear();
    found.why.clear();
    let mut tell = |name: String, values: &[Option<f64>]| {
        for ((value, tally), year) in values.iter().zip(tallies).zip(&found.years) {
            if value.is_none() {
                found.why.entry(name.clone()).or_default().insert(year.to_string(), why(tally));
            }
        }
    };
    tell("mean".into(), &found.mean);
    tell("standard_error".into(), &found.standard_error);
    tell("sd".into(), &found.sd);
    tell("minimum".into(), &found.minimum);
    tell("maximum".into(), &found.maximum);
    found.quantiles.iter().for_each(|(level, values)| tell(level.clone(), values));
    found.quantile_errors.iter().for_each(|(level, values)| tell(super::why::error_of(level), values));
}

/// Why a statistic is not known.
fn why(tally: &WeightedTally) -> Why {
    match tally.finite {
        0 => Why::NoValue,
        1 => Why::OneValue,
        _ if tally.never > 0 => Why::Never,
        _ => Why::Infinite,
    }
}

fn metric(found: &mut MetricSummary, tally: &WeightedTally, levels: &[f64]) {
    found.mean = tally.mean();
    found.standard_error = tally.mean_error();
    found.sd = tally.sd();
    (found.minimum, found.maximum) = (tally.min(), tally.max());
    let by_level = |of: fn(&WeightedTally, f64) -> Option<f64>| -> BTreeMap<String, Option<f64>> {
        levels.iter().map(|&level| (level.to_string(), of(tally, level))).collect()
    };
    found.quantiles = by_level(WeightedTally::quantile_with_never);
    found.quantile_errors = by_level(WeightedTally::quantile_with_never_error);
    let all = tally.weight() + (tally.never + tally.not_finite) as f64 / f64::from(ONE);
    found.never = if all > 0.0 { tally.never as f64 / f64::from(ONE) / all } else { 0.0 };
    found.not_finite = tally.not_finite_paths;
    found.first_not_finite = None;
    found.why.clear();
    let single = [("mean", found.mean), ("standard_error", found.standard_error), ("sd", found.sd)];
    let ends = [("minimum", found.minimum), ("maximum", found.maximum)];
    let single = single.into_iter().chain(ends).map(|(name, value)| (name.to_owned(), value));
    let quantiles = found.quantiles.iter().map(|(level, value)| (level.clone(), *value));
    let errors = found.quantile_errors.iter().map(|(level, value)| (super::why::error_of(level), *value));
    let missing = single.chain(quantiles).chain(errors).filter(|(_, value)| value.is_none());
    found.why = missing.map(|(name, _)| (name, why(tally))).collect();
}

/// A probability from sums of weights: its standard error is √(Σw² (1 − p)² + …) / Σw, and its interval the score interval
/// of as many paths as have that error.
fn share([met, squares]: WeightSums, odds: &WeightedOdds) -> Probability {
    let (all, all_squares) = (odds.all[0] as f64, odds.all[1] as f64);
    if all == 0.0 {
        return wilson::probability(0, 0);
    }
    let p = met as f64 / all;
    let squares = squares as f64;
    let variance = ((1.0 - 2.0 * p) * squares + p * p * all_squares) * f64::from(ONE) / (all * all);
    let error = crate::num::max(variance, 0.0).sqrt();
    let effective = if variance > 0.0 { p * (1.0 - p) / variance } else { odds.effective_paths() };
    let (low, high) = wilson::interval_of_share(p, effective);
    Probability {
        probability: p,
        standard_error: Some(error).filter(|error| *error > 0.0),
        low,
        high,
        decided: None,
    }
}

fn joint(labels: &Labels, odds: &WeightedOdds) -> Joint {
    let label = |target: u32| &labels.targets[target as usize];
    let pairs = odds.pairs().map(|(a, b, sums)| {
        let (first, second) = (label(a), label(b));
        let fails = |decided: &Decided| !decided.holds();
        let both = first.decided.filter(fails).or_else(|| second.decided.filter(fails));
        let both = both.or_else(|| first.decided.and(second.decided));
        (format!("{} & {}", first.name, second.name), both.map_or_else(|| share(sums, odds), Probability::of))
    });
    let mut named = groups(labels).into_iter();
    let goals = named.next().map(|(_, goals)| goals).unwrap_or_default();
    let counted = |members: &Vec<u32>| odds.groups.iter().position(|group| group == members);
    let groups =
        named.filter_map(|(name, members)| Some((name, share(odds.group_met[counted(&members)?], odds))));
    let all = counted(&goals).filter(|_| !goals.is_empty()).map(|place| share(odds.group_met[place], odds));
    Joint {
        all,
        goals: goals.iter().map(|goal| label(*goal).name.clone()).collect(),
        groups: groups.collect(),
        pairs: pairs.collect(),
        count: odds
            .exactly
            .iter()
            .map(|met| *met as f64 / crate::num::max(odds.all[0] as f64, 1.0))
            .collect(),
    }
}
