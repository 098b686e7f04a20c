//! What people read: messages in their language, numbers as people write them, and diagnostics with their places.

mod catalogue;
pub mod diagnostic;
#[doc(hidden)]
pub mod grade;
#[doc(hidden)]
pub mod group;
pub mod language;
#[doc(hidden)]
pub mod markup;
pub mod message;
#[doc(hidden)]
pub mod number;
pub mod period;
pub mod place;
pub mod probability;
mod quotes;
#[doc(hidden)]
pub mod suggest;
#[doc(hidden)]
pub mod unit;
#[doc(hidden)]
pub mod unit_table;
#[doc(hidden)]
pub mod visible;
#[doc(hidden)]
pub mod wrap;

pub use diagnostic::{Diagnostic, DiagnosticList, Severity};
pub use language::{Language, Text};
pub use message::{Argument, Key, Message};
#[doc(hidden)]
pub use message::{keys, lookup};
pub use place::{Files, Place, SourceFile};
pub use suggest::nearest;
