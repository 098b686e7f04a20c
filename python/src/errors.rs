//! Errors of the library as exceptions, whose text is what the command prints.

use plancast::StudyError;
use plancast::study::Diagnostics;
use plancast::text::Language;
use pyo3::prelude::*;

/// The module in which the exceptions stand.
const MODULE: &str = "plancast._errors";

/// The exception that says why a question has no answer.
pub(crate) fn raised(py: Python<'_>, error: &StudyError, language: Language) -> PyErr {
    match error {
        StudyError::Scenario(wrong) => scenario(py, wrong, language),
        error => failed(py, &error.message().text(language)),
    }
}

/// The exception `plancast.Error` with a text.
pub(crate) fn failed(py: Python<'_>, text: &str) -> PyErr {
    made(py, "Error", (text,))
}

/// The exception `plancast.ScenarioError`: its text has a line for each problem.
fn scenario(py: Python<'_>, wrong: &Diagnostics, language: Language) -> PyErr {
    made(py, "ScenarioError", (wrong.text(language), wrong.json(language).to_string()))
}

/// An exception of the package; what goes wrong while it is made is one itself.
fn made<'py>(py: Python<'py>, name: &str, arguments: impl pyo3::call::PyCallArgs<'py>) -> PyErr {
    let class = py.import(MODULE).and_then(|module| module.getattr(name));
    match class.and_then(|class| class.call1(arguments)) {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}
