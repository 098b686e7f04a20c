//! What a scenario says of its results beyond what their files hold: which numbers are read in per cent, and remarks.

use super::Summary;
use super::summary::{MetricSummary, VariableSummary};
use crate::scenario::Scenario;
use crate::text::Language;
use crate::text::unit::{self, Shown};

/// Puts into a summary that was read from a file what its scenario says.
pub fn annotate(summary: &mut Summary, scenario: &Scenario) {
    for (name, variable) in &mut summary.variables {
        let family = name.split('[').next().unwrap_or(name);
        variable.per_cent = scenario.reads_in_per_cent(family);
    }
    for (name, metric) in &mut summary.metrics {
        let written = scenario.metrics.get(name);
        metric.per_cent = written.is_some_and(|written| scenario.metric_reads_in_per_cent(name, written));
    }
    for (name, target) in &mut summary.targets {
        target.note = scenario.targets.get(name).map(|written| written.note.clone()).unwrap_or_default();
    }
}

impl VariableSummary {
    /// How its values are shown.
    pub fn shown(&self, language: Language) -> Shown {
        in_per_cent(&self.unit, self.per_cent, language)
    }
}

impl MetricSummary {
    /// How its values are shown.
    pub fn shown(&self, language: Language) -> Shown {
        in_per_cent(&self.unit, self.per_cent, language)
    }
}

fn in_per_cent(written: &str, per_cent: bool, language: Language) -> Shown {
    if !per_cent {
        return unit::shown(written, language);
    }
    Shown { factor: 100.0, unit: "%".to_owned(), is_year: false, step: crate::text::period::Step::Year }
}
