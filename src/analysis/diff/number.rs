//! The numbers of a run that are held against those of another, each with its error and with what decides whether it is
//! known.

use super::{Gap, NEVER, PROBABILITY};
use crate::num::{max, normal};
use crate::result::Summary;
use crate::result::summary::{Estimate, MetricSummary, Probability, VariableSummary, Why};
use crate::text::Language;
use crate::text::period::label;
use crate::text::probability::KnownProbability;
use crate::text::unit::shown as shown_in;

/// A number that is held against another.
pub(super) struct Number {
    pub(super) estimate: Estimate,
    /// Of a probability, what is known of it.
    pub(super) known: Option<KnownProbability>,
    /// Whether values are calendar years.
    pub(super) is_year: bool,
    /// Whether all paths have the same value.
    pub(super) is_constant: bool,
    pub(super) gap: Gap,
}

/// All numbers that are held against each other, by name and statistic.
pub(super) fn numbers(summary: &Summary) -> Vec<((String, String), Number)> {
    let mut found = Vec::new();
    for (name, target) in summary.ordered_targets() {
        let probability = &target.probability;
        let estimate = Estimate { value: Some(probability.probability), error: Some(error_of(probability)) };
        let gap = Gap { paths: summary.paths, ..Gap::default() };
        let known = Some(probability.known());
        let number = Number { estimate, known, is_year: false, is_constant: false, gap };
        found.push(((name.to_owned(), PROBABILITY.to_owned()), number));
    }
    for (name, variable) in summary.ordered_variables().filter(|(_, variable)| variable.headline) {
        for place in 0..variable.years.len() {
            let series = Series::of_variable(variable, place, summary.paths);
            let name = format!("{name}@{}", label(variable.years[place]));
            found.extend(series.numbers().map(|(statistic, number)| ((name.clone(), statistic), number)));
        }
    }
    for (name, metric) in summary.ordered_metrics() {
        let series = Series::of_metric(metric, summary.paths);
        let numbers = series.numbers().chain([(NEVER.to_owned(), series.never(metric.never))]);
        found.extend(numbers.map(|(statistic, number)| ((name.to_owned(), statistic), number)));
    }
    found
}

/// The levels of the quantiles that are held against each other.
const LEVELS: [&str; 3] = ["0.05", "0.5", "0.95"];

/// What a summary says of one series: a metric, or a variable in a year.
struct Series {
    paths: u64,
    is_year: bool,
    mean: Estimate,
    sd: Option<f64>,
    ends: [Option<f64>; 2],
    quantiles: Vec<(&'static str, Estimate)>,
    /// Share of the paths without a finite value.
    not_finite: f64,
    /// Mean and standard deviation of these paths, where they are not known because of the tail.
    unsettled: Option<[Option<f64>; 2]>,
}

impl Series {
    fn of_variable(variable: &VariableSummary, place: usize, paths: u64) -> Self {
        let at = |values: &[Option<f64>]| values.get(place).copied().flatten();
        let year = label(variable.years[place]);
        let why = variable.why.get("mean").and_then(|why| why.get(&year));
        let levels = LEVELS.into_iter().filter(|level| variable.quantiles.contains_key(*level));
        let (mean, sd) = (at(&variable.mean), at(&variable.sd));
        let not_finite = variable.not_finite.get(place).copied().unwrap_or(0);
        Self {
            paths,
            is_year: is_year(&variable.unit),
            mean: variable.mean_at(place),
            sd: sd.filter(|_| why.is_none()),
            ends: [at(&variable.minimum), at(&variable.maximum)],
            quantiles: levels.map(|level| (level, variable.quantile(level, place))).collect(),
            not_finite: not_finite as f64 / paths.max(1) as f64,
            unsettled: why.filter(|why| is_tail(**why)).map(|_| [mean, sd]),
        }
    }

    fn of_metric(metric: &MetricSummary, paths: u64) -> Self {
        let levels = LEVELS.into_iter().filter(|level| metric.quantiles.contains_key(*level));
        Self {
            paths,
            is_year: is_year(&metric.unit),
            mean: metric.mean(),
            sd: metric.sd(),
            ends: [metric.minimum, metric.maximum],
            quantiles: levels.map(|level| (level, metric.quantile(level))).collect(),
            not_finite: metric.never + metric.not_finite as f64 / paths.max(1) as f64,
            unsettled: metric.why.get("mean").filter(|why| is_tail(**why)).map(|_| [metric.mean, metric.sd]),
        }
    }

    fn numbers(&self) -> impl Iterator<Item = (String, Number)> {
        let [mean, sd] = self.unsettled.unwrap_or_default();
        let sums =
            [("mean".to_owned(), self.sum(self.mean, mean)), ("sd".to_owned(), self.sum(self.sd(), sd))];
        let quantiles =
            self.quantiles.iter().map(|(level, estimate)| (format!("q{level}"), self.number(*estimate)));
        sums.into_iter().chain(quantiles)
    }

    fn number(&self, estimate: Estimate) -> Number {
        let is_constant = self.not_finite == 0.0 && self.ends[0].is_some() && self.ends[0] == self.ends[1];
        let gap = Gap { not_finite: self.not_finite, paths: self.paths, ..Gap::default() };
        Number { estimate, known: None, is_year: self.is_year, is_constant, gap }
    }

    /// A statistic that takes in all values; `unsettled` is that of these paths.
    fn sum(&self, estimate: Estimate, unsettled: Option<f64>) -> Number {
        let number = self.number(estimate);
        Number { gap: Gap { is_tail: self.unsettled.is_some(), unsettled, ..number.gap }, ..number }
    }

    /// The standard deviation, with an error that it is not beyond: that of the fourth moment, of which is known that no
    /// value lies further from the mean than the ends.
    fn sd(&self) -> Estimate {
        let error = || {
            let (sd, mean) = (self.sd?, self.mean.value?);
            let reach = max((self.ends[0]? - mean).abs(), (self.ends[1]? - mean).abs());
            let share = if reach > 0.0 { sd / reach } else { 1.0 };
            Some(0.5 * reach * (max(1.0 - share * share, 0.0) / self.paths as f64).sqrt())
        };
        Estimate { value: self.sd, error: error() }
    }

    /// The share of the paths on which a year never comes, with its error; of none or all of them that of three paths.
    fn never(&self, share: f64) -> Number {
        let paths = self.paths.max(1) as f64;
        let error = max((share * (1.0 - share) / paths).sqrt(), 3.0 / paths);
        let gap = Gap { paths: self.paths, ..Gap::default() };
        let estimate = Estimate { value: Some(share), error: Some(error) };
        Number { estimate, known: None, is_year: self.is_year, is_constant: false, gap }
    }
}

fn is_year(unit: &str) -> bool {
    shown_in(unit, Language::En).is_year
}

/// Whether a statistic is not known because of the tail alone, which chance decides.
fn is_tail(why: Why) -> bool {
    matches!(why, Why::Tail | Why::Infinite)
}

/// The standard error of a probability. Of none of the paths, or all of them, it is that of which the interval is the
/// 95 %: few paths that agree do not make a certainty.
fn error_of(probability: &Probability) -> f64 {
    const Z: f64 = normal::POINT_97_5;
    probability.standard_error.unwrap_or((probability.high - probability.low) / (2.0 * Z))
}
