//! What happened, held against the forecasts of a run.

use std::fmt;

use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::analysis::score::{self, ScoredRun};
use crate::model::converter;
use crate::scenario::Scenario;
use crate::scenario::observation::observed_in;
use crate::scenario::table::{DataFile, Table};
use crate::text::{Files, Message};

use super::{Diagnostics, Run, Study, StudyError};

pub use crate::analysis::score::forecast::{NoDensity, Outside};
pub use crate::analysis::score::{
    IntervalScore, Means as ScoreMeans, NotScored, OutcomeScore, RunScore, TargetScore, UnscoredValue,
    VariableMeans,
};
pub use crate::scenario::observation::{Date, Observations};

/// What the JSON of this answer is called.
const SCHEMA: &str = "plancast-score/1";

/// What happened: a table of observed values.
///
/// ```
/// let request = plancast::study::ScoreRequest::new("actuals.csv", "variable,year,value\ngdp,2021,104\n");
/// assert!(request.as_of.is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScoreRequest {
    /// What messages call the table.
    pub name: String,
    /// The table as CSV, with the columns `variable`, `year` and `value`, and `unit` (in which the values are; usually the
    /// variable's) and `published` (the day, `2024-02-29`) where it has them.
    pub text: String,
    /// The day after which nothing was published that counts; usually all counts.
    pub as_of: Option<Date>,
}

impl ScoreRequest {
    /// A request with a table.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), as_of: None }
    }

    /// The same with what was published until a day.
    #[must_use]
    pub fn as_of(mut self, day: Date) -> Self {
        self.as_of = Some(day);
        self
    }
}

/// Why a run is not scored.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ScoreRefusal {
    /// The table of what happened cannot be used.
    Table(Vec<Message>),
}

impl ScoreRefusal {
    /// What it says, in no language yet.
    pub fn message(&self) -> Message {
        let Self::Table(messages) = self;
        let all = |all: Message, next: &Message| all.and(Message::verbatim("\n")).and(next.clone());
        let (first, others) = (messages.first().cloned(), messages.iter().skip(1));
        others.fold(first.unwrap_or_default(), all)
    }
}

impl fmt::Display for ScoreRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

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
        let actual = observed_in(table, as_of, unit, converter(scenario)).map_err(ScoreRefusal::Table)?;
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

impl Study {
    /// Holds what happened against the forecasts of a run of this scenario: ranked probability and logarithmic scores of
    /// variables, Brier scores of targets that have come due.
    ///
    /// ```
    /// use plancast::study::ScoreRequest;
    /// use plancast::{Options, Study};
    ///
    /// let text = r#"
    ///     time = { start = 2020, end = 2022 }
    ///     parameters.growth = "normal(5%, 1%)"
    ///     variables.gdp = { start = "100", formula = "prev(gdp) * (1 + growth)", report = true }
    /// "#;
    /// let study = Study::from_text("town", text)?;
    /// let run = study.run(&Options::default().paths(4_000))?;
    /// let answer = study.score(&run, &ScoreRequest::new("actuals.csv", "variable,year,value\ngdp,2021,105\n"))?;
    /// let outcome = &answer.score.outcomes[0];
    /// // The median came about. The score of a normal forecast is then 0.2337 of its standard deviation, which is 1.
    /// assert!((outcome.pit - 0.5).abs() < 0.04 && (outcome.crps - 0.2337).abs() < 0.02, "{outcome:?}");
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// When the table cannot be used, or inputs were fitted to what is scored.
    pub fn score(&self, run: &Run, request: &ScoreRequest) -> Result<ScoreAnswer, StudyError> {
        let data = DataFile::from(request.text.as_str());
        let table = Table::plain(&request.name, &data).map_err(|message| ScoreRefusal::Table(vec![message]));
        let scored =
            ScoredRun { summary: &run.summary, distributions: Some(&run.distributions), name: self.name() };
        ScoreAnswer::of(self.scenario(), scored, &mut table?, request.as_of)
    }
}
