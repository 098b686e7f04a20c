//! The part of a page that holds scenarios against each other.

use std::collections::BTreeSet;

use minijinja::context;
use minijinja::value::Value;

use super::figure::target_title;
use super::page::{about, unit_words};
use super::percents::Percents;
use super::side_by_side::title;
use crate::result::comparison::{
    Alternative, Comparison, Difference, NotComparedReason, TargetDifference, VariableDifference,
};
use crate::result::summary::{Summary, TargetSummary};
use crate::text::number::year as year_words;
use crate::text::period::is_told;
use crate::text::{Language, Message, group};
use crate::{message, tr};

/// Runs of several folders as a comparison without differences: what was not simulated together cannot be
/// taken path by path.
pub fn of_runs(runs: &[Summary]) -> Option<Comparison> {
    let (reference, others) = runs.split_first().filter(|(_, others)| !others.is_empty())?;
    let alternative =
        |summary: &Summary| Alternative { summary: summary.clone(), difference: Difference::default() };
    Some(Comparison { reference: reference.clone(), alternatives: others.iter().map(alternative).collect() })
}

/// What the template shows of a comparison.
pub(super) fn value(comparison: &Comparison, language: Language) -> Value {
    let titles = comparison.summaries().map(|summary| title(&summary.scenario, language).to_owned());
    let scenarios: Vec<String> = titles.collect();
    let paired = comparison
        .alternatives
        .iter()
        .any(|each| !each.difference.order.targets.is_empty() || !each.difference.order.variables.is_empty());
    let alternatives: Vec<Value> =
        comparison.alternatives.iter().map(|each| alternative(comparison, each, language)).collect();
    context! { scenarios, paired, lead => lead(comparison, paired, language), groups => groups(comparison, paired, language), alternatives }
}

fn lead(comparison: &Comparison, paired: bool, language: Language) -> String {
    let reference = title(&comparison.reference.scenario, language);
    if comparison.alternatives.iter().any(|each| each.difference.of_statistics) {
        tr!(language, "report-compared-lead-statistics", reference = reference)
    } else if paired {
        tr!(language, "report-compared-lead-paired", reference = reference)
    } else {
        tr!(language, "report-compared-lead").to_owned()
    }
}

/// Targets by group: the odds in every scenario, and how they change.
fn groups(comparison: &Comparison, paired: bool, language: Language) -> Vec<Value> {
    let groups = comparison.reference.shown_groups().into_iter();
    groups
        .map(|(id, targets)| {
            let rows: Vec<Value> = (targets.iter())
                .map(|&(name, target)| {
                    let mut cells = vec![target.probability.words(language)];
                    for alternative in &comparison.alternatives {
                        let theirs = alternative.summary.targets.get(name);
                        let words = |theirs: &TargetSummary| theirs.probability.words(language);
                        cells.push(theirs.map_or_else(|| "–".to_owned(), words));
                        if paired {
                            let found = alternative.difference.targets.get(name);
                            cells.push(found.map_or_else(|| "–".to_owned(), TargetDifference::words));
                        }
                    }
                    context! { title => target_title(name, target, language), cells }
                })
                .collect();
            context! { title => group::title(id, language), rows }
        })
        .collect()
}

fn alternative(comparison: &Comparison, alternative: &Alternative, language: Language) -> Value {
    let mut percents = Percents::default();
    let variables = variables(alternative, &mut percents, language);
    let assumptions = assumptions(&comparison.reference, &alternative.summary, language);
    context! {
        title => title(&alternative.summary.scenario, language),
        by_path => !alternative.difference.of_statistics,
        about => about(&alternative.summary.scenario, language),
        sentences => sentences(alternative, language),
        variables,
        notes => percents.lines(language),
        values => tr!(language, "report-page-many", title = tr!(language, "report-compared-values"), count = assumptions.len()),
        assumptions,
        left => left(comparison, alternative, language),
    }
}

/// The targets whose odds rise and fall most.
fn sentences(alternative: &Alternative, language: Language) -> Vec<String> {
    let mut targets: Vec<(&str, &TargetDifference)> = alternative.difference.ordered_targets().collect();
    targets.sort_by(|a, b| b.1.change.total_cmp(&a.1.change));
    let named = |(name, target): &(&str, &TargetDifference)| {
        let title = target.title.or_name(name, language);
        message!("report-compared-target", title = title, change = target.words())
    };
    let telling = |target: &&(&str, &TargetDifference)| target.1.is_telling();
    let most: Vec<Message> =
        targets.iter().take(3).filter(|t| t.1.change > 0.0).filter(telling).map(named).collect();
    let least: Vec<Message> =
        targets.iter().rev().take(3).filter(|t| t.1.change < 0.0).filter(telling).map(named).collect();
    let mut sentences = Vec::new();
    if !most.is_empty() {
        sentences.push(tr!(language, "report-compared-more", targets = most));
    }
    if !least.is_empty() {
        sentences.push(tr!(language, "report-compared-less", targets = least));
    }
    sentences
}

/// Paired differences of the headlines at every fifth year and the last.
fn variables(alternative: &Alternative, percents: &mut Percents, language: Language) -> Vec<Value> {
    let headlines = alternative.difference.ordered_variables().filter(|(_, v)| v.absolute.headline);
    headlines
        .map(|(name, variable)| {
            let found = &variable.absolute;
            let shown = found.shown(language);
            let title = found.title.or_name(name, language);
            let last = found.years.last().copied();
            let first = found.years.first().copied();
            let years = found
                .years
                .iter()
                .copied()
                .filter(|y| (is_told(*y) || Some(*y) == last) && Some(*y) != first);
            let rows: Vec<Value> =
                years.filter_map(|year| row(variable, year, shown.factor, percents, language)).collect();
            context! { title, unit => unit_words(&shown.unit, language), rows }
        })
        .collect()
}

fn row(
    variable: &VariableDifference,
    year: i32,
    factor: f64,
    percents: &mut Percents,
    language: Language,
) -> Option<Value> {
    let place = variable.absolute.place(year)?;
    let found = &variable.absolute;
    let mut cells =
        ["0.05", "0.5", "0.95"].map(|level| found.quantile(level, place).words(factor, "–")).to_vec();
    cells.push(found.mean_at(place).words(factor, "–"));
    cells.push(percents.cell(variable.percent_of_mean.get(place)?));
    cells.extend(variable.ranks.get(place).map(|rank| rank.words(language)));
    Some(context! { year => year_words(year), cells })
}

/// Values that the two scenarios write differently.
fn assumptions(reference: &Summary, alternative: &Summary, language: Language) -> Vec<Value> {
    let written = |summary: &Summary, name: &str| {
        let found = summary.assumptions.values.iter().find(|value| value.name == name);
        found.map_or_else(|| "–".to_owned(), |value| value.written.clone())
    };
    let all = alternative.assumptions.values.iter().chain(&reference.assumptions.values);
    let mut seen = BTreeSet::new();
    all.filter(|value| seen.insert(value.name.as_str()))
        .filter_map(|value| {
            let (a, b) = (written(reference, &value.name), written(alternative, &value.name));
            let title = value.title.get(language);
            (a != b).then(|| context! { name => value.name.clone(), title, reference => a, alternative => b })
        })
        .collect()
}

/// What was not compared, in a sentence for each reason.
fn left(comparison: &Comparison, alternative: &Alternative, language: Language) -> Vec<String> {
    let (a, b) =
        (title(&comparison.reference.scenario, language), title(&alternative.summary.scenario, language));
    let line = |reason: NotComparedReason| {
        let items = alternative.difference.not_compared.iter().filter(|item| item.reason == reason);
        let names: Vec<&str> = items.map(|item| item.name.as_str()).collect();
        let names = names.as_slice();
        (!names.is_empty()).then(|| match reason {
            NotComparedReason::OnlyReference => {
                tr!(language, "report-compared-only", scenario = a, names = names)
            }
            NotComparedReason::OnlyAlternative => {
                tr!(language, "report-compared-only", scenario = b, names = names)
            }
            NotComparedReason::Unit => tr!(language, "report-compared-units", names = names),
            NotComparedReason::Years => tr!(language, "report-compared-years", names = names),
        })
    };
    let reasons = [
        NotComparedReason::OnlyReference,
        NotComparedReason::OnlyAlternative,
        NotComparedReason::Unit,
        NotComparedReason::Years,
    ];
    reasons.into_iter().filter_map(line).collect()
}
