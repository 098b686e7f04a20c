//! The language in which words are wanted.

use plancast::text::Language;
use pyo3::PyResult;
use pyo3::exceptions::PyValueError;

/// The language of a code, `en` or `zh`.
pub(crate) fn language(code: &str) -> PyResult<Language> {
    Language::of_code(code).ok_or_else(|| {
        let known: Vec<&str> = Language::ALL.iter().map(|language| language.code()).collect();
        PyValueError::new_err(format!("there is no language {code:?}; there are {}", known.join(" and ")))
    })
}
