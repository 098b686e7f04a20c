//! In which year something happens.

use super::exceedance::{asked_label, metric_title};
use crate::analysis::outcome::RequiredLevel;
use crate::analysis::replayed::Replayed;
use crate::chart::histogram::YearHistogram;
use crate::result::{Distributions, Summary};
use crate::text::period::Step;
use crate::text::{Language, unit};

/// The histogram of a year-valued metric, or nothing where it is of another kind.
pub fn histogram(
    summary: &Summary,
    distributions: &Distributions,
    replayed: Option<&Replayed>,
    metric: &str,
    source: &str,
    language: Language,
) -> Option<YearHistogram> {
    let (found, counted) = (summary.metrics.get(metric)?, distributions.metrics.get(metric)?);
    let never = counted.share_never();
    let shown = unit::shown(&found.unit, language);
    if !shown.is_year || shown.step != Step::Year || !(counted.whole || never == 1.0) {
        return None;
    }
    let mut bars: Vec<(i32, f64)> =
        counted.shares().into_iter().map(|(year, share)| (year as i32, share)).collect();
    if bars.is_empty() {
        bars = (summary.scenario.start..=summary.scenario.end).map(|year| (year, 0.0)).collect();
    }
    let asked: Vec<&RequiredLevel> = replayed
        .map_or(&[][..], |replayed| &replayed.asked)
        .iter()
        .filter(|asked| asked.metric == metric)
        .collect();
    // A year that is asked for has its place even where nothing happens in it.
    for year in asked.iter().map(|asked| asked.level as i32) {
        let (Some(&(first, _)), Some(&(last, _))) = (bars.first(), bars.last()) else { break };
        bars.splice(0..0, (year..first).map(|year| (year, 0.0)));
        bars.extend((last + 1..=year).map(|year| (year, 0.0)));
    }
    let marks = asked.into_iter().filter_map(|asked| {
        let probability = &summary.targets.get(&asked.target)?.probability;
        Some((asked.level as i32, asked_label(asked, &shown, probability, language)))
    });
    Some(YearHistogram {
        title: metric_title(metric, found, language).to_owned(),
        subtitle: super::subtitle(summary, language),
        paths: summary.paths,
        bars,
        never,
        open_end: replayed
            .is_some_and(|replayed| replayed.peaks.iter().any(|name| name == metric))
            .then_some(summary.scenario.end),
        marks: marks.collect(),
        footer: super::footer(summary, source, language),
    })
}
