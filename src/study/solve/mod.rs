//! What would it take: the values of an input at which a goal about the distribution holds.

mod answer;
mod error;
mod json;
mod levers;
mod prepared;
mod request;

use super::{Study, StudyError};

pub use crate::analysis::solve::{
    Boundary, Goal, Kinds, Lever, Meaning, PossibleRange, Relation, Solution, SolvedInterval, Trial,
    TrialEstimate,
};
pub use answer::{HeldSolution, SolveAnswer};
pub use error::SolveRefusal;
pub use prepared::PreparedSolve;
pub use request::SolveRequest;

impl Study {
    /// Finds the values of an input at which a goal about the distribution holds.
    ///
    /// ```
    /// use plancast::Study;
    /// use plancast::study::SolveRequest;
    ///
    /// let text = r#"
    ///     time = { start = 2020, end = 2021 }
    ///     parameters.base = { value = "normal(100, 10)", title = "base" }
    ///     parameters.more = 0
    ///     metrics.m.formula = "base + more"
    /// "#;
    /// let request = SolveRequest::new("p(m >= 110) >= 50%").vary("more").between("0,50");
    /// let answer = Study::from_text("town", text)?.solve(&request)?;
    /// // Half of all paths lie above the mean, which is 100 without it.
    /// let needed = answer.found[0].solution.first().unwrap();
    /// assert!((needed.x - 10.0).abs() < 4.0 * needed.error.max(0.05), "{needed:?}");
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// When the goal or an input cannot be read, or what is asked cannot be told from simulated paths.
    pub fn solve(&self, request: &SolveRequest) -> Result<SolveAnswer, StudyError> {
        PreparedSolve::new(self.loaded.clone(), request)?.answer()
    }
}
