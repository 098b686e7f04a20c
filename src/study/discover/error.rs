//! Why it is not told when a target is missed.

use std::fmt;

use crate::message;
use crate::text::Message;

/// Why a target makes no question.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DiscoverRefusal {
    /// There is no such target.
    NoTarget {
        /// The name.
        name: String,
        /// What may have been meant; `None` where the scenario has no targets.
        help: Option<Message>,
    },
    /// The record tells whether the target was met.
    Recorded {
        /// The target.
        name: String,
        /// Whether it was met.
        met: bool,
    },
}

impl DiscoverRefusal {
    /// What it says, in no language yet.
    pub fn message(&self) -> Message {
        match self {
            Self::NoTarget { name, help: Some(help) } => {
                message!("study-discover-no-target", name = name, help = help)
            }
            Self::NoTarget { name, help: None } => message!("study-discover-no-targets", name = name),
            Self::Recorded { name, met: true } => message!("study-discover-recorded-met", name = name),
            Self::Recorded { name, met: false } => message!("study-discover-recorded-missed", name = name),
        }
    }
}

impl fmt::Display for DiscoverRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}
