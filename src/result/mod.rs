//! What is known after a run: statistics with their errors and labels, and where they are kept.

pub mod assemble;
pub mod compare;
pub mod comparison;
pub mod distribution;
pub mod drivers;
mod ends;
pub mod evidence;
#[cfg(feature = "disk")]
pub mod folder;
mod influence;
pub mod interval;
pub mod json;
pub mod manifest;
mod paired_share;
pub mod part;
pub mod percent;
pub mod posterior;
pub mod replay;
pub mod replicated;
pub mod schema;
#[cfg(feature = "disk")]
pub mod store;
pub mod summary;
mod unknown;

#[cfg(feature = "disk")]
pub mod verify;
mod why;
pub mod wilson;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
use crate::text::Text;

pub use comparison::Comparison;
pub use distribution::Distributions;
pub use manifest::Manifest;
pub use part::Part;
pub use replay::Sample;
#[cfg(feature = "disk")]
pub use store::Run;
pub use summary::Summary;
