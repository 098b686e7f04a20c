//! How well the model would have forecast what is on record.

mod answer;
mod request;

use crate::analysis::backtest::{self, backtest};
use crate::scenario::Loaded;
use crate::text::period::{of_another_length, step_of};
use crate::text::{Diagnostic, DiagnosticList, Message, Severity};

use super::sample::{random_paths, refused, unconditional, wrong};
use super::{Diagnostics, Study, StudyError};

pub use answer::BacktestAnswer;
pub use request::BacktestRequest;

/// A scenario whose record can be forecast.
#[derive(Debug)]
#[non_exhaustive]
pub struct PreparedBacktest {
    /// The scenario.
    pub loaded: Loaded,
    request: BacktestRequest,
}

impl PreparedBacktest {
    /// Looks whether a scenario can be held against its record.
    ///
    /// # Errors
    /// When it is wrong, a pool of several worlds, or does not count all random paths alike.
    pub fn new(loaded: Loaded, request: &BacktestRequest) -> Result<Self, StudyError> {
        StudyError::of_pool(&loaded.scenario, Message::verbatim("backtest"))?;
        if loaded.diagnostics.has_errors() {
            return Err(wrong(&loaded));
        }
        unconditional(&loaded)?;
        random_paths(&loaded)?;
        let step = loaded.scenario.time.step;
        if let Some(&other) = request.origins.iter().find(|origin| step_of(**origin) != step) {
            return Err(Diagnostics::of(Diagnostic::error(None, of_another_length(other, step))).into());
        }
        Ok(Self { loaded, request: request.clone() })
    }

    /// The bytes that the answer takes at its fullest on so many threads, besides the program itself: of every scored value
    /// of an origin a number for each path, twice; as many origins at once as there are threads.
    pub fn need(&self, threads: u64) -> u64 {
        let values = self.loaded.scenario.history.len().max(1) as u64 * self.request.horizon.max(1) as u64;
        self.request.paths.saturating_mul(16 * threads * values)
    }

    /// Forecasts from each origin, and scores.
    ///
    /// # Errors
    /// When a variable has no history, inputs were fitted to what is scored, or nothing could be forecast.
    pub fn answer(&self) -> Result<BacktestAnswer, StudyError> {
        let BacktestRequest { origins, horizon, variables, paths, seed } = self.request.clone();
        let request = backtest::BacktestRequest { origins, horizon, variables, paths, seed };
        match backtest(&self.loaded.scenario, &request) {
            Ok(found) => Ok(BacktestAnswer { found, request: self.request.clone() }),
            Err(diagnostics) => {
                // What is merely unusual was said where the scenario was read.
                let mut errors = DiagnosticList::default();
                let all = diagnostics.0.into_iter();
                all.filter(|one| one.severity == Severity::Error).for_each(|one| errors.push(one));
                Err(refused(&mut self.loaded.clone(), errors))
            }
        }
    }
}

impl Study {
    /// Forecasts the scenario's record from past years, and scores the forecasts.
    ///
    /// ```
    /// use plancast::Study;
    /// use plancast::study::BacktestRequest;
    ///
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
    /// let request = BacktestRequest::new(2014..=2016).horizon(2).paths(200);
    /// let answer = Study::from_text("town", &text)?.backtest(&request)?;
    /// assert_eq!(answer.found.origins, [2014, 2015, 2016]);
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// When there is no record to be held against, or inputs were fitted to what is scored.
    pub fn backtest(&self, request: &BacktestRequest) -> Result<BacktestAnswer, StudyError> {
        PreparedBacktest::new(self.loaded.clone(), request)?.answer()
    }
}
