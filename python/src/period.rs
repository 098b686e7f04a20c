//! A year, quarter or month as Python has it.

use plancast::text::period::{Step, label, parse, step_of};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// A year as a number, a quarter or month as it is written: `2025Q1`, `2025M01`.
#[derive(FromPyObject, IntoPyObject)]
pub(crate) enum Period {
    Year(i32),
    Written(String),
}

impl From<i32> for Period {
    fn from(period: i32) -> Self {
        match step_of(period) {
            Step::Year => Self::Year(period),
            Step::Quarter | Step::Month => Self::Written(label(period)),
        }
    }
}

impl Period {
    /// The period; a text that is none is an error.
    pub(crate) fn read(&self) -> PyResult<i32> {
        match self {
            Self::Year(year) => Ok(*year),
            Self::Written(text) => parse(text)
                .ok_or_else(|| PyValueError::new_err(format!("{text:?} is no year, quarter or month"))),
        }
    }
}
