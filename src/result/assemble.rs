//! Results from counts: an ensemble's integers with the labels of the model that was run.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use sha2::{Digest, Sha256};

use super::manifest::hex;
use super::series_counts::SeriesCounts;
use super::summary::{
    Assumption, Assumptions, BoundsSummary, Citation, Joint, MarkSummary, MemberShare, MetricSummary,
    NameOrder, Probability, Quotation, SCHEMA, ScenarioLabel, Summary, TargetSummary, VariableSummary, Why,
    WorldShare,
};
use super::target_probabilities::TargetProbabilities;
use super::why;
pub use crate::ensemble::MOST_PAIRED;
use crate::ensemble::{Ensemble, MOST_PAIRED_IN_GROUP, Tally};
use crate::model::labels::{Labels, MetricLabel, TargetLabel, VariableLabel, WorldLabel};
use crate::text::Text;
use crate::text::period;
use crate::text::probability::Decided;

/// What the engine is to count together, and what [`summary`] expects to have been counted: first, without a name, all
/// open goals, then those of each group, in the order in which groups are first named. A goal counts once, with its
/// headline reading; it is open where nothing decides it but the paths.
pub fn groups(labels: &Labels) -> Vec<(String, Vec<u32>)> {
    let is_open =
        |label: &TargetLabel| label.variant_of.is_none() && label.joins.is_empty() && label.decided.is_none();
    let open = || (0..).zip(&labels.targets).filter(|(_, label)| is_open(label));
    let mut groups: IndexMap<&str, Vec<u32>> = IndexMap::new();
    groups.insert("", open().map(|(target, _)| target).collect());
    for (target, label) in open().filter(|(_, label)| !label.group.is_empty()) {
        groups.entry(label.group.as_str()).or_default().push(target);
    }
    groups.into_iter().map(|(group, members)| (group.to_owned(), members)).collect()
}

/// The targets of each of these groups, as they are counted together.
pub fn groups_counted(labels: &Labels) -> Vec<Vec<u32>> {
    groups(labels).into_iter().map(|(_, targets)| targets).collect()
}

/// The targets that a run is to count together: those of each group; and of more than [`MOST_PAIRED`] targets those of
/// which every two are asked for, `all` standing for all of them.
///
/// # Errors
/// A name that no target has.
pub fn counted_together<'a>(labels: &Labels, asked: &'a [String]) -> Result<Vec<Vec<u32>>, &'a str> {
    let place = |name: &'a String| {
        let found = labels.targets.iter().position(|label| label.name == *name);
        found.map(|place| place as u32).ok_or(name.as_str())
    };
    let is_target = |name: &str| labels.targets.iter().any(|label| label.name == name);
    let everything = asked.iter().any(|name| name == "all") && !is_target("all");
    let mut wanted: Vec<u32> = if everything {
        (0..labels.targets.len() as u32).collect()
    } else {
        asked.iter().map(place).collect::<Result<_, _>>()?
    };
    let mut together: Vec<Vec<u32>> = groups(labels).into_iter().map(|(_, members)| members).collect();
    if labels.targets.len() > MOST_PAIRED {
        wanted.sort_unstable();
        wanted.dedup();
        together.extend(covering(&wanted));
    }
    Ok(together)
}

/// Groups that are small enough for their pairs to be counted, such that every two targets are in one.
fn covering(targets: &[u32]) -> Vec<Vec<u32>> {
    let halves: Vec<&[u32]> = targets.chunks(MOST_PAIRED_IN_GROUP / 2).collect();
    if let [only] = halves[..] {
        return vec![only.to_vec()];
    }
    let with_later = |(place, first): (usize, &&[u32])| -> Vec<Vec<u32>> {
        halves[place + 1..].iter().map(|second| [*first, *second].concat()).collect()
    };
    halves.iter().enumerate().flat_map(with_later).collect()
}

/// All results of a run. `quantile_levels` are shares between 0 and 1.
///
/// # Panics
///
/// When the labels are of another model than the ensemble.
pub fn summary(labels: &Labels, ensemble: &Ensemble, seed: u64, quantile_levels: &[f64]) -> Summary {
    let variables = || {
        let variables = labels.variables.par_iter();
        variables.map(|l| (l.name.clone(), variable(labels, l, &ensemble.series, quantile_levels))).collect()
    };
    let (fingerprint, variables) = rayon::join(|| fingerprint(ensemble), variables);
    let metrics =
        labels.metrics.iter().map(|l| (l.name.clone(), metric(labels, l, &ensemble.series, quantile_levels)));
    let counted = TargetProbabilities::of(&ensemble.odds, ensemble.paths);
    let targets = targets(&labels.targets, &counted);
    Summary {
        schema: SCHEMA.to_owned(),
        scenario: ScenarioLabel {
            id: labels.id.clone(),
            title: labels.title.clone(),
            summary: labels.summary.clone(),
            region: labels.region.clone(),
            start: labels.start,
            end: labels.end,
            worlds: labels.worlds.iter().map(share_of_world).collect(),
        },
        headline: labels
            .headline_targets
            .iter()
            .map(|target| labels.targets[*target as usize].name.clone())
            .collect(),
        seed,
        paths: ensemble.paths,
        sampling: String::new(),
        given: None,
        fingerprint,
        order: NameOrder {
            variables: labels.variables.iter().map(|l| l.name.clone()).collect(),
            metrics: labels.metrics.iter().map(|l| l.name.clone()).collect(),
            targets: labels.targets.iter().map(|l| l.name.clone()).collect(),
        },
        variables,
        metrics: metrics.collect(),
        bounds: bounds(labels, &ensemble.series),
        targets,
        joint: joint(labels, counted),
        convergence: None,
        assumptions: assumptions(labels),
        central: labels.variables.iter().map(|l| (l.name.clone(), l.central.clone())).collect(),
        sensitivity: BTreeMap::new(),
        drivers: BTreeMap::new(),
        drivers_not_known: BTreeMap::new(),
        prior: None,
        evidence: None,
    }
}

fn share_of_world(world: &WorldLabel) -> WorldShare {
    let WorldLabel { name, title, weight } = world.clone();
    WorldShare { name, title, weight }
}

fn assumptions(labels: &Labels) -> Assumptions {
    let values = labels.assumptions.iter().map(|label| Assumption {
        name: label.name.clone(),
        written: label.written.clone(),
        unit: label.unit.clone(),
        title: label.title.clone(),
        source: label.source.clone(),
        figures: label.figures.clone(),
        note: label.note.clone(),
    });
    let sources = labels
        .sources
        .iter()
        .map(|label| (label.id.clone(), Citation { title: label.title.clone(), grade: label.grade.clone() }));
    let figures = labels.figures.iter().map(|label| {
        let (words, title) = (label.words.clone(), label.title.clone());
        (label.id.clone(), Quotation { words, softness: label.softness.clone(), title })
    });
    Assumptions { values: values.collect(), sources: sources.collect(), figures: figures.collect() }
}

/// SHA-256 over every integer of an ensemble, in hex: two runs with the same fingerprint counted the same.
pub fn fingerprint(ensemble: &Ensemble) -> String {
    let mut hash = Sha256::new();
    ensemble.digest_into(&mut |bytes| hash.update(bytes));
    hex(&hash.finalize())
}

/// The statistics of a variable, from the counts of all series.
pub(super) fn variable<Series: SeriesCounts>(
    labels: &Labels,
    label: &VariableLabel,
    series: &[Series],
    levels: &[f64],
) -> VariableSummary {
    let years: Vec<i32> = (label.first_year..=label.last_year).collect();
    let first = label.first_series as usize;
    let series: Vec<&Series> = series[first..first + years.len()].iter().collect();
    let mut found = by_year(&series, years, levels);
    for place in 0..found.years.len() {
        if is_one_path(series[place]) && is_random(labels, first + place) {
            let year = period::label(found.years[place]);
            for (level, values) in &mut found.quantiles {
                values[place] = None;
                found.why.entry(level.clone()).or_default().entry(year.clone()).or_insert(Why::OneValue);
            }
        }
    }
    for (place, error) in found.standard_error.iter_mut().enumerate() {
        if *error == Some(0.0) && is_random(labels, first + place) {
            *error = None;
            let why = found.why.entry("standard_error".to_owned()).or_default();
            why.insert(period::label(found.years[place]), Why::NoSpread);
        }
    }
    VariableSummary {
        unit: label.unit.clone(),
        title: label.title.clone(),
        headline: label.headline,
        per_cent: label.per_cent,
        ..found
    }
}

/// The statistics of a variable's series, year by year; what it is called is left open.
pub(super) fn by_year<Series: SeriesCounts>(
    series: &[&Series],
    years: Vec<i32>,
    levels: &[f64],
) -> VariableSummary {
    let each =
        |statistic: &dyn Fn(&Series) -> Option<f64>| series.iter().map(|series| statistic(series)).collect();
    let by_level = |statistic: &dyn Fn(&Series, f64) -> Option<f64>| {
        levels.iter().map(|&level| (level.to_string(), each(&|series| statistic(series, level)))).collect()
    };
    let found = VariableSummary {
        mean: each(&|series| series.counts().mean()),
        standard_error: each(&SeriesCounts::standard_error),
        sd: each(&SeriesCounts::sd),
        quantiles: by_level(&|series, level| quantile(series.counts(), level)),
        quantile_errors: by_level(&SeriesCounts::quantile_error),
        minimum: each(&|series| series.counts().min()),
        maximum: each(&|series| series.counts().max()),
        not_finite: series.iter().map(|series| series.paths().not_finite()).collect(),
        first_not_finite: series.iter().map(|series| series.counts().first_not_finite()).collect(),
        ..VariableSummary::default()
    };
    VariableSummary { why: why::of_variable(series, &years, &found), years, ..found }
}

/// A quantile that is finite; what it is else, [`why`] says.
pub(super) fn quantile(tally: &Tally, level: f64) -> Option<f64> {
    tally.quantile(level).filter(|value| value.is_finite())
}

/// Mean and standard deviation with `never` for what never comes.
fn counted(series: &impl SeriesCounts, never: f64) -> Option<(f64, f64)> {
    let (tally, correction) = (series.counts(), series.variance_correction()?);
    if tally.minus_infinite + tally.nan > 0 {
        return None;
    }
    let outside = share(tally.never, tally.ordered());
    let inside = 1.0 - outside;
    let mean = tally.finite_mean();
    let mean_of_all = mean.map_or(never, |mean| inside * mean + outside * never);
    let within = tally.finite_variance().unwrap_or(0.0) * tally.finite.saturating_sub(1) as f64
        / tally.ordered() as f64;
    let between = inside * outside * mean.map_or(0.0, |mean| (mean - never) * (mean - never));
    Some((mean_of_all, ((within + between) * correction).sqrt()))
}

/// Whether a series has the value of a single path: that is no quantile of what is random.
fn is_one_path(series: &impl SeriesCounts) -> bool {
    series.counts().count() == 1
}

/// Whether something random decides a series, so that paths that all agree do not show that they must.
fn is_random(labels: &Labels, series: usize) -> bool {
    labels.random.get(series).copied().unwrap_or(false)
}

/// The statistics of a metric, from the counts of all series.
pub(super) fn metric<Series: SeriesCounts>(
    labels: &Labels,
    label: &MetricLabel,
    series: &[Series],
    levels: &[f64],
) -> MetricSummary {
    let series = &series[label.series as usize];
    let (tally, paths) = (series.counts(), series.paths());
    let quantile = |&level: &f64| (level.to_string(), quantile(tally, level));
    let error = |&level: &f64| (level.to_string(), series.quantile_error(level));
    // Infinity is what never comes where it is a year, else a value that is not finite.
    let is_year = label.never.is_some();
    let never = if is_year { paths.never } else { 0 };
    let counted = label.never.filter(|_| never > 0).and_then(|year| counted(series, year));
    let found = MetricSummary {
        unit: label.unit.clone(),
        title: label.title.clone(),
        per_cent: label.per_cent,
        mean: tally.mean(),
        standard_error: series.standard_error(),
        sd: series.sd(),
        quantiles: levels.iter().map(quantile).collect(),
        quantile_errors: levels.iter().map(error).collect(),
        minimum: tally.min(),
        maximum: tally.max(),
        never: if is_year { share(tally.never, tally.count()) } else { 0.0 },
        never_counts_as: label.never.filter(|_| never > 0),
        mean_counted: counted.map(|(mean, _)| mean),
        sd_counted: counted.map(|(_, sd)| sd),
        not_finite: paths.not_finite() - never,
        first_not_finite: if paths.not_finite() == never { None } else { tally.first_not_finite() },
        central: Some(label.central).filter(|value| value.is_finite()),
        members: member_shares(label, series),
        ..MetricSummary::default()
    };
    let mut found = MetricSummary { why: why::of_metric(series, &found, is_year), ..found };
    if is_one_path(series) && is_random(labels, label.series as usize) {
        for (level, value) in &mut found.quantiles {
            *value = None;
            found.why.entry(level.clone()).or_insert(Why::OneValue);
        }
    }
    if found.standard_error == Some(0.0) && is_random(labels, label.series as usize) {
        found.standard_error = None;
        found.why.insert("standard_error".to_owned(), Why::NoSpread);
    }
    found
}

/// Of a metric that is the position of a member: how often each is it.
fn member_shares<Series: SeriesCounts>(label: &MetricLabel, series: &Series) -> Vec<MemberShare> {
    let one = |(place, (member, title)): (usize, &(String, Text))| {
        let position = place as f64 + 1.0;
        let is_it = |x: f64| f64::from(u8::from(x.round() == position));
        let tally = series.counts();
        let met: u64 =
            tally.cells().filter(|cell| cell.middle().round() == position).map(|cell| cell.count).sum();
        let terms = series.terms(false, &is_it);
        let paths: f64 = terms.iter().map(|(_, count)| *count as f64).sum();
        let mean = terms.iter().map(|(x, count)| x * *count as f64).sum::<f64>() / paths;
        let square = terms.iter().map(|(x, count)| (x - mean) * (x - mean) * *count as f64).sum::<f64>();
        let error = (square / paths / paths).sqrt();
        MemberShare {
            member: member.clone(),
            title: title.clone(),
            share: share(met, tally.count()),
            standard_error: Some(error).filter(|error| error.is_finite() && *error > 0.0),
        }
    };
    label.members.iter().enumerate().map(one).collect()
}

/// On how many paths variables leave the bounds within which they should stay.
pub(super) fn bounds<Series: SeriesCounts>(
    labels: &Labels,
    series: &[Series],
) -> BTreeMap<String, BoundsSummary> {
    let each = labels.bounds.iter().map(|label| {
        let series = &series[label.series as usize];
        let (paths, [min, max]) = (series.paths(), label.bounds);
        let found = BoundsSummary {
            title: label.title.clone(),
            unit: label.unit.clone(),
            min,
            max,
            paths: paths.never,
            first_path: series.counts().first_never,
            not_known: paths.nan,
        };
        (label.name.clone(), found)
    });
    each.collect()
}

pub(super) fn sd(tally: &Tally) -> Option<f64> {
    SeriesCounts::sd(tally)
}

pub(super) fn standard_error(tally: &Tally) -> Option<f64> {
    SeriesCounts::standard_error(tally)
}

/// What is known of all targets, each alone.
pub(super) fn targets(
    labels: &[TargetLabel],
    counted: &TargetProbabilities,
) -> BTreeMap<String, TargetSummary> {
    let each = labels.iter().enumerate();
    each.map(|(place, label)| (label.name.clone(), target(labels, counted, place))).collect()
}

fn target(labels: &[TargetLabel], counted: &TargetProbabilities, place: usize) -> TargetSummary {
    let label = &labels[place];
    let marks = label.marks.iter().map(|mark| MarkSummary {
        variable: mark.variable.clone(),
        year: mark.year,
        level: mark.level,
        at_least: mark.at_least,
    });
    let name = |target: &u32| labels[*target as usize].name.clone();
    TargetSummary {
        probability: decided(label, counted.not_known[place])
            .map_or_else(|| counted.alone[place].clone(), Probability::of),
        title: label.title.clone(),
        group: label.group.clone(),
        source: label.source.clone(),
        figure: label.figure.clone(),
        note: label.note.clone(),
        require: label.require.clone(),
        variant_of: label.variant_of.as_ref().map(name).unwrap_or_default(),
        joins: label.joins.iter().map(name).collect(),
        marks: marks.collect(),
        not_known: counted.not_known[place],
        central: label.met_on_central,
        prior: None,
    }
}

/// What decides a target. What is never met where its truth is known may be met where it is not: on so many paths.
pub(super) fn decided(label: &TargetLabel, not_known: u64) -> Option<Decided> {
    label.decided.filter(|decided| not_known == 0 || *decided != Decided::Never)
}

/// What decides whether two things happen together.
fn both(a: Option<Decided>, b: Option<Decided>) -> Option<Decided> {
    let fails = |decided: &Decided| !decided.holds();
    a.filter(fails).or_else(|| b.filter(fails)).or_else(|| a.and(b))
}

/// What is known of targets together.
pub(super) fn joint(labels: &Labels, counted: TargetProbabilities) -> Joint {
    let not_known = counted.not_known;
    let pairs = counted.pairs.into_iter().map(|(a, b, found)| {
        let [first, second] = [a, b].map(|target| &labels.targets[target as usize]);
        let [of_first, of_second] =
            [(first, a), (second, b)].map(|(label, target)| decided(label, not_known[target as usize]));
        let found = both(of_first, of_second).map_or(found, Probability::of);
        (format!("{} & {}", first.name, second.name), found)
    });
    let of_group: IndexMap<Vec<u32>, Probability> = counted.groups.into_iter().collect();
    let mut groups = groups(labels).into_iter();
    let goals = groups.next().map(|(_, goals)| goals).unwrap_or_default();
    Joint {
        all: of_group.get(&goals).filter(|_| !goals.is_empty()).cloned(),
        goals: goals.iter().map(|goal| labels.targets[*goal as usize].name.clone()).collect(),
        groups: groups
            .filter_map(|(group, members)| Some((group, of_group.get(&members)?.clone())))
            .collect(),
        pairs: pairs.collect(),
        count: counted.exactly,
    }
}

pub(super) fn share(count: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { count as f64 / of as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::{SeriesScale, Truths};
    use crate::model::labels::Mark;
    use crate::text::Text;

    /// Four paths: a variable over two years, a metric, three targets of which two make a group.
    fn ensemble(labels: &Labels) -> Ensemble {
        let members: Vec<Vec<u32>> = groups(labels).into_iter().map(|(_, members)| members).collect();
        let mut ensemble = Ensemble::new(&[const { SeriesScale::new(0.0, 1.0 / 1024.0) }; 3], 3, &members);
        ensemble.paths = 4;
        ensemble.series[0].add_column(0, &[1.0, 2.0, 3.0, 4.0]);
        ensemble.series[1].add_column(0, &[5.0, f64::INFINITY, f64::NAN, 7.0]);
        ensemble.series[2].add_column(0, &[2028.0, 2030.0, f64::INFINITY, f64::INFINITY]);
        let mut truths = Truths::new(3);
        truths.mark(0, &[1.0, 1.0, 0.0, 1.0]);
        truths.mark(1, &[1.0, 0.0, f64::NAN, 1.0]);
        truths.mark(2, &[0.0, 0.0, 1.0, 1.0]);
        ensemble.odds.add(0, 4, &truths);
        ensemble
    }

    fn labels() -> Labels {
        let target = |name: &str, group: &str| TargetLabel {
            name: name.to_owned(),
            title: Text::plain(name),
            group: group.to_owned(),
            figure: String::new(),
            source: String::new(),
            note: Text::default(),
            require: "x@2021 >= 2".to_owned(),
            met_on_central: name != "b",
            variant_of: None,
            joins: Vec::new(),
            decided: None,
            marks: vec![Mark { variable: "x".to_owned(), year: 2021, level: 2.0, at_least: true }],
        };
        Labels {
            id: "toy".to_owned(),
            start: 2020,
            end: 2021,
            variables: vec![VariableLabel {
                name: "x".to_owned(),
                title: Text::plain("X"),
                unit: "t".to_owned(),
                per_cent: false,
                headline: true,
                first_year: 2020,
                last_year: 2021,
                first_series: 0,
                central: vec![2.5, 6.0],
            }],
            metrics: vec![MetricLabel {
                name: "peak".to_owned(),
                title: Text::plain("Peak"),
                unit: "year".to_owned(),
                per_cent: false,
                series: 2,
                central: f64::INFINITY,
                never: Some(2022.0),
                on_record: None,
                members: Vec::new(),
            }],
            targets: vec![target("a", "macro"), target("b", ""), target("c", "macro")],
            ..Labels::default()
        }
    }

    fn toy() -> Summary {
        let labels = labels();
        summary(&labels, &ensemble(&labels), 7, &[0.25, 0.5, 0.75])
    }

    #[test]
    fn a_variable_has_the_statistics_of_its_values() {
        let x = &toy().variables["x"];
        assert_eq!(x.years, [2020, 2021]);
        assert_eq!(x.mean, [Some(2.5), None]);
        assert_eq!(x.minimum[1], Some(5.0));
        assert!((x.sd[0].unwrap() - (5.0_f64 / 3.0).sqrt()).abs() < 1e-9);
        assert!((x.standard_error[0].unwrap() - (5.0_f64 / 12.0).sqrt()).abs() < 1e-9);
        assert_eq!(x.quantiles.keys().collect::<Vec<_>>(), ["0.25", "0.5", "0.75"]);
        // Of 5, 7, infinity and what is no number the second is 5 or 7.
        assert_eq!(x.quantiles["0.5"], [Some(2.0), Some(7.0)]);
        // On one side of it is infinity, on the other perhaps what is no number.
        assert_eq!(x.quantile_errors["0.5"][1], None);
        assert_eq!(x.why["mean"]["2021"], Why::NotANumber);
    }

    #[test]
    fn what_is_not_known_has_a_code_that_says_why() {
        let of = |values: &[f64]| {
            let labels = labels();
            let mut ensemble = ensemble(&labels);
            for tally in &mut ensemble.series {
                *tally = Tally::new(SeriesScale::from_pilot(&[1.0, 2.0]));
                tally.add_column(0, values);
            }
            summary(&labels, &ensemble, 7, &[0.5])
        };
        let code = |found: &Summary, name: &str| {
            let of_year = found.variables["x"].why.get(name).map(|years| years["2021"]);
            (of_year, found.metrics["peak"].why.get(name).copied())
        };
        let nan = of(&[f64::NAN, f64::NAN]);
        for name in ["mean", "sd", "standard_error", "minimum", "maximum", "0.5", "quantile_errors.0.5"] {
            assert_eq!(code(&nan, name), (Some(Why::NoValue), Some(Why::NoValue)), "{name}");
        }
        let never = of(&[f64::INFINITY, f64::INFINITY]);
        assert_eq!(code(&never, "mean"), (Some(Why::SomeInfinite), Some(Why::Never)));
        assert_eq!(code(&never, "0.5"), (Some(Why::PlusInfinity), Some(Why::Never)));
        let one = of(&[7.0]);
        assert_eq!(code(&one, "sd"), (Some(Why::OneValue), Some(Why::OneValue)));
        assert_eq!(code(&one, "mean"), (None, None));
        let late = of(&[2030.0, f64::INFINITY, f64::INFINITY]);
        assert_eq!((code(&late, "0.5").1, code(&late, "mean").1), (Some(Why::Never), Some(Why::Never)));
        let known = of(&[1.0, 2.0]);
        assert!(known.variables["x"].why.is_empty() && known.metrics["peak"].why.is_empty());
        let text = crate::result::json::write(&never).unwrap();
        assert_eq!(
            serde_json::from_str::<Summary>(&text).unwrap().metrics["peak"].why,
            never.metrics["peak"].why
        );
    }

    #[test]
    fn infinity_is_not_finite_in_a_variable_and_never_in_a_metric() {
        let toy = toy();
        assert_eq!(toy.variables["x"].not_finite, [0, 2]);
        assert_eq!(toy.variables["x"].first_not_finite, [None, Some(1)]);
        let peak = &toy.metrics["peak"];
        assert_eq!((peak.never, peak.not_finite, peak.central), (0.5, 0, None));
        assert_eq!(peak.quantiles["0.25"], Some(2028.0));
        assert_eq!((peak.mean, peak.mean_counted), (None, Some(0.25 * (2028.0 + 2030.0 + 2.0 * 2022.0))));
        // About 2025.5: 2.5, 4.5, −3.5 and −3.5; squared 51 in all, over three.
        assert!((peak.sd_counted.unwrap() - 17.0_f64.sqrt()).abs() < 1e-9);
        assert_eq!(peak.quantiles["0.75"], None, "falls among the paths that never get there");
    }

    #[test]
    fn targets_are_counted_alone_in_pairs_in_groups_and_together() {
        let toy = toy();
        assert_eq!(toy.targets["a"].probability.probability, 0.75);
        assert_eq!((toy.targets["b"].probability.probability, toy.targets["b"].not_known), (0.5, 1));
        assert_eq!((toy.targets["a"].central, toy.targets["b"].central), (true, false));
        assert_eq!(toy.joint.pairs["a & b"].probability, 0.5);
        assert_eq!(toy.joint.pairs["b & c"].probability, 0.25);
        assert_eq!(toy.joint.groups["macro"].probability, 0.25);
        assert_eq!(toy.joint.groups.len(), 1);
        assert_eq!(toy.joint.all.unwrap().probability, 0.25);
        assert_eq!(toy.joint.count, [0.0, 0.5, 0.25, 0.25]);
    }

    /// Changes the integers of a value one at a time, and hands on what becomes of the whole.
    fn each_changed(value: &serde_json::Value, found: &mut dyn FnMut(serde_json::Value)) {
        use serde_json::Value;
        match value {
            Value::Number(number) => found((number.as_u64().unwrap() + 1).into()),
            Value::Null => found(0.into()),
            Value::Array(items) => {
                for place in 0..items.len() {
                    each_changed(&items[place], &mut |item| {
                        let mut items = items.clone();
                        items[place] = item;
                        found(Value::Array(items));
                    });
                }
            }
            Value::Object(entries) => {
                // Which targets are counted together follows from the program; it is no count.
                for key in entries.keys().filter(|key| !matches!(key.as_str(), "groups" | "slices")) {
                    each_changed(&entries[key], &mut |entry| {
                        let mut entries = entries.clone();
                        entries[key] = entry;
                        found(Value::Object(entries));
                    });
                }
            }
            _ => {}
        }
    }

    #[test]
    fn any_one_count_of_paths_or_targets_changes_the_fingerprint() {
        let mut ensemble = ensemble(&labels());
        // The counts of a series are perturbed where they are made.
        ensemble.series.clear();
        let whole = serde_json::to_value(&ensemble).unwrap();
        assert_eq!(serde_json::from_value::<Ensemble>(whole.clone()).unwrap(), ensemble);
        let mut prints = std::collections::BTreeSet::from([fingerprint(&ensemble)]);
        let mut changed = 0;
        each_changed(&whole, &mut |other| {
            changed += 1;
            let other: Ensemble = serde_json::from_value(other).unwrap();
            assert!(prints.insert(fingerprint(&other)), "{other:?}");
        });
        // The paths; met, not known, the first such path; three pairs; exactly 0 to 3; all and one group.
        assert_eq!(changed, 1 + 3 * 3 + 3 + 4 + 2);
    }

    #[test]
    fn every_two_of_many_targets_that_are_asked_for_are_in_a_small_group() {
        for count in [0, 1, 2, 25, 26, 50, 51, 130] {
            let targets: Vec<u32> = (0..count).map(|n| 3 * n).collect();
            let found = covering(&targets);
            assert!(found.iter().all(|group| group.len() <= MOST_PAIRED_IN_GROUP && group.is_sorted()));
            for a in 0..targets.len() {
                let has = |x: u32, y: u32| found.iter().any(|group| group.contains(&x) && group.contains(&y));
                assert!((a + 1..targets.len()).all(|b| has(targets[a], targets[b])), "{count}");
            }
        }
    }

    #[test]
    fn the_fingerprint_is_of_the_counts_alone() {
        let labels = labels();
        let one = ensemble(&labels);
        let mut other = one.clone();
        assert_eq!(fingerprint(&one), fingerprint(&other));
        other.series[0].add_column(4, &[1.0]);
        assert_ne!(fingerprint(&one), fingerprint(&other));
        assert_eq!(fingerprint(&one).len(), 64);
    }
}
