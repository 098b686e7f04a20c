//! Questions beside a run; each answer is the JSON that the command prints.

use std::sync::Arc;

use plancast::study::{
    BacktestRequest, DecomposeRequest, DiscoverRequest, ExplainRequest, SensitivityMethod,
    SensitivityRequest, SolveRequest,
};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::language::language;
use crate::period::Period;
use crate::study::Study;
use crate::work::Asker;

/// Who asks, as a dictionary that has all of these keys.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct AskedSample {
    paths: Option<u64>,
    seed: Option<u64>,
    threads: Option<usize>,
    lang: String,
}

impl AskedSample {
    fn asker(&self) -> PyResult<Asker> {
        Ok(Asker { threads: self.threads, language: language(&self.lang)? })
    }
}

/// What is solved for, as a dictionary that has all of these keys.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct AskedSolve {
    goal: String,
    vary: Vec<String>,
    shift: Vec<String>,
    scale: Vec<String>,
    fix: Vec<String>,
    between: Vec<String>,
}

/// Values of inputs at which a goal holds.
#[pyfunction]
pub(crate) fn solve(
    py: Python<'_>,
    study: &Study,
    asked: AskedSolve,
    sample: AskedSample,
) -> PyResult<String> {
    let mut request = SolveRequest::new(asked.goal);
    (request.vary, request.shift, request.scale) = (asked.vary, asked.shift, asked.scale);
    (request.fix, request.between) = (asked.fix, asked.between);
    (request.paths, request.seed) = (sample.paths, sample.seed);
    let study = Arc::clone(&study.inner);
    sample.asker()?.work(py, move |_| Ok(study.solve(&request)?.json().to_string()))
}

/// What an outcome depends on.
#[pyfunction]
pub(crate) fn sensitivity(
    py: Python<'_>,
    study: &Study,
    asked: (Option<String>, String),
    inputs: Vec<String>,
    one_by_one: bool,
    order: Vec<String>,
    sample: AskedSample,
) -> PyResult<String> {
    let mut request = SensitivityRequest::default();
    let (of, method) = asked;
    request.method = match method.as_str() {
        "sobol" => SensitivityMethod::Sobol,
        "morris" => SensitivityMethod::Morris,
        "pawn" => SensitivityMethod::Pawn,
        other => {
            let text = format!("there is no method {other:?}; there are sobol, morris and pawn");
            return Err(PyValueError::new_err(text));
        }
    };
    (request.of, request.inputs, request.order) = (of, inputs, order);
    request.one_by_one = one_by_one;
    (request.paths, request.seed) = (sample.paths, sample.seed);
    let (study, asker) = (Arc::clone(&study.inner), sample.asker()?);
    asker.work(py, move |_| Ok(study.sensitivity(&request)?.json(asker.language).to_string()))
}

/// Ranges of inputs within which a target is mostly missed.
#[pyfunction]
pub(crate) fn discover(
    py: Python<'_>,
    study: &Study,
    target: String,
    boxes: usize,
    sample: AskedSample,
) -> PyResult<String> {
    let mut request = DiscoverRequest::new(target).boxes(boxes);
    (request.paths, request.seed) = (sample.paths, sample.seed);
    let study = Arc::clone(&study.inner);
    sample.asker()?.work(py, move |_| Ok(study.discover(&request)?.json().to_string()))
}

/// Why a variable changes between two years.
#[pyfunction]
pub(crate) fn decompose(
    py: Python<'_>,
    study: &Study,
    total: String,
    by: Vec<String>,
    years: (Period, Period),
    sample: AskedSample,
) -> PyResult<String> {
    let mut request = DecomposeRequest::between_years(total, years.0.read()?, years.1.read()?);
    request.by = by;
    (request.paths, request.seed) = (sample.paths, sample.seed);
    let study = Arc::clone(&study.inner);
    sample.asker()?.work(py, move |_| Ok(study.decompose(&request)?.json().to_string()))
}

/// Inputs estimated from the record.
#[pyfunction]
pub(crate) fn fit(py: Python<'_>, study: &Study, seed: u64, sample: AskedSample) -> PyResult<String> {
    let study = Arc::clone(&study.inner);
    sample.asker()?.work(py, move |_| Ok(study.fit(seed)?.json(None).to_string()))
}

/// How good forecasts from earlier years would have been.
#[pyfunction]
pub(crate) fn backtest(
    py: Python<'_>,
    study: &Study,
    origins: Vec<Period>,
    horizon: i32,
    variables: Vec<String>,
    sample: AskedSample,
) -> PyResult<String> {
    let origins = origins.iter().map(Period::read).collect::<PyResult<Vec<i32>>>()?;
    let mut request = BacktestRequest::new(origins).horizon(horizon);
    request.variables = variables;
    request.paths = sample.paths.unwrap_or(request.paths);
    request.seed = sample.seed.unwrap_or(request.seed);
    let study = Arc::clone(&study.inner);
    let answer = sample.asker()?.work(py, move |_| Ok(study.backtest(&request)?.json()))?;
    answer.map(|json| json.to_string()).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// What a name means, or what happens on a path, as a text.
#[pyfunction]
pub(crate) fn explain(
    py: Python<'_>,
    study: &Study,
    name: Option<String>,
    path: Option<u64>,
    sample: AskedSample,
) -> PyResult<String> {
    let asker = sample.asker()?;
    let mut request = ExplainRequest::default().language(asker.language);
    (request.name, request.path, request.seed) = (name, path, sample.seed);
    let study = Arc::clone(&study.inner);
    asker.work(py, move |_| study.explain(&request))
}
