//! Gates: a run is simulated, and each statement about its statistics is decided.

use crate::analysis::gates::{Extremes, Judged, Plan, Verdict, judge, judge_posterior, worst};
use crate::engine::conditional::simulate_conditional;
use crate::engine::{Growing, RunRequest, Watch};
use crate::ensemble::{Ensemble, MOST_PATHS, WeightedEnsemble};
use crate::export::verdicts::{Check, CheckedScenario};
use crate::model::Gate;
use crate::result::Summary;

use super::{Options, Prepared, Run, Study, StudyError};

/// Probability with which each gate is decided rightly when nothing else is said.
const CONFIDENCE: f64 = 0.99;

/// What was decided about the gates of a scenario.
#[derive(Debug)]
#[non_exhaustive]
pub struct Checking {
    /// The results of the run, which has as many paths as were asked for.
    pub run: Run,
    /// The gates in the order of the scenario, with what was found.
    pub gates: Vec<Judged>,
    /// How many paths were looked at until all were decided or no more were allowed.
    pub paths: u64,
    /// The numbers of paths at which gates were to be looked at.
    pub looks: Vec<u64>,
}

impl Checking {
    /// The gravest verdict: FAIL before UNDECIDED before PASS.
    pub fn verdict(&self) -> Verdict {
        worst(&self.gates)
    }

    /// What was found as the JSON of `plancast check --json`; `confidence` is the probability with which each gate was to be
    /// decided rightly.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn json(&self, confidence: f64) -> Result<serde_json::Value, serde_json::Error> {
        let checked = CheckedScenario {
            scenario: self.run.summary.scenario.id.clone(),
            paths: self.paths,
            looks: self.looks.clone(),
            gates: self.gates.clone(),
            seconds: 0.0,
            drift: None,
            mismatches: Vec::new(),
        };
        serde_json::to_value(Check::new(confidence, vec![checked], Vec::new()))
    }

    /// The statistics of the run.
    pub fn summary(&self) -> &Summary {
        &self.run.summary
    }
}

impl Prepared {
    /// Simulates the run, and then more and more paths until every gate is decided or there are `most`. `confidence` is
    /// the probability with which each gate is decided rightly, over all looks. The run itself keeps the length that was
    /// asked for: it does not depend on how close a gate was.
    ///
    /// # Errors
    /// When the run does not come about or is stopped.
    pub fn check(&self, confidence: f64, most: Option<u64>, watch: Watch) -> Result<Checking, StudyError> {
        let paths = self.settings.paths.min(MOST_PATHS);
        let most = most.unwrap_or(paths.saturating_mul(16)).clamp(paths, MOST_PATHS);
        let plan = Plan::new(paths, most, confidence);
        let run = self.run(watch)?;
        let (gates, paths) = if let Some(observing) = self.conditioned() {
            let look = |paths: u64| {
                let request = RunRequest { paths, ..self.request() };
                let (program, conditioning) = (&self.model.judging, &observing.conditioning);
                Ok(simulate_conditional(program, &[], conditioning, &request, watch)??.ensemble)
            };
            let (program, seed) = (&self.model.judging, self.settings.seed);
            let extremes = Extremes::given(program, &observing.conditioning, seed);
            let decide = |gate: &Gate, counts: &WeightedEnsemble, plan: &Plan| {
                judge_posterior(gate, counts, &extremes, plan)
            };
            self.judge(&plan, look, decide)?
        } else {
            let mut growing = Growing::new(&self.model.judging, &[], None, self.settings.seed, None);
            let extremes = Extremes::new(&self.model.judging, self.settings.seed);
            let decide = |gate: &Gate, counts: &Ensemble, plan: &Plan| judge(gate, counts, &extremes, plan);
            self.judge(&plan, |paths| Ok(growing.to(paths, watch)?), decide)?
        };
        Ok(Checking { run, gates, paths, looks: plan.looks })
    }

    /// Looks at the gates at each planned number of paths, until every one is decided; says how many paths there were.
    /// `look` counts so many paths, `judge` decides a gate on them.
    fn judge<Counts>(
        &self,
        plan: &Plan,
        mut look: impl FnMut(u64) -> Result<Counts, StudyError>,
        judge: impl Fn(&Gate, &Counts, &Plan) -> Judged,
    ) -> Result<(Vec<Judged>, u64), StudyError> {
        let gates = &self.model.gates;
        let (mut judged, mut paths): (Vec<Judged>, u64) = (Vec::new(), plan.looks[0]);
        // With nothing to judge there is nothing to look at.
        for &looked in plan.looks.iter().filter(|_| !gates.is_empty()) {
            let counts = look(looked)?;
            paths = looked;
            if judged.is_empty() {
                judged = gates.iter().map(|gate| judge(gate, &counts, plan)).collect();
            } else {
                for (judged, gate) in judged.iter_mut().zip(gates).filter(|(judged, _)| is_open(judged)) {
                    *judged = judge(gate, &counts, plan);
                }
            }
            if !judged.iter().any(is_open) {
                break;
            }
        }
        Ok((judged, paths))
    }
}

fn is_open(gate: &Judged) -> bool {
    gate.verdict == Verdict::Undecided
}

impl Study {
    /// Simulates the scenario and decides its gates, each rightly with a probability of 99 %.
    ///
    /// ```
    /// use plancast::{Options, Study};
    ///
    /// let text = "[time]\nstart = 2020\nend = 2021\n[parameters]\ng = \"normal(5%, 1%)\"\n[metrics.m]\nformula = \"g\"";
    /// let options = Options::default().paths(2_000).require("mean(m) >= 4%");
    /// let found = Study::from_text("town", text)?.check(&options)?;
    /// assert_eq!(found.gates.len(), 1);
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// When the options do not fit the scenario, or the run does not come about.
    pub fn check(&self, options: &Options) -> Result<Checking, StudyError> {
        self.prepare_check(options)?.check(CONFIDENCE, None, Watch::default())
    }

    /// Compiles what a check of the gates needs; [`Prepared::check`] then decides them.
    ///
    /// # Errors
    /// When the options do not fit the scenario.
    pub fn prepare_check(&self, options: &Options) -> Result<Prepared, StudyError> {
        Prepared::new(self.loaded.clone(), options, true)
    }
}
