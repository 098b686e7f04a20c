//! What happens: a program is run over many paths, a block at a time, into an ensemble.
//!
//! [`simulate`] is the way in. [`run_path`] runs a single path plainly and is what the block executor is
//! tested against; both give the same bits.

mod binning;
mod block;
pub mod conditional;
mod counter;
mod depends;
mod error;
mod given;
mod growing;
mod interpreter;
mod kernel;
mod memory;
mod paths;
mod pilot;
#[cfg(test)]
mod random;
mod run;
mod sampling;
mod screening;
mod sliced;
mod slicing;
mod together;
mod workers;

pub use block::{Machine, Sink};
pub use depends::Bits;
pub use error::EngineError;
pub use given::{simulate_given, simulate_together_given};
pub use growing::Growing;
pub use interpreter::{PathOutcome, run_path};
pub use memory::memory;
pub use paths::{Paths, paths};
pub use pilot::{PILOT_PATHS, scales};
pub use run::{Request, Watch, nothing, nothing_sliced, simulate, simulate_blocks, simulate_sliced};
pub use sampling::{REPLICATES, Scheme, simulate_replicates};
pub use sliced::{SlicedPaths, sliced_paths};
pub use slicing::{Cuts, Draw, Kind, MOST_PAIRS, Outcome, Slicing};
pub use together::{Pairs, SeriesPair, Side, Together, simulate_together};
