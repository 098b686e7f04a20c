//! Honest errors of runs that are not random: from replicates.
//!
//! Each of the R replicates estimates everything on its own; the standard error of their mean is their standard
//! deviation over √R, whatever the scheme does within a replicate.

use std::collections::BTreeMap;

use super::summary::{Probability, Summary, Why};
use super::why::error_of;
use crate::num::{max, min};

/// The 97.5 % point of Student's t with fifteen degrees of freedom: two sides of 95 %, from sixteen replicates.
const T: f64 = 2.131449545559323;

/// Replaces the standard errors of a summary, and the intervals of its probabilities, by what the replicates say.
pub fn fill(summary: &mut Summary, replicates: &[Summary]) {
    for (name, variable) in &mut summary.variables {
        for (place, error) in variable.standard_error.iter_mut().enumerate() {
            let means = replicates.iter().map(|replicate| replicate.variables[name].mean[place]);
            *error = spread(means);
            let year = variable.years[place].to_string();
            note(variable.why.entry("standard_error".to_owned()).or_default(), &year, *error);
        }
        for (level, errors) in &mut variable.quantile_errors {
            for (place, error) in errors.iter_mut().enumerate() {
                let found = |replicate: &Summary| replicate.variables[name].quantiles[level][place];
                *error = spread(replicates.iter().map(found));
                let year = variable.years[place].to_string();
                note(variable.why.entry(error_of(level)).or_default(), &year, *error);
            }
        }
        variable.why.retain(|_, years| !years.is_empty());
    }
    for (name, metric) in &mut summary.metrics {
        metric.standard_error = spread(replicates.iter().map(|replicate| replicate.metrics[name].mean));
        note(&mut metric.why, "standard_error", metric.standard_error);
        for (level, error) in &mut metric.quantile_errors {
            *error = spread(replicates.iter().map(|replicate| replicate.metrics[name].quantiles[level]));
            note(&mut metric.why, &error_of(level), *error);
        }
    }
    for (name, target) in &mut summary.targets {
        probability(
            &mut target.probability,
            replicates.iter().map(|replicate| Some(&replicate.targets[name].probability)),
        );
    }
    if let Some(all) = &mut summary.joint.all {
        probability(all, replicates.iter().map(|replicate| replicate.joint.all.as_ref()));
    }
    for (name, group) in &mut summary.joint.groups {
        probability(group, replicates.iter().map(|replicate| replicate.joint.groups.get(name)));
    }
    for (name, pair) in &mut summary.joint.pairs {
        probability(pair, replicates.iter().map(|replicate| replicate.joint.pairs.get(name)));
    }
}

/// Says of an error that is not known that a replicate has no such statistic, and forgets why one that is was not.
fn note(why: &mut BTreeMap<String, Why>, name: &str, error: Option<f64>) {
    if error.is_some() {
        why.remove(name);
    } else {
        why.entry(name.to_owned()).or_insert(Why::NoValue);
    }
}

/// Where all replicates agree that something never or always happens, what is known is the interval of the counts.
fn probability<'a>(probability: &mut Probability, replicates: impl Iterator<Item = Option<&'a Probability>>) {
    let error = spread(replicates.map(|found| found.map(|found| found.probability)));
    if let Some(error) = error.filter(|error| *error > 0.0) {
        probability.standard_error = Some(error);
        probability.low = max(probability.probability - T * error, 0.0);
        probability.high = min(probability.probability + T * error, 1.0);
    }
}

/// The standard error of the mean of some values; `None` where one is missing.
fn spread(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let values: Vec<f64> = values.collect::<Option<_>>()?;
    let n = values.len() as f64;
    if n < 2.0 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    Some((squares / (n - 1.0) / n).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::sample;

    #[test]
    fn errors_are_what_the_replicates_differ_by() {
        let mut summary = sample::summary();
        let replicates: Vec<Summary> = (0..4)
            .map(|k| {
                let mut replicate = sample::summary();
                replicate.targets.get_mut("gdp_2025").unwrap().probability.probability += 0.01 * f64::from(k);
                let growth = replicate.metrics.get_mut("growth").unwrap();
                growth.mean = Some(f64::from(k));
                growth.quantiles.insert("0.05".to_owned(), Some(2.0 * f64::from(k)));
                replicate
            })
            .collect();
        fill(&mut summary, &replicates);
        // The standard deviation of 0, 1, 2, 3 is √(5/3).
        let expected = (5.0f64 / 3.0 / 4.0).sqrt();
        assert!((summary.metrics["growth"].standard_error.unwrap() / expected - 1.0).abs() < 1e-12);
        let tail = summary.metrics["growth"].quantile("0.05").error.unwrap();
        assert!((tail / (2.0 * expected) - 1.0).abs() < 1e-12, "{tail}");
        let probability = &summary.targets["gdp_2025"].probability;
        assert!((probability.standard_error.unwrap() / (0.01 * expected) - 1.0).abs() < 1e-9);
        assert_eq!(
            summary.targets["nox"].probability,
            sample::summary().targets["nox"].probability,
            "never met"
        );
    }
}
