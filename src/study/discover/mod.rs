//! In what futures is a target missed: ranges of inputs within which it mostly is.

mod answer;
mod error;
mod json;
mod prepared;
mod request;

use super::{Study, StudyError};

pub use crate::analysis::prim::Quality;
pub use answer::{ConsideredInput, DiscoverAnswer, DiscoveredBox, InputLimit, LimitEnd};
pub use error::DiscoverRefusal;
pub use prepared::PreparedDiscover;
pub use request::DiscoverRequest;

impl Study {
    /// Finds ranges of inputs within which a target is mostly missed.
    ///
    /// ```
    /// use plancast::Study;
    /// use plancast::study::DiscoverRequest;
    ///
    /// let text = r#"
    ///     time = { start = 2020, end = 2021 }
    ///     parameters = { harvest = "uniform(0, 1)", other = "uniform(0, 1)" }
    ///     metrics.m.formula = "harvest + 0 * other"
    ///     targets.enough.require = "harvest >= 0.25"
    /// "#;
    /// let answer = Study::from_text("town", text)?.discover(&DiscoverRequest::new("enough"))?;
    /// assert!((answer.missed - 0.25).abs() < 0.02);
    /// let limit = &answer.boxes[0].limits[0];
    /// assert_eq!(answer.inputs[limit.input].name, "harvest");
    /// assert!((limit.high.unwrap().value - 0.25).abs() < 0.02);
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such target, or the record tells its outcome.
    pub fn discover(&self, request: &DiscoverRequest) -> Result<DiscoverAnswer, StudyError> {
        PreparedDiscover::new(self.loaded.clone(), request)?.answer()
    }
}
