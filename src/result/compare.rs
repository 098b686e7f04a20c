//! From labels to pairs, and from counts to a comparison.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::assemble::{self, by_year, sd, share, standard_error};
use super::comparison::{
    Alternative, Comparison, Difference, Kind, MetricDifference, NotCompared, Rank, Reason, Statistics,
    TargetDifference, VariableDifference,
};
use super::manifest::hex;
use super::summary::{MetricSummary, Order, Probability, VariableSummary};
use super::why;
use super::wilson::probability;
use crate::engine::{Pairs, SeriesPair, Together};
use crate::ensemble::{Differences, Ensemble, PairedSeries, Tally};
use crate::model::labels::{Labels, MetricLabel, TargetLabel, VariableLabel};

/// A target with its number.
pub type Numbered<'a> = (u32, &'a TargetLabel);

/// What two scenarios have in common, by name, and what is left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Common<'a> {
    /// Variables of the reference and of the alternative.
    pub variables: Vec<(&'a VariableLabel, &'a VariableLabel)>,
    /// Metrics.
    pub metrics: Vec<(&'a MetricLabel, &'a MetricLabel)>,
    /// Targets, each with its number.
    pub targets: Vec<(Numbered<'a>, Numbered<'a>)>,
    /// What is not compared.
    pub not_compared: Vec<NotCompared>,
}

/// Finds what two scenarios have in common: variables of one name, unit and span of years, metrics of one name
/// and unit, targets of one name.
pub fn common<'a>(reference: &'a Labels, alternative: &'a Labels) -> Common<'a> {
    let mut found = Common::default();
    let mut left = Vec::new();
    let numbered = |labels: &'a Labels| -> Vec<Numbered<'a>> { (0..).zip(&labels.targets).collect() };
    let (ours, theirs): (Vec<_>, Vec<_>) =
        (reference.variables.iter().collect(), alternative.variables.iter().collect());
    let differ = |a: &&VariableLabel, b: &&VariableLabel| {
        if a.unit == b.unit {
            let same = a.first_year == b.first_year && a.last_year == b.last_year;
            (!same).then_some(Reason::Years)
        } else {
            Some(Reason::Unit)
        }
    };
    found.variables = matched(Kind::Variable, &ours, &theirs, |label| &label.name, differ, &mut left);
    let (ours, theirs): (Vec<_>, Vec<_>) =
        (reference.metrics.iter().collect(), alternative.metrics.iter().collect());
    let differ = |a: &&MetricLabel, b: &&MetricLabel| (a.unit != b.unit).then_some(Reason::Unit);
    found.metrics = matched(Kind::Metric, &ours, &theirs, |label| &label.name, differ, &mut left);
    let (ours, theirs) = (numbered(reference), numbered(alternative));
    found.targets = matched(Kind::Target, &ours, &theirs, |(_, label)| &label.name, |_, _| None, &mut left);
    found.not_compared = left;
    found
}

/// Pairs of one name that do not differ; what is left over goes to `left`.
fn matched<T: Copy>(
    kind: Kind,
    ours: &[T],
    theirs: &[T],
    name: impl Fn(&T) -> &String,
    differ: impl Fn(&T, &T) -> Option<Reason>,
    left: &mut Vec<NotCompared>,
) -> Vec<(T, T)> {
    let mut pairs = Vec::new();
    let mut leave = |item: &T, reason| left.push(NotCompared { kind, name: name(item).clone(), reason });
    let others: BTreeMap<&String, &T> = theirs.iter().map(|item| (name(item), item)).collect();
    for item in ours {
        match others.get(name(item)) {
            None => leave(item, Reason::OnlyReference),
            Some(other) => match differ(item, other) {
                Some(reason) => leave(item, reason),
                None => pairs.push((*item, **other)),
            },
        }
    }
    let known: BTreeSet<&String> = ours.iter().map(&name).collect();
    theirs
        .iter()
        .filter(|item| !known.contains(name(item)))
        .for_each(|item| leave(item, Reason::OnlyAlternative));
    pairs
}

/// A difference of rates, shares and calendar years is not said in per cent.
fn is_relative(unit: &str) -> bool {
    !matches!(unit.trim(), "year" | "1/yr" | "%" | "%/yr" | "1")
}

impl Common<'_> {
    /// What the engine is to hold against each other, in the order in which [`comparison`] expects it: the
    /// variables year by year, then the metrics.
    pub fn pairs(&self) -> Pairs {
        let years = |(a, b): &(&VariableLabel, &VariableLabel)| {
            let (first, relative) = ((a.first_series, b.first_series), is_relative(&a.unit));
            let years = 0..=(a.last_year - a.first_year) as u32;
            let pair =
                move |year| SeriesPair { reference: first.0 + year, alternative: first.1 + year, relative };
            years.map(pair).collect::<Vec<_>>()
        };
        let metric = |(a, b): &(&MetricLabel, &MetricLabel)| SeriesPair {
            reference: a.series,
            alternative: b.series,
            relative: is_relative(&a.unit),
        };
        let variables = self.variables.iter().flat_map(years);
        Pairs {
            series: variables.chain(self.metrics.iter().map(metric)).collect(),
            targets: self.targets.iter().map(|((a, _), (b, _))| (*a, *b)).collect(),
        }
    }
}

/// The comparison of scenarios that were simulated together; `labels` of the reference first. Scenarios of
/// one id are told apart by a number: `plan`, `plan-2`.
///
/// # Panics
///
/// When the labels are of other models than the counts.
pub fn comparison(labels: &[&Labels], together: &Together, seed: u64, quantile_levels: &[f64]) -> Comparison {
    let mut summaries: Vec<_> = labels
        .iter()
        .zip(&together.ensembles)
        .map(|(labels, ensemble)| assemble::summary(labels, ensemble, seed, quantile_levels))
        .collect();
    for place in 1..summaries.len() {
        let id = summaries[place].scenario.id.clone();
        let before = labels[..place].iter().filter(|labels| labels.id == id).count();
        if before > 0 {
            summaries[place].scenario.id = format!("{id}-{}", before + 1);
        }
    }
    let reference = summaries.remove(0);
    let alternatives = summaries.into_iter().enumerate().map(|(place, summary)| Alternative {
        summary,
        difference: difference(
            &common(labels[0], labels[place + 1]),
            &together.differences[place],
            (&together.ensembles[0], &together.ensembles[place + 1]),
            quantile_levels,
        ),
    });
    Comparison { alternatives: alternatives.collect(), reference }
}

fn difference(
    common: &Common,
    counts: &Differences,
    ensembles: (&Ensemble, &Ensemble),
    levels: &[f64],
) -> Difference {
    let mut series = counts.series.as_slice();
    let mut take = |count: usize| {
        let (taken, rest) = series.split_at(count);
        series = rest;
        taken
    };
    let variables = common.variables.iter().map(|(label, _)| {
        let years = (label.last_year - label.first_year) as usize + 1;
        (label.name.clone(), variable(label, take(years), counts.paths, levels))
    });
    let variables = variables.collect();
    let metrics = common
        .metrics
        .iter()
        .map(|(label, _)| (label.name.clone(), metric(label, &take(1)[0], counts.paths, levels)));
    let metrics = metrics.collect();
    let targets = common.targets.iter().zip(&counts.targets).map(|(pair, discordant)| {
        let (gained, lost) = (discordant.gained, discordant.lost);
        (pair.0.1.name.clone(), target(*pair, ensembles, gained, lost))
    });
    let mut hash = Sha256::new();
    counts.digest_into(&mut |bytes| hash.update(bytes));
    Difference {
        fingerprint: hex(&hash.finalize()),
        order: Order {
            variables: common.variables.iter().map(|(label, _)| label.name.clone()).collect(),
            metrics: common.metrics.iter().map(|(label, _)| label.name.clone()).collect(),
            targets: common.targets.iter().map(|((_, label), _)| label.name.clone()).collect(),
        },
        variables,
        metrics,
        targets: targets.collect(),
        not_compared: common.not_compared.clone(),
    }
}

fn variable(label: &VariableLabel, years: &[PairedSeries], paths: u64, levels: &[f64]) -> VariableDifference {
    let summary = |tallies: Vec<&Tally>, unit: &str| VariableSummary {
        unit: unit.to_owned(),
        title: label.title.clone(),
        headline: label.headline,
        ..by_year(&tallies, (label.first_year..=label.last_year).collect(), levels)
    };
    let relative: Vec<&Tally> = years.iter().filter_map(|year| year.relative.as_ref()).collect();
    VariableDifference {
        absolute: summary(years.iter().map(|year| &year.absolute).collect(), &label.unit),
        relative: (!relative.is_empty()).then(|| summary(relative, "%")),
        ranks: years.iter().map(|year| rank(year, paths)).collect(),
    }
}

fn metric(label: &MetricLabel, paired: &PairedSeries, paths: u64, levels: &[f64]) -> MetricDifference {
    MetricDifference {
        absolute: statistics(&paired.absolute, levels),
        relative: paired.relative.as_ref().map(|tally| statistics(tally, levels)),
        unit: label.unit.clone(),
        title: label.title.clone(),
        rank: rank(paired, paths),
    }
}

fn statistics(tally: &Tally, levels: &[f64]) -> Statistics {
    let by_level = |statistic: fn(&Tally, f64) -> Option<f64>| {
        levels.iter().map(|&level| (level.to_string(), statistic(tally, level))).collect()
    };
    let found = MetricSummary {
        mean: tally.mean(),
        standard_error: standard_error(tally),
        sd: sd(tally),
        quantiles: by_level(Tally::quantile),
        quantile_errors: by_level(Tally::quantile_error),
        minimum: tally.min(),
        maximum: tally.max(),
        ..MetricSummary::default()
    };
    Statistics {
        paths: tally.finite,
        why: why::of_metric(tally, &found),
        mean: found.mean,
        standard_error: found.standard_error,
        sd: found.sd,
        quantiles: found.quantiles,
        quantile_errors: found.quantile_errors,
        minimum: found.minimum,
        maximum: found.maximum,
    }
}

fn rank(paired: &PairedSeries, paths: u64) -> Rank {
    let above = probability(paired.above, paths);
    Rank {
        above: above.probability,
        standard_error: above.standard_error,
        below: share(paired.below, paths),
        equal: share(paired.equal, paths),
    }
}

fn target(
    ((a, ours), (b, theirs)): ((u32, &TargetLabel), (u32, &TargetLabel)),
    (reference, alternative): (&Ensemble, &Ensemble),
    gained: u64,
    lost: u64,
) -> TargetDifference {
    let of =
        |ensemble: &Ensemble, target: u32| probability(ensemble.odds.met[target as usize], ensemble.paths);
    let (gained, lost) = (share(gained, reference.paths), share(lost, reference.paths));
    let change = gained - lost;
    TargetDifference {
        title: ours.title.clone(),
        group: ours.group.clone(),
        reference: Probability { decided: ours.decided, ..of(reference, a) },
        alternative: Probability { decided: theirs.decided, ..of(alternative, b) },
        change,
        standard_error: Some(((gained + lost - change * change) / reference.paths as f64).sqrt())
            .filter(|error| *error > 0.0),
        gained,
        lost,
        other_requirement: Some(theirs.require.clone()).filter(|require| *require != ours.require),
    }
}
