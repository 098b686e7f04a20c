//! Scores of many forecasts put together: by variable and horizon, with errors that know that forecasts of one date share
//! what happened then.

use indexmap::{IndexMap, IndexSet};
use serde::Serialize;

use super::benchmark::{KnownAtOrigin, NAMES};
use super::compare::{BenchmarkComparison, diebold_mariano};
use super::head;
use super::origin::{Forecasts, Score};
use crate::analysis::score::INTERVALS;
use crate::scenario::Scenario;
use crate::text::Text;

/// Bins of the histogram of probability integral transforms.
const BINS: usize = 10;

/// The scores of a variable.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VariableScores {
    /// The variable, with members.
    pub variable: String,
    /// Its title.
    pub title: Text,
    /// Its unit.
    pub unit: String,
    /// By horizon.
    pub horizons: Vec<HorizonScore>,
}

/// The scores of all forecasts so many years ahead.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HorizonScore {
    /// How many years ahead.
    pub horizon: i32,
    /// How many forecasts.
    pub forecasts: usize,
    /// How many dates they are of.
    pub dates: usize,
    /// Of these, how many have no year of news in common.
    pub independent_dates: usize,
    /// The share of outcomes within each interval, by [`INTERVALS`].
    pub coverage: Vec<MeanScore>,
    /// Continuous ranked probability score, in the unit of the variable.
    pub crps: MeanScore,
    /// Logarithmic score, of the forecasts of which it is known.
    pub log_score: Option<MeanScore>,
    /// Outcomes outside every path, which have no logarithmic score.
    pub outside: usize,
    /// Interval scores, by [`INTERVALS`].
    pub intervals: Vec<MeanScore>,
    /// Outcome minus median.
    pub bias: MeanScore,
    /// How many outcomes fell into each tenth of their forecast.
    pub pit: Vec<usize>,
    /// Against simple forecasts.
    pub benchmarks: Vec<BenchmarkComparison>,
}

/// A mean over forecasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct MeanScore {
    /// The mean.
    pub mean: f64,
    /// Its standard error, clustered by date; not known of one date.
    pub standard_error: Option<f64>,
}

/// The mean of values and its standard error where those of one date (the first of each pair) may depend on each other in
/// any way: the sums of the deviations by date are what varies.
pub fn clustered(values: &[(i32, f64)]) -> MeanScore {
    let n = values.len() as f64;
    let mean = values.iter().map(|(_, value)| value).sum::<f64>() / n;
    let mut sums: IndexMap<i32, f64> = IndexMap::new();
    for (date, value) in values {
        *sums.entry(*date).or_default() += value - mean;
    }
    let dates = sums.len() as f64;
    let square: f64 = sums.values().map(|sum| sum * sum).sum();
    let standard_error = (dates > 1.0).then(|| (dates / (dates - 1.0) * square).sqrt() / n);
    MeanScore { mean, standard_error }
}

/// The scores of all variables.
pub(super) fn all(
    scenario: &Scenario,
    variables: &[String],
    forecasts: &[Forecasts],
    known: &KnownAtOrigin,
    horizon: i32,
) -> Vec<VariableScores> {
    let of = |(number, name): (usize, &String)| {
        let own = scenario.variables.get(head(name));
        let horizons = (1..=horizon).filter_map(|horizon| {
            let scores: Vec<(&Forecasts, &Score)> = forecasts
                .iter()
                .flat_map(|one| one.scores.iter().map(move |score| (one, score)))
                .filter(|(_, score)| score.variable == number && score.horizon == horizon)
                .collect();
            (!scores.is_empty()).then(|| at_horizon(&scores, known, horizon))
        });
        VariableScores {
            variable: name.clone(),
            title: own.map(|own| own.title.clone()).unwrap_or_default(),
            unit: own.map(|own| own.unit.clone()).unwrap_or_default(),
            horizons: horizons.collect(),
        }
    };
    variables.iter().enumerate().map(of).collect()
}

fn at_horizon(scores: &[(&Forecasts, &Score)], known: &KnownAtOrigin, horizon: i32) -> HorizonScore {
    let by_date = |value: &dyn Fn(&Score) -> f64| -> Vec<(i32, f64)> {
        scores.iter().map(|(of, score)| (of.origin, value(score))).collect()
    };
    let logs: Vec<(i32, f64)> =
        scores.iter().filter_map(|(of, score)| Some((of.origin, score.log?))).collect();
    let dates: IndexSet<i32> = scores.iter().map(|(of, _)| of.origin).collect();
    let mut pit = vec![0; BINS];
    for (_, score) in scores {
        pit[((score.pit * BINS as f64) as usize).min(BINS - 1)] += 1;
    }
    let intervals = 0..INTERVALS.len();
    HorizonScore {
        horizon,
        forecasts: scores.len(),
        dates: dates.len(),
        independent_dates: independent(&dates, horizon),
        coverage: intervals
            .clone()
            .map(|k| clustered(&by_date(&|score| f64::from(u8::from(score.covered[k])))))
            .collect(),
        crps: clustered(&by_date(&|score| score.crps)),
        outside: scores.len() - logs.len(),
        log_score: (!logs.is_empty()).then(|| clustered(&logs)),
        intervals: intervals.map(|k| clustered(&by_date(&|score| score.intervals[k]))).collect(),
        bias: clustered(&by_date(&|score| score.miss)),
        pit,
        benchmarks: benchmarks(scores, known, horizon),
    }
}

/// How many dates lie at least a horizon apart.
fn independent(dates: &IndexSet<i32>, horizon: i32) -> usize {
    let mut sorted: Vec<i32> = dates.iter().copied().collect();
    sorted.sort_unstable();
    let mut free = i32::MIN;
    let mut count = 0;
    for date in sorted {
        if date >= free {
            count += 1;
            free = date + horizon;
        }
    }
    count
}

fn benchmarks(
    scores: &[(&Forecasts, &Score)],
    known: &KnownAtOrigin,
    horizon: i32,
) -> Vec<BenchmarkComparison> {
    let of = |(of, score): &(&Forecasts, &Score)| {
        known.scores(score.variable, &of.unit, of.origin, horizon, score.outcome)
    };
    let theirs: Vec<[Option<f64>; 3]> = scores.iter().map(of).collect();
    let one = |(k, benchmark): (usize, &'static str)| {
        let both: Vec<(i32, f64, f64)> = scores
            .iter()
            .zip(&theirs)
            .filter_map(|((of, score), theirs)| Some((of.origin, score.crps, theirs[k]?)))
            .collect();
        if both.is_empty() {
            return None;
        }
        let n = both.len() as f64;
        let (own, other): (f64, f64) =
            both.iter().fold((0.0, 0.0), |sum, (_, own, other)| (sum.0 + own / n, sum.1 + other / n));
        let mut by_date: IndexMap<i32, (f64, f64)> = IndexMap::new();
        for (date, own, other) in &both {
            let sum = by_date.entry(*date).or_default();
            *sum = (sum.0 + own - other, sum.1 + 1.0);
        }
        let differences: Vec<(i32, f64)> =
            by_date.into_iter().map(|(date, (sum, count))| (date, sum / count)).collect();
        let found = diebold_mariano(&differences, horizon);
        Some(BenchmarkComparison {
            benchmark,
            crps: other,
            skill: 1.0 - own / other,
            forecasts: both.len(),
            test: found.ok(),
            why: found.err(),
        })
    };
    NAMES.into_iter().enumerate().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where every date has one forecast it is the usual error of a mean; where those of a date are copies, more of them do
    /// not make it smaller.
    #[test]
    fn copies_of_a_forecast_make_no_error_smaller() {
        let one = [(2010, 1.0), (2011, 3.0), (2012, 5.0), (2013, 3.0)];
        let error = clustered(&one).standard_error.unwrap();
        // s = √(8/3), over √4.
        assert!((error - (8.0_f64 / 3.0).sqrt() / 2.0).abs() < 1e-12);
        let copies: Vec<(i32, f64)> = one.iter().flat_map(|pair| [*pair; 50]).collect();
        assert!((clustered(&copies).standard_error.unwrap() - error).abs() < 1e-12);
        assert_eq!(clustered(&[(2010, 1.0), (2010, 2.0)]), MeanScore { mean: 1.5, standard_error: None });
    }

    #[test]
    fn dates_that_share_news_are_not_independent() {
        let dates: IndexSet<i32> = (2010..=2015).collect();
        assert_eq!([1, 2, 3, 6].map(|horizon| independent(&dates, horizon)), [6, 3, 2, 1]);
    }
}
