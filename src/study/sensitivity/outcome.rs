//! An outcome that is compiled with the inputs that may move it.

use crate::analysis::indices::{Design, Probe, SCRAMBLINGS};
use crate::analysis::statement::{add_metric, added_series};
use crate::model::{Labels, Model, RecordedVariables};
use crate::scenario::Loaded;
use crate::text::probability::Decided;

use super::super::sample::{compiled, wrong};
use super::super::{Sample, StudyError};
use super::correlated::{PreparedSplit, groups};
use super::inputs::asked;
use super::measure::{measured, points};
use super::{
    AskedInput, CorrelatedSplit, FoundSensitivity, MeasuredSensitivity, OutcomeSensitivity,
    SensitivityMethod, SensitivityRefusal, SensitivityRequest,
};

/// An outcome that is compiled.
#[derive(Debug)]
pub(super) struct PreparedOutcome {
    of: String,
    /// With a program that records nothing but the outcome.
    model: Model,
    pub(super) inputs: Vec<AskedInput>,
    /// Of Sobol' indices.
    correlated: Vec<PreparedSplit>,
    never: Option<f64>,
}

impl PreparedOutcome {
    /// Compiles an outcome, and finds its inputs.
    pub(super) fn new(
        loaded: &mut Loaded,
        of: String,
        request: &SensitivityRequest,
        sample: Sample,
    ) -> Result<Self, StudyError> {
        let added = add_metric(loaded, "--of", &of);
        added.err().into_iter().for_each(|diagnostic| loaded.diagnostics.push(diagnostic));
        let mut model = compiled(loaded, &RecordedVariables::Headlines)?;
        let Some(series) = added_series(&model) else { return Err(wrong(loaded)) };
        let never = model.labels.metrics.iter().find(|metric| metric.series == series).and_then(|m| m.never);
        model.program = model.program.only(&[series], &[]);
        let draws: Vec<(u32, u32)> = model.program.draws().collect();
        let inputs = match recorded(&model.labels, &of) {
            Some(_) => Vec::new(),
            None => asked(&model, &of, &draws, request)?,
        };
        let correlated = match request.method {
            SensitivityMethod::Sobol => groups(&model, &draws, &request.order)?,
            _ => Vec::new(),
        };
        if !inputs.is_empty() {
            enough(request.method, sample.paths, inputs.len())?;
        }
        Ok(Self { of, model, inputs, correlated, never })
    }

    /// Simulates the outcome, and measures what it depends on.
    pub(super) fn answer(&self, request: &SensitivityRequest, sample: Sample) -> OutcomeSensitivity {
        let (found, probe, correlated) = self.found(request, sample);
        let (of, inputs, never) = (self.of.clone(), self.inputs.clone(), self.never);
        OutcomeSensitivity { of, inputs, found, probe, never, correlated }
    }

    fn found(
        &self,
        request: &SensitivityRequest,
        sample: Sample,
    ) -> (FoundSensitivity, Probe, Vec<CorrelatedSplit>) {
        let (model, of, never) = (&self.model, self.of.as_str(), self.never);
        if let Some(met) = recorded(&model.labels, of) {
            return (FoundSensitivity::Recorded(met), Probe::default(), Vec::new());
        }
        if self.inputs.is_empty() {
            return (FoundSensitivity::Same, Probe::default(), Vec::new());
        }
        let groups = self.inputs.iter().map(|input| input.draws.clone()).collect();
        let design = Design { program: model.program.clone(), groups, seed: sample.seed, never };
        let probe = design.probe();
        let has_values = probe.no_number == 0.0 && (probe.infinite == 0.0 || never.is_some());
        let found = has_values.then(|| measured(&design, request.method, (model, of), sample.paths));
        let split = |one: &PreparedSplit| {
            if has_values { one.found(&design, points(sample.paths)) } else { one.unsplit() }
        };
        let correlated = self.correlated.iter().map(split).collect();
        let found = match found.filter(MeasuredSensitivity::is_finite) {
            Some(found) if found.varies(!request.inputs.is_empty()) => FoundSensitivity::Measured(found),
            None if probe.infinite + probe.no_number > 0.0 => FoundSensitivity::NotFinite,
            _ if probe.varies => FoundSensitivity::TooFew,
            _ if is_decided(&model.labels, of) => FoundSensitivity::Same,
            _ => FoundSensitivity::Unmoved,
        };
        (found, probe, correlated)
    }
}

/// Whether the equations tell that a target is always met, or never.
fn is_decided(labels: &Labels, of: &str) -> bool {
    labels.targets.iter().any(|target| target.name == of.trim() && target.decided.is_some())
}

/// Whether a target was met, where the record tells.
fn recorded(labels: &Labels, of: &str) -> Option<bool> {
    let target = labels.targets.iter().find(|target| target.name == of.trim())?;
    target.decided.filter(|decided| decided.is_recorded()).map(Decided::holds)
}

/// The fewest points of each scrambling from which indices are told, and of which distributions are held against each other.
const LEAST_POINTS: u64 = 64;
const LEAST_PAWN: u64 = 500;
/// The fewest trajectories.
const LEAST_TRAJECTORIES: u64 = 4;

/// That there are paths enough for the method; says how many it needs.
fn enough(method: SensitivityMethod, paths: u64, groups: usize) -> Result<(), SensitivityRefusal> {
    let least = match method {
        SensitivityMethod::Sobol => LEAST_POINTS * SCRAMBLINGS,
        SensitivityMethod::Morris => LEAST_TRAJECTORIES * (groups as u64 + 1),
        SensitivityMethod::Pawn => LEAST_PAWN,
    };
    if paths >= least {
        return Ok(());
    }
    Err(SensitivityRefusal::FewPaths { paths, least })
}
