//! What a headline is made of, year by year.

use crate::analysis::replayed::Replayed;
use crate::chart::stack::{Stack, StackBand};
use crate::result::Summary;
use crate::text::{Language, Text};
use crate::tr;

/// The most parts that are shown by name.
const MOST: usize = 8;

/// The composition of a headline that is a sum: means of its parts over the first paths, the largest in the
/// last year at the bottom. Nothing where a part is below zero, which cannot be stacked.
pub fn composition(
    summary: &Summary,
    replayed: &Replayed,
    variable: &str,
    source: &str,
    language: Language,
) -> Option<Stack> {
    let found = summary.variables.get(variable)?;
    let parts = &replayed.compositions.iter().find(|c| c.variable == variable)?.parts;
    let shown = found.shown(language);
    let mean = |(name, title): &(String, Text)| {
        let means = replayed.sample.variables.get(name)?.means();
        let values: Vec<f64> = means.into_iter().map(|mean| mean * shown.factor).collect();
        Some(StackBand { title: title.get(language).to_owned(), values, rest: false })
    };
    let mut parts: Vec<StackBand> = parts.iter().map(mean).collect::<Option<_>>()?;
    parts.retain(|part| part.values.iter().any(|value| *value != 0.0));
    let fits = |part: &StackBand| {
        part.values.len() == found.years.len() && part.values.iter().all(|value| *value >= 0.0)
    };
    if parts.len() < 2 || !parts.iter().all(fits) {
        return None;
    }
    parts.sort_by(|a, b| b.values.last().unwrap_or(&0.0).total_cmp(a.values.last().unwrap_or(&0.0)));
    if parts.len() > MOST {
        let small = parts.split_off(MOST - 1);
        let title = tr!(language, "report-composition-others").to_owned();
        let sum = |year: usize| small.iter().map(|part| part.values[year]).sum();
        parts.push(StackBand { title, values: (0..found.years.len()).map(sum).collect(), rest: true });
    }
    // Where the run itself says that the mean of the whole is not known, those of its parts say nothing either.
    // From the first such year on: a tail grows with the years, and what seems to settle again does so by chance.
    let first = (0..found.years.len()).find(|&at| found.mean_at(at).value.is_none());
    let unsettled: Vec<usize> = (first.unwrap_or(found.years.len())..found.years.len()).collect();
    for part in &mut parts {
        unsettled.iter().for_each(|&at| part.values[at] = f64::NAN);
    }
    if unsettled.len() + 1 >= found.years.len() {
        return None;
    }
    let note = if unsettled.is_empty() {
        String::new()
    } else {
        let years: Vec<i32> = unsettled.iter().map(|&at| found.years[at]).collect();
        tr!(language, "report-composition-unsettled", years = super::year_words(&years, language))
    };
    let title = super::variable_title(summary, variable, language);
    Some(Stack {
        note,
        title: tr!(language, "report-composition-title", title = title),
        subtitle: super::subtitle(summary, language),
        unit: shown.unit,
        years: found.years.clone(),
        parts,
        footer: super::footer_of_first(summary, replayed.sample.paths, source, language),
    })
}
