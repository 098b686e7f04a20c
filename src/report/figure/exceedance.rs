//! Odds of at least so much, or of at most, of a variable in some years or of a metric.

use crate::analysis::outcome::RequiredLevel;
use crate::chart::exceedance::{CurveMark, Exceedance, ExceedanceCurve};
use crate::result::distribution::Histogram;
use crate::result::summary::{MetricSummary, Probability, TargetSummary};
use crate::result::{Distributions, Summary};
use crate::text::period::label_at;
use crate::text::{Language, number, unit};
use crate::tr;

/// The share at both ends of a curve that is left out.
const TAIL: f64 = 0.01;
/// The most years that are shown.
const YEARS: usize = 6;

/// The curves of a variable in the years of its targets and the last one, or in `year` alone.
pub fn of_variable(
    summary: &Summary,
    distributions: &Distributions,
    variable: &str,
    year: Option<i32>,
    source: &str,
    language: Language,
) -> Option<Exceedance> {
    let found = summary.variables.get(variable)?;
    let histograms = distributions.variables.get(variable)?;
    let shown = found.shown(language);
    let marks = super::marks(summary, variable, shown.factor, language);
    let mut years: Vec<i32> = marks.iter().map(|mark| mark.year).collect();
    years.extend(found.years.last());
    years.sort_unstable();
    years.dedup();
    let years = year.map_or(years, |year| vec![year]);
    let mut curves = Vec::new();
    let mut drawn = Vec::new();
    let mut shown_here: Vec<&Histogram> = Vec::new();
    let count = years.len();
    let years: Vec<i32> = years.into_iter().rev().take(YEARS).rev().collect();
    let subtitle = match super::subtitle(summary, language) {
        all if years.len() == count => all,
        subtitle => tr!(
            language,
            "report-exceedance-some-years",
            subtitle = subtitle,
            shown = years.len(),
            count = count
        ),
    };
    let here = || marks.iter().filter(|mark| years.contains(&mark.year));
    let both = here().any(|mark| mark.at_least) && here().any(|mark| !mark.at_least);
    let at_most = here().any(|mark| !mark.at_least) && !both;
    for &year in &years {
        let Some(histogram) = found.place(year).and_then(|at| histograms.get(at)) else { continue };
        shown_here.push(histogram);
        let asked = || marks.iter().filter(|mark| mark.year == year);
        let label = number::year(year);
        let named = if both { format!("{label} ≥") } else { label.clone() };
        curves.push(curve(histogram, shown.factor, at_most, named));
        if both && asked().any(|mark| !mark.at_least) {
            curves.push(curve(histogram, shown.factor, true, format!("{label} ≤")));
        }
        drawn.extend(asked().map(|mark| CurveMark {
            level: mark.level,
            share: share(histogram, mark.level / shown.factor, !mark.at_least),
            label: super::mark_words(&mark.label, &mark.probability, language),
        }));
    }
    curves.retain(|curve| !curve.points.is_empty());
    let title = super::variable_title(summary, variable, language);
    (!curves.is_empty()).then(|| Exceedance {
        title: titled(title, shown.is_year, language),
        subtitle,
        unit: shown.unit,
        are_years: shown.is_year,
        step: shown.step,
        paths: summary.paths,
        logarithmic: Histogram::are_logarithmic(shown_here.into_iter()),
        curves,
        marks: drawn,
        footer: super::footer(summary, source, language),
    })
}

/// The curve of a metric.
pub fn of_metric(
    summary: &Summary,
    distributions: &Distributions,
    asked: &[RequiredLevel],
    metric: &str,
    source: &str,
    language: Language,
) -> Option<Exceedance> {
    let (found, histogram) = (summary.metrics.get(metric)?, distributions.metrics.get(metric)?);
    let shown = found.shown(language);
    let here: Vec<(&RequiredLevel, &TargetSummary)> = (asked.iter().filter(|asked| asked.metric == metric))
        .filter_map(|asked| Some((asked, summary.targets.get(&asked.target)?)))
        .collect();
    let marks = here.iter().map(|(asked, target)| CurveMark {
        level: asked.level * shown.factor,
        share: share(histogram, asked.level, !asked.at_least),
        label: asked_label(asked, &shown, &target.probability, language),
    });
    let (least, most) = (here.iter().any(|(a, _)| a.at_least), here.iter().any(|(a, _)| !a.at_least));
    let named = |sign: &str| if least && most { sign.to_owned() } else { String::new() };
    let mut curves = Vec::new();
    if least || !most {
        curves.push(curve(histogram, shown.factor, false, named("≥")));
    }
    if most {
        curves.push(curve(histogram, shown.factor, true, named("≤")));
    }
    curves.iter().all(|curve| curve.points.len() > 1).then(|| Exceedance {
        title: titled(metric_title(metric, found, language), shown.is_year, language),
        subtitle: super::subtitle(summary, language),
        unit: shown.unit.clone(),
        are_years: shown.is_year,
        step: shown.step,
        paths: summary.paths,
        logarithmic: histogram.logarithmic,
        marks: marks.collect(),
        curves,
        footer: super::footer(summary, source, language),
    })
}

/// What a metric is called: its title, or its name.
pub(super) fn metric_title<'a>(name: &'a str, metric: &'a MetricSummary, language: Language) -> &'a str {
    metric.title.or_name(name, language)
}

/// A level that is asked for with its odds: `≤ 2030: 55 %`.
pub(super) fn asked_label(
    asked: &RequiredLevel,
    shown: &unit::Shown,
    probability: &Probability,
    language: Language,
) -> String {
    let sign = if asked.at_least { '≥' } else { '≤' };
    let level = match (shown.is_year, label_at(asked.level, shown.step)) {
        (true, Some(period)) => period,
        (true, None) => number::trimmed_in(asked.level, 6, true),
        _ => number::trimmed(asked.level * shown.factor, 6),
    };
    super::mark_words(&format!("{sign} {level}"), &probability.short(language), language)
}

fn titled(title: &str, is_year: bool, language: Language) -> String {
    if is_year {
        tr!(language, "report-exceedance-years", title = title)
    } else {
        tr!(language, "report-exceedance-levels", title = title)
    }
}

/// The share of the paths on which the value is at least `x`, or at most.
fn share(histogram: &Histogram, x: f64, at_most: bool) -> f64 {
    match (at_most, histogram.whole) {
        (false, _) => histogram.at_least(x),
        (true, true) => 1.0 - histogram.at_least(x.floor() + 1.0),
        (true, false) => 1.0 - histogram.at_least(x),
    }
}

/// The curve at the edges of all bins, of whole numbers at each of them and at their neighbours; without points for a
/// constant.
fn curve(histogram: &Histogram, factor: f64, at_most: bool, label: String) -> ExceedanceCurve {
    let count = histogram.counts.len();
    let steps = histogram.whole;
    let empty = ExceedanceCurve { label, at_most, steps, points: Vec::new() };
    if histogram.width <= 0.0 || count < 2 {
        return empty;
    }
    let values: Vec<f64> = if steps {
        // Bins stand around the numbers; one more on either side shows where the curve comes from and goes to.
        (0..count + 2).map(|bin| histogram.low - 0.5 + bin as f64).collect()
    } else {
        (0..=count).map(|bin| histogram.edge(bin)).collect()
    };
    let points = values.into_iter().map(|value| (value * factor, share(histogram, value, at_most)));
    // Beyond, the curve only lies on the axis.
    let points = points.filter(|(_, share)| steps || (TAIL..=1.0 - TAIL).contains(share));
    ExceedanceCurve { points: points.collect(), ..empty }
}
