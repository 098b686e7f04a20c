//! What is wrong in a file, where, and how to mend it.

use super::place::{Files, Place};

/// Whether a problem stops the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is run.
    Error,
    /// It runs, but is probably a mistake.
    Warning,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Error or warning.
    pub severity: Severity,
    /// The text that is wrong, where it is known.
    pub place: Option<Place>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// A word or two under the marked text; empty for the mark alone.
    pub label: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl Problem {
    /// An error at a place.
    pub fn error(place: impl Into<Option<Place>>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            place: place.into(),
            message: message.into(),
            label: String::new(),
            help: None,
        }
    }

    /// A warning at a place.
    pub fn warning(place: impl Into<Option<Place>>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(place, message) }
    }

    /// The same with a remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with words under the marked text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// `file:line:column: error: message (help)` on one line.
    pub fn one_line(&self, files: &Files) -> String {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let place = self.place.and_then(|place| {
            let (line, column) = files.line_column(place);
            files.get(place.file).map(|file| format!("{}:{line}:{column}: ", file.name))
        });
        let help = self.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
        format!("{}{severity}: {}{help}", place.unwrap_or_default(), self.message)
    }
}

/// All problems found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds one, unless the same is there.
    pub fn push(&mut self, problem: Problem) {
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// Adds an error.
    pub fn error(&mut self, place: impl Into<Option<Place>>, message: impl Into<String>) {
        self.push(Problem::error(place, message));
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// In the order of the files and lines, those without a place first.
    pub fn sort(&mut self) {
        self.0.sort_by_key(|problem| problem.place);
    }
}
