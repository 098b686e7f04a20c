//! What is read: figures made from results, and one self-contained page.

mod assumptions;
pub mod figure;
pub mod page;
mod words;

pub use page::{Figure, page};
