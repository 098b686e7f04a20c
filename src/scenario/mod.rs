//! What is written: a TOML file and what it extends, as typed data with the place of everything in it.

pub mod builtin;
pub mod document;
pub mod family;
pub mod history;
pub mod load;
pub mod merge;
pub mod observation;
pub mod observed;
pub mod overrides;
pub mod quantity;
pub mod read;
pub mod require;
mod rows;
pub mod schema;
mod slips;
pub mod stated;
pub mod write;
pub mod written;

pub use load::{Loaded, load};
pub use quantity::{Provenance, Quantity, QuantityKind};
pub use require::require;
pub use written::Scenario;
