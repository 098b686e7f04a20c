//! `plancast schema`: what an editor needs to know of scenario files.

use super::{Outcome, print};
use crate::scenario::schema::schema;

pub(super) fn run() -> Outcome {
    print(&text())
}

/// The schema as it is printed and as it is written beside a scenario.
pub(super) fn text() -> String {
    serde_json::to_string_pretty(&schema()).unwrap_or_default() + "\n"
}
