//! Inputs that are estimated from the record.

use serde_json::{Value, json};

use crate::analysis::fit::{self, Fitted, write};
use crate::model::RecordedVariables;
use crate::scenario::Loaded;
use crate::text::{DiagnosticList, Message};

use super::sample::{compiled, refused, wrong};
use super::{Study, StudyError};

/// What the JSON of this answer is called.
const SCHEMA: &str = "plancast-fit/1";

/// A scenario whose inputs can be estimated.
#[derive(Debug)]
#[non_exhaustive]
pub struct PreparedFit {
    /// The scenario.
    pub loaded: Loaded,
}

impl PreparedFit {
    /// Looks whether a scenario can be fitted.
    ///
    /// # Errors
    /// When it is wrong, or a pool of several worlds.
    pub fn new(mut loaded: Loaded) -> Result<Self, StudyError> {
        StudyError::of_pool(&loaded.scenario, Message::verbatim("fit"))?;
        if loaded.diagnostics.has_errors() {
            return Err(wrong(&loaded));
        }
        compiled(&mut loaded, &RecordedVariables::Headlines)?;
        Ok(Self { loaded })
    }

    /// Estimates the inputs; `seed` is that of all draws.
    ///
    /// # Errors
    /// When the scenario asks for no estimate, or its record does not allow one.
    pub fn answer(&self, seed: u64) -> Result<FitAnswer, StudyError> {
        let request = fit::FitRequest { seed, diagnostics: true };
        let fits = fit::fit(&self.loaded.scenario, request).map_err(|found| self.refused(found))?;
        Ok(FitAnswer { scenario: self.loaded.scenario.id.clone(), seed, fits })
    }

    /// The fitted scenario, a text that extends the given one, and the bytes of its file of draws. `extends` is how it names
    /// the given scenario, `draws` how it names that file.
    ///
    /// # Errors
    /// When an input cannot be set to draws.
    pub fn written(
        &self,
        answer: &FitAnswer,
        extends: &str,
        draws: &str,
    ) -> Result<(String, Vec<u8>), StudyError> {
        let text = write::scenario(&self.loaded.scenario, &answer.fits, extends, draws);
        Ok((text.map_err(|found| self.refused(found))?, write::draws(&answer.fits)))
    }

    fn refused(&self, found: DiagnosticList) -> StudyError {
        refused(&mut self.loaded.clone(), found)
    }
}

/// What was estimated from the record. [`FitAnswer::json`] is the same as JSON.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FitAnswer {
    /// The id of the scenario.
    pub scenario: String,
    /// The seed of all draws.
    pub seed: u64,
    /// What was estimated, in the order of the scenario's `[fit]`.
    pub fits: Vec<Fitted>,
}

impl FitAnswer {
    /// Whether there was no input to estimate, as all are given.
    pub fn is_nothing_free(&self) -> bool {
        self.fits.iter().all(|one| one.inputs.is_empty())
    }

    /// The answer as the JSON of `plancast fit --json`; `written` names the files that were made of it.
    pub fn json(&self, written: Option<&[String]>) -> Value {
        json!({
            "schema": SCHEMA,
            "scenario": self.scenario,
            "seed": self.seed,
            "fits": self.fits,
            "written": written,
        })
    }
}

impl Study {
    /// Estimates the inputs that the scenario's `[fit]` names from its history; `seed` is that of all draws.
    ///
    /// ```
    /// let record: Vec<String> = (2000..=2019).map(|year| format!("{year} = {}", 4 + year * 7 % 5)).collect();
    /// let text = format!(
    ///     "[time]\nstart = 2019\nend = 2024\n\
    ///      [parameters]\ntrend = 'normal(6, 10)'\npersistence = 'uniform(-0.95, 0.95)'\nvolatility = 'uniform(0, 20)'\n\
    ///      [shocks]\nnews = 'normal(0, 1)'\n\
    ///      [variables.growth]\nstart = '6'\nreport = true\n\
    ///      formula = 'trend + persistence * (prev(growth) - trend) + volatility * news'\n\
    ///      [history.growth]\nvalues = {{ {} }}\n\
    ///      [fit.cycle]\nof = 'growth'\nmethod = 'ar1'\ndraws = 200\n\
    ///      free = {{ mean = 'trend', coefficient = 'persistence', sd = 'volatility' }}\n",
    ///     record.join(", ")
    /// );
    /// let answer = plancast::Study::from_text("town", &text)?.fit(1)?;
    /// // The record goes through 4, 5, 6, 7 and 8 again and again.
    /// let mean = answer.fits[0].estimates.iter().find(|one| one.input.as_deref() == Some("trend")).unwrap();
    /// assert!((mean.mean - 6.0).abs() < 1.0, "{mean:?}");
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// When the scenario asks for no estimate, or its record does not allow one.
    pub fn fit(&self, seed: u64) -> Result<FitAnswer, StudyError> {
        PreparedFit::new(self.loaded.clone())?.answer(seed)
    }
}
