//! Which targets are met together.

use crate::chart::heatmap::HeatMap;
use crate::result::Summary;
use crate::result::assemble::MOST_PAIRED;
use crate::result::summary::{Probability, TargetSummary};
use crate::text::probability::KnownProbability;
use crate::text::{Language, group};
use crate::tr;

/// The most targets that are shown.
const MOST: usize = 12;

/// Joint odds of the targets of a group, or, without one, of some of every group: those in the order of the
/// file whose odds are neither nearly nothing nor nearly certain, as of the others the joint odds say nothing
/// new.
pub fn joint(summary: &Summary, of: Option<&str>, source: &str, language: Language) -> Option<HeatMap> {
    let chosen = chosen(summary, of)?;
    let rows: Vec<Vec<Option<&Probability>>> = (chosen.iter().enumerate())
        .map(|(row, a)| chosen[..=row].iter().map(|b| together(summary, a, b)).collect())
        .collect();
    let share = |cell: Option<&Probability>| cell.map_or(f64::NAN, |found| found.probability);
    let words = |cell: Option<&Probability>| cell.map_or_else(|| "–".to_owned(), Probability::cell);
    Some(HeatMap {
        title: match of.map(|id| group::title(id, language)) {
            None => tr!(language, "report-joint-title").to_owned(),
            Some(group) => tr!(language, "report-joint-title-group", group = group),
        },
        axes: tr!(language, "chart-heatmap-axes").to_owned(),
        probability: rows.iter().map(|row| row.iter().copied().map(share).collect()).collect(),
        words: rows.iter().map(|row| row.iter().copied().map(words).collect()).collect(),
        ..plain(summary, &chosen, source, language)
    })
}

/// How often each of the same targets is met on the paths on which another is; with a sign where that is more or less than
/// otherwise.
pub fn conditional(summary: &Summary, of: Option<&str>, source: &str, language: Language) -> Option<HeatMap> {
    let chosen = chosen(summary, of)?;
    let cells: Vec<Vec<(f64, String)>> =
        chosen.iter().map(|a| chosen.iter().map(|b| given(summary, a, b)).collect()).collect();
    Some(HeatMap {
        title: match of.map(|id| group::title(id, language)) {
            None => tr!(language, "report-conditional-title").to_owned(),
            Some(group) => tr!(language, "report-conditional-title-group", group = group),
        },
        axes: tr!(language, "chart-heatmap-axes-given").to_owned(),
        given: true,
        probability: cells.iter().map(|row| row.iter().map(|(share, _)| *share).collect()).collect(),
        words: cells.into_iter().map(|row| row.into_iter().map(|(_, words)| words).collect()).collect(),
        ..plain(summary, &chosen, source, language)
    })
}

/// What both figures say alike.
fn plain(summary: &Summary, chosen: &[&str], source: &str, language: Language) -> HeatMap {
    let title = |name: &&str| {
        summary.targets.get(*name).map(|target| super::target_title(name, target, language).to_owned())
    };
    HeatMap {
        subtitle: super::subtitle(summary, language),
        targets: chosen.iter().filter_map(title).collect(),
        footer: super::footer(summary, source, language),
        ..HeatMap::default()
    }
}

/// The odds that both of two targets are met; those of one where they are the same.
fn together<'a>(summary: &'a Summary, a: &str, b: &str) -> Option<&'a Probability> {
    if a == b {
        return summary.targets.get(a).map(|target| &target.probability);
    }
    let order = |name: &str| summary.order.targets.iter().position(|other| other == name);
    let (first, second) = if order(a) < order(b) { (a, b) } else { (b, a) };
    summary.joint.pairs.get(&format!("{first} & {second}"))
}

/// So many standard errors of a joint share count as more than chance.
const BEYOND_CHANCE: f64 = 3.0;

/// The odds of `b` where `a` is met, and their words; of `a` alone where both are the same.
fn given(summary: &Summary, a: &str, b: &str) -> (f64, String) {
    let none = (f64::NAN, "–".to_owned());
    let alone = |name: &str| summary.targets.get(name).map(|target| &target.probability);
    let (Some(first), Some(second), Some(both)) = (alone(a), alone(b), together(summary, a, b)) else {
        return none;
    };
    if a == b {
        return (first.probability, first.cell());
    }
    let (p, q) = (first.probability, second.probability);
    if p <= 0.0 || first.open || second.open || both.open || !p.is_finite() {
        return none;
    }
    // Of weighted paths as many count as they are worth.
    let paths = summary.evidence.as_ref().map_or(summary.paths as f64, |known| known.effective_paths);
    let share = both.probability / p;
    let words = KnownProbability::counted(share, (paths * p).round() as u64).cell();
    // Under independence the share of both has this error.
    let error = (p * (1.0 - p) * q * (1.0 - q) / paths).sqrt();
    let more = both.probability - p * q;
    let sign = match more.abs() > BEYOND_CHANCE * error && error > 0.0 {
        true if more > 0.0 => "+",
        true => "−",
        false => "",
    };
    (share, format!("{words}{sign}"))
}

/// The targets that are shown; nothing where there are fewer than two.
fn chosen<'a>(summary: &'a Summary, of: Option<&str>) -> Option<Vec<&'a str>> {
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
    (chosen.len() > 1).then_some(chosen)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::wilson;

    /// Three targets on 10 000 paths: the second is likelier where the first is met, the third as likely as otherwise.
    fn summary() -> Summary {
        let mut summary = crate::result::sample::summary();
        summary.paths = 10_000;
        summary.targets.clear();
        summary.order.targets.clear();
        summary.joint.pairs.clear();
        for (name, met) in [("a", 5_000), ("b", 4_000), ("c", 4_000)] {
            let probability = wilson::probability(met, 10_000);
            summary
                .targets
                .insert(name.to_owned(), TargetSummary { probability, ..TargetSummary::default() });
            summary.order.targets.push(name.to_owned());
        }
        for (pair, met) in [("a & b", 3_000), ("a & c", 2_000), ("b & c", 0)] {
            summary.joint.pairs.insert(pair.to_owned(), wilson::probability(met, 10_000));
        }
        summary
    }

    #[test]
    fn the_odds_where_another_target_is_met_are_the_joint_ones_over_its_own() {
        let figure = conditional(&summary(), None, "", Language::En).unwrap();
        // P(b | a) = 0.3 / 0.5, P(a | b) = 0.3 / 0.4, P(c | a) = 0.2 / 0.5: as without a.
        let expected = [["50", "60+", "40"], ["75+", "40", "<1−"], ["50", "<1−", "40"]];
        assert_eq!(figure.words, expected.map(|row| row.map(str::to_owned).to_vec()));
        assert!((figure.probability[1][0] - 0.75).abs() < 1e-12);
    }

    #[test]
    fn the_odds_of_both_stand_below_the_diagonal_with_those_of_each_on_it() {
        let figure = joint(&summary(), None, "", Language::En).unwrap();
        let expected: [&[&str]; 3] = [&["50"], &["30", "40"], &["20", "<1", "40"]];
        assert_eq!(
            figure.words,
            expected.map(|row| row.iter().map(|&words| words.to_owned()).collect::<Vec<_>>())
        );
    }
}
