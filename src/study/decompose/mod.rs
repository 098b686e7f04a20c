//! Why a variable changes between two years, or differs between two scenarios, by factors.

mod answer;
mod error;
mod json;
mod prepared;
mod request;
mod spread;

use super::{Study, StudyError};

pub use crate::analysis::decompose::{
    DecompositionMethod, DecompositionQuestion, EffectLabel, NoRatios, PathEffects, Unknown,
};
pub use answer::DecomposeAnswer;
pub use error::DecomposeRefusal;
pub use prepared::PreparedDecompose;
pub use request::{DecomposeRequest, DecompositionEnds};
pub use spread::Spread;

impl Study {
    /// Shares out a variable's change, or its difference from another scenario's, among factors, on every path.
    ///
    /// ```
    /// use plancast::Study;
    /// use plancast::study::DecomposeRequest;
    ///
    /// let text = r#"
    ///     time = { start = 2020, end = 2021 }
    ///     variables.people.formula = "if(year == 2020, 10, 20)"
    ///     variables.each.formula = "3"
    ///     variables.all.formula = "people * each"
    /// "#;
    /// let request = DecomposeRequest::between_years("all", 2020, 2021).by("size=people").by("income=each").paths(100);
    /// let answer = Study::from_text("town", text)?.decompose(&request)?;
    /// // All of the change, from 30 to 60, is that of the people.
    /// assert!((answer.effect(0).mean - 30.0).abs() < 1e-9 && answer.effect(1).mean.abs() < 1e-9);
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// When the total or a factor cannot be read, or a year is outside of a scenario.
    pub fn decompose(&self, request: &DecomposeRequest) -> Result<DecomposeAnswer, StudyError> {
        let other = request.other().map(|other| other.loaded.clone());
        PreparedDecompose::new(self.loaded.clone(), other, request)?.answer()
    }
}
