//! From labels to pairs, and from counts to a comparison.

mod weighted;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::assemble::{self, by_year, quantile, sd, share, standard_error};
use super::comparison::{
    Alternative, Comparable, Comparison, Difference, DifferenceQuantiles, MetricDifference, NotCompared,
    NotComparedReason, PercentOfMean, Rank, Statistics, TargetDifference, VariableDifference,
};
use super::manifest::hex;
use super::summary::{MetricSummary, NameOrder, Probability, Summary, VariableSummary};
use super::target_probabilities::of_target;
use super::{paired_share, percent, why, wilson};
use crate::engine::{PairedCounts, PairedRun, SeriesPair};
use crate::ensemble::{Differences, Discordant, Ensemble, PairedSeries, Tally};
use crate::model::labels::{Labels, MetricLabel, TargetLabel, VariableLabel};
use crate::num::normal::POINT_97_5;
use crate::num::{max, min};

pub use weighted::{JointErrors, PathsOfTwo, comparison_of_statistics};

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
            (!same).then_some(NotComparedReason::Years)
        } else {
            Some(NotComparedReason::Unit)
        }
    };
    found.variables = matched(Comparable::Variable, &ours, &theirs, |label| &label.name, differ, &mut left);
    let (ours, theirs): (Vec<_>, Vec<_>) =
        (reference.metrics.iter().collect(), alternative.metrics.iter().collect());
    let differ = |a: &&MetricLabel, b: &&MetricLabel| (a.unit != b.unit).then_some(NotComparedReason::Unit);
    found.metrics = matched(Comparable::Metric, &ours, &theirs, |label| &label.name, differ, &mut left);
    let (ours, theirs) = (numbered(reference), numbered(alternative));
    found.targets =
        matched(Comparable::Target, &ours, &theirs, |(_, label)| &label.name, |_, _| None, &mut left);
    found.not_compared = left;
    found
}

/// Pairs of one name that do not differ; what is left over goes to `left`.
fn matched<T: Copy>(
    kind: Comparable,
    ours: &[T],
    theirs: &[T],
    name: impl Fn(&T) -> &String,
    differ: impl Fn(&T, &T) -> Option<NotComparedReason>,
    left: &mut Vec<NotCompared>,
) -> Vec<(T, T)> {
    let mut pairs = Vec::new();
    let mut leave = |item: &T, reason| left.push(NotCompared { kind, name: name(item).clone(), reason });
    let others: BTreeMap<&String, &T> = theirs.iter().map(|item| (name(item), item)).collect();
    for item in ours {
        match others.get(name(item)) {
            None => leave(item, NotComparedReason::OnlyReference),
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
        .for_each(|item| leave(item, NotComparedReason::OnlyAlternative));
    pairs
}

impl Common<'_> {
    /// The names of what is compared, in the reference's order.
    fn order(&self) -> NameOrder {
        NameOrder {
            variables: self.variables.iter().map(|(label, _)| label.name.clone()).collect(),
            metrics: self.metrics.iter().map(|(label, _)| label.name.clone()).collect(),
            targets: self.targets.iter().map(|((_, label), _)| label.name.clone()).collect(),
        }
    }

    /// What the engine is to hold against each other, in the order in which [`comparison`] expects it: the
    /// variables year by year, then the metrics.
    pub fn pairs(&self) -> PairedCounts {
        let years = |(a, b): &(&VariableLabel, &VariableLabel)| {
            let (first, relative) =
                ((a.first_series, b.first_series), percent::unit_without(&a.unit).is_none());
            let years = 0..=(a.last_year - a.first_year) as u32;
            let pair =
                move |year| SeriesPair { reference: first.0 + year, alternative: first.1 + year, relative };
            years.map(pair).collect::<Vec<_>>()
        };
        let metric = |(a, b): &(&MetricLabel, &MetricLabel)| SeriesPair {
            reference: a.series,
            alternative: b.series,
            relative: percent::unit_without(&a.unit).is_none(),
        };
        let variables = self.variables.iter().flat_map(years);
        PairedCounts {
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
pub fn comparison(
    labels: &[&Labels],
    together: &PairedRun,
    seed: u64,
    quantile_levels: &[f64],
) -> Comparison {
    let mut summaries: Vec<_> = labels
        .iter()
        .zip(&together.ensembles)
        .map(|(labels, ensemble)| assemble::summary(labels, ensemble, seed, quantile_levels))
        .collect();
    tell_apart(&mut summaries);
    let reference = summaries.remove(0);
    let alternatives = summaries.into_iter().enumerate().map(|(place, summary)| Alternative {
        summary,
        difference: difference(
            &common(labels[0], labels[place + 1]),
            &CountedPair {
                differences: &together.differences[place],
                reference: &together.ensembles[0],
                alternative: &together.ensembles[place + 1],
                identical: together.identical[place],
            },
            quantile_levels,
        ),
    });
    Comparison { alternatives: alternatives.collect(), reference }
}

/// Numbers scenarios of one id.
fn tell_apart(summaries: &mut [Summary]) {
    let ids: Vec<String> = summaries.iter().map(|summary| summary.scenario.id.clone()).collect();
    for (place, summary) in summaries.iter_mut().enumerate().skip(1) {
        let before = ids[..place].iter().filter(|id| **id == ids[place]).count();
        if before > 0 {
            summary.scenario.id = format!("{}-{}", ids[place], before + 1);
        }
    }
}

/// What was counted of a reference and an alternative.
struct CountedPair<'a> {
    differences: &'a Differences,
    reference: &'a Ensemble,
    alternative: &'a Ensemble,
    /// Whether both are the same program, so that nothing can differ.
    identical: bool,
}

/// A series of both, and their differences.
#[derive(Clone, Copy)]
struct Pair<'a> {
    a: &'a Tally,
    b: &'a Tally,
    paired: &'a PairedSeries,
}

impl<'a> CountedPair<'a> {
    /// A pair of series by the number of its differences and the numbers of the series.
    fn pair(&self, number: usize, a: u32, b: u32) -> Pair<'a> {
        Pair {
            a: &self.reference.series[a as usize],
            b: &self.alternative.series[b as usize],
            paired: &self.differences.series[number],
        }
    }
}

fn difference(common: &Common, counted: &CountedPair, levels: &[f64]) -> Difference {
    let paths = counted.differences.paths;
    let mut number = 0;
    let mut pair = |a: u32, b: u32| {
        number += 1;
        counted.pair(number - 1, a, b)
    };
    let mut variables = BTreeMap::new();
    for (ours, theirs) in &common.variables {
        let years = 0..=(ours.last_year - ours.first_year) as u32;
        let pairs: Vec<Pair> =
            years.map(|year| pair(ours.first_series + year, theirs.first_series + year)).collect();
        variables.insert(ours.name.clone(), variable(ours, &pairs, paths, levels));
    }
    let mut metrics = BTreeMap::new();
    for (ours, theirs) in &common.metrics {
        let found = metric(ours, pair(ours.series, theirs.series), paths, levels);
        metrics.insert(ours.name.clone(), found);
    }
    let targets = common.targets.iter().zip(&counted.differences.targets);
    let targets =
        targets.map(|(pair, discordant)| (pair.0.1.name.clone(), target(*pair, counted, *discordant)));
    let mut hash = Sha256::new();
    counted.differences.digest_into(&mut |bytes| hash.update(bytes));
    Difference {
        fingerprint: hex(&hash.finalize()),
        of_statistics: false,
        order: common.order(),
        variables,
        metrics,
        targets: targets.collect(),
        not_compared: common.not_compared.clone(),
    }
}

fn variable(label: &VariableLabel, years: &[Pair], paths: u64, levels: &[f64]) -> VariableDifference {
    let absolute: Vec<&Tally> = years.iter().map(|year| &year.paired.absolute).collect();
    let relative = percent::unit_without(&label.unit).is_none();
    VariableDifference {
        absolute: VariableSummary {
            unit: label.unit.clone(),
            title: label.title.clone(),
            headline: label.headline,
            ..by_year(&absolute, (label.first_year..=label.last_year).collect(), levels)
        },
        percent_of_mean: years.iter().map(|year| year.percent_of_mean(&label.unit)).collect(),
        percent_by_path: years.iter().filter(|_| relative).map(|year| year.percent_by_path(levels)).collect(),
        ranks: years.iter().map(|year| rank(year.paired, paths)).collect(),
    }
}

fn metric(label: &MetricLabel, pair: Pair, paths: u64, levels: &[f64]) -> MetricDifference {
    MetricDifference {
        absolute: statistics(&pair.paired.absolute, levels),
        percent_of_mean: pair.percent_of_mean(&label.unit),
        percent_by_path: pair.percent_by_path(levels),
        unit: label.unit.clone(),
        title: label.title.clone(),
        rank: Some(rank(pair.paired, paths)),
    }
}

impl Pair<'_> {
    fn percent_of_mean(self, unit: &str) -> PercentOfMean {
        percent::of_mean(self.a, self.b, self.paired, unit)
    }

    /// Quantiles of the difference in per cent on each path; nothing where the reference is not of one sign.
    fn percent_by_path(self, levels: &[f64]) -> Option<DifferenceQuantiles> {
        let tally = self.paired.relative.as_ref().filter(|_| !percent::crosses_zero(self.a))?;
        Some(DifferenceQuantiles {
            quantiles: levels.iter().map(|&level| (level.to_string(), quantile(tally, level))).collect(),
            quantile_errors: (levels.iter())
                .map(|&level| (level.to_string(), tally.quantile_error(level)))
                .collect(),
        })
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
        quantiles: by_level(quantile),
        quantile_errors: by_level(Tally::quantile_error),
        minimum: tally.min(),
        maximum: tally.max(),
        ..MetricSummary::default()
    };
    Statistics {
        paths: tally.count(),
        why: why::of_metric(tally, &found, false),
        mean: found.mean,
        standard_error: found.standard_error,
        sd: found.sd,
        quantiles: found.quantiles,
        quantile_errors: found.quantile_errors,
        minimum: found.minimum,
        maximum: found.maximum,
    }
}

/// How often the alternative is higher. On paths where one of the two is no number it may be or not: the share counts them as
/// not higher, and the interval and the error have room for both.
fn rank(paired: &PairedSeries, paths: u64) -> Rank {
    let known = paired.above + paired.below + paired.equal;
    let not_known = paths.saturating_sub(known);
    let (above, most) =
        (wilson::probability(paired.above, paths), wilson::probability(paired.above + not_known, paths));
    let half = 0.5 * (most.high - above.low) / POINT_97_5;
    Rank {
        above: above.probability,
        standard_error: if not_known > 0 { Some(half) } else { above.standard_error },
        low: above.low,
        high: most.high,
        below: share(paired.below, paths),
        equal: share(paired.equal, paths),
    }
}

fn target(
    ((a, ours), (b, theirs)): (Numbered, Numbered),
    counted: &CountedPair,
    Discordant { gained, lost }: Discordant,
) -> TargetDifference {
    let of = |label: &TargetLabel, ensemble: &Ensemble, target: u32| {
        let counted = || of_target(&ensemble.odds, target, ensemble.paths);
        let not_known = ensemble.odds.not_known[target as usize];
        assemble::decided(label, not_known).map_or_else(counted, Probability::of)
    };
    let (reference, alternative) = (of(ours, counted.reference, a), of(theirs, counted.alternative, b));
    let paths = counted.reference.paths;
    // Of what is decided in both nothing is left to chance.
    let certain = counted.identical || (reference.decided.is_some() && alternative.decided.is_some());
    let error =
        paired_share::standard_error(gained, lost, paths).filter(|_| !reference.open && !alternative.open);
    let (low, high) = paired_share::interval(gained, lost, paths);
    let (gained, lost) = (share(gained, paths), share(lost, paths));
    // Where a truth is not known on some paths it may be either.
    let room = |ensemble: &Ensemble, target: u32| share(ensemble.odds.not_known[target as usize], paths);
    let (low, high) = if certain {
        (gained - lost, gained - lost)
    } else {
        (max(low - room(counted.reference, a), -1.0), min(high + room(counted.alternative, b), 1.0))
    };
    TargetDifference {
        title: ours.title.clone(),
        group: ours.group.clone(),
        reference,
        alternative,
        change: gained - lost,
        standard_error: if certain { Some(0.0) } else { error },
        low,
        high,
        gained: Some(gained),
        lost: Some(lost),
        other_requirement: Some(theirs.require.clone()).filter(|require| *require != ours.require),
    }
}
