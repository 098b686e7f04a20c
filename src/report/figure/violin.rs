//! The same variable in several scenarios.

use crate::chart::violin::{Violin, Violins};
use crate::result::distribution::Histogram;
use crate::result::summary::VariableSummary;
use crate::result::{Distributions, Summary};
use crate::text::Language;
use crate::tr;

/// The violins of a variable in a year, one for each run that has it; the year is the given one, or that of the
/// first run's last target on it, or its last. Nothing where fewer than two runs have it.
pub fn violin(
    runs: &[(&Summary, &Distributions)],
    variable: &str,
    year: Option<i32>,
    source: &str,
    language: Language,
) -> Option<Violins> {
    let having = runs.iter().filter(|(summary, _)| summary.variables.contains_key(variable));
    let (first, _) = having.clone().next()?;
    let shown = first.variables.get(variable)?.shown(language);
    let last_mark = super::marks(first, variable, 1.0, language).iter().map(|mark| mark.year).max();
    let year = year.or(last_mark).or_else(|| first.variables.get(variable)?.years.last().copied())?;
    let mark =
        super::marks(first, variable, shown.factor, language).into_iter().find(|mark| mark.year == year);
    let unit = &first.variables.get(variable)?.unit;
    let shown_here: Vec<(&Summary, &VariableSummary, &Histogram, usize)> = having
        .filter_map(|(summary, distributions)| {
            let found = summary.variables.get(variable).filter(|found| found.unit == *unit)?;
            let place = found.place(year)?;
            Some((*summary, found, distributions.variables.get(variable)?.get(place)?, place))
        })
        .collect();
    let logarithmic = Histogram::are_logarithmic(shown_here.iter().map(|(_, _, histogram, _)| *histogram));
    let violins: Vec<Violin> = (shown_here.iter())
        .map(|&(summary, found, histogram, place)| {
            let points = histogram.density(logarithmic);
            let quantile = |level| {
                found
                    .quantile(level, place)
                    .value
                    .filter(|v| v.is_finite())
                    .map_or(f64::NAN, |v| v * shown.factor)
            };
            let quantiles = ["0.05", "0.25", "0.5", "0.75", "0.95"].map(quantile);
            let scenario = &summary.scenario;
            let title = Some(scenario.title.get(language)).filter(|title| !title.is_empty());
            let probability = mark.as_ref().and_then(|mark| {
                let mut here = super::marks(summary, variable, shown.factor, language).into_iter();
                here.find(|other| other.year == year && other.level == mark.level)
            });
            Violin {
                label: title.unwrap_or(&scenario.id).to_owned(),
                points: points.iter().map(|(x, d)| (x * shown.factor, d / shown.factor)).collect(),
                quantiles,
                median: shown.digits(quantiles[2], 3),
                probability: probability.map_or_else(String::new, |mark| mark.probability),
            }
        })
        .collect();
    let title = super::variable_title(first, variable, language);
    let summaries: Vec<&Summary> = shown_here.iter().map(|(summary, ..)| *summary).collect();
    (violins.len() > 1).then(|| Violins {
        title: tr!(language, "report-violin-title", title = title, year = year),
        subtitle: first.scenario.region.get(language).to_owned(),
        unit: shown.unit.clone(),
        logarithmic,
        are_years: shown.is_year,
        step: shown.step,
        violins,
        mark: mark.map(|mark| (mark.level, mark.label)),
        footer: super::of_several(&summaries, source, language),
    })
}
