//! Who does the work: runs of blocks taken by as many workers as there are threads.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::ThreadPoolBuilder;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::{EngineError, RunRequest, Watch};

/// The most blocks that a worker takes at once: a few milliseconds of work.
const MOST_BLOCKS_AT_ONCE: u64 = 16;

/// Hands out all blocks, in runs of consecutive ones, to workers that `make` makes, and gives the workers
/// back in no particular order. `work` does a run of blocks and says how many paths these were.
pub(super) fn over_blocks<W: Send>(
    request: &RunRequest,
    blocks: Range<u64>,
    watch: Watch,
    make: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, Range<u64>) -> u64 + Sync,
) -> Result<Vec<W>, EngineError> {
    let all = |threads| run(blocks.clone(), threads, watch, &make, &work);
    match request.threads {
        None => all(rayon::current_num_threads()),
        Some(threads) => {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build();
            let pool = pool.map_err(|error| EngineError::Threads { reason: error.to_string() })?;
            pool.install(|| all(threads))
        }
    }
}

fn run<W: Send>(
    blocks: Range<u64>,
    threads: usize,
    watch: Watch,
    make: &(impl Fn() -> W + Sync),
    work: &(impl Fn(&mut W, Range<u64>) -> u64 + Sync),
) -> Result<Vec<W>, EngineError> {
    let count = blocks.end - blocks.start;
    let at_once = (count / (8 * threads as u64)).clamp(1, MOST_BLOCKS_AT_ONCE);
    let finished = AtomicU64::new(0);
    let idle: Mutex<Vec<W>> = Mutex::new(Vec::new());
    (0..count.div_ceil(at_once)).into_par_iter().try_for_each(|batch| {
        if watch.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            return Err(EngineError::Interrupted { finished: finished.load(Ordering::Relaxed) });
        }
        let first = blocks.start + batch * at_once;
        let taken = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = taken.unwrap_or_else(make);
        let paths = work(&mut worker, first..blocks.end.min(first + at_once));
        finished.fetch_add(paths, Ordering::Relaxed);
        if let Some(tell) = watch.finished {
            tell(paths);
        }
        idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        Ok(())
    })?;
    Ok(idle.into_inner().unwrap_or_else(PoisonError::into_inner))
}
