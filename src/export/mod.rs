//! What is handed on: results as tables that other programs read.

pub mod bands;
pub mod differences;
pub mod iamc;
pub mod junit;
pub mod paths;
pub mod targets;
pub mod verdicts;

mod sheet;
mod statistic_name;

pub use sheet::{Shortest, harmless};
