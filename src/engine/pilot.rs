//! The first paths of a run, which say what its series are measured in.

use std::sync::{Mutex, PoisonError};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::block::{Machine, Sink};
use crate::ensemble::Scale;
use crate::model::Program;
use crate::num::BLOCK;
use crate::num::draw::Column;

/// How many paths the pilot has. They are simulated whatever the length of the run, so that runs of any
/// length, and all parts of a run, measure alike.
pub const PILOT_PATHS: usize = 1024;

/// The scale of each series: a function of the program and the seed alone.
pub fn scales(program: &Program, seed: u64) -> Vec<Scale> {
    Pilot::new(program, seed, 0).scales(program)
}

/// The values of each series on the pilot's paths.
pub(super) fn pilot(program: &Program, seed: u64) -> Vec<Vec<f64>> {
    let pilot = Pilot::new(program, seed, 0);
    (0..program.series as usize).map(|series| pilot.values(series)).collect()
}

/// The pilot's blocks, which are also the first ones of a run.
pub(super) struct Pilot {
    /// By block: its columns, until they are counted.
    blocks: Vec<Mutex<Option<Recorded>>>,
}

/// The columns of a block.
struct Recorded {
    series: Vec<Column>,
    targets: Vec<Column>,
    /// The uniforms of the first draws, as many as there is room for.
    draws: Vec<Column>,
}

impl Pilot {
    /// Runs the pilot, and keeps the uniforms of so many draws.
    pub(super) fn new(program: &Program, seed: u64, draws: usize) -> Self {
        let run = |machine: &mut Machine, block: usize| {
            let mut recorded = Recorded {
                series: vec![[0.0; BLOCK]; program.series as usize],
                targets: vec![[0.0; BLOCK]; program.targets as usize],
                draws: Vec::with_capacity(draws),
            };
            machine.run(seed, block as u64, &mut recorded);
            recorded
        };
        let blocks = (0..PILOT_PATHS / BLOCK).into_par_iter();
        let blocks = blocks.map_init(|| Machine::new(program), run);
        Self { blocks: blocks.map(|block| Mutex::new(Some(block))).collect() }
    }

    /// How each series is counted. Before any block is replayed.
    pub(super) fn scales(&self, program: &Program) -> Vec<Scale> {
        let series = (0..program.series as usize).into_par_iter();
        series.map(|series| Scale::from_pilot(&self.values(series))).collect()
    }

    fn values(&self, series: usize) -> Vec<f64> {
        let of_block = |block: &Mutex<Option<Recorded>>| {
            let block = block.lock().unwrap_or_else(PoisonError::into_inner);
            block.as_ref().map(|block| block.series[series]).into_iter().flatten()
        };
        self.blocks.iter().flat_map(of_block).collect()
    }

    /// Gives the columns of a block as [`Machine::run`] would, once, and forgets them: of many series they take much
    /// memory. False, and nothing done, where the pilot has no such block.
    pub(super) fn replay(&self, block: u64, sink: &mut impl Sink) -> bool {
        let Some(recorded) = self.blocks.get(block as usize) else { return false };
        let Some(recorded) = recorded.lock().unwrap_or_else(PoisonError::into_inner).take() else {
            return false;
        };
        recorded.draws.iter().for_each(|uniforms| sink.draw(uniforms));
        (0..).zip(&recorded.series).for_each(|(series, values)| sink.record(series, values));
        (0..).zip(&recorded.targets).for_each(|(target, truths)| sink.mark(target, truths));
        true
    }
}

impl Sink for Recorded {
    fn record(&mut self, series: u32, values: &Column) {
        self.series[series as usize] = *values;
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        self.targets[target as usize] = *truths;
    }

    fn draw(&mut self, uniforms: &Column) {
        if self.draws.len() < self.draws.capacity() {
            self.draws.push(*uniforms);
        }
    }
}
