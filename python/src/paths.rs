//! The values of all paths as an array of `NumPy` that holds the library's own memory.

use numpy::PyArray2;
use plancast::study::PathsItem;
use pyo3::prelude::*;

use crate::period::Period;

/// One name in the table: name, kind, unit, years, its first column.
type Item = (String, &'static str, String, Vec<Period>, usize);

/// The values of all paths.
#[pyclass(frozen, module = "plancast._plancast")]
pub(crate) struct Paths {
    values: Py<PyArray2<f64>>,
    items: Vec<PathsItem>,
    worlds: Vec<String>,
}

impl Paths {
    /// Hands the memory of the values over to `NumPy`.
    pub(crate) fn new(py: Python<'_>, paths: plancast::study::Paths) -> Self {
        let values = PyArray2::from_owned_array(py, paths.values).unbind();
        Self { values, items: paths.items, worlds: paths.worlds }
    }
}

#[pymethods]
impl Paths {
    /// The values, path × column, each column in one piece.
    #[getter]
    fn values(&self, py: Python<'_>) -> Py<PyArray2<f64>> {
        self.values.clone_ref(py)
    }

    /// What the columns hold.
    #[getter]
    fn items(&self) -> Vec<Item> {
        let item = |item: &PathsItem| {
            (
                item.name.clone(),
                item.kind.name(),
                item.unit.clone(),
                item.years.iter().copied().map(Period::from).collect(),
                item.column,
            )
        };
        self.items.iter().map(item).collect()
    }

    /// The names of the worlds of a pool, by their numbers.
    #[getter]
    fn worlds(&self) -> Vec<String> {
        self.worlds.clone()
    }
}
