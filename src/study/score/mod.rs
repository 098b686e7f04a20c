//! What happened, held against the forecasts of a run.

mod answer;
mod error;
mod request;

use crate::analysis::score::ScoredRun;
use crate::scenario::table::{DataFile, Table};

use super::{Run, Study, StudyError};

pub use crate::analysis::score::forecast::{NoDensity, Outside};
pub use crate::analysis::score::{
    IntervalScore, Means as ScoreMeans, NotScored, OutcomeScore, RunScore, TargetScore, UnscoredValue,
    VariableMeans,
};
pub use crate::scenario::observation::{Date, Observations};
pub use answer::ScoreAnswer;
pub use error::ScoreRefusal;
pub use request::ScoreRequest;

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
