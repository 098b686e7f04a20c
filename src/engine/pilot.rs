//! The first paths of a run, which say what its series are measured in.

use std::sync::{Mutex, PoisonError};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::block::{Machine, Sink};
use super::pool;
use crate::ensemble::SeriesScale;
use crate::model::Program;
use crate::num::BLOCK;
use crate::num::draw::Column;

/// How many paths the pilot has. They are simulated whatever the length of the run, so that runs of any
/// length, and all parts of a run, measure alike.
pub const PILOT_PATHS: usize = 1024;

/// The scale of each series: a function of the program and the seed alone.
pub fn scales(program: &Program, seed: u64) -> Vec<SeriesScale> {
    Pilot::new(program, seed).scales(program)
}

/// The values of each series on the pilot's paths.
pub(super) fn pilot(program: &Program, seed: u64) -> Vec<Vec<f64>> {
    let pilot = Pilot::new(program, seed);
    (0..program.series as usize).map(|series| pilot.values(series)).collect()
}

/// The pilot's blocks, which are also the first ones of a run.
pub(super) struct Pilot<'p> {
    program: &'p Program,
    seed: u64,
    /// By block: its columns, until they are counted.
    blocks: Vec<Mutex<Option<PilotColumns>>>,
}

/// The columns of a block.
struct PilotColumns {
    /// Those of so many series in a piece, so that they can be forgotten piece by piece.
    series: Vec<Vec<Column>>,
    targets: Vec<Column>,
}

/// How many series' columns are in a piece: as much memory as is given back to the machine at once.
const PIECE: usize = 256;

impl<'p> Pilot<'p> {
    /// Runs the pilot.
    pub(super) fn new(program: &'p Program, seed: u64) -> Self {
        let series = program.series as usize;
        let run = |machine: &mut Machine, block: usize| {
            let pieces = (0..series).step_by(PIECE).map(|first| PIECE.min(series - first));
            let mut recorded = PilotColumns {
                series: pieces.map(|size| vec![[0.0; BLOCK]; size]).collect(),
                targets: vec![[0.0; BLOCK]; program.targets as usize],
            };
            machine.run(seed, block as u64, &mut recorded);
            recorded
        };
        let blocks = (0..PILOT_PATHS / BLOCK).into_par_iter();
        let blocks = blocks.map_init(|| Machine::new(program), run);
        Self { program, seed, blocks: blocks.map(|block| Mutex::new(Some(block))).collect() }
    }

    /// How each series is counted. Before any block is replayed.
    pub(super) fn scales(&self, program: &Program) -> Vec<SeriesScale> {
        let series = (0..program.series as usize).into_par_iter();
        series.map(|series| SeriesScale::from_pilot(&self.values(series))).collect()
    }

    fn values(&self, series: usize) -> Vec<f64> {
        let of_block = |block: &Mutex<Option<PilotColumns>>| {
            let block = block.lock().unwrap_or_else(PoisonError::into_inner);
            block.as_ref().map(|block| *block.column(series)).into_iter().flatten()
        };
        self.blocks.iter().flat_map(of_block).collect()
    }

    /// Gives the columns of a block as [`Machine::run`] would, once, and forgets them as they are given: of many series they
    /// take much memory. The draws, where they are wanted, are drawn again. False, and nothing done, where the pilot has no
    /// such block.
    pub(super) fn replay(&self, block: u64, draws: bool, sink: &mut impl Sink) -> bool {
        let Some(recorded) = self.blocks.get(block as usize) else { return false };
        let Some(recorded) = recorded.lock().unwrap_or_else(PoisonError::into_inner).take() else {
            return false;
        };
        if draws {
            pool::draws(self.program, self.seed, block, |uniforms| sink.draw(uniforms));
        }
        let mut series = 0;
        for piece in recorded.series {
            for values in &piece {
                sink.record(series, values);
                series += 1;
            }
        }
        (0..).zip(&recorded.targets).for_each(|(target, truths)| sink.mark(target, truths));
        true
    }
}

impl PilotColumns {
    fn column(&self, series: usize) -> &Column {
        &self.series[series / PIECE][series % PIECE]
    }
}

impl Sink for PilotColumns {
    fn record(&mut self, series: u32, values: &Column) {
        self.series[series as usize / PIECE][series as usize % PIECE] = *values;
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        self.targets[target as usize] = *truths;
    }
}
