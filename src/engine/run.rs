//! A run: all blocks of all paths, on all threads, into one ensemble.
//!
//! Workers take runs of blocks as they come and count into ensembles of their own, as many as there are
//! threads; at the end these are added. What is added are integers, so neither the number of threads nor
//! their order shows in the result.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::ThreadPoolBuilder;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::block::{Machine, Sink};
use super::slicing::{Slicer, Slicing, Sums};
use super::{EngineError, scales};
use crate::ensemble::{Ensemble, MOST_PATHS, Scale, Truths};
use crate::model::Program;
use crate::num::BLOCK;
use crate::num::draw::Column;

/// The most blocks that a worker takes at once: a few milliseconds of work.
const MOST_BLOCKS_AT_ONCE: u64 = 16;

/// What is asked of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// The seed: with the program it decides every draw.
    pub seed: u64,
    /// How many paths. The paths of a shorter run are the first ones of a longer run.
    pub paths: u64,
    /// How many threads; `None` for as many as the machine has. The result does not depend on it.
    pub threads: Option<usize>,
}

/// Who looks on while a run is going.
#[derive(Clone, Copy, Default)]
pub struct Watch<'a> {
    /// Is told, from any thread and every few thousand paths, how many more paths are finished.
    pub finished: Option<&'a (dyn Fn(u64) + Sync)>,
    /// Ends the run early once it is true.
    pub stop: Option<&'a AtomicBool>,
}

impl Request {
    /// How many blocks the run has; the last one may be partial.
    pub fn blocks(&self) -> u64 {
        self.paths.div_ceil(BLOCK as u64)
    }

    fn check(&self) -> Result<(), EngineError> {
        match self {
            Self { paths: 0, .. } => Err(EngineError::NoPaths),
            Self { paths, .. } if *paths > MOST_PATHS => Err(EngineError::TooManyPaths { paths: *paths }),
            Self { threads: Some(0), .. } => Err(EngineError::NoThreads),
            _ => Ok(()),
        }
    }
}

/// Runs a program for all paths of a request. `groups` lists targets that are to be counted together.
///
/// # Errors
/// When the request cannot be met, or [`EngineError::Interrupted`] when it was told to stop.
///
/// # Panics
/// When a group names a target that the program does not have.
pub fn simulate(
    program: &Program,
    groups: &[Vec<u32>],
    request: &Request,
    watch: Watch,
) -> Result<Ensemble, EngineError> {
    simulate_blocks(program, groups, request, 0..request.blocks(), watch)
}

/// Runs a part of a request: some of its blocks. The ensembles of parts that make up the whole merge to the
/// ensemble of the whole.
///
/// # Errors
/// As [`simulate`]; a part without blocks has no paths.
///
/// # Panics
/// When a group names a target that the program does not have.
pub fn simulate_blocks(
    program: &Program,
    groups: &[Vec<u32>],
    request: &Request,
    blocks: Range<u64>,
    watch: Watch,
) -> Result<Ensemble, EngineError> {
    simulate_sliced(program, groups, request, blocks, None, watch)
}

/// As [`simulate_blocks`], and counts by bins of the draws what `slicing` asks for, into
/// [`Ensemble::slices`].
///
/// # Errors
/// As [`simulate_blocks`].
///
/// # Panics
/// As [`simulate_blocks`], and when the slicing is of another program.
pub fn simulate_sliced(
    program: &Program,
    groups: &[Vec<u32>],
    request: &Request,
    blocks: Range<u64>,
    slicing: Option<&Slicing>,
    watch: Watch,
) -> Result<Ensemble, EngineError> {
    request.check()?;
    let blocks = blocks.start..blocks.end.min(request.blocks());
    if blocks.is_empty() {
        return Err(EngineError::NoPaths);
    }
    let scales = scales(program, request.seed);
    let sums = slicing.map(|slicing| Sums::new(slicing, &scales));
    let run = Run {
        program,
        groups,
        request,
        scales: &scales,
        sums: sums.as_ref(),
        watch,
        finished: AtomicU64::new(0),
    };
    let ensemble = match request.threads {
        None => run.all(blocks, rayon::current_num_threads()),
        Some(threads) => {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build();
            let pool = pool.map_err(|error| EngineError::Threads { reason: error.to_string() })?;
            pool.install(|| run.all(blocks, threads))
        }
    };
    ensemble.map(|ensemble| Ensemble { slices: sums.map(Sums::finish), ..ensemble })
}

/// What all workers of a run share.
struct Run<'a> {
    program: &'a Program,
    groups: &'a [Vec<u32>],
    request: &'a Request,
    scales: &'a [Scale],
    sums: Option<&'a Sums<'a>>,
    watch: Watch<'a>,
    finished: AtomicU64,
}

impl<'a> Run<'a> {
    fn all(&self, blocks: Range<u64>, threads: usize) -> Result<Ensemble, EngineError> {
        let count = blocks.end - blocks.start;
        let at_once = (count / (8 * threads as u64)).clamp(1, MOST_BLOCKS_AT_ONCE);
        let idle: Mutex<Vec<Worker>> = Mutex::new(Vec::new());
        (0..count.div_ceil(at_once)).into_par_iter().try_for_each(|batch| {
            if self.watch.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
                return Err(EngineError::Interrupted { finished: self.finished.load(Ordering::Relaxed) });
            }
            let first = blocks.start + batch * at_once;
            let taken = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut worker = taken.unwrap_or_else(|| self.worker());
            self.batch(&mut worker, first..blocks.end.min(first + at_once));
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
            Ok(())
        })?;
        let workers = idle.into_inner().unwrap_or_else(PoisonError::into_inner);
        let ensembles = workers.into_iter().map(|mut worker| {
            if let Some(slicer) = &mut worker.counter.slicer {
                slicer.sum();
            }
            worker.counter.ensemble
        });
        let merged = ensembles.reduce(|mut sum, ensemble| {
            sum.merge(&ensemble);
            sum
        });
        merged.ok_or(EngineError::NoPaths)
    }

    fn worker(&self) -> Worker<'a> {
        Worker {
            machine: Machine::new(self.program),
            counter: Counter {
                first_path: 0,
                paths: 0,
                truths: Truths::new(self.program.targets),
                ensemble: Ensemble::new(self.scales, self.program.targets, self.groups),
                slicer: self.sums.map(Slicer::new),
            },
        }
    }

    fn batch(&self, worker: &mut Worker, blocks: Range<u64>) {
        let before = worker.counter.ensemble.paths;
        for block in blocks {
            let first_path = block * BLOCK as u64;
            worker.counter.first_path = first_path;
            worker.counter.paths = (self.request.paths - first_path).min(BLOCK as u64) as usize;
            if let Some(slicer) = &mut worker.counter.slicer {
                slicer.begin(block, worker.counter.paths);
            }
            worker.machine.run(self.request.seed, block, &mut worker.counter);
            worker.counter.finish_block();
        }
        let finished = worker.counter.ensemble.paths - before;
        self.finished.fetch_add(finished, Ordering::Relaxed);
        if let Some(tell) = self.watch.finished {
            tell(finished);
        }
    }
}

/// What a thread works with.
struct Worker<'a> {
    machine: Machine<'a>,
    counter: Counter<'a>,
}

/// Counts the columns of a block into an ensemble.
struct Counter<'a> {
    first_path: u64,
    paths: usize,
    truths: Truths,
    ensemble: Ensemble,
    slicer: Option<Slicer<'a>>,
}

impl Counter<'_> {
    fn finish_block(&mut self) {
        self.ensemble.odds.add(self.first_path, self.paths, &self.truths);
        self.ensemble.paths += self.paths as u64;
        if let Some(slicer) = &mut self.slicer {
            slicer.end();
        }
    }
}

impl Sink for Counter<'_> {
    fn record(&mut self, series: u32, values: &Column) {
        self.ensemble.series[series as usize].add_column(self.first_path, &values[..self.paths]);
        if let Some(slicer) = &mut self.slicer {
            slicer.record(series, values);
        }
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        self.truths.mark(target, truths);
        if let Some(slicer) = &mut self.slicer {
            slicer.mark(target, truths);
        }
    }

    fn draw(&mut self, uniforms: &Column) {
        if let Some(slicer) = &mut self.slicer {
            slicer.draw(uniforms);
        }
    }
}
