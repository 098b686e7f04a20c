//! Densities of a variable by year.

use crate::chart::ridges::{Ridge, Ridges};
use crate::result::distribution::Histogram;
use crate::result::{Distributions, Summary};
use crate::text::{Language, number};
use crate::tr;

/// The most years that are shown besides those of targets.
const YEARS: usize = 8;

/// The densities of a variable, or nothing where it is not random or not recorded.
pub fn density(
    summary: &Summary,
    distributions: &Distributions,
    variable: &str,
    source: &str,
    language: Language,
) -> Option<Ridges> {
    let found = summary.variables.get(variable)?;
    let histograms = distributions.variables.get(variable)?;
    let shown = found.shown(language);
    let marks = super::marks(summary, variable, shown.factor, language);
    let ends = |at: usize| Some((found.minimum.get(at).copied()??, found.maximum.get(at).copied()??));
    // A year in which every path has the same value has no density, though it has a bin.
    let varies = |at: &usize| ends(*at).is_some_and(|(low, high)| low < high);
    let random: Vec<usize> = (0..found.years.len())
        .filter(|&at| histograms.get(at).is_some_and(|h| h.width > 0.0))
        .filter(varies)
        .collect();
    let step = random.len().div_ceil(YEARS).max(1);
    let kept = random
        .iter()
        .rev()
        .enumerate()
        .filter(|(back, at)| back % step == 0 || marks.iter().any(|mark| mark.year == found.years[**at]));
    let mut kept: Vec<usize> = kept.map(|(_, at)| *at).collect();
    kept.reverse();
    let logarithmic = Histogram::are_logarithmic(kept.iter().map(|&at| &histograms[at]));
    let ridges: Vec<Ridge> = kept
        .into_iter()
        .map(|at| {
            let year = found.years[at];
            // Smoothing must not reach beyond what any path had: no density of negative quantities.
            let (low, high) = ends(at).unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
            let mut points = histograms[at].density(logarithmic);
            points.retain(|(x, _)| (low..=high).contains(x));
            let median = found.quantiles.get("0.5").and_then(|values| values[at]).unwrap_or(f64::NAN);
            let here = marks.iter().filter(|mark| mark.year == year);
            Ridge {
                label: number::year(year),
                points: points.iter().map(|(x, d)| (x * shown.factor, d / shown.factor)).collect(),
                median: median * shown.factor,
                median_label: shown.digits(median * shown.factor, 3),
                marks: here
                    .map(|m| (m.level, super::mark_words(&m.label, &m.probability, language)))
                    .collect(),
            }
        })
        .collect();
    let title = super::variable_title(summary, variable, language);
    (ridges.len() > 1).then(|| Ridges {
        title: tr!(language, "report-density-title", title = title),
        subtitle: super::subtitle(summary, language),
        unit: shown.unit.clone(),
        logarithmic,
        are_years: shown.is_year,
        ridges,
        footer: super::footer(summary, source, language),
    })
}
