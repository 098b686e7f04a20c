//! What is read: figures made from results, and one self-contained page.

pub mod catalogue;
pub mod figure;
pub mod page;
mod words;

pub use catalogue::{Drawn, Item, Kind, Material};
pub use page::{Figure, page};
