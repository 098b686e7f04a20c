//! Odds of at least so much, of a variable in some years or of a metric.

use crate::analysis::asked::Asked;
use crate::chart::exceedance::{Curve, CurveMark, Exceedance};
use crate::result::distribution::Histogram;
use crate::result::summary::MetricSummary;
use crate::result::{Distributions, Summary};
use crate::text::{Language, number, unit};

/// The share at both ends of a curve that is left out.
const TAIL: f64 = 0.01;
/// The most years that are shown.
const YEARS: usize = 3;

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
    let shown = unit::shown(&found.unit, language);
    let marks = super::marks(summary, variable, shown.factor);
    let mut years: Vec<i32> = marks.iter().map(|mark| mark.year).collect();
    years.extend(found.years.last());
    years.sort_unstable();
    years.dedup();
    let years = year.map_or(years, |year| vec![year]);
    let mut curves = Vec::new();
    let mut drawn = Vec::new();
    let mut shown_here: Vec<&Histogram> = Vec::new();
    for year in years.into_iter().rev().take(YEARS).rev() {
        let Some(histogram) = found.place(year).and_then(|at| histograms.get(at)) else { continue };
        shown_here.push(histogram);
        curves.push(Curve { label: number::year(year), points: points(histogram, shown.factor) });
        let here = marks.iter().filter(|mark| mark.year == year);
        drawn.extend(here.map(|mark| CurveMark {
            level: mark.level,
            share: histogram.at_least(mark.level / shown.factor),
            label: format!("{}: {}", mark.label, number::percent(mark.probability)),
        }));
    }
    curves.retain(|curve| !curve.points.is_empty());
    let title = super::variable_title(summary, variable, language);
    (!curves.is_empty()).then(|| Exceedance {
        title: titled(title, language),
        subtitle: super::subtitle(summary, language),
        unit: shown.unit,
        are_years: false,
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
    asked: &[Asked],
    metric: &str,
    source: &str,
    language: Language,
) -> Option<Exceedance> {
    let (found, histogram) = (summary.metrics.get(metric)?, distributions.metrics.get(metric)?);
    let shown = unit::shown(&found.unit, language);
    let points = points(histogram, shown.factor);
    let marks = asked.iter().filter(|asked| asked.metric == metric).filter_map(|asked| {
        let probability = summary.targets.get(&asked.target)?.probability.probability;
        let label = asked_label(asked, shown.factor, shown.is_year, probability);
        Some(CurveMark { level: asked.level * shown.factor, share: histogram.at_least(asked.level), label })
    });
    (points.len() > 1).then(|| Exceedance {
        title: titled(metric_title(metric, found, language), language),
        subtitle: super::subtitle(summary, language),
        unit: shown.unit.clone(),
        are_years: shown.is_year,
        logarithmic: histogram.logarithmic,
        curves: vec![Curve { label: String::new(), points }],
        marks: marks.collect(),
        footer: super::footer(summary, source, language),
    })
}

/// What a metric is called: its title, or its name.
pub(super) fn metric_title<'a>(name: &'a str, metric: &'a MetricSummary, language: Language) -> &'a str {
    Some(metric.title.get(language)).filter(|title| !title.is_empty()).unwrap_or(name)
}

/// A level that is asked for with its odds: `≤ 2030: 55 %`.
pub(super) fn asked_label(asked: &Asked, factor: f64, is_year: bool, probability: f64) -> String {
    let sign = if asked.at_least { '≥' } else { '≤' };
    let level =
        if is_year { number::year(asked.level as i32) } else { number::trimmed(asked.level * factor, 6) };
    format!("{sign} {level}: {}", number::percent(probability))
}

fn titled(title: &str, language: Language) -> String {
    match language {
        Language::En => format!("{title}: how likely is how much?"),
        Language::Zh => format!("{title}：达到各水平的概率"),
    }
}

/// The curve at the edges of all bins; nothing for a constant.
fn points(histogram: &Histogram, factor: f64) -> Vec<(f64, f64)> {
    let edge = |bin: usize| {
        let edge = histogram.edge(bin);
        if histogram.whole { edge + 0.5 } else { edge }
    };
    let count = histogram.counts.len();
    let last = if histogram.whole { count.saturating_sub(1) } else { count };
    if histogram.width <= 0.0 || count < 2 {
        return Vec::new();
    }
    let points = (0..=last).map(edge).map(|value| (value * factor, histogram.at_least(value)));
    // Beyond, the curve only lies on the axis.
    points.filter(|(_, share)| histogram.whole || (TAIL..=1.0 - TAIL).contains(share)).collect()
}
