//! Outcomes that are compiled with the inputs that may move them, before anything is simulated.

use crate::analysis::indices::{JointDesign, Probed, ranks};
use crate::analysis::statement::add_metric_as;
use crate::engine::RowOrder;
use crate::key;
use crate::model::{Model, RecordedVariables};
use crate::scenario::Loaded;

use super::super::sample::{compiled, counts_all_paths, wrong};
use super::super::{Sample, StudyError};
use super::measure::{self, points};
use super::outcome::{Numbers, PreparedOutcome};
use super::outcomes::outcomes;
use super::{SensitivityAnswer, SensitivityMethod, SensitivityRequest};

/// Outcomes, each with the inputs that may move it.
#[derive(Debug)]
#[non_exhaustive]
pub struct PreparedSensitivity {
    /// The scenario, and the texts of the question among those that it was read from.
    pub loaded: Loaded,
    /// The paths of each outcome.
    pub sample: Sample,
    request: SensitivityRequest,
    /// With a program whose series are the outcomes.
    model: Model,
    outcomes: Vec<PreparedOutcome>,
    /// The program of all outcomes, with all groups of their inputs.
    design: JointDesign,
    left: usize,
}

impl PreparedSensitivity {
    /// Compiles the outcomes, and finds the inputs of each.
    ///
    /// # Errors
    /// When an outcome or an input cannot be read, or too few paths are asked for.
    pub fn new(mut loaded: Loaded, request: &SensitivityRequest) -> Result<Self, StudyError> {
        counts_all_paths(&loaded, "sensitivity", key!("study-not-conditioned-sensitivity"))?;
        let sample = Sample::of(request.paths, request.seed, &loaded.scenario.run);
        let (names, left) = match &request.of {
            Some(of) => (vec![of.clone()], 0),
            None => outcomes(&compiled(&mut loaded, &RecordedVariables::Headlines)?.labels),
        };
        // No file can hold such names.
        let added: Vec<String> = (0..names.len()).map(|place| format!("(asked {place})")).collect();
        for (of, name) in names.iter().zip(&added) {
            let wrong = add_metric_as(name, &mut loaded, "--of", of).err();
            wrong.into_iter().for_each(|diagnostic| loaded.diagnostics.push(diagnostic));
        }
        let mut model = compiled(&mut loaded, &RecordedVariables::Headlines)?;
        let metric = |name: &String| model.labels.metrics.iter().find(|metric| metric.name == *name);
        let metrics: Option<Vec<_>> = added.iter().map(metric).collect();
        let Some(metrics) = metrics else { return Err(wrong(&loaded)) };
        let nevers: Vec<Option<f64>> = metrics.iter().map(|metric| metric.never).collect();
        let series: Vec<u32> = metrics.iter().map(|metric| metric.series).collect();
        let program = model.program.only(&series, &[]);
        let ranks = ranks(&program, &model.program);
        model.program = program;
        let one = |(place, (of, never)): (usize, (String, &Option<f64>))| {
            PreparedOutcome::new(&model, (place, of), request, (sample, *never))
        };
        let outcomes = names.into_iter().zip(&nevers).enumerate().map(one);
        let mut outcomes: Vec<PreparedOutcome> = outcomes.collect::<Result<_, _>>()?;
        let orders = model.program.draws().map(|(stream, _)| RowOrder::of_stream(&model, stream)).collect();
        let groups = measure::together(&model.program, &mut outcomes);
        let program = model.program.clone();
        let design = JointDesign { program, groups, seed: sample.seed, nevers, ranks, orders };
        Ok(Self { loaded, sample, request: request.clone(), model, outcomes, design, left })
    }

    /// The bytes that the answer takes at its fullest besides the program itself; none that count where no number is kept
    /// for every path.
    pub fn need(&self) -> u64 {
        if self.request.method != SensitivityMethod::Pawn {
            return 0;
        }
        let most = self.outcomes.iter().map(|one| one.inputs.len() as u64).max().unwrap_or_default();
        if most == 0 { 0 } else { self.sample.paths.saturating_mul(16 * most + 64) }
    }

    /// Simulates the outcomes, and measures what each depends on.
    pub fn answer(&self) -> SensitivityAnswer {
        let probes = self.design.probes();
        let numbers = self.numbers(&probes);
        let one = |((outcome, probed), numbers): ((&PreparedOutcome, &Probed), Option<Numbers>)| {
            outcome.answer(&self.model, &self.request, self.sample, (probed.probe, numbers))
        };
        SensitivityAnswer {
            scenario: self.loaded.scenario.id.clone(),
            sample: self.sample,
            outcomes: self.outcomes.iter().zip(&probes).zip(numbers).map(one).collect(),
            is_named: self.request.of.is_some(),
            left: self.left,
        }
    }

    /// By outcome the indices that are found for all at once; none of other methods, and where an outcome has no values.
    fn numbers(&self, probes: &[Probed]) -> Vec<Option<Numbers>> {
        let has_values: Vec<bool> = self
            .outcomes
            .iter()
            .zip(probes)
            .map(|(outcome, probed)| outcome.has_values(probed.probe))
            .collect();
        if self.request.method != SensitivityMethod::Sobol || !has_values.contains(&true) {
            return vec![None; probes.len()];
        }
        let units: Vec<f64> = probes.iter().map(|probed| probed.unit).collect();
        let found = self.design.indices(points(self.sample.paths), &units);
        let sums = measure::sums(&self.model, &self.design, &self.outcomes, self.sample);
        let outcomes = self.outcomes.iter().zip(has_values).zip(found).zip(sums);
        let one = |(((outcome, has_values), found), sums): (((&PreparedOutcome, bool), Vec<_>), _)| {
            has_values.then(|| outcome.numbers(&found, sums))
        };
        outcomes.map(one).collect()
    }
}
