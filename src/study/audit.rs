//! What a plan's own figures say of each other.

use indexmap::IndexMap;

use crate::analysis::audit::{Finding, audit};
use crate::model::{Labels, RecordedVariables, compile};
use crate::scenario::{Loaded, Scenario};
use crate::text::{Message, Text};

use super::sample::wrong;
use super::{Study, StudyError};

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuditSubject {
    /// A variable.
    Variable {
        /// Its title.
        title: Text,
        /// Its unit as it is written.
        unit: String,
    },
    /// An account: what is supplied, and who claims it.
    Account {
        /// Its title.
        title: Text,
        /// What is remarked of it.
        note: Text,
    },
    /// A figure of the document.
    Figure {
        /// The document's words.
        words: Text,
    },
}

/// What an audit finds. The findings by themselves are what `plancast audit --format json` writes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AuditAnswer {
    /// The findings, those about one thing together; conflicts are marked.
    pub findings: Vec<Finding>,
    /// By the name of what a finding is about: what that is. A name that nothing has is not among them.
    pub subjects: IndexMap<String, AuditSubject>,
}

impl AuditAnswer {
    /// Holds the figures of a scenario against each other.
    ///
    /// # Errors
    /// When the scenario is wrong, or a pool of several worlds.
    pub fn of(mut loaded: Loaded) -> Result<Self, StudyError> {
        StudyError::of_pool(&loaded.scenario, Message::verbatim("audit"))?;
        let Some(model) = compile(&loaded.scenario, &RecordedVariables::All, &mut loaded.diagnostics) else {
            return Err(wrong(&loaded));
        };
        let findings = audit(&loaded.scenario, &model.labels);
        let subject =
            |about: &String| Some((about.clone(), subject(&loaded.scenario, &model.labels, about)?));
        let subjects = findings.iter().filter_map(|finding| subject(&finding.about)).collect();
        Ok(Self { findings, subjects })
    }
}

fn subject(scenario: &Scenario, labels: &Labels, name: &str) -> Option<AuditSubject> {
    if let Some(label) = labels.variables.iter().find(|label| label.name == name) {
        return Some(AuditSubject::Variable { title: label.title.clone(), unit: label.unit.clone() });
    }
    if let Some(account) = scenario.accounts.get(name) {
        return Some(AuditSubject::Account { title: account.title.clone(), note: account.note.clone() });
    }
    scenario.figures.get(name).map(|figure| AuditSubject::Figure { words: figure.words.clone() })
}

impl Study {
    /// Finds what the figures of the plan contradict, and what they ask without saying so.
    ///
    /// ```
    /// let answer = plancast::Study::open("plan")?.audit()?;
    /// assert!(answer.findings.iter().all(|finding| !finding.about.is_empty()));
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// When the scenario is a pool of several worlds.
    pub fn audit(&self) -> Result<AuditAnswer, StudyError> {
        AuditAnswer::of(self.loaded.clone())
    }
}
