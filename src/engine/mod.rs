//! What happens: a program is run over many paths, a block at a time, into an ensemble.
//!
//! [`simulate`] is the way in. [`run_path`] runs a single path plainly and is what the block executor is
//! tested against; both give the same bits.

mod binned_paths;
mod binning;
mod block;
mod condition;
pub mod conditional;
mod counter;
mod dependence;
mod draw_bins;
mod error;
mod extreme_outcomes;
mod extremes;
mod growing;
mod interpreter;
mod kernel;
mod memory;
mod paired;
mod paths;
mod pilot;
mod pool;
#[cfg(test)]
mod random;
mod rerun;
mod row_order;
mod row_paths;
mod row_scores;
mod run;
mod sampling;
mod screening;
mod solving;
mod spares;
mod tail_bounds;
mod workers;

pub use binned_paths::{SlicedPaths, sliced_paths};
pub use block::{BlockColumns, Machine, Sink};
pub use condition::{paths_given, simulate_given, simulate_together_given};
pub use dependence::DrawSet;
pub use draw_bins::{BinnedInput, Cuts, Draw, ExplainedOutcome, MOST_PAIRS, Slicing};
pub use error::EngineError;
pub use extremes::{ExtremePaths, extreme_paths};
pub use growing::Growing;
pub use interpreter::{PathOutcome, run_path, run_path_watched};
pub use memory::memory;
pub use paired::{PairedCounts, PairedProgram, PairedRun, SeriesPair, simulate_together};
pub use paths::{RecordedPaths, paths};
pub use pilot::{PILOT_PATHS, scales};
pub use rerun::{DependentSteps, Rerun};
pub use row_order::RowOrder;
pub use row_paths::{RowPaths, row_paths};
pub use run::{RunRequest, Watch, nothing, nothing_sliced, simulate, simulate_blocks, simulate_sliced};
pub use sampling::{REPLICATES, Scheme, simulate_replicates};
pub use screening::SHORT_RUN;
pub use spares::Spares;
