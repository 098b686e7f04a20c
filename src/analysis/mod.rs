//! What is asked of a plan and of its results.

pub mod audit;
pub mod diff;
pub mod gates;
