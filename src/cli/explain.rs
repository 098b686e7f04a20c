//! `plancast explain`.
use super::{Outcome, arguments::ExplainOptions};
pub fn run(_options: &ExplainOptions) -> Outcome { Ok(()) }
