//! What is read: figures made from results, and one self-contained page.

pub mod figure;
pub mod page;
pub mod why;
mod words;

pub use page::{Figure, page};
