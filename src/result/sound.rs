//! Whether stored results make sense, before anything is made of them: a file may be damaged, cut, or written by others.
//! Every error names the field.

use std::collections::BTreeMap;

use super::comparison::{Comparison, Difference, DifferenceQuantiles, Rank, Statistics};
use super::distribution::{Distributions, Histogram};
use super::summary::{MetricSummary, Probability, Summary, TargetSummary, VariableSummary};
use crate::ensemble::MOST_PATHS;
use crate::message;
use crate::scenario::load::MAX_YEARS;
use crate::text::Message;
use crate::text::period;

/// What is wrong with a field, and its name.
type FieldCheck = Result<(), Message>;

/// The most bins of a histogram.
const MOST_BINS: usize = 1000;

fn ensure(holds: bool, field: &str, why: impl FnOnce() -> Message) -> FieldCheck {
    if holds { Ok(()) } else { Err(wrong(field, why())) }
}

fn wrong(field: &str, why: Message) -> Message {
    message!("result-sound-field", field = field, why = why)
}

/// Whether a list by year is as long as the years.
fn length(found: usize, years: usize, field: &str) -> FieldCheck {
    ensure(found == years, field, || message!("result-sound-length", found = found, years = years))
}

fn share(value: f64, field: &str) -> FieldCheck {
    ensure((0.0..=1.0).contains(&value), field, || message!("result-sound-share", value = value.to_string()))
}

fn positive(value: Option<f64>, field: &str) -> FieldCheck {
    ensure(value.is_none_or(|x| x >= 0.0), field, || message!("result-sound-negative"))
}

/// Whether all keys are levels of quantiles.
fn levels<T>(quantiles: &BTreeMap<String, T>, field: &str) -> FieldCheck {
    let unknown = |level: &&String| !level.parse::<f64>().is_ok_and(|level| (0.0..=1.0).contains(&level));
    match quantiles.keys().find(unknown) {
        Some(level) => Err(wrong(field, message!("result-sound-level", level = level))),
        None => Ok(()),
    }
}

impl Summary {
    /// Whether all parts agree with each other.
    ///
    /// # Errors
    /// The first field that does not, and why.
    pub fn check(&self) -> FieldCheck {
        let (start, end) = (self.scenario.start, self.scenario.end);
        let alike = period::step_of(start) == period::step_of(end);
        let years = alike && period::is_sound(start, 0) && start <= end && end - start <= MAX_YEARS;
        ensure(years, "scenario", || message!("result-sound-years", start = start, end = end))?;
        ensure(self.paths <= MOST_PATHS, "paths", || {
            message!("result-sound-paths", paths = self.paths.to_string())
        })?;
        for (name, variable) in &self.variables {
            let field = format!("variables.{name}");
            variable.check(&field)?;
            ensure(!variable.years.is_empty(), &field, || message!("result-sound-no-years"))?;
            let central = self.central.get(name).map_or(variable.years.len(), Vec::len);
            length(central, variable.years.len(), &format!("central.{name}"))?;
        }
        self.metrics.iter().try_for_each(|(name, metric)| metric.check(&format!("metrics.{name}")))?;
        self.targets.iter().try_for_each(|(name, target)| target.check(&format!("targets.{name}")))?;
        self.check_joint()?;
        let errors = self.convergence.as_ref().map(|found| (found.paths.len(), found.standard_error.len()));
        ensure(errors.is_none_or(|(paths, errors)| paths == errors), "convergence.standard_error", || {
            message!("result-sound-convergence")
        })
    }

    fn check_joint(&self) -> FieldCheck {
        let joint = &self.joint;
        joint.all.as_ref().map_or(Ok(()), |all| all.check("joint.all"))?;
        for (name, probability) in joint.groups.iter().chain(&joint.pairs) {
            probability.check(&format!("joint.{name}"))?;
        }
        joint.count.iter().try_for_each(|value| share(*value, "joint.count"))
    }
}

impl VariableSummary {
    fn check(&self, field: &str) -> FieldCheck {
        let years = self.years.len();
        let ordered = self.years.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]));
        let known = self.years.iter().all(|year| period::is_sound(*year, MAX_YEARS));
        ensure(ordered && known, &format!("{field}.years"), || message!("result-sound-order"))?;
        let lists = [
            ("mean", &self.mean),
            ("standard_error", &self.standard_error),
            ("sd", &self.sd),
            ("minimum", &self.minimum),
            ("maximum", &self.maximum),
        ];
        for (name, list) in lists {
            length(list.len(), years, &format!("{field}.{name}"))?;
        }
        for value in self.standard_error.iter().chain(&self.sd) {
            positive(*value, &format!("{field}.sd"))?;
        }
        length(self.not_finite.len(), years, &format!("{field}.not_finite"))?;
        if !self.first_not_finite.is_empty() {
            length(self.first_not_finite.len(), years, &format!("{field}.first_not_finite"))?;
        }
        for (level, values) in &self.quantiles {
            length(values.len(), years, &format!("{field}.quantiles.{level}"))?;
        }
        for (level, values) in &self.quantile_errors {
            length(values.len(), years, &format!("{field}.quantile_errors.{level}"))?;
        }
        levels(&self.quantiles, &format!("{field}.quantiles"))
    }
}

impl MetricSummary {
    fn check(&self, field: &str) -> FieldCheck {
        levels(&self.quantiles, &format!("{field}.quantiles"))?;
        positive(self.sd, &format!("{field}.sd"))?;
        share(self.never, &format!("{field}.never"))
    }
}

impl TargetSummary {
    fn check(&self, field: &str) -> FieldCheck {
        self.probability.check(field)?;
        let known = self.marks.iter().all(|mark| period::is_sound(mark.year, MAX_YEARS));
        ensure(known, &format!("{field}.marks"), || message!("result-sound-mark"))
    }
}

impl Probability {
    fn check(&self, field: &str) -> FieldCheck {
        share(self.probability, &format!("{field}.probability"))?;
        positive(self.standard_error, &format!("{field}.standard_error"))?;
        ensure(self.low <= self.high, field, || message!("result-sound-ends"))
    }
}

impl Distributions {
    /// Whether they are of the run of this summary: as many paths, and a histogram for every year.
    ///
    /// # Errors
    /// The first field that is not, and why.
    pub fn check(&self, summary: &Summary) -> FieldCheck {
        ensure(self.paths == summary.paths, "paths", || {
            message!(
                "result-sound-other-paths",
                paths = self.paths.to_string(),
                wanted = summary.paths.to_string()
            )
        })?;
        // Of weighted paths it is not known which share has no value.
        let is_counted = summary.evidence.is_none();
        for (name, histograms) in &self.variables {
            let field = format!("variables.{name}");
            let Some(variable) = summary.variables.get(name) else {
                return Err(wrong(&field, message!("result-sound-no-variable")));
            };
            length(histograms.len(), variable.years.len(), &field)?;
            for (histogram, not_finite) in histograms.iter().zip(&variable.not_finite) {
                // What is infinite is none of a variable's finite values.
                let without = not_finite.saturating_sub(histogram.never);
                histogram.check(&field, self.paths, Some(without).filter(|_| is_counted))?;
            }
        }
        for (name, histogram) in &self.metrics {
            let field = format!("metrics.{name}");
            let Some(metric) = summary.metrics.get(name) else {
                return Err(wrong(&field, message!("result-sound-no-metric")));
            };
            histogram.check(&field, self.paths, Some(metric.not_finite).filter(|_| is_counted))?;
        }
        Ok(())
    }
}

impl Histogram {
    /// Whether its bins hold all of so many paths but those without a value, or, where these are not known, no more.
    fn check(&self, field: &str, paths: u64, without: Option<u64>) -> FieldCheck {
        ensure(self.counts.len() <= MOST_BINS, field, || {
            message!("result-sound-bins", count = self.counts.len())
        })?;
        let rest = without.unwrap_or(self.minus_infinite);
        let parts = self.counts.iter().chain([&self.below, &self.above, &self.never, &rest]);
        let sum = parts.copied().try_fold(0_u64, u64::checked_add);
        let holds = sum.is_some_and(|sum| sum == paths || without.is_none() && sum <= paths);
        ensure(holds, field, || message!("result-sound-sum", paths = paths.to_string()))?;
        let shared = self.shared.iter().map(|(_, count)| *count).try_fold(0_u64, u64::checked_add);
        let sensible = shared.is_some_and(|shared| shared <= paths)
            && self.shared.iter().all(|(value, _)| self.minimum <= *value && *value <= self.maximum)
            && self.shared.is_sorted_by(|a, b| a.0 < b.0);
        ensure(sensible, field, || message!("result-sound-shared"))?;
        if self.counts.is_empty() {
            return ensure(self.below == 0 && self.above == 0, field, || message!("result-sound-no-bins"));
        }
        let ends =
            [self.low, self.width, self.minimum, self.maximum, self.edge(0), self.edge(self.counts.len())];
        let sensible = ends.iter().all(|end| end.is_finite())
            && self.width >= 0.0
            && self.minimum <= self.maximum
            && (!self.logarithmic || self.minimum > 0.0)
            && (!self.whole || self.width == 1.0);
        ensure(sensible, field, || message!("result-sound-range"))
    }
}

impl Comparison {
    /// Whether all scenarios and differences agree with each other.
    ///
    /// # Errors
    /// The first field that does not, and why.
    pub fn check(&self) -> FieldCheck {
        self.reference.check()?;
        for (place, alternative) in self.alternatives.iter().enumerate() {
            let within = |part: &str, why: Message| {
                message!("result-sound-within", field = format!("alternatives[{place}].{part}"), why = why)
            };
            alternative.summary.check().map_err(|why| within("summary", why))?;
            alternative.difference.check().map_err(|why| within("difference", why))?;
        }
        Ok(())
    }
}

impl Difference {
    fn check(&self) -> FieldCheck {
        for (name, variable) in &self.variables {
            let (field, years) = (format!("variables.{name}"), variable.absolute.years.len());
            variable.absolute.check(&format!("{field}.absolute"))?;
            length(variable.percent_of_mean.len(), years, &format!("{field}.percent_of_mean"))?;
            if !variable.ranks.is_empty() {
                length(variable.ranks.len(), years, &format!("{field}.ranks"))?;
            }
            if !variable.percent_by_path.is_empty() {
                length(variable.percent_by_path.len(), years, &format!("{field}.percent_by_path"))?;
            }
            variable.ranks.iter().try_for_each(|rank| rank.check(&format!("{field}.ranks")))?;
            let by_path = variable.percent_by_path.iter().flatten();
            by_path.into_iter().try_for_each(|by_path| by_path.check(&format!("{field}.percent_by_path")))?;
        }
        for (name, metric) in &self.metrics {
            let field = format!("metrics.{name}");
            metric.absolute.check(&field)?;
            metric.rank.as_ref().map_or(Ok(()), |rank| rank.check(&format!("{field}.rank")))?;
            metric.percent_by_path.as_ref().map_or(Ok(()), |by_path| by_path.check(&field))?;
        }
        for (name, target) in &self.targets {
            target.reference.check(&format!("targets.{name}.reference"))?;
            target.alternative.check(&format!("targets.{name}.alternative"))?;
            for change in [target.change, target.low, target.high] {
                let holds = (-1.0..=1.0).contains(&change);
                ensure(holds, &format!("targets.{name}"), || {
                    message!("result-sound-change", change = change.to_string())
                })?;
            }
        }
        Ok(())
    }
}

impl Rank {
    fn check(&self, field: &str) -> FieldCheck {
        [self.above, self.below, self.equal].iter().try_for_each(|x| share(*x, field))
    }
}

impl DifferenceQuantiles {
    fn check(&self, field: &str) -> FieldCheck {
        levels(&self.quantiles, field)
    }
}

impl Statistics {
    fn check(&self, field: &str) -> FieldCheck {
        levels(&self.quantiles, &format!("{field}.quantiles"))?;
        ensure(self.paths <= MOST_PATHS, &format!("{field}.paths"), || message!("result-sound-large"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::sample;

    #[test]
    fn results_that_are_stored_make_sense() {
        assert_eq!(sample::summary().check(), Ok(()));
        assert_eq!(sample::comparison().check(), Ok(()));
    }

    #[test]
    fn what_makes_no_sense_is_told_with_its_field() {
        type Damage = fn(&mut Summary);
        let damages: [(&str, Damage); 9] = [
            ("variables.gdp.mean: it has 15 values for 16 years", |run| {
                run.variables.get_mut("gdp").unwrap().mean.pop();
            }),
            ("variables.gdp.quantiles.0.5: it has 0 values", |run| {
                run.variables.get_mut("gdp").unwrap().quantiles.get_mut("0.5").unwrap().clear();
            }),
            ("variables.gdp.years: they are not one after the other", |run| {
                run.variables.get_mut("gdp").unwrap().years[3] = i32::MAX;
            }),
            ("variables.gdp.quantiles: \"x\" is no level", |run| {
                let gdp = run.variables.get_mut("gdp").unwrap();
                gdp.quantiles.insert("x".into(), vec![None; 16]);
            }),
            ("central.gdp: it has 0 values", |run| {
                run.central.insert("gdp".into(), Vec::new());
            }),
            ("targets.gdp_2025.probability: 7 is no share", |run| {
                run.targets.get_mut("gdp_2025").unwrap().probability.probability = 7.0;
            }),
            ("metrics.growth.never: -1 is no share", |run| {
                run.metrics.get_mut("growth").unwrap().never = -1.0;
            }),
            ("scenario: it runs from 2020 to 2147483647", |run| run.scenario.end = i32::MAX),
            ("paths: 18446744073709551615 is more", |run| run.paths = u64::MAX),
        ];
        for (said, damage) in damages {
            let mut run = sample::summary();
            damage(&mut run);
            let found = run.check().unwrap_err();
            assert!(found.to_string().starts_with(said), "{found}\n{said}");
        }
    }

    #[test]
    fn a_histogram_whose_bins_do_not_hold_the_paths_is_refused() {
        type Damage = fn(&mut Histogram);
        let good = Histogram {
            low: 1.0,
            width: 0.5,
            counts: vec![3, 4],
            below: 1,
            above: 1,
            minimum: 0.0,
            maximum: 9.0,
            never: 1,
            ..Histogram::default()
        };
        assert_eq!(good.check("x", 10, Some(0)), Ok(()));
        // Of weighted paths the rest has no value.
        assert_eq!((good.check("x", 12, None), good.check("x", 9, None).is_err()), (Ok(()), true));
        let damages: [Damage; 11] = [
            |found| found.shared = vec![(1.0, 11)],
            |found| found.shared = vec![(10.0, 1)],
            |found| found.shared = vec![(2.0, 1), (1.0, 1)],
            |found| found.counts[0] = 4,
            |found| found.counts[0] = u64::MAX,
            |found| found.counts.clear(),
            |found| found.counts = vec![0; 2000],
            |found| found.width = f64::NAN,
            |found| found.low = f64::MAX * 2.0,
            |found| found.minimum = 10.0,
            |found| (found.logarithmic, found.low) = (true, 1e300),
        ];
        for (number, damage) in damages.iter().enumerate() {
            let mut found = good.clone();
            damage(&mut found);
            assert!(found.check("x", 10, Some(0)).is_err(), "{number}");
        }
    }
}
