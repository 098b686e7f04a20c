//! Why statistics are not known: a code for each that a summary has no number for.

use crate::text::period::label;
use std::collections::BTreeMap;

use super::interval::is_settled;
use super::series_counts::SeriesCounts;
use super::summary::{MetricSummary, VariableSummary, Why};

/// What is not known of a series whose mean does not settle.
const MOMENTS: [&str; 3] = ["mean", "standard_error", "sd"];

/// What a statistic takes in.
#[derive(Clone, Copy, PartialEq)]
enum Needs {
    /// All values: a sum.
    Sum,
    /// All values, two or more of them.
    Two,
    /// A finite value.
    Finite,
    /// The value at the rank of a level.
    Rank(f64),
    /// What lies about it, of two values or more.
    Error(f64),
}

/// Why a statistic of a series that is not known is not; `year` says whether infinity is a year that never comes.
fn why(series: &impl SeriesCounts, needs: Needs, year: bool) -> Why {
    let (counts, paths) = (series.counts(), series.paths());
    let above = if year { Why::Never } else { Why::PlusInfinity };
    let infinite = || if year && paths.minus_infinite == 0 { Why::Never } else { Why::SomeInfinite };
    match needs {
        _ if paths.ordered() == 0 => Why::NoValue,
        Needs::Rank(level) | Needs::Error(level) => match counts.quantile(level) {
            Some(f64::INFINITY) => above,
            Some(f64::NEG_INFINITY) => Why::MinusInfinity,
            Some(_) if paths.ordered() < 2 => Why::OneValue,
            // What is not finite lies near.
            Some(_) if paths.nan > 0 => Why::NotANumber,
            Some(_) => infinite(),
            None => Why::NotANumber,
        },
        Needs::Finite if paths.finite == 0 && paths.never > 0 => above,
        Needs::Finite => Why::NoValue,
        Needs::Sum | Needs::Two if paths.nan > 0 => Why::NotANumber,
        Needs::Sum | Needs::Two if paths.not_finite() > 0 => infinite(),
        Needs::Two if paths.count() < 2 => Why::OneValue,
        Needs::Sum | Needs::Two => Why::Infinite,
    }
}

/// The statistics of one series that are not known; `year` says whether infinity is a year that never comes.
pub(super) fn of_metric(
    series: &impl SeriesCounts,
    found: &MetricSummary,
    year: bool,
) -> BTreeMap<String, Why> {
    let single = [
        ("mean", found.mean, Needs::Sum),
        ("standard_error", found.standard_error, Needs::Two),
        ("sd", found.sd, Needs::Two),
        ("minimum", found.minimum, Needs::Finite),
        ("maximum", found.maximum, Needs::Finite),
    ];
    let single = single.into_iter().map(|(name, value, needs)| (name.to_owned(), value, needs));
    let at = |level: &str| level.parse().unwrap_or(f64::NAN);
    let quantiles =
        found.quantiles.iter().map(|(level, value)| (level.clone(), *value, Needs::Rank(at(level))));
    let errors = (found.quantile_errors.iter())
        .map(|(level, value)| (error_of(level), *value, Needs::Error(at(level))));
    let missing = single.chain(quantiles).chain(errors).filter(|(_, value, _)| value.is_none());
    let mut all: BTreeMap<String, Why> =
        missing.map(|(name, _, needs)| (name, why(series, needs, year))).collect();
    if found.mean.is_some() && !is_settled(series) {
        MOMENTS.iter().for_each(|name| _ = all.entry((*name).to_owned()).or_insert(Why::Tail));
    }
    all
}

/// The statistics of a variable that are not known, by year.
pub(super) fn of_variable<Series: SeriesCounts>(
    series: &[&Series],
    years: &[i32],
    found: &VariableSummary,
) -> BTreeMap<String, BTreeMap<String, Why>> {
    let mut all: BTreeMap<String, BTreeMap<String, Why>> = BTreeMap::new();
    let mut is_heavy = false;
    for (place, (counts, year)) in series.iter().zip(years).enumerate() {
        let at = |values: &BTreeMap<String, Vec<Option<f64>>>| {
            values.iter().map(|(level, values)| (level.clone(), values[place])).collect()
        };
        let statistics = MetricSummary {
            mean: found.mean[place],
            standard_error: found.standard_error[place],
            sd: found.sd[place],
            minimum: found.minimum[place],
            maximum: found.maximum[place],
            quantiles: at(&found.quantiles),
            quantile_errors: at(&found.quantile_errors),
            ..MetricSummary::default()
        };
        let mut missing = of_metric(*counts, &statistics, false);
        // A tail grows with the years: a mean that seems to settle after one that does not settles by chance.
        is_heavy |= missing.get("mean") == Some(&Why::Tail);
        if is_heavy && statistics.mean.is_some() {
            MOMENTS.iter().for_each(|name| _ = missing.entry((*name).to_owned()).or_insert(Why::Tail));
        }
        for (statistic, why) in missing {
            all.entry(statistic).or_default().insert(label(year), why);
        }
    }
    all
}

/// What the error of a quantile is called in `why`.
pub(super) fn error_of(level: &str) -> String {
    format!("quantile_errors.{level}")
}
