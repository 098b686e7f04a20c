//! A goal that is read and the levers that are found, before anything is simulated.

use crate::analysis::solve::{Goal, Lever, SolveError, SolveQuestion};
use crate::engine::RunRequest;
use crate::model::{Model, RecordedVariables, compile_with_gates};
use crate::scenario::Loaded;
use crate::text::{DiagnosticList, Place};

use super::super::observed::admit;
use super::super::sample::{counts_random_paths, refused};
use super::super::{Diagnostics, Observing, Sample, StudyError};
use super::levers::{grid, levers, neighbours};
use super::{HeldSolution, SolveAnswer, SolveRefusal, SolveRequest};

/// A goal that is read, with the levers by which it may be reached.
#[derive(Debug)]
#[non_exhaustive]
pub struct PreparedSolve {
    /// The scenario, and the texts of the question among those that it was read from.
    pub loaded: Loaded,
    /// The goal.
    pub goal: Goal,
    /// The levers; the last is solved for.
    pub levers: Vec<Lever>,
    /// The paths by which each trial is judged.
    pub sample: Sample,
    /// What conditions the scenario as it is.
    record: Option<Observing>,
}

impl PreparedSolve {
    /// Reads the goal, and finds what its inputs stand for.
    ///
    /// # Errors
    /// When one of them cannot be read, or what is asked cannot be told from simulated paths.
    pub fn new(mut loaded: Loaded, request: &SolveRequest) -> Result<Self, StudyError> {
        counts_random_paths(&loaded, "solve")?;
        let sample = Sample::of(request.paths, request.seed, &loaded.scenario.run);
        let record =
            if loaded.diagnostics.has_errors() { None } else { admit(&loaded.scenario, sample.seed)? };
        let goal = goal(&mut loaded, &request.goal, sample)?;
        let levers = levers(&mut loaded, request)?;
        Ok(Self { loaded, goal, levers, sample, record })
    }

    /// Searches the range of the last lever, with the others at each combination of their values.
    ///
    /// # Errors
    /// When a trial does not come about, or the goal's statistic does not exist there.
    pub fn answer(&self) -> Result<SolveAnswer, StudyError> {
        let request = RunRequest { seed: self.sample.seed, paths: self.sample.paths, threads: None };
        let search = SolveQuestion { scenario: &self.loaded.scenario, goal: &self.goal, request };
        let Some((last, others)) = self.levers.split_last() else {
            return Err(SolveRefusal::NoInput.into());
        };
        let failed = |error| self.failed(last, error);
        let mut found = Vec::new();
        for held in grid(others) {
            let solution = search.solve(&held, last).map_err(failed)?;
            found.push(HeldSolution { held: held.into_iter().map(|(_, value)| value).collect(), solution });
        }
        let mut steps = Vec::new();
        if let ([only], true) = (found.as_slice(), others.is_empty()) {
            for x in neighbours(&only.solution, last) {
                steps.push(search.trial(&[], last, x).map_err(failed)?);
            }
        }
        Ok(SolveAnswer {
            scenario: self.loaded.scenario.id.clone(),
            observed: self.record.as_ref().map(Observing::years).unwrap_or_default(),
            goal: self.goal.clone(),
            levers: self.levers.clone(),
            sample: self.sample,
            found,
            steps,
        })
    }

    fn failed(&self, lever: &Lever, error: SolveError) -> StudyError {
        match error {
            SolveError::Scenario(diagnostics) => {
                Diagnostics { files: self.loaded.files.clone(), diagnostics }.into()
            }
            SolveError::Engine(error) => error.into(),
            SolveError::Record(x, error) => not_conditioned(lever, x, &error.into()),
            SolveError::Unreliable(x, unreliable) => not_conditioned(lever, x, &unreliable.into()),
            SolveError::Nothing(x) => SolveRefusal::no_statistic(&self.goal, &lever.name, x).into(),
        }
    }
}

/// That with the lever at a value the observations do not condition the trial.
fn not_conditioned(lever: &Lever, value: f64, why: &StudyError) -> StudyError {
    let lever = lever.name.clone();
    SolveRefusal::NotConditioned { lever, value, why: Box::new(why.message()) }.into()
}

/// Reads the goal and looks up what it is about.
fn goal(loaded: &mut Loaded, text: &str, sample: Sample) -> Result<Goal, StudyError> {
    let file = loaded.files.add("--for", text);
    let mut found = DiagnosticList::default();
    match Goal::read(text, Place::new(file, 0, text.len())) {
        Ok(goal) if !loaded.diagnostics.has_errors() => {
            let mut scenario = loaded.scenario.clone();
            goal.add_to(&mut scenario);
            if let Some(model) = compile_with_gates(&scenario, &RecordedVariables::Headlines, &mut found) {
                can_be_told(&model, &goal, sample)?;
                return Ok(goal);
            }
        }
        Ok(_) => {}
        Err(diagnostic) => found.push(diagnostic),
    }
    Err(refused(loaded, found))
}

/// That the goal is about what levers can move, and that there are paths enough to tell.
fn can_be_told(model: &Model, goal: &Goal, sample: Sample) -> Result<(), SolveRefusal> {
    let (paths, least) = (sample.paths, goal.least_paths());
    let recorded = model.gates.first().map(|gate| &gate.statistics[0]).filter(|it| it.is_recorded);
    if let Some(statistic) = recorded {
        let met = statistic.known.low > 0.0;
        return Err(SolveRefusal::Recorded { statistic: goal.statistic.clone(), met });
    }
    if model.judging.is_deterministic() {
        return Ok(());
    }
    if goal.needs_possibility() {
        let (sign, bound) = if goal.number == 0.0 { (">=", "0.1%") } else { ("<=", "99.9%") };
        let bound = format!("{} {sign} {bound}", goal.statistic);
        return Err(SolveRefusal::Possibility { goal: goal.text.clone(), bound });
    }
    if paths < least {
        return Err(SolveRefusal::FewPaths { paths, goal: goal.text.clone(), least });
    }
    Ok(())
}
