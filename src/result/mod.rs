//! What is known after a run: statistics with their errors and labels, and where they are kept.

pub mod assemble;
pub mod drivers;
pub mod json;
pub mod manifest;
pub mod store;
pub mod summary;
pub mod wilson;

#[cfg(test)]
pub(crate) mod sample;

pub use manifest::Manifest;
pub use store::Run;
pub use summary::Summary;
