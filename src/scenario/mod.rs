//! What is written: a TOML file and what it extends, as typed data with the place of everything in it.

#[doc(hidden)]
pub mod builtin;
#[doc(hidden)]
pub mod claims;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod family;
#[doc(hidden)]
pub mod history;
mod id;
#[doc(hidden)]
pub mod load;
#[doc(hidden)]
pub mod merge;
#[doc(hidden)]
pub mod observation;
#[doc(hidden)]
pub mod observed;
#[doc(hidden)]
pub mod overrides;
#[doc(hidden)]
pub mod per_cent;
#[doc(hidden)]
pub mod pool;
pub mod quantity;
#[doc(hidden)]
pub mod read;
mod require;
mod rows;
#[doc(hidden)]
pub mod schema;
mod separated;
mod slips;
#[doc(hidden)]
pub mod softness;
#[doc(hidden)]
pub mod table;
#[doc(hidden)]
pub mod write;
pub mod written;

pub use load::{Loaded, load};
pub use quantity::{Provenance, Quantity, QuantityKind};
pub use require::require;
pub use written::Scenario;
