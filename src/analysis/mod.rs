//! What is asked of a plan and of its results.

pub mod against;
pub mod audit;
pub mod backtest;
pub mod completion;
pub mod composition;
pub mod decompose;
pub mod diff;
pub mod discover;
pub mod estimate;
pub mod fit;
pub mod gates;
pub mod indices;
pub mod lmdi;
pub mod moved;
pub mod outcome;
pub mod prim;
pub mod record;
pub mod replayed;
pub mod score;
pub mod shapley;
pub mod solve;
pub mod statement;
