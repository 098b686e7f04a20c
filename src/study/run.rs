//! The answer to a run.

use ndarray::Array2;

use crate::analysis::gates::Undecided;
use crate::key;
use crate::result::summary::{MetricSummary, Probability, TargetSummary, VariableSummary};
use crate::result::{Distributions, Summary};
use crate::text::Key;
use crate::text::suggest::did_you_mean;

use super::StudyError;

/// What is known after a run.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Run {
    /// Its statistics, with their errors: what `summary.json` holds.
    pub summary: Summary,
    /// Its histograms: what `distributions.json` holds.
    pub distributions: Distributions,
    /// Why the standard error is not known that was to be reached, where it is not.
    pub unknown: Option<Undecided>,
}

impl Run {
    /// The probability of a target, with its standard error and interval.
    ///
    /// # Errors
    /// When there is no such target.
    pub fn probability(&self, target: &str) -> Result<&Probability, StudyError> {
        Ok(&self.target(target)?.probability)
    }

    /// All that is known of a target.
    ///
    /// # Errors
    /// When there is none of this name.
    pub fn target(&self, name: &str) -> Result<&TargetSummary, StudyError> {
        let found = self.summary.targets.get(name);
        found.ok_or_else(|| unknown(key!("study-kind-target"), name, self.summary.targets.keys()))
    }

    /// All that is known of a variable, or of one of its members (`va[coal]`).
    ///
    /// # Errors
    /// When none of this name is recorded.
    pub fn variable(&self, name: &str) -> Result<&VariableSummary, StudyError> {
        let found = self.summary.variables.get(name);
        found.ok_or_else(|| unknown(key!("study-kind-variable"), name, self.summary.variables.keys()))
    }

    /// All that is known of a metric.
    ///
    /// # Errors
    /// When there is none of this name.
    pub fn metric(&self, name: &str) -> Result<&MetricSummary, StudyError> {
        let found = self.summary.metrics.get(name);
        found.ok_or_else(|| unknown(key!("study-kind-metric"), name, self.summary.metrics.keys()))
    }

    /// The quantiles of a variable, years × levels, the levels in rising order; a quantile that is not known is NaN, and
    /// [`VariableSummary::why`] says why.
    ///
    /// # Errors
    /// When no variable of this name is recorded.
    pub fn quantiles(&self, name: &str) -> Result<Array2<f64>, StudyError> {
        let variable = self.variable(name)?;
        let levels = variable.levels();
        let value = |(year, level): (usize, usize)| levels[level].1[year].unwrap_or(f64::NAN);
        Ok(Array2::from_shape_fn((variable.years.len(), levels.len()), value))
    }
}

pub(super) fn unknown<'a>(kind: Key, name: &str, names: impl Iterator<Item = &'a String>) -> StudyError {
    let names: Vec<&str> = names.map(String::as_str).collect();
    let help = did_you_mean(name, &names, key!("text-kind-any")).unwrap_or_default();
    StudyError::UnknownResult { kind, name: name.to_owned(), help }
}
