//! Scenarios: opened, changed, looked through and run.

use std::sync::Arc;

use plancast::scenario::builtin;
use plancast::study::Watch;
use plancast::text::Language;
use pyo3::prelude::*;

use crate::errors::raised;
use crate::language::language;
use crate::options::AskedRun;
use crate::run::{Checked, Compared, Run};
use crate::work::apart;

/// A scenario that is opened.
#[pyclass(frozen, module = "plancast._plancast")]
pub(crate) struct Study {
    pub(crate) inner: Arc<plancast::Study>,
}

/// Changes as the library writes them: `NAME=QUANTITY`.
fn written(changes: &[(String, String)]) -> Vec<String> {
    changes.iter().map(|(name, quantity)| format!("{name}={quantity}")).collect()
}

#[pymethods]
impl Study {
    /// Opens a file or a built-in scenario, or the text of one that messages call `name`, with changes.
    #[new]
    fn new(
        py: Python<'_>,
        name: &str,
        text: Option<&str>,
        changes: Vec<(String, String)>,
        lang: &str,
    ) -> PyResult<Self> {
        let language = language(lang)?;
        let opened = apart(py, || {
            let opened = match text {
                None => plancast::Study::open(name),
                Some(text) => plancast::Study::from_text(name, text),
            };
            changes.iter().try_fold(opened?, |study, (name, quantity)| study.set(name, quantity))
        })?;
        Ok(Self { inner: Arc::new(opened.map_err(|error| raised(py, &error, language))?) })
    }

    /// The same scenario with changes.
    fn set(&self, py: Python<'_>, changes: Vec<(String, String)>, lang: &str) -> PyResult<Self> {
        let language = language(lang)?;
        let start = plancast::Study::clone(&self.inner);
        let changed = apart(py, || {
            changes.iter().try_fold(start, |study, (name, quantity)| study.set(name, quantity))
        })?;
        Ok(Self { inner: Arc::new(changed.map_err(|error| raised(py, &error, language))?) })
    }

    /// What messages call it.
    #[getter]
    fn name(&self) -> &str {
        self.inner.name()
    }

    /// The id of the scenario.
    #[getter]
    fn id(&self) -> &str {
        &self.inner.scenario().id
    }

    /// Its title.
    fn title(&self, lang: &str) -> PyResult<String> {
        Ok(self.inner.scenario().title.get(language(lang)?).to_owned())
    }

    /// What may be a mistake in it, as JSON.
    fn warnings(&self, lang: &str) -> PyResult<String> {
        Ok(self.inner.warnings().json(language(lang)?).to_string())
    }

    /// Simulates it.
    fn run(&self, py: Python<'_>, asked: AskedRun) -> PyResult<Run> {
        let (study, options) = (Arc::clone(&self.inner), asked.options()?);
        asked.asker()?.work(py, move |watch| {
            let prepared = study.prepare(&options)?;
            let run = prepared.run(watch)?;
            Ok(Run::new(study, prepared, run))
        })
    }

    /// Simulates it and decides its gates.
    fn check(
        &self,
        py: Python<'_>,
        asked: AskedRun,
        confidence: f64,
        most: Option<u64>,
    ) -> PyResult<Checked> {
        let (study, options) = (Arc::clone(&self.inner), asked.options()?);
        asked.asker()?.work(py, move |watch| {
            let prepared = study.prepare_check(&options)?;
            let checking = prepared.check(confidence, most, watch)?;
            Ok(Checked::new(study, prepared, checking, confidence))
        })
    }

    /// Simulates it and others on the same draws.
    fn compare(&self, py: Python<'_>, others: Vec<Py<Self>>, asked: AskedRun) -> PyResult<Compared> {
        let (study, options) = (Arc::clone(&self.inner), asked.options()?);
        let others: Vec<Arc<plancast::Study>> =
            others.iter().map(|other| Arc::clone(&other.get().inner)).collect();
        asked.asker()?.work(py, move |watch: Watch| {
            let others: Vec<&plancast::Study> = others.iter().map(AsRef::as_ref).collect();
            let comparison = study.prepare_comparison(&others, &options)?.run(watch)?;
            Ok(Compared::new(study, comparison))
        })
    }
}

/// Everything that is wrong with a scenario, as JSON and as lines.
#[pyfunction]
pub(crate) fn validate(
    py: Python<'_>,
    name: &str,
    text: Option<&str>,
    changes: Vec<(String, String)>,
    lang: &str,
) -> PyResult<String> {
    let (language, changes) = (language(lang)?, written(&changes));
    let found = apart(py, || match text {
        None => plancast::Study::validate(name, &changes),
        Some(text) => plancast::Study::validate_text(name, text, &changes),
    })?;
    Ok(found.json(language).to_string())
}

/// The built-in scenarios: name and title.
#[pyfunction]
pub(crate) fn builtin_scenarios(py: Python<'_>, lang: &str) -> PyResult<Vec<(String, String)>> {
    let language = language(lang)?;
    apart(py, || builtin::list().into_iter().map(|file| titled(file.name, language)).collect())
}

fn titled(name: &str, language: Language) -> (String, String) {
    let title = plancast::scenario::load(name, &[]).scenario.title.get(language).to_owned();
    (name.to_owned(), title)
}

/// The version of the library.
#[pyfunction]
pub(crate) fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}
