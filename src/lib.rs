//! plancast casts a development plan forward many thousand times and says how likely each of its
//! targets is.
//!
//! The rooms stand in the order in which a scenario passes through them; a room uses only rooms above it
//! in this list (`tests/library/architecture.rs` keeps that so).

pub mod num;
pub mod text;
pub mod world;

pub mod ensemble;
pub mod formula;

pub mod scenario;

pub mod model;

pub mod engine;

pub mod result;

pub mod analysis;

pub mod chart;
pub mod export;

pub mod report;

pub mod study;

pub use study::{Options, Run, Study, StudyError};
