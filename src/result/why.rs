//! Why statistics are not known: a code for each that a summary has no number for.

use std::collections::BTreeMap;

use super::summary::{MetricSummary, VariableSummary, Why};
use crate::ensemble::Tally;

/// What a statistic needs in order to exist.
#[derive(Clone, Copy, PartialEq)]
enum Needs {
    /// A value.
    Value,
    /// Two values.
    Two,
    /// That its rank is not among the paths that never get there.
    Rank,
    /// Both.
    RankAndTwo,
}

/// Why a statistic of a series that is not known is not.
fn why(tally: &Tally, needs: Needs) -> Why {
    match needs {
        _ if tally.finite == 0 && tally.never > 0 => Why::Never,
        _ if tally.finite == 0 => Why::NoValue,
        Needs::Two | Needs::RankAndTwo if tally.finite + tally.never < 2 => Why::OneValue,
        Needs::Rank | Needs::RankAndTwo if tally.never > 0 => Why::Never,
        Needs::Two if tally.finite < 2 => Why::OneValue,
        _ => Why::Infinite,
    }
}

/// The statistics of one series that are not known.
pub(super) fn of_metric(tally: &Tally, found: &MetricSummary) -> BTreeMap<String, Why> {
    let single = [
        ("mean", found.mean, Needs::Value),
        ("standard_error", found.standard_error, Needs::Two),
        ("sd", found.sd, Needs::Two),
        ("minimum", found.minimum, Needs::Value),
        ("maximum", found.maximum, Needs::Value),
    ];
    let single = single.into_iter().map(|(name, value, needs)| (name.to_owned(), value, needs));
    let quantiles = found.quantiles.iter().map(|(level, value)| (level.clone(), *value, Needs::Rank));
    let errors =
        (found.quantile_errors.iter()).map(|(level, value)| (error_of(level), *value, Needs::RankAndTwo));
    let missing = single.chain(quantiles).chain(errors).filter(|(_, value, _)| value.is_none());
    missing.map(|(name, _, needs)| (name, why(tally, needs))).collect()
}

/// The statistics of a variable that are not known, by year.
pub(super) fn of_variable(
    tallies: &[&Tally],
    years: &[i32],
    found: &VariableSummary,
) -> BTreeMap<String, BTreeMap<String, Why>> {
    let mut all: BTreeMap<String, BTreeMap<String, Why>> = BTreeMap::new();
    for (place, (tally, year)) in tallies.iter().zip(years).enumerate() {
        let at = |values: &BTreeMap<String, Vec<Option<f64>>>| {
            values.iter().map(|(level, values)| (level.clone(), values[place])).collect()
        };
        let series = MetricSummary {
            mean: found.mean[place],
            standard_error: found.standard_error[place],
            sd: found.sd[place],
            minimum: found.minimum[place],
            maximum: found.maximum[place],
            quantiles: at(&found.quantiles),
            quantile_errors: at(&found.quantile_errors),
            ..MetricSummary::default()
        };
        for (statistic, why) in of_metric(tally, &series) {
            // A variable has a value every year: infinity is none.
            let why = if why == Why::Never { Why::NoValue } else { why };
            all.entry(statistic).or_default().insert(year.to_string(), why);
        }
    }
    all
}

/// What the error of a quantile is called in `why`.
pub(super) fn error_of(level: &str) -> String {
    format!("quantile_errors.{level}")
}
