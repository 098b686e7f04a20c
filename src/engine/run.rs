//! A run: all blocks of all paths, on all threads, into one ensemble.
//!
//! Workers take runs of blocks as they come, as many as there are threads, and count them together: see
//! [`SharedCounts`]. What is added are integers, so neither the number of threads nor their order shows in the result.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::binning::{SharedSums, Slicer};
use super::block::Machine;
use super::counter::{Counter, SharedCounts};
use super::draw_bins::Slicing;
use super::pilot::Pilot;
use super::screening::screen;
use super::workers::over_blocks;
use super::{EngineError, scales};
use crate::ensemble::{Ensemble, MOST_PATHS, Slices};
use crate::model::Program;
use crate::num::BLOCK;

/// What is asked of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunRequest {
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

impl RunRequest {
    /// How many blocks the run has; the last one may be partial.
    pub fn blocks(&self) -> u64 {
        self.paths.div_ceil(BLOCK as u64)
    }

    pub(in crate::engine) fn check(&self) -> Result<(), EngineError> {
        match self {
            Self { paths: 0, .. } => Err(EngineError::NoPaths),
            Self { paths, .. } if *paths > MOST_PATHS => {
                Err(EngineError::TooManyPaths { paths: *paths, most: MOST_PATHS })
            }
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
    request: &RunRequest,
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
    request: &RunRequest,
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
    request: &RunRequest,
    blocks: Range<u64>,
    slicing: Option<&Slicing>,
    watch: Watch,
) -> Result<Ensemble, EngineError> {
    request.check()?;
    let blocks = blocks.start..blocks.end.min(request.blocks());
    if blocks.is_empty() {
        return Err(EngineError::NoPaths);
    }
    let pilot = Pilot::new(program, request.seed);
    let scales = pilot.scales(program);
    let sums = slicing.map(|slicing| SharedSums::new(slicing, screen(program, slicing, request.seed)));
    let paths = (blocks.end * BLOCK as u64).min(request.paths) - blocks.start * BLOCK as u64;
    let counts = SharedCounts::new(program, &scales, groups, paths);
    let make = || {
        let slicer = sums.as_ref().map(|sums| Slicer::new(sums, blocks.end - blocks.start));
        (None::<Machine>, Counter::new(&counts).with(slicer))
    };
    let workers = over_blocks(request, blocks.clone(), watch, make, |(machine, counter), blocks| {
        let before = counter.counted();
        if let Some(machine) = machine {
            machine.announce(blocks.clone());
        }
        for block in blocks.clone() {
            counter.start_block(block, request.paths);
            if !pilot.replay(block, slicing.is_some(), counter) {
                let machine = machine.get_or_insert_with(|| {
                    let mut machine = Machine::new(program);
                    machine.announce(block..blocks.end);
                    machine
                });
                machine.run(request.seed, block, counter);
            }
            counter.finish_block();
        }
        counter.counted() - before
    })?;
    workers.into_par_iter().for_each(|(_, counter)| counter.finish());
    let ensemble = counts.finish();
    Ok(Ensemble { slices: sums.map(SharedSums::finish), ..ensemble })
}

/// The ensemble of no paths: what a part without blocks counts.
///
/// # Panics
/// When a group names a target that the program does not have.
pub fn nothing(program: &Program, groups: &[Vec<u32>], seed: u64) -> Ensemble {
    Ensemble::new(&scales(program, seed), program.targets, groups)
}

/// The counts by bins of the draws of no paths: those of a run that was asked for them can be added.
pub fn nothing_sliced(program: &Program, slicing: &Slicing, seed: u64) -> Slices {
    SharedSums::new(slicing, screen(program, slicing, seed)).finish()
}
