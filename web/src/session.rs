//! A scenario that is open in a page, and the questions that the page asks about it.

use std::collections::BTreeMap;

use plancast::chart::Size;
use plancast::report::live::{LiveView, fan, view};
use plancast::result::comparison::Difference;
use plancast::result::{Comparison, Summary, json};
use plancast::scenario::load::from_text_with;
use plancast::study::{self, Compared, Options, Prepared, StudyError, Watch};
use plancast::text::Language;
use serde::{Deserialize, Serialize};

/// What a page asks. Every answer is JSON, with the one field `error` where there is none.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "lowercase")]
pub enum Question {
    /// Opens a scenario: the text of a resolved `scenario.toml`.
    Open {
        /// What messages call it.
        name: String,
        /// The text.
        text: String,
        /// The code of the reader's language.
        language: String,
        /// What figures name as the source.
        #[serde(default)]
        source: String,
        /// The seed of all runs.
        seed: u64,
    },
    /// Simulates the scenario with changes; what is shown of it is a [`LiveView`] and figures.
    Run(Move),
    /// The `summary.json` of the last run, byte for byte as the command writes it.
    Summary,
}

/// A state of the levers, and how it is simulated.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Move {
    /// Changes `NAME=QUANTITY`, as those of `--set`.
    pub set: Vec<String>,
    /// How many paths.
    pub paths: u64,
    /// Whether all of the run is wanted: what drives its results, its `summary.json`, and differences that are taken path
    /// by path. Else only the goals and the fans that are drawn are simulated.
    pub whole: bool,
    /// The variables whose fans are drawn.
    pub fans: Vec<String>,
    /// Width and height of a fan; 900 × 560 where nothing is said.
    pub size: Option<(u32, u32)>,
}

/// What is open.
#[derive(Debug, Default)]
pub struct Session {
    name: String,
    text: String,
    source: String,
    language: Language,
    seed: u64,
    /// The results of the scenario as it was written, by the number of paths and whether they are whole.
    written: BTreeMap<(u64, bool), Summary>,
    last: Option<Summary>,
}

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    view: LiveView,
    fans: Vec<String>,
    paths: u64,
}

#[derive(Serialize)]
struct Refused {
    error: String,
}

impl Session {
    /// The answer to a question that is JSON.
    pub fn answer(&mut self, question: &[u8]) -> Vec<u8> {
        let answer = match serde_json::from_slice(question) {
            Ok(question) => self.ask(question),
            Err(error) => Err(error.to_string()),
        };
        answer.unwrap_or_else(|error| {
            serde_json::to_vec(&Refused { error }).unwrap_or_else(|_| b"{\"error\":\"\"}".to_vec())
        })
    }

    fn ask(&mut self, question: Question) -> Result<Vec<u8>, String> {
        match question {
            Question::Open { name, text, language, source, seed } => {
                let language = Language::of_code(&language).unwrap_or_default();
                *self = Self { name, text, source, language, seed, ..Self::default() };
                self.prepared(&[], self.options(1)).map_err(|error| self.words(&error))?;
                Ok(b"{}".to_vec())
            }
            Question::Run(wanted) => {
                let shown = self.run(&wanted).map_err(|error| self.words(&error))?;
                serde_json::to_vec(&shown).map_err(|error| error.to_string())
            }
            Question::Summary => {
                let last = self.last.as_ref().ok_or("nothing was simulated")?;
                json::write(last).map(String::into_bytes).map_err(|error| error.to_string())
            }
        }
    }

    fn run(&mut self, wanted: &Move) -> Result<Shown, StudyError> {
        let prepared = self.prepared(&wanted.set, self.options(wanted.paths))?;
        let history = study::histories(&prepared.loaded.scenario);
        let after = results(&prepared, wanted)?;
        let key = (wanted.paths, wanted.whole);
        if wanted.set.is_empty() {
            self.written.insert(key, after.clone());
        } else if !self.written.contains_key(&key) {
            let written = self.prepared(&[], self.options(wanted.paths))?;
            self.written.insert(key, results(&written, wanted)?);
        }
        let difference =
            if wanted.whole && !wanted.set.is_empty() { self.difference(prepared) } else { None };
        let before = self.written.get(&key).unwrap_or(&after);
        let size = wanted.size.map_or_else(Size::default, |(width, height)| Size { width, height });
        let draw = |name: &String| {
            let known = history.get(name).map_or(&[][..], Vec::as_slice);
            fan(&after, name, (known, &self.source), size, self.language).unwrap_or_default()
        };
        let shown = Shown {
            view: view(before, &after, difference.as_ref(), self.language),
            fans: wanted.fans.iter().map(draw).collect(),
            paths: after.paths,
        };
        self.last = Some(after).filter(|_| wanted.whole);
        Ok(shown)
    }

    /// What lies between a state and the scenario as it was written, path by path; nothing where both cannot be held
    /// against each other, as under a record.
    fn difference(&self, moved: Prepared) -> Option<Difference> {
        let written = self.prepared(&[], self.options(moved.settings.paths)).ok()?;
        let Comparison { alternatives, .. } =
            Compared::of(vec![written, moved]).ok()?.run(Watch::default()).ok()?;
        alternatives.into_iter().next().map(|alternative| alternative.difference)
    }

    fn prepared(&self, set: &[String], options: Options) -> Result<Prepared, StudyError> {
        Prepared::new(from_text_with(&self.name, &self.text, set), &options, false)
    }

    fn options(&self, paths: u64) -> Options {
        Options::default().paths(paths).seed(self.seed)
    }

    fn words(&self, error: &StudyError) -> String {
        match error {
            StudyError::Scenario(wrong) => wrong.text(self.language),
            other => other.message().text(self.language),
        }
    }
}

/// All results of a run, or those that a glance at it shows.
fn results(prepared: &Prepared, wanted: &Move) -> Result<Summary, StudyError> {
    if !wanted.whole
        && let Some(glance) = prepared.glance(&wanted.fans, Watch::default())?
    {
        return Ok(glance);
    }
    Ok(prepared.run(Watch::default())?.summary)
}
