//! What is asked of a plan and of its results.

pub mod audit;
pub mod discover;
pub mod prim;
pub mod solve;
pub mod statement;
