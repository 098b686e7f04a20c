//! What a name means, what it rests on, and what happens on one path.

use crate::engine::{PathOutcome, run_path};
use crate::message;
use crate::model::{Model, RecordedVariables, compile};
use crate::report::explain::{ExplainView, names, of_pool, world_of};
use crate::scenario::{Loaded, Scenario};
use crate::text::{Diagnostic, Language, nearest};

use super::sample::{random_paths, wrong};
use super::{Diagnostics, Study, StudyError, replay_observed};

/// What is to be explained: the scenario in outline, where nothing else is said.
///
/// ```
/// let request = plancast::study::ExplainRequest::default().name("gdp");
/// assert!(request.path.is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExplainRequest {
    /// A variable, parameter, metric, target, gate, set, member, figure or source; of a path, what is shown of it.
    pub name: Option<String>,
    /// A path of which every value is shown.
    pub path: Option<u64>,
    /// The seed of the path's draws; usually as the scenario's `[run]` says, or 1.
    pub seed: Option<u64>,
    /// Whether it is the graph of what depends on what, in the language of Graphviz.
    pub graph: bool,
    /// The language of the text.
    pub language: Language,
}

impl ExplainRequest {
    /// The same of a name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The same of a path.
    #[must_use]
    pub fn path(mut self, path: u64) -> Self {
        self.path = Some(path);
        self
    }

    /// The same with another seed of the path's draws.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// The same as a graph.
    #[must_use]
    pub fn graph(mut self) -> Self {
        self.graph = true;
        self
    }

    /// The same in a language.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// What is asked of a scenario, as a text.
    ///
    /// # Errors
    /// When the scenario is wrong, has no such name, or is a pool of which one is asked.
    pub fn text(&self, mut loaded: Loaded) -> Result<String, StudyError> {
        let language = self.language;
        let world = self.path.map_or_else(String::new, |path| world_of(&mut loaded.scenario, path, language));
        let record = if self.path.is_some() { RecordedVariables::Replay } else { RecordedVariables::All };
        let Some(model) = compile(&loaded.scenario, &record, &mut loaded.diagnostics) else {
            return Err(wrong(&loaded));
        };
        if let Some(pool) = &loaded.scenario.pool {
            if self.name.is_some() || self.graph {
                StudyError::of_pool(&loaded.scenario, message!("study-explain-pool-name"))?;
            }
            return Ok(of_pool(&loaded.scenario, pool, language));
        }
        let view = ExplainView::new(&loaded.scenario, &model, language);
        let text = match (self.path, self.graph, &self.name) {
            (Some(path), ..) => {
                random_paths(&loaded)?;
                let seed = self.seed.or(loaded.scenario.run.seed).unwrap_or(1);
                let outcome = replayed(&loaded.scenario, &model, seed, path)?;
                let (name, is_moved) = (self.name.as_deref(), !loaded.scenario.observations.is_empty());
                let solved = || if is_moved { String::new() } else { view.solved(seed, path, name) };
                view.replay(seed, path, &outcome, name).map(|text| world + &text + &solved())
            }
            (None, true, _) => Some(view.dot()),
            (None, false, Some(name)) => view.name(name),
            (None, false, None) => Some(view.overview()),
        };
        let name = self.name.as_deref().unwrap_or_default();
        text.ok_or_else(|| unknown(&loaded.scenario, name).into())
    }
}

/// What happens on a path: where the scenario has observations, as it is moved to them.
fn replayed(scenario: &Scenario, model: &Model, seed: u64, path: u64) -> Result<PathOutcome, StudyError> {
    let observed = replay_observed(scenario, model, seed, path)?;
    Ok(observed.unwrap_or_else(|| run_path(&model.program, seed, path)))
}

/// That there is no such name.
fn unknown(scenario: &Scenario, name: &str) -> Diagnostics {
    let mut diagnostic = Diagnostic::error(None, message!("study-explain-unknown", name = name));
    let near = nearest(name, names(scenario).into_iter());
    diagnostic.help = near.map(|near| message!("text-did-you-mean", name = near));
    Diagnostics::of(diagnostic)
}

impl Study {
    /// Explains a scenario, one of its names, or one of its paths, as a text.
    ///
    /// ```
    /// use plancast::Study;
    /// use plancast::study::ExplainRequest;
    ///
    /// let text = Study::open("two-sector-town")?.explain(&ExplainRequest::default().name("gdp"))?;
    /// assert!(text.starts_with("gdp"), "{text}");
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such name, or names or a graph of a pool of several worlds are asked for.
    pub fn explain(&self, request: &ExplainRequest) -> Result<String, StudyError> {
        request.text(self.loaded.clone())
    }
}
