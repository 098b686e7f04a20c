//! Which targets are met together.

use crate::chart::heatmap::HeatMap;
use crate::result::Summary;
use crate::result::assemble::MOST_PAIRED;
use crate::result::summary::{Probability, TargetSummary};
use crate::text::{Language, group};
use crate::tr;

/// The most targets that are shown.
const MOST: usize = 12;

/// Joint odds of the targets of a group, or, without one, of some of every group: those in the order of the
/// file whose odds are neither nearly nothing nor nearly certain, as of the others the joint odds say nothing
/// new.
pub fn joint(summary: &Summary, of: Option<&str>, source: &str, language: Language) -> Option<HeatMap> {
    let mut groups = summary.targets_by_group();
    groups.iter_mut().for_each(|(_, targets)| targets.retain(|(_, target)| !summary.is_variant(target)));
    let mut chosen: Vec<&str> = match of {
        Some(id) => {
            let (_, targets) = groups.iter().find(|(group, _)| *group == id)?;
            targets.iter().map(|(name, _)| *name).take(MOST).collect()
        }
        None => across(&groups),
    };
    if summary.targets.len() > MOST_PAIRED {
        chosen = counted(summary, &groups, of)?;
    }
    let order = |name: &str| summary.order.targets.iter().position(|other| other == name);
    let probability = |a: &str, b: &str| {
        let (first, second) = if order(a) < order(b) { (a, b) } else { (b, a) };
        if a == b {
            return summary.targets.get(a).map(|target| &target.probability);
        }
        summary.joint.pairs.get(&format!("{first} & {second}"))
    };
    let rows: Vec<Vec<Option<&Probability>>> = (chosen.iter().enumerate())
        .map(|(row, a)| chosen[..=row].iter().map(|b| probability(a, b)).collect())
        .collect();
    let share = |cell: Option<&Probability>| cell.map_or(f64::NAN, |found| found.probability);
    let words = |cell: Option<&Probability>| cell.map_or_else(|| "–".to_owned(), Probability::cell);
    let title = |name: &&str| {
        summary.targets.get(*name).map(|target| super::target_title(name, target, language).to_owned())
    };
    let heading = of.map(|id| group::title(id, language));
    (chosen.len() > 1).then(|| HeatMap {
        title: match heading {
            None => tr!(language, "report-joint-title").to_owned(),
            Some(group) => tr!(language, "report-joint-title-group", group = group),
        },
        subtitle: super::subtitle(summary, language),
        targets: chosen.iter().filter_map(title).collect(),
        probability: rows.iter().map(|row| row.iter().copied().map(share).collect()).collect(),
        words: rows.iter().map(|row| row.iter().copied().map(words).collect()).collect(),
        footer: super::footer(summary, source, language),
    })
}

/// Of very many targets: the first ones of the group, or of the first group, of which all pairs were counted.
fn counted<'a>(
    summary: &Summary,
    groups: &[(&'a str, Vec<(&'a str, &'a TargetSummary)>)],
    of: Option<&str>,
) -> Option<Vec<&'a str>> {
    let asked = groups.iter().filter(|(group, _)| of.is_none_or(|of| of == *group));
    asked.map(|(_, targets)| targets.iter().map(|(name, _)| *name).take(MOST).collect()).find(
        |names: &Vec<&str>| {
            let pairs =
                names.iter().enumerate().flat_map(|(place, a)| names[..place].iter().map(move |b| (b, a)));
            names.len() > 1
                && pairs.into_iter().all(|(a, b)| summary.joint.pairs.contains_key(&format!("{a} & {b}")))
        },
    )
}

/// Targets of every group in turn, until there are enough.
fn across<'a>(groups: &[(&'a str, Vec<(&'a str, &'a TargetSummary)>)]) -> Vec<&'a str> {
    let open = |target: &TargetSummary| (0.02..=0.98).contains(&target.probability.probability);
    let longest = groups.iter().map(|(_, targets)| targets.len()).max().unwrap_or(0);
    let mut chosen: Vec<(usize, &str)> = Vec::new();
    for turn in 0..longest {
        for (place, (_, targets)) in groups.iter().enumerate() {
            let target = targets.iter().filter(|(_, target)| open(target)).nth(turn);
            chosen.extend(target.filter(|_| chosen.len() < MOST).map(|(name, _)| (place, *name)));
        }
    }
    chosen.sort_by_key(|(place, _)| *place);
    chosen.into_iter().map(|(_, name)| name).collect()
}
