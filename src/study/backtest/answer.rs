//! What `backtest` finds.

use serde_json::{Value, json};

use crate::analysis::backtest::Backtest;

use super::BacktestRequest;

/// What the JSON of this answer is called.
const SCHEMA: &str = "plancast-backtest/1";

/// How well the record would have been forecast. [`BacktestAnswer::json`] is the same as JSON.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BacktestAnswer {
    /// The scores.
    pub found: Backtest,
    /// What was asked.
    pub request: BacktestRequest,
}

impl BacktestAnswer {
    /// The answer as the JSON of `plancast backtest --json`.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn json(&self) -> Result<Value, serde_json::Error> {
        let mut value = serde_json::to_value(&self.found)?;
        if let Some(object) = value.as_object_mut() {
            object.insert("schema".into(), json!(SCHEMA));
            object.insert("paths".into(), json!(self.request.paths));
            object.insert("seed".into(), json!(self.request.seed));
            object.insert("horizon".into(), json!(self.request.horizon));
        }
        Ok(value)
    }
}
