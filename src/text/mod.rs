//! Words: the language a reader wants, numbers as people write them, and problems with their places.

pub mod language;

pub use language::{Language, Text};
