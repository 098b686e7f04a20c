//! What comes of runs, checks and comparisons.

use std::sync::Arc;

use plancast::StudyError;
use plancast::result::{Comparison, json};
use plancast::study::{Checking, Date, Prepared, ScoreRequest, Verdict};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::chart::AskedChart;
use crate::errors::raised;
use crate::language::language;
use crate::paths::Paths;
use crate::work::{Asker, apart};

/// What is known after a run.
#[pyclass(frozen, module = "plancast._plancast")]
pub(crate) struct Run {
    study: Arc<plancast::Study>,
    prepared: Arc<Prepared>,
    answer: Arc<plancast::Run>,
}

/// The name, the title and the SVG of a figure.
type Drawn = (String, String, String);

/// JSON that cannot be written is an error of the program.
fn unwritten(error: &serde_json::Error) -> PyErr {
    PyValueError::new_err(error.to_string())
}

impl Run {
    pub(crate) fn new(study: Arc<plancast::Study>, prepared: Prepared, run: plancast::Run) -> Self {
        Self { study, prepared: Arc::new(prepared), answer: Arc::new(run) }
    }
}

#[pymethods]
impl Run {
    /// What `summary.json` holds.
    fn summary(&self) -> PyResult<String> {
        json::write(&self.answer.summary).map_err(|error| unwritten(&error))
    }

    /// What `distributions.json` holds.
    fn distributions(&self) -> PyResult<String> {
        json::write(&self.answer.distributions).map_err(|error| unwritten(&error))
    }

    /// The fingerprint of its results.
    #[getter]
    fn fingerprint(&self) -> &str {
        &self.answer.summary.fingerprint
    }

    /// What `scenario.toml` of its folder would hold: running it gives the same fingerprint.
    fn scenario(&self) -> String {
        let summary = &self.answer.summary;
        let simulated = summary.given.as_ref().map_or(summary.paths, |given| given.among);
        self.prepared.sources(simulated).scenario
    }

    /// The values of all paths: simulated once more, and handed over without a copy.
    fn paths(
        &self,
        py: Python<'_>,
        names: Vec<String>,
        threads: Option<usize>,
        lang: &str,
    ) -> PyResult<Paths> {
        let prepared = Arc::clone(&self.prepared);
        let asker = Asker { threads, language: language(lang)? };
        let paths = asker.work(py, move |watch| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            prepared.paths(&names, watch)
        });
        Ok(Paths::new(py, paths?))
    }

    /// Figures: the name, the title and the SVG of each.
    fn charts(&self, py: Python<'_>, asked: AskedChart) -> PyResult<Vec<Drawn>> {
        let request = asked.request()?;
        let charts = apart(py, || self.study.chart(&self.answer, &request))?;
        let charts = charts.map_err(|error| raised(py, &error, request.language))?;
        Ok(charts.into_iter().map(|chart| (chart.name, chart.title, chart.svg)).collect())
    }

    /// The run as one page of HTML.
    fn report(&self, py: Python<'_>, lang: &str) -> PyResult<String> {
        let language = language(lang)?;
        apart(py, || self.study.report(&self.answer, language))?.map_err(|error| raised(py, &error, language))
    }

    /// Holds a table of what happened against its forecasts; the answer as JSON.
    fn score(
        &self,
        py: Python<'_>,
        table: (String, String),
        as_of: Option<&str>,
        lang: &str,
    ) -> PyResult<String> {
        let language = language(lang)?;
        let mut request = ScoreRequest::new(table.0, table.1);
        if let Some(day) = as_of {
            let read = Date::parse(day);
            request.as_of = Some(read.ok_or_else(|| PyValueError::new_err(format!("{day:?} is no day")))?);
        }
        let scored = apart(py, || self.study.score(&self.answer, &request))?;
        Ok(scored.map_err(|error: StudyError| raised(py, &error, language))?.json().to_string())
    }
}

/// What was decided about gates.
#[pyclass(frozen, module = "plancast._plancast")]
pub(crate) struct Checked {
    study: Arc<plancast::Study>,
    prepared: Arc<Prepared>,
    answer: Arc<plancast::Run>,
    verdict: Verdict,
    json: Result<serde_json::Value, serde_json::Error>,
}

impl Checked {
    pub(crate) fn new(
        study: Arc<plancast::Study>,
        prepared: Prepared,
        checking: Checking,
        confidence: f64,
    ) -> Self {
        let (verdict, json) = (checking.verdict(), checking.json(confidence));
        Self { study, prepared: Arc::new(prepared), answer: Arc::new(checking.run), verdict, json }
    }
}

#[pymethods]
impl Checked {
    /// The gravest verdict: `pass`, `undecided` or `fail`.
    #[getter]
    fn verdict(&self) -> &'static str {
        match self.verdict {
            Verdict::Pass => "pass",
            Verdict::Undecided => "undecided",
            Verdict::Fail => "fail",
        }
    }

    /// What `plancast check --json` prints.
    fn json(&self) -> PyResult<String> {
        self.json.as_ref().map(ToString::to_string).map_err(unwritten)
    }

    /// The run whose gates were decided.
    #[getter]
    fn run(&self) -> Run {
        Run {
            study: Arc::clone(&self.study),
            prepared: Arc::clone(&self.prepared),
            answer: Arc::clone(&self.answer),
        }
    }
}

/// Scenarios on the same draws.
#[pyclass(frozen, module = "plancast._plancast")]
pub(crate) struct Compared {
    study: Arc<plancast::Study>,
    comparison: Comparison,
}

impl Compared {
    pub(crate) fn new(study: Arc<plancast::Study>, comparison: Comparison) -> Self {
        Self { study, comparison }
    }
}

#[pymethods]
impl Compared {
    /// What `summary.json` of a comparison holds.
    fn summary(&self) -> PyResult<String> {
        json::write(&self.comparison).map_err(|error| unwritten(&error))
    }

    /// The fingerprint of its results.
    #[getter]
    fn fingerprint(&self) -> String {
        self.comparison.fingerprint()
    }

    /// Figures: the name, the title and the SVG of each.
    fn charts(&self, py: Python<'_>, asked: AskedChart) -> PyResult<Vec<Drawn>> {
        let request = asked.request()?;
        let charts = apart(py, || self.study.chart_comparison(&self.comparison, &request))?;
        let charts = charts.map_err(|error| raised(py, &error, request.language))?;
        Ok(charts.into_iter().map(|chart| (chart.name, chart.title, chart.svg)).collect())
    }
}
