//! What `score` finds.

use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::analysis::score::{self, ScoredRun};
use crate::model::converter;
use crate::scenario::Scenario;
use crate::scenario::observation::observed_in;
use crate::scenario::table::Table;
use crate::text::Files;

use super::super::{Diagnostics, StudyError};
use super::{Date, Observations, RunScore, ScoreRefusal};

/// What the JSON of this answer is called.
const SCHEMA: &str = "plancast-score/1";

/// How well a run forecast what happened. [`ScoreAnswer::json`] is the same as JSON.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ScoreAnswer {
    /// The scores, and which values have none and why.
    pub score: RunScore,
    /// What happened, by variable.
    pub actual: IndexMap<String, Observations>,
}

impl ScoreAnswer {
    /// Scores a run, which may be one that was stored.
    ///
    /// # Errors
    /// When the table cannot be used, the run has no distributions, or its inputs were fitted to what is scored.
    #[doc(hidden)]
    pub fn of(
        scenario: &Scenario,
        run: ScoredRun<'_>,
        table: &mut Table,
        as_of: Option<Date>,
    ) -> Result<Self, StudyError> {
        let unit = |variable: &str| {
            let head = variable.split('[').next().unwrap_or(variable);
            scenario.variables.get(head).map(|own| own.unit.clone())
        };
        let actual = observed_in(table, as_of, scenario.time.step, unit, converter(scenario))
            .map_err(ScoreRefusal::Table)?;
        let wrong = |diagnostics| Diagnostics { files: Files::default(), diagnostics };
        let score = score::score(run, scenario, &actual).map_err(wrong)?;
        Ok(Self { score, actual })
    }

    /// The answer as the JSON of `plancast score --json`.
    pub fn json(&self) -> Value {
        Self::json_of(&[self])
    }

    /// Several answers as the JSON of `plancast score --json` of several runs.
    pub fn json_of(answers: &[&Self]) -> Value {
        let runs: Vec<&RunScore> = answers.iter().map(|answer| &answer.score).collect();
        json!({ "schema": SCHEMA, "runs": runs })
    }
}
