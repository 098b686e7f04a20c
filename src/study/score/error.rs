//! Why a run is not scored.

use std::fmt;

use crate::text::Message;

/// Why a run is not scored.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ScoreRefusal {
    /// The table of what happened cannot be used.
    Table(Vec<Message>),
}

impl ScoreRefusal {
    /// What it says, in no language yet.
    pub fn message(&self) -> Message {
        let Self::Table(messages) = self;
        let all = |all: Message, next: &Message| all.and(Message::verbatim("\n")).and(next.clone());
        let (first, others) = (messages.first().cloned(), messages.iter().skip(1));
        others.fold(first.unwrap_or_default(), all)
    }
}

impl fmt::Display for ScoreRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}
