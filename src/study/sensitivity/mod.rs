//! What does it depend on: indices of the inputs of an outcome, from simulations made for them.

mod answer;
mod correlated;
mod error;
mod inputs;
mod json;
mod measure;
mod outcome;
mod outcomes;
mod prepared;
mod request;
mod split;

use super::{Study, StudyError};

pub use crate::analysis::indices::{Distance, ElementaryEffects, Indices, Probe, SensitivityIndex};
pub use answer::{
    AskedInput, FirstOrderSums, FoundSensitivity, MeasuredSensitivity, OutcomeSensitivity, SensitivityAnswer,
};
pub use error::SensitivityRefusal;
pub use prepared::PreparedSensitivity;
pub use request::{SensitivityMethod, SensitivityRequest};
pub use split::{CorrelatedSplit, InputShare, SplitRule, SplitShares};

impl Study {
    /// Measures how much of what an outcome does is due to each input.
    ///
    /// ```
    /// use plancast::Study;
    /// use plancast::study::{FoundSensitivity, MeasuredSensitivity, SensitivityRequest};
    ///
    /// let text = r#"
    ///     time = { start = 2020, end = 2021 }
    ///     parameters = { wide = "normal(0, 2)", narrow = "normal(0, 1)" }
    ///     metrics.m.formula = "wide + narrow"
    /// "#;
    /// let answer = Study::from_text("town", text)?.sensitivity(&SensitivityRequest::default().of("m"))?;
    /// let FoundSensitivity::Measured(MeasuredSensitivity::Sobol(indices, _)) = &answer.outcomes[0].found else { panic!() };
    /// let wide = answer.outcomes[0].inputs.iter().position(|input| input.name == "wide").unwrap();
    /// // The variances are 4 and 1.
    /// assert!((indices[wide].total.value - 0.8).abs() < 0.02);
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// When the outcome or an input cannot be read, or too few paths are asked for.
    pub fn sensitivity(&self, request: &SensitivityRequest) -> Result<SensitivityAnswer, StudyError> {
        Ok(PreparedSensitivity::new(self.loaded.clone(), request)?.answer())
    }
}
