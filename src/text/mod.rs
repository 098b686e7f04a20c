//! Words: the language a reader wants, numbers as people write them, and problems with their places.

pub mod grade;
pub mod group;
pub mod language;
pub mod markup;
pub mod number;
pub mod place;
pub mod probability;
pub mod problem;
pub mod suggest;
pub mod unit;
pub mod unit_table;
pub mod visible;
pub mod wrap;

pub use language::{Language, Text};
pub use place::{Files, Place, SourceFile};
pub use problem::{Problem, Problems, Severity};
pub use suggest::nearest;
