//! Words: the language a reader wants, numbers as people write them, and problems with their places.

pub mod group;
pub mod language;
pub mod number;
pub mod unit;

pub use language::{Language, Text};
