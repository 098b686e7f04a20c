//! What is known after a run: statistics with their errors and labels, and where they are kept.

mod annotate;
#[doc(hidden)]
pub mod assemble;
#[doc(hidden)]
pub mod compare;
pub mod comparison;
pub mod distribution;
#[doc(hidden)]
pub mod drivers;
mod ends;
pub mod evidence;
#[doc(hidden)]
#[cfg(feature = "disk")]
pub mod folder;
mod influence;
#[doc(hidden)]
pub mod interval;
#[doc(hidden)]
pub mod json;
pub mod manifest;
mod paired_share;
#[doc(hidden)]
pub mod percent;
#[doc(hidden)]
pub mod posterior;
#[doc(hidden)]
pub mod replay;
#[doc(hidden)]
pub mod replicated;
mod row_share;
pub mod run_part;
#[doc(hidden)]
pub mod schema;
#[doc(hidden)]
pub mod series_counts;
mod sound;
#[doc(hidden)]
#[cfg(feature = "disk")]
pub mod store;
mod stored_run;
pub mod summary;
mod target_probabilities;
mod unknown;

#[doc(hidden)]
#[cfg(feature = "disk")]
pub mod verify;
mod why;
#[doc(hidden)]
pub mod wilson;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
use crate::text::Text;

pub use annotate::annotate;
pub use comparison::Comparison;
pub use distribution::Distributions;
pub use manifest::Manifest;
pub use replay::ReplayedPaths;
pub use run_part::RunPart;
pub use stored_run::StoredRun;
pub use summary::Summary;
