//! A glance at a run: the probabilities of all targets and the quantiles of a few variables, and nothing else. Each of these
//! has the bits that the run has; it is for who moves something and wants to see at once where it leads.

use crate::engine::{self, Watch};
use crate::model::labels::{Labels, VariableLabel};
use crate::result::{Summary, assemble};

use super::{Prepared, StudyError};

impl Prepared {
    /// The probabilities of the targets and the quantiles of these variables, among those that are recorded; `None` of a run
    /// that is more than its paths: conditioned on a record or a formula, or spread otherwise than by chance.
    ///
    /// # Errors
    /// When the run does not come about or is stopped.
    pub fn glance(&self, variables: &[String], watch: Watch) -> Result<Option<Summary>, StudyError> {
        let plain = self.settings.given.is_none()
            && self.settings.scheme().is_none()
            && self.conditioned().is_none()
            && self.until.is_none();
        if !plain {
            return Ok(None);
        }
        let (labels, program) = (&self.model.labels, &self.model.program);
        let (mut series, mut kept) = (Vec::new(), Vec::new());
        for label in labels.variables.iter().filter(|label| variables.contains(&label.name)) {
            let first_series = series.len() as u32;
            series.extend(label.first_series..label.first_series + label.central.len() as u32);
            kept.push(VariableLabel { first_series, ..label.clone() });
        }
        let targets: Vec<u32> = (0..program.targets).collect();
        let random = series.iter().map(|&series| labels.random.get(series as usize).copied());
        let labels = Labels {
            id: labels.id.clone(),
            title: labels.title.clone(),
            summary: labels.summary.clone(),
            region: labels.region.clone(),
            start: labels.start,
            end: labels.end,
            worlds: labels.worlds.clone(),
            targets: labels.targets.clone(),
            headline_targets: labels.headline_targets.clone(),
            random: random.map(Option::unwrap_or_default).collect(),
            variables: kept,
            ..Labels::default()
        };
        let ensemble = engine::simulate(&program.only(&series, &targets), &[], &self.request(), watch)?;
        Ok(Some(assemble::summary(&labels, &ensemble, self.settings.seed, &self.settings.quantiles)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{Options, Sampling, Study};

    #[test]
    fn a_glance_shows_what_the_run_shows() {
        for (name, variable) in [("savings", "balance"), ("two-sector-town", "gdp")] {
            let study = Study::open(name).unwrap();
            let prepared = study.prepare(&Options::default().paths(1_000)).unwrap();
            let run = prepared.run(Watch::default()).unwrap().summary;
            let glance = prepared.glance(&[variable.to_owned()], Watch::default()).unwrap().unwrap();
            assert!(!run.targets.is_empty() && glance.targets == run.targets, "{name}");
            assert_eq!(glance.variables.keys().collect::<Vec<_>>(), [variable]);
            assert_eq!(glance.variables[variable], run.variables[variable]);
        }
    }

    #[test]
    fn there_is_no_glance_at_a_run_that_is_more_than_its_paths() {
        let study = Study::open("savings").unwrap();
        let options = Options::default().paths(1_024).sampling(Sampling::Sobol);
        let prepared = study.prepare(&options).unwrap();
        assert!(prepared.glance(&[], Watch::default()).unwrap().is_none());
    }
}
