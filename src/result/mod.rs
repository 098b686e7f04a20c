//! What is known after a run: statistics with their errors and labels, and where they are kept.

pub mod summary;

pub use summary::Summary;
