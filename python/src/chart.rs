//! What is asked of figures.

use plancast::study::{ChartKind, ChartRequest};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::language::language;
use crate::period::Period;

/// Figures that are wanted, as a dictionary that has all of these keys.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct AskedChart {
    kinds: Vec<String>,
    all: bool,
    variables: Vec<String>,
    group: Option<String>,
    year: Option<Period>,
    width: Option<u32>,
    height: Option<u32>,
    lang: String,
}

impl AskedChart {
    /// As a request of the library.
    pub(crate) fn request(&self) -> PyResult<ChartRequest> {
        let mut request = ChartRequest::default();
        for name in &self.kinds {
            request.kinds.push(ChartKind::named(name).ok_or_else(|| unknown(name))?);
        }
        request.all = self.all;
        request.variables.clone_from(&self.variables);
        request.group.clone_from(&self.group);
        request.year = self.year.as_ref().map(Period::read).transpose()?;
        request.width = self.width.unwrap_or(request.width);
        request.height = self.height.unwrap_or(request.height);
        request.language = language(&self.lang)?;
        Ok(request)
    }
}

fn unknown(name: &str) -> PyErr {
    let kinds = ChartKind::ALL.iter().map(|(_, name)| *name);
    let names: Vec<&str> = kinds.collect();
    PyValueError::new_err(format!("there is no figure {name:?}; there are {}", names.join(", ")))
}
