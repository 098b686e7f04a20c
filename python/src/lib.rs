//! The native part of the Python package `plancast`: scenarios are opened, changed and asked through
//! [`plancast::Study`], and what comes of it is handed on as JSON, SVG and arrays. `python/plancast/` makes tables of it.
#![allow(clippy::needless_pass_by_value, reason = "functions that Python calls are given their arguments")]

mod answers;
mod chart;
mod errors;
mod language;
mod options;
mod paths;
mod period;
mod run;
mod study;
mod work;

use pyo3::pymodule;

/// The native module; the package's own names stand in `plancast`.
#[pymodule(gil_used = true)]
mod _plancast {
    #[pymodule_export]
    use super::answers::{backtest, decompose, discover, explain, fit, sensitivity, solve};
    #[pymodule_export]
    use super::paths::Paths;
    #[pymodule_export]
    use super::run::{Checked, Compared, Run};
    #[pymodule_export]
    use super::study::{Study, builtin_scenarios, validate, version};
}
