//! Keyword arguments of a run as what is asked of the library.

use plancast::Options;
use plancast::study::Sampling;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::language::language;
use crate::work::Asker;

/// What a run is asked for, as a dictionary that has all of these keys.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct AskedRun {
    paths: Option<u64>,
    seed: Option<u64>,
    sampling: Option<String>,
    given: Option<String>,
    record: Vec<String>,
    quantiles: Option<Vec<f64>>,
    drivers: bool,
    require: Vec<String>,
    observed: Option<String>,
    as_of: Option<String>,
    unobserved: bool,
    allow_implausible: bool,
    threads: Option<usize>,
    lang: String,
}

impl AskedRun {
    /// As options of the library: what is left open is as the scenario says.
    pub(crate) fn options(&self) -> PyResult<Options> {
        let mut options = Options::default();
        let sampling = self.sampling.as_deref().map(str::parse::<Sampling>).transpose();
        options.sampling = sampling.map_err(|error| PyValueError::new_err(error.to_string()))?;
        options.paths = self.paths;
        options.seed = self.seed;
        options.given.clone_from(&self.given);
        options.record.clone_from(&self.record);
        options.quantiles.clone_from(&self.quantiles);
        options.drivers = Some(false).filter(|_| !self.drivers);
        options.require.clone_from(&self.require);
        options.observed.clone_from(&self.observed);
        options.as_of.clone_from(&self.as_of);
        options.unobserved = self.unobserved;
        options.allow_implausible = Some(true).filter(|_| self.allow_implausible);
        Ok(options)
    }

    /// Who asks.
    pub(crate) fn asker(&self) -> PyResult<Asker> {
        Ok(Asker { threads: self.threads, language: language(&self.lang)? })
    }
}
