//! What is asked of a plan and of its results.

pub mod asked;
pub mod audit;
pub mod completion;
pub mod composition;
pub mod diff;
pub mod gates;
pub mod replayed;
