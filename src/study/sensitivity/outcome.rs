//! An outcome that is compiled with the inputs that may move it.

use crate::analysis::indices::{Design, Indices, Probe, SCRAMBLINGS};
use crate::engine::RowOrder;
use crate::model::{Labels, Model, Program};
use crate::text::probability::Decided;

use super::super::{Sample, StudyError};
use super::correlated::{PreparedSplit, groups};
use super::inputs::asked;
use super::measure::{distances, points, screened, with_closed};
use super::{
    AskedInput, CorrelatedSplit, FirstOrderSums, FoundSensitivity, MeasuredSensitivity, OutcomeSensitivity,
    SensitivityMethod, SensitivityRefusal, SensitivityRequest,
};

/// The indices of an outcome's inputs, in their order, with the sums of first-order indices.
pub(super) type Numbers = (Vec<Indices>, FirstOrderSums);

/// An outcome with the inputs that may move it.
#[derive(Debug)]
pub(super) struct PreparedOutcome {
    of: String,
    /// The program that records nothing but the outcome.
    program: Program,
    pub(super) inputs: Vec<AskedInput>,
    /// By input: its group among those of all outcomes.
    pub(super) groups: Vec<usize>,
    /// Of Sobol' indices.
    correlated: Vec<PreparedSplit>,
    never: Option<f64>,
    recorded: Option<bool>,
}

impl PreparedOutcome {
    /// Finds the inputs of an outcome: a series of the model's program.
    pub(super) fn new(
        model: &Model,
        (series, of): (usize, String),
        request: &SensitivityRequest,
        (sample, never): (Sample, Option<f64>),
    ) -> Result<Self, StudyError> {
        let program = model.program.only(&[series as u32], &[]);
        let draws: Vec<(u32, u32)> = program.draws().collect();
        let recorded = recorded(&model.labels, &of);
        let inputs = match recorded {
            Some(_) => Vec::new(),
            None => asked(model, &of, &draws, request)?,
        };
        let correlated = match request.method {
            SensitivityMethod::Sobol => groups(model, &draws, &request.order)?,
            _ => Vec::new(),
        };
        if !inputs.is_empty() {
            enough(request.method, sample.paths, inputs.len())?;
        }
        Ok(Self { of, program, inputs, groups: Vec::new(), correlated, never, recorded })
    }

    /// Stream and year of each draw of the outcome.
    pub(super) fn draws(&self) -> impl Iterator<Item = (u32, u32)> {
        self.program.draws()
    }

    /// Whether it has inputs, and a number on all paths.
    pub(super) fn has_values(&self, probe: Probe) -> bool {
        let is_number = probe.no_number == 0.0 && (probe.infinite == 0.0 || self.never.is_some());
        is_number && self.recorded.is_none() && !self.inputs.is_empty()
    }

    /// Its indices, from those by group of all outcomes.
    pub(super) fn numbers(&self, found: &[Option<Indices>], sums: FirstOrderSums) -> Numbers {
        let found: Vec<Indices> = self.groups.iter().map(|group| found[*group].unwrap_or_default()).collect();
        let sums = with_closed(sums, &self.inputs, &found);
        (found, sums)
    }

    /// Measures what the outcome depends on; its indices are given.
    pub(super) fn answer(
        &self,
        model: &Model,
        request: &SensitivityRequest,
        sample: Sample,
        (probe, numbers): (Probe, Option<Numbers>),
    ) -> OutcomeSensitivity {
        let (found, probe, correlated) = self.found(model, request, sample, (probe, numbers));
        let (of, inputs, never) = (self.of.clone(), self.inputs.clone(), self.never);
        OutcomeSensitivity { of, inputs, found, probe, never, correlated }
    }

    fn found(
        &self,
        model: &Model,
        request: &SensitivityRequest,
        sample: Sample,
        (probe, numbers): (Probe, Option<Numbers>),
    ) -> (FoundSensitivity, Probe, Vec<CorrelatedSplit>) {
        if let Some(met) = self.recorded {
            return (FoundSensitivity::Recorded(met), Probe::default(), Vec::new());
        }
        if self.inputs.is_empty() {
            return (FoundSensitivity::Same, Probe::default(), Vec::new());
        }
        let groups = self.inputs.iter().map(|input| input.draws.clone()).collect();
        let orders = self.draws().map(|(stream, _)| RowOrder::of_stream(model, stream)).collect();
        let (program, never) = (self.program.clone(), self.never);
        let design = Design { program, groups, seed: sample.seed, never, orders };
        let has_values = self.has_values(probe);
        let found = match request.method {
            SensitivityMethod::Sobol => numbers.map(|(found, sums)| MeasuredSensitivity::Sobol(found, sums)),
            SensitivityMethod::Morris => has_values.then(|| screened(&design, sample.paths)),
            SensitivityMethod::Pawn => has_values.then(|| distances(&design, sample.paths)),
        };
        let split = |one: &PreparedSplit| {
            if has_values { one.found(&design, points(sample.paths)) } else { one.unsplit() }
        };
        let correlated = self.correlated.iter().map(split).collect();
        let found = match found.filter(MeasuredSensitivity::is_finite) {
            Some(found) if found.varies(!request.inputs.is_empty()) => FoundSensitivity::Measured(found),
            None if probe.infinite + probe.no_number > 0.0 => FoundSensitivity::NotFinite,
            _ if probe.varies => FoundSensitivity::TooFew,
            _ if is_decided(&model.labels, &self.of) => FoundSensitivity::Same,
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
